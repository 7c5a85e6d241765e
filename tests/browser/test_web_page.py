"""A model as a page, opened from disk in a Chromium without a network: asked, given a file, and proved."""

import base64
import csv
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from core import datasets, pixels, prepare, proof, runs, samples, suggest
from core.answer import Model
from core.runs import Run
from core.spec import Spec
from core.templates import SHELF
from tests.core.drawn_pictures import bars, bars_zip, drawn

pytestmark = [pytest.mark.heavy, pytest.mark.browser]
TEMPLATES = {
    "telco_churn": "members_network",
    "diamonds": "table_network",
    "review_sentences": "counted_words",
    "bars": "picture_network",
}
ROWS = 300


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Run, Path]]:
    """A model of a sample's first rows, and the folder of its page; each is made once."""
    from core.worker import door

    place, made = tmp_path_factory.mktemp("pages"), {}

    def get(name: str) -> tuple[Run, Path]:
        if name not in made:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("MODELYARD_HOME", str(place / "workspace"))
                run = runs.create(_spec(name, place))
                door.enter(run.folder)
                path, _ = proof.export(run, "web_page", place / name)
            with ZipFile(path) as file:
                file.extractall(place / name)
            made[name] = run, place / name
        return made[name]

    return get


def _spec(name: str, place: Path) -> Spec:
    if name == "bars":
        path, target = bars_zip(place / "bars.zip"), "label"
    else:
        path, target = place / f"{name}.csv", samples.find(name).target
        rows = samples.find(name).path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(rows[: ROWS + 1]), encoding="utf-8")
    data = datasets.add(path)
    goal = suggest.suggest(datasets.profile(data.id), target).goal
    template = TEMPLATES[name]
    graph = SHELF[template].graph(prepare.prepare(data.id, goal).facts, {})
    return Spec(data.id, goal, template, graph, {"epochs": 3}, name=name)


@pytest.fixture
def window(chromium: Browser, request: pytest.FixtureRequest):
    """A window without a network, as large as a phone where a test asks for it."""
    width = getattr(request, "param", 1280)
    context = chromium.new_context(
        viewport={"width": width, "height": 844}, offline=True, accept_downloads=True
    )
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"The page stumbled: {error}"))
    page.on(
        "request", lambda asked: asked.url.startswith(("file:", "data:", "blob:")) or pytest.fail(asked.url)
    )
    yield page
    context.close()


def opened(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    expect(page.locator(".headline")).to_be_visible()


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_page_on_disk_proves_that_it_answers_like_the_app(
    trained: Callable[[str], tuple[Run, Path]], window: Page, name: str
):
    run, folder = trained(name)
    proved = run.proof("web_page")
    assert proved
    rows = proved["rows"]
    assert (proved["in"], proved["equal"]) == ("chromium", True)
    assert proved["largest_difference"] < (1 if name == "diamonds" else 1e-5)
    for file in (folder / "index.html", folder / f"{name}.html"):
        opened(window, file)
        window.get_by_role("button", name="Check this page").click()
        expect(window.locator("#proof")).to_contain_text(f"Rows that answered the same: {rows}.")


def test_what_is_entered_is_answered_at_once_as_in_the_app(
    trained: Callable[[str], tuple[Run, Path]], window: Page
):
    run, folder = trained("telco_churn")
    opened(window, folder / "index.html")
    row = {recipe["column"]: "" for recipe in (run.recipes() or {})["columns"]}
    window.locator("form summary").click()
    for name in row:
        box = window.get_by_label(name, exact=True)
        is_list = box.evaluate("box => box.tagName") == "SELECT"
        row[name] = ("Two year" if name == "contract" else "") if is_list else "12"
        _ = box.select_option(row[name]) if is_list else box.fill(row[name])
    expected = Model.open(run).answer({name: [text] for name, text in row.items()})
    chance = max(expected["probabilities"][0])
    expect(window.locator(".answer")).to_contain_text(
        f"The chance of “{expected['prediction'][0]}” is {chance:.1%}"
    )


def test_a_file_is_answered_in_the_browser_and_no_cell_is_a_formula(
    trained: Callable[[str], tuple[Run, Path]], window: Page, tmp_path: Path
):
    run, folder = trained("review_sentences")
    opened(window, folder / "review_sentences.html")
    texts = ['great phone, "really" great', "=HYPERLINK(1)", "", "价格很好"] * 100
    with (tmp_path / "mine.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([["id", "sentence"], *enumerate(texts)])
    window.locator("#file").set_input_files(tmp_path / "mine.csv")
    expect(window.get_by_text("Rows answered: 400")).to_be_visible()
    with window.expect_download() as told:
        window.get_by_role("link", name="Download the answers").click()
    assert told.value.suggested_filename == "mine-answers.csv"
    with Path(told.value.path()).open(encoding="utf-8-sig", newline="") as file:
        said = list(csv.DictReader(file))
    assert [row["sentence"] for row in said[:4]] == [texts[0], "'=HYPERLINK(1)", "", "价格很好"]
    assert [row["prediction"] for row in said] == Model.open(run).answer({"sentence": texts})["prediction"]
    (tmp_path / "other.csv").write_text("name\nx\n", encoding="utf-8")
    window.locator("#file").set_input_files(tmp_path / "other.csv")
    expect(window.get_by_role("alert")).to_have_text(
        "The file lacks these columns: sentence. Add them under the same names; their cells may be empty."
    )


@pytest.mark.parametrize("window", [390], indirect=True)
def test_a_page_fits_a_phone_and_is_used_by_keyboard(
    trained: Callable[[str], tuple[Run, Path]], window: Page
):
    _, folder = trained("diamonds")
    opened(window, folder / "index.html")
    assert window.evaluate("document.documentElement.scrollWidth") == 390
    window.get_by_role("button", name="Try a sample row").focus()
    window.keyboard.press("Enter")
    expect(window.get_by_text("Sample row 2 of 22")).to_be_visible()
    before = window.locator(".headline").inner_text()
    carat = window.get_by_label("carat, between its usual values")
    carat.focus()
    for _ in range(40):
        window.keyboard.press("ArrowRight")
    expect(window.locator(".headline")).not_to_have_text(before)


def _pictures() -> dict[str, bytes]:
    """One picture in each way that browsers read; all but photographs have to come out bit for bit."""
    dice = np.random.default_rng(3)
    small = Image.fromarray(dice.integers(0, 256, (9, 13, 3), dtype=np.uint8)).resize((130, 90))
    clear = small.convert("RGBA")
    clear.putalpha(small.convert("L"))
    forms = {"PNG": small, "GIF": small, "BMP": small, "WEBP": small, "JPEG": small.resize((640, 480))}
    made = {"clear": drawn(clear), "grey": drawn(small.convert("LA")), "palette": drawn(small.convert("P"))}
    return made | {form: drawn(picture, form) for form, picture in forms.items()}


def test_a_browser_sees_the_pixels_that_pillow_sees(trained: Callable[[str], tuple[Run, Path]], window: Page):
    _, folder = trained("bars")
    opened(window, folder / "index.html")
    see = "([content, parse]) => modelyard.looked(Uint8Array.from(atob(content), (c) => c.charCodeAt(0)), parse).then((seen) => seen && Array.from(seen))"
    for form, content in _pictures().items():
        for mode, size in (("RGB", [48, 64]), ("L", [28, 28]), ("RGB", [120, 200])):
            parse = {"as": "picture", "mode": mode, "size": size}
            expected = pixels.read(content, parse)
            seen = window.evaluate(see, [base64.b64encode(content).decode(), parse])
            assert expected is not None
            apart = np.abs(np.array(seen) - expected.reshape(-1).astype(int)).max()
            assert apart <= (4 if form == "JPEG" else 0), (form, parse)
    nothing = base64.b64encode(b"nothing").decode()
    assert window.evaluate(see, [nothing, {"as": "picture", "mode": "L", "size": [8, 8]}]) is None


def test_a_picture_of_ones_own_and_many_of_them_are_answered(
    trained: Callable[[str], tuple[Run, Path]], window: Page, tmp_path: Path
):
    run, folder = trained("bars")
    opened(window, folder / "bars.html")
    files = [tmp_path / f"{number}.png" for number in range(4)]
    for number, file in enumerate(files):
        file.write_bytes(bars(number % 2 == 0, 100 + number))
    expected = Model.open(run).answer({"picture": [file.read_bytes() for file in files]})
    window.get_by_label("picture", exact=True).set_input_files(files[0])
    chance = max(expected["probabilities"][0])
    said = f"The chance of “{expected['prediction'][0]}” is {chance:.1%}"
    expect(window.locator(".answer")).to_contain_text(said)
    (tmp_path / "broken.png").write_bytes(b"nothing")
    window.locator("#file").set_input_files([*files, tmp_path / "broken.png"])
    with window.expect_download() as told:
        window.get_by_role("link", name="Download the answers").click()
    with Path(told.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["prediction"] for row in rows] == [*expected["prediction"], ""]
    window.get_by_label("picture", exact=True).set_input_files(tmp_path / "broken.png")
    expect(window.locator(".answer")).to_have_text(
        "Choose a picture that can be read, and its answer stands here."
    )
