"""Use, for networks whose words look at each other: which word looked at which."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import streamlit as st

from core import charts
from core.words import say
from pages.parts import looks, trouble

ALL = -1


def draw(key: str, found: Mapping[str, Mapping[str, Any]]) -> None:
    """A map for each column of texts, with its blocks and their heads to choose from; nothing where no word looks at others."""
    for column, told in found.items():
        with st.expander(say("Which words looked at which, in “{column}”", column=trouble.escape(column))):
            shares = np.asarray(told["shares"])
            blocks, heads = shares.shape[:2]
            left, right = st.columns(2)
            block = left.selectbox(
                say("Block"), range(blocks), format_func=_block, key=f"looked-block-{key}-{column}"
            )
            head = right.selectbox(
                say("Head"), [ALL, *range(heads)], format_func=_head, key=f"looked-head-{key}-{column}"
            )
            chosen = shares[block]
            shown = chosen.mean(axis=0) if head == ALL else chosen[head]
            looks.draw(charts.looked, told["words"], shown, key=f"looked-{key}-{column}")
            st.caption(say(
                "Each line is a word, and the darker a cell, the more of its attention goes to the word below it. This shows "
                "how the text was read; what decided the answer are the words marked above."
            ))  # fmt: skip


def _block(number: int) -> str:
    return say("block {number}", number=number + 1)


def _head(number: int) -> str:
    return say("all heads together") if number == ALL else say("head {number}", number=number + 1)
