"""Results for texts: pairs that are the same, or nearly so, with different answers, side by side and as a table to mend."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from core.results import same_texts
from core.runs import Run
from core.words import say
from pages.parts import trouble

FIRST = 3  # pairs that are shown
MOST = 300  # characters of a text

Pair = Mapping[str, Any]


def draw(run: Run) -> None:
    """The section; nothing where no texts contradict each other."""
    found = same_texts.read(run.folder)
    if found is None or not found["pairs"]:
        return
    st.subheader(say("Texts with two different answers"), anchor=False)
    for sentence in same_texts.told(found):
        st.markdown(trouble.escape(str(sentence)))
    st.caption(
        say("It cannot learn both. Mend the answers in your file, bring the file anew, and train again.")
    )
    exact = [pair for pair in found["pairs"] if pair["exact"]][:FIRST]
    near = [pair for pair in found["pairs"] if not pair["exact"]][:FIRST]
    for number, pair in enumerate([*exact, *near]):
        _pair(number, pair)
    st.download_button(
        say("Download all pairs as a table"), lambda: as_csv(found["pairs"]), file_name="different-answers.csv",
        mime="text/csv", key=f"same-csv-{run.id}", icon=":material/download:", on_click="ignore",
    )  # fmt: skip


def _pair(number: int, pair: Pair) -> None:
    with st.container(key=f"card-same-{number}", border=True):
        for side, column in zip(("first", "second"), st.columns(2, gap="large"), strict=True):
            with column:
                one = pair[side]
                st.markdown(
                    f"**{trouble.escape(_short(one['answer'], 60))}**  \n{trouble.escape(_short(one['text'], MOST))}"
                )
                row = say("Row {row:,}", row=one["row"] + 1)
                alike = say("{share:.0%} the same", share=pair["alike"])
                st.caption(row if side == "first" or pair["exact"] else f"{row} · {alike}")


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def as_csv(pairs: Sequence[Pair]) -> bytes:
    """Both texts of each pair, a row each, with an empty column for the answer that is right."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["pair", "row", "text", "answer", "alike", "right answer"])
    for number, pair in enumerate(pairs, start=1):
        for side in ("first", "second"):
            one = pair[side]
            writer.writerow([number, one["row"] + 1, one["text"], one["answer"], pair["alike"], ""])
    return out.getvalue().encode("utf-8-sig")
