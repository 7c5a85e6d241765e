"""Each worry has a table that causes it and is silent about a clean one."""

import pytest
from pandas import DataFrame

from core.checks import SHELF
from core.profile import Profile, profile

ROWS = 300
CLEAN = {
    "age": [str(20 + i % 60) for i in range(ROWS)],
    "price": [f"{i * 1.37:.2f}" for i in range(ROWS)],
    "city": [["Rome", "Oslo", "Bern"][i % 3] for i in range(ROWS)],
    "day": [f"2024-{i % 12 + 1:02d}-{i % 28 + 1:02d}" for i in range(ROWS)],
}
CAUSES = {
    "constant": {"same": ["x"] * ROWS},
    "identifier_as_input": {"customer_id": [f"c{i}" for i in range(ROWS)]},
    "many_missing": {"hole": ["" if i % 10 else str(i) for i in range(ROWS)]},
    "unreadable_numbers": {"age": ["n/a" if i % 10 == 0 else str(i % 50) for i in range(ROWS)]},
    "repeated_rows": {name: texts[:-1] + texts[:1] for name, texts in CLEAN.items()},
    "few_rows": {name: texts[:20] for name, texts in CLEAN.items()},
    "mixed_spelling": {"city": ["Rome", "rome", "Oslo"] * (ROWS // 3)},
    "unsure_dates": {"day": [f"{i % 12 + 1:02d}/{i // 12 % 12 + 1:02d}/2023" for i in range(ROWS)]},
    "personal_data": {"contact": [f"person{i}@example.com" for i in range(ROWS)]},
    "damaged_text": {"note": [["caf\u00c3\u00a9", "bar", "inn"][i % 3] for i in range(ROWS)]},
    "stand_in_values": {"pressure": ["999" if i % 30 == 0 else str(90 + i % 50) for i in range(ROWS)]},
    "odd_dates": {
        "day": [f"{24 if i == 7 else 2024:04d}-{i % 12 + 1:02d}-{i % 28 + 1:02d}" for i in range(ROWS)]
    },
    "outliers": {"height": ["1750000" if i == 5 else str(150 + i % 50) for i in range(ROWS)]},
    "nearly_constant": {"flag": ["rare" if i == 3 else "usual" for i in range(ROWS)]},
    "near_copies": {
        "text": [
            f"Dear friend, you have won {i} times, so answer {'NOW' if i % 2 else 'now'}!"
            for i in range(ROWS)
        ]
    },
    "numbers_among_words": {"size": ["XL" if i % 3 == 0 else str(30 + i % 20) for i in range(ROWS)]},
    "rows_of_one": {"patient_id": [f"P{i % 60:03d}" for i in range(ROWS)]},
    "many_values": {"street": [f"Street {i // 2 if i % 3 else i} of our town" for i in range(ROWS)]},
}


def _facts(columns: dict[str, list[str]]) -> Profile:
    rows = min(len(texts) for texts in columns.values())
    filled = {name: texts[:rows] for name, texts in {**CLEAN, **columns}.items()}
    return profile(DataFrame(filled, dtype=str))


def test_every_check_has_a_table_that_causes_it() -> None:
    assert set(CAUSES) == set(SHELF)


@pytest.mark.parametrize("name", SHELF)
def test_a_worry_is_found_and_said_in_two_sentences(name: str) -> None:
    found = SHELF[name].look(_facts(CAUSES[name]))
    assert len(found) == 1, [str(worry.what) for worry in found]
    worry = found[0]
    assert (worry.check, worry.level in ("info", "warning")) == (name, True)
    assert str(worry.what).endswith(".")
    assert str(worry.fix).endswith(".")
    assert worry.column in ("", *CAUSES[name])
    assert str(SHELF[name].LABEL)


def test_a_clean_table_causes_no_worry() -> None:
    assert _facts(CLEAN).worries == ()


def test_warnings_come_first() -> None:
    facts = _facts({**CAUSES["constant"], **CAUSES["many_missing"]})
    assert [worry.level for worry in facts.worries] == ["warning", "info"]
