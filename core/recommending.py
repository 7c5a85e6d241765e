"""Items are recommended to persons by what each did before, with NumPy alone; exports of such models carry a copy.

Beside the network that scores items lie `names.json`, the `persons` and `items` by name, and `tastes.npz`. There `starts`
[persons + 1] and `did` [events] say which items each person had and liked, in order of time, as codes from 1 on; code 0 is no
item and, of persons, somebody new. `avoid_starts` and `avoid` say in the same way what was not liked and is never shown.
`weights` [codes, codes] is the linear model: how much having one item speaks for another; where items are many, it is a single 0,
and `to_starts` [codes + 1], `to` and `adds` say of each item for which others it speaks and how much. `near_codes` and `near`
[codes, few] name those items that the same persons had most often, with their cosines. What the network says and what the linear model says
are brought to one scale, and `share` is how much the latter counts. Where the network knows items by facts, `fresh` are the
codes of those that nobody had, of which it alone can tell something; where it knows persons so, `person_facts`
[persons + 1, width] is what is known of them. Where something is known of the items, `told` [codes, bytes] says bit by bit which of
the values and words that the recipes name each of them has.
"""

import json
import re
from pathlib import Path

import numpy as np

try:
    from core import recipes
except ImportError:  # outside, it lies beside this file
    import recipes

NAMES, TASTES, FACTS = "names.json", "tastes.npz", "facts.npz"
MOST = 10  # items that are told, the best first
DIGITS = 5  # of a score: what differs by less counts as equal on every machine
CELLS_AT_ONCE = 16_000_000
MOST_SORTED = 5_000  # scores of a row; of more, only the best are put in order
REASONS = 2
FAR = 3.0  # spreads from the mean; what lies further out counts as so far
PARTS = ("starts", "did", "avoid_starts", "avoid", "weights", "near_codes", "near")
AT_TIMES = ("to_starts", "to", "adds", "person_facts", "fresh", "told")


def load(folder):
    """What was stored beside a network."""
    with np.load(Path(folder) / TASTES, allow_pickle=False) as file:
        found = {name: file[name] for name in (*PARTS, *(one for one in AT_TIMES if one in file.files))}
    names = json.loads((Path(folder) / NAMES).read_text(encoding="utf-8"))
    places = {name: code for code, name in enumerate(names["persons"], start=1)}
    return {**found, **names, "place": places}


def spelled(name):
    """A name as it is compared with others: spaces and capitals do not count, nor does a whole number's “.0”.

    Example:
        >>> spelled(" Ann  Lee "), spelled("17.0"), spelled("1.5")
        ('ann lee', '17', '1.5')
    """
    text = " ".join(str(name if name is not None else "").split()).casefold()
    whole, mark, rest = text.partition(".")
    return whole if mark and rest and not rest.strip("0") and whole.lstrip("-").isdigit() else text


def column_called(columns, name):
    """The column of that name, or the only one that is spelled like it; empty where there is none.

    Example:
        >>> column_called(["Customer ID", "age"], "customer id "), column_called(["a", "A"], "a")
        ('Customer ID', 'a')
    """
    if name in columns:
        return name
    alike = [one for one in columns if spelled(one) == spelled(name)]
    return alike[0] if name and len(alike) == 1 else ""


def words_of(text):
    """The words of a text in small letters.

    Example:
        >>> words_of("Children's, Sci-Fi")
        ["children's", 'sci-fi']
    """
    return re.findall(r"[^\W_][\w'’-]*", str(text).casefold())


def numbers_of(parse, texts):
    """Numbers or dates as `core.recipes` reads them, float64; NaN where there is none."""
    return np.asarray(recipes.read_values(list(texts), parse), np.float64)


def described(recipe, columns):
    """What is known about some items or persons as numbers, float32 [rows, width].

    Args:
        recipe: A list of dicts with `column` and `as`: `"number"` with `parse`, `mean` and `spread` gives the distance from
            the mean, within limits, and 1 where there is a number; `"value"` and `"words"` with `values` give 1, or a share
            of it, where the value or a word is there.
        columns: Texts by column; one that is not there counts as empty.
    """
    rows = max((len(texts) for texts in columns.values()), default=0)
    parts = [np.zeros((rows, 0), np.float32)]
    for made in recipe:
        texts = [str(text if text is not None else "") for text in columns.get(made["column"], [""] * rows)]
        if made["as"] == "number":
            values = numbers_of(made["parse"], texts)
            there = np.isfinite(values)
            far = np.clip((np.where(there, values, made["mean"]) - made["mean"]) / made["spread"], -FAR, FAR)
            parts.append(np.stack([far, there], 1).astype(np.float32))
            continue
        place = {value: at for at, value in enumerate(made["values"])}
        found = np.zeros((rows, len(place)), np.float32)
        for row, text in enumerate(texts):
            held = words_of(text) if made["as"] == "words" else [text.casefold().strip()]
            known = sorted({place[one] for one in held if one in place})
            found[row, known] = 1.0 / max(len(known), 1) ** 0.5
        parts.append(found)
    return np.concatenate(parts, axis=1)


def width(made):
    """How many numbers one part of the recipe of `described` gives."""
    return 2 if made["as"] == "number" else len(made["values"])


def choices(recipes):
    """By column of what is known about the items, the values and words by which they can be chosen; none of older models."""
    return {made["column"]: list(made["values"]) for made in recipes["target"].get("told", ())}


def fitting(recipes, stored, wanted):
    """Which items have what is wanted, bool [codes].

    Args:
        wanted: Pairs of a column and a value, as `choices` gives them: of several values of a column one is enough, and of
            each column there has to be one.
    """
    bits = np.unpackbits(stored["told"], axis=1) > 0
    fits, at = np.ones(len(bits), bool), 0
    for made in recipes["target"]["told"]:
        asked = [made["values"].index(value) for column, value in wanted if column == made["column"]]
        if asked:
            fits &= bits[:, at : at + len(made["values"])][:, asked].any(1)
        at += len(made["values"])
    return fits


def told_of(recipes, table):
    """The columns of a table that tell something about persons, texts by name; none where the network asks for none."""
    if "person_facts" not in recipes["inputs"]:
        return {}
    wanted = dict.fromkeys(made["column"] for made in recipes["target"]["facts"])
    return {name: list(table[name]) for name in wanted if name in table}


def codes_of(stored, persons):
    """The code of each person's name, int64; 0 for somebody new."""
    exact = stored["place"]
    found = np.array([exact.get(str(one).strip(), 0) for one in persons], np.int64)
    missing = np.flatnonzero(found == 0)
    if len(missing) and "plain" not in stored:  # of a million persons it takes seconds
        stored["plain"] = {}
        for code, name in enumerate(stored["persons"], start=1):
            stored["plain"].setdefault(spelled(name), code)
    for row in missing:
        found[row] = stored["plain"].get(spelled(persons[row]), 0)
    return found


def history(stored, code):
    """The items that a person had, the latest last, as codes; none of somebody new."""
    return stored["did"][stored["starts"][code - 1] : stored["starts"][code]] if code else stored["did"][:0]


def avoided(stored, code):
    """The items that a person had and did not like, as codes."""
    return (
        stored["avoid"][stored["avoid_starts"][code - 1] : stored["avoid_starts"][code]]
        if code
        else stored["avoid"][:0]
    )


def latest(pasts, length):
    """The latest items of each person, the very last at the end, int32 [persons, length]; 0 fills up in front."""
    found = np.zeros((len(pasts), length), np.int32)
    for row, past in enumerate(pasts):
        some = past[-length:]
        found[row, length - len(some) :] = some
    return found


def counts(pasts, codes, half=0.0):
    """How much each item counts in what a person had, float32 [persons, codes].

    Args:
        half: After how many later items one counts only half; 0 where all count alike.
    """
    found = np.zeros((len(pasts), codes), np.float32)
    for row, past in enumerate(pasts):
        ages = np.arange(len(past))[::-1]
        found[row, past] = 0.5 ** (ages / half) if half else 1.0
    return found


def speaks(stored):
    """Whether a linear model is stored."""
    return stored["weights"].shape[0] > 1 or "to" in stored


def said(stored, pasts, codes, half=0.0):
    """What the linear model says to some persons by what each had, float32 [persons, codes].

    Args:
        half: As for `counts`.
    """
    if "to" not in stored:
        return counts(pasts, codes, half) @ stored["weights"]
    found = np.zeros((len(pasts), codes), np.float32)
    for row, past in enumerate(pasts):
        had, ages = np.unique(np.asarray(past, np.int64)[::-1], return_index=True)
        worth = 0.5 ** (ages / half) if half else np.ones(len(had))
        begins = stored["to_starts"][had]
        count = stored["to_starts"][had + 1] - begins
        places = np.repeat(begins - np.cumsum(count) + count, count) + np.arange(count.sum())
        adds = np.repeat(worth, count) * stored["adds"][places]
        found[row] = np.bincount(stored["to"][places], adds, minlength=codes)
    return found


def encode(recipes, stored, codes, pasts, facts=None):
    """The network's inputs: who it is, what they had lately, all that they had, and what is known of them.

    Args:
        stored: Where something is known of persons, `person_facts` [persons + 1, width].
        facts: What is known of them that is not stored, [persons, width]; None for nothing.
    """
    inputs, known = recipes["inputs"], {}
    if "past" in inputs:
        known["past"] = latest(pasts, inputs["past"]["shape"][0])
    if "person" in inputs:
        known["person"] = np.asarray(codes, np.int32)[:, None]
    if "had" in inputs:
        known["had"] = counts(pasts, recipes["target"]["items"] + 1, recipes["target"].get("had_half", 0.0))
    if "person_facts" in inputs:
        found = stored["person_facts"][np.asarray(codes, np.int64)]
        known["person_facts"] = (
            found if facts is None else np.where(np.asarray(codes)[:, None] == 0, facts, found)
        )
    return known


def scaled(scores, open_to):
    """Scores brought to the mean 0 and the spread 1 of those items that may be shown.

    Args:
        open_to: Which items may be shown to each person, bool [persons, codes].
    """
    count = np.maximum(open_to.sum(1, keepdims=True), 1)
    scores = np.asarray(scores, np.float32)
    middle = np.where(open_to, scores, 0.0).sum(1, keepdims=True) / count
    moved = scores - middle
    spread = np.sqrt(np.square(np.where(open_to, moved, 0.0)).sum(1, keepdims=True) / count)
    return moved / np.maximum(spread, 1e-6)


def together(network, linear, share, open_to):
    """What both say, weighed: `share` of the linear model's, the rest of the network's."""
    if share <= 0 or linear is None:
        return scaled(network, open_to)
    if share >= 1:
        return scaled(linear, open_to)
    return (1 - share) * scaled(network, open_to) + share * scaled(linear, open_to)


def popular(stored, codes):
    """How many persons had each item, float32 [codes]."""
    return np.bincount(stored["did"], minlength=codes).astype(np.float32)


def scores(recipes, stored, network, codes, pasts, keep_seen=False, avoid=(), facts=None):
    """A score for each code, float32 [persons, codes]; what must not be shown has minus infinity.

    Args:
        network: A function from arrays by input to what the network says, [persons, codes].
        codes: Of the persons; 0 for somebody new.
        pasts: What each had, as codes, the latest last.
        keep_seen: Whether items that a person had may be shown.
        avoid: For each person, codes that are not to be shown whatever else holds.
        facts: As for `encode`.
    """
    target = recipes["target"]
    open_to = np.ones((len(pasts), target["items"] + 1), bool)
    open_to[:, 0] = False
    if not keep_seen:
        for row, past in enumerate(pasts):
            open_to[row, past] = False
    for row, some in enumerate(avoid):
        open_to[row, some] = False
    share = target["share"]
    linear = (
        said(stored, pasts, target["items"] + 1, target["half"]) if share > 0 and speaks(stored) else None
    )
    fresh = stored.get("fresh", ())
    empty = np.array([not len(past) for past in pasts], bool)
    asked = share < 1 or linear is None or len(fresh) or empty.any()
    answer = network(encode(recipes, stored, codes, pasts, facts)) if asked else linear
    found = together(answer, linear, share if linear is not None else 0.0, open_to)
    # Of items that nobody had, only the network can tell something, by their facts.
    if linear is not None and len(fresh):
        spread = np.sqrt(np.square(np.where(open_to, found, 0.0)).sum(1) / np.maximum(open_to.sum(1), 1))
        found[:, fresh] = scaled(answer, open_to)[:, fresh] * spread[:, None]
    # Of somebody whom the network knows only by name, and who is new, the linear model alone can tell something.
    read = set(recipes["inputs"])
    if linear is not None and read == {"person"}:
        new = (np.asarray(codes) == 0) & ~empty
        found = np.where(new[:, None], scaled(linear, open_to), found)
    # Of somebody who had nothing, the linear model tells nothing, nor does a network that knows no more.
    if empty.any():
        alike = popular(stored, target["items"] + 1)[None, :] if read <= {"person", "had"} else answer
        found = np.where(empty[:, None], scaled(np.broadcast_to(alike, open_to.shape), open_to), found)
    return np.where(open_to, np.round(found, DIGITS), -np.inf)


def best(found, most=MOST):
    """The codes of the best items of each row and their scores, best first; equal scores stand in the items' order.

    Example:
        >>> best(np.array([[-np.inf, 0.5, 0.9, 0.5]]), 2)[0].tolist()
        [[2, 1]]
    """
    if found.shape[1] <= MOST_SORTED:
        order = np.argsort(-found, axis=1, kind="stable")[:, :most]
    else:
        order = np.stack([_best(row, most) for row in found]) if len(found) else np.zeros((0, most), np.int64)
    return order, np.take_along_axis(found, order, 1)


def _best(row, most):
    """The places of the largest numbers of a long row, the largest first, equal ones in their order."""
    least = np.partition(row, len(row) - most)[len(row) - most]
    places = np.flatnonzero(row >= least)
    return places[np.argsort(-row[places], kind="stable")][:most]


def recommend(recipes, stored, network, persons, most=MOST, keep_seen=False, facts=None):
    """For each person, the codes of the best items and their scores: a list of pairs of arrays, which may be shorter."""
    found, codes = [], codes_of(stored, persons)
    each = max(1, CELLS_AT_ONCE // (recipes["target"]["items"] + 1))
    for at in range(0, len(codes), each):
        some = codes[at : at + each]
        pasts = [history(stored, code) for code in some]
        avoid = [avoided(stored, code) for code in some]
        given = None if facts is None else facts[at : at + each]
        places, near = best(scores(recipes, stored, network, some, pasts, keep_seen, avoid, given), most)
        for row in range(len(some)):
            there = np.isfinite(near[row])
            found.append((places[row][there], near[row][there]))
    return found


def because(stored, past, code, most=REASONS):
    """The items in a person's past that speak most for an item, as codes, the strongest first."""
    past = np.unique(past)
    if not len(past):
        return []
    if stored["weights"].shape[0] > 1:
        worth = stored["weights"][past, code]
    elif "to" in stored:
        worth = np.array([_adds(stored, one, code) for one in past])
    else:
        near = dict(zip(stored["near_codes"][code], stored["near"][code], strict=True))
        worth = np.array([near.get(one, 0.0) for one in past])
    order = np.argsort(-worth, kind="stable")[:most]
    return [int(past[place]) for place in order if worth[place] > 0]


def _adds(stored, one, code):
    """How much having one item adds to the score of another."""
    part = slice(stored["to_starts"][one], stored["to_starts"][one + 1])
    return float(stored["adds"][part][stored["to"][part] == code].sum())


def answer_names(recipes):
    """The columns that answers have as a table: the person's, the item's, `rank` and `score`."""
    target = recipes["target"]
    rank, score = (free(name, (target["person"], target["column"])) for name in ("rank", "score"))
    return [target["person"], target["column"], rank, score]


def free(name, taken):
    """The name, or one like it where a column of the user's is called so."""
    while name in taken:
        name += "_"
    return name


def each_once(stored, persons):
    """The persons' names as they are first written, each person once; what is empty names nobody."""
    told = [str(one if one is not None else "").strip() for one in persons]
    found = {}
    for one, code in zip(told, codes_of(stored, told), strict=True):
        if one:
            found.setdefault(int(code) or one, one)
    return list(found.values())


def lines(recipes, stored, network, persons, most=MOST, keep_seen=False, columns=None):
    """As a table, best first: a dict for each person and item, the persons as they are written there, each once.

    Args:
        columns: Of a table with a row for each of `persons`, the texts by column: what is known of those who are new.
    """
    facts = None
    if columns and "person_facts" in recipes["inputs"]:
        first = {str(one).strip(): row for row, one in reversed(list(enumerate(persons)))}
        rows = [first[one] for one in each_once(stored, persons)]
        told = {name: [texts[row] for row in rows] for name, texts in columns.items()}
        facts = described(recipes["target"]["facts"], told)
    persons, names, rows = each_once(stored, persons), answer_names(recipes), []
    found = recommend(recipes, stored, network, persons, most, keep_seen, facts)
    for person, (codes, near) in zip(persons, found, strict=True):
        for rank, (code, score) in enumerate(zip(codes, near, strict=True), start=1):
            row = (person, stored["items"][code - 1], rank, float(score))
            rows.append(dict(zip(names, row, strict=True)))
    return rows
