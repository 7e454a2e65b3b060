"""Exact flow figures, held to a computation from the raw histories that shares no code with them."""

import gzip
import json
import math
from collections import defaultdict
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.cli import cli
from diagnostics.flow import FEWEST_FINISHED, blocked, forecast, issue_flow, project_figures, working_seconds
from diagnostics.history import StatusSpan, Work, merged
from diagnostics.records import Category, Change, Link
from diagnostics.settings import Settings
from tests.tickets import ANN, BEN, ROBOT, ago, blocked_by, done, handed, in_progress, moved, said, ticket, work

REAL = Path(__file__).resolve().parents[2] / "shared" / "real" / "jira"
APACHE, TITANIUM = REAL / "apache-changelogs.jsonl.gz", REAL / "titanium-MOD.jsonl.gz"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason=f"real Jira data is not here: {REAL}")
RANK = {"new": 0, "indeterminate": 1, "done": 2}
NAMES = {"open": 0, "to do": 0, "backlog": 0, "reopened": 0, "in progress": 1, "resolved": 2, "closed": 2, "done": 2}


def flow_of(file: Path, as_of: str) -> dict[str, Any]:
    run = CliRunner().invoke(cli, ["flow", "--tickets", str(file), "--as-of", as_of, "--format", "json"])
    document: dict[str, Any] = json.loads(run.stdout)
    return document["projects"][0]


def raw_issues(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def seconds_since_1970(text: str) -> Fraction:
    """Exactly, in milliseconds as the source states them."""
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")
    whole = moment.replace(microsecond=0)
    return Fraction(int(whole.timestamp())) + Fraction(moment.microsecond, 1_000_000)


def by_hand(issue: dict[str, Any], ranks: dict[str, int], until: str) -> dict[str, Any]:
    """One issue's figures from its raw histories."""
    end, at = seconds_since_1970(until), seconds_since_1970(issue["fields"]["created"])
    moves, handed_on = [], 0
    for entry in sorted(issue["changelog"]["histories"], key=lambda entry: seconds_since_1970(entry["created"])):
        moment = seconds_since_1970(entry["created"])
        for item in entry["items"]:
            if item["field"] == "status":
                moves.append((moment, item["fromString"], item["toString"]))
            handed_over = item["field"] == "assignee" and item["from"] and item["to"] and item["from"] != item["to"]
            handed_on += bool(handed_over and moment <= end)
    status = moves[0][1] if moves else issue["fields"]["status"]["name"]
    moves = [move for move in moves if move[0] <= end]
    spent: dict[str, Fraction] = defaultdict(Fraction)
    for moment, _, to in [*moves, (end, "", "")]:
        spent[status] += moment - at
        at, status = moment, to

    def rank(name: str) -> int | None:
        return ranks.get(name.lower(), NAMES.get(name.lower()))

    def ended(name: str) -> bool:
        return name.lower() in ("resolved", "closed", "done") or rank(name) == RANK["done"]

    steps = [(rank(before), rank(after)) for _, before, after in moves]
    unknown = any(None in step for step in steps)
    return {
        "seconds_in_status": {name: math.floor(total + Fraction(1, 2)) for name, total in spent.items()},
        "reassignments": handed_on,
        "backward_moves": None if unknown else sum(after < before for before, after in steps),  # type: ignore[operator]
        "reopened": sum(ended(before) and not ended(after) for _, before, after in moves),
    }


@needs_real
@pytest.mark.parametrize("as_of", ["2016-01-01", "2012-06-30"])
def test_figures_of_real_histories_equal_those_computed_by_hand(as_of: str) -> None:
    issues = raw_issues(APACHE)
    ranks = {
        i["fields"]["status"]["name"].lower(): RANK[i["fields"]["status"]["statusCategory"]["key"]] for i in issues
    }
    until = f"{as_of}T23:59:59.000+0000"
    born = {i["key"]: i for i in issues if seconds_since_1970(i["fields"]["created"]) <= seconds_since_1970(until)}
    found = {issue["key"]: issue for issue in flow_of(APACHE, as_of)["issues"]}
    assert found.keys() == born.keys()
    for key, raw in born.items():
        expected = by_hand(raw, ranks, until)
        assert {name: found[key][name] for name in expected} == expected, key
    assert sum(issue["reopened"] for issue in found.values()) > 0  # it is not all zeros


@needs_real
def test_what_needs_a_history_is_null_without_one() -> None:
    project = flow_of(TITANIUM, "2026-01-01")
    for issue in project["issues"]:
        exact = ("seconds_in_status", "reassignments", "backward_moves", "reopened", "blocked_seconds")
        assert [issue[name] for name in exact] == [None] * 5
    assert (project["cycle_days"], project["silent_days"], project["older_than_usual"]) == (None, None, None)


def test_time_is_summed_before_it_is_rounded_half_up() -> None:
    half = timedelta(milliseconds=500)
    moves = [moved(3, "To Do", "In Progress"), moved(2, "In Progress", "To Do"), moved(1, "To Do", "In Progress")]
    shifted = [moves[0]._replace(at=moves[0].at + half), moves[1], moves[2]._replace(at=moves[2].at + half)]
    one = ticket(created=4, status="In Progress", changes=shifted)
    spent = issue_flow(work(one), one).seconds_in_status
    # Two stays of a day and half a second make two days and one second; two of half a second less likewise.
    assert spent == {"To Do": 2 * 86_400 + 1, "In Progress": 2 * 86_400 - 1}


def test_a_move_to_or_from_a_status_of_unknown_category_makes_the_figure_null() -> None:
    odd = ticket(status="To Do", changes=[moved(9, "To Do", "Limbo"), moved(5, "Limbo", "To Do")])
    assert issue_flow(work(odd), odd).backward_moves is None
    known = ticket(2, status="Limbo", category=Category.INDETERMINATE)
    assert issue_flow(work(odd, known), odd).backward_moves == 1


def test_hand_overs_are_from_one_person_to_another() -> None:
    taken = Change(at=ago(9), author=ANN, field="assignee", after=ANN.id, after_text=ANN.name)
    left = Change(at=ago(1), author=ANN, field="assignee", before=BEN.id, before_text=BEN.name)
    one = ticket(changes=[taken, handed(5, ANN, BEN), handed(4, BEN, BEN), left])
    assert issue_flow(work(one), one).reassignments == 1


def flag(days: float, on: bool) -> Change:
    words = ("", "Impediment") if on else ("Impediment", "")
    return Change(at=ago(days), author=ANN, field="Flagged", before_text=words[0], after_text=words[1])


def days_blocked(*tickets: Any) -> float:
    return (issue_flow(work(*tickets), tickets[0]).blocked_seconds or 0) / 86_400


def test_blocked_time_counts_flags_statuses_and_links_and_overlaps_once() -> None:
    assert days_blocked(ticket(created=9, changes=[flag(8, True), flag(5, False)])) == 3
    assert days_blocked(ticket(created=9, flagged=True, changes=[flag(2, True)])) == 2
    assert days_blocked(ticket(created=9, flagged=True)) == 9  # since it was made: nothing says that it was set later
    in_status = [moved(8, "In Progress", "Blocked"), moved(6, "Blocked", "In Progress")]
    assert days_blocked(ticket(created=9, status="In Progress", changes=in_status)) == 2
    both = sorted([*in_status, flag(7, True), flag(4, False)], key=lambda change: change.at)
    assert days_blocked(ticket(created=9, status="In Progress", changes=both)) == 4


def linked(days: float, key: str) -> Change:
    return Change(at=ago(days), author=ANN, field="Link", after=key, after_text=f"This issue is blocked by {key}")


def unlinked(days: float, key: str) -> Change:
    return Change(at=ago(days), author=ANN, field="Link", before=key, before_text=f"This issue is blocked by {key}")


def test_a_link_blocks_while_the_other_ticket_is_open() -> None:
    waiting = ticket(1, created=20, links=(blocked_by("X-2"),), changes=[linked(10, "X-2")])
    assert days_blocked(waiting, done(2, begun=15, finished=6)) == 4
    assert days_blocked(waiting, in_progress(2, begun=15)) == 10
    assert (
        days_blocked(ticket(1, created=20, changes=[linked(10, "X-2"), unlinked(7, "X-2")]), in_progress(2, begun=15))
        == 3
    )
    # Of a ticket that is not here only today's status shows: open, it was; done, nobody can say since when.
    assert days_blocked(waiting) == 10
    assert (
        days_blocked(ticket(1, created=20, links=(blocked_by("X-2", Category.DONE),), changes=[linked(10, "X-2")])) == 0
    )


def test_a_removed_link_is_there_again_on_the_days_before() -> None:
    freed = ticket(created=20, changes=[linked(10, "Y-2"), unlinked(5, "Y-2")])
    then = work(freed).tickets[0]
    assert then.links == ()
    assert Work.as_of([freed], ago(7), Settings()).tickets[0].links == (Link("is blocked by", "Y-2"),)


def test_the_last_human_event_passes_over_machines_and_housekeeping() -> None:
    rank = Change(at=ago(1), author=ANN, field="Rank")
    one = ticket(created=9, changes=[handed(4, ANN, BEN), rank], comments=[said(6), said(2, by=ROBOT)])
    assert issue_flow(work(one), one).last_human_event == ago(4)
    seen = ticket(created=9, changes=None, comments=[said(6)], updated=ago(6))
    assert issue_flow(work(seen), seen).last_human_event == ago(6)
    unseen = ticket(created=9, changes=None, comments=[said(6)], updated=ago(3))
    assert issue_flow(work(unseen), unseen).last_human_event is None


MOMENTS = st.integers(0, 60).map(ago)
INTERVALS = st.lists(st.tuples(MOMENTS, MOMENTS).map(lambda pair: (min(pair), max(pair))), max_size=12)


@given(INTERVALS)
def test_joined_intervals_are_apart_and_cover_the_same_days(intervals: list[tuple[datetime, datetime]]) -> None:
    joined = merged(intervals)
    assert all(end < begin for (_, end), (begin, _) in pairwise(joined))
    hours = [ago(hour / 2) for hour in range(121)]
    for hour in hours:
        assert any(a <= hour < b for a, b in intervals) == any(a <= hour < b for a, b in joined)


@given(st.lists(st.sampled_from(["To Do", "In Progress", "Blocked", "Done"]), max_size=8), st.data())
def test_stays_add_up_to_the_age_and_blocked_time_never_exceeds_it(names: list[str], data: st.DataObject) -> None:
    days = sorted(data.draw(st.lists(st.floats(0, 99), min_size=len(names), max_size=len(names))), reverse=True)
    places = ["To Do", *names]
    moves = [moved(day, a, b) for day, (a, b) in zip(days, zip(places, names, strict=False), strict=True)]
    one = ticket(created=100, status=places[-1], changes=moves)
    found = issue_flow(work(one), one)
    assert abs(sum((found.seconds_in_status or {}).values()) - 100 * 86_400) <= len(found.seconds_in_status or {})
    assert 0 <= (found.blocked_seconds or 0) <= 100 * 86_400
    assert all(begin <= end for begin, end in blocked(work(one), one))


def test_no_forecast_under_ten_finished_items() -> None:
    made, why = forecast(5, [1] * (FEWEST_FINISHED - 1) + [0, 0, 0])
    assert made is None
    assert why == "only 9 tickets were finished in the last 12 weeks, under 10"


def test_a_steady_team_is_forecast_exactly_and_more_work_never_takes_less() -> None:
    made, _ = forecast(8, [2] * 12)
    assert made is not None
    assert (made.weeks_50, made.weeks_85, made.weeks_95) == (4, 4, 4)
    weeks = [forecast(left, [0, 1, 3, 0, 2, 1, 0, 4, 1, 0, 2, 1])[0] for left in (1, 5, 20, 80)]
    half = [found.weeks_50 for found in weeks if found]
    assert half == sorted(half)
    assert all(found and found.weeks_50 <= found.weeks_85 <= found.weeks_95 for found in weeks)


def test_a_change_dated_before_its_ticket_takes_no_time() -> None:
    imported = ticket(created=5, status="In Progress", changes=[moved(9, "To Do", "In Progress")])
    assert issue_flow(work(imported), imported).seconds_in_status == {"To Do": 0, "In Progress": 5 * 86_400}


def test_what_some_tickets_do_not_show_is_null_for_the_project() -> None:
    known, unknown = in_progress(1, begun=9), ticket(2, status=None, category=None, changes=None)
    assert project_figures(work(known)).open == 1
    figures = project_figures(work(known, unknown))
    assert (figures.open, figures.in_progress, figures.ages_days, figures.finished_weekly) == (None,) * 4
    undated = ticket(3, status="Done", changes=None)
    assert project_figures(work(undated)).finished_weekly is None


def test_a_ticket_does_not_block_itself_and_an_unknown_status_is_not_open() -> None:
    assert days_blocked(ticket(1, created=9, links=(blocked_by("X-1"),))) == 0
    odd = ticket(2, created=20, status="Abgeschlossen", category=None)
    assert days_blocked(ticket(1, created=9, links=(blocked_by("X-2", None),)), odd) == 0


def test_a_later_link_of_another_kind_does_not_take_the_blocker_away() -> None:
    relates = Change(at=ago(2), author=ANN, field="Link", after="Y-2", after_text="This issue relates to Y-2")
    linked_twice = ticket(created=20, links=(blocked_by("Y-2"), Link("relates to", "Y-2")), changes=[relates])
    (then,) = Work.as_of([linked_twice], ago(5), Settings()).tickets
    assert [link.phrase for link in then.links or ()] == ["is blocked by"]


def test_labels_and_type_are_those_of_the_day() -> None:
    labelled = Change(at=ago(2), author=ANN, field="labels", before_text="data", after_text="data spike")
    typed = Change(at=ago(1), author=ANN, field="issuetype", before_text="Task", after_text="Spike")
    one = ticket(type="Spike", labels=("data", "spike"), changes=[labelled, typed])
    (then,) = Work.as_of([one], ago(5), Settings()).tickets
    assert (then.type, then.labels) == ("Task", ("data",))


def test_research_is_told_apart_and_not_part_of_the_forecast() -> None:
    team = [done(n, begun=7 * n + 5, finished=7 * n + 3) for n in range(12)]
    spikes = [ticket(90, type="Spike"), ticket(91, summary="Find out how many leavers are SIM swaps")]
    figures = project_figures(work(*team, ticket(80), *spikes))
    assert (figures.open, figures.research_open) == (3, 2)
    assert figures.forecast is not None
    assert figures.forecast.remaining == 1


def test_a_closed_blocker_is_named_while_the_ticket_still_says_blocked() -> None:
    still = ticket(1, flagged=True, links=(blocked_by("X-2", Category.DONE),))
    gone_on = ticket(3, links=(blocked_by("X-2", Category.DONE),))
    assert project_figures(work(still, gone_on, done(2, begun=9, finished=5))).waiting_for_finished == ("X-1",)


def test_the_table_shows_a_dash_for_what_the_source_does_not_show(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"key": "A-1", "fields": {"created": "2026-03-01T00:00:00.000+0000", "summary": "s"}}\n')
    run = CliRunner().invoke(cli, ["flow", "--tickets", str(file), "--as-of", "2026-03-05"])
    assert run.exit_code == 0
    row = next(line for line in run.stdout.splitlines() if "A-1" in line)
    assert row.split() == ["A-1", "-", "-", "-", "-", "-", "-"]


def test_one_project_a_file_and_problems_on_standard_error(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text('{"key": "A-1", "fields": {"created": "2026-03-01T00:00:00.000+0000"}}\n')
    bad.write_text("oops\n")
    arguments = ["flow", "--tickets", str(good), "--tickets", str(bad), "--as-of", "2026-03-05", "--format", "json"]
    run = CliRunner().invoke(cli, arguments, standalone_mode=False)
    assert run.return_value == 1
    assert [project["key"] for project in json.loads(run.stdout)["projects"]] == ["good", "bad"]
    assert "is not JSON" in run.stderr


def test_working_time_leaves_saturdays_and_sundays_out_in_the_zone() -> None:
    zone = ZoneInfo("Asia/Kolkata")

    def at(day: int, hour: int) -> datetime:  # July 2026: the 3rd is a Friday
        return datetime(2026, 7, day, hour, tzinfo=zone)

    def hours(begin: datetime, end: datetime) -> float:
        return working_seconds([StatusSpan("To Do", None, begin, end)], zone)["To Do"] / 3600

    assert hours(at(3, 12), at(6, 12)) == 24  # Friday noon to Monday noon
    assert hours(at(4, 1), at(5, 23)) == 0
    assert hours(at(2, 6), at(2, 18)) == 12
    assert hours(at(1, 0), at(29, 0)) == 20 * 24


@given(st.integers(0, 2000), st.integers(0, 2000))
def test_working_time_is_part_of_the_whole_and_adds_up(one: int, other: int) -> None:
    begin, end = sorted((ago(one / 10), ago(other / 10)))
    middle = begin + (end - begin) / 2
    whole, *parts = (
        working_seconds([StatusSpan("x", None, a, b)], ZoneInfo("UTC"))["x"]
        for a, b in ((begin, end), (begin, middle), (middle, end))
    )
    assert 0 <= whole <= (end - begin).total_seconds() + 1
    assert abs(whole - sum(parts)) <= 1


def test_the_command_line_counts_working_days_when_asked(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    fields = {"created": "2026-07-03T12:00:00.000+0000", "status": {"name": "Open"}}
    file.write_text(json.dumps({"key": "A-1", "fields": fields, "changelog": {"histories": []}}) + "\n")
    arguments = ["flow", "--tickets", str(file), "--as-of", "2026-07-05", "--format", "json"]
    plain, counted = (
        json.loads(CliRunner().invoke(cli, [*arguments, *more]).stdout)["projects"][0]["issues"][0]
        for more in ([], ["--working-days"])
    )
    assert "working_seconds_in_status" not in plain
    assert counted["working_seconds_in_status"] == {"Open": 12 * 3600}
    assert counted["seconds_in_status"] == plain["seconds_in_status"]
