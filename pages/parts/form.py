"""Fields become widgets: the only place that knows which knob looks how."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.fields import Choice, Decimal, Field, Fields, Numbers, Switch, Whole
from core.words import say
from pages.parts import place, trouble

WIDE = 3


def form(
    fields: Fields,
    values: Mapping[str, Any],
    key: str,
    automatic: Mapping[str, Any] | None = None,
    columns: int = WIDE,
    main: bool | None = None,
) -> dict[str, Any]:
    """The widgets of some fields, and the values that they hold now; a field left on its default is not among them.

    Args:
        fields: What can be set.
        values: What has been set before.
        key: Makes the widgets of this form unlike those of others.
        automatic: What each automatic field comes to, to be shown while nobody has set it.
        columns: Widgets beside each other.
        main: Only the main fields, only the others, or all if None.
    """
    now = {name: values.get(name, field.default) for name, field in fields.items()}
    asked = [name for name, field in fields.items() if main in (None, field.main)]
    shown = [name for name in asked if _applies(fields[name], now)]
    for start in range(0, len(shown), columns):
        spots = st.columns(columns, gap="medium")
        for spot, name in zip(spots, shown[start : start + columns], strict=False):
            with spot:
                now[name] = _widget(fields[name], now[name], f"{key}-{name}", (automatic or {}).get(name))
    return {name: now[name] for name in asked if name in values or now[name] != fields[name].default}


def _applies(field: Field, values: Mapping[str, Any]) -> bool:
    return all(values.get(name) == wanted for name, wanted in (field.when or {}).items())


def _widget(field: Field, value: Any, key: str, automatic: Any) -> Any:
    """One field's widget; an automatic field can be emptied, which means automatic again."""
    label, help = str(field.label), trouble.escape(str(field.help))
    if isinstance(field, Switch):
        return st.toggle(label, bool(value), key=key, help=help)
    if isinstance(field, Choice):
        options = list(field.options)
        return st.selectbox(
            label, options, index=options.index(value) if value in options else None, key=key, help=help,
            placeholder=say("automatic") if field.auto else None,
            format_func=lambda option: str(field.options[option]),
        )  # fmt: skip
    if isinstance(field, Whole):
        return _number(field, value, key, automatic, int, 1)
    if isinstance(field, Decimal):
        return _number(field, value, key, automatic, float, field.step)
    if isinstance(field, Numbers):
        return _numbers(field, value, key)
    st.markdown(
        f"{label}: **{trouble.escape(str(value if value is not None else automatic or say('automatic')))}**"
    )
    return value


def _number(field: Whole | Decimal, value: Any, key: str, automatic: Any, kind: type, step: Any) -> Any:
    hint = say("automatic: {value}", value=f"{automatic:,.4g}") if automatic is not None else say("automatic")
    start = None if value is None else kind(value)
    if field.auto:
        place.begin_with(key, start)
    found = st.number_input(
        str(field.label), kind(field.low), kind(field.high), None if field.auto else start,
        step=kind(step), key=key, placeholder=hint if field.auto else None, help=trouble.escape(str(field.help)),
        format=None if kind is int else "%.6g",
    )  # fmt: skip
    return value if found is None and not field.auto else found


def _numbers(field: Numbers, value: Any, key: str) -> Any:
    """A short list of whole numbers, written with commas."""
    text = st.text_input(
        str(field.label), ", ".join(map(str, value or [])), key=key, help=trouble.escape(str(field.help))
    )
    parts = [part.strip() for part in text.replace("×", ",").split(",") if part.strip()]
    wanted = [int(part) if part.lstrip("-").isdigit() else part for part in parts]
    if field.allows(wanted):
        return wanted
    st.caption(f":red[{say('Set it to {limits}.', limits=field.limits())}]")
    return value
