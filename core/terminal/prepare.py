"""`python -m core prepare PROJECT`: make a project's rows ready for its goal, look for giveaways, and try what to expect."""

from argparse import ArgumentParser, Namespace
from typing import Any

from core import giveaway, home, projects
from core.errors import DataError
from core.goal import Goal
from core.prepare import prepare
from core.results import expected
from core.terminal._progress import report
from core.words import Sentence, mark

HELP = mark("Make a project's rows ready for its goal.")
GIVEAWAYS = "giveaways.json"


def arguments(parser: ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument("project", help="a project's id")


def run(args: Namespace) -> dict[str, Any]:
    """Prepare, remember it in the project, and name inputs that may have been told the answer."""
    project = projects.load(args.project)
    if project.goal is None:
        raise DataError(
            mark("The project “{name}” has no goal yet.", name=project.name),
            mark("Choose on its goal page what you want to know."),
        )
    goal = Goal.from_json(project.goal)
    prepared = prepare(project.data, goal, _first_part)
    path = prepared.folder / GIVEAWAYS
    if not path.exists():
        report(0.85, mark("Looking for columns that give the answer away"))
        home.write_json(path, [worry.to_json() for worry in giveaway.look(project.data, goal)])
    if expected.suits(prepared) and expected.read(prepared.folder) is None:
        report(0.9, mark("Trying what to expect"))
        expected.look(prepared, lambda share: report(0.9 + 0.1 * share, mark("Trying what to expect")))
    report(1.0, mark("Ready"))
    return {"prepared": prepared.id, "giveaways": len(home.read_json(path)), "rows": prepared.facts["rows"]}


def _first_part(share: float, text: Sentence) -> None:
    report(0.85 * share, text)
