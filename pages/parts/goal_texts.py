"""Goal, for texts: into which tokens they are cut, by itself or as somebody has chosen, and what comes of an example."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from core import datasets, prepare, tokens
from core.errors import DataError
from core.goal import Goal
from core.projects import Project
from core.tokenizers import SHELF as TOKENIZERS
from core.words import say
from pages.parts import trouble

ORDER = ("words", "word_pieces", "byte_pairs", "characters")
MOST_SHOWN = 14  # tokens of the example


def draw(project: Project, goal: Goal, save: Callable[[Goal], None]) -> None:
    """The choice; nothing where no input is a text."""
    if goal.task in ("forecast", "best_answer", "rewrite") or not any(
        goal.kinds[name] == "text" for name in goal.inputs
    ):
        return
    st.subheader(say("How texts are cut up"), anchor=False)
    every = ["", *sorted(TOKENIZERS, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER))]
    picked = st.selectbox(
        say("How texts are cut up"), every, index=every.index(goal.tokenizer) if goal.tokenizer in every else 0,
        format_func=_told, width=420, key=f"tokenizer-{project.id}-{goal.target}", label_visibility="collapsed",
        help=say("Networks that read a text word by word see it in these pieces. Counting words and knowing the meaning of whole texts have their own."),
    )  # fmt: skip
    if picked:
        st.caption(str(TOKENIZERS[picked].HELP))
    st.caption(_now(project))
    if picked != goal.tokenizer:
        save(replace(goal, tokenizer=picked))


def _told(name: str) -> str:
    return str(TOKENIZERS[name].LABEL) if name else say("Automatic: by language and number of texts")


def _now(project: Project) -> str:
    """How many tokens are known and what an example becomes, where the rows have been prepared already."""
    if not project.prepared:
        return say("An example is shown here once the rows are ready.")
    try:
        made = prepare.load(project.prepared).recipes
        name, entry = next((n, part) for n, part in made["inputs"].items() if part.get("view") == "tokens")
        text = next(filter(None, map(str, datasets.head(project.data, 50)[entry["of"]])), "")
    except (DataError, KeyError, StopIteration):
        return ""
    feature = next(recipe for recipe in made["columns"] if recipe["input"] == name)["features"][0]
    found = [text[begin:end] for _, begin, end in tokens.tokens(feature, text)]
    shown = " · ".join(token.strip() or "␣" for token in found[:MOST_SHOWN])
    return say(
        "{known:,} tokens are known, and the first {length:,} of a text are read. For example: {example}",
        known=entry["vocabulary"], length=entry["shape"][0],
        example=trouble.escape(shown) + (" …" if len(found) > MOST_SHOWN else ""),
    )  # fmt: skip
