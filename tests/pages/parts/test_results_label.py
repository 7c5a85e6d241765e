"""Rows to label next are offered where there are any, and shown with the model's guesses."""

from streamlit.testing.v1 import AppTest

from tests.pages.patience import SECONDS


def page(left_out: int, kind: str) -> None:
    from types import SimpleNamespace

    from pages.parts import results_label

    recipes = {
        "task": "yes_no",
        "columns": [{"column": "remark", "kind": kind}],
        "target": {"column": "m*od"},
    }
    results = {"rows": {"left_out": left_out}}
    results_label.draw(SimpleNamespace(id="run", recipes=lambda: recipes, results=lambda: results))


def shown(left_out: int, kind: str = "text") -> AppTest:
    app = AppTest.from_function(page, args=(left_out, kind), default_timeout=SECONDS).run()
    assert not app.exception
    return app


def test_rows_without_an_answer_are_counted_and_can_be_chosen_from():
    app = shown(500)
    assert app.caption[0].value.startswith("500 rows of your table have no “m\\*od”.")
    assert app.button[0].label == "Find the rows to label first"


def test_where_every_row_has_an_answer_a_file_is_asked_for():
    app = shown(0)
    assert "Bring a file with more rows" in app.caption[0].value
    assert not app.button


def test_pictures_are_left_alone():
    assert not shown(500, "image").subheader
