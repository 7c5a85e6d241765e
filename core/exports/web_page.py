"""A page that answers in the browser: a form made of the columns, the network, the recipes in JavaScript, and no server."""

import base64
import gzip
import hashlib
import json
import tempfile
import time
import zipfile
from collections.abc import Mapping
from html import escape
from itertools import accumulate
from pathlib import Path
from typing import Any

from core import home, ranking, tokens
from core.errors import ExportError
from core.exports import _browser, _card_forms, _web_words, _zip
from core.runs import Run
from core.tokenizers import WORD
from core.words import Sentence, language, mark, say

LABEL = mark("Web page")
HELP = mark(
    "A page to open by double click or to put on any web space: it answers in the browser, without a server and without a network. "
    "Whoever has it can see a few rows of your table in it."
)
BUILT = Path(__file__).parent / "_web"  # what `make frontend` makes of frontend/src/web
FORMS = {"classes", "labels", "number", "reply"}  # of answers
MOST_PICTURES = 8_000_000  # bytes of pictures among the sample rows
MOST_SINGLE = 24_000_000  # bytes of the page in one file, which is still easy to send


def objection(run: Run) -> ExportError | None:
    """Why this way is none for the run, None where it is one."""
    made = run.recipes() or {}
    if made["target"].get("as") not in FORMS or "series" in made:
        what = mark("A page cannot answer this kind of question yet.")
    elif not all(_cuts_alike(feature.get("tokenizer") or {}) for feature in _features(made)):
        what = mark(
            "A page cannot keep placeholders, tags and addresses whole yet, as this model's tokens do."
        )
    elif (run.folder / "model.onnx.data").exists():
        what = mark("This model is too large for a page.")
    else:
        return None
    return ExportError(what, mark("Take “Python, small and fast”; it holds all that an answer needs."))


def _features(made: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [feature for recipe in made["columns"] for feature in recipe["features"]]


def _cuts_alike(tokenizer: Mapping[str, Any]) -> bool:
    """Whether a page cuts texts as this tokenizer does: all of ours, but where more than words and signs are looked for."""
    pattern = ((tokenizer.get("pre_tokenizer") or {}).get("pattern") or {}).get("Regex")
    return not tokenizer.get("added_tokens") and pattern in (None, WORD)


def write(run: Run, out: Path) -> Path:
    """The zip, written into the folder `out`. Raises ExportError as long as there is no model, or where this way is none."""
    _zip.check(run)
    against = objection(run)
    if against:
        raise against
    return _zip.pack(out / f"{_zip.name_of(run)}-web.zip", _files(run))


def prove(run: Run, path: Path) -> dict[str, Any]:
    """How exactly the page answers, as `core.proof` notes it; `told` where nothing on this machine can open a page."""
    with tempfile.TemporaryDirectory() as place:
        with zipfile.ZipFile(path) as file:
            file.extractall(place)
        began = time.monotonic()
        said = _browser.prove(Path(place), alone=not _zip.looks_at_pictures(run))
    if said is None:
        told = mark(
            "There is no browser on this server to open it. The page proves itself: press “Check this page” in it."
        )
        return {"equal": True, "told": told.to_json(), "at": time.time()}
    return {**said, "seconds": round(time.monotonic() - began, 2), "at": time.time()}


def _files(run: Run) -> dict[str, _zip.Content]:
    told = home.read_json(run.folder / "samples.json")
    rows = _rows_that_fit(run, told["columns"])
    samples = {name: cells[:rows] for name, cells in told["columns"].items()}
    expected = {name: values[:rows] for name, values in _zip.answers_of(run, told["answers"]).items()}
    pictures = _zip.sample_pictures(run, samples)
    page = (BUILT / "page.js").read_text(encoding="utf-8")
    runtime = f"MODELYARD_RUNTIME={json.dumps(_base64((BUILT / 'runtime.wasm.gz').read_bytes()))};\n"
    model = f"MODELYARD_MODEL={_script_json(_carried(run, samples, expected, pictures))};\n"
    single, scripts = f"{_zip.name_of(run)}.html", {"runtime.js": runtime, "model.js": model, "page.js": page}
    whole = _html(
        run, "".join(f"<script>{code}</script>" for code in scripts.values()), list(scripts.values())
    )
    small = len(whole) <= MOST_SINGLE
    return {
        "README.md": _readme(run, single if small else None),
        "index.html": _html(run, "".join(f'<script src="{name}"></script>' for name in scripts), []),
        **scripts,
        **({single: whole} if small else {}),
        **({"model.onnx": run.folder / "model.onnx"} if small else {}),
        **pictures,
        "recipes.json": (run.folder / "recipes.json").read_bytes(),
        "sample_rows.csv": _zip.table(samples),
        "expected.csv": _zip.table(expected),
        "LICENSES.txt": (BUILT / "LICENSES.txt").read_bytes(),
        **_card_forms.files(run),
    }  # fmt: skip


def _rows_that_fit(run: Run, columns: Mapping[str, list[str]]) -> int:
    """How many sample rows the page carries: all, but of large pictures no more than are easy to send; one at least."""
    sizes = [
        len(b"".join(_zip.sample_pictures(run, {"": list(cells)}).values()))
        for cells in zip(*columns.values(), strict=True)
    ]
    return max(sum(total <= MOST_PICTURES for total in accumulate(sizes)), 1)


def _carried(
    run: Run,
    samples: Mapping[str, list[str]],
    expected: Mapping[str, list[Any]],
    pictures: Mapping[str, bytes],
) -> dict[str, Any]:
    """All that the page's script knows of the model; `Carried` in `frontend/src/web/model.ts`."""
    made, spec, results = run.recipes() or {}, run.spec(), run.results() or {}
    worth = {entry["column"]: entry["drop"] for entry in results.get("importance", ())}
    columns = dict.fromkeys(recipe["column"] for recipe in made["columns"])
    known = sorted({feature["known"] for feature in _features(made) if isinstance(feature.get("known"), str)})
    return {
        "language": language().replace("_", "-"),
        "title": spec.name or spec.goal.target,
        "about": say("A model that predicts “{target}”, made with Modelyard.", target=spec.goal.target),
        "told": [str(Sentence.from_json(sentence)) for sentence in results.get("sentences", ())],
        "words": _web_words.spoken(),
        "recipes": made,
        "tokenizers": {name: _packed(tokens.known_tokenizer(name).encode()) for name in known},
        "order": sorted(columns, key=lambda name: -worth.get(name, 0.0)),
        "miss": results.get("metrics", {}).get("test", {}).get("mae"),
        "pictures": {name: _base64(content) for name, content in pictures.items()},
        "list": _list(run) if made["target"]["as"] == "reply" else None,
        "samples": samples,
        "expected": expected,
        "network": _packed((run.folder / "model.onnx").read_bytes()),
    }


def _list(run: Run) -> dict[str, Any]:
    """The list of answers that is chosen from; `Carriage` in `frontend/src/web/ranking.ts`."""
    stored = ranking.load(run.folder)
    points = {name: _packed(stored[name].astype("<f4").tobytes()) for name in ("points", "known")}
    return {"texts": stored["texts"], **points, "of": stored["of"].tolist(), "alike": float(stored["alike"])}


def _packed(content: bytes) -> str:
    """As a page unpacks it by itself."""
    return _base64(gzip.compress(content, mtime=0))


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _script_json(data: Any) -> str:
    """JSON that ends no script, whatever texts it holds."""
    return json.dumps(data, allow_nan=False).replace("<", "\\u003c")


def _html(run: Run, scripts: str, inline: list[str]) -> str:
    """The page around its scripts, which may do nothing but reckon: the browser is told to fetch nothing from anywhere.

    Args:
        inline: The code of scripts that stand in the page itself; no others are carried out there.
    """
    style, title = (BUILT / "page.css").read_text(encoding="utf-8"), run.spec().name or run.spec().goal.target
    allowed = " ".join(map(_hash, inline)) if inline else "'self' file:"
    policy = (
        f"default-src 'none'; script-src {allowed} 'wasm-unsafe-eval'; style-src {_hash(style)}; img-src data: blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!doctype html><html lang="{language().replace("_", "-")}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<link rel="icon" href="data:,"><title>{escape(title)}</title><style>{style}</style></head>'
        f"<body><noscript>{escape(say('This page needs JavaScript. Switch it on and open the page again.'))}</noscript>{scripts}</body></html>\n"
    )


def _hash(text: str) -> str:
    """How a policy names a script or a style that it allows."""
    return f"'sha256-{_base64(hashlib.sha256(text.encode()).digest())}'"


def _readme(run: Run, single: str | None) -> str:
    spec = run.spec()
    further = [
        f"- {single}: " + say("the same page in one file, to send to somebody or to keep"),
        "- model.onnx: " + say("the network alone, for other programs"),
    ]
    return "\n".join([
        f"# {spec.name or spec.goal.target}", "",
        say("A model that predicts “{target}”, made with Modelyard.", target=spec.goal.target), "",
        "## " + say("Use it"), "",
        say("Unpack this zip and open index.html by double click. It needs no server, no installation and no network."), "",
        say("To share it, put the folder on any web space; nothing that is entered leaves the visitor's device."), "",
        say("It holds the sample rows, which are rows of the table that it was made from: share it only with those who may see them."), "",
        say("Press “Check this page” in it: the sample rows are then answered in your browser and compared with what the app answered."), "",
        "## " + say("What is in here"), "",
        "- index.html, page.js, model.js, runtime.js: " + say("the page, its script, the model with its recipes, and ONNX Runtime Web"),
        *(further if single else []),
        "- recipes.json: " + say("how a row becomes the numbers that the network reads"),
        "- sample_rows.csv, expected.csv: " + say("rows to try, one of them empty, and what must come out"),
        "- MODEL_CARD.md, model_card.html: " + say("what the model is, how good, and where it fails"),
        "- LICENSES.txt: " + say("the licence of ONNX Runtime Web"), "",
    ])  # fmt: skip
