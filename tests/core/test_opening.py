"""A run that was taken away as one file opens elsewhere as it was; broken and hostile files leave nothing behind."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core import home, opening, projects, proof, runs
from core.answer import Model
from core.errors import FileError
from core.exports import SHELF
from core.runs import Run, carried

pytestmark = pytest.mark.heavy
Files = dict[str, bytes]


@pytest.fixture
def taken(trained: Callable[[str], Run], tmp_path: Path) -> Path:
    return SHELF["run_file"].write(trained("one_of_many"), tmp_path / "out")


def rewritten(path: Path, change: Callable[[Files], None], marks: bool = True) -> Path:
    """The same file with something changed in it, and its list put right where that is asked."""
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    change(files)
    if marks:
        about = json.loads(files[carried.ABOUT])
        about["files"] = {
            name: opening.hashlib.sha256(files[name]).hexdigest() for name in files if name != carried.ABOUT
        }
        files[carried.ABOUT] = json.dumps(about).encode()
    made = path.with_name("changed.run.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return made


@pytest.mark.parametrize("task", ["yes_no", "amount", "many_of_many"])
def test_a_run_opens_as_it_was(trained: Callable[[str], Run], tmp_path: Path, task: str):
    run = trained(task)
    opened = opening.open_run(SHELF["run_file"].write(run, tmp_path))
    assert opened.rows == 22
    assert opened.run.id != run.id
    assert opened.run.results() == run.results()
    assert opened.run.events() == run.events()
    assert opened.run.spec().graph == run.spec().graph
    assert opened.run.spec().project == opened.project.id
    row = {"size": ["14.5"], "colour": ["red"], "class": ["a"]}
    assert Model.open(opened.run).answer(row)["prediction"] == Model.open(run).answer(row)["prediction"]
    assert runs.load(opened.run.id).state().name == run.state().name


def test_an_opened_run_is_exported_with_the_same_proof(taken: Path):
    opened = opening.open_run(taken)
    _, proved = proof.export(opened.run, "python_zip")
    assert proved["equal"]


def test_nobody_elses_notes_go_along(trained: Callable[[str], Run], tmp_path: Path):
    run = trained("yes_no")
    (run.folder / "log.txt").write_text("secret", encoding="utf-8")
    with zipfile.ZipFile(SHELF["run_file"].write(run, tmp_path)) as packed:
        names = set(packed.namelist())
    assert opening.NEEDED | {carried.ABOUT} <= names
    assert not any(name.endswith(".txt") or name.startswith("exports/") for name in names)


def keras(config: dict) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("config.json", json.dumps(config))
    return made.getvalue()


def layered(**layer: str) -> bytes:
    return keras(
        {"module": "keras.src.models.functional", "class_name": "Functional", "config": {"layers": [layer]}}
    )


def pickled() -> bytes:
    made = io.BytesIO()
    np.save(made, np.array([{"a": 1}], dtype=object), allow_pickle=True)
    return made.getvalue()


def npz(array: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("a.npy", array)
    return made.getvalue()


def huge() -> bytes:
    """An array that says it has more numbers than any machine can hold, and has none."""
    made = io.BytesIO()
    np.lib.format.write_array_header_1_0(made, {"descr": "<f4", "fortran_order": False, "shape": (10**13,)})
    return npz(made.getvalue())


def newer(files: Files) -> None:
    files[carried.ABOUT] = json.dumps({**json.loads(files[carried.ABOUT]), "version": 99}).encode()


def other_answers(files: Files) -> None:
    told = json.loads(files["samples.json"])
    told["answers"]["probabilities"] = told["answers"]["probabilities"][::-1]
    files["samples.json"] = json.dumps(told).encode()


CHANGED: dict[str, tuple[Callable[[Files], object], bool, str]] = {
    "a newer version": (newer, True, "newer Modelyard"),
    "a file changed": (lambda files: files.update({"results.json": b"{}"}), False, "was changed: “results.json”"),
    "a file is missing": (lambda files: files.pop("model.onnx"), True, "no whole run"),
    "a file too many": (lambda files: files.update({"more.json": b"{}"}), False, "the files that it lists"),
    "a program in it": (lambda files: files.update({"run.py": b"print(1)"}), True, "that a run does not have"),
    "a way out": (lambda files: files.update({"../evil.json": b"{}"}), True, "that a run does not have"),
    "an absolute path": (lambda files: files.update({"/tmp/evil.json": b"{}"}), True, "that a run does not have"),
    "a pickle": (lambda files: files.update({"best.npy": pickled()}), True, "damaged"),
    "arrays that are none": (lambda files: files.update({"best.weights.npz": b"PK"}), True, "damaged"),
    "a Lambda": (lambda files: files.update({"model.keras": layered(module="keras.layers", class_name="Lambda")}), True, "Lambda"),
    "a class of another package": (
        lambda files: files.update({"model.keras": layered(module="os", class_name="system")}), True, "“os.system”",
    ),
    "a registered class of another": (
        lambda files: files.update({"model.keras": layered(module="x", class_name="Evil", registered_name="x>Evil")}), True, "x.Evil",
    ),
    "a class of Keras that runs others' code": (
        lambda files: files.update({"model.keras": layered(module="keras.layers", class_name="TorchModuleWrapper")}), True, "TorchModuleWrapper",
    ),
    "a function of Keras that fetches": (
        lambda files: files.update({"model.keras": layered(module="keras.utils", class_name="get_file")}), True, "get_file",
    ),
    "a layer that reads a file": (
        lambda files: files.update({"model.keras": layered(module="keras.layers", class_name="StringLookup", vocabulary="/etc/passwd")}),
        True, "StringLookup",
    ),
    "our name for another's class": (
        lambda files: files.update({
            "model.keras": layered(module="os", class_name="system", registered_name="modelyard>AveragedAnswers"),
        }), True, "os.system",
    ),
    "an array larger than anything": (lambda files: files.update({"huge.npz": huge()}), True, "damaged"),
    "a pickle among arrays": (lambda files: files.update({"more.npz": npz(pickled())}), True, "damaged"),
    "a spec that is none": (lambda files: files.update({"spec.json": b"[1]"}), True, "no whole run"),
    "a network that is none": (lambda files: files.update({"model.onnx": b"nonsense"}), True, "gives no answers"),
    "other answers": (other_answers, True, "answers otherwise"),
    "a run that goes on": (
        lambda files: files.update({"state.json": json.dumps({"name": "running", "since": 1}).encode()}), True, "has not ended",
    ),
}  # fmt: skip


def nothing_left() -> bool:
    return not projects.everything() and not any(home.folder("runs").iterdir())


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODELYARD_HOME", str(tmp_path / "elsewhere"))


@pytest.mark.parametrize("case", CHANGED)
def test_a_broken_or_hostile_file_gets_two_sentences_and_leaves_nothing(
    taken: Path, elsewhere: None, case: str
):
    change, marks, words = CHANGED[case]
    with pytest.raises(FileError, match=words) as caught:
        opening.open_run(rewritten(taken, change, marks))
    assert str(caught.value.fix).endswith(".")
    assert nothing_left()


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_such_file_gets_two_sentences(tmp_path: Path, content: bytes):
    path = tmp_path / "x.run.zip"
    path.write_bytes(content)
    assert not carried.holds(path)
    with pytest.raises(FileError, match=r"damaged or cut off|but no run"):
        opening.open_run(path)


def test_a_file_that_was_cut_off_leaves_nothing(taken: Path, elsewhere: None):
    content = taken.read_bytes()
    taken.write_bytes(content[: len(content) // 2])
    with pytest.raises(FileError, match="damaged or cut off"):
        opening.open_run(taken)
    assert nothing_left()


def test_a_bomb_is_not_unpacked(taken: Path, elsewhere: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(opening, "MOST_BYTES", 50_000)
    with pytest.raises(FileError, match="more than a run can hold"):
        opening.open_run(rewritten(taken, lambda files: files.update({"more.npy": b"\0" * 60_000})))
    assert nothing_left()


def test_a_disk_that_fills_leaves_nothing(taken: Path, elsewhere: None, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OSError, match="No space"):
        opening.open_run(taken)
    assert nothing_left()
