"""What a network costs, known before it is built."""

from math import prod

import pytest

from core.graph import measure, operations, training_memory
from core.graph.cost import widest
from tests.core.graph.drawings import FACTS, drawing

GRAPH = drawing(
    "numbers: input", "categories: input", "codes: embedding < categories", "seen: dense < codes",
    "row: flatten < seen", "all: concatenate < numbers row", "hidden: dense < all", "calm: dropout < hidden",
    "answer: output < calm", seen={"units": 4}, hidden={"units": 10},
)  # fmt: skip


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ("numbers", 0),
        ("codes", 16 * 8),
        ("seen", (8 + 1) * 4 * 16),
        ("row", 64),
        ("hidden", (57 + 64 + 1) * 10),
        ("calm", 10),
        ("answer", 11),
    ],
)
def test_the_operations_of_a_layer_for_one_row(layer: str, expected: int):
    assert operations(measure(GRAPH, FACTS).layers[layer]) == expected


def test_the_widest_layer_counts_what_it_has_in_hand():
    lines = (
        "numbers: input",
        "steps: reshape < numbers",
        "look: {kind} < steps",
        "row: flatten < look",
        "answer: output < row",
    )
    found = {
        kind: widest(
            measure(
                drawing(*(line.format(kind=kind) for line in lines), steps={"target_shape": [57, 1]}), FACTS
            )
        )
        for kind in ("activation", "self_attention", "transformer_encoder")
    }
    assert found["activation"] == 57
    assert found["self_attention"] > 4 * 57 * 57  # the scores of four heads
    assert found["transformer_encoder"] == found["self_attention"]


def test_a_layer_that_cannot_be_measured_costs_nothing():
    report = measure(drawing("a: dense < nowhere", "answer: output < a"), FACTS)
    assert [operations(layer) for layer in report.layers.values()] == [0, 0]


def test_memory_grows_with_the_rows_of_a_step_and_with_the_weights():
    report = measure(GRAPH, FACTS)
    small, large = training_memory(report, 64), training_memory(report, 128)
    given = 57 + 16 + 16 * 8 + 16 * 4 + 64 + 121 + 10 + 10 + 1
    assert large - small >= 64 * 4 * given
    assert small > 4 * report.bytes


@pytest.mark.parametrize(
    ("line", "fields", "held"),
    [
        ("seen: lstm < codes", {"units": 4}, 16 * 4 * 6),
        ("seen: self_attention < codes", {"num_heads": 2, "key_dim": 4}, 3 * 16 * 8 + 2 * 2 * 16 * 16),
    ],
)
def test_memory_counts_what_is_held_inside_a_layer(line: str, fields: dict, held: int):
    graph = drawing(
        "categories: input", "codes: embedding < categories", line, "row: flatten < seen", "answer: output < row",
        seen={"return_sequences": True, **fields} if "lstm" in line else fields,
    )  # fmt: skip
    report = measure(graph, FACTS)
    assert report.ok, report.errors
    given = sum(prod(layer.shape) for layer in report.layers.values())
    more = training_memory(report, 65) - training_memory(report, 64)
    assert more == 4 * 2 * (given + held)


def test_a_block_costs_what_its_parts_cost():
    graph = drawing(
        "categories: input", "codes: embedding < categories", "seen: transformer_encoder < codes",
        "row: flatten < seen", "answer: output < row",
    )  # fmt: skip
    report = measure(graph, FACTS)
    assert report.ok, report.errors
    block = report.layers["seen"]
    assert operations(block) == sum(operations(part) for part in block.parts.values()) > block.weights
