"""What two runs were asked otherwise is told in sentences."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.goal import Split
from core.graph import Graph, Layer
from core.runs.difference import difference
from core.spec import Spec
from tests.core.runs.test_folder import spec


def graph(spec: Spec) -> Spec:
    return replace(
        spec, graph=Graph((*spec.graph.layers, Layer("deep", "dense", ("numbers",), {"units": 3})))
    )


def goal(**changes) -> Callable[[Spec], Spec]:
    return lambda spec: replace(spec, goal=replace(spec.goal, **changes))


def training(**changes) -> Callable[[Spec], Spec]:
    return lambda spec: replace(spec, training=changes)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda spec: spec, []),
        (lambda spec: replace(spec, name="Other", project="p", versions={"keras": "4"}), []),
        (lambda spec: replace(spec, data="1" * 16), ["It learns from another data set."]),
        (goal(target="plan"), ["It predicts “plan” instead of “churn”."]),
        (goal(task="one_of_many"), ["It asks another kind of question about “churn”."]),
        (goal(inputs=("tenure", "age")), ["It also reads “age”."]),
        (goal(inputs=()), ["It no longer reads “tenure”."]),
        (goal(kinds={"churn": "category", "tenure": "category"}), ["It reads “tenure” as another kind."]),
        (goal(split=Split(test=0.3)), ["Its rows are divided otherwise."]),
        (goal(split=Split(seed=4)), ["Its rows are divided by another seed."]),
        (training(learning_rate=0.001), ["Learning rate: 0.001 instead of 0.004 (automatic)."]),
        (training(epochs=1_000), ["Epochs, at most: 1,000 instead of 120."]),
        (training(patience=7), ["Patience in epochs: 7 instead of automatic."]),
        (training(epochs=120), []),
        (training(schedule="cosine"),
         ["Learning rate over time: falls to zero, along a cosine instead of stays the same."]),
        (lambda spec: replace(spec, seed=2), ["Seed: 2 instead of 1."]),
        (lambda spec: replace(spec, device="gpu:0"), ["Device: gpu:0 instead of automatic."]),
        (lambda spec: replace(spec, starts_from="a"), ["It starts from the weights of “Run A”."]),
        (lambda spec: replace(spec, starts_from="gone"), ["It starts from the weights of “gone”."]),
        (lambda spec: replace(spec, continues={"run": "a", "epoch": 9, "spent": 1.0}),
         ["It continues “Run A”, which had come to epoch 9."]),
        (graph, ["New: “deep” (Dense)."]),
    ],
)  # fmt: skip
def test_each_thing_is_one_sentence(change: Callable[[Spec], Spec], told: list[str]):
    found = difference(spec(), change(spec()), {"learning_rate": 0.004}, {"a": "Run A"})
    assert [str(one) for one in found] == told


def test_going_back_to_automatic_is_told_too():
    found = difference(training(learning_rate=0.1)(spec()), spec())
    assert [str(one) for one in found] == ["Learning rate: automatic instead of 0.1."]
