"""Benchmarks: prints figures of speed, each beside a yardstick of the same run; asserts nothing.

Run by `make bench`. Figures of seconds are the median of several runs; machines differ, so quote the ratios.
"""

import json
import multiprocessing
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from diagnostics.diagnose_all import diagnose_entry
from diagnostics.evaluate import read_by_the_shipped_reader
from diagnostics.findings import Answer, Status
from diagnostics.gather import gather
from diagnostics.patterns import all_questions
from diagnostics.portfolio import load_portfolio
from diagnostics.reading import read
from diagnostics.reading.blocks import blocks, masked
from diagnostics.reading.context import sentences_in
from diagnostics.reading.sieve import sieve
from diagnostics.records import Ticket
from diagnostics.reports import formats, render
from diagnostics.settings import Settings
from diagnostics.sources.jira_export import read_tickets
from tests import sample_diagnosis

DEMO = Path(__file__).parent.parent / "data" / "demo"
SHARED = Path(__file__).resolve().parents[2] / "shared"
RUNS = 5
MEGABYTE = 1_000_000


def median_seconds(run: Callable[[], object]) -> float:
    """CPU seconds of this process, the median of five runs after one that warms up."""
    run()
    took = []
    for _ in range(RUNS):
        began = time.process_time()
        run()
        took.append(time.process_time() - began)
    return statistics.median(took)


def split(text: str) -> int:
    """How many sentences the text has: what reading costs before it reads."""
    plain = masked(text)
    return len(sentences_in(text, plain, blocks(text, plain)))


def reading_kickoffs(texts: Sequence[str]) -> None:
    """Kickoff records: read in full, beside merely splitting them, and how reading grows with length."""
    size, many = sum(len(text.encode()) for text in texts), sum(split(text) for text in texts)
    splitting = median_seconds(lambda: [split(text) for text in texts])
    reading = median_seconds(lambda: [read(text, all_questions()) for text in texts])
    print("kickoff records            MB/cpu-s   sentences/cpu-s")
    print(f"  merely split             {size / splitting / MEGABYTE:8.2f}   {many / splitting:12,.0f}")
    print(f"  read                     {size / reading / MEGABYTE:8.3f}   {many / reading:12,.0f}")
    ten_pages = "\n\n".join(texts)[:25_000]
    begun = time.perf_counter()
    for _ in range(RUNS):
        read(ten_pages, all_questions())
    wall = (time.perf_counter() - begun) / RUNS
    seconds = median_seconds(lambda: read(ten_pages, all_questions()))
    print(f"  ten pages (25 kB): {seconds:.2f} cpu-s, {wall:.2f} s on the clock")
    grown = {kB: _seconds_of(ten_pages[: kB * 1000]) for kB in (3, 6, 12, 24)}
    print("  by length: " + ", ".join(f"{kB} kB {taken:.2f} s" for kB, taken in grown.items()))
    one_line = {kB: _seconds_of("word " * kB * 200) for kB in (50, 100, 200)}
    print("  one line of " + ", ".join(f"{kB} kB {taken:.2f} s" for kB, taken in one_line.items()))


def _seconds_of(text: str) -> float:
    return median_seconds(lambda: read(text, all_questions()))


def comments(export: Path) -> list[str]:
    """The comments of a Jira export."""
    tickets = read_tickets(export, export.name, timezone=UTC)
    return [comment.text for ticket in tickets if isinstance(ticket, Ticket) for comment in ticket.comments or ()]


def sieved(texts: Sequence[str], times: int) -> tuple[int, float]:
    """How many of the texts pass, and the memory that a process needs to sieve them so many times (MB)."""
    passed = sum(len(sieve().passed(texts)) for _ in range(times))
    return passed, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def reading_tickets() -> None:
    """Ticket text: real comments with labelled passages among them, one in a thousand (needs ../shared)."""
    if not SHARED.is_dir():
        print(f"ticket text: not measured, {SHARED} is not there")
        return
    rows = [json.loads(line) for line in (SHARED / "eval/passages.jsonl").read_text(encoding="utf-8").splitlines()]
    answered = [
        row["text"] for row in rows if any(answer.status is Status.ANSWERED for answer in _decided(row["text"]))
    ]
    # The third export is what the sieve was fitted against.
    written = [text for name in ("MOD", "DAEMON") for text in comments(SHARED / f"real/jira/titanium-{name}.jsonl.gz")]
    texts = random.Random(1).choices(written, k=999 * len(answered)) + answered
    size = sum(len(text.encode()) for text in texts)
    sample = written[::4]
    share, many = sum(len(text.encode()) for text in sample), sum(split(text) for text in sample)
    splitting = median_seconds(lambda: [split(text) for text in sample])
    begun = time.process_time()
    passed = sieve().passed(texts)
    taken = time.process_time() - begun
    sentences = many * size / share
    print(f"ticket text ({size / MEGABYTE:.0f} MB)       MB/cpu-s   sentences/cpu-s")
    print(f"  merely split             {share / splitting / MEGABYTE:8.2f}   {many / splitting:12,.0f}")
    print(f"  sieved                   {size / taken / MEGABYTE:8.1f}   {sentences / taken:12,.0f}")
    kept = sum(number >= len(texts) - len(answered) for number in passed)
    print(
        f"  of {len(answered)} planted texts in which the reader finds an answer {kept} pass"
        f" ({kept / len(answered):.1%}); of the comments {(len(passed) - kept) / (len(texts) - len(answered)):.0%}"
    )
    times = round(MEGABYTE / many)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as apart:
        found, memory = apart.submit(sieved, sample * times, 1).result()
    print(f"  a million sentences: {memory:.0f} MB at most, {found:,} texts pass")


FLOW = (
    "import gc, sys, time; from diagnostics.cli import cli; begun = time.process_time();"
    "cli(['flow', '--tickets', sys.argv[1], '--as-of', '2026-01-01', '--format', 'json'], standalone_mode=False);"
    "print(time.process_time() - begun, file=sys.stderr)"
)
PARSE = (
    "import json, sys, time; begun = time.process_time();"
    "[json.loads(line) and None for line in open(sys.argv[1])];"
    "print(time.process_time() - begun, file=sys.stderr)"
)


def cpu_and_memory(code: str, file: Path) -> tuple[float, float]:
    """CPU seconds of a process that runs the code on a file (imports aside), and its memory at most (MB)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    run = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return float(run.stderr.split()[-1]), max(before, after) / 1024


def made_tickets(number: int, comments: Sequence[str], file: Path) -> None:
    """A file of Jira issues, each with ten changes and five comments."""
    draw = random.Random(7)
    people = [{"name": f"user{n}", "displayName": f"Person {n}"} for n in range(40)]
    statuses = [("Open", "new"), ("In Progress", "indeterminate"), ("In Review", "indeterminate"), ("Closed", "done")]
    with file.open("w", encoding="utf-8") as lines:
        for key in range(number):
            at = created = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=draw.randrange(86_400 * 600))
            status, holder = statuses[0], draw.choice(people)
            histories, said = [], []
            for step in range(10):
                at += timedelta(milliseconds=draw.randrange(86_400_000 * 6))
                if step % 2:
                    new = draw.choice(statuses)
                    item = {"field": "status", "fromString": status[0], "toString": new[0]}
                    status = new
                    body = draw.choice(comments)
                    said.append({"id": str(step), "author": draw.choice(people), "body": body, "created": _stamp(at)})
                else:
                    new_holder = draw.choice(people)
                    item = {"field": "assignee", "from": holder["name"], "fromString": holder["displayName"]}
                    item |= {"to": new_holder["name"], "toString": new_holder["displayName"]}
                    holder = new_holder
                histories.append({"author": draw.choice(people), "created": _stamp(at), "items": [item]})
            fields = {
                "summary": f"Issue number {key}",
                "description": draw.choice(comments),
                "issuetype": {"name": "Task"},
                "status": {"name": status[0], "statusCategory": {"key": status[1]}},
                "assignee": holder,
                "reporter": draw.choice(people),
                "created": _stamp(created),
                "updated": _stamp(at),
                "issuelinks": [],
                "comment": {"comments": said, "total": len(said)},
            }
            changelog = {"histories": histories, "total": len(histories)}
            lines.write(
                json.dumps({"key": f"BIG-{key}", "id": str(key), "fields": fields, "changelog": changelog}) + "\n"
            )


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}+0000"


def flowing() -> None:
    """Exact flow figures of many tickets (`unstuck flow`), beside parsing the same lines; no text of theirs is read."""
    stories = (path.read_text(encoding="utf-8").splitlines() for path in sorted(DEMO.glob("tickets/*.jsonl")))
    issues = [json.loads(line) for lines in stories for line in lines]
    bodies = [comment.get("body") for issue in issues for comment in issue["fields"]["comment"]["comments"]]
    short = [body for body in bodies if isinstance(body, str)]
    # As long as real ones: those of the three exports in ../shared have 299 characters on average.
    draw = random.Random(3)
    comments = ["\n\n".join(draw.choices(short, k=4)) for _ in range(500)]
    print("flow figures          us/ticket   times json.loads      MB")
    for number in (10_000, 100_000):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "big.jsonl"
            made_tickets(number, comments, file)
            parsing, _ = cpu_and_memory(PARSE, file)
            taken, memory = cpu_and_memory(FLOW, file)
        print(f"  {number:7,} tickets    {taken / number * 1e6:8.0f}   {taken / parsing:12.2f}   {memory:10.0f}")


def _decided(text: str) -> list[Answer]:
    return list(read_by_the_shipped_reader(text, "passage", all_questions()).values())


def main() -> None:
    portfolio, settings = load_portfolio(DEMO), Settings()
    assert portfolio.as_of is not None
    records = [gather(entry, portfolio.timezone, settings) for entry in portfolio.entries]
    texts = [record.text for project in records for record in project.kickoffs]
    files = [place.path for entry in portfolio.entries for place in entry.tickets]
    tickets = sum(len(project.tickets or ()) for project in records)
    reading_kickoffs(texts)
    reading_tickets()
    flowing()

    parsing = median_seconds(lambda: [json.loads(line) for file in files for line in file.open()])
    gathering = median_seconds(lambda: [gather(entry, portfolio.timezone, settings) for entry in portfolio.entries])
    print(
        f"records in           {tickets / gathering:8.0f} tickets/s, {gathering / parsing:.1f} times json.loads alone"
    )

    day, zone = portfolio.as_of, portfolio.timezone
    whole = median_seconds(lambda: [diagnose_entry(entry, day, zone, settings) for entry in portfolio.entries])
    print(f"a whole diagnosis    {whole / len(portfolio.entries):8.3f} s a project of the sample portfolio")

    document = sample_diagnosis.portfolio()
    for name in formats():
        print(f"report {name:<5}         {median_seconds(lambda name=name: render(name, document)):8.4f} s")
    print(f"peak memory          {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    main()
