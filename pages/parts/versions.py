"""The versions of a drawing: when and why each was kept, what is different, and the way back."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core import drawings
from core import graph as graphs
from core.drawings import Version
from core.graph import Graph, measure
from core.words import mark, say
from pages.parts import dialogs, drawn, moments, place, steps, trouble

MOST_SHOWN, MOST_DIFFERENCES = 20, 12
ASKED = mark("Kept by you")


@trouble.guarded
def body(project: str, id: str, facts: Mapping[str, Any]) -> None:
    """All versions, the latest first."""
    now = drawings.load(project, id)
    st.markdown(f"**{trouble.escape(now.name)}**")
    if st.button(say("Keep this version"), key="keep", icon=":material/bookmark_add:"):
        drawings.keep(project, id, ASKED)
    kept = drawings.versions(project, id)
    if not kept:
        st.markdown(
            say(
                "No version has been kept yet. One is kept whenever a run starts, and before a change that replaces everything."
            )
        )
    for version in kept[:MOST_SHOWN]:
        _one(project, id, version, now.graph, facts)
    if len(kept) > MOST_SHOWN:
        _older(project, id, kept[MOST_SHOWN:], now.graph, facts)


def _older(project: str, id: str, kept: list[Version], now: Graph, facts: Mapping[str, Any]) -> None:
    by_number = {version.number: version for version in kept}
    picked = st.selectbox(
        say("Older versions"), list(by_number), index=None, key="older", placeholder=say("Choose one"),
        format_func=lambda number: _title(by_number[number]),
    )  # fmt: skip
    if picked is not None:
        _one(project, id, by_number[picked], now, facts)


def _title(version: Version) -> str:
    return say("Version {number}, {ago}", number=version.number, ago=moments.ago(version.when))


def _one(project: str, id: str, version: Version, now: Graph, facts: Mapping[str, Any]) -> None:
    with st.container(key=f"card-version-{version.number}", border=True, gap="small"):
        st.markdown(f"**{_title(version)}**")
        st.caption(trouble.escape(str(version.why)))
        if version.run:
            st.page_link(
                steps.page("train"), label=say("See this run"), icon=":material/arrow_forward:",
                query_params=place.address(project, version.run),
            )  # fmt: skip
        changes = [str(sentence) for sentence in graphs.difference(version.graph, now)]
        if not changes:
            st.markdown(say("The drawing is still like this."))
            return
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            back = st.button(
                say("Bring back"), key=f"back-{version.number}", icon=":material/settings_backup_restore:"
            )
            compare = st.toggle(say("Compare with now"), key=f"compare-{version.number}")
        if back:
            drawings.bring_back(project, id, version.number)
            place.renew_forms()
            dialogs.shut()
        if compare:
            _compared(version, changes, facts)


def _compared(version: Version, changes: list[str], facts: Mapping[str, Any]) -> None:
    """What was changed since in words, and the picture of how it was."""
    st.markdown(say("What was changed since:"))
    st.markdown("\n".join(f"- {trouble.escape(text)}" for text in changes[:MOST_DIFFERENCES]))
    if len(changes) > MOST_DIFFERENCES:
        more = len(changes) - MOST_DIFFERENCES
        st.caption(say("and {count} more change", plural="and {count} more changes", count=more))
    drawn.draw(version.graph, measure(version.graph, facts), f"version-{version.number}")
