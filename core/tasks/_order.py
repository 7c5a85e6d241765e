"""The order of answers that have one: by their size, or by what their words mean."""

import re
from collections.abc import Iterable

from core.tasks._classes import sort

# Each line is one scale, from the least to the most; an answer's spelling in small letters, without marks between words.
_SCALES = """
    terrible, very bad, very poor, bad, poor, below average, fair, average, ok, okay, good, above average, very good, premium, great, excellent, ideal, perfect
    po, fa, ta, gd, ex
    none, very low, low, below normal, moderate, medium, normal, above normal, elevated, high, very high, extreme, critical
    never, almost never, rarely, seldom, occasionally, sometimes, often, usually, very often, almost always, always
    strongly disagree, disagree, somewhat disagree, neutral, undecided, neither, somewhat agree, agree, strongly agree
    very dissatisfied, dissatisfied, unsatisfied, neutral, satisfied, very satisfied
    very unlikely, unlikely, possible, likely, very likely, certain
    very negative, negative, neutral, positive, very positive
    tiny, very small, small, medium, middle, large, big, very large, huge, giant
    xxs, xs, s, m, l, xl, xxl, xxxl
    freezing, cold, cool, mild, warm, hot
    novice, beginner, elementary, intermediate, advanced, expert, master
    bronze, silver, gold, platinum, diamond
    minor, moderate, major, severe, critical
    none, mild, moderate, severe, very severe
    very slow, slow, medium, fast, very fast
    very short, short, medium, long, very long
    weak, medium, strong, very strong
    primary, secondary, bachelor, master, doctorate
    first, second, third, fourth, fifth
    很差, 差, 较差, 一般, 中等, 较好, 好, 良好, 很好, 优秀
    很低, 低, 较低, 中, 较高, 高, 很高
    很小, 小, 中, 大, 很大
    从不, 很少, 有时, 经常, 总是
    非常不满意, 不满意, 一般, 满意, 非常满意
"""  # fmt: skip
SCALES = tuple(
    {word.strip(): place for place, word in enumerate(line.split(","))} for line in _SCALES.split("\n") if line.strip()
)  # fmt: skip
_BEGINS = re.compile(r"[<>≤≥=~\s]*([+-]?\d+(?:\.\d+)?)(?![\d.]*[a-z])", re.IGNORECASE)


def in_order(values: Iterable[str]) -> list[str] | None:
    """The different answers from the least to the most, or None where nothing tells their order.

    Example:
        >>> in_order(["Good", "Fair", "Very-Good"]), in_order(["10", "9"]), in_order(["20-29", "5-19"])
        (['Fair', 'Good', 'Very-Good'], ['9', '10'], ['5-19', '20-29'])
        >>> in_order(["red", "green"]) is None
        True
    """
    found = sort(values)
    for scale in SCALES:
        places = [scale.get(re.sub(r"[\s_-]+", " ", value.lower()).strip()) for value in found]
        if None not in places and len(set(places)) == len(found):
            return [value for _, value in sorted(zip(places, found, strict=True))]
    begins = [_BEGINS.match(value) for value in found]
    sizes = [float(match[1]) if match else None for match in begins]
    if None in sizes or len(set(sizes)) < len(found):
        return None
    return [value for _, value in sorted(zip(sizes, found, strict=True))]
