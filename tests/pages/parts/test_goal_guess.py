"""Which of the guesses count as looked at, and how they are counted."""

from pages.parts import goal_guess


def test_what_was_ticked_or_changed_counts_as_looked_at():
    told = ["a", "b", "a", "b", "never shown"]
    found = goal_guess.mended([10, 11, 12, 13], told, ["a", "a", "a", "b"], [True, False, False, True])
    assert found == {10: "a", 11: "a", 13: "b"}


def test_guesses_are_counted_the_most_first_and_harmless_in_markdown():
    assert goal_guess.counted(["b", "a*", "b"]) == "**b** 2 · **a\\*** 1"
