"""The start page takes cells that were copied, and says what is wrong with an address."""

import time
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from core import home, projects

Visit = Callable[..., AppTest]


def pressed(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


def waited(app: AppTest, until: Callable[[AppTest], object]) -> AppTest:
    for _ in range(60):
        if until(app):
            break
        time.sleep(0.5)
        app.run()
    return app


def test_pasted_cells_become_a_project(visit: Visit):
    app = visit("home")
    app.text_area[0].set_value("name\tage\n" + "\n".join(f"p{n}\t{n}" for n in range(30)))
    app = waited(pressed(app, "Read what was pasted"), lambda app: projects.everything())
    assert not app.exception
    (made,) = projects.everything()
    assert made.name == "Pasted table"
    assert not any(home.folder("uploads").iterdir()), "nothing is left of the way"


def test_cells_without_rows_get_two_sentences(visit: Visit):
    app = visit("home")
    app.text_area[0].set_value("only one line")
    app = pressed(app, "Read what was pasted")
    assert "has no rows below a line of names" in app.error[0].value
    assert not any(home.folder("uploads").iterdir())


def test_an_address_that_is_none_gets_two_sentences(visit: Visit):
    app = visit("home")
    next(one for one in app.text_input if one.label == "From a web address").set_value(
        "http://127.0.0.1/secret.csv"
    )
    app = waited(pressed(app, "Fetch it"), lambda app: app.error)
    assert "is not a public address" in app.error[0].value
    assert projects.everything() == []
