"""Texts that are to be written from codes come back from them exactly as they were."""

import random

import pytest

from core import rewrite, tokens
from core.tokenizers import byte_pairs

MARKS = rewrite.marks(4)
KNOWN = ["Open the file", "打开文件", "  two  spaces ", "Ａ wide letter"] * 20
ODD = [
    "", " ", "\n\t", "👩‍👩‍👧 family", "Ａｂ １２", "ﬁne", "e\u0301", "汉字 and words", "\u200f שלום", "<pad><begin>",
    "a\x00b", "ĠĊ", "%s of {name}", "𠮷野家", " trailing ", "\r\n",
]  # fmt: skip


@pytest.fixture(scope="module")
def feature() -> dict:
    return {"make": "tokens", "length": 8, "tokenizer": byte_pairs.fit_exact(KNOWN, 400, MARKS)}


@pytest.mark.parametrize("text", ODD)
def test_a_text_comes_back_letter_for_letter(feature: dict, text: str):
    assert tokens.text(feature, tokens.every(feature, [text])[0]) == text


def test_any_mixture_of_letters_comes_back(feature: dict):
    dice = random.Random(7)
    ranges = (
        (32, 127),
        (0x4E00, 0x9FFF),
        (0x1F300, 0x1F6FF),
        (0x600, 0x6FF),
        (0, 0xD7FF),
        (0xE000, 0x10FFFF),
    )
    texts = [
        "".join(chr(dice.randint(*dice.choice(ranges))) for _ in range(dice.randint(0, 40)))
        for _ in range(500)
    ]
    assert [tokens.text(feature, codes) for codes in tokens.every(feature, texts)] == texts


def test_no_text_has_the_codes_that_begin_and_end_one(feature: dict):
    found = {code for codes in tokens.every(feature, [*ODD, *MARKS]) for code in codes}
    assert min(found) >= len(MARKS)
    assert [feature["tokenizer"]["model"]["vocab"][mark] for mark in MARKS] == list(range(len(MARKS)))
