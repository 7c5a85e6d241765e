"""A network that knows which character comes next writes on: texts become codes and codes texts, and characters are drawn.

This file needs Python and NumPy alone. What it has to know stands in the target's recipe:

    {"as": "text", "column": "text", "length": 128, "characters": " eta…"}

Code 0 stands between two texts, 1 for every character that was never seen in training, and from 2 on come the characters.
Nothing is made uniform: codes become the very same text again.
"""

import numpy as np

BETWEEN, UNKNOWN, FIRST = 0, 1, 2
GAP = "\n\n"  # how the border between two texts is written
STEP = "step.onnx"  # the file of a network that can be asked about new codes alone
MOST_BEGINNING = 20_000  # characters of a beginning that are looked at


def codes(target, text):
    """The code of each character, int32.

    Example:
        >>> target = {"characters": "abn"}
        >>> codes(target, "banana!").tolist()
        [3, 2, 4, 2, 4, 2, 1]
        >>> text(target, codes(target, "banana"))
        'banana'
    """
    known = np.frombuffer(target["characters"].encode("utf-32-le", "replace"), "<u4")
    order = np.argsort(known, kind="stable")
    letters = np.frombuffer(text.encode("utf-32-le", "replace"), "<u4")
    place = np.minimum(np.searchsorted(known[order], letters), max(len(known) - 1, 0))
    if not len(known):
        return np.full(len(letters), UNKNOWN, np.int32)
    found = order[place]
    return np.where(known[found] == letters, found + FIRST, UNKNOWN).astype(np.int32)


def text(target, found):
    """The text that these codes stand for."""
    known = target["characters"]
    return "".join(
        GAP if code == BETWEEN else "\ufffd" if code == UNKNOWN else known[code - FIRST] for code in found
    )


def unknown(target, beginning):
    """The characters of a text that the network has never seen, each once, in their order."""
    known = set(target["characters"])
    return [one for one in dict.fromkeys(beginning) if one not in known]


def chances(said, temperature=1.0, top_k=0, top_p=1.0):
    """The chances from which the next character is drawn, float64 [codes].

    Args:
        said: The network's own chances [codes].
        temperature: Above 1 rare characters come more often, below 1 less often; 0 always takes the likeliest.
        top_k: So many of the likeliest at most; 0 for all.
        top_p: As many of the likeliest as together come to this share.

    Source: Holtzman et al., "The Curious Case of Neural Text Degeneration", ICLR 2020, on `top_p`; Fan et al.,
        "Hierarchical Neural Story Generation", ACL 2018, on `top_k`.

    Example:
        >>> chances(np.array([0.0, 0.1, 0.5, 0.25, 0.25]), top_k=1).tolist()
        [0.0, 0.0, 1.0, 0.0, 0.0]
        >>> chances(np.array([0.0, 0.1, 0.4, 0.4, 0.2]), top_p=0.7).tolist()
        [0.0, 0.0, 0.5, 0.5, 0.0]
    """
    made = np.array(said, np.float64)
    made[UNKNOWN] = 0.0  # there is no character to write for it
    if temperature <= 0:
        made = (np.arange(len(made)) == made.argmax()).astype(np.float64)
    elif temperature != 1.0:
        with np.errstate(divide="ignore"):
            sums = np.log(made) / temperature
        made = np.exp(sums - sums.max())
    made /= made.sum()
    order = np.argsort(-made, kind="stable")
    kept = len(made) if top_k <= 0 else min(top_k, len(made))
    if top_p < 1.0:
        kept = min(kept, int(np.searchsorted(np.cumsum(made[order]), top_p - 1e-12)) + 1)
    made[order[kept:]] = 0.0
    return made / made.sum()


def write(
    network, target, beginning="", length=300, temperature=0.8, top_k=0, top_p=1.0, stop=(), seed=1, before=()
):
    """Goes on after a beginning, one code after the other, until there are so many characters or a stop word.

    A stop word is written, then it ends. The n-th code is drawn by a die of its own, so that who goes on later comes to the
    same text.

    Args:
        network: From the codes that are seen, a list, to the chances of the next one [codes]: `Whole` or `Remembering`.
        seed: The same beginning, settings and seed write the same text.
        before: The codes that were written already, where it is to go on; they count towards `length`.

    Yields: the codes after `before`; `text` makes them readable.
    """
    seen = [BETWEEN, *codes(target, beginning[-MOST_BEGINNING:]).tolist(), *before]
    written, count = text(target, before), len(before)
    longest = max(map(len, stop), default=0)
    while len(written) < length:
        said = network(seen[forgotten(len(seen), target["length"]) :])
        drawn = chances(said, temperature, top_k, top_p)
        code = int(np.random.default_rng([seed, count]).choice(len(drawn), p=drawn))
        count += 1
        seen.append(code)
        piece = text(target, [code])
        written += piece
        yield code
        if any(word and word in written[-(longest + len(piece)) :] for word in stop):
            return


def forgotten(count, sees):
    """How many of so many codes are no longer seen by a network that was trained to look at `sees` of them.

    Half of what it sees is let go at a time, so that the places of the others, and all that was worked out for them, stay as
    they are until then. It so looks back between half and the whole of its length, and a code costs the same however long
    the text has become.

    Example:
        >>> [forgotten(count, 8) for count in (1, 8, 9, 12, 13)]
        [0, 0, 4, 4, 8]
    """
    step = max(sees // 2, 1)
    return -(-max(count - sees, 0) // step) * step


class Whole:
    """Asks a network about all codes that are seen, each time anew.

    Args:
        network: From codes, int32 [1, length], to the chances of what comes next at each place [1, length, codes].
    """

    def __init__(self, network, target):
        self.network, self.sees = network, target["length"]

    def __call__(self, seen):
        given = np.zeros((1, self.sees), np.int32)  # what stands behind the last character is never looked at
        given[0, : len(seen)] = seen
        return self.network(given)[0, len(seen) - 1]


class Remembering:
    """Asks a network only about codes that are new, and keeps what its layers looked at before (keys and values).

    Args:
        session: Of ONNX Runtime, or what runs like it: reads new codes, int32 [1, new], and what each layer has kept, and
            gives the chances after each of the codes [1, new, codes], and what each layer then keeps.
    """

    def __init__(self, session):
        self.session = session
        self.names = [one.name for one in session.get_inputs()]
        shapes = [one.shape for one in session.get_inputs()[1:]]
        nothing = [[size if isinstance(size, int) else 0 for size in shape] for shape in shapes]
        self.nothing = [np.zeros(shape, np.float32) for shape in nothing]
        self.seen, self.kept = [], self.nothing

    def __call__(self, seen):
        known = len(self.seen)
        if known >= len(seen) or seen[:known] != self.seen:
            known, self.kept = 0, self.nothing
        given = np.array([seen[known:]], np.int32)
        said, *self.kept = self.session.run(None, dict(zip(self.names, [given, *self.kept], strict=True)))
        self.seen = list(seen)
        return said[0, -1]
