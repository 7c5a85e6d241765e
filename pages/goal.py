"""Goal: the target is clicked on the table; the task, the inputs and the split follow and can be changed."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from core import datasets, home, projects
from core.columns import SHELF as KINDS
from core.errors import DataError, UserError
from core.goal import Goal, Split
from core.profile import ColumnFacts, Profile, Worry
from core.projects import Project
from core.suggest import Suggestion, divides, nothing_said, suggest, why_left_out
from core.tasks import SHELF as TASKS
from core.words import say
from pages.parts import child, goal_pictures, header, known, named, place, steps, trouble

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
    if project.goal is None and label:  # folders of pictures say what is wanted
        _take(project, facts, label)
    _choose_target(project, facts, goal)
    if goal is None:
        return
    suggestion = suggest(facts, goal.target, project.kinds)
    _task(project, goal, suggestion)
    _inputs(project, goal, facts)
    goal_pictures.draw(project, goal, lambda wanted: _save(project, wanted))
    _split(project, goal, facts)
    label = say("Go on all the same") if giveaways else str(steps.step("design").onward)
    if header.forward(label, disabled=not goal.inputs):
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
    inputs = tuple(c.name for c in facts.columns if c.name in goal.inputs and KINDS[c.kind].INPUT)
    task = goal.task if goal.task in fitting else fitting[0]
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
    _save(project, suggestion.goal)


def _described(column: ColumnFacts) -> str:
    example = column.examples[0] if column.examples else "–"
    return say(
        "{name} · {kind}, such as {example}", name=column.name, kind=KINDS[column.kind].LABEL, example=example
    )


def _task(project: Project, goal: Goal, suggestion: Suggestion) -> None:
    st.subheader(say("The kind of question"), anchor=False)
    if len(suggestion.tasks) > 1:
        task = st.segmented_control(
            say("Kind of question"), suggestion.tasks, default=goal.task, key=f"task-{project.id}-{goal.target}",
            format_func=lambda name: str(TASKS[name].LABEL), label_visibility="collapsed", required=True,
        )  # fmt: skip
        if task and task != goal.task:
            _save(project, replace(goal, task=task))
        st.markdown(str(TASKS[goal.task].HELP))
    else:
        task = TASKS[goal.task]
        st.markdown(say("**{task}:** {help}", task=task.LABEL, help=task.HELP))


def _inputs(project: Project, goal: Goal, facts: Profile) -> None:
    usable = [c for c in facts.columns if c.name != goal.target and KINDS[c.kind].INPUT]
    barred = [c for c in facts.columns if c.name != goal.target and not KINDS[c.kind].INPUT]
    st.subheader(say("What may the answer be made from?"), anchor=False)
    st.caption(
        say(
            "Take out what you will not know yet at the moment when you need the answer. "
            "{chosen} of {total} columns are chosen.",
            chosen=len(goal.inputs), total=len(usable),
        )
    )  # fmt: skip
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
    if not goal.inputs:
        trouble.show(
            say("No column is chosen to answer from."),
            say("Choose at least one column besides “{target}”.", target=goal.target),
        )


def _input_table(usable: list[ColumnFacts], goal: Goal) -> pd.DataFrame:
    columns = {
        "use": [c.name in goal.inputs for c in usable],
        "name": [c.name for c in usable],
        "kind": [str(KINDS[c.kind].LABEL) for c in usable],
        "examples": [" · ".join(c.examples[:3]) for c in usable],
    }
    reasons = [str(why_left_out(c, c.kind) or "") for c in usable]
    return pd.DataFrame({**columns, "reason": reasons} if any(reasons) else columns)


def _split(project: Project, goal: Goal, facts: Profile) -> None:
    split = goal.split
    train = 1 - split.validation - split.test
    st.subheader(say("Rows kept apart for an honest test"), anchor=False)
    if split.by == "given":
        st.markdown(
            say(
                "Column “{column}” says which rows train and which are the test.",
                column=trouble.escape(split.column),
            )
        )
    else:
        _told_shares(split, train, facts)
    with st.expander(say("Change how rows are divided"), icon=":material/tune:"):
        wanted = _split_form(
            project, split, [c.name for c in facts.columns if c.kind == "date"], _dividing(facts)
        )
    if wanted != split:
        _save(project, replace(goal, split=wanted))


def _dividing(facts: Profile) -> str:
    """The column that says which rows train and which test, or none."""
    return next((column.name for column in facts.columns if divides(column)), "")


def _told_shares(split: Split, train: float, facts: Profile) -> None:
    st.markdown(
        say(
            "The network learns from **{train:.0%}** of the rows, **{validation:.0%}** decide when to stop, and "
            "**{test:.0%}** stay untouched until Results: about {rows:,} rows.",
            train=train, validation=split.validation, test=split.test, rows=round(facts.rows * split.test),
        )
    )  # fmt: skip


def _split_form(project: Project, split: Split, dates: list[str], given: str) -> Split:
    ways = {"chance": say("By chance")}
    if dates:
        ways["time"] = say("By time: the latest rows are the test")
    if given:
        ways["given"] = say("As column “{column}” says", column=given)
    by, column = "chance", ""
    if len(ways) > 1:
        by = st.radio(
            say("Which rows"), list(ways), index=list(ways).index(split.by if split.by in ways else "chance"), format_func=ways.__getitem__,
            key=f"by-{project.id}", horizontal=True,
        )  # fmt: skip
    if by == "time":
        at = dates.index(split.time_column) if split.time_column in dates else 0
        column = st.selectbox(say("The date that orders the rows"), dates, index=at, key=f"time-{project.id}")
    left, middle, right = st.columns(3)
    validation = left.slider(
        say("Deciding when to stop, %"),
        5,
        40,
        round(split.validation * 100),
        5,
        key=f"validation-{project.id}",
    )
    test = middle.slider(
        say("Untouched test, %"), 5, 40, round(split.test * 100), 5, key=f"test-{project.id}"
    )
    seed = right.number_input(
        say("Number for drawing rows"), 0, 2**31 - 1, split.seed, key=f"seed-{project.id}",
        help=say("The same number gives the same rows on every machine."),
    )  # fmt: skip
    return Split(by, column, validation / 100, test / 100, int(seed), given if by == "given" else "")


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
