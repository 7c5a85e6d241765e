"""A model card tells what the run found, holds no rows, and asks nobody for anything."""

import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from core import home, proof, words
from core.errors import ExportError
from core.exports import SHELF, _card, _card_forms
from core.runs import Run
from core.words import Sentence

NAME = 'Leavers <script>alert("1")</script> | *2*'
SPEC = {
    "version": 1, "data": "16c66ae4a1b7c58e", "name": NAME, "template": "table_network", "training": {}, "seed": 7,
    "goal": {"target": "left", "task": "yes_no", "inputs": ["size", "a|b"], "split": {}, "kinds": {"left": "category", "size": "number", "a|b": "category"}},
    "graph": {"version": 1, "layers": [
        {"name": "numbers", "kind": "input", "inputs": [], "fields": {"source": "numbers"}},
        {"name": "answer", "kind": "output", "inputs": ["numbers"], "fields": {}},
    ]},
}  # fmt: skip
RESULTS = {
    "version": 1, "task": "yes_no", "target": "left", "main": "roc_auc", "seconds": 12.0, "best_epoch": 2,
    "rows": {"train": 700, "validation": 150, "test": 150, "left_out": 0},
    "metrics": {
        "test": {"roc_auc": 0.8459, "accuracy": 0.79}, "intervals": {"roc_auc": [0.82, 0.87]},
        "baselines": {"linear": {"roc_auc": 0.84, "accuracy": 0.8}},
    },
    "confusion": {"classes": ["no", "yes"], "counts": [[90, 10], [20, 30]]},
    "calibration": [{"said": 0.1, "was": 0.12, "rows": 100}, {"said": 0.8, "was": 0.7, "rows": 50}],
    "importance": [{"column": "size", "drop": 0.088, "spread": 0.01}],
    "worst": [{"row": 5, "values": {"size": "secret 4711"}, "true": "yes", "predicted": "no"}],
    "sentences": [{"text": "It is better than boosted decision trees.", "values": {}}], "warnings": [],
}  # fmt: skip
RECIPES = {
    "version": 1, "task": "yes_no", "target": {"column": "left", "as": "classes", "classes": ["no", "yes"]}, "inputs": {},
    "columns": [
        {"column": "size", "kind": "number", "features": [{"make": "bins", "edges": [0, 1, 2]}, {"make": "missing"}]},
        {"column": "a|b", "kind": "category", "features": [{"make": "lookup", "values": ["x", "y"]}]},
    ],
}  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A finished run as it lies on disk, with names that look like marks of Markdown and HTML."""
    folder = tmp_path / "run"
    folder.mkdir()
    for name, content in (("spec", SPEC), ("results", RESULTS), ("recipes", RECIPES)):
        home.write_json(folder / f"{name}.json", content)
    lines = [
        f'{{"at":1.0,"kind":"epoch","epoch":{n},"loss":{1 / n},"val_loss":{1.1 / n}}}\n' for n in (1, 2, 3)
    ]
    (folder / "events.jsonl").write_text("".join(lines), encoding="utf-8")
    home.write_json(
        folder / "made_with.json",
        {"settings": {"batch_size": 128}, "versions": {"keras": "3.15.1"}, "device": "CPU"},
    )
    return Run("20261123-151529-33218253", folder)


class Read(HTMLParser):
    """Which elements and attributes a page has, and whether all that was opened is closed."""

    def __init__(self, text: str):
        super().__init__()
        self.tags, self.open, self.attributes = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_it_says_figures_with_their_range_beside_simpler_answers(run: Run):
    text = _card_forms.files(run)["MODEL_CARD.md"]
    assert "| Ranking (ROC AUC) | 0.846 | 0.820 – 0.870 | 0.840 |" in text
    assert "It is better than boosted decision trees." in text
    assert "| yes | 50 | 30 | no (20) |" in text
    assert "by its place in 2 ranges; whether it is missing" in text
    assert "700 rows trained it, 150 chose when to stop, and 150 were kept apart for the test." in text
    assert all(word in text for word in ("3.15.1", "Licence of the model", "batch\\_size"))


def test_rows_of_the_table_are_not_passed_on(run: Run):
    assert not any("4711" in content for content in _card_forms.files(run).values())


def test_names_are_text_and_never_marks(run: Run):
    made = _card_forms.files(run)
    assert "<script" not in made["model_card.html"]
    assert "# Leavers \\<script\\>" in made["MODEL_CARD.md"]
    rows = [line for line in made["MODEL_CARD.md"].splitlines() if line.startswith("| a")]
    assert rows[0].startswith("| a\\|b | Category |")


def test_the_page_is_whole_and_asks_nobody_for_anything(run: Run):
    page = _card_forms.files(run)["model_card.html"]
    read = Read(page)
    assert read.open == []
    assert not {"script", "link", "img", "iframe", "object"} & set(read.tags)
    assert not [name for name, _ in read.attributes if name in ("src", "href") or name.startswith("on")]
    assert set(re.findall(r"https?://[^\"' ]+", page)) == {"http://www.w3.org/2000/svg"}
    assert read.tags.count("svg") == 3  # how far percentages hold, the network, the curves


def test_a_run_that_tells_little_has_a_card_all_the_same(run: Run):
    few = {name: RESULTS[name] for name in ("version", "task", "target", "main", "metrics")}
    home.write_json(run.folder / "results.json", few)
    (run.folder / "events.jsonl").unlink()
    (run.folder / "made_with.json").unlink()
    headings = [part.heading for part in _card.parts(run)]
    assert headings[0] == "What it answers"
    assert "Where it fails" not in headings


def test_it_speaks_the_users_language(run: Run):
    with words.speaking("zh_CN"):
        assert 'lang="zh-CN"' in _card_forms.files(run)["model_card.html"]


def test_it_is_packed_like_every_export_but_has_nothing_to_prove(run: Run, tmp_path: Path):
    path, proved = proof.export(run, "model_card", tmp_path / "out")
    assert proved == {}
    assert isinstance(SHELF["model_card"].LABEL, Sentence)
    assert run.proof("model_card")["file"] == path.name
    with zipfile.ZipFile(path) as file:
        assert file.namelist() == ["MODEL_CARD.md", "model_card.html"]


def test_a_run_without_results_has_no_card(tmp_path: Path):
    with pytest.raises(ExportError, match="no model"):
        SHELF["model_card"].write(Run("x", tmp_path), tmp_path / "out")


@pytest.mark.heavy
@pytest.mark.parametrize("task", ["yes_no", "amount_range", "many_of_many"])
def test_every_kind_of_run_has_a_card(trained: Callable[[str], Run], task: str):
    page = _card_forms.files(trained(task))["model_card.html"]
    assert Read(page).open == []
    assert "How good it is" in page
