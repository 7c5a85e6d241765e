"""The picture of the network on a page: it can be clicked, and stays where it is when it is drawn again."""

import streamlit as st

from core.graph import Graph, Report
from pages.parts.network import picture

# The page's own HTML element takes no SVG. The HTML that arrives here is ours alone: `picture` escapes all names.
SCRIPT = """
const last = new WeakMap();
export default function ({ parentElement, data, setTriggerValue }) {
  const mount = parentElement.querySelector(".mount");
  if (last.get(mount) !== data.html) {
    last.set(mount, data.html);
    mount.innerHTML = data.html;
  }
  mount.onclick = (event) => {
    const box = event.target.closest("[data-layer]");
    if (box) setTriggerValue("clicked", box.dataset.layer);
  };
}
"""

_mount = st.components.v2.component("modelyard_network", html='<div class="mount"></div>', js=SCRIPT)


def draw(graph: Graph, report: Report, key: str, selected: str = "") -> str:
    """Draw it here, and answer the name of the layer that was clicked just now, or an empty text."""
    html = picture(graph, report, selected)
    result = _mount(key=key, data={"html": html}, on_clicked_change=lambda: None)
    return result.clicked or ""
