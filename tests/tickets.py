"""Tickets for tests: short builders, with times given as days before the day of diagnosis."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from diagnostics.history import Work
from diagnostics.records import Account, Category, Change, Comment, Link, Person, Role, Ticket
from diagnostics.settings import Settings

AS_OF = date(2026, 9, 30)
INSTANT = datetime(2026, 9, 30, 23, 59, 59, tzinfo=UTC)
ANN, BEN = Account(id="ann", name="Ann Sample"), Account(id="ben", name="Ben Sample")
PIA = Account(id="pia", name="Pia Sample")
PRODUCT = Person(name="Pia Sample", roles=(Role.PRODUCT_MANAGER,), jira="pia")
ROBOT = Account(id="bot", name="Automation for Jira", bot=True)
CATEGORY = {
    "To Do": Category.NEW,
    "In Progress": Category.INDETERMINATE,
    "In Review": Category.INDETERMINATE,
    "Blocked": Category.INDETERMINATE,
    "Done": Category.DONE,
}


def ago(days: float) -> datetime:
    """So many days before the instant of diagnosis."""
    return INSTANT - timedelta(days=days)


def moved(days: float, before: str, after: str, by: Account = ANN) -> Change:
    """A change of status."""
    return Change(at=ago(days), author=by, field="status", before_text=before, after_text=after)


def handed(days: float, before: Account, after: Account, by: Account = ANN) -> Change:
    """A change of assignee."""
    return Change(
        at=ago(days),
        author=by,
        field="assignee",
        before=before.id,
        before_text=before.name,
        after=after.id,
        after_text=after.name,
    )


def said(days: float, text: str = "the extract is empty again", by: Account | None = ANN) -> Comment:
    """A comment."""
    return Comment(id=f"c{days}", author=by, created=ago(days), text=text)


def blocked_by(key: str, category: Category | None = Category.NEW) -> Link:
    """A link to what this ticket waits for."""
    return Link(phrase="is blocked by", key=key, category=category)


def ticket(
    number: int = 1,
    *,
    created: float = 100,
    status: str | None = "To Do",
    changes: Sequence[Change] | None = (),
    comments: Sequence[Comment] | None = (),
    **fields: Any,
) -> Ticket:
    """A ticket `created` so many days ago; its history is complete unless `changes` is None."""
    given: dict[str, Any] = {
        "key": f"X-{number}",
        "id": str(number),
        "project": "X",
        "summary": f"Rebuild the training extract number {number}",
        "status": status,
        "category": CATEGORY.get(status or ""),
        "creator": ANN,
        "reporter": ANN,
        "created": ago(created),
        "flagged": False,
        "links": (),
        "changes": None if changes is None else tuple(changes),
        "comments": None if comments is None else tuple(comments),
    }
    touched = [ago(created), *(c.at for c in changes or ()), *(c.created for c in comments or ())]
    return Ticket(**(given | {"updated": max(touched)} | fields))


def done(number: int, *, begun: float, finished: float, **fields: Any) -> Ticket:
    """A finished ticket."""
    changes = [moved(begun, "To Do", "In Progress"), moved(finished, "In Progress", "Done")]
    return ticket(number, created=begun + 1, status="Done", changes=changes, resolved=ago(finished), **fields)


def in_progress(number: int, *, begun: float, **fields: Any) -> Ticket:
    """A ticket that somebody works on."""
    changes = [moved(begun, "To Do", "In Progress")]
    return ticket(number, created=begun + 1, status="In Progress", changes=changes, **fields)


def work(*tickets: Ticket, settings: Settings | None = None, people: Sequence[Person] = ()) -> Work:
    """The work as of the instant; a handful of tickets is enough for a symptom here."""
    return Work.as_of(tickets, INSTANT, settings or Settings(fewest_active_days=0), people=tuple(people))
