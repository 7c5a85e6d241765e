"""Samples that come with the app: real tables with a question that a founder would ask."""

from dataclasses import dataclass
from pathlib import Path

from core.errors import DataError
from core.words import Sentence, mark

FOLDER = Path(__file__).parent / "sample_data"


@dataclass(frozen=True)
class Sample:
    """One table that may be used without a file of one's own.

    Args:
        name: Its folder in `core/sample_data`.
        title: What it holds, in a few words.
        summary: Where it comes from.
        question: What a founder would want to know.
        target: The column that answers it.
        licence: Under which it may be used; the words of the licence lie beside the table.
        rows: Rows without the header.
        columns: Number of columns.
        file: What it is called in its folder, if not like the folder with the ending `.csv`.
    """

    name: str
    title: Sentence
    summary: Sentence
    question: Sentence
    target: str
    licence: str
    rows: int
    columns: int
    file: str = ""

    @property
    def path(self) -> Path:
        return FOLDER / self.name / (self.file or f"{self.name}.csv")


_SAMPLES = (
    Sample(
        "telco_churn", mark("Customers of a telephone company"),
        mark("7,043 customers with their contracts and bills; a quarter of them left. Published by IBM."),
        mark("Which customers are about to leave?"), "churn", "MIT", 7043, 20,
    ),
    Sample(
        "diamonds", mark("Prices of diamonds"),
        mark("53,940 diamonds with their weight, cut, colour and price. From the R package ggplot2."),
        mark("What is this diamond worth?"), "price", "MIT", 53940, 10,
    ),
    Sample(
        "review_sentences", mark("Sentences of product reviews"),
        mark("3,708 sentences that customers wrote about cameras, players and phones, each rated by twenty people."),
        mark("Is a customer pleased, angry or neither?"), "sentiment", "MIT", 3708, 2,
    ),
    Sample(
        "penguins", mark("Penguins near Palmer Station"),
        mark("344 penguins of three species, measured by hand. A small table that trains in seconds."),
        mark("Which species is this penguin?"), "Species", "CC0-1.0", 344, 7,
    ),
    Sample(
        "bike_sharing_hourly", mark("Rented bikes, hour by hour"),
        mark("8,645 hours of 2011 in Washington with weather, calendar and rented bikes. From UCI."),
        mark("How many bikes will be rented this hour?"), "bikers", "CC BY 4.0", 8645, 15,
    ),
    Sample(
        "hr_attrition", mark("Employees of a company"),
        mark("1,470 invented employees with job, pay and satisfaction; one in six resigned. Made by IBM."),
        mark("Who is likely to resign?"), "Attrition", "MIT", 1470, 31,
    ),
    Sample(
        "email_spam", mark("Mails, wanted and unwanted"),
        mark("6,046 mails of 2002 and 2003; a third of them is spam. From the SpamAssassin project."),
        mark("Is this mail spam?"), "label", "CC0-1.0", 6046, 3, "email_spam.parquet",
    ),
    Sample(
        "lecture_ratings", mark("Ratings of lectures"),
        mark("73,421 ratings that students of ETH Zurich gave their lecturers. From the R package lme4."),
        mark("Which lecturers suit which student?"), "lecturer", "GPL-2 or later", 73421, 7, "lecture_ratings.csv.gz",
    ),
    Sample(
        "questions_and_answers", mark("Questions and answers, in English and Chinese"),
        mark("1,726 pairs of small talk and common knowledge. From chatterbot-corpus."),
        mark("What is the answer to a customer's question?"), "answer", "BSD-3-Clause", 1726, 4,
    ),
    Sample(
        "digits", mark("Handwritten digits"),
        mark("3,000 small pictures of digits, 300 of each. From MNIST."),
        mark("Which digit is this?"), "label", "CC BY-SA 3.0", 3000, 2, "digits.zip",
    ),
)  # fmt: skip


def everything() -> list[Sample]:
    """All samples, the best first one first."""
    return list(_SAMPLES)


def find(name: str) -> Sample:
    """The sample of this name. Raises DataError where there is none."""
    for sample in _SAMPLES:
        if sample.name == name:
            return sample
    raise DataError(
        mark("There is no sample “{name}”.", name=name[:60]),
        mark("Take one of these: {names}.", names=[sample.name for sample in _SAMPLES]),
    )
