"""The kinds of layer come by an address of their own, which changes when they do."""

import pytest

from core import blocks
from core.words import LANGUAGES
from pages.parts import catalog, catalog_route, language
from tests.pages.parts.asking import Answer, Client

BLOCK = {
    "title": "Twice",
    "parts": [
        {"name": "first", "kind": "dense", "inputs": ["in_1"], "fields": {}},
        {"name": "second", "kind": "dense", "inputs": ["first"], "fields": {}},
    ],
}


def told(spoken: str = "en") -> dict[str, str]:
    with language.speaking(spoken):
        return catalog_route.told()


def get(address: str) -> Answer:
    return Client().get(f"/{address}")


@pytest.mark.parametrize("spoken", list(LANGUAGES))
def test_kinds_and_sentences_come_in_the_language_of_the_address(spoken: str):
    answer = get(told(spoken)["at"])
    assert answer.headers["cache-control"] == catalog_route.FOREVER
    with language.speaking(spoken):
        assert answer.json()["catalog"] == catalog.catalog()
        assert answer.json()["words"]["undo"] == catalog_route.editor_words.words()["undo"]


def test_the_address_changes_with_the_language_and_with_blocks_of_ones_own():
    before = told()
    assert before == told()
    assert len({told(spoken)["id"] for spoken in LANGUAGES}) == len(LANGUAGES)
    blocks.save(BLOCK)
    assert told()["id"] != before["id"]
    late = get(before["at"])
    assert any(kind.startswith("own_block:") for kind in late.json()["catalog"]["kinds"])
    assert late.headers["cache-control"] == "no-store"


def test_without_a_key_nothing_is_told():
    assert get(told()["at"].replace("key=", "key=0")).status_code == 403
