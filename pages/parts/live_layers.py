"""The part of the moving panel that shows, when asked, how large each layer's weights and gradients are."""

from typing import Any

from core import runs
from core.layers import SHELF as LAYERS
from core.runs import Event, Run
from core.runs.folder import LOOK
from core.words import say
from pages.parts.curves import Curves

FAR_APART = 1_000
MANY_SILENT = 0.5

Finding = dict[str, str]


def words() -> dict[str, str]:
    """The button and the headings."""
    return {
        "look": say("Look inside the layers"),
        "again": say("Look again"),
        "looking": say("Looking …"),
        "paused": say("It looks as soon as it trains again."),
        "hint": say(
            "Measures each layer's weights, and how strongly one batch pulls at them. Training stays the same."
        ),
        "title": say("Inside the layers"),
        "layer": say("Layer"),
        "weights": say("Size of the weights"),
        "gradient": say("Pull of one batch (gradient)"),
        "ratio": say("Pull compared with size"),
        "silent": say("Silent units"),
        "scale": say("Bars grow with the logarithm: one step further means ten times as much."),
        "none": say("no number"),
    }


def told(run: Run, followed: Curves) -> dict[str, Any] | None:
    """The button while it trains, and what the last look has found."""
    state, event = run.state(), followed.last.get("layers")
    if state.ended and event is None:
        return None
    asked = not state.ended and (run.folder / LOOK).exists()
    return {
        "can": state.name in ("running", "paused") and bool(followed.begin),
        "waits": "paused" if asked and state.name == "paused" else "looking" if asked else "",
        **({} if event is None else _looked(event)),
    }


def acted(run: Run, name: str, value: object) -> None:
    """The button was pressed."""
    if name == "look" and not run.state().ended:
        runs.request_look(run)


def _looked(event: Event) -> dict[str, Any]:
    learned = [layer for layer in event["layers"] if "weights" in layer]
    return {
        "when": say(
            "At step {step:,} of epoch {epoch:,}, on {count} training row.",
            plural="At step {step:,} of epoch {epoch:,}, on {count:,} training rows.",
            step=event["step"], epoch=event["epoch"], count=event["rows"],
        ),
        "layers": [
            {
                "name": layer["name"],
                "kind": str(LAYERS[layer["kind"]].LABEL) if layer["kind"] in LAYERS else layer["kind"],
                "weights": layer["weights"],
                "gradient": layer["gradient"],
                "ratio": _ratio(layer),
                "silent": f"{layer['silent']:.0%}" if "silent" in layer else "–",
            }
            for layer in learned
        ],
        "findings": findings(event),
    }  # fmt: skip


def _ratio(layer: dict[str, Any]) -> float | None:
    if not layer["weights"] or layer["gradient"] is None:
        return None
    return float(f"{layer['gradient'] / layer['weights']:.2g}")


def findings(event: Event) -> list[Finding]:
    """What the sizes mean, in plain words; one good word where nothing is wrong."""
    layers = event["layers"]
    found = [*_broken(layers), *_uneven(layers), *_silent(layers, event["rows"])]
    return found or [
        {"tone": "green", "text": say("Every layer is reached and learns; none is left behind or runs away.")}
    ]


def _broken(layers: list[dict[str, Any]]) -> list[Finding]:
    names = [x["name"] for x in layers if "weights" in x and (x["gradient"] is None or x["weights"] is None)]
    if names:
        text = say(
            "Numbers have grown beyond all bounds in these layers: {names}. A smaller learning rate helps.",
            names=names,
        )
        return [{"tone": "red", "text": text}]
    still = [layer["name"] for layer in layers if layer.get("gradient") == 0]
    if still:
        text = say(
            "Nothing pulls at these layers, so they learn nothing: {names}. Look for silent units behind them.",
            names=still,
        )
        return [{"tone": "red", "text": text}]
    return []


def _uneven(layers: list[dict[str, Any]]) -> list[Finding]:
    """Gradients that fade or grow on their way from the answer back to the inputs."""
    pulled = [layer for layer in layers if layer.get("gradient")]
    if len(pulled) < 2:
        return []
    least, most = (pick(pulled, key=lambda layer: layer["gradient"]) for pick in (min, max))
    factor = most["gradient"] / least["gradient"]
    if factor <= FAR_APART:
        return []
    if pulled.index(least) < pulled.index(most):
        text = say(
            "The pull fades on its way back: {weak} feels {factor:,.0f} times less than {strong}. "
            "Normalisation, or fewer layers between them, helps.",
            weak=least["name"], strong=most["name"], factor=factor,
        )  # fmt: skip
    else:
        text = say(
            "The pull grows on its way back: {strong} feels {factor:,.0f} times more than {weak}. "
            "Normalisation or stronger clipping helps.",
            weak=least["name"], strong=most["name"], factor=factor,
        )  # fmt: skip
    return [{"tone": "orange", "text": text}]


def _silent(layers: list[dict[str, Any]], rows: int) -> list[Finding]:
    return [
        {
            "tone": "orange",
            "text": say(
                "In {layer}, {share:.0%} of the units stayed at zero for all {rows:,} rows. A smaller learning rate, or an "
                "activation such as GELU, wakes them.",
                layer=layer["name"], share=layer["silent"], rows=rows,
            ),
        }
        for layer in layers
        if layer.get("silent", 0) >= MANY_SILENT
    ]  # fmt: skip
