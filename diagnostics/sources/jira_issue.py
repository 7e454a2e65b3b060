"""Jira issue: one issue object of Jira's REST API (v2 or v3, Data Center or Cloud) -> Ticket.

Issues come by the hundred thousand, so they are decoded into typed structs, which refuse whatever is not as they say.
Only then is it found out what was wrong, value by value (`jira_faults`).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any
from urllib.parse import quote

import msgspec
from msgspec.structs import replace
from pydantic.alias_generators import to_camel

from diagnostics.records import Account, Category, Change, Comment, Link, Ticket
from diagnostics.sources.encoding import clean
from diagnostics.sources.jira_faults import NotAnIssue, WrongValue, day, moment, without_faults
from diagnostics.sources.markup import adf_to_markdown, wiki_to_markdown


def read_issue_line(line: bytes, *, texts: bool = True) -> Ticket | None:
    """The ticket of a line of JSON that is an issue object with nothing wrong in it; None if it is anything else.

    Twenty times as fast as `read_issue`, to which all that this returns None for has to go.
    """
    try:
        issue = _DECODER.decode(line)
        if issue.fields.created is None:
            return None
        # The flag has a name of its own on each site, so that it is looked for only where there may be one.
        raw = msgspec.json.decode(line) if b'"Impediment"' in line or b'"names"' in line else {}
        return _ticket(issue, raw, None, texts)
    except (ValueError, RecursionError):
        return None


def read_issue(data: object, names: object = None, *, texts: bool = True) -> tuple[Ticket, tuple[WrongValue, ...]]:
    """The ticket that an issue object shows, and what was wrong in it and left out.

    Times are in UTC, texts are canonical Markdown; without `texts` descriptions and comments are left empty,
    since most of the time goes into them. `names` is what a search response gives under that name beside its
    issues: fields' names by their ids.

    Raises:
        NotAnIssue: it is no issue object, or one without a `key` or without `fields`.
    """
    right, wrong = without_faults(data)
    try:
        ticket = _ticket(msgspec.convert(right, _Issue), right, names, texts)
    except msgspec.ValidationError as error:
        raise NotAnIssue(None, f"is no issue that can be read ({error})") from error
    if ticket.created is None and all(value.field != "fields.created" for value in wrong):
        wrong.append(WrongValue("fields.created", "is missing; export the issue with all its fields (fields=*all)"))
    cut = {value.field.split("[")[0] for value in wrong}
    whole = replace(
        ticket,
        comments_complete=ticket.comments_complete and "fields.comment.comments" not in cut,
        changes_complete=ticket.changes_complete and "changelog.histories" not in cut,
    )
    return whole, tuple(wrong)


def project_of(key: str) -> str:
    """The project that an issue's key names: CHURN of CHURN-12."""
    return key.rpartition("-")[0] or key


# Objects, as Jira sends them. What it sends beside is none of our business; all but `key` and `fields` may be missing.


class _Part(msgspec.Struct, gc=False, rename="camel"):
    """Holds no part of itself, so that the garbage collector need not look at it."""


class _Named(_Part):
    name: str | None = None


class _User(_Part):
    account_id: str | None = None
    name: str | None = None
    key: str | None = None
    display_name: str | None = None
    account_type: str | None = None


class _StatusCategory(_Part):
    key: str | None = None


class _Status(_Part):
    name: str | None = None
    status_category: _StatusCategory | None = None

    @property
    def category(self) -> Category | None:
        return _CATEGORIES.get(self.status_category.key) if self.status_category else None


_CATEGORIES: dict[str | None, Category] = {category.value: category for category in Category}


class _LinkedFields(_Part):
    status: _Status | None = None


class _Linked(_Part):
    key: str | None = None
    fields: _LinkedFields | None = None


class _LinkType(_Part):
    inward: str | None = None
    outward: str | None = None


class _IssueLink(_Part):
    type: _LinkType | None = None
    inward_issue: _Linked | None = None
    outward_issue: _Linked | None = None


class _Comment(_Part):
    created: str
    id: str | int | None = None
    author: _User | None = None
    body: str | dict[str, Any] | None = None


class _Comments(_Part):
    comments: list[_Comment] | None = None
    total: int | None = None


class _Item(_Part, rename=lambda name: "from" if name == "before" else to_camel(name)):
    field: str | None = None
    field_id: str | None = None
    before: str | int | None = None
    from_string: str | None = None
    to: str | int | None = None
    to_string: str | None = None


class _History(_Part):
    created: str
    items: list[_Item]
    id: str | int | None = None
    author: _User | None = None


class _Changelog(_Part):
    histories: list[_History] | None = None
    total: int | None = None
    is_last: bool | None = None


class _Project(_Part):
    key: str | None = None


class _Fields(_Part):
    summary: str | None = None
    description: str | dict[str, Any] | None = None
    project: _Project | None = None
    issuetype: _Named | None = None
    status: _Status | None = None
    statuscategorychangedate: str | None = None
    priority: _Named | None = None
    labels: list[str] | None = None
    components: list[_Named] | None = None
    assignee: _User | None = None
    reporter: _User | None = None
    creator: _User | None = None
    created: str | None = None
    updated: str | None = None
    resolutiondate: str | None = None
    duedate: Any = None
    parent: _Linked | None = None
    epic: _Linked | None = None
    flagged: Any = None
    issuelinks: list[_IssueLink] | None = None
    comment: _Comments | list[_Comment] | None = None  # a bare list in Atlassian's own examples


class _Issue(_Part):
    key: str
    fields: _Fields
    id: str | int | None = None
    self: str | None = None
    changelog: _Changelog | list[_History] | None = None


_DECODER = msgspec.json.Decoder(_Issue)


# Objects -> records.


def _ticket(issue: _Issue, raw: Mapping[str, Any], names: object, texts: bool) -> Ticket:
    """The ticket of an issue; `raw` is the issue as plain JSON, as far as a custom field of it may be the flag.

    Raises:
        ValueError: a time or a day in it is none, or the key is empty.
    """
    fields, key = issue.fields, clean(issue.key)
    if not key:
        raise ValueError("an issue has a key")
    url = _browse_url(issue.self and clean(issue.self), key)
    comments = fields.comment if isinstance(fields.comment, _Comments) else _Comments(fields.comment)
    changelog = issue.changelog if isinstance(issue.changelog, _Changelog) else _Changelog(issue.changelog)
    parent, status = fields.parent or fields.epic, fields.status
    return Ticket(
        key=key,
        id=clean(str(issue.id or key)),
        project=_cleaned(fields.project.key if fields.project else None) or project_of(key),
        url=url,
        type=_cleaned(fields.issuetype.name if fields.issuetype else None),
        summary=_cleaned(fields.summary),
        description=_markdown(fields.description) if texts else None,
        status=_cleaned(status.name if status else None),
        category=status.category if status else None,
        category_since=_moment(fields.statuscategorychangedate),
        priority=_cleaned(fields.priority.name if fields.priority else None),
        labels=tuple([clean(label) for label in fields.labels or ()]),
        components=tuple([clean(part.name) for part in fields.components or () if part.name]),
        assignee=_account(fields.assignee),
        reporter=_account(fields.reporter),
        creator=_account(fields.creator),
        created=_moment(fields.created),
        updated=_moment(fields.updated),
        resolved=_moment(fields.resolutiondate),
        due=None if fields.duedate is None else day(fields.duedate),
        parent=_cleaned(parent.key if parent else None),
        flagged=_flagged(fields.flagged, raw.get("fields") or {}, raw.get("names", names)),
        links=_links(fields.issuelinks),
        comments=_comments(comments, url, texts),
        changes=_changes(changelog),
        comments_complete=(comments.total or 0) <= len(comments.comments or ()),
        changes_complete=(changelog.total or 0) <= len(changelog.histories or ()) and changelog.is_last is not False,
    )


def _comments(comments: _Comments, url: str | None, texts: bool) -> tuple[Comment, ...] | None:
    """All comments, oldest first."""
    if comments.comments is None:
        return None
    read = []
    for number, comment in enumerate(comments.comments, start=1):
        id = _known_id(comment.id) or str(number)
        text, address = "", url
        if texts:
            text = _markdown(comment.body) or ""
            address = f"{url}?focusedCommentId={quote(id, safe='')}" if url and comment.id else url
        read.append(_new(Comment, (id, _account(comment.author), _instant(comment.created), text, address)))
    return tuple(sorted(read, key=attrgetter("created")))


def _changes(changelog: _Changelog) -> tuple[Change, ...] | None:
    """All changes, oldest first. Data Center lists the histories so, and Cloud the other way round."""
    if changelog.histories is None:
        return None
    dated = [(_instant(history.created), history) for history in changelog.histories]
    if len(dated) > 1 and (dated[0][0], _number(dated[0][1])) > (dated[-1][0], _number(dated[-1][1])):
        dated.reverse()
    changes = []
    for at, history in sorted(dated, key=_first):  # stable: order decides at one instant
        author = _account(history.author)
        for item in history.items:
            field = item.field or item.field_id
            read = _edit if field in _LONG else _known_edit
            edit = read(field, item.before, item.from_string, item.to, item.to_string)
            changes.append(_new(Change, (at, author, *edit)))
    return tuple(changes)


def _number(history: _History) -> int:
    """Its number, by which two of one instant are told apart: ids grow with time."""
    id = str(history.id or "")
    return int(id) if id.isascii() and id.isdigit() else 0


def _first(pair: tuple[datetime, _History]) -> datetime:
    return pair[0]


def _links(pairs: list[_IssueLink] | None) -> tuple[Link, ...] | None:
    return None if pairs is None else tuple([link for pair in pairs for link in _links_of(pair)])


def _links_of(pair: _IssueLink) -> Iterator[Link]:
    words = pair.type or _LinkType()
    for linked, phrase in ((pair.inward_issue, words.inward), (pair.outward_issue, words.outward)):
        if linked is None or not linked.key:
            continue
        status = linked.fields.status if linked.fields else None
        yield Link(
            phrase=_cleaned(phrase) or "is linked to",
            key=clean(linked.key),
            status=_cleaned(status.name if status else None),
            category=status.category if status else None,
        )


# Values.

_new: Any = tuple.__new__  # a named tuple's own constructor takes twice the time
_SHORT = 60  # characters; names and statuses, which come again and again, and are kept once
_LONG = ("description", "Comment", "environment")  # fields whose texts are long, and never come twice
_ALWAYS = {name: name for name in ("status", "assignee")}  # by which histories are read, whatever their case
_Edit = tuple[str, str | None, str | None, str | None, str | None]


def _instant(text: str) -> datetime:
    """As `moment`, at a third of the time for times in UTC."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo is UTC else moment(text)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else _instant(text)


def _known_id(id: str | int | None) -> str:
    return id if isinstance(id, str) and id.isalnum() and id.isascii() else clean(str(id or ""))


def _markdown(value: str | dict[str, Any] | None) -> str | None:
    if value is None:
        return None
    return clean(wiki_to_markdown(value) if isinstance(value, str) else adf_to_markdown(value))


def _cleaned(text: str | None) -> str | None:
    if text is None:
        return None
    return _known(text) if len(text) < _SHORT else clean(text)


_known = lru_cache(maxsize=1 << 14)(clean)


def _account(user: _User | None) -> Account | None:
    if user is None:
        return None
    return _known_account(user.account_id, user.name, user.key, user.display_name, user.account_type)


@lru_cache(maxsize=1 << 14)
def _known_account(
    id: str | None, name: str | None, key: str | None, display_name: str | None, kind: str | None
) -> Account | None:
    """Cloud knows people by account id; Data Center by user name, which is what its people write."""
    known = id or name or key or display_name
    return Account(clean(known), clean(display_name or name or known), kind == "app") if known else None


def _edit(
    field: str | None,
    before: str | int | None,
    before_text: str | None,
    after: str | int | None,
    after_text: str | None,
) -> _Edit:
    name = clean(field or "")
    return (
        _ALWAYS.get(name.casefold(), name),
        None if before is None else clean(str(before)),
        None if before_text is None else clean(before_text),
        None if after is None else clean(str(after)),
        None if after_text is None else clean(after_text),
    )


_known_edit = lru_cache(maxsize=1 << 14)(_edit)


def _browse_url(address: str | None, key: str) -> str | None:
    """Where people see the issue, from where the API serves it; the gateway for scoped tokens shows none."""
    site = re.match(r"(https?://[^/?#@\s]+(?:/[^?#\s]*?)?)/rest/", address or "")
    if site is None or "://api.atlassian.com/" in site[0]:
        return None
    return f"{site[1]}/browse/{quote(key, safe='')}"


def _flagged(stated: object, fields: Mapping[str, Any], names: object) -> bool | None:
    """The flag: a field of its own on boards, elsewhere a custom field with one option, `Impediment`.

    A custom field that is empty may be any; that it is the flag shows only in the fields' names.
    """
    if isinstance(stated, bool):
        return stated
    known = names if isinstance(names, Mapping) else {}
    for field, value in fields.items():
        if known.get(field) == "Flagged":
            return bool(value)
        options = value if field.startswith("customfield_") and isinstance(value, list) else []
        if any(isinstance(option, dict) and option.get("value") == "Impediment" for option in options):
            return True
    return None
