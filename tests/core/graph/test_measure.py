"""What is said about drawings, working and broken: the right layer is to blame, and no other."""

from dataclasses import replace

import pytest

from core.graph import Graph, Layer, measure, resolve
from tests.core.graph.drawings import FACTS, deep, drawing

WORKING = (
    "numbers: input",
    "categories: input",
    "codes: embedding < categories",
    "row: flatten < codes",
    "all: concatenate < numbers row",
    "hidden: dense < all",
    "answer: output < hidden",
)


def changed(*lines: str, **fields: dict) -> Graph:
    """The working drawing with some lines replaced, by the name in front, or added."""
    by_name = {line.partition(":")[0]: line for line in (*WORKING, *lines)}
    return drawing(*by_name.values(), **fields)


def test_every_layer_of_a_working_drawing_is_measured():
    report = measure(changed(), FACTS)
    assert report.ok
    shapes = {name: layer.shape for name, layer in report.layers.items()}
    assert shapes == {
        "numbers": (57,),
        "categories": (16,),
        "codes": (16, 8),
        "row": (128,),
        "all": (185,),
        "hidden": (256,),
        "answer": (1,),
    }
    assert report.layers["codes"].weights == 60 * 8
    assert report.layers["hidden"].weights == 186 * 256
    assert report.weights == 480 + 47_616 + 257
    assert report.bytes == report.weights * 4


CODES_AS_AMOUNTS = "with the codes of categories as if"
BROKEN = [
    # drawing, the layers to blame, part of what is said, layers that wait
    (changed("hidden: dense < nobody"), ["all", "hidden"], "fed by “nobody”", ["answer"]),
    (changed("hidden: sparkle < all"), ["hidden"], "of the kind “sparkle”", ["answer"]),
    (changed("hidden: dense <"), ["all", "hidden"], "needs one layer", ["answer"]),
    (changed("hidden: dense < all row"), ["hidden"], "takes one layer that feeds it, and has 2", ["answer"]),
    (changed("all: concatenate < numbers", "row2: dense < row"), ["all", "row2"], "at least 2", ["hidden", "answer"]),
    (changed("all: subtract < numbers row row"), ["all"], "at most 2", ["hidden", "answer"]),
    (changed("numbers: input < row"), ["numbers"], "no layer can feed it", ["all", "hidden", "answer"]),
    (changed("all: add < numbers row"), ["all"], "it gets 57 numbers from one side and 128", ["hidden", "answer"]),
    (changed("all: concatenate < numbers codes"), ["all", "row"], "different forms", ["hidden", "answer"]),
    (changed("codes: dense < categories"), ["codes"], CODES_AS_AMOUNTS, ["row", "all", "hidden", "answer"]),
    (changed("row: flatten < categories", "x: dense < codes"), ["all", "x"], "mix the codes", ["hidden", "answer"]),
    (changed("y: embedding < numbers"), ["y"], "gets ordinary numbers", []),
    (changed("answer: output < codes", "hidden2: dense < hidden"), ["answer", "hidden2"], "plain row", []),
    (changed(hidden={"units": 0}), ["hidden"], "“Units” is 0.", ["answer"]),
    (changed(hidden={"units": "many"}), ["hidden"], "“Units” is 'many'.", ["answer"]),
    (changed(hidden={"units": float("inf")}), ["hidden"], "“Units” is inf.", ["answer"]),
    (changed(hidden={"unit": 5}), ["hidden"], "no setting called “unit”", ["answer"]),
    (changed(hidden={"activation": ["relu"]}), ["hidden"], "“Bend” is", ["answer"]),
    (changed(answer={"units": 3}), ["answer"], "“units” cannot be set by hand", []),
    (changed(codes={"input_dim": 59}), ["codes"], "60 different values", ["row", "all", "hidden", "answer"]),
    (changed(numbers={"source": "pictures"}), ["numbers"], "reads “pictures”", ["all", "hidden", "answer"]),
    (changed(numbers={"source": 3}), ["numbers"], "“Reads” is 3.", ["all", "hidden", "answer"]),
    (changed(numbers={"source": "categories"}), ["categories"], "both read “categories”",
     ["codes", "row", "all", "hidden", "answer"]),
    (changed("extra: dense < hidden"), ["extra"], "leads nowhere", []),
    (changed("second: output < hidden"), ["second"], "second output", []),
    (changed("late: dense < answer", "end: output < late"), ["late", "end"], "after the output", []),
    (changed("hidden: dense < hidden"), ["all", "hidden"], "leads nowhere", ["answer"]),
    (changed("hidden: add < all back", "back: dense < hidden"), ["hidden"], "hidden → back → hidden", ["back", "answer"]),
    (changed("hidden: dense < a", "a: dense < b", "b: dense < a", "c: dense < all"), ["a", "c"], "a → b → a",
     ["b", "hidden", "answer"]),
    (Graph((*changed().layers, Layer("hidden", "dense", ("all",)))), ["hidden"], "Two layers are called", ["answer"]),
    (drawing("隐: input", "answer: output < 隐"), ["隐"], "is called “隐”", ["answer"]),
    (drawing("n: input", "numbers: dense < n", "answer: output < numbers", n={"source": "numbers"}), ["numbers"],
     "called like the part", ["answer"]),
]  # fmt: skip


@pytest.mark.parametrize(("graph", "blamed", "said", "waiting"), BROKEN, ids=[row[2] for row in BROKEN])
def test_a_broken_drawing_names_the_faulty_layer_and_no_other(graph, blamed, said, waiting):
    report = measure(graph, FACTS)
    assert not report.ok
    assert sorted(name for name, layer in report.layers.items() if layer.error) == sorted(blamed)
    assert sorted(name for name, layer in report.layers.items() if layer.waits_for) == sorted(waiting)
    assert {layer.waits_for for layer in report.layers.values()} - {""} <= set(blamed)
    assert any(said in str(error.what) for error in report.errors), [str(error) for error in report.errors]
    for error in report.errors:
        assert str(error.what).endswith(".")
        assert str(error.fix).endswith(".")
        assert error.layer in report.layers
    assert resolve(graph, FACTS).layers


@pytest.mark.parametrize(
    ("graph", "said"),
    [
        (Graph(()), "no layers"),
        (drawing("numbers: input", "hidden: dense < numbers"), "no output"),
    ],
)
def test_trouble_that_belongs_to_no_layer_comes_first(graph: Graph, said: str):
    report = measure(graph, FACTS)
    assert said in str(report.errors[0].what)
    assert report.errors[0].layer == ""
    assert not any(layer.error for layer in report.layers.values())


def test_a_layer_that_leads_nowhere_is_measured_all_the_same():
    report = measure(changed("extra: dense < hidden"), FACTS)
    assert report.layers["extra"].shape == (256,)


def test_all_faults_are_told_at_once():
    graph = changed(hidden={"units": 0}, codes={"output_dim": 0})
    report = measure(graph, FACTS)
    assert [error.layer for error in report.errors] == ["codes", "hidden"]
    assert report.layers["answer"].waits_for == "hidden"


def test_resolving_fills_in_what_follows_from_the_data():
    resolved = resolve(changed(), FACTS)
    assert resolved["codes"].fields == {"output_dim": 8, "input_dim": 60, "mask_zero": False}
    assert resolved["numbers"].fields == {"source": "numbers"}
    assert resolve(resolved, FACTS) == resolved


def test_a_resolved_drawing_says_so_when_the_data_has_grown():
    more = {**FACTS["inputs"], "categories": {**FACTS["inputs"]["categories"], "vocabulary": 61}}
    report = measure(resolve(changed(), FACTS), {**FACTS, "inputs": more})
    assert [error.layer for error in report.errors] == ["codes"]


def test_two_thousand_layers_in_a_row_are_measured():
    lines = [f"d{i}: dense < d{i - 1}" for i in range(1, 1_997)]
    graph = drawing("answer: output < d1996", *reversed(lines), "d0: dense < numbers", "numbers: input")
    assert measure(graph, FACTS).ok


def test_two_thousand_layers_in_a_ring_are_one_error():
    lines = [f"d{i}: dense < d{(i - 1) % 1_990}" for i in range(1_990)]
    report = measure(drawing(*lines, "answer: output < d3"), FACTS)
    assert [error.layer for error in report.errors] == ["d0"]
    assert report.layers["answer"].waits_for == "d0"


def test_codes_can_be_folded_before_they_are_looked_up():
    graph = drawing(
        "categories: input", "fold: reshape < categories", "codes: embedding < fold", "row: flatten < codes",
        "answer: output < row", fold={"target_shape": [4, 4]},
    )  # fmt: skip
    report = measure(graph, FACTS)
    assert report.ok
    assert report.layers["codes"].shape == (4, 4, 8)


def test_places_in_the_picture_change_nothing():
    graph = changed()
    moved = graph.replace(replace(graph["hidden"], place=(3.0, 4.0)))
    assert measure(moved, FACTS).weights == measure(graph, FACTS).weights


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["answer: zebra < hidden"], "of the kind “zebra”"),
        (["answer: output < nobody"], "fed by “nobody”"),
        (["hidden: dense < nobody"], "fed by “nobody”"),
    ],
)
def test_what_is_said_first_is_the_cause_and_not_what_follows_from_it(lines: list[str], says: str):
    assert says in str(measure(changed(*lines), FACTS).errors[0].what)


@pytest.mark.parametrize("count", [3, 50, 200, 300])
def test_deep_networks_are_measured(count: int):
    graph = deep(count)
    assert measure(graph, FACTS).ok
    assert len(graph.layers) == count
