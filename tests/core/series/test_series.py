"""Rows become series and windows: the step is found, gaps are filled, and no training window reaches into the test."""

from pathlib import Path

import numpy as np
import pytest
from pandas import DataFrame, concat

from core import home, recipes, windows
from core.errors import DataError
from core.goal import Forecast, Goal
from core.profile import profile
from core.series import apart, found, make, prepared
from core.series.fitted import bend_of, fit
from core.series.question import with_forecast
from core.suggest import suggest
from tests.core.series.tables import goal, monthly, shops

DAY = np.arange(400.0)


def months(every: int, day: int = 0) -> np.ndarray:
    at = np.arange(0, 90, every) + np.datetime64("2010-01")
    return at.astype("datetime64[D]").astype(float) + day


@pytest.mark.parametrize(
    ("moments", "unit", "every", "seasons"),
    [
        (DAY, "seconds", 86_400, (7, 365)),
        (DAY / 24, "seconds", 3_600, (24, 168)),
        (DAY * 7, "seconds", 604_800, (52,)),
        (DAY / 48, "seconds", 1_800, (48, 336)),
        (months(1), "months", 1, (12,)),
        (months(1, 14), "months", 1, (12,)),
        (months(3), "months", 3, (4,)),
        (months(12), "months", 12, ()),
        (np.delete(DAY, slice(100, 110)), "seconds", 86_400, (7, 365)),
        (DAY[(DAY + 3) % 7 < 5], "rows", 1, found.COUNTED),
        (np.cumsum(np.random.RandomState(0).exponential(3, 200)), "rows", 1, found.COUNTED),
    ],
)
def test_the_step_is_found(moments: np.ndarray, unit: str, every: float, seasons: tuple[int, ...]):
    step = found.step_of([moments])
    assert (step.unit, step.every, step.seasons) == (unit, every, seasons)


@pytest.mark.parametrize(("day", "expected"), [(0, "2012-03-01"), (14, "2012-03-15"), (30, "2012-03-31")])
def test_months_are_counted_on_from_their_own_day(day: int, expected: str):
    at = months(1)
    last = np.array([31 if d == 30 else 0 for d in [day] * len(at)])
    moments = (at if day < 30 else months(1)[1:] - 1) + (day if day < 30 else 0 * last[1:])
    step = found.step_of([moments])
    series = {**step.__dict__, "parse": {"as": "date", "format": "iso"}}
    place = windows.places(series, np.array([float(np.datetime64(expected).astype(int))]))
    assert windows.text_of(series, float(windows.moments_at(series, place)[0])) == expected


def test_the_columns_that_tell_series_apart_are_found():
    table = shops()
    facts = profile(table)
    at = np.asarray(recipes.read_values(table["day"].tolist(), {"as": "date", "format": "iso"}))
    assert found.propose(table, facts, "sold", at, "day") == Forecast("day", ("shop",), 14)
    asked = with_forecast(suggest(facts, "sold").goal, facts, Forecast("day", ("shop",), 14))
    assert (asked.task, asked.inputs, asked.split.by, asked.split.time_column) == (
        "forecast", ("price",), "time", "day",
    )  # fmt: skip
    assert Goal.from_json(asked.to_json()) == asked


def test_what_comes_up_now_and_then_is_no_series():
    random = np.random.RandomState(0)
    table = DataFrame({
        "day": (np.datetime64("2024-01-01") + np.repeat(np.arange(200), 5)).astype(str),
        "plane": [f"N{number}" for number in np.concatenate([random.permutation(300)[:5] for _ in range(200)])],
        "late": random.rand(1_000).round(3).astype(str),
    })  # fmt: skip
    at = np.asarray(recipes.read_values(table["day"].tolist(), {"as": "date", "format": "iso"}))
    assert found.propose(table, profile(table), "late", at, "day").by == ()


def test_a_target_can_be_forecast_only_where_something_tells_the_time():
    table = shops()
    assert "forecast" in suggest(profile(table), "sold").tasks
    assert "forecast" not in suggest(profile(table.drop(columns="day")), "sold").tasks
    assert "forecast" not in suggest(profile(table), "shop").tasks


def ready(table: DataFrame, asked: Goal) -> tuple[dict, list, apart.Edges, apart.Sides]:
    made, edges = fit(table, asked)
    grids = prepared.grids_of(made, table)
    return made, grids, edges, apart.divided(made, grids, edges)


@pytest.mark.parametrize(("table", "kind"), [(monthly(), "monthly"), (shops(), "shops")])
def test_no_training_window_reaches_into_a_later_side(table: DataFrame, kind: str):
    made, grids, edges, sides = ready(table, goal(kind))
    steps = made["series"]["steps"]
    for side, low, high in (
        ("train", -np.inf, edges.validation),
        ("validation", edges.validation, edges.test),
        ("test", edges.test, edges.end),
    ):
        at = np.concatenate([grids[number]["first"] + origins for number, origins in sides[side]])
        assert len(at)
        assert at.min() + 1 >= low
        assert at.max() + steps < high


def test_what_came_after_the_training_time_changes_nothing_that_is_fitted():
    table = shops()
    later = table["day"] >= "2024-05-01"
    changed = table.copy()
    changed.loc[later, ["sold", "price"]] = "7"
    assert fit(table, goal("shops"))[0] == fit(changed, goal("shops"))[0]


def test_what_comes_after_its_origin_never_comes_into_a_window():
    made, grids, _, _ = ready(shops(), goal("shops"))
    grid = grids[0]
    inputs, base, _ = windows.windows(made, grid, [60])
    other = {**grid, "values": grid["values"].copy(), "past": grid["past"].copy()}
    other["values"][61:] += 1_000
    other["past"][61:] += 1_000
    again, base_again, _ = windows.windows(made, other, [60])
    assert all((inputs[name] == again[name]).all() for name in inputs)
    assert (base == base_again).all()


def test_a_window_is_made_alike_from_the_latest_rows_alone():
    table = shops()
    made, grids, _, _ = ready(table, goal("shops"))
    latest = table.groupby("shop", sort=False).head(made["series"]["back"] + 20)
    texts = {recipe["column"]: latest[recipe["column"]].tolist() for recipe in made["columns"]}
    short = windows.grids(made, texts, recipes.read_values)
    for whole, part in zip(grids, short, strict=True):
        ours, theirs = (windows.windows(made, g, [len(g["values"]) - 1]) for g in (whole, part))
        assert all(np.allclose(ours[0][name], theirs[0][name]) for name in ours[0])
        assert np.allclose(ours[1], theirs[1])


def test_a_perfect_network_foretells_the_truth():
    made, grids, _, sides = ready(monthly(), goal())
    number, origins = sides.test[0]
    _, truth = prepared.encoded(made, grids, [(number, origins)])
    _, base, scale = windows.windows(made, grids[number], origins)
    said = windows.forecasts(made, truth, base, scale)
    assert said == pytest.approx(prepared.truth_of(made, grids[number], origins), rel=1e-5)


def test_gaps_take_the_value_a_season_before_and_do_not_count_as_truth():
    table = monthly()
    made, grids, _, _ = ready(table.drop(index=[50]), goal())
    assert made["series"]["season"] == 12
    grid = grids[0]
    assert not grid["known"][50]
    assert grid["values"][50] == grid["values"][38]
    assert np.isnan(prepared.truth_of(made, grid, np.array([49]))[0, 0])


def test_rows_of_one_moment_count_as_their_mean():
    table = concat([monthly(), monthly().assign(sold=lambda t: (t["sold"].astype(float) * 3).astype(str))])
    made, grids, _, _ = ready(table.reset_index(drop=True), goal())
    told = windows.unbend(made["series"], grids[0]["values"])
    assert told == pytest.approx(monthly()["sold"].astype(float).to_numpy() * 2)
    assert grids[0]["merged"] == len(monthly())


@pytest.mark.parametrize(
    ("values", "bend"),
    [
        (np.exp(np.tile(np.arange(12.0) / 6, 10) + np.repeat(np.arange(10.0) / 3, 12)), "log"),
        (np.tile(np.arange(12.0), 10) + np.repeat(np.arange(10.0) * 30, 12), "none"),
        (np.tile(np.arange(12.0), 10) - 5, "none"),
    ],
)
def test_the_target_is_bent_where_it_varies_more_when_it_is_large(values: np.ndarray, bend: str):
    assert bend_of([values], 12) == bend


@pytest.mark.parametrize("bend", ["log", "log1p", "root", "none"])
def test_a_bend_can_be_undone(bend: str):
    series, values = {"bend": bend, "least": 0.5}, np.array([1.0, 2.5, 1e6])
    assert windows.unbend(series, windows.bend(series, values)) == pytest.approx(values)


def test_everything_is_written_for_a_run(tmp_path: Path):
    make(shops(), goal("shops"), tmp_path)
    facts, made = home.read_json(tmp_path / "facts.json"), home.read_json(tmp_path / "recipes.json")
    assert facts["output"] == {"units": 6, "activation": "linear"}
    for side in ("train", "validation"):
        rows = facts["rows"][side]
        assert np.load(tmp_path / f"{side}_y.npy").shape == (rows, 6)
        for name, part in made["inputs"].items():
            array = np.load(tmp_path / f"{side}_{name}.npy")
            assert array.shape == (rows, *part["shape"])
            assert array.dtype == part["dtype"]
            assert np.isfinite(array).all()
    assert len(np.load(tmp_path / "split.npz")["test"]) == facts["rows"]["test"]


@pytest.mark.parametrize(
    ("table", "asked"),
    [
        (monthly(20), goal(steps=6)),
        (monthly(), goal(steps=90)),
        (monthly().assign(sold="5"), goal()),
        (monthly().assign(sold=""), goal()),
        (monthly().assign(month="soon"), goal()),
        (monthly().drop(columns="month"), goal()),
        (monthly(), Goal("sold", "forecast", (), {"sold": "number"})),
    ],
)
def test_what_cannot_be_forecast_is_said_in_two_sentences(table: DataFrame, asked: Goal, tmp_path: Path):
    with pytest.raises(DataError) as caught:
        make(table, asked, tmp_path)
    assert str(caught.value.what).endswith(".")
    assert str(caught.value.fix).endswith(".")


def test_the_latest_values_of_a_series_never_seen_are_answered_too():
    made, _, _, _ = ready(shops(), goal("shops"))
    rows = shops(40, ("east",))
    columns = {name: rows[name].tolist() for name in rows}
    said = windows.latest(made, columns, lambda inputs: np.zeros((1, 6)), recipes.read_values)
    assert [row["day"] for row in said[:2]] == ["2024-02-10", "2024-02-11"]
    assert {row["shop"] for row in said} == {"east"}
    assert all(np.isfinite(row["prediction"]) for row in said)
    assert list(said[0]) == windows.answer_names(made)
