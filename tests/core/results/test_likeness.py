"""Figures of written texts are those that sacrebleu itself reports."""

import numpy as np
import pytest

from core.results.likeness import Likeness, cut_by

pytestmark = pytest.mark.heavy
SAID = ["打开 文件 %s", "the cat sat on a mat", "", "完全一样", "nothing alike at all"]
TRUE = ["打开文件 %s", "the cat sat on the mat", "empty it is", "完全一样", "绝对不同"]


@pytest.mark.parametrize("cut", ["13a", "zh", "char"])
def test_each_text_counted_once_gives_the_figures_of_sacrebleu(cut: str):
    from sacrebleu import corpus_bleu, corpus_chrf

    found = Likeness(SAID, TRUE, cut).scores(np.ones((1, len(SAID))))
    assert found["chrf"][0] == pytest.approx(corpus_chrf(SAID, [TRUE]).score)
    assert found["bleu"][0] == pytest.approx(corpus_bleu(SAID, [TRUE], tokenize=cut).score)


def test_a_text_that_counts_twice_counts_as_if_it_stood_there_twice():
    weights = np.array([[2.0, 1, 0, 1, 3]])
    rows = np.repeat(np.arange(5), weights[0].astype(int))
    again = Likeness([SAID[row] for row in rows], [TRUE[row] for row in rows], "zh").scores(
        np.ones((1, len(rows)))
    )
    found = Likeness(SAID, TRUE, "zh").scores(weights)
    assert found["chrf"][0] == pytest.approx(again["chrf"][0])
    assert found["bleu"][0] == pytest.approx(again["bleu"][0])


def test_each_text_has_a_likeness_of_its_own():
    each = Likeness(SAID, TRUE, "zh").of_each()
    assert each[3] == pytest.approx(100)
    assert each[2] == 0
    assert each[0] == pytest.approx(100)  # it does not look at spaces
    assert 0 < each[1] < 100


@pytest.mark.parametrize(
    ("texts", "cut"),
    [(["打开文件"], "zh"), (["ファイルを開く"], "char"), (["เปิดไฟล์"], "char"), (["Datei"], "13a"), ([""], "13a"), (["打开 a file now"], "13a")],
)  # fmt: skip
def test_texts_are_cut_as_their_script_asks(texts: list[str], cut: str):
    assert cut_by(texts) == cut
