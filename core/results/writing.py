"""How well a network foretells texts that were kept apart, beside counting; and what it writes."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from core import generate
from core.baselines import SHELF as BASELINES
from core.baselines import suiting
from core.baselines._writing import WritingQuestion
from core.prepare import Prepared
from core.results.evaluation import plain
from core.tasks import SHELF as TASKS
from core.tasks import _scores
from core.tasks.next_token import surprise
from core.words import Sentence, mark
from core.writing import Sides, windows

Predict = Callable[[Mapping[str, np.ndarray]], np.ndarray]
Progress = Callable[[float, Sentence], None]
MOST_PLACES = 60_000  # that are asked about
AT_ONCE = 32  # windows
SAMPLES, SAMPLE_LENGTH, BEGINNING = 3, 260, 60
TEMPERATURES = (0.5, 0.8, 1.0)


def evaluate(
    ready: Prepared,
    predict: Predict,
    *,
    seed: int = 1,
    seconds: float = 0.0,
    best_epoch: int = 0,
    progress: Progress = lambda share, text: None,
) -> dict[str, Any]:
    """All that Results shows, as plain JSON, like `core.results.evaluate`.

    Each character of the test is foretold with at least half a window before it, and counted once.

    Args:
        predict: The network's chances [windows, places, codes] for its inputs.
    """
    made, known = ready.recipes, ready.facts["writing"]
    progress(0.0, mark("Reading the texts that were kept apart"))
    stream = np.load(ready.folder / "stream.npy", mmap_mode="r", allow_pickle=False)
    sides = Sides(known["validation"], known["test"], known["end"], known["length"])
    bits, right, places = _asked(ready, stream, sides, predict)
    others = _counted(made, stream, sides, places, progress)
    progress(0.6, mark("Writing samples"))
    of_each = {"network": bits, **others}
    found = {
        "version": 1, "task": made["task"], "target": made["target"]["column"], "main": TASKS[made["task"]].MAIN,
        "rows": ready.facts["rows"], "seconds": round(seconds, 2), "best_epoch": best_epoch,
        "metrics": _metrics(of_each, right), "writing": {**known, "asked": int(bits.size)},
        "written": _samples(made, stream, sides, predict, seed), "worst": [], "importance": [],
    }  # fmt: skip
    found["sentences"] = [one.to_json() for one in _sentences(found)]
    found["warnings"] = [one.to_json() for one in _warnings(found)]
    progress(1.0, mark("Measured"))
    return plain(found)


def _asked(
    ready: Prepared, stream: np.ndarray, sides: Sides, predict: Predict
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For the second half of each test window: bits and right guesses [windows, half], and the places in the stream."""
    half = max(sides.length // 2, 1)
    every = np.arange(
        max(sides.test - half, 0), max(sides.end - sides.length - 1, sides.test - half + 1), half
    )
    some = max(MOST_PLACES // half, 1)
    first = every[np.unique(np.linspace(0, len(every) - 1, min(len(every), some)).round().astype(int))]
    name, bits, right = next(iter(ready.recipes["inputs"])), [], []
    for at in range(0, len(first), AT_ONCE):
        read, coming = windows(stream, first[at : at + AT_ONCE], sides.length)
        said = predict({name: read})[:, half:]
        bits.append(surprise(coming[:, half:], said))
        right.append(said.argmax(-1) == coming[:, half:])
    places = first[:, None] + 1 + np.arange(half, sides.length)[None, :]
    return np.concatenate(bits), np.concatenate(right), places


def _counted(
    made: Mapping[str, Any], stream: np.ndarray, sides: Sides, places: np.ndarray, tell: Progress
) -> dict[str, np.ndarray]:
    """The bits of each baseline at the same places."""
    begin = max(sides.test - sides.length, 0)
    codes = len(made["target"]["characters"]) + generate.FIRST
    question = WritingQuestion(np.asarray(stream[: sides.validation]), np.asarray(stream[begin:]), codes)
    answers = {}
    for name in suiting(made["task"]):
        tell(0.3, mark("Comparing with: {baseline}", baseline=BASELINES[name].LABEL))
        answers[name] = BASELINES[name].answer(question)[np.minimum(places, len(stream) - 1) - begin]
    return answers


def _metrics(of_each: Mapping[str, np.ndarray], right: np.ndarray) -> dict[str, Any]:
    """Figures with intervals; windows are drawn, because characters next to each other go together."""

    def figures(bits: np.ndarray, weights: np.ndarray) -> dict[str, np.ndarray]:
        mean = _scores.mean(bits.mean(1), weights)
        return {"bits": mean, "perplexity": 2.0**mean}

    def ours(weights: np.ndarray) -> dict[str, np.ndarray]:
        return {**figures(of_each["network"], weights), "accuracy": _scores.mean(right.mean(1), weights)}

    rows, others = len(right), [name for name in of_each if name != "network"]

    def of(name: str) -> Callable[[np.ndarray], dict[str, np.ndarray]]:
        return lambda weights: figures(of_each[name], weights)

    return {
        "validation": {},
        "test": _scores.once(ours, rows),
        "intervals": _scores.intervals(ours, rows),
        "baselines": {name: _scores.once(of(name), rows) for name in others},
        "baseline_intervals": {name: _scores.intervals(of(name), rows) for name in others},
    }


def _samples(
    made: Mapping[str, Any], stream: np.ndarray, sides: Sides, predict: Predict, seed: int
) -> list[dict[str, Any]]:
    """What it makes of beginnings out of the test texts, more and more daring."""
    target, name = made["target"], next(iter(made["inputs"]))
    network, found = generate.Whole(lambda given: predict({name: given}), target), []
    for number, temperature in enumerate(TEMPERATURES[:SAMPLES]):
        place = sides.test + number * BEGINNING
        beginning = generate.text(target, np.asarray(stream[place : place + BEGINNING]))
        pieces = generate.write(network, target, beginning, SAMPLE_LENGTH, temperature, seed=seed)
        found.append(
            {
                "beginning": beginning,
                "written": generate.text(target, list(pieces)),
                "temperature": temperature,
            }
        )
    return found


def _sentences(results: Mapping[str, Any]) -> list[Sentence]:
    ours, others = results["metrics"]["test"], results["metrics"]["baselines"]
    counting = others["kneser_ney"]["bits"]
    first = mark(
        "At each character it hesitates between about {count:,.1f}: it still needs {bits:.2f} bits per character.",
        count=ours["perplexity"], bits=ours["bits"],
    )  # fmt: skip
    values = {"theirs": counting, "guess": others["letter_shares"]["bits"]}
    if ours["bits"] < counting:
        second = mark(
            "Counting what followed the same five characters needs {theirs:.2f}, guessing {guess:.2f}.",
            **values,
        )
    else:
        second = mark(
            "Counting what followed the same five characters needs only {theirs:.2f} (guessing needs {guess:.2f}): "
            "longer training or more text would help.", **values,
        )  # fmt: skip
    return [first, second]


def _warnings(results: Mapping[str, Any]) -> list[Sentence]:
    if results["writing"]["characters"] >= 100_000:
        return []
    return [
        mark(
            "There are only {count:,} characters to learn from: what it writes will look like the texts more than make sense.",
            count=results["writing"]["characters"],
        )
    ]
