"""What is asked of a run, as far as it decides whether that can work."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core import devices
from core.before._cost import Cost, cost
from core.devices import Device
from core.errors import RunError
from core.graph import Report, measure
from core.spec import Spec
from core.templates import SHELF
from core.templates import chosen as chosen_template

if TYPE_CHECKING:
    from core.prepare import Prepared


@dataclass(frozen=True)
class Asked:
    """What is asked of a run, and what follows from it.

    Args:
        prepared: The rows that it learns from.
        report: What is known about its layers.
        settings: Of the training, automatic ones filled in.
        automatic: What the template proposes for these rows.
        device: Where it would train.
        missing: Why it would not train where it was asked to; None where it would.
    """

    spec: Spec
    prepared: "Prepared"
    report: Report
    settings: Mapping[str, Any]
    automatic: Mapping[str, Any]
    device: Device
    cost: Cost
    missing: RunError | None = None

    @property
    def facts(self) -> Mapping[str, Any]:
        return self.prepared.facts

    @property
    def rows(self) -> int:
        """How many rows there are to learn from."""
        return self.prepared.facts["rows"]["train"]


def asked(spec: Spec, prepared: "Prepared") -> Asked:
    """What follows from what is asked; the drawing has to be whole."""
    facts, missing = prepared.facts, None
    report = measure(spec.graph, facts)
    automatic = _template(spec, facts).training(facts)
    chosen = spec.settings(facts)
    try:
        device = devices.chosen(spec.device)
    except RunError as error:
        device, missing = devices.automatic(), error
    paid = cost(report, facts, chosen, device)
    return Asked(spec, prepared, report, chosen, automatic, device, paid, missing)


def _template(spec: Spec, facts: Mapping[str, Any]) -> Any:
    return SHELF[chosen_template(spec.template, facts)]
