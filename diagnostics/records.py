"""Records: projects, people, kickoff records and tickets as their source states them, frozen.

Tickets come by the hundred thousand: what they are made of are plain tuples, since the boundary has validated them.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from datetime import date as date_
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec
from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A fact from a source. It is never changed; what the source does not show is None, never 0 or ''."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Role(StrEnum):
    """What a person does on a project."""

    PRODUCT_MANAGER = "product manager"
    ML_ENGINEER = "ML engineer"
    DATA_SCIENTIST = "data scientist"
    DATA_ANALYST = "data analyst"
    DATA_ENGINEER = "data engineer"
    DOMAIN_EXPERT = "domain expert"
    ENGINEERING_MANAGER = "engineering manager"
    SPONSOR = "sponsor"
    DESIGNER = "designer"
    LEGAL = "legal"
    OTHER = "other"


class ProjectState(StrEnum):
    """Whether the project is worked on; only active projects are ranked."""

    ACTIVE = "active"
    PAUSED = "paused"
    DONE = "done"


class Category(StrEnum):
    """Jira's three status categories, by their keys; a move to an earlier one is a move backward."""

    NEW = "new"
    INDETERMINATE = "indeterminate"
    DONE = "done"

    @property
    def rank(self) -> int:
        """Position on the way from new to done: 0, 1 or 2."""
        return _RANKS[str(self)]


_RANKS = {str(category): rank for rank, category in enumerate(Category)}


class Person(Record):
    """Somebody on a project, in the roles that portfolio.toml declares."""

    name: str
    roles: tuple[Role, ...] = ()
    email: str | None = None
    jira: str | None = None
    since: date_ | None = None
    until: date_ | None = None

    def serves_on(self, day: date_) -> bool:
        """Whether the person is on the project that day, as declared."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Project(Record):
    """An ML project as portfolio.toml (or the command line) names it."""

    key: str
    name: str
    team: str | None = None
    manager: str | None = None
    state: ProjectState = ProjectState.ACTIVE
    started: date_ | None = None
    due: date_ | None = None
    people: tuple[Person, ...] = ()

    def person_in(self, role: Role, day: date_) -> Person | None:
        """The first person who holds the role on that day."""
        return next((person for person in self.people if role in person.roles and person.serves_on(day)), None)


class KickoffRecord(Record):
    """One kickoff document as canonical text. A record without a date counts on every day."""

    ref: str
    kind: str
    text: str
    date: date_ | None = None
    author: str | None = None
    url: str | None = None


class Account(NamedTuple):
    """A user of the tracker. `bot` is what the tracker itself says; settings name further bots."""

    id: str
    name: str
    bot: bool = False


class Comment(NamedTuple):
    """What somebody wrote under a ticket."""

    id: str
    author: Account | None
    created: datetime
    text: str
    url: str | None = None


class Change(NamedTuple):
    """One field changed once. `before` and `after` are the source's ids, the texts what people see."""

    at: datetime
    author: Account | None
    field: str
    before: str | None = None
    before_text: str | None = None
    after: str | None = None
    after_text: str | None = None


class Link(NamedTuple):
    """A link from a ticket to another, in the words of this side ("is blocked by")."""

    phrase: str
    key: str
    status: str | None = None
    category: Category | None = None


class Ticket(msgspec.Struct, frozen=True, kw_only=True):
    """One issue of the tracker. Times are in UTC.

    `changes`, `comments`, `links` and `flagged` are None where the source does not show them; an empty
    tuple or False means that the source shows that there are none. `changes_complete` and
    `comments_complete` are False where the source says that there are more than it gave (Jira cuts long
    histories, and the oldest are lost first): what is there is right, but nothing may be counted from it.
    """

    key: str
    id: str
    project: str
    url: str | None = None
    type: str | None = None
    summary: str | None
    description: str | None = None
    status: str | None
    category: Category | None = None
    category_since: datetime | None = None
    priority: str | None = None
    labels: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    assignee: Account | None = None
    reporter: Account | None = None
    creator: Account | None = None
    created: datetime | None
    updated: datetime | None = None
    resolved: datetime | None = None
    due: date_ | None = None
    parent: str | None = None
    flagged: bool | None = None
    links: tuple[Link, ...] | None = None
    comments: tuple[Comment, ...] | None = None
    changes: tuple[Change, ...] | None = None
    comments_complete: bool = True
    changes_complete: bool = True

    def __post_init__(self) -> None:
        if self.created is not None and self.created.tzinfo is None:
            raise ValueError(f"{self.key}: created is {self.created}, a time without a zone")

    @property
    def touched(self) -> datetime | None:
        """When anything last happened to it, as far as the source shows."""
        return self.updated or self.created

    @property
    def text(self) -> str:
        """The canonical text: the summary, a blank line, the description; the key, where there is neither."""
        return "\n\n".join(part for part in (self.summary, self.description) if part and part.strip()) or self.key


class Problem(Record):
    """Something in the input that a person must see to: where it is, what is wrong, and the way out."""

    file: str
    line: int | None = None
    field: str | None = None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


def field_path(place: Iterable[str | int]) -> str:
    """A place in nested data as a problem names it: `project[2].started`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).removeprefix(".")


def canonical_text(text: str) -> str:
    """Unicode NFC with `\\n` line ends: the one form in which a text is read, hashed and quoted."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_sha256(text: str) -> str:
    """The SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
