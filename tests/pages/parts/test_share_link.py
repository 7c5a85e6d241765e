"""A link cannot be guessed, and begins as those who get it call this computer."""

import pytest

from core import shares
from pages.parts import share_link


def test_the_token_opens_its_page_and_no_other():
    first, second = shares.make("run", "A"), shares.make("run", "B")
    token = share_link.token(first)
    assert len(token) == 16 + 32  # the id, and 128 bits
    assert share_link.opens(token) == first
    for wrong in (
        "",
        token[:-1],
        token + "0",
        token[:16],
        second.id + token[16:],
        token[:-1] + ("0" if token[-1] != "0" else "1"),
        "é" * 48,
    ):
        assert share_link.opens(wrong) is None


def test_no_file_of_the_workspace_but_its_secret_helps_to_open_a_page():
    from core import home

    made = shares.make("run", "A")
    signed = share_link.token(made)[16:]
    assert all(signed not in path.read_text() for path in home.folder("shares").iterdir())


@pytest.mark.parametrize(
    ("listens", "url", "app", "base"),
    [
        ("", "", "https://yard.example.com/ml", "https://yard.example.com/ml"),
        ("0.0.0.0:8600", "", "http://10.0.0.7:8501", "http://10.0.0.7:8600"),
        ("127.0.0.1:8600", "", "http://10.0.0.7:8501", "http://127.0.0.1:8600"),
        ("0.0.0.0:8600", "https://demo.example.com/", "http://localhost:8501", "https://demo.example.com"),
        ("[::1]:8600", "", "http://localhost:8501", "http://[::1]:8600"),
        ("nonsense", "", "http://localhost:8501", "http://localhost:8501"),
        ("0.0.0.0:999999", "", "http://localhost:8501", "http://localhost:8501"),
    ],
)
def test_a_link_begins_where_strangers_are_let_in(
    monkeypatch: pytest.MonkeyPatch, listens: str, url: str, app: str, base: str
):
    monkeypatch.setenv("MODELYARD_SHARE", listens)
    monkeypatch.setenv("MODELYARD_SHARE_URL", url)
    assert share_link.base(app) == base


def test_others_are_given_no_name_that_every_computer_calls_itself(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MODELYARD_SHARE", "0.0.0.0:8600")
    assert share_link.base("http://localhost:8501") == f"http://{share_link.own_name()}:8600"


@pytest.mark.parametrize(
    ("address", "only"),
    [("http://localhost:1", True), ("http://127.0.0.5", True), ("http://[::1]:2", True), ("http://a.localhost", True), ("", False),
     ("http://10.0.0.7", False), ("https://example.com", False), ("http://localhost.example.com", False)],
)  # fmt: skip
def test_it_is_known_which_addresses_lead_to_ones_own_computer(address: str, only: bool):
    assert share_link.only_here(address) is only


def test_a_code_for_cameras_is_black_on_white_in_both_themes():
    picture = share_link.picture("http://10.0.0.7:8600/share/" + "0" * 48)
    assert picture.startswith("data:image/svg+xml")
    assert "fff" in picture
