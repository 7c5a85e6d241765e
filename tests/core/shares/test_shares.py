"""Pages that are shared: made for a while, counted, withdrawn, forgotten."""

import json
import time

import pytest

from core import home, shares
from core.errors import SettingError


def test_a_page_is_found_as_it_was_made():
    made = shares.make(
        "run", " Will it \n rain? ", "First.\nSecond.", "zh_CN", [{"a": 1.5}], results=False, days=1
    )
    assert shares.find(made.id) == made
    assert made.title == "Will it rain?"
    assert made.words == "First.\nSecond."
    assert made.ends - made.made == 86_400
    assert not made.over


def test_a_page_for_ever_has_no_end():
    assert shares.make("run", "A", days=0).ends is None


@pytest.mark.parametrize(("title", "words"), [("", ""), ("  \n", ""), ("x" * 121, ""), ("A", "x" * 2_001)])
def test_a_page_without_a_title_or_with_too_many_words_is_refused(title: str, words: str):
    with pytest.raises(SettingError):
        shares.make("run", title, words)
    assert not list(home.folder("shares").iterdir())


def test_a_withdrawn_page_is_over_and_says_when():
    made = shares.make("run", "A")
    shares.withdraw(made.id)
    first = shares.find(made.id)
    assert first.over
    assert first.withdrawn == pytest.approx(time.time(), abs=60)
    shares.withdraw(made.id)
    assert shares.find(made.id) == first


def test_a_page_is_over_when_its_time_is_up():
    made = shares.make("run", "A", days=1)
    path = home.folder("shares") / f"{made.id}.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "ends": time.time() - 1}))
    assert shares.find(made.id).over


def test_openings_are_counted_and_forgotten_with_the_page():
    made = shares.make("run", "A")
    assert shares.opened(made) == 0
    for _ in range(3):
        shares.count_opening(made)
    assert shares.opened(made) == 3
    shares.forget(made.id)
    assert shares.find(made.id) is None
    assert not list(home.folder("shares").iterdir())


def test_the_list_holds_the_pages_of_one_run_the_latest_first():
    first, second = shares.make("run", "A"), shares.make("run", "B")
    shares.make("other", "C")
    assert [share.title for share in shares.of_run("run")] == [second.title, first.title]


@pytest.mark.parametrize(
    "id", ["", "../../secret", "0" * 15, "0" * 17, "G" * 16, "0" * 16, "..", "0000000000000000\n"]
)
def test_what_is_no_id_finds_nothing_and_removes_nothing(id: str):
    made = shares.make("run", "A")
    assert shares.find(id) is None
    shares.withdraw(id)
    shares.forget(id)
    assert shares.find(made.id) == made
