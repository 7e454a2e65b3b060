"""What a symptom's file must hold: a text for managers, and a measurement of the work as of an instant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from diagnostics.findings import Evidence, Presence, Symptom
from diagnostics.history import Work
from diagnostics.reading.quotes import quote_span
from diagnostics.records import Comment, Ticket, text_sha256
from diagnostics.settings import Limit

MOST_TICKETS_SHOWN = 20


class SymptomError(ValueError):
    """A symptom's file that cannot be right; the message names the symptom and the way out."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured: `value` in the symptom's unit (None: the records cannot show it), in words, and
    the tickets that show it, worst first, each with a note ("in progress for 61 days"). `quotes` are shown
    before the tickets: words that somebody wrote, where they show more than a ticket's title."""

    value: float | None
    why: str
    tickets: Sequence[tuple[Ticket, str]] = ()
    quotes: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which work flows badly. Its threshold and cap stand in the settings, under its id."""

    id: str
    title: str
    why: str
    unit: str
    ask: str
    measure: Callable[[Work], Measurement]

    def __post_init__(self) -> None:
        for field, least in (("title", 5), ("why", 60), ("unit", 1), ("ask", 20)):
            if len(getattr(self, field)) < least:
                raise SymptomError(f"{self.id}: {field} is too short to help anyone")

    def symptom(self, work: Work) -> Symptom:
        """The symptom as of the work's instant.

        Raises:
            SymptomError: the settings hold no limit for this symptom.
        """
        limit = getattr(work.settings, self.id.replace("-", "_"), None)
        if not isinstance(limit, Limit):
            raise SymptomError(f"{self.id}: settings.py has no Limit of this name")
        measured = self.measure(work)
        fewest = work.settings.fewest_active_days
        if measured.value is not None and measured.value >= limit.threshold and work.active_days < fewest:
            days = f"{work.active_days} day{'' if work.active_days == 1 else 's'}"
            why = f"People did something in the tickets on {days} only, and under {fewest} nothing is told from them."
            measured = Measurement(None, why)
        tickets = tuple(ticket_evidence(ticket, note) for ticket, note in measured.tickets[:MOST_TICKETS_SHOWN])
        present = measured.value is not None and measured.value >= limit.threshold
        known = Presence.PRESENT if present else Presence.ABSENT
        return Symptom(
            id=self.id,
            title=self.title,
            status=Presence.UNKNOWN if measured.value is None else known,
            value=measured.value,
            threshold=limit.threshold,
            unit=self.unit,
            why=measured.why,
            penalty=limit.penalty(measured.value) if present and measured.value is not None else 0.0,
            cap=limit.cap,
            evidence=(*measured.quotes, *tickets),
        )


def ticket_evidence(ticket: Ticket, note: str) -> Evidence:
    """The ticket as evidence: its summary quoted, with its neighbour where it is short."""
    text = ticket.text
    after_summary = len(ticket.summary) if ticket.summary and text.startswith(ticket.summary) else len(text)
    begin, end = quote_span(text, [(0, after_summary), (after_summary, len(text))], 0)
    return Evidence(
        source="ticket",
        ref=ticket.key,
        url=ticket.url,
        quote=text[begin:end],
        span=(begin, end),
        text_sha256=text_sha256(text),
        author=ticket.reporter.name if ticket.reporter else None,
        date=ticket.created.date() if ticket.created else None,
        note=note,
    )


def comment_evidence(ticket: Ticket, comment: Comment, note: str) -> Evidence | None:
    """The comment as evidence: all that it says, or its beginning; None where it holds no words (a picture)."""
    text = comment.text
    if not text.strip():
        return None
    begin = len(text) - len(text.lstrip())
    begin, end = quote_span(text, [(begin, len(text.rstrip()))], 0)
    return Evidence(
        source="comment",
        ref=ticket.key,
        url=comment.url,
        quote=text[begin:end],
        span=(begin, end),
        text_sha256=text_sha256(text),
        author=comment.author.name if comment.author else None,
        date=comment.created.date(),
        note=note,
    )
