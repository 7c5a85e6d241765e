"""Child processes: their answer, what the user can mend, what is our fault, and an early end."""

from pathlib import Path

import pytest

from core.errors import UserError
from pages.parts import child


def waited(found: child.Child) -> child.Child:
    for thread in found.threads:
        thread.join(60)
    assert not found.running
    return found


def test_a_child_answers_and_tells_its_progress(tmp_path: Path):
    path = tmp_path / "small.csv"
    path.write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    found = waited(child.start(["add", str(path), "--name", "Small"], name="Small"))
    assert found.answer()["rows"] == 2
    assert found.share == 1.0
    assert found.text == "Ready"
    assert child.find(found.id) is found


def test_what_the_user_can_mend_arrives_as_two_sentences(tmp_path: Path):
    path = tmp_path / "empty.csv"
    path.touch()
    found = waited(child.start(["add", str(path)]))
    with pytest.raises(UserError) as told:
        found.answer()
    assert str(told.value.what) == "“empty.csv” is empty."
    assert str(told.value.fix)


def test_any_other_end_is_our_fault_and_keeps_its_last_words():
    found = child.start(["runs"])
    found.process.kill()
    found.words = ["its last words"]
    with pytest.raises(RuntimeError, match="-9\nits last words"):
        waited(found).answer()


def test_a_cancelled_child_ends_soon(tmp_path: Path):
    found = child.start(["add", str(tmp_path)])
    found.cancel()
    assert waited(found).cancelled


def test_a_forgotten_child_is_not_found(tmp_path: Path):
    found = waited(child.start(["add", str(tmp_path / "none.csv")]))
    child.forget(found)
    assert child.find(found.id) is None
