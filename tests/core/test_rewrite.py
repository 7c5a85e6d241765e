"""Texts become codes and answers, and placeholders are carried over."""

import numpy as np
import pytest

from core import rewrite
from core.tokenizers import byte_pairs

TEXTS = ["Open the file %s", "打开文件 %s", "Delete {name}?", "删除 {name}？"] * 20
LENGTH = 10


@pytest.fixture(scope="module")
def made() -> dict:
    tokenizer = byte_pairs.fit_exact(TEXTS, 400, rewrite.marks(3))
    feature = {"make": "tokens", "length": 12, "tokenizer": tokenizer}
    return {
        "columns": [{"column": "en", "features": [feature]}],
        "target": {"as": "rewrite", "column": "zh", "length": LENGTH, "slots": 3},
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("%s: %d of %1$s, 50% done", ["%s", "%d", "%1$s"]),
        ("第%d页，共%s页", ["%d", "%s"]),
        ("{name} and {{ count }}", ["{name}"]),
        ("<b>bold</b> <entry> a<b>c", ["<b>", "</b>", "<b>"]),
        ("see https://example.org/a?b=1. Bye", ["https://example.org/a?b=1"]),
        ("fish &amp; chips %(count)d %.*s %%", ["&amp;", "%(count)d", "%.*s"]),
        ("plain", []),
    ],
)
def test_placeholders_are_told_from_words(text: str, found: list[str]):
    assert rewrite.placeholders(text) == found


@pytest.mark.parametrize(
    ("source", "answer", "kept"),
    [
        ("%s has %d", "%d 个 %s", True),
        ("%s has %d", "%2$d 个 %1$s", True),
        ("%s and %s", "%s", False),
        ("{name}", "{nam}", False),
        ("none", "keins", True),
        ("none", "%s", False),
    ],
)
def test_an_answer_keeps_the_placeholders_or_does_not(source: str, answer: str, kept: bool):
    assert rewrite.kept(source, answer) == kept


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("Open %s now", "现在打开 %s"),
        ("%s and %s", "%s 和 %s"),
        ("{never_seen_before} 🙂", "{never_seen_before}：🙂"),
        ("%s", "no placeholder at all"),
        ("%a %s %d %u %x", "%x %u %d %s %a"),
        ("", ""),
        ("nothing", "%s from nowhere"),
    ],
)
def test_a_pair_comes_back_from_its_codes(made: dict, source: str, answer: str):
    ((read, written),) = rewrite.pairs(made, [source], [answer])
    assert rewrite.text(made, source, read) == source
    assert rewrite.text(made, source, written) == answer
    assert "".join(rewrite.parts(made, source, read)).replace("\ufffd", "") in (
        source,
        source.replace("🙂", ""),
    )


def test_a_placeholder_has_the_same_code_in_a_text_and_in_its_answer_whatever_it_says(made: dict):
    ((read, written),) = rewrite.pairs(made, ["{one} of {other}"], ["{other}/{one}"])
    assert [code for code in read if code < 7] == [4, 5]
    assert [code for code in written if code < 7] == [5, 4]


class Told:
    """A network that says what it was told to, whatever it reads; each code but the wanted one is a little likely."""

    def __init__(self, codes: list[int], vocabulary: int = 400):
        self.codes, self.vocabulary = codes, vocabulary

    def encode(self, source):
        return [source]

    def step(self, read, so_far):
        said = np.full((len(so_far), self.vocabulary), 0.1 / self.vocabulary)
        place = min(so_far.shape[1] - 1, len(self.codes) - 1)
        said[:, self.codes[place]] += 0.9
        return said


def test_the_likeliest_answer_is_written_with_its_chance(made: dict):
    ((_, codes),) = rewrite.pairs(made, ["Delete {name}?"], ["删除 {name}？"])
    codes = codes[: LENGTH - 2]
    found = rewrite.answers(made, Told([*codes, rewrite.END]), ["Delete {x}?"])[0]
    assert found[0]["codes"] == codes
    assert found[0]["text"] == rewrite.text(made, "Delete {x}?", codes)
    assert "{x}" in found[0]["text"]
    assert found[0]["kept"]
    assert found[0]["ended"]
    assert found[0]["chance"] == pytest.approx((0.9 + 0.1 / 400) ** (len(codes) + 1))
    assert len(found) <= rewrite.BEAMS
    assert [one["chance"] for one in found] == sorted((one["chance"] for one in found), reverse=True)


def test_a_placeholder_that_was_forgotten_is_searched_for(made: dict):
    found = rewrite.answers(made, Told([20, 21, rewrite.END]), ["%s is gone"])[0]
    assert found[0]["kept"]
    assert rewrite.placeholders(found[0]["text"]) == ["%s"]
    assert not found[1]["kept"]


def test_no_placeholder_is_written_twice_and_none_that_the_source_lacks(made: dict):
    slot = rewrite.FIRST_SLOT
    found = rewrite.answers(made, Told([slot, slot, slot + 1, rewrite.END]), ["%s"])[0]
    assert all(one["codes"].count(slot) == 1 and slot + 1 not in one["codes"] for one in found[:1])


@pytest.mark.parametrize("texts", [[], [""], ["🙂" * 500], ["x" * 20_000, "%s" * 50]])
def test_odd_texts_are_answered_too(made: dict, texts: list[str]):
    found = rewrite.answers(made, Told([20, rewrite.END]), texts)
    assert len(found) == len(texts)
    assert all(isinstance(some[0]["text"], str) for some in found)
