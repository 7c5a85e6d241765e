"""A network in plain words."""

import pytest

from core.graph import Graph, explain
from core.templates import table_network
from tests.core.graph.drawings import FACTS, drawing, facts


def told(graph: Graph, known: dict) -> list[str]:
    return [str(sentence) for sentence in explain(graph, known)]


def test_the_default_network_is_told_in_plain_words():
    assert told(table_network.graph(FACTS, {"size": 192, "dropout": 0.1}), FACTS) == [
        "Reads 19 columns.",
        "Learns 3 numbers for each of the 60 known values of categories.",
        "Two steps of 192 and 192 units look for patterns.",
        "While it learns, 10% of what a step finds is left out at random, so that it does not learn single "
        "rows by heart.",
        "Answers with one probability: how likely churn is “Yes”.",
        "It has 57,781 weights, and 4,900 rows to learn them from.",
    ]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"depth": 1, "size": 64}, "One step of 64 units looks for patterns."),
        ({"depth": 3, "size": 1_000}, "Three steps of 1,000, 1,000 and 1,000 units look for patterns."),
        ({"depth": 12, "size": 64}, "12 steps of 64 to 64 units look for patterns."),
    ],
)
def test_steps_are_told_with_their_sizes(settings: dict, sentence: str):
    assert sentence in told(table_network.graph(FACTS, settings), FACTS)


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (facts(task="one_of_many"), "Answers with 7 probabilities, one for each value of churn."),
        (facts(task="amount"), "Answers with one number: the churn to be expected."),
        ({**facts(), "target": ""}, "Answers with one probability: how likely the answer is “Yes”."),
        ({**facts(), "columns": 1}, "Reads 1 column."),
    ],
)
def test_the_answer_is_told_for_every_task(known: dict, sentence: str):
    assert sentence in told(table_network.graph(known, {}), known)


def test_a_broken_network_is_not_explained():
    assert told(drawing("numbers: input"), FACTS) == []
