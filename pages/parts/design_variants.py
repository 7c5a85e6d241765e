"""Design, for pictures: some of them as training sees them, each time a little different."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from core import prepare, variants
from core.graph import Graph
from core.projects import Project
from core.results.shown import enlarged
from core.templates._pictures import sources
from core.thumbnails import png
from core.words import say

PICTURES, EACH = 2, 7
WIDTH = 104


def draw(project: Project, graph: Graph, facts: Mapping[str, Any]) -> None:
    """A folded row of variants for each of two pictures; nothing where no layer changes pictures at random."""
    varying = {source: variants.changing(graph, facts, source) for source in sources(facts)}
    if not any(varying.values()):
        return
    with st.expander(say("How pictures look while it learns"), icon=":material/auto_awesome_motion:"):
        st.caption(
            say(
                "First the picture itself, then what training makes of it. They should all still mean the same to you."
            )
        )
        number = st.session_state.setdefault(f"varied-{project.id}", 0)
        inputs, truth = prepare.load(project.prepared).arrays("train")
        for source, layers in varying.items():
            for place in _places(number, len(truth)) if layers else ():
                _row(f"{source}-{place}", np.asarray(inputs[source][place]), layers, number)
        if st.button(say("Others"), key=f"varied-others-{project.id}", icon=":material/refresh:"):
            st.session_state[f"varied-{project.id}"] = number + 1
            st.rerun(scope="fragment")


def _places(number: int, rows: int) -> list[int]:
    """Two training rows, other ones each time, the same for everybody."""
    dice = np.random.default_rng(number)
    return sorted(int(place) for place in dice.choice(rows, min(PICTURES, rows), replace=False))


def _row(key: str, picture: np.ndarray, layers: list[Any], number: int) -> None:
    with st.container(key=f"varied-{key}", horizontal=True, gap="small"):
        st.image(png(enlarged(picture)), width=WIDTH)
        for seed in range(EACH):
            st.image(png(enlarged(variants.varied(picture, layers, 100 * number + seed))), width=WIDTH)
