"""Which words pushed an answer: stretches of a text are left out one after the other, and what the model then says is compared.

It needs raw texts and a way to answer only, so that it works for every network and for the files that a user downloads.

Source: Li, Monroe and Jurafsky, "Understanding Neural Networks through Representation Erasure", arXiv 1612.08220 (2016).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.answer import Model
from core.explainers import _asked
from core.words import mark

LABEL = mark("Left-out words")
HELP = mark("Leaves out one word after the other and looks how much less likely the answer gets.")
MOST_STRETCHES = 60  # of one text; longer texts are cut into stretches of several words
MOST_READ = 20_000  # characters that are asked about; what follows stays as it is
AT_ONCE = 32  # texts that are answered together

# Thai to Khmer, kana and Chinese are written without spaces and cut into signs; others are cut at spaces.
_WORD = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uf900-\ufaff]|"
                   "[^\\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uf900-\ufaff]+")  # fmt: skip

Outputs = Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True)
class Push:
    """What a stretch of a text did.

    Args:
        start: Its first character in the text.
        end: The first character after it.
        push: How much less of the answer is said without it, in the output's unit; negative where more is.
    """

    start: int
    end: int
    push: float


def explain(outputs: Outputs, text: str, unit: int, sign: int = 1) -> list[Push]:
    """What each stretch of the text did for the answer, in the text's order; none for a text without words.

    Args:
        outputs: From texts to what the model says, [texts, units].
        unit: The output that is asked about.
        sign: 1 where more of that output speaks for the answer, -1 where less does.
    """
    found = stretches(text)
    if not found:
        return []
    without = [text[:start] + text[end:] for start, end in found]
    asked = [text, *without]
    said = np.concatenate(
        [outputs(asked[at : at + AT_ONCE])[:, unit] for at in range(0, len(asked), AT_ONCE)]
    )
    lost = sign * (float(said[0]) - said[1:].astype(np.float64))
    return [Push(start, end, float(push)) for (start, end), push in zip(found, lost, strict=True)]


def stretches(text: str, most: int = MOST_STRETCHES) -> list[tuple[int, int]]:
    """Where the text's words start and end; neighbours are merged where there are more than so many."""
    places = [found.span() for found in _WORD.finditer(text, 0, min(len(text), MOST_READ))]
    parts = np.array_split(np.arange(len(places)), min(most, len(places))) if places else []
    return [(places[part[0]][0], places[part[-1]][1]) for part in parts]


def of_row(model: Model, row: Mapping[str, str], column: str) -> list[Push]:
    """What each stretch of one column's text did for the model's answer to this row, which stays the same otherwise.

    Pushes are chances of the answer, from -1 to 1; of an amount, they are in the target's own unit. Where several answers
    may hold at once, the likeliest is asked about.
    """

    ask, _ = _asked.about(model, row)

    def outputs(texts: Sequence[str]) -> np.ndarray:
        table = {name: [row[name]] * len(texts) for name in model.columns} | {column: list(texts)}
        return ask(table)[:, None]

    return explain(outputs, row[column], 0)
