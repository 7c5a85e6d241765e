"""A text becomes tokens: words, characters or parts of words in their order, each known by a whole number, its code.

This file needs Python, NumPy and the library `tokenizers`, and travels with `recipes.py`. A column's recipe holds the whole
tokenizer, as `tokenizers.Tokenizer.to_str()` writes it, or names one that lies beside this file as `<name>.tokenizer.json`:

    {"make": "tokens", "length": 64, "tokenizer": {"version": "1.0", "model": {"type": "WordLevel", ...}, ...}}
    {"make": "tokens", "length": 64, "known": "sentence_encoder"}

Code 0 stands where a text has ended, and 1 for what was never seen in training.
"""

import importlib
import json
import os
import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np

PADDING, UNKNOWN = 0, 1
LONGEST = 10_000  # characters of a text that are looked at
AT_ONCE = 1_000_000  # characters
MOST_OPEN = 32
_SURROGATES = re.compile("[\ud800-\udfff]")  # halves of a character, which no tokenizer takes


def codes(feature, texts):
    """The codes of each text's first tokens, int32 [rows, length]; 0 where a text has ended.

    A text without any token is one unknown token, so that no row is all padding: a network that leaves padding out would
    average nothing there, which is no number.

    Example:
        >>> words = {"type": "WordLevel", "vocab": {"<pad>": 0, "<unk>": 1, "well": 2}, "unk_token": "<unk>"}
        >>> feature = {"make": "tokens", "length": 3, "tokenizer": {"model": words}}
        >>> codes(feature, ["well", "ill", ""]).tolist()
        [[2, 0, 0], [1, 0, 0], [1, 0, 0]]
    """
    opened = _opened(feature)
    made = np.full((len(texts), feature["length"]), PADDING, np.int32)
    for row, found in enumerate(_encoded(opened, texts)):
        ids = found.ids or [UNKNOWN]
        made[row, : len(ids)] = ids
    return made


def tokens(feature, text):
    """What the network sees of a text: each token as it is written in the tokenizer, and the characters that it stands for,
    `text[begin:end]`."""
    found = _opened(feature).encode(clean(text))
    readable = _opened(feature).decoder
    written = [readable.decode([token]) for token in found.tokens] if readable else found.tokens
    return [(token, begin, end) for token, (begin, end) in zip(written, found.offsets, strict=True)]


def vocabulary(feature):
    """How many different codes there are, padding and unknown among them."""
    return _opened(feature).get_vocab_size()


def lengths(feature, texts):
    """How many tokens each text has, before any is cut off, int64 [rows]."""
    opened = _opened({**feature, "length": None})
    return np.array([len(found.ids) for found in _encoded(opened, texts)], np.int64)


def every(feature, texts):
    """All codes of each text, lists of whole numbers; nothing is cut off but what is longer than `LONGEST`."""
    return [found.ids for found in _encoded(_opened({**feature, "length": None}), texts)]


def text(feature, codes):
    """The text that these codes stand for, where the tokenizer says how its tokens are put together again.

    Of a tokenizer by `core.tokenizers.byte_pairs.fit_exact`, it is the very text that had these codes.
    """
    return _opened({**feature, "length": None}).decode(list(codes), skip_special_tokens=False)


def known_tokenizer(name):
    """The JSON of a tokenizer that came with a pretrained network, by the network's name."""
    if __package__:  # inside the app, it is made from the network's own files
        if name not in KNOWN:
            raise ValueError(f"No tokenizer is called {name!r}. Known are: {', '.join(KNOWN)}.")
        return KNOWN[name]()
    if not name.isidentifier():
        raise ValueError(f"{name!r} is no tokenizer's name. Take letters, digits and underscores.")
    return (Path(__file__).parent / f"{name}.tokenizer.json").read_text(encoding="utf-8")


def _sentence_encoder():
    # This room stands above the pretrained networks, and outside there are none: loaded only when asked for.
    return importlib.import_module("core.pretrained.sentence_tokens").tokenizer_json()


KNOWN = {"sentence_encoder": _sentence_encoder}  # name: what gives its JSON, inside the app


def clean(text):
    """The text as far as it is looked at, without halves of characters; each character stays in its place."""
    return _SURROGATES.sub("\ufffd", text[:LONGEST])


def _encoded(opened, texts):
    """What the tokenizer says of each text, in order, a million characters at once on all processors."""
    ends = np.cumsum([min(len(text), LONGEST) + 1 for text in texts])
    cuts = [*np.flatnonzero(np.diff(ends // AT_ONCE, prepend=-1)).tolist(), len(texts)]
    for start, stop in pairwise(cuts):
        yield from opened.encode_batch_fast([clean(text) for text in texts[start:stop]])


_RECENT = {}  # a recipe's own dict, by its place in memory, so that a single row need not write out the whole of it


def _opened(feature):
    """The recipe's tokenizer, ready to use: opened once for each JSON and length. Recipes are never changed in place."""
    tokenizer = feature["tokenizer"] if "tokenizer" in feature else feature["known"]
    key = (id(tokenizer), feature["length"])
    kept = _RECENT.get(key)
    if kept is None or kept[0] is not tokenizer:
        text = known_tokenizer(tokenizer) if isinstance(tokenizer, str) else json.dumps(tokenizer)
        if len(_RECENT) >= MOST_OPEN:
            _RECENT.clear()
        kept = _RECENT[key] = (tokenizer, _open(text, feature["length"]))
    return kept[1]


@lru_cache(MOST_OPEN)
def _open(text, length):
    # Several processors at once, without the library's warning where a program goes on to start processes; in a process
    # that is a copy of this one, its threads would be missing.
    if "TOKENIZERS_PARALLELISM" not in os.environ:
        os.environ["TOKENIZERS_PARALLELISM"] = "true"
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=_alone)
    from tokenizers import Tokenizer  # noqa: PLC0415 - a heavy library's gate

    opened = Tokenizer.from_str(text)
    opened.no_padding()
    if length is None:
        opened.no_truncation()
    else:
        opened.enable_truncation(length)
    return opened


def _alone():
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
