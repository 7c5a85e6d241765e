"""The same engine from a terminal: JSON on stdout, progress on stderr, exit code 0 only on success.

python -m core COMMAND …        one file in `core/terminal` is one command
"""

import argparse
import json
import os
import sys
from typing import Any, NoReturn

from core.errors import FileError, SettingError, UserError
from core.shelf import Shelf
from core.words import follow, mark

COMMANDS = Shelf("core.terminal", mark("command"))
TROUBLE, INTERRUPTED = 2, 130


class _Parser(argparse.ArgumentParser):
    """Answers a wrong call like every other trouble: with two sentences."""

    def error(self, message: str) -> NoReturn:
        raise SettingError(
            mark("The command cannot be read: {why}.", why=message.rstrip(".")),
            mark("“{call} --help” says what it takes.", call=self.prog),
        )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m core", description="Modelyard without the browser.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name in COMMANDS:
        module = COMMANDS[name]
        command = commands.add_parser(name, help=str(module.HELP), description=str(module.HELP))
        module.arguments(command)
    return parser


def _print(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
    sys.stdout.flush()


def _refuse(error: UserError) -> int:
    print(f"{error.what}\n{error.fix}", file=sys.stderr)
    _print({"error": {"what": str(error.what), "fix": str(error.fix)}})
    return TROUBLE


def _of_the_system(error: OSError) -> UserError:
    """What the system says about a place that cannot be read or written, as our two sentences."""
    place = str(error.filename2 or error.filename)  # where something is renamed, the user knows the new name
    return FileError(
        mark("“{place}” cannot be used: {why}.", place=place, why=error.strerror or "?"),
        mark("Name another place, or see to its permissions and to the room that is left."),
    )


def _answer(arguments: list[str] | None) -> int:
    parser = _parser()
    try:
        args = parser.parse_args(arguments)
        if args.command is None:
            parser.print_help(sys.stderr)
            parser.error("it names no command")
        _print(COMMANDS[args.command].run(args))
    except UserError as error:
        return _refuse(error)
    except OSError as error:
        if error.filename is None:  # no place that the user named
            raise
        return _refuse(_of_the_system(error))
    return 0


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0 on success, 2 where the user can put something right, 130 after Ctrl+C."""
    follow(lambda: os.environ.get("MODELYARD_LANGUAGE", "en"))
    try:
        return _answer(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Nobody reads on, as after `| head`; without this, Python complains once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main())
