"""How alike texts are to the true ones, by sacrebleu's measures, for many weightings of the texts at once.

Source: Popović, "chrF: character n-gram F-score for automatic MT evaluation", WMT 2015; Papineni et al., "BLEU: a Method
for Automatic Evaluation of Machine Translation", ACL 2002; Post, "A Call for Clarity in Reporting BLEU Scores", WMT 2018.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
OTHERS_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff]")
LOOKED_AT = 1_000  # texts


def cut_by(texts: Sequence[str]) -> str:
    """How sacrebleu should cut these texts into words: Chinese characters one by one, scripts without spaces likewise.

    Example:
        >>> cut_by(["打开文件"]), cut_by(["ファイルを開く"]), cut_by(["Datei öffnen"])
        ('zh', 'char', '13a')
    """
    some = "".join(texts[:LOOKED_AT])
    letters = sum(one.isalpha() for one in some)
    others, han = len(OTHERS_WITHOUT_SPACES.findall(some)), len(HAN.findall(some))
    if 2 * (others + han) < letters or not letters:
        return "13a"
    return "char" if 10 * others > letters else "zh"


class Likeness:
    """What is counted about texts beside the true ones, row by row.

    Args:
        said: Texts, one for each row.
        truth: The true ones.
        cut: How BLEU cuts texts into words, see `cut_by`.
    """

    def __init__(self, said: Sequence[str], truth: Sequence[str], cut: str):
        self.cut = cut
        # What a corpus score is made of; sacrebleu adds up the same numbers for its own bootstrap.
        self.counts = {
            name: np.array(measure._extract_corpus_statistics(list(said), [list(truth)]), np.float64)
            for name, measure in _measures(cut).items()
        }

    def scores(self, weights: np.ndarray) -> dict[str, np.ndarray]:
        """`chrf` and `bleu` from 0 to 100 for each weighting of the rows [draws, rows]."""
        return {
            name: np.array(
                [_measures(self.cut)[name]._compute_score_from_stats(sums.tolist()).score for sums in weights @ counts]
            )
            for name, counts in self.counts.items()
        }  # fmt: skip

    def of_each(self) -> np.ndarray:
        """The chrF of each row by itself, 0 to 100."""
        chrf = _measures(self.cut)["chrf"]
        return np.array([chrf._compute_score_from_stats(row.tolist()).score for row in self.counts["chrf"]])


@lru_cache
def _measures(cut: str) -> dict[str, Any]:
    from sacrebleu.metrics import BLEU, CHRF  # noqa: PLC0415 - not loaded by the pages

    return {"chrf": CHRF(), "bleu": BLEU(tokenize=cut)}
