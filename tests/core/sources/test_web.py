"""A file is fetched from a web address: whole, no other than is allowed, and never from where strangers have no business."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from core.errors import FileError
from core.sources import web

TABLE = b"age,plan\n30,basic\n40,pro\n"


class Handler(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_GET(self) -> None:
        getattr(self, f"do_{self.path.strip('/').partition('/')[0].partition('.')[0]}", self.do_nothing)()

    def do_table(self) -> None:
        self.answer(TABLE, {"Content-Type": "text/csv"})

    def do_named(self) -> None:
        self.answer(TABLE, {"Content-Disposition": 'attachment; filename="../../plans.csv"'})

    def do_on(self) -> None:
        self.send(302, {"Location": "/table"})

    def do_round(self) -> None:
        self.send(302, {"Location": "/round"})

    def do_inside(self) -> None:
        self.send(302, {"Location": "http://169.254.169.254/secrets"})

    def do_disk(self) -> None:
        self.send(302, {"Location": "file:///etc/passwd"})

    def do_short(self) -> None:
        self.send(200, {"Content-Length": "500"}, TABLE)

    def do_endless(self) -> None:
        self.send(200, {})
        try:
            for _ in range(1_000):
                self.wfile.write(b"x" * 10_000)
        except OSError:
            pass  # whoever asked has had enough

    def do_nothing(self) -> None:
        self.send(404, {"Content-Length": "0"})

    def answer(self, content: bytes, headers: dict[str, str]) -> None:
        self.send(200, {**headers, "Content-Length": str(len(content))}, content)

    def send(self, status: int, headers: dict[str, str], content: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server of this machine, from which may be fetched."""
    monkeypatch.setenv(web.ALLOWED, "localhost, 127.0.0.1")
    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    thread.join()
    made.server_close()


def test_a_file_arrives_whole_and_its_share_is_told(server: str, tmp_path: Path):
    told: list[float] = []
    path = web.bring(f" {server}/table ", tmp_path, told.append)
    assert (path.name, path.read_bytes(), told[-1]) == ("table.csv", TABLE, 1.0)


def test_its_server_names_it_but_not_where_it_goes(server: str, tmp_path: Path):
    path = web.bring(f"{server}/named", tmp_path)
    assert (path.parent, path.name) == (tmp_path, "plans.csv")


def test_an_address_that_sends_on_is_followed(server: str, tmp_path: Path):
    assert web.bring(f"{server}/on", tmp_path).read_bytes() == TABLE


@pytest.mark.parametrize(
    ("path", "words"),
    [("none", "answers 404"), ("round", "sends on more than 5 times"), ("inside", "“169.254.169.254” is not a public address"),
     ("disk", "is no web address"), ("short", "broke")],
)  # fmt: skip
def test_what_goes_wrong_is_said_in_two_sentences(server: str, tmp_path: Path, path: str, words: str):
    with pytest.raises(FileError, match=words) as caught:
        web.bring(f"{server}/{path}", tmp_path)
    assert str(caught.value.fix).endswith(".")


def test_a_stream_without_end_is_cut_off(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(web, "MOST_BYTES", 100_000)
    with pytest.raises(FileError, match="has more than"):
        web.bring(f"{server}/endless", tmp_path)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/x", "http://localhost/x", "http://[::1]/x", "http://10.0.0.1/x", "http://192.168.1.1/x", "http://172.16.5.4/",
     "http://169.254.169.254/latest/meta-data", "http://100.64.0.1/", "http://0.0.0.0/", "http://224.0.0.1/", "http://[fe80::1]/",
     "http://[fc00::1]/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://0x7f.1/", "https://127.0.0.1/"],
)  # fmt: skip
def test_nothing_is_fetched_from_private_addresses_however_they_are_written(address: str, tmp_path: Path):
    with pytest.raises(FileError, match=r"not a public address|No server is called"):
        web.bring(address, tmp_path)


@pytest.mark.parametrize("number", ["10.1.2.3", "127.0.0.1", "::1"])
def test_a_name_that_leads_to_a_private_number_is_refused(
    number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))
    inside = (socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [public, inside])
    with pytest.raises(FileError, match=r"“innocent\.example” is not a public address"):
        web.bring("http://innocent.example/table.csv", tmp_path)


@pytest.mark.parametrize("address", ["", "table.csv", "ftp://example.com/x", "file:///etc/passwd", "https://", "http://a:b@example.com/x",
                                     "https://example.com:99999/x", "javascript:alert(1)", "http://[::1"])  # fmt: skip
def test_what_is_no_web_address_is_said(address: str, tmp_path: Path):
    with pytest.raises(FileError, match="is no web address"):
        web.bring(address, tmp_path)


@pytest.mark.parametrize(
    ("copied", "meant"),
    [("https://docs.google.com/spreadsheets/d/1AbC-d_9/edit#gid=77", "https://docs.google.com/spreadsheets/d/1AbC-d_9/export?format=csv&gid=77"),
     ("https://docs.google.com/spreadsheets/d/1AbC/edit?usp=sharing", "https://docs.google.com/spreadsheets/d/1AbC/export?format=csv&gid=0"),
     ("https://github.com/a/b/blob/main/data/x.csv", "https://raw.githubusercontent.com/a/b/main/data/x.csv"),
     ("https://example.com/blob/x.csv", "https://example.com/blob/x.csv")],
)  # fmt: skip
def test_the_address_of_a_page_around_a_file_becomes_that_of_the_file(copied: str, meant: str):
    assert web._meant(copied) == meant
