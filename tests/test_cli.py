"""The command line, run as a user would: what is printed where, and with which exit status."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from diagnostics.store import Store, default_url

ROOT = Path(__file__).parent.parent
KICKOFF = """# Leak alerts

The goal is a recall of at least 0.8 at a precision of 0.5, agreed with Ines Sample (product manager) on 2 March.
A missed leak floods a cellar; a false alarm costs the fitter one needless visit.
"""
ISSUE = {
    "id": "1",
    "key": "LEAK-1",
    "fields": {
        "summary": "Read the pressure sensors of district four",
        "status": {"name": "In Progress", "statusCategory": {"key": "indeterminate"}},
        "created": "2026-05-01T09:00:00.000+0000",
        "updated": "2026-09-01T09:00:00.000+0000",
    },
}
PORTFOLIO = """
[portfolio]
name = "Two"
as_of = 2026-09-30
[[project]]
key = "LEAK"
name = "Leak alerts"
kickoff = ["kickoff.md"]
tickets = "tickets.jsonl"
[[project]]
key = "NONE"
name = "Nothing held"
kickoff = []
"""


def unstuck(*arguments: object, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "diagnostics", *map(str, arguments)]
    env = {k: v for k, v in os.environ.items() if not k.startswith("UNSTUCK_")}
    env |= {"PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, cwd=cwd or ROOT, env=env, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "portfolio.toml").write_text(PORTFOLIO)
    (tmp_path / "kickoff.md").write_text(KICKOFF)
    (tmp_path / "tickets.jsonl").write_text(json.dumps(ISSUE) + "\n")
    return tmp_path


def test_diagnose_prints_json_on_standard_output_and_nothing_else(folder: Path) -> None:
    run = unstuck("diagnose", folder, "--format", "json")
    assert (run.returncode, run.stderr) == (0, "")
    found = json.loads(run.stdout)
    assert (found["schema"], found["as_of"], found["problems"]) == (1, "2026-09-30", [])
    assert set(found["versions"]) == {"reader", "patterns", "thresholds"}
    project = next(p for p in found["projects"] if p["key"] == "LEAK")
    assert {
        "key",
        "name",
        "verdict",
        "sources",
        "clarity",
        "flow",
        "health",
        "patterns",
        "symptoms",
        "actions",
    } <= set(project)
    questions = [q for pattern in project["patterns"] for q in pattern["questions"]]
    assert len(questions) == 20
    assert {"id", "status", "confidence", "why", "evidence", "waiver", "correction"} <= set(questions[0])
    quotes = [e for q in questions for e in q["evidence"]]
    assert {"source", "ref", "url", "quote", "span", "text_sha256", "author", "date"} <= set(quotes[0])
    assert {"id", "status", "value", "threshold", "unit", "evidence"} <= set(project["symptoms"][0])
    action = next(p for p in found["projects"] if p["key"] == "NONE")["actions"][0]
    assert {"id", "title", "with", "person", "settles", "first_step", "agenda", "gain"} <= set(action)


def test_the_table_shows_each_project(folder: Path) -> None:
    run = unstuck("diagnose", folder)
    assert run.returncode == 0
    assert "Leak alerts" in run.stdout
    assert "Nothing held" in run.stdout


def test_the_portfolio_comes_from_the_environment_or_the_working_directory(folder: Path) -> None:
    by_environment = unstuck("diagnose", "--format", "json", UNSTUCK_PORTFOLIO=str(folder))
    by_directory = unstuck("diagnose", "--format", "json", cwd=folder)
    assert by_environment.stdout == by_directory.stdout != ""


def test_one_project_and_another_day(folder: Path) -> None:
    run = unstuck("diagnose", folder, "--project", "LEAK", "--as-of", "2026-04-01", "--format", "json")
    found = json.loads(run.stdout)
    assert [p["key"] for p in found["projects"]] == ["LEAK"]
    assert (found["as_of"], found["projects"][0]["flow"]["score"]) == ("2026-04-01", None)


@pytest.mark.parametrize(
    ("arguments", "keys"),
    [
        (["--kickoff", "kickoff.md"], ["kickoff"]),
        (["--tickets", "tickets.jsonl"], ["tickets"]),
        (["--kickoff", "kickoff.md", "--tickets", "tickets.jsonl"], ["kickoff"]),
        (["--kickoff", "kickoff.md", "--kickoff", "other.md"], ["kickoff", "other"]),
        (["--tickets", "tickets.jsonl", "--tickets", "more.jsonl.gz"], ["more", "tickets"]),
    ],
)
def test_single_files(folder: Path, arguments: list[str], keys: list[str]) -> None:
    import gzip

    (folder / "other.md").write_text(KICKOFF)
    (folder / "more.jsonl.gz").write_bytes(gzip.compress((folder / "tickets.jsonl").read_bytes()))
    run = unstuck("diagnose", *arguments, "--format", "json", cwd=folder)
    assert run.returncode == 0, run.stderr
    assert sorted(p["key"] for p in json.loads(run.stdout)["projects"]) == keys


@pytest.mark.parametrize(
    "arguments",
    [
        ["diagnose", "--nonsense"],
        ["diagnose", "no-such-folder"],
        ["diagnose", ".", "--kickoff", "kickoff.md"],
        ["diagnose", "--kickoff", "a.md", "--kickoff", "b.md", "--tickets", "t.jsonl"],
        ["diagnose", ".", "--project", "NOSUCH"],
        ["diagnose", ".", "--as-of", "yesterday"],
        ["diagnose", ".", "--format", "xml"],
        ["report", "."],
        ["report", ".", "--format", "docx", "--out", "r"],
        ["explain", "no-such-thing"],
        ["evaluate", "no-such-folder"],
        ["serve", "no-such-folder"],
        ["no-such-command"],
    ],
)
def test_wrong_usage_exits_2_and_says_what_is_right(folder: Path, arguments: list[str]) -> None:
    run = unstuck(*arguments, cwd=folder)
    assert run.returncode == 2
    assert run.stdout == ""
    assert len(run.stderr) > 20
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("portfolio.toml", None, "portfolio.toml: there is no such file"),
        ("portfolio.toml", "[portfolio\n", "portfolio.toml:1"),
        ("portfolio.toml", PORTFOLIO.replace("kickoff =", "kickof ="), "kickof"),
        ("kickoff.md", "", "kickoff.md"),
        ("kickoff.md", None, "kickoff.md"),
        ("tickets.jsonl", "not json\n", "tickets.jsonl:1"),
        ("tickets.jsonl", '{"key": "LEAK-1"}\n', "tickets.jsonl:1"),
        ("tickets.jsonl", None, "tickets.jsonl"),
    ],
)
def test_bad_input_is_named_exits_1_and_the_rest_still_works(
    folder: Path, name: str, content: str | None, says: str
) -> None:
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content)
    run = unstuck("diagnose", folder, "--format", "json")
    assert run.returncode == 1
    assert says in run.stderr
    assert "Traceback" not in run.stderr
    found = json.loads(run.stdout)
    assert found["problems"]
    assert {"file", "line", "field", "message"} <= set(found["problems"][0])
    if name != "portfolio.toml":
        assert len(found["projects"]) == 2


@pytest.mark.parametrize("format", ["md", "html", "json"])
def test_report_writes_a_file(folder: Path, format: str) -> None:
    out = folder / f"report.{format}"
    run = unstuck("report", folder, "--format", format, "--out", out)
    assert (run.returncode, run.stdout) == (0, "")
    assert "Leak alerts" in out.read_text()
    assert out.stat().st_mode & 0o077 == 0o044  # readable as any new file is


def test_a_report_that_cannot_be_written_leaves_the_old_one(folder: Path) -> None:
    run = unstuck("report", folder, "--format", "md", "--out", folder / "no" / "such" / "report.md")
    assert run.returncode == 1
    assert "--out" in run.stderr


def test_what_the_dashboard_read_is_not_read_again_and_no_store_is_made_for_it(folder: Path) -> None:
    unstuck("diagnose", folder)
    assert not (folder / ".unstuck").exists()
    store = Store(default_url(folder))
    first = unstuck("diagnose", folder, "--format", "json")
    with store._session() as session:
        connection = session.connection()
        ((body,),) = connection.exec_driver_sql("select body from readings").all()
        changed = body.replace('"sentences"', '"kept": 1, "sentences"', 1).replace("it names", "as kept, it names")
        connection.exec_driver_sql("update readings set body = ?", (changed,))
    again = unstuck("diagnose", folder, "--format", "json")
    assert "as kept, it names" not in first.stdout
    assert "as kept, it names" in again.stdout


def test_explain_knows_every_pattern_question_and_symptom() -> None:
    listed = unstuck("explain").stdout.splitlines()
    assert listed.index("symptoms in the tickets:") > next(
        n for n, line in enumerate(listed) if line.startswith("off by")
    )
    names = [line.strip().partition(":")[0] for line in listed if not line.startswith(("symptoms", "off by default"))]
    assert len(names) == (4 + 20) + (6 + 18) + 6
    for name in ("success-metric", "metric-target", "technology-first", "who-asked", "silent"):
        assert name in names
        assert len(unstuck("explain", name).stdout) > 100


def test_explain_says_how_well_a_question_is_read_and_when_that_cannot_be_said() -> None:
    assert re.search(r"real documents: precision 0\.\d\d, recall [01]\.\d\d \(22 answered\)", explained("metric-named"))
    assert "real documents: too few to say (3 answered); passages: precision" in explained("error-rate")


def test_explain_says_what_is_off_and_how_to_switch_it_on(tmp_path: Path) -> None:
    switch = 'patterns = ["data-not-ready"] under [portfolio] in portfolio.toml switches it on'
    for name, says in (("data-not-ready", "It is off by default"), ("label-source", "Its pattern, data-not-ready, is")):
        assert says in explained(name)
        assert switch in explained(name)
    assert "portfolio.toml" not in explained("roles") + explained("decision-owner")
    record = tmp_path / "leak.md"
    record.write_text("We have had read access to the pressure archive since 12 January, both of us.\n")
    assert "In leak: answered" in unstuck("explain", "data-access", "--kickoff", record).stdout


def test_explain_shows_a_files_answer_in_its_place(tmp_path: Path) -> None:
    record = tmp_path / "churn.md"
    record.write_text(
        "# Churn\n\n## Success\n\nWe met twice. Recall must be at least 0.85 on the June hold-out. Then we ate.\n\n"
        "## Team\n\nAn early version of the list was shown to the desk in spring, and they liked it a lot.\n"
    )
    shown = unstuck("explain", "metric-target", "--kickoff", record).stdout
    assert "In churn: answered" in shown
    assert "churn.md#L5, under “Churn / Success”" in shown
    assert "⟦Recall⟧ must be at least ⟦0.85⟧" in shown
    gap = unstuck("explain", "decision-owner", "--kickoff", record).stdout
    assert "In churn: missing" in gap
    assert "A good answer: " in gap
    for name in (["silent"], ["metrics"], []):
        wrong = unstuck("explain", *name, "--kickoff", record)
        assert (wrong.returncode, wrong.stdout) == (2, "")
    unread = unstuck("explain", "metric-target", "--kickoff", tmp_path / "none.md")
    assert unread.returncode == 1
    assert "there is no such file" in unread.stderr
    assert "In " not in unread.stdout


def explained(name: str) -> str:
    return unstuck("explain", name).stdout


def test_cross_validation_says_who_answers(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text(json.dumps({"text": "x", "question": "problem", "status": "vague"}))
    run = unstuck("evaluate", tmp_path / "p.jsonl", "--cross-validate", "--format", "json")
    assert "by a reader kept from them" in run.stderr
    assert json.loads(run.stdout)["trained_on"] == 0


def test_evaluate_passages_and_documents(tmp_path: Path) -> None:
    passages = tmp_path / "passages.jsonl"
    row = {
        "text": KICKOFF.splitlines()[2],
        "question": "metric-target",
        "status": "answered",
        "also_answered": [],
    }
    passages.write_text(json.dumps(row) + "\n")
    found = json.loads(unstuck("evaluate", passages, "--format", "json").stdout)
    assert set(found["passages"]) >= {"micro", "per_pattern", "per_question", "refused"}
    assert unstuck("evaluate", passages).returncode == 0
    passages.write_text("{broken\n")
    broken = unstuck("evaluate", passages)
    assert broken.returncode == 1
    assert "passages.jsonl:1" in broken.stderr


def test_evaluate_asks_for_a_pattern_that_is_off_when_told_to(tmp_path: Path) -> None:
    passages = tmp_path / "passages.jsonl"
    row = {"text": "Ravi Menon exports it to our bucket every Monday.", "question": "data-access", "status": "answered"}
    passages.write_text(json.dumps(row) + "\n")
    without = unstuck("evaluate", passages)
    assert (without.returncode, "there is no question data-access" in without.stderr) == (1, True)
    for more in ([], ["--cross-validate"]):
        run = unstuck("evaluate", passages, "--pattern", "data-not-ready", *more, "--format", "json")
        found = json.loads(run.stdout)["passages"]
        assert found["per_pattern"]["data-not-ready"]["recall"] == 1
    assert unstuck("evaluate", passages, "--pattern", "bad-luck").returncode == 2


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_on_which_nothing_can_be_diagnosed_is_wrong_usage(folder: Path, day: str) -> None:
    run = unstuck("diagnose", folder, "--as-of", day)
    assert run.returncode == 2
    assert "--as-of" in run.stderr


def test_single_files_need_no_portfolio_folder(folder: Path) -> None:
    run = unstuck("diagnose", "--kickoff", "kickoff.md", cwd=folder, UNSTUCK_PORTFOLIO="/no/such/folder")
    assert run.returncode == 0
    assert unstuck("diagnose", cwd=folder, UNSTUCK_PORTFOLIO="/no/such/folder").returncode == 2


def test_a_kickoff_of_later_is_named_and_so_is_one_in_another_language(folder: Path) -> None:
    late = unstuck("diagnose", "--kickoff", "kickoff.md", "--as-of", "2020-01-01", "--format", "json", cwd=folder)
    assert late.returncode == 0  # no date in it
    (folder / "kickoff.md").write_text("Date: 2 March 2026\n\n" + KICKOFF)
    late = unstuck("diagnose", "--kickoff", "kickoff.md", "--as-of", "2020-01-01", "--format", "json", cwd=folder)
    assert (late.returncode, json.loads(late.stdout)["problems"][0]["field"]) == (1, "date")
    (folder / "kickoff.md").write_text("Wir wollen die Kündigungen von Kunden früher erkennen, damit sie bleiben. " * 5)
    german = unstuck("diagnose", "--kickoff", "kickoff.md", "--format", "json", cwd=folder)
    assert german.returncode == 1
    assert "could be opened, but not judged" in german.stderr


def test_hostile_names_do_not_reach_the_terminal_as_commands(folder: Path) -> None:
    (folder / "portfolio.toml").write_text(PORTFOLIO.replace("Leak alerts", "\\u001b[31mred\\u0007"))
    assert "\x1b" not in unstuck("diagnose", folder).stdout


def test_a_copy_of_the_sample_portfolio_is_diagnosed_without_a_problem(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data" / "demo", tmp_path / "demo", ignore=shutil.ignore_patterns("make", ".unstuck"))
    run = unstuck("diagnose", tmp_path / "demo", "--format", "json")
    assert (run.returncode, run.stderr) == (0, "")
    assert len(json.loads(run.stdout)["projects"]) == 14
