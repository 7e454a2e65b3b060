"""Jira CSV: Jira's own export, with its repeated columns and its many ways of writing a date."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict

from diagnostics.records import Account, Category, Comment, Link, Ticket
from diagnostics.sources.jira_csv import csv_tickets
from diagnostics.sources.jira_faults import NotAnIssue

BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str, zone: ZoneInfo = BERLIN) -> tuple[list[Ticket], list[tuple[int, NotAnIssue]]]:
    found = list(csv_tickets(text, zone))
    tickets = [ticket for _, ticket in found if isinstance(ticket, Ticket)]
    return tickets, [(line, wrong) for line, wrong in found if isinstance(wrong, NotAnIssue)]


def said(text: str) -> list[tuple[int, str | None, str]]:
    return [(line, wrong.field, str(wrong)) for line, wrong in read(text)[1]]


WHOLE = """\
Summary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Assignee,Assignee Id,Reporter,Creator,Created,\
Updated,Resolved,Due date,Description,Labels,Labels,Component/s,Watchers,Watchers,Watchers Id,Watchers Id,\
Inward issue link (Blocks),Inward issue link (Blocks),Outward issue link (Tests),Custom field (Flagged),\
Parent,Sprint,Comment,Comment,Status Category,Status Category Changed
"Pull, the data",CHURN-1,101,Task,Doing,CHURN,High,Ann Sample,5b10,Ben,Ben,01/Mar/26 9:30 AM,02/Mar/26 12:00 PM,\
,30/Apr/26 12:00 AM,"*Why*
second line",data,,Warehouse,Cy,Ann Sample,7c,5b10,\
OPS-1,OPS-2,QA-1,Impediment,\
102,S1,02/Mar/26 1:00 PM;7c;a; b,01/Mar/26 12:05 AM;x9;first,In Progress,02/Mar/26 12:00 PM
Parent,CHURN-2,102,Epic,Done,CHURN,,,,,,01/Feb/26 9:30 AM,,,,,,,,,,,,,,,,,,,,Done,
"""


def test_all_that_an_export_shows() -> None:
    (ticket, parent), wrong = read(WHOLE)
    assert wrong == []
    assert asdict(ticket) == {
        "key": "CHURN-1",
        "id": "101",
        "project": "CHURN",
        "url": None,
        "type": "Task",
        "summary": "Pull, the data",
        "description": "**Why**\nsecond line",
        "status": "Doing",
        "category": Category.INDETERMINATE,
        "category_since": datetime(2026, 3, 2, 11, tzinfo=UTC),
        "priority": "High",
        "labels": ("data",),
        "components": ("Warehouse",),
        "assignee": Account(id="5b10", name="Ann Sample"),
        "reporter": Account(id="Ben", name="Ben"),
        "creator": Account(id="Ben", name="Ben"),
        "created": datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
        "updated": datetime(2026, 3, 2, 11, tzinfo=UTC),
        "resolved": None,
        "due": date(2026, 4, 30),
        "parent": "CHURN-2",
        "flagged": True,
        "links": (
            Link(phrase="is blocked by", key="OPS-1"),
            Link(phrase="is blocked by", key="OPS-2"),
            Link(phrase="tests (outward)", key="QA-1"),
        ),
        "comments": (
            Comment(
                id="2",
                author=Account(id="x9", name="x9"),
                created=datetime(2026, 2, 28, 23, 5, tzinfo=UTC),
                text="first",
            ),
            Comment(
                id="1",
                author=Account(id="7c", name="Cy"),
                created=datetime(2026, 3, 2, 12, tzinfo=UTC),
                text="a; b",
            ),
        ),
        "changes": None,  # a CSV export has no history
        "comments_complete": True,
        "changes_complete": True,
    }
    assert (parent.flagged, parent.links, parent.comments, parent.category) == (False, (), (), Category.DONE)


def test_columns_that_are_not_there_show_nothing() -> None:
    ((ticket,), wrong) = read("Issue key,Created\nA-1,2026-03-01 09:30\n")
    assert wrong == []
    assert (ticket.flagged, ticket.links, ticket.comments, ticket.category, ticket.project) == (
        None,
        None,
        None,
        None,
        "A",
    )


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "^"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_line_end(mark: str, end: str) -> None:
    rows = (("Summary", "Issue key", "Created"), (f'"a{mark} ""b"""', "A-1", "2026-03-01 09:30"))
    ((ticket,), wrong) = read(end.join(mark.join(row) for row in rows) + end)
    assert (ticket.summary, ticket.key, wrong) == (f'a{mark} "b"', "A-1", [])


def created(*dates: str, zone: ZoneInfo = BERLIN) -> list[datetime]:
    rows = "".join(f'A-{number},"{text}"\n' for number, text in enumerate(dates))
    return [ticket.created.astimezone(zone) for ticket in read("Issue key,Created\n" + rows, zone)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22/Sep/25 9:26 AM", datetime(2025, 9, 22, 9, 26)),
        ("22/Sep/25 9:26 PM", datetime(2025, 9, 22, 21, 26)),
        ("22/Sep/25 12:26 AM", datetime(2025, 9, 22, 0, 26)),
        ("22/Sep/25 12:26 p.m.", datetime(2025, 9, 22, 12, 26)),
        ("22/Sep/25 9:26\u202fPM", datetime(2025, 9, 22, 21, 26)),
        ("22/Sep/2025 21:26", datetime(2025, 9, 22, 21, 26)),
        ("22/September/2025", datetime(2025, 9, 22)),
        ("22-Sep-25 21:26:59", datetime(2025, 9, 22, 21, 26, 59)),
        ("22.Sep.25 21:26", datetime(2025, 9, 22, 21, 26)),
        ("Sep 22, 2025, 9:26 PM", datetime(2025, 9, 22, 21, 26)),
        ("2025-09-22 21:26", datetime(2025, 9, 22, 21, 26)),
        ("2025-09-22T21:26:59.123", datetime(2025, 9, 22, 21, 26, 59)),
        ("2025/09/22 21:26", datetime(2025, 9, 22, 21, 26)),
        ("22.09.2025 21:26", datetime(2025, 9, 22, 21, 26)),
        ("03.04.25", datetime(2025, 4, 3)),
        ("9/22/25 21:26", datetime(2025, 9, 22, 21, 26)),
        ("22/9/25 21:26", datetime(2025, 9, 22, 21, 26)),
        ("2025-09-22T19:26:00.000+0000", datetime(2025, 9, 22, 21, 26)),
    ],
)
def test_dates_in_the_zone_of_the_portfolio(text: str, expected: datetime) -> None:
    assert created(text) == [expected.replace(tzinfo=BERLIN)]


@pytest.mark.parametrize("text", ["soon", "22/Foo/25", "31/Feb/25", "22/Sep/25 25:00", "2025", "22/Sep", "1/2/3"])
def test_what_is_no_date_is_reported_and_the_rest_works(text: str) -> None:
    tickets, ((line, wrong),) = read(f'Issue key,Created\nA-1,"{text}"\nA-2,2026-03-01 09:30\n')
    assert [ticket.key for ticket in tickets] == ["A-2"]
    assert (line, wrong.field) == (2, "Created")
    assert f"{text!r} is no " in str(wrong)


@pytest.mark.parametrize(
    ("dates", "months", "unsure"),
    [
        (("3/4/25", "25/4/25"), [4, 4], False),  # one date decides for the whole file
        (("3/4/25", "4/25/25"), [3, 4], False),
        (("3/4/25 9:00 PM", "5/6/25 1:00 PM"), [3, 5], True),
        (("3/4/25", "5/6/25"), [4, 6], True),
        (("4/4/25", "5/5/25"), [4, 5], False),  # the same either way
        (("3.4.25", "5.6.25"), [4, 6], False),  # with points the day always comes first
    ],
)
def test_the_whole_file_decides_the_order_of_day_and_month(
    dates: tuple[str, ...], months: list[int], unsure: bool
) -> None:
    assert [time.month for time in created(*dates)] == months
    rows = "".join(f"A-{number},{text}\n" for number, text in enumerate(dates))
    assert [field for _, field, _ in said("Issue key,Created\n" + rows)] == ["Created"] * unsure


@pytest.mark.parametrize(("column", "cell"), [("Updated", "4/25/25"), ("Comment", "4/25/25;x;y")])
def test_a_date_in_a_comment_or_another_column_decides_too(column: str, cell: str) -> None:
    ((ticket,), wrong) = read(f"Issue key,Created,{column}\nA-1,3/4/25,{cell}\n")
    assert (ticket.created.astimezone(BERLIN).month, wrong) == (3, [])


def test_a_row_against_the_order_of_the_file_is_reported() -> None:
    assert said("Issue key,Created\nA-1,25/4/25\nA-2,4/25/25\n") == [
        (3, "Created", "'4/25/25' is no date; export ISO dates")
    ]


@pytest.mark.parametrize(
    ("text", "line", "field", "why"),
    [
        ("Summary,Status\nx,y\n", 1, "Issue key", "is no column here"),
        ("Issue key,Status\nA-1,y\n", 1, "Created", "is no column here"),
        ("just some words\n", 1, "Issue key", "is no column here"),
        ("Issue key,Created\n,2026-03-01\n", 2, "Issue key", "is empty"),
        ("Issue key,Created\nA-1,\n", 2, "Created", "is empty"),
        ("Issue key,Created\nA-1\n", 2, None, "has 1 cells, and the header 2"),
        ("Issue key,Created\nA-1,2026-03-01,x\n", 2, None, "has 3 cells, and the header 2"),
        ('Issue key,Created\n"A"-1,2026-03-01\n', 2, None, "is no CSV"),
        ('Issue key,Created\nA-1,"2026-03-01\n', 2, None, "is no CSV"),
        ("Issue key,Created,Comment\nA-1,2026-03-01,just words\n", 2, "Comment", "is no comment as Jira exports it"),
        ("Issue key,Created,Comment\nA-1,2026-03-01,soon;x;y\n", 2, "Comment", "is no comment as Jira exports it"),
    ],
)
def test_bad_rows_are_reported_by_line(text: str, line: int, field: str | None, why: str) -> None:
    ((at, where, message),) = said(text)
    assert (at, where) == (line, field)
    assert why in message


def test_a_bad_row_does_not_stop_the_others_and_lines_are_those_of_the_file() -> None:
    rows = ('A-1,2026-03-01,"two\nlines"', '"A"-2,2026-03-01,x', "A-3,soon,x", 'A-4,2026-03-01,"x"')
    tickets, wrong = read("\n".join(("Issue key,Created,Summary\n", *rows)))
    assert [ticket.key for ticket in tickets] == ["A-1", "A-4"]
    assert [line for line, _ in wrong] == [5, 6]


def test_comments_that_cannot_be_read_leave_the_others_and_say_so() -> None:
    ((ticket,), _) = read("Issue key,Created,Comment,Comment\nA-1,2026-03-01,2026-03-02;x;right,wrong\n")
    assert [comment.text for comment in ticket.comments or ()] == ["right"]
    assert not ticket.comments_complete


def test_a_cell_of_a_million_letters_is_read() -> None:
    ((ticket,), wrong) = read(f"Issue key,Created,Description\nA-1,2026-03-01,{'x' * 1_000_000}\n")
    assert (len(ticket.description or ""), wrong) == (1_000_000, [])


@given(st.text(alphabet='Aa1,;"\n\r\t -/:\0\u2028', max_size=60))
def test_every_row_of_any_text_is_a_ticket_or_reported(text: str) -> None:
    found = list(csv_tickets("Issue key,Created,Comment\n" + text, BERLIN))
    assert bool(found) == bool(text.strip("\r\n"))
    assert all(line >= 1 for line, _ in found)
