"""Goal, for pictures: how large the network sees them, by itself or as somebody has chosen."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from core import prepare
from core.columns.image import SIDE
from core.errors import DataError
from core.goal import Goal
from core.projects import Project
from core.words import say

SIZES = (0, 32, 48, 64, 96, 128, 160, 192, 224, 256, 320)


def draw(project: Project, goal: Goal, save: Callable[[Goal], None]) -> None:
    """The choice; nothing where no input is a picture."""
    if not any(goal.kinds[name] == "image" for name in goal.inputs):
        return
    st.subheader(str(SIDE.label), anchor=False)
    sizes = sorted({*SIZES, goal.picture_side})
    side = st.selectbox(
        str(SIDE.label), sizes, index=sizes.index(goal.picture_side), format_func=_told, width=420,
        key=f"side-{project.id}-{goal.target}", help=str(SIDE.help), label_visibility="collapsed",
    )  # fmt: skip
    st.caption(_now(project) or str(SIDE.help))
    if side != goal.picture_side:
        save(replace(goal, picture_side=int(side)))


def _told(side: int) -> str:
    if not side:
        return say("Automatic: small pictures as they are, large ones made smaller")
    return say("{side:,} places on the longer side", side=side)


def _now(project: Project) -> str:
    """How large the network sees them, where they have been prepared already."""
    if not project.prepared:
        return ""
    try:
        columns = prepare.load(project.prepared).recipes["columns"]
    except DataError:
        return ""
    sizes = dict.fromkeys(tuple(one["parse"]["size"]) for one in columns if one["kind"] == "image")
    return " ".join(say("The network sees them {height} × {width}.", height=height, width=width)
                    for height, width in sizes)  # fmt: skip
