"""Goal: the target is clicked on the table; the task, the inputs and the split follow and can be changed."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from core import datasets, home, projects, roles, series
from core.columns import SHELF as KINDS
from core.errors import DataError, UserError
from core.goal import Goal
from core.profile import ColumnFacts, Profile, Worry
from core.projects import Project
from core.suggest import WRITING, Suggestion, nothing_said, suggest, why_left_out, writing
from core.tasks import SHELF as TASKS
from core.words import say
from pages.parts import (
    child,
    forecast_goal,
    goal_guess,
    goal_pictures,
    goal_texts,
    header,
    known,
    named,
    place,
    replies_goal,
    rewriting_goal,
    rows_apart,
    steps,
    steps_order,
    tastes_goal,
    trouble,
    writing_goal,
)

PREPARING = "preparing"
PREVIEW_ROWS = 6
TINT = "background-color: rgba(22, 140, 120, 0.16)"


@trouble.guarded
def body() -> None:
    project = header.begin("goal")
    header.title("goal")
    if project is None:
        header.empty(say("There is no table yet to ask about."))
        return
    if _preparing(project):
        return
    facts = known.profile(project)
    goal = _current(project, facts)
    giveaways = _giveaways(project)
    if goal is not None and giveaways:
        _warn(project, goal, giveaways)
    data = known.data_set(project.data)
    unsaid, label = nothing_said(data.columns, data.how), data.how.get("label")
    if unsaid is not None:
        trouble.show(unsaid.what, unsaid.fix)
    if project.goal is None and data.how.get("prose"):  # a book has nothing else to ask about
        _take_texts(project, facts, facts.columns[0].name)
    if project.goal is None and label:  # folders of pictures say what is wanted
        _take(project, facts, label)
    _choose_target(project, facts, goal)
    tastes_goal.offer(project, facts, goal, lambda wanted: _save(project, wanted))
    if goal is None or goal.task != tastes_goal.TASK:
        goal_guess.draw(project, facts, goal)
    if goal is None:
        return
    suggestion = suggest(facts, goal.target, project.kinds)
    _task(project, goal, suggestion, facts)
    if goal.task == WRITING:
        writing_goal.told(project, goal, facts)
        if header.forward(str(steps.step("design").onward)):
            _go_on(project)
        return
    if goal.task == tastes_goal.TASK:
        _save(project, tastes_goal.asked(project, goal, facts))
        if header.forward(str(steps.step("design").onward)):
            _go_on(project)
        return
    if goal.task == "forecast":
        _save(project, forecast_goal.asked(project, goal, facts))
    if goal.task == "best_answer":
        _save(project, replies_goal.inputs(project, goal, facts))
    elif goal.task == "rewrite":
        _save(project, rewriting_goal.source(project, goal, facts))
    else:
        _inputs(project, goal, facts)
    goal_pictures.draw(project, goal, lambda wanted: _save(project, wanted))
    goal_texts.draw(project, goal, lambda wanted: _save(project, wanted))
    if goal.task == "forecast":
        _save(project, forecast_goal.apart(project, goal))
    else:
        _save(project, rows_apart.asked(project, goal, facts))
    label = say("Go on all the same") if giveaways else str(steps.step("design").onward)
    if header.forward(label, disabled=not goal.inputs and goal.task != "forecast"):
        _go_on(project)


def _current(project: Project, facts: Profile) -> Goal | None:
    """The project's goal, without what no longer fits because kinds were changed; None where nothing is left of it."""
    if project.goal is None:
        return None
    goal = Goal.from_json(project.goal)
    column = facts.column(goal.target)
    try:
        fitting = suggest(facts, goal.target, project.kinds).tasks
    except DataError as error:
        trouble.show(error.what, error.fix)
        return None
    task = goal.task if goal.task in (*fitting, tastes_goal.TASK) else fitting[0]
    if task == tastes_goal.TASK:
        return tastes_goal.current(goal, facts)
    if task == WRITING:
        return writing(goal.target, facts.kinds)
    asking = replies_goal.usable(goal, facts) if task == "best_answer" else ()
    inputs = tuple(
        c.name for c in facts.columns if c.name in goal.inputs and (c.name in asking or KINDS[c.kind].INPUT)
    )
    if task != "forecast":
        goal = replace(goal, forecast=None)
    return replace(goal, task=task, inputs=tuple(n for n in inputs if n != column.name), kinds=facts.kinds)


def _save(project: Project, goal: Goal) -> None:
    """Keep the goal; what was prepared for another one no longer holds."""
    if goal.to_json() != project.goal:
        projects.change(project, goal=goal.to_json(), prepared="")
        st.rerun()


def _choose_target(project: Project, facts: Profile, goal: Goal | None) -> None:
    st.subheader(say("What do you want to know?"), anchor=False)
    st.caption(say("Click the column in the table whose answer you want for new rows, or choose its name."))
    target = goal.target if goal else ""
    names = [c.name for c in facts.columns]
    head = datasets.head(project.data, PREVIEW_ROWS)
    shown = head.style.map(lambda _: TINT, subset=[target]) if target else head
    selected = st.dataframe(
        shown, key=f"target-table-{project.id}-{target}", hide_index=True, on_select="rerun",
        selection_mode=["single-column", "single-cell"], height=38 + 35 * len(head),
    ).selection  # fmt: skip
    chosen = st.selectbox(
        say("The column to predict"), names, index=names.index(target) if target else None, width=420,
        key=f"target-{project.id}-{target}", placeholder=say("Choose a column"),
        format_func=lambda name: _described(facts.column(name)),
    )  # fmt: skip
    clicked = [*selected["columns"], *(column for _, column in selected["cells"])]
    wanted = next((name for name in clicked if name != target), chosen)
    if wanted and wanted != target:
        _take(project, facts, wanted)


def _take(project: Project, facts: Profile, target: str) -> None:
    """Make this column the target, or say why it cannot be."""
    try:
        suggestion = suggest(facts, target, project.kinds)
    except DataError as error:
        trouble.show(error.what, error.fix)
        return
    goal = suggestion.goal
    _save(project, replace(goal, inputs=tuple(name for name in goal.inputs if name not in project.left_out)))


def _take_texts(project: Project, facts: Profile, name: str) -> None:
    """Ask to write on in the style of this column, whatever else its cells look like."""
    if facts.kinds[name] != "text":
        project = projects.change(project, kinds={**project.kinds, name: "text"})
    _save(project, writing(name, {**facts.kinds, name: "text"}))


def _described(column: ColumnFacts) -> str:
    example = column.examples[0] if column.examples else "–"
    return say(
        "{name} · {kind}, such as {example}", name=column.name, kind=KINDS[column.kind].LABEL, example=example
    )


def _task(project: Project, goal: Goal, suggestion: Suggestion, facts: Profile) -> None:
    st.subheader(say("The kind of question"), anchor=False)
    if len(suggestion.tasks) > 1:
        task = st.segmented_control(
            say("Kind of question"), suggestion.tasks, default=goal.task, key=f"task-{project.id}-{goal.target}",
            format_func=lambda name: str(TASKS[name].LABEL), label_visibility="collapsed", required=True,
        )  # fmt: skip
        if task and task != goal.task:
            _save(project, _changed(project, goal, task, suggestion, facts))
        st.markdown(str(TASKS[goal.task].HELP))
    else:
        task = TASKS[goal.task]
        st.markdown(say("**{task}:** {help}", task=task.LABEL, help=task.HELP))
    if goal.task == "ordered":
        steps_order.told(facts.column(goal.target))


def _changed(project: Project, goal: Goal, task: str, suggestion: Suggestion, facts: Profile) -> Goal:
    """The goal with another kind of question; to forecast asks for other columns and another split."""
    if task == tastes_goal.TASK:
        return roles.recommending(facts, goal)
    if goal.task == tastes_goal.TASK:
        goal = tastes_goal.otherwise(goal, task, facts)
        suggestion = replace(suggestion, goal=goal)
    if task == "forecast":
        return series.forecasting(project.data, facts, suggestion.goal)
    if task == "rewrite":
        return rewriting_goal.beginning(goal, facts)
    if task == "best_answer":
        return replace(goal, task=task, forecast=None, inputs=replies_goal.asking(goal, facts))
    if task == WRITING:
        return writing(goal.target, facts.kinds)
    return replace(suggestion.goal if goal.task in ("forecast", "rewrite", WRITING) else goal, task=task)


def _inputs(project: Project, goal: Goal, facts: Profile) -> None:
    usable = [c for c in facts.columns if c.name != goal.target and KINDS[c.kind].INPUT]
    barred = [c for c in facts.columns if c.name != goal.target and not KINDS[c.kind].INPUT]
    forecast = goal.task == "forecast"
    if forecast:
        usable, barred = forecast_goal.usable(goal, facts), []
        if not usable:
            return
    st.subheader(
        say("Whose past helps too?") if forecast else say("What may the answer be made from?"), anchor=False
    )
    st.caption(_about_inputs(forecast, len(goal.inputs), len(usable)))
    edited = st.data_editor(
        _input_table(usable, goal), key=f"inputs-{project.id}-{goal.target}", hide_index=True,
        disabled=["name", "kind", "examples", "reason"], height=min(38 + 35 * max(len(usable), 1), 420),
        column_config={
            "use": st.column_config.CheckboxColumn(say("Use"), width="small"),
            "name": st.column_config.TextColumn(say("Column"), width="medium"),
            "kind": st.column_config.TextColumn(say("Kind"), width="small"),
            "examples": st.column_config.TextColumn(say("Examples"), width="medium"),
            "reason": st.column_config.TextColumn(say("Why it was left out"), width="large"),
        },
    )  # fmt: skip
    inputs = tuple(c.name for c, use in zip(usable, edited["use"], strict=True) if use)
    if inputs != goal.inputs:
        _save(project, replace(goal, inputs=inputs))
    for column in barred:
        reason = trouble.escape(str(why_left_out(column, column.kind) or ""))
        st.caption(
            say(":material/block: **{column}** is left out ({kind}). {reason}",
                column=named.short(column.name), kind=KINDS[column.kind].LABEL, reason=reason)
        )  # fmt: skip
    if not goal.inputs and not forecast:
        trouble.show(
            say("No column is chosen to answer from."),
            say("Choose at least one column besides “{target}”.", target=goal.target),
        )


def _about_inputs(forecast: bool, chosen: int, total: int) -> str:
    if forecast:
        return say(
            "Of these columns the network sees what was, never what comes. {chosen} of {total} columns are chosen.",
            chosen=chosen, total=total,
        )  # fmt: skip
    return say(
        "Take out what you will not know yet at the moment when you need the answer. "
        "{chosen} of {total} columns are chosen.",
        chosen=chosen, total=total,
    )  # fmt: skip


def _input_table(usable: list[ColumnFacts], goal: Goal) -> pd.DataFrame:
    columns = {
        "use": pd.Series([c.name in goal.inputs for c in usable], dtype=bool),  # also where there is none
        "name": [c.name for c in usable],
        "kind": [str(KINDS[c.kind].LABEL) for c in usable],
        "examples": [" · ".join(c.examples[:3]) for c in usable],
    }
    reasons = [str(why_left_out(c, c.kind) or "") for c in usable]
    return pd.DataFrame({**columns, "reason": reasons} if any(reasons) else columns)


def _giveaways(project: Project) -> list[Worry]:
    """Inputs of the prepared goal that may have been told the answer."""
    if not project.prepared:
        return []
    try:
        found = home.read_json(home.folder("prepared") / project.prepared / "giveaways.json")
    except FileNotFoundError:
        return []
    return [Worry.from_json(worry) for worry in found]


def _warn(project: Project, goal: Goal, giveaways: list[Worry]) -> None:
    """Inputs that may have been told the answer, at the top, because the page stayed open for their sake."""
    st.subheader(say("Before you go on"), anchor=False)
    for worry in giveaways:
        with st.container(key=f"giveaway-{worry.column}", border=True, gap="small"):
            st.markdown(f":orange[:material/warning:] **{trouble.escape(str(worry.what))}**")
            st.markdown(trouble.escape(str(worry.fix)))
            label = say("Take “{column}” out", column=named.short(worry.column))
            if st.button(label, key=f"out-{worry.column}", icon=":material/remove:"):
                _save(project, replace(goal, inputs=tuple(n for n in goal.inputs if n != worry.column)))


def _go_on(project: Project) -> None:
    if project.prepared:
        st.switch_page(steps.page("design"), query_params=place.address(project.id))
    place.note(PREPARING, child.start(["prepare", project.id]).id)
    st.rerun()


def _preparing(project: Project) -> bool:
    """Show the preparation while it runs; go on to the next page when it is done and nothing is suspicious."""
    found = child.find(place.noted(PREPARING))
    if found is None:
        return False
    if found.running:
        child.follow(found, say("Getting the rows ready"))
        return True
    child.forget(found)
    place.note(PREPARING, "")
    if found.cancelled:
        return False
    try:
        answer = found.answer()
    except UserError as error:
        trouble.show(error.what, error.fix)
        return False
    project = projects.change(project, prepared=answer["prepared"])
    if answer["giveaways"]:
        st.rerun()
    st.switch_page(steps.page("design"), query_params=place.address(project.id))


body()
