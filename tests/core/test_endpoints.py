"""The address of a model is off until it is switched on, and its key is kept nowhere."""

import pytest

from core import endpoints, home

RUN = "20261123-165533-9cb93651"


def test_it_is_off_until_it_is_switched_on_and_again_afterwards():
    assert endpoints.find(RUN) is None
    endpoints.switch_on(RUN)
    assert endpoints.find(RUN) is not None
    endpoints.switch_off(RUN)
    assert endpoints.find(RUN) is None


def test_the_key_opens_it_and_stands_in_no_file():
    key = endpoints.switch_on(RUN)
    assert len(key) > 40
    assert endpoints.find(RUN).fits(key)
    assert not endpoints.find(RUN).fits(key[:-1])
    assert not endpoints.find(RUN).fits("")
    assert not endpoints.find(RUN).fits("\ud800")
    assert all(key not in path.read_text() for path in home.folder("endpoints").iterdir())


def test_a_new_key_takes_the_place_of_the_old_one():
    old, new = endpoints.switch_on(RUN), endpoints.switch_on(RUN)
    assert not endpoints.find(RUN).fits(old)
    assert endpoints.find(RUN).fits(new)
    assert endpoints.find(RUN).end == new[-4:]


@pytest.mark.parametrize("id", ["", "..", "../runs/x", "x" * 300, f"{RUN}\n", f"../{RUN}"])
def test_what_is_no_run_has_no_address(id: str):
    endpoints.switch_on(RUN)
    assert endpoints.find(id) is None
    endpoints.switch_off(id)
    assert endpoints.find(RUN) is not None
