"""Use of a model that finds answers: a conversation as a customer would see it."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from core import home
from core.results import unsure
from core.runs import Run
from core.tokens import lengths
from core.words import say
from pages.parts import helpers, named, place, trouble

OFFERED = 3
LONGEST_LABEL, LONGEST_SHOWN = 90, 4_000
LONGEST_ASKED = 2_000  # characters of a question
FEWEST = 10  # questions from which on a share is told
KNOWN = 0.95
ASKS, ANSWERS = ":material/person:", ":material/support_agent:"


def chat(run: Run) -> None:
    """The conversation, and where the next question is written."""
    st.subheader(say("Ask it something"), anchor=False)
    st.caption(
        say(
            "This is what a customer would see. Every question is answered by itself, from the list of answers."
        )
    )
    _conversation(run)


@st.fragment
@trouble.guarded
def _conversation(run: Run) -> None:
    said = place.conversation(run.id)
    with st.container(key="card-chat", border=True):
        log = st.container(key="chat-log")
        asked = (
            st.chat_input(say("Your question"), key=f"ask-{run.id}", max_chars=LONGEST_ASKED) or ""
        ).strip()
        if asked:
            said = place.keep_conversation(
                run.id, [*said, {"who": "user", "text": asked}, answered(run, asked, helpers.MODEL.ask)]
            )
        with log:
            if not said:
                with st.chat_message("assistant", avatar=ANSWERS):
                    st.markdown(say("Hello! What would you like to know?"))
            for number, one in enumerate(said):
                _bubble(run, said, number, one)
        if said:
            st.button(
                say("Clear the conversation"), key="chat-clear", icon=":material/delete_sweep:", type="tertiary",
                on_click=place.keep_conversation, args=(run.id, []),
            )  # fmt: skip


def answered(run: Run, question: str, ask: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """What it says to a question, as it is kept in the conversation; `ask` asks `core.answering`."""
    columns = list(dict.fromkeys(recipe["column"] for recipe in (run.recipes() or {})["columns"]))
    asked = {name: [question if name == columns[0] else ""] for name in columns}
    said = ask({"folder": str(run.folder), "columns": asked})
    nearest = []
    for number in range(1, OFFERED + 1):
        text = said.get(f"answer_{number}", [""])[0]
        if text and text not in nearest:
            nearest.append(text)
    return {
        "who": "assistant", "text": said["prediction"][0], "score": said["score"][0], "nearest": nearest,
        "cut": _cut(run, question),
    }  # fmt: skip


def _cut(run: Run, question: str) -> int:
    """How many words or parts of words are read, where the question is longer than that; else 0."""
    feature = (run.recipes() or {})["columns"][0]["features"][0]
    return feature["length"] if lengths(feature, [question])[0] > feature["length"] else 0


def _bubble(run: Run, said: list[dict[str, Any]], number: int, one: dict[str, Any]) -> None:
    if one["who"] == "user":
        with st.chat_message("user", avatar=ASKS):
            st.markdown(_shown(one["text"]))
        return
    with st.chat_message("assistant", avatar=ANSWERS):
        if one["text"]:
            st.markdown(_shown(one["text"]))
        else:
            st.markdown(unknown(one["nearest"]))
        if one.get("score") is not None:
            st.caption(sure(run, one["score"], bool(one["text"])))
        if one.get("cut"):
            st.caption(
                say(
                    "The question is long: only its first {count:,} words or parts of words were read.",
                    count=one["cut"],
                )
            )
        if not one["text"] and one["nearest"]:
            _offers(run, said, number, one["nearest"])


def unknown(nearest: list[str]) -> str:
    """What it says where it has no answer."""
    return say("I don't know the answer to that.") if nearest else say("I could not read a question there.")


def some_questions(run: Run, most: int = 3) -> list[str]:
    """A few questions of the test."""
    columns = home.read_json(run.folder / "samples.json")["columns"]
    texts = next(iter(columns.values()))[:-2]  # the last ones are made up
    return [text for text in dict.fromkeys(texts) if text.strip()][:most]


def _offers(run: Run, said: list[dict[str, Any]], number: int, nearest: list[str]) -> None:
    """The nearest answers, to be opened by whoever finds the right one among them."""
    st.markdown(say("Is it one of these?"))
    with st.container(key=f"chat-offers-{number}", gap="small"):
        for place_in, text in enumerate(nearest):
            label = " ".join(text.split())
            label = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
            chosen = {"who": "assistant", "text": text, "score": None, "nearest": []}
            st.button(
                trouble.escape(label), key=f"offer-{number}-{place_in}", width="stretch",
                on_click=place.keep_conversation, args=(run.id, [*said, chosen]),
            )  # fmt: skip


def sure(run: Run, score: float, answers: bool) -> str:
    """The score in words, by what such scores came to on the test questions."""
    if answers and score >= KNOWN:
        return say("Score {score:.2f}: it knows this question.", score=score)
    test = unsure.read(run, "test")
    means = unsure.meaning(test, score)
    if means.answered < FEWEST or means.good is None:
        return say("Score {score:.2f} of 1.", score=score)
    if answers:
        return say("Score {score:.2f}: of 100 test answers with this score or more, {right} were right.",
                   score=score, right=round(100 * means.good))  # fmt: skip
    return say("Score {score:.2f}: too low to answer.", score=score)


def _shown(text: str) -> str:
    """The text as Markdown shows it, its lines kept."""
    cut = text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
    return trouble.escape(cut).replace("\n", "  \n")


def about_file(run: Run) -> str:
    """What a file to answer has to hold."""
    names = dict.fromkeys(recipe["column"] for recipe in (run.recipes() or {})["columns"])
    return say(
        "A file of up to 1 GB with the questions in these columns: {columns}. Each gets the best answer, its score and up to five nearest.",
        columns=named.several(names, 8),
    )  # fmt: skip
