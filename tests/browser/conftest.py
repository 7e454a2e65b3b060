"""Fixtures of the browser tests. They are skipped, with the reason, where no browser can be started."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sample_diagnosis import portfolio
from tests.views.sample_folder import make

try:
    from playwright.sync_api import Browser, sync_playwright

    from tests.browser.dashboard import CHROMIUM, ROOT, Visit, dashboard, launch

    MISSING = "" if CHROMIUM.exists() else f"{CHROMIUM} is not there (apt-get install chromium)"
except ImportError:
    MISSING = "playwright is not installed (requirements-dev.txt)"


@pytest.fixture(scope="session", autouse=True)
def _can_be_driven() -> None:
    if MISSING:
        pytest.skip(MISSING)


@pytest.fixture(scope="session")
def browser(_can_be_driven: None) -> Iterator["Browser"]:
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def sample_url(_can_be_driven: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on the hand-written sample."""
    with dashboard(make(tmp_path_factory.mktemp("sample"), portfolio())) as url:
        yield url


@pytest.fixture(scope="session")
def demo_url(_can_be_driven: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on a copy of the demo portfolio, which it reads itself."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    shutil.copytree(ROOT / "data" / "demo", folder, ignore=shutil.ignore_patterns(".unstuck", "make"))
    with dashboard(folder) as url:
        yield url


def _visit(browser: "Browser", url: str) -> Iterator["Visit"]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    visit = Visit(context.new_page(), url)
    yield visit
    context.close()
    assert visit.faults == []


@pytest.fixture
def sample(browser: "Browser", sample_url: str) -> Iterator["Visit"]:
    """A visit to the sample; it fails when the page did anything that it must not do."""
    yield from _visit(browser, sample_url)


@pytest.fixture
def demo(browser: "Browser", demo_url: str) -> Iterator["Visit"]:
    """A visit to the demo portfolio; it fails when the page did anything that it must not do."""
    yield from _visit(browser, demo_url)


@pytest.fixture
def empty_folder(tmp_path: Path) -> Path:
    return tmp_path / "nothing"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
