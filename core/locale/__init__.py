"""Catalogues of translated sentences, and how sentences are collected for them (`make words`).

Babel's own Python extractor knows plurals only by position; ours are named: `mark("…", plural="…", count=n)`.
"""

import ast
from collections.abc import Iterator
from typing import IO, Any

SPEAKERS = {"mark", "say", "Sentence"}

Found = tuple[int, str, str | tuple[str, str], list[str]]


def sentences(file: IO[bytes], _keywords: Any, _comment_tags: Any, options: Any) -> Iterator[Found]:
    """Every sentence of a Python file, as Babel wants it: line, function, text or texts, comments."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPEAKERS:
            one = _text(node.args[0]) if node.args else ""
            many = next((_text(k.value) for k in node.keywords if k.arg == "plural"), "")
            if one and many:
                yield node.lineno, "ngettext", (one, many), []
            elif one:
                yield node.lineno, "gettext", one, []


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
