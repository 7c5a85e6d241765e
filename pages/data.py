"""Data: what came in, how it was read, what each column is, and what is worrying."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core import charts, datasets, home, languages, projects, thumbnails
from core.columns import SHELF as KINDS
from core.datasets import DataSet
from core.profile import ColumnFacts, Profile
from core.projects import Project
from core.readers import SHELF as READERS
from core.words import say
from pages.parts import begin, header, health, known, looks, trouble

PREVIEW_ROWS = 100
THUMBNAIL = 72  # pixels


@trouble.guarded
def body() -> None:
    project = header.begin("data")
    if begin.waiting():
        return
    header.title("data")
    if project is None:
        header.empty(say("There is no table yet. Bring one of your own, or take a sample."))
        return
    _name(project)
    if not datasets.exists(project.data):
        _lacking(project)
        return
    data, facts = known.data_set(project.data), known.profile(project)
    _size(data, facts)
    _how(data)
    _part(project, data)
    health.draw(project, facts)
    _pictures(data)
    _columns(project, facts)
    _one_column(facts)
    _preview(data)
    header.onward("goal", project)


def _lacking(project: Project) -> None:
    """The table is gone, or stayed where a run came from: what works without it, and the way to bring it."""
    st.markdown(
        say(
            "The table of this project is not here. Results and Use go on without it; to train or to change the question, bring the same file."
        )
    )
    begin.upload(project.id)


def _name(project: Project) -> None:
    name = st.text_input(
        say("Name of the project"), project.name, max_chars=80, key=f"name-{project.id}", width=420
    ).strip()
    if name and name != project.name:
        projects.change(project, name=name)
        st.rerun()


def _size(data: DataSet, facts: Profile) -> None:
    cells = max(facts.rows * len(facts.columns), 1)
    with st.container(key="facts", horizontal=True):
        st.metric(say("Rows"), f"{data.rows:,}")
        st.metric(say("Columns"), f"{len(data.columns):,}")
        st.metric(say("Empty cells"), f"{sum(c.missing for c in facts.columns) / cells:.1%}")
        st.metric(say("Repeated rows"), f"{facts.repeated:,}")


def _how(data: DataSet) -> None:
    """One sentence about how the file was understood, and what was mended."""
    st.caption(_understood(data))
    for note in data.notes:
        st.caption(f":material/build: {trouble.escape(str(note))}")


def _understood(data: DataSet) -> str:
    how = data.how
    said = {"file": trouble.escape(data.source), "reader": READERS[how["reader"]].LABEL}
    if "delimiter" in how:
        said["sign"] = {"\t": say("tabs"), " ": say("spaces")}.get(how["delimiter"], f"“{how['delimiter']}”")
        said["sign"] = trouble.escape(said["sign"])
        said["encoding"] = str(how.get("encoding", "")).upper()
        if how.get("header"):
            return say(
                "Read from “{file}” as {reader}: cells are separated by {sign}, letters are {encoding}, "
                "and the first row names the columns.", **said,
            )  # fmt: skip
        return say(
            "Read from “{file}” as {reader}: cells are separated by {sign}, letters are {encoding}, "
            "and no row names the columns.", **said,
        )  # fmt: skip
    if "sheet" in how:
        said["sheet"] = trouble.escape(how["sheet"])
        if how.get("header"):
            return say(
                "Read from “{file}” as {reader}: it is the sheet “{sheet}”, and its first row names the columns.",
                **said,
            )
        return say(
            "Read from “{file}” as {reader}: it is the sheet “{sheet}”, and no row names the columns.", **said
        )
    return say("Read from “{file}” as {reader}.", **said)


def _part(project: Project, data: DataSet) -> None:
    """Of a file that holds several tables or sheets, another one."""
    parts = data.how.get("parts", [])
    if data.how.get("part") not in parts:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = st.selectbox(
            say("Table or sheet"), parts, parts.index(data.how["part"]), key=f"part-{data.id}", width=420,
            help=say("The file holds several. A project that has a question keeps its table, and the other one gets a project of its own."),
        )  # fmt: skip
        if chosen != data.how["part"] and st.button(say("Read this one"), key="read-part"):
            begin.read(datasets.kept_file(data.id), project.name, part=chosen, project=project.id)


def _pictures(data: DataSet) -> None:
    """A few of the pictures, class by class."""
    shown = thumbnails.shown(datasets.folder(data.id))
    if not shown:
        return
    st.subheader(say("Some of the pictures"), anchor=False)
    classes = dict.fromkeys(label for _, label in shown)
    for number, label in enumerate(classes):
        if label:
            st.caption(trouble.escape(label))
        with st.container(key=f"pictures-{number}", horizontal=True, gap="small"):
            for path, of in shown:
                if of == label:
                    st.image(path, width=THUMBNAIL)


def _columns(project: Project, facts: Profile) -> None:
    st.subheader(say("Columns"), anchor=False)
    st.caption(
        say("Each column was looked at to see what it holds. If one was misunderstood, change its kind here.")
    )
    labels = {name: str(KINDS[name].LABEL) for name in KINDS}
    # A new key for new kinds: an editor whose rows change under it sends its reset with the next click, and the
    # rerun that this asks for swallows that click.
    edited = st.data_editor(
        _table(facts, labels), key=f"kinds-{project.id}-{home.fingerprint(facts.kinds)}", hide_index=True, num_rows="fixed",
        height=min(38 + 35 * len(facts.columns), 520), row_height=35,
        disabled=["name", "reason", "missing", "distinct", "examples"],
        column_config={
            "name": st.column_config.TextColumn(say("Column"), width="medium"),
            "kind": st.column_config.SelectboxColumn(
                say("Kind"), options=list(labels.values()), required=True, width="small",
                help=say("Click to change what the column is taken for."),
            ),
            "missing": st.column_config.ProgressColumn(
                say("Empty"), format="percent", min_value=0, max_value=1, width="small"
            ),
            "distinct": st.column_config.NumberColumn(say("Different"), format="localized", width="small"),
            "examples": st.column_config.TextColumn(say("Examples"), width="medium"),
            "reason": st.column_config.TextColumn(say("Why this kind"), width="large"),
        },
    )  # fmt: skip
    names = {label: name for name, label in labels.items()}
    _keep(
        project, facts, {c.name: names[label] for c, label in zip(facts.columns, edited["kind"], strict=True)}
    )


def _table(facts: Profile, labels: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": [c.name for c in facts.columns],
            "kind": [labels[c.kind] for c in facts.columns],
            "missing": [c.missing / max(facts.rows, 1) for c in facts.columns],
            "distinct": [c.distinct for c in facts.columns],
            "examples": [" · ".join(c.examples[:3]) for c in facts.columns],
            "reason": [str(c.reason) for c in facts.columns],
        }
    )


def _keep(project: Project, facts: Profile, wanted: dict[str, str]) -> None:
    """Keep changed kinds; what was prepared from the old ones no longer holds."""
    changed = {name: kind for name, kind in wanted.items() if kind != facts.kinds[name]}
    if changed:
        goal = project.goal and {**project.goal, "kinds": {**project.goal["kinds"], **changed}}
        projects.change(project, kinds={**project.kinds, **changed}, goal=goal, prepared="")
        st.rerun()


def _one_column(facts: Profile) -> None:
    st.subheader(say("A closer look"), anchor=False)
    name = st.selectbox(say("Column"), [c.name for c in facts.columns], key="closer", width=420)
    column = facts.column(name)
    left, right = st.columns([3, 2], gap="large")
    with left:
        if column.distinct == 1:
            st.markdown(say("It says the same in every row, so there is nothing to picture."))
        elif column.kind != "text" and all(count == 1 for _, count in column.summary.get("top", [["", 2]])):
            st.markdown(say("No value occurs twice, so there is nothing to picture."))
        else:
            looks.draw(charts.column, name, column.summary, key="closer-chart")
    with right:
        kind = KINDS[column.kind]
        st.markdown(say("**{kind}:** {reason}", kind=kind.LABEL, reason=trouble.escape(str(column.reason))))
        st.caption(str(kind.HELP))
        _summary(column)


def _summary(column: ColumnFacts) -> None:
    summary = column.summary
    if column.distinct == 1:
        return
    if "median" in summary:
        st.markdown(
            say("From {low:,.6g} to {high:,.6g}; half of the rows lie below {median:,.6g}.",
                low=summary["min"], high=summary["max"], median=summary["median"])
        )  # fmt: skip
    elif "characters" in summary:
        st.markdown(" ".join(_about_texts(summary)))
    elif "first" in summary:
        st.markdown(say("From {first} to {last}.", first=summary["first"], last=summary["last"]))


def _about_texts(summary: Mapping[str, Any]) -> list[str]:
    told = [
        say("Half of the texts have more than {middle:,.0f} characters, the longest has {longest:,}.",
            middle=summary["characters"], longest=summary["longest"])
    ]  # fmt: skip
    if "language" in summary:
        told.append(
            say("Several languages, the most frequent in {share:.0%} of the rows.", share=summary["share"])
            if summary["language"] == languages.MIXED
            else say("{language}, in {share:.0%} of the rows.", language=languages.name(summary["language"]),
                     share=summary["share"])
        )  # fmt: skip
    return told


def _preview(data: DataSet) -> None:
    st.subheader(say("The first rows"), anchor=False)
    head = datasets.head(data.id, PREVIEW_ROWS)
    st.dataframe(head, hide_index=True, height=min(38 + 35 * len(head), 320))
    st.caption(say("Cells are shown exactly as they stand in the file."))


body()
