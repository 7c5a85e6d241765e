"""A knob checks its value, says its limits, and its own wrong values are refused."""

import pytest

from core.errors import SettingError
from core.fields import Choice, Decimal, Field, Numbers, Switch, Whole, check_all, defaults
from core.words import mark

WORDS = {"label": mark("Units"), "help": mark("More sees more.")}
KNOBS: list[tuple[Field, list]] = [
    (Whole(**WORDS, low=1, high=9, default=4), [1, 9, 4.0]),
    (Decimal(**WORDS, low=0, high=0.9, default=0.1), [0, 0.9, 0.25]),
    (
        Choice(**WORDS, options={"relu": mark("bend"), "tanh": mark("squash")}, default="relu"),
        ["relu", "tanh"],
    ),
    (Switch(**WORDS, default=True), [True, False]),
    (Numbers(**WORDS, low=1, high=9, default=[1]), [[1, 2], (3,)]),
]


@pytest.mark.parametrize(("field", "good"), KNOBS, ids=lambda f: type(f).__name__)
def test_good_values_pass(field: Field, good: list):
    for value in good:
        assert field.check(value) == (list(value) if isinstance(value, tuple) else value)


@pytest.mark.parametrize(("field", "good"), KNOBS, ids=lambda f: type(f).__name__)
def test_wrong_values_are_answered_with_the_label_the_value_and_the_limits(field: Field, good: list):
    for value in [*field.wrong_values(), None]:
        with pytest.raises(SettingError) as caught:
            field.check(value)
        assert "Units" in str(caught.value.what)
        assert str(field.limits()) in str(caught.value.fix)


def test_none_means_automatic_only_where_that_is_offered():
    assert Whole(**WORDS, low=1, high=9, auto=True).check(None) is None


def test_missing_values_take_their_default_and_unknown_names_are_refused():
    fields = {"units": KNOBS[0][0]}
    assert check_all(fields, {}) == defaults(fields) == {"units": 4}
    with pytest.raises(SettingError, match="no setting called “unit”"):
        check_all(fields, {"unit": 3})
