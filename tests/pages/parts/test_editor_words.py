"""The editor's sentences and pictures: what the browser's source asks for is there, and nothing else."""

import re
from pathlib import Path

import pytest

from core.layers import SHELF
from pages.parts.editor_words import words

EDITOR = Path(__file__).parents[3] / "frontend" / "src" / "editor"
SOURCES = {path.name: path.read_text("utf-8") for path in sorted(EDITOR.rglob("*.ts*"))}
ALL = "\n".join(SOURCES.values())
# Keys that are put together: `tab_${name}` and `by_${standing}`.
MADE = ("tab_", "by_")


@pytest.mark.parametrize("name", SOURCES)
def test_every_sentence_that_a_source_says_is_there(name: str) -> None:
    said = set(re.findall(r"\bsay\(\s*\"([a-z0-9_]+)\"", SOURCES[name]))
    assert said <= set(words())


def test_no_sentence_is_kept_that_nothing_says() -> None:
    unsaid = [
        key for key in words() if not re.search(rf"[\"'`]{key}[\"'`]", ALL) and not key.startswith(MADE)
    ]
    assert unsaid == []


def test_the_placeholders_that_are_filled_in_are_those_of_the_sentence() -> None:
    for key, given in re.findall(r"\bsay\(\s*\"([a-z0-9_]+)\", \{([^{}]*)\}\s*\)", ALL):
        names = {
            part.split(":")[0].strip() for part in re.sub(r"\([^()]*\)", "", given).split(",") if part.strip()
        }
        assert set(re.findall(r"\{(\w+)", words()[key])) <= names, key


@pytest.mark.parametrize("kind", list(SHELF))
def test_every_kind_of_layer_has_a_picture(kind: str) -> None:
    drawn = set(re.findall(r"^  ([a-z0-9_]+): \(", ALL, re.MULTILINE))
    assert SHELF[kind].PICTURE in drawn
