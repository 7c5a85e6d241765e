"""Results for texts: the worst and the most doubtful texts, what was said of each, and the words that decided, marked."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.results import shown_texts
from core.runs import Run
from core.words import say
from pages.parts import decided, named, trouble

FIRST = 5  # texts that are shown at once
MOST = 420  # characters of a text that are shown at first
MOST_WHOLE = decided.MOST_SHOWN
MOST_OTHERS, LONGEST = 6, 60

Entry = Mapping[str, Any]


def draw(run: Run) -> bool:
    """The section, and whether there is one: runs of other tables, and older ones, have kept no texts."""
    found = shown_texts.read(run.folder)
    if found is None or not (found["worst"] or found["doubtful"]):
        return False
    st.subheader(say("The texts themselves"), anchor=False)
    _list(run, found)
    return True


@st.fragment
@trouble.guarded
def _list(run: Run, found: Mapping[str, Any]) -> None:
    ways = {"worst": say("Most wrong"), "doubtful": say("Most doubtful")}
    ways = {name: label for name, label in ways.items() if found[name]}
    way = next(iter(ways))
    if len(ways) > 1:
        way = st.segmented_control(
            say("Which texts"), list(ways), default=way, format_func=ways.__getitem__,
            key=f"texts-way-{run.id}", label_visibility="collapsed", required=True,
        )  # fmt: skip
    by_place = {one["place"]: one for one in found["texts"]}
    entries = [by_place[place] for place in found[way]]
    _told(way)
    knows = any(one["pushes"] for one in entries)
    marked = knows and st.toggle(say("Mark the words that decided"), value=True, key=f"texts-marked-{run.id}")
    if marked:
        st.caption(decided.legend())
    more = f"texts-all-{run.id}-{way}"
    for one in entries if st.session_state.get(more) else entries[:FIRST]:
        _card(way, one, found["columns"], marked)
    with st.container(horizontal=True, gap="small"):
        if not st.session_state.get(more) and len(entries) > FIRST:
            st.button(
                say("Show {count} more", count=len(entries) - FIRST), key=f"more-{more}",
                icon=":material/expand_more:", on_click=st.session_state.update, args=({more: True},),
            )  # fmt: skip
        st.download_button(
            say("Download these texts"), lambda: as_csv(entries), file_name=f"{way}-texts.csv", mime="text/csv",
            key=f"texts-csv-{run.id}-{way}", icon=":material/download:", on_click="ignore",
        )  # fmt: skip


def _told(way: str) -> None:
    if way == "worst":
        st.caption(
            say(
                "Look for what they share: a wrong label, irony, a word that means something else here, or a topic that is rare."
            )
        )
    else:
        st.caption(
            say(
                "Here it could hardly decide; look whether their answers are right, and bring more of this kind."
            )
        )


def _card(way: str, one: Entry, columns: Sequence[str], marked: bool) -> None:
    with st.container(key=f"card-text-{way}-{one['place']}", border=True, gap="small"):
        st.markdown(verdict(one))
        for name in columns:
            if len(columns) > 1:
                st.caption(trouble.escape(name))
            _text(one["values"][name], one["pushes"][name] if marked and one["pushes"] else ())
        rest = others(one["values"], columns)
        if rest:
            st.caption(rest)


def _text(text: str, pushes: Sequence[Sequence[float]]) -> None:
    if not text.strip():
        st.caption(say("The text is empty."))
        return
    begin, end = shown_texts.excerpt(text, pushes, MOST)
    st.markdown(decided.part(text, pushes, begin, end))
    if (begin, end) != (0, len(text)):
        with st.expander(say("The whole text"), icon=":material/notes:"):
            st.markdown(decided.part(text, pushes, 0, min(len(text), MOST_WHOLE)))


def verdict(one: Entry) -> str:
    """What was said and what is true, in one line of Markdown."""
    true, said = (trouble.escape(_short(one[name])) for name in ("true", "said"))
    row = say(":gray[row {row:,}]", row=one["row"] + 1)
    if one["chance"] is None:
        return say("It is **{true}**, answered **{said}**", true=true or "–", said=said or "–") + f" · {row}"
    sure = trouble.escape(named.chance(one["chance"]))
    if one["true"] == one["said"]:
        return say(":green[✓] Rightly **{said}**, {sure} sure", said=said, sure=sure) + f" · {row}"
    return (
        say(
            ":red[✗] Answered **{said}**, {sure} sure; it is **{true}**, which it gave {chance}",
            said=said, sure=sure, true=true, chance=trouble.escape(named.chance(one["true_chance"])),
        )
        + f" · {row}"
    )  # fmt: skip


def others(values: Mapping[str, str], texts: Sequence[str]) -> str:
    """What else the network saw of the row, in Markdown."""
    rest = [(name, value) for name, value in values.items() if name not in texts and value.strip()]
    told = [f"{named.short(name)}: {named.short(value)}" for name, value in rest[:MOST_OTHERS]]
    return " · ".join(told) + (" …" if len(rest) > MOST_OTHERS else "")


def _short(value: Any) -> str:
    text = f"{value:,.6g}" if isinstance(value, (int, float)) else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def as_csv(entries: Sequence[Entry]) -> bytes:
    """The texts as a table, a row each: its number in the file, what was true and said, and the columns."""
    out = io.StringIO()
    names = list(dict.fromkeys(name for one in entries for name in one["values"]))
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["row", "true", "answered", "chance", *names])
    for one in entries:
        chance = "" if one["chance"] is None else one["chance"]
        values = [one["values"].get(name, "") for name in names]
        writer.writerow([one["row"] + 1, one["true"], one["said"], chance, *values])
    return out.getvalue().encode("utf-8-sig")
