"""The sentences for figures that were made up."""

import pytest

from core.results import verdict

TARGET = {"classes": ["No", "Yes"], "as": "classes"}


def figures(**changes) -> dict:
    found = {
        "task": "yes_no", "target": "churn", "main": "roc_auc",
        "metrics": {
            "test": {"roc_auc": 0.8512, "accuracy": 0.8037},
            "intervals": {"accuracy": (0.7769, 0.8268)},
            "baselines": {"most_frequent": {"accuracy": 0.7348}},
            "ahead": {"linear": (-0.01, 0.01), "gradient_boosting": (0.001, 0.02), "most_frequent": (0.3, 0.4)},
        },
        "confusion": {"counts": [[700, 76], [154, 126]]},
        "importance": [{"column": "tenure", "drop": 0.05}, {"column": "contract", "drop": 0.04}],
    }  # fmt: skip
    found["metrics"] = {**found["metrics"], **changes.pop("metrics", {})}
    return {**found, **changes}


def told(found: dict, rows: int = 1056) -> tuple[list[str], list[str]]:
    said = verdict.tell(found, TARGET, {"rows": {"test": rows}})
    return [str(s) for s in said.sentences], [str(s) for s in said.warnings]


def test_a_yes_no_model_in_plain_words():
    sentences, warnings = told(figures())
    assert sentences == [
        "Of 100 rows it has never seen, it gets 80 right (between 78 and 83); always answering “No” would get 73.",
        "Shown one row with “Yes” and one with “No”, it ranks them rightly 85 times of 100; guessing would be 50.",
        "Of 280 rows that are “Yes” it finds 126, and it takes 76 others for one.",
        "A simple linear model is just as good here.",
        "It is better than boosted decision trees.",
    ]
    assert warnings == []


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        ((0.01, 0.02), "is better than a simple"),
        ((-0.01, 0.02), "just as good"),
        ((-0.03, -0.01), "is better here"),
    ],
)
def test_a_comparison_says_only_what_the_interval_allows(ahead: tuple[float, float], words: str):
    sentences, _ = told(figures(metrics={"ahead": {"linear": ahead, "most_frequent": (0.1, 0.2)}}))
    assert words in sentences[-1]


def test_almost_never_wrong_because_of_one_column_is_a_warning():
    found = figures(importance=[{"column": "refund", "drop": 0.45}, {"column": "age", "drop": 0.01}])
    found["metrics"]["test"] = {"roc_auc": 0.999, "accuracy": 0.99}
    _, warnings = told(found)
    assert warnings == [
        "It is almost never wrong, and nearly all of that comes from “refund”. "
        "Make sure that this is known before “churn” is."
    ]


def test_test_rows_that_are_all_alike_compare_nothing():
    found = figures()
    found["metrics"]["test"] = {"roc_auc": float("nan"), "accuracy": 1.0}
    sentences, warnings = told(found)
    assert not any("linear" in sentence or "no better" in sentence for sentence in sentences)
    assert warnings == ["All test rows have the same answer, so they cannot show what the model tells apart."]


def test_amounts_that_do_not_differ_among_the_test_rows_leave_a_sentence_out():
    metrics = {"test": {"r2": float("nan"), "mae": 1.0}, "intervals": {"mae": (0.5, 1.5)},
               "baselines": {"most_frequent": {"mae": 2.0}}}  # fmt: skip
    found = {**figures(task="amount", main="r2", metrics=metrics), "scatter": {"true": [1], "predicted": [2]}}
    del found["confusion"]
    said = verdict.tell(found, {"as": "number", "mean": 1.0}, {"rows": {"test": 999}})
    assert len(said.sentences) == 1


def test_classes_with_braces_in_their_names_are_only_text():
    said = verdict.tell(figures(), {"as": "classes", "classes": ["{no}", "{0}"]}, {"rows": {"test": 999}})
    assert "“{0}”" in str(said.sentences[1])


BINS = [{"said": 0.1, "was": 0.1, "rows": 500}, {"said": 0.8, "was": 0.8, "rows": 300}]
LUCK = [{"said": 0.5, "was": 0.6, "rows": 30}, {"said": 0.8, "was": 0.7, "rows": 10}]


@pytest.mark.parametrize(
    ("ece", "bins", "words"),
    [
        (
            0.012,
            BINS,
            "Its percentages can be taken at their word: on average they are 1.2 points of 100 off.",
        ),
        (
            0.15,
            BINS,
            "Its percentages are 15.0 points of 100 off on average: take them as a ranking, not as chances.",
        ),
        (0.12, LUCK, None),  # so few rows say nothing
        (
            0.03,
            LUCK,
            "Its percentages can be taken at their word: on average they are 3.0 points of 100 off.",
        ),
    ],
)
def test_percentages_are_believed_or_not_or_nothing_is_said(ece: float, bins: list, words: str | None):
    found = figures(calibration=bins)
    found["metrics"]["test"] = {**found["metrics"]["test"], "ece": ece}
    sentences, _ = told(found)
    assert [text for text in sentences if "percentages" in text] == ([words] if words else [])
