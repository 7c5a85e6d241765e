"""Every template for texts learns a plain question, and what is taken away answers the same in a fresh process."""

import zipfile
from pathlib import Path

import numpy as np
import pytest

from core import datasets, home, prepare, proof, runs
from core.answer import Model
from core.goal import Goal
from core.spec import Spec
from core.templates import SHELF
from core.worker import door
from tests.core.graph.drawings import TEXTS, facts

pytestmark = pytest.mark.heavy
TEMPLATES = [
    name for name in SHELF if SHELF[name].suits(facts(" ".join(TEXTS))) and not SHELF[name].suits(facts())
]
GOOD = ("excellent", "wonderful", "lovely", "fast", "friendly", "很好", "满意")
BAD = ("broken", "awful", "slow", "rude", "useless", "很差", "失望")
THINGS = ("phone", "hotel", "waiter", "battery", "screen", "delivery", "room", "酒店", "手机")


def written(place: Path) -> Path:
    """160 short remarks in two languages, beside a price that says nothing."""
    random = np.random.RandomState(0)
    lines = ["remark,price,mood"]
    for row in range(160):
        mood = ("good", "bad")[row % 2]
        word, other = (random.choice(GOOD if mood == "good" else BAD) for _ in range(2))
        thing, second = (random.choice(THINGS) for _ in range(2))
        lines.append(
            f"the {thing} was {word} and I found the {second} {other} 😀 number {row},{random.randint(90)},{mood}"
        )
    place.write_text("\n".join(lines), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, prepare.Prepared, Goal]:
    folder = tmp_path_factory.mktemp("texts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MODELYARD_HOME", str(folder / "workspace"))
        data = datasets.add(written(folder / "remarks.csv"), "Remarks")
        kinds = {"remark": "text", "price": "number", "mood": "category"}
        goal = Goal("mood", "yes_no", ("remark", "price"), kinds)
        return folder / "workspace", prepare.prepare(data.id, goal), goal


@pytest.fixture
def workspace(prepared: tuple[Path, prepare.Prepared, Goal], monkeypatch: pytest.MonkeyPatch) -> Path:
    """One workspace for all templates, so that the rows are made ready once."""
    monkeypatch.setenv("MODELYARD_HOME", str(prepared[0]))
    return prepared[0]


def test_all_templates_for_texts_are_tried():
    assert len(TEMPLATES) >= 6


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_learns_and_answers_the_same_outside(
    workspace: Path, prepared: tuple[Path, prepare.Prepared, Goal], template: str, tmp_path: Path
):
    _, rows, goal = prepared
    graph = SHELF[template].graph(rows.facts, {})
    training = {**SHELF[template].training(rows.facts), "epochs": 20, "patience": 20, "learning_rate": 5e-3}
    run = runs.create(Spec(rows.facts["data"], goal, template, graph, training, name="Remarks"))
    door.enter(run.folder)
    assert run.results()["metrics"]["test"]["accuracy"] > 0.8
    made = home.read_json(run.folder / "recipes.json")
    views = {entry.get("view") for entry in made["inputs"].values()}
    assert "texts" not in made["inputs"]  # what the network does not read is not taken along
    assert views - {None} == {rows.facts["inputs"][name].get("view") for name in _read(graph)} - {None}
    path, proved = proof.export(run, "python_zip")
    assert proved["equal"], proved
    with zipfile.ZipFile(path) as file:
        assert "tokens.py" in file.namelist()
        assert ("sentence_encoder.tokenizer.json" in file.namelist()) == ("meaning" in views)
    hostile = ["", "\ud800 \0 <b>x</b>", "一" * 3_000, "العربية", "never seen before " * 2_000]
    said = Model.open(run).answer({"remark": hostile, "price": ["1"] * len(hostile)})
    assert np.isfinite(np.asarray(said["probabilities"], float)).all()


def _read(graph) -> list[str]:
    return [layer.fields["source"] for layer in graph.layers if layer.kind == "input"]
