"""The editor's routes hold against whoever asks and whatever is sent: nothing of it is kept."""

import json
import time
from typing import Any

import pytest

from core import blocks, projects
from core.projects import Project
from pages.parts import drawing_routes
from tests.pages.parts.asking import Client, Plain, chain, changed, kept, proposal

HOSTILE: list[Any] = [
    None, [], "graph", 7, {}, {"version": 2, "layers": []}, {"version": 1}, {"version": 1, "layers": 3},
    {"version": 1, "layers": {"a": 1}}, {"version": 1, "layers": [None]}, {"version": 1, "layers": [[]]},
    {"version": 1, "layers": [{"name": "a"}]}, {"version": 1, "layers": [{"name": "a", "kind": 3}]},
    {"version": 1, "layers": [{"name": "../../x", "kind": "dense"}]},
    {"version": 1, "layers": [{"name": "<script>", "kind": "dense"}]},
    {"version": 1, "layers": [{"name": "a" * 10_000, "kind": "dense"}]},
    {"version": 1, "layers": [{"name": "ünits", "kind": "dense"}]},
    {"version": 1, "layers": [{"name": "a", "kind": "dense", "fields": []}]},
    {"version": 1, "layers": [{"name": "a", "kind": "dense", "inputs": "abc"}]},
    {"version": 1, "layers": [{"name": "a", "kind": "dense", "inputs": [3]}]},
    {"version": 1, "layers": [{"name": "a", "kind": "dense", "place": "here"}]},
    {"version": 1, "layers": [{"name": "a", "kind": "dense", "place": [1]}]},
]  # fmt: skip


@pytest.mark.parametrize("graph", HOSTILE, ids=lambda graph: json.dumps(graph)[:60])
@pytest.mark.parametrize("name", ["save", "fits", "change", "code", "block"])
def test_what_is_no_graph_is_refused_in_two_sentences_and_not_kept(
    ask: Any, project: Project, graph: Any, name: str
):
    more = {"stamp": 0, "rev": 1, "source": "a", "change": {"do": "arrange"}, "layers": ["a"], "title": "A"}
    status, told = ask(name, graph=graph, **more)
    assert status == 422
    assert told["what"].endswith(".")
    assert told["fix"].endswith(".")
    assert kept(project) is None
    assert blocks.everything() == ([], [])


def test_a_hundred_thousand_layers_are_refused_at_once(ask: Any, project: Project):
    graph = {"version": 1, "layers": [{"name": f"a{n}", "kind": "add"} for n in range(100_000)]}
    began = time.perf_counter()
    status, told = ask("save", stamp=0, rev=1, graph=graph)
    assert status == 422
    assert "100,000 layers" in told["what"]
    assert time.perf_counter() - began < 5
    assert kept(project) is None


@pytest.mark.parametrize("fields", [
    {"units": 10**9}, {"units": -1}, {"units": "many"}, {"units": [[[]]]}, {"units": {"a": 1}}, {"no_such": 1},
    {"units": True}, {"activation": "os.system"},
])  # fmt: skip
def test_a_setting_outside_its_limits_is_a_fault_of_its_layer(ask: Any, project: Project, fields: Plain):
    graph = chain(1)
    graph["layers"][1]["fields"] = fields
    status, told = ask("save", stamp=0, rev=1, graph=graph)
    assert status == 200
    assert told["report"]["layers"]["d0"]["fault"]["what"]


def test_a_layer_of_an_unknown_kind_is_a_fault_of_its_own(ask: Any, project: Project):
    graph = chain(1)
    graph["layers"][1]["kind"] = "__import__"
    status, told = ask("save", stamp=0, rev=1, graph=graph)
    assert status == 200
    assert "which there is not" in told["report"]["layers"]["d0"]["fault"]["what"]


def test_a_layer_with_very_many_links_is_answered_soon(ask: Any, project: Project):
    graph = chain(1)
    graph["layers"][1] |= {"kind": "add", "inputs": ["numbers"] * 200_000}
    began = time.perf_counter()
    assert ask("save", stamp=0, rev=1, graph=graph)[0] in (200, 422)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("body", [
    b"", b"{", b"[]", b"null", b"3", b"\xff\xfe", b"[" * 100_000, b'{"a": "\\ud800"}', b"9" * 10_000,
])  # fmt: skip
def test_what_is_no_json_object_is_refused(client: Client, body: bytes):
    assert client.post("/api/drawing/save", content=body).status_code == 400


def test_more_than_four_megabytes_are_refused(client: Client):
    assert client.post("/api/drawing/save", content=b" " * (4 * 1024 * 1024 + 1)).status_code == 413


@pytest.mark.parametrize("who", [
    {}, {"key": None}, {"key": ""}, {"key": "0" * 32}, {"key": "é"}, {"key": 7}, {"project": None},
    {"project": ["a"]}, {"project": "../../x"}, {"key": "\u0000"},
])  # fmt: skip
def test_nobody_asks_without_the_key(client: Client, project: Project, who: Plain):
    asked = {"project": project.id, "stamp": 0, "rev": 1, "graph": changed(project, 3), **who}
    assert client.post("/api/drawing/save", json=asked).status_code == 403
    assert kept(project) is None


def test_the_key_of_one_project_opens_no_other(client: Client, project: Project):
    other = projects.create("Other", "")
    asked = {"project": project.id, "key": drawing_routes.key(other.id)}
    assert client.post("/api/drawing/save", json=asked).status_code == 403


def test_a_project_that_is_not_there_is_not_found(client: Client):
    asked = {"project": "gone", "key": drawing_routes.key("gone")}
    assert client.post("/api/drawing/save", json=asked).status_code == 404


def test_a_question_that_there_is_not_is_not_found(ask: Any):
    assert ask("delete_everything")[0] == 404


def test_only_posts_are_answered(client: Client):
    assert client.post("/api/drawing/save", method="GET").status_code == 405


@pytest.mark.parametrize("drawing", ["..", "20260101-000000-00000001", "%2e%2e", "x" * 300])
def test_a_drawing_that_is_not_there_becomes_a_new_one_or_is_refused(
    ask: Any, project: Project, drawing: str
):
    status, _ = ask("save", drawing=drawing, stamp=0, rev=1, graph=changed(project, 3))
    assert status in (200, 404, 422)


@pytest.mark.parametrize("wrong", [
    {"stamp": "1"}, {"stamp": None}, {"stamp": True}, {"stamp": 1.5}, {"rev": None}, {"rev": []},
])  # fmt: skip
def test_a_save_without_its_numbers_is_refused(ask: Any, project: Project, wrong: Plain):
    status, told = ask("save", **{"stamp": 0, "rev": 1, "graph": changed(project, 3), **wrong})
    assert status == 422
    assert told["fix"] == "Reload the page."
    assert kept(project) is None


def test_a_project_without_prepared_rows_is_told_so(ask: Any, project: Project):
    projects.change(project, prepared="")
    assert ask("save", stamp=0, rev=1, graph=chain(1))[0] == 422


@pytest.mark.parametrize("change", [
    None, 3, [], {}, {"do": "explode"}, {"do": ["mend"]}, {"do": "mend"}, {"do": "open"}, {"do": "open", "layer": "x"},
    {"do": "wrap"}, {"do": "wrap", "layers": [], "title": "A"}, {"do": "wrap", "layers": [3], "title": "A"},
])  # fmt: skip
def test_a_change_that_there_is_not_is_refused(ask: Any, project: Project, change: Any):
    status, told = ask("change", graph=proposal(project).to_json(), change=change)
    assert status == 422
    assert told["what"]


@pytest.mark.parametrize("id", [None, 3, "../../secret", "", "x"])
def test_a_block_that_there_cannot_be_is_not_forgotten(ask: Any, id: Any):
    assert ask("forget_block", id=id)[0] == 422
