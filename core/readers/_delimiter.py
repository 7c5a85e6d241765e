"""Which mark stands between the cells: the one that makes even rows of whole cells."""

import re
from collections import Counter
from collections.abc import Sequence

from core.readers._cells import GAPS, LINE, SPACES, Dialect, rows_of
from core.readers._kinds import kind, worth
from core.readers._ragged import by_header

# The safer first: where two divide the lines equally well, a comma may be a decimal mark.
_MARKS = (
    "\t",
    ";",
    "|",
    "\x1f",
    "\x01",
    "¦",
    "│",
    "║",
    ",",
    "^",
    "~",
    "§",
    "¬",
    "\x1e",
    "\x02",
    "\x14",
    GAPS,
)
_OF_NAMES = ("\t", ";", "|", ",")  # that may divide a header above texts in which they stand too
# Marks that also stand inside cells: they must divide every line, the first included.
_WEAK = (", ", ":", SPACES, "#", "*", "!", "/", "\\", "@", "&", "$", "%", "=", "、", "，", "；")
_OF_SENTENCES, _ENDS = "、，；", ("。", "！", "？", "…")  # Chinese and Japanese
_LONG = re.compile(r"""[^\w\s"'.+\-()\[\]{}<>¿?¡!]{2,5}|<[^\w\s]{0,3}>""")
_RULE = re.compile(
    r"[\s\-=+|_:*~─━═┼│┌┐└┘├┤┬┴╔╗╚╝╠╣╦╩╬║;,.]*[-=_*~─━═]{3}[\s\-=+|_:*~─━═┼│┌┐└┘├┤┬┴╔╗╚╝╠╣╦╩╬║;,.]*"
)
_RULE_STARTS = frozenset("-=+|_:*~─━═┼│┌┐└┘├┤┬┴╔╗╚╝╠╣╦╩╬║;,.") | {""}
_COMMENT = re.compile(r"\s*(#|%|//)")
SAMPLE = 60_000
_ROWS = 300
_ALONE = 0.35  # what a file of one column is worth: whole cells, but nothing that is even


def is_rule(row: Sequence[str]) -> bool:
    """Whether a row is only a line drawn with dashes."""
    if not row or row[0].strip()[:1] not in _RULE_STARTS:
        return False
    return bool(_RULE.fullmatch("|".join(row)))


def beginning(text: str, size: int = SAMPLE) -> str:
    """The first characters, up to the end of a line."""
    if len(text) <= size:
        return text
    end = max(text.rfind("\n", 0, size), text.rfind("\r", 0, size))
    return text[: end + 1] if end > 0 else text[:size]


def dialect(text: str) -> Dialect:
    """The dialect of a text, judged on its beginning.

    Source: after van den Burg, Nazábal and Sutton (2019), the product of how even the rows are and how whole the cells;
    unlike there, titles above and notes below cost little, and marks that are frequent in prose must divide all lines.
    """
    sample = beginning(text)
    lines = [line for line in LINE.split(sample) if line.strip()][:_ROWS]
    if _one_value_a_line(lines):
        return Dialect("", quote=_whole_lines_quoted(lines))
    tried = [one for mark in _candidates(sample, lines) for one in _quotings(sample, mark)]
    scores = [(score(sample, one), one) for one in tried]
    best = max((value for value, _ in scores), default=0.0)
    if best < _ALONE:
        led = by_header(lines, [mark for mark in _OF_NAMES if mark in sample])
        return Dialect(led) if led else Dialect("", quote=_whole_lines_quoted(lines))
    return next(_spaces(sample, one) for value, one in scores if value >= best - 0.01)


def _candidates(sample: str, lines: Sequence[str]) -> list[str]:
    long = _long_marks(lines)
    single = [mark for mark in (*_MARKS, *_WEAK) if mark in sample]
    # "||" is no "|" with empty cells between.
    hidden = {mark for mark in single for pair in long if mark in pair and _always_inside(sample, mark, pair)}
    # Tabs on both sides of a mark fill up its cells.
    hidden |= {"\t" for mark in single if 2 * sample.count(f"\t{mark}\t") == sample.count("\t") > 0}
    return [*long, *(mark for mark in single if mark not in hidden)]


def _long_marks(lines: Sequence[str]) -> list[str]:
    """Marks of several characters that stand in most lines."""
    found: Counter[str] = Counter()
    for line in lines:
        runs = set(_LONG.findall(line))
        # An empty cell makes a run of two marks.
        runs |= {
            run[: len(run) // 2] for run in runs if len(run) % 2 == 0 and run[: len(run) // 2] * 2 == run
        }
        found.update(run for run in runs if len(run) > 1)
    return [run for run, count in found.most_common(6) if count >= 0.5 * len(lines)]


def _always_inside(sample: str, mark: str, pair: str) -> bool:
    return sample.count(mark) == sample.count(pair) * pair.count(mark)


def _one_value_a_line(lines: Sequence[str]) -> bool:
    """Whether nearly every line below the first is one moment, address or amount as a whole."""
    body = lines[1:] if len(lines) > 1 else []
    kinds = [kind(line.strip().strip('"')) for line in body]
    whole = sum(k in ("date", "place", "number") for k in kinds)
    if not body or whole < 0.9 * len(body):
        return False
    # "1,5" is one number below one name, and two cells below two.
    plain = all(re.fullmatch(r"\s*\"?[\w\s.€$-]*\"?\s*", line) for line in lines[:1])
    commas = any("," in line for line in body)
    moments = sum(k in ("date", "place") for k in kinds) >= 0.9 * len(body)
    if not commas and not moments:
        return not any("\t" in line or ";" in line for line in body) and len(lines[0].split()) <= 6
    return plain and kind(lines[0].strip()) not in ("number",)


def _whole_lines_quoted(lines: Sequence[str]) -> str:
    for mark in "\"'":
        quoted = sum(line.startswith(mark) and line.rstrip().endswith(mark) for line in lines)
        if quoted and (mark == '"' or quoted >= 0.8 * len(lines)):
            return mark
    return '"' if any(line.startswith('"') for line in lines) else ""


def _quotings(sample: str, mark: str) -> list[Dialect]:
    """Which quotes may hold cells together if this mark divides them, the likelier first."""
    divider = re.escape(mark) if mark not in (SPACES, GAPS) else " +"
    begins, ends = rf"(?:(?<=[\r\n])|\A|(?<={divider}) ?)" if mark not in (SPACES, GAPS) else r"(?:^|(?<= ))", rf"(?=\s*(?:{divider}|[\r\n]|\Z))"  # fmt: skip
    counts = {}
    for quote in "\"'":
        opened = len(re.findall(begins + quote, sample, re.MULTILINE))
        closed = len(re.findall(quote + ends, sample))
        # As many must be opened as closed: `'n Sync` is a name.
        counts[quote] = min(opened, closed) if quote == '"' or opened == closed else 0
    single = [_escaping(sample, mark, "'", divider)] if counts["'"] > max(1, counts['"']) else []
    double = [_escaping(sample, mark, '"', divider)]
    if len(mark) == 1 and mark not in (SPACES, "\\") and f"\\{mark}" in sample:
        double.append(Dialect(mark, escaped=True))  # without quotes, a backslash says that the mark is none
    return double + single if counts['"'] else single + double


def _escaping(sample: str, mark: str, quote: str, divider: str) -> Dialect:
    """How this quote is written inside of cells."""
    doubled = len(re.findall(rf"(?<![\s]){quote}{quote}(?!\s|{divider}|\Z)", sample))
    doubled -= len(re.findall(rf"{divider}{quote}{quote}(?={divider}|\s|\Z)", sample))
    return Dialect(mark, quote=quote, escaped=sample.count("\\" + quote) > max(0, doubled))


def score(sample: str, tried: Dialect) -> float:
    """How well a dialect divides a text, 0 to about 1."""
    mark = tried.delimiter
    rows = [row for row in rows_of(sample, tried) if row and not is_rule(row) and not is_comment(row, mark)][
        :_ROWS
    ]
    if not rows:
        return 0.0
    widths = [len(row) for row in rows]
    even, start, end, width = max(
        (_evenness(widths, width) for width, _ in Counter(w for w in widths if w > 1).most_common(4)),
        default=(0.0, 0, 0, 0),
    )
    if even < 0.2:
        return 0.0
    block = [row for row in rows[start:end] if len(row) == width]
    if tried.delimiter in _WEAK and not _weak_may(tried.delimiter, widths, block, width):
        return 0.0
    if tried.delimiter == "," and _decimal_commas(rows):
        return 0.0
    cells = [cell for row in block[:100] for cell in row[:60]]
    whole = sum(map(worth, cells)) / len(cells)
    empty = sum(not cell for cell in cells) / len(cells)
    # Among lines with several spaces, single ones may divide cells, too.
    aligned = tried.delimiter == SPACES and sum(GAPS in line for line in LINE.split(sample)[:_ROWS]) > 1
    doubt = 0.75 if tried.delimiter in _WEAK and not aligned else 1.0
    # A first line that is not divided like the rows is a title, or speaks against the mark.
    doubt *= 0.7 if widths[0] == 1 else 0.93 if widths[0] < width - 1 else 1.0
    doubt *= 0.6 if tried.delimiter == "," and _some_spaced(block) else 1.0
    return even * whole**2 * doubt * (0.9 + 0.1 * (width - 1) / width) * (1 - 0.3 * empty)


def _some_spaced(block: Sequence[Sequence[str]]) -> bool:
    """Whether some columns always begin with a space and others never: the mark is a comma with a space."""
    spaced = {tuple(cell.startswith(" ") for cell in row[1:]) for row in block}
    return len(spaced) == 1 and 0 < sum(next(iter(spaced))) < len(block[0]) - 1


def is_comment(row: Sequence[str], mark: str = "") -> bool:
    """Whether a row begins with the sign of a comment; one alone in its cell is a name, but for spaces between cells."""
    return bool(_COMMENT.match(row[0])) and (len(row[0]) > 1 or (mark == SPACES and len(row) > 1))


def _evenness(widths: Sequence[int], width: int) -> tuple[float, int, int, int]:
    """How much of the rows is one even block of this width, with its place.

    Rows outside it are titles and notes and cost little; rows inside that are longer or shorter cost all.
    """
    best, best_place, total, start = 0.0, (0, 0), 0.0, 0
    for place, found in enumerate(widths):
        if total <= 0:
            total, start = 0.0, place
        total += 1.0 if found == width else -0.7
        if total > best:
            best, best_place = total, (start, place + 1)
    first, end = best_place
    inside = [found == width for found in widths[first:end]]
    good = sum(inside)
    if good < min(2, len(widths)):
        return 0.0, 0, 0, width
    outside = len(widths) - len(inside)
    even = (good - 0.7 * (len(inside) - good)) / (len(inside) + 0.4 * outside)
    # Two lines in the middle of prose may be even by chance.
    return (even if good >= 3 or outside <= 3 else even * 0.5), first, end, width


def _weak_may(mark: str, widths: Sequence[int], block: Sequence[Sequence[str]], width: int) -> bool:
    """Whether a mark that also stands in prose divides all lines evenly, into values rather than words."""
    inside = [w for w in widths if w > 1]
    named = widths[0] == width - 1 and mark == SPACES  # a header without a name for the names of rows
    even = sum(w == width for w in inside) + named
    if even < 0.97 * len(widths) or not (named or widths[0] == width):
        return False
    if mark in _OF_SENTENCES and sum(row[-1].endswith(_ENDS) for row in block) > 0.2 * len(block):
        return False
    kinds = [[kind(row[place]) for row in block[1:] or block] for place in range(width)]
    typed = sum(sum(k in ("number", "date") for k in column) >= 0.8 * len(column) for column in kinds)
    return width >= 3 or typed > 0 or mark not in (SPACES, "/", "\\", "@", "&", "%", "$", "!")


def _decimal_commas(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the rows are one column of numbers with decimal commas under an undivided name."""
    if len(rows) < 2 or len(rows[0]) > 1:
        return False
    return all(re.fullmatch(r"\s*[+-]?\d+(,\d+)?\s*", ",".join(row)) for row in rows[1:])


def _in_line(lines: Sequence[str], mark: str) -> bool:
    """Whether cells are filled up with spaces so that the marks stand below each other."""
    places = {tuple(place for place, c in enumerate(line) if c == mark) for line in lines}
    return (
        len(lines) > 2
        and len(places) == 1
        and all(re.search(f" {re.escape(mark)}|{re.escape(mark)} |^ ", line) for line in lines[:-1])
    )


def _spaces(sample: str, found: Dialect) -> Dialect:
    """The same dialect with what spaces beside its marks mean."""
    mark = found.delimiter
    if mark in (SPACES, GAPS, "\t"):
        return found
    lines = [line for line in LINE.split(sample) if mark in line][:200]
    marks = sum(line.strip().strip(mark).count(mark) for line in lines)
    behind = sum(len(re.findall(re.escape(mark) + r"[ \t]", line.strip().strip(mark))) for line in lines)
    before = sum(len(re.findall(r"[ \t]" + re.escape(mark), line.strip().strip(mark))) for line in lines)
    bordered = sum(line.strip().startswith(mark) and line.strip().endswith(mark) for line in lines)
    full = marks > 1 and before + behind >= 1.2 * marks and before >= 0.5 * marks
    if (
        full
        or _in_line(lines, mark)
        or (marks > 1 and mark in "|│║" and bordered >= 0.8 * len(lines) and before + behind >= 0.4 * marks)
    ):
        return Dialect(mark, found.quote, found.escaped, padded=True)
    return Dialect(mark, found.quote, found.escaped, spaced=marks > 1 and behind >= marks)
