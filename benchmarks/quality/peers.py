"""The models that experts take for tables, with their default settings, asked the same question.

They see what trees like: raw numbers, missing ones kept, categories as such. Those that choose nothing on validation
rows are given these rows to learn from as well.
"""

import warnings
from collections.abc import Callable

import numpy as np

from core.baselines._question import Question, linear_features, tree_features

LEAST_COUNT = 1e-3  # what a model says that does not know that counts are never below 0


def hist_gradient_boosting(question: Question) -> np.ndarray:
    """scikit-learn's boosted trees."""
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    train, test, is_code = tree_features(question)
    kind = HistGradientBoostingRegressor if question.is_number else HistGradientBoostingClassifier
    more = {"loss": "poisson"} if question.task == "count" else {}
    model = kind(categorical_features=is_code, random_state=question.seed, **more)
    return _said(question, model, train, test)


def lightgbm(question: Question) -> np.ndarray:
    """LightGBM with its defaults."""
    from lightgbm import LGBMClassifier, LGBMRegressor

    train, test, is_code = tree_features(question)
    kind = LGBMRegressor if question.is_number else LGBMClassifier
    more = {"objective": "poisson"} if question.task == "count" else {}
    model = kind(random_state=question.seed, verbose=-1, **more)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _said(question, model, train, test, categorical_feature=np.flatnonzero(is_code).tolist())


def catboost(question: Question) -> np.ndarray:
    """CatBoost with its defaults."""
    import pandas
    from catboost import CatBoostClassifier, CatBoostRegressor

    train, test, is_code = tree_features(question)
    codes = [place for place, code in enumerate(is_code) if code]
    frames = [pandas.DataFrame(side).astype(dict.fromkeys(codes, int)) for side in (train, test)]
    kind = CatBoostRegressor if question.is_number else CatBoostClassifier
    more = {"loss_function": "Poisson"} if question.task == "count" else {}
    model = kind(random_seed=question.seed, verbose=False, allow_writing_files=False, **more)
    return _said(question, model, *frames, cat_features=codes)


def plain_mlp(question: Question) -> np.ndarray:
    """scikit-learn's network of two steps of 256 units, with early stopping."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    train, test = linear_features(question)
    kind = MLPRegressor if question.is_number else MLPClassifier
    model = kind(hidden_layer_sizes=(256, 256), early_stopping=True, random_state=question.seed)
    return _said(question, model, train.astype(np.float32), test.astype(np.float32))


def linear(question: Question) -> np.ndarray:
    """The linear baseline that every run is compared with."""
    from core.baselines import linear

    return linear.answer(question)


PEERS: dict[str, Callable[[Question], np.ndarray]] = {
    "linear": linear,
    "plain_mlp": plain_mlp,
    "hist_gradient_boosting": hist_gradient_boosting,
    "lightgbm": lightgbm,
    "catboost": catboost,
}


def _said(question: Question, model, train, test, **more) -> np.ndarray:
    model.fit(train, question.labels, **more)
    if question.task == "count" and type(model).__name__ == "CatBoostRegressor":
        return model.predict(test, prediction_type="Exponent").reshape(-1, 1)
    if question.is_number:
        said = np.asarray(model.predict(test)).reshape(-1, 1)
        return said if question.task != "count" else np.maximum(said, LEAST_COUNT)
    return question.spread(model.predict_proba(test), np.asarray(model.classes_).reshape(-1))
