"""Where a foreign network begins and ends is fitted to the rows and to the question here."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.architecture._kinds import Translated
from core.architecture._steps import Key, Step
from core.graph import Layer
from core.layers import SHELF
from core.words import Sentence, mark

LONGEST_NAME = 60
ANSWERING = ("softmax", "sigmoid")  # bends of layers that answer a question, if perhaps another one than ours


def readers(steps: list[Step], facts: Mapping[str, Any]) -> tuple[dict[Key, str], list[Sentence]]:
    """Which part of the prepared rows each input reads: that of its name, or of its shape, or the next one.

    Args:
        steps: The inputs.

    Returns:
        By key; an input for which no part is left is missing. And what the user ought to know about it.
    """
    parts: Mapping[str, Any] = facts["inputs"]
    found: dict[Key, str] = {}
    notes = []
    free = dict.fromkeys(parts)
    for fits in (_called_alike, _shaped_alike, _of_one_kind):
        for step in steps:
            part = next((p for p in free if step.key not in found and fits(step, p, parts[p])), None)
            if part is not None:
                found[step.key] = part
                del free[part]
    for step in steps:
        name, wanted = "/".join(step.key)[:60], _shape(step)
        if step.key not in found:
            notes.append(mark("Input “{name}” finds no part of the rows that it could read.", name=name))
        elif wanted != list(parts[found[step.key]]["shape"]):
            notes.append(
                mark("Input “{name}” took {wanted} in the file; here it reads “{part}”, which is {ours}.",
                     name=name, wanted=_sizes(wanted), part=found[step.key], ours=_sizes(parts[found[step.key]]["shape"]))
            )  # fmt: skip
    return found, notes


def _called_alike(step: Step, part: str, entry: Mapping[str, Any]) -> bool:
    return step.key[-1] == part


def _shaped_alike(step: Step, part: str, entry: Mapping[str, Any]) -> bool:
    return _shape(step) == list(entry["shape"]) and _of_one_kind(step, part, entry)


def _of_one_kind(step: Step, part: str, entry: Mapping[str, Any]) -> bool:
    """Whether both are codes, or both are numbers."""
    return str(step.config.get("dtype") or "float32").startswith("int") == ("vocabulary" in entry)


def _shape(step: Step) -> list[Any]:
    shape = step.config.get("batch_shape") or step.config.get("batch_input_shape")
    return list(shape[1:]) if isinstance(shape, list) else []


def _sizes(shape: list[Any]) -> str:
    return " × ".join(str(size) if isinstance(size, int) else "?" for size in shape[:6]) or "?"


def names(keys: list[Key], read: Mapping[Key, str]) -> tuple[dict[Key, str], list[Sentence]]:
    """A name for each layer that our drawings can hold, each once.

    Args:
        read: Parts of the rows that inputs read: no other layer can be called like one of them.
    """
    taken = {part.lower(): key for key, part in read.items()}
    found: dict[Key, str] = {}
    again: dict[str, int] = {}
    for key in keys:
        plain = re.sub(r"[^0-9A-Za-z_]", "_", "_".join(key))[:LONGEST_NAME]
        first = name = plain if plain.isidentifier() else f"layer_{plain}"
        while taken.get(name.lower(), key) != key:
            again[first] = again.get(first, 1) + 1
            name = f"{first}_{again[first]}"
        taken[name.lower()] = key
        found[key] = name
    changed = [key for key in keys if found[key] != "/".join(key)]
    if not changed:
        return found, []
    said = mark(
        "One layer is called differently here: “{before}” became “{after}”.",
        plural="{count:,} layers are called differently here, such as “{before}”, which became “{after}”.",
        count=len(changed), before="/".join(changed[0])[:60], after=found[changed[0]],
    )  # fmt: skip
    return found, [said]


def ended(
    layers: list[Layer], made: Mapping[str, Translated], end: str, facts: Mapping[str, Any]
) -> tuple[list[Layer], list[Sentence]]:
    """The layers with an output: the last dense layer where it answered too or has the right size, or one more layer.

    Args:
        made: What each layer came from, by its name here.
        end: The layer that gives the file's answer.
    """
    by_name = {layer.name: layer for layer in layers}
    wanted = facts["output"]
    last, bend = by_name[end], None
    if last.kind in ("activation", "softmax") and _plain_before(last, by_name, layers):
        bend = "softmax" if last.kind == "softmax" else _set(last, "activation")
        layers = [layer for layer in layers if layer.name != end]
        last = by_name[last.inputs[0]]
    if last.kind == "dense":
        bend = bend or _set(last, "activation")
        if _set(last, "units") == wanted["units"] or bend in ANSWERING:
            output = replace(last, kind="output", fields={})
            return [output if layer is last else layer for layer in layers], _changed(last, bend, wanted)
    layers = list(by_name.values())
    name = next(
        n for n in ("answer", *(f"answer_{i}" for i in range(2, len(layers) + 3))) if n not in by_name
    )
    note = mark("An output with {count} number was added behind “{end}”, because the question asks for it.",
                plural="An output with {count:,} numbers was added behind “{end}”, because the question asks for it.",
                count=wanted["units"], end=end)  # fmt: skip
    return [*layers, Layer(name, "output", (end,))], [note]


def _changed(last: Layer, bend: str, wanted: Mapping[str, Any]) -> list[Sentence]:
    """What is not as it was in a layer that has become the output."""
    notes = []
    if _set(last, "units") != wanted["units"]:
        notes.append(mark("The last layer gave {theirs}; what you want to know needs {count} number.",
                          plural="The last layer gave {theirs}; what you want to know needs {count:,} numbers.",
                          theirs=_set(last, "units"), count=wanted["units"]))  # fmt: skip
    if bend != wanted["activation"]:
        notes.append(mark("The last bend was “{theirs}”; what you want to know needs “{ours}”.",
                          theirs=bend, ours=wanted["activation"]))  # fmt: skip
    if not _set(last, "use_bias"):
        notes.append(mark("The last layer had no starting value of its own; the output here has one."))
    return notes


def _plain_before(last: Layer, by_name: Mapping[str, Layer], layers: list[Layer]) -> bool:
    """Whether this bend does nothing but bend a dense layer that has no other reader and no bend of its own."""
    before = by_name[last.inputs[0]]
    alone = sum(before.name in layer.inputs for layer in layers) == 1
    return alone and before.kind == "dense" and _set(before, "activation") == "linear"


def _set(layer: Layer, name: str) -> Any:
    return layer.fields.get(name, SHELF[layer.kind].FIELDS[name].default)
