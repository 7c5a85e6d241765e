"""On the goal page, all rows of one customer can be kept on one side."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from core import projects
from core.projects import Project

Visit = Callable[..., AppTest]


@pytest.fixture
def visits(project_of: Callable[..., Project]) -> Project:
    rows = [f"P{n % 60:03d},{20 + n % 47},{(n * 7) % 13},{'yes' if n % 3 else 'no'}" for n in range(300)]
    return project_of("Visits", "patient_id,age,pain,better", *rows)


def test_rows_of_one_stay_together_where_that_is_asked(visit: Visit, visits: Project):
    app = visit("data", project=visits.id)
    assert any("about 60 different" in one.value for one in app.markdown)
    app = visit("goal", project=visits.id)
    app.selectbox[0].set_value("better").run()
    ways = next(one for one in app.radio if one.label == "Which rows")
    ways.set_value("group").run()
    assert not app.exception
    goal = projects.load(visits.id).goal
    assert (goal["split"]["by"], goal["split"]["column"]) == ("group", "patient_id")
    assert "patient_id" not in goal["inputs"]
    assert any("stay together" in one.value for one in app.markdown)
