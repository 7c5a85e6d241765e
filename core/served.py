"""Rows of values become answers as a web service gives them: the same that the exported one gives, see `core.exports._outside`."""

from collections.abc import Mapping, Sequence
from typing import Any

from core import generate, inquiry, ranking, recipes, recommending, rewrite, windows
from core.answer import Find, Model, rows_at_once

Values = Mapping[str, Any]


def answers(model: Model, rows: Sequence[Values], find: Find) -> list[dict[str, Any]]:
    """One answer for each row, or of a forecast one for each of the next steps.

    Args:
        rows: Checked values by name, see `core.inquiry.read_rows`.
        find: From what stands for a picture in a row to its bytes.
    """
    if model.tastes:
        return [_items(model, row) for row in rows]
    if model.writer:
        return [{"prediction": _written(model, row)} for row in rows]
    each = len(rows) if "series" in model.recipes or model.writes else rows_at_once(model.session)
    said: list[dict[str, Any]] = []
    for at in range(0, len(rows), each):
        said += _said(
            model, {name: [row[name] for row in rows[at : at + each]] for name in model.columns}, find
        )
    return [inquiry.nested(one, model.recipes["target"]) for one in said]


def _said(model: Model, columns: Mapping[str, Sequence[Any]], find: Find) -> list[dict[str, Any]]:
    if "series" in model.recipes:
        return windows.latest(model.recipes, columns, model.scored, recipes.read_values)
    if model.stored:
        return ranking.lines(model.recipes, model.stored, model.outputs(columns), columns)
    if model.writes:
        return rewrite.rows(model.recipes, model.writes, columns[model.columns[0]])
    table = recipes.answer_table(model.recipes, model.answer(columns, find))
    return [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]


def _items(model: Model, row: Values) -> dict[str, Any]:
    person = row[model.recipes["target"]["person"]]
    if not person:
        return {"items": []}
    told = recommending.told_of(model.recipes, {name: [value] for name, value in row.items()})
    keep, most = row["keep_seen"], row["most"]
    return {
        "items": recommending.lines(model.recipes, model.tastes, model.scored, [person], most, keep, told)
    }


def _written(model: Model, row: Values) -> str:
    target = model.recipes["target"]
    settings = {name: value for name, value in row.items() if name != target["column"]}
    beginning = row[target["column"]] or ""
    return generate.text(target, list(generate.write(model.writer, target, beginning=beginning, **settings)))
