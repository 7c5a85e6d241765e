"""The source of our own layer classes, read as text: no heavy library is loaded for it."""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "worker" / "own"


@dataclass(frozen=True)
class Source:
    """What a script needs for these classes.

    Args:
        imports: Lines at its top.
        definitions: Classes, functions and constants, each file's as one text.
        names: All names that these define.
    """

    imports: list[str]
    definitions: list[str]
    names: set[str]


def source(classes: Sequence[str]) -> Source:
    """The files of these classes, without their first lines; a file imports nothing of ours."""
    imports = {"import keras": {"keras"}}
    definitions, names = [], set()
    for name in classes:
        file = FOLDER / f"{re.sub(r'(?<=[a-z0-9])(?=[A-Z])', '_', name).lower()}.py"
        text = file.read_text(encoding="utf-8")
        body = ast.parse(text).body[1:]  # all but the sentence about what the file holds
        rest = [node for node in body if not isinstance(node, (ast.Import, ast.ImportFrom))]
        for node in body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                imports[ast.unparse(node)] = {alias.asname or alias.name for alias in node.names}
        definitions.append(_from(text, rest[0]))
        names |= {defined for node in rest for defined in _defines(node)}
    lines = sorted(imports, key=lambda line: (line.startswith("from"), line))
    return Source(lines, definitions, names | set().union(*imports.values()))


def _from(text: str, first: ast.stmt) -> str:
    """The text from this statement on, with its decorators."""
    decorators = getattr(first, "decorator_list", [])
    line = min([first.lineno, *(node.lineno for node in decorators)])
    return "\n".join(text.splitlines()[line - 1 :]).rstrip()


def _defines(node: ast.stmt) -> set[str]:
    if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}
