"""What Keras's layers take by themselves where an argument is left out; `core.worker.keras_defaults` writes it down."""

import json
from functools import cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).with_name("keras_defaults.json")


@cache
def keras_defaults() -> dict[str, dict[str, Any]]:
    """By class of `keras.layers`: `needs` (arguments without a default), `defaults`, and what is `saved` for these.

    Example:
        >>> keras_defaults()["Dropout"]["needs"]
        ['rate']
    """
    return json.loads(PATH.read_text(encoding="utf-8"))
