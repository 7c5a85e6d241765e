"""Texts that carry several answers."""

from core.results import both_labels
from core.results.both_labels import Torn


def test_copies_with_different_answers_are_found_whatever_their_case_spaces_and_signs():
    texts = ["Great film!", "dull", "great  FILM", "Great film.", "dull"]
    assert both_labels.find(texts, ["yes", "no", "no", "yes", "no"]) == [Torn((0, 2, 3), ("yes", "no"))]


def test_empty_texts_and_missing_answers_are_left_aside():
    assert both_labels.find(["", "  ", "!", "?", "a", "a"], ["x", "y", "x", "y", "x", ""]) == []
