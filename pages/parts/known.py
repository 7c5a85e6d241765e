"""What is known about a project's table, the user's changes of kinds included; worked out once and kept."""

from functools import lru_cache

from core import datasets
from core.datasets import DataSet
from core.profile import ColumnFacts, Profile, column_facts, with_worries
from core.projects import Project

KEPT = 16


@lru_cache(maxsize=KEPT)
def data_set(id: str) -> DataSet:
    """The data set; its content never changes."""
    return datasets.load(id)


@lru_cache(maxsize=KEPT)
def _guessed(id: str) -> Profile:
    return datasets.profile(id)


@lru_cache(maxsize=KEPT * 8)
def _changed(id: str, name: str, kind: str) -> ColumnFacts:
    return column_facts(name, datasets.table(id, [name])[name], kind)


@lru_cache(maxsize=KEPT)
def _profile(id: str, kinds: tuple[tuple[str, str], ...]) -> Profile:
    guessed, chosen = _guessed(id), dict(kinds)
    columns = tuple(_changed(id, c.name, chosen[c.name]) if c.name in chosen else c for c in guessed.columns)
    return with_worries(Profile(guessed.rows, columns, repeated=guessed.repeated))


def profile(project: Project) -> Profile:
    """Facts and worries about the project's table.

    Raises:
        DataError: If the data set is not there any more.
    """
    guessed = _guessed(project.data)
    if not project.kinds:
        return guessed
    return _profile(project.data, tuple(sorted(project.kinds.items())))
