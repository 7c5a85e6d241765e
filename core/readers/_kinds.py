"""What kind of thing a cell looks like, so that rows and columns can be told from prose."""

import re

_AMOUNT = r"(?:\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|[.,]\d+)(?:[eE][+-]?\d+)?"
_CURRENCY = r"(?:[$€£¥₹₽₩]|EUR|USD|GBP|CHF|SEK|CNY|JPY|kr|zł|元|円)"
_NUMBER = re.compile(
    rf"[+\-\u2212~<>≤≥]?\s?\(?{_CURRENCY}?\s?[+\-\u2212]?{_AMOUNT}\s?(?:%|‰|{_CURRENCY})?\)?[-*]?"
)
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s?(?:[AaPp]\.?[Mm]\.?)?"
_DAY = r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\.?|\d{1,2}[-/. ][A-Za-z]{3,9}\.?[-/ .,]\s?\d{2,4}|\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{2}|\d{4}-?Q\d)"
_DATE = re.compile(rf"{_DAY}(?:[T ,]\s?{_CLOCK}\s?(?:Z|UTC|[+-]\d\d:?\d\d)?)?")
_TIME = re.compile(r"\d{1,3}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:[AaPp]\.?[Mm]\.?)?")
_PLACE = re.compile(
    r"(?:https?|ftp|s3|file)://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\d{1,3}(?:\.\d{1,3}){3}"
)
_TIGHT = re.compile(r"[,;|\t](?! |$)")  # marks that seem to divide cells still
_DANGLING = re.compile(r"""^["'{\[][^"'}\]]*$|^[^"'{\[]*["}\]]$""")
_MARKS = frozenset(',;|\t"{}[]~^│║\x01\x1f')
NOT_KNOWN = frozenset(("", "?", "-", "--", "—", "–", ".", "..", "...", "x", "na", "n/a", "n.a.", "nan", "null", "none", "k.a.", "#n/a"))  # fmt: skip


def is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell))


def kind(cell: str) -> str:
    """`empty`, `number`, `date`, `place` (an address of the web, of mail or of a machine) or `text`.

    Example:
        >>> [kind(c) for c in ("1.234,50 €", "03.01.2024 10:15", "a@b.de", "n/a", "Rome")]
        ['number', 'date', 'place', 'empty', 'text']
    """
    cell = cell.strip()
    if cell.lower() in NOT_KNOWN:
        return "empty"
    if not any(c.isdigit() for c in cell[:40]):
        return (
            "place" if ("@" in cell or "://" in cell or "www." in cell) and _PLACE.fullmatch(cell) else "text"
        )
    if len(cell) < 60:
        if _DATE.fullmatch(cell) or _TIME.fullmatch(cell):
            return "place" if cell.count(".") == 3 and _PLACE.fullmatch(cell) else "date"
        if _NUMBER.fullmatch(cell):
            return "number"
    return "place" if _PLACE.fullmatch(cell) else "text"


def worth(cell: str) -> float:
    """How much a cell looks like one whole cell, 0 to 1: "12.5" and "Rome" do, "5;2" and '"Rome' do not.

    Source: the type score of van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row and type
    patterns", Data Mining and Knowledge Discovery 33 (2019), 3.3, where a cell of no known type counts nothing; here
    what is left of other marks decides, since much text is of no known type.
    """
    if _MARKS.isdisjoint(cell):
        return 1.0 if cell.strip() or not cell else 0.9
    bare = cell.strip()
    if len(bare) == 1:
        return 0.2
    if kind(bare) in ("number", "date", "place"):
        return 1.0
    if bare[:1] + bare[-1:] in ("{}", "[]"):
        return 0.95
    if _DANGLING.search(bare):
        return 0.2
    return 0.3 if _TIGHT.search(bare) else 0.9
