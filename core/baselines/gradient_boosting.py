"""Boosted decision trees: the strongest common model for tables, with its default settings."""

import numpy as np

from core.baselines._question import Question, tree_features
from core.tasks import SHELF as TASKS
from core.tasks.amount_range import SHARES
from core.words import mark

LABEL = mark("Boosted decision trees")
HELP = mark("Hundreds of small decision trees, each mending the ones before; strong on tables.")

MOST_LABELS = 20  # each takes a model of its own


def answer(question: Question) -> np.ndarray:
    """The test rows' outputs in the form of the network's, [rows, units]."""
    from sklearn.ensemble import (
        HistGradientBoostingClassifier,
        HistGradientBoostingRegressor,
    )

    question = question.sample()
    train, test, is_code = tree_features(question)
    how = {"categorical_features": is_code, "random_state": question.seed}
    if TASKS[question.task].FORM == "labels":
        return question.each_label(
            len(test), MOST_LABELS,
            lambda truth: HistGradientBoostingClassifier(**how).fit(train, truth).predict_proba(test)[:, 1],
        )  # fmt: skip
    if question.task == "amount_range":
        models = [HistGradientBoostingRegressor(loss="quantile", quantile=share, **how) for share in SHARES]
        return np.stack([model.fit(train, question.labels).predict(test) for model in models], axis=1)
    if question.is_number:
        loss = "poisson" if question.task == "count" else "squared_error"
        model = HistGradientBoostingRegressor(loss=loss, **how).fit(train, question.labels)
        return model.predict(test)[:, None]
    model = HistGradientBoostingClassifier(**how).fit(train, question.labels)
    return question.spread(model.predict_proba(test), model.classes_)
