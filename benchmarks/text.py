"""How well the default sorts texts, beside the linear models that experts take, on the same rows.

    python -m benchmarks.text --data FOLDER [--seeds 3] [--sets NAME …] [--templates NAME …] [--peers NAME …] [--few N]

Every figure is on test rows that nobody has learned from. Each seed divides the rows anew, 70/15/15; a set that comes
divided keeps its test rows. Peers learn from the training rows, as the network does; one with a plus, such as `svm+`, also
learns from the validation rows, by which the network only chooses its epoch. With `--few N`, N labels of each answer
are all that is known: four fifths of them train. `default` is what the app proposes.
"""

import argparse
import math
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.table import show

if TYPE_CHECKING:
    from pandas import DataFrame

DEFAULT = "default"
PLUS = "+"  # behind the name of a peer that also learns from the validation rows
SIDE = "side"  # the column that says what each row is for
SHARES = (0.7, 0.15)  # training and validation
FEW_TRAIN = 0.8  # share of a few labels
LEAST = 1e-6  # the smallest chance that a wrong answer is charged for
AT_ONCE = 64  # rows that are answered together
WIDE = 0x2E80  # letters from here on are words


@dataclass(frozen=True)
class Set:
    """Texts with answers.

    Args:
        files: Below the data folder; the second one, where there is one, holds the test rows.
        texts: The columns that are read.
        target: The column whose answer is wanted.
    """

    files: tuple[str, ...]
    texts: tuple[str, ...]
    target: str


SETS = {
    "product_sentences": Set(("sentiment_product_sentences/sentiment_product_sentences.csv",), ("text",), "sentiment"),
    "tweets": Set(("sentiment_tweets/sentiment_tweets.csv",), ("text",), "sentiment"),
    "zh_reviews": Set(("zh_reviews_sentiment/zh_reviews_sentiment.csv",), ("text",), "label"),
    # Its column `group` gives the answer away.
    "email_spam": Set(("email_spam/email_spam.parquet",), ("subject", "body"), "label"),
    "newsgroups20": Set(("newsgroups20/train.parquet", "newsgroups20/test.parquet"), ("text",), "category"),
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What one model reached: shares from 0 to 1, log loss in nats (nan where it gives no chances), seconds."""

    accuracy: float
    f1_macro: float
    log_loss: float
    seconds: float


Peer = Callable[["DataFrame", "DataFrame", Set], tuple[np.ndarray, np.ndarray | None, list[str]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--sets", nargs="*", default=list(SETS))
    parser.add_argument("--templates", nargs="*", default=[DEFAULT])
    parser.add_argument("--peers", nargs="*", default=list(PEERS))
    parser.add_argument("--few", type=int, default=0)
    parser.add_argument("--most", type=int, default=0, help="test rows that are looked at; 0: all")
    args = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MODELYARD_HOME"] = folder
        for name in args.sets:
            found: dict[str, list[Said]] = {}
            for seed in range(1, args.seeds + 1):
                table = divided(SETS[name], args.data, seed, args.few, args.most)
                for model in [*args.peers, *args.templates]:
                    said = _peer(model, table, SETS[name]) if model.removesuffix(PLUS) in PEERS else None
                    said = said or _network(model, table, SETS[name], seed, Path(folder))
                    found.setdefault(model, []).append(said)
                    print(name, seed, model, said, flush=True)
            rows += [_row(name, model, several) for model, several in found.items()]
    show(["set", "model", "accuracy", "macro F1", "log loss", "seconds"], rows)


def divided(one: Set, data: Path, seed: int, few: int = 0, most: int = 0) -> "DataFrame":
    """The texts and the answers as text, and in `SIDE` what each row is for; each answer by its share on every side."""
    import pandas

    tables = []
    for file in one.files:
        path = data / file
        read = pandas.read_parquet if path.suffix == ".parquet" else pandas.read_csv
        table = read(path)[[*one.texts, one.target]].fillna("").astype(str)
        tables.append(table[table[one.target] != ""].assign(**{SIDE: "train"}))
    if len(tables) > 1:
        tables[-1][SIDE] = "test"
    whole = pandas.concat(tables, ignore_index=True)
    dice = np.random.RandomState(seed)
    for _, rows in whole[whole[SIDE] == "train"].groupby(one.target, sort=True):
        mixed = dice.permutation(rows.index.to_numpy())
        train, validation = SHARES if len(tables) == 1 else (SHARES[0] / sum(SHARES), 1.0)
        cuts = [round(train * len(mixed)), round((train + validation) * len(mixed))]
        cuts = [round(FEW_TRAIN * few), few] if few else cuts
        whole.loc[mixed[cuts[0] : cuts[1]], SIDE] = "validation"
        # With few labels, the others of a set that comes divided are not looked at.
        whole.loc[mixed[cuts[1] :], SIDE] = "test" if len(tables) == 1 else ""
    test = whole.index[whole[SIDE] == "test"].to_numpy()
    if most and len(test) > most:
        whole.loc[dice.permutation(test)[most:], SIDE] = ""
    return whole[whole[SIDE] != ""].reset_index(drop=True)


def majority(learn: "DataFrame", test: "DataFrame", one: Set) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Always the most frequent answer, with each answer's share as its chance."""
    shares = learn[one.target].value_counts(normalize=True)
    said = np.full(len(test), shares.index[0], object)
    return said, np.tile(shares.to_numpy(), (len(test), 1)), list(shares.index)


def logistic_regression(
    learn: "DataFrame", test: "DataFrame", one: Set
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """TF-IDF of words and pairs, and a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    made, asked = _tf_idf(learn, test, one)
    model = LogisticRegression(max_iter=1_000).fit(made, learn[one.target])
    return model.predict(asked), model.predict_proba(asked), list(model.classes_)


def svm(learn: "DataFrame", test: "DataFrame", one: Set) -> tuple[np.ndarray, None, list[str]]:
    """TF-IDF of words and pairs, and a linear support vector machine."""
    from sklearn.svm import LinearSVC

    made, asked = _tf_idf(learn, test, one)
    model = LinearSVC().fit(made, learn[one.target])
    return model.predict(asked), None, list(model.classes_)


PEERS: dict[str, Peer] = {"majority": majority, "logistic_regression": logistic_regression, "svm": svm}


def _tf_idf(learn: "DataFrame", test: "DataFrame", one: Set) -> tuple:
    """Words and pairs of words of all text columns; of Chinese texts, runs of one to three letters."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [side[list(one.texts)].agg(" ".join, axis=1) for side in (learn, test)]
    some = "".join(texts[0].head(200))
    letters = sum(letter >= chr(WIDE) for letter in some) > len(some) / 3
    how = {"analyzer": "char", "ngram_range": (1, 3)} if letters else {"ngram_range": (1, 2)}
    model = TfidfVectorizer(sublinear_tf=True, **how)
    return model.fit_transform(texts[0]), model.transform(texts[1])


def _peer(name: str, table: "DataFrame", one: Set) -> Said:
    sides = ["train", "validation"] if name.endswith(PLUS) else ["train"]
    learn, test = table[table[SIDE].isin(sides)], table[table[SIDE] == "test"]
    began = time.monotonic()
    said, chances, classes = PEERS[name.removesuffix(PLUS)](learn, test, one)
    return _judged(test[one.target].to_numpy(), said, chances, classes, time.monotonic() - began)


def _network(template: str, table: "DataFrame", one: Set, seed: int, folder: Path) -> Said:
    """Train as the app does, and ask the finished model. The seconds are those from the rows to the end of the training."""
    from core import datasets, prepare, runs
    from core.answer import Model
    from core.goal import Split
    from core.spec import Spec
    from core.suggest import suggest
    from core.templates import SHELF, default_for

    file = folder / "texts.parquet"  # a few mails hold signs that no CSV can
    table.to_parquet(file, index=False)
    data = datasets.add(file, "texts").id
    goal = suggest(datasets.profile(data), one.target).goal
    task = "yes_no" if table[one.target].nunique() == 2 else "one_of_many"
    kinds = {**goal.kinds, **dict.fromkeys(one.texts, "text")}
    goal = replace(goal, task=task, inputs=one.texts, kinds=kinds, split=Split(by="given", column=SIDE))
    began = time.monotonic()
    prepared = prepare.prepare(data, goal)
    name = default_for(prepared.facts) if template == DEFAULT else template
    graph = SHELF[name].graph(prepared.facts, {})
    run = runs.create(Spec(data, goal, name, graph, seed=seed))
    runs.submit(run)
    while not run.state().ended:
        time.sleep(0.2)
    seconds = time.monotonic() - began
    test = table[table[SIDE] == "test"]
    model = Model.open(run.folder)
    parts = []
    for at in range(0, len(test), AT_ONCE):
        some = test.iloc[at : at + AT_ONCE]
        parts.append(model.answer({column: some[column].tolist() for column in one.texts}))
    said = np.concatenate([np.asarray(part["prediction"], object) for part in parts])
    chances = np.concatenate([part["probabilities"] for part in parts])
    return _judged(
        test[one.target].to_numpy(), said, chances, list(model.recipes["target"]["classes"]), seconds
    )


def _judged(
    truth: np.ndarray, said: np.ndarray, chances: np.ndarray | None, classes: list[str], seconds: float
) -> Said:
    from sklearn.metrics import f1_score

    loss = float("nan")
    if chances is not None:
        place = {name: at for at, name in enumerate(classes)}
        given = chances[np.arange(len(truth)), [place[name] for name in truth]]
        loss = float(-np.log(np.maximum(given, LEAST)).mean())
    f1 = float(f1_score(truth.astype(str), said.astype(str), average="macro"))
    return Said(float((truth == said).mean()), f1, loss, seconds)


def _row(name: str, model: str, several: list[Said]) -> list[str]:
    figures = [
        [getattr(one, field) for one in several] for field in ("accuracy", "f1_macro", "log_loss", "seconds")
    ]
    shown = [
        "–" if any(math.isnan(value) for value in some)
        else f"{statistics.mean(some):.3f} ± {statistics.stdev(some) if len(some) > 1 else 0:.3f}"
        for some in figures[:3]
    ]  # fmt: skip
    return [name, model, *shown, f"{statistics.median(figures[3]):.0f}"]


if __name__ == "__main__":
    main()
