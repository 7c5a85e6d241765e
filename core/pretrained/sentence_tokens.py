"""The sentence encoder's tokenizer as the library `tokenizers` reads it: the same tokens, found by Rust.

A text is cleaned as SentencePiece's rules `nmt_nfkc` say, and cut into the pieces that are likeliest together. A token's
code is its number in `sp.model` and one more, so that 0 stands for nothing.

Sources: Kudo, "Subword Regularization", ACL 2018, section 3.2 (the pieces); SentencePiece, `doc/normalization.md`;
Unicode Standard Annex #15 (NFKC).
"""

import json
import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from core.errors import FileError
from core.pretrained import sentence_encoder
from core.words import mark

BEGIN, END, UNKNOWN = "<s>", "</s>", "<unk>"
PADDING = "<pad> "  # with a space, which no cleaned text holds: a text that says “<pad>” is read as any other
SPACE = "\u2581"
# Never in a text: they keep a place while the text is cleaned.
BORDER, WAVE = "\ufdd0", "\ufdd1"
# What `nmt_nfkc` takes for a space beside what NFKC does.
SPACES = r"\t\n\f\r \x{1680}\x{200b}\x{200e}\x{200f}\x{2028}\x{2029}\x{2581}\x{feff}\x{fffd}"
# Marks that NFKC joins with what stands before them; the rules join these too, but never change the order of others.
JOINING = (
    (0x300, 0x304), (0x306, 0x30C), (0x30F, 0x30F), (0x311, 0x311), (0x313, 0x314), (0x31B, 0x31B), (0x323, 0x328),
    (0x32D, 0x32E), (0x330, 0x331), (0x338, 0x338), (0x340, 0x343), (0x345, 0x345), (0x653, 0x655), (0x93C, 0x93C),
    (0xC56, 0xC56), (0xDCA, 0xDCA), (0x3099, 0x309A), (0x110BA, 0x110BA),
)  # fmt: skip
LAST_MARK = 0x1F000


@lru_cache(maxsize=1)
def tokenizer_json() -> str:
    """What `tokenizers.Tokenizer.from_str` reads, 4 MB: made of `sp.model` without SentencePiece.

    Its codes are those of SentencePiece's own algorithm, `<s>` and `</s>` around them; a text of nothing but spaces has
    these two alone. Where marks above a letter stand in an unusual order, they may be read in the usual one; and of two
    ways to cut a text that are equally likely, such as “======” in one place or another, it may take the other.

    Raises:
        RunError: If the sentence encoder is not on this machine.
        FileError: If its file of tokens is damaged.
    """
    path = sentence_encoder.folder() / sentence_encoder.TOKENS
    try:
        pieces = list(_pieces(path.read_bytes()))
        if [name for name, _ in pieces[:3]] != [UNKNOWN, BEGIN, END]:
            raise ValueError("other pieces than expected")
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise FileError(
            mark(
                "“{file}” does not hold the tokens of {network}.",
                file=path.name,
                network=sentence_encoder.LABEL,
            ),
            mark("Delete it from {folder}, and take it anew from where it came.", folder=str(path.parent)),
        ) from error
    return json.dumps(_described(pieces), ensure_ascii=False)


def _described(pieces: list[tuple[str, float]]) -> dict:
    single = {ord(name) for name, _ in pieces if len(name) == 1}
    around = {name: {"id": name, "ids": [code], "tokens": [name]} for name, code in ((BEGIN, 2), (END, 3))}
    begin, end = ({"SpecialToken": {"id": name, "type_id": 0}} for name in (BEGIN, END))
    first, second = ({"Sequence": {"id": name, "type_id": 0}} for name in "AB")
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "decoder": None,
        "normalizer": {"type": "Sequence", "normalizers": _cleaning()},
        # Each unknown letter by itself: the library would make one token of several that follow each other.
        "pre_tokenizer": {
            "type": "Split", "pattern": {"Regex": f"[^{_letters(single)}]"}, "behavior": "Isolated", "invert": False,
        },
        "post_processor": {
            "type": "TemplateProcessing", "single": [begin, first, end],
            "pair": [begin, first, end, second, end], "special_tokens": around,
        },
        "model": {
            "type": "Unigram", "unk_id": 1, "byte_fallback": False, "vocab": [[PADDING, 0.0], *map(list, pieces)],
        },
    }  # fmt: skip


def _cleaning() -> list[dict]:
    """The rules, told by NFKC and what differs from it.

    `Precompiled` of `tokenizers`, which reads SentencePiece's own table, takes the first entry that begins a letter with
    its marks and drops the rest: accents that stand behind their letters would be lost.
    """
    joining = {code for low, high in JOINING for code in range(low, high + 1)}
    marks = {code for code in range(LAST_MARK) if unicodedata.combining(chr(code))} - joining
    return [
        # NFKC would put marks into another order. Nothing can be put before a text's first letter: the library would stumble.
        _replace({"Regex": f"(?<=.)(?=[{_letters(marks)}])"}, BORDER),
        _replace({"String": "\uff5e"}, WAVE),  # the one letter that the rules leave alone and NFKC does not
        {"type": "NFKC"},
        _replace({"String": WAVE}, "\uff5e"),
        _replace({"String": BORDER}, ""),
        _replace({"Regex": f"[{SPACES}]+"}, SPACE),
        _replace({"Regex": f"^{SPACE}|{SPACE}$"}, ""),
        {"type": "Prepend", "prepend": SPACE},
    ]


def _replace(pattern: dict[str, str], content: str) -> dict:
    return {"type": "Replace", "pattern": pattern, "content": content}


def _letters(codes: set[int]) -> str:
    """The inside of a regular expression's class.

    Example:
        >>> _letters({0x61, 0x62, 0x63, 0x6B})
        '\\\\x{61}-\\\\x{63}\\\\x{6b}'
    """
    found: list[list[int]] = []
    for code in sorted(codes):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(
        f"\\x{{{low:x}}}" if low == high else f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in found
    )


def _pieces(data: bytes) -> Iterator[tuple[str, float]]:
    """Each piece and its score, from a file of Protocol Buffers: SentencePiece's `ModelProto`, field 1."""
    for number, value in _fields(data):
        if number == 1 and isinstance(value, bytes):
            parts = dict(_fields(value))
            name, score = parts[1], parts.get(2, bytes(4))
            if not (isinstance(name, bytes) and isinstance(score, bytes)):
                raise ValueError("a piece of another form")
            yield name.decode("utf-8"), struct.unpack("<f", score)[0]


def _fields(data: bytes) -> Iterator[tuple[int, bytes | int]]:
    """The fields of a message in order: number, and bytes or a whole number.

    Source: Protocol Buffers, "Encoding".
    """
    at = 0
    while at < len(data):
        tag, at = _whole(data, at)
        form = tag & 7
        if form == 0:
            value, at = _whole(data, at)
            yield tag >> 3, value
            continue
        if form == 2:
            size, at = _whole(data, at)
        elif form in (1, 5):
            size = 8 if form == 1 else 4
        else:
            raise ValueError("a field of another form")
        if at + size > len(data):
            raise ValueError("it ends too early")
        yield tag >> 3, data[at : at + size]
        at += size


def _whole(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at, value, shift = at + 1, value | (byte & 0x7F) << shift, shift + 7
        if byte < 0x80:
            return value, at
