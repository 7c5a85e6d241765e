"""A page that is shared, asked as strangers ask it: by HTTP, at the app that really runs."""

import html
import json
import re
from typing import Any

import pytest
import requests

from core import home, shares
from core.answer import Model
from core.runs import Run
from core.shares import Share
from pages.parts import share_link, share_row

pytestmark = [pytest.mark.heavy, pytest.mark.usefixtures("there")]
SECONDS = 60
HOSTILE_TITLE = "<script>alert(1)</script> & 'co'"


def share(run: Run, **more: Any) -> Share:
    return shares.make(run.id, more.pop("title", "Will they buy?"), examples=share_row.offered(run), **more)


@pytest.fixture
def made(place: dict[str, Any]) -> Share:
    return share(place["yes_no"])


@pytest.fixture
def link(made: Share, place: dict[str, Any]) -> str:
    return share_link.address(made, place["url"])


def ask(link: str, body: Any) -> requests.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return requests.post(f"{link}/answer", content, timeout=SECONDS)


def two_sentences(said: requests.Response) -> dict[str, str]:
    (first, *_) = said.json()["errors"]
    assert said.json()["detail"] == f"{first['what']} {first['fix']}"
    assert first["what"][-1] in ".。"
    assert first["fix"][-1] in ".?。"
    assert "Traceback" not in said.text
    return first


def test_the_page_says_what_the_sharer_wrote_and_asks_for_the_models_columns(place: dict[str, Any]):
    made = share(place["yes_no"], title=HOSTILE_TITLE, words="First.\n\n<b>Second</b>")
    said = requests.get(share_link.address(made, place["url"]), timeout=SECONDS)
    assert said.status_code == 200
    assert len(said.content) < 100_000
    assert f"<h1>{html.escape(HOSTILE_TITLE)}</h1><p>First.</p><p>&lt;b&gt;Second&lt;/b&gt;</p>" in said.text
    assert re.findall(r'<label for="f\d+">(\w+)</label>', said.text)
    assert set(re.findall(r'data-name="(\w+)"', said.text)) == {"size", "colour", "class"}
    assert "蓝色" in said.text
    assert said.text.count('class="example"') == 3
    assert "How good it is" in said.text
    assert (
        "How good it is"
        not in requests.get(
            share_link.address(share(place["yes_no"], results=False), place["url"]), timeout=SECONDS
        ).text
    )


def test_the_page_loads_nothing_keeps_nothing_and_leads_nowhere(link: str):
    said = requests.get(link, timeout=SECONDS)
    assert not re.findall(r"https?://|<a\b|<iframe|<form[^>]+action| on\w+=", said.text)
    assert "Set-Cookie" not in said.headers
    assert "default-src 'none'" in said.headers["Content-Security-Policy"]
    assert "unsafe" not in said.headers["Content-Security-Policy"]
    assert said.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in said.headers["X-Robots-Tag"]
    assert said.headers["Cache-Control"] == "no-store"


def test_it_answers_like_the_app(link: str, place: dict[str, Any]):
    row = share_row.example(place["yes_no"], 3)
    parts = ask(link, row).json()["parts"]
    wanted = Model.open(place["yes_no"]).answer({name: [value] for name, value in row.items()})
    assert parts[1] == {"is": "head", "text": wanted["prediction"][0]}
    bars = {part["text"]: part["share"] for part in parts if part["is"] == "bar"}
    assert bars == pytest.approx(dict(zip(("no", "yes"), wanted["probabilities"][0].tolist(), strict=True)))
    assert "The chance of" in parts[2]["text"]


def test_an_amount_comes_with_its_range_in_words(place: dict[str, Any]):
    run = place["amount_range"]
    said = ask(share_link.address(share(run), place["url"]), share_row.example(run, 0)).json()["parts"]
    assert [part["is"] for part in said[:3]] == ["note", "head", "line"]
    assert re.fullmatch(r"It lies between [\d.,]+ and [\d.,]+ in 90 of 100 cases\.", said[2]["text"])


def test_the_page_speaks_the_sharers_language(place: dict[str, Any]):
    made = share(place["yes_no"], language="zh_CN")
    said = requests.get(share_link.address(made, place["url"]), timeout=SECONDS)
    assert '<html lang="zh-CN">' in said.text


def test_openings_are_counted_but_not_looks_by_machines(link: str, made: Share):
    requests.get(link, timeout=SECONDS)
    requests.head(link, timeout=SECONDS)
    assert shares.opened(made) == 1


def test_a_withdrawn_page_says_so_and_answers_nothing(link: str, made: Share, place: dict[str, Any]):
    shares.withdraw(made.id)
    said = requests.get(link, timeout=SECONDS)
    assert (said.status_code, "This page was withdrawn" in said.text, "<form" in said.text) == (
        410,
        True,
        False,
    )
    refused = ask(link, share_row.example(place["yes_no"], 0))
    assert refused.status_code == 410
    two_sentences(refused)


def test_a_page_whose_time_is_up_says_so(link: str, made: Share):
    path = home.folder("shares") / f"{made.id}.json"
    home.write_json(path, {**home.read_json(path), "ends": 1.0})
    said = requests.get(link, timeout=SECONDS)
    assert (said.status_code, "The time of this page is up" in said.text) == (410, True)


def test_a_page_whose_model_was_deleted_says_so(place: dict[str, Any]):
    gone = shares.make("20200101-000000-00000000", "Gone")
    said = requests.get(share_link.address(gone, place["url"]), timeout=SECONDS)
    assert (said.status_code, "was deleted" in said.text) == (410, True)


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "/{id}", "/{id}{zeros}", "/{token}0", "/{short}", "/{token}/", "/{token}/answer/", "/{token}/answer/more",
        "/{token}/_stcore/health", "/{token}/%2e%2e/%2e%2e/use", "/{token}%00", "/..%2f..%2fsecret", "/%ff%fe", "/{token}/api/runs",
    ],
)  # fmt: skip
def test_nothing_else_is_found_below_the_link(path: str, made: Share, place: dict[str, Any]):
    token = share_link.token(made)
    path = path.format(id=made.id, zeros="0" * 32, token=token, short=token[:-1])
    said = requests.get(f"{place['url']}/share{path}", timeout=SECONDS)
    assert said.status_code in (400, 404)  # Streamlit itself refuses paths that climb
    assert "There is nothing here" in said.text or said.text == "Bad Request"


ROW = {"size": 10.0, "colour": "red", "class": "a"}
HOSTILE: list[tuple[str, Any, int]] = [
    ("nothing", b"", 422), ("not JSON", b"{", 422), ("a list", [1], 422), ("not UTF-8", b"\xff\xff{}", 422),
    ("nested sixty thousand times", b"[" * 60_000, 422), ("no number", {**ROW, "size": "large"}, 422),
    ("NaN", json.dumps({**ROW, "size": float("nan")}).encode(), 422), ("four hundred digits", {**ROW, "size": 10**400}, 422),
    ("six thousand digits", b'{"size": ' + b"9" * 6_000 + b', "colour": null, "class": null}', 422),
    ("an object for a text", {**ROW, "colour": {"a": [1]}}, 422), ("half a character", b'{"size": 1, "colour": "\\ud800", "class": "a"}', 422),
    ("a field left out", {"size": 10.0}, 422), ("a field too many", {**ROW, "folder": "/etc", "columns": {}}, 422),
    ("a huge body", {**ROW, "colour": "x" * 200_000}, 413),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "status"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE]
)
def test_a_hostile_question_gets_two_sentences(link: str, body: Any, status: int):
    said = ask(link, body)
    assert said.status_code == status, said.text
    two_sentences(said)


def test_whatever_it_was_sent_it_still_answers(link: str):
    for _, body, _ in HOSTILE:
        ask(link, body)
    assert ask(link, {"size": None, "colour": "never seen", "class": None}).status_code == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_answers_are_asked_for_by_post_alone(link: str, method: str):
    said = requests.request(method, f"{link}/answer", timeout=SECONDS)
    assert said.status_code == 405
    two_sentences(said)


def test_whoever_asks_too_often_has_to_wait_and_others_need_not(link: str, place: dict[str, Any]):
    with requests.Session() as session:
        codes = [session.post(f"{link}/answer", b"{", timeout=SECONDS) for _ in range(32)]
    assert codes[0].status_code == 422
    assert codes[-1].status_code == 429
    assert int(codes[-1].headers["Retry-After"]) >= 1
    two_sentences(codes[-1])
    assert ask(share_link.address(share(place["yes_no"]), place["url"]), ROW).status_code == 200


def test_strangers_have_a_port_where_nothing_else_is(made: Share, place: dict[str, Any]):
    link = share_link.address(made, place["strangers"])
    assert requests.get(link, timeout=SECONDS).status_code == 200
    assert ask(link, ROW).status_code == 200
    for path in ("/", "/use", "/data?project=x", "/healthz", "/_stcore/health", "/_stcore/stream", "/api/drawing/save", "/app/static/inter-latin.woff2",
                 "/favicon.png", "/api/runs/x/live", "//etc/passwd", "/..%2f..%2fetc/passwd"):  # fmt: skip
        said = requests.get(f"{place['strangers']}{path}", timeout=SECONDS)
        assert said.status_code == 404, path
        assert "There is nothing here" in said.text
        assert "server" not in said.headers
