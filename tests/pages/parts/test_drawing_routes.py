"""What the editor asks the server: every question is answered."""

import threading
import time
from typing import Any

import pytest

from core import blocks, drawings, projects
from core.projects import Project
from core.words import LANGUAGES
from pages.parts import drawing_routes, helpers
from tests.pages.parts.asking import Client, chain, changed, kept, proposal, save


def test_the_first_change_makes_a_drawing_and_tells_all_about_it(ask: Any, project: Project):
    told = save(ask, project, 9, drawings.proposed(project)[1])
    now = kept(project)
    assert now is not None
    assert now.graph["hidden_1"].fields == {"units": 9}
    assert (told["stamp"], told["rev"], told["elsewhere"]) == (now.stamp, 9, False)
    report = told["report"]
    assert report["ok"]
    assert report["layers"]["hidden_1"]["gives"] == "16 × 9 numbers"
    assert report["layers"]["hidden_1"]["shape"] == [16, 9]
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


def test_a_fault_on_its_layer_does_not_say_the_layers_name(ask: Any, project: Project):
    graph = changed(project, 4)
    graph["layers"] += [{"name": "lost", "kind": "dense", "inputs": [], "fields": {}}]
    graph["layers"] += [{"name": "wild", "kind": "dense", "inputs": ["numbers"], "fields": {"units": -1}}]
    told = ask("save", stamp=0, rev=1, graph=graph)[1]["report"]["layers"]
    assert told["lost"]["fault"]["brief"] == "It needs one layer that feeds it, and has 0."
    assert told["wild"]["fault"]["what"].startswith("Layer “wild”: ")
    assert "wild" not in told["wild"]["fault"]["brief"]


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


def test_the_language_is_the_one_that_each_request_asks_for(client: Client, project: Project):
    heard: dict[str, set[str]] = {name: set() for name in LANGUAGES}

    def listen(name: str) -> None:
        for units in range(3, 9):
            asked = {"project": project.id, "key": drawing_routes.key(project.id), "language": name}
            told = client.post(
                "/api/drawing/save", json={**asked, "stamp": 0, "rev": 1, "graph": changed(project, units)}
            )
            assert told.status_code == 200, told.text
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
