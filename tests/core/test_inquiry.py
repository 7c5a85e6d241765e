"""A request's rows: what is taken for each kind of column, and what is refused in two sentences."""

import math
from typing import Any

import pytest

from core import inquiry

MADE: dict[str, Any] = {
    "version": 1, "task": "yes_no", "target": {"column": "churn", "as": "classes", "classes": ["No", "Yes"]}, "inputs": {},
    "columns": [
        {"column": "size", "kind": "number", "parse": {"as": "number"}, "fill": 9.0, "features": [{"make": "bins", "edges": [1, 5, 20]}]},
        {"column": "colour", "kind": "category", "parse": {"as": "text"}, "features": [{"make": "lookup", "values": ["", "red", "3"]}]},
        {"column": "since", "kind": "date", "parse": {"as": "date", "format": "%d.%m.%Y"}, "fill": 0.0, "features": []},
        {"column": "stamp", "kind": "date", "parse": {"as": "date", "format": "seconds"}, "fill": 0.0, "features": []},
        {"column": "remark", "kind": "text", "parse": {"as": "text"}, "features": [{"make": "pieces"}]},
        {"column": "face", "kind": "image", "parse": {"as": "picture"}, "features": []},
    ],
}  # fmt: skip
EXAMPLE = {
    "size": 4.0,
    "colour": "red",
    "since": "24.12.2020",
    "stamp": "86400",
    "remark": "fine",
    "face": "aGk=",
}
ASKED = inquiry.fields(MADE, EXAMPLE)


@pytest.mark.parametrize(
    ("name", "given", "taken"),
    [
        ("size", 3, 3.0), ("size", None, None), ("size", -1e99, -1e99),
        ("colour", "red", "red"), ("colour", 3, "3"), ("colour", 3.0, "3"), ("colour", "never seen", "never seen"),
        ("since", "01.02.2021", "01.02.2021"), ("since", "2021-02-01", "01.02.2021"), ("since", "", None),
        ("stamp", "1970-01-02", "86400"), ("stamp", 86400, "86400"),
        ("remark", "蓝色", "蓝色"), ("remark", None, None),
        ("face", "aGk=", b"hi"), ("face", "data:image/png;base64,aGk=", b"hi"),
    ],
)  # fmt: skip
def test_a_value_is_taken_as_the_column_reads_it(name: str, given: Any, taken: Any):
    values, found = inquiry.read_row({**EXAMPLE, name: given}, ASKED)
    assert found == []
    assert values[name] == taken


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("size", "3"), ("size", True), ("size", math.nan), ("size", math.inf), ("size", 10**400), ("size", []), ("size", {}),
        ("colour", True), ("colour", ["red"]), ("colour", "\ud800"), ("colour", "x" * 100_001),
        ("since", "yesterday"), ("since", 7), ("since", "99.99.2020"), ("stamp", "soon"), ("stamp", "1e999"),
        ("remark", 5), ("remark", {"a": 1}), ("face", 5), ("face", "no base64!"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_in_two_sentences_under_its_name(name: str, given: Any):
    _, found = inquiry.read_row({**EXAMPLE, name: given}, ASKED)
    (one,) = found
    assert one["field"] == name
    assert one["what"].endswith(".")
    assert one["fix"].endswith(".")
    told = inquiry.refusal(found)
    assert told == {"detail": f"{one['what']} {one['fix']}", "errors": [one]}


def test_a_misspelt_field_is_named_with_the_one_that_was_meant():
    row = {**EXAMPLE, "color": "red"}
    del row["colour"]
    _, found = inquiry.read_row(row, ASKED, 4)
    assert [(one["row"], one["field"]) for one in found] == [(4, "color"), (4, "colour")]
    assert found[0]["fix"] == "Did you mean “colour”?"
    assert found[1]["what"] == "The field “colour” is missing."


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (None, "should be an object"), ([], "should be an object"), ({}, "“rows” is missing"), ({"rows": 5}, "should be a list"),
        ({"rows": []}, "There is no row"), ({"rows": [EXAMPLE] * 4}, "more than 3 rows"), ({"rows": [5]}, "should be an object"),
        ({"rows": [EXAMPLE], "row": 1}, "no field “row”"),
    ],
)  # fmt: skip
def test_a_body_that_holds_no_rows_is_refused(body: Any, says: str):
    _, found = inquiry.read_rows(body, ASKED, 3)
    assert says in found[0]["what"]


def test_a_thousand_mistakes_are_told_by_the_first_few():
    rows, found = inquiry.read_rows({"rows": [{f"x{n}": n for n in range(1_000)}] * 1_000}, ASKED, 1_000)
    assert len(rows) == 1
    assert len(inquiry.refusal(found)["errors"]) == inquiry.TOLD


def test_settings_that_are_left_out_have_their_usual_value():
    made = {"task": "next_token", "target": {"column": "text"}, "inputs": {}}
    values, found = inquiry.read_row({"text": "Once", "length": 20}, inquiry.fields(made, {"text": "Once"}))
    assert found == []
    assert values == {"text": "Once", "length": 20, "temperature": 0.7, "seed": 1, "top_k": 0, "top_p": 1.0}
    _, found = inquiry.read_row({"text": "Once", "length": 2.5}, inquiry.fields(made, {}))
    assert found[0]["what"] == "“length” is “2.5”."


def test_chances_stand_in_an_object_of_their_own_and_what_is_no_number_is_null():
    said = {"prediction": "No", "p_No": 0.75, "p_Yes": math.nan}
    assert inquiry.nested(said, MADE["target"]) == {
        "prediction": "No",
        "probabilities": {"No": 0.75, "Yes": None},
    }
