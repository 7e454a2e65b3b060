"""Jira issue: an issue object of any Jira, as a ticket that shows what it shows and no more."""

import copy
import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict

from diagnostics.records import Account, Category, Change, Comment, Link, Ticket
from diagnostics.sources import jira_issue
from diagnostics.sources.jira_faults import NotAnIssue, moment

ANN = {"accountId": "5b10", "displayName": "Ann Sample", "accountType": "atlassian"}
BEN = {"name": "ben", "key": "JIRAUSER1", "displayName": "Ben Sample"}
DOC = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Why."}]}]}
ISSUE: dict[str, Any] = {
    "id": "10001",
    "key": "CHURN-1",
    "self": "https://example.atlassian.net/rest/api/3/issue/10001",
    "fields": {
        "summary": "Pull the data",
        "description": DOC,
        "project": {"key": "CHURN", "name": "Churn"},
        "issuetype": {"name": "Task"},
        "status": {"name": "Doing", "statusCategory": {"key": "indeterminate"}},
        "statuscategorychangedate": "2026-03-02T10:00:00.000+0100",
        "priority": {"name": "High"},
        "labels": ["data"],
        "components": [{"name": "Warehouse"}],
        "assignee": ANN,
        "reporter": BEN,
        "creator": {"accountId": "bot-1", "displayName": "Automation", "accountType": "app"},
        "created": "2026-03-01T08:00:00.123+0800",
        "updated": "2026-03-04T00:00:00Z",
        "resolutiondate": None,
        "duedate": "2026-04-30",
        "parent": {"key": "CHURN-9"},
        "issuelinks": [
            {
                "type": {"inward": "is blocked by", "outward": "blocks"},
                "inwardIssue": {
                    "key": "OPS-3",
                    "fields": {"status": {"name": "Open", "statusCategory": {"key": "new"}}},
                },
            },
            {"type": {"inward": "is blocked by", "outward": "blocks"}, "outwardIssue": {"key": "CHURN-2"}},
        ],
        "comment": {
            "total": 2,
            "comments": [
                {"id": "2", "author": BEN, "created": "2026-03-03T00:00:00.000+0000", "body": "*Second*"},
                {"id": "1", "author": ANN, "created": "2026-03-02T00:00:00.000+0000", "body": DOC},
            ],
        },
    },
}


def issue(**fields: Any) -> dict[str, Any]:
    """The sample issue with some fields changed; a field set to `...` is taken away."""
    changed = copy.deepcopy(ISSUE)
    changed["fields"] |= fields
    changed["fields"] = {name: value for name, value in changed["fields"].items() if value is not ...}
    return changed


def read_issue(data: object, names: object = None) -> Ticket:
    """The ticket of an issue in which nothing is wrong."""
    ticket, wrong = jira_issue.read_issue(data, names)
    assert wrong == ()
    return ticket


def history(*times: str, total: int | None = None) -> dict[str, Any]:
    """A changelog with a change of status at each time."""
    move = {"field": "status", "from": "1", "fromString": "a", "to": "2"}
    histories = [
        {"created": time, "author": ANN, "items": [move | {"toString": str(number)}]}
        for number, time in enumerate(times)
    ]
    return {"histories": histories, "total": len(times) if total is None else total}


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def test_all_that_an_issue_shows() -> None:
    ticket = read_issue(ISSUE)
    ann, ben = Account(id="5b10", name="Ann Sample"), Account(id="ben", name="Ben Sample")
    url = "https://example.atlassian.net/browse/CHURN-1"
    assert asdict(ticket) == {
        "key": "CHURN-1",
        "id": "10001",
        "project": "CHURN",
        "url": url,
        "type": "Task",
        "summary": "Pull the data",
        "description": "Why.",
        "status": "Doing",
        "category": Category.INDETERMINATE,
        "category_since": at(2, 9),
        "priority": "High",
        "labels": ("data",),
        "components": ("Warehouse",),
        "assignee": ann,
        "reporter": ben,
        "creator": Account(id="bot-1", name="Automation", bot=True),
        "created": datetime(2026, 3, 1, 0, 0, 0, 123000, tzinfo=UTC),
        "updated": at(4),
        "resolved": None,
        "due": date(2026, 4, 30),
        "parent": "CHURN-9",
        "flagged": None,
        "links": (
            Link(phrase="is blocked by", key="OPS-3", status="Open", category=Category.NEW),
            Link(phrase="blocks", key="CHURN-2"),
        ),
        "comments": (
            Comment(id="1", author=ann, created=at(2), text="Why.", url=f"{url}?focusedCommentId=1"),
            Comment(id="2", author=ben, created=at(3), text="**Second**", url=f"{url}?focusedCommentId=2"),
        ),
        "changes": None,
        "comments_complete": True,
        "changes_complete": True,
    }


def test_the_least_that_an_issue_must_show() -> None:
    ticket = read_issue({"key": "A-B-7", "fields": {"created": "2026-03-01T00:00:00Z"}})
    shown = {name for name, value in asdict(ticket).items() if value not in (None, ())}
    assert shown == {"key", "id", "project", "created", "comments_complete", "changes_complete"}
    assert (ticket.id, ticket.project) == ("A-B-7", "A-B")


@pytest.mark.parametrize(
    ("data", "field", "said"),
    [
        ({"fields": ISSUE["fields"]}, "key", "is missing; export the issue with all its fields"),
        ({"key": "A-1"}, "fields", "is missing"),
        ({"key": "A-1", "fields": None}, "fields", "is no JSON object"),
        ({"key": "A-1", "fields": []}, "fields", "is no JSON object"),
        ({"key": 12, "fields": ISSUE["fields"]}, "key", "must be a valid string"),
        ({"key": "", "fields": ISSUE["fields"]}, "key", "at least 1 character"),
        ({"errorMessages": ["gone"]}, None, "is no Jira issue: it has no key and no fields"),
        ([], None, "is no Jira issue but another kind of value"),
        ("CHURN-1", None, "is no Jira issue but another kind of value"),
        (None, None, "is no Jira issue but another kind of value"),
    ],
)
def test_what_is_no_issue_is_refused_by_field(data: object, field: str | None, said: str) -> None:
    with pytest.raises(NotAnIssue) as refused:
        read_issue(data)
    assert refused.value.field == field
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("data", "field", "said"),
    [
        (issue(created=...), "fields.created", "is missing"),
        (issue(created=1767225600000), "fields.created", "'1767225600000' is no time"),
        (issue(created=float("nan")), "fields.created", "is no time"),
        (issue(created="2026-03-01T08:00:00"), "fields.created", "has no zone"),
        (issue(created="0001-01-01T00:00:00+1400"), "fields.created", "is no time"),
        (issue(updated="yesterday"), "fields.updated", "'yesterday' is no time"),
        (issue(duedate="2026-02-30"), "fields.duedate", "is no day"),
        (issue(description=5), "fields.description", "is neither wiki markup nor"),
        (issue(labels=[1]), "fields.labels[0]", "must be a valid string"),
        (issue(assignee="ann"), "fields.assignee", "is no JSON object"),
        (issue(comment={"comments": [{"id": "1", "body": "x"}]}), "fields.comment.comments[0].created", "is missing"),
        (issue(comment={"comments": [], "total": float("nan")}), "fields.comment.total", "must be a valid integer"),
    ],
)
def test_a_wrong_value_is_named_and_left_out_and_the_rest_is_read(data: object, field: str, said: str) -> None:
    read, (wrong,) = jira_issue.read_issue(data)
    assert wrong.field == field
    assert said in wrong.message
    assert (read.key, read.summary) == ("CHURN-1", "Pull the data")


def test_every_wrong_value_is_named() -> None:
    comments = [{"id": "1", "created": "2026-03-02T00:00:00Z"}, {"id": "2"}, {"id": "3", "created": "x"}]
    read, wrong = jira_issue.read_issue(issue(labels=["a", 1, "b", 2], duedate="x", comment=comments))
    assert sorted(value.field for value in wrong) == [
        "fields.comment.comments[1].created",
        "fields.comment.comments[2].created",
        "fields.duedate",
        "fields.labels[1]",
        "fields.labels[3]",
    ]
    assert (read.labels, [comment.id for comment in read.comments or ()]) == (("a", "b"), ["1"])
    assert not read.comments_complete


def test_a_history_that_lost_an_entry_is_not_complete() -> None:
    good = {"created": "2026-03-02T00:00:00Z", "items": [{"field": "status"}]}
    histories = [{"created": "soon", "items": []}, {}, good]
    read, wrong = jira_issue.read_issue(ISSUE | {"changelog": {"histories": histories, "total": 1}})
    fields = ["histories[0].created", "histories[1].created", "histories[1].items"]
    assert sorted(value.field for value in wrong) == [f"changelog.{field}" for field in fields]
    assert [change.field for change in read.changes or ()] == ["status"]
    assert not read.changes_complete


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01T08:30:00.123+0000", datetime(2026, 3, 1, 8, 30, 0, 123000, tzinfo=UTC)),
        ("2026-03-01T08:30:00+08:00", datetime(2026, 3, 1, 0, 30, tzinfo=UTC)),
        ("2026-03-01T08:30:00-0330", datetime(2026, 3, 1, 12, 0, tzinfo=UTC)),
        ("2026-03-01T08:30:00Z", datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
    ],
)
def test_times_are_in_utc(text: str, expected: datetime) -> None:
    assert (moment(text), moment(text).tzinfo) == (expected, UTC)


@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)),
    st.integers(-14 * 60, 14 * 60),
)
def test_a_time_in_any_zone_is_the_same_instant(time: datetime, minutes: int) -> None:
    stated = time.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert moment(stated.isoformat()) == stated


@pytest.mark.parametrize(
    ("key", "category"),
    [("new", Category.NEW), ("done", Category.DONE), ("undefined", None), ("in-flight", None), (None, None)],
)
def test_categories(key: str | None, category: Category | None) -> None:
    assert read_issue(issue(status={"name": "S", "statusCategory": {"key": key}})).category is category


def test_a_status_without_a_category() -> None:
    ticket = read_issue(issue(status={"name": "S"}))
    assert (ticket.status, ticket.category) == ("S", None)


@pytest.mark.parametrize(
    ("fields", "names", "flagged"),
    [
        ({}, None, None),
        ({"flagged": False}, None, False),
        ({"flagged": True}, None, True),
        ({"customfield_1": [{"value": "Impediment", "id": "1"}]}, None, True),
        ({"customfield_1": [{"value": "Retail"}]}, None, None),
        ({"customfield_1": None}, None, None),  # it may be any field
        ({"customfield_1": None}, {"customfield_1": "Flagged"}, False),
        ({"customfield_1": [{"value": "Hindernis"}]}, {"customfield_1": "Flagged"}, True),
        ({"customfield_1": None}, {"customfield_1": "Rank"}, None),
        ({"customfield_1": None}, ["Flagged"], None),
    ],
)
def test_the_flag(fields: dict[str, Any], names: object, flagged: bool | None) -> None:
    assert read_issue(issue(**fields), names).flagged is flagged
    if names is not None:
        assert read_issue(issue(**fields) | {"names": names}).flagged is flagged


@pytest.mark.parametrize(
    ("field", "shown", "complete"),
    [
        (..., None, True),
        (None, None, True),
        ({"comments": [], "total": 0}, 0, True),
        ({"comments": []}, 0, True),
        ({"comments": [], "total": 3}, 0, False),
        ({"total": 3}, None, False),
        ([], 0, True),
    ],
)
def test_comments_that_are_not_shown_are_not_none_at_all(field: Any, shown: int | None, complete: bool) -> None:
    ticket = read_issue(issue(comment=field))
    assert (None if ticket.comments is None else len(ticket.comments)) == shown
    assert ticket.comments_complete is complete


@pytest.mark.parametrize(
    "times",
    [
        ("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"),
        ("2026-03-03T00:00:00Z", "2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"),
    ],
)
def test_changes_are_put_in_the_order_of_time_whichever_end_came_first(times: tuple[str, ...]) -> None:
    changes = read_issue(ISSUE | {"changelog": history(*times)}).changes or ()
    assert [change.at for change in changes] == [at(1), at(2), at(2), at(3)]
    # Of two at one instant the one that the source has first in time stays first.
    order = [change.after_text for change in changes]
    assert order == (["0", "1", "2", "3"] if times[0] < times[-1] else ["3", "2", "1", "0"])


def test_a_change_keeps_ids_and_texts() -> None:
    (change,) = read_issue(ISSUE | {"changelog": history("2026-03-01T00:00:00Z")}).changes or ()
    author = Account(id="5b10", name="Ann Sample")
    assert change == Change(
        at=at(1), author=author, field="status", before="1", before_text="a", after="2", after_text="0"
    )


@pytest.mark.parametrize(
    ("changelog", "shown", "complete"),
    [
        (None, None, True),
        ({}, None, True),
        (history(), 0, True),
        (history("2026-03-01T00:00:00Z"), 1, True),
        (history("2026-03-01T00:00:00Z", total=120), 1, False),
        (history("2026-03-01T00:00:00Z")["histories"], 1, True),
    ],
)
def test_histories_that_are_cut_say_so(changelog: object, shown: int | None, complete: bool) -> None:
    ticket = read_issue(ISSUE | {"changelog": changelog})
    assert (None if ticket.changes is None else len(ticket.changes)) == shown
    assert ticket.changes_complete is complete


def test_the_name_of_a_field_is_kept_and_its_id_stands_in() -> None:
    items = [{"field": "Epic Link", "fieldId": "customfield_1"}, {"fieldId": "duedate", "from": 5, "to": None}]
    changelog = {"histories": [{"created": "2026-03-01T00:00:00Z", "items": items}]}
    changes = read_issue(ISSUE | {"changelog": changelog}).changes or ()
    assert [(change.field, change.before, change.author) for change in changes] == [
        ("Epic Link", None, None),
        ("duedate", "5", None),
    ]


@pytest.mark.parametrize(
    ("user", "account"),
    [
        (None, None),
        ({}, None),
        ({"accountId": ""}, None),
        ({"accountId": "", "displayName": "Cy"}, Account(id="Cy", name="Cy")),
        ({"accountId": "1", "name": "cy"}, Account(id="1", name="cy")),
        ({"key": "k"}, Account(id="k", name="k")),
        ({"accountId": "1", "displayName": "CI", "accountType": "app"}, Account(id="1", name="CI", bot=True)),
        ({"accountId": "1", "displayName": "Cy", "accountType": "customer"}, Account(id="1", name="Cy")),
    ],
)
def test_accounts(user: object, account: Account | None) -> None:
    assert read_issue(issue(assignee=user)).assignee == account


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://x.atlassian.net/rest/api/3/issue/1", "https://x.atlassian.net/browse/CHURN-1"),
        ("http://jira.corp:8080/jira/rest/api/2/issue/1", "http://jira.corp:8080/jira/browse/CHURN-1"),
        ("https://x.atlassian.net/rest/agile/1.0/issue/1", "https://x.atlassian.net/browse/CHURN-1"),
        ("https://api.atlassian.com/ex/jira/abc/rest/api/3/issue/1", None),
        ("javascript:alert(1)//rest/api/2/issue/1", None),
        ("https://user:secret@x.org/rest/api/2/issue/1", None),
        ("ftp://x.org/rest/api/2/issue/1", None),
        ("https://x.org/", None),
        ("", None),
        (None, None),
    ],
)
def test_the_address_that_people_open(address: str | None, url: str | None) -> None:
    assert read_issue(ISSUE | {"self": address}).url == url


def test_a_key_cannot_break_out_of_the_address() -> None:
    hostile = {"key": 'A-1"/><script>', "self": "https://x.org/rest/api/2/issue/1"}
    assert read_issue(ISSUE | hostile).url == "https://x.org/browse/A-1%22%2F%3E%3Cscript%3E"


def test_links_without_words_or_without_an_issue() -> None:
    links = [
        {"id": "1", "outwardIssue": {"key": "A-2"}},
        {"id": "2", "outwardIssue": {}},
        {"id": "3", "type": None, "inwardIssue": None},
    ]
    assert read_issue(issue(issuelinks=links)).links == (Link(phrase="is linked to", key="A-2"),)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("caf\u0065\u0301\r\nnext", "café\nnext"),
        ("nul\0 and half \ud83d pair", "nul and half  pair"),
        ("\U0001f600", "\U0001f600"),
    ],
)
def test_texts_are_canonical_and_can_be_written_anywhere(written: str, read: str) -> None:
    ticket = read_issue(issue(summary=written, description=written))
    assert (ticket.summary, ticket.description) == (read, read)
    f"{ticket.summary}{ticket.description}".encode()


def test_changes_of_one_instant_are_told_apart_by_their_ids_whatever_their_order() -> None:
    def entry(id: str, before: str, after: str) -> dict[str, Any]:
        item = {"field": "Status", "fromString": before, "toString": after}
        return {"id": id, "created": "2026-03-02T00:00:00.000+0000", "author": ANN, "items": [item]}

    first, second = entry("11", "To Do", "Doing"), entry("12", "Doing", "Done")
    for histories in ([first, second], [second, first]):
        changes = read_issue(ISSUE | {"changelog": {"histories": histories}}).changes or ()
        assert [(change.field, change.after_text) for change in changes] == [("status", "Doing"), ("status", "Done")]


def test_a_page_of_a_history_that_is_not_the_last_is_not_all() -> None:
    assert not read_issue(ISSUE | {"changelog": {"histories": [], "isLast": False}}).changes_complete
    assert read_issue(ISSUE | {"changelog": {"histories": [], "isLast": True}}).changes_complete


NAMES = st.sampled_from([*ISSUE["fields"], "comments", "histories", "name", "key", "total", "content", "type"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("2026-03-01T00:00:00Z"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*ISSUE["fields"], "customfield_1", "flagged"]), JSON, max_size=4), JSON)
def test_any_json_is_a_ticket_or_is_refused(fields: dict[str, Any], changelog: object) -> None:
    data = json.loads(json.dumps(issue(**fields) | {"changelog": changelog}))
    try:
        said = repr(jira_issue.read_issue(data)[0])
    except NotAnIssue as refused:
        said = f"{refused.field}: {refused}"
    assert not said.startswith("None")
