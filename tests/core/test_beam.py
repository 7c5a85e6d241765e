"""The best sequences are found, as trying every one of them would find them."""

from itertools import pairwise, product

import numpy as np
import pytest

from core.beam import length_penalty, search

BEGIN, END = 1, 2


def table(seed: int, codes: int = 5):
    """A network that looks at the row and the last token only."""
    chances = np.random.RandomState(seed).dirichlet(np.ones(codes), (3, codes))
    return chances, lambda of, so_far: chances[of, so_far[:, -1]]


def every_one(chances, row, longest, alpha):
    """All sequences by their score, by trying each."""
    others = [code for code in range(chances.shape[-1]) if code != END]
    scored = {}
    for length in range(longest + 1):
        for codes in product(others, repeat=length):
            path = [BEGIN, *codes, END]
            total = sum(np.log(chances[row, a, b]) for a, b in pairwise(path))
            scored[codes] = total / length_penalty(length + 1, alpha)
    return sorted(scored.items(), key=lambda item: -item[1])


@pytest.mark.parametrize("alpha", [0.0, 0.6, 1.0])
@pytest.mark.parametrize("seed", range(4))
def test_with_beams_for_all_beginnings_the_best_of_all_sequences_are_found(seed, alpha):
    chances, step = table(seed)
    for row, some in enumerate(search(step, 3, BEGIN, END, longest=3, beams=64, alpha=alpha)):
        ended = [one for one in some if one.ended]
        known = every_one(chances, row, 3, alpha)[: len(ended)]
        assert len(ended) > 3
        assert [one.score for one in ended] == pytest.approx([score for _, score in known])
        assert ended[0].codes == known[0][0]


def test_one_beam_takes_the_likeliest_token_each_time():
    chances, step = table(7)
    for row, some in enumerate(search(step, 3, BEGIN, END, longest=6, beams=1)):
        codes, last = [], BEGIN
        while len(codes) < 6 and chances[row, last].argmax() != END:
            last = int(chances[row, last].argmax())
            codes.append(last)
        assert [list(one.codes) for one in some] == [codes]


def test_a_beam_finds_what_a_likely_first_token_hides():
    chances = np.zeros((6, 6))
    chances[BEGIN, [3, 4]] = [0.6, 0.4]
    chances[3, [END, 3, 4, 5]] = 0.25
    chances[4, END] = 1.0
    chances[5, END] = 1.0
    step = lambda of, so_far: chances[so_far[:, -1]]  # noqa: E731
    assert search(step, 1, BEGIN, END, 3, beams=1)[0][0].codes[0] == 3
    assert search(step, 1, BEGIN, END, 3, beams=4)[0][0].codes == (4,)


def test_a_row_answers_alike_alone_and_beside_others():
    chances, step = table(3)
    together = search(step, 3, BEGIN, END, 5)
    for row in range(3):
        alone = search(lambda of, so_far, row=row: chances[row, so_far[:, -1]], 1, BEGIN, END, 5)
        assert alone[0] == together[row]


@pytest.mark.parametrize("beams", [1, 4])
def test_what_never_ends_is_cut_off_and_says_so(beams):
    never = np.array([0.5, 0, 0, 0.5])
    found = search(lambda of, so_far: np.tile(never, (len(of), 1)), 1, BEGIN, END, 4, beams)[0][0]
    assert (found.ended, len(found.codes)) == (False, 4)


def test_no_rows_give_no_answers():
    assert search(lambda of, so_far: np.zeros((0, 4)), 0, BEGIN, END, 4) == []
