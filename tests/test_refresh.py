"""Refreshing: only what is stale is diagnosed, one failure stops nothing, and the progress is told."""

import shutil
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from diagnostics.portfolio import load_portfolio
from diagnostics.refresh import Refresh, one_process
from diagnostics.settings import Limit, Settings
from diagnostics.store import Store, default_url

AS_OF = date(2026, 9, 30)
TOML = """
[portfolio]
name = "Two"
[[project]]
key = "A"
name = "Alpha"
kickoff = "a.md"
[[project]]
key = "B"
name = "Beta"
kickoff = []
"""
KICKOFF = "# Alpha\n\nWe want a recall of at least 0.8 by the end of May.\n"


class Counting(ThreadPoolExecutor):
    """Counts what is asked of it; fails for the projects in `broken`."""

    asked: list[str]
    broken: frozenset[str] = frozenset()

    def submit(self, fn: Any, entry: Any, *args: Any, **kwargs: Any) -> Future[Any]:  # type: ignore[override]
        self.asked.append(entry.project.key)
        if entry.project.key in self.broken:
            return super().submit(lambda: 1 // 0)
        return super().submit(fn, entry, *args, **kwargs)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "portfolio.toml").write_text(TOML)
    (tmp_path / "a.md").write_text(KICKOFF)
    return tmp_path


def refreshed(
    folder: Path, settings: Settings | None = None, broken: frozenset[str] = frozenset()
) -> tuple[Refresh, list[str], Store]:
    asked: list[str] = []

    def executor() -> Executor:
        counting = Counting(1)
        counting.asked, counting.broken = asked, broken
        return counting

    store = Store(default_url(folder))
    refresh = Refresh(store, settings or Settings(), executor)
    refresh.start(load_portfolio(folder), AS_OF)
    refresh.wait(30)
    return refresh, asked, store


def test_everything_is_diagnosed_once_and_then_only_what_changed(folder: Path) -> None:
    assert refreshed(folder)[1] == ["A", "B"]
    assert refreshed(folder)[1] == []
    (folder / "a.md").write_text("# Alpha\n\nAnother text about quite another thing altogether.\n")
    asked, store = refreshed(folder)[1:]
    assert asked == ["A"]
    changed = store.latest("Two")
    (folder / "a.md").write_text(KICKOFF)  # and back again: nothing is read, but the old diagnosis shows
    asked, store = refreshed(folder)[1:]
    assert asked == []
    assert store.latest("Two") != changed
    assert refreshed(folder, Settings(silent=Limit(threshold=3, cap=30)))[1] == ["A", "B"]


def test_a_pattern_that_is_switched_on_makes_all_stale(folder: Path) -> None:
    default = refreshed(folder)[2].latest("Two")
    (folder / "portfolio.toml").write_text(TOML.replace('"Two"', '"Two"\npatterns = ["unweighed-choice"]'))
    asked, store = refreshed(folder)[1:]
    assert asked == ["A", "B"]
    assert {len(found.patterns) for found in store.latest("Two")} == {5}
    assert refreshed(folder)[1] == []
    (folder / "portfolio.toml").write_text(TOML)  # and off again: what was kept shows
    asked, store = refreshed(folder)[1:]
    assert asked == []
    assert store.latest("Two") == default


def test_its_progress_ends_with_all_done(folder: Path) -> None:
    refresh, _, store = refreshed(folder)
    progress = refresh.progress
    assert (progress.total, progress.done, progress.running, progress.current, progress.failed) == (
        2,
        2,
        False,
        None,
        (),
    )
    assert {diagnosis.key for diagnosis in store.latest("Two")} == {"A", "B"}


def test_a_project_that_fails_is_named_and_the_others_go_on(folder: Path) -> None:
    refresh, _, store = refreshed(folder, broken=frozenset({"A"}))
    assert [problem.file for problem in refresh.progress.failed] == ["A"]
    assert "ZeroDivisionError" in refresh.progress.failed[0].message
    assert [diagnosis.key for diagnosis in store.latest("Two")] == ["B"]


def test_a_second_start_while_it_runs_changes_nothing(folder: Path) -> None:
    refresh = Refresh(Store(default_url(folder)), Settings(), lambda: Counting(1))
    refresh._thread = first = __import__("threading").Thread(target=lambda: None)
    first.start()
    refresh.start(load_portfolio(folder), AS_OF)
    refresh.wait(5)


def test_it_works_in_another_process(folder: Path) -> None:
    store = Store(default_url(folder))
    refresh = Refresh(store, Settings(), one_process)
    refresh.start(load_portfolio(folder), AS_OF)
    refresh.wait(120)
    assert refresh.progress.failed == ()
    assert len(store.latest("Two")) == 2


def test_a_store_that_is_gone_is_said_and_stops_nothing(folder: Path) -> None:
    store = Store(default_url(folder))
    store.close()
    shutil.rmtree(folder / ".unstuck")
    (folder / ".unstuck").write_text("a file where the folder was")
    refresh = Refresh(store, Settings(), lambda: Counting(1))
    refresh.start(load_portfolio(folder), AS_OF)
    refresh.wait(30)
    assert {problem.file for problem in refresh.progress.failed} == {"A", "B"}


def test_anew_reads_what_is_kept_again(folder: Path) -> None:
    refreshed(folder)
    asked: list[str] = []

    def executor() -> Executor:
        counting = Counting(1)
        counting.asked = asked
        return counting

    refresh = Refresh(Store(default_url(folder)), Settings(), executor)
    refresh.start(load_portfolio(folder), AS_OF, anew=True)
    refresh.wait(30)
    assert asked == ["A", "B"]
