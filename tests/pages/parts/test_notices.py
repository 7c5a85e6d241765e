"""On the Train page an address is entered, tested and taken away; a page in the background hears of the end."""

from collections.abc import Iterator

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from core import notices, projects, runs
from core.projects import Project
from core.runs import Run, states
from core.runs.queue import lock_path
from core.words import mark
from pages.parts import curves, ended_route, keys, live_notices
from tests.pages.parts.test_live_stream import Viewer
from tests.pages.patience import SECONDS

ADDRESS = "http://127.0.0.1:9/services/not-to-be-seen"


def page(project: Project) -> AppTest:
    script = (
        "from core import projects\nfrom pages.parts import notices\n"
        f"notices.draw(projects.load({project.id!r}))"
    )
    app = AppTest.from_string(script, default_timeout=SECONDS).run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    return " ".join(str(one.value) for one in (*app.markdown, *app.caption, *app.error, *app.success))


def test_an_address_is_kept_for_all_projects_or_for_this_one_and_never_shown(project: Project):
    app = page(project)
    app.text_input[0].input(ADDRESS)
    app.button(key="webhook-keep").click().run()
    assert notices.webhook("").address == ADDRESS
    assert "not-to-be-seen" not in shown(app)
    assert "127" in shown(app)
    app.button(key="webhook-remove").click().run()
    assert notices.webhook(project.id) is None
    app.text_input[0].input(ADDRESS)
    app.checkbox[0].check()
    app.button(key="webhook-keep").click().run()
    assert notices.webhook("") is None
    assert notices.webhook(project.id).address == ADDRESS


def test_what_is_no_address_is_refused_in_two_sentences(project: Project):
    app = page(project)
    app.text_input[0].input("example.com")
    app.button(key="webhook-keep").click().run()
    assert "no web address" in app.error[0].value
    assert notices.webhook(project.id) is None


def test_a_test_says_what_came_of_it(project: Project):
    notices.keep(ADDRESS)
    app = page(project)
    assert "Nothing was sent yet" in shown(app)
    app.button(key="webhook-test").click().run()
    assert "could not be reached" in app.error[0].value
    assert "Tried at" in shown(app)


@pytest.fixture
def run(project: Project) -> Iterator[Run]:
    from core.goal import Goal
    from core.graph import Graph
    from core.spec import Spec

    run = runs.create(
        Spec(project.data, Goal("y", "amount", ("x",), {}), "", Graph(()), {}, project=project.id)
    )
    states.step(run.folder, "starting")
    states.step(run.folder, "running")
    with FileLock(lock_path()):  # no supervisor is started
        yield run


def wait(run: Run, key: str = "") -> Viewer:
    return Viewer(f"/api/runs/{run.id}/ended", f"key={key or keys.key(run.id)}&language=en")


def test_a_page_in_the_background_hears_of_the_end_and_of_nothing_else(run: Run):
    import asyncio

    async def story() -> None:
        viewer, stranger = wait(run), wait(run, "0" * 32)
        await stranger.end()
        assert (stranger.status, stranger.events) == (403, [])
        await asyncio.sleep(0)
        assert viewer.events == []
        states.step(run.folder, "failed", mark("It was too much."))
        told = await viewer.hear("ended")
        await viewer.end()
        name = projects.load(run.spec().project).name
        assert told == {"text": f"Training of “{name}” failed: It was too much."}
        assert viewer.events == [("ended", told)]

    asyncio.run(story())


def test_a_page_that_is_left_is_not_waited_for(run: Run):
    import asyncio

    async def story() -> None:
        viewer = wait(run)
        await asyncio.sleep(0)
        await viewer.leave()

    asyncio.run(story())


def test_the_panel_knows_where_to_wait_and_how_it_has_ended(run: Run):
    told = live_notices.told(run, curves.of(run))
    assert (told["ended"], told["text"], told["url"]) == (False, "", ended_route.address(run.id))
    states.step(run.folder, "failed", mark("It was too much."))
    assert live_notices.told(run, curves.of(run))["ended"]
