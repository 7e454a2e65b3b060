"""Jira issue: one issue object of Jira's REST API (v2 or v3, Data Center or Cloud) -> Ticket."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Annotated, Any, NotRequired
from urllib.parse import quote

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetPydanticSchema,
    StrictInt,
    ValidationError,
)
from pydantic_core import CoreSchema, ErrorDetails, core_schema
from typing_extensions import TypedDict

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


def read_issue_line(line: bytes, *, texts: bool = True) -> Ticket | None:
    """The ticket of a line of JSON that is an issue object with nothing wrong in it; None if it is anything else.

    Ten times as fast as `read_issue`, to which all that this returns None for has to go.
    """
    try:
        issue = _Issue.model_validate_json(line)
    except ValidationError:
        return None
    if issue.fields.created is None:
        return None
    return issue.ticket(flagged=_flagged(issue.fields.others, issue.names), texts=texts)


def read_issue(data: object, names: object = None, *, texts: bool = True) -> tuple[Ticket, tuple[WrongValue, ...]]:
    """The ticket that an issue object shows, and what was wrong in it and left out.

    Times are in UTC, texts are canonical Markdown; without `texts` descriptions and comments are left empty,
    since most of the time goes into them. `names` is what a search response gives under that name beside its
    issues: fields' names by their ids.

    Raises:
        NotAnIssue: it is no issue object, or one without a `key` or without `fields`.
    """
    issue, wrong = _validated(data)
    assert isinstance(data, dict)  # or it was no issue
    ticket = issue.ticket(flagged=_flagged(data["fields"], data.get("names", names)), texts=texts)
    if ticket.created is None and all(value.field != "fields.created" for value in wrong):
        wrong.append(WrongValue("fields.created", "is missing; export the issue with all its fields (fields=*all)"))
    cut = {value.field.split("[")[0] for value in wrong}
    whole = replace(
        ticket,
        comments_complete=ticket.comments_complete and "fields.comment.comments" not in cut,
        changes_complete=ticket.changes_complete and "changelog.histories" not in cut,
    )
    return whole, tuple(wrong)


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
        case "model_type" | "dict_type":
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


_SHORT = 60  # characters; names, statuses and ids, which come again and again, and are kept once


def _cleaned(text: str | None) -> str | None:
    if text is None:
        return None
    return _known(text) if len(text) < _SHORT else clean(text)


@lru_cache(maxsize=1 << 14)
def _known(text: str) -> str:
    return clean(text)


@lru_cache(maxsize=1 << 14)
def _known_account(id: str, name: str, kind: str | None) -> Account:
    return Account(id=clean(id), name=clean(name), bot=kind == "app")


def _moment(value: object) -> object:
    return moment(value if isinstance(value, str) else repr(value))


def _day(value: object) -> object:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise ValueError(f"{value!r} is no day such as 2026-03-01") from error


def _markup(value: object) -> object:
    if value is None or isinstance(value, str | dict):
        return value
    raise ValueError("is neither wiki markup nor a document in Atlassian Document Format")


def _markdown(value: str | dict[str, Any] | None) -> str | None:
    if value is None:
        return None
    return clean(wiki_to_markdown(value) if isinstance(value, str) else adf_to_markdown(value))


def _quickly(read: Callable[[object], object], quick: CoreSchema | None = None) -> GetPydanticSchema:
    """Validates JSON by what needs no Python, and Python values, where errors are told, after `read`."""

    def schema(source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        own = handler(source)
        careful = core_schema.no_info_before_validator_function(read, own)
        return core_schema.json_or_python_schema(quick or own, careful)

    return GetPydanticSchema(schema)


def _bare_list(name: str) -> GetPydanticSchema:
    """Takes a list for an object that has it under a name (so in Atlassian's own examples)."""
    return _quickly(lambda value: {name: value} if isinstance(value, list) else value)


_NUMBER_OR_TEXT = core_schema.union_schema([core_schema.str_schema(strict=True), core_schema.int_schema(strict=True)])
_A_ZONED_TIME = core_schema.datetime_schema(strict=True, tz_constraint="aware")

Text = Annotated[str, _quickly(_text)]
Id = Annotated[str, _quickly(_id, _NUMBER_OR_TEXT)]
Moment = Annotated[datetime, _quickly(_moment, _A_ZONED_TIME)]
Day = Annotated[date, BeforeValidator(_day)]
Markup = Annotated[Any, BeforeValidator(_markup)]


# Objects. What Jira sends beside is none of our business; all but `key` and `fields` may be missing.


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Named(_Part):
    name: Text | None = None


# What comes a dozen times an issue is a plain dict, which is made in half the time of an object.
class _User(TypedDict, total=False):
    accountId: Text | None
    name: Text | None
    key: Text | None
    displayName: Text | None
    accountType: Text | None


_Item = TypedDict(
    "_Item",
    {
        "field": Text | None,
        "fieldId": Text | None,
        "from": Id | None,
        "fromString": Text | None,
        "to": Id | None,
        "toString": Text | None,
    },
    total=False,
)


class _History(TypedDict):
    author: NotRequired[_User | None]
    created: Moment
    items: tuple[_Item, ...]


class _Comment(TypedDict):
    id: NotRequired[Id | None]
    author: NotRequired[_User | None]
    created: Moment
    body: NotRequired[Markup]


def _account(user: _User | None) -> Account | None:
    """Cloud knows people by account id; Data Center by user name, which is what its people write."""
    if user is None:
        return None
    name = user.get("name")
    known = user.get("accountId") or name or user.get("key") or user.get("displayName")
    return _known_account(known, user.get("displayName") or name or known, user.get("accountType")) if known else None


def _change(item: _Item, at: datetime, author: Account | None) -> Change:
    before, after = item.get("from"), item.get("to")
    return Change(
        at,
        author,
        _cleaned(item.get("field") or item.get("fieldId")) or "",
        None if before is None else _cleaned(str(before)),
        _cleaned(item.get("fromString")),
        None if after is None else _cleaned(str(after)),
        _cleaned(item.get("toString")),
    )


def _comment(comment: _Comment, number: int, url: str | None, texts: bool) -> Comment:
    id = clean(str(comment.get("id") or ""))
    return Comment(
        id or str(number),
        _account(comment.get("author")),
        comment["created"].astimezone(UTC),
        (_markdown(comment.get("body")) or "") if texts else "",
        f"{url}?focusedCommentId={quote(id, safe='')}" if texts and url and id else url,
    )


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
            status = linked.fields.status if linked.fields else None
            yield Link(
                phrase=_cleaned(phrase) or "is linked to",
                key=clean(linked.key),
                status=_cleaned(status.name if status else None),
                category=status.category if status else None,
            )


class _Comments(_Part):
    comments: tuple[_Comment, ...] | None = None
    total: StrictInt | None = None

    def read(self, url: str | None, texts: bool) -> tuple[Comment, ...] | None:
        """All comments, oldest first."""
        if self.comments is None:
            return None
        read = [_comment(comment, number, url, texts) for number, comment in enumerate(self.comments, start=1)]
        return tuple(sorted(read, key=attrgetter("created")))


class _Changelog(_Part):
    histories: tuple[_History, ...] | None = None
    total: StrictInt | None = None

    def read(self) -> tuple[Change, ...] | None:
        """All changes, oldest first. Data Center lists the histories so, and Cloud the other way round."""
        if self.histories is None:
            return None
        newest_first = len(self.histories) > 1 and self.histories[0]["created"] > self.histories[-1]["created"]
        listed = self.histories[::-1] if newest_first else self.histories
        changes = []
        for history in sorted(listed, key=itemgetter("created")):  # stable: order decides at one instant
            at, author = history["created"].astimezone(UTC), _account(history.get("author"))
            changes += [_change(item, at, author) for item in history["items"]]
        return tuple(changes)


class _Project(_Part):
    key: Text | None = None


class _Fields(_Part):
    model_config = ConfigDict(frozen=True, extra="allow")  # a custom field may be the flag

    summary: Text | None = None
    description: Markup = None
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

    @property
    def others(self) -> Mapping[str, Any]:
        """The fields that have no name here, custom ones above all."""
        return self.__pydantic_extra__ or {}

    def links(self) -> tuple[Link, ...] | None:
        if self.issuelinks is None:
            return None
        return tuple(link for issue_link in self.issuelinks for link in issue_link.links())


class _Issue(_Part):
    key: Text = Field(min_length=1)
    names: Any = None
    id: Id | None = None
    address: Text | None = Field(default=None, alias="self")
    fields: _Fields
    changelog: Annotated[_Changelog | None, _bare_list("histories")] = None

    def ticket(self, *, flagged: bool | None, texts: bool) -> Ticket:
        fields, key = self.fields, clean(self.key)
        url = _browse_url(self.address and clean(self.address), key)
        comments, changelog = fields.comment or _Comments(), self.changelog or _Changelog()
        parent = fields.parent or fields.epic
        return Ticket(
            key=key,
            id=clean(str(self.id or key)),
            project=_cleaned(fields.project.key if fields.project else None) or project_of(key),
            url=url,
            type=_cleaned(fields.issuetype.name if fields.issuetype else None),
            summary=_cleaned(fields.summary),
            description=_markdown(fields.description) if texts else None,
            status=_cleaned(fields.status.name if fields.status else None),
            category=fields.status.category if fields.status else None,
            category_since=_utc(fields.category_since),
            priority=_cleaned(fields.priority.name if fields.priority else None),
            labels=tuple([clean(label) for label in fields.labels or ()]),
            components=tuple([clean(part.name) for part in fields.components or () if part.name]),
            assignee=_account(fields.assignee),
            reporter=_account(fields.reporter),
            creator=_account(fields.creator),
            created=_utc(fields.created),
            updated=_utc(fields.updated),
            resolved=_utc(fields.resolved),
            due=fields.due,
            parent=_cleaned(parent.key if parent else None),
            flagged=flagged,
            links=fields.links(),
            comments=comments.read(url, texts),
            changes=changelog.read(),
            comments_complete=(comments.total or 0) <= len(comments.comments or ()),
            changes_complete=(changelog.total or 0) <= len(changelog.histories or ()),
        )


def _utc(time: datetime | None) -> datetime | None:
    return time and time.astimezone(UTC)


def _browse_url(address: str | None, key: str) -> str | None:
    """Where people see the issue, from where the API serves it; the gateway for scoped tokens shows none."""
    site = re.match(r"(https?://[^/?#@\s]+(?:/[^?#\s]*?)?)/rest/", address or "")
    if site is None or "://api.atlassian.com/" in site[0]:
        return None
    return f"{site[1]}/browse/{quote(key, safe='')}"


def _flagged(fields: Mapping[str, Any], names: object) -> bool | None:
    """The flag: a field of its own on boards, elsewhere a custom field with one option, `Impediment`.

    A custom field that is empty may be any; that it is the flag shows only in the fields' names.
    """
    if isinstance(fields.get("flagged"), bool):
        return bool(fields["flagged"])
    known = names if isinstance(names, Mapping) else {}
    for field, value in fields.items():
        if known.get(field) == "Flagged":
            return bool(value)
        options = value if field.startswith("customfield_") and isinstance(value, list) else []
        if any(isinstance(option, dict) and option.get("value") == "Impediment" for option in options):
            return True
    return None
