"""Texts become their pieces, all at once as one by one, and outside as inside."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from core import pieces

TEXTS = [
    "Not good!",
    "really  not\ngood",
    "",
    "😀",
    "不好吃，真的",
    "x",
    "\ud800",
    "a" * 9_000,
    "good not really",
]


def plainly(text: str) -> Counter[tuple[str, str]]:
    """The pieces of one text as sort and letters, looked for letter by letter."""
    text = f" {' '.join(text[: pieces.LONGEST].lower().split())} "
    words: list[str] = []
    open_word = False
    for letter in text:
        inside = letter.isalnum() and ord(letter) < pieces.LETTER_EACH
        if inside and open_word:
            words[-1] += letter
        elif letter != " ":
            words.append(letter)
        open_word = inside
    found = [("word", word) for word in words]
    found += [("pair", f"{one} {two}") for one, two in pairwise(words)]
    found += [(f"{size}", text[at : at + size]) for size in pieces.RUNS for at in range(len(text) - size + 1)]
    return Counter(found)


def test_every_text_has_the_pieces_that_one_finds_letter_by_letter() -> None:
    rows, numbers = pieces.pieces(TEXTS)
    for place, text in enumerate(TEXTS):
        mine = Counter(numbers[rows == place].tolist())
        assert sorted(mine.values()) == sorted(plainly(text).values())


def test_the_same_piece_has_the_same_number_wherever_it_stands() -> None:
    rows, numbers = pieces.pieces(TEXTS)
    for one in range(len(TEXTS)):
        for two in range(one):
            shared = set(numbers[rows == one]) & set(numbers[rows == two])
            # "not, good" as a pair is written with the same letters between them in both.
            assert len(shared) == len(set(plainly(TEXTS[one])) & set(plainly(TEXTS[two])))


def test_numbers_never_change() -> None:
    """They stand in recipes that were given away: a change here would make old models answer nonsense."""
    assert pieces.pieces(["a"])[1].tolist() == [594_889, 814_253]


def test_a_text_answers_the_same_alone_and_among_many(monkeypatch: pytest.MonkeyPatch) -> None:
    known = np.unique(pieces.pieces(TEXTS)[1])[:200].tolist()
    feature = {"make": "pieces", "known": known, "weights": np.linspace(1, 5, len(known)).tolist()}
    together = pieces.shares(feature, TEXTS)
    assert together.any(axis=1).sum() >= 6
    monkeypatch.setattr(pieces, "AT_ONCE", 10)
    apart = pieces.shares(feature, TEXTS)
    single = np.concatenate([pieces.shares(feature, [text]) for text in TEXTS])
    np.testing.assert_array_equal(together, apart)
    np.testing.assert_array_equal(together, single)


@pytest.mark.parametrize("numbers", [[], [7], [3, 3, 3], [5, -2, 5, 0, -2, 9, 5]])
def test_different_numbers_are_those_of_numpy(numbers: list[int]) -> None:
    found, expected = pieces.different(np.array(numbers, np.int64)), np.unique(numbers, return_counts=True)
    for mine, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(mine, theirs)


def test_no_texts_are_no_rows() -> None:
    assert pieces.shares({"known": [1, 2], "weights": [1.0, 1.0]}, []).shape == (0, 2)


@pytest.mark.heavy
def test_shares_are_those_of_scikit_learn() -> None:
    """Where every piece is known, half of the share times 510 is what its TF-IDF says, as far as bytes can tell."""
    from sklearn.feature_extraction.text import TfidfTransformer

    texts = ["not good", "really not good", "good good good", "bad"]
    rows, numbers = pieces.pieces(texts)
    known, place = np.unique(numbers, return_inverse=True)
    counts = np.zeros((len(texts), len(known)))
    np.add.at(counts, (rows, place), 1)
    theirs = TfidfTransformer(sublinear_tf=True).fit(counts)
    feature = {"make": "pieces", "known": known.tolist(), "weights": theirs.idf_.tolist()}
    expected = np.minimum(510 * theirs.transform(counts).toarray(), 255)
    np.testing.assert_allclose(pieces.shares(feature, texts), expected, atol=0.5001)


def test_without_runs_of_letters_there_are_words_and_pairs_alone() -> None:
    rows, numbers = pieces.pieces(TEXTS, letters=False)
    for place, text in enumerate(TEXTS):
        expected = [count for (sort, _), count in plainly(text).items() if sort in ("word", "pair")]
        assert sorted(Counter(numbers[rows == place].tolist()).values()) == sorted(expected)
    assert set(numbers) < set(pieces.pieces(TEXTS)[1])
    known = np.unique(pieces.pieces(TEXTS)[1]).tolist()
    feature = {"make": "pieces", "known": known, "weights": [1.0] * len(known), "letters": False}
    assert (pieces.shares(feature, ["not good"]) > 0).sum() == 3  # two words and their pair
