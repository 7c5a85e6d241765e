"""What a table of who had what becomes, and what is said of tables that cannot be learned from."""

import pandas
import pytest

from core import datasets, prepare, roles, templates
from core.errors import DataError
from core.goal import Goal, Split, Tastes
from core.tastes import divided, read
from tests.core.tastes.tables import taken

ROLES = Tastes("user", "item", "time", "rating")


def texts(notes) -> str:
    return " ".join(str(note) for note in notes)


def test_every_person_had_each_item_once_in_order_of_time():
    table = taken()
    again = pandas.concat([table, table.iloc[:5]]).sample(frac=1, random_state=3)
    events = read(again, ROLES)
    assert len(events.person) == len(table)
    assert (events.person[1:] >= events.person[:-1]).all()
    same = events.person[1:] == events.person[:-1]
    assert (events.time[1:] >= events.time[:-1])[same].all()
    assert "5 rows say again" in texts(events.notes)


def test_ids_that_differ_by_a_space_a_capital_or_a_decimal_are_one():
    table = taken(items=10, each=5)
    table["user"] = [name.replace("u", "") for name in table["user"]]
    table.loc[table.index[::3], "user"] += ".0"
    table["item"] = ["film " + "abcdefghij"[int(name[1:]) % 10] for name in table["item"]]
    table.loc[table.index[1::90], "item"] = " " + table["item"].str.replace("film", "Film") + " "
    events = read(table, ROLES)
    assert (len(events.persons), len(events.items)) == (30, 10)
    assert "written in several ways" in texts(events.notes)


def test_codes_whose_capitals_matter_stay_apart():
    table = taken(items=10, each=5)
    table["item"] = [f"{'aA'[int(name[1:]) % 2]}{int(name[1:]) // 2}x" for name in table["item"]]
    events = read(table, ROLES)
    assert len(events.items) == 10
    assert "differ by capitals alone, such as" in texts(events.notes)


def test_a_few_codes_in_other_capitals_are_slips():
    table = taken()
    table.loc[3, "item"], table.loc[50, "item"] = (table["item"][row].upper() for row in (3, 50))
    events = read(table, ROLES)
    assert len(events.items) == 24
    assert "count as one each" in texts(events.notes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024-01-{:02d}", "{}.02.2024"),
        ("2024-01-{:02d}", "02/{:02d}/2024 10:05"),
        ("2024-01-{:02d} 08:00", "170700{:02d}00"),
        ("{:02d}-02-2024", "2024-01-{:02d}"),
    ],
)
def test_times_written_in_several_ways_are_each_read(one: str, other: str):
    table = taken(persons=20)
    days = [1 + n % 28 for n in range(len(table))]
    table["time"] = [(other if n % 2 else one).format(day) for n, day in enumerate(days)]
    events = read(table, ROLES)
    assert 19_700 < events.time.min() <= events.time.max() < 19_800
    assert "are written in 2 ways" in texts(events.notes)
    assert "cannot be read" not in texts(events.notes)


def test_robots_are_noticed_and_left_out():
    robot = pandas.DataFrame(
        {"user": "robot", "item": [f"i{n}" for n in range(700)], "time": [str(1_600_000_000 + n // 50) for n in range(700)], "rating": "3"}
    )  # fmt: skip
    events = read(pandas.concat([taken(), robot]), ROLES)
    assert "robot" not in events.persons
    assert "only robots do" in texts(events.notes)


def test_times_may_be_dates_and_those_that_cannot_be_read_come_first():
    table = taken(each=4)
    table["time"] = [f"2024-01-{1 + n % 4:02d}" for n in range(len(table))]
    table.loc[3, "time"] = "soon"
    events = read(table, ROLES)
    assert events.row[0] == 3
    assert "cannot be read, such as “soon”" in texts(events.notes)
    assert "lie in the future" in texts(read(table, ROLES, now=10.0).notes)


def test_ratings_that_are_all_equal_are_told_and_count_alike():
    events = read(taken(rating="4"), ROLES)
    assert events.liked.all()
    assert "All ratings" in texts(events.notes)


def test_what_was_not_liked_is_neither_learned_nor_asked():
    events = read(taken(each=12), Tastes("user", "item", "time", "rating", least=3))
    side = divided(events, Split("last")).side
    assert not events.liked.all()
    assert (side[~events.liked] == -1).all()


@pytest.mark.parametrize(
    ("table", "roles", "says"),
    [
        (taken(user="one"), ROLES, "names only one person"),
        (taken(item="one"), ROLES, "names only one item"),
        (taken(persons=12, each=2), ROLES, "had three different items of “item” or more"),
        (taken(), Tastes("user", "user"), "both the person and the item"),
        (taken(), Tastes("nobody", "item"), "no column “nobody”"),
        (taken(), Tastes("user", "item", "when"), "no column “when”"),
        (taken(time=""), ROLES, "is empty"),
        (taken(time="soon"), ROLES, "not dates"),
        (taken(), Tastes("user", "item", "time", "rating", least=9), "No rating"),
        (taken(user=""), ROLES, "names only one person"),
    ],
)
def test_what_cannot_be_learned_from_is_two_sentences(table, roles: Tastes, says: str):
    with pytest.raises(DataError, match=says) as error:
        read(table, roles)
    assert str(error.value.fix)


def test_what_was_noticed_is_kept_with_the_prepared_rows(tmp_path):
    path = tmp_path / "taken.csv"
    pandas.concat([taken(), taken().iloc[:5]]).assign(time="2999-01-01").to_csv(path, index=False)
    data = datasets.add(path)
    facts = datasets.profile(data.id)
    prepared = prepare.prepare(
        data.id, roles.recommending(facts, Goal("item", "recommend", (), facts.kinds), ROLES)
    )
    told = texts(prepare.noticed(prepared.facts))
    assert "5 rows say again" in told
    assert "lie in the future" in told
    assert "what somebody had last says most" in str(templates.why_default(prepared.facts))
    assert "nothing says what came first" in str(
        templates.why_default({**prepared.facts, "tastes": {**prepared.facts["tastes"], "ordered": False}})
    )
