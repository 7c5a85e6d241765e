"""Use, below the answer to one row: what moved it, what would change it, and how another row differs."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core import charts
from core.explainers.changes import FORMS
from core.runs import Run
from core.tasks import SHELF as TASKS
from core.words import listed, say
from pages.parts import helpers, looks, named, trouble

PARTS, WAYS, BESIDE = "parts", "ways", "beside"
Row = Mapping[str, str]


def draw(run: Run, question: Mapping[str, Any], row: Row, said: Mapping[str, Any]) -> None:
    """What else can be asked about this answer; one at a time, none to begin with.

    Args:
        question: As the helper was asked for the answer.
        row: What stands in the form, by column.
        said: The answer.
    """
    recipes = run.recipes()
    labels = {
        PARTS: say("Why this answer?"),
        WAYS: say("What would change it?"),
        BESIDE: say("Compare with another row"),
    }
    offered = [one for one in labels if _suits(one, recipes)]
    asked = (
        st.pills(say("Ask more"), offered, format_func=labels.get, key=f"why-{run.id}") if offered else None
    )
    if asked == PARTS:
        _parts(run, question, row)
    elif asked == WAYS:
        _ways(run, question, said)
    elif asked == BESIDE:
        _beside(run, row, said)


def _suits(what: str, recipes: Mapping[str, Any]) -> bool:
    columns = {recipe["column"] for recipe in recipes["columns"]}
    if any(recipe["kind"] == "image" for recipe in recipes["columns"]):
        return False
    if what == WAYS:
        return TASKS[recipes["task"]].FORM in FORMS and bool(_changeable(recipes))
    return what == BESIDE or len(columns) > 1


def _changeable(recipes: Mapping[str, Any]) -> list[str]:
    return [recipe["column"] for recipe in recipes["columns"] if recipe["kind"] not in ("text", "image")]


def _parts(run: Run, question: Mapping[str, Any], row: Row) -> None:
    with st.spinner(say("Trying its values in usual rows …")):
        told = helpers.MODEL.ask({**question, "parts": True})["parts"]
    chances = bool(told["answer"])
    usual, now = (
        named.chance(told[one]) if chances else named.amount(told[one]) for one in ("usual", "said")
    )
    answer = named.short(told["answer"])
    if chances:
        st.markdown(say(
            "Usual rows have a chance of **{usual}** for “{answer}”, this one **{now}**.",
            usual=trouble.escape(usual), answer=answer, now=trouble.escape(now),
        ))  # fmt: skip
    else:
        st.markdown(say("Usual rows get **{usual}** on average, this one **{now}**.", usual=usual, now=now))
    st.markdown(_strongest(told["columns"], row))
    looks.draw(charts.parts, told["columns"], dict(row), chances, key=f"parts-{run.id}")
    st.caption(say(
        "To the right a column speaks for it, to the left against it, and all bars add up to the difference; thin lines show "
        "how sure each bar is. They say what the model leans on, not what causes what."
    ))  # fmt: skip


def _strongest(columns: Sequence[Sequence[Any]], row: Row) -> str:
    """The picture's first bars in one sentence, for those who do not see it, too."""
    told = {True: [], False: []}
    for name, part, _ in columns[:4]:
        told[part >= 0].append(f"**{named.short(name)}** ({named.short(row[name]) or say('(empty)')})")
    up, down = (listed(told[way]) for way in (True, False))
    if up and down:
        return say("It is raised most by {up}, and lowered most by {down}.", up=up, down=down)
    return say("It is raised most by {up}.", up=up) if up else say("It is lowered most by {down}.", down=down)


def _ways(run: Run, question: Mapping[str, Any], said: Mapping[str, Any]) -> None:
    recipes = run.recipes()
    left, right = st.columns([2, 1], vertical_alignment="top")
    columns = _changeable(recipes)
    fixed = left.multiselect(
        say("Columns that cannot change"), columns, key=f"fixed-{run.id}", placeholder=say("none: all may change"),
        help=say("What nobody can change, such as an age or a place of birth, stays as it is."),
    )  # fmt: skip
    with right:
        wanted = _wanted(run, recipes["target"], said)
    may = [name for name in columns if name not in fixed]
    with st.spinner(say("Trying other values …")):
        found = helpers.MODEL.ask({**question, "ways": {"may": may, "wanted": wanted}})["ways"]
    row = {name: texts[0] for name, texts in question["columns"].items()}
    for number, way in enumerate(found):
        with st.container(border=True, key=f"card-way-{run.id}-{number}"):
            st.markdown(f"{_changed(way['changes'], row)}  \n{_then(way)}")
    if not found:
        st.markdown(
            say(
                "No change of up to three of these columns leads there. Keep fewer of them fixed, or ask for less."
            )
        )
    st.caption(say(
        "Values are taken from rows of the table. This is what the model would say; whether it comes true in life is another matter."
    ))  # fmt: skip


def _wanted(run: Run, target: Mapping[str, Any], said: Mapping[str, Any]) -> str | float | None:
    """What the answer should become; None for any other than now."""
    now = said["prediction"][0]
    if "classes" not in target:
        start = float(f"{now * 1.1:.4g}")
        return st.number_input(say("Amount wanted"), value=start, format="%.6g", key=f"wanted-{run.id}")
    others = [name for name in target["classes"] if name != now]
    if len(others) == 1:
        return None
    return st.selectbox(
        say("Answer wanted"), [None, *others], key=f"wanted-{run.id}-{now}",
        format_func=lambda name: say("any other") if name is None else name,
    )  # fmt: skip


def _changed(changes: Sequence[Sequence[str]], row: Row) -> str:
    return listed(
        say(
            "**{column}**: {before} → **{after}**", column=named.short(column),
            before=named.short(row[column]) or say("(empty)"), after=named.short(after),
        )
        for column, after in changes
    )  # fmt: skip


def _then(way: Mapping[str, Any]) -> str:
    if way["chance"] is None:
        return say("Then it says {amount}.", amount=named.amount(way["said"]))
    return say(
        "Then it says “{answer}”, with a chance of {chance}.",
        answer=named.short(way["said"]), chance=trouble.escape(named.chance(way["chance"])),
    )  # fmt: skip


def _beside(run: Run, row: Row, said: Mapping[str, Any]) -> None:
    key = f"beside-{run.id}"
    kept = st.session_state.get(key)
    if st.button(
        say("Keep this row") if kept is None else say("Keep this row instead"), key=f"keep-{run.id}"
    ):
        kept = st.session_state[key] = {"row": dict(row), "answer": _told(said)}
    if kept is None:
        st.caption(say("It stays here while you change the form, so that both answers stand side by side."))
        return
    differs = [name for name in row if row[name] != kept["row"].get(name, "")]
    lines = [(say("Answer"), kept["answer"], _told(said))]
    lines += [
        (name, kept["row"].get(name) or say("(empty)"), row[name] or say("(empty)")) for name in differs
    ]
    heads = [say("Column"), say("Kept"), say("Now")]
    st.dataframe(
        [dict(zip(heads, line, strict=True)) for line in lines],
        hide_index=True,
        width="stretch",
        key=f"table-{key}",
    )
    if not differs:
        st.caption(say("Both rows are the same so far: change something in the form above."))


def _told(said: Mapping[str, Any]) -> str:
    answer = said["prediction"][0]
    if "probabilities" not in said:
        return named.amount(answer)
    return say("{answer} ({chance})", answer=answer, chance=named.chance(max(said["probabilities"][0])))
