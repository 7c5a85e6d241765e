"""Names out of the user's table stay harmless and short inside sentences."""

import pytest

from pages.parts import named


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "**bold**", ":red[x]", "$x$", "a|b", "[a](b)"])
def test_signs_of_markdown_are_shown_as_they_are(name: str):
    for sign in "<*:$|[":
        assert named.short(name).replace(f"\\{sign}", "").count(sign) == 0


def test_a_long_name_is_cut_and_a_long_list_ends():
    assert len(named.short("L" * 300)) == named.LONGEST
    assert named.several("abcdefghij", 3) == "“a”, “b”, “c” …"
    assert named.several("ab") == "“a”, “b”"
