"""Names of layers as names of Python's variables."""

import builtins
import keyword
from collections.abc import Collection, Sequence

# What the script itself uses.
SCRIPT = {"keras", "model", "optimizer"}


def variables(names: Sequence[str], taken: Collection[str]) -> dict[str, str]:
    """A variable for each name: the name itself, with `_` behind it where Python or the script means something else by it.

    Args:
        names: Names of layers: ASCII identifiers, each once.
        taken: More names that the script uses.

    Example:
        >>> variables(["hidden", "class", "input", "input_"], {"ops"})
        {'hidden': 'hidden', 'class': 'class_', 'input': 'input__', 'input_': 'input_'}
    """
    reserved = {*dir(builtins), *keyword.kwlist, *keyword.softkwlist, *SCRIPT, *taken}
    used = {name for name in names if name not in reserved and not _special(name)}
    found = {}
    for name in names:
        variable = name
        if name in reserved or _special(name):
            variable = f"layer{name}" if _special(name) else f"{name}_"
            while variable in used or variable in reserved:
                variable += "_"
            used.add(variable)
        found[name] = variable
    return found


def _special(name: str) -> bool:
    """Whether Python gives the name a meaning of its own, such as `__name__`."""
    return name.startswith("__")
