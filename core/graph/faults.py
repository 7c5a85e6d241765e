"""What keeps one layer from working once its links are sound, and the one-click changes that put it right."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf
from typing import Any, Protocol

from core.errors import GraphError, Mend, SettingError, UserError
from core.fields import Decimal, Field, Whole, check_all
from core.graph.drawing import Layer
from core.layers import SHELF
from core.words import mark


class Known(Protocol):
    """What must be known of the layers before; `core.graph.measure.LayerReport` is one."""

    @property
    def codes(self) -> int: ...
    @property
    def shape(self) -> tuple[int, ...] | None: ...
    @property
    def kind(self) -> str: ...


def settings(layer: Layer) -> dict[str, Any]:
    """All its settings, checked, with defaults for those that are not set.

    Raises:
        GraphError: At the first that is outside its limits, or that its kind does not have.
    """
    fields = SHELF[layer.kind].FIELDS
    try:
        return check_all(fields, layer.fields)
    except SettingError as error:
        foreign = [name for name in layer.fields if name not in fields]
        if foreign and layer.kind == "output":
            raise _guarded(foreign) from error
        if foreign:
            mends: Sequence[Mend] = [_unset(foreign, mark("Remove this setting"))]
        else:
            mends = _setting_mends(layer, fields)
        raise GraphError(error.what, error.fix, mends=mends) from error


def _guarded(names: list[str]) -> GraphError:
    return GraphError(
        mark("its size and its bend follow from what you want to know, so that “{names}” cannot be set by hand.",
             names=names),
        mark("Remove these settings, or make it a Dense layer and put an Output layer behind it."),
        mends=[_unset(names, mark("Remove these settings"))],
    )  # fmt: skip


def _unset(names: Sequence[str], label: Any) -> Mend:
    return Mend(label, ({"do": "unset", "fields": list(names)},))


def _setting_mends(layer: Layer, fields: Mapping[str, Field]) -> list[Mend]:
    name = next((n for n, f in fields.items() if not _allowed(f, layer.fields.get(n, f.default))), "")
    if not name:
        return []
    field, value = fields[name], layer.fields.get(name)
    found = []
    if isinstance(field, (Whole, Decimal)) and _is_number(value):
        near = min(
            max(field.clean(round(value) if isinstance(field, Whole) else value), field.low), field.high
        )
        label = mark("Set it to {value:,}", value=near)
        found.append(Mend(label, ({"do": "set", "fields": {name: near}},)))
    if name in layer.fields and _allowed(field, field.default):
        back = mark("Back to automatic") if field.auto else mark("Back to what it is by itself")
        found.append(_unset([name], back))
    return found


def _allowed(field: Field, value: Any) -> bool:
    return (value is None and field.auto) or field.allows(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < inf


def codes(use: str, before: Sequence[Known], done: Mapping[str, Known], layer: Layer) -> int:
    """How many different codes of categories come in, 0 for numbers.

    Args:
        use: What the layer does with codes, see `core.layers`.
        done: Everything that is measured so far, by name.

    Raises:
        GraphError: Where the layer cannot use what comes in.
    """
    kinds = {b.codes for b in before}
    if use == "refuses" and any(kinds):
        raise GraphError(
            mark("it would calculate with the codes of categories as if they were amounts."),
            mark("Put an Embedding layer in front of it."),
            mends=[_embedded(before, layer)],
        )
    if use == "reads" and 0 in kinds:
        raise GraphError(
            mark("it looks up codes of categories, but gets ordinary numbers."),
            mark("Feed it from the input that brings the categories, or use a Dense layer instead."),
            mends=_numbers_looked_up(done, layer),
        )
    if len(kinds) > 1:
        raise GraphError(
            mark("it would mix the codes of categories with ordinary numbers."),
            mark("Put an Embedding layer behind the input that brings the categories."),
            mends=[_embedded(before, layer)],
        )
    return max(kinds, default=0)


def _embedded(before: Sequence[Known], layer: Layer) -> Mend:
    """An Embedding for each input with codes, laid out flat where a plain row is wanted."""
    plain = layer.kind == "output" or any(not b.codes and len(b.shape or ()) == 1 for b in before)
    kinds = ["embedding", "flatten"] if plain else ["embedding"]
    steps = [
        {"do": "insert", "kind": kind, "fields": {}, "input": place}
        for place, b in enumerate(before)
        if b.codes
        for kind in kinds
    ]
    label = mark("Insert Embedding and Flatten here") if plain else mark("Insert Embedding here")
    return Mend(label, tuple(steps))


def _numbers_looked_up(done: Mapping[str, Known], layer: Layer) -> list[Mend]:
    with_codes = [name for name, report in done.items() if report.kind == "input" and report.codes]
    cut = tuple({"do": "unlink", "input": name} for name in dict.fromkeys(layer.inputs))
    return [
        *(
            Mend(mark("Feed it from “{layer}” instead", layer=name), (*cut, {"do": "link", "input": name}))
            for name in with_codes[:1]
        ),
        Mend(
            mark("Make it “{kind}”", kind=SHELF["dense"].LABEL),
            ({"do": "turn", "kind": "dense", "fields": {}},),
        ),
    ]


def named(error: UserError, layer: Layer) -> GraphError:
    """The error with the layer that it belongs to, and mends that know where they act."""
    mends = tuple(
        Mend(mend.label, tuple({"layer": layer.name, **step} for step in mend.steps))
        for mend in getattr(error, "mends", ())
    )
    what = mark("Layer “{layer}”: {what}", layer=layer.name, what=error.what)
    return GraphError(what, error.fix, layer.name, mends, brief=error.what)


def named_inside(error: UserError, part: Layer) -> GraphError:
    """The error of a block's part; of its mends, those that hold for the block as well: what is put in front of it."""
    mends = [_outside(mend, part) for mend in getattr(error, "mends", ())]
    what = mark("in its part “{part}”, {what}", part=part.name, what=error.what)
    return GraphError(what, error.fix, mends=[mend for mend in mends if mend])


def _outside(mend: Mend, part: Layer) -> Mend | None:
    steps = []
    for step in mend.steps:
        place = step.get("input")
        if step.get("do") != "insert" or not isinstance(place, int) or place >= len(part.inputs):
            return None
        source = part.inputs[place]
        if not source.startswith("in_"):
            return None
        steps.append({**step, "input": int(source.removeprefix("in_")) - 1})
    return replace(mend, steps=tuple(steps))


def cause_in_rest(layer: Layer, done: Mapping[str, Any]) -> str:
    """The layer with an error that is met first when walking back from a layer in or behind a ring."""
    seen, todo = set(), list(layer.inputs)
    while todo:
        name = todo.pop(0)
        if name in seen or name not in done:
            continue
        if done[name].error:
            return name
        seen.add(name)
        todo.extend(done[name].waits_for and [done[name].waits_for])
    return layer.inputs[0] if layer.inputs else ""
