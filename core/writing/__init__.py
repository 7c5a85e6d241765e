"""Texts become one long stream of codes, from which the next character is learned; and what counting alone foretells."""

from core.writing.prepared import learned_from, make, stream_of
from core.writing.sides import Sides, windows

__all__ = ["Sides", "learned_from", "make", "stream_of", "windows"]
