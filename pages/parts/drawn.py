"""The picture of a network on a page."""

import streamlit as st

from core.graph import Graph, Report
from pages.parts.network import picture

# The page's own HTML element takes no SVG. The HTML that arrives here is ours alone: `picture` escapes all names.
SCRIPT = """
export default function ({ parentElement, data }) {
  parentElement.querySelector(".mount").innerHTML = data.html;
}
"""

_mount = st.components.v2.component("modelyard_network", html='<div class="mount"></div>', js=SCRIPT)


def draw(graph: Graph, report: Report, key: str) -> None:
    """Draw it here."""
    _mount(key=key, data={"html": picture(graph, report)})
