"""Progress of a command, one JSON object a line on stderr, so that a page can follow a child process."""

import json
import sys

from core.words import Sentence


def report(share: float, text: Sentence) -> None:
    """Say how far it is, 0 to 1, and what is being done."""
    print(
        json.dumps({"progress": round(share, 4), "text": str(text)}, ensure_ascii=False),
        file=sys.stderr,
        flush=True,
    )
