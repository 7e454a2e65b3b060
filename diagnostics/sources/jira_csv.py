"""Jira CSV: the text of Jira's own CSV export -> Tickets. Columns repeat, times are local; no history."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from io import StringIO

from diagnostics.records import Account, Category, Comment, Link, Ticket
from diagnostics.sources.encoding import clean
from diagnostics.sources.jira_faults import NotAnIssue, moment
from diagnostics.sources.jira_issue import project_of
from diagnostics.sources.markup import wiki_to_markdown

LARGEST_CELL = 20 * 1024 * 1024  # characters; the csv module would refuse what Jira allows

_DELIMITERS = ",;\t|^"  # those that Jira offers, and the tab
_MOMENTS = ("Created", "Updated", "Resolved", "Status Category Changed")
_PEOPLE = ("Assignee", "Reporter", "Creator", "Watchers", "Project lead")
_CATEGORIES = {"to do": Category.NEW, "in progress": Category.INDETERMINATE, "done": Category.DONE}
_LINKS = re.compile(r"(inward|outward) issue link \((.+)\)")
_PHRASES = {  # the export names the type of a link; these are Jira's words for the types it comes with
    ("inward", "blocks"): "is blocked by",
    ("outward", "blocks"): "blocks",
    ("inward", "cloners"): "is cloned by",
    ("outward", "cloners"): "clones",
    ("inward", "duplicate"): "is duplicated by",
    ("outward", "duplicate"): "duplicates",
    ("inward", "relates"): "relates to",
    ("outward", "relates"): "relates to",
}


def csv_tickets(text: str, timezone: tzinfo) -> Iterator[tuple[int, Ticket | NotAnIssue]]:
    """Each row as a ticket, or what is wrong with it, with the line (from 1) on which it begins.

    Times are in `timezone`. Where days and months can be told apart nowhere in the file that is reported
    once, and the day is taken to come first unless the times have AM and PM.
    """
    csv.field_size_limit(LARGEST_CELL)
    rows: list[_Row] = []
    columns: dict[str, list[int]] = {}
    for line, cells in _records(text, _delimiter(text)):
        if isinstance(cells, NotAnIssue):
            yield line, cells
        elif not columns:
            columns = _columns(cells)
            missing = [name for name in ("Issue key", "Created") if name.casefold() not in columns]
            if missing:
                why = "is no column here; export CSV (all fields) in English, or JSON lines"
                yield line, NotAnIssue(missing[0], why)
                return
            width = len(cells)
        elif len(cells) != width:
            why = f"has {len(cells)} cells, and the header {width}: a quote is lost, or the file is cut off"
            yield line, NotAnIssue(None, why)
        else:
            rows.append(_Row(line, cells, columns))

    dates = _Dates.of_file(rows, timezone)
    if dates.unsure:
        order = "day, month, year" if dates.day_first else "month, day, year"
        why = f"{dates.unsure!r} can be read two ways, and no date decides: read as {order}. Export ISO dates"
        yield 1, NotAnIssue("Created", why)
    people = {id_: name for row in rows for id_, name in row.people()}
    keys = {row.one("Issue id"): row.one("Issue key") for row in rows}
    for row in rows:
        try:
            ticket = row.ticket(dates, people, keys)
        except NotAnIssue as wrong:
            yield row.line, wrong
            continue
        yield row.line, ticket
        if not ticket.comments_complete:
            why = "holds what is no comment as Jira exports it (time;person;text); that was left out"
            yield row.line, NotAnIssue("Comment", why)


def _delimiter(text: str) -> str:
    """The one that gives the header most columns that have a name we know."""
    first = text.lstrip("\ufeff\r\n").partition("\n")[0].casefold()

    def known(delimiter: str) -> int:
        names = {name.strip(' "\r') for name in first.split(delimiter)}
        return len(names & {"issue key", "summary", "status", "created", "issue id", "issue type"})

    return max(_DELIMITERS, key=known)


def _columns(header: Sequence[str]) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(header):
        columns[name.strip().casefold()].append(number)
    return dict(columns)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | NotAnIssue]]:
    # Strict, or a lost quote swallows all the issues up to the next one.
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield begins, NotAnIssue(None, f"is no CSV ({error}); export the tickets again")
        else:
            if cells:
                yield begins, [clean(cell) for cell in cells]


@dataclass(frozen=True)
class _Row:
    """One issue: `line` is where it begins, `columns` are the places of each column by its name."""

    line: int
    cells: list[str]
    columns: dict[str, list[int]]

    def all(self, *names: str) -> list[str]:
        """What stands in all the columns of these names, without the empty cells."""
        places = (place for name in names for place in self.columns.get(name.casefold(), ()))
        return [cell for place in places if (cell := self.cells[place].strip())]

    def one(self, *names: str) -> str | None:
        return next(iter(self.all(*names)), None)

    def people(self) -> Iterator[tuple[str, str]]:
        for role in _PEOPLE:
            yield from zip(self.all(f"{role} Id"), self.all(role), strict=False)

    def account(self, role: str) -> Account | None:
        name, id_ = self.one(role), self.one(f"{role} Id")
        known = id_ or name
        return Account(id=known, name=name or known) if known else None

    def links(self) -> tuple[Link, ...] | None:
        """None without any column of links: the export may have been made without them."""
        links, shown = [], False
        for column in self.columns:
            if named := _LINKS.fullmatch(column):
                shown = True
                phrase = _PHRASES.get((named[1], named[2]), f"{named[2]} ({named[1]})")
                links += [Link(phrase=phrase, key=key) for key in self.all(column)]
        return tuple(links) if shown else None

    def comments(self, dates: "_Dates", people: dict[str, str]) -> list[Comment]:
        """The comments, oldest first. A cell without a time or a person is no comment."""
        read = []
        for number, cell in enumerate(self.all("Comment"), start=1):
            parts = cell.split(";", maxsplit=2)
            if len(parts) == 3 and dates.known(parts[0]):
                author = Account(id=parts[1], name=people.get(parts[1], parts[1])) if parts[1] else None
                body = clean(wiki_to_markdown(parts[2])).strip()
                read.append(Comment(id=str(number), author=author, created=dates.moment(parts[0]), text=body))
        return sorted(read, key=lambda comment: comment.created)

    def when(self, column: str, dates: "_Dates") -> datetime | None:
        text = self.one(column)
        try:
            return None if text is None else dates.moment(text)
        except ValueError as error:
            raise NotAnIssue(column, f"{error}; export ISO dates") from error

    def ticket(self, dates: "_Dates", people: dict[str, str], keys: dict[str | None, str | None]) -> Ticket:
        key, created, due = self.one("Issue key"), self.when("Created", dates), self.when("Due date", dates)
        if key is None or created is None:
            raise NotAnIssue("Created" if key else "Issue key", "is empty; export the tickets again")
        comments = self.comments(dates, people)
        flag = [name for name in ("flagged", "custom field (flagged)") if name in self.columns]
        parent = self.one("Parent", "Parent id")
        return Ticket(
            key=key,
            id=self.one("Issue id") or key,
            project=self.one("Project key") or project_of(key),
            type=self.one("Issue Type"),
            summary=self.one("Summary"),
            description=clean(wiki_to_markdown(self.one("Description") or "")) or None,
            status=self.one("Status"),
            category=_CATEGORIES.get((self.one("Status Category") or "").casefold()),
            category_since=self.when("Status Category Changed", dates),
            priority=self.one("Priority"),
            labels=tuple(self.all("Labels")),
            components=tuple(self.all("Components", "Component/s")),
            assignee=self.account("Assignee"),
            reporter=self.account("Reporter"),
            creator=self.account("Creator"),
            created=created,
            updated=self.when("Updated", dates),
            resolved=self.when("Resolved", dates),
            due=due and due.astimezone(dates.timezone).date(),
            parent=self.one("Parent key") or keys.get(parent) or parent,
            flagged=bool(self.all(*flag)) if flag else None,
            links=self.links(),
            comments=tuple(comments) if "comment" in self.columns else None,
            comments_complete=len(comments) == len(self.all("Comment")),
        )


# Dates. The export writes them as the person who exported has set Jira up.

_WHEN = re.compile(
    r"""(?: (?P<year_first>\d{4}) [./-] (?P<month_second>\d\d?) [./-] (?P<day_last>\d\d?)
          | (?P<a>\d\d?) (?P<mark>[./-]) (?P<b>\d\d?) (?P=mark) (?P<c>\d{4}|\d\d)
          | (?P<day>\d{1,2}) [ ./-]+ (?P<month>[a-z]{3,9}) [ ./,-]+ (?P<year>\d{4}|\d\d)
          | (?P<month_first>[a-z]{3,9}) [ .]+ (?P<day_second>\d{1,2}) [ ,]+ (?P<year_last>\d{4}|\d\d)
        )
        (?: [,T\s]+ (?P<hour>\d{1,2}) : (?P<minute>\d\d) (?: :(?P<second>\d\d) (?:\.\d+)? )?
            \s* (?: (?P<half>[ap])\.?m\.? )?
        )?""",
    re.IGNORECASE | re.VERBOSE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class _Dates:
    """How one file writes its dates; `unsure` is one that could be read either way."""

    timezone: tzinfo
    day_first: bool = True
    unsure: str | None = None

    @classmethod
    def of_file(cls, rows: Iterable[_Row], timezone: tzinfo) -> "_Dates":
        unsure, halves = None, False
        for row in rows:
            times = row.all(*_MOMENTS, "Due date")
            for text in (*times, *(comment.partition(";")[0] for comment in row.all("Comment"))):
                found = _WHEN.fullmatch(text)
                if not found or found["mark"] not in ("/", "-"):
                    continue
                first, second = int(found["a"]), int(found["b"])
                if (first > 12) != (second > 12):
                    return cls(timezone, day_first=first > 12)
                halves = halves or found["half"] is not None
                unsure = unsure or (text if first != second else None)
        return cls(timezone, day_first=not halves, unsure=unsure)

    def moment(self, text: str) -> datetime:
        """A time in UTC; one that states no zone is in the portfolio's.

        Raises:
            ValueError: it is no date, or not in this file's order of day and month.
        """
        found = _WHEN.fullmatch(text.strip())
        if found is None:
            return moment(text.strip())
        try:
            local = datetime(*self._day(found), *_clock(found), tzinfo=self.timezone)
            return local.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise ValueError(f"{text!r} is no date") from error

    def known(self, text: str) -> bool:
        """Whether it is a time at all."""
        try:
            return self.moment(text) is not None
        except ValueError:
            return False

    def _day(self, found: re.Match[str]) -> tuple[int, int, int]:
        if found["year_first"]:
            return int(found["year_first"]), int(found["month_second"]), int(found["day_last"])
        if found["mark"]:
            first, second = int(found["a"]), int(found["b"])
            day_first = self.day_first or found["mark"] == "."
            return _year(found["c"]), *((second, first) if day_first else (first, second))
        name = (found["month"] or found["month_first"]).casefold()[:3]
        day = int(found["day"] or found["day_second"])
        return _year(found["year"] or found["year_last"]), _month(name), day


def _clock(found: re.Match[str]) -> tuple[int, int, int]:
    hour = int(found["hour"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"] in "pP" else 0)
    return hour, int(found["minute"] or 0), int(found["second"] or 0)


def _month(name: str) -> int:
    return _MONTHS.index(name) + 1  # ValueError: no month


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
