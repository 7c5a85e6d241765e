"""The tables of a web page as rows of cells, with cells that span several rows or columns repeated."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.reading import MOST_COLUMNS

MOST_CELLS = 50_000_000
MOST_TABLES = 2_000
_HIDDEN = frozenset(("script", "style", "template", "noscript", "head", "select", "object"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_EMPTY = frozenset(
    ("br", "img", "input", "hr", "wbr", "meta", "link", "col", "source", "area", "base", "embed")
)
_BREAKS = frozenset(("br", "p", "div", "li", "hr"))


@dataclass
class Grid:
    """One table of a page.

    Args:
        title: Its caption, or the heading above it.
        rows: All rows, as wide as they came.
        headers: Whether each row has header cells alone.
    """

    title: str = ""
    rows: list[list[str]] = field(default_factory=list)
    headers: list[bool] = field(default_factory=list)
    _spans: dict[int, tuple[int, str]] = field(default_factory=dict)  # column: rows to come, text
    _row: list[str] | None = None
    _heads: list[bool] = field(default_factory=list)

    def begin_row(self) -> None:
        self.end_row()
        self._row, self._heads = [], []

    def cell(self, text: str, across: int, down: int, head: bool) -> None:
        """Add a cell that spans columns and rows."""
        if self._row is None:
            self.begin_row()
        self._carried()
        row = self._row if self._row is not None else []
        for _ in range(min(across, MOST_COLUMNS + 1 - len(row))):
            if down > 1:
                self._spans[len(row)] = (down - 1, text)
            row.append(text)
        self._heads.append(head)

    def _carried(self) -> None:
        """Cells from rows above that reach into this one, up to the next free place."""
        row = self._row if self._row is not None else []
        while len(row) in self._spans:
            left, text = self._spans.pop(len(row))
            if left > 1:
                self._spans[len(row)] = (left - 1, text)
            row.append(text)

    def end_row(self) -> None:
        if self._row is None:
            return
        self._carried_to_the_end()
        if any(text.strip() for text in self._row):
            self.rows.append(self._row)
            self.headers.append(bool(self._heads) and all(self._heads))
        self._row = None

    def _carried_to_the_end(self) -> None:
        row = self._row if self._row is not None else []
        # A span that was carried into this row already stands left of its end; the others follow.
        while any(place >= len(row) for place in self._spans):
            if len(row) not in self._spans:
                row.append("")
            self._carried()


class Tables:
    """What a parser of HTML tells piece by piece (`start`, `data`, `end`, `close`) becomes `found`, in the page's order."""

    def __init__(self) -> None:
        self.found: list[Grid] = []
        self._open: list[Grid] = []
        self._texts: list[
            tuple[list[str], Mapping[str, str], str]
        ] = []  # cells that are open, one for each table
        self._hidden: list[str] = []
        self._heading: list[str] | None = None
        self._caption: list[str] | None = None
        self._last_heading = ""
        self._cells = 0
        self.overfull = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._hidden or tag in _HIDDEN or _is_hidden(attributes):
            if tag not in _EMPTY:
                self._hidden.append(tag)
        elif tag == "table":
            self._begin_table()
        elif tag in _HEADINGS and not self._open:
            self._heading = []
        elif self._open:
            self._inside(tag, attributes)

    def _begin_table(self) -> None:
        page = Grid(self._last_heading)
        if len(self.found) < MOST_TABLES:
            self.found.append(page)
        self._open.append(page)
        self._texts.append(([], {}, ""))

    def _inside(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "caption":
            self._caption = []
        elif tag == "tr":
            self._end_cell()
            self._open[-1].begin_row()
        elif tag in ("td", "th"):
            self._end_cell()
            self._texts[-1] = ([], attributes, tag)
        elif tag in _BREAKS:
            self.data(" ")

    def data(self, text: str) -> None:
        if self._hidden:
            return
        for taken in (self._heading, self._caption):
            if taken is not None:
                taken.append(text)
                return
        if self._open and self._texts[-1][2]:
            self._texts[-1][0].append(text)

    def end(self, tag: str) -> None:
        if self._hidden:
            if tag in self._hidden:
                del self._hidden[len(self._hidden) - 1 - self._hidden[::-1].index(tag) :]
        elif tag in _HEADINGS and self._heading is not None:
            self._last_heading, self._heading = _one_line(self._heading), None
        elif self._open:
            self._end_inside(tag)

    def _end_inside(self, tag: str) -> None:
        if tag == "caption" and self._caption is not None:
            self._open[-1].title, self._caption = _one_line(self._caption) or self._open[-1].title, None
        elif tag in ("td", "th", "tr", "table"):
            self._end_cell()
            if tag != "td" and tag != "th":
                self._open[-1].end_row()
            if tag == "table":
                self._open.pop()
                self._texts.pop()
        elif tag in _BREAKS:
            self.data(" ")

    def _end_cell(self) -> None:
        texts, attributes, tag = self._texts[-1]
        if not tag:
            return
        across, down = _count(attributes.get("colspan")), _count(attributes.get("rowspan"))
        self._cells += across
        if self._cells > MOST_CELLS:
            self.overfull = True
        else:
            self._open[-1].cell(_one_line(texts), across, down, tag == "th")
        self._texts[-1] = ([], {}, "")

    def close(self) -> list[Grid]:
        """All tables; what was never closed ends here."""
        self._hidden = []
        while self._open:
            self._end_inside("table")
        return self.found


def _one_line(texts: list[str]) -> str:
    """What a browser shows: spaces and line breaks in a row are one space."""
    return " ".join("".join(texts).split())


def _count(text: str | None) -> int:
    """How many rows or columns a cell spans; 0 rows are all that follow."""
    if text is None or not text.strip().isascii() or not text.strip().isdigit():
        return 1
    return min(int(text.strip()[:6]) or 65_534, 65_534)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or "display:none" in attributes.get("style", "").replace(" ", "").lower()
