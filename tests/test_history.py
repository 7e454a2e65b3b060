"""A ticket as it stood on a day, and what people did to it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from diagnostics.history import end_of_day, status_categories, ticket_as_of
from diagnostics.records import Category, Change
from diagnostics.settings import Settings
from tests.tickets import (
    ANN,
    BEN,
    ROBOT,
    ago,
    blocked_by,
    done,
    handed,
    in_progress,
    moved,
    said,
    ticket,
    work,
)

CATEGORIES = status_categories([])


def test_the_day_ends_in_the_portfolios_zone() -> None:
    assert end_of_day(date(2026, 3, 1), ZoneInfo("Asia/Kolkata")) == datetime(2026, 3, 1, 18, 29, 59, tzinfo=UTC)


def test_a_ticket_does_not_exist_before_it_was_created() -> None:
    assert ticket_as_of(ticket(created=5), ago(6), CATEGORIES) is None


def test_a_later_history_is_taken_back() -> None:
    today = ticket(
        created=50,
        status="Done",
        assignee=BEN,
        summary="New words",
        flagged=False,
        resolved=ago(2),
        due=date(2026, 10, 1),
        changes=[
            moved(40, "To Do", "In Progress"),
            handed(20, ANN, BEN),
            Change(at=ago(15), author=ANN, field="summary", before_text="Old words", after_text="New words"),
            Change(at=ago(14), author=ANN, field="Flagged", before_text="Impediment", after_text=""),
            Change(at=ago(13), author=ANN, field="duedate", before="2026-09-01", after="2026-10-01"),
            moved(2, "In Progress", "Done"),
        ],
        comments=[said(45), said(1)],
    )
    then = ticket_as_of(today, ago(30), CATEGORIES)
    assert then is not None
    assert (then.status, then.category, then.summary) == ("In Progress", Category.INDETERMINATE, "Old words")
    assert then.assignee is not None
    assert then.assignee.id == ANN.id
    assert (then.flagged, then.due, then.resolved) == (True, date(2026, 9, 1), None)
    assert [len(then.comments or ()), len(then.changes or ())] == [1, 1]


def test_without_a_history_a_field_is_null_on_a_day_before_the_last_update_and_todays_value_after() -> None:
    exported = ticket(created=50, status="Done", changes=None, updated=ago(10))
    before, after = (ticket_as_of(exported, ago(days), CATEGORIES) for days in (20, 5))
    assert before is not None
    assert after is not None
    assert (before.status, before.category, before.summary, before.links) == (None, None, None, None)
    assert (after.status, after.summary) == ("Done", exported.summary)


def test_a_history_that_was_cut_is_trusted_as_far_as_it_goes_and_never_counted() -> None:
    moves = [moved(20, "To Do", "In Progress"), moved(10, "In Progress", "Done")]
    cut = ticket(created=50, status="Done", changes=moves, changes_complete=False)
    within, before = (ticket_as_of(cut, ago(days), CATEGORIES) for days in (15, 30))
    assert within is not None
    assert before is not None
    assert (within.status, before.status) == ("In Progress", None)
    assert work(cut).spans(cut) is None
    assert work(cut).bounces(cut, ago(60)) == []


def test_time_in_each_status_runs_from_creation_to_the_instant() -> None:
    one = done(1, begun=30, finished=10)
    spans = work(one).spans(one)
    assert spans is not None
    assert [(span.status, span.begin, span.end) for span in spans] == [
        ("To Do", ago(31), ago(30)),
        ("In Progress", ago(30), ago(10)),
        ("Done", ago(10), ago(0)),
    ]


def test_a_category_comes_from_a_ticket_in_that_status_before_the_defaults() -> None:
    odd = ticket(status="In Review", category=Category.NEW)
    assert status_categories([odd])["in review"] is Category.NEW
    assert status_categories([])["in review"] is Category.INDETERMINATE


def test_a_reopened_ticket_is_not_finished_and_its_second_end_counts() -> None:
    moves = [
        moved(30, "To Do", "In Progress"),
        moved(20, "In Progress", "Done"),
        moved(15, "Done", "In Progress"),
    ]
    assert work(again := ticket(status="In Progress", changes=moves)).finished(again) is None
    assert work(end := ticket(status="Done", changes=[*moves, moved(5, "In Progress", "Done")])).finished(end) == ago(5)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"flagged": True}, "flagged as impeded"),
        ({"status": "Blocked", "category": Category.INDETERMINATE}, "in status Blocked"),
        ({"status": "Waiting for data", "category": Category.INDETERMINATE}, "in status Waiting for data"),
        ({"links": (blocked_by("Y-7"),)}, "waits for Y-7"),
        ({"links": (blocked_by("Y-7", Category.DONE),)}, None),
        ({"links": (blocked_by("Y-7", None),)}, None),  # nobody can say whether it is open
        ({}, None),
    ],
)
def test_what_shows_that_a_ticket_is_blocked(fields: dict[str, object], reason: str | None) -> None:
    one = ticket(**fields)  # type: ignore[arg-type]
    assert work(one).blocked_because(one) == reason


def test_a_blocker_in_the_same_project_is_open_or_not_as_of_the_day() -> None:
    waiting = ticket(1, links=(blocked_by("X-2", Category.DONE),))
    assert work(waiting, in_progress(2, begun=10)).blocked_because(waiting) == "waits for X-2"
    assert work(waiting, done(2, begun=10, finished=1)).blocked_because(waiting) is None


def test_bots_link_edits_and_housekeeping_are_no_human_events() -> None:
    housekeeping = Change(at=ago(1), author=ANN, field="Link", after="X-2")
    rank = Change(at=ago(1), author=ANN, field="Rank")
    by_robot = moved(2, "To Do", "In Progress", ROBOT)
    one = ticket(created=9, status="In Progress", changes=[housekeeping, rank, by_robot], comments=[said(3, by=ROBOT)])
    assert [event.what for event in work(one).human_events()] == ["created"]


def test_comments_of_deleted_users_count_as_human() -> None:
    assert [event.what for event in work(ticket(comments=[said(3, by=None)])).human_events()] == [
        "created",
        "commented",
    ]


def test_bounces_are_hand_overs_between_people_and_moves_to_an_earlier_category() -> None:
    changes = [
        Change(at=ago(12), author=ANN, field="assignee", after="ann"),  # from nobody: no hand-over
        handed(10, ANN, BEN),
        moved(9, "To Do", "In Progress"),
        moved(8, "In Progress", "In Review"),
        moved(7, "In Review", "In Progress"),  # same category
        moved(6, "In Progress", "To Do"),
        Change(at=ago(5), author=ANN, field="assignee", before="ben"),  # to nobody
    ]
    one = ticket(status="To Do", changes=changes)
    assert [change.at for change in work(one).bounces(one, ago(60))] == [ago(10), ago(6)]
    assert work(one).bounces(one, ago(8)) == [changes[5]]


def test_a_date_in_a_history_that_is_none_is_unknown() -> None:
    change = Change(at=ago(5), author=ANN, field="duedate", before="next week", after="2026-10-01")
    then = ticket_as_of(ticket(created=50, changes=[change]), ago(30), CATEGORIES)
    assert then is not None
    assert then.due is None


@pytest.mark.parametrize(("name", "bot"), [("Jane Talbot", False), ("deploy-bot", True), ("renovate[bot]", True)])
def test_people_whose_names_end_like_a_bots_are_people(name: str, bot: bool) -> None:
    assert Settings().is_bot(name) is bot
