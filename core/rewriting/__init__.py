"""Pairs of texts become codes: what is read, what is written so far, and what comes next at each place."""

from core.rewriting.prepared import make

__all__ = ["make"]
