"""Use: the address at which other programs ask the model, its key, and how to ask it from a terminal, Python and JavaScript."""

import json
import time
from typing import Any

import streamlit as st

from core import endpoints, home, sample_row
from core.endpoints import Endpoint
from core.runs import Run
from core.words import say
from pages.parts import place, share_link, trouble

LONGEST = 200  # characters of a value in the examples
KEY = "MODELYARD_KEY"  # where the examples look for the key


def draw(run: Run) -> None:
    """A folded part of the page with the switch; how to ask it, while it is on."""
    with st.expander(say("Answer other programs"), icon=":material/api:"):
        _panel(run)


@st.fragment
@trouble.guarded
def _panel(run: Run) -> None:
    found = endpoints.find(run.id)
    on = st.toggle(
        say("Other programs may ask this model, with a key"),
        value=found is not None,
        key=f"address-on-{run.id}-{place.revision()}",
    )
    if on and found is None:
        _new_key(run)
        found = endpoints.find(run.id)
    elif not on and found is not None:
        endpoints.switch_off(run.id)
        found = None
    if found is None:
        st.caption(
            say(
                "Off. Switched on, this server answers rows that are sent to it over HTTP, in the same form as the downloaded web service."
            )
        )
        return
    _key(run, found)
    _examples(run)


def _new_key(run: Run) -> None:
    place.keep(_kept(run), endpoints.switch_on(run.id))


def _kept(run: Run) -> str:
    return f"address-key-{run.id}"


def _key(run: Run, found: Endpoint) -> None:
    """The key where it was just made, else only its end; and what makes a new one."""
    key = place.kept(_kept(run))
    if found.fits(key):
        st.code(key, language=None)
        st.caption(
            say(
                "This is the key. Copy it now: it is shown only here and only now, and kept nowhere. Whoever has it can ask this model."
            )
        )
    else:
        day = time.strftime("%Y-%m-%d %H:%M", time.localtime(found.made))
        st.caption(say("The key ends in {end} and was made on {day}.", end=f"`{found.end}`", day=day))
    st.button(
        say("Make a new key"), key=f"address-key-new-{run.id}", icon=":material/key:", on_click=_new_key, args=(run,),
        help=say("The key from before opens nothing any more."),
    )  # fmt: skip


def _examples(run: Run) -> None:
    """How to ask it, with a real row; each with a button that copies it."""
    row = sample_row.body(run, home.read_json(run.folder / "samples.json")["columns"])
    address = f"{share_link.base(place.app_address())}/api/models/{run.id}/predict"
    names = ("curl", "Python", "JavaScript")
    texts = dict(zip(names, texts_of(address, shortened(row)), strict=True))
    for tab, name in zip(st.tabs(names), names, strict=True):
        with tab:
            st.code(texts[name], language={"curl": "bash"}.get(name, name.lower()), wrap_lines=True)
    st.caption(
        say("Put the key where it says {name}, in the environment and not in the program. Several rows at once go to {batch} as {rows}; "
            "{health} says whether it answers. Every column has to be there; null is for what is not known.",
            name=f"`{KEY}`", batch="`/predict/batch`", rows='`{"rows": […]}`', health="`/health`")
    )  # fmt: skip


def shortened(body: Any) -> Any:
    """The same with long texts and pictures cut, so that an example can be read, and of many rows the first few."""
    if isinstance(body, dict):
        return {name: shortened(value) for name, value in body.items()}
    if isinstance(body, list):
        return [shortened(one) for one in body[:2]]
    return f"{body[:LONGEST]}…" if isinstance(body, str) and len(body) > LONGEST else body


def texts_of(address: str, body: dict[str, Any]) -> tuple[str, str, str]:
    """How to ask from a terminal, from Python and from JavaScript; each runs as it stands.

    Args:
        body: What is sent.
    """
    told = json.dumps(body, ensure_ascii=False)
    quoted = told.replace("'", "'\\''")
    curl = (
        f'curl -s {address} \\\n  -H "Authorization: Bearer ${KEY}" -H "Content-Type: application/json" \\\n'
        f"  -d '{quoted}'"
    )
    python = (
        "import json, os, urllib.request\n\n"
        f"row = {body!r}\n"
        f'headers = {{"Authorization": f"Bearer {{os.environ[\'{KEY}\']}}", "Content-Type": "application/json"}}\n'
        f"asked = urllib.request.Request({address!r}, json.dumps(row).encode(), headers)\n"
        "print(json.load(urllib.request.urlopen(asked)))"
    )
    script = (
        f"const row = {json.dumps(body, ensure_ascii=False, indent=2)};\n"
        f"const said = await fetch({json.dumps(address)}, {{\n"
        '  method: "POST",\n'
        f'  headers: {{ Authorization: `Bearer ${{process.env.{KEY}}}`, "Content-Type": "application/json" }},\n'
        "  body: JSON.stringify(row),\n"
        "});\n"
        "console.log(await said.json());"
    )
    return curl, python, script
