"""From a table of pairs to a network that writes one text from another: trained, measured, asked, and taken away."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core import answering, datasets, home, prepare, proof, rewrite, runs
from core.answer import Model
from core.runs import Run
from core.spec import Spec
from core.suggest import rewriting, suggest
from core.templates import SHELF, default_for
from core.words import Sentence
from tests.core.rewriting.pairs import backwards

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    from core.worker import door

    place = tmp_path_factory.mktemp("rewriting")
    backwards(4_000, longest=4).to_csv(place / "pairs.csv", index=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MODELYARD_HOME", str(place / "workspace"))
        data = datasets.add(place / "pairs.csv")
        found = suggest(datasets.profile(data.id), "backwards", {"text": "text", "backwards": "text"})
        assert "rewrite" in found.tasks
        goal = rewriting("backwards", ("text",), found.goal.kinds)
        ready = prepare.prepare(data.id, goal).facts
        assert default_for(ready) == "encoder_decoder"
        graph = SHELF["encoder_decoder"].graph(ready, {"width": 64, "depth": 1, "dropout": 0.0})
        training = {
            "epochs": 12,
            "learning_rate": 3e-3,
            "label_smoothing": 0.0,
            "patience": 12,
            "schedule": "cosine",
        }
        made = runs.create(Spec(data.id, goal, "encoder_decoder", graph, training, name="Backwards"))
        door.enter(made.folder)
        assert made.state().name == "done", made.state()
        yield made


def test_it_learns_to_turn_texts_round_and_keeps_what_it_never_saw(run: Run):
    measured = run.results()["metrics"]
    assert measured["test"]["exact"] >= 0.99
    assert measured["test"]["chrf"] > 99
    assert measured["test"]["kept"] == 1.0
    assert measured["baselines"].keys() == {"nearest_text", "copied_source"}
    assert measured["baselines"]["nearest_text"]["exact"] < 0.5
    low, high = measured["intervals"]["chrf"]
    assert low <= measured["test"]["chrf"] <= high


def test_results_are_told_in_plain_words_with_texts_to_look_at(run: Run):
    results = run.results()
    assert all(
        str(Sentence.from_json(one)).endswith(".") for one in results["sentences"] + results["warnings"]
    )
    assert "nearest known text" in str(Sentence.from_json(results["sentences"][0]))
    assert {len(results["texts"][name]) for name in ("worst", "middle", "best")} == {12}
    entry = results["texts"]["best"][0]
    assert entry["source"].split() == entry["truth"].split()[::-1]


def test_one_text_is_answered_with_other_wordings_and_where_it_looked(run: Run):
    said = answering.answer({"folder": str(run.folder), "rewrite": "a b {new} c", "beams": 3})
    best = said["alternatives"][0]
    assert best["text"] == "c {new} b a"
    assert best["kept"]
    assert best["ended"]
    assert len(said["alternatives"]) == 3
    assert 0 < said["alternatives"][1]["chance"] < best["chance"] <= 1
    assert "".join(said["source"]) == "a b {new} c"
    looked = np.array(said["looked"])
    assert looked.shape == (len(said["pieces"]), len(said["source"]))
    assert looked.min() >= 0
    np.testing.assert_allclose(looked.sum(1), 1, atol=1e-3)


def test_the_model_says_what_keras_said(run: Run):
    samples = home.read_json(run.folder / "samples.json")
    assert Model.open(run).answer(samples["columns"])["prediction"] == samples["answers"]["prediction"]


@pytest.mark.parametrize(
    "texts", [[""], ["x" * 30_000], ["👩‍👩‍👧 " * 50], ["%s" * 40], ["<b>a</b>\u200f שלום"]]
)
def test_odd_texts_are_answered_too(run: Run, texts: list[str]):
    said = Model.open(run).answer({"text": texts})
    assert isinstance(said["prediction"][0], str)
    assert 0 <= said["score"][0] <= 1


@pytest.mark.parametrize("format", ["python_zip", "keras_zip"])
def test_what_is_taken_away_says_the_same_in_a_fresh_process(run: Run, tmp_path: Path, format: str):
    _, told = proof.export(run, format, tmp_path)
    assert told["equal"], told
    assert told["rows"] == 22


def test_a_file_is_answered_from_a_terminal(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture):
    from core.__main__ import main

    (tmp_path / "new.csv").write_text("text,number\na b c,1\nd e {x},2\n", encoding="utf-8")
    main(["predict", str(run.folder), str(tmp_path / "new.csv"), "--out", str(tmp_path / "out.csv")])
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("prediction,score\nc b a,")
    assert "{x} e d" in (tmp_path / "out.csv").read_text(encoding="utf-8")
    capsys.readouterr()


def test_greedy_search_and_beams_agree_where_it_is_sure(run: Run):
    model = Model.open(run)
    texts = {"text": ["a b c", "c d", "j i h g"]}
    greedy, wide = (model.written(texts, beams=beams) for beams in (1, 4))
    assert [some[0]["text"] for some in greedy] == [some[0]["text"] for some in wide]
    assert rewrite.lines(greedy)[0].keys() == {"prediction", "score"}
