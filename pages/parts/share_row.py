"""A page that is shared, for a model that answers one row: its form and its answer in words."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any

from core import home, inquiry, recipes, sample_row, shares
from core.inquiry import Field
from core.runs import Run
from core.shares import Share
from core.words import say
from pages.parts import named, sure
from pages.parts.markup import Markup, joined, tag
from pages.parts.share_parts import LONGEST, Ask, Part, read

MAIN, MOST_CLASSES, MOST_OFFERED, MOST_LISTED = 6, 6, 60, 200
LETTERS = 20_000  # of all values that are offered to choose from, so that the page stays small
MADE_UP = 2  # the last rows of the samples: an empty one, and one of values never seen


def asked(run: Run) -> dict[str, Field]:
    """The fields of the form, those that decide most first."""
    results = run.results() or {}
    worth = {entry["column"]: entry["drop"] for entry in results.get("importance", [])}
    found = inquiry.fields(run.recipes() or {}, example(run, 0))
    return dict(sorted(found.items(), key=lambda pair: -worth.get(pair[0], 0.0)))


def example(run: Run, number: int) -> dict[str, Any]:
    """One of the run's test rows as a request says it."""
    return sample_row.row(run, home.read_json(run.folder / "samples.json")["columns"], number)


def offered(run: Run) -> list[dict[str, Any]]:
    """Rows of the table that may be shown as examples: the first test rows, what decides most coming first in each."""
    if any(recipe["kind"] == "image" for recipe in _recipes(run).values()):
        return []  # pictures would make the page too large
    samples = home.read_json(run.folder / "samples.json")["columns"]
    real = len(next(iter(samples.values()))) - MADE_UP
    rows = [sample_row.row(run, samples, number) for number in range(min(shares.MOST_EXAMPLES, real))]
    return [{name: row[name] for name in asked(run)} for row in rows]


def seen() -> str:
    """What whoever opens the page gets to see."""
    return say(
        "The page shows the names of the columns, the values that a column can be chosen from, and what you wrote here."
    )


def form(run: Run, share: Share) -> Markup:
    """The controls, holding the first example, or what is usual where there is none."""
    fields, parses, left = list(asked(run).values()), _recipes(run), [LETTERS]
    begin = (
        examples(run, share) or [_shown({name: _usual(recipe) for name, recipe in parses.items()}, parses)]
    )[0]
    drawn = [
        _control(f"f{at}", field, parses[field.name], begin.get(field.name, ""), left)
        for at, field in enumerate(fields)
    ]
    more = drawn[MAIN:]
    label = say("{count} more column", plural="{count} more columns", count=len(more))
    return joined(
        tag("div", *drawn[:MAIN], class_="fields"),
        tag("details", tag("summary", label), tag("div", *more, class_="fields")) if more else None,
    )


def examples(run: Run, share: Share) -> list[dict[str, str]]:
    """The rows to try, as the form's controls hold their values."""
    return [_shown(row, _recipes(run)) for row in share.examples]


def _recipes(run: Run) -> dict[str, Mapping[str, Any]]:
    """By column, the recipe that reads it first."""
    return {recipe["column"]: recipe for recipe in reversed((run.recipes() or {})["columns"])}


def _shown(row: Mapping[str, Any], parses: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """A row's values as the browser's own controls write them, dates by ISO 8601; what is missing is empty."""
    made: dict[str, str] = {}
    for name, value in row.items():
        recipe = parses[name]
        if value is not None and recipe["parse"]["as"] == "date":
            value = _moment(recipe, value)
        made[name] = "" if value is None else str(value)
    return made


def _usual(recipe: Mapping[str, Any]) -> str | float | None:
    """What a row usually says there: a moment, a number that can be read, or the most common of the known values."""
    fill = recipe.get("fill")
    if fill is None:
        values = [value for feature in recipe["features"] for value in feature.get("values", ())]
        return values[0] if values else None
    if recipe["parse"]["as"] == "date":
        return fill
    short = float(f"{fill:.6g}")
    return int(short) if short.is_integer() else short


def _moment(recipe: Mapping[str, Any], value: Any) -> str:
    days = value if isinstance(value, float) else recipes.read_date(str(value), recipe["parse"])
    if days != days:
        return ""
    moment = recipes.datetime.fromtimestamp(days * recipes.DAY, recipes.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M" if _by_the_hour(recipe) else "%Y-%m-%d")


def _by_the_hour(recipe: Mapping[str, Any]) -> bool:
    return any(feature.get("part") == "hour" for feature in recipe["features"])


def _control(id: str, field: Field, recipe: Mapping[str, Any], value: str, left: list[int]) -> Markup:
    """A labelled control. `left` counts how many letters may still be offered on the page."""
    control, hint = _drawn(id, field, recipe, value, left)
    under = tag("p", hint, id=f"{id}-hint", class_="hint") if hint else None
    wide = "field wide" if field.kind in ("text", "picture") else "field"
    return tag("div", tag("label", field.name, for_=id), control, under, class_=wide)


def _drawn(
    id: str, field: Field, recipe: Mapping[str, Any], value: str, left: list[int]
) -> tuple[Markup, str]:
    """The control itself, and a hint."""
    about = {"id": id, "data_name": field.name, "data_kind": field.kind}
    if field.kind == "text":
        return tag("textarea", value, rows=5, maxlength=LONGEST, **about), ""
    if field.kind == "picture":
        return tag("input", type="file", accept="image/*", **about), say(
            "A photo or a picture; it is not kept."
        )
    if field.kind == "date":
        hours = _by_the_hour(recipe)
        return tag(
            "input",
            type="datetime-local" if hours else "date",
            value=value,
            max="9999-12-31" + "T23:59" * hours,
            **about,
        ), ""
    if field.kind == "category":
        return _choice(field, value, left, about), ""
    low, high = field.usual
    hint = say("Usually from {low:,.6g} to {high:,.6g}", low=low, high=high) if low < high else ""
    about["aria_describedby"] = f"{id}-hint" if hint else None
    return tag("input", type="number", step="any", value=value, placeholder=say("not known"), **about), hint


def _choice(field: Field, value: str, left: list[int], about: Mapping[str, Any]) -> Markup:
    """A list to choose from, or where there are many values, a text that proposes some."""
    letters, box = (
        sum(len(one) for one in field.values),
        {"type": "text", "value": value, "maxlength": LONGEST},
    )
    box["placeholder"] = say("not known")
    if letters > left[0] or len(field.values) > MOST_LISTED or not field.values:
        return tag("input", **box, **about)
    left[0] -= letters
    if len(field.values) > MOST_OFFERED:
        listed = tag(
            "datalist", *(tag("option", value=one) for one in field.values), id=f"{about['id']}-list"
        )
        return joined(tag("input", list=f"{about['id']}-list", **box, **about), listed)
    known = field.values if value in ("", *field.values) else (value, *field.values)
    offered = [tag("option", one, value=one, selected=one == value) for one in known]
    return tag("select", *offered, tag("option", say("not known"), value="", selected=value == ""), **about)


def answer(run: Run, given: Any, ask: Ask) -> list[Part]:
    """The answer in words, as parts that the browser draws one below the other.

    Args:
        given: What the form sent, by column.
        ask: Asks `core.answering`.

    Raises:
        RefusedError: If it is no row of this model.
    """
    values = read(given, asked(run))
    pictures = {name: b64encode(value).decode() for name, value in values.items() if isinstance(value, bytes)}
    columns = {name: [name if name in pictures else value] for name, value in values.items()}
    said = ask({"folder": str(run.folder), "columns": columns, "pictures": pictures})
    if said["prediction"][0] is None:
        return [{"is": "line", "text": say("Choose a picture that can be read, and its answer stands here.")}]
    return list(_parts((run.recipes() or {})["target"], said, run.results() or {}))


def _parts(target: Mapping[str, Any], said: Mapping[str, Any], results: Mapping[str, Any]) -> Iterator[Part]:
    prediction = said["prediction"][0]
    yield {"is": "note", "text": say("The answer for “{target}”", target=named.cut(target["column"]))}
    if "probabilities" not in said:
        yield from _amount(said, results)
        return
    yield {"is": "head", "text": prediction or "–"}
    chances = dict(zip(target.get("classes") or target["labels"], said["probabilities"][0], strict=True))
    if "classes" in target:
        yield {"is": "line", "text": _how_sure(prediction, chances, bool(target.get("steps")))}
    likeliest = sorted(chances.items(), key=lambda pair: -pair[1])[:MOST_CLASSES]
    listed = [pair for pair in chances.items() if pair in likeliest] if target.get("steps") else likeliest
    for name, share in listed:
        yield {
            "is": "bar",
            "text": named.cut(name),
            "share": min(max(share, 0.0), 1.0),
            "told": named.chance(share),
        }


def _how_sure(prediction: str, chances: Mapping[str, float], in_order: bool) -> str:
    if in_order and chances[prediction] < max(chances.values()):
        return say(
            "“{answer}” lies in the middle of what may be, so it is the fewest steps off.",
            answer=named.cut(prediction),
        )
    return say(
        "The chance of “{answer}” is {chance}: {words}.", answer=named.cut(prediction),
        chance=named.chance(chances[prediction]), words=sure.words(chances[prediction]),
    )  # fmt: skip


def _amount(said: Mapping[str, Any], results: Mapping[str, Any]) -> Iterator[Part]:
    yield {"is": "head", "text": named.amount(said["prediction"][0])}
    if "low" in said:
        low, high = (named.amount(said[name][0]) for name in ("low", "high"))
        yield {
            "is": "line",
            "text": say("It lies between {low} and {high} in 90 of 100 cases.", low=low, high=high),
        }
    miss = results.get("metrics", {}).get("test", {}).get("mae")
    if miss is not None:
        yield {"is": "note", "text": say("On the test rows it was off by {miss:,.3g} on average.", miss=miss)}
