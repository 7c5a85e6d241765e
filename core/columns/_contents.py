"""What a column's texts hold besides values: marks of persons, damaged letters, copies that differ by a few signs."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

MOST_LOOKED_AT = 3_000  # distinct texts, spread over the column
LONGEST_MARK, COMPARED = 60, 1_000  # characters: of a mark; of a text that is compared with others
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}")
# With the country's code; with the leading 0 of many countries; as in North America; a Chinese mobile phone.
_PHONE = re.compile(
    r"\+\d{1,3}[ ./-]?\(?\d{1,5}\)?([ ./-]?\d{2,5}){1,5}|\(?0[1-9]\d{0,4}\)?([ /-]?\d{2,8}){1,4}"
    r"|\(?[2-9]\d\d\)?[ .-]\d{3}[ .-]\d{4}|1[3-9]\d{9}"
)
_CARD = re.compile(r"[3-6]\d{3}([ -]?\d{4}){2}[ -]?\d{1,7}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}( ?[A-Z0-9]{2,4}){3,8}")
_CHINESE_ID = re.compile(r"\d{17}[\dXx]")
_SOCIAL_SECURITY = re.compile(r"(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}")
_WORD = re.compile(r"\w+")
_LOST = re.compile("\ufffd|锟斤拷|锟斤|烫烫")


def _luhn(text: str) -> bool:
    """The check digit of cards. Source: ISO/IEC 7812-1, annex B."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return 12 < len(digits) < 20 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _iban(text: str) -> bool:
    """Source: ISO 13616-1, the remainder by 97."""
    plain = text.replace(" ", "")
    return (
        15 <= len(plain) <= 34
        and int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1
    )


def _chinese_id(text: str) -> bool:
    """Source: GB 11643-1999, check character by ISO 7064 MOD 11-2; a date of birth stands in the middle."""
    total = sum(int(sign) * 2 ** (17 - place) for place, sign in enumerate(text[:17]))
    born = "1850" < text[6:10] < "2100" and "01" <= text[10:12] <= "12" and "01" <= text[12:14] <= "31"
    return born and "10X98765432"[total % 11] == text[17].upper()


def _phone(text: str) -> bool:
    return 9 <= sum(map(str.isdigit, text)) <= 15


MARKS: dict[str, tuple[re.Pattern[str], Callable[[str], bool]]] = {
    "email": (_EMAIL, lambda text: True),
    "chinese_id": (_CHINESE_ID, _chinese_id),
    "card": (_CARD, _luhn),
    "iban": (_IBAN, _iban),
    "social_security": (_SOCIAL_SECURITY, lambda text: True),
    "phone": (_PHONE, _phone),
}


def persons(values: Sequence[str]) -> dict[str, float]:
    """Which marks of persons cells are, each with its share of the distinct values; none where a tenth or fewer are one."""
    looked = _spread(values)
    if not looked:
        return {}
    found: Counter[str] = Counter()
    for text in looked:
        for name, (pattern, holds) in MARKS.items() if len(text) < LONGEST_MARK else ():
            if pattern.fullmatch(text) and holds(text):
                found[name] += 1
                break
    return {name: count / len(looked) for name, count in found.items() if count > 0.1 * len(looked)}


def addresses_within(values: Sequence[str]) -> float:
    """The share of longer texts in which an e-mail address stands."""
    looked = [text for text in _spread(values) if len(text) >= LONGEST_MARK]
    return sum("@" in text and bool(_EMAIL.search(text)) for text in looked) / len(looked) if looked else 0.0


def damaged(values: Sequence[str], counts: np.ndarray) -> tuple[int, str]:
    """How many rows hold letters that were lost or read in a wrong encoding, and one such place."""
    rows, example = 0, ""
    for text, count in zip(values, counts.tolist(), strict=True):
        place = "" if text.isascii() else _damage(text)
        if place:
            rows, example = rows + count, example or place
    return rows, example


def _damage(text: str) -> str:
    """The first word whose letters were lost, or turn into others when they are read as they were written.

    What was written in UTF-8 and read as Windows-1252 can be turned back; honest text in other letters hardly ever can.
    """
    return next(
        (word for word in text.split() if not word.isascii() and (_LOST.search(word) or _turned(word))), ""
    )


def _turned(word: str) -> bool:
    try:
        back = word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return False
    return len(back) < len(word)


def alike(values: Sequence[str], counts: np.ndarray) -> int:
    """Rows whose text begins like another row's but for capitals, spaces, signs and digits; exact copies are not counted."""
    kept: dict[int, int] = {}
    more = 0
    for text, count in zip(values, counts.tolist(), strict=True):
        words = [word for word in _WORD.findall(text[:COMPARED].casefold()) if not word.isdigit()]
        if len(words) < 4:  # short texts are alike by chance
            continue
        key = hash(tuple(words))
        more += count if key in kept else 0
        kept[key] = count
    return more


def _spread(values: Sequence[str]) -> Sequence[str]:
    """Some of the values, from all over the column."""
    step = max(1, len(values) // MOST_LOOKED_AT)
    return values[::step]
