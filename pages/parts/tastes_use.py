"""Use of a model that recommends: a person's ten items with reasons, somebody new by a few clicks, items like one item, everybody."""

import csv
from collections.abc import Sequence
from typing import Any

import streamlit as st

from core import home, recommending
from core.runs import Run
from core.words import say
from pages.parts import helpers, named, trouble

MOST_LISTED = 2_000  # names that a list offers; others are typed
HAD_SHOWN = 6
MOST, MOST_VALUES = 10, 100
Choice = tuple[str, str]  # a column of what is known about the items, and a value


def draw(run: Run) -> None:
    """Three ways to ask it."""
    names = home.read_json(run.folder / recommending.NAMES)
    target = (run.recipes() or {})["target"]
    st.subheader(say("Try it"), anchor=False)
    # One choice for all ways: what somebody looks for does not hang on who it is.
    only = _only(run)
    somebody, new, like = st.tabs([say("Somebody known"), say("Somebody new"), say("More like this")])
    with somebody:
        _known(run, target, names["persons"], only)
    with new:
        _new(run, names["items"], only)
    with like:
        _alike(run, names["items"], only)


@st.fragment
@trouble.guarded
def _known(run: Run, target: dict[str, Any], persons: Sequence[str], only: Sequence[Choice]) -> None:
    listed = list(persons[:MOST_LISTED])
    person = st.selectbox(
        say("Choose or type one of “{column}”", column=named.short(target["person"])), listed, index=0, key=f"person-{run.id}",
        accept_new_options=True, width=420,
    )  # fmt: skip
    keep = st.toggle(say("Show again what they had already"), key=f"keep-{run.id}")
    variety = _variety(run, "known")
    if not person:
        return
    said = _ask(
        run, {"person": str(person), "keep_seen": keep, "most": MOST, "variety": variety, "only": only}
    )
    if not said["known"]:
        st.caption(
            say("“{name}” is not known, so this is what suits most persons.", name=named.short(str(person)))
        )
    elif said["had"]:
        had = ", ".join(named.short(one) for one in said["had"][:HAD_SHOWN])
        st.caption(say("Had {count:,} so far, the latest first: {items}", count=said["count"], items=had))
    _list(said["shown"])


def _only(run: Run) -> list[Choice]:
    """What the items have to be, where something is known of them."""
    known = recommending.choices(run.recipes() or {})
    few = {
        column: sorted(values) for column, values in known.items() if len(values) <= MOST_VALUES
    }  # no free text
    offered = [
        (column, value) for column in sorted(few, key=lambda one: len(few[one])) for value in few[column]
    ]
    if not offered:
        return []
    return st.multiselect(
        say("Only items with"), offered, key=f"only-{run.id}", format_func=lambda pair: f"{named.cut(pair[0])}: {named.cut(pair[1])}",
        placeholder=say("All items"), width=420,
        help=say("Of several values of one column, one is enough; of each column that is chosen, there has to be one."),
    )  # fmt: skip


def _variety(run: Run, tab: str) -> float:
    """How much the items shown are to differ from each other, 0 to 1."""
    value = st.slider(
        say("Variety"), 0, 100, 0, 10, format="%d %%", key=f"variety-{tab}-{run.id}", width=420,
        help=say("More shows fewer items that are like each other, and some that suit a little less."),
    )  # fmt: skip
    return value / 100


@st.fragment
@trouble.guarded
def _new(run: Run, items: Sequence[str], only: Sequence[Choice]) -> None:
    picked = st.multiselect(
        say("What somebody new clicked on, in this order"), list(items[:MOST_LISTED]), key=f"clicked-{run.id}",
        placeholder=say("Choose a few"),
    )  # fmt: skip
    variety = _variety(run, "new")
    said = _ask(run, {"person": "", "had": picked, "most": MOST, "variety": variety, "only": only})
    if not picked:
        st.caption(say("Nothing clicked yet: this is what suits most persons."))
    _list(said["shown"])


@st.fragment
@trouble.guarded
def _alike(run: Run, items: Sequence[str], only: Sequence[Choice]) -> None:
    item = st.selectbox(
        say("An item"), list(items[:MOST_LISTED]), key=f"alike-{run.id}", width=420, accept_new_options=True
    )  # fmt: skip
    if not item:
        return
    shown = _ask(run, {"alike": str(item), "most": MOST, "only": only})["shown"]
    if not shown:
        st.caption(
            say("Nothing that fits is among what the same persons had most often.")
            if only
            else say("Nobody who had it had anything else, or it is not known.")
        )
        return
    st.caption(say("What the same persons had most often."))
    for place, one in enumerate(shown, start=1):
        st.markdown(
            say(
                "{place}. **{item}** · {near:.0f} of 100 alike",
                place=place,
                item=named.short(one["item"]),
                near=100 * one["score"],
            )
        )


def _list(shown: Sequence[dict[str, Any]]) -> None:
    """The items, best first, each with what speaks for it."""
    with st.container(border=True, gap="small"):
        if not shown:
            st.caption(say("There is nothing left to show."))
        for place, one in enumerate(shown, start=1):
            because = ", ".join(named.short(name) for name in one["because"])
            st.markdown(
                say("{place}. **{item}** — because of {because}", place=place, item=named.short(one["item"]), because=because)
                if because
                else say("{place}. **{item}**", place=place, item=named.short(one["item"]))
            )  # fmt: skip


def _ask(run: Run, asked: dict[str, Any]) -> dict[str, Any]:
    return helpers.MODEL.ask({"folder": str(run.folder), "recommend": asked})


def everybody(run: Run) -> str:
    """A file of its own that names every known person, to be answered as a whole."""
    folder = home.folder("uploads", home.new_id())
    path = folder / "everybody.csv"
    target = (run.recipes() or {})["target"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([target["person"]])
        writer.writerows([name] for name in home.read_json(run.folder / recommending.NAMES)["persons"])
    return str(path)


def about_file(run: Run) -> str:
    """What a file to answer has to hold."""
    target = (run.recipes() or {})["target"]
    return say(
        "A file of up to 1 GB with the column “{person}”. Each person gets ten rows: the person, “{item}”, the rank and the score. What "
        "they had already is left out.",
        person=named.short(target["person"]), item=named.short(target["column"]),
    )  # fmt: skip
