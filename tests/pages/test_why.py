"""On the page that uses a model, somebody asks on about an answer."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core.projects import Project
from pages.parts import row_why

pytestmark = pytest.mark.heavy
Visit = Callable[..., AppTest]


def asked(app: AppTest, what: str) -> AppTest:
    (pills,) = [one for one in app.get("button_group") if one.label == "Ask more"]
    return pills.set_value(what).run()


def said(app: AppTest) -> str:
    return " ".join(one.value for one in (*app.markdown, *app.caption))


def test_an_answer_is_taken_apart_changed_and_compared(visit: Visit, tested: tuple[Project, str]):
    project, run = tested
    app = visit("use", project=project.id, run=run)
    app = asked(app, row_why.PARTS)
    assert not app.exception
    assert "Usual rows have a chance of" in said(app)
    app = asked(app, row_why.WAYS)
    assert "Then it says" in said(app)
    app = asked(app, row_why.BESIDE)
    next(one for one in app.button if one.label == "Keep this row").click().run()
    mass = next(one for one in app.number_input if "mass" in one.label.lower())
    mass.set_value(mass.value + 900).run()
    table = app.dataframe[-1].value
    assert table["Column"].tolist()[0] == "Answer"
    assert float(table["Now"].iloc[1]) - float(table["Kept"].iloc[1]) == 900
