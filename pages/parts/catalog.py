"""All kinds of layer as the browser's editor shows them: palette, help cards and fields."""

from functools import lru_cache
from types import ModuleType
from typing import Any

from core import blocks, words
from core.blocks import Block
from core.fields import Choice, Decimal, Field, Numbers, Switch, Text, Whole
from core.layers import GROUPS, SHELF

Plain = dict[str, Any]
TYPES: dict[type[Field], str] = {
    Whole: "whole", Decimal: "decimal", Choice: "choice", Switch: "switch", Numbers: "numbers",
    Text: "text",
}  # fmt: skip


def catalog() -> Plain:
    """Groups and kinds in the language spoken now; see `Catalog` in `frontend/src/editor/types.ts`."""
    fixed = shelf()
    return {"groups": fixed["groups"], "kinds": {**fixed["kinds"], **own()}}


def shelf() -> Plain:
    """The same without the blocks that users have made."""
    return _shelf(words.language())


def own() -> Plain:
    """The blocks that users have made, as kinds of their own."""
    found, _ = blocks.everything()
    return {name: kind for block in found for name, kind in entry(block).items()}


def entry(block: Block) -> Plain:
    """One block of the user's own in the palette, by the name that it goes by there."""
    kind = _kind("own_block", SHELF["own_block"])
    told = {
        "label": block.title,
        "inputs": [block.inputs, block.inputs],
        "palette": True,
        "preset": block.fields,
    }
    return {f"own_block:{block.id}": {**kind, **told}}


@lru_cache(maxsize=8)
def _shelf(_language: str) -> Plain:
    groups = [{"name": name, "label": str(label)} for name, label in GROUPS.items()]
    return {"groups": groups, "kinds": {name: _kind(name, SHELF[name]) for name in SHELF}}


def _kind(name: str, kind: ModuleType) -> Plain:
    return {
        "label": str(kind.LABEL),
        "help": str(kind.HELP),
        "when": str(getattr(kind, "WHEN", "")),
        "more": str(getattr(kind, "MORE", "")),
        "picture": getattr(kind, "PICTURE", ""),
        "group": kind.GROUP,
        "inputs": list(kind.INPUTS),
        "ports": [str(port) for port in getattr(kind, "PORTS", ())],
        "fields": [_field(field_name, field) for field_name, field in kind.FIELDS.items()],
        "block": hasattr(kind, "layers"),
        "palette": name != "own_block" and not hasattr(kind, "TASK"),  # these come with a template
    }


def _field(name: str, field: Field) -> Plain:
    data: Plain = {
        "name": name,
        "type": TYPES.get(type(field), "hidden"),
        "label": str(field.label),
        "help": str(field.help),
        "limits": str(field.limits()) if type(field) in TYPES else "",
        "default": field.default,
        "auto": field.auto,
        "main": field.main,
        "when": None if field.when is None else dict(field.when),
    }
    for part in ("low", "high", "step"):
        if hasattr(field, part):
            data[part] = getattr(field, part)
    if isinstance(field, Choice):
        data["options"] = [[value, str(label)] for value, label in field.options.items()]
    return data
