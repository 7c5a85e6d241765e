"""How sure an answer is, in words."""

from pages.parts import sure


def test_a_middle_answer_says_what_lies_on_either_side():
    said = sure.middle("neutral", {"negative": 0.415, "neutral": 0.197, "positive": 0.388})
    assert "“neutral” is the middle of what may be" in said
    assert "41.5% for what comes before" in said
    assert "38.8% for what comes" in said


def test_only_a_high_chance_is_called_certain():
    assert [sure.words(chance) for chance in (0.97, 0.85, 0.65, 0.4)] == [
        "nearly certain", "quite likely", "rather likely", "little more than a guess",
    ]  # fmt: skip
