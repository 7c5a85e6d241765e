"""Items are recommended to persons by what each did before, with NumPy alone; exports of such models carry a copy.

Beside the network that scores items lie `names.json`, the `persons` and `items` by name, and `tastes.npz`. There `starts`
[persons + 1] and `did` [events] say which items each person had and liked, in order of time, as codes from 1 on; code 0 is no
item and, of persons, somebody new. `avoid_starts` and `avoid` say in the same way what was not liked and is never shown. `weights` [codes, codes] is the linear model: how much having one item speaks for another.
`near_codes` and `near` [codes, few] name those items that the same persons had most often, with their cosines. What the network
says and what the linear model says are brought to one scale, and `share` is how much the latter counts.
"""

import json
from pathlib import Path

import numpy as np

NAMES, TASTES = "names.json", "tastes.npz"
MOST = 10  # items that are told, the best first
DIGITS = 5  # of a score: what differs by less counts as equal on every machine
CELLS_AT_ONCE = 16_000_000
REASONS = 2
PARTS = ("starts", "did", "avoid_starts", "avoid", "weights", "near_codes", "near")


def load(folder):
    """What was stored beside a network."""
    with np.load(Path(folder) / TASTES, allow_pickle=False) as file:
        found = {name: file[name] for name in PARTS}
    names = json.loads((Path(folder) / NAMES).read_text(encoding="utf-8"))
    places = {name: code for code, name in enumerate(names["persons"], start=1)}
    plain = {}
    for code, name in enumerate(names["persons"], start=1):
        plain.setdefault(spelled(name), code)
    return {**found, **names, "place": places, "plain": plain}


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


def codes_of(stored, persons):
    """The code of each person's name, int64; 0 for somebody new."""
    exact, plain = stored["place"], stored["plain"]
    return np.array([exact.get(str(one).strip()) or plain.get(spelled(one), 0) for one in persons], np.int64)


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


def encode(recipes, codes, pasts):
    """The network's inputs: who it is, what they had lately, and all that they had."""
    inputs, known = recipes["inputs"], {}
    if "past" in inputs:
        known["past"] = latest(pasts, inputs["past"]["shape"][0])
    if "person" in inputs:
        known["person"] = np.asarray(codes, np.int32)[:, None]
    if "had" in inputs:
        known["had"] = counts(pasts, recipes["target"]["items"] + 1, recipes["target"].get("had_half", 0.0))
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


def scores(recipes, stored, network, codes, pasts, keep_seen=False, avoid=()):
    """A score for each code, float32 [persons, codes]; what must not be shown has minus infinity.

    Args:
        network: A function from arrays by input to what the network says, [persons, codes].
        codes: Of the persons; 0 for somebody new.
        pasts: What each had, as codes, the latest last.
        keep_seen: Whether items that a person had may be shown.
        avoid: For each person, codes that are not to be shown whatever else holds.
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
    known = stored["weights"].shape[0] > 1
    linear = (
        counts(pasts, target["items"] + 1, target["half"]) @ stored["weights"]
        if share > 0 and known
        else None
    )
    said = network(encode(recipes, codes, pasts)) if share < 1 or linear is None else linear
    found = together(said, linear, share if linear is not None else 0.0, open_to)
    # Of somebody whom the network knows only by name, and who is new, the linear model alone can tell something.
    if linear is not None and set(recipes["inputs"]) == {"person"}:
        new = (np.asarray(codes) == 0) & np.array([len(past) > 0 for past in pasts], bool)
        found = np.where(new[:, None], scaled(linear, open_to), found)
    return np.where(open_to, np.round(found, DIGITS), -np.inf)


def best(found, most=MOST):
    """The codes of the best items of each row and their scores, best first; equal scores stand in the items' order.

    Example:
        >>> best(np.array([[-np.inf, 0.5, 0.9, 0.5]]), 2)[0].tolist()
        [[2, 1]]
    """
    order = np.argsort(-found, axis=1, kind="stable")[:, :most]
    return order, np.take_along_axis(found, order, 1)


def recommend(recipes, stored, network, persons, most=MOST, keep_seen=False):
    """For each person, the codes of the best items and their scores: a list of pairs of arrays, which may be shorter."""
    found, codes = [], codes_of(stored, persons)
    each = max(1, CELLS_AT_ONCE // (recipes["target"]["items"] + 1))
    for at in range(0, len(codes), each):
        some = codes[at : at + each]
        pasts = [history(stored, code) for code in some]
        avoid = [avoided(stored, code) for code in some]
        places, near = best(scores(recipes, stored, network, some, pasts, keep_seen, avoid), most)
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
        speaks = stored["weights"][past, code]
    else:
        speaks = np.array(
            [
                dict(zip(stored["near_codes"][code], stored["near"][code], strict=True)).get(one, 0.0)
                for one in past
            ]
        )
    order = np.argsort(-speaks, kind="stable")[:most]
    return [int(past[place]) for place in order if speaks[place] > 0]


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


def lines(recipes, stored, network, persons, most=MOST, keep_seen=False):
    """As a table, best first: a dict for each person and item, the persons as they are written there, each once."""
    persons, names, rows = each_once(stored, persons), answer_names(recipes), []
    found = recommend(recipes, stored, network, persons, most, keep_seen)
    for person, (codes, near) in zip(persons, found, strict=True):
        for rank, (code, score) in enumerate(zip(codes, near, strict=True), start=1):
            row = (person, stored["items"][code - 1], rank, float(score))
            rows.append(dict(zip(names, row, strict=True)))
    return rows
