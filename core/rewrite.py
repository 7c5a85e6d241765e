"""A text becomes another text: its codes, the search for the likeliest answer, and placeholders that are carried over.

This file needs Python, NumPy, `tokens.py` and `beam.py`, and travels with them. What it has to know stands in the recipes: the
column's feature holds the tokenizer and how many tokens are read, the target how many are written:

    {"columns": [{"column": "en", "features": [{"make": "tokens", "length": 32, "tokenizer": {…}}], …}],
     "target": {"as": "rewrite", "column": "zh", "length": 32, "slots": 8}}

Codes 0 to 3 are padding, unknown, begin and end. Then come the slots: the first placeholder of a text, such as `%s`, `{name}` or
`<b>`, is slot 1 wherever it stands in the text and in its answer, so that one which was never seen before is carried over too.
"""

import re
from collections import Counter

import numpy as np

if __package__:
    from core import tokens
    from core.beam import ALPHA, length_penalty, search
else:  # outside the app, they lie beside this file
    import tokens
    from beam import ALPHA, length_penalty, search

PADDING, UNKNOWN, BEGIN, END, FIRST_SLOT = 0, 1, 2, 3, 4
MARKS = ("<pad>", "<unk>", "<begin>", "<end>")
SOURCE, WRITTEN = "source", "written"  # the network's two inputs
ENCODER, DECODER = "model.onnx", "decoder.onnx"  # the files of its two halves
BEAMS = 4
TEXTS_AT_ONCE = 64
# Addresses, tags and entities of HTML, placeholders of programs. What merely stands in angle brackets is translated.
TAGS = "a|b|big|br|code|div|em|font|h[1-6]|hr|i|img|kbd|li|ol|p|pre|q|s|small|span|strong|sub|sup|table|td|th|tr|tt|u|ul"
PLACEHOLDER = re.compile(
    r"(?<![A-Za-z0-9_])[A-Za-z]{1,20}://[A-Za-z0-9_.~:/?\#@!$&'()*+,;=%-]{0,400}[A-Za-z0-9_/]"
    rf"|</?(?:{TAGS})(?:\s[^<>]{{0,200}})?/?>|&\#?[A-Za-z0-9]{{1,20}};"
    r"|%(?:\(\w{1,60}\)|\d{1,2}\$)?[-+\#0]{0,3}(?:\d{1,4}|\*)?(?:\.(?:\d{1,4}|\*))?(?:hh|h|ll|l|z|j|t|L)?"
    r"[sdiufgGeExXocp@](?![A-Za-z])"
    r"|\$?\{{1,2}[\w.:!,%\[\]-]{0,40}\}{1,2}"
)
NOTHING = {"text": "", "codes": [], "chance": 1.0, "ended": True, "kept": True}  # what an empty text becomes
NUMBERED = re.compile(r"%\d{1,2}\$")


def marks(slots):
    """The codes that no text ever has, in their order, by what they are called."""
    return (*MARKS, *(f"<slot {number}>" for number in range(1, slots + 1)))


def placeholders(text):
    """What has to be carried over as it is, in the order in which it stands there.

    Example:
        >>> placeholders("%1$s has {count} <b>new</b> files, 50% done")
        ['%1$s', '{count}', '<b>', '</b>']
    """
    return PLACEHOLDER.findall(tokens.clean(text))


def kept(source, answer):
    """Whether an answer holds the placeholders of its source, each as often; numbered ones may stand in another order.

    Example:
        >>> kept("%s of %d", "%2$d 的 %1$s"), kept("%s of %d", "%s")
        (True, False)
    """
    return _counted(source) == _counted(answer)


def _counted(text):
    return Counter(NUMBERED.sub("%", one) for one in placeholders(text))


def pairs(made, sources, targets=None):
    """The codes of source texts, and of the texts that answer them, as lists; a text's placeholders are slots.

    Args:
        targets: As many texts, or None where only the sources are asked for.

    Returns:
        For each source its codes and, for each target, those of its answer or None.
    """
    slots = made["target"]["slots"]
    found = [_slotted(text, _slots(text, slots)) for text in sources]
    if targets is None:
        return list(zip(_spelled(made, found), [None] * len(found), strict=True))
    answers = [_slotted(text, _slots(source, slots)) for source, text in zip(sources, targets, strict=True)]
    return list(zip(_spelled(made, found), _spelled(made, answers), strict=True))


def _slots(source, slots):
    """For each placeholder of a source, the numbers of its slots, in the order in which it stands there."""
    found = {}
    for number, one in enumerate(placeholders(source)[:slots]):
        found.setdefault(one, []).append(number)
    return found


def _slotted(text, slots):
    """A text as pieces of text and numbers of slots; a placeholder that has none left stays text."""
    text = tokens.clean(text)
    left = {one: list(numbers) for one, numbers in slots.items()}
    pieces, at = [], 0
    for match in PLACEHOLDER.finditer(text):
        if left.get(match.group()):
            pieces += [text[at : match.start()], left[match.group()].pop(0)]
            at = match.end()
    return [piece for piece in (*pieces, text[at:]) if piece != ""]


def _spelled(made, texts):
    """The codes of each text of `_slotted`."""
    feature = made["columns"][0]["features"][0]
    words = [piece for pieces in texts for piece in pieces if isinstance(piece, str)]
    spelled = iter(tokens.every(feature, words))
    return [
        [
            code
            for piece in pieces
            for code in (next(spelled) if isinstance(piece, str) else [FIRST_SLOT + piece])
        ]
        for pieces in texts
    ]


def text(made, source, codes):
    """The text that codes stand for, with the placeholders of its source in their slots."""
    return "".join(parts(made, source, codes, together=True))


def parts(made, source, codes, together=False):
    """What each code stands for, a text each; or with `together`, each run of codes between slots."""
    feature, known = made["columns"][0]["features"][0], placeholders(source)
    found, run = [], []
    for code in codes:
        slot = code - FIRST_SLOT
        if 0 <= slot < made["target"]["slots"]:
            found += [tokens.text(feature, run)] if run else []
            found, run = [*found, known[slot] if slot < len(known) else ""], []
        elif code >= FIRST_SLOT:
            run.append(code)
        if run and not together:
            found, run = [*found, tokens.text(feature, run)], []
    return [*found, *([tokens.text(feature, run)] if run else [])]


def padded(lists, length=None):
    """Lists of codes as an array, int32 [rows, length], 0 where they have ended; a text without any is one unknown token.

    Args:
        length: By itself, that of the longest.
    """
    length = max([len(codes) for codes in lists] + [1]) if length is None else length
    made = np.full((len(lists), length), PADDING, np.int32)
    for row, codes in enumerate(lists):
        codes = (codes or [UNKNOWN])[:length]
        made[row, : len(codes)] = codes
    return made


def answers(made, network, texts, beams=BEAMS, alpha=ALPHA):
    """For each text its answers, the best first; one that keeps the placeholders stands before those that do not.

    Where none does, it is searched once more for one that does not end before all of them stand there.

    Args:
        network: Has `encode`, from source codes [rows, tokens] to what its decoder reads, a list of arrays [rows, …]; and
            `step`, from these and the codes so far [rows, tokens] to the chances of the next one [rows, codes].
        beams: How many beginnings are followed at once; 1 always takes the likeliest token.

    Returns:
        Lists of dicts: `text`, `codes`, `chance` (how likely it held exactly this text), `ended` (whether it came to its end,
        or was cut off where it became too long) and `kept`, whether the placeholders of the source are there.
    """
    listed, length = pairs(made, texts), made["columns"][0]["features"][0]["length"]
    sources = [codes[:length] for codes, _ in listed]
    order = sorted(
        (row for row in range(len(texts)) if texts[row].strip()), key=lambda row: len(sources[row])
    )
    found = [[dict(NOTHING)] for _ in texts]
    for at in range(0, len(order), TEXTS_AT_ONCE):
        rows = order[at : at + TEXTS_AT_ONCE]
        some = [texts[row] for row in rows]
        read = network.encode(padded([sources[row] for row in rows], length))
        for row, one in zip(rows, _searched(made, network, some, read, beams, alpha, False), strict=True):
            found[row] = one
        lost = [place for place, row in enumerate(rows) if not found[row][0]["kept"]]
        if lost:
            again = [some[place] for place in lost]
            mended = _searched(
                made, network, again, [part[lost] for part in read], max(beams, 2), alpha, True
            )
            for place, one in zip(lost, mended, strict=True):
                if one and one[0]["kept"] and one[0]["ended"]:
                    found[rows[place]] = [one[0], *found[rows[place]]][:beams]
    return found


def _searched(made, network, texts, read, beams, alpha, all_slots):
    """The answers to some texts whose sources are read already; with `all_slots`, none ends before all slots stand there."""
    slots = made["target"]["slots"]
    counts = [min(len(placeholders(text)), slots) for text in texts]
    there = np.arange(slots)[None, :] < np.array(counts)[:, None]

    def step(of, so_far):
        said = np.array(network.step([part[of] for part in read], so_far), np.float64)
        used = (so_far[:, :, None] == FIRST_SLOT + np.arange(slots)).any(1)
        said[:, [PADDING, UNKNOWN, BEGIN]] = 0.0
        said[:, FIRST_SLOT : FIRST_SLOT + slots] *= there[of] & ~used  # each placeholder once
        if all_slots:
            said[(there[of] & ~used).any(1), END] = 0.0
        return said

    longest = made["target"]["length"] - 1
    found = search(step, len(texts), BEGIN, END, longest, beams, alpha)
    return [
        sorted((_answer(made, text, one, alpha) for one in some), key=lambda one: not one["kept"])
        or [{"text": "", "codes": [], "chance": 0.0, "ended": False, "kept": not count}]
        for text, some, count in zip(texts, found, counts, strict=True)
    ]


def _answer(made, source, found, alpha):
    written = text(made, source, found.codes)
    length = len(found.codes) + (1 if found.ended else 0)
    chance = float(np.exp(found.score * length_penalty(length, alpha))) if length else 0.0
    return {
        "text": written, "codes": list(found.codes), "chance": min(chance, 1.0), "ended": found.ended,
        "kept": kept(source, written),
    }  # fmt: skip


def answer_names(made=None):
    """The columns of an answer: the text, and how likely it held exactly this text."""
    return ["prediction", "score"]


def lines(found):
    """One dict for each row, by the best of its `answers`."""
    return [{"prediction": some[0]["text"], "score": round(some[0]["chance"], 6)} for some in found]


def rows(made, network, texts):
    """As `lines`, for texts of which some may be missing."""
    return lines(answers(made, network, ["" if text is None else str(text) for text in texts]))


class Whole:
    """A network that is asked as a whole for each token, as Keras keeps it."""

    def __init__(self, made, network):
        self.length, self.network = made["target"]["length"], network

    def encode(self, source):
        return [source]

    def step(self, read, so_far):
        given = np.zeros((len(so_far), self.length), np.int32)
        given[:, : so_far.shape[1]] = so_far
        return self.network({SOURCE: read[0], WRITTEN: given})[:, so_far.shape[1] - 1]


class Halves:
    """A network in two files: the first reads the source once, the second tells what comes next.

    Args:
        encoder: An ONNX session from the source's codes to all that the decoder reads.
        decoder: An ONNX session from these and the codes so far to the chances of the next one, and what it looked at.
    """

    def __init__(self, encoder, decoder):
        self.encoder, self.decoder = encoder, decoder
        self.reads = [given.name for given in encoder.get_outputs()]
        self.needs = {given.name for given in decoder.get_inputs()}

    def encode(self, source):
        return [*self.encoder.run(self.reads, {SOURCE: source}), source]

    def step(self, read, so_far):
        return self._run("output", read, so_far)

    def attention(self, read, so_far):
        """How much each of the tokens so far looked at each of the source's, [rows, tokens, source tokens]; None where it has none."""
        there = {given.name for given in self.decoder.get_outputs()}
        return self._run("attention", read, so_far) if "attention" in there else None

    def _run(self, name, read, so_far):
        given = dict(zip([*self.reads, SOURCE, WRITTEN], [*read, so_far], strict=True))
        return self.decoder.run([name], {key: given[key] for key in self.needs})[0]
