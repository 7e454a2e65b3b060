"""History: tickets as they stood at an instant, and the time they spent in each status until then."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from diagnostics.records import Account, Category, Change, Comment, Link, Person, Ticket
from diagnostics.settings import Settings

# Names of statuses in Jira's default workflows, for statuses in which no ticket of the input is now.
DEFAULT_CATEGORIES: dict[str, Category] = {
    **dict.fromkeys(("open", "to do", "backlog", "new", "reopened", "selected for development"), Category.NEW),
    **dict.fromkeys(("in progress", "in review", "under review", "blocked"), Category.INDETERMINATE),
    **dict.fromkeys(("done", "resolved", "closed"), Category.DONE),
}
# What a person does to a ticket when work goes on; link edits and field housekeeping are left out.
HUMAN_FIELDS = frozenset(
    {
        "status", "assignee", "summary", "description", "duedate", "due date", "timeestimate",
        "timeoriginalestimate", "original estimate", "story points", "story point estimate",
    }
)  # fmt: skip
_BLOCKED_STATUS = re.compile(r"\b(blocked|waiting|on hold|impeded)\b", re.IGNORECASE)


FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2190, 1, 1)  # outside of these nothing can be diagnosed


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a day in the portfolio's zone, in UTC: the instant that `as_of` stands for."""
    return datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC)


def status_categories(tickets: Iterable[Ticket]) -> dict[str, Category]:
    """Which category each status name (case folded) belongs to, by the tickets that are in it now."""
    seen = {ticket.status.casefold(): ticket.category for ticket in tickets if ticket.status and ticket.category}
    return DEFAULT_CATEGORIES | seen


def ticket_as_of(ticket: Ticket, instant: datetime, categories: Mapping[str, Category]) -> Ticket | None:
    """The ticket as it stood at the instant; None if it did not exist yet.

    What changed later is taken back by the history; without a history such a field is None, never
    today's value.
    """
    if ticket.created is not None and ticket.created > instant:
        return None
    later = [change for change in ticket.changes or () if change.at > instant]
    untouched = ticket.updated is not None and ticket.updated <= instant
    if untouched and not later:
        return ticket
    seen: dict[str, object] = {
        "comments": _until(ticket.comments, instant),
        "updated": None,
        "resolved": ticket.resolved if ticket.resolved and ticket.resolved <= instant else None,
        "category_since": None,
    }
    if ticket.changes is None or not _reaches(ticket, instant):
        gone = (
            "summary",
            "description",
            "status",
            "category",
            "assignee",
            "priority",
            "due",
            "flagged",
            "links",
        )
        return ticket.model_copy(update=seen | dict.fromkeys(gone))
    seen["changes"] = tuple(change for change in ticket.changes if change.at <= instant)
    for change in reversed(later):  # the first change after the instant has the last word
        seen |= _taken_back(change, ticket, categories)
    return ticket.model_copy(update=seen)


def _reaches(ticket: Ticket, instant: datetime) -> bool:
    """Whether the history goes back as far as the instant; of one that is cut, the oldest part is lost."""
    return ticket.changes_complete or bool(ticket.changes and ticket.changes[0].at <= instant)


def _until(comments: tuple[Comment, ...] | None, instant: datetime) -> tuple[Comment, ...] | None:
    return None if comments is None else tuple(comment for comment in comments if comment.created <= instant)


def _taken_back(change: Change, ticket: Ticket, categories: Mapping[str, Category]) -> dict[str, object]:
    """The fields as they were before a change."""
    match change.field.casefold():
        case "status":
            before = change.before_text
            return {"status": before, "category": categories.get((before or "").casefold())}
        case "assignee":
            known = change.before and Account(id=change.before, name=change.before_text or change.before)
            return {"assignee": known or None}
        case "summary" | "description" | "priority" as name:
            return {name: change.before_text}
        case "flagged":
            return {"flagged": bool(change.before_text)}
        case "duedate" | "due date":
            return {"due": _day(change.before)}
        case "link" if ticket.links is not None:
            return {"links": tuple(link for link in ticket.links if link.key != change.after)}
        case _:
            return {}


def _day(text: str | None) -> date | None:
    """The day that a history names, if it names one: in ISO form in `from`, whatever the site shows."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """A ticket's stay in one status, from `begin` until `end`."""

    status: str | None
    category: Category | None
    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class HumanEvent:
    """Something that a person did to a ticket."""

    ticket: Ticket
    at: datetime
    who: Account | None
    what: str


@dataclass(frozen=True)
class Work:
    """A project's tickets as of an instant, and the people it declares: what the symptoms measure."""

    tickets: tuple[Ticket, ...]
    instant: datetime
    settings: Settings
    categories: Mapping[str, Category] = field(default_factory=dict)
    people: tuple[Person, ...] = ()

    @classmethod
    def as_of(
        cls, tickets: Sequence[Ticket], instant: datetime, settings: Settings, people: tuple[Person, ...] = ()
    ) -> "Work":
        """The work as it stood at the instant, from the tickets as they are today."""
        categories = status_categories(tickets)
        then = (ticket_as_of(ticket, instant, categories) for ticket in tickets)
        return cls(tuple(ticket for ticket in then if ticket), instant, settings, categories, people)

    @cached_property
    def open(self) -> tuple[Ticket, ...]:
        """Tickets that are known not to be done."""
        return tuple(t for t in self.tickets if t.category in (Category.NEW, Category.INDETERMINATE))

    @cached_property
    def categorised(self) -> bool:
        """Whether the source shows, for any ticket, whether it is new, in progress or done."""
        return any(ticket.category for ticket in self.tickets)

    @cached_property
    def _by_key(self) -> dict[str, Ticket]:
        return {ticket.key: ticket for ticket in self.tickets}

    def days_since(self, moment: datetime) -> float:
        """Days from a moment to the instant."""
        return (self.instant - moment) / timedelta(days=1)

    def is_person(self, account: Account | None) -> bool:
        """Whether an account is a person's; an event without an author is taken for a person's."""
        return account is None or not (account.bot or self.settings.is_bot(account.name))

    def history(self, ticket: Ticket) -> tuple[Change, ...] | None:
        """All the ticket's changes, oldest first; None where the source does not show all of them."""
        return ticket.changes if ticket.changes_complete else None

    def spans(self, ticket: Ticket) -> tuple[StatusSpan, ...] | None:
        """The ticket's stays in its statuses, oldest first; None where its history is not shown."""
        history = self.history(ticket)
        if history is None or ticket.created is None:
            return None
        moves = [change for change in history if change.field == "status"]
        names = [moves[0].before_text if moves else ticket.status, *(move.after_text for move in moves)]
        times = [ticket.created, *(move.at for move in moves), self.instant]
        return tuple(
            StatusSpan(name, self.categories.get((name or "").casefold()), begin, end)
            for name, (begin, end) in zip(names, pairwise(times), strict=True)
        )

    def begun(self, ticket: Ticket) -> datetime | None:
        """When work on the ticket began: its first move into progress; None where that is not shown."""
        spans = self.spans(ticket)
        if spans is None:
            return ticket.category_since if ticket.category is Category.INDETERMINATE else None
        return next((span.begin for span in spans if span.category is Category.INDETERMINATE), None)

    def finished(self, ticket: Ticket) -> datetime | None:
        """When a done ticket was done: its last move into a done status, else its resolution date."""
        if ticket.category is not Category.DONE:
            return None
        spans = self.spans(ticket)
        if spans and len(spans) > 1:
            into_done = [
                later.begin
                for earlier, later in pairwise(spans)
                if later.category is Category.DONE and earlier.category is not Category.DONE
            ]
            if into_done:
                return into_done[-1]
        return ticket.resolved

    def blockers(self, ticket: Ticket) -> list[Link]:
        """The open tickets that this one is linked to as "is blocked by"."""
        links = [link for link in ticket.links or () if "blocked by" in link.phrase.casefold()]
        return [link for link in links if self._category_of(link) not in (Category.DONE, None)]

    def _category_of(self, link: Link) -> Category | None:
        here = self._by_key.get(link.key)
        return here.category if here else link.category

    def blocked_because(self, ticket: Ticket) -> str | None:
        """Why an open ticket is blocked at the instant, in words; None if nothing shows that it is."""
        if ticket.flagged:
            return "flagged as impeded"
        if ticket.status and _BLOCKED_STATUS.search(ticket.status):
            return f"in status {ticket.status}"
        blockers = self.blockers(ticket)
        return f"waits for {', '.join(link.key for link in blockers)}" if blockers else None

    def human_events(self) -> Iterator[HumanEvent]:
        """All that people did: tickets created, comments, and changes to the fields that mean work."""
        for ticket in self.tickets:
            if ticket.created and self.is_person(ticket.creator or ticket.reporter):
                yield HumanEvent(ticket, ticket.created, ticket.creator or ticket.reporter, "created")
            for comment in ticket.comments or ():
                if self.is_person(comment.author):
                    yield HumanEvent(ticket, comment.created, comment.author, "commented")
            for change in ticket.changes or ():
                if change.field.casefold() in HUMAN_FIELDS and self.is_person(change.author):
                    yield HumanEvent(ticket, change.at, change.author, f"changed {change.field}")

    def bounces(self, ticket: Ticket, since: datetime) -> list[Change]:
        """Hand-overs from one person to another, and moves to an earlier category, since a moment."""
        return [change for change in self.history(ticket) or () if change.at >= since and self._is_bounce(change)]

    def _is_bounce(self, change: Change) -> bool:
        if change.field == "assignee":
            return bool(change.before and change.after) and change.before != change.after
        if change.field != "status":
            return False
        before = self.categories.get((change.before_text or "").casefold())
        after = self.categories.get((change.after_text or "").casefold())
        return before is not None and after is not None and after.rank < before.rank
