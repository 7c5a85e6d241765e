"""What a reader mended or left out, one sentence each, nothing where the count is zero."""

from collections.abc import Sequence

from core.words import Sentence, mark


def _line(row: Sequence[str]) -> str:
    return " ".join(cell for cell in row if cell)[:80]


def repeated(count: int) -> tuple[Sentence, ...]:
    """Of rows that say the header once more."""
    if not count:
        return ()
    return (
        mark(
            "{count} row that repeats the header was left out.",
            plural="{count:,} rows that repeat the header were left out.", count=count,
        ),
    )  # fmt: skip


def totals(count: int) -> tuple[Sentence, ...]:
    """Of rows that sum up those above."""
    if not count:
        return ()
    return (
        mark(
            "{count} row with totals below the table was left out.",
            plural="{count} rows with totals below the table were left out.", count=count,
        ),
    )  # fmt: skip


def below(rows: Sequence[Sequence[str]]) -> tuple[Sentence, ...]:
    """Of lines that stand below the table."""
    if not rows:
        return ()
    return (
        mark(
            "{count} line below the table was left out: “{line}”.",
            plural="{count:,} lines below the table were left out, the first is “{line}”.",
            count=len(rows), line=_line(rows[0]),
        ),
    )  # fmt: skip


def comments(rows: Sequence[Sequence[str]]) -> tuple[Sentence, ...]:
    """Of lines that begin with the sign of a comment."""
    if not rows:
        return ()
    return (
        mark(
            "{count} line with a comment was left out: “{line}”.",
            plural="{count:,} lines with comments were left out, the first is “{line}”.",
            count=len(rows), line=_line(rows[0]),
        ),
    )  # fmt: skip


def joined(count: int) -> tuple[Sentence, ...]:
    """Of rows whose cells were put together again."""
    if not count:
        return ()
    return (
        mark(
            "In {count} row a cell holds the mark that divides cells, without quotation marks; its pieces were put together.",
            plural="In {count:,} rows a cell holds the mark that divides cells, without quotation marks; its pieces were put together.",
            count=count,
        ),
    )  # fmt: skip


def short(count: int) -> tuple[Sentence, ...]:
    """Of rows with too few cells."""
    if not count:
        return ()
    return (
        mark(
            "{count} row is shorter than the header; its last cells are empty.",
            plural="{count:,} rows are shorter than the header; their last cells are empty.", count=count,
        ),
    )  # fmt: skip
