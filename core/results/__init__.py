"""How good a model is on rows it never saw: figures, comparisons, pictures' data and plain sentences."""

from core.results.evaluation import evaluate, learned_from

__all__ = ["evaluate", "learned_from"]
