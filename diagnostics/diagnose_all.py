"""Diagnosing all: a portfolio's projects, gathered and diagnosed one by one, joined worst first."""

from collections.abc import Callable, Iterable
from datetime import date
from zoneinfo import ZoneInfo

from diagnostics.diagnose import Reader, diagnose, versions
from diagnostics.diagnosis import Diagnosis, PortfolioDiagnosis
from diagnostics.gather import gather
from diagnostics.portfolio import Entry, Portfolio
from diagnostics.reading import read
from diagnostics.records import Problem
from diagnostics.scoring import worst_first
from diagnostics.settings import Settings
from diagnostics.talk.ledger import ThreadReader
from diagnostics.talk.reading import read_threads


def diagnose_entry(
    entry: Entry,
    as_of: date,
    zone: ZoneInfo,
    settings: Settings,
    *,
    is_today: bool = False,
    reader: Reader = read,
    thread_reader: ThreadReader = read_threads,
) -> Diagnosis:
    """Gather and diagnose one project: a function of its files alone, so that any executor can run it."""
    records = gather(entry, zone, settings, today=as_of if is_today else None)
    return diagnose(records, as_of, zone, settings, reader, thread_reader)


def diagnose_portfolio(
    portfolio: Portfolio,
    as_of: date,
    settings: Settings,
    *,
    is_today: bool = False,
    only: frozenset[str] = frozenset(),
    progress: Callable[[str], None] | None = None,
    reader: Reader = read,
    thread_reader: ThreadReader = read_threads,
) -> PortfolioDiagnosis:
    """Diagnose a portfolio's projects (`only` some keys, if any are given), worst first.

    A project on which this program fails is left out and named as a problem, so that the others are shown.
    """
    settings = portfolio.settings(settings)
    diagnoses: list[Diagnosis] = []
    failed: list[Problem] = []
    for entry in portfolio.entries:
        if only and entry.project.key not in only:
            continue
        if progress:
            progress(entry.project.name)
        try:
            diagnoses.append(
                diagnose_entry(
                    entry,
                    as_of,
                    portfolio.timezone,
                    settings,
                    is_today=is_today,
                    reader=reader,
                    thread_reader=thread_reader,
                )
            )
        except Exception as error:  # noqa: BLE001 - one project must not stop the others
            failed.append(could_not_diagnose(entry, error))
    return join_diagnoses(portfolio, as_of, diagnoses, settings, failed)


def could_not_diagnose(entry: Entry, error: Exception) -> Problem:
    """A project that this program fails on, as a problem."""
    why = f"could not be diagnosed, by a fault of this program ({type(error).__name__}: {error}); please report it"
    return Problem(file=entry.project.key, message=why)


def join_diagnoses(
    portfolio: Portfolio,
    as_of: date,
    diagnoses: Iterable[Diagnosis],
    settings: Settings,
    failed: Iterable[Problem] = (),
) -> PortfolioDiagnosis:
    """Finished diagnoses of a portfolio's projects as one document, worst first, with all problems."""
    projects = tuple(sorted(diagnoses, key=worst_first))
    of_projects = (problem for project in projects for problem in project.problems)
    problems = (*portfolio.problems, *of_projects, *failed)
    return PortfolioDiagnosis(
        name=portfolio.name,
        as_of=as_of,
        versions=versions(portfolio.settings(settings)),
        problems=problems,
        projects=projects,
    )
