"""What is taken away, by format: size, start, memory, time for a row; and the web service under load.

    python -m benchmarks.exports [--run RUN] [--python PYTHON] [--seconds 30] [--repeats 5]

Each format is opened in fresh processes and asked about the telco rows. PYTHON is an environment with what the bundle's
requirements-service.txt asks for; by itself the one that runs this. Keras is asked about arrays that are prepared already, the
zips about raw values.
"""

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import requests

from benchmarks.table import show
from core import runs
from core.exports import SHELF

SAMPLE = "core/sample_data/telco_churn/telco_churn.csv"
SINGLES, MANY, WARM = 200, 1_000, 20
MEASURE = """
import time; began = time.perf_counter()
import json, sys, csv, statistics, resource
{opening}
first = {one}
opened = time.perf_counter() - began
for _ in range({warm}): {one}
times = []
for _ in range({singles}):
    at = time.perf_counter(); {one}; times.append(time.perf_counter() - at)
{many}
spans = []
for _ in range(3):
    at = time.perf_counter(); {many}; spans.append(time.perf_counter() - at)
print(json.dumps([opened, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    1000 * statistics.median(times), 1000 * min(spans)]))
"""
RAW = """
from predict import predict
rows = list(csv.DictReader(open("sample_rows.csv", encoding="utf-8", newline="")))
many = [rows[at % 20] for at in range(1000)]
"""
ARRAYS = """
import numpy as np
made = np.load("prepared.npz"); rows = {name: made[name] for name in made.files}
one = {name: array[:1] for name, array in rows.items()}
"""
ONNX = """
import onnxruntime
session = onnxruntime.InferenceSession("alone.onnx", providers=["CPUExecutionProvider"])
"""
KERAS = """
import importlib, pathlib, network  # which says to be quiet
for path in pathlib.Path().glob("layer_*.py"): importlib.import_module(path.stem)
import keras
model = keras.saving.load_model("model.keras")
"""
WAYS = {  # what is opened, one row, a thousand rows
    "Python zip, raw rows": ("onnx", RAW, "predict(rows[:1])", "predict(many)"),
    "ONNX alone, prepared": ("onnx", ARRAYS + ONNX, "session.run(None, one)", "session.run(None, rows)"),
    "Keras zip, raw rows": ("keras", RAW, "predict(rows[:1])", "predict(many)"),
    "Keras called directly": ("keras", ARRAYS + KERAS, "np.asarray(model(one))", "np.asarray(model(rows))"),
    "Keras predict": (
        "keras",
        ARRAYS + KERAS,
        "model.predict(one, verbose=0)",
        "model.predict(rows, verbose=0)",
    ),
}


def unpacked(run: runs.Run, place: Path) -> dict[str, Path]:
    """The folders of both zips, each with prepared rows beside, and the network alone in the first."""
    import numpy as np

    from core import home, recipes

    folders = {}
    samples = home.read_json(run.folder / "samples.json")["columns"]
    rows = {name: [texts[at % 20] for at in range(MANY)] for name, texts in samples.items()}
    for name, format in (("onnx", "python_zip"), ("keras", "keras_zip")):
        folders[name] = place / name
        with zipfile.ZipFile(SHELF[format].write(run, place / "packed")) as file:
            file.extractall(folders[name])
        np.savez(folders[name] / "prepared.npz", **recipes.encode(run.recipes() or {}, rows))
    SHELF["onnx_file"].write(run, place / "packed").rename(folders["onnx"] / "alone.onnx")
    return folders


def measured(folders: dict[str, Path], python: str, repeats: int) -> list[list[str]]:
    """A row for each way of asking: seconds to the first answer, memory, milliseconds for a row and for a thousand."""
    table = []
    for name, (folder, opening, one, many) in WAYS.items():
        code = MEASURE.format(opening=opening, one=one, many=many, singles=SINGLES, warm=WARM)
        words = [python if folder == "onnx" else sys.executable, "-c", code]
        found = [
            json.loads(
                subprocess.run(words, cwd=folders[folder], capture_output=True, text=True, check=True).stdout
            )
            for _ in range(repeats)
        ]
        opened, memory, single, batch = (statistics.median(one) for one in zip(*found, strict=True))
        table.append(
            [name, f"{opened:.2f}", f"{memory:.0f}", f"{single:.2f}", f"{batch:.1f}", f"{1e6 / batch:,.0f}"]
        )
    return table


async def connection(
    port: int, request: bytes, until: float, times: list[float], faults: list[bytes]
) -> None:
    """Asks over one connection again and again."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        )
        await reader.readexactly(length)
        times.append(time.perf_counter() - began)
        if not head.startswith(b"HTTP/1.1 200"):
            faults.append(head)
    writer.close()


async def loaded(
    port: int, path: str, body: bytes, seconds: float, connections: int
) -> tuple[list[float], list[bytes]]:
    """What each request took, in seconds, and the answers that were none."""
    head = f"POST {path} HTTP/1.1\r\nHost: model\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    times, faults, until = [], [], time.perf_counter() + seconds
    request = head.encode() + body
    await asyncio.gather(*(connection(port, request, until, times, faults) for _ in range(connections)))
    return sorted(times), faults


def service(folder: Path, python: str, seconds: float) -> list[list[str]]:
    """A row for each way of asking the service: requests and rows in a second, p50 and p99 in milliseconds, faults."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [python, "serve.py", "--port", str(port)], cwd=folder, stderr=subprocess.DEVNULL
    )
    try:
        wait(port)
        one = (folder / "example.json").read_bytes()
        many = json.dumps({"rows": [json.loads(one)] * MANY}).encode()
        table = []
        for name, path, body, rows, at_once in (
            ("1 row, 1 connection", "/predict", one, 1, 1),
            ("1 row, 8 connections", "/predict", one, 1, 8),
            ("1,000 rows, 1 connection", "/predict/batch", many, MANY, 1),
        ):
            times, faults = asyncio.run(loaded(port, path, body, seconds, at_once))
            each = len(times) / seconds
            p50, p99 = (1_000 * times[int(share * (len(times) - 1))] for share in (0.5, 0.99))
            table.append(
                [name, f"{each:,.1f}", f"{each * rows:,.0f}", f"{p50:.1f}", f"{p99:.1f}", str(len(faults))]
            )
        return table
    finally:
        process.terminate()
        process.wait()


def wait(port: int) -> None:
    for _ in range(300):
        try:
            requests.get(f"http://127.0.0.1:{port}/health", timeout=5)
            return
        except requests.ConnectionError:
            time.sleep(0.1)
    raise SystemExit("The service never answered.")


def trained(place: Path) -> runs.Run:
    """A model of the telco sample, trained for half a minute."""
    words = [
        "-m",
        "core",
        "train",
        SAMPLE,
        "--target",
        "churn",
        "--minutes",
        "0.5",
        "--quiet",
        "--out",
        str(place / "run"),
    ]
    environment = {**os.environ, "MODELYARD_HOME": str(place / "home")}
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL, env=environment)
    return runs.find(str(place / "run"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", help="a run's folder; one is trained if left out")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--repeats", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        run = runs.find(given.run) if given.run else trained(place)
        folders = unpacked(run, place)
        for file in sorted([*(place / "packed").iterdir(), folders["onnx"] / "alone.onnx"]):
            print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB")
        show(["way", "first answer, s", "memory, MB", "1 row, ms", "1,000 rows, ms", "rows a second"],
             measured(folders, given.python, given.repeats))  # fmt: skip
        show(["service", "requests/s", "rows/s", "p50, ms", "p99, ms", "faults"],
             service(folders["onnx"], given.python, given.seconds))  # fmt: skip


if __name__ == "__main__":
    main()
