"""A filled list finds its rows again, whatever a spreadsheet did to it, and nothing else is changed."""

import pandas
import pytest

from core.errors import DataError
from core.results import labelled

TABLE = pandas.DataFrame(
    {
        "day": ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08"],
        "remark": ["late again", "all fine", "wrong colour", "蓝色很好"],
        "mood": ["bad", "good", "", ""],
    }
)


def listed(**columns: list[str]) -> pandas.DataFrame:
    return pandas.DataFrame(columns)


def test_answers_are_filled_in_where_the_row_is_known_again():
    given = listed(
        row=["4", "3"], guess=["good", "bad"], chance=["0.5", "0.5"], mood=["good", " "],
        day=["08/01/2026", "07/01/2026"], remark=["蓝色很好", "wrong colour"],
    )  # fmt: skip
    found = labelled.brought(TABLE, given, "mood")
    assert found.table["mood"].tolist() == ["bad", "good", "", "good"]
    assert (found.filled, found.changed, found.added, found.empty) == (1, 0, 0, 1)
    assert found.table.drop(columns="mood").equals(TABLE.drop(columns="mood"))
    assert TABLE["mood"].tolist() == ["bad", "good", "", ""]


def test_rows_of_another_file_are_added_also_where_their_numbers_are_taken():
    given = listed(row=["1", "9"], mood=["good", "bad"], remark=["quick help", "broken"], more=["x", "y"])
    found = labelled.brought(TABLE, given, "mood")
    assert found.table["remark"].tolist() == [*TABLE["remark"], "quick help", "broken"]
    assert found.table["mood"].tolist()[-2:] == ["good", "bad"]
    assert found.table["day"].tolist()[-2:] == ["", ""]
    assert list(found.table.columns) == list(TABLE.columns)
    assert (found.filled, found.added) == (0, 2)


def test_a_corrected_answer_and_a_new_one_are_told():
    given = listed(row=["1", "3"], mood=["angry", "bad"], remark=["late again", "wrong colour"])
    found = labelled.brought(TABLE, given, "mood")
    assert (found.filled, found.changed) == (1, 1)
    said = str(labelled.told(found, ("bad", "good"), "mood"))
    assert said.startswith("Answers filled in: 1; changed: 1; rows added: 0;")
    assert said.endswith("Answers that the model did not know: “angry”.")
    assert "did not know" not in str(labelled.told(found, ("bad", "good", "angry"), "mood"))


def test_a_table_that_has_a_column_called_row_itself():
    table = TABLE.assign(row=["a", "b", "c", "d"])
    given = listed(row_=["3"], mood=["bad"], row=["c"])
    assert labelled.brought(table, given, "mood").table["mood"].tolist() == ["bad", "good", "bad", ""]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (listed(row=["1"], remark=["late again"]), "no column “mood”"),
        (listed(row=["3"], mood=["  "]), "No row of the list has an answer in “mood”"),
    ],
)
def test_what_is_no_filled_list_gets_two_sentences(given: pandas.DataFrame, said: str):
    with pytest.raises(DataError) as caught:
        labelled.brought(TABLE, given, "mood")
    assert said in str(caught.value.what)
    assert str(caught.value.fix)
