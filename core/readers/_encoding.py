"""Which encoding a file's bytes are in, and their text."""

import codecs
import re
from pathlib import Path

from core.errors import FileError
from core.words import mark

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_CANDIDATES = [
    "gb18030", "big5", "shift_jis", "euc_kr", "euc_jp", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255",
    "cp1256", "koi8_r", "mac_roman",
]  # fmt: skip
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 200_000


def decode(path: Path, data: bytes) -> tuple[str, str, int]:
    """The text, the name of the encoding, and how many characters could not be read.

    Raises:
        FileError: If the bytes are not text.
    """
    for start, name in _MARKS:
        if data.startswith(start):
            return data.decode(name, errors="replace").lstrip("\ufeff"), name, 0
    wide = _without_mark(data[:_SAMPLE])
    if wide:
        return data.decode(wide, errors="replace"), wide, 0
    _refuse_binary(path, data)
    try:
        return data.decode("utf-8"), "utf-8", 0
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if sum(1 for c in text if c > "\x7f") - broken > 10 * broken:
        return text, "utf-8", broken
    name = _guess(data)
    text = data.decode(name, errors="replace")
    return text, name, text.count("\ufffd")


def _without_mark(head: bytes) -> str | None:
    """UTF-16 without its mark shows zeros in every second byte."""
    half = len(head) // 2
    if half < 4:
        return None
    even, odd = head[0 : 2 * half : 2].count(0) / half, head[1 : 2 * half : 2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.05 else None


def _refuse_binary(path: Path, data: bytes) -> None:
    zeros, controls = data.count(b"\x00"), len(_CONTROLS.findall(data[:_SAMPLE]))
    if zeros or controls > 0.01 * min(len(data), _SAMPLE):
        raise FileError(
            mark("“{name}” holds bytes that are not text.", name=path.name[:80]),
            mark("Save the table as CSV (UTF-8) or as an Excel file, and take that."),
        )


def _guess(data: bytes) -> str:
    """The likeliest of the encodings that real tables come in."""
    sample = _telling(data)
    east = _east_asian(sample)
    if east:
        return east
    from charset_normalizer import from_bytes  # noqa: PLC0415 - gate: only files in old encodings need it

    found = from_bytes(sample, cp_isolation=_CANDIDATES, threshold=0.5).best()
    return found.encoding if found else "cp1252"


def _telling(data: bytes) -> bytes:
    """The lines that hold more than ASCII, as many as a guess needs."""
    lines, size = [], 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > 50_000:
                break
    return b"".join(lines)


_RUNS = re.compile(r"[^\x00-\x7f]+")
# Characters that Chinese tables are full of; Korean bytes read as Chinese give rare ones instead.
_TABLE_WORDS = frozenset(
    "的一是不了人有在他这中大来上国年月日市省区县男女姓名编号城价格金额数量时间类型产品客户公司地址电话否学生性别龄子服务好很我们"
    "北京海广州东南西山江河张王李刘陈杨赵三四五本分高小部门业单位元件总收入销售订商家店"
)


def _east_asian(sample: bytes) -> str | None:
    """GB 18030, Big5, Shift JIS or EUC-KR where the characters that come out are those in everyday use."""
    best, most, korean = None, 0.55, False
    for name in ("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"):
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        characters = "".join(_RUNS.findall(text))
        share = _everyday(name, characters)
        if name == "euc_kr" and share > 0.97 and best == "gb18030":
            # The everyday parts of both tables overlap.
            korean = _chinese_words(sample.decode(best)) < 0.1
        if share > most or korean:
            best, most = name, share
    return best


def _chinese_words(text: str) -> float:
    characters = "".join(_RUNS.findall(text))
    return sum(c in _TABLE_WORDS for c in characters) / max(1, len(characters))


def _everyday(name: str, characters: str) -> float:
    """The share of characters from the part of the code table that holds the everyday ones, 0 to 1.

    GB 2312 and Big5 keep the frequent characters in front, Japanese text has kana, Korean has Hangul.
    """
    if len(characters) < 2:
        return 0.0

    def everyday(c: str) -> bool:
        code = c.encode(name, errors="replace")
        if "\u4e00" <= c <= "\u9fff":
            low, high = {"gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6), "shift_jis": (0x88, 0x97)}.get(
                name, (0xB0, 0xCF)
            )
            return name != "euc_kr" and len(code) == 2 and low <= code[0] <= high
        kana = "\u3040" <= c <= "\u30ff"
        return (kana and name in ("shift_jis", "euc_jp")) or (name == "euc_kr" and "\uac00" <= c <= "\ud7a3")

    share = sum(map(everyday, characters)) / len(characters)
    # Japanese without any kana is rarer than Chinese.
    japanese = name in ("shift_jis", "euc_jp")
    return share * (0.9 if japanese and not re.search("[\u3040-\u30ff]", characters) else 1.0)
