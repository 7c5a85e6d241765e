"""The shelf's contract: a sign is seen where it must be, not where it must not, and says so in plain words."""

from pathlib import Path

import pytest

from core.errors import SettingError
from core.fields import check_all
from core.signs import SHELF, Change, told
from core.signs._drawing import EDITS
from core.signs.diverged import GREW
from core.spec import TRAINING
from core.words import Sentence

SEEN = [
    pytest.param(name, number, id=f"{name}-{number}")
    for name in SHELF
    for number in range(len(SHELF[name].EXAMPLES["seen"]))
]
NOT_SEEN = [
    pytest.param(name, number, id=f"{name}-{number}")
    for name in SHELF
    for number in range(len(SHELF[name].EXAMPLES["not_seen"]))
]


@pytest.mark.parametrize(("name", "number"), SEEN)
def test_a_sign_is_seen_where_it_must_be(name: str, number: int):
    history = SHELF[name].EXAMPLES["seen"][number]
    sign = SHELF[name].look(history)
    assert sign is not None
    assert str(sign.sentence).endswith((".", ")."))
    assert sign.tone in ("good", "neutral", "warn")
    if sign.evidence is not None:
        numbers = [epoch["epoch"] for epoch in history.epochs]
        assert sign.evidence.curve in ("loss", "val_loss", "val_f1", "val_balanced_accuracy")
        assert numbers[0] <= sign.evidence.from_epoch <= sign.evidence.to_epoch <= numbers[-1] + 1


@pytest.mark.parametrize(("name", "number"), NOT_SEEN)
def test_a_sign_is_not_seen_where_it_must_not_be(name: str, number: int):
    assert SHELF[name].look(SHELF[name].EXAMPLES["not_seen"][number]) is None


@pytest.mark.parametrize("name", SHELF)
def test_a_sign_says_what_it_is_and_hushes_only_signs_that_there_are(name: str):
    item = SHELF[name]
    assert isinstance(item.LABEL, Sentence)
    assert len(item.EXAMPLES["seen"]) >= 2
    assert len(item.EXAMPLES["not_seen"]) >= 2
    assert set(item.HUSHES) <= set(SHELF) - {name}


@pytest.mark.parametrize(("name", "number"), SEEN)
def test_what_a_sign_offers_are_settings_within_their_limits_and_edits_that_there_are(name: str, number: int):
    sign = SHELF[name].look(SHELF[name].EXAMPLES["seen"][number])
    for change in sign.changes:
        assert isinstance(change, Change)
        assert change.drawing in ("", *EDITS)
        assert bool(change.training) + bool(change.drawing) + change.goes_on == 1
        assert set(change.training) <= set(TRAINING)
        fixed = {field: edit["to"] for field, edit in change.training.items() if "to" in edit}
        assert check_all(TRAINING, fixed)
    assert len({change.name for change in sign.changes}) == len(sign.changes)


@pytest.mark.parametrize(("name", "number"), SEEN)
def test_of_all_that_is_seen_three_signs_are_said_at_most_and_the_first_rank_first(name: str, number: int):
    said = told(SHELF[name].EXAMPLES["seen"][number])
    assert 1 <= len(said) <= 3
    assert [sign.rank for sign in said] == sorted(sign.rank for sign in said)
    hushed = {other for sign in said for other in SHELF[sign.name].HUSHES}
    assert not hushed & {sign.name for sign in said}


def test_a_sign_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(SettingError, match="overfitting"):
        SHELF["magic"]


def test_the_worker_says_the_very_words_by_which_growth_beyond_numbers_is_known():
    worker = Path(__file__).parent.parent.parent.parent / "core" / "worker"
    assert any(f'mark("{GREW}"' in path.read_text(encoding="utf-8") for path in worker.glob("*.py"))
