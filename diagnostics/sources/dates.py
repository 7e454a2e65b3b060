"""Dates: when a document was written, from its text or from the name of its file."""

import re
from collections.abc import Iterator
from datetime import date

HEAD = 20  # lines; a date further down is rather about the project than about the document

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    (re.compile(pattern, re.IGNORECASE), orders)
    for pattern, orders in (
        (r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)", ("ymd",)),
        (r"(?<![\d.])(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?!\d)", ("dmy",)),
        (r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])", ("dmy", "mdy")),
        (rf"(?<!\d){_DAY}\.?\s{{1,3}}(?:of )?{_MONTH}\.?,?\s{{1,3}}(\d{{4}})(?!\d)", ("dmy",)),
        (rf"\b{_MONTH}\.?\s{{1,3}}{_DAY},?\s{{1,3}}(\d{{4}})(?!\d)", ("mdy",)),
    )
)
_IN_NAME = re.compile(r"(?<!\d)(\d{4})([-_.]?)(\d\d)\2(\d\d)(?!\d)")
_LABEL = re.compile(r"\bdated?\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:due|deadline|until|till|by|before|ends?|launch|go-live|target|expires)(?: date| is| on){0,3}\W*$",
    re.IGNORECASE,
)


def date_of_document(text: str, name: str) -> date | None:
    """The date in the front matter, else in the first `HEAD` lines, else in the file's name, else None.

    In the first lines one that is called a date goes before the others, and one that something is due by
    is none. A day that does not exist is passed over, and so is 03/04/2026, which can be read in two ways.
    """
    lines = [line[:1000] for line in text.split("\n", HEAD)[:HEAD]]
    labelled = [line for line in lines if _LABEL.search(line)]
    for line in (*_front_matter(text), *labelled, *lines):
        for start, day in sorted(_dates(line)):
            if not _AHEAD.search(line[max(0, start - 40) : start]):
                return day
    named = (_day(found[1], found[3], found[4]) for found in _IN_NAME.finditer(name))
    return next((day for day in named if day), None)


def _front_matter(text: str) -> Iterator[str]:
    """What stands behind `date:` between the --- lines at the top."""
    first, *lines = text.split("\n", 100)
    if first.rstrip() != "---":
        return
    ends = [number for number, line in enumerate(lines) if line.rstrip() in ("---", "...")]
    head = lines[: min(ends, default=0)]
    yield from (line.removeprefix("date:") for line in head if line.startswith("date:"))


def _dates(line: str) -> Iterator[tuple[int, date]]:
    """The days that a line names, each with its place in it."""
    for form, orders in _FORMS:
        for found in form.finditer(line):
            read = (_day(**dict(zip(order, found.groups(), strict=True))) for order in orders)
            days = {day for day in read if day}
            if len(days) == 1:
                yield found.start(), days.pop()


def _day(y: str, m: str, d: str) -> date | None:
    month = int(m) if m.isdigit() else _MONTHS.index(m[:3].casefold()) + 1
    try:
        return date(int(y), month, int(d)) if 1970 <= int(y) <= 2100 else None
    except ValueError:
        return None
