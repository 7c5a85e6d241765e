"""What has changed from one drawing to another, in words; where layers stand in the picture does not count."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.fields import Choice, Field
from core.graph.drawing import Graph, Layer
from core.graph.order import sort
from core.layers import SHELF
from core.words import Sentence, mark

LONGEST = 60  # characters of a value


def difference(old: Graph, new: Graph) -> list[Sentence]:
    """One sentence for each change: layers added, removed and renamed, then settings and links; empty where nothing changed.

    A layer that is gone counts as renamed where one of its kind with the same links is new.
    """
    # In the order of the network, so that a renamed layer is known before those that it feeds.
    before = {layer.name: layer for part in sort(old) for layer in part}
    after = {layer.name: layer for layer in new.layers}
    renamed = _renamed(before, after)
    now = {name: renamed.get(name, name) for name in before}
    found = [mark("“{old}” is called “{new}” now.", old=name, new=later) for name, later in renamed.items()]
    stayed = set(now.values())
    for name, layer in after.items():
        if name not in stayed:
            found.append(mark("New: “{layer}” ({kind}).", layer=name, kind=_kind(layer)))
    for name, layer in before.items():
        if now[name] not in after:
            found.append(mark("Removed: “{layer}” ({kind}).", layer=name, kind=_kind(layer)))
    for name, layer in before.items():
        if now[name] in after:
            found += _changes(layer, after[now[name]], now, after)
    return found


def _renamed(before: Mapping[str, Layer], after: Mapping[str, Layer]) -> dict[str, str]:
    """New names by old ones. Layers further up come first, so that links are compared under their new names."""
    gone = [layer for name, layer in before.items() if name not in after]
    come = [layer for name, layer in after.items() if name not in before]
    found: dict[str, str] = {}
    grown = True
    while grown and gone and come:
        grown = False
        # Those with the same settings first: of two alike, the one that did not change is meant.
        for same_settings in (True, False):
            fresh = {}
            for layer in come:
                fresh.setdefault(_mark_of(layer, {}, same_settings), layer)
            for layer in list(gone):
                match = fresh.pop(_mark_of(layer, found, same_settings), None)
                if match is not None:
                    found[layer.name] = match.name
                    gone.remove(layer)
                    come.remove(match)
                    grown = True
    return {name: found[name] for name in before if name in found}


def _mark_of(layer: Layer, renamed: Mapping[str, str], settings: bool) -> tuple[Any, ...]:
    fields = dict(layer.fields)
    if layer.kind == "input":  # what it reads is what it is, and by itself its name says it
        fields.setdefault("source", layer.name)
    inputs = tuple(renamed.get(name, name) for name in layer.inputs)
    return (layer.kind, inputs, repr(sorted(fields.items())) if settings or layer.kind == "input" else "")


def _changes(old: Layer, new: Layer, now: Mapping[str, str], after: Mapping[str, Layer]) -> list[Sentence]:
    found = []
    if old.kind != new.kind:
        found.append(
            mark("“{layer}” is {new} instead of {old}.", layer=new.name, new=_kind(new), old=_kind(old))
        )
    else:
        found += _settings(old, new)
    return found + _links(replace(old, inputs=tuple(now.get(n, n) for n in old.inputs)), new, now, after)


def _settings(old: Layer, new: Layer) -> list[Sentence]:
    fields = SHELF[new.kind].FIELDS if new.kind in SHELF else {}
    found = []
    for name in dict.fromkeys((*fields, *old.fields, *new.fields)):
        field = fields.get(name)
        first, last = _value(old, name, field), _value(new, name, field)
        if first == last or (name == "source" and old.name != new.name):
            continue
        label = field.label if field else name[:LONGEST]
        if _is_long(first) or _is_long(last):
            found.append(mark("“{layer}”: “{label}” has changed.", layer=new.name, label=label))
        else:
            found.append(
                mark("“{layer}”: “{label}” is {new} instead of {old}.", layer=new.name, label=label,
                     new=_shown(last, field), old=_shown(first, field))
            )  # fmt: skip
    return found


def _value(layer: Layer, name: str, field: Field | None) -> Any:
    value = layer.fields.get(name)
    return field.default if value is None and field and not field.auto else value


def _is_long(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(isinstance(item, (list, tuple, dict)) for item in value) or len(value) > 8
    return isinstance(value, dict)


def _shown(value: Any, field: Field | None) -> Sentence | str:
    if value is None:
        return mark("automatic") if field and field.auto else mark("not set")
    if isinstance(value, bool):
        return mark("on") if value else mark("off")
    if isinstance(field, Choice) and field.allows(value):
        return field.options[value]
    if isinstance(value, (list, tuple)):
        return " × ".join(str(item)[:LONGEST] for item in value)
    if isinstance(value, int):
        return mark("{number:,}", number=value)
    return str(value)[:LONGEST]


def _links(old: Layer, new: Layer, now: Mapping[str, str], after: Mapping[str, Layer]) -> list[Sentence]:
    """Links between layers of which there is no other sentence that says it."""
    found = [
        mark("“{source}” feeds “{layer}”.", source=name, layer=new.name)
        for name in dict.fromkeys(new.inputs)
        if name not in old.inputs
    ]
    found += [
        mark("“{source}” no longer feeds “{layer}”.", source=name, layer=new.name)
        for name in dict.fromkeys(old.inputs)
        if name not in new.inputs and name in after
    ]
    if not found and set(old.inputs) == set(new.inputs) and old.inputs != new.inputs:
        order: Sequence[Sentence] = [mark("“{name}”", name=name) for name in new.inputs[:12]]
        found.append(mark("“{layer}” is fed in another order: {names}.", layer=new.name, names=list(order)))
    return found


def _kind(layer: Layer) -> Sentence | str:
    return SHELF[layer.kind].LABEL if layer.kind in SHELF else layer.kind[:LONGEST]
