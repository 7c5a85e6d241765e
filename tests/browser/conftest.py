"""One app and one Chromium for all browser tests; every test gets a fresh window.

They end with this package: Playwright keeps an event loop running, in which other tests cannot run their own.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import driver

# On a busy machine the server's answer may take many seconds; a test says what appears, not how fast.
expect.set_options(timeout=driver.PATIENCE)


@pytest.fixture(scope="package")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[driver.App]:
    running = driver.start(tmp_path_factory.mktemp("home"))
    yield running
    running.stop()
    driver.stop_supervisor(running.home)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with driver.chromium() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    context.set_default_timeout(driver.PATIENCE)
    yield context.new_page()
    context.close()
