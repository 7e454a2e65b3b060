"""History: tickets as they stood at an instant, and the time they spent in each status until then."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache, cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

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
_BLOCKED_STATUS = re.compile(r"(?<!un)blocked|waiting", re.IGNORECASE)
# Tickets to find something out: nobody can say in advance when they end.
_RESEARCH = re.compile(r"\b(spike|research|investigat\w+|exploration|explore|experiment)\b", re.IGNORECASE)
_RESEARCH_TITLE = re.compile(
    r"\W*(spike|research|investigate|explore|experiment|study|find out|figure out|look into|evaluate (whether|if)|"
    r"can we|could we|is it|does it|how (many|much|often|far|good|to)|what if|why (do|does|is|are))\b",
    re.IGNORECASE,
)

Interval = tuple[datetime, datetime]


FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2190, 1, 1)  # outside of these nothing can be diagnosed


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a day in the portfolio's zone, in UTC: the instant that `as_of` stands for."""
    return datetime.combine(day, time(23, 59, 59), zone).astimezone(UTC)


def in_local_time(tickets: Iterable[Ticket], instant: datetime) -> tuple[Ticket, ...]:
    """The tickets with their times as clocks show them where the instant's day ends: so that a date is the day there.

    The offset is the instant's own, all year round: with two of them days would have 23 or 25 hours.
    """
    zone = timezone(instant.utcoffset() or timedelta())

    def local(moment: datetime | None) -> datetime | None:
        return moment and moment.astimezone(zone)

    return tuple(
        replace(
            ticket,
            created=local(ticket.created),
            updated=local(ticket.updated),
            resolved=local(ticket.resolved),
            category_since=local(ticket.category_since),
            comments=ticket.comments and tuple(c._replace(created=c.created.astimezone(zone)) for c in ticket.comments),
            changes=ticket.changes and tuple(c._replace(at=c.at.astimezone(zone)) for c in ticket.changes),
        )
        for ticket in tickets
    )


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
    seen: dict[str, Any] = {
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
        return replace(ticket, **seen | dict.fromkeys(gone))
    seen["changes"] = tuple(change for change in ticket.changes if change.at <= instant)
    for change in reversed(later):  # the first change after the instant has the last word
        seen |= _taken_back(change, ticket, categories)
    return replace(ticket, **seen)


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
        case "labels":
            return {"labels": tuple((change.before_text or "").split())}
        case "issuetype":
            return {"type": change.before_text}
        case "flagged":
            return {"flagged": bool(change.before_text)}
        case "duedate" | "due date":
            return {"due": _day(change.before)}
        case "link" if ticket.links is not None:
            kept = tuple(link for link in ticket.links if not _added_by(change, link))
            return {"links": (*kept, *_removed_link(change))}
        case _:
            return {}


def _added_by(change: Change, link: Link) -> bool:
    """Whether the change added this very link, and not another one to the same ticket."""
    if change.after is None or link.key != change.after:
        return False
    said = (change.after_text or "").casefold()
    return "this issue" not in said or link.phrase.casefold() in said


def _removed_link(change: Change) -> Iterator[Link]:
    """The link that the change took away: "This issue is blocked by OPS-3"."""
    if change.before and change.before_text:
        phrase = change.before_text.removeprefix("This issue ").removesuffix(change.before).strip()
        yield Link(phrase=phrase, key=change.before)


def _day(text: str | None) -> date | None:
    """The day that a history names, if it names one: in ISO form in `from`, whatever the site shows."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


class StatusSpan(NamedTuple):
    """A ticket's stay in one status, from `begin` until `end`."""

    status: str | None
    category: Category | None
    begin: datetime
    end: datetime


class HumanEvent(NamedTuple):
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

    @cached_property
    def _persons(self) -> dict[Account | None, bool]:
        return {None: True}

    def is_person(self, account: Account | None) -> bool:
        """Whether an account is a person's; an event without an author is taken for a person's."""
        known = self._persons.get(account)
        if known is None:
            assert account is not None
            known = self._persons[account] = not (account.bot or self.settings.is_bot(account.name))
        return known

    @cached_property
    def _category_by_name(self) -> dict[str | None, Category | None]:
        return {None: None}

    def category(self, status: str | None) -> Category | None:
        """The category of a status by its name, whatever its case; None where nothing tells it."""
        known = self._category_by_name
        if status not in known:
            known[status] = self.categories.get((status or "").casefold())
        return known[status]

    @cached_property
    def _moves(self) -> dict[tuple[str | None, str | None], tuple[bool | None, bool]]:
        return {}

    def move(self, before: str | None, after: str | None) -> tuple[bool | None, bool]:
        """Whether a change of status goes to an earlier category (None: one is unknown), and whether it reopens.

        A status is done by its category, or by a name that says so.
        """
        known = self._moves.get((before, after))
        if known is None:
            begin, end = self.category(before), self.category(after)
            backward = None if begin is None or end is None else end.rank < begin.rank
            known = self._moves[before, after] = backward, _is_done(begin, before) and not _is_done(end, after)
        return known

    def is_research(self, ticket: Ticket) -> bool:
        """Whether a ticket is open-ended: its type or a label says research, or its summary asks something."""
        named = " ".join((ticket.type or "", *ticket.labels))
        return bool(_RESEARCH.search(named) or _RESEARCH_TITLE.match(ticket.summary or ""))

    def history(self, ticket: Ticket) -> tuple[Change, ...] | None:
        """All the ticket's changes, oldest first; None where the source does not show all of them."""
        return ticket.changes if ticket.changes_complete else None

    @cached_property
    def _spans(self) -> dict[str, tuple[StatusSpan, ...] | None]:
        return {}

    def spans(self, ticket: Ticket) -> tuple[StatusSpan, ...] | None:
        """The ticket's stays in its statuses, oldest first; None where its history is not shown."""
        if ticket.key not in self._spans:
            self._spans[ticket.key] = self._read_spans(ticket)
        return self._spans[ticket.key]

    def _read_spans(self, ticket: Ticket) -> tuple[StatusSpan, ...] | None:
        history = self.history(ticket)
        if history is None or ticket.created is None:
            return None
        moves = [change for change in history if change.field == "status"]
        names = [moves[0].before_text if moves else ticket.status, *(move.after_text for move in moves)]
        # An import can date a change before the ticket: time runs from its creation.
        times = [ticket.created, *(max(move.at, ticket.created) for move in moves), self.instant]
        return tuple(
            [
                StatusSpan(name, self.category(name), begin, end)
                for name, (begin, end) in zip(names, pairwise(times), strict=True)
            ]
        )

    def begun(self, ticket: Ticket) -> datetime | None:
        """When work on the ticket began: its first move into progress; None where that is not shown."""
        spans = self.spans(ticket)
        if spans is None:
            return ticket.category_since if ticket.category is Category.INDETERMINATE else None
        return next((span.begin for span in spans if span.category is Category.INDETERMINATE), None)

    @cached_property
    def _finished(self) -> dict[str, datetime | None]:
        return {}

    def finished(self, ticket: Ticket) -> datetime | None:
        """When a done ticket was done: its last move into a done status, else its resolution date."""
        if ticket.key not in self._finished:
            self._finished[ticket.key] = self._read_finished(ticket)
        return self._finished[ticket.key]

    def _read_finished(self, ticket: Ticket) -> datetime | None:
        if ticket.category is not Category.DONE:
            return None
        spans = self.spans(ticket) or ()
        for earlier, later in zip(spans[-2::-1], spans[:0:-1], strict=True):  # from the last move back
            if later.category is Category.DONE and earlier.category is not Category.DONE:
                return later.begin
        return ticket.resolved

    def blockers(self, ticket: Ticket) -> list[Link]:
        """The open tickets that this one is linked to as "is blocked by"."""
        links = [link for link in ticket.links or () if "blocked by" in link.phrase.casefold()]
        return [link for link in links if self._category_of(link) not in (Category.DONE, None)]

    def finished_blockers(self, ticket: Ticket) -> list[Link]:
        """What an open ticket waits for although it is done: the flag or the status still says blocked."""
        links = [link for link in ticket.links or () if "blocked by" in link.phrase.casefold()]
        still = ticket.flagged or self.says_blocked(ticket.status)
        if not still or self.blockers(ticket):
            return []
        return [link for link in links if self._category_of(link) is Category.DONE]

    @staticmethod
    @cache
    def says_blocked(status: str | None) -> bool:
        """Whether a status's name says blocked or waiting."""
        return status is not None and _BLOCKED_STATUS.search(status) is not None

    def open_times(self, key: str, link_of: Ticket) -> Iterator[Interval]:
        """When the ticket of a key was open, as far as the input shows it.

        Of a ticket outside of the input a link to it shows the status of today: open now, it counts as open before.
        """
        other = self._by_key.get(key)
        spans = self.spans(other) if other else None
        if spans is not None:
            yield from ((s.begin, s.end) for s in spans if s.category not in (Category.DONE, None))
            return
        shown = [other.category] if other else [link.category for link in link_of.links or () if link.key == key]
        if shown and shown[0] not in (Category.DONE, None):
            yield datetime.min.replace(tzinfo=UTC), self.instant

    def _category_of(self, link: Link) -> Category | None:
        here = self._by_key.get(link.key)
        return here.category if here else link.category

    def blocked_because(self, ticket: Ticket) -> str | None:
        """Why an open ticket is blocked at the instant, in words; None if nothing shows that it is."""
        if ticket.flagged:
            return "flagged as impeded"
        if self.says_blocked(ticket.status):
            return f"in status {ticket.status}"
        blockers = self.blockers(ticket)
        return f"waits for {', '.join(link.key for link in blockers)}" if blockers else None

    def human_events(self) -> Iterator[HumanEvent]:
        """All that people did: tickets created, comments, and changes to the fields that mean work."""
        for ticket in self.tickets:
            yield from self.human_events_of(ticket)

    def human_events_of(self, ticket: Ticket) -> Iterator[HumanEvent]:
        """All that people did to one ticket: first its creation, then comments, then changes."""
        maker = ticket.creator or ticket.reporter
        if ticket.created and self.is_person(maker):
            yield HumanEvent(ticket, ticket.created, maker, "created")
        for comment in ticket.comments or ():
            if self.is_person(comment.author):
                yield HumanEvent(ticket, comment.created, comment.author, "commented")
        for change in ticket.changes or ():
            if _means_work(change.field) and self.is_person(change.author):
                yield HumanEvent(ticket, change.at, change.author, _changed(change.field))

    @cached_property
    def _human_moments(self) -> tuple[dict[str, datetime], int]:
        """When a person last did anything to each ticket, and on how many days anybody did: one walk for both."""
        last: dict[str, datetime] = {}
        days: set[int] = set()
        is_person = self.is_person
        for ticket in self.tickets:
            moments = [comment.created for comment in ticket.comments or () if is_person(comment.author)]
            moments += [c.at for c in ticket.changes or () if _means_work(c.field) and is_person(c.author)]
            if ticket.created and is_person(ticket.creator or ticket.reporter):
                moments.append(ticket.created)
            if moments:
                last[ticket.key] = max(moments)
                days.update([moment.toordinal() for moment in moments])
        return last, len(days)

    @cached_property
    def last_human_event(self) -> HumanEvent | None:
        """What a person did last, as far as the source shows."""
        last, _ = self._human_moments
        if not last:
            return None
        events = self.human_events_of(self._by_key[max(last, key=last.__getitem__)])
        return max(events, key=attrgetter("at"))

    @property
    def active_days(self) -> int:
        """On how many days (in UTC) a person did anything that the source shows."""
        return self._human_moments[1]

    @cached_property
    def shows_all_events(self) -> bool:
        """Whether histories and comments are shown whole for every ticket."""
        return all(self.history(t) is not None and t.comments is not None and t.comments_complete for t in self.tickets)

    def last_human_moment(self, ticket: Ticket) -> datetime | None:
        """When a person last did anything to a ticket.

        Without its whole history this is known only where nothing at all happened to the ticket afterwards.
        """
        last = self._human_moments[0].get(ticket.key)
        if last is None or (
            self.history(ticket) is not None and ticket.comments is not None and ticket.comments_complete
        ):
            return last
        unseen = ticket.updated is None or ticket.updated - last >= timedelta(seconds=1)
        return None if unseen else last

    def bounces(self, ticket: Ticket, since: datetime) -> list[Change]:
        """Hand-overs from one person to another, and moves to an earlier category, since a moment."""
        return [change for change in self.history(ticket) or () if change.at >= since and self._is_bounce(change)]

    def _is_bounce(self, change: Change) -> bool:
        if change.field == "assignee":
            return bool(change.before and change.after) and change.before != change.after
        return change.field == "status" and bool(self.move(change.before_text, change.after_text)[0])


def _is_done(category: Category | None, name: str | None) -> bool:
    return category is Category.DONE or (name or "").casefold() in ("resolved", "closed", "done")


def written(ticket: Ticket, sentence: str) -> tuple[Account | None, datetime | None]:
    """Who brought a sentence of a ticket's own text in, and when: its reporter, or whoever edited the text later."""
    for change in reversed(ticket.changes or ()):
        edits = change.field.casefold() in ("summary", "description")
        if edits and sentence in (change.after_text or "") and sentence not in (change.before_text or ""):
            return change.author, change.at
    return ticket.reporter or ticket.creator, ticket.created


@cache
def _changed(field: str) -> str:
    return f"changed {field}"


@cache
def _means_work(field: str) -> bool:
    return field.casefold() in HUMAN_FIELDS


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The intervals in order, those that touch or overlap joined."""
    joined: list[Interval] = []
    for begin, end in sorted(intervals):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined
