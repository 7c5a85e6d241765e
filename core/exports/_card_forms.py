"""A model card as Markdown, and as one HTML file that asks nobody for anything and prints well."""

from collections.abc import Sequence
from html import escape

from core.exports import _card
from core.exports._card import Part
from core.runs import Run
from core.words import language, say

MARKDOWN, PAGE = "MODEL_CARD.md", "model_card.html"
STYLE = """
body{font:15px/1.5 system-ui,sans-serif;color:#1c1c1c;background:#fff;max-width:52rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #ccc}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem;overflow-wrap:break-word}
td,th{border:1px solid #ccc;padding:.25rem .5rem;text-align:left;vertical-align:top}th{background:#f3f3f3}
svg{max-width:100%;height:auto;margin:1rem 0;display:block}
@page{margin:18mm}@media print{body{margin:0;max-width:none;font-size:11pt}h2{break-after:avoid}tr,svg{break-inside:avoid}}
"""


def files(run: Run) -> dict[str, str]:
    """The card in both forms, by file name."""
    title, parts = run.spec().name or run.spec().goal.target, _card.parts(run)
    return {MARKDOWN: markdown(title, parts), PAGE: page(title, parts)}


def markdown(title: str, parts: Sequence[Part]) -> str:
    """The card without its pictures."""
    lines = [f"# {_plain(title)}", ""]
    for part in parts:
        lines += [f"## {part.heading}", "", *(f"- {_plain(one)}" for one in part.sentences), ""]
        if part.table:
            header, *rows = ([_plain(cell) for cell in row] for row in part.table)
            lines += [_row(header), _row(["---"] * len(header)), *map(_row, rows), ""]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Names of the user's own on one line, taken for text and never for marks."""
    text = " ".join(str(text).split())
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return text


def page(title: str, parts: Sequence[Part]) -> str:
    """The card as one HTML file that asks nobody for anything."""
    body = "".join(_section(part) for part in parts)
    spoken = language().replace("_", "-")
    made = escape(say("Made with Modelyard. Print it to have it as PDF."))
    return (
        f'<!doctype html><html lang="{spoken}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><h1>{escape(title)}</h1>{body}<p><small>{made}</small></p></body></html>"
    )


def _section(part: Part) -> str:
    said = "".join(f"<li>{escape(one)}</li>" for one in part.sentences)
    return (
        f"<section><h2>{escape(part.heading)}</h2>{f'<ul>{said}</ul>' if said else ''}"
        f"{_table(part.table)}{''.join(part.pictures)}</section>"
    )


def _table(rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return ""
    head, *body = (["".join(f"<{tag}>{escape(str(cell))}</{tag}>" for cell in row)][0]
                   for tag, row in [("th", rows[0]), *(("td", row) for row in rows[1:])])  # fmt: skip
    return (
        f'<div class="wide"><table><tr>{head}</tr>{"".join(f"<tr>{row}</tr>" for row in body)}</table></div>'
    )
