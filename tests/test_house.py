"""The house keeps its own rules: the order of rooms, shut gates, no pickle, a true map."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import core

ROOT = Path(__file__).parent.parent
CORE = sorted((ROOT / "core").rglob("*.py"))
PAGES = sorted((ROOT / "pages").rglob("*.py"))
HEAVY = {"tensorflow", "keras", "sklearn", "onnx", "onnxruntime", "tf2onnx"}
LIGHT_PATHS = [
    "core.projects",
    "core.runs",
    "core.spec",
    "core.samples",
    "core.templates.table_network",
    "core.graph",
]


def rooms() -> dict[str, int]:
    """Every room of the map in `core/__init__.py` with its line; rooms on one line belong together."""
    lines = [line[4:24].split() for line in (core.__doc__ or "").splitlines() if line.startswith("    ")]
    return {name.rstrip("/"): place for place, names in enumerate(lines) for name in names}


def room_of(path: Path) -> str:
    return path.relative_to(ROOT / "core").parts[0].removesuffix(".py")


def imports(path: Path, module_level_only: bool = False) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if module_level_only else ast.walk(tree)
    found = []
    for node in nodes:
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def test_the_map_names_every_room_and_every_room_stands_on_the_map():
    standing = {room_of(path) for path in CORE} - {"__init__", "__main__"}
    assert standing == set(rooms())


@pytest.mark.parametrize("path", CORE, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_looks_only_at_rooms_above_it(path: Path):
    order = rooms()
    here = room_of(path)
    if here in {"__init__", "__main__"}:
        return
    for name in imports(path):
        if name.startswith("core.") and (other := name.split(".")[1]) in order and other != here:
            assert order[other] <= order[here], f"{here} imports {other}, which stands below it on the map"


@pytest.mark.parametrize("path", CORE, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_engine_knows_no_streamlit(path: Path):
    assert not [name for name in imports(path) if name.split(".")[0] in {"streamlit", "pages"}]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_pages_import_only_parts_and_the_engine_but_never_the_worker(path: Path):
    for name in imports(path):
        assert not name.startswith(("core.worker", "core.supervisor"))
        if name.startswith("pages"):
            assert name.startswith("pages.parts"), f"{path.name} imports another page: {name}"


@pytest.mark.parametrize("name", LIGHT_PATHS)
def test_a_light_room_loads_no_table_library(name: str):
    script = f"import sys, {name}; print(sorted({{'pandas', 'pyarrow', 'numpy'}} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", [*CORE, *PAGES], ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_begins_with_one_sentence_about_what_it_holds(path: Path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{path} has no docstring"
