"""The picture shows every layer with its size, marks what is wrong, and lets no user's text become HTML."""

import re
from xml.etree import ElementTree

import pytest

from core import words
from core.graph import Graph, Layer, measure
from core.templates import SHELF
from pages.parts.network import picture
from tests.core.graph.drawings import FACTS, TEXTS, drawing, facts

# Sized by hand, so that the picture's words do not hang on how the template is tuned.
SIZED = {"size": 192}
SVG = "{http://www.w3.org/2000/svg}"


def shown(graph: Graph, known: dict = FACTS, **how) -> ElementTree.Element:
    """The SVG of the picture, read strictly."""
    html = picture(graph, measure(graph, known), **how)
    return ElementTree.fromstring(re.search(r"<svg.*</svg>", html, re.DOTALL).group())


def texts(svg: ElementTree.Element, layer: str) -> list[str]:
    box = next(g for g in svg.iter(f"{SVG}g") if g.get("data-layer") == layer)
    return [text.text for text in box.iter(f"{SVG}text")]


@pytest.mark.parametrize("template", list(SHELF))
@pytest.mark.parametrize("inputs", ["numbers", "categories", "numbers categories"])
@pytest.mark.parametrize("vertical", [True, False])
def test_every_layer_and_every_link_is_drawn(template: str, inputs: str, vertical: bool):
    every = (
        facts(inputs), facts(f"{inputs} photo"), facts("past ahead", "forecast"),
        facts(f"{inputs} {' '.join(TEXTS)}"), facts("asked_question reply_reply", "best_answer"), facts("text", "next_token"),
        facts("past person had", "recommend"),
        facts("source written", "rewrite"),
    )  # fmt: skip
    known = next(known for known in every if SHELF[template].suits(known))
    graph = SHELF[template].graph(known, {})
    svg = shown(graph, known, vertical=vertical)
    assert {g.get("data-layer") for g in svg.iter(f"{SVG}g")} == {layer.name for layer in graph.layers}
    links = [path for path in svg.iter(f"{SVG}path") if path.get("class") == "link"]
    assert len(links) == sum(len(layer.inputs) for layer in graph.layers)


def test_a_box_tells_kind_name_shape_and_weights():
    svg = shown(SHELF["table_network"].graph(FACTS, SIZED))
    assert texts(svg, "hidden_1") == ["Dense", "hidden_1", "192 numbers", "20,352 weights"]
    assert texts(svg, "categories") == ["Input", "categories", "16 categories"]
    assert texts(svg, "answer") == ["Output", "answer", "1 number", "193 weights"]


# Those of series, two towers, encoder and decoder, and the one that looks for phrases of three lengths, are wider: their ways lie side by side.
@pytest.mark.parametrize(
    "template",
    [
        t
        for t in SHELF
        if not SHELF[t].suits(facts("past ahead", "forecast"))
        and t not in ("text_convolution", "two_towers", "encoder_decoder")
    ],
)
def test_letters_are_at_least_eleven_pixels_on_a_phone_without_scrolling(template: str):
    known = next(
        known
        for known in (
            FACTS,
            facts("photo"),
            facts(" ".join(TEXTS)),
            facts("text", "next_token"),
            facts("past person had", "recommend"),
        )
        if SHELF[template].suits(known)
    )
    width = float(shown(SHELF[template].graph(known, {}), known).get("viewBox").split()[2])
    inside = 390 - 2 * 16  # what the page's margins leave
    assert 13 * min(1.0, inside / width) >= 10.85


def test_who_cannot_see_it_is_told_everything():
    svg = shown(SHELF["table_network"].graph(FACTS, SIZED))
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == "The network: 10 layers with 57,781 weights."
    assert "Dense “hidden_1”: 192 numbers, 20,352 weights." in svg.find(f"{SVG}desc").text


def test_the_faulty_layer_is_marked_and_later_ones_wait():
    graph = drawing(
        "numbers: input", "hidden: dense < numbers", "next: dense < hidden", "answer: output < next",
        hidden={"units": 0},
    )  # fmt: skip
    svg = shown(graph, selected="next")
    looks = {g.get("data-layer"): g.get("class").split() for g in svg.iter(f"{SVG}g")}
    assert looks["hidden"] == ["box", "learning", "wrong"]
    assert looks["next"] == ["box", "learning", "waiting", "selected"]
    assert "Needs mending" in texts(svg, "hidden")
    assert "Waits for hidden" in texts(svg, "answer")
    assert svg.get("aria-label") == "The network, with 1 fault to mend."


@pytest.mark.parametrize(
    "graph",
    [
        Graph(()),
        drawing("a: dense < a"),
        drawing("a: sparkle < ghost"),
        drawing("a: dense < b", "b: dense < a", "c: add < a d", "d: dense < c", "e: output < d"),
        drawing("x: input", "x: input", "y: dense < x", "x: dense < y"),
        drawing("x: input", *(f"d{i}: dense < {'x' if i == 0 else f'd{i - 1}'}" for i in range(300))),
    ],
)
def test_any_broken_drawing_can_be_looked_at(graph: Graph):
    svg = shown(graph)
    assert len(list(svg.iter(f"{SVG}g"))) == len(graph.layers)
    assert "nan" not in ElementTree.tostring(svg, "unicode")


def test_a_ring_shows_the_link_that_goes_backwards():
    svg = shown(drawing("x: input", "a: add < x b", "b: dense < a", "end: output < a"))
    back = [path for path in svg.iter(f"{SVG}path") if path.get("class") == "link back"]
    assert len(back) == 1


def test_names_never_become_html():
    evil = '<img src=x onerror="alert(1)">'
    graph = Graph((Layer(evil, evil), Layer("b", "dense", (evil,), {"units": evil})))
    html = picture(graph, measure(graph, FACTS), selected=evil)
    assert "<img" not in html
    assert len(list(shown(graph).iter(f"{SVG}g"))) == 2


def test_long_and_wide_names_are_cut_to_the_box():
    graph = drawing(f"{'w' * 80}: input", f"answer: output < {'w' * 80}")
    name = texts(shown(graph), "w" * 80)[1]
    assert name.endswith("…")
    assert len(name) < 30


def test_the_picture_speaks_through_the_catalogue():
    words.follow(lambda: "zh_CN")
    assert shown(SHELF["table_network"].graph(FACTS, {})).get("role") == "img"
