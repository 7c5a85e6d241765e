"""One row or many become answers, by the recipes and ONNX Runtime: the same files that a user downloads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from core import generate, home, pixels, ranking, recipes, recommending, rewrite, windows
from core.errors import DataError, RunError
from core.runs import Run
from core.words import mark

if TYPE_CHECKING:
    from pandas import DataFrame

ROWS_AT_ONCE = 1_024  # attention over a hundred places takes half a gigabyte for so many
NUMBERS_AT_ONCE = 2_000_000  # a convolution gives thirty times as many as come in
Find = Callable[[str], bytes | None]
TEXTS_AT_ONCE = 256  # that become other texts
THREADS = 2


@dataclass(frozen=True)
class Model:
    """A trained model, open for questions; keep it, opening takes longer than answering.

    Args:
        stored: The list that answers are chosen from, as `core.ranking.load` gives it; None where there is none.
        writes: Both halves of a network that turns texts into others; None for all others.
        tastes: Who had what, as `core.recommending.load` gives it; None where nothing is recommended.
        writer: Of a network that writes: from the codes that it sees to the chances of the next one; None for others.
    """

    recipes: dict[str, Any]
    session: Any
    inputs: tuple[str, ...]
    stored: Any = None
    writes: rewrite.Halves | None = None
    tastes: Any = None
    writer: Callable[[list[int]], np.ndarray] | None = None

    @classmethod
    def open(cls, run: Run | Path) -> "Model":
        """The model of a run, or in a folder. Raises RunError as long as there is none."""
        folder = run.folder if isinstance(run, Run) else run
        if not (folder / "model.onnx").exists() or not (folder / "recipes.json").exists():
            raise RunError(
                mark("This run has no model yet."),
                mark("Wait until its training has ended, or choose a run that is done."),
            )
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS

        def opened(name: str) -> Any:
            return onnxruntime.InferenceSession(folder / name, options, providers=["CPUExecutionProvider"])

        session = opened("model.onnx")
        stored = ranking.load(folder) if (folder / ranking.POINTS).exists() else None
        tastes = recommending.load(folder) if (folder / recommending.TASTES).exists() else None
        names = tuple(i.name for i in session.get_inputs())
        made, writer, writes = home.read_json(folder / "recipes.json"), None, None
        if (folder / generate.STEP).exists():
            writer = generate.Remembering(opened(generate.STEP))
        elif made["task"] == "next_token":
            writer = generate.Whole(lambda codes: session.run(None, {names[0]: codes})[0], made["target"])
        if (folder / rewrite.DECODER).exists():
            writes = rewrite.Halves(session, opened(rewrite.DECODER))
        return cls(made, session, names, stored, writes, tastes, writer)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that an answer is made from, each once."""
        return tuple(dict.fromkeys(recipe["column"] for recipe in self.recipes["columns"]))

    @property
    def classes(self) -> tuple[str, ...]:
        """The possible answers, or none where the answer is an amount."""
        return tuple(self.recipes["target"].get("classes", ()))

    @property
    def pictures(self) -> tuple[str, ...]:
        """Those of the columns that name pictures."""
        return tuple(recipe["column"] for recipe in self.recipes["columns"] if recipe["kind"] == "image")

    def outputs(self, columns: Mapping[str, Sequence[str]], find: Find = lambda name: None) -> np.ndarray:
        """What the network says, [rows, units]."""
        return self._outputs(columns, pixels.pictures(find))

    def answer(self, columns: Mapping[str, Sequence[str]], find: Find = lambda name: None) -> dict[str, Any]:
        """The answers to some rows of text by column, as `core.recipes.answers` gives them.

        Where nothing can be seen of a row because its picture cannot be read, there is no answer: None, and chances that
        are no numbers.

        Args:
            find: From a picture's name to its bytes, or None where it is not there.
        """
        if self.writes:
            said = rewrite.lines(self.written(columns))
            return {name: [line[name] for line in said] for name in rewrite.answer_names()}
        if self.stored:
            return ranking.answers(self.recipes, self.stored, self.outputs(columns), columns)
        missed: dict[str, set[int]] = {}
        said = recipes.answers(self.recipes, self._outputs(columns, pixels.pictures(find, missed)))
        for row in pixels.nothing_seen(self.recipes, missed):
            for name in said.keys() - {"probabilities"}:
                said[name][row] = None
            if "probabilities" in said:
                said["probabilities"][row] = np.nan
        return said

    def written(self, columns: Mapping[str, Sequence[str]], **how: Any) -> list[list[dict[str, Any]]]:
        """What each text becomes, the likeliest first, as `core.rewrite.answers` gives it.

        Args:
            how: `beams` and `alpha`, as there.
        """
        return rewrite.answers(self.recipes, self.writes, columns[self.columns[0]], **how)

    def scored(self, arrays: Mapping[str, np.ndarray]) -> np.ndarray:
        """What the network says to inputs that are encoded already."""
        return self.session.run(None, {name: arrays[name] for name in self.inputs})[0]

    def recommended(
        self,
        persons: Sequence[str],
        most: int = recommending.MOST,
        keep_seen: bool = False,
        progress: Callable[[int], None] = lambda answered: None,
        columns: Mapping[str, Sequence[str]] | None = None,
    ) -> "DataFrame":
        """The best items of each person, one row for each, under the user's own names and with `rank` and `score`.

        Args:
            most: Items for each person.
            keep_seen: Whether items that a person had already may be among them.
            progress: Told how many persons are answered, again and again.
            columns: What is known of them, texts by column, one for each of `persons`; None for nothing.
        """
        import pandas  # noqa: PLC0415 - gate to a heavy library

        told = columns or {}
        first = {str(one).strip(): row for row, one in reversed(list(enumerate(persons)))} if told else {}
        each = max(1, recommending.CELLS_AT_ONCE // (self.recipes["target"]["items"] + 1))
        wanted = recommending.each_once(self.tastes, persons)
        rows = []
        for at in range(0, len(wanted), each):
            some = wanted[at : at + each]
            known = {name: [texts[first[one]] for one in some] for name, texts in told.items()} or None
            rows += recommending.lines(self.recipes, self.tastes, self.scored, some, most, keep_seen, known)
            progress(min(at + each, len(wanted)))
        return pandas.DataFrame(rows, columns=recommending.answer_names(self.recipes))

    def _outputs(self, columns: Mapping[str, Sequence[str]], reader: Any) -> np.ndarray:
        arrays = recipes.encode(self.recipes, columns, reader)
        return self.session.run(None, {name: arrays[name] for name in self.inputs})[0]

    def answer_table(
        self,
        table: "DataFrame",
        progress: Callable[[int], None] = lambda answered: None,
        find: Find = lambda name: None,
    ) -> "DataFrame":
        """A row of answers for each row of the table: `prediction`, and what `recipes.answer_names` says.

        What recommends gives several rows for each person, see `recommended`.

        Args:
            progress: Told how many rows are answered, again and again.
            find: As for `answer`.

        Raises:
            DataError: If columns that the model needs are not in the table.
        """
        import pandas  # noqa: PLC0415 - gate to a heavy library

        self.check(table.columns)
        if self.tastes:
            persons = table[self.columns[0]].tolist()
            return self.recommended(
                persons, progress=progress, columns=recommending.told_of(self.recipes, table)
            )
        if "series" in self.recipes:
            return pandas.DataFrame(self.coming(table), columns=windows.answer_names(self.recipes))
        each = TEXTS_AT_ONCE if self.writes else rows_at_once(self.session)
        parts = []
        for at in range(0, max(len(table), 1), each):
            parts.append(self._part(table.iloc[at : at + each], find))
            progress(min(at + each, len(table)))
        return pandas.DataFrame(
            {name: list(chain.from_iterable(p[name] for p in parts)) for name in parts[0]}
        )

    def coming(self, table: "DataFrame") -> list[dict[str, Any]]:
        """The next values of each series in the table, as `core.windows.latest` gives them."""
        columns = {name: table[name].tolist() for name in self.columns}

        def network(arrays: Mapping[str, np.ndarray]) -> np.ndarray:
            return self.session.run(None, {name: arrays[name] for name in self.inputs})[0]

        found = windows.latest(self.recipes, columns, network, recipes.read_values)
        if not found:
            raise DataError(
                mark("No row of the file tells both a time and a value of “{target}”.",
                     target=self.recipes["target"]["column"]),
                mark("Bring the latest rows, written as in the table that it learned from."),
            )  # fmt: skip
        return found

    def _part(self, table: "DataFrame", find: Find) -> dict[str, list]:
        said = self.answer({name: table[name].tolist() for name in self.columns}, find)
        return said if self.stored or self.writes else recipes.answer_table(self.recipes, said)

    def check(self, names: Sequence[str]) -> None:
        """Raises DataError if columns that the model needs are not among these."""
        there = set(names)
        missing = [name for name in self.columns if name not in there]
        if missing:
            raise DataError(
                mark("The file lacks {count} column that the model needs: {names}.",
                     plural="The file lacks {count} columns that the model needs: {names}.",
                     count=len(missing), names=[f"“{name}”" for name in missing[:20]]),
                mark("Add what is missing, under the same name as in training; its cells may be empty."),
            )  # fmt: skip


def rows_at_once(session: Any) -> int:
    """How many rows ONNX Runtime should be asked together, so that what it keeps for them fits into memory."""
    each = sum(prod(given.shape[1:]) for given in session.get_inputs())
    return max(1, min(ROWS_AT_ONCE, NUMBERS_AT_ONCE // max(each, 1)))
