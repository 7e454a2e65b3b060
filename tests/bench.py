"""Benchmarks: prints figures of speed, each beside a yardstick of the same run; asserts nothing.

Run by `make bench`. Figures of seconds are the median of several runs; machines differ, so quote the ratios.
"""

import json
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from diagnostics.diagnose_all import diagnose_entry
from diagnostics.gather import gather
from diagnostics.patterns import all_questions
from diagnostics.portfolio import load_portfolio
from diagnostics.reading import read
from diagnostics.reports import formats, render
from diagnostics.settings import Settings
from tests import sample_diagnosis

DEMO = Path(__file__).parent.parent / "data" / "demo"
RUNS = 5


def median_seconds(run: Callable[[], object]) -> float:
    """CPU seconds of this process, the median of five runs after one that warms up."""
    run()
    took = []
    for _ in range(RUNS):
        began = time.process_time()
        run()
        took.append(time.process_time() - began)
    return statistics.median(took)


def main() -> None:
    portfolio, settings = load_portfolio(DEMO), Settings()
    assert portfolio.as_of is not None
    records = [gather(entry, portfolio.timezone, settings) for entry in portfolio.entries]
    texts = [record.text for project in records for record in project.kickoffs]
    files = [place.path for entry in portfolio.entries for place in entry.tickets]
    tickets = sum(len(project.tickets or ()) for project in records)
    size = sum(len(text.encode()) for text in texts)

    reading = median_seconds(lambda: [read(text, all_questions()) for text in texts])
    print(f"reading kickoffs     {size / reading / 1000:8.0f} kB/s   ({size / 1000:.0f} kB, {reading:.2f} s)")
    print(f"a ten-page kickoff   {25_000 * reading / size:8.2f} s      (25 kB)")

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
