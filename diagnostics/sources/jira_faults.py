"""Jira's faults: what is wrong in an issue object of Jira's REST API, value by value, and the object without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, ValidationError
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails

from diagnostics.records import field_path
from diagnostics.sources.encoding import clean

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


def without_faults(data: object) -> tuple[dict[str, Any], list[WrongValue]]:
    """An issue object without its wrong values, and these.

    Raises:
        NotAnIssue: it is no issue object, or one without a `key` or without `fields`.
    """
    wrong: list[WrongValue] = []
    for _ in range(MOST_ROUNDS):
        try:
            _Issue.model_validate(data)
        except ValidationError as error:
            errors = error.errors(include_url=False)
            if refusal := _refusal(data, errors):
                raise refusal from error
        else:
            assert isinstance(data, dict)  # or it were no issue
            return data, wrong
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
            return read if read.tzinfo is UTC else read.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is no time such as 2026-03-01T09:30:00.000+0000") from error
    raise ValueError(f"{text!r} has no zone; export it with one, as in 2026-03-01T09:30:00.000+0000")


def _text(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def _id(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _moment(value: object) -> object:
    return moment(value if isinstance(value, str) else repr(value))


def day(value: object) -> date:
    """A day such as 2026-03-01, whatever follows it.

    Raises:
        ValueError: it is none.
    """
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise ValueError(f"{value!r} is no day such as 2026-03-01") from error


def _markup(value: object) -> object:
    if isinstance(value, str | dict):
        return value
    raise ValueError("is neither wiki markup nor a document in Atlassian Document Format")


def _bare_list(name: str) -> BeforeValidator:
    """Takes a list for an object that has it under a name (so in Atlassian's own examples)."""
    return BeforeValidator(lambda value: {name: value} if isinstance(value, list) else value)


Text = Annotated[str, BeforeValidator(_text)]
Id = Annotated[str, BeforeValidator(_id)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Day = Annotated[date, BeforeValidator(day)]
Markup = Annotated[Any, BeforeValidator(_markup)]


# Objects. What Jira sends beside is none of our business; all but `key` and `fields` may be missing.


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel)


class _Named(_Part):
    name: Text | None = None


class _User(_Part):
    account_id: Text | None = None
    name: Text | None = None
    key: Text | None = None
    display_name: Text | None = None
    account_type: Text | None = None


class _StatusCategory(_Part):
    key: Text | None = None


class _Status(_Named):
    status_category: _StatusCategory | None = None


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
    inward_issue: _Linked | None = None
    outward_issue: _Linked | None = None


class _Comment(_Part):
    id: Id | None = None
    author: _User | None = None
    created: Moment
    body: Markup | None = None


class _Comments(_Part):
    comments: tuple[_Comment, ...] | None = None
    total: StrictInt | None = None


class _Item(_Part):
    field: Text | None = None
    field_id: Text | None = None
    before: Id | None = Field(default=None, alias="from")
    from_string: Text | None = None
    to: Id | None = None
    to_string: Text | None = None


class _History(_Part):
    id: Id | None = None
    author: _User | None = None
    created: Moment
    items: tuple[_Item, ...]


class _Changelog(_Part):
    histories: tuple[_History, ...] | None = None
    total: StrictInt | None = None
    is_last: StrictBool | None = None


class _Project(_Part):
    key: Text | None = None


class _Fields(_Part):
    summary: Text | None = None
    description: Markup | None = None
    project: _Project | None = None
    issuetype: _Named | None = None
    status: _Status | None = None
    statuscategorychangedate: Moment | None = None
    priority: _Named | None = None
    labels: tuple[Text, ...] | None = None
    components: tuple[_Named, ...] | None = None
    assignee: _User | None = None
    reporter: _User | None = None
    creator: _User | None = None
    created: Moment | None = None
    updated: Moment | None = None
    resolutiondate: Moment | None = None
    duedate: Day | None = None
    parent: _Linked | None = None
    epic: _Linked | None = None
    issuelinks: tuple[_IssueLink, ...] | None = None
    comment: Annotated[_Comments | None, _bare_list("comments")] = None


class _Issue(_Part):
    key: Text = Field(min_length=1)
    id: Id | None = None
    self: Text | None = None
    fields: _Fields
    changelog: Annotated[_Changelog | None, _bare_list("histories")] = None
