"""A dashboard on a port of its own, and a browser that notices whatever it must not do."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Playwright, Request, expect

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
_IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
_READING = "[data-testid=stProgress]"
# Below a page's own path Streamlit first asks for its server there, is told 404, and goes on to the right place.
_ASKING_FOR_ITS_SERVER = re.compile(r"/project/_stcore/(health|host-config)$")
# An icon stands before a link's words, as a line of its own.
_FOCUSED = """(element => element.getAttribute('aria-label')
    || (element.closest('a')?.innerText || '').split('\\n').pop())(document.activeElement)"""
_PATIENCE = 20_000
TABLE_HEAD, TABLE_ROW = 32, 57


@contextmanager
def dashboard(folder: Path) -> Iterator[str]:
    """Serve a portfolio folder as `unstuck serve` does, and yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("UNSTUCK_", "STREAMLIT_"))}
    environment["UNSTUCK_PORTFOLIO"] = str(folder)
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            for _ in range(150):
                try:
                    urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.2)
            else:
                log.seek(0)
                raise RuntimeError(f"the dashboard did not start:\n{log.read().decode()[-3000:]}")
            yield url
        finally:
            server.terminate()
            server.wait(20)


def launch(playwright: Playwright) -> Browser:
    """Debian's chromium, kept from looking for anything outside."""
    return playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=_FLAGS.split())


@dataclass
class Visit:
    """One page of one visitor, with what went wrong on it."""

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._asked)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", self._asked_in_a_dialog)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.url, self.url.replace("http", "ws", 1), "data:", "blob:")):
            self.faults.append(f"request to {request.url}")

    def _asked_in_a_dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _ASKING_FOR_ITS_SERVER.search(message.location.get("url", "")):
            self.faults.append(f"console: {message.text} ({message.location.get('url')})")

    def open(self, path: str = "/") -> None:
        """Go to a path of the dashboard."""
        self.page.goto(self.url + path)
        self.wait()

    def wait(self) -> None:
        """Wait until the page is drawn and nothing is read any more."""
        self.page.wait_for_timeout(250)
        self.page.wait_for_selector("h1")
        self.page.wait_for_selector(_IDLE)
        self.page.wait_for_selector(_READING, state="detached", timeout=300_000)
        self.page.wait_for_timeout(400)
        self.page.wait_for_selector(_IDLE)

    def is_at(self, title: str) -> None:
        """Wait for the page with this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title, timeout=_PATIENCE)
        self.wait()

    def shows(self, text: str) -> None:
        """Wait for a text anywhere on the page."""
        expect(self.page.locator("body")).to_contain_text(text, timeout=_PATIENCE)

    def unfold(self) -> None:
        """Open every expander. A page that is drawn anew in between may take a click back."""
        for expander in self.page.locator("[data-testid=stExpander] details").all():
            for _ in range(5):
                if expander.get_attribute("open") is not None:
                    break
                expander.locator("summary").first.click()
                self.wait()
            expect(expander).to_have_attribute("open", "", timeout=_PATIENCE)
        self.wait()

    def press_tab_until(self, label: str) -> None:
        """Press the tab key until the control or link of this name has the focus."""
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(_FOCUSED) == label:
                return
        raise AssertionError(f"the tab key never came to {label!r}")

    def click_row(self, row: int, table: int = 0) -> None:
        """Click a project in a table, which is one canvas to the browser."""
        canvas = self.page.get_by_test_id("stDataFrame").nth(table)
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + 60, box["y"] + TABLE_HEAD + (row + 0.5) * TABLE_ROW)
        self.wait()
