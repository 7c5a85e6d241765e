"""A network in plain words."""

import pytest

from core.graph import Graph, explain, measure
from core.layers import SHELF
from core.templates import table_network
from tests.core.graph.drawings import FACTS, deep, drawing, facts


def told(graph: Graph, known: dict) -> list[str]:
    return [str(sentence) for sentence in explain(graph, known)]


def middle(*lines: str, **fields: dict) -> list[str]:
    """What is told between the first sentence and the answer; the last line feeds the output."""
    last = lines[-1].partition(":")[0]
    graph = drawing("numbers: input", "categories: input", *lines, "flat: flatten < " + last, "answer: output < flat",
                    **fields)  # fmt: skip
    unread = [name for name in ("numbers", "categories") if not any(name in line for line in lines)]
    graph = Graph(tuple(layer for layer in graph.layers if layer.name not in unread))
    report = measure(graph, FACTS)
    assert report.ok, [str(error) for error in report.errors]
    sentences = told(graph, FACTS)
    assert sentences[0].startswith("Reads")
    assert sentences[-2].startswith("Answers")
    return sentences[1:-2]


def test_the_default_network_is_told_in_plain_words():
    assert told(table_network.graph(FACTS, {"size": 192, "dropout": 0.1}), FACTS) == [
        "Reads 19 columns.",
        "Learns 3 numbers for each of the 60 known values.",
        "Two steps of 192 and 192 units look for patterns.",
        "While it learns, 10% of what a step finds is left out at random, so that it does not learn single "
        "rows by heart.",
        "Answers with one probability: how likely churn is “Yes”.",
        "It has 57,781 weights, and 4,900 rows to learn them from.",
    ]


@pytest.mark.parametrize(
    ("task", "fields", "hinted"),
    [
        ("one_of_many", {"units": 7, "activation": "softmax"}, True),
        ("one_of_many", {"units": 7, "activation": "relu"}, False),
        ("one_of_many", {"units": 8, "activation": "softmax"}, False),
        ("yes_no", {"units": 1, "activation": "sigmoid"}, True),
        ("amount", {"units": 1, "activation": "linear"}, False),
    ],
)
def test_a_layer_that_repeats_the_work_of_the_output_is_hinted_at(task: str, fields: dict, hinted: bool):
    graph = drawing("numbers: input", "twice: dense < numbers", "answer: output < twice", twice=fields)
    sentences = told(graph, {**facts(task=task), "inputs": {"numbers": FACTS["inputs"]["numbers"]}})
    assert sentences
    assert any("“twice” does what the output does" in sentence for sentence in sentences) == hinted


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


EMBEDDED = ("codes: embedding < categories",)
LEARNED = "Learns 8 numbers for each of the 60 known values."
SCALED = "On the way, the numbers are brought to a common scale, so that it learns steadily."
PICTURE = {"target_shape": [4, 4, 8]}


@pytest.mark.parametrize(
    ("lines", "fields", "sentences"),
    [
        (["a: dense < numbers", "b: dense < numbers", "both: add < a b"], {},
         ["One step of 256 units looks for patterns.", "One step of 256 units looks for patterns.",
          "Two ways lead side by side and are added up."]),
        (["a: dense < numbers", "b: dense < a", "c: dense < numbers", "both: concatenate < b c"], {},
         ["Two steps of 256 and 256 units look for patterns.", "One step of 256 units looks for patterns.",
          "Two ways lead side by side, and what they find is laid side by side."]),
        (["a: dense < numbers", "b: dense < a", "c: dense < b", "sum: add < a c"], {},
         ["One step of 256 units looks for patterns.", "Two steps of 256 and 256 units look for patterns.",
          "A straight path leads around that, and both are added up."]),
        (["a: dense < numbers", "n: layer_normalization < a", "r: activation < n", "b: dense < r"], {},
         ["Two steps of 256 and 256 units look for patterns.", SCALED]),
        ([*EMBEDDED, "where: position_embedding < codes", "t1: transformer_encoder < where",
          "t2: transformer_encoder < t1", "g: global_average_pooling_1d < t2"], {},
         [LEARNED, "Each step is told where it stands in the order.",
          "2 Transformer blocks, one after the other, let each step look at all the others and take what matters to it.",
          "What was found in all places is summed up in one row."]),
        ([*EMBEDDED, "look: self_attention < codes"], {},
         [LEARNED, "Each step looks at all the others, 4 times at once, and takes what matters to it."]),
        ([*EMBEDDED, "look: self_attention < codes"], {"look": {"use_causal_mask": True}},
         [LEARNED, "Each step looks back at the steps before it, 4 times at once, and takes what matters to it."]),
        ([*EMBEDDED, "l: lstm < codes", "g: gru < l"], {"l": {"units": 8, "return_sequences": True}, "g": {"units": 4}},
         [LEARNED, "2 layers with a memory of 8 and 4 units read the steps one after the other."]),
        ([*EMBEDDED, "l: bidirectional < codes"], {"l": {"units": 8}},
         [LEARNED, "One layer with a memory of 8 units reads the steps from both ends."]),
        ([*EMBEDDED, "p: reshape < codes", "f: random_flip < p", "z: random_zoom < f", "c: conv_2d < z", "m: max_pooling_2d < c",
          "d: conv_2d < m"], {"p": PICTURE, "c": {"filters": 4, "padding": "same"}, "d": {"filters": 8, "padding": "same"}},
         [LEARNED,
          "While it learns, pictures are changed a little at random, so that one picture counts as several.",
          "2 layers of 4 and 8 filters slide over what comes in and look for the same patterns everywhere.",
          "In between, neighbours are put together, so that less is left to look at."]),
        (["r: repeat_vector < numbers"], {},
         ["“Repeat vector”: Repeats the row several times, as steps one after another."]),
        (["b: dense_block < numbers", "r1: residual_block < b", "r2: residual_block < r1"], {"b": {"units": 32}},
         ["One dense block of 32 units looks for patterns.",
          "2 residual blocks look for finer patterns, and each adds them to what came in."]),
    ],
)  # fmt: skip
def test_layers_are_told_in_the_order_of_the_drawing(lines: list[str], fields: dict, sentences: list[str]):
    assert middle(*lines, **fields) == sentences


@pytest.mark.parametrize("count", [30, 300])
def test_a_deep_network_is_told_in_few_sentences(count: int):
    sentences = told(deep(count), FACTS)
    assert len(sentences) <= 14
    assert any("sentences hold" in sentence for sentence in sentences)


def test_what_has_no_pattern_is_cut_short_in_the_middle():
    lines = [
        f"l{i}: {kind} < {f'l{i - 1}' if i else 'numbers'}"
        for i, kind in enumerate(
            ["dense", "dense_block", "residual_block"] * 4 + ["dense", "dense", "dense_block"]
        )
    ]
    fields = {f"l{i}": {"units": i + 2} for i in range(15)}
    sentences = middle(*lines, **fields)
    assert "More steps follow in between; the drawing shows them all." in sentences
    assert len(sentences) <= 10


EXAMPLES = [
    (name, example)
    for name in SHELF.names
    if name not in ("input", "output")
    for example in SHELF[name].EXAMPLES[:1]
]


@pytest.mark.parametrize(("kind", "example"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_every_kind_is_told_in_whole_sentences(kind: str, example: dict):
    inputs = {f"part_{i}": {"shape": list(shape), "dtype": "float32", **({"vocabulary": 7} if getattr(SHELF[kind], "CODES", "") == "reads" else {})}
              for i, shape in enumerate(example["shapes"])}  # fmt: skip
    graph = drawing(*(f"{name}: input" for name in inputs), f"layer: {kind} < {' '.join(inputs)}", "flat: flatten < layer",
                    "answer: output < flat", layer=example["fields"])  # fmt: skip
    task = getattr(SHELF[kind], "TASK", FACTS["task"])
    sentences = told(graph, {**FACTS, "inputs": inputs, "task": task})
    assert sentences
    assert all(sentence.endswith(".") for sentence in sentences)
