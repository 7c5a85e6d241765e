"""How a column writes its numbers: decimal mark, groups of thousands, signs and units, judged over the whole column."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.recipes import read_values

# Texts that people and programs write where a number is not known.
_NOT_KNOWN = """
? ?? - -- --- – — . .. * x n/a na n.a. #n/a nan null nil none unknown missing undefined not_available not_known no_data
not_applicable #value! #div/0! #ref! #name? #num! inf -inf infinity tbd tba (blank) (null) 无 未知 缺失 空 不详 暂无
"""
_CURRENCY_WORDS = "usd eur gbp jpy cny rmb chf cad aud inr krw brl rub sek nok dkk pln hkd sgd rs kr r$"
_UNITS = """
% ‰ per_cent kg g mg lb lbs oz t km m cm mm mi mile miles ft in yd km/h kmh mph h hr hrs hour hours min mins minute
minutes s sec secs second seconds ms d day days week weeks wk month months mo mos year years yr yrs y °c °f ° c f k
kwh kw w mw mah v a hz ghz mhz mb gb tb kb l ml cl m² m³ km² ft² sqft sq_ft sqm sq_m square_feet cc bhp hp rpm kmpl kcal
cal pts pcs px 元 万 万元 亿 亿元 岁 年 月 天 日 个 件 人 次 小时 分钟 秒 公斤 千克 克 斤 吨 米 厘米 毫米 公里 平方米 平 ㎡ 円 歳 원
"""


def _listed(words: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in words.split())


NOT_KNOWN = _listed(_NOT_KNOWN)
CURRENCY_WORDS = _listed(_CURRENCY_WORDS)
UNITS = _listed(_UNITS)

_SPACES = " \u00a0\u202f\u2009"
_DRESSED = re.compile(
    rf"\(?\s*[+\-\u2212]?\s*(?P<before>[^\d.,+\-\u2212()]*?)\s*[+\-\u2212]?"
    rf"(?P<core>[.,]?\d(?:[\d.,'’{_SPACES}]*\d)?[.,]?)(?:[eE][+-]?\d+)?"
    rf"\s*(?P<after>[^\d()]*?)\s*\)?"
)
# Decimal mark and mark between thousands, the likelier first: ties go to the earlier.
_WRITINGS = [
    (".", ""), (".", ","), (",", ""), (",", "."),
    *[(decimal, space) for space in _SPACES for decimal in (",", ".")],
    (".", "'"), (".", "’"), (",", "'"),
]  # fmt: skip
_MOST_LOOKED_AT = 3_000


@dataclass(frozen=True)
class NumberReading:
    """A column read as numbers.

    Args:
        parse: The recipe's way of reading.
        numbers: One number for each distinct value; NaN where it is none.
        readable: Rows that hold a number.
        unreadable: Texts that are no numbers, with their rows, the most frequent first.
        odd: Rows whose text is neither a number nor a usual way to say "not known".
    """

    parse: Mapping[str, Any]
    numbers: np.ndarray
    readable: int
    unreadable: tuple[tuple[str, int], ...]
    odd: int

    @property
    def good(self) -> bool:
        """Whether the column is numbers, apart from a few texts and usual ways to say "not known"."""
        said = self.readable + self.odd
        filled = self.readable + sum(count for _, count in self.unreadable)
        return self.odd <= 0.05 * said and self.readable > 0.05 * filled

    @property
    def known(self) -> np.ndarray:
        """The distinct texts' numbers without NaN."""
        return self.numbers[~np.isnan(self.numbers)]

    @property
    def whole(self) -> bool:
        return bool(len(self.known)) and bool((self.known == np.floor(self.known)).all())


def read_numbers(values: Sequence[str], counts: np.ndarray) -> NumberReading:
    """The reading under which most rows are numbers."""
    plain = _reading({"as": "number"}, values, counts)
    if plain.odd == 0:
        return plain
    parse = _writing(values, counts)
    if parse is None or parse == plain.parse:
        return plain
    other = _reading(parse, values, counts)
    return other if other.readable > plain.readable else plain


def _reading(parse: Mapping[str, Any], values: Sequence[str], counts: np.ndarray) -> NumberReading:
    numbers = read_values(values, parse)
    where = np.flatnonzero(np.isnan(numbers))
    unreadable = sorted(((values[i], int(counts[i])) for i in where), key=lambda pair: -pair[1])
    odd = sum(count for text, count in unreadable if text.lower() not in NOT_KNOWN)
    readable = int(counts.sum()) - sum(count for _, count in unreadable)
    return NumberReading(parse, numbers, readable, tuple(unreadable), odd)


def _writing(values: Sequence[str], counts: np.ndarray) -> dict[str, Any] | None:
    """The parse that fits the texts' shapes, or None where they are not written like numbers."""
    step = max(1, len(values) // _MOST_LOOKED_AT)
    cores: Counter[str] = Counter()
    dressing: Counter[str] = Counter()
    looked_at = 0
    for text, count in zip(values[::step], counts[::step].tolist(), strict=True):
        looked_at += count
        match = _DRESSED.fullmatch(text)
        # Letters before a number make it a code ("A12"), unless they are a currency.
        if match and (not match["before"] or _is_money(_unit(match["before"]))):
            cores[match["core"]] += count
            dressing.update({mark: count for mark in {match["before"], match["after"]} if mark})
    if cores.total() < 0.4 * looked_at:
        return None
    remove = _removable(dressing, cores.total())
    if remove is None:
        return None
    marks = _marks(cores)
    if marks is None:
        return None
    decimal, thousands = marks
    parse: dict[str, Any] = {"as": "number"}
    if decimal != ".":
        parse["decimal"] = decimal
    if thousands:
        parse["thousands"] = thousands
    if remove:
        parse["remove"] = remove
    return parse


def _marks(cores: Counter[str]) -> tuple[str, str] | None:
    """Decimal mark and thousands mark that explain the texts, or None where none does, as in 10.0.0.1."""

    def explained(writing: tuple[str, str]) -> int:
        pattern = _pattern(*writing)
        return sum(count for core, count in cores.items() if pattern.fullmatch(core))

    best = max(_WRITINGS, key=explained)
    return best if explained(best) >= 0.9 * cores.total() else None


def _pattern(decimal: str, thousands: str) -> re.Pattern[str]:
    point, rest = re.escape(decimal), r"\d+"
    if thousands:
        group = re.escape(thousands)
        # Groups of three; India writes 12,34,567.
        rest = rf"(?:[1-9]\d{{0,2}}(?:{group}\d{{3}})+|[1-9]\d?(?:{group}\d\d)+{group}\d{{3}}|\d+)"
    return re.compile(rf"{rest}(?:{point}\d*)?|{point}\d+")


def _removable(dressing: Counter[str], rows: int) -> list[str] | None:
    """Signs and units to take off, the longest first; None where the letters mean more than a unit.

    Two different units ("5 kg", "300 g") must not be mixed into one number.
    """
    kinds = {_unit(mark) for mark, count in dressing.items() if count > 0.02 * rows or _known(mark)}
    money = {kind for kind in kinds if _is_money(kind)}
    if len(money) > 1 or len(kinds - money) > 1:
        return None
    if any(
        not _known(mark) and count < 0.9 * rows for mark, count in dressing.items() if _unit(mark) in kinds
    ):
        return None
    return sorted((m for m in dressing if _unit(m) in kinds), key=lambda m: (-len(m), m))


def _unit(mark: str) -> str:
    return mark.lower().rstrip(".").strip()


def _known(mark: str) -> bool:
    unit = _unit(mark)
    return unit in UNITS or _is_money(unit)


def _is_money(unit: str) -> bool:
    return unit in CURRENCY_WORDS or any(c in "$€£¥₹₽₩₺₫₪฿￥" for c in unit)


def is_code(values: Iterable[str]) -> bool:
    """Whether digits are written as codes: of one length, some with a leading zero, such as `00501`."""
    texts = list(values)
    digits = all(t.isascii() and t.isdigit() for t in texts)
    return digits and len({len(t) for t in texts}) == 1 and any(len(t) > 1 and t[0] == "0" for t in texts)
