"""Weights of pretrained networks are found, fetched and folded; what cannot be had is said in two sentences."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pytest

from core import home, pretrained
from core.backbones import KEPT, SHELF, Convolution, Sum
from core.errors import FileError, RunError
from core.pretrained import folded
from core.words import Sentence

NETWORKS = list(SHELF)


@pytest.fixture
def server() -> Iterator[str]:
    """A server on this machine that has one file."""

    class Answers(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(200 if self.path == "/weights.h5" else 404)
            self.send_header("content-length", "600000")
            self.end_headers()

        def do_GET(self) -> None:
            self.do_HEAD()
            if self.path == "/weights.h5":
                self.wfile.write(bytes(600_000))

        def log_message(self, *_: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Answers) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine on which no weights lie."""
    monkeypatch.setenv("MODELYARD_HOME", str(tmp_path / "workspace"))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.delenv("MODELYARD_BACKBONES", raising=False)
    monkeypatch.setattr(SHELF["efficientnet_lite0"], "PACKAGE", None)
    monkeypatch.setattr(SHELF["mobilenet_v2"], "ADDRESS", "")
    return tmp_path


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_describes_itself(name: str):
    network = SHELF[name]
    assert isinstance(network.LABEL, Sentence)
    assert str(network.HELP).endswith(".")
    assert network.LICENCE in ("Apache-2.0", "MIT")
    assert network.PACKAGE or network.ADDRESS
    known = {""}
    for one in network.convolutions():
        assert one.name not in known
        assert set([one.before] if isinstance(one, Convolution) else one.before) <= known
        known.add(one.name)
        if isinstance(one, Convolution):
            assert len({network.kept(one.name, what) for what in KEPT}) == len(KEPT)
    assert any(isinstance(one, Sum) for one in network.convolutions())


def test_weights_are_looked_for_in_the_named_folder_first(alone: Path, monkeypatch: pytest.MonkeyPatch):
    file = SHELF["mobilenet_v2"].FILE
    assert pretrained.find("mobilenet_v2") is None
    for place in ("keras/models", "workspace/backbones", "mine"):
        (alone / place).mkdir(parents=True, exist_ok=True)
        (alone / place / file).write_bytes(b"x")
        if place == "mine":
            monkeypatch.setenv("MODELYARD_BACKBONES", str(alone / place))
        assert pretrained.find("mobilenet_v2") == alone / place / file


@pytest.mark.parametrize("name", NETWORKS)
def test_weights_that_are_nowhere_are_said_to_be(alone: Path, name: str):
    trouble = pretrained.missing(name)
    assert str(SHELF[name].LABEL) in str(trouble.what)
    assert SHELF[name].FILE in str(trouble.fix)
    assert str(trouble.fix).endswith(".")
    with pytest.raises(RunError):
        pretrained.fetch(name, lambda *_: None)


def test_weights_are_fetched_once_and_progress_is_told(
    alone: Path, server: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(SHELF["mobilenet_v2"], "ADDRESS", f"{server}/weights.h5")
    assert pretrained.missing("mobilenet_v2") is None
    told = []
    path = pretrained.fetch("mobilenet_v2", lambda share, text: told.append((share, str(text))))
    assert path.stat().st_size == 600_000
    assert path == home.folder("backbones") / SHELF["mobilenet_v2"].FILE == pretrained.find("mobilenet_v2")
    assert told
    assert told[0][1].startswith("Fetching the weights of MobileNetV2: 0.3 of 0.6 MB")
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("address", ["{server}/gone.h5", "http://127.0.0.1:9/weights.h5"])
def test_a_server_that_has_nothing_or_is_not_there_leaves_nothing_behind(
    alone: Path, server: str, monkeypatch: pytest.MonkeyPatch, address: str
):
    monkeypatch.setattr(SHELF["mobilenet_v2"], "ADDRESS", address.format(server=server))
    assert pretrained.missing("mobilenet_v2") is not None
    with pytest.raises(RunError) as caught:
        pretrained.fetch("mobilenet_v2", lambda *_: None)
    assert "cannot be fetched" in str(caught.value.what)
    assert list(home.folder("backbones").iterdir()) == []


@pytest.mark.parametrize("name", NETWORKS)
def test_a_file_that_holds_something_else_is_named(tmp_path: Path, name: str):
    path = tmp_path / SHELF[name].FILE
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(FileError) as caught:
        folded.weights(name, path)
    assert SHELF[name].FILE in str(caught.value.what)
    assert str(tmp_path) in str(caught.value.fix)


def test_folding_is_batch_normalization_and_grey_is_three_equal_channels():
    path = pretrained.find("efficientnet_lite0")
    colour, grey = (folded.weights("efficientnet_lite0", path, channels) for channels in (3, 1))
    assert len(colour) == 49
    kernel, bias = colour["stem"]
    assert kernel.shape == (3, 3, 3, 32)
    assert np.allclose(grey["stem"][0][:, :, 0], kernel.sum(axis=2))
    raw = folded.READERS[".pth"](path)
    place = np.random.default_rng(3).normal(size=(3, 3, 3))
    found = np.einsum("hwc,fchw->f", place, raw["_conv_stem.weight"].astype(np.float64))
    mean, variance = raw["_bn0.running_mean"], raw["_bn0.running_var"]
    normal = (found - mean) / np.sqrt(variance + 1e-3) * raw["_bn0.weight"] + raw["_bn0.bias"]
    assert np.allclose(np.einsum("hwc,hwcf->f", place, kernel) + bias, normal, atol=1e-4)
