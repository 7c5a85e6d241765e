"""What a model card says, part by part, as plain data: made of the run's own files, never of the table's rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.baselines import SHELF as BASELINES
from core.columns import SHELF as COLUMNS
from core.exports import _drawn
from core.layers import SHELF as LAYERS
from core.runs import Run, made_with
from core.tasks import SHELF as TASKS
from core.words import Sentence, say

MOST = 40  # rows of a table


@dataclass(frozen=True)
class Part:
    """One part of the card: a heading, sentences, a table and pictures.

    Args:
        table: The header first; empty where there is none.
        pictures: As SVG; whoever cannot show them leaves them out.
    """

    heading: str
    sentences: Sequence[str] = ()
    table: Sequence[Sequence[str]] = ()
    pictures: Sequence[str] = ()


def parts(run: Run) -> list[Part]:
    """The whole card, in order."""
    results = run.results() or {}
    made = [_answers(run, results), _figures(results), _fails(results), _calibration(results), _matters(results),
            _data(run, results), _columns(run), _drawing(run), _training(run, results), _limits(results), _origin(run)]  # fmt: skip
    return [part for part in made if part.sentences or part.table or part.pictures]


def _spoken(sentences: Any) -> list[str]:
    return [str(Sentence.from_json(one)) for one in sentences or ()]


def _number(value: Any) -> str:
    """About three digits that matter, as the pages write figures."""
    if not isinstance(value, int | float):
        return "–"
    if abs(value) >= 99.95:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 9.9995 else f"{round(value, 3) + 0.0:.3f}"


def _answers(run: Run, results: Mapping[str, Any]) -> Part:
    spec = run.spec()
    asked = say("It answers “{target}”: {task}.", target=spec.goal.target, task=TASKS[spec.goal.task].LABEL)
    return Part(say("What it answers"), [asked, *_spoken(results.get("sentences"))])


def _figures(results: Mapping[str, Any]) -> Part:
    measured = results.get("metrics", {})
    words, rivals = TASKS[results["task"]].METRIC_WORDS, measured.get("baselines", {})
    names = [str(BASELINES[name].LABEL) if name in BASELINES else name for name in rivals]
    rows = [[say("Measured on rows it never saw"), say("This model"), say("Between"), *names]]
    for name, value in measured.get("test", {}).items():
        if name in words:
            low, high = measured.get("intervals", {}).get(name) or (None, None)
            within = "–" if low is None else f"{_number(low)} – {_number(high)}"
            rows.append(
                [
                    str(words[name][0]),
                    _number(value),
                    within,
                    *(_number(rival.get(name)) for rival in rivals.values()),
                ]
            )
    said = say("“Between” holds the true figure 95 times of 100, as far as these test rows can tell.")
    return Part(say("How good it is"), [said], rows) if len(rows) > 1 else Part(say("How good it is"))


def _fails(results: Mapping[str, Any]) -> Part:
    found = results.get("confusion")
    if not found:
        return Part(say("Where it fails"))
    rows = [[say("True answer"), say("Rows"), say("Right"), say("Most often taken for")]]
    for place, (name, counts) in enumerate(zip(found["classes"], found["counts"], strict=True)):
        others = [(count, found["classes"][at]) for at, count in enumerate(counts) if at != place and count]
        most = max(others, default=(0, "–"))
        rows.append(
            [name, f"{sum(counts):,}", f"{counts[place]:,}", f"{most[1]} ({most[0]:,})" if most[0] else "–"]
        )
    groups = say("It was not measured apart for groups of people; do that before it decides about them.")
    return Part(say("Where it fails"), [groups], rows[: MOST + 1])


def _calibration(results: Mapping[str, Any]) -> Part:
    bins = results.get("calibration") or []
    if not bins or not isinstance(bins, list):
        return Part(say("Whether its percentages can be trusted"))
    rows = [[say("It said"), say("It was"), say("Rows")]]
    rows += [[f"{100 * one['said']:.0f} %", f"{100 * one['was']:.0f} %", f"{one['rows']:,}"] for one in bins]
    points = [(one["said"], one["was"]) for one in bins]
    lines = [(say("This model"), points), (say("Perfect"), [(0.0, 0.0), (1.0, 1.0)])]
    picture = _drawn.curves(say("What it said and what was true"), say("said"), lines, square=True)
    return Part(say("Whether its percentages can be trusted"), (), rows, [picture])


def _matters(results: Mapping[str, Any]) -> Part:
    rows = [[say("Column"), say("How much worse it gets when the column is shuffled")]]
    rows += [[one["column"], _number(one["drop"])] for one in (results.get("importance") or [])[:MOST]]
    return Part(say("What it looks at"), (), rows if len(rows) > 1 else ())


def _data(run: Run, results: Mapping[str, Any]) -> Part:
    rows, spec = results.get("rows", {}), run.spec()
    said = [say("The table is known by the mark {id} of its content.", id=spec.data)]
    if {"train", "validation", "test"} <= rows.keys():
        said.append(
            say("{train:,} rows trained it, {validation:,} chose when to stop, and {test:,} were kept apart for the test.",
                train=rows["train"], validation=rows["validation"], test=rows["test"])
        )  # fmt: skip
    ways = {
        "chance": say("The test rows were drawn by chance."),
        "time": say("The test rows are the latest, by “{column}”.", column=spec.goal.split.time_column),
        "given": say("The column “{column}” says which rows are the test.", column=spec.goal.split.column),
        "group": say("The test rows are about “{column}” that never trained.", column=spec.goal.split.column),
        "order": say("The last texts are the test."),
        "last": say("What each person did last is the test."),
    }
    said += [ways[spec.goal.split.by]] if spec.goal.split.by in ways else []
    said.append(
        say(
            "The rows were divided with the seed {seed}; what was fitted to columns was fitted on training rows alone.",
            seed=spec.seed,
        )
    )
    return Part(say("Data"), said)


def _columns(run: Run) -> Part:
    made = run.recipes() or {}
    rows = [[say("Column"), say("Kind"), say("How it is prepared")]]
    for recipe in made.get("columns", ()):
        kind = (
            str(COLUMNS[recipe["kind"]].LABEL)
            if recipe.get("kind") in COLUMNS
            else str(recipe.get("kind", "–"))
        )
        steps = [_step(feature) for feature in recipe.get("features", ())]
        rows.append([recipe["column"], kind, "; ".join(dict.fromkeys(step for step in steps if step)) or "–"])
    return Part(say("Columns"), (), rows if len(rows) > 1 else ())


def _step(feature: Mapping[str, Any]) -> str:
    known = {
        "scale": lambda: say("brought to one scale"),
        "bins": lambda: say("by its place in {count} ranges", count=len(feature["edges"]) - 1),
        "interpolate": lambda: say("by its place among the training values"),
        "cycle": lambda: say("as a place on a circle"),
        "missing": lambda: say("whether it is missing"),
        "lookup": lambda: say("one of {count:,} known values, or never seen", count=len(feature["values"])),
        "pieces": lambda: say("by {count:,} words and runs of letters", count=len(feature["known"])),
        "counts": lambda: say("by its words, counted"),
        "tokens": lambda: say("as its first {count:,} tokens", count=feature["length"]),
        "pixels": lambda: say("as pixels"),
    }
    return known.get(feature["make"], lambda: "")()


def _drawing(run: Run) -> Part:
    graph = run.spec().graph
    labels = {
        layer.name: str(LAYERS[layer.kind].LABEL) if layer.kind in LAYERS else layer.kind
        for layer in graph.layers
    }
    rows = [[say("Layer"), say("Kind"), say("Reads")]]
    rows += [[layer.name, labels[layer.name], ", ".join(layer.inputs) or "–"] for layer in graph.layers]
    return Part(say("Network"), (), rows, [_drawn.network(say("Network"), graph, labels)])


def _training(run: Run, results: Mapping[str, Any]) -> Part:
    events, _ = run.events()
    epochs = [event for event in events if event["kind"] == "epoch"]

    def curve(name: str) -> list[tuple[float, float]]:
        return [(one["epoch"], one[name]) for one in epochs if isinstance(one.get(name), int | float)]

    lines = [(say("Training rows"), curve("loss")), (say("Validation rows"), curve("val_loss"))]
    said = []
    if "best_epoch" in results:
        said.append(
            say("It trained for {seconds:,.0f} seconds; the best of {epochs:,} epochs was epoch {best}.",
                seconds=results["seconds"], epochs=len(epochs) or results["best_epoch"], best=results["best_epoch"])
        )  # fmt: skip
    settings = made_with.read(run.folder).get("settings", {})
    rows = [
        [say("Setting"), say("Value")],
        *([name, str(value)] for name, value in settings.items() if value is not None),
    ]
    picture = _drawn.curves(say("Loss, epoch by epoch"), say("epochs"), lines)
    return Part(say("Training"), said, rows if len(rows) > 1 else (), [picture] if picture else ())


def _limits(results: Mapping[str, Any]) -> Part:
    said = [
        *_spoken(results.get("warnings")),
        say("All figures hold for rows like those of the table. Where the world has changed since, or other people are asked about, measure again."),
        say("It finds what goes together in the table, which is not what causes what."),
    ]  # fmt: skip
    return Part(say("Limits"), said)


def _origin(run: Run) -> Part:
    told = made_with.read(run.folder)
    rows = [
        [say("What"), say("Which")],
        [say("Run"), run.id],
        [say("Device"), str(told.get("device") or "–")],
    ]
    rows += [[name, version] for name, version in told.get("versions", {}).items()]
    rows.append([say("Licence of the model"), say("to be filled in by whoever passes it on")])
    return Part(say("Where it comes from"), (), rows)
