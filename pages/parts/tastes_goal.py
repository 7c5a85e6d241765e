"""Goal, for recommending: who did what and when, and which of it is kept apart for the test."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from core import roles, tastes
from core.errors import DataError
from core.goal import Goal, Tastes
from core.profile import Profile
from core.projects import Project
from core.suggest import split_for, why_left_out
from core.words import say
from pages.parts import named, tastes_facts, trouble

TASK = "recommend"
WIDTH = 420


def offer(project: Project, facts: Profile, goal: Goal | None, save: Callable[[Goal], None]) -> None:
    """A way to recommend, where the table says who had what and something else is asked."""
    item = "" if goal is not None and goal.task == TASK else roles.likeliest_item(facts)
    found = roles.fits(facts, item) if item else None
    if found is None:
        return
    with st.container(key="card-offer-tastes", border=True, gap="small"):
        st.markdown(
            say(":material/recommend: This table says who had what: it can recommend “{item}” to each “{person}”.",
                item=named.short(found.item), person=named.short(found.person))
        )  # fmt: skip
        if st.button(
            say("Recommend instead") if goal else say("Recommend"), key=f"offer-tastes-{project.id}"
        ):
            save(roles.recommending(facts, Goal(item, TASK, (), facts.kinds)))


def current(goal: Goal, facts: Profile) -> Goal | None:
    """The goal with roles whose columns are there; None where no column names persons."""
    try:
        if goal.tastes and goal.tastes.person in facts.kinds and goal.tastes.item == goal.target:
            return goal
        return roles.recommending(facts, goal)
    except DataError as error:
        trouble.show(error.what, error.fix)
        return None


def otherwise(goal: Goal, task: str, facts: Profile) -> Goal:
    """The goal when something else than to recommend is asked about the same column."""
    inputs = [c.name for c in facts.columns if c.name != goal.target and not why_left_out(c, c.kind)]
    return Goal(goal.target, task, tuple(inputs), facts.kinds, split_for(facts, goal.target))


def asked(project: Project, goal: Goal, facts: Profile) -> Goal:
    """The roles of the columns, each with its reason, and the test; the goal as it is answered."""
    found = goal.tastes or Tastes("", goal.target)
    st.subheader(say("Who, and when?"), anchor=False)
    st.markdown(
        say("**{item}** is what is recommended. {why}", item=named.short(found.item),
            why=trouble.escape(str(roles.why_role(facts, found, "item"))))
    )  # fmt: skip
    picked = {
        "person": _role(project, facts, found, "person", say("Who had it")),
        "time": _role(project, facts, found, "time", say("When")),
        "rating": _role(project, facts, found, "rating", say("How much it was liked")),
    }
    if picked["rating"]:
        picked["least"] = _least(project, facts, found, picked["rating"])
    wanted = replace(found, **{"least": 0.0, **picked})
    if wanted.person:
        wanted = tastes_facts.asked(project, wanted)
    made = roles.recommending(facts, goal, wanted, goal.split.seed)
    return replace(made, split=replace(made.split, by=_apart(project, goal, wanted)))


def _role(project: Project, facts: Profile, found: Tastes, role: str, label: str) -> str:
    others = {getattr(found, other) for other in ("person", "item", "time", "rating") if other != role}
    names = [name for name in roles.columns_for(facts, role) if name not in others]
    names = names if role == "person" else ["", *names]
    now = getattr(found, role)
    chosen = st.selectbox(
        label, names, index=names.index(now) if now in names else 0, width=WIDTH, key=f"{role}-{project.id}-{found.item}",
        format_func=lambda name: name or say("no column"),  # a list shows names as they are, no Markdown
    )  # fmt: skip
    st.caption(trouble.escape(str(roles.why_role(facts, replace(found, **{role: chosen or ""}), role))))
    return chosen or ""


def _least(project: Project, facts: Profile, found: Tastes, rating: str) -> float:
    """From which rating on a row counts as liked."""
    summary = facts.column(rating).summary
    if "min" not in summary or summary["min"] >= summary["max"]:
        return 0.0
    value = st.number_input(
        say("Counts as liked from"), float(summary["min"]), float(summary["max"]), float(max(found.least, summary["min"])),
        key=f"least-{project.id}-{rating}", width=WIDTH,
        help=say("Rows with a smaller rating train nothing and are not asked about; what somebody did not like is never shown to them."),
    )  # fmt: skip
    return 0.0 if value <= summary["min"] else float(value)


def _apart(project: Project, goal: Goal, wanted: Tastes) -> str:
    """How the test is drawn, and why so."""
    st.subheader(say("Kept apart for an honest test"), anchor=False)
    by = goal.split.by if goal.split.by in ("last", "time") else "last"
    if not wanted.time:
        st.markdown(trouble.escape(str(tastes.why(False, "chance"))))
        return "chance"
    ways = {"last": say("What each person did last"), "time": say("All that came after one moment")}
    picked = st.segmented_control(
        say("What is the test"), list(ways), default=by, format_func=lambda name: ways[name], required=True,
        key=f"apart-{project.id}-{goal.target}", label_visibility="collapsed",
    )  # fmt: skip
    st.markdown(trouble.escape(str(tastes.why(True, picked or by))))
    return picked or by
