"""Results of finding answers: what a threshold means, the questions that were missed, and what to do next."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core.charts import replies as charts
from core.results import unsure
from core.results._rounded import hundred
from core.runs import Run
from core.words import say
from pages.parts import looks
from pages.parts.advice import Advice

Results = Mapping[str, Any]
SAME = 5e-4
FEWEST_ANSWERED = 3
FEW_QUESTIONS = 1.5  # for each answer


def curve(results: Results) -> None:
    """Share answered against share right."""
    looks.draw(charts.curve, results, key="curve")
    st.caption(
        say(
            "Below a score it can say that it does not know. The diamond is where it does so now; questions of the test only."
        )
    )


def draw(run: Run, results: Results) -> None:
    """The threshold, and the questions whose wrong answer it was surest of."""
    if unsure.has(run):
        st.subheader(say("When does it say “I don't know”?"), anchor=False)
        with st.container(key="card-unsure", border=True):
            _choose(run, results)
    _missed(results)


def _choose(run: Run, results: Results) -> None:
    validation, test = (unsure.read(run, side) for side in ("validation", "test"))
    now, proposed = results["unsure"]["threshold"], unsure.choose(validation)
    low, high = round(min(float(test.score.min()), now, 0.0), 2), 1.0
    value = st.slider(
        say("It answers from this score on"), low, high, min(max(round(now, 2), low), high), 0.01, key=f"unsure-{run.id}",
        help=say("A score of 1 means the same question or answer, word for word; 0 means that both have nothing in common."),
    )  # fmt: skip
    value = now if abs(value - now) < 0.005 else value
    means = unsure.meaning(test, value)
    if means.answered >= FEWEST_ANSWERED:
        st.markdown(
            say("Of 100 new questions it answers **{answered}**, and **{right}** of 100 of these answers are right. To the others it says that it does not know.",
                answered=hundred(means.share), right=hundred(means.good or 0.0))
        )  # fmt: skip
    else:
        st.markdown(
            say(
                "To nearly all new questions it says that it does not know, and offers the nearest answers instead."
            )
        )
    st.caption(
        say("Proposed from the validation questions: {score:.2f}. From there on, right answers exceed wrong ones by most; a question that it knows word for word is always answered.",
            score=proposed)
    )  # fmt: skip
    if abs(value - now) < SAME:
        st.caption(say("This is how the model answers now, here and in every export."))
    elif st.button(
        say("Answer like this from now on"), key="unsure-use", type="primary", icon=":material/check:"
    ):
        unsure.apply(run, value)
        st.rerun()


def _missed(results: Results) -> None:
    if not results["missed"]:
        return
    with st.expander(say("The questions where it was surest of a wrong answer"), icon=":material/search:"):
        st.caption(
            say(
                "Some of these answers may be right as well: then add them to your list. Others show what should be told apart."
            )
        )
        rows = [
            {
                **entry["values"],
                say("Its answer"): entry["predicted"],
                say("Answer in the table"): entry["true"],
                say("Score"): round(entry["score"], 2),
                say("Place of the right answer"): entry["rank"],
                say("Row"): entry["row"] + 1,
            }
            for entry in results["missed"]
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True)


def advice(results: Results) -> list[Advice]:
    """What may make the answers better, from what its figures carry."""
    asked, ahead, found = results["asked"], results["metrics"]["ahead"], []
    if results["best_epoch"] >= results.get("epochs", results["best_epoch"] + 1):
        sentence = say(
            "It was still getting better when training ended: allow it more epochs or more minutes."
        )
        found.append(Advice("schedule", sentence, "design"))
    if results["rows"]["train"] < FEW_QUESTIONS * asked["answers"]:
        sentence = say(
            "Most answers have a single question. Two or three more ways to ask for each of them would help most."
        )
        found.append(Advice("add", sentence, "data"))
    if (ahead["meaning_alone"][0] or 0.0) <= 0:
        sentence = say(
            "It is not surely better than without learning: try fewer units, or let more be left out."
        )
        found.append(Advice("tune", sentence, "design"))
    sentence = say("Ask it as your customers would, and note what it should have known.")
    return [*found[:2], Advice("chat", sentence, "use")]
