"""`train FILE --target COLUMN`: the whole way from a file to a tested model, in this terminal."""

import argparse
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core import before, datasets, devices, prepare, runs, signs
from core.errors import RunError
from core.fields import Whole, check_all
from core.launchers import _deaths, this_machine
from core.prepare import Prepared
from core.runs import Run, events, made_with
from core.spec import TRAINING, Spec
from core.templates import SHELF as TEMPLATES
from core.templates import why_default
from core.terminal import _files, _follow, _question
from core.terminal._files import TABLE
from core.words import Sentence, mark

HELP = mark("Train a model on a file and say how good it is.")
POLL_SECONDS = 0.1
SEED = Whole(
    label=mark("Seed"), help=mark("The same seed gives the same split and model."), low=0, high=2**31 - 1, default=1
)  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be asked for."""
    parser.add_argument(
        "file", type=Path, help=f"{TABLE}; or pictures in a zip or a folder, or texts in a zip"
    )
    _files.part(parser)
    _question.arguments(parser)
    parser.add_argument("--minutes", type=float, help="training ends after this time at the latest")
    parser.add_argument("--epochs", type=int, help="training ends after this many looks at all rows")
    parser.add_argument(
        "--device", default="", help="where to train, such as cpu or gpu:0; the fastest if left out"
    )
    parser.add_argument(
        "--anyway", action="store_true", help="train even where it is foretold that it cannot work"
    )
    parser.add_argument("--seed", type=int, default=1, help=str(SEED.help))
    parser.add_argument("--weights-of", metavar="RUN", help="start from this run's best weights")
    parser.add_argument("--out", type=Path, help="the run's folder, if it should not lie in the workspace")
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Train, and say what came out. Ctrl+C stops and keeps the best."""
    tell = _silent if args.quiet else _follow.teller()
    asked = {"minutes": args.minutes, "epochs": args.epochs}
    training = check_all(TRAINING, {name: value for name, value in asked.items() if value is not None})
    SEED.check(args.seed)
    _question.check(args)
    lender = runs.find(args.weights_of).id if args.weights_of else ""
    devices.chosen(args.device)  # a device that is not there is answered before the file is read
    data = datasets.add(args.file, progress=tell, part=args.part)
    goal = _question.goal(data.id, args, args.seed, tell)
    prepared = prepare.prepare(data.id, goal, progress=tell)
    for text in (*prepare.unreadable(prepared.facts), *prepare.noticed(prepared.facts)):
        tell(1.0, text)
    graph = _question.drawing(args, prepared.facts, tell)
    template = "" if args.graph else _question.template(args, prepared.facts)
    why = why_default(prepared.facts)
    if why and not args.graph and not args.template:
        tell(1.0, mark("Template “{name}”. {why}", name=TEMPLATES[template].LABEL, why=why))
    name = f"{data.name}: {goal.target}"
    spec = Spec(
        data.id,
        goal,
        template,
        graph,
        training,
        seed=args.seed,
        name=name,
        device=args.device,
        starts_from=lender,
    )
    _look_before(spec, prepared, args.anyway, tell)
    made = runs.create(spec, args.out)
    execute(made, args.quiet)
    return report(made)


def _look_before(
    spec: Spec, prepared: Prepared, anyway: bool, tell: Callable[[float, Sentence], None]
) -> None:
    """Tell what speaks against the start. Raises RunError where it cannot work, unless it is wanted anyway."""
    for objection in before.objections(before.asked(spec, prepared)):
        if objection.severity == "cannot" and not anyway:
            raise RunError(objection.what, objection.fix)
        tell(1.0, objection.what)
        tell(1.0, objection.fix)


def report(made: Run) -> dict[str, Any]:
    """What a script wants to know about a run that has ended well."""
    results, spec = made.results() or {}, made.spec()
    state = made.state()
    metrics = results["metrics"]
    told = made.events()[0]
    last = {event["kind"]: event for event in told}
    epochs = [event for event in told if event["kind"] == "epoch"]
    seen = signs.seen(last["begin"], epochs, last, state.name)
    return {
        "run": made.id,
        "folder": str(made.folder),
        "state": state.name,
        "reason": str(state.reason or ""),
        "task": spec.goal.task,
        "template": spec.template,
        "target": spec.goal.target,
        **({"roles": asdict(spec.goal.tastes)} if spec.goal.tastes else {}),
        "seed": spec.seed,
        "made_with": made_with.read(made.folder),
        "metrics": {side: metrics[side] for side in ("validation", "test", "baselines")},
        "intervals": metrics["intervals"],
        **({"ratings": results["ratings"]} if results.get("ratings") else {}),
        "rows": results["rows"],
        "epochs": results["epochs"],
        "best_epoch": results["best_epoch"],
        "weights": last["begin"]["weights"],
        "seconds": results["seconds"],
        "sentences": [str(Sentence.from_json(sentence)) for sentence in results["sentences"]],
        "signs": {sign.name: str(sign.sentence) for sign in seen},
    }


def execute(made: Run, quiet: bool) -> None:
    """Train the run in this terminal until it has ended. Raises RunError where it ended badly."""
    follower = events.Follower(made.folder)
    while _ended_without_a_word(made, quiet, follower):
        pass  # it goes on from its checkpoint
    state = made.state()
    if state.name not in ("done", "stopped"):
        raise RunError(state.reason, state.fix)


def _ended_without_a_word(made: Run, quiet: bool, follower: events.Follower) -> bool:
    """Whether a worker that trained the run is gone without a word and another one can go on."""
    kills = _deaths.memory_kills()
    process = this_machine.start_cold(made.folder, devices.environment(made.spec().device))
    running = True
    with _ctrl_c_stops(made):
        while running:
            running = process.poll() is None
            found, anew = follower.read()
            if not quiet:
                _follow.show(found if not anew else found[-1:])
            if running:
                time.sleep(POLL_SECONDS)
    if not (made.folder / "state.json").exists():
        raise RunError(mark("This run was discarded while it trained."), mark("Train again."))
    if made.state().ended:
        return False
    death = _deaths.why(process.returncode, kills)
    return runs.interrupted(made.folder, death.reason, death.fix, memory=death.memory)


@contextmanager
def _ctrl_c_stops(made: Run) -> Iterator[None]:
    """Ctrl+C asks the run to stop, wherever in this process it arrives; the run then ends well by itself."""
    before = signal.signal(signal.SIGINT, lambda *_: runs.request_stop(made))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _silent(share: float, text: Sentence) -> None:
    return None
