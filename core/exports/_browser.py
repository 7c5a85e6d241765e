"""Lets a page prove itself: in Chromium where this machine has one, else its scripts alone in Node."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from threading import Timer
from typing import Any

from core.errors import ExportError
from core.words import mark

SECONDS = 120.0
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SAID = "modelyard-proof"  # before what the page says of itself, among all that a browser writes
FLAGS = (
    "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-extensions", "--enable-logging=stderr",
)  # fmt: skip
SCRIPTS = ("runtime.js", "model.js", "page.js")  # of a page, in their order
_ALONE = f"""
const {{ readFileSync }} = require("node:fs");
for (const name of {json.dumps(SCRIPTS)}) require("node:vm").runInThisContext(readFileSync(name, "utf8"), name);
modelyard.prove().then((proof) => console.log("{SAID}" + JSON.stringify(proof)));
"""


def browser() -> str | None:
    """The browser that `CHROMIUM` names, or one that is found."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)


def prove(folder: Path, alone: bool = True) -> dict[str, Any] | None:
    """What the page in this folder says of itself, as `Model.prove` of its script gives it; None where nothing here can open it.

    Args:
        alone: Whether its scripts can answer without a browser around them; those that open pictures cannot.

    Raises:
        ExportError: If it does not open.
    """
    found = browser()
    if found:
        with tempfile.TemporaryDirectory() as profile:
            alone = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
            page = f"{(folder / 'index.html').resolve().as_uri()}#prove"
            return _ask([found, *FLAGS, *alone, f"--user-data-dir={profile}", page], folder) | {
                "in": "chromium"
            }
    node = shutil.which("node") if alone else None
    return _ask([node, "-e", _ALONE], folder) | {"in": "node"} if node else None


def _ask(command: list[str], folder: Path) -> dict[str, Any]:
    """What the program says behind `SAID`; it is ended as soon as it has said so."""
    asked = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        encoding="utf-8", errors="replace", start_new_session=True,
    )  # fmt: skip
    late = Timer(SECONDS, asked.kill)
    late.start()
    last = ""
    try:
        for line in asked.stdout or ():
            if SAID in line:
                return _read(line)
            last = line.strip() or last
    finally:
        late.cancel()
        asked.kill()
        asked.communicate()
    raise ExportError(
        mark("The page does not open: {why}", why=last[-300:]),
        mark("Choose another format, and send us this sentence."),
    )


def _read(line: str) -> dict[str, Any]:
    said, _ = json.JSONDecoder().raw_decode(line.partition(SAID)[2])
    if "error" in said:
        raise ExportError(
            mark("The page does not run: {why}", why=str(said["error"])[:300]),
            mark("Choose another format, and send us this sentence."),
        )
    return said
