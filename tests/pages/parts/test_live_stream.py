"""The stream behind the moving panel: everybody hears everything, once, from one task that ends with the last viewer."""

import asyncio
import json
import logging
import shutil
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from filelock import FileLock
from starlette.applications import Starlette

from core import home, runs
from core.goal import Goal
from core.graph import Graph
from core.runs import Run, states
from core.runs.events import Journal
from core.runs.queue import lock_path
from core.spec import Spec
from core.words import mark
from pages.parts import keys, live_stream, server

SECONDS = 20
Event = tuple[str, Any]


class Viewer:
    """One open page, without a network between."""

    def __init__(self, path: str, query: str):
        self.status, self.body = 0, ""
        self._left, self._news = asyncio.Event(), asyncio.Event()
        scope = {
            "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": query.encode(),
            "headers": [], "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 80),
            "client": ("127.0.0.1", 1), "root_path": "", "asgi": {"version": "3.0", "spec_version": "2.3"},
        }  # fmt: skip
        self.task = asyncio.create_task(Starlette(routes=server.ROUTES)(scope, self._receive, self._send))

    @property
    def events(self) -> list[Event]:
        lines = [part.split("\n") for part in self.body.split("\n\n") if part.startswith("event: ")]
        return [
            (event.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for event, data in lines
        ]

    def all(self, name: str) -> list[Any]:
        return [data for event, data in self.events if event == name]

    async def hear(self, name: str, count: int = 1) -> Any:
        """Wait for so many events of this name; the latest of them."""
        async with asyncio.timeout(SECONDS):
            while len(self.all(name)) < count:
                self._news.clear()
                await self._news.wait()
        return self.all(name)[-1]

    async def end(self) -> None:
        async with asyncio.timeout(SECONDS):
            await self.task

    async def leave(self) -> None:
        self._left.set()
        await self.end()

    async def _receive(self) -> dict[str, Any]:
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"").decode()
        self._news.set()


def look(run: Run, language: str = "en") -> Viewer:
    return Viewer(f"/api/runs/{run.id}/live", f"key={keys.key(run.id)}&language={language}")


def seen(act: Callable[[], Awaitable[None]]) -> None:
    """Carry the story out, and see that nothing of it goes on afterwards."""

    async def story() -> None:
        await act()
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(story())
    assert not live_stream._told


@pytest.fixture
def run() -> Run:
    """A run that trains, as far as its folder tells, in a workspace where no supervisor is started."""
    goal = Goal("y", "amount", ("x",), {})
    run = runs.create(Spec("0" * 16, goal, "", Graph(()), {}))
    states.step(run.folder, "starting")
    states.step(run.folder, "running")
    with FileLock(lock_path()), Journal(run.folder) as journal:
        journal.write(
            "begin", device="CPU", rows=90, steps_per_epoch=10, epochs=9, minutes=1, metric="r2", weights=2,
            learning_rate=0.01,
        )  # fmt: skip
        yield run


def steps(run: Run, end: int) -> None:
    with Journal(run.folder) as journal:
        journal.write("steps", epoch=end // 10 + 1, first=end - 4, step=end, losses=[1.0] * 5, spent=end / 10)


def epoch(run: Run, number: int) -> None:
    with Journal(run.folder) as journal:
        journal.write(
            "epoch", epoch=number, step=number * 10, loss=1.0, val_loss=2.0, r2=0.5, val_r2=0.4, val_mae=3.0,
            seconds=1.0, best=True, spent=number,
        )  # fmt: skip


def test_an_ended_run_is_told_whole_and_then_closed(run: Run):
    epoch(run, 1)
    states.step(run.folder, "done")

    async def story() -> None:
        viewer = look(run)
        await viewer.end()
        assert viewer.status == 200
        told = dict(viewer.events)
        assert told["curves"]["epochs"]["val_r2"] == [0.4]
        assert told["status"]["badge"]["text"] == "Done"
        assert told["state"]["ended"]
        assert viewer.events[-1] == ("end", {})

    seen(story)


def test_who_knows_the_curves_hears_only_what_is_new_and_who_comes_later_hears_all(run: Run):
    async def story() -> None:
        steps(run, 5)
        early = look(run)
        assert (await early.hear("curves"))["steps"]["at"] == [1, 2, 3, 4, 5]
        steps(run, 10)
        assert (await early.hear("curves+"))["steps"]["at"] == [6, 7, 8, 9, 10]
        late = look(run)
        assert (await late.hear("curves"))["steps"]["at"] == list(range(1, 11))
        assert len(early.all("curves")) == 1
        await early.leave()
        steps(run, 15)
        assert (await late.hear("curves+"))["steps"]["at"] == [11, 12, 13, 14, 15]
        await late.leave()

    seen(story)


def test_all_viewers_are_told_by_one_task(run: Run):
    async def story() -> None:
        viewers = [look(run) for _ in range(20)]
        for viewer in viewers:
            await viewer.hear("status")
        assert len(live_stream._told) == 1
        steps(run, 5)
        for viewer in viewers:
            await viewer.hear("curves+")
        bodies = {viewer.body for viewer in viewers}
        assert len({body[: body.index("event: curves+")] for body in bodies}) == 1
        for viewer in viewers:
            await viewer.leave()

    seen(story)


def test_everybody_is_told_in_their_own_language(run: Run):
    async def story() -> None:
        english, chinese, unknown = look(run), look(run, "zh_CN"), look(run, "xx")
        assert (await english.hear("status"))["badge"]["text"] == "Running"
        assert (await chinese.hear("status"))["badge"]["text"] == "运行中"
        assert (await unknown.hear("status"))["badge"]["text"] == "Running"
        for viewer in (english, chinese, unknown):
            await viewer.leave()

    seen(story)


def test_what_does_not_change_is_not_told_again(run: Run):
    epoch(run, 1)

    async def story() -> None:
        viewer = look(run)
        await viewer.hear("status")
        steps(run, 15)
        await viewer.hear("curves+")
        await viewer.leave()
        assert len(viewer.all("state")) == len(viewer.all("curves")) == 1

    seen(story)


def test_curves_that_were_cut_back_are_told_anew(run: Run):
    async def story() -> None:
        place = (run.folder / "events.jsonl").stat().st_size
        steps(run, 5)
        viewer = look(run)
        await viewer.hear("curves")
        with (run.folder / "events.jsonl").open("r+b") as file:
            file.truncate(place)
        epoch(run, 7)
        assert (await viewer.hear("curves", 2))["epochs"]["epoch"] == [7]
        await viewer.leave()

    seen(story)


def test_the_page_hears_of_another_state_and_of_a_wish_to_pause(run: Run):
    async def story() -> None:
        viewer = look(run)
        first = await viewer.hear("state")
        runs.request_pause(run)
        second = await viewer.hear("state", 2)
        states.step(run.folder, "paused")
        third = await viewer.hear("state", 3)
        assert len({state["drawn"] for state in (first, second, third)}) == 3
        await viewer.leave()

    seen(story)


def test_a_part_that_fails_is_logged_once_and_the_others_go_on(run: Run, caplog: pytest.LogCaptureFixture):
    spec = home.read_json(run.folder / "spec.json")
    home.write_json(run.folder / "spec.json", {**spec, "goal": {**spec["goal"], "task": "fortune_telling"}})

    async def story() -> None:
        viewer = look(run)
        await viewer.hear("status")
        steps(run, 5)
        epoch(run, 1)
        await viewer.hear("status", 2)
        await viewer.leave()
        assert not viewer.all("curves")

    with caplog.at_level(logging.ERROR, "modelyard"):
        seen(story)
    assert len([record for record in caplog.records if "curves" in record.getMessage()]) == 1


def test_a_run_that_is_deleted_ends_the_stream(run: Run):
    async def story() -> None:
        viewer = look(run)
        await viewer.hear("status")
        shutil.rmtree(run.folder)
        await viewer.end()
        assert viewer.events[-1][0] == "end"

    seen(story)


def test_a_run_that_goes_on_after_its_end_is_followed_again(run: Run):
    async def story() -> None:
        states.step(run.folder, "crashed", mark("Gone."), mark("Go on."))
        await look(run).end()
        states.step(run.folder, "queued")
        viewer = look(run)
        assert (await viewer.hear("status"))["badge"]["text"] == "Waiting"
        await viewer.leave()

    seen(story)


@pytest.mark.parametrize("key", ["", "key=", "key=0123", "key=é"])
def test_nobody_follows_a_run_without_its_key(run: Run, key: str):
    async def story() -> None:
        viewer = Viewer(f"/api/runs/{run.id}/live", key)
        await viewer.end()
        assert viewer.status == 403

    seen(story)


def test_the_key_of_one_run_opens_no_other(run: Run):
    async def story() -> None:
        viewer = Viewer("/api/runs/20260101-000000-00000001/live", f"key={keys.key(run.id)}")
        await viewer.end()
        assert viewer.status == 403

    seen(story)


def test_a_run_that_is_not_there_is_not_found():
    id = "20260101-000000-00000001"

    async def story() -> None:
        viewer = Viewer(f"/api/runs/{id}/live", f"key={keys.key(id)}")
        await viewer.end()
        assert viewer.status == 404

    seen(story)
