"""Catalogues speak every sentence of the sources, with every value, and are compiled."""

import gettext
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core import words
from core.locale import sentences
from core.words import CATALOGUES, say

ROOT = Path(__file__).parent.parent.parent
TRANSLATED = sorted(name for name in words.LANGUAGES if name != "en")

every_language = pytest.mark.parametrize("name", TRANSLATED)


@cache
def sources() -> frozenset[str | tuple[str, str]]:
    """Every sentence that the sources can speak, those that have a plural with it."""
    found: set[str | tuple[str, str]] = set()
    for path in (*ROOT.glob("core/**/*.py"), *ROOT.glob("pages/**/*.py")):
        with path.open("rb") as file:
            found |= {text for _, _, text, _ in sentences(file, (), (), {})}
    return frozenset(found)


def file_of(name: str, ending: str) -> Path:
    return CATALOGUES / name / "LC_MESSAGES" / f"modelyard.{ending}"


@cache
def catalogue(name: str) -> Catalog:
    with file_of(name, "po").open("rb") as file:
        return read_po(file, locale=name)


def messages(name: str) -> Iterator[Message]:
    """All but the first, which is the catalogue's head."""
    return (message for message in catalogue(name) if message.id)


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[tuple[str, str | None, str | None]]:
    return {(name, spec, how) for _, name, spec, how in Formatter().parse(text) if name is not None}


@every_language
def test_every_sentence_of_the_sources_is_translated(name: str):
    translated = {m.id for m in messages(name) if all(forms(m.string)) and not m.fuzzy}
    assert sorted(sources() - translated, key=str) == [], "Run `make words` and translate these."


@every_language
def test_a_translation_has_exactly_the_placeholders_of_the_english(name: str):
    for message in messages(name):
        # The last form of the English is the one for any count.
        wanted = placeholders(forms(message.id)[-1])
        for form in forms(message.string):
            assert placeholders(form) == wanted, message.id


@every_language
def test_marks_of_markdown_are_as_many_as_in_the_english(name: str):
    for message in messages(name):
        english = forms(message.id)[-1]
        for form in forms(message.string):
            for mark in ("**", "`", "<br>", ":material/", ":green["):
                assert form.count(mark) == english.count(mark), (mark, message.id)


@every_language
def test_the_compiled_catalogue_is_the_written_one(name: str):
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(name))
    compiled.seek(0)
    fresh = gettext.GNUTranslations(compiled)
    with file_of(name, "mo").open("rb") as file:
        kept = gettext.GNUTranslations(file)
    assert kept._catalog == fresh._catalog, "Run `make words`."


def test_chinese_is_spoken_with_values_and_for_any_count():
    words.follow(lambda: "zh_CN")
    assert say("{rows:,} rows × {columns} columns", rows=7043, columns=21) == "7,043行 × 21列"
    assert [
        say("{count} minute ago", plural="{count} minutes ago", count=count) for count in (1, 3)
    ] == ["1分钟前", "3分钟前"]  # fmt: skip
