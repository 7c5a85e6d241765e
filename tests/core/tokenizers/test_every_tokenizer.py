"""Every tokenizer: the same texts give the same one, nothing crashes it, and its codes are what its recipe says."""

import json
import subprocess
import sys
import unicodedata
from itertools import pairwise

import numpy as np
import pytest

from core import fields, tokenizers, tokens

TEXTS = [
    "The room was clean and the staff were friendly. The room was NOT quiet!",
    "Das Zimmer war sauber, das Personal war freundlich; schön, sehr schön. Preis: 50 €",
    "これは本です。これは本です。 中文字 中文字",
    "ห้องสะอาด ห้องสะอาด",
    "방이 깨끗해요 방이 깨끗해요",
    "الغرفة نظيفة والغرفة هادئة",
    "<b>clean</b> & quiet <pad> <unk> <pad> 👨‍👩‍👧 ❤️ ❤️ don't naïve_x ﬁne ＦＩＮＥ",
] * 3  # fmt: skip
HOSTILE = [
    "", " ", "\0", "\0a\0b", "\ud800", "a\udfffb", "\U0001f600" * 50, "\u202eabc\u202c", "a" * 1_000_000, "x " * 500_000,
    "中" * 1_000_000, "<script>alert('x')</script>", "\u0301\u0301", "\ufeff", "e\u0301" * 300, "\u200b", "\uffff",
]  # fmt: skip


@pytest.fixture(params=list(tokenizers.SHELF))
def name(request):
    return request.param


def feature(name: str, texts=TEXTS, most: int = 1_024, length: int = 32, **options):
    return {
        "make": "tokens",
        "length": length,
        "tokenizer": tokenizers.SHELF[name].fit(texts, most, **options),
    }


def codes_of(name: str, texts, among=TEXTS, **options):
    return tokens.codes(feature(name, among, **options), texts).tolist()


def test_it_says_what_it_is(name):
    item = tokenizers.SHELF[name]
    assert str(item.LABEL)
    assert str(item.HELP).endswith(".")
    assert fields.check_all(item.FIELDS, {})["lower"] is True
    assert fields.check_all(item.FIELDS, {}).get("keep_marks", False) is False


def test_the_marks_come_first_and_the_codes_have_no_gaps(name):
    vocab = feature(name)["tokenizer"]["model"]["vocab"]
    assert list(vocab)[:2] == ["<pad>", "<unk>"]
    assert list(vocab.values()) == list(range(len(vocab)))


def test_there_are_no_more_codes_than_asked_for(name):
    many = [" ".join(f"w{i * 7919 % 997}" for i in range(start, start + 400)) for start in range(60)]
    assert tokens.vocabulary(feature(name, many, 400)) <= 400


def test_codes_are_whole_numbers_padded_with_zeros(name):
    made = tokens.codes(feature(name, length=5), ["the", "the room was the room was the room", ""])
    assert made.dtype == np.int32
    assert made.shape == (3, 5)
    assert made[0, -1] == 0
    assert (made[1] > 0).all()
    assert made[2].tolist() == [1, 0, 0, 0, 0]


def test_a_long_text_keeps_its_beginning(name):
    text = "the room was clean and the staff were friendly"
    assert (
        codes_of(name, [text], length=4)[0] == tokens.codes(feature(name, length=40), [text])[0, :4].tolist()
    )


def test_text_that_looks_like_a_mark_is_text(name):
    assert 0 not in codes_of(name, ["<pad> <unk> <pad>"], length=3)[0]


def test_capital_letters_count_as_small_ones_unless_told_otherwise(name):
    one, other = codes_of(name, ["the room", "THE ROOM"])
    assert one == other
    one, other = codes_of(name, ["the room", "THE ROOM"], lower=False)
    assert one != other


def test_compatible_characters_are_one_and_accents_stay(name):
    known = ["fine finé", "fine finé"]
    one, other, accented = codes_of(name, ["fine", "ＦＩＮＥ", "finé"], known)
    assert one == other != accented


def test_the_recipe_survives_being_written_and_read(name):
    made = feature(name)
    read = json.loads(json.dumps(made))
    assert np.array_equal(tokens.codes(read, TEXTS), tokens.codes(made, TEXTS))


def test_each_row_alone_gives_what_all_together_give(name):
    made = feature(name)
    alone = np.concatenate([tokens.codes(made, [text]) for text in TEXTS])
    assert np.array_equal(alone, tokens.codes(made, TEXTS))


def test_the_tokens_of_a_text_stand_where_they_say(name):
    text = "the ROOM was clean"
    found = tokens.tokens(feature(name), text)
    assert [text[begin:end].lower() for _, begin, end in found] == [
        token if token == " " else token.strip() for token, _, _ in found
    ]
    assert len(found) == np.count_nonzero(tokens.codes(feature(name), [text]))


@pytest.mark.parametrize("among", [TEXTS, [], [""] * 9, ["same words"] * 9, HOSTILE])
def test_hostile_texts_do_no_harm(name, among):
    made = feature(name, among)
    found = tokens.codes(made, HOSTILE)
    assert found.min() >= 0
    assert found.max() < tokens.vocabulary(made)
    assert (found[:, 0] > 0).all()
    assert tokenizers.length_for(made["tokenizer"], HOSTILE) <= 1_024
    for text in HOSTILE:
        assert all(0 <= begin <= end <= len(text) for _, begin, end in tokens.tokens(made, text))


MARKED = (
    "Hello {name}, see https://example.com/a?b=1. Or mail a.b@example.com: <b>50%</b> off %s, %(count)d files, ${x} "
    "{{y}} &amp; the 3rd <pad>"
)
WHOLE = ["{name}", "https://example.com/a?b=1", "a.b@example.com", "<b>", "</b>", "%s", "%(count)d", "${x}", "{{y}}", "&amp;"]  # fmt: skip


@pytest.mark.parametrize(
    "name", [name for name, item in tokenizers.SHELF.items() if "keep_marks" in item.FIELDS]
)
def test_placeholders_tags_and_addresses_stay_whole_where_asked(name):
    made = feature(name, [MARKED] * 3, length=100, keep_marks=True)
    found = [token for token, _, _ in tokens.tokens(made, MARKED)]
    assert [token for token in found if token in WHOLE] == WHOLE
    assert {"3rd", " 3"} & {*found}  # a number inside a word is part of the word
    assert 0 not in tokens.codes(made, ["<pad>"])[0, :3]
    assert not {*WHOLE} & {token for token, _, _ in tokens.tokens(feature(name, length=100), MARKED)}
    assert tokens.codes(made, HOSTILE).min() >= 0


def test_byte_pairs_with_whole_marks_can_be_put_together_again():
    made = feature("byte_pairs", [MARKED] * 3, length=100, lower=False, keep_marks=True)
    assert "".join(token for token, _, _ in tokens.tokens(made, MARKED)) == MARKED


SCRIPT = """
import hashlib, json, random
from core import tokenizers
print([hashlib.sha256(json.dumps(tokenizers.SHELF[name].fit(texts, 700)).encode()).hexdigest()
       for name in tokenizers.SHELF
       for letters in ("ab", "abcdefghijkl", "中文字的人aą")
       for chance in [random.Random(letters)]
       for texts in [[" ".join("".join(chance.choices(letters, k=chance.randint(1, 9))) for _ in range(30))
                      for _ in range(80)]]])
"""


def test_the_same_texts_give_the_same_tokenizer_in_every_process():
    # Many words and pairs are equally frequent here, and each process shuffles its hash tables anew.
    told = [
        subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout
        for _ in range(3)
    ]
    assert len(set(told)) == 1


def _plain(text: str) -> str:
    return "".join(letter.lower() for letter in unicodedata.normalize("NFKC", text))


def _alone(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("CJK UNIFIED", "HIRAGANA LETTER", "KATAKANA LETTER", "THAI CHARACTER"))  # fmt: skip


def _words(text: str) -> list[str]:
    """Words, signs and characters without spaces, by the Unicode categories of Python's own tables."""
    found, before = [], ""
    for letter in _plain(text):
        sort = unicodedata.category(letter)[0]
        now = "mark" if sort == "M" else "alone" if _alone(letter) else "word" if sort in "LN" or letter == "_" else "sign" if sort in "PS" else ""  # fmt: skip
        if now == "mark" and before:
            found[-1] += letter
            continue
        now = "word" if now == "mark" else now
        if now == "word" and before == "word":
            found[-1] += letter
        elif now:
            found.append(letter)
        before = now
    return found


def _longest_first(word: str, vocab) -> list[int]:
    made, start = [], 0
    while start < len(word):
        for stop in range(len(word), start, -1):
            part = ("##" if start else "") + word[start:stop]
            if part in vocab:
                break
        else:
            return [1]
        made.append(vocab[part])
        start = stop
    return made


def test_words_and_characters_and_pieces_are_what_plain_python_makes_of_them():
    for name, cut in [("words", _words), ("characters", _plain)]:
        vocab = feature(name)["tokenizer"]["model"]["vocab"]
        wanted = [[vocab.get(token, 1) for token in cut(text)][:32] for text in TEXTS]
        assert codes_of(name, TEXTS) == [row + [0] * (32 - len(row)) for row in wanted]
    vocab = feature("word_pieces", most=300)["tokenizer"]["model"]["vocab"]
    wanted = [[code for word in _words(text) for code in _longest_first(word, vocab)][:32] for text in TEXTS]
    assert codes_of("word_pieces", TEXTS, most=300) == [row + [0] * (32 - len(row)) for row in wanted]


def _bytes_shown() -> list[str]:
    """The characters by which GPT-2 writes bytes."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in shown]
    return [chr(byte) if byte in shown else chr(256 + others.index(byte)) for byte in range(256)]


def _merged(word: str, merges: list[list[str]]) -> list[str]:
    rank = {tuple(pair): place for place, pair in enumerate(merges)}
    parts = list(word)
    while len(parts) > 1:
        best = min(pairwise(parts), key=lambda pair: rank.get(pair, len(rank)))
        if best not in rank:
            break
        joined, place = [], 0
        while place < len(parts):
            both = tuple(parts[place : place + 2]) == best
            joined.append("".join(parts[place : place + 2]) if both else parts[place])
            place += 2 if both else 1
        parts = joined
    return parts


def test_byte_pairs_are_merged_in_the_order_in_which_they_were_learned():
    among = [text for text in TEXTS if text.isascii() or "schön" in text]
    words = ["the", "room", "clean", "friendly", "schön", "sauber", "freundlichkeit", "neverseen", "ünknown"]
    model = feature("byte_pairs", among, 500)["tokenizer"]["model"]
    shown = _bytes_shown()
    made = codes_of("byte_pairs", words, among, most=500)
    for word, row in zip(words, made, strict=True):
        written = "".join(shown[byte] for byte in f" {word}".encode())
        wanted = [model["vocab"][part] for part in _merged(written, model["merges"])]
        assert row[: len(wanted)] == wanted
        assert not any(row[len(wanted) :])


def test_words_seen_once_are_unknown():
    assert codes_of("words", ["often once"], ["often once", "often twice twice"])[0][:2] == [2, 1]


def test_the_most_frequent_words_have_the_smallest_codes_and_equals_stand_by_their_letters():
    vocab = feature("words", ["b b b c c a a"])["tokenizer"]["model"]["vocab"]
    assert list(vocab) == ["<pad>", "<unk>", "b", "a", "c"]


def test_nothing_is_unknown_in_byte_pairs():
    text = "never seen: ζυγός, 漢字, \U0001f9ff"
    assert 1 not in codes_of("byte_pairs", [text], length=64)[0]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["これは本です", "とても良い本でした"], "characters"),
        (["방이 깨끗해요"], "characters"),
        (["ห้องสะอาด"], "characters"),
        (["the room was clean"] * 50, "words"),
        (["the room was clean and quiet"] * 100_000, "byte_pairs"),
        (["الغرفة نظيفة"], "words"),
        ([], "words"),
        ([""], "words"),
        (["12 34"], "words"),
    ],
)
def test_the_texts_say_which_tokenizer_suits(texts, wanted):
    assert tokenizers.suggest(texts) == wanted


def test_much_text_has_many_codes():
    sizes = [tokenizers.most_for(["the room was clean and very quiet"] * rows) for rows in (0, 10, 50_000, 500_000)]  # fmt: skip
    assert sizes == [1_024, 1_024, 4_096, 32_768]


def test_the_length_covers_nearly_all_texts():
    made = tokenizers.SHELF["words"].fit(["a b"] * 2, 1_024)
    lengths = [*range(1, 101)]
    assert tokenizers.length_for(made, ["a " * count for count in lengths]) == 96
    assert tokenizers.length_for(made, []) == 8
    assert tokenizers.length_for(made, ["a " * 5_000]) == 512
    letters = tokenizers.SHELF["characters"].fit(["a b"] * 2, 1_024)
    assert tokenizers.length_for(letters, ["a " * 5_000]) == 1_024
