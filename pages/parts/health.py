"""Data: what the checks say about the table, what a click does about it, and how it is undone."""

from dataclasses import replace

import streamlit as st

from core import projects
from core.checks import SHELF as CHECKS
from core.goal import Goal
from core.profile import Profile, Worry
from core.projects import Project
from core.words import listed, say
from pages.parts import named, trouble

MOST_SHOWN = 6


def draw(project: Project, facts: Profile) -> None:
    """The whole report: a sentence, a card for each worry, warnings first, and what is in order."""
    worries = facts.worries
    st.subheader(say("Health of the table"), anchor=False)
    st.markdown(_summed_up(worries))
    _left_out(project)
    with st.container(key="worries"):
        for number, worry in enumerate(worries[:MOST_SHOWN]):
            _card(project, number, worry)
    if rest := worries[MOST_SHOWN:]:
        with st.expander(say("{count} more", plural="{count} more", count=len(rest))):
            for number, worry in enumerate(rest, MOST_SHOWN):
                _card(project, number, worry)
    _in_order(worries)


def _summed_up(worries: tuple[Worry, ...]) -> str:
    warnings = sum(worry.level == "warning" for worry in worries)
    parts = []
    if warnings:
        parts.append(
            say("**{count} thing** needs a look", plural="**{count} things** need a look", count=warnings)
        )
    if notes := len(worries) - warnings:
        parts.append(say("{count} is worth knowing", plural="{count} are worth knowing", count=notes))
    passed = len(_passed(worries))
    parts.append(say("{count} check found nothing", plural="{count} checks found nothing", count=passed))
    return say("{parts}.", parts=listed(parts))


def _passed(worries: tuple[Worry, ...]) -> list[str]:
    told = {worry.check for worry in worries}
    return [name for name in CHECKS if name not in told]


def _in_order(worries: tuple[Worry, ...]) -> None:
    with st.expander(say("What was looked for and not found"), icon=":material/check_circle:"):
        st.markdown("\n".join(f"- {CHECKS[name].LABEL}" for name in _passed(worries)))


def _card(project: Project, number: int, worry: Worry) -> None:
    icon, colour = ("warning", "orange") if worry.level == "warning" else ("info", "blue")
    with st.container(key=f"worry-{number}", border=True, gap="small"):
        st.markdown(f":{colour}[:material/{icon}:] **{trouble.escape(str(worry.what))}**")
        st.caption(trouble.escape(str(worry.fix)))
        if worry.remedy != "leave_out":
            return
        if worry.column in project.left_out:
            st.caption(say(":material/check: It is left out."))
        elif st.button(
            say("Leave “{column}” out", column=named.short(worry.column)),
            key=f"leave-{number}",
            icon=":material/remove:",
        ):
            _keep(project, (*project.left_out, worry.column))


def _left_out(project: Project) -> None:
    if not project.left_out:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(say("Answers are not made from {columns}.", columns=named.several(project.left_out)))
        if st.button(say("Take in again"), key="take-in", icon=":material/undo:", type="tertiary"):
            _keep(project, ())


def _keep(project: Project, left_out: tuple[str, ...]) -> None:
    """Keep what is left out, also of a goal that is there already; what was prepared from it no longer holds."""
    goal = project.goal and Goal.from_json(project.goal)
    changes: dict = {"left_out": left_out}
    if goal:
        again = tuple(name for name in project.left_out if name not in left_out and name != goal.target)
        inputs = tuple(name for name in (*goal.inputs, *again) if name not in left_out)
        changes |= {"goal": replace(goal, inputs=tuple(dict.fromkeys(inputs))).to_json(), "prepared": ""}
    projects.change(project, **changes)
    st.rerun()
