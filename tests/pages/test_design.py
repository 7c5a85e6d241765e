"""The design page around the editor: templates, drawings by name, versions, files."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core import drawings, prepare, projects
from core.drawings import Drawing
from core.graph import Graph
from core.projects import Project
from core.templates import DEFAULT
from core.templates import SHELF as TEMPLATES
from pages.parts import catalog
from tests.pages.patience import SECONDS

Visit = Callable[..., AppTest]
EDITOR = "modelyard-editor.editor"


def proposal(project: Project) -> Graph:
    """What the project's template proposes now."""
    facts = prepare.load(project.prepared).facts
    return TEMPLATES[project.template or DEFAULT].graph(facts, project.template_fields)


def now(project: Project) -> Project:
    return projects.load(project.id)


def current(project: Project) -> Drawing | None:
    return drawings.current(now(project))


def handed(app: AppTest) -> dict[str, Any]:
    """What the page hands to the editor in the browser."""
    (found,) = [e for e in app.get("bidi_component") if e.proto.component_name == EDITOR]
    return json.loads(found.proto.json or found.proto.mixed.json)


def field(app: AppTest, label: str) -> Any:
    return next(n for n in app.number_input if n.label == label)


@pytest.fixture
def drawn(asked: Project, changed_graph: Graph) -> Drawing:
    """A drawing of the project in which one layer was changed by hand."""
    return drawings.create(asked, "Mine", changed_graph)


def test_the_editor_gets_all_that_it_needs(visit: Visit, asked: Project):
    data = handed(visit("design", project=asked.id))
    assert data["graph"] == proposal(asked).to_json()
    assert data["report"]["ok"]
    assert data["rows"] > 0
    assert data["trained"] == ""
    assert set(data["catalog"]) == {"id", "at"}
    assert {"load", "stamp", "key", "api", "language", "proposed", "parts"} <= set(data)


def test_every_kind_of_layer_is_in_a_group_of_the_palette():
    every = catalog.catalog()
    groups = {group["name"] for group in every["groups"]}
    assert len(every["kinds"]) >= 40
    for name, kind in every["kinds"].items():
        assert kind["group"] in groups, name
        assert kind["label"], name
        assert kind["help"], name


def test_a_changed_template_field_is_proposed_at_once(visit: Visit, asked: Project):
    app = visit("design", project=asked.id)
    before = handed(app)["load"]
    field(app, "Units per step").set_value(7).run()
    assert now(asked).template_fields["size"] == 7
    data = handed(app)
    assert data["load"] != before
    assert data["report"]["layers"]["hidden_1"]["shape"][-1] == 7


def test_a_drawing_of_ones_own_is_shown_and_the_template_can_come_back(
    visit: Visit, asked: Project, drawn: Drawing
):
    app = visit("design", project=asked.id)
    assert handed(app)["graph"] == drawn.graph.to_json()
    assert not [n for n in app.number_input if n.label == "Units per step"]
    app.button(key="start-over").click().run()
    assert current(asked).graph == proposal(asked)
    assert handed(app)["graph"] == proposal(asked).to_json()
    assert handed(app)["load"] != drawn.load
    (kept,) = drawings.versions(asked.id, drawn.id)
    assert kept.graph == drawn.graph


def test_another_template_keeps_what_was_drawn_as_a_version(visit: Visit, asked: Project, drawn: Drawing):
    app = visit("design", project=asked.id)
    app.segmented_control[0].set_value("wide_and_deep").run()
    assert now(asked).template == "wide_and_deep"
    assert current(asked).graph == proposal(now(asked))
    (kept,) = drawings.versions(asked.id, drawn.id)
    assert kept.graph == drawn.graph
    assert not app.exception
    assert not app.error


def test_another_template_without_a_drawing_only_proposes_anew(visit: Visit, asked: Project):
    app = visit("design", project=asked.id)
    app.segmented_control[0].set_value("wide_and_deep").run()
    assert current(asked) is None
    assert handed(app)["graph"] == proposal(now(asked)).to_json()


def test_what_this_window_drew_is_not_handed_back_to_it(visit: Visit, asked: Project, changed_graph: Graph):
    app = visit("design", project=asked.id)
    first = handed(app)
    window = first["api"].split("/")[3]
    saved = drawings.save(asked.id, "", changed_graph, first["stamp"], window)
    app.run()
    assert handed(app)["load"] == first["load"]
    assert handed(app)["stamp"] == saved.drawing.stamp
    assert handed(app)["api"].split("/")[2] == saved.drawing.id


def test_what_another_window_drew_is_taken_over(visit: Visit, asked: Project, changed_graph: Graph):
    app = visit("design", project=asked.id)
    first = handed(app)
    drawings.save(asked.id, "", changed_graph, first["stamp"], "another")
    app.run()
    second = handed(app)
    assert second["load"] != first["load"]
    assert second["graph"] == changed_graph.to_json()
    app.run()
    assert handed(app)["load"] == second["load"]


def test_an_empty_canvas_is_calm(visit: Visit, asked: Project):
    app = visit("design", project=asked.id)
    app.button(key="new-empty").click().run()
    assert current(asked).graph == Graph(())
    assert app.button(key="onward").disabled
    assert not app.exception


def dialog(call: str, *values: str) -> AppTest:
    """A dialog's content on a page of its own: what is clicked in a dialog draws only that anew."""
    script = f"from pages.parts import drawing_menu, exchange, versions\nfrom tests.pages.test_design import facts\n{call}"
    return AppTest.from_string(
        script.replace("VALUES", ", ".join(map(repr, values))), default_timeout=SECONDS
    ).run()


def facts(project: str) -> dict[str, Any]:
    """The facts of a project's prepared rows."""
    return prepare.load(projects.load(project).prepared).facts


def test_drawings_are_made_copied_and_chosen(visit: Visit, asked: Project, drawn: Drawing):
    app = visit("design", project=asked.id)
    app.button(key="copy").click().run()
    copy = current(asked)
    assert (copy.name, copy.graph) == ("Mine, copy", drawn.graph)
    next(box for box in app.selectbox if box.label == "Drawing").set_value(drawn.id).run()
    assert current(asked).id == drawn.id
    app.button(key="delete").click().run()
    assert current(asked).id == drawn.id  # it asks first
    app.button(key="new-template").click().run()
    assert len(drawings.everything(asked.id)) == 3
    assert not app.exception
    assert not app.error


def test_a_drawing_is_renamed(asked: Project, drawn: Drawing):
    app = dialog("drawing_menu.rename(VALUES)", asked.id, drawn.id)
    app.text_input(key=f"name-{drawn.id}").set_value("Wide")
    app.button(key="rename-now").click().run()
    assert current(asked).name == "Wide"


def test_a_drawing_is_deleted_when_that_was_asked_twice(asked: Project, drawn: Drawing):
    app = dialog("drawing_menu.delete(VALUES)", asked.id, drawn.id)
    assert current(asked) == drawn
    app.button(key="delete-now").click().run()
    assert current(asked) is None


def test_a_version_is_kept_compared_and_brought_back(asked: Project, drawn: Drawing):
    call = f"versions.body(VALUES, facts({asked.id!r}))"
    app = dialog(call, asked.id, drawn.id)
    app.button(key="keep").click().run()
    (kept,) = drawings.versions(asked.id, drawn.id)
    drawings.save(asked.id, drawn.id, proposal(asked), drawn.stamp)
    app = dialog(call, asked.id, drawn.id)
    said = "\n".join(e.value for e in app.markdown)
    assert "Version 1" in said
    app.toggle(key="compare-1").set_value(True).run()
    assert any("hidden" in e.value for e in app.markdown)
    app.button(key="back-1").click().run()
    assert current(asked).graph == kept.graph
    assert not app.exception
    assert not app.error


def bring_in(project: Project, name: str, content: bytes) -> AppTest:
    """The dialog that brings a file in, after the file was given to it."""
    app = dialog(f"exchange.body({project.id!r}, facts({project.id!r}))")
    app.file_uploader(key="import-file").set_value([(name, content, "application/json")])
    return app.run()


def test_a_drawing_that_was_taken_away_comes_back(asked: Project, drawn: Drawing):
    app = bring_in(asked, "graph.json", json.dumps(proposal(asked).to_json()).encode())
    assert current(asked) == drawn  # it asks first
    app.button(key="import-now").click().run()
    assert current(asked).graph == proposal(asked)
    assert [kept.graph for kept in drawings.versions(asked.id, drawn.id)] == [drawn.graph]


@pytest.mark.parametrize(("name", "content"), [
    ("graph.json", b"{"), ("graph.json", b"[]"), ("graph.json", b'{"version": 9, "layers": []}'),
    ("graph.json", b'{"version": 1, "layers": [{"name": "a", "kind": "nope"}]}'),
    ("model.keras", b"PK"), ("model.keras", b""), ("<b>.json", b"\xff\xfe\x00"),
])  # fmt: skip
def test_a_file_that_holds_no_drawing_is_told_in_two_sentences_and_not_kept(
    asked: Project, drawn: Drawing, name: str, content: bytes
):
    app = bring_in(asked, name, content)
    assert not app.exception
    assert len(app.error) == 1
    assert "our side" not in app.error[0].value
    assert current(asked) == drawn


def test_hostile_names_are_shown_as_they_are(visit: Visit, asked: Project, changed_graph: Graph):
    name = "<script>alert(1)</script> *_[x](y)_* $a$ :red[x]"
    drawings.create(asked, name, changed_graph)
    app = visit("design", project=asked.id)
    app.button(key="versions").click().run()
    assert not app.exception
    assert not any(name in e.value for e in app.markdown)


def test_an_old_project_with_a_drawing_of_its_own_opens(visit: Visit, asked: Project, changed_graph: Graph):
    projects.change(asked, graph=changed_graph.to_json())
    app = visit("design", project=asked.id)
    assert handed(app)["graph"] == changed_graph.to_json()
    assert current(asked).graph == changed_graph


def test_a_drawing_of_an_earlier_question_shows_its_faults(visit: Visit, asked: Project):
    graph = {"version": 1, "layers": [
        {"name": "pictures", "kind": "input"}, {"name": "answer", "kind": "output", "inputs": ["pictures"]},
    ]}  # fmt: skip
    drawings.create(asked, "Old", Graph.from_json(graph))
    app = visit("design", project=asked.id)
    assert not app.exception
    assert any("“pictures” has to be put right" in e.value for e in app.markdown)
    assert app.button(key="onward").disabled
