"""The built components are what their sources give, byte for byte, and small enough to send."""

import gzip
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FRONTEND = ROOT / "frontend"
ASSETS = Path("frontend/modelyard_editor/modelyard_editor/assets")
PAGE = Path("core/exports/_web")
MOST_BYTES = {"editor": 200_000, "live": 60_000}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources, with exactly the packages of the lock file, checked and built."""
    there = tmp_path_factory.mktemp("built")
    unwanted = shutil.ignore_patterns("node_modules", "assets", "LICENSES.txt", "*.egg-info", "build")
    shutil.copytree(FRONTEND, there / "frontend", ignore=unwanted)
    for step in (["npm", "ci", "--no-audit", "--no-fund"], ["npm", "run", "check"], ["npm", "run", "build"]):
        done = subprocess.run(step, cwd=there / "frontend", capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, f"{' '.join(step)}:\n{done.stdout}\n{done.stderr}"
    return there


@pytest.mark.node
@pytest.mark.parametrize(
    "folder",
    [ASSETS.parent, Path("pages/parts"), PAGE],
    ids=["editor and live panel", "font", "model's page"],
)
def test_what_is_committed_is_what_the_sources_give(built: Path, folder: Path) -> None:
    made = {path.relative_to(built / folder): path for path in (built / folder).rglob("*") if path.is_file()}
    assert made
    different = [str(name) for name, path in made.items() if not _same(path, ROOT / folder / name)]
    assert not different, f"Run `make frontend` and commit what it builds: {different}"


def _same(made: Path, committed: Path) -> bool:
    if not committed.is_file():
        return False
    # How small something is packed depends on the version of Node.
    read = gzip.decompress if made.suffix == ".gz" else bytes
    return read(made.read_bytes()) == read(committed.read_bytes())


@pytest.mark.parametrize("component", MOST_BYTES)
def test_one_script_and_one_style_sheet_are_shipped(component: str) -> None:
    """Streamlit takes exactly one file for each."""
    assert sorted(path.suffix for path in (ROOT / ASSETS).glob(f"{component}-*")) == [".css", ".js"]


@pytest.mark.parametrize(("component", "most"), MOST_BYTES.items())
def test_a_component_is_small_enough_to_send(component: str, most: int) -> None:
    files = (ROOT / ASSETS).glob(f"{component}-*")
    assert sum(len(gzip.compress(path.read_bytes(), mtime=0)) for path in files) < most


def test_streamlit_finds_the_components() -> None:
    from streamlit.components.v2.manifest_scanner import scan_component_manifests

    said = tomllib.loads((FRONTEND / "modelyard_editor" / "pyproject.toml").read_text())
    found = {manifest.name: folder for manifest, folder in scan_component_manifests()}
    # Editable: a new bundle is found without installing anything.
    assert found[said["project"]["name"]] == (ROOT / ASSETS).parent
