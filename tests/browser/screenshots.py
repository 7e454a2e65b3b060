"""Pictures of both pages on the demo portfolio: `python -m tests.browser.screenshots FOLDER`.

One picture for each page, theme and width, and screenshot.png, which the README shows.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.dashboard import ROOT, Visit, dashboard, launch

PAGES = {"portfolio": "/", "heat-map": "/?view=Heat+map", "project": "/project?project=CHURN"}
THEMES = ("light", "dark")
WIDTHS = (1440, 1024, 390)
TALLEST = 4000


def take(browser: Browser, url: str, to: Path) -> None:
    """All pictures of one dashboard. The first visit waits until everything is read."""
    for theme in THEMES:
        for width in WIDTHS:
            context = browser.new_context(
                color_scheme="dark" if theme == "dark" else "light", viewport={"width": width, "height": 900}
            )
            visit = Visit(context.new_page(), url)
            for name, path in PAGES.items():
                visit.page.set_viewport_size({"width": width, "height": 900})
                visit.open(path)
                if (name, theme, width) == ("portfolio", "light", 1440):
                    visit.shows("ranked projects")  # the first reading may not have begun to show
                    visit.wait()
                    visit.page.screenshot(path=to / "screenshot.png")
                tall = visit.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
                visit.page.set_viewport_size({"width": width, "height": min(max(int(tall), 900), TALLEST)})
                visit.wait()
                visit.page.screenshot(path=to / f"{name}-{theme}-{width}.png")
            context.close()


def main(to: Path) -> None:
    """Serve a copy of the demo, and take its pictures."""
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary) / "demo"
        shutil.copytree(ROOT / "data" / "demo", folder, ignore=shutil.ignore_patterns(".unstuck", "make"))
        browser = launch(playwright)
        with dashboard(folder) as url:
            take(browser, url, to)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
