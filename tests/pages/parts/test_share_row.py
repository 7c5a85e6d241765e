"""The form of a shared page: a control for each kind of column, whose values the model takes as its own."""

import re
from pathlib import Path
from typing import Any

import pytest

from core import home, shares
from core.runs import Run
from pages.parts import share_row

DATES = [
    ("day", {"as": "date", "format": "%d.%m.%Y"}, [], "24.12.2020", 'type="date" value="2020-12-24"'),
    ("stamp", {"as": "date", "format": "seconds"}, [], "86400", 'type="date" value="1970-01-02"'),
    ("moment", {"as": "date", "format": "iso"}, [{"make": "part", "part": "hour"}], "2020-12-24 17:05", 'type="datetime-local" value="2020-12-24T17:05"'),
]  # fmt: skip


def column(
    name: str, kind: str, parse: dict[str, Any], features: list[dict[str, Any]], **more: Any
) -> dict[str, Any]:
    return {"column": name, "kind": kind, "input": kind, "parse": parse, "features": features, **more}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """What a run leaves behind of a model with every kind of column, as far as the form looks at it."""
    few, many, hosts = (
        [f"{word} {n}" for n in range(count)] for word, count in (("few", 3), ("many", 100), ("host", 5_000))
    )
    columns = [
        column("size", "number", {"as": "number", "decimal": ","}, [{"make": "bins", "edges": [1.5, 20.25]}], fill=9.123456789),
        *(column(name, "number", {"as": "number", "decimal": ","}, [], fill=0.0) for name in ("count", "large")),
        *(column(name, "category", {"as": "text"}, [{"make": "lookup", "values": [*values, ""]}]) for name, values in
          (("few", few), ("many", many), ("hosts", hosts))),
        *(column(name, "date", parse, features, fill=18_000.7) for name, parse, features, _, _ in DATES),
        column("remark", "text", {"as": "text"}, [{"make": "pieces"}]),
        column("remark", "text", {"as": "text"}, [{"make": "tokens"}]),
    ]  # fmt: skip
    example = {
        "size": "12,5",
        "count": "0",
        "large": "1234567,5",
        "few": "few 1",
        "many": "many 7",
        "hosts": "host 99",
        "remark": 'say "hi" <b>',
    }
    example |= {name: text for name, _, _, text, _ in DATES}
    target = {"column": "out", "as": "number", "mean": 0.0, "scale": 1.0}
    home.write_json(
        tmp_path / "recipes.json",
        {"version": 1, "task": "amount", "target": target, "inputs": {}, "columns": columns},
    )
    home.write_json(
        tmp_path / "samples.json",
        {"columns": {name: [text, "", "never seen before"] for name, text in example.items()}},
    )
    home.write_json(tmp_path / "results.json", {"importance": [{"column": "remark", "drop": 0.5}]})
    return Run(tmp_path.name, tmp_path)


def drawn(run: Run, examples: bool = True) -> str:
    return share_row.form(run, shares.make(run.id, "A", examples=share_row.offered(run) if examples else ()))


def test_what_decides_most_comes_first_and_the_rest_is_folded(run: Run):
    form = drawn(run)
    names = re.findall(r'data-name="(\w+)"', form)
    assert names[0] == "remark"
    assert len(names) == len(set(names)) == 10
    assert form.index("<details>") < form.index(f'data-name="{names[6]}"')
    assert "4 more columns" in form


def test_only_real_rows_are_offered_as_examples(run: Run):
    (row,) = share_row.offered(run)
    assert row["size"] == 12.5
    assert next(iter(row)) == "remark"


@pytest.mark.parametrize(("name", "control"), [(one[0], one[4]) for one in DATES])
def test_a_date_has_the_browsers_own_control(run: Run, name: str, control: str):
    assert re.search(rf'<input {control}[^>]*data-name="{name}"', drawn(run))


def test_few_values_are_a_list_many_are_proposed_and_very_many_are_typed(run: Run):
    form = drawn(run)
    assert form.count("<select") == 1
    assert re.search(r'<select [^>]*data-name="few".*?<option value="few 1" selected>few 1</option>', form)
    assert form.count("<datalist") == 1
    assert "many 99" in form
    assert "host 4999" not in form
    assert len(form) < 20_000


def test_a_number_keeps_all_its_digits_and_zero_is_one(run: Run):
    form = drawn(run)
    assert re.search(r'<input [^>]*value="0"[^>]*data-name="count"', form)
    assert re.search(r'<input [^>]*value="1234567.5"[^>]*data-name="large"', form)


def test_text_that_looks_like_markup_stays_text(run: Run):
    assert "say &quot;hi&quot; &lt;b&gt;</textarea>" in drawn(run)


def test_what_the_controls_hold_is_taken_as_the_example_that_it_was(run: Run):
    (shown,) = share_row.examples(run, shares.make(run.id, "A", examples=share_row.offered(run)))
    sent = {**shown, **{name: float(shown[name]) for name in ("size", "count", "large")}}
    values = share_row.read(sent, share_row.asked(run))
    assert values["day"] == "24.12.2020"
    assert values["stamp"] == "86400"
    assert values["moment"].replace("T", " ") == "2020-12-24 17:05"
    assert (values["size"], values["few"], values["remark"]) == (12.5, "few 1", 'say "hi" <b>')


def test_without_examples_the_form_begins_with_what_is_usual(run: Run):
    form = drawn(run, examples=False)
    assert 'value="9.12346"' in form
    assert re.search(r'<input [^>]*value="0"[^>]*data-name="count"', form)
    assert 'type="date" value="2019-04-14"' in form
    assert '<option value="few 0" selected>' in form
    assert "host 99" not in form
