"""The path that every project walks, as pages: their order, their names, and how to get there."""

from dataclasses import dataclass

import streamlit as st

from core.words import Sentence, mark


@dataclass(frozen=True)
class Step:
    """One page of the path.

    Args:
        name: The page's file and its address.
        title: What the header calls it.
        purpose: The line under the page's title that says where you are.
        onward: What the button that leads here says.
    """

    name: str
    title: Sentence
    purpose: Sentence
    onward: Sentence


STEPS = (
    Step(
        "data",
        mark("Data"),
        mark("Look at what came in and correct what was misunderstood."),
        mark("Look at the data"),
    ),
    Step(
        "goal",
        mark("Goal"),
        mark("Choose what you want to know and what the answer may be made from."),
        mark("Choose what to predict"),
    ),
    Step(
        "design",
        mark("Design"),
        mark("See the network that fits your data, and change it if you like."),
        mark("See the network"),
    ),
    Step(
        "train",
        mark("Train"),
        mark("Let the network learn, and watch it getting better."),
        mark("Go to training"),
    ),
    Step(
        "results",
        mark("Results"),
        mark("Read how good it is on rows that it never saw."),
        mark("See the results"),
    ),
    Step(
        "use",
        mark("Use"),
        mark("Try a row, score a file, or take the model away."),
        mark("Use the model"),
    ),
)
NAMES = tuple(step.name for step in STEPS)


def step(name: str) -> Step:
    """The step of that name."""
    return STEPS[NAMES.index(name)]


def page(name: str) -> st.Page:
    """The page as Streamlit knows it: one of `NAMES`, or `"home"`."""
    title = mark("Modelyard") if name == "home" else step(name).title
    return st.Page(f"../{name}.py", title=str(title), url_path=name, default=name == "home")
