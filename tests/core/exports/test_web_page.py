"""A model as a page: opened from disk in a real browser without a network, it answers like the app."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from core import proof
from core.errors import ExportError
from core.exports import SHELF, _browser, _web_words, web_page
from core.runs import Run
from core.tokenizers import byte_pairs
from core.words import speaking

pytestmark = pytest.mark.heavy


def unpacked(run: Run, place: Path) -> Path:
    with zipfile.ZipFile(web_page.write(run, place)) as file:
        assert all("/" not in name and ".." not in name for name in file.namelist())
        file.extractall(place / "page")
    return place / "page"


def test_every_sentence_that_the_script_asks_for_is_there():
    source = Path(web_page.__file__).parents[2] / "frontend" / "src" / "web"
    asked = {name for file in source.glob("*.ts") for name in re.findall(r"\bwords\.(\w+)", file.read_text())}
    by_name = {"certain", "likely", "rather", "guess"}
    assert asked | by_name == set(_web_words.WORDS)


def test_the_zip_holds_what_it_promises(trained: Callable[[str], Run], tmp_path: Path):
    folder = unpacked(trained("yes_no"), tmp_path)
    assert {path.name for path in folder.iterdir()} == {
        "README.md", "index.html", "page.js", "model.js", "runtime.js", "Customers-yes_no.html", "model.onnx", "recipes.json",
        "sample_rows.csv", "expected.csv", "MODEL_CARD.md", "model_card.html", "LICENSES.txt",
    }  # fmt: skip


def test_a_page_may_fetch_nothing_and_run_nothing_else(trained: Callable[[str], Run], tmp_path: Path):
    folder = unpacked(trained("yes_no"), tmp_path)
    for name in ("index.html", "Customers-yes_no.html"):
        page = (folder / name).read_text(encoding="utf-8")
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
        assert policy
        assert "default-src 'none'" in policy[1]
        assert "unsafe-inline" not in policy[1]
        assert not re.findall(r'(?:src|href)="(?!data:,"|page.js"|model.js"|runtime.js")[^"]*"', page)


def test_names_and_values_of_the_table_end_no_script(trained: Callable[[str], Run]):
    made = web_page._script_json({"a</script><script>alert(1)</script>": "<!--"})
    assert "<" not in made
    assert json.loads(made) == {"a</script><script>alert(1)</script>": "<!--"}


def test_a_page_speaks_the_language_of_whoever_takes_it_away(trained: Callable[[str], Run], tmp_path: Path):
    with speaking("zh_CN"):
        folder = unpacked(trained("yes_no"), tmp_path)
    assert '<html lang="zh-CN">' in (folder / "index.html").read_text(encoding="utf-8")
    carried = json.loads((folder / "model.js").read_text(encoding="utf-8").partition("=")[2].rstrip(";\n"))
    assert carried["words"]["certain"] == "几乎肯定"


@pytest.mark.parametrize("where", ["chromium", "node"])
def test_a_page_that_lies_is_refused(
    trained: Callable[[str], Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
):
    if where == "node":
        monkeypatch.setattr(_browser, "BROWSERS", ())
        monkeypatch.delenv("CHROMIUM", raising=False)
    folder = unpacked(trained("yes_no"), tmp_path)
    said = _browser.prove(folder)
    assert said
    assert (said["equal"], said["rows"], said["in"]) == (True, 22, where)
    model = (folder / "model.js").read_text(encoding="utf-8")
    (folder / "model.js").write_text(model.replace('"p_no": [0.', '"p_no": [0.0'), encoding="utf-8")
    said = _browser.prove(folder)
    assert said
    assert not said["equal"]
    (folder / "model.js").write_text(model.replace('"network": "', '"network": "AAAA'), encoding="utf-8")
    with pytest.raises(ExportError):
        _browser.prove(folder)


def test_without_a_browser_the_page_says_that_it_proves_itself(
    trained: Callable[[str], Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    path, told = proof.export(trained("amount"), "web_page", tmp_path / "out")
    assert path.exists()
    assert "rows" not in told
    assert "press “Check this page”" in told["told"]["text"]


def test_a_kind_of_question_that_no_page_answers_is_told_beforehand(
    trained: Callable[[str], Run], tmp_path: Path
):
    made = trained("yes_no").recipes() or {}
    kept = byte_pairs.fit(["see {name} and {name}"], 300, keep_marks=True)
    for change, says in (
        ({"series": {}}, "this kind of question"),
        ({"columns": [{"features": [{"make": "tokens", "tokenizer": kept}]}]}, "placeholders"),
    ):
        (tmp_path / "recipes.json").write_text(json.dumps({**made, **change}), encoding="utf-8")
        against = web_page.objection(Run("x", tmp_path))
        assert against
        assert says in str(against.what)
        assert "Python" in str(against.fix)
    assert web_page.objection(trained("yes_no")) is None


def test_a_run_without_a_model_has_no_page(tmp_path: Path):
    with pytest.raises(ExportError, match="no model"):
        SHELF["web_page"].write(Run("x", tmp_path), tmp_path)
    assert not list(tmp_path.iterdir())
