"""Refreshing: diagnoses what is stale, in the background and in another process, and shows its progress."""

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

from diagnostics.diagnose import versions
from diagnostics.diagnose_all import could_not_diagnose, diagnose_entry
from diagnostics.diagnosis import Diagnosis
from diagnostics.gather import fingerprint
from diagnostics.portfolio import Portfolio
from diagnostics.read_once import ReadOnce
from diagnostics.reading import read
from diagnostics.records import Problem
from diagnostics.settings import Settings
from diagnostics.store import Fingerprint, Store, StoreError
from diagnostics.talk.reading import read_threads


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a refresh is: projects in all, projects looked at, the one at work, and what failed."""

    total: int = 0
    done: int = 0
    current: str | None = None
    failed: tuple[Problem, ...] = ()
    running: bool = False


def one_process() -> Executor:
    """An executor of one fresh process, so that reading never holds up the pages' threads."""
    return ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))


class Refresh:
    """Brings a store up to date with a portfolio. `start` may be called at any time, by any thread."""

    def __init__(self, store: Store, settings: Settings, executor: Callable[[], Executor] = one_process) -> None:
        self._store, self._settings, self._executor = store, settings, executor
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._progress = Progress()

    @property
    def progress(self) -> Progress:
        """How far it is now."""
        return self._progress

    def start(self, portfolio: Portfolio, as_of: date, *, anew: bool = False) -> None:
        """Begin, unless a refresh is already under way. `anew` reads what is kept again, too."""
        with self._lock:
            if self._thread is not None and self._thread.is_alive():
                return
            self._progress = Progress(total=len(portfolio.entries), running=True)
            self._thread = threading.Thread(
                target=self._run, args=(portfolio, as_of, anew), daemon=True, name="refresh"
            )
            self._thread.start()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it is done, at most so many seconds."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _run(self, portfolio: Portfolio, as_of: date, anew: bool) -> None:
        executor: Executor | None = None
        settings = portfolio.settings(self._settings)
        try:
            for entry in portfolio.entries:
                self._progress = replace(self._progress, current=entry.project.name)
                try:
                    made_from = Fingerprint(
                        portfolio.name,
                        entry.project.key,
                        as_of,
                        versions(settings),
                        fingerprint(entry, portfolio.timezone),
                    )
                    if anew or not self._store.renew(made_from):
                        executor = executor or self._executor()
                        is_today = portfolio.as_of is None
                        known = ReadOnce(self._store.url)
                        work = executor.submit(
                            diagnose_entry,
                            entry,
                            as_of,
                            portfolio.timezone,
                            settings,
                            is_today=is_today,
                            reader=read if anew else known,
                            thread_reader=read_threads if anew else known.threads,
                        )
                        diagnosis: Diagnosis = work.result()
                        self._store.save(diagnosis, made_from)
                except StoreError as error:
                    self._failed(Problem(file=entry.project.key, message=str(error)))
                except Exception as error:  # noqa: BLE001 - one project must not stop the others
                    self._failed(could_not_diagnose(entry, error))
                    if executor is not None:
                        executor.shutdown(wait=False, cancel_futures=True)
                        executor = None
                self._progress = replace(self._progress, done=self._progress.done + 1)
        finally:
            if executor is not None:
                executor.shutdown(wait=False)
            self._progress = replace(self._progress, current=None, running=False)

    def _failed(self, problem: Problem) -> None:
        self._progress = replace(self._progress, failed=(*self._progress.failed, problem))
