"""Two towers learn which answers belong to questions; what is taken away answers the same in a fresh process."""

from pathlib import Path

import numpy as np
import pytest

from core import datasets, home, prepare, proof, ranking, runs
from core.answer import Model
from core.goal import Goal
from core.results import unsure
from core.spec import Spec
from core.templates import SHELF
from core.worker import door
from tests.core.replies.pairs import PLACES, written

pytestmark = pytest.mark.heavy


def batch() -> tuple[np.ndarray, np.ndarray]:
    """Points of five questions and answers, of which two answers are the same."""
    made = np.random.default_rng(3).normal(size=(5, 8)).astype(np.float32)
    halves = made.reshape(5, 2, 4)
    return np.array([4, 7, 4, 1, 2], np.int32), (
        halves / np.linalg.norm(halves, axis=2, keepdims=True)
    ).reshape(5, 8)


def test_the_loss_is_the_surprise_at_the_own_answer_both_ways_without_equal_rivals():
    import keras

    from core.worker.own.in_batch_softmax import InBatchSoftmax

    numbers, points = batch()
    near = 20 * points[:, :4] @ points[:, 4:].T

    def surprise(near: np.ndarray) -> np.ndarray:
        found = []
        for row, number in enumerate(numbers):
            rivals = [place for place, other in enumerate(numbers) if place == row or other != number]
            found.append(-near[row, row] + np.log(np.exp(near[row, rivals]).sum()))
        return np.array(found)

    wanted = (surprise(near) + surprise(near.T)) / 2
    assert np.asarray(InBatchSoftmax().call(numbers, keras.ops.convert_to_tensor(points))) == pytest.approx(
        wanted, rel=1e-4
    )
    again = InBatchSoftmax.from_config(InBatchSoftmax(scale=7.0).get_config())
    assert again.scale == 7.0
    assert float(InBatchSoftmax()(numbers, points)) == pytest.approx(wanted.mean(), rel=1e-4)


def test_a_single_pair_has_no_rivals_and_no_loss():
    from core.worker.own.in_batch_softmax import InBatchSoftmax

    numbers, points = batch()
    assert float(InBatchSoftmax()(numbers[:1], points[:1])) == pytest.approx(0.0, abs=1e-5)


def test_both_halves_come_to_the_length_one_and_the_metric_counts_what_was_found():
    from core.worker.measures import FoundInBatch
    from core.worker.own.two_points import TwoPoints

    made = np.asarray(TwoPoints()(np.array([[3.0, 4.0, 0.0, 2.0], [0.0, 0.0, 5.0, 12.0]], np.float32)))
    assert made == pytest.approx(np.array([[0.6, 0.8, 0, 1], [0, 0, 5 / 13, 12 / 13]]), abs=1e-6)
    metric, points = FoundInBatch(name="recall_1"), np.tile(np.eye(3, dtype=np.float32), (1, 2))
    metric.update_state(np.array([0, 1, 2]), points)
    metric.update_state(np.array([0, 1, 2]), np.roll(points, 1, axis=1)[:, :6])
    assert 0.0 < float(metric.result()) <= 1.0


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, runs.Run]:
    folder = tmp_path_factory.mktemp("towers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MODELYARD_HOME", str(folder / "workspace"))
        data = datasets.add(written(folder / "faq.csv"), "FAQ")
        goal = Goal("answer", "best_answer", ("question",), {"question": "text", "answer": "text"})
        rows = prepare.prepare(data.id, goal)
        graph = SHELF["two_towers"].graph(rows.facts, {"units": 32})
        training = {"epochs": 6, "minutes": 1.0}
        run = runs.create(Spec(data.id, goal, "two_towers", graph, training, name="FAQ"))
        door.enter(run.folder)
        return folder / "workspace", run


@pytest.fixture
def trained(finished: tuple[Path, runs.Run], monkeypatch: pytest.MonkeyPatch) -> runs.Run:
    """One run for all tests, in its own workspace."""
    monkeypatch.setenv("MODELYARD_HOME", str(finished[0]))
    return finished[1]


def test_it_learns_to_find_answers_and_says_so(trained: runs.Run):
    results = trained.results()
    test = results["metrics"]["test"]
    assert test["recall_1"] > 0.5 > results["metrics"]["baselines"]["most_frequent"]["recall_1"]
    assert test["recall_1"] <= test["recall_5"]
    assert test["recall_1"] <= test["mrr"] <= 1.0
    assert set(results["metrics"]["baselines"]) == {"most_frequent", "shared_words", "meaning_alone"}
    assert results["asked"]["answers"] == len(PLACES)
    assert all(0 <= point["right"] <= 1 for point in results["curve"])


def test_before_it_has_learned_the_score_is_the_encoders_own_cosine(trained: runs.Run):
    from core.worker import build, pretrained

    spec = trained.spec()
    rows = prepare.prepare(spec.data, spec.goal)
    model = build.build(spec.graph, rows.facts)
    pretrained.put_weights(model, spec.graph, rows.facts, lambda share, told: None)
    inputs, _ = rows.arrays("train")
    some = [np.asarray(inputs[tensor.name][:8]) for tensor in model.inputs]
    points = model.predict(some, verbose=0)
    encoder = next(layer for layer in model.layers if layer.name == "question_encoder")
    assert points[:, :512] == pytest.approx(np.asarray(encoder(some[0])), abs=1e-5)


def test_only_the_questions_tower_is_taken_along_and_answers_the_same_outside(trained: runs.Run):
    import keras

    model = keras.saving.load_model(trained.folder / "model.keras")
    assert [tensor.name for tensor in model.inputs] == ["question_question"]
    assert ranking.load(trained.folder)["points"].shape == (len(PLACES), 512)
    _, proved = proof.export(trained, "python_zip")
    assert proved["equal"], proved


def test_a_known_question_gets_its_answer_and_odd_ones_are_no_trouble(trained: runs.Run):
    model = Model.open(trained)
    table = datasets.table(trained.spec().data, ["question", "answer"])
    row = prepare.prepare(trained.spec().data, trained.spec().goal).rows("train")[0]
    said = model.answer({"question": [table.question.iloc[row]]})
    assert said["prediction"] == [table.answer.iloc[row]]
    hostile = ["", "\ud800 \0 <b>x</b>", "一" * 3_000, "العربية", "never asked before " * 2_000]
    said = model.answer({"question": hostile})
    assert said["answer_1"][0] == ""
    assert np.isfinite(said["score"]).all()
    assert all(len(values) == len(hostile) for values in said.values())


def test_the_threshold_that_is_chosen_counts_wherever_it_answers(trained: runs.Run):
    before = home.read_json(trained.folder / "recipes.json")
    try:
        unsure.apply(trained, 0.999)
        samples = home.read_json(trained.folder / "samples.json")["answers"]
        assert sum(map(bool, samples["prediction"])) < len(samples["prediction"]) - 1
        assert Model.open(trained).answer({"question": ["a question about nothing"]})["prediction"] == [""]
        assert trained.results()["unsure"]["threshold"] == 0.999
        unsure.apply(trained, -1.0)
        assert Model.open(trained).answer({"question": ["a question about nothing"]})["prediction"] != [""]
    finally:
        unsure.apply(trained, before["target"]["threshold"])
