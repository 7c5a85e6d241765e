"""Recommending on the pages: from the table to the roles, and from the results to what single persons are shown."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core import datasets, prepare, projects, runs
from core.goal import Goal
from core.projects import Project
from core.spec import Spec
from core.suggest import suggest
from core.templates import SHELF
from tests.core.tastes.tables import taken
from tests.pages import shared

Visit = Callable[..., AppTest]


@pytest.fixture
def shop(tmp_path: Path) -> Project:
    """A project about who had what, before anything is asked."""
    path = tmp_path / "taken.csv"
    taken(persons=40).to_csv(path, index=False)
    return projects.create("Shop", datasets.add(path).id)


def about_items(folder: Path) -> str:
    """The data set that says of which kind each item is: a, or b where its number is odd."""
    items = folder / "items.csv"
    items.write_text("item,kind\n" + "".join(f"i{n:02d},{'ab'[n % 2]}\n" for n in range(26)))
    return datasets.add(items).id


def words_of(app: AppTest) -> str:
    return "\n".join(e.value for kind in (app.title, app.subheader, app.markdown, app.caption) for e in kind)


def test_the_table_itself_offers_to_recommend_and_the_roles_can_be_changed(visit: Visit, shop: Project):
    app = visit("goal", project=shop.id)
    assert not app.exception
    assert "can recommend “item” to each “user”" in words_of(app)
    next(button for button in app.button if str(button.key).startswith("offer-tastes")).click().run()
    assert not app.exception
    goal = Goal.from_json(projects.load(shop.id).goal)
    assert (goal.task, goal.tastes.person, goal.tastes.time) == ("recommend", "user", "time")
    assert "What each person did last is the test" in words_of(app)
    next(box for box in app.selectbox if str(box.key).startswith("time-")).set_value("").run()
    assert not app.exception
    assert Goal.from_json(projects.load(shop.id).goal).split.by == "chance"
    assert "Nothing says what came first" in words_of(app)


def test_another_kind_of_question_can_be_asked_instead(visit: Visit, shop: Project):
    found = suggest(datasets.profile(shop.data), "item")
    app = visit("goal", project=projects.change(shop, goal=found.goal.to_json()).id)
    others = [task for task in found.tasks if task != "recommend"]
    if not others:
        return
    app.segmented_control[0].set_value(others[0]).run()
    assert not app.exception
    goal = Goal.from_json(projects.load(shop.id).goal)
    assert (goal.task, goal.tastes) == (others[0], None)


def test_a_table_of_facts_is_chosen_among_the_data_sets(visit: Visit, shop: Project, tmp_path: Path):
    other = tmp_path / "other.csv"
    other.write_text("day,rain\n" + "".join(f"d{n},{n % 3}\n" for n in range(26)))
    fits, strange = about_items(tmp_path), datasets.add(other).id
    goal = suggest(datasets.profile(shop.data), "item").goal
    app = visit("goal", project=projects.change(shop, goal=goal.to_json()).id)
    box = next(box for box in app.selectbox if str(box.key).startswith("facts-items"))
    box.set_value(fits).run()
    assert not app.exception
    assert Goal.from_json(projects.load(shop.id).goal).tastes.items == fits
    assert "Joined by its column “item”" in words_of(app)
    next(box for box in app.selectbox if str(box.key).startswith("facts-items")).set_value(strange).run()
    assert not app.exception
    assert Goal.from_json(projects.load(shop.id).goal).tastes.items == ""
    assert "No column of the table of facts holds what “item” does" in str(
        [e.value for e in app.markdown] + [e.value for e in app.error]
    )


def test_the_design_says_why_its_template_was_chosen(visit: Visit, shop: Project):
    goal = suggest(datasets.profile(shop.data), "item").goal
    ready = prepare.prepare(shop.data, goal)
    app = visit("design", project=projects.change(shop, goal=goal.to_json(), prepared=ready.id).id)
    assert not app.exception
    assert "Chosen because the order in time is known" in words_of(app)


@pytest.mark.heavy
def test_results_and_use_show_who_is_served_and_what_they_are_shown(
    visit: Visit, shop: Project, tmp_path: Path
):
    from core.worker import door

    goal = suggest(datasets.profile(shop.data), "item").goal
    goal = replace(goal, tastes=replace(goal.tastes, items=about_items(tmp_path)))
    rows = prepare.prepare(shop.data, goal)
    graph = SHELF["item_to_item"].graph(rows.facts, {})
    shop = projects.change(shop, goal=goal.to_json(), prepared=rows.id)
    run = runs.create(
        Spec(shop.data, goal, "item_to_item", graph, {"epochs": 2}, project=shop.id, name="Tastes")
    )
    door.enter(run.folder)
    for page in ("design", "train", "results", "use"):
        shown = visit(page, project=shop.id, run=run.id)
        assert not shown.exception, page
        assert not shown.error, shown.error
        if page == "results":
            assert "of 100 persons found their next item among the ten shown" in words_of(shown)
            assert "For whom it works" in words_of(shown)
    assert "because of" in words_of(shown)
    clicked, only = (
        next(box for box in shown.multiselect if str(box.key).startswith(name))
        for name in ("clicked", "only")
    )
    clicked.set_value(["i01", "i02"]).run()
    assert not shown.exception
    assert only.options == ["kind: a", "kind: b"]
    only.set_value([("kind", "b")]).run()
    listed = re.findall(r"\*\*i(\d+)\*\*", words_of(shown))
    assert len(listed) >= 10
    assert all(int(number) % 2 for number in listed), "only those of the kind b"
    shared.served(run)
    liked = shared.said(run, first="i01", second="nonsense", third=None, fourth="", fifth="i02")
    assert liked.startswith("“nonsense” is not known here. | What suits whoever liked these:")
    assert "because of i01" in liked
