"""HTML that cannot be broken out of: whatever is not markup already is escaped as it is put in."""

from html import escape

EMPTY = ("br", "hr", "img", "input", "link", "meta")


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Child = str | None


def tag(name: str, /, *children: Child, **attributes: str | int | float | bool | None) -> Markup:
    """An element.

    Args:
        children: Markup as it is, other text escaped, None left out.
        attributes: True stands alone, False and None are left out; `_` in a name is a hyphen, one at its end falls away.

    Example:
        >>> tag("p", "1 < 2", class_="small", hidden=True)
        '<p class="small" hidden>1 &lt; 2</p>'
    """
    told = "".join(_attribute(key, value) for key, value in attributes.items())
    return Markup(f"<{name}{told}>" if name in EMPTY else f"<{name}{told}>{joined(*children)}</{name}>")


def joined(*children: Child) -> Markup:
    """One after the other."""
    return Markup(
        "".join(one if isinstance(one, Markup) else escape(one) for one in children if one is not None)
    )


def _attribute(key: str, value: str | int | float | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
