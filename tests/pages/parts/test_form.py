"""A form gives back what its widgets hold, and leaves alone what nobody touched."""

from streamlit.testing.v1 import AppTest

from tests.pages.patience import SECONDS


def page() -> None:
    import streamlit as st

    from core.fields import Choice, Decimal, Numbers, Switch, Whole
    from core.words import mark
    from pages.parts import form

    some = mark("Some")
    fields = {
        "size": Whole(label=mark("Size"), help=some, low=1, high=9, auto=True, main=True),
        "rate": Decimal(label=mark("Rate"), help=some, low=0, high=1, default=0.5),
        "bend": Choice(label=mark("Bend"), help=some, default="a", options={"a": mark("A"), "b": mark("B")}),
        "more": Switch(label=mark("More"), help=some, default=False),
        "shape": Numbers(label=mark("Shape"), help=some, low=1, high=9, default=[3], when={"more": True}),
    }
    # As a page does: keep what is given back, and draw again where it changed.
    kept = st.session_state.get("found", {"rate": 0.5})
    st.session_state.found = form.form(fields, kept, "f", {"size": 4})
    if st.session_state.found != kept:
        st.rerun()
    st.session_state.main = form.form(fields, {}, "g", main=True)


def opened() -> AppTest:
    app = AppTest.from_function(page, default_timeout=SECONDS).run()
    assert not app.exception
    return app


def test_an_untouched_form_gives_back_what_was_set_before():
    assert opened().session_state.found == {"rate": 0.5}


def test_an_automatic_field_shows_what_it_comes_to():
    size = opened().number_input(key="f-size")
    assert size.value is None
    assert size.placeholder == "automatic: 4"


def test_a_changed_value_is_given_back_and_an_emptied_one_is_automatic_again():
    app = opened()
    app.number_input(key="f-size").set_value(7).run()
    assert app.session_state.found == {"size": 7, "rate": 0.5}
    app.number_input(key="f-size").set_value(None).run()
    assert app.session_state.found == {"size": None, "rate": 0.5}


def test_a_field_appears_when_another_one_asks_for_it():
    app = opened()
    assert not app.text_input
    app.toggle(key="f-more").set_value(True).run()
    app.text_input(key="f-shape").set_value("2 × 5").run()
    assert app.session_state.found == {"rate": 0.5, "more": True, "shape": [2, 5]}


def test_a_list_that_is_outside_its_limits_is_told_and_not_taken():
    app = opened()
    app.toggle(key="f-more").set_value(True).run()
    app.text_input(key="f-shape").set_value("2, many").run()
    assert app.session_state.found == {"rate": 0.5, "more": True}
    assert any("up to 8 whole numbers" in caption.value for caption in app.caption)


def test_a_part_of_a_form_gives_back_only_its_own_fields():
    app = opened()
    app.number_input(key="g-size").set_value(2).run()
    assert app.session_state.main == {"size": 2}
