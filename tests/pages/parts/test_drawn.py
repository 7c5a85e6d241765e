"""The picture of a network stands on a page."""

from streamlit.testing.v1 import AppTest

from tests.pages.patience import SECONDS


def page() -> None:
    from core.graph import measure
    from core.templates import table_network
    from pages.parts.drawn import draw
    from tests.core.graph.drawings import FACTS

    graph = table_network.graph(FACTS, {})
    draw(graph, measure(graph, FACTS), key="network")


def test_the_picture_is_drawn():
    app = AppTest.from_function(page, default_timeout=SECONDS).run()
    assert not app.exception
    assert "<svg" in app.get("bidi_component")[0].proto.json
