"""Use, for texts: which words decided the answer, marked in the text itself."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.words import say
from pages.parts import trouble

LEAST_SHARE, LEAST = 0.25, 0.005  # of the strongest push, and of a chance, from which on a word is marked
MOST_SHOWN = 3_000  # characters


def asked(key: str) -> bool:
    """Whether somebody wants to see it."""
    return st.toggle(say("Show which words decided"), key=f"decided-{key}")


def draw(texts: Mapping[str, str], pushes: Mapping[str, Sequence[Sequence[float]]]) -> None:
    """Each column's text with its words marked; marks can be told apart without colour."""
    for column, found in pushes.items():
        st.caption(trouble.escape(column))
        st.markdown(marked(texts[column], found))
    st.caption(legend())


def legend() -> str:
    """What the marks mean, in Markdown."""
    return say(
        "**Bold** on green: without it, the answer would be less likely. _Slanted_ on orange: without it, more likely."
    )


def part(text: str, pushes: Sequence[Sequence[float]], begin: int, end: int) -> str:
    """As `marked`, but of these characters only, with dots where there is more."""
    inside = [(b - begin, e - begin, p) for b, e, p in pushes if begin <= b and e <= end]
    shown = marked(text[begin:end], inside)
    return ("… " if begin else "") + shown + (" …" if end < len(text) else "")


def marked(text: str, pushes: Sequence[Sequence[float]]) -> str:
    """The text in Streamlit's Markdown, nothing in it read as such.

    Args:
        pushes: Where each stretch begins and ends, and what it did for the answer.
    """
    strongest = max((abs(push) for _, _, push in pushes), default=0.0)
    parts, at = [], 0
    for begin, end, push in sorted((int(b), int(e), p) for b, e, p in pushes if b < MOST_SHOWN):
        word = text[begin:end].strip()
        if not word or begin < at or abs(push) < max(LEAST, LEAST_SHARE * strongest):
            continue
        lead = len(text[begin:end]) - len(text[begin:end].lstrip())
        begin, end = begin + lead, begin + lead + len(word)
        said = trouble.escape(" ".join(word.split()))
        parts.append(trouble.escape(text[at:begin]))
        parts.append(f":green-background[**{said}**]" if push > 0 else f":orange-background[_{said}_]")
        at = end
    rest = text[at:MOST_SHOWN]
    return "".join(parts) + trouble.escape(rest) + (" …" if len(text) > MOST_SHOWN else "")
