"""A drawing as a script: it runs as it stands and makes the same model as the worker does."""

import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.errors import GraphError
from core.graph import Graph, Layer, measure
from core.layers import SHELF
from core.script import _literals, script
from core.templates import SHELF as TEMPLATES
from tests.core.graph.drawings import FACTS, drawing, facts, facts_for

ROOT = Path(__file__).parent.parent.parent.parent
EXAMPLES = [
    pytest.param(kind, number, id=f"{kind}-{number}")
    for kind in SHELF
    for number in range(len(SHELF[kind].EXAMPLES))
    if kind not in ("input", "output")
]
HOSTILE = [
    '"',
    "'",
    "'\"",
    '"""',
    "\\",
    "\\'",
    "\n",
    "a\r\nimport os",
    "{}",
    "\u2028",
    "\u202e",
    "\ud800",
    "🙂",
    "\0",
    "\\\n",
]


def example(kind: str, number: int) -> tuple[Graph, dict[str, Any]]:
    """The kind's example between the inputs that it needs and an output."""
    given = SHELF[kind].EXAMPLES[number]
    codes = getattr(SHELF[kind], "CODES", "") == "reads"
    entry = {"dtype": "int32", "vocabulary": 5} if codes else {"dtype": "float32"}
    only_for = getattr(SHELF[kind], "TASK", "")
    known = {**facts("had", "recommend"), "output": FACTS["output"]} if only_for else facts("numbers")
    names = list(known["inputs"]) if only_for else [f"part_{n}" for n in range(len(given["shapes"]))]
    inputs = {
        name: {"shape": list(shape), **entry} for name, shape in zip(names, given["shapes"], strict=True)
    }
    fields = {name: value for name, value in given["fields"].items() if name in SHELF[kind].FIELDS}
    it = Layer("it", kind, tuple(inputs), fields)
    ends = (it, Layer("flat", "flatten", ("it",)), Layer("answer", "output", ("flat",)))
    return Graph((*(Layer(name, "input") for name in inputs), *ends)), {**known, "inputs": inputs}


def executed(text: str) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": "drawn"}
    exec(compile(text, "drawn.py", "exec"), names)
    return names


@pytest.fixture
def registered() -> Iterator[None]:
    """A script registers its own copies of our classes with Keras; afterwards ours are back."""
    import keras

    from core.worker import own

    for module in pkgutil.iter_modules(own.__path__):  # so that ours are known before
        importlib.import_module(f"{own.__name__}.{module.name}")
    known = keras.saving.get_custom_objects()
    kept = dict(known)
    yield
    known.clear()
    known.update(kept)


def same_model(graph: Graph, known: dict[str, Any]) -> None:
    import keras
    import numpy as np

    from core.worker.build import build

    built, drawn = build(graph, known), executed(script(graph, known))["model"]
    assert [(layer.name, type(layer).__name__) for layer in drawn.layers] == [
        (layer.name, type(layer).__name__) for layer in built.layers
    ]
    assert drawn.count_params() == built.count_params()
    for one, other in zip(drawn.layers, built.layers, strict=True):
        one.set_weights(other.get_weights())
    random = np.random.default_rng(7)
    rows = {
        name: random.integers(0, entry["vocabulary"], (3, *entry["shape"])).astype("int32")
        if "vocabulary" in entry
        else random.normal(size=(3, *entry["shape"])).astype("float32")
        for name, entry in known["inputs"].items()
    }
    outputs = [keras.ops.convert_to_numpy(model(rows, training=False)) for model in (built, drawn)]
    np.testing.assert_allclose(outputs[0], outputs[1], rtol=1e-6, atol=1e-7)


@pytest.mark.heavy
@pytest.mark.parametrize("task", ["yes_no", "one_of_many", "amount", "amount_range", "count", "ordered"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_as_a_script_is_the_same_model(name: str, task: str, registered: None):
    known = facts_for(name, task)
    same_model(TEMPLATES[name].graph(known, {}), known)


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["next_items", "two_towers_of_tastes", "matrix_factorisation"])
def test_a_script_draws_some_of_very_many_items_as_well(name: str, registered: None):
    import numpy as np

    known = facts(TEMPLATES[name].SOURCE, "recommend")
    known = {**known, "output": {**known["output"], "units": 30_000}}
    graph = TEMPLATES[name].graph(known, {})
    same_model(graph, known)
    model = executed(script(graph, known))["model"]
    rows = {part: np.ones((4, *entry["shape"]), np.int32) for part, entry in known["inputs"].items()}
    steps = model.inputs[0].shape[1] if model.inputs[0].shape[1] > 1 else 5
    assert np.isfinite(model.train_on_batch(rows, np.full((4, steps), 7)))


@pytest.mark.heavy
@pytest.mark.parametrize(("kind", "number"), EXAMPLES)
def test_every_kind_as_a_script_is_the_same_model(kind: str, number: int, registered: None):
    graph, known = example(kind, number)
    assert measure(graph, known).ok, measure(graph, known).errors
    same_model(graph, known)


@pytest.mark.heavy
def test_names_that_mean_something_else_to_python_do_no_harm(registered: None):
    names = [
        "class",
        "print",
        "keras",
        "model",
        "optimizer",
        "model_",
        "__name__",
        "None",
        "waves",
        "ops",
        "match",
    ]
    chain = [f"{name}: dense < {before}" for before, name in zip(["numbers", *names], names, strict=False)]
    graph = drawing(
        "numbers: input", *chain, f"steps: repeat_vector < {names[-1]}", "where: position_embedding < steps",
        "input: flatten < where", "answer: output < input",
    )  # fmt: skip
    same_model(graph, facts("numbers"))


@pytest.mark.heavy
def test_a_script_runs_as_it_stands(tmp_path: Path):
    file = tmp_path / "network.py"
    file.write_text(script(TEMPLATES["table_network"].graph(FACTS, {}), FACTS), encoding="utf-8")
    done = subprocess.run([sys.executable, file], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert "hidden_1" in done.stdout


@pytest.mark.parametrize("kind", [*TEMPLATES, *SHELF])
def test_the_linter_and_the_formatter_have_nothing_to_say(kind: str, tmp_path: Path):
    if kind in ("input", "output"):
        return
    known = facts_for(kind) if kind in TEMPLATES else None
    graph, known = (TEMPLATES[kind].graph(known, {}), known) if known else example(kind, 0)
    file = tmp_path / "network.py"
    file.write_text(script(graph, known), encoding="utf-8")
    for words in (
        ["check", "--isolated"],
        ["format", "--isolated", "--check", "--diff", "--line-length", "110"],
    ):
        done = subprocess.run([sys.executable, "-m", "ruff", *words, file], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_broken_drawing_is_refused_with_its_first_error():
    with pytest.raises(GraphError) as caught:
        script(drawing("numbers: input", "h: dense < numbers", "answer: output < h", h={"units": 0}), FACTS)
    assert caught.value.layer == "h"


def test_what_the_user_has_chosen_for_training_is_taken():
    text = script(
        TEMPLATES["table_network"].graph(FACTS, {}), FACTS, {"learning_rate": 0.25, "weight_decay": None}
    )
    assert "AdamW(0.25, weight_decay=0.0003" in text


def test_arguments_that_keras_takes_by_itself_are_left_out():
    text = script(
        drawing("numbers: input", "h: dense < numbers", "answer: output < h", h={"units": 5}),
        facts("numbers"),
    )
    assert 'h = keras.layers.Dense(5, activation="relu", name="h")(numbers)' in text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_user_leaves_its_literal(text: str):
    import ast

    assert ast.literal_eval(_literals.value(text)) == text
    assert _literals.value(text).isprintable()
    known = {**facts("numbers"), "target": text}
    part = {"name": "same", "kind": "dense", "inputs": ["in_1"], "fields": {}}
    graph = drawing("numbers: input", "b: own_block < numbers", "answer: output < b", b={"parts": [part]})
    tree = ast.parse(script(graph, known))
    assert not [
        node for node in ast.walk(tree) if isinstance(node, ast.Import) and node.names[0].name != "keras"
    ]
    assert len(tree.body) == 9


def test_a_value_that_is_not_plain_is_refused():
    with pytest.raises(TypeError):
        _literals.value({1, 2})


@pytest.mark.heavy
def test_the_table_of_keras_is_that_of_the_installed_keras():
    """After an update of Keras: `python -m core.worker.keras_defaults`."""
    from core.layers._keras import PATH
    from core.worker.keras_defaults import text

    assert PATH.read_text(encoding="utf-8") == text()
