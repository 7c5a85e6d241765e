"""What a run is about, from reading to testing, for those who follow it."""

from collections.abc import Callable

from core.runs.events import Journal
from core.words import Sentence


def stage(journal: Journal, name: str, text: Sentence) -> None:
    """Say what happens from now on."""
    journal.write("stage", stage=name, text=text.to_json())


def teller(journal: Journal) -> Callable[[float, Sentence], None]:
    """Tells what is being measured, each thing once."""
    told: list[Sentence] = []

    def tell(share: float, text: Sentence) -> None:
        if told[-1:] != [text]:
            told.append(text)
            stage(journal, "testing", text)

    return tell
