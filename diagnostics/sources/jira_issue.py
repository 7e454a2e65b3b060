"""Jira issue: one issue object of Jira's REST API (v2 or v3, Data Center or Cloud) -> Ticket."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, ValidationError
from pydantic_core import ErrorDetails

from diagnostics.records import (
    Account,
    Category,
    Change,
    Comment,
    Link,
    Ticket,
    field_path,
)
from diagnostics.sources.encoding import clean
from diagnostics.sources.markup import adf_to_markdown, wiki_to_markdown

MOST_ROUNDS = 5  # taking a wrong value out may bring another to light; an issue of this many is none


class NotAnIssue(ValueError):
    """Data that gives no ticket, or not a whole one: `field` is where it is wrong, the message says how."""

    def __init__(self, field: str | None, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A value of an issue that was left out of its ticket: `field` is where it stands."""

    field: str
    message: str


def read_issue(data: object, names: object = None) -> tuple[Ticket, tuple[WrongValue, ...]]:
    """The ticket that an issue object shows, and what was wrong in it and left out.

    Times are in UTC, texts are canonical Markdown. `names` is what a search response gives under that name
    beside its issues: fields' names by their ids.

    Raises:
        NotAnIssue: it is no issue object, or one without a `key` or without `fields`.
    """
    issue, wrong = _validated(data)
    assert isinstance(data, dict)  # or it was no issue
    known = data.get("names", names)
    ticket = issue.ticket(flagged=_flagged(data["fields"], known if isinstance(known, Mapping) else {}))
    if ticket.created is None and all(value.field != "fields.created" for value in wrong):
        wrong.append(WrongValue("fields.created", "is missing; export the issue with all its fields (fields=*all)"))
    cut = {value.field.split("[")[0] for value in wrong}
    whole = {
        "comments_complete": ticket.comments_complete and "fields.comment.comments" not in cut,
        "changes_complete": ticket.changes_complete and "changelog.histories" not in cut,
    }
    return ticket.model_copy(update=whole), tuple(wrong)


def _validated(data: object) -> tuple["_Issue", list[WrongValue]]:
    """The issue without its wrong values, and these."""
    wrong: list[WrongValue] = []
    for _ in range(MOST_ROUNDS):
        try:
            return _Issue.model_validate(data), wrong
        except ValidationError as error:
            errors = error.errors(include_url=False)
            if refusal := _refusal(data, errors):
                raise refusal from error
        # What a later round finds is missing only because the round before took it out.
        wrong = wrong or [WrongValue(field_path(detail["loc"]), _said(detail)) for detail in errors]
        data = _without(data, {d["loc"][:-1] if d["type"] == "missing" else d["loc"] for d in errors})
    raise NotAnIssue(wrong[0].field, f"{wrong[0].message} ({len(wrong) - 1} more of its values are wrong)")


def _refusal(data: object, errors: Sequence[ErrorDetails]) -> NotAnIssue | None:
    """What makes it no issue at all, if anything does."""
    places = {detail["loc"] for detail in errors}
    if {("key",), ("fields",)} <= places:
        entry = isinstance(data, dict) and "items" in data
        why = (
            "is an entry of a change history that names no issue; export the issues with expand=changelog"
            if entry
            else "is no Jira issue: it has no key and no fields"
        )
        return NotAnIssue(None, why)
    for detail in errors:
        if detail["loc"] in ((), ("key",), ("fields",)):
            return NotAnIssue(field_path(detail["loc"]) or None, _said(detail))
    return None


def _said(detail: ErrorDetails) -> str:
    match detail["type"]:
        case "missing":
            return "is missing; export the issue with all its fields (fields=*all)"
        case "value_error":
            return str(detail["ctx"]["error"])
        case "model_type":
            return "is no JSON object" if detail["loc"] else "is no Jira issue but another kind of value"
        case _:
            return detail["msg"].replace("Input should", "must", 1)


def _without(data: object, places: set[tuple[str | int, ...]], here: tuple[str | int, ...] = ()) -> object:
    """A copy of nested JSON without the values at some places."""
    if isinstance(data, dict):
        items = ((key, (*here, key)) for key in data)
        return {key: _without(data[key], places, there) for key, there in items if there not in places}
    if isinstance(data, list):
        # A bare list may stand for an object with this one list, whose name is then part of the places.
        named = {place[: len(here) + 1] for place in places if place[: len(here)] == here and len(place) > len(here)}
        under = next((place for place in named if isinstance(place[-1], str)), here)
        kept = ((value, (*under, number)) for number, value in enumerate(data))
        return [_without(value, places, there) for value, there in kept if there not in places]
    return data


# Values. JSON has types; a number where a time or a text belongs is refused, not guessed at.


def moment(text: str) -> datetime:
    """An ISO time such as 2026-03-01T09:30:00.000+0100 in UTC.

    Raises:
        ValueError: it is no time, or it has no zone.
    """
    try:
        read = datetime.fromisoformat(text)
        if read.tzinfo is not None:
            return read.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is no time such as 2026-03-01T09:30:00.000+0000") from error
    raise ValueError(f"{text!r} has no zone; export it with one, as in 2026-03-01T09:30:00.000+0000")


def project_of(key: str) -> str:
    """The project that an issue's key names: CHURN of CHURN-12."""
    return key.rpartition("-")[0] or key


def _text(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def _id(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _moment(value: object) -> object:
    return moment(value if isinstance(value, str) else repr(value))


def _day(value: object) -> object:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise ValueError(f"{value!r} is no day such as 2026-03-01") from error


def _markdown(value: object) -> object:
    if isinstance(value, str):
        return clean(wiki_to_markdown(value))
    if isinstance(value, dict):
        return clean(adf_to_markdown(value))
    raise ValueError("is neither wiki markup nor a document in Atlassian Document Format")


def _bare_list(name: str) -> BeforeValidator:
    """Takes a list for an object that has it under a name (so in Atlassian's own examples)."""
    return BeforeValidator(lambda value: {name: value} if isinstance(value, list) else value)


Text = Annotated[str, BeforeValidator(_text)]
Id = Annotated[str, BeforeValidator(_id)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Day = Annotated[date, BeforeValidator(_day)]
Markdown = Annotated[str, BeforeValidator(_markdown)]


# Objects. What Jira sends beside is none of our business; all but `key` and `fields` may be missing.


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Named(_Part):
    name: Text | None = None


class _User(_Part):
    account_id: Text | None = Field(default=None, alias="accountId")
    name: Text | None = None
    key: Text | None = None
    display_name: Text | None = Field(default=None, alias="displayName")
    account_type: Text | None = Field(default=None, alias="accountType")

    def account(self) -> Account | None:
        """Cloud knows people by account id; Data Center by user name, which is what its people write."""
        known = self.account_id or self.name or self.key or self.display_name
        if known is None or known == "":
            return None
        return Account(id=known, name=self.display_name or self.name or known, bot=self.account_type == "app")


class _StatusCategory(_Part):
    key: Text | None = None


class _Status(_Named):
    status_category: _StatusCategory | None = Field(default=None, alias="statusCategory")

    @property
    def category(self) -> Category | None:
        key = self.status_category.key if self.status_category else None
        return Category(key) if key in tuple(Category) else None


class _LinkedFields(_Part):
    status: _Status | None = None


class _Linked(_Part):
    key: Text | None = None
    fields: _LinkedFields | None = None


class _LinkType(_Part):
    inward: Text | None = None
    outward: Text | None = None


class _IssueLink(_Part):
    type: _LinkType | None = None
    inward: _Linked | None = Field(default=None, alias="inwardIssue")
    outward: _Linked | None = Field(default=None, alias="outwardIssue")

    def links(self) -> Iterator[Link]:
        words = self.type or _LinkType()
        for linked, phrase in ((self.inward, words.inward), (self.outward, words.outward)):
            if linked is None or not linked.key:
                continue
            status = linked.fields and linked.fields.status
            yield Link(
                phrase=phrase or "is linked to",
                key=linked.key,
                status=status and status.name,
                category=status and status.category,
            )


class _Comment(_Part):
    id: Id | None = None
    author: _User | None = None
    created: Moment
    body: Markdown | None = None

    def read(self, number: int, url: str | None) -> Comment:
        return Comment(
            id=self.id or str(number),
            author=self.author and self.author.account(),
            created=self.created,
            text=self.body or "",
            url=f"{url}?focusedCommentId={quote(self.id, safe='')}" if url and self.id else url,
        )


class _Comments(_Part):
    comments: tuple[_Comment, ...] | None = None
    total: StrictInt | None = None

    def read(self, url: str | None) -> tuple[Comment, ...] | None:
        """All comments, oldest first."""
        if self.comments is None:
            return None
        read = (comment.read(number, url) for number, comment in enumerate(self.comments, start=1))
        return tuple(sorted(read, key=lambda comment: comment.created))


class _Item(_Part):
    field: Text | None = None
    field_id: Text | None = Field(default=None, alias="fieldId")
    before: Id | None = Field(default=None, alias="from")
    before_text: Text | None = Field(default=None, alias="fromString")
    after: Id | None = Field(default=None, alias="to")
    after_text: Text | None = Field(default=None, alias="toString")


class _History(_Part):
    author: _User | None = None
    created: Moment
    items: tuple[_Item, ...]

    def read(self) -> list[Change]:
        author = self.author and self.author.account()
        return [
            Change(
                at=self.created,
                author=author,
                field=item.field or item.field_id or "",
                before=item.before,
                before_text=item.before_text,
                after=item.after,
                after_text=item.after_text,
            )
            for item in self.items
        ]


class _Changelog(_Part):
    histories: tuple[_History, ...] | None = None
    total: StrictInt | None = None

    def read(self) -> tuple[Change, ...] | None:
        """All changes, oldest first. Data Center lists the histories so, and Cloud the other way round."""
        if self.histories is None:
            return None
        newest_first = len(self.histories) > 1 and self.histories[0].created > self.histories[-1].created
        listed = self.histories[::-1] if newest_first else self.histories
        in_time = sorted(listed, key=lambda history: history.created)  # stable: order decides at one instant
        return tuple(change for history in in_time for change in history.read())


class _Project(_Part):
    key: Text | None = None


class _Fields(_Part):
    summary: Text | None = None
    description: Markdown | None = None
    project: _Project | None = None
    issuetype: _Named | None = None
    status: _Status | None = None
    category_since: Moment | None = Field(default=None, alias="statuscategorychangedate")
    priority: _Named | None = None
    labels: tuple[Text, ...] | None = None
    components: tuple[_Named, ...] | None = None
    assignee: _User | None = None
    reporter: _User | None = None
    creator: _User | None = None
    created: Moment | None = None
    updated: Moment | None = None
    resolved: Moment | None = Field(default=None, alias="resolutiondate")
    due: Day | None = Field(default=None, alias="duedate")
    parent: _Linked | None = None
    epic: _Linked | None = None
    issuelinks: tuple[_IssueLink, ...] | None = None
    comment: Annotated[_Comments | None, _bare_list("comments")] = None

    def links(self) -> tuple[Link, ...] | None:
        if self.issuelinks is None:
            return None
        return tuple(link for issue_link in self.issuelinks for link in issue_link.links())


class _Issue(_Part):
    key: Text = Field(min_length=1)
    id: Id | None = None
    address: Text | None = Field(default=None, alias="self")
    fields: _Fields
    changelog: Annotated[_Changelog | None, _bare_list("histories")] = None

    def ticket(self, *, flagged: bool | None) -> Ticket:
        fields, url = self.fields, _browse_url(self.address, self.key)
        comments, changelog = fields.comment or _Comments(), self.changelog or _Changelog()
        parent = fields.parent or fields.epic
        return Ticket(
            key=self.key,
            id=self.id or self.key,
            project=(fields.project and fields.project.key) or project_of(self.key),
            url=url,
            type=fields.issuetype and fields.issuetype.name,
            summary=fields.summary,
            description=fields.description,
            status=fields.status and fields.status.name,
            category=fields.status and fields.status.category,
            category_since=fields.category_since,
            priority=fields.priority and fields.priority.name,
            labels=fields.labels or (),
            components=tuple(part.name for part in fields.components or () if part.name),
            assignee=fields.assignee and fields.assignee.account(),
            reporter=fields.reporter and fields.reporter.account(),
            creator=fields.creator and fields.creator.account(),
            created=fields.created,
            updated=fields.updated,
            resolved=fields.resolved,
            due=fields.due,
            parent=parent and parent.key,
            flagged=flagged,
            links=fields.links(),
            comments=comments.read(url),
            changes=changelog.read(),
            comments_complete=(comments.total or 0) <= len(comments.comments or ()),
            changes_complete=(changelog.total or 0) <= len(changelog.histories or ()),
        )


def _browse_url(address: str | None, key: str) -> str | None:
    """Where people see the issue, from where the API serves it; the gateway for scoped tokens shows none."""
    site = re.match(r"(https?://[^/?#@\s]+(?:/[^?#\s]*?)?)/rest/", address or "")
    if site is None or "://api.atlassian.com/" in site[0]:
        return None
    return f"{site[1]}/browse/{quote(key, safe='')}"


def _flagged(fields: Mapping[str, Any], names: Mapping[str, str]) -> bool | None:
    """The flag: a field of its own on boards, elsewhere a custom field with one option, `Impediment`.

    A custom field that is empty may be any; that it is the flag shows only in the fields' names.
    """
    if isinstance(fields.get("flagged"), bool):
        return bool(fields["flagged"])
    for field, value in fields.items():
        if names.get(field) == "Flagged":
            return bool(value)
        options = value if field.startswith("customfield_") and isinstance(value, list) else []
        if any(isinstance(option, dict) and option.get("value") == "Impediment" for option in options):
            return True
    return None
