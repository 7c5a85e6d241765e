"""Blocks that users have made of layers of their drawings, kept for all their projects."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core import home
from core.errors import GraphError, UserError
from core.layers import SHELF
from core.words import mark

MOST_BYTES = 1_000_000
ID = re.compile(r"[0-9a-f-]{1,60}")


@dataclass(frozen=True)
class Block:
    """One block of a user's own.

    Args:
        id: What it is known by.
        title: What the user calls it.
        inputs: How many links come into it.
        parts: Its layers as plain data, each after those that feed it; the last gives its answer.
    """

    id: str
    title: str
    inputs: int
    parts: Sequence[Mapping[str, Any]]

    @property
    def fields(self) -> dict[str, Any]:
        """Settings of a new layer of the kind `own_block` that stands for it."""
        return {"title": self.title, "parts": [dict(part) for part in self.parts]}


def save(fields: Mapping[str, Any]) -> Block:
    """The block, kept under an id of its own.

    Args:
        fields: Settings of a layer of the kind `own_block`, as `core.graph.wrapped` makes them.

    Raises:
        GraphError: Where they are no block.
    """
    block = _checked(home.new_id(), fields)
    home.write_json(_path(block.id), {"inputs": block.inputs, "id": block.id, **block.fields})
    return block


def load(id: str) -> Block:
    """Raises GraphError if there is no such block, or its file holds none."""
    try:
        return _read(_path(id))
    except FileNotFoundError:
        raise _unknown(id) from None


def everything() -> tuple[list[Block], list[GraphError]]:
    """All blocks, the oldest first, and what is wrong with files that hold none."""
    found, wrong = [], []
    for path in sorted(home.folder("blocks").glob("[!.]*.json")):
        try:
            found.append(_read(path))
        except GraphError as error:
            wrong.append(error)
    return found, wrong


def delete(id: str) -> None:
    """Forget the block; drawings that hold it keep their copy."""
    _path(id).unlink(missing_ok=True)


def _read(path: Path) -> Block:
    if path.stat().st_size > MOST_BYTES:
        raise _foreign(path)
    try:
        data = home.read_json(path)
    except (ValueError, RecursionError) as error:
        raise _foreign(path) from error
    if not isinstance(data, dict):
        raise _foreign(path)
    return _checked(path.stem, {name: data.get(name) for name in ("title", "parts")})


def _checked(id: str, fields: Mapping[str, Any]) -> Block:
    kind = SHELF["own_block"]
    try:
        title, parts = (kind.FIELDS[name].check(fields.get(name)) for name in ("title", "parts"))
    except UserError as error:
        raise GraphError(error.what, error.fix) from error
    return Block(id, title.strip(), kind.inputs_of(parts), parts)


def _path(id: str) -> Path:
    if not ID.fullmatch(id):
        raise _unknown(id)
    return home.folder("blocks") / f"{id}.json"


def _unknown(id: str) -> GraphError:
    return GraphError(
        mark("There is no block “{id}” here.", id=id[:60]),
        mark("Choose one from the palette, or make it again from layers of a drawing."),
    )


def _foreign(path: Path) -> GraphError:
    return GraphError(
        mark("The file “{file}” holds no block that Modelyard can read.", file=path.name[:80]),
        mark("Remove it from the folder “blocks” of the workspace."),
    )
