"""One row to try: a widget for each column, made from its recipe, and the text that a table would hold."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import PurePath
from typing import Any

import streamlit as st

from core import home
from core.errors import DataError
from core.pictures import SUFFIXES
from core.profile import ColumnFacts
from core.projects import Project
from core.words import say
from pages.parts import known, place, trouble

EARLIEST, LATEST = date(1700, 1, 1), date(2200, 12, 31)
BESIDE = 3
TEXT_PIXELS = 120

Recipe = Mapping[str, Any]


def fields(recipes: list[Recipe], project: Project, key: str, begin: Mapping[str, str]) -> dict[str, str]:
    """The widgets of some columns, and for each column the text that its widget stands for.

    Args:
        begin: For columns of pictures, the path of the one that is taken while no other is chosen.
    """
    texts = {}
    for group in beside(recipes):
        wide = group[0]["kind"] == "text"
        for spot, recipe in zip(st.columns(1 if wide else BESIDE, gap="medium"), group, strict=False):
            with spot:
                name = recipe["column"]
                texts[name] = _widget(recipe, _facts(project, name), f"{key}-{name}") or begin.get(name, "")
    return texts


def beside(recipes: list[Recipe]) -> list[list[Recipe]]:
    """The columns whose widgets stand side by side, in order; a text has the whole width."""
    groups: list[list[Recipe]] = []
    for recipe in recipes:
        alone = recipe["kind"] == "text" or not groups or groups[-1][0]["kind"] == "text"
        if alone or len(groups[-1]) == BESIDE:
            groups.append([])
        groups[-1].append(recipe)
    return groups


def _facts(project: Project, name: str) -> ColumnFacts | None:
    """What is known about the column, or None where the data set was removed since."""
    try:
        return known.profile(project).column(name)
    except (DataError, KeyError):
        return None


def _widget(recipe: Recipe, facts: ColumnFacts | None, key: str) -> str:
    read = recipe["parse"]["as"]
    if read == "picture":
        return _picture(recipe, key)
    if recipe["kind"] == "text":
        return _words(recipe, facts, key)
    if read == "text":
        return _choice(recipe, key)
    if read == "date":
        return _date(recipe, key)
    return _number(recipe, facts, key)


def _picture(recipe: Recipe, key: str) -> str:
    """A picture of one's own, kept below the workspace; its path there."""
    file = st.file_uploader(
        _label(recipe), key=key, type=[suffix[1:] for suffix in SUFFIXES], max_upload_size=50
    )
    if file is None:
        return ""
    content = file.getvalue()
    name = f"{sha256(content).hexdigest()[:16]}{PurePath(file.name).suffix.lower()}"
    path = home.folder("uploads", "pictures") / name
    if not path.exists():
        path.write_bytes(content)
    return f"uploads/pictures/{name}"


def _words(recipe: Recipe, facts: ColumnFacts | None, key: str) -> str:
    """A text, to begin with one from the table."""
    place.begin_with(key, facts.examples[0] if facts and facts.examples else "")
    return st.text_area(
        _label(recipe), key=key, height=TEXT_PIXELS, placeholder=say("(empty)"),
        help=say("Write what you like: the answer follows from the words and parts of words that occur."),
    )  # fmt: skip


def _choice(recipe: Recipe, key: str) -> str:
    values = recipe["features"][0]["values"]
    options = [*values, *([] if "" in values else [""])]
    chosen = st.selectbox(
        _label(recipe), options, key=key, accept_new_options=True,
        format_func=lambda value: value or say("(empty)"),
        help=say("One of the values in training, or type another: that is an answer too."),
    )  # fmt: skip
    return chosen or ""


def _number(recipe: Recipe, facts: ColumnFacts | None, key: str) -> str:
    start = _rounded(recipe["fill"])
    whole = isinstance(start, int) and (facts is None or _all_whole(facts))
    summary = facts.summary if facts else {}
    help = None
    if "quantiles" in summary:
        low, high = summary["quantiles"][0], summary["quantiles"][-1]
        help = say("Usually from {low:,.6g} to {high:,.6g}; empty it if you do not know.", low=low, high=high)
    place.begin_with(key, start if whole else float(start))
    found = st.number_input(
        _label(recipe), value=None, step=1 if whole else None, key=key, help=help,
        placeholder=say("not known"), format=None if whole else "%.6g",
    )  # fmt: skip
    return "" if found is None else _number_text(found, recipe)


def _all_whole(facts: ColumnFacts) -> bool:
    return all(example.strip().lstrip("+-").isdigit() for example in facts.examples)


def _rounded(value: float) -> float | int:
    return int(value) if value == int(value) and abs(value) < 2**53 else float(f"{value:.6g}")


def _number_text(value: float, recipe: Recipe) -> str:
    """The number as this column writes numbers."""
    return repr(value).replace(".", recipe["parse"].get("decimal", "."))


def _date(recipe: Recipe, key: str) -> str:
    moment = _moment(recipe["fill"])
    if any(feature.get("part") == "hour" for feature in recipe["features"]):
        limits = (datetime.combine(EARLIEST, time()), datetime.combine(LATEST, time()))
        found = st.datetime_input(_label(recipe), moment, *limits, key=key)
        return _date_text(found, recipe) if found else ""
    day = st.date_input(_label(recipe), moment.date(), EARLIEST, LATEST, key=key)
    return _date_text(datetime.combine(day, time()), recipe) if day else ""


def _moment(days: float) -> datetime:
    moment = datetime(1970, 1, 1) + timedelta(days=days)
    return moment.replace(second=0, microsecond=0)


def _date_text(moment: datetime, recipe: Recipe) -> str:
    """The moment as this column writes dates."""
    form = recipe["parse"].get("format", "iso")
    if form == "iso":
        return moment.isoformat()
    if form in ("seconds", "milliseconds"):
        seconds = moment.replace(tzinfo=UTC).timestamp()
        return str(int(seconds * (1 if form == "seconds" else 1000)))
    return moment.strftime(form)


def _label(recipe: Recipe) -> str:
    return trouble.escape(recipe["column"])
