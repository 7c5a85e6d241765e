"""The contract of the shelf: each kind fits a recipe that is plain JSON and answers missing, new and wrong values."""

import json

import numpy as np
import pytest

from core.columns import SHELF
from core.errors import DataError
from core.profile import column_facts
from core.recipes import encode_column, width

# Pictures are fitted with the archive that they lie in: see `test_image.py`.
INPUTS = {name for name in SHELF if SHELF[name].INPUT} - {"image"}
EXAMPLES = {
    "number": {
        "plain": [str(i * 1.5) for i in range(400)],
        "with missing": ["", "n/a", *[str(i) for i in range(50)]],
        "skewed": ["0"] * 900 + [str(10**i) for i in range(6)],
        "nearly constant": ["5"] * 999 + ["6"],
        "two values": ["0", "1"] * 20,
        "constant": ["7"] * 20,
        "constant with missing": ["7", ""] * 20,
        "all missing": [""] * 20,
        "one row": ["3"],
        "two rows": ["3", "4"],
        "no rows": [],
        "huge": ["1e300", "-1e300", "0", "1"],
        "close together": ["1", "1.0000000000000002", "2", "3"] * 30,
        "german": ["1.234,50 €", "99,10 €", "7 €"] * 5,
    },
    "date": {
        "days": [f"2024-{m:02d}-{d:02d}" for m in range(1, 13) for d in (1, 11, 21)],
        "moments": [f"2024-01-01 {h:02d}:15" for h in range(24)],
        "with missing": ["2024-01-01", "", "2024-03-05"],
        "one day": ["2024-01-01"] * 5,
        "all missing": [""] * 5,
        "no rows": [],
    },
    "category": {
        "words": ["red", "blue", "blue", "red", "green"],
        "with missing": ["red", "red", "", ""],
        "all missing": [""] * 4,
        "all different": ["a", "b", "c"],
        "one value": ["a"] * 3,
        "no rows": [],
    },
    "text": {
        "sentences": [f"this was {'very' * (i % 3)} good, thing number {i}" for i in range(30)],
        "chinese": ["这家店的服务很好", "服务不好", "这家店很好，服务也好", ""],
        "emoji": ["😀", "😀😀", "👍🏽", "😀 👍🏽"],
        "one row": ["only this"],
        "long": ["on and on " * 2_000] * 4,
        "half a letter": ["\ud800 cut", "\ud800 cut", "\ud800 cut"],
        "all missing": [""] * 4,
        "no rows": [],
    },
}
CASES = [(kind, case) for kind, cases in EXAMPLES.items() for case in cases]


def test_every_kind_that_is_an_input_has_examples() -> None:
    assert set(EXAMPLES) == INPUTS


@pytest.mark.parametrize("name", SHELF)
def test_a_kind_says_what_it_is(name: str) -> None:
    kind = SHELF[name]
    assert str(kind.LABEL)
    assert str(kind.HELP).endswith(".")
    assert kind.ICON.startswith(":material/")
    assert kind.INPUT in ("numbers", "categories", "pictures", "texts", "")
    assert kind.INPUT or str(kind.NOT_USED).endswith(".")


def _fitted(kind: str, case: str) -> tuple[dict, list[str]]:
    texts = EXAMPLES[kind][case]
    item = SHELF[kind]
    recipe = item.fit(texts, item.reading(texts), "x")
    return {**recipe, "start": 0}, texts


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_a_recipe_is_plain_json_that_encodes_every_value(kind: str, case: str) -> None:
    recipe, texts = _fitted(kind, case)
    assert json.loads(json.dumps(recipe, allow_nan=False)) == recipe
    unseen = [*texts, "", "never seen", "-999999", "1e9", "2099-12-31", "\u202e", "x" * 1000]
    made = encode_column(recipe, unseen)
    assert made.shape == (len(unseen), width(recipe))
    assert np.isfinite(made).all()
    assert np.abs(made).max() < 1000


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_numbers_for_the_network_are_of_ordinary_size(kind: str, case: str) -> None:
    recipe, texts = _fitted(kind, case)
    made = encode_column(recipe, texts)
    if SHELF[kind].INPUT == "numbers" and len(texts):
        assert np.abs(made).max() <= 8
    assert width(recipe) <= 60 or SHELF[kind].INPUT == "texts"


def test_a_missing_number_is_told_to_the_network_only_where_training_saw_one() -> None:
    number = SHELF["number"]
    full, holes = (number.fit(t, {"as": "number"}, "x") for t in (["1", "2", "3"], ["1", "", "3"]))
    assert "missing" not in [f["make"] for f in full["features"]]
    assert holes["features"][-1] == {"make": "missing"}
    assert holes["fill"] == 2.0


def test_a_constant_number_is_zero() -> None:
    recipe = SHELF["number"].fit(["7"] * 9, {"as": "number"}, "x")
    assert encode_column(recipe, ["7", "", "7.0"]).tolist() == [[0.0]] * 3


def test_the_bell_keeps_the_order_and_is_centred() -> None:
    texts = [str(i**3) for i in range(500)]
    recipe = SHELF["number"].fit(texts, {"as": "number"}, "x")
    bell = encode_column(recipe, texts)[:, 0]
    assert (np.diff(bell) > 0).all()
    assert abs(bell.mean()) < 0.01
    assert bell.std() == pytest.approx(1, abs=0.05)


def test_fewer_rows_make_fewer_bins() -> None:
    def bins(rows: int) -> int:
        return width(SHELF["number"].fit([str(i) for i in range(rows)], {"as": "number"}, "x"))

    assert bins(20) <= bins(500) < bins(20_000) <= 50


def test_rare_values_are_left_to_never_seen() -> None:
    recipe = SHELF["category"].fit(["a", "a", "b", "c", "c", "c", ""], {"as": "text"}, "x")
    assert recipe["features"][0]["values"] == ["c", "a", ""]
    assert encode_column({**recipe, "start": 5}, ["b", "zzz", "c", ""]).ravel().tolist() == [5, 5, 6, 8]


def test_the_hour_is_used_only_where_times_occur() -> None:
    days = SHELF["date"].fit(["2024-01-01", "2024-02-05"], {"as": "date", "format": "iso"}, "x")
    times = SHELF["date"].fit(["2024-01-01 05:00", "2024-02-05 07:30"], {"as": "date", "format": "iso"}, "x")
    parts = [{f.get("part") for f in recipe["features"]} for recipe in (days, times)]
    assert "hour" not in parts[0]
    assert "hour" in parts[1]


@pytest.mark.parametrize("kind", sorted(set(SHELF) - INPUTS))
def test_a_kind_that_is_no_input_says_so(kind: str) -> None:
    with pytest.raises(DataError, match="“remark”"):
        SHELF[kind].fit(["a", "b"], {"as": "text"}, "remark")


@pytest.mark.parametrize("kind", SHELF)
@pytest.mark.parametrize("texts", [[""] * 3, ["red", "blue"], ["1", "2", ""], ["2024-01-01"] * 2])
def test_a_column_can_be_described_as_any_kind(kind: str, texts: list[str]) -> None:
    facts = column_facts("x", texts, kind)
    assert facts.kind == kind
    assert json.dumps(facts.to_json(), allow_nan=False)


def test_a_frequent_value_leaves_bins_for_the_others() -> None:
    texts = ["0"] * 9_500 + [str(1_000 + i) for i in range(500)]
    recipe = SHELF["number"].fit(texts, {"as": "number"}, "gain")
    edges = np.array(next(f["edges"] for f in recipe["features"] if f["make"] == "bins"))
    assert (edges >= 1_000).sum() > 20
    assert edges[0] == 0
    assert edges[-1] == 1_499


def test_of_texts_those_pieces_are_seen_that_tell_the_answer() -> None:
    texts = [
        f"the meal was {word} and so was the {place}" for word in ("lovely", "awful") for place in "abcdefgh"
    ]
    answers = np.repeat([0, 1], 8)
    recipe = SHELF["text"].fit(texts, {"as": "text"}, "review", answers)
    best = {
        **recipe,
        "features": [{k: v[:40] if k != "make" else v for k, v in recipe["features"][0].items()}],
    }
    made = encode_column(best, ["lovely", "awful", "the meal was"]).astype(bool)
    assert made[0].any()
    assert made[1].any()
    assert not made[2].any()


def test_texts_that_have_nothing_to_do_with_the_answer_bring_no_pieces_to_learn_by_heart() -> None:
    random = np.random.RandomState(3)
    words = [f"word{number}" for number in range(400)]
    texts = [" ".join(random.choice(words, 9)) for _ in range(800)]
    answers = random.randint(0, 2, 800)
    noise = SHELF["text"].fit(texts, {"as": "text"}, "remark", answers)
    told = [f"{text} {'sadly' if answer else 'happily'}" for text, answer in zip(texts, answers, strict=True)]
    telling = SHELF["text"].fit(told, {"as": "text"}, "remark", answers)
    assert width(noise) < 10 < width(telling)


def test_texts_without_pieces_that_come_back_still_have_a_width() -> None:
    recipe = SHELF["text"].fit(["abc", "def"], {"as": "text"}, "remark", np.array([0, 1]))
    assert width(recipe) == 1


@pytest.mark.heavy
def test_what_a_piece_tells_is_scikit_learns_chi_square_of_both_its_cases() -> None:
    from sklearn.feature_selection import chi2

    from core.columns.text import _chi_square

    random = np.random.RandomState(1)
    seen, groups = random.rand(60, 7) < 0.3, random.randint(0, 3, 60)
    counted = np.stack([seen[groups == group].sum(0) for group in range(3)])
    expected = chi2(seen, groups)[0] + chi2(~seen, groups)[0]
    np.testing.assert_allclose(_chi_square(counted, np.bincount(groups)), expected)
