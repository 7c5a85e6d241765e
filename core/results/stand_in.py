"""The cheap model that stands in for a network where it has to learn many times: linear, on what the network reads."""

import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from core.baselines._question import Question, linear_features
from core.pretrained import meaning
from core.tasks import SHELF as TASKS

if TYPE_CHECKING:
    from pandas import DataFrame
    from scipy.sparse import csr_matrix

FORMS = ("classes", "number")
MOST_STEPS = 200


def suits(made: Mapping[str, Any]) -> bool:
    """Whether it can stand in for a model with these recipes."""
    no_pictures = all(recipe["kind"] != "image" for recipe in made["columns"])
    return "series" not in made and no_pictures and TASKS[made["task"]].FORM in FORMS


def features(
    made: Mapping[str, Any], rows: "DataFrame", progress: Callable[[float], None] = lambda share: None
) -> "csr_matrix | np.ndarray":
    """[rows, numbers]: of texts what they mean, or their pieces where that cannot be had; all else as linear models like it.

    Args:
        made: The recipes of the columns as everything but a network reads them (`Prepared.plain`).
    """
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - gate to a heavy library

    texts = list(dict.fromkeys(one["column"] for one in made["columns"] if one["kind"] == "text"))
    meant = texts if meaning.available() else []
    vectors = [
        meaning.vectors(rows[name].tolist(), lambda share, n=number: progress((n + share) / len(meant)))
        for number, name in enumerate(meant)
    ]
    rest = [one for one in made["columns"] if one["column"] not in meant]
    if not rest:
        return np.concatenate(vectors, 1)
    question = Question(made["task"], {**made, "columns": rest}, rows, np.zeros(len(rows)), rows)
    both = [csr_matrix(some) for some in vectors] + [linear_features(question)[0]]
    return hstack(both, format="csr")


def learner(values: Any, truth: np.ndarray, *, classes: bool) -> Callable[[np.ndarray, np.ndarray], float]:
    """From rows that train and rows that judge to how good it is: the share that is right, or of an amount R², 0 at least."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression, Ridge

    def learn(train: np.ndarray, judge: np.ndarray) -> float:
        if not classes:
            model = Ridge(alpha=1.0).fit(values[train], truth[train])
            return max(0.0, float(model.score(values[judge], truth[judge])))
        if len(np.unique(truth[train])) == 1:
            return float((truth[judge] == truth[train][0]).mean())
        with warnings.catch_warnings():
            # After so many steps it is close enough for a comparison.
            warnings.simplefilter("ignore", ConvergenceWarning)
            model = LogisticRegression(C=10.0, max_iter=MOST_STEPS).fit(values[train], truth[train])
        return float(model.score(values[judge], truth[judge]))

    return learn
