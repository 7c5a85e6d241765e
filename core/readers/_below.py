"""Rows at the end that are no rows of the table: totals and notes."""

import math
import re
from collections.abc import Sequence

from core.readers._kinds import is_number, kind
from core.recipes import read_number

Row = Sequence[str]
_MOST = 40
_MOST_ADDED = 5_000  # rows whose sum is looked at
_TOTAL = re.compile(
    r"(?:(?:grand|sub|overall)[ -]?)?totals?|sum|summa|summe|gesamt(?:summe|betrag|ergebnis)?|insgesamt|zusammen|somme|"
    r"total (?:général|general|geral|generale)|ensemble|totale|totaal|totalt|suma|soma|razem|ogółem|celkem|összesen|yhteensä|i alt|"
    r"итого|всего|сумма|σύνολο|toplam|合计|总计|總計|合計|小计|小計|総計|합계|총계|المجموع|average|mean|durchschnitt|mittelwert|moyenne",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\s*(?:[*†‡#¹²³©(\[（※]|--|\d\)|(?:source|sources|quelle|quellen|källa|fuente|fonte|bron|źródło|note|notes|anm|hinweis|stand|remark|footnote|"
    r"legend|generated|exported|erstellt|printed|end of|page|seite|rows|records|copyright|注|来源|來源|資料|数据来源|出典|备注|說明|说明|источник|примечание)\b|\S.{0,40}:\s)",
    re.IGNORECASE,
)


def ending(rows: Sequence[Row], width: int) -> tuple[int, int]:
    """How many rows at the end are notes, and how many before them are totals.

    Args:
        rows: The table without its header.
        width: Cells in most rows.
    """
    notes = 0
    while notes < min(_MOST, len(rows) - 1) and _is_note(rows[-1 - notes], rows[: -1 - notes], width):
        notes += 1
    body = rows[: len(rows) - notes]
    totals = 0
    while totals < 3 and len(body) - totals > 1 and _is_total(body[-1 - totals], body[: -1 - totals], width):
        totals += 1
    return notes, totals


def _is_note(row: Row, above: Sequence[Row], width: int) -> bool:
    """Whether a row is a line of prose, judged against the rows above it."""
    filled = [place for place, cell in enumerate(row) if cell.strip()]
    if not filled:
        return True
    if width < 2 or len(row) > width:
        return False
    usual = sorted(sum(1 for cell in other if cell.strip()) for other in above[-50:])
    typical = usual[len(usual) // 2]
    text = row[filled[0]].strip()
    begun = bool(_NOTE.match(text))
    # Prose with commas in it looks like a short row.
    if len(row) < width and len(filled) < typical and begun and not _TOTAL.match(text):
        return kind(text) == "text"
    if len(filled) < typical and kind(text) == "text" and _typed(above, filled[0]) and not _TOTAL.match(text):
        return True
    if len(filled) > 1 or typical < 2 or filled[0] > 1:
        return False
    column = [other[filled[0]].strip() for other in above[-200:] if filled[0] < len(other)]
    if kind(text) not in {kind(cell) for cell in column}:
        return not is_number(text)
    longest = max(map(len, column), default=0)
    return begun or len(text) > longest + 3 or (text.endswith(".") and " " in text)


def _typed(above: Sequence[Row], place: int) -> bool:
    """Whether a column holds numbers or dates only."""
    kinds = [kind(row[place]) for row in above[-100:] if place < len(row)]
    known = [k for k in kinds if k != "empty"]
    return len(known) > 1 and sum(k in ("number", "date") for k in known) >= 0.95 * len(known)


def _is_total(row: Row, above: Sequence[Row], width: int) -> bool:
    """Whether a row sums up those above it: it says so, or it has no name and the sums are right."""
    if width < 2 or len(row) > width:
        return False
    filled = [place for place, cell in enumerate(row) if cell.strip()]
    sums = [place for place in filled if is_number(row[place].strip())]
    words = [row[place].strip().rstrip(":：").strip() for place in filled if place not in sums]
    if not sums:
        return False
    if words and _TOTAL.match(words[0]) and len(words) == 1:
        place = next(place for place in filled if place not in sums)
        # "Total" in several rows is a group like any other.
        named = [other[place].strip().lower() for other in above if place < len(other)]
        return words[0].lower() not in named and not any(_TOTAL.fullmatch(cell) for cell in named[:-3])
    if words or len(filled) >= max(2, sum(1 for cell in above[-1] if cell.strip())):
        return False
    return 1 < len(above) < _MOST_ADDED and all(_adds_up(row, above, place) for place in sums)


def _adds_up(row: Row, above: Sequence[Row], place: int) -> bool:
    for decimal, thousands in ((".", ","), (",", ".")):
        parse = {"decimal": decimal, "thousands": thousands}
        values = [read_number(other[place], parse) for other in above if place < len(other)]
        said = read_number(row[place], parse)
        known = [value for value in values if not math.isnan(value)]
        if known and math.isclose(sum(known), said, rel_tol=1e-6, abs_tol=0.006):
            return True
    return False
