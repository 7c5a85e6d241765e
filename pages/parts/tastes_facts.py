"""Goal, for recommending: tables with facts about the items and the persons, chosen among the data sets."""

from dataclasses import replace
from functools import lru_cache

import streamlit as st

from core import datasets
from core.errors import DataError
from core.goal import Tastes
from core.projects import Project
from core.tastes import key_of
from core.words import Sentence, mark, say
from pages.parts import named, trouble

WIDTH = 420
SIDES: dict[str, Sentence] = {
    "items": mark("Facts about the items"),
    "persons": mark("Facts about the persons"),
}
ROLE = {"items": "item", "persons": "person"}


def asked(project: Project, found: Tastes) -> Tastes:
    """The roles with the tables of facts that were chosen; one that does not fit is told and not taken."""
    others = {one.id: one.name for one in datasets.everything() if one.id != project.data}
    if not others:
        st.caption(
            say("A second table with facts about the items, such as class, price or words, can be brought on the page Data: then new items can be recommended too.")
        )  # fmt: skip
        return replace(found, items="", persons="")
    picked = {side: _side(project, found, side, label, others) for side, label in SIDES.items()}
    return replace(found, **picked)


def _side(project: Project, found: Tastes, side: str, label: Sentence, others: dict[str, str]) -> str:
    now, names = getattr(found, side), ["", *others]
    chosen = st.selectbox(
        str(label), names, index=names.index(now) if now in names else 0, width=WIDTH, key=f"facts-{side}-{project.id}",
        format_func=lambda one: others[one] if one else say("no table"),
        help=say("A table with a row for each, joined by the column that names them."),
    )  # fmt: skip
    if not chosen:
        return ""
    column = getattr(found, ROLE[side])
    try:
        key = _key(project.data, column, chosen)
    except DataError as error:
        trouble.show(error.what, error.fix)
        return ""
    st.caption(say("Joined by its column “{column}”.", column=named.short(key)))
    return str(chosen)


@lru_cache(maxsize=32)
def _key(data: str, column: str, facts: str) -> str:
    """The column of the table of facts by which it is joined; of a million rows it is sought once, as no data set ever changes.

    Raises:
        DataError: If there is none.
    """
    texts = datasets.table(data, [column])[column]
    some = [text for text in texts.drop_duplicates().tolist() if str(text).strip()]
    return key_of(datasets.table(facts), column, some)
