"""Results for pictures: the pictures themselves, the worst, the most doubtful and those of each cell, and where it looked."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from core.explainers import SHELF as EXPLAINERS
from core.results import shown
from core.runs import Run
from core.words import say
from pages.parts import trouble

WIDTH = 120
LONGEST = 40
MOST_CLASSES = 30
Results = Mapping[str, Any]
Picture = Mapping[str, Any]


def draw(run: Run, results: Results) -> None:
    """The section; nothing where the run has looked at no pictures."""
    found = shown.read(run.folder)
    if found is None or not found["pictures"]:
        return
    st.subheader(say("The pictures themselves"), anchor=False)
    ways = {"worst": say("Most wrong"), "doubtful": say("Most doubtful"), "cells": say("By answer")}
    if not found["worst"]:
        del ways["worst"]
    if not found["doubtful"]:
        del ways["doubtful"], ways["cells"]
    if not ways:
        return
    way = st.segmented_control(
        say("Which pictures"), list(ways), default=next(iter(ways)), format_func=ways.__getitem__,
        key=f"shown-{run.id}", label_visibility="collapsed", required=True,
    )  # fmt: skip
    by_place = {one["place"]: one for one in found["pictures"]}
    if way == "cells":
        _of_a_cell(run, results, [by_place[place] for place in found["cells"]])
        return
    _told(way)
    looked = st.toggle(say("Show where it looked"), key=f"looked-{run.id}") if found["way"] else False
    if looked:
        explainer = EXPLAINERS[found["way"]]
        st.caption(f"**{explainer.LABEL}.** {explainer.HELP}")
    _grid(way, [by_place[place] for place in found[way]], looked)


def _told(way: str) -> None:
    if way == "worst":
        st.caption(
            say(
                "Look for what they share: a wrong label, something cut off, or a kind of picture that is rare."
            )
        )
    else:
        st.caption(say("Here two answers were nearly equally likely; more pictures of this kind help most."))


def _of_a_cell(run: Run, results: Results, pictures: Sequence[Picture]) -> None:
    """The confusion matrix as a table; a click shows pictures of that cell."""
    whole = results["confusion"]["counts"]
    kept = confused(whole)
    classes = [str(results["confusion"]["classes"][number]) for number in kept]
    counts = [[whole[row][column] for column in kept] for row in kept]
    columns = {f"{number}": [row[number] for row in counts] for number in range(len(classes))}
    table = pd.DataFrame({"true": classes, **columns})
    st.caption(
        say("How often each true answer (row) was answered how (column). Click a number to see its pictures.")
    )
    selected = st.dataframe(
        table, key=f"cells-{run.id}", hide_index=True, on_select="rerun", selection_mode="single-cell",
        height=min(38 + 35 * len(classes), 420),
        column_config={
            "true": st.column_config.TextColumn(say("True answer")),
            **{f"{number}": st.column_config.NumberColumn(name[:LONGEST]) for number, name in enumerate(classes)},
        },
    ).selection  # fmt: skip
    true, said = _cell(selected["cells"], counts)
    some = [one for one in pictures if one["true"] == classes[true] and one["said"] == classes[said]]
    names = {"true": trouble.escape(classes[true]), "said": trouble.escape(classes[said])}
    count = counts[true][said]
    st.markdown(say("**{true}**, answered as **{said}**: {count:,}", count=count, **names))
    if not some:
        st.caption(say("There are none, or none were kept."))
    elif len(some) < count:
        st.caption(say("The {few} of which it was surest.", few=len(some)))
    _grid("cell", some, False)


def confused(counts: Sequence[Sequence[int]]) -> list[int]:
    """Numbers of the classes that are shown: all, or of very many those that are mistaken most often.

    Example:
        >>> confused([[5, 1], [0, 2]])
        [0, 1]
    """
    if len(counts) <= MOST_CLASSES:
        return list(range(len(counts)))
    mistaken = [sum(row) - row[place] + sum(other[place] for other in counts) - row[place]
                for place, row in enumerate(counts)]  # fmt: skip
    most = sorted(range(len(counts)), key=lambda place: -mistaken[place])[:MOST_CLASSES]
    return sorted(most)


def _cell(cells: Sequence[Any], counts: Sequence[Sequence[int]]) -> tuple[int, int]:
    """The row and column that are clicked, or those of the most frequent mistake."""
    clicked = [(int(row), int(column)) for row, column in cells if str(column).isdigit()]
    if clicked and clicked[0][0] < len(counts):
        return clicked[0]
    places = [(row, column) for row in range(len(counts)) for column in range(len(counts))]
    return max(places, key=lambda place: (place[0] != place[1], counts[place[0]][place[1]]))


def _grid(key: str, pictures: Sequence[Picture], looked: bool) -> None:
    with st.container(key=f"shown-grid-{key}", horizontal=True, gap="small"):
        for one in pictures:
            path = one["heat_path"] if looked and one["heat_path"] else one["path"]
            with st.container(key=f"shown-{key}-{one['place']}", width=WIDTH, gap=None):
                st.image(path, width=WIDTH)
                st.caption(
                    _caption(one),
                    help=trouble.escape(say("Row {row:,}: {name}", row=one["row"] + 1, name=one["name"])),
                )


def _caption(one: Picture) -> str:
    """What was said and what is true; true answers once."""
    true, said = (trouble.escape(_short(one[name])) for name in ("true", "said"))
    if one["chance"] is None:
        return say("{true}, answered {said}", true=true, said=said)
    if one["true"] == one["said"]:
        return say("✓ {true}, {chance:.0%} sure", true=true, chance=one["chance"])
    return say("✗ {said}, {chance:.0%} sure  \nIt is: {true}", said=said, chance=one["chance"], true=true)


def _short(value: Any) -> str:
    text = f"{value:,.6g}" if isinstance(value, (int, float)) else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
