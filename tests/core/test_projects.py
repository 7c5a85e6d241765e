"""What was chosen survives on disk, and an address that leads nowhere is answered in two sentences."""

import pytest

from core import projects
from core.errors import DataError


def test_a_change_is_kept():
    project = projects.create("Churn", "abc")
    projects.change(project, kinds={"plz": "category"})
    assert projects.load(project.id).kinds == {"plz": "category"}


def test_the_latest_change_comes_first():
    first, second = projects.create("A", ""), projects.create("B", "")
    projects.change(first, name="A2")
    assert [p.name for p in projects.everything()] == ["A2", second.name]


@pytest.mark.parametrize("id", ["", "nope", "../../etc/passwd", "a/b", "x" * 300])
def test_an_unknown_project_is_answered_in_two_sentences(id: str):
    with pytest.raises(DataError, match="There is no project"):
        projects.load(id)


def test_a_forgotten_project_is_gone():
    project = projects.create("A", "")
    projects.delete(project.id)
    assert projects.everything() == []
