"""One table of cases for whoever carries recipes out: Python, on the server and in zips, and the JavaScript of a page."""

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import ranking, recipes, tokens
from core.exports import web_page

CASES = json.loads((Path(__file__).parent / "carriers.json").read_text(encoding="utf-8"))
OPENED = """
const { readFileSync } = require("node:fs");
require("node:vm").runInThisContext(readFileSync(process.argv[1], "utf8"));
"""
ASKED = """
const { cases, tokenizers } = JSON.parse(readFileSync(0, "utf8"));
for (const { recipe } of cases) for (const feature of recipe.features) if (feature.known in tokenizers) feature.tokenizer = tokenizers[feature.known];
const made = cases.map(({ recipe, texts }) => {
  const { width, values } = modelyard.encodeColumn(recipe, texts);
  return { width, values: Array.from(values) };
});
console.log(JSON.stringify({ made, names: modelyard.columnNames(["a", "", "a", " two\\nlines ", "a_2", "\\ufeffb\\x1cc", "x".repeat(300)]), harmless: ["=1+1", "-5", "-5%", "@x", "+a", "\\tx", "a=b", "-x"].map(modelyard.harmless), cells: modelyard.parse('a;"b;""c""\\nd";\\r\\n\\n"x"y;2;3\\n""\\n1;', ";") }));
"""


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    """What the page's script makes of the cases, in Node."""
    tokenizers = {name: json.loads(tokens.known_tokenizer(name)) for name in ("sentence_encoder",)}
    return _in_node(OPENED + ASKED, {"cases": CASES, "tokenizers": tokenizers})


def _in_node(script: str, given: dict[str, Any]) -> Any:
    """What the script says, which finds the page's script named and `given` on its standard input."""
    command = ["node", "-e", script, str(web_page.BUILT / "page.js")]
    done = subprocess.run(
        command, input=json.dumps(given), capture_output=True, text=True, encoding="utf-8", timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.node
@pytest.mark.parametrize("place", range(len(CASES)), ids=[case["case"] for case in CASES])
def test_a_page_prepares_a_column_as_python_does(said: dict[str, Any], place: int):
    recipe, texts = CASES[place]["recipe"], CASES[place]["texts"]
    expected = recipes.encode_column(recipe, texts).reshape(len(texts), -1)
    made = np.array(said["made"][place]["values"], dtype=expected.dtype).reshape(expected.shape)
    different = {texts[row]: (made[row].tolist(), expected[row].tolist())
                 for row in range(len(texts)) if not np.allclose(made[row], expected[row], rtol=1e-7, atol=1e-9)}  # fmt: skip
    assert not different


def test_numbers_are_read_row_by_row_as_in_a_whole_column():
    """A page meets one cell at a time, and a server a whole column, which NumPy may read by itself."""
    for case in CASES:
        recipe, texts = case["recipe"], case["texts"]
        if recipe["parse"]["as"] == "number":
            whole = recipes.read_values(texts, recipe["parse"])
            alone = [recipes.read_values([text], recipe["parse"])[0] for text in texts]
            assert np.array_equal(whole, alone, equal_nan=True)


@pytest.mark.node
def test_a_page_names_columns_and_reads_cells_as_python_does(said: dict[str, Any]):
    names = ["a", "", "a", " two\nlines ", "a_2", "\ufeffb\x1cc", "x" * 300]
    assert said["names"] == recipes.column_names(names)
    assert said["cells"] == [["a", 'b;"c"\nd', ""], ["xy", "2", "3"], [""], ["1", ""]]


@pytest.mark.node
def test_no_spreadsheet_takes_a_cell_for_a_formula(said: dict[str, Any]):
    assert said["harmless"] == ["'=1+1", "-5", "-5%", "'@x", "'+a", "'\tx", "a=b", "'-x"]


@pytest.mark.node
def test_answers_of_a_list_are_ranked_as_in_python():
    dice = np.random.default_rng(4)
    points, known, asked = (_of_length_one(dice.normal(size=(rows, 6))) for rows in (9, 14, 30))
    asked[3] = points[7]
    stored = {"points": points, "known": known, "of": np.sort(dice.integers(0, 9, 14)), "alike": 0.8}
    stored["texts"] = [f"answer {number}" for number in range(9)]
    target, columns = {"told": 3, "threshold": 0.6}, {"a": ["text"] * 29 + [" "]}
    asking = "const { target, list, asked, columns } = JSON.parse(readFileSync(0, 'utf8')); console.log(JSON.stringify(modelyard.replies(target, list, asked, columns)))"
    plain = {name: np.ravel(part).tolist() if name != "texts" else part for name, part in stored.items()}
    plain["alike"] = 0.8
    given = {"target": target, "list": plain, "asked": asked.tolist(), "columns": columns}
    found = _in_node(OPENED + asking, given)
    expected = ranking.lines({"target": target}, stored, asked, columns)
    texts = [[cell for cell in row if isinstance(cell, str)] for row in found]
    assert texts == [[cell for cell in row.values() if isinstance(cell, str)] for row in expected]
    assert "" in [row[0] for row in texts[:-1]]
    for row, wanted in zip(found, expected, strict=True):
        scores = [cell for cell in row if not isinstance(cell, str)]
        assert np.allclose(
            scores, [cell for cell in wanted.values() if not isinstance(cell, str)], atol=1.1e-5
        )


def _of_length_one(points: np.ndarray) -> np.ndarray:
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)
