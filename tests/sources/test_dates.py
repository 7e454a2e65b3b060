"""Dates: the day on which a document was written, or None; never a day that can be read in two ways."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.sources.dates import HEAD, date_of_document

MARCH_12 = date(2026, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-12",
        "v1 of 2026-03-12T10:00",
        "12 March 2026",
        "Thursday, 12th of March 2026, 10:00",
        "12. March 2026",
        "12 Mar. 2026",
        "Thu, 12 MAR 2026 09:12",
        "March 12, 2026",
        "Mar 12th 2026",
        "12.03.2026",
        "12. 3. 2026",
        "**Version 1.0, 12 March 2026** · Team Retail",
        "| Date | 12 March 2026, version 1.0 |",
        "Prepared by Ann, 12 March 2026",
    ],
)
def test_ways_of_writing_a_day(text: str) -> None:
    assert date_of_document(f"# Kickoff\n\n{text}\n", "x.md") == MARCH_12


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25/03/2026", date(2026, 3, 25)),
        ("03/25/2026", date(2026, 3, 25)),
        ("03/03/2026", date(2026, 3, 3)),
        ("03/04/2026", None),
        ("13/13/2026", None),
        ("2026-02-31", None),
        ("31 February 2026", None),
        ("0000-01-01", None),
        ("9999-01-01", None),
        ("12-2026-03-123", None),
        ("1.12.03.2026", None),
        ("March 2026", None),
        ("by 12 March 2026", None),
        ("Due: 12 March 2026", None),
        ("deadline is on 2026-03-12", None),
        ("Launch date 2026-03-12", None),
        ("2026-02-31, moved to 2026-03-12", MARCH_12),
        ("due 2026-09-30, written 2026-03-12", MARCH_12),
    ],
)
def test_what_is_and_what_is_no_day_of_writing(text: str, day: date | None) -> None:
    assert date_of_document(text, "x.md") == day


@pytest.mark.parametrize(
    ("text", "name", "day"),
    [
        # the front matter first
        ("---\ntitle: x\ndate: 2026-03-12\n---\nDate: 2026-01-01", "2025-01-01.md", MARCH_12),
        ('---\ndate: "12 March 2026"\n...\n2026-01-01', "x.md", MARCH_12),
        ("---\ndate: soon\n---\n2026-03-12", "x.md", MARCH_12),
        ("---\ndate: 2026-02-31\n---\n", "20260312.md", MARCH_12),
        ("date: 2026-03-12\n---\n", "x.md", MARCH_12),
        # then what is called a date, then any
        ("As agreed on 2025-12-01\nDate: 2026-03-12", "x.md", MARCH_12),
        ("Written 2026-03-12\nUpdated 2026-05-01", "x.md", MARCH_12),
        # then the name of the file
        ("no day", "kickoff-2026-03-12.md", MARCH_12),
        ("no day", "20260312_kickoff.docx", MARCH_12),
        ("no day", "2026_03_12 kickoff.pdf", MARCH_12),
        ("no day", "kickoff 20261399.md", None),
        ("no day", "id-1202603121.md", None),
        ("no day", "v20260231-20260312.md", MARCH_12),
        ("no day", "kickoff.md", None),
        ("", "", None),
    ],
)
def test_where_the_day_is_looked_for(text: str, name: str, day: date | None) -> None:
    assert date_of_document(text, name) == day


@pytest.mark.parametrize(("line", "day"), [(HEAD, MARCH_12), (HEAD + 1, None)])
def test_only_the_first_lines_count(line: int, day: date | None) -> None:
    assert date_of_document("words\n" * (line - 1) + "2026-03-12\n", "x.md") == day


FORMS = st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d.%m.%Y"])


@given(st.dates(date(1970, 1, 1), date(2100, 12, 31)), FORMS)
def test_every_day_is_read_back(day: date, form: str) -> None:
    assert date_of_document(f"Kickoff, {day.strftime(form)}.", "x.md") == day


@given(st.text(alphabet="0123456789-./ \nbydue March,of", max_size=200), st.text(max_size=30))
def test_no_text_raises(text: str, name: str) -> None:
    day = date_of_document(text, name)
    assert day is None or 1970 <= day.year <= 2100
