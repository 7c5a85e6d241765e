"""A network that knows which character comes next writes on: texts become codes and codes texts, and characters are drawn.

This file needs Python and NumPy alone. What it has to know stands in the target's recipe:

    {"as": "text", "column": "text", "length": 128, "characters": " eta…"}

Code 0 stands between two texts, 1 for every character that was never seen in training, and from 2 on come the characters.
Nothing is made uniform: codes become the very same text again.
"""

import numpy as np

BETWEEN, UNKNOWN, FIRST = 0, 1, 2
GAP = "\n\n"  # how the border between two texts is written
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

    What lies further back than the network was trained to look is no longer seen. A stop word is written, then it ends. The
    n-th code is drawn by a die of its own, so that who goes on later comes to the same text.

    Args:
        network: From codes, int32 [1, length], to the chances of the next one at each place [1, length, codes].
        seed: The same beginning, settings and seed write the same text.
        before: The codes that were written already, where it is to go on; they count towards `length`.

    Yields: the codes after `before`; `text` makes them readable.
    """
    sees = target["length"]
    seen = [BETWEEN, *codes(target, beginning[-MOST_BEGINNING:]).tolist(), *before][-sees:]
    written, count = text(target, before), len(before)
    longest = max(map(len, stop), default=0)
    while len(written) < length:
        given = np.zeros((1, sees), np.int32)  # what stands behind the last character is never looked at
        given[0, : len(seen)] = seen
        drawn = chances(network(given)[0, len(seen) - 1], temperature, top_k, top_p)
        code = int(np.random.default_rng([seed, count]).choice(len(drawn), p=drawn))
        seen, count = [*seen, code][-sees:], count + 1
        piece = text(target, [code])
        written += piece
        yield code
        if any(word and word in written[-(longest + len(piece)) :] for word in stop):
            return
