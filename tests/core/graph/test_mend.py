"""Every step of a mend, and the errors that each offered mend puts right."""

from itertools import product

import pytest

from core.errors import GraphError, Mend
from core.graph import Graph, Layer, measure, mended
from core.layers import SHELF
from core.words import mark
from tests.core.graph.drawings import FACTS, drawing
from tests.core.graph.test_measure import changed


def carried_out(graph: Graph, *steps: dict) -> Graph:
    return mended(graph, Mend(mark("Put it right"), steps))


def shown(graph: Graph) -> list[str]:
    return [
        f"{layer.name}: {layer.kind} < {' '.join(layer.inputs)}".removesuffix(" < ") for layer in graph.layers
    ]


SMALL = drawing("x: input", "y: input", "both: add < x y", "end: output < both", both={"old": 1})


@pytest.mark.parametrize(
    ("steps", "lines"),
    [
        ([{"do": "insert", "kind": "flatten", "layer": "both", "input": "y"}],
         ["x: input", "y: input", "flatten_1: flatten < y", "both: add < x flatten_1", "end: output < both"]),
        ([{"do": "insert", "kind": "flatten", "layer": "both", "input": 0}],
         ["x: input", "y: input", "flatten_1: flatten < x", "both: add < flatten_1 y", "end: output < both"]),
        ([{"do": "insert", "kind": "dense", "layer": "both", "input": None}],
         ["x: input", "y: input", "dense_1: dense < x", "dense_2: dense < y", "both: add < dense_1 dense_2",
          "end: output < both"]),
        ([{"do": "insert", "kind": "embedding", "layer": "end", "input": 0},
          {"do": "insert", "kind": "flatten", "layer": "end", "input": 0}],
         ["x: input", "y: input", "both: add < x y", "embedding_1: embedding < both",
          "flatten_1: flatten < embedding_1", "end: output < flatten_1"]),
        ([{"do": "unlink", "layer": "both", "input": "x"}],
         ["x: input", "y: input", "both: add < y", "end: output < both"]),
        ([{"do": "link", "layer": "end", "input": "x"}],
         ["x: input", "y: input", "both: add < x y", "end: output < both x"]),
        ([{"do": "link", "layer": "end", "input": "both"}], shown(SMALL)),
        ([{"do": "remove", "layer": "both"}], ["x: input", "y: input", "end: output < x"]),
        ([{"do": "remove", "layer": "both", "by": "y"}], ["x: input", "y: input", "end: output < y"]),
        ([{"do": "remove", "layer": "x"}], ["y: input", "both: add < y", "end: output < both"]),
        ([{"do": "remove", "layer": "x", "by": "y"}], ["y: input", "both: add < y", "end: output < both"]),
        ([{"do": "rename", "layer": "both", "name": "sum"}],
         ["x: input", "y: input", "sum: add < x y", "end: output < sum"]),
        ([{"do": "turn", "layer": "both", "kind": "concatenate"}],
         ["x: input", "y: input", "both: concatenate < x y", "end: output < both"]),
        ([{"do": "add", "kind": "dense", "inputs": ["x"]}], [*shown(SMALL), "dense_1: dense < x"]),
        ([{"do": "add", "kind": "dense", "inputs": [], "name": "mine"}], [*shown(SMALL), "mine: dense"]),
        ([{"do": "add", "kind": "dense", "inputs": [], "name": "x"}], [*shown(SMALL), "dense_1: dense"]),
        ([], shown(SMALL)),
    ],
)  # fmt: skip
def test_each_step_changes_the_drawing(steps: list[dict], lines: list[str]):
    assert shown(carried_out(SMALL, *steps)) == lines


def test_settings_are_set_and_taken_back():
    graph = carried_out(SMALL, {"do": "set", "layer": "both", "fields": {"units": 3}})
    assert graph["both"].fields == {"old": 1, "units": 3}
    assert carried_out(graph, {"do": "unset", "layer": "both", "fields": ["old", "no"]})["both"].fields == {
        "units": 3
    }
    assert carried_out(graph, {"do": "turn", "layer": "both", "kind": "dense", "fields": {"a": 1}})[
        "both"
    ].fields == {"a": 1}
    assert SMALL["both"].fields == {"old": 1}


def test_an_input_that_is_renamed_reads_the_same_as_before():
    graph = carried_out(SMALL, {"do": "rename", "layer": "x", "name": "left"})
    assert graph["left"].fields == {"source": "x"}
    assert graph["both"].inputs == ("left", "y")


def test_new_names_are_not_in_use():
    graph = drawing("dense_1: input", "dense_3: dense < dense_1")
    added = carried_out(graph, *[{"do": "add", "kind": "dense", "inputs": ["dense_1"]}] * 2)
    assert [layer.name for layer in added.layers] == ["dense_1", "dense_3", "dense_2", "dense_4"]


def test_a_link_that_counts_twice_keeps_counting_twice():
    graph = drawing("x: input", "a: dense < x", "twice: multiply < a a")
    assert carried_out(graph, {"do": "remove", "layer": "a"})["twice"].inputs == ("x",)
    new = carried_out(graph, {"do": "insert", "kind": "flatten", "layer": "twice", "input": "a"})
    assert new["twice"].inputs == ("flatten_1", "flatten_1")
    one = carried_out(graph, {"do": "insert", "kind": "flatten", "layer": "twice", "input": 1})
    assert one["twice"].inputs == ("a", "flatten_1")


def test_removing_a_layer_of_a_ring_leaves_no_layer_that_feeds_itself():
    graph = drawing("a: add < x b", "b: dense < a", "x: input")
    assert carried_out(graph, {"do": "remove", "layer": "b"})["a"].inputs == ("x",)


def test_of_two_layers_with_one_name_the_last_is_changed_and_links_stay():
    graph = drawing("a: input", "a: dense < b", "b: dense < a")
    assert shown(carried_out(graph, {"do": "rename", "layer": "a", "name": "c"})) == [
        "a: input", "c: dense < b", "b: dense < a",
    ]  # fmt: skip
    assert shown(carried_out(graph, {"do": "remove", "layer": "a"})) == ["a: input", "b: dense < a"]


@pytest.mark.parametrize(
    "step",
    [
        {}, {"do": "explode"}, {"do": None}, {"do": ["insert"]}, {"do": "insert"}, {"do": "remove"},
        {"do": "remove", "layer": "nobody"}, {"do": "remove", "layer": "both", "by": "nobody"},
        {"do": "insert", "layer": "both", "kind": "sparkle"}, {"do": "insert", "layer": "nobody", "kind": "dense"},
        {"do": "insert", "layer": "x", "kind": "dense"}, {"do": "insert", "layer": "both", "kind": "dense", "input": 7},
        {"do": "insert", "layer": "both", "kind": "dense", "input": "end"}, {"do": "insert", "layer": "both", "kind": []},
        {"do": "set", "layer": "both"}, {"do": "set", "layer": "both", "fields": 3},
        {"do": "unset", "layer": "both", "fields": None}, {"do": "link", "layer": "both", "input": "nobody"},
        {"do": "rename", "layer": "both", "name": "x"}, {"do": "rename", "layer": "both", "name": "a b"},
        {"do": "rename", "layer": "both", "name": None}, {"do": "turn", "layer": "both", "kind": "sparkle"},
        {"do": "add", "kind": "sparkle"}, {"do": "add", "kind": "dense", "inputs": ["nobody"]},
        {"do": "add", "kind": "dense", "inputs": 3},
    ],
)  # fmt: skip
def test_steps_that_cannot_be_carried_out_are_refused_in_two_sentences(step: dict):
    with pytest.raises(GraphError) as caught:
        carried_out(SMALL, step)
    assert str(caught.value.what).endswith(".")
    assert str(caught.value.fix).endswith(".")


def test_a_drawing_does_not_grow_without_end():
    with pytest.raises(GraphError, match="more than 2,000 layers"):
        carried_out(SMALL, *[{"do": "add", "kind": "dense"}] * 2_000)


SHAPES = ((57,), (16, 8), (12, 10, 3), (4, 12, 10, 3), (3, 1, 2, 4, 5))
KINDS = [name for name in SHELF.names if SHELF[name].GROUP != "ends"]


def of_shapes(kind: str, shapes: tuple[tuple[int, ...], ...]) -> tuple[Graph, dict]:
    """One layer of the kind, fed by inputs of these shapes, and facts that bring them."""
    inputs = {f"part_{i}": {"shape": list(shape), "dtype": "float32"} for i, shape in enumerate(shapes)}
    if getattr(SHELF[kind], "CODES", "") == "reads":
        inputs["part_0"]["vocabulary"] = 9
    graph = drawing(*(f"{name}: input" for name in inputs), f"layer: {kind} < {' '.join(inputs)}",
                    "flat: flatten < layer", "answer: output < flat")  # fmt: skip
    return graph, {**FACTS, "inputs": inputs}


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_comes_in_each_kind_takes_it_or_offers_what_puts_it_right(kind: str):
    least, most = SHELF[kind].INPUTS
    for shapes in [s for count in range(least, min(most, 3) + 1) for s in product(SHAPES, repeat=count)]:
        graph, known = of_shapes(kind, shapes)
        for error in measure(graph, known).errors:
            assert error.layer == "layer", (shapes, str(error))
            assert error.mends or kind == "own_block" or "needs pictures" in str(error), (shapes, str(error))
            for place in range(len(error.mends)):
                again, told = graph, [error]
                for _ in shapes:  # the same may have to be said of each input
                    again = mended(again, told[0].mends[place])
                    told = [later for later in measure(again, known).errors if str(later) == str(error)]
                    if not told:
                        break
                assert not told, (shapes, str(error), str(error.mends[place].label))


NO_OUTPUT = drawing("numbers: input", "hidden: dense < numbers")
NO_CODES = {**FACTS, "inputs": {"numbers": FACTS["inputs"]["numbers"]}}
ONLY_CODES = {**FACTS, "inputs": {"categories": FACTS["inputs"]["categories"]}}

# drawing, the layer to blame, what its buttons say
BROKEN = [
    (Graph(()), "", ["Add an Input and an Output"]),
    (NO_OUTPUT, "", ["Add an Output behind “hidden”"]),
    (drawing("numbers: input", "a: dense < numbers", "b: dense < numbers"), "",
     ["Add an Output behind “b”", "Add an Output behind “a”"]),
    (changed("hidden: dense < nobody"), "hidden", ["Feed it from “all” instead", "Remove this link"]),
    (changed("hidden: Dense < all", hidden={"units": 7, "what": 3}), "hidden", ["Make it “Dense”", "Remove “hidden”"]),
    (changed("hidden: sparkle < all"), "hidden", ["Remove “hidden”"]),
    (changed("hidden: dense <"), "hidden", ["Link it from “all”", "Link it from “row”", "Remove “hidden”"]),
    (changed("all: add <"), "all", ["Link it from “numbers”, “row”", "Remove “all”"]),
    (changed("all: concatenate < row"), "all",
     ["Link it from “numbers”", "Link it from “codes”", "Remove “all”"]),
    (changed("hidden: dense < all row"), "hidden",
     ["Bring them together in a Concatenate layer", "Keep only the links from “all”"]),
    (changed("hidden: dense < all all"), "hidden", ["Keep only the links from “all”"]),
    (changed("all: subtract < row row row"), "all", ["Keep only the links from “row”"]),
    (changed("numbers: input < row"), "numbers", ["Remove the links to it"]),
    (changed("all: add < numbers row"), "all",
     ["Bring all to 57 numbers", "Bring all to 128 numbers", "Lay them side by side instead"]),
    (changed("all: add < numbers codes"), "all", ["Bring all to 57 numbers", "Bring all to 8 numbers"]),
    (changed("all: concatenate < numbers codes"), "all", ["Insert Flatten here"]),
    (changed("all: concatenate < codes fold", "fold: reshape < numbers", fold={"target_shape": [3, 19]}), "all",
     ["Insert Flatten here"]),
    (changed("all: concatenate < numbers row", all={"axis": 3}), "all", ["Set it to the last size"]),
    (changed("codes: dense < categories"), "codes", ["Insert Embedding here"]),
    (changed("all: concatenate < numbers categories"), "all", ["Insert Embedding and Flatten here"]),
    (changed("all: add < numbers categories"), "all", ["Insert Embedding and Flatten here"]),
    (drawing("categories: input", "answer: output < categories"), "answer", ["Insert Embedding and Flatten here"]),
    (changed("codes: embedding < numbers"), "codes", ["Feed it from “categories” instead", "Make it “Dense”"]),
    (changed("answer: output < codes"), "answer", ["Insert Flatten here", "Average the members"]),
    (changed("row: repeat_vector < codes"), "row", ["Insert Flatten here"]),
    (changed("row: global_average_pooling_1d < numbers"), "row", ["Read each number as one step"]),
    (changed("row: global_average_pooling_1d < fold", "fold: reshape < codes", fold={"target_shape": [4, 4, 8]}), "row",
     ["Read it as one line of steps"]),
    (changed(hidden={"units": 0}), "hidden", ["Set it to 1", "Back to automatic"]),
    (changed(hidden={"units": 2.6}), "hidden", ["Set it to 3", "Back to automatic"]),
    (changed(hidden={"units": "many"}), "hidden", ["Back to automatic"]),
    (changed(hidden={"unit": 5}), "hidden", ["Remove this setting"]),
    (changed(hidden={"activation": "bend"}), "hidden", ["Back to what it is by itself"]),
    (changed(hidden={"activation": "softmax", "units": 1}), "hidden", ["Use Sigmoid here"]),
    (changed("drop: dropout < hidden", "answer: output < drop", drop={"rate": 3}), "drop",
     ["Set it to 0.95", "Back to automatic"]),
    (changed(answer={"units": 3, "activation": "softmax"}), "answer", ["Remove these settings"]),
    (changed(codes={"input_dim": 59}), "codes", ["Back to automatic"]),
    (changed(row={"target_shape": [7, 7]}), "row", ["Remove this setting"]),
    (changed("row: reshape < codes", row={"target_shape": [7, 16]}), "row", ["Make it 8 × 16"]),
    (changed("row: reshape < codes", row={"target_shape": [7, 7]}), "row", ["Make it 128"]),
    (changed("row: reshape < codes", row={"target_shape": [0, 16]}), "row", ["Make it 8 × 16"]),
    (changed(numbers={"source": "pictures"}), "numbers", ["Let it read “numbers”", "Let it read “categories”"]),
    (changed(categories={"source": "pictures"}), "categories",
     ["Let it read “categories”", "Let it read “numbers”"]),
    (changed(numbers={"source": "categories"}), "categories", ["Let “numbers” feed both places"]),
    (changed("extra: dense < hidden"), "extra",
     ["Bring it together with “hidden” in front of the output", "Remove “extra”"]),
    (changed("answer: output < all", "hidden: dense < numbers"), "hidden", ["Link it to “all”", "Remove “hidden”"]),
    (changed("second: output < hidden"), "second", ["Remove “second”", "Remove “answer”"]),
    (changed("late: dense < answer"), "late", ["Put it in front of the output", "Remove “late”"]),
    (changed("late: output < answer"), "late", ["Remove “late”"]),
    (changed("hidden: add < all back", "back: dense < hidden"), "hidden",
     ["Remove the link “hidden” → “back”", "Remove the link “back” → “hidden”"]),
    (changed("hidden: add < all l5", "l1: dense < hidden", *(f"l{i}: dense < l{i - 1}" for i in range(2, 6))),
     "hidden", ["Remove the link “l5” → “hidden”"]),
    (Graph((*changed().layers, Layer("hidden", "dense", ("all",)))), "hidden", ["Rename it to “hidden_1”"]),
    (drawing("隐: input", "answer: output < 隐"), "隐", ["Rename it to “input_1”"]),
    (drawing("n: input", "numbers: dense < n", "answer: output < numbers", n={"source": "numbers"}), "numbers",
     ["Rename it to “numbers_1”"]),
]  # fmt: skip


@pytest.mark.parametrize(("graph", "layer", "buttons"), BROKEN, ids=range(len(BROKEN)))
def test_every_offered_mend_removes_its_error(graph: Graph, layer: str, buttons: list[str]):
    error = next(error for error in measure(graph, FACTS).errors if error.layer == layer)
    assert str(error.what).endswith(".")
    assert str(error.fix).endswith(".")
    assert [str(mend.label) for mend in error.mends] == buttons
    for mend in error.mends:
        after = measure(mended(graph, mend), FACTS)
        assert str(error) not in [str(later) for later in after.errors], mend.label


@pytest.mark.parametrize("known", [FACTS, NO_CODES, ONLY_CODES])
def test_the_first_button_again_and_again_leads_to_a_network_that_works(known: dict):
    graph = Graph(())
    for _ in range(8):
        report = measure(graph, known)
        if report.ok:
            break
        graph = mended(graph, report.errors[0].mends[0])
    assert measure(graph, known).ok
    assert len(graph.layers) < 6
