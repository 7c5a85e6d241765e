"""Turns rows of one or many series into the windows that a forecasting network reads, and its outputs into forecasts.

Like `core.recipes`, this file needs only Python and NumPy and imports nothing of ours, because every Python export of a
forecast carries a copy of it. What it follows lies in `recipes.json` under `series`:

    {"time": "Date", "parse": {"as": "date", "format": "%Y-%m"}, "by": ["region"], "unit": "months", "every": 1,
     "origin": 0, "steps": 12, "back": 24, "season": 12, "seasons": 1, "recent": 3, "lags": [1],
     "bend": "log", "least": 52.0, "calendar": ["month"], "level": 5.1, "scale": 0.13, "each": {"[\"Albany\"]": [5.1, 0.13]},
     "past": [{"column": "temp", "parse": {"as": "number"}, "scale": 1.0}]}

A *grid* is one series with a place for every step: `{"key", "first", "values", "known", "past", "rows", "merged"}`, where
`values` are bent and without gaps, and `known` says which of them the table told. The network answers how far each of the
next values lies from what the seasons before let expect (the *base*), in units of how much values usually differ from those
a season before (the *scale*).
"""

import json
import math
from datetime import UTC, datetime, timedelta

import numpy as np

DAY = 86_400.0
FURTHEST = 20.0  # scales, beyond which a number that comes in tells no more
PERIODS = {"month": 12.0, "weekday": 7.0, "hour": 24.0, "year_day": 365.25}


def bend(series, values):
    """Values of the target as the network sees them; what a logarithm does not know counts as the least it does."""
    values = np.asarray(values, dtype=np.float64)
    if series["bend"] == "log":
        return np.log(np.maximum(values, series["least"]))
    if series["bend"] == "root":
        return np.sqrt(np.maximum(values, 0.0))
    return np.log1p(np.maximum(values, 0.0)) if series["bend"] == "log1p" else values


def unbend(series, values):
    """Back in the target's own unit."""
    if series["bend"] == "none":
        return values
    if series["bend"] == "root":
        return np.maximum(values, 0.0) ** 2
    bounded = np.exp(np.minimum(values, 230.0))
    return bounded if series["bend"] == "log" else np.maximum(bounded - 1.0, 0.0)


def month_of(days):
    """The month since 1970 of each moment in days since then, and the days in it that have passed."""
    dates = np.datetime64("1970-01-01", "D") + np.floor(days).astype("int64").astype("timedelta64[D]")
    months = dates.astype("datetime64[M]")
    return months.astype("int64"), (dates - months.astype("datetime64[D]")).astype("int64")


def places(series, moments):
    """The number of the step at which each moment lies, as floats; NaN where it is not known."""
    known, found = np.isfinite(moments), np.full(len(moments), np.nan)
    if series["unit"] == "rows":
        found[known] = np.unique(moments[known], return_inverse=True)[1]
    elif series["unit"] == "months":
        found[known] = (month_of(moments[known])[0] - series["origin"]) // series["every"]
    else:
        size = DAY if series["unit"] == "seconds" else 1.0
        found[known] = np.round((moments[known] * size - series["origin"]) / series["every"])
    return found


def moments_at(series, steps):
    """When these steps are, as `read_values` gives it; NaN where the steps are only counted."""
    steps = np.asarray(steps, dtype=np.float64)
    if series["unit"] == "rows":
        return np.full(steps.shape, np.nan)
    if series["unit"] != "months":
        return (series["origin"] + steps * series["every"]) / (DAY if series["unit"] == "seconds" else 1.0)
    months = (series["origin"] + steps * series["every"]).astype("int64").astype("datetime64[M]")
    last = ((months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")).astype("int64") - 1
    return months.astype("datetime64[D]").astype("int64") + np.minimum(last, series["day"]).astype(float)


def calendar(series, steps):
    """Where each step stands in the cycles of the calendar: sine and cosine of each, [*steps.shape, 2 · cycles]."""
    days = moments_at(series, steps)
    made = []
    for part in series["calendar"]:
        if part == "hour":
            value = (days - np.floor(days)) * 24
        elif part == "weekday":
            value = np.mod(np.floor(days) + 3, 7)
        elif part == "month":
            value = month_of(days)[0] % 12
        else:
            first = month_of(days)[0] // 12 * 12
            value = days - first.astype("datetime64[M]").astype("datetime64[D]").astype("int64")
        angle = np.asarray(value, dtype=np.float64) * (2 * math.pi / PERIODS[part])
        made += [np.sin(angle), np.cos(angle)]
    return np.stack(made, axis=-1) if made else np.zeros((*np.shape(steps), 0))


def grids(made, columns, read):
    """The series that these rows hold, each with a place for every step from its first known value to its last.

    Several rows of one moment count as their mean. A gap takes the value one season before, or else the last one: what was
    not known then, such as the value after it, must not come in.

    Args:
        made: The whole of `recipes.json`.
        columns: Texts by column name, all of one length.
        read: `recipes.read_values`.
    """
    series, target = made["series"], made["target"]
    values = np.asarray(read(columns[target["column"]], target["parse"]), dtype=np.float64)
    keys = list(zip(*([str(t or "").strip() for t in columns[name]] for name in series["by"]), strict=True))
    keys = [json.dumps(key, ensure_ascii=False) for key in keys] or ["[]"] * len(values)
    if series["time"]:
        at = places(series, np.asarray(read(columns[series["time"]], series["parse"]), dtype=np.float64))
    else:
        at = counted(keys)
    past = [np.asarray(read(columns[p["column"]], p["parse"]), dtype=np.float64) for p in series["past"]]
    by_key = {}
    for row in np.flatnonzero(np.isfinite(at) & np.isfinite(values)).tolist():
        by_key.setdefault(keys[row], []).append(row)
    return [_grid(series, key, np.array(rows), at, values, past) for key, rows in by_key.items()]


def counted(keys):
    """The place of each row within its series, so that all series end together."""
    seen, found = {}, np.zeros(len(keys))
    for row in range(len(keys) - 1, -1, -1):
        found[row] = -seen.get(keys[row], 0)
        seen[keys[row]] = seen.get(keys[row], 0) + 1
    return found


def _grid(series, key, rows, at, values, past):
    where = at[rows].astype("int64")
    first, size = int(where.min()), int(where.max() - where.min()) + 1
    count = np.bincount(where - first, minlength=size)
    known = count > 0
    mean = np.bincount(where - first, values[rows], size) / np.maximum(count, 1)
    filled = _without_gaps(bend(series, mean), known, series["season"])
    beside = np.zeros((size, len(past)))
    for place, column in enumerate(past):
        told = np.isfinite(column[rows])
        beside[:, place] = _last_known(size, where[told] - first, column[rows][told])
    row = np.zeros(size, dtype="int64")
    row[where - first] = rows
    row = row[np.maximum.accumulate(np.where(known, np.arange(size), 0))]
    return {
        "key": key,
        "first": first,
        "values": filled,
        "known": known,
        "past": beside,
        "rows": row,
        "merged": int((count - known).sum()),
    }


def _without_gaps(values, known, season):
    filled = values.copy()
    for place in np.flatnonzero(~known).tolist():
        filled[place] = filled[place - season] if place >= season else filled[place - 1]
    return filled


def _last_known(size, where, values):
    """For each place the latest value up to it, and before the first value that one."""
    if not len(values):
        return np.zeros(size)
    found, told = np.zeros(size), np.zeros(size, dtype=bool)
    found[where], told[where] = values, True
    latest = np.maximum.accumulate(np.where(told, np.arange(size), 0))
    return found[np.maximum(latest, int(where.min()))]


def windows(made, grid, origins):
    """The network's inputs for forecasts made after these places of one grid.

    Args:
        origins: Places in `grid["values"]`, the last ones known to each forecast.

    Returns:
        An array [origins, …] for each input, the base [origins, steps], and the scale.
    """
    series = made["series"]
    level, scale = series["each"].get(grid["key"], [series["level"], series["scale"]])
    values, origins = grid["values"], np.asarray(origins, dtype="int64")
    back = origins[:, None] + np.arange(1 - series["back"], 1)[None, :]
    ahead = np.arange(1, series["steps"] + 1)[None, :]
    seen = _at(values, back)
    middle = seen.mean(1, keepdims=True)
    base = expected(series, values, origins, ahead)
    past = [(seen - middle) / scale, (seen - _at(values, back - series["season"])) / scale]
    for place, recipe in enumerate(series["past"]):
        # Within the window: how large a number is says which series it is, not what comes next.
        beside = _at(grid["past"][:, place], back)
        past.append((beside - beside.mean(1, keepdims=True)) / recipe["scale"])
    coming = [(base - middle) / scale]
    for lag in series["lags"]:
        # As far as there is history; before it, the lag says what the base says.
        there = origins[:, None] + ahead - lag * -(-ahead // lag) >= 0
        coming.append(np.where(there, (before(values, origins, ahead, lag) - base) / scale, 0.0))
    coming.append(np.repeat(np.clip((middle - level) / scale, -8, 8), series["steps"], axis=1))
    steps = grid["first"] + origins[:, None] + ahead
    inputs = {
        "past": np.stack(past, axis=-1),
        "ahead": np.concatenate([np.stack(coming, -1), calendar(series, steps)], axis=-1),
    }
    inputs = {n: np.clip(v, -FURTHEST, FURTHEST).astype(np.float32) for n, v in inputs.items()}
    if series["by"]:
        inputs["categories"] = np.tile(_codes(made, grid["key"]), (len(origins), 1))
    return inputs, base, scale


def _at(values, where):
    """The values at these places; before the beginning, the first one."""
    return values[np.maximum(where, 0)]


def expected(series, values, origins, ahead):
    """The base of each forecast: the mean of so many seasons before, moved by how far the latest values lie from theirs."""
    season, seasons, recent = series["season"], series["seasons"], series["recent"]
    first = ahead - season * -(-ahead // season)
    found = sum(_at(values, origins[:, None] + first - season * back) for back in range(seasons)) / seasons
    if not recent:
        return found
    place = origins[:, None] - np.arange(recent)[None, :]
    usual = sum(_at(values, place - season * back) for back in range(1, seasons + 1)) / seasons
    return found + (_at(values, place) - usual).mean(1, keepdims=True)


def before(values, origins, ahead, season):
    """For each of the next steps the latest value that lies whole seasons before it."""
    return _at(values, origins[:, None] + ahead - season * -(-ahead // season))


def _codes(made, key):
    """The numbers of a series' names in the table that all of them share; 0 of each stretch is "never seen"."""
    named = dict(zip(made["series"]["by"], json.loads(key), strict=True))
    found = []
    for recipe in made["columns"]:
        if recipe["input"] == "categories":
            known = recipe["features"][0]["values"]
            value = named[recipe["column"]]
            found.append(recipe["start"] + (1 + known.index(value) if value in known else 0))
    return np.array(found, dtype=np.int32)


def forecasts(made, outputs, base, scale):
    """What the network's outputs [origins, steps] mean in the target's own unit."""
    return unbend(made["series"], base + np.asarray(outputs, dtype=np.float64) * scale)


def latest(made, columns, network, read):
    """The next values of each series that these rows hold.

    Args:
        made: The whole of `recipes.json`.
        columns: Texts by column name, all of one length.
        network: From the inputs by name to the outputs [rows, steps].
        read: `recipes.read_values`.

    Returns:
        A dict for each series and step: the series' own columns, the time (or the step's number where times are not
        regular), and `prediction`.
    """
    series, answers = made["series"], []
    for grid in grids(made, columns, read):
        end = len(grid["values"]) - 1
        inputs, base, scale = windows(made, grid, [end])
        said = forecasts(made, network(inputs), base, scale)[0]
        steps = grid["first"] + end + np.arange(1, series["steps"] + 1)
        names = dict(zip(series["by"], json.loads(grid["key"]), strict=True))
        for number, (moment, value) in enumerate(zip(moments_at(series, steps), said, strict=True), start=1):
            regular = series["time"] and math.isfinite(moment)
            when = {series["time"]: text_of(series, moment)} if regular else {"step": str(number)}
            answers.append({**names, **when, "prediction": float(value)})
    return answers


def answer_names(made):
    """The names of the columns of `latest`."""
    series = made["series"]
    regular = series["time"] and series["unit"] != "rows"
    return [*series["by"], series["time"] if regular else "step", "prediction"]


def text_of(series, moment):
    """A moment as its column writes it."""
    form = series["parse"].get("format", "iso")
    if series["parse"]["as"] == "number":
        return f"{moment:g}" if moment != round(moment) else str(round(moment))
    if form in ("seconds", "milliseconds"):
        return str(round(moment * DAY * (1 if form == "seconds" else 1000)))
    date = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=round(moment * DAY))
    if form != "iso":
        return date.strftime(form)
    daily = series["unit"] == "months" or series["every"] % DAY == 0
    return date.strftime("%Y-%m-%d" if daily else "%Y-%m-%dT%H:%M:%S")
