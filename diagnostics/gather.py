"""Gathering: all records of one project, read from where portfolio.toml says they live."""

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from diagnostics.diagnose import ProjectRecords
from diagnostics.diagnosis import SourceRead
from diagnostics.portfolio import Entry
from diagnostics.records import KickoffRecord, Problem, Ticket
from diagnostics.settings import Settings
from diagnostics.sources import Unreadable
from diagnostics.sources.documents import read_document
from diagnostics.sources.jira_export import read_tickets


def gather(entry: Entry, zone: ZoneInfo, settings: Settings, *, today: date | None = None) -> ProjectRecords:
    """Read all records of a project. What cannot be read becomes a problem; the rest still counts.

    A date found in a text that lies after `today` cannot be the day on which it was written: it has none.
    """
    kickoffs: list[KickoffRecord] = []
    tickets: list[Ticket] = []
    sources: list[SourceRead] = []
    problems: list[Problem] = []
    for place in entry.kickoffs or ():
        try:
            record = read_document(
                place.path,
                place.ref,
                date=place.date,
                author=place.author,
                largest_bytes=settings.largest_document_bytes,
            )
        except Unreadable as unreadable:
            problems.append(unreadable.problem)
            kind = place.path.suffix.removeprefix(".")
            sources.append(
                SourceRead(ref=place.ref, kind=kind, read=False, records=0, message=unreadable.problem.message)
            )
        else:
            if place.date is None and today is not None and record.date is not None and record.date > today:
                record = record.model_copy(update={"date": None})
            kickoffs.append(record)
            sources.append(SourceRead(ref=place.ref, kind=record.kind, read=True, records=1, as_of=record.date))
    for file in entry.tickets:
        found, wrong = _tickets_of(file.path, file.ref, zone, texts=True)
        tickets += found
        problems += wrong
        sources.append(_ticket_source(file.ref, found, wrong))
    return ProjectRecords(
        project=entry.project,
        kickoffs=tuple(kickoffs),
        no_kickoff_held=entry.kickoffs == (),
        tickets=tuple(tickets) or None,
        sources=tuple(sources),
        problems=tuple(problems),
    )


def gather_tickets(entry: Entry, zone: ZoneInfo, *, texts: bool) -> tuple[list[Ticket], list[Problem]]:
    """A project's tickets alone, and what was wrong with them; without `texts` quickly, and without what they say."""
    tickets: list[Ticket] = []
    problems: list[Problem] = []
    for file in entry.tickets:
        found, wrong = _tickets_of(file.path, file.ref, zone, texts=texts)
        tickets += found
        problems += wrong
    return tickets, problems


def _tickets_of(path: Path, ref: str, zone: ZoneInfo, *, texts: bool) -> tuple[list[Ticket], list[Problem]]:
    tickets: list[Ticket] = []
    problems: list[Problem] = []
    for found in read_tickets(path, ref, timezone=zone, texts=texts):
        if isinstance(found, Problem):
            problems.append(found)
        else:
            tickets.append(found)
    return tickets, problems


def _ticket_source(ref: str, tickets: Sequence[Ticket], problems: Sequence[Problem]) -> SourceRead:
    touched = [ticket.touched for ticket in tickets if ticket.touched]
    return SourceRead(
        ref=ref,
        kind="tickets",
        read=bool(tickets),
        records=len(tickets),
        as_of=max(touched).date() if touched else None,
        message=f"{len(problems)} problems" if problems else None,
    )


def fingerprint(entry: Entry, zone: ZoneInfo) -> str:
    """SHA-256 over a project's entry, its zone and the bytes of its files: what its diagnosis was made from."""
    digest = hashlib.sha256(repr((entry, zone.key)).encode())
    for place in (*(entry.kickoffs or ()), *entry.tickets):
        digest.update(place.ref.encode("utf-8", "surrogateescape"))
        try:
            if not place.path.is_file():
                raise FileNotFoundError  # or a pipe, which would never end
            with place.path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except (OSError, ValueError) as error:  # ValueError: a path that no file can have
            digest.update(type(error).__name__.encode())
    return digest.hexdigest()
