"""How far a project is, read from what it keeps and from its runs."""

from dataclasses import dataclass
from functools import lru_cache

from core import datasets, runs
from core.projects import Project
from core.runs import Run
from core.spec import Spec


@lru_cache(maxsize=2_048)
def asked(run: Run) -> Spec:
    """What the run was asked to do; that never changes, so it is read once."""
    return run.spec()


def runs_of(project: Project) -> list[Run]:
    """The project's runs, the latest first."""
    return [run for run in runs.everything() if asked(run).project == project.id]


@dataclass(frozen=True)
class Progress:
    """How far a project is.

    Args:
        done: Names of the steps that are done.
        following: The name of the step that comes next.
        run: Id of the latest run with results, or empty.
    """

    done: frozenset[str] = frozenset()
    following: str = "data"
    run: str = ""


def of(project: Project | None) -> Progress:
    """How far the project is; nothing is done where there is no project."""
    if project is None:
        return Progress()
    tested = next((run.id for run in runs_of(project) if run.results() is not None), "")
    holds = {
        "data": project.goal is not None,
        "goal": bool(project.prepared),
        "design": bool(project.prepared and project.template),
        "train": bool(tested),
    }
    done = frozenset(name for name, is_done in holds.items() if is_done)
    # Of a run that came without its table, only results and answers are there.
    gone = tested and not datasets.exists(project.data)
    following = next((name for name in holds if name not in done and not gone), "results")
    return Progress(done, following, tested)
