"""A linear model: every column adds its own share, whatever the others say."""

import warnings

import numpy as np

from core.baselines._question import Question, linear_features
from core.tasks import SHELF as TASKS
from core.tasks.amount_range import SHARES
from core.words import mark

LABEL = mark("Simple linear model")
HELP = mark("Each column adds a fixed amount to the answer. If this is as good, the network is not needed.")

MOST_LABELS = 100
MOST_COUNT = 1e3  # times the mean: where a row is unlike all others, an exponential curve knows no bounds


def answer(question: Question) -> np.ndarray:
    """The test rows' outputs in the form of the network's, [rows, units]."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression, PoissonRegressor, Ridge

    question = question.sample()
    train, test = linear_features(question)
    if question.task in ("amount", "amount_range"):
        model = Ridge(alpha=1.0, solver="lsqr").fit(train, question.labels)
        said = model.predict(test)[:, None]
        if question.task == "amount":
            return said
        return said + np.quantile(question.labels - model.predict(train), SHARES)  # as wide for every row
    with warnings.catch_warnings():
        # After so many steps it is close enough for a comparison, and a baseline must not take minutes.
        warnings.simplefilter("ignore", ConvergenceWarning)
        if TASKS[question.task].FORM == "labels":
            return question.each_label(
                test.shape[0], MOST_LABELS,
                lambda truth: LogisticRegression(max_iter=100).fit(train, truth).predict_proba(test)[:, 1],
            )  # fmt: skip
        if question.task == "count":
            model = PoissonRegressor(alpha=1 / len(question.labels), max_iter=300)
            return np.minimum(model.fit(train, question.labels).predict(test), MOST_COUNT)[:, None]
        model = LogisticRegression(max_iter=300).fit(train, question.labels)
    return question.spread(model.predict_proba(test), model.classes_)
