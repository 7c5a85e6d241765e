"""How to ask a model from other programs, as the page Use tells it."""

import json

from pages.parts import model_address

ADDRESS = "http://10.0.0.7:8501/api/models/20261123-165533-9cb93651/predict"


def test_each_example_names_the_address_the_row_and_where_the_key_lies_but_no_key():
    for text in model_address.texts_of(ADDRESS, {"size": 1.5, "colour": "红"}):
        assert ADDRESS in text
        assert "红" in text
        assert "MODELYARD_KEY" in text


def test_quotes_in_a_value_end_no_string():
    curl, python, script = model_address.texts_of(ADDRESS, {"a": 'it\'s "odd"', "b": None})
    assert "it'\\''s" in curl
    compile(python, "example", "exec")
    assert json.dumps('it\'s "odd"') in script


def test_long_texts_and_many_rows_are_cut_in_the_examples():
    body = {"rows": [{"a": "x" * 1_000, "b": 2}] * 50}
    short = model_address.shortened(body)
    assert len(short["rows"]) == 2
    assert short["rows"][0] == {"a": "x" * 200 + "…", "b": 2}
