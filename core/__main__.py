"""The same engine from a terminal: JSON on stdout, progress on stderr, exit code 0 only on success.

python -m core COMMAND …        one file in `core/terminal` is one command
"""

import argparse
import json
import os
import sys
from typing import Any

from core.errors import UserError
from core.shelf import Shelf
from core.words import follow, mark

COMMANDS = Shelf("core.terminal", mark("command"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m core", description="Modelyard without the browser.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        module = COMMANDS[name]
        command = commands.add_parser(name, help=str(module.HELP), description=str(module.HELP))
        module.arguments(command)
    return parser


def _print(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0 on success, 2 where the user can put something right."""
    follow(lambda: os.environ.get("MODELYARD_LANGUAGE", "en"))
    args = _parser().parse_args(arguments)
    try:
        _print(COMMANDS[args.command].run(args))
    except UserError as error:
        print(f"{error.what}\n{error.fix}", file=sys.stderr)
        _print({"error": {"what": str(error.what), "fix": str(error.fix)}})
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
