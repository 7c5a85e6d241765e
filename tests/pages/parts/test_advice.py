"""Only what the figures carry is advised."""

from pages.parts.advice import advice


def results(**changes: object) -> dict:
    """Results of a good model on many rows, with what is changed."""
    asked = {
        "ahead": {},
        "score": 0.9,
        "epochs": 20,
        "train": 5_000,
        "test": 1_000,
        "importance": [("a", 0.2, 0.01)],
        **changes,
    }
    importance = [
        dict(zip(("column", "drop", "spread"), entry, strict=True)) for entry in asked["importance"]
    ]
    ahead = {"most_frequent": [0.1, 0.2], "linear": [0.1, 0.2], "gradient_boosting": [0.1, 0.2]} | asked[
        "ahead"
    ]
    return {
        "main": "roc_auc",
        "target": "churn",
        "best_epoch": 8,
        "epochs": asked["epochs"],
        "rows": {"train": asked["train"], "test": asked["test"]},
        "metrics": {"test": {"roc_auc": asked["score"]}, "ahead": ahead},
        "importance": importance,
    }


def pages(made: dict) -> list[str]:
    return [advised.page for advised in advice(made)]


def test_there_is_always_something_to_try_and_never_too_much():
    worst = results(
        ahead={"most_frequent": [-0.1, 0.1], "linear": [-0.2, -0.1]}, train=100, importance=[("a", 0, 0)] * 20
    )
    for made in (results(), results(score=0.999), worst):
        assert 1 <= len(advice(made)) <= 3


def test_a_column_is_called_idle_only_where_there_are_rows_enough_to_tell():
    columns = [("a", 0.2, 0.01), ("b", -0.001, 0.0005), ("c", 0.003, 0.004)]
    told = [advised.sentence for advised in advice(results(importance=columns))]
    assert any("“b”" in sentence and "“c”" not in sentence for sentence in told)
    assert not any("“b”" in advised.sentence for advised in advice(results(importance=columns, test=60)))


def test_a_nearly_perfect_model_is_doubted_and_not_sent_for_more_rows():
    (only,) = advice(results(score=0.999, train=300, ahead={"linear": [-0.01, 0.01]}))
    assert "churn" in only.sentence


def test_columns_that_tell_nothing_are_not_sorted_out_one_by_one():
    columns = [("a", 0.0, 0.0), ("b", 0.0, 0.0)]
    made = results(score=0.5, ahead={"most_frequent": [-0.1, 0.1], "linear": [-0.1, 0.1]}, importance=columns)
    assert pages(made) == ["data"]


def test_many_columns_for_few_rows_lead_to_the_goal():
    columns = [(f"c{n}", 0.01, 0.01) for n in range(200)]
    made = results(ahead={"gradient_boosting": [-0.3, -0.2]}, train=280, test=60, importance=columns)
    assert pages(made)[0] == "goal"


def test_a_training_that_was_cut_short_is_given_more_time_and_not_a_smaller_network():
    made = results(ahead={"linear": [-0.3, -0.2]}, epochs=8)
    assert "more minutes" in advice(made)[0].sentence
    assert not any("fewer" in advised.sentence for advised in advice(made))
