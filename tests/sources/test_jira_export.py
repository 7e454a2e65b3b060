"""Jira export: every issue of a file is a ticket, or is accounted for."""

import csv
import gzip
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diagnostics.records import Category, Problem, Ticket
from diagnostics.sources import jira_export
from diagnostics.sources.jira_export import SHOWN, read_tickets

UTC_ZONE = ZoneInfo("UTC")


def issue(number: int, **fields: Any) -> dict[str, Any]:
    return {"key": f"A-{number}", "fields": {"created": "2026-03-01T00:00:00.000+0000"} | fields}


def lines(*values: object) -> bytes:
    return "".join(json.dumps(value) + "\n" for value in values).encode()


def packed(content: bytes) -> bytes:
    """Without the time, which would give a test another name in each process."""
    return gzip.compress(content, mtime=0)


def read(path: Path, content: bytes | None = None) -> tuple[list[Ticket], list[Problem]]:
    """The tickets and problems of a file, which is written first if there is content for it."""
    if content is not None:
        path.write_bytes(content)
    found = list(read_tickets(path, f"tickets/{path.name}", timezone=UTC_ZONE))
    tickets = [record for record in found if isinstance(record, Ticket)]
    problems = [record for record in found if isinstance(record, Problem)]
    assert all(problem.file == f"tickets/{path.name}" for problem in problems)
    return tickets, problems


def keys(tickets: list[Ticket]) -> list[str]:
    return [ticket.key for ticket in tickets]


SEARCH = {
    "startAt": 0,
    "total": 2,
    "names": {"customfield_1": "Flagged"},
    "issues": [issue(1, customfield_1=None), issue(2)],
}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", lines(issue(1), issue(2))),
        ("a.jsonl", lines(issue(1), issue(2)).rstrip()),
        ("a.jsonl", b"\n\n" + lines(issue(1)) + b"  \r\n" + lines(issue(2))),
        ("a.jsonl", b"\xef\xbb\xbf" + lines(issue(1), issue(2))),
        ("a.jsonl", lines(issue(1), issue(2)).decode().encode("utf-16")),
        ("a.jsonl.gz", packed(lines(issue(1), issue(2)))),
        ("a.jsonl", packed(lines(issue(1), issue(2)))),  # what it is, not what it is called
        ("a.gz", packed(lines(issue(1))) + packed(lines(issue(2)))),
        ("a", lines(issue(1), issue(2))),
        ("a.json", lines(SEARCH)),
        ("a.jsonl", lines(SEARCH | {"total": 2, "issues": [issue(1)]}, SEARCH | {"issues": [issue(2)]})),
        ("a.jsonl", lines([issue(1), issue(2)])),
        ("a.json", json.dumps(SEARCH, indent=1).encode()),
        ("a.json", json.dumps([issue(1), issue(2)], indent=2).encode()),
        ("a.json", b"[" + b",\n".join(lines(issue(1), issue(2)).splitlines()) + b"]"),
        ("a.csv", b"Issue key,Created\nA-1,2026-03-01 00:00\nA-2,2026-03-01 00:00\n"),
        ("a.csv", b"\xef\xbb\xbfIssue key;Created\r\nA-1;2026-03-01 00:00\r\nA-2;2026-03-01 00:00\r\n"),
        ("a.txt", b"Issue key,Created\nA-1,2026-03-01 00:00\nA-2,2026-03-01 00:00\n"),
        ("a.csv.gz", packed(b"Issue key,Created\nA-1,2026-03-01 00:00\nA-2,2026-03-01 00:00\n")),
    ],
)
def test_every_form_of_an_export(tmp_path: Path, name: str, content: bytes) -> None:
    tickets, problems = read(tmp_path / name, content)
    assert (keys(tickets), problems) == (["A-1", "A-2"], [])
    assert {ticket.created for ticket in tickets} == {datetime(2026, 3, 1, tzinfo=UTC)}


def test_one_issue_over_many_lines(tmp_path: Path) -> None:
    tickets, problems = read(tmp_path / "a.json", json.dumps(issue(1), indent=1).encode())
    assert (keys(tickets), problems) == (["A-1"], [])


def test_the_names_of_a_search_response_serve_its_issues(tmp_path: Path) -> None:
    tickets, _ = read(tmp_path / "a.json", lines(SEARCH))
    assert [ticket.flagged for ticket in tickets] == [False, None]


def test_a_csv_has_times_in_the_zone_it_is_read_with(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Issue key,Created\nA-1,2026-03-01 00:00\n")
    (ticket,) = read_tickets(tmp_path / "a.csv", "a.csv", timezone=ZoneInfo("Asia/Shanghai"))
    assert isinstance(ticket, Ticket)
    assert ticket.created == datetime(2026, 2, 28, 16, tzinfo=UTC)


GOOD = lines(issue(1))


@pytest.mark.parametrize(
    ("content", "line", "field", "said"),
    [
        (GOOD + b"oops\n", 2, None, "is not JSON (Expecting value)"),
        (b"oops\n" + GOOD, 1, None, "is not JSON"),
        (GOOD + b'{"key": "A-2", "fie\n', 2, None, "is not JSON"),
        (GOOD + b"\n\n\xff\xfe\n", 4, None, "is not UTF-8"),
        (GOOD + b"[" * 100_000 + b"\n", 2, None, "is no JSON that can be read"),
        (GOOD + b'{"key": ' + b"9" * 5000 + b"}\n", 2, None, "is no JSON that can be read"),
        (GOOD + b"12\n", 2, None, "is no Jira issue but another kind of value"),
        (GOOD + b"null\n", 2, None, "is no Jira issue but another kind of value"),
        (GOOD + lines({"errorMessages": ["x"]}), 2, None, "is no Jira issue"),
        (GOOD + lines({"fields": issue(2)["fields"]}), 2, "key", "is missing"),
        (GOOD + lines({"key": 5, "fields": {}}), 2, "key", "must be a valid string"),
        (GOOD + lines({"key": "A-2", "fields": None}), 2, "fields", "is no JSON object"),
        (GOOD + lines({"key": "A-2", "fields": {}}), 2, "fields.created", "is missing"),
        (GOOD + lines(issue(2, created="2026-03-01 10:00")), 2, "fields.created", "has no zone"),
        (GOOD + lines(issue(2, comment={"total": float("nan")})), 2, "fields.comment.total", "valid integer"),
        (
            GOOD + lines({"issues": [issue(2), {"key": "A-3", "fields": {}}]}),
            2,
            "issues[1].fields.created",
            "is missing",
        ),
        (GOOD + lines([issue(2), 7]), 2, "[1]", "is no Jira issue"),
    ],
)
def test_a_bad_line_is_reported_and_the_rest_works(
    tmp_path: Path, content: bytes, line: int, field: str | None, said: str
) -> None:
    tickets, (problem,) = read(tmp_path / "a.jsonl", content)
    assert "A-1" in keys(tickets)
    assert (problem.line, problem.field) == (line, field)
    assert said in problem.message


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", b"", "is empty"),
        ("a.csv", b"", "is empty"),
        ("a.jsonl", b"\n \n", "is empty"),
        ("a.jsonl.gz", packed(b""), "is empty"),
        ("a.jsonl", b"[]", "holds no issue"),
        ("a.jsonl", b'{"issues": []}', "holds no issue"),
        ("a.csv", b"Issue key,Created\n", "holds no issue"),
        ("a.json", b'{\n "key": \n', "is not JSON"),
        ("a.json", b"{\n" + b'"a": {' * 5000, "is no JSON that can be read"),
        ("a.csv", b"PK\x03\x04\x00", "is a workbook or a web page"),
        ("a.xls", b"<html><table>", "is a workbook or a web page"),
        ("a.csv", b"Issue key\0\0\0", "is no text"),
        ("a.bin", b"\x89PNG\r\n\x1a\n\0\0", "is no text"),
    ],
)
def test_a_file_without_issues_is_a_problem(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    tickets, (problem,) = read(tmp_path / name, content)
    assert tickets == []
    assert said in problem.message


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path, "there is no such file"),
        (lambda path: path.mkdir() or path, "is a folder"),
        (lambda path: path / "\0", "cannot be read"),
        (lambda path: path.touch() or path / "inner", "cannot be read"),
    ],
)
def test_what_cannot_be_opened(tmp_path: Path, make: Callable[[Path], Path], said: str) -> None:
    (problem,) = read_tickets(make(tmp_path / "a.jsonl"), "a.jsonl", timezone=UTC_ZONE)
    assert isinstance(problem, Problem)
    assert said in problem.message


def test_what_stands_before_the_cut_of_a_gzip_file_is_read(tmp_path: Path) -> None:
    text = lines(*(issue(number, summary=f"Summary {number * 7919}") for number in range(2000)))
    packed = gzip.compress(text)
    tickets, (problem,) = read(tmp_path / "a.jsonl.gz", packed[: len(packed) // 2])
    assert 500 < len(tickets) < 1500
    assert (problem.line, "cut off" in problem.message) == (len(tickets) + 1, True)


def test_a_damaged_gzip_file(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(lines(*(issue(number) for number in range(50)))))
    packed[40:60] = bytes(20)
    _, problems = read(tmp_path / "a.jsonl.gz", bytes(packed))
    assert "cut off or damaged" in problems[-1].message


def test_a_line_that_is_too_long_does_not_hide_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jira_export, "LONGEST_LINE", 1000)
    content = lines(issue(1), issue(2, summary="x" * 5000), issue(3), issue(4, summary="x" * 950))
    tickets, problems = read(tmp_path / "a.jsonl", content)
    assert (keys(tickets), [problem.line for problem in problems]) == (["A-1", "A-3"], [2, 4])
    assert "is longer than" in problems[0].message


def test_a_file_that_must_be_read_whole_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jira_export, "LARGEST_WHOLE", 20)
    _, (problem,) = read(tmp_path / "a.csv", b"Issue key,Created\nA-1,2026-03-01\n")
    assert "write one issue on each line" in problem.message


@pytest.mark.parametrize(
    ("updates", "kept", "left"),
    [
        (("2026-03-02T00:00:00Z", "2026-03-05T00:00:00Z"), "1", 1),
        (("2026-03-05T00:00:00Z", "2026-03-02T00:00:00Z"), "0", 2),
        (("2026-03-05T00:00:00Z", "2026-03-05T00:00:00Z"), "1", 1),  # at a tie the later line
        ((None, None), "1", 1),
    ],
)
def test_of_two_issues_with_a_key_the_one_updated_last_is_kept(
    tmp_path: Path, updates: tuple[str | None, ...], kept: str, left: int
) -> None:
    twice = [issue(1, summary=str(number), updated=update) for number, update in enumerate(updates)]
    tickets, (problem,) = read(tmp_path / "a.jsonl", lines(*twice, issue(2)))
    assert [ticket.summary for ticket in tickets] == [kept, None]
    assert (problem.line, problem.field) == (left, "key")
    assert f"'A-1' is here twice; the one on line {3 - left}" in problem.message


def test_three_issues_with_a_key_leave_one_ticket_and_two_problems(tmp_path: Path) -> None:
    times = ("2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z", "2026-03-05T00:00:00Z")
    tickets, problems = read(tmp_path / "a.jsonl", lines(*(issue(1, updated=time) for time in times)))
    assert [ticket.updated for ticket in tickets] == [datetime(2026, 3, 9, tzinfo=UTC)]
    assert [problem.line for problem in problems] == [1, 3]


def test_of_many_problems_of_a_kind_the_rest_is_counted(tmp_path: Path) -> None:
    bad = [{"key": f"B-{number}", "fields": {}} for number in range(SHOWN + 7)]
    tickets, problems = read(tmp_path / "a.jsonl", lines(*bad) + b"oops\n" + GOOD + GOOD)
    assert len(tickets) == SHOWN + 8  # read without what is wrong
    *shown, not_json, twice, summary = problems
    assert [problem.line for problem in shown] == list(range(1, SHOWN + 1))
    assert (not_json.line, twice.field) == (SHOWN + 8, "key")
    assert (summary.line, summary.field) == (None, "fields.created")
    assert summary.message.startswith("7 more problems of this kind; the first was: is missing")


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([{"total": 5, "issues": [issue(1)]}, {"total": 5, "issues": [issue(2)]}], "holds 2 of the 5 issues"),
        ([{"isLast": False, "issues": [issue(1)]}], "holds the first 1 issues"),
        ([{"nextPageToken": "x", "issues": [issue(1)]}], "holds the first 1 issues"),
    ],
)
def test_pages_that_are_missing_are_reported(tmp_path: Path, pages: list[object], said: str) -> None:
    tickets, (problem,) = read(tmp_path / "a.jsonl", lines(*pages))
    assert len(tickets) == len(pages)
    assert said in problem.message


@pytest.mark.parametrize("last", [{"isLast": True}, {"total": 2}, {}, {"total": "x"}])
def test_pages_that_are_all_there_are_no_problem(tmp_path: Path, last: dict[str, object]) -> None:
    pages = ({"nextPageToken": "x", "issues": [issue(1)]}, {"issues": [issue(2)]} | last)
    assert read(tmp_path / "a.jsonl", lines(*pages))[1] == []


LINE = st.one_of(
    st.integers(0, 9).map(lambda number: json.dumps(issue(number)).encode()),
    st.binary(max_size=20).map(lambda data: data.replace(b"\n", b"").replace(b"\r", b"")),
    st.sampled_from([b"{}", b"[]", b"null", b'{"key": "A-1"}', b'{"issues": [{}]}', b"{", b'"']),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(LINE, max_size=8))
def test_every_line_is_accounted_for(tmp_path: Path, content: list[bytes]) -> None:
    data = [b"{}", *content]  # so that it is read as lines
    tickets, problems = read(tmp_path / "a.jsonl", b"\n".join(data))
    said = {problem.line for problem in problems}
    good = {
        number for number, line in enumerate(data, start=1) if line.startswith(b'{"key": "A-') and b"created" in line
    }
    silent = {number for number, line in enumerate(data, start=1) if line.strip() in (b"", b"[]")}
    assert set(range(1, len(data) + 1)) - good - silent <= said
    assert len(tickets) + len(said & good) == len(good)


# Records that no one here wrote.


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("titanium-ALOY.jsonl.gz", 1499),
        ("titanium-MOD.jsonl.gz", 367),
        ("titanium-DAEMON.jsonl.gz", 317),
        ("apache-changelogs.jsonl.gz", 501),
        ("planeso-export.csv", 22),
    ],
)
def test_real_exports_load_without_a_problem(shared: Path, name: str, count: int) -> None:
    tickets, problems = read(shared / "real" / "jira" / name)
    assert (len(tickets), problems) == (count, [])
    assert len(set(keys(tickets))) == count
    assert all(ticket.summary and ticket.status and ticket.updated for ticket in tickets)


def test_real_histories_are_whole_and_in_order(shared: Path) -> None:
    tickets, _ = read(shared / "real" / "jira" / "apache-changelogs.jsonl.gz")
    source = shared / "real" / "jira" / "apache-changelogs.jsonl.gz"
    histories = [
        json.loads(line)["changelog"]["histories"] for line in gzip.decompress(source.read_bytes()).splitlines()
    ]
    assert [len(ticket.changes or ()) for ticket in tickets] == [
        sum(len(history["items"]) for history in ticket) for ticket in histories
    ]
    for ticket in tickets:
        times = [change.at for change in ticket.changes or ()]
        assert times == sorted(times)
        assert ticket.changes_complete


def test_real_comments_that_the_archive_lost_are_told(shared: Path) -> None:
    tickets, _ = read(shared / "real" / "jira" / "titanium-ALOY.jsonl.gz")
    assert sum(not ticket.comments_complete for ticket in tickets) == 374


@pytest.fixture(scope="module")
def devlake(shared: Path) -> dict[str, list[Any]]:
    """The raw Cloud JSON in the column `data` of both files: issues, and histories by the ids of issues."""
    csv.field_size_limit(10_000_000)
    found: dict[str, list[Any]] = {}
    for kind in ("issues", "issue_changelogs"):
        with gzip.open(
            shared / "real" / "jira" / f"devlake_raw_jira_api_{kind}.csv.gz", "rt", encoding="utf-8"
        ) as file:
            found[kind] = [(row["input"], json.loads(row["data"])) for row in csv.DictReader(file)]
    return found


def test_real_cloud_issues_load_without_a_problem(tmp_path: Path, devlake: dict[str, list[Any]]) -> None:
    issues = [data for _, data in devlake["issues"]]
    tickets, problems = read(tmp_path / "devlake.jsonl", lines(*issues))
    assert (len(tickets), problems) == (33, [])
    assert all(ticket.url == f"https://merico.atlassian.net/browse/{ticket.key}" for ticket in tickets)
    assert all(ticket.flagged is False and ticket.changes and ticket.changes_complete for ticket in tickets)
    first = tickets[0]
    assert (first.summary or "").endswith("四个排序图：测试/注释覆盖度、复用度、模块性")
    assert (first.created, first.category) == (datetime(2020, 6, 12, 0, 13, 13, 360000, tzinfo=UTC), Category.NEW)


def test_real_changelog_rows_fit_an_issue_and_are_none_themselves(
    tmp_path: Path, devlake: dict[str, list[Any]]
) -> None:
    rows = [data for _, data in devlake["issue_changelogs"]]
    attached = issue(1) | {"changelog": {"histories": rows, "total": len(rows)}}
    (ticket,), problems = read(tmp_path / "one.jsonl", lines(attached))
    assert (len(ticket.changes or ()), problems) == (sum(len(row["items"]) for row in rows), [])
    tickets, problems = read(tmp_path / "rows.jsonl", lines(*rows))
    assert (tickets, len(problems)) == ([], SHOWN + 1)
    assert problems[-1].message.startswith(f"{len(rows) - SHOWN} more problems of this kind")


@pytest.mark.parametrize("name", ["jira__issue", "jira__issue-1", "jira__issue-2"])
def test_real_issues_of_another_client_load(shared: Path, name: str) -> None:
    (ticket,), problems = read(shared / "real" / "jira-api" / "adf" / f"{name}.json")
    assert (ticket.key, problems) == ("TEST-1", [])


@pytest.mark.parametrize("name", ["get_search", "get_issue_issueIdOrKey"])
def test_the_official_examples_load_and_what_they_lack_is_said(shared: Path, name: str) -> None:
    """Atlassian's examples show no `created`, and a number for `updated`."""
    (ticket,), problems = read(shared / "real" / "jira-api" / "examples" / f"{name}.json")
    assert (ticket.key, ticket.created, ticket.updated) == ("ED-1", None, None)
    assert [(problem.field or "").split(".")[-1] for problem in problems] == ["updated", "created"]


@pytest.mark.parametrize("name", ["get_search", "get_issue_issueIdOrKey"])
def test_the_official_examples_load_once_they_say_when_they_were_created(
    shared: Path, tmp_path: Path, name: str
) -> None:
    data = json.loads((shared / "real" / "jira-api" / "examples" / f"{name}.json").read_text())
    for example in data.get("issues", [data]):
        example["fields"] |= {"created": "2026-03-01T00:00:00.000+0000", "updated": None}
    (ticket,), problems = read(tmp_path / "a.json", json.dumps(data, indent=1).encode())
    assert problems == []
    assert (ticket.key, ticket.project, ticket.description) == ("ED-1", "EX", "Main order flow broken")
    assert [(link.phrase, link.key, link.status) for link in ticket.links or ()] == [
        ("is depended by", "PR-2", "Open"),
        ("depends on", "PR-3", "Open"),
    ]
    assert [comment.text[:11] for comment in ticket.comments or ()] == ["Lorem ipsum"]


@pytest.mark.parametrize("broken", [b'{"key": "A-1", "fields": {"summary": "a",\n', b"[]\n", b"[1,\n"])
def test_a_broken_first_line_does_not_take_the_others_with_it(tmp_path: Path, broken: bytes) -> None:
    tickets, problems = read(tmp_path / "a.jsonl", broken + lines(issue(2), issue(3)))
    assert keys(tickets) == ["A-2", "A-3"]
    assert [problem.line for problem in problems] in ([1], [])


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jsonl")
    tickets, (problem,) = read(tmp_path / "a.jsonl")
    assert tickets == []
    assert "a device or a pipe" in problem.message


def test_change_histories_without_their_issues_say_what_to_export(tmp_path: Path) -> None:
    entry = {"id": "1", "author": {}, "created": "2026-03-01T00:00:00Z", "items": []}
    tickets, (problem,) = read(tmp_path / "a.jsonl", lines(entry))
    assert tickets == []
    assert "expand=changelog" in problem.message


def test_an_issue_that_is_wrong_and_nested_deeply_costs_only_itself(tmp_path: Path) -> None:
    deep = b'{"key": "A-9", "fields": {"labels": [1], "customfield_1": ' + b"[" * 800 + b"]" * 800 + b"}}\n"
    tickets, problems = read(tmp_path / "a.jsonl", deep + GOOD)
    assert "A-1" in keys(tickets)
    assert problems
    assert {problem.line for problem in problems} == {1}
