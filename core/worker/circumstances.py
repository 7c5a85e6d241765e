"""Notes in a run's folder all that goes into its weights (`core.runs.made_with`)."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core import home, runs
from core.devices import nvidia
from core.prepare import Prepared
from core.runs import made_with
from core.spec import Spec


def note(folder: Path, spec: Spec, prepared: Prepared, settings: Mapping[str, Any], device: str) -> None:
    """Write what is known when training begins.

    Args:
        settings: With the automatic ones filled in.
        device: What trains, as its maker calls it.
    """
    made_with.write(
        folder, data=spec.data, prepared=prepared.id, recipes=home.fingerprint(prepared.recipes), seed=spec.seed,
        settings=dict(settings), device=device, driver=_driver(), threads=made_with.threads(),
        starts_from=_origin(spec.starts_from), continues=dict(spec.continues),
    )  # fmt: skip


def settle(folder: Path, compiled: bool | None, mixed: bool | None) -> None:
    """Note also how steps were computed, which only a run itself finds out.

    Args:
        compiled: Whether by XLA, which rounds otherwise; None where it ended before that was found out.
        mixed: Whether in mixed precision; None as above.
    """
    told = {**made_with.read(folder), "compiled": compiled, "mixed": mixed}
    home.write_json(folder / made_with.NAME, told)


def _origin(run_id: str) -> dict[str, str]:
    """The run whose weights this one starts with, and the hash of these."""
    if not run_id:
        return {}
    content = (runs.load(run_id).folder / "best.weights.npz").read_bytes()
    return {"run": run_id, "weights": hashlib.sha256(content).hexdigest()[:16]}


def _driver() -> str:
    """The version of the graphics driver, empty where there is none."""
    known = nvidia.driver()
    return str(nvidia.asked(known.nvmlSystemGetDriverVersion) or "") if known else ""
