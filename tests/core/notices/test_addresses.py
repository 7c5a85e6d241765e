"""Addresses of webhooks are kept like passwords."""

import stat

import pytest

from core import home, notices, words
from core.errors import SettingError

GOOD = "https://hooks.example.com/services/T01/B02/XyZ0123456789"


def test_a_project_has_its_own_address_or_that_of_all():
    assert notices.webhook("p-1") is None
    notices.keep(GOOD)
    assert notices.webhook("p-1") == notices.webhook("") == notices.Webhook(GOOD)
    notices.keep(f"{GOOD}0", "p-1")
    assert notices.webhook("p-1").address == f"{GOOD}0"
    assert notices.webhook("p-2").address == GOOD
    notices.forget("p-1")
    assert notices.webhook("p-1").address == GOOD
    notices.forget()
    assert notices.webhook("p-1") is None


def test_only_its_owner_may_read_an_address():
    notices.keep(GOOD, "p-1")
    notices.keep(GOOD, "p-1")
    kept = [path for path in home.folder("notices").iterdir() if path.is_file()]
    assert [stat.S_IMODE(path.stat().st_mode) for path in kept] == [0o600]


@pytest.mark.parametrize(
    "address",
    ["", "hooks.example.com/x", "ftp://example.com/x", "file:///etc/passwd", "https://", "http://:80/x", "https://a b.com",
     "javascript:alert(1)", "https://example.com:0/", "https://example.com:99999/", "https://[::1", "https://exämple.com/x",
     "https://example.com/a\r\nX-Evil: 1", f"https://example.com/{'x' * 3_000}"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused_and_never_repeated(address: str):
    with pytest.raises(SettingError) as caught:
        notices.keep(address)
    assert len(address) < 10 or address not in str(caught.value)
    assert notices.webhook("") is None


@pytest.mark.parametrize(
    ("address", "shown"),
    [(GOOD, "https://hooks.example.com/…6789"), ("http://127.0.0.1:8080/hook", "http://127.0.0.1:8080/…"),
     ("https://me:password@example.com/", "https://example.com/…"),
     ("https://example.com/?token=abcdefghijkl", "https://example.com/…ijkl")],
)  # fmt: skip
def test_an_address_is_shown_without_what_opens_it(address: str, shown: str):
    assert notices.masked(address) == shown
    assert address not in repr(notices.Webhook(address))


def test_messages_are_in_the_language_in_which_the_address_was_entered():
    words.follow(lambda: "zh_CN")
    assert notices.keep(GOOD).language == "zh_CN"


@pytest.mark.parametrize("project", ["../x", "a/b", "x" * 80])
def test_what_is_no_project_reads_no_file(project: str):
    with pytest.raises(ValueError, match="project"):
        notices.webhook(project)
