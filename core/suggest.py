"""What a click on a target leads to: the task that follows, the inputs to begin with, and why the others stay out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import roles
from core.columns import SHELF as COLUMNS
from core.errors import DataError
from core.goal import Goal, Split
from core.languages import MIXED
from core.tasks import SHELF as TASKS
from core.tasks import best_answer, recommend, rewrite
from core.tasks.one_of_many import MOST_CLASSES
from core.words import Sentence, mark

if TYPE_CHECKING:
    from core.profile import ColumnFacts, Profile

# The most natural question first: an amount that happens to have few values is still an amount.
ORDER = ("yes_no", "amount", "count", "amount_range", "ordered", "one_of_many", "many_of_many")
TARGET_KINDS = ("number", "category")
WRITING = "next_token"
SIDES = ("train", "validation", "test")


@dataclass(frozen=True)
class LeftOut:
    """A column that is not among the first inputs, and why."""

    column: str
    reason: Sentence


@dataclass(frozen=True)
class Suggestion:
    """A goal to begin with.

    Args:
        goal: Target, task, inputs and kinds.
        left_out: The other columns, each with a reason; the user may add them.
        tasks: All tasks that suit this target, the suggested one first.
    """

    goal: Goal
    left_out: tuple[LeftOut, ...]
    tasks: tuple[str, ...]


def tasks_for(facts: "ColumnFacts", kind: str = "") -> tuple[str, ...]:
    """The tasks that suit a column as the target, the most natural first.

    Args:
        kind: The kind that the user gave it, if not the guessed one.
    """
    # A kind that was changed by hand has no summary of its own, but all that is no number or date is summed up alike.
    same = kind in ("", facts.kind) or "top" in facts.summary
    kind, summary = kind or facts.kind, facts.summary if same else {}
    names = [*ORDER, *(name for name in TASKS if name not in ORDER)]
    suiting = [name for name in names if TASKS[name].suits(kind, facts.distinct, summary)]
    # First what the values themselves speak for, such as counts.
    return tuple(sorted(suiting, key=lambda name: (name == WRITING, not _natural(name, summary))))


def _natural(name: str, summary: Mapping[str, Any]) -> bool:
    return hasattr(TASKS[name], "natural") and TASKS[name].natural(summary)


def suggest(profile: "Profile", target: str, kinds: Mapping[str, str] | None = None) -> Suggestion:
    """The goal that follows from a target.

    Args:
        kinds: Kinds that the user changed, by column.

    Raises:
        DataError: If the column cannot be a target, with what to do instead.
    """
    chosen = {column.name: (kinds or {}).get(column.name, column.kind) for column in profile.columns}
    facts = {column.name: column for column in profile.columns}
    if target not in facts:
        raise DataError(
            mark("There is no column “{name}”.", name=target[:80]),
            mark("Choose from these: {names}.", names=list(facts)[:30]),
        )
    tasks = tasks_for(facts[target], chosen[target])
    if "amount" in tasks and can_be_forecast(profile, target):
        tasks = (*tasks, "forecast")
    asking = best_answer.fits(chosen, {n: c.distinct for n, c in facts.items()}, target)
    if asking:
        first = best_answer.named(target, best_answer.ANSWERING) or tasks in ((), (WRITING,))
        tasks = ("best_answer", *tasks) if first else (*tasks, "best_answer")
    pair = rewriting_from(profile, target, chosen)
    if pair:
        # Questions and answers in two languages are still questions and answers.
        answers = best_answer.named(target, best_answer.ANSWERING)
        first = rewrite.meant(pair[0], target, languages_of(profile)) and not answers
        tasks = ("rewrite", *tasks) if first else (*tasks[:-1], "rewrite", *tasks[-1:])
    shown = roles.fits(profile, target)
    if shown:
        first = recommend.named(target, recommend.ITEMS) or not tasks
        tasks = ("recommend", *tasks) if first else (*tasks, "recommend")
    if not tasks:
        raise cannot_be_target(facts[target], chosen[target], profile.rows)
    if tasks[0] == WRITING:
        return Suggestion(writing(target, chosen), (), tasks)
    inputs, left_out = [], []
    for name, column in facts.items():
        reason = None if name == target else why_left_out(column, chosen[name])
        if reason:
            left_out.append(LeftOut(name, reason))
        elif name != target:
            inputs.append(name)
    if tasks[0] == "rewrite":
        return Suggestion(rewriting(target, pair, chosen), tuple(left_out), tasks)
    if tasks[0] == "recommend":
        return Suggestion(
            roles.recommending(profile, Goal(target, tasks[0], (), chosen), shown), tuple(left_out), tasks
        )
    if tasks[0] == "best_answer":
        given = split_for(profile, target)  # a list of answers has no time
        goal = Goal(target, tasks[0], asking, chosen, given if given.by == "given" else Split())
        return Suggestion(goal, tuple(left_out), tasks)
    return Suggestion(
        Goal(target, tasks[0], tuple(inputs), chosen, split_for(profile, target)), tuple(left_out), tasks
    )


def writing(target: str, kinds: Mapping[str, str]) -> Goal:
    """The goal to write on in the style of a column's texts; other columns tell nothing about the next character."""
    return Goal(target, WRITING, (), kinds, Split("order", validation=0.05, test=0.1))


def rewriting_from(profile: "Profile", target: str, kinds: Mapping[str, str]) -> tuple[str, ...]:
    """The column whose texts could become those of the target, if there is one."""
    distinct = {column.name: column.distinct for column in profile.columns}
    return rewrite.fits(kinds, distinct, target, languages_of(profile))


def rewriting(target: str, source: tuple[str, ...], kinds: Mapping[str, str]) -> Goal:
    """The goal to turn the texts of one column into those of another; few are kept apart, since each pair teaches much."""
    return Goal(target, "rewrite", source, kinds, Split(validation=0.05, test=0.1))


def languages_of(profile: "Profile") -> dict[str, str]:
    """The language of each column of texts of which it is known."""
    return {
        c.name: c.summary["language"] for c in profile.columns if c.summary.get("language", MIXED) != MIXED
    }


def split_for(profile: "Profile", target: str) -> Split:
    """How the rows are divided to begin with: as a column says, by the time that they follow, or by chance."""
    given = next((c.name for c in profile.columns if c.name != target and divides(c)), "")
    if given:
        return Split(by="given", column=given)
    when = times(profile, target)
    return Split(by="time", time_column=when[0]) if when else Split()


def times(profile: "Profile", target: str) -> list[str]:
    """The columns that the rows follow in time, dates first, and those first that are in the rows' own order."""
    found = [c for c in profile.columns if c.name != target and c.summary.get("follows")]
    found.sort(key=lambda c: (c.kind != "date", c.summary["follows"] == "regular"))
    return [column.name for column in found]


def can_be_forecast(profile: "Profile", target: str) -> bool:
    """Whether a column tells the time along which the target could be forecast."""
    return any(c.name != target and (c.kind == "date" or c.summary.get("follows")) for c in profile.columns)


def why_by_time(split: Split) -> Sentence:
    """Why the latest rows are the test."""
    return mark(
        "The rows follow “{column}”, so the latest ones are kept for the test: rows next to each other are alike, and "
        "a test drawn from between them would be too easy.",
        column=split.time_column,
    )


def nothing_said(columns: Sequence[str], how: Mapping[str, Any]) -> DataError | None:
    """What is the matter with pictures of which nothing says what they show; None where something does.

    Args:
        columns: The data set's.
        how: How it was read.
    """
    if set(columns) != set(how.get("pictures", ())):
        return None
    return DataError(
        mark(
            "Nothing says what the pictures show: they do not lie in two or more folders that are called so."
        ),
        mark("Put the pictures of each kind into a folder of its own, or bring a table that names them."),
    )


def divides(column: "ColumnFacts") -> bool:
    """Whether it says which rows train and which test, as folders of pictures do."""
    said = {str(value).lower() for value, _ in column.summary.get("top", ())}
    return column.name.lower() == "split" and column.distinct > 1 and said <= set(SIDES)


def why_left_out(column: "ColumnFacts", kind: str) -> Sentence | None:
    """Why a column is no input to begin with, or None where it is one."""
    if column.distinct == 0:
        return mark("It is empty.")
    if column.distinct == 1 and not column.missing:
        return mark("It says “{value}” in all rows.", value=column.examples[0][:60])
    if divides(column):
        return mark("It says which rows were meant to train and to test, and nothing about the answer.")
    if kind == "identifier":
        return mark("It names the rows: what is learned about one name says nothing about the next.")
    if not COLUMNS[kind].INPUT:
        return COLUMNS[kind].NOT_USED
    return None


def cannot_be_target(column: "ColumnFacts", kind: str, rows: int) -> DataError:
    """What is the matter with a column that suits no task, and what to do."""
    name, label = column.name, COLUMNS[kind].LABEL
    if column.distinct == 0:
        return DataError(
            mark("Column “{name}” is empty.", name=name),
            mark("Choose a target that has an answer in many rows."),
        )
    if column.distinct == 1:
        return DataError(
            mark("Column “{name}” says “{value}” in the only row that has an answer.",
                 plural="Column “{name}” says “{value}” in all {count:,} rows that have an answer.",
                 name=name, value=column.examples[0][:60], count=rows - column.missing),
            mark("Choose a target with at least two different answers."),
        )  # fmt: skip
    if kind in TARGET_KINDS:
        return DataError(
            mark("Column “{name}” has {count:,} different answers, more than the {most:,} to choose from.",
                 name=name, count=column.distinct, most=MOST_CLASSES),
            mark("Group them into fewer, or choose another target."),
        )  # fmt: skip
    return DataError(
        mark(
            "Column “{name}” is of the kind “{kind}”, which cannot be predicted yet.", name=name, kind=label
        ),
        mark("Choose a number or a category, or change the column's kind on the data page if it is one."),
    )
