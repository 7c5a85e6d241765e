"""A question whose answer is the best one of a list of texts, such as what a customer asked, answered from an FAQ."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from core.errors import DataError
from core.tasks import _scores
from core.words import mark

LABEL = mark("Find the best answer")
HELP = mark(
    "Pairs of questions and answers, such as an FAQ: it finds the answers of the list that fit a new question best, or says that it does not know."
)
FORM = "texts"
ACTIVATION = "points"  # the end gives two points of length one, see `core.worker.own.two_points`
UNITS = 1_024  # two points of 512 numbers, by itself
LOSS = "InBatchSoftmax"
OWN_LOSS = True
FINISH = "towers"
MAIN = "recall_1"
HIGHER_IS_BETTER = True
METRIC_WORDS = {
    "recall_1": (
        mark("Best answer right"),
        mark("The share of questions for which the answer that it puts first is right (recall@1)."),
    ),
    "recall_5": (
        mark("Right among the best five"),
        mark("The share of questions for which a right answer is among its best five (recall@5)."),
    ),
    "mrr": (
        mark("How far up the right answer stands (MRR)"),
        mark("1 where it stands first, a half where second, a third where third, and so on, on average."),
    ),
}


ASKING = (
    "question",
    "query",
    "utterance",
    "问题",
    "提问",
    "问",
    "frage",
    "pregunta",
    "质问",
    "質問",
    "vraag",
    "domanda",
)
ANSWERING = (
    "answer",
    "reply",
    "response",
    "答案",
    "回答",
    "回复",
    "答复",
    "答",
    "antwort",
    "respuesta",
    "réponse",
    "risposta",
)
HOLDS = ("text", "category", "identifier")  # kinds of column that may hold questions or answers
FEWEST_ANSWERS, FEW_CLASSES = 2, 8  # so few answers of some words are rather classes


def fits(kinds: Mapping[str, str], distinct: Mapping[str, int], target: str) -> tuple[str, ...]:
    """The columns that may hold the questions which the target answers, the likeliest alone where one is called so.

    Args:
        kinds: The kind of each column.
        distinct: How many different values each has.
    """
    told = named(target, ANSWERING)
    if kinds[target] not in HOLDS or distinct[target] < FEWEST_ANSWERS:
        return ()
    if kinds[target] != "text" and not (told and distinct[target] > FEW_CLASSES):
        return ()
    asking = [n for n in kinds if n != target and kinds[n] in HOLDS and named(n, ASKING)]
    if asking:
        return tuple(asking[:1])
    return tuple(n for n in kinds if n != target and kinds[n] == "text" and distinct[n] > 1)[:1]


def named(column: str, words: tuple[str, ...]) -> bool:
    """Whether a column is called by one of these words.

    Example:
        >>> named("Customer question", ASKING), named("FAQ_Answers", ANSWERING), named("price", ASKING)
        (True, True, False)
    """
    return any(word in column.lower() for word in words)


def suits(kind: str, distinct: int, summary: Mapping[str, Any] = MappingProxyType({})) -> bool:
    """Never by the column alone: whether there are questions beside it, `core.suggest` knows."""
    return False


def units(target: Mapping[str, Any]) -> int:
    """How many numbers the end gives."""
    return UNITS


def fit_target(texts: Iterable[str], kind: str, parse: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The target's recipe: how many different answers there are to choose from.

    Raises:
        DataError: If all answers are the same.
    """
    count = len({plain(text) for text in texts} - {""})
    if count < 2:
        raise DataError(
            mark("All questions have the same answer, so there is nothing to choose from."),
            mark("Choose a column with at least two different answers."),
        )
    return {"as": "reply", "answers": count}


def plain(text: str) -> str:
    """A text as it is compared with others: spaces and capitals do not count.

    Example:
        >>> plain(" Thank  you.") == plain("thank you.")
        True
    """
    return " ".join(str(text).split()).casefold()


def of_ranks(ranks: np.ndarray, weights: np.ndarray) -> _scores.Scores:
    """Each measure for each weighting of the questions [draws, questions].

    Args:
        ranks: How many answers stand before the first right one, [questions].
    """
    return {
        "recall_1": _scores.mean(ranks < 1, weights),
        "recall_5": _scores.mean(ranks < 5, weights),
        "mrr": _scores.mean(1 / (1 + ranks), weights),
    }


def scores(
    target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray, weights: np.ndarray
) -> _scores.Scores:
    """While training: as `of_ranks`, with the answers of these rows to choose from.

    Args:
        truth: The number of each row's answer, [rows].
        outputs: The points of each row's question and of its answer side by side, [rows, 2 · width].
    """
    numbers = np.asarray(truth).reshape(-1).astype(np.int64)
    outputs = np.asarray(outputs, np.float32)
    width = outputs.shape[1] // 2
    _, first, place = np.unique(numbers, return_index=True, return_inverse=True)
    near = outputs[:, :width] @ outputs[first, width:].T
    own = near[np.arange(len(numbers)), place]
    return of_ranks((near > own[:, None]).sum(1), weights)


def metrics(target: Mapping[str, Any], truth: np.ndarray, outputs: np.ndarray) -> dict[str, float]:
    """As `scores`, each row counted once."""
    return _scores.once(lambda weights: scores(target, truth, outputs, weights), len(truth))
