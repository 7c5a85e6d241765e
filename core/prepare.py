"""Splits, and column recipes fitted on training rows only: a table and a goal become what a network can read.

prepared/<id>/        the id is the hash of the data set, the goal and the code that prepares
    recipes.json      how a row is prepared, in training and ever after (`core.recipes`)
    facts.json        what the template and the network need to know
    split.npz         the row numbers of each side
    train_*.npy  validation_*.npy    one array for each of the network's inputs, and y
    *.kept.npy        numbers of many rows, kept compactly (`core.compact`)
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core import encoding, home, recipes, replies, rewriting, series, split, tasks, tastes, writing
from core.columns import SHELF as COLUMNS
from core.columns import _mirrored
from core.errors import DataError
from core.goal import Goal
from core.pictures import Archive
from core.tasks import SHELF as TASKS
from core.words import Sentence, mark

if TYPE_CHECKING:
    from pandas import DataFrame

Progress = Callable[[float, Sentence], None]
ENCODED = ("train", "validation")
READ_IN_WAYS = (
    "text",
    "taste",
)  # kinds of column that are read in several ways, of which a network takes some
MOST_NAMED = 20
MOST_UNANSWERED = 200_000  # rows without an answer whose texts are looked at
MOST_GROUPS = 50  # of answers that texts are compared by
STRETCHES = (0.2, 0.4, 0.6, 0.8)  # shares of the rows between which amounts are told apart


@dataclass(frozen=True)
class Prepared:
    """A folder with everything that a network needs, the test rows' contents excepted.

    Args:
        id: The folder's name, the hash of what it was made from.
        folder: Where it lies.
        recipes: The whole of `recipes.json`, the target's recipe included.
        facts: Rows, columns, inputs, output, task and classes.
    """

    id: str
    folder: Path
    recipes: dict[str, Any]
    facts: dict[str, Any]

    def reading(self, names: Collection[str]) -> "Prepared":
        """The same for a network that reads these inputs: of the ways to read texts, the others are left out."""
        left_out = {
            recipe["input"] for recipe in self.recipes["columns"] if recipe["kind"] in READ_IN_WAYS
        } - set(names)
        made = encoding.part(self.recipes, [name for name in self.recipes["inputs"] if name not in left_out])
        return replace(self, recipes=made, facts={**self.facts, "inputs": made["inputs"]})

    def plain(self) -> dict[str, Any]:
        """The recipes by which anything else than a network reads the rows: of each column, its first way to be read."""
        whole = encoding.plain(home.read_json(self.folder / "recipes.json"))
        return {**self.recipes, "inputs": whole["inputs"], "columns": whole["columns"]}

    def arrays(self, side: str) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """The inputs by name and the encoded target of the `"train"` or `"validation"` rows, read as needed."""
        self._make_views(side)
        read = {
            name: encoding.opened(self.recipes, name, self.folder, side) for name in self.recipes["inputs"]
        }
        return read, np.load(self.folder / f"{side}_y.npy", mmap_mode="r", allow_pickle=False)

    def _make_views(self, side: str) -> None:
        """Write the views of texts that nobody has read before."""
        inputs = self.recipes["inputs"]
        missing = [
            name
            for name in inputs
            if "view" in inputs[name] and not (self.folder / f"{side}_{name}.npy").exists()
        ]
        if not missing:
            return
        from core import datasets  # noqa: PLC0415 - gate to pandas

        made = encoding.part(self.recipes, missing)
        table = datasets.table(self.facts["data"], sorted({inputs[name]["of"] for name in missing}))
        building = self.folder / f".views.{os.getpid()}.{secrets.token_hex(4)}"
        building.mkdir()
        try:
            encoding.write(made, table.iloc[self.rows(side)], building, side, None, lambda share, text: None)
            for file in building.iterdir():
                os.replace(file, self.folder / file.name)
        finally:
            shutil.rmtree(building, ignore_errors=True)

    def rows(self, side: str) -> np.ndarray:
        """Row numbers in the data set of the `"train"`, `"validation"` or `"test"` rows, in the table's order."""
        with np.load(self.folder / "split.npz", allow_pickle=False) as sides:
            return sides[side]


@lru_cache
def _code() -> str:
    """A hash of the code that prepares, so that a newer version never reads what an older one made."""
    here = Path(__file__).parent
    names = (
        "prepare", "encoding", "recipes", "pieces", "tokens", "pixels", "split", "windows", "compact", "generate", "recommending",
        "rewrite",
    )  # fmt: skip
    files = [here / f"{name}.py" for name in names] + [
        one
        for room in ("series", "replies", "rewriting", "writing", "tastes")
        for one in sorted((here / room).glob("*.py"))
    ]
    for shelf in ("columns", "tasks", "tokenizers"):
        files += sorted((here / shelf).glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def load(id: str) -> Prepared:
    """What was prepared before. Raises DataError where it is not there any more."""
    folder = home.folder("prepared") / id
    if not id.isalnum() or not (folder / "facts.json").exists():
        raise DataError(
            mark("The prepared rows “{id}” are not there any more.", id=id[:40]),
            mark("Open the goal page and go on from there: they are made again."),
        )
    return Prepared(
        id, folder, home.read_json(folder / "recipes.json"), home.read_json(folder / "facts.json")
    )


def id_of(data_id: str, goal: Goal) -> str:
    """The id under which the rows for this goal are prepared, or would be."""
    return home.fingerprint({"data": data_id, "goal": goal.to_json(), "code": _code()})


def prepare(data_id: str, goal: Goal, progress: Progress | None = None) -> Prepared:
    """The rows made ready for this goal; made only once for the same data, goal and version.

    Raises:
        DataError: If the target or an input cannot be used as asked, or too few rows have an answer.
    """
    from core import datasets  # noqa: PLC0415 - gate to pandas

    id = id_of(data_id, goal)
    if not (home.folder("prepared") / id / "facts.json").exists():
        place(id, lambda folder: make(datasets.table(data_id, goal.columns), goal, folder, data_id, progress))
    return load(id)


def place(id: str, make_into: Callable[[Path], None]) -> None:
    """Make a prepared folder whole or not at all; whoever makes the same one meanwhile wins or loses in peace."""
    parent = home.folder("prepared")
    building = parent / f".{id}.{os.getpid()}.{secrets.token_hex(4)}"
    building.mkdir()
    try:
        make_into(building)
        try:
            os.rename(building, parent / id)
        except OSError:
            # The same content was finished by someone else in between: theirs is as good as ours.
            if not (parent / id / "facts.json").exists():
                raise
    finally:
        shutil.rmtree(building, ignore_errors=True)


def make(
    table: "DataFrame", goal: Goal, folder: Path, data_id: str = "", progress: Progress | None = None
) -> None:
    """Write a prepared folder's files for a table of text.

    Args:
        table: Every cell as text, empty where missing; at least the goal's columns.
    """
    from core import datasets  # noqa: PLC0415 - gate to pandas

    tell = progress or (lambda share, text: None)
    tell(0.0, mark("Dividing the rows"))
    if goal.task == "forecast":
        series.make(table, goal, folder, data_id, tell)
        return
    if goal.task == "best_answer":
        _check_columns(table, goal)
        replies.make(table, goal, folder, data_id, tell)
        return
    if goal.task == "next_token":
        writing.make(table, goal, folder, data_id, tell)
        return
    if goal.task == "recommend":
        tastes.make(table, goal, folder, data_id, tell)
        return
    if goal.task == "rewrite":
        _check_columns(table, goal)
        rewriting.make(table, goal, folder, data_id, tell)
        return
    task = TASKS[goal.task]
    _check_columns(table, goal)
    sides, left_out = split.divide(table, goal)
    training = table.iloc[sides["train"]]
    target = {"column": goal.target, **_fit_target(goal, training)}
    with (datasets.pictures(data_id) if data_id else None) or nullcontext() as pictures:
        columns = []
        for count, name in enumerate(goal.inputs):
            tell(0.1 + 0.1 * count / len(goal.inputs), mark("Reading column “{name}”", name=name))
            columns += _fit_column(goal, training, name, pictures, _unanswered(table, goal, name))
        made = {"version": recipes.VERSION, "task": goal.task, "target": target, **encoding.wire(columns)}
        known = {side: _answered(task, target, table, rows) for side, rows in sides.items()}
        left_out += sum(len(sides[side]) - len(known[side]) for side in sides)
        split.check(known, goal.target)
        known, broken = _encode(
            encoding.plain(made) if data_id else made, table, known, folder, pictures, tell
        )
    split.check(known, goal.target)
    for side in ENCODED:
        answers = task.encode_target(target, table[goal.target].iloc[known[side]].tolist())
        np.save(folder / f"{side}_y.npy", answers)
    np.savez(folder / "split.npz", **known)
    home.write_json(folder / "recipes.json", made)
    facts = _facts(task, goal, made, known, left_out + len(broken), data_id)
    home.write_json(folder / "facts.json", {**facts, **_of_pictures(made, folder, target, broken)})
    tell(1.0, mark("Ready"))


def _encode(
    made: dict[str, Any],
    table: "DataFrame",
    known: dict[str, np.ndarray],
    folder: Path,
    pictures: Archive | None,
    tell: Progress,
) -> tuple[dict[str, np.ndarray], list[str]]:
    """Write the arrays; the rows of each side whose pictures can be read, and the names of the other pictures.

    The test rows are not written, but whether their pictures can be read has to be known before they are counted.
    """
    left, broken, begin = {}, [], 0.2
    total = sum(len(rows) for rows in known.values())
    for side, rows in known.items():
        share = 0.7 * len(rows) / total
        told = _within(tell, begin, share)
        told(0.0, mark("Turning rows into numbers"))
        some = table.iloc[rows]
        if side in ENCODED:
            good = encoding.write(made, some, folder, side, pictures, told)
        else:
            good = encoding.readable(made, some, pictures, told)
        left[side], begin = rows[good], begin + share
        columns = [recipe["column"] for recipe in made["columns"] if recipe["kind"] == "image"]
        broken += [" ".join(map(str, names)) for names in some.loc[~good, columns].to_numpy()]
    return left, broken


def _within(tell: Progress, begin: float, share: float) -> Progress:
    return lambda done, text: tell(begin + share * done, text)


def _of_pictures(
    made: dict[str, Any], folder: Path, target: dict[str, Any], broken: list[str]
) -> dict[str, Any]:
    """What else is known about pictures: which could not be read, and which inputs mean the same mirrored."""
    names = [recipe["input"] for recipe in made["columns"] if recipe["kind"] == "image"]
    if not names:
        return {}
    classes = np.load(folder / "train_y.npy", mmap_mode="r", allow_pickle=False)
    mirrored = [
        name for name in names if target["as"] == "classes"
        and _mirrored.keeps_meaning(np.load(folder / f"train_{name}.npy", mmap_mode="r", allow_pickle=False), classes)
    ]  # fmt: skip
    return {"broken": {"count": len(broken), "names": broken[:MOST_NAMED]}, "mirrored": mirrored}


def _check_columns(table: "DataFrame", goal: Goal) -> None:
    if not goal.inputs:
        raise DataError(
            mark("No column is chosen to answer from."),
            mark("Choose at least one column besides “{target}”.", target=goal.target),
        )
    gone = [name for name in (goal.target, *goal.inputs) if name not in table.columns]
    if gone:
        raise DataError(
            mark("The data set has no column “{name}”.", name=gone[0]),
            mark("Choose from its columns: {names}.", names=list(table.columns[:30])),
        )
    if goal.target in goal.inputs:
        raise DataError(
            mark("“{name}” is both the target and an input.", name=goal.target),
            mark("Take it out of the inputs: a model that is told the answer learns nothing."),
        )


def _fit_target(goal: Goal, training: "DataFrame") -> dict[str, Any]:
    texts = training[goal.target].tolist()
    parse = COLUMNS["number"].reading(texts) if TASKS[goal.task].FORM == "number" else {"as": "text"}
    return TASKS[goal.task].fit_target(texts, goal.kinds.get(goal.target, ""), parse)


def _fit_column(
    goal: Goal, training: "DataFrame", name: str, pictures: Archive | None, unanswered: list[str]
) -> list[dict[str, Any]]:
    """The column's recipe, and those of its other views if it has any."""
    kind = COLUMNS[goal.kinds[name]]
    if not kind.INPUT:
        raise DataError(
            mark("Column “{name}” cannot be used yet: {why}", name=name, why=kind.NOT_USED),
            mark("Leave it out of the inputs, or change its kind."),
        )
    texts = training[name].tolist()
    how = split.reading(kind, texts, name)
    if goal.kinds[name] == "text":
        return kind.every_way(texts, how, name, _groups(goal, training), goal.tokenizer, unanswered)
    recipe = kind.fit(
        texts, how, name, *([pictures, goal.picture_side] if goal.kinds[name] == "image" else [])
    )
    return [_flat(recipe) if goal.split.by == "time" else recipe]


def _unanswered(table: "DataFrame", goal: Goal, name: str) -> list[str]:
    """The texts of rows without an answer, from which a network may learn the language; of other columns, none."""
    if goal.kinds[name] != "text":
        return []
    return table[name][table[goal.target].str.strip() == ""].tolist()[:MOST_UNANSWERED]


def _flat(recipe: dict[str, Any]) -> dict[str, Any]:
    """The recipe for rows that come later than all that was learned: numbers beyond the known ones count as the outermost.

    Trees answer like this too. A network would go on in some line of its own, and such rows are the rule then.
    """
    bent = [{**made, "flat": True} if made["make"] == "bins" else made for made in recipe["features"]]
    return {**recipe, "features": bent}


def _groups(goal: Goal, training: "DataFrame") -> np.ndarray:
    """The number of each row's answer, frequent ones first; of amounts, which stretch they lie in."""
    codes, values = split.distinct(training[goal.target].to_numpy())
    if goal.kinds.get(goal.target) == "number" and len(values) > MOST_GROUPS:
        amounts = recipes.read_values(values, COLUMNS["number"].reading(values))[codes]
        return np.searchsorted(np.nanquantile(amounts, STRETCHES), amounts)
    order = np.argsort(-np.bincount(codes, minlength=len(values)), kind="stable")
    place = np.empty(len(values), int)
    place[order] = np.minimum(np.arange(len(values)), MOST_GROUPS)
    return place[codes]


def _answered(task: Any, target: dict[str, Any], table: "DataFrame", rows: np.ndarray) -> np.ndarray:
    """The rows whose answer the target's recipe knows: a class that never trained cannot be right or wrong."""
    encoded = task.encode_target(target, table[target["column"]].iloc[rows].tolist())
    flat = encoded.reshape(len(rows), -1)[:, :1].reshape(-1)
    return rows[np.isfinite(flat) & ((flat >= 0) | (target["as"] == "number"))]


def unreadable(facts: Mapping[str, Any]) -> list[Sentence]:
    """A sentence about pictures that could not be read, if there were any."""
    broken = facts.get("broken", {"count": 0})
    if not broken["count"]:
        return []
    return [
        mark(
            "{count} picture cannot be read and is left out: {names}.",
            plural="{count:,} pictures cannot be read and are left out, such as {names}.",
            count=broken["count"], names=[f"“{name[-60:]}”" for name in broken["names"][:5]],
        ),
    ]  # fmt: skip


def noticed(facts: Mapping[str, Any]) -> list[Sentence]:
    """What was noticed while a table of who had what was read."""
    return [Sentence.from_json(note) for note in facts.get("tastes", {}).get("notes", ())]


def _facts(
    task: Any, goal: Goal, made: dict[str, Any], sides: dict[str, np.ndarray], left_out: int, data_id: str
) -> dict[str, Any]:
    return {
        "data": data_id,
        "task": goal.task,
        "target": goal.target,
        "rows": {**{side: len(sides[side]) for side in split.SIDES}, "left_out": left_out},
        "columns": len(goal.inputs),
        "inputs": made["inputs"],
        "kept": encoding.kept(made, len(sides["train"])),
        "output": tasks.output(goal.task, made["target"]),
        "classes": made["target"].get("classes"),
    }
