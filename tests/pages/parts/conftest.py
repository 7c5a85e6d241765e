"""A project whose drawing can be asked about, and who asks."""

from typing import Any

import pytest

from core import datasets, prepare, projects, samples
from core.projects import Project
from core.suggest import suggest
from pages.parts import drawing_routes
from tests.pages.parts.asking import Client, Plain


@pytest.fixture
def project() -> Project:
    """A project about the penguins, with its rows prepared."""
    made = projects.create("Penguins", datasets.add(samples.find("penguins").path, "Penguins").id)
    goal = suggest(datasets.profile(made.data), "Species").goal
    return projects.change(made, goal=goal.to_json(), prepared=prepare.prepare(made.data, goal).id)


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def ask(client: Client, project: Project):
    """Asks one question as the editor does: status and answer."""

    def question(name: str, drawing: str = "", window: str = "w1", **data: Any) -> tuple[int, Plain]:
        who = {"project": project.id, "key": drawing_routes.key(project.id), "language": "en"}
        address = f"/{drawing_routes.address(drawing, window)}{name}"
        answer = client.post(address, json={**who, **data})
        return answer.status_code, answer.json()

    return question
