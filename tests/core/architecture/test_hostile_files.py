"""Files from anywhere: whatever is in them, the answer is a drawing or two sentences."""

import copy
import json
import random
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from core.architecture import read
from core.errors import FileError, GraphError, UserError
from core.graph import Graph, measure
from core.script import script
from tests.core.architecture.models import entry, keras_file, model, packed, row, start, whole
from tests.core.graph.drawings import FACTS, drawing, facts

ROOT = Path(__file__).parent.parent.parent.parent
KNOWN = facts("numbers")
ANSWER = entry("Dense", "answer", "x", units=1, activation="sigmoid")
ODD: list[Any] = [
    None, True, False, 0, -1, 3.5, 1e999, 10**400, "", "x", "a" * 100_000, "\n\"'🙂\0", [], {}, [[]], [[[[1]]]], [None],
    {"class_name": "Lambda"}, {"class_name": "__keras_tensor__", "config": {}}, ["numbers", 0, 0], ["numbers", 0, 1],
    [["numbers", 0, 0]] * 50, {"a": {"b": ["answer", 0, 0]}}, [1, [2, [3]]], "relu", "../../etc/passwd",
]  # fmt: skip


def refused(content: bytes, kind: type[UserError] = UserError) -> UserError:
    with pytest.raises(kind) as caught:
        read("a file", content, KNOWN)
    two_sentences(caught.value)
    return caught.value


def two_sentences(error: UserError) -> None:
    assert type(error) in (FileError, GraphError)
    for sentence in (str(error.what), str(error.fix)):
        assert sentence.endswith(".")
        assert len(sentence) < 3_000


def test_a_drawing_of_ours_comes_back_as_it_was():
    graph = drawing("numbers: input", "h: dense < numbers", "answer: output < h", h={"units": 7})
    for data in (graph.to_json(), {"graph": graph.to_json()}):
        assert read("graph.json", json.dumps(data).encode(), KNOWN).graph == graph


def test_a_drawing_that_needs_mending_is_taken():
    graph = drawing("numbers: input", "h: dense < numbers", "answer: output < nowhere")
    assert read("graph.json", json.dumps(graph.to_json()).encode(), KNOWN).graph == graph


def test_a_model_is_read_whether_packed_or_not(tmp_path: Path):
    path = tmp_path / "model.keras"
    path.write_bytes(keras_file(whole()))
    imported = [
        read("m", content, KNOWN) for content in (json.dumps(whole()).encode(), path.read_bytes(), path)
    ]
    assert imported[0] == imported[1] == imported[2]
    assert measure(imported[0].graph, KNOWN).ok
    assert script(imported[0].graph, KNOWN)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not JSON"),
        (b"\x89PNG\r\n\x1a\n", "not JSON"),
        (b"\x89HDF\r\n\x1a\n", "HDF5"),
        (b"PK", "ends too early"),
        (b"PK\x03\x04" + b"\0" * 100, "ends too early"),
        (keras_file(whole())[:-30], "ends too early"),
        (keras_file(whole())[:300] + keras_file(whole())[500:], "damaged"),
        (packed(("metadata.json", "{}")), "without one"),
        (packed(("../config.json", "{}"), ("/config.json", "{}"), ("a/config.json", "{}")), "without one"),
        (packed(("config.json", "")), "not JSON"),
        (packed(("config.json", b"\xff\xfe\0")), "not JSON"),
        (packed(("config.json", "[1, NaN]")), "not JSON"),
        (packed(("config.json", " " * 9_000_000)), "larger than 8 MB"),
        (packed(*((f"{n}", "") for n in range(30_000))), "too many"),
        (b" " * 8_000_001, "larger than 8 MB"),
        (b"[" * 100_000 + b"]" * 100_000, "not JSON"),
        (b"[" * 500 + b"]" * 500, "too deep"),
        (b"[]", "no drawing"),
        (b"3", "no drawing"),
        (b'"x"', "no drawing"),
        (b"{}", "no drawing"),
        (b'{"graph": []}', "no drawing"),
    ],
)
def test_what_is_no_file_of_that_kind_is_refused(content: bytes, says: str):
    assert says in str(refused(content, FileError).what)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(FileError) as caught:
            read("none", path, KNOWN)
        two_sentences(caught.value)


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_that_lies_about_its_size_unpacks_no_more_than_allowed(method: int):
    content = bytearray(packed(("config.json", b"[" + b"1," * 50_000_000 + b"1]"), how=method))
    place = content.rfind(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<L", 100)
    refused(bytes(content), FileError)


def test_a_locked_zip_is_refused():
    content = bytearray(keras_file(whole()))
    for mark in (b"PK\x01\x02", b"PK\x03\x04"):
        place = content.find(mark)
        while place >= 0:
            content[place + (8 if mark[2] == 1 else 6)] |= 1
            place = content.find(mark, place + 4)
    assert "locked" in str(refused(bytes(content), FileError).what)


@pytest.mark.parametrize(
    ("layers", "says"),
    [
        ([{"name": "a", "kind": "no_such"}, {"name": "b", "kind": "teleport"}], "no_such, teleport"),
        (
            [
                {"name": "a", "kind": "dense", "inputs": ["b"]},
                {"name": "b", "kind": "dense", "inputs": ["a"]},
            ],
            "ring",
        ),
        ([{"name": "a", "kind": "dense"}] * 2, "Two layers"),
        ([{"name": "a", "kind": "dense"}] * 100_000, "100,000 layers"),
        ([{"name": "a\nimport os", "kind": "dense"}], "called"),
        ([{"name": "a", "kind": "dense", "fields": {"units": 1}, "place": [10**400, 1]}], "no place"),
        ([3], "only “int”"),
        (3, "no list"),
    ],
)
def test_drawings_that_could_never_be_shown_are_refused(layers: Any, says: str):
    assert says in str(refused(json.dumps({"version": 1, "layers": layers}).encode(), GraphError).what)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (model(start(), entry("Lambda", "code", "numbers")), "“code” (Lambda)"),
        (model(start(), entry("Dense", "mine", "numbers", module="evil", units=1)), "“mine” (Dense)"),
        (model(start(), entry("Dense", "bent", "numbers", units=1, activation="os.system")), "activation = 'os.system'"),
        (model(start(), entry("TFSMLayer", "t", "numbers"), entry("Masking", "m", "t")), "“t” (TFSMLayer), “m” (Masking)"),
        (model(start(), entry("Dense", "a", "b", units=1), entry("Dense", "b", "a", units=1)), "ring"),
        (model(start(), entry("Dense", "a", "none", units=1)), "“none” is missing"),
        (model(start(), entry("Dense", "a", "numbers", units=1), ends=[["a", 0, 0], ["numbers", 0, 0]]), "2 answers"),
        (model(start(), entry("Dense", "a", "numbers", units=1), ends=[["b", 0, 0]]), "“b” is missing"),
        (model(start(), entry("Dense", "a", "numbers", units=1), ends=[["a", 0, 3]]), "several answers"),
        (model(start(), entry("Dense", "a", "numbers"), entry("Dense", "a", "numbers")), "two layers are called “a”"),
        (model(start(), *(entry("Dense", f"a{n}", "numbers", units=1) for n in range(2_001))), "more than 2,000 layers"),
        (row(), "0 answers"),
        ({"class_name": "Functional"}, "“config” is missing"),
        ({"class_name": "Subclassed", "config": {}}, "Subclassed"),
        ({"class_name": ["Functional"], "config": {}}, "Functional"),
    ],
)  # fmt: skip
def test_models_that_do_not_hold_together_are_refused(data: Any, says: str):
    assert says in str(refused(json.dumps(data).encode(), GraphError).what)


def test_layers_used_twice_are_refused_by_name():
    twice = entry("Dense", "twice", "numbers", units=3)
    twice["inbound_nodes"] *= 2
    error = refused(
        json.dumps(model(start(), twice, entry("Dense", "x", "twice", units=1))).encode(), GraphError
    )
    assert "“twice” (used 2 times)" in str(error.what)


def test_models_that_stand_in_each_other_too_deep_are_refused():
    data = row(start(), entry("Dense", "x", units=1))
    for number in range(9):
        data = row({**data, "name": f"m{number}", "config": {**data["config"], "name": f"m{number}"}})
    assert "deep" in str(refused(json.dumps(data).encode(), GraphError).what)


def test_names_become_names_that_drawings_can_hold():
    names = [
        "a b",
        "a/b",
        "1st",
        "größe",
        'x"; import os #',
        "\n",
        "a_b",
        "numbers",
        "class",
        "A_B",
        "語" * 500,
    ]
    chain = [
        entry("Dense", name, before, units=4, activation="relu")
        for before, name in zip(["start", *names], names, strict=False)
    ]
    imported = read(
        "m",
        json.dumps(
            model(start("start"), *chain, {**ANSWER, **entry("Dense", "x", names[-1], units=1)})
        ).encode(),
        KNOWN,
    )
    found = [layer.name for layer in imported.graph.layers]
    assert all(name.isidentifier() and name.isascii() and len(name) <= 80 for name in found)
    assert len({name.lower() for name in found}) == len(found)
    assert "called differently" in " ".join(map(str, imported.notes))
    assert measure(imported.graph, KNOWN).ok
    compile(script(imported.graph, KNOWN), "script", "exec")


def test_two_thousand_layers_are_read():
    chain = [entry("Dense", f"a{n}", f"a{n - 1}" if n else "numbers", units=2, extra=n) for n in range(1_990)]
    imported = read("m", json.dumps(model(start(), *chain)).encode(), KNOWN)
    assert len(imported.graph.layers) > 1_990
    assert len(imported.notes) < 40


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in the plain data."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


def spoiled(data: Any, chance: random.Random) -> Any:
    """The data with one to three places changed, removed or doubled."""
    data = copy.deepcopy(data)
    for _ in range(chance.randint(1, 3)):
        if not (found := places(data)[1:]):
            break
        *path, last = chance.choice(found)
        holder = data
        for key in path:
            holder = holder[key]
        deed = chance.randrange(4)
        if deed == 0:
            del holder[last]
        elif deed == 1 and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[last]))
        elif deed == 2:
            holder[last] = copy.deepcopy(chance.choice([v for v in walk(data) if v is not data]))
        else:
            holder[last] = copy.deepcopy(chance.choice(ODD))
    return data


def walk(data: Any) -> list[Any]:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [data, *(found for value in inner for found in walk(value))]


def answered(content: bytes) -> None:
    """What was read can be measured and saved; or there are two sentences."""
    try:
        imported = read("a file", content, FACTS)
    except UserError as error:
        two_sentences(error)
        return
    for note in imported.notes:
        assert len(str(note)) < 500
    assert (
        Graph.from_json(json.loads(json.dumps(imported.graph.to_json(), allow_nan=False))) == imported.graph
    )
    if measure(imported.graph, FACTS).ok:
        compile(script(imported.graph, FACTS), "script", "exec")


OURS = drawing(
    "numbers: input", "h: dense < numbers", "b: own_block < h", "both: concatenate < b h", "answer: output < both",
    h={"units": 7, "activation": "relu"},
    b={"title": "T", "parts": [{"name": "s", "kind": "dense", "inputs": ["in_1"], "fields": {"units": 3}}]},
).to_json()  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_spoiled_descriptions_raise_nothing_else(seed: int):
    chance = random.Random(seed)
    made = row(start(), entry("Dense", "h", units=4), entry("ReLU", "r"), entry("Dense", "x", units=1))
    for data in (whole(), made, OURS):
        for _ in range(10):
            text = json.dumps(spoiled(data, chance)).replace("Infinity", "1e999").encode()
            answered(text if chance.random() < 0.8 else packed(("config.json", text)))


@pytest.mark.parametrize("seed", range(20))
def test_spoiled_bytes_raise_nothing_else(seed: int):
    chance = random.Random(seed)
    for content in (keras_file(whole()), json.dumps(OURS).encode()):
        for _ in range(15):
            bad = bytearray(content)
            for _ in range(chance.randint(1, 6)):
                bad[chance.randrange(len(bad))] = chance.randrange(256)
            answered(bytes(bad[: chance.choice([len(bad), chance.randrange(len(bad))])]))


def test_neither_reading_nor_writing_loads_keras(tmp_path: Path):
    path = tmp_path / "model.keras"
    path.write_bytes(keras_file(whole()))
    code = f"""import sys, pathlib
from core import architecture, script
from tests.core.graph.drawings import facts
known = facts("numbers")
script.script(architecture.read("m", pathlib.Path({str(path)!r}), known).graph, known)
print({{"keras", "tensorflow", "h5py"}} & set(sys.modules))"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "set()"
