"""Product silent: days since anyone who speaks for Product wrote, decided or answered in the tickets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from diagnostics.findings import Evidence
from diagnostics.history import Work
from diagnostics.people import Accounts, accounts_in
from diagnostics.records import Account, Comment, Person, Role, Ticket
from diagnostics.symptoms._contract import Measurement, Rule, comment_evidence, ticket_evidence
from diagnostics.words import days as days_text

# Who speaks for Product: the product manager; only where there is none, the sponsor.
PRODUCT_ROLES = (Role.PRODUCT_MANAGER, Role.SPONSOR)
# How `why` begins where Product ever wrote; `evidence` then begins with what it wrote.
LAST_SPOKE = "Product last spoke"
_EDITS = ("summary", "description")


@dataclass(frozen=True, slots=True)
class LastWord:
    """The last that Product wrote: how many days ago, by whom, what it was ("commented") and its quote."""

    days: int
    person: str
    what: str
    ticket: str
    on: date
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Writing:
    """Something that somebody wrote in a ticket."""

    at: datetime
    who: Account | None
    what: str
    ticket: Ticket
    comment: Comment | None = None


def holders(work: Work) -> tuple[Role, list[Person]] | None:
    """The role that speaks for Product on the day, and everybody in it; None when nobody holds either role."""
    day = work.instant.date()
    for role in PRODUCT_ROLES:
        if people := [person for person in work.people if role in person.roles and person.serves_on(day)]:
            return role, people
    return None


def product_last_spoke(work: Work) -> LastWord | None:
    """The last comment, ticket or edit of a text by Product; None when it never wrote, or nobody speaks for it.

    A former product manager counts for the time in the role: what Product said then, it said.
    """
    held = holders(work)
    if held is None:
        return None
    accounts = Accounts(work.people, accounts_in(work.tickets))
    roles = PRODUCT_ROLES[: PRODUCT_ROLES.index(held[0]) + 1]
    said = ((writing, _speaker(writing, accounts, roles)) for writing in _writings(work))
    last = max(((w, person) for w, person in said if person), key=lambda pair: pair[0].at, default=None)
    if last is None:
        return None
    writing, person = last
    note = f"{person.name} {writing.what} on {writing.at:%Y-%m-%d}, the last that Product wrote"
    quoted = writing.comment and comment_evidence(writing.ticket, writing.comment, note)
    return LastWord(
        days=int(work.days_since(writing.at)),
        person=person.name,
        what=writing.what,
        ticket=writing.ticket.key,
        on=writing.at.date(),
        evidence=quoted or ticket_evidence(writing.ticket, note),
    )


def _writings(work: Work) -> Iterator[_Writing]:
    """All comments, tickets and edits of a text; moving a ticket or handing it on says nothing by itself."""
    for ticket in work.tickets:
        if ticket.created:
            yield _Writing(ticket.created, ticket.creator or ticket.reporter, "wrote the ticket", ticket)
        for comment in ticket.comments or ():
            yield _Writing(comment.created, comment.author, "commented", ticket, comment)
        for change in ticket.changes or ():
            if (field := change.field.casefold()) in _EDITS:
                yield _Writing(change.at, change.author, f"changed the {field}", ticket)


def _speaker(writing: _Writing, accounts: Accounts, roles: tuple[Role, ...]) -> Person | None:
    """Who of Product wrote it, in the role at that time."""
    people = accounts.people(writing.who.id, writing.at.date()) if writing.who else []
    return next((person for person in people if set(roles) & set(person.roles)), None)


def measure(work: Work) -> Measurement:
    """Days since Product last wrote; if it never did, since the project's first ticket."""
    held = holders(work)
    if held is None:
        return Measurement(
            None,
            "Nobody is named as product manager or sponsor on this day, so nobody can say when Product last spoke:"
            " name who speaks for Product in portfolio.toml.",
        )
    if not work.tickets:
        return Measurement(None, "No ticket existed on this day, so there was nothing to answer.")
    if all(ticket.comments is None for ticket in work.tickets):
        return Measurement(None, "This source shows no comments, so Product may have spoken unseen.")
    if work.categorised and not work.open:
        return Measurement(0, "No work is open, so nobody waits for a word from Product.")
    last = product_last_spoke(work)
    days = last.days if last else None
    if days is None or days >= work.settings.product_silent.threshold:
        # What the source does not show may have been said until a ticket's last update.
        hidden = [t for t in work.tickets if t.comments is None and (last is None or _touched(t, work) > last.on)]
        if hidden:
            return Measurement(None, f"{len(hidden)} tickets show no comments, so Product may have spoken unseen.")
    if last:
        why = f"{LAST_SPOKE} {days_text(last.days)} ago: {last.person} {last.what} on {last.on} ({last.ticket})."
        return Measurement(last.days, why, quotes=(last.evidence,))
    return _never(work, *held)


def _touched(ticket: Ticket, work: Work) -> date:
    return (ticket.updated or work.instant).date()


def _never(work: Work, role: Role, people: list[Person]) -> Measurement:
    """Nothing from Product in any ticket: the days count from the first ticket, or from when the role began."""
    dated = [(ticket.created, ticket) for ticket in work.tickets if ticket.created]
    if not dated:
        return Measurement(None, "The tickets show no dates, so nobody can say how long Product has not spoken.")
    created, first = min(dated, key=lambda pair: pair[0])
    begun = created.date()
    since = max(begun, min(person.since or begun for person in people))
    days = (work.instant.date() - since).days
    named = " and ".join(person.name for person in people)
    return Measurement(
        days,
        f"Product has not written in the tickets in {days_text(days)}, since {since}: {named} ({role}). If they write"
        " under another name, give their account as `jira` in portfolio.toml.",
        [(first, f"the first ticket, of {begun}; nothing from {named} in any since")],
    )


SYMPTOM = Rule(
    id="product-silent",
    title="Product silent",
    why="When nobody who speaks for Product writes, decides or answers, the team settles product questions by"
    " guessing, or waits; either way it builds something that nobody asked for.",
    unit="days",
    ask="Which open questions wait for Product, and when this week can whoever speaks for Product answer them?",
    measure=measure,
)
