"""A folder read as a catalogue: one file is one item, the file's name is the item's name, no list to edit."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import ModuleType

from core.errors import SettingError
from core.words import Sentence, mark


class Shelf(Mapping[str, ModuleType]):
    """The items of one folder, by name, loaded when first asked for.

    Args:
        package: The folder as a package, such as `core.layers`.
        noun: What one item is called on the screen, for the error sentence.

    Example:
        >>> Shelf("core.tasks", mark("task"))["yes_no"].ACTIVATION
        'sigmoid'
    """

    def __init__(self, package: str, noun: Sentence):
        self.package = package
        self.noun = noun

    @cached_property
    def names(self) -> tuple[str, ...]:
        path = importlib.import_module(self.package).__path__
        return tuple(sorted(m.name for m in pkgutil.iter_modules(path) if not m.name.startswith("_")))

    def __getitem__(self, name: str) -> ModuleType:
        """The item. Raises SettingError, a KeyError's kinder sister, with the whole list."""
        if name not in self.names:
            raise SettingError(
                mark("There is no {noun} called “{name}”.", noun=self.noun, name=str(name)[:80]),
                mark("Take one of these: {names}.", names=self.names),
            )
        return importlib.import_module(f"{self.package}.{name}")

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.names
