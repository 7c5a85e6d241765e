"""What the editor asks the server: every question is answered, whoever asks and whatever is sent."""

import asyncio
import json
import threading
import time
from dataclasses import dataclass
from json import dumps
from typing import Any

import pytest
from starlette.applications import Starlette

from core import blocks, datasets, drawings, prepare, projects, samples
from core.graph import Graph, Layer
from core.projects import Project
from core.suggest import suggest
from core.words import LANGUAGES
from pages.parts import chosen, drawing_routes, helpers

Plain = dict[str, Any]


@pytest.fixture
def project() -> Project:
    """A project about the penguins, with its rows prepared."""
    made = projects.create("Penguins", datasets.add(samples.find("penguins").path, "Penguins").id)
    goal = suggest(datasets.profile(made.data), "Species").goal
    return projects.change(made, goal=goal.to_json(), prepared=prepare.prepare(made.data, goal).id)


@dataclass
class Answer:
    """What the server said."""

    status_code: int
    text: str

    def json(self) -> Any:
        return json.loads(self.text)


class Client:
    """Asks our routes without a network between."""

    app = Starlette(routes=drawing_routes.ROUTES)

    def post(self, path: str, content: bytes = b"", json: Any = None, method: str = "POST") -> Answer:
        body = content if json is None else dumps(json).encode()
        parts = [body[start : start + 65_536] for start in range(0, len(body), 65_536)] or [b""]
        asked = iter({"type": "http.request", "body": part, "more_body": True} for part in [*parts, b""])
        sent: list[Any] = []

        async def receive() -> Any:
            return next(asked, {"type": "http.request", "body": b"", "more_body": False})

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"",
            "headers": [], "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 1), "root_path": "", "asgi": {"version": "3.0", "spec_version": "2.4"},
        }  # fmt: skip
        asyncio.run(self.app(scope, receive, send))
        return Answer(sent[0]["status"], b"".join(part.get("body", b"") for part in sent).decode())


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def ask(client: Client, project: Project):
    """Asks one question as the editor does: status and answer."""

    def question(name: str, drawing: str = "", window: str = "w1", **data: Any) -> tuple[int, Plain]:
        who = {"project": project.id, "key": drawing_routes.key(project.id), "language": "en"}
        address = f"/{drawing_routes.address(drawing, window)}{name}"
        answer = client.post(address, json={**who, **data})
        return answer.status_code, answer.json()

    return question


def proposal(project: Project) -> Graph:
    return chosen.proposal(project, chosen.facts(project))


def changed(project: Project, units: int) -> Plain:
    """The proposal with another number of units, as the browser sends it."""
    graph = proposal(project)
    return graph.replace(Layer("hidden_1", "dense", graph["hidden_1"].inputs, {"units": units})).to_json()


def chain(count: int) -> Plain:
    """So many layers one after the other."""
    layers = [{"name": "numbers", "kind": "input", "inputs": [], "fields": {}}]
    for number in range(count):
        layers.append({"name": f"d{number}", "kind": "dense", "inputs": [layers[-1]["name"]], "fields": {}})
    return {"version": 1, "layers": layers}


def save(ask: Any, project: Project, units: int, stamp: int, **more: Any) -> Plain:
    status, told = ask("save", stamp=stamp, rev=units, graph=changed(project, units), **more)
    assert status == 200, told
    return told


def kept(project: Project) -> drawings.Drawing | None:
    return drawings.current(projects.load(project.id))


def test_the_first_change_makes_a_drawing_and_tells_all_about_it(ask: Any, project: Project):
    told = save(ask, project, 9, drawings.proposed(project)[1])
    now = kept(project)
    assert now is not None
    assert now.graph["hidden_1"].fields == {"units": 9}
    assert (told["stamp"], told["rev"], told["elsewhere"]) == (now.stamp, 9, False)
    report = told["report"]
    assert report["ok"]
    assert report["layers"]["hidden_1"]["gives"] == "9 numbers"
    assert report["layers"]["hidden_1"]["shape"] == [9]
    assert sum(layer["share"] for layer in report["layers"].values()) == pytest.approx(1)
    assert len(report["totals"]) == 5
    assert all(total["label"] and total["value"] and total["help"] for total in report["totals"])
    assert report["words"]


def test_a_broken_drawing_is_kept_and_its_faults_are_told(ask: Any, project: Project):
    graph = {
        "version": 1,
        "layers": [layer for layer in changed(project, 4)["layers"] if layer["kind"] != "output"],
    }
    status, told = ask("save", stamp=0, rev=1, graph=graph)
    assert status == 200
    assert not told["report"]["ok"]
    assert told["report"]["faults"][0]["what"] == "The network has no output."
    assert kept(project) is not None


def test_two_windows_lose_nothing(ask: Any, project: Project):
    stamp = drawings.proposed(project)[1]
    first = save(ask, project, 5, stamp, window="w1")
    second = save(ask, project, 6, stamp, window="w2")
    assert (first["elsewhere"], second["elsewhere"]) == (False, True)
    now = kept(project)
    (version,) = drawings.versions(project.id, now.id)
    assert (version.graph["hidden_1"].fields["units"], now.graph["hidden_1"].fields["units"]) == (5, 6)


def test_an_answer_that_was_lost_is_asked_for_again_without_harm(ask: Any, project: Project):
    stamp = drawings.proposed(project)[1]
    save(ask, project, 5, stamp)
    again = save(ask, project, 5, stamp)
    assert not again["elsewhere"]
    assert drawings.versions(project.id, kept(project).id) == []


def test_a_window_that_was_left_open_saves_where_it_was_drawing(ask: Any, project: Project):
    stamp = save(ask, project, 5, 0)["stamp"]
    first = kept(project)
    drawings.create(projects.load(project.id), "Second", proposal(project))
    save(ask, project, 6, stamp, drawing=first.id)
    assert drawings.load(project.id, first.id).graph["hidden_1"].fields["units"] == 6
    assert kept(project).graph == proposal(project)


def test_a_thousand_quick_saves_leave_one_file(ask: Any, project: Project, workspace: Any):
    stamp = 0
    for units in range(1, 101):
        stamp = save(ask, project, units, stamp)["stamp"]
    files = [path for path in (workspace / "drawings").rglob("*") if path.is_file() and path.name != ".lock"]
    assert len(files) == 1


def test_a_ring_is_told_on_its_layer(ask: Any, project: Project):
    graph = chain(3)
    graph["layers"][1]["inputs"] = ["numbers", "d2"]
    status, told = ask("save", stamp=0, rev=1, graph=graph)
    assert status == 200
    assert not told["report"]["ok"]


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


def test_the_language_is_the_one_that_each_request_asks_for(client: Client, project: Project):
    heard: dict[str, set[str]] = {name: set() for name in LANGUAGES}

    def listen(name: str) -> None:
        for units in range(3, 9):
            asked = {"project": project.id, "key": drawing_routes.key(project.id), "language": name}
            told = client.post(
                "/api/drawing/save", json={**asked, "stamp": 0, "rev": 1, "graph": changed(project, units)}
            )
            heard[name].add(told.json()["report"]["words"][0])

    threads = [threading.Thread(target=listen, args=(name,)) for name in LANGUAGES for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {name: len(said) for name, said in heard.items()} == dict.fromkeys(LANGUAGES, 1)
    assert heard["en"] != heard["zh_CN"]


def test_links_that_do_not_fit_are_told_with_the_reason(ask: Any, project: Project):
    status, told = ask("fits", graph=proposal(project).to_json(), source="hidden_2")
    assert status == 200
    assert told["hidden_1"]
    assert told["numbers"]
    assert ask("fits", graph=proposal(project).to_json(), source="nobody")[0] == 422


def test_a_mend_is_carried_out_by_number(ask: Any, project: Project):
    graph = chain(1)
    _, told = ask("save", stamp=0, rev=1, graph=graph)
    fault = next(fault for fault in told["report"]["faults"] if fault["mends"])
    status, answer = ask("change", graph=graph, change={"do": "mend", "layer": fault["layer"], "number": 0})
    assert status == 200
    assert answer["graph"] != graph
    for number in (-1, 99):
        assert ask("change", graph=graph, change={"do": "mend", "layer": "", "number": number})[0] == 422


@pytest.mark.parametrize("change", [
    None, 3, [], {}, {"do": "explode"}, {"do": ["mend"]}, {"do": "mend"}, {"do": "open"}, {"do": "open", "layer": "x"},
    {"do": "wrap"}, {"do": "wrap", "layers": [], "title": "A"}, {"do": "wrap", "layers": [3], "title": "A"},
])  # fmt: skip
def test_a_change_that_there_is_not_is_refused(ask: Any, project: Project, change: Any):
    status, told = ask("change", graph=proposal(project).to_json(), change=change)
    assert status == 422
    assert told["what"]


def test_all_places_can_be_forgotten(ask: Any):
    graph = chain(1)
    graph["layers"][0]["place"] = [3, 4]
    _, told = ask("change", graph=graph, change={"do": "arrange"})
    assert told["graph"] == chain(1)


def test_chosen_layers_become_a_block_that_opens_again(ask: Any, project: Project):
    graph = proposal(project).to_json()
    status, told = ask("block", graph=graph, layers=["hidden_1", "dropout_1"], title="Step")
    assert status == 200, told
    ((name, kind),) = told["kinds"].items()
    assert kind["label"] == "Step"
    assert kind["preset"]["title"] == "Step"
    block = next(layer for layer in told["graph"]["layers"] if layer["kind"] == "own_block")
    status, opened = ask("change", graph=told["graph"], change={"do": "open", "layer": block["name"]})
    assert status == 200
    assert len(opened["graph"]["layers"]) == len(graph["layers"])
    assert ask("forget_block", id=name.removeprefix("own_block:")) == (200, {})
    assert blocks.everything() == ([], [])


@pytest.mark.parametrize("id", [None, 3, "../../secret", "", "x"])
def test_a_block_that_there_cannot_be_is_not_forgotten(ask: Any, id: Any):
    assert ask("forget_block", id=id)[0] == 422


def test_the_code_of_the_drawing_is_told(ask: Any, project: Project):
    status, told = ask("code", graph=proposal(project).to_json())
    assert status == 200
    assert "hidden_1" in told["code"]
    compile(told["code"], "script", "exec")


def test_the_code_of_a_broken_drawing_is_refused(ask: Any):
    assert ask("code", graph=chain(2))[0] == 422


@pytest.mark.heavy
def test_a_preview_is_answered_at_once_and_shown_once_the_helper_is_warm(ask: Any, project: Project):
    question = {"graph": proposal(project).to_json(), "layer": "hidden_1", "row": 0, "trained": False}
    try:
        began = time.perf_counter()
        assert ask("preview", **question) == (200, {"state": "warming"})
        assert time.perf_counter() - began < 2
        deadline = time.monotonic() + 120
        while (told := ask("preview", **question))[1].get(
            "state"
        ) == "warming" and time.monotonic() < deadline:
            time.sleep(0.5)
        assert told[0] == 200
        assert told[1]["state"] == "ready"
        assert isinstance(told[1]["words"], str)
        assert ask("preview", **{**question, "layer": "nobody"})[0] == 422
        assert ask("preview", **{**question, "row": "x"})[0] == 422
    finally:
        helpers.PREVIEW.end()


def test_fifty_layers_are_told_in_a_moment(ask: Any, project: Project):
    graph = chain(50)
    graph["layers"].append({"name": "answer", "kind": "output", "inputs": ["d49"], "fields": {}})
    times = []
    for rev in range(8):
        began = time.perf_counter()
        ask("save", stamp=0, rev=rev, graph=graph)
        times.append(time.perf_counter() - began)
    assert sorted(times)[len(times) // 2] < 0.1
