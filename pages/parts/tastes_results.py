"""Results of recommending: who is served well and who is not, examples, and what to do next."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core.baselines import SHELF as BASELINES
from core.results._rounded import hundred
from core.tastes.linear import MOST_ITEMS
from core.words import Sentence, mark, say
from pages.parts.advice import Advice

Results = Mapping[str, Any]
GROUPS: Mapping[str, Sentence] = {
    "none": mark("New persons, of whom nothing is known"),
    "past_1": mark("Persons with 1 to 5 items before"),
    "past_6": mark("Persons with 6 to 20 items before"),
    "past_21": mark("Persons with more than 20 items before"),
    "popular": mark("Those who took a bestseller"),
    "rare": mark("Those who took something rarer"),
}
SHOWN = 5  # of the ten


def draw(results: Results) -> None:
    """For whom it works and for whom not, and some persons one by one."""
    st.subheader(say("For whom it works"), anchor=False)
    st.caption(
        say(
            "How many of 100 persons found something among the ten shown. Half of all rows are about the bestsellers."
        )
    )
    rows = [
        {
            say("Group"): str(GROUPS[group["group"]]), say("Persons"): group["persons"], say("This model"): hundred(group["hit"]),
            **{str(BASELINES[name].LABEL): hundred(share) for name, share in group["others"].items()},
        }
        for group in results["groups"]
    ]  # fmt: skip
    st.dataframe(pd.DataFrame(rows), hide_index=True)
    _examples(results)


def _examples(results: Results) -> None:
    with st.expander(say("Some persons of the test, one by one"), icon=":material/search:"):
        rows = [
            {
                say("Person"): one["person"], say("Had last"): ", ".join(one["had"]), say("Was shown"): ", ".join(one["shown"][:SHOWN]),
                say("Then took"): ", ".join(one["took"]), say("Its place in the list"): one["place"],
            }
            for one in results["examples"]
        ]  # fmt: skip
        st.dataframe(pd.DataFrame(rows), hide_index=True)


def advice(results: Results) -> list[Advice]:
    """What may make it better, from what its figures carry."""
    asked, found = results["asked"], []
    if not asked["ordered"]:
        sentence = say(
            "With a column that says when, it could learn what comes after what: that often helps most."
        )
        found.append(Advice("add", sentence, "goal"))
    share = (results["beside"] or {}).get("share", 0)
    if share == 1 and asked["items"] < MOST_ITEMS:
        found.append(
            Advice(
                "tune",
                say("Try the template “Item to item”: here it is as good, and ready in seconds."),
                "design",
            )
        )
    if results["best_epoch"] >= results.get("epochs", results["best_epoch"] + 1) > 1:
        sentence = say(
            "It was still getting better when training ended: allow it more epochs or more minutes."
        )
        found.append(Advice("schedule", sentence, "design"))
    return [
        *found[:2],
        Advice(
            "recommend", say("Look at what single persons are shown, and click together somebody new."), "use"
        ),
    ]
