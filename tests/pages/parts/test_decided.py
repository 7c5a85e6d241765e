"""Words that decided are marked in the text, and nothing in the text is read as Markdown."""

from pages.parts.decided import marked


def test_words_for_and_against_are_told_apart_without_colour():
    text = "good but slow"
    pushes = [[0, 5, 0.4], [5, 9, 0.001], [9, 13, -0.3]]
    assert marked(text, pushes) == ":green-background[**good**] but :orange-background[_slow_]"


def test_what_hardly_matters_is_not_marked():
    assert marked("a b", [[0, 2, 0.001], [2, 3, 0.0]]) == "a b"
    assert marked("", []) == ""


def test_a_text_cannot_write_markdown():
    said = marked("[x](http://a) *b* <b>", [[0, 13, 0.5]])
    assert said == r":green-background[**\[x\](http\://a)**] \*b\* \<b\>"


def test_long_texts_are_cut():
    assert marked("word " * 2_000, []).endswith(" …")
