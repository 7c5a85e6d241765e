"""The picture on a page: it is drawn, and nothing is clicked before somebody clicks."""

from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from core.graph import measure
    from core.templates import table_network
    from pages.parts.drawn import draw
    from tests.core.graph.drawings import FACTS

    graph = table_network.graph(FACTS, {})
    st.write(repr(draw(graph, measure(graph, FACTS), key="network")))


def test_the_picture_is_drawn_and_nothing_is_clicked_yet():
    app = AppTest.from_function(page).run()
    assert not app.exception
    assert app.markdown[0].value == "''"
