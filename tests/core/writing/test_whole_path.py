"""From a table of texts to a network that writes: trained, measured beside counting, and asked to go on."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core import answering, datasets, generate, home, prepare, proof, runs
from core.answer import Model
from core.runs import Run, events
from core.spec import Spec
from core.suggest import suggest
from core.templates import SHELF, default_for
from core.words import Sentence
from tests.core.writing.stories import stories

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    from core.worker import door

    place = tmp_path_factory.mktemp("writing")
    stories().to_csv(place / "stories.csv", index=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MODELYARD_HOME", str(place / "workspace"))
        data = datasets.add(place / "stories.csv")
        found = suggest(datasets.profile(data.id), "story", {"story": "text"})
        assert found.tasks == ("next_token",)
        ready = prepare.prepare(data.id, found.goal).facts
        assert default_for(ready) == "writer"
        graph = SHELF["writer"].graph(ready, {"width": 32, "depth": 1})
        made = runs.create(Spec(data.id, found.goal, "writer", graph, {"epochs": 3}, name="Stories"))
        door.enter(made.folder)
        assert made.state().name == "done", made.state()
        yield made


def test_results_stand_beside_counting_and_in_plain_words(run: Run):
    results = run.results()
    measured = results["metrics"]
    assert measured["test"].keys() == {"bits", "perplexity", "accuracy"}
    assert measured["baselines"].keys() == {"kneser_ney", "letter_shares"}
    assert measured["test"]["bits"] < measured["baselines"]["letter_shares"]["bits"]
    assert measured["test"]["perplexity"] == pytest.approx(2 ** measured["test"]["bits"])
    low, high = measured["intervals"]["bits"]
    assert low <= measured["test"]["bits"] <= high
    assert all(str(Sentence.from_json(one)).endswith(".") for one in results["sentences"])
    assert all(sample["written"] for sample in results["written"])


def test_a_sample_of_the_text_so_far_is_told_while_it_trains(run: Run):
    told = [event for event in events.read(run.folder)[0] if event["kind"] == "written"]
    assert told[0]["epoch"] == 1
    assert told[0]["written"]


def test_the_model_writes_what_keras_wrote(run: Run):
    model, samples = Model.open(run), home.read_json(run.folder / "samples.json")
    target, columns = model.recipes["target"], samples["columns"]
    for beginning, temperature, length, seed, written in zip(
        *columns.values(), samples["answers"]["prediction"], strict=True
    ):
        found = generate.write(
            model.writer, target, beginning, int(length), float(temperature), seed=int(seed)
        )
        assert generate.text(target, list(found)) == written


def test_what_it_keeps_of_earlier_codes_says_the_same_as_all_of_them(run: Run):
    model = Model.open(run)
    assert isinstance(model.writer, generate.Remembering)
    target, text = model.recipes["target"], "the old house stood near a river and nobody knew its name, " * 4
    whole = generate.Whole(lambda codes: model.session.run(None, {"text": codes})[0], target)
    codes = [generate.BETWEEN, *generate.codes(target, text).tolist()]
    for count in (
        1,
        2,
        3,
        30,
        31,
        32,
        33,
        34,
        60,
        200,
        150,
        151,
    ):  # also back, and beyond what it was trained to see
        seen = codes[:count][generate.forgotten(count, target["length"]) :]
        np.testing.assert_allclose(model.writer(seen), whole(seen), atol=1e-5)


@pytest.mark.parametrize("format", ["python_zip", "keras_zip"])
def test_what_is_taken_away_writes_the_very_same_texts_in_a_fresh_process(
    run: Run, tmp_path: Path, format: str
):
    path, proved = proof.export(run, format)
    assert proved["equal"]
    assert proved["rows"] == 4
    with zipfile.ZipFile(path) as file:
        file.extractall(tmp_path)
    command = [sys.executable, "-E", "-s", "write.py", "the old ☃", "--length", "30", "--seed", "4"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True)
    model = Model.open(run)
    found = generate.write(model.writer, model.recipes["target"], "the old ☃", 30, 0.7, seed=4)
    assert said.stdout == f"the old ☃{generate.text(model.recipes['target'], list(found))}\n"
    assert "☃" in said.stderr


def test_the_network_alone_is_not_offered_for_what_needs_more(run: Run, tmp_path: Path):
    from core.errors import ExportError
    from core.exports import onnx_file

    against = onnx_file.objection(run)
    assert "Take the zip for Python" in str(against.fix)
    with pytest.raises(ExportError, match="cannot hold all"):
        onnx_file.write(run, tmp_path)
    assert not list(tmp_path.glob("*.onnx"))


def test_it_sees_only_what_stands_before(run: Run):
    model = Model.open(run)
    given = np.full((2, model.recipes["target"]["length"]), 3, np.int32)
    given[1, 20:] = 5
    said = model.session.run(None, {"text": given})[0]
    np.testing.assert_allclose(said[0, :20], said[1, :20], atol=1e-6)


def test_the_page_is_written_to_piece_by_piece(run: Run):
    settings = {"beginning": "the old ", "length": 30, "temperature": 0.5, "seed": 3}

    def asked(before: list[int], count: int) -> dict:
        return answering.answer(
            {"folder": str(run.folder), "write": {"settings": settings, "before": before, "count": count}}
        )

    first = asked([], 9)
    assert not first["ended"]
    assert asked(first["codes"], 100)["text"] == asked([], 100)["text"]
    assert asked([], 100)["ended"]


def test_a_terminal_writes_on_too(run: Run, capsys: pytest.CaptureFixture):
    from core.__main__ import main

    asked = ["write", str(run.folder), "--beginning", "the old ☃", "--length", "20", "--seed", "4"]
    main(asked)
    first = capsys.readouterr().out
    assert "the old ☃" in first
    main(asked)
    assert capsys.readouterr().out == first
