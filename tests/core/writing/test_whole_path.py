"""From a table of texts to a network that writes: trained, measured beside counting, and asked to go on."""

from collections.abc import Iterator

import numpy as np
import pytest

from core import answering, datasets, generate, home, prepare, runs
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


def test_the_model_says_what_keras_said_and_sees_only_what_stands_before(run: Run):
    model, samples = Model.open(run), home.read_json(run.folder / "samples.json")
    target = model.recipes["target"]
    for beginning, written in zip(
        *samples["columns"].values(), samples["answers"]["prediction"], strict=True
    ):
        assert (
            generate.text(target, list(generate.write(model.network, target, beginning, 60, 0.0))) == written
        )
    given = np.full((2, target["length"]), 3, np.int32)
    given[1, 20:] = 5
    said = model.network(given)
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
