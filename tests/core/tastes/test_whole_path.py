"""From a table of who had what to a model that recommends, here and outside."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas
import pytest

from core import datasets, prepare, proof, recommending, roles, runs, suggesting
from core.answer import Model
from core.goal import Goal
from core.layers import output
from core.spec import Spec
from core.tastes import pairs
from core.templates import SHELF, default_for
from core.worker import door
from tests.core.tastes.tables import taken

pytestmark = pytest.mark.heavy


def about(folder: Path) -> dict[str, str]:
    """Data sets with facts: of which half an item is, four new ones among them, and which taste a person has."""
    items = pandas.DataFrame(
        {"item": [f"i{n:02d}" for n in range(24)] + ["new a", "new b", "new c", "new d"]}
    )
    items["kind"] = ["sea"] * 12 + ["hills"] * 12 + ["sea", "sea", "hills", "hills"]
    items["price"] = [str(n % 5) for n in range(28)]
    persons = pandas.DataFrame({"user": [f"u{n:03d}" for n in range(60)], "likes": ["salt", "snow"] * 30})
    found = {}
    for name, table in (("items", items), ("persons", persons)):
        table.to_csv(folder / f"{name}.csv", index=False)
        found[name] = datasets.add(folder / f"{name}.csv").id
    return found


def in_hills(item: str) -> bool:
    """Whether an item is of the second half."""
    return item in ("new c", "new d") or (item[1:].isdigit() and int(item[1:]) >= 12)


def trained(folder: Path, template: str, fields: dict, timed: bool = True) -> runs.Run:
    table = taken(persons=60, items=24, each=8)
    columns = ["user", "item", "time"] if timed else ["user", "item"]
    path = folder / "taken.csv"
    table[columns].to_csv(path, index=False)
    data = datasets.add(path, "Taken")
    facts = datasets.profile(data.id)
    goal = roles.recommending(facts, Goal("item", "recommend", (), facts.kinds))
    if template == "two_towers_of_tastes":
        goal = replace(goal, tastes=replace(goal.tastes, **about(folder)))
    ready = prepare.prepare(data.id, goal)
    assert default_for(ready.facts) == (
        template if timed and template != "matrix_factorisation" else DEFAULTS[timed]
    )
    graph = SHELF[template].graph(ready.facts, fields)
    training = {"epochs": 25, "minutes": 1.0, "jit_compile": "off", "batch_size": 8}
    run = runs.create(Spec(data.id, goal, template, graph, training, name="Tastes"))
    door.enter(run.folder)
    return run


DEFAULTS = {True: "next_items", False: "item_to_item"}
SMALL = {"width": 16, "depth": 1, "dropout": 0.0}
CASES = {  # the template, its fields, whether there are times, and whether items count as too many to score them all at once
    "facts": ("two_towers_of_tastes", SMALL, True, False),
    "facts, many": ("two_towers_of_tastes", SMALL, True, True),
    "next": ("next_items", SMALL, True, False),
    "next, many": ("next_items", SMALL, True, True),
    "solved": ("item_to_item", {}, False, False),
    "factors": ("matrix_factorisation", {"width": 8}, True, False),
    "factors, many": ("matrix_factorisation", {"width": 8}, True, True),
}


@pytest.fixture(scope="module", params=list(CASES))
def finished(request, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, runs.Run]:
    folder = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MODELYARD_HOME", str(folder / "workspace"))
        template, fields, timed, many = CASES[request.param]
        if many:
            patch.setattr(output, "MOST_SCORED", 10)
            patch.setattr(output, "SAMPLED", 12)
            patch.setattr(pairs, "MOST_ITEMS", 10)
        return folder / "workspace", trained(folder, template, fields, timed)


@pytest.fixture
def run(finished: tuple[Path, runs.Run], monkeypatch: pytest.MonkeyPatch) -> runs.Run:
    monkeypatch.setenv("MODELYARD_HOME", str(finished[0]))
    return finished[1]


def test_it_beats_the_bestsellers_and_says_so_first(run: runs.Run):
    assert run.state().name == "done", run.state()
    results = run.results()
    metrics = results["metrics"]
    assert metrics["test"]["ndcg_10"] > metrics["baselines"]["bestsellers"]["ndcg_10"] + 0.1
    assert {"bestsellers", "item_cosine"} <= set(metrics["baselines"])
    assert ("recent_bestsellers" in metrics["baselines"]) == results["asked"]["ordered"]
    assert (
        metrics["intervals"]["ndcg_10"][0] <= metrics["test"]["ndcg_10"] <= metrics["intervals"]["ndcg_10"][1]
    )
    assert 0 < metrics["test"]["coverage"] <= 1
    if run.spec().template != "item_to_item":  # as before the linear model learned from these events too
        assert metrics["validation"]["ndcg_10"] == pytest.approx(results["beside"]["alone"][2], abs=0.003)


def test_nobody_is_shown_what_they_had_unless_asked_for(run: runs.Run):
    model = Model.open(run)
    table = datasets.table(run.spec().data, ["user", "item"])
    found = model.recommended(table["user"].tolist(), most=30)
    had = set(map(tuple, table.to_numpy().tolist()))
    assert list(found) == ["user", "item", "rank", "score"]
    assert not had & set(map(tuple, found[["user", "item"]].to_numpy().tolist()))
    kept = model.recommended(["u000"], most=30, keep_seen=True)
    assert len(kept) == len(model.tastes["items"])
    unseen = len(model.tastes["items"]) - 8
    assert sorted(found[found["user"] == "u000"]["rank"]) == list(range(1, unseen + 1))


def test_somebody_new_who_clicked_gets_what_suits_and_reasons(run: runs.Run):
    model = Model.open(run)
    table = datasets.table(run.spec().data, ["user", "item"])
    clicks = table["item"][table["user"] == "u001"].tolist()[:4]
    said = suggesting.for_person(model, "", clicks, most=5)
    assert not said["known"]
    assert said["count"] == 4
    assert all(in_hills(one["item"]) for one in said["shown"][:3])  # of the same half of the items
    assert set(said["shown"][0]["because"]) <= set(clicks)
    assert suggesting.for_person(model, "never seen")["shown"]
    assert all(0 < one["score"] <= 1 for one in suggesting.alike(model, clicks[0]))
    assert suggesting.alike(model, "no such item") == []
    assert suggesting.for_person(model, " U001 ")["known"]


def test_more_variety_shows_items_that_fewer_persons_had_together(run: runs.Run):
    model = Model.open(run)

    def shown(variety: float) -> list[str]:
        return [one["item"] for one in suggesting.for_person(model, "u000", most=6, variety=variety)["shown"]]

    def alike(items: list[str]) -> float:
        near = {
            (one, other["item"]): other["score"]
            for one in items
            for other in suggesting.alike(model, one, 30)
        }
        return sum(near.get((one, other), 0.0) for one in items for other in items)

    assert shown(0.0)[0] == shown(0.3)[0] == shown(1.0)[0]  # the best one stays the first
    assert len(set(shown(1.0))) == 6
    assert alike(shown(1.0)) < alike(shown(0.0))


def test_new_items_and_new_persons_are_served_by_their_facts(run: runs.Run):
    if run.spec().template != "two_towers_of_tastes":
        return
    model = Model.open(run)
    found = model.recommended(["u000", "u001"], most=30)
    for person, ahead, behind in (("u000", "new a", "new c"), ("u001", "new d", "new b")):
        rank = found[found["user"] == person].set_index("item")["rank"]
        assert rank[ahead] < rank[behind]
    told = {"likes": ["salt", "snow"]}
    new = model.recommended(["somebody", "another"], most=5, columns=told)
    first = {person: rows["item"].iloc[0] for person, rows in new.groupby("user")}
    assert not in_hills(first["somebody"])
    assert in_hills(first["another"])


def test_items_can_be_limited_to_those_with_a_value(run: runs.Run):
    model = Model.open(run)
    known = recommending.choices(model.recipes)
    if run.spec().template != "two_towers_of_tastes":
        assert known == {}
        return
    assert known["kind"] == ["hills", "sea"]
    hills, both = (
        suggesting.for_person(model, "u001", most=28, keep_seen=True, only=only)["shown"]
        for only in ([("kind", "hills")], [("kind", "hills"), ("kind", "sea")])
    )
    assert len(hills) == 14
    assert all(in_hills(one["item"]) for one in hills)
    assert len(both) == 28
    ranked = [one["item"] for one in both if in_hills(one["item"])]
    assert [one["item"] for one in hills] == ranked  # the same order, only fewer


def test_it_answers_the_same_outside(run: runs.Run):
    _, proved = proof.export(run, "python_zip")
    assert proved["equal"], proved


def test_solved_weights_are_the_closed_form_in_the_network_too(run: runs.Run):
    if run.spec().template != "item_to_item":
        return
    model = Model.open(run)
    had = np.eye(len(model.tastes["items"]) + 1, dtype=np.float32)
    assert np.abs(model.scored({"had": had}) - model.tastes["weights"]).max() < 1e-5
    assert recommending.TASTES in {path.name for path in run.folder.iterdir()}
