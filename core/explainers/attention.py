"""Which words each word of a text looked at: the network's own attention, read out of the file that answers.

What a word looks at says how it was read, and not by itself why the answer came out as it did: for that there are the
left-out words.

Sources: Vaswani et al., "Attention Is All You Need", NeurIPS 2017, section 3.2.1; Jain and Wallace, "Attention is not
    Explanation", NAACL 2019, on what it does not say.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from core import recipes, tokens
from core.answer import Model
from core.words import mark

LABEL = mark("Attention")
HELP = mark("Shows which words each word looked at, in each block and by each of its heads.")
MOST = 40  # tokens of a text that are shown
MODELS_OPEN = 2
WALKED = 5_000  # nodes that are followed back from one place


@dataclass(frozen=True)
class Looked:
    """What the words of one text looked at.

    Args:
        words: Its first tokens, as they stand in the text.
        shares: How much of its attention each word (first) gives to each word (second), from 0 to 1, for each block of the
            drawing and each of its heads: [blocks, heads, words, words]. What a row lacks to 1 went to words that are not
            shown.
    """

    words: tuple[str, ...]
    shares: np.ndarray


def of_row(model: Model, folder: Path, row: Mapping[str, str], column: str) -> Looked | None:
    """What the words of one column's text looked at; None where its words do not look at each other."""
    found = next(
        (one for one in model.recipes["columns"]
         if one["column"] == column and one["features"][0]["make"] == "tokens" and one["input"] in model.inputs),
        None,
    )  # fmt: skip
    if found is None:
        return None
    file = folder / "model.onnx"
    session, names = _open(str(file), file.stat().st_mtime_ns, found["input"])
    if not names:
        return None
    given = recipes.encode(model.recipes, {name: [row[name]] for name in model.columns})
    said = session.run(list(names), {name: given[name] for name in model.inputs})
    length = found["features"][0]["length"]
    text = tokens.clean(row[column])
    known = tokens.tokens(found["features"][0], text)[:MOST]
    count = min(len(known), length)
    maps = [one[0] for one in said if one.ndim == 4 and one.shape[-2:] == (length, length)]
    if not maps or not count:
        return None
    heads = min(len(one) for one in maps)
    shares = np.stack([one[:heads, :count, :count] for one in maps])
    return Looked(tuple(text[begin:end] or token for token, begin, end in known[:count]), shares)


@lru_cache(maxsize=MODELS_OPEN)
def _open(file: str, changed: int, source: str) -> tuple[Any, tuple[str, ...]]:
    """The network with more to say: what its layers that read this input alone weigh things by."""
    import onnx
    import onnxruntime

    network = onnx.load(file)
    names = tuple(_weighed(network.graph, source))
    if not names:
        return None, ()
    network.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names)
    session = onnxruntime.InferenceSession(network.SerializeToString(), providers=["CPUExecutionProvider"])
    return session, names


def _weighed(graph: Any, source: str) -> Iterator[str]:
    """Each softmax that follows from this input alone; whether it weighs words by words, its shape tells."""
    made = {name: node for node in graph.node for name in node.output}
    inputs = {one.name for one in graph.input}
    for node in graph.node:
        if node.op_type == "Softmax" and _read(node, made) & inputs == {source}:
            yield node.output[0]


def _read(node: Any, made: Mapping[str, Any]) -> set[str]:
    """The names that it follows from, of the network's inputs and all else that nothing makes."""
    found: set[str] = set()
    waiting, seen = [node], 0
    known: set[str] = set()
    while waiting and seen < WALKED:
        seen += 1
        for name in waiting.pop().input:
            if name in known:
                continue
            known.add(name)
            waiting.append(made[name]) if name in made else found.add(name)
    return found
