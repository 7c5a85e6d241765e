"""Who did what becomes what a network learns tastes from: events of persons and items, in order of time."""

from core.tastes.apart import Sides, divided, why
from core.tastes.events import Events, read
from core.tastes.facts import key_of
from core.tastes.prepared import make, read_events

__all__ = ["Events", "Sides", "divided", "key_of", "make", "read", "read_events", "why"]
