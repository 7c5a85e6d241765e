"""Texts of which nobody quoted the commas: in a column of their own, and beside labels."""

from pathlib import Path

import pytest

from core.reading import read

OPINIONS = ("works, mostly", "broke after a week", "good, cheap, small", "would buy it again, really")
TEXTS = [
    f"I bought number {place} last year and it {OPINIONS[place % 4]}{'.' if place % 3 else '!'}"
    for place in range(40)
]
MOODS = [("good", "bad", "neutral")[place * 7 % 3] for place in range(40)]
CHINESE = [f"我去年买了第{place}件，质量{'很好' if place % 2 else '一般'}。" for place in range(40)]


def table(place: Path, lines: list[str]) -> tuple[list[str], list[list[str]]]:
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = read(place).table
    return list(found.columns), found.to_numpy().tolist()


@pytest.mark.parametrize("texts", [TEXTS, CHINESE], ids=["English", "Chinese"])
def test_a_column_of_sentences_stays_whole_and_loses_no_first_sentence(tmp_path: Path, texts: list[str]):
    assert table(tmp_path / "a.csv", texts) == (["column_1"], [[text] for text in texts])
    assert table(tmp_path / "b.csv", ["review", *texts]) == (["review"], [[text] for text in texts])
    question = "What do you like about our service, and what not?"
    assert table(tmp_path / "c.csv", [question, *texts]) == ([question], [[text] for text in texts])


@pytest.mark.parametrize("labels", [MOODS, [str(place % 5) for place in range(40)]], ids=["words", "numbers"])
@pytest.mark.parametrize("mark", [",", ";"])
def test_a_label_beside_unquoted_texts_is_found_on_either_side(tmp_path: Path, labels: list[str], mark: str):
    texts = [text.replace(", ", mark) for text in TEXTS]
    pairs = list(zip(texts, labels, strict=True))
    behind = table(
        tmp_path / "behind.csv", [f"text{mark}mood", *(f"{text}{mark}{label}" for text, label in pairs)]
    )
    assert behind == (["text", "mood"], [[text, label] for text, label in pairs])
    before = table(
        tmp_path / "before.csv", [f"mood{mark}text", *(f"{label}{mark}{text}" for text, label in pairs)]
    )
    assert before == (["mood", "text"], [[label, text] for text, label in pairs])


def test_a_backslash_says_that_a_mark_divides_nothing(tmp_path: Path):
    lines = [f"{place},{text.replace(',', chr(92) + ',')},{place / 8}" for place, text in enumerate(TEXTS)]
    names, rows = table(tmp_path / "a.csv", ["id,text,share", *lines])
    assert names == ["id", "text", "share"]
    assert [row[1] for row in rows] == TEXTS
    # A folder's name ends with one, too.
    folders = [f"f{place};C:\\data\\;{place}" for place in range(9)]
    assert table(tmp_path / "b.csv", ["name;folder;size", *folders])[1][0] == ["f0", "C:\\data\\", "0"]


def test_an_empty_row_in_front_of_totals_is_no_row(tmp_path: Path):
    lines = [
        "Item,Sold",
        *(f"No. {place},{place}" for place in range(1, 6)),
        ",",
        "Grand total,15",
        "End of report,",
    ]
    assert len(table(tmp_path / "a.csv", lines)[1]) == 5
