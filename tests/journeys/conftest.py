"""A real browser for the journeys: Debian's or anybody's Chromium, found by path, driven by Playwright.

Without one the journeys cannot run: `make test` says so plainly at its end, and CI fails.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.walker import Walker

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str | None:
    """Where a Chromium is, or None. STRIDE_CHROMIUM names one that is not on the path."""
    named = os.environ.get("STRIDE_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all journeys of a test process."""
    path = chromium()
    if path is None:
        if os.environ.get("STRIDE_REQUIRE_BROWSER"):
            pytest.fail("No Chromium: the browser journeys did not run. Install Debian's package chromium.")
        pytest.skip("NO BROWSER: the journeys did not run. Install Chromium, or set STRIDE_CHROMIUM to its path.")
    # The driver keeps an event loop in this thread, and Django then refuses every query in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def walker(browser: Browser, live_server) -> Iterator[Callable[..., Walker]]:
    """walker("lead"): a signed-in browser window of the persona; with javascript=False, one without scripts."""
    opened: list[Walker] = []

    def open_window(persona: str = "", *, javascript: bool = True) -> Walker:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=javascript)
        context.set_default_timeout(10_000)
        window = Walker(context.new_page(), live_server.url, javascript=javascript)
        opened.append(window)
        if persona:
            window.enter_as(f"{persona}@stride.example")
        return window

    yield open_window
    for window in opened:
        window.page.context.close()
