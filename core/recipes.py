"""Carries out column recipes: a row's raw text becomes the network's numbers, and its outputs become answers.

This file needs only Python, NumPy, `pieces.py` and `tokens.py` beside it, because every Python export carries a copy of
them: the same code prepares a row in training, on the page and outside. A recipe is plain JSON made of the few
steps below; how recipes are fitted is the business of `core.columns` and `core.prepare`.

A set of recipes (`recipes.json`):

    {"version": 1, "task": "yes_no",
     "target": {"column": "churn", "as": "classes", "classes": ["No", "Yes"]},
     "inputs": {"numbers": {"shape": [57], "dtype": "float32"},
                "categories": {"shape": [16], "dtype": "int32", "vocabulary": 60}},
     "columns": [{"column": "tenure", "kind": "number", "input": "numbers",
                  "parse": {"as": "number"}, "fill": 29.0,
                  "features": [{"make": "scale", "mean": 32.4, "scale": 24.6},
                               {"make": "bins", "edges": [0, 9, 29, 55, 72]},
                               {"make": "missing"}]},
                 {"column": "contract", "kind": "category", "input": "categories",
                  "parse": {"as": "text"}, "start": 0,
                  "features": [{"make": "lookup", "values": ["", "One year"]}]},
                 {"column": "remark", "kind": "text", "input": "texts", "parse": {"as": "text"},
                  "features": [{"make": "pieces", "known": [104857, 7], "weights": [1.4, 2.9]}]},
                 {"column": "remark", "kind": "text", "input": "remark_tokens", "parse": {"as": "text"},
                  "features": [{"make": "tokens", "tokenizer": {…}, "length": 64}]}]}

How a column of pictures is written, `pixels.py` says, and what is known of texts, `pieces.py` and `tokens.py`. An empty text is a missing value. A missing value and a category never seen in training are answers, not crashes.
"""

import math
import re
from datetime import UTC, datetime

import numpy as np

if __package__:
    from core import pieces, tokens
else:  # outside, these files lie in one folder
    import pieces
    import tokens

VERSION = 1
DAY = 86_400.0
LOWEST, HIGHEST = -2.0, 3.0  # of the outer bins, which go on beyond their edges
LARGEST = 1e100  # what programs write for "no value" lies beyond it, and its square is still a number
LONGEST_NUMBER = 400  # characters; cells that are longer are read one by one
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def column_names(names):
    """The names as every reader gives them: each one line, none empty, no two alike.

    Example:
        >>> column_names(["a", "", "a", " two\\nlines "])
        ['a', 'column_2', 'a_2', 'two lines']
    """
    cleaned = [" ".join(name.replace("\ufeff", "").split())[:200] for name in names]
    given, made = {name for name in cleaned if name}, {}
    for place, name in enumerate(cleaned, start=1):
        wanted = name or f"column_{place}"
        unique, again = wanted, 2
        while unique in made or (unique != name and unique in given):
            unique, again = f"{wanted}_{again}", again + 1
        made[unique] = place
    return list(made)


def read_number(text, parse):
    """One number, or NaN where the text is none, or one beyond `LARGEST`.

    `parse` may say which mark is the `decimal`, which groups `thousands`, and which signs or units to `remove`.

    Example:
        >>> read_number("(1.234,50 €)", {"decimal": ",", "thousands": ".", "remove": ["€"]})
        -1234.5
    """
    text = text.strip()
    for sign in parse.get("remove", ()):
        text = text.replace(sign, "")
    text = text.strip()
    negative = text.startswith("(") and text.endswith(")")
    if negative:
        text = text[1:-1].strip()
    if parse.get("thousands"):
        text = text.replace(parse["thousands"], "")
    if parse.get("decimal", ".") != ".":
        text = text.replace(parse["decimal"], ".")
    text = text.replace("\u2212", "-")
    if not _NUMBER.fullmatch(text):
        return math.nan
    value = float(text)
    return math.nan if abs(value) > LARGEST else (-value if negative else value)


def read_date(text, parse):
    """Days since 1970-01-01 (UTC where the text names a zone), or NaN where the text is no such date.

    `parse["format"]` is a `strptime` format, `iso`, `seconds` or `milliseconds` since 1970.

    Example:
        >>> read_date("1970-01-02 12:00", {"format": "iso"})
        1.5
    """
    text, form = text.strip(), parse.get("format", "iso")
    if not text:
        return math.nan
    try:
        if form in ("seconds", "milliseconds"):
            return float(text) / (DAY if form == "seconds" else DAY * 1000)
        moment = datetime.fromisoformat(text) if form == "iso" else datetime.strptime(text, form)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):  # the latter where a zone leads out of the calendar, too
        return math.nan
    return (moment - _EPOCH).total_seconds() / DAY


def read_values(texts, parse):
    """A column's texts as float64 with NaN for missing ("number", "date") or as a list of str ("text").

    Numbers that come as numbers count as they are, however the column writes them.

    Example:
        >>> read_values([1234.5, "1.234,5"], {"as": "number", "decimal": ",", "thousands": "."}).tolist()
        [1234.5, 1234.5]
    """
    if parse["as"] == "number" and (parse.get("decimal", ".") != "." or parse.get("thousands")):
        decimal = parse.get("decimal", ".")
        texts = [str(t).replace(".", decimal) if isinstance(t, (int, float)) and t == t else t for t in texts]
    texts = ["" if t is None or t != t else str(t) for t in texts]
    if parse["as"] == "text":
        return [t.strip() for t in texts]
    if parse["as"] == "number" and not any(parse.get(k) for k in ("thousands", "remove")):
        fast = _plain_numbers(texts) if parse.get("decimal", ".") == "." else None
        if fast is not None:
            return fast
    read = {"number": read_number, "date": read_date}[parse["as"]]
    known = {text: read(text, parse) for text in set(texts)}
    return np.array([known[t] for t in texts], dtype=np.float64)


def _plain_numbers(texts):
    """NumPy's own reading, many times faster, where every text is a plain number or empty; else None."""
    if max(map(len, texts), default=0) > LONGEST_NUMBER:
        return None  # NumPy would make all texts as long as the longest
    try:
        values = np.array([t.strip() or "nan" for t in texts], dtype=np.str_).astype(np.float64)
    except ValueError:
        return None
    # NumPy also takes "1_000", "inf", "nan" and other scripts' digits; leave what is unusual to the careful reader.
    unusual = any("_" in t or not t.isascii() for t in texts) or (np.abs(values) > LARGEST).any()
    return None if unusual else values


def date_part(days, part):
    """A calendar part of days since 1970: `days`, `year`, `month` (0 to 11), `day` (0 to 30), `weekday` (0 is
    Monday) or `hour` (with its fraction). NaN stays NaN."""
    if part == "days":
        return days
    if part == "weekday":
        return np.mod(np.floor(days) + 3, 7)  # 1970-01-01 was a Thursday
    if part == "hour":
        return (days - np.floor(days)) * 24
    known = np.where(np.isnan(days), 0, days)
    dates = np.datetime64("1970-01-01", "D") + np.floor(known).astype("int64").astype("timedelta64[D]")
    months = dates.astype("datetime64[M]")
    found = {
        "year": lambda: months.astype("datetime64[Y]").astype(int) + 1970,
        "month": lambda: months.astype(int) % 12,
        "day": lambda: (dates - months.astype("datetime64[D]")).astype(int),
    }[part]()
    return np.where(np.isnan(days), np.nan, found)


def bins(values, edges, flat=False):
    """Piecewise-linear encoding: one number per bin, 0 before it, 1 after it, the share passed inside it.

    The outer bins go on in a straight line, to `LOWEST` and `HIGHEST`, so that extreme values stay apart, unless they are `flat`.

    Source: Gorishniy et al., "On Embeddings for Numerical Features in Tabular Deep Learning", NeurIPS 2022, 3.2.
    """
    edges = np.asarray(edges, dtype=np.float64)
    share = (values[:, None] - edges[None, :-1]) / np.diff(edges)[None, :]
    low, high = np.zeros(len(edges) - 1), np.ones(len(edges) - 1)
    if not flat:
        low[0], high[-1] = LOWEST, HIGHEST
    return np.clip(share, low, high)


def known_values(feature, raw, fill):
    """What a feature is made of: the numbers, or their dates' part, with something in place of those that are missing."""
    values = np.where(np.isnan(raw), fill, raw)
    return date_part(values, feature["part"]) if "part" in feature else values


def number_feature(feature, raw, fill):
    """The columns [rows, k] that one feature makes of a number or date column."""
    make = feature["make"]
    if make == "missing":
        return np.isnan(raw).astype(np.float64)[:, None]
    values = known_values(feature, raw, fill)
    if make == "scale":
        if "low" in feature:
            values = np.clip(values, feature["low"], feature["high"])
        scaled = (values - feature["mean"]) / feature["scale"]
        return np.clip(scaled, -8.0, 8.0)[:, None]
    if make == "interpolate":
        return np.interp(values, feature["x"], feature["y"])[:, None]
    if make == "bins":
        return bins(values, feature["edges"], feature.get("flat", False))
    if make == "cycle":
        angle = values * (2 * math.pi / feature["period"])
        return np.stack([np.sin(angle), np.cos(angle)], axis=1)
    raise ValueError(f"unknown step: {make}")


def width(recipe):
    """How many numbers the recipe makes of one value."""
    sizes = {
        "bins": lambda f: len(f["edges"]) - 1, "cycle": lambda f: 2, "pieces": lambda f: len(f["known"]),
        "tokens": lambda f: f["length"], "counts": lambda f: f["most"],
    }  # fmt: skip
    return sum(sizes.get(f["make"], lambda f: 1)(f) for f in recipe["features"])


def encode_column(recipe, texts, pixels=None):
    """One column's texts as an array [rows, width]: float32 for numbers, int32 for categories and tokens, uint8 for
    the pieces of texts.

    A column of pictures gives uint8 [rows, height, width, channels]; see `encode`.
    """
    if recipe["parse"]["as"] == "picture":
        return pixels(recipe, ["" if t is None or t != t else t for t in texts])
    values = read_values(texts, recipe["parse"])
    if recipe["features"][0]["make"] == "pieces":
        return pieces.shares(recipe["features"][0], values)
    if recipe["features"][0]["make"] == "counts":
        return pieces.counted(recipe["features"][0], values)
    if recipe["features"][0]["make"] == "tokens":
        return tokens.codes(recipe["features"][0], values)
    if recipe["parse"]["as"] == "text":
        # Each column owns a stretch of one shared table: first the place for "never seen", then its values.
        start, known = recipe["start"], recipe["features"][0]["values"]
        place = {value: start + 1 + i for i, value in enumerate(known)}
        return np.array([place.get(v, start) for v in values], dtype=np.int32)[:, None]
    made = [number_feature(f, values, recipe["fill"]) for f in recipe["features"]]
    return np.concatenate(made, axis=1).astype(np.float32)


def encode(recipes, columns, pixels=None):
    """The network's inputs for some rows.

    Args:
        recipes: The whole of `recipes.json`.
        columns: Texts by column name, all of one length. A column that is not there counts as missing.
        pixels: What gives the pixels of pictures, as `pixels.pictures` makes it, where the recipes read any.

    Returns:
        An array [rows, width] for each of the network's inputs, by its name; of pictures [rows, height, width, channels].
    """
    rows = max((len(texts) for texts in columns.values()), default=0)
    parts = {name: [] for name in recipes["inputs"]}
    for recipe in recipes["columns"]:
        texts = columns.get(recipe["column"])
        parts[recipe["input"]].append(encode_column(recipe, [""] * rows if texts is None else texts, pixels))
    return {name: np.concatenate(made, axis=1) for name, made in parts.items()}


def answers(recipes, outputs):
    """What the network's outputs mean.

    Args:
        recipes: The whole of `recipes.json`.
        outputs: What the network says, [rows, units].

    Returns:
        `{"prediction": list}` and, for classes, `"probabilities"`: an array [rows, classes] in the order of
        `recipes["target"]["classes"]`. Amounts are in the target's own unit; one with a range also has the lists
        `"low"` and `"high"`.
    """
    target, outputs = recipes["target"], np.asarray(outputs, dtype=np.float64)
    if target["as"] == "number":
        found = _with_range(target["range"], outputs) if "range" in target else {"prediction": outputs[:, 0]}
        return {name: (values * target["scale"] + target["mean"]).tolist() for name, values in found.items()}
    if target["as"] == "labels":
        return {"prediction": [_joined(target, row) for row in outputs], "probabilities": outputs}
    if target.get("steps"):
        outputs = _of_steps(outputs)
        # The class in the middle: half of the chance lies on either side, so that it is fewest steps off.
        best = np.minimum((np.cumsum(outputs, axis=1) < 0.5).sum(1), outputs.shape[1] - 1)
    elif outputs.shape[1] == 1:
        outputs = np.concatenate([1 - outputs, outputs], axis=1)
        best = (outputs[:, 1] >= target.get("threshold", 0.5)).astype(int)
    else:
        best = outputs.argmax(axis=1)
    return {"prediction": [target["classes"][i] for i in best], "probabilities": outputs}


def _joined(target, chances):
    """The labels that are likelier than not, as they stand in a cell."""
    mark = target["separator"] if target["separator"] == "|" else target["separator"] + " "
    return mark.join(label for label, chance in zip(target["labels"], chances, strict=True) if chance >= 0.5)


def _of_steps(outputs):
    """Chances [rows, classes] of classes in order, from the chance at each step that it goes on to the next class."""
    ones = np.ones((len(outputs), 1))
    return np.cumprod(np.concatenate([ones, outputs], axis=1), axis=1) * np.concatenate(
        [1 - outputs, ones], axis=1
    )


def _with_range(how, outputs):
    """The middle and both ends, encoded, from three quantiles, which are put in order where they cross.

    Source: Chernozhukov et al., "Quantile and Probability Curves Without Crossing", Econometrica 78 (2010): putting them
    in order never makes them worse.
    """
    low, middle, high = np.sort(outputs, axis=1).T
    low, high = np.minimum(low - how["widen"], middle), np.maximum(high + how["widen"], middle)
    return {"prediction": middle, "low": low, "high": high}


def answer_names(recipes):
    """The columns that answers have as a table: `prediction`, then `low` and `high`, or `p_<class>` for each class."""
    target = recipes["target"]
    ends = ["low", "high"] if "range" in target else []
    return ["prediction", *ends, *(f"p_{name}" for name in target.get("classes", target.get("labels", ())))]


def answer_table(recipes, said):
    """The answers, as `answers` gives them, as a list for each column of `answer_names`."""
    table = {name: list(said[name]) for name in ("prediction", "low", "high") if name in said}
    chances = said.get("probabilities")
    for place, name in enumerate(recipes["target"].get("classes", recipes["target"].get("labels", ()))):
        table[f"p_{name}"] = [] if chances is None else [float(row[place]) for row in chances]
    return table
