"""Jira export: a file of Jira issues (JSON lines, JSON or CSV, plain or gzipped) -> Tickets and Problems."""

import codecs
import gc
import gzip
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO, cast

from diagnostics.records import Problem, Ticket, field_path
from diagnostics.sources.encoding import NotText, decode
from diagnostics.sources.jira_csv import csv_tickets
from diagnostics.sources.jira_faults import NotAnIssue
from diagnostics.sources.jira_issue import read_issue, read_issue_line

MEGABYTE = 1024 * 1024
LONGEST_LINE = 20 * MEGABYTE  # of one issue, or of one search response
LARGEST_WHOLE = 200 * MEGABYTE  # of a file that cannot be read line by line
SHOWN = 50  # problems of one kind that are told one by one

Line = int | None
Found = tuple[Line, Ticket | NotAnIssue]


def read_tickets(path: Path, ref: str, *, timezone: tzinfo, texts: bool = True) -> Iterator[Ticket | Problem]:
    """All that a file of tickets gives: first its problems, then the tickets. Nothing in it raises.

    Without `texts` descriptions and comments are left empty, which takes a fraction of the time.

    The file holds issue objects of Jira's REST API or search responses, one on each line or as one JSON
    document; or it is Jira's own CSV export, whose times are in `timezone`. Each issue is a ticket or is
    accounted for by a problem with its line. Of a key that stands there twice the issue that was updated
    last is kept. After `SHOWN` problems of one kind the others are only counted.
    """
    with _no_collection():
        newest, problems = _newest(path, ref, timezone, texts)
    yield from problems
    yield from (ticket for _, ticket in newest.values())


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the garbage collector, which would go through a million new records again and again for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _newest(
    path: Path, ref: str, timezone: tzinfo, texts: bool
) -> tuple[dict[str, tuple[Line, Ticket]], list[Problem]]:
    """Each key's ticket that was updated last, with its line, and all problems."""
    newest: dict[str, tuple[Line, Ticket]] = {}
    problems: list[Problem] = []
    kinds: Counter[str] = Counter()
    first: dict[str, NotAnIssue] = {}
    for line, found in _found(path, timezone, texts):
        if isinstance(found, Ticket):
            placed, known = (line, found), newest.get(found.key)
            if known is None:
                newest[found.key] = placed
                continue
            kept, left = sorted((placed, known), key=_last_touched, reverse=True)
            newest[found.key] = kept
            line, found = left[0], _twice(kept)
        kind = re.sub(r"'.*?'|\d+", "", f"{found.field}: {found}")
        first.setdefault(kind, found)
        kinds[kind] += 1
        if kinds[kind] <= SHOWN:
            problems.append(Problem(file=ref, line=line, field=found.field, message=str(found)))
    for kind, times in kinds.items():
        if times > SHOWN:
            message = f"{times - SHOWN} more problems of this kind; the first was: {first[kind]}"
            problems.append(Problem(file=ref, field=first[kind].field, message=message))
    if not newest and not kinds:
        problems.append(Problem(file=ref, message="holds no issue; export the tickets again"))
    return newest, problems


def _last_touched(placed: tuple[Line, Ticket]) -> datetime:
    return placed[1].touched or datetime.min.replace(tzinfo=UTC)


def _twice(kept: tuple[Line, Ticket]) -> NotAnIssue:
    where = "" if kept[0] is None else f" on line {kept[0]}"
    return NotAnIssue("key", f"{kept[1].key!r} is here twice; the one{where} was updated last and is kept")


def _found(path: Path, timezone: tzinfo, texts: bool) -> Iterator[Found]:
    reached = 0
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            yield None, NotAnIssue(None, "is no file but a device or a pipe; name a file of tickets")
            return
        with path.open("rb") as plain:
            packed = plain.peek(2).startswith(b"\x1f\x8b")
            file = cast(BufferedReader, gzip.GzipFile(fileobj=plain)) if packed else plain
            for line, found in _in_file(file, path.name.casefold().removesuffix(".gz"), timezone, texts):
                reached = line or reached
                yield line, found
    except (EOFError, zlib.error, gzip.BadGzipFile):
        why = "the gzip file is cut off or damaged from here on; what stands before was read. Copy it again"
        yield reached + 1, NotAnIssue(None, why)
    except FileNotFoundError:
        yield None, NotAnIssue(None, "there is no such file; check the path")
    except IsADirectoryError:
        yield None, NotAnIssue(None, "is a folder; name the file of tickets in it")
    except (OSError, ValueError) as error:  # ValueError: a path that no file can have
        yield None, NotAnIssue(None, f"cannot be read ({error}); make it a readable file")


def _in_file(file: BufferedReader, name: str, timezone: tzinfo, texts: bool) -> Iterator[Found]:
    head = file.peek(8192)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # what PowerShell writes
        text = _whole(file)
        if isinstance(text, NotAnIssue):
            yield None, text
            return
        file = BufferedReader(BytesIO(text.encode()))
        head = file.peek(8192)
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    json_like = start.startswith((b"{", b"["))
    if not start:
        yield None, NotAnIssue(None, "is empty; export the tickets again")
    elif start.startswith((b"PK", b"\xd0\xcf", b"<")):
        yield None, NotAnIssue(None, "is a workbook or a web page; export CSV (all fields) or JSON instead")
    elif name.endswith((".csv", ".tsv")) or not (json_like or name.endswith((".jsonl", ".ndjson", ".json"))):
        text = _whole(file)
        yield from [(None, text)] if isinstance(text, NotAnIssue) else csv_tickets(text, timezone)
    elif start.startswith(b"[") or start.split(b"\n")[0].rstrip().endswith((b"{", b"[", b",")):
        text = _whole(file)
        if isinstance(text, NotAnIssue):
            yield None, text
            return
        line, document = _document(text)
        if isinstance(document, NotAnIssue) and _has_lines_of_json(text):
            yield from _tickets_by_line(BytesIO(text.encode()), texts)
        else:
            yield from _tickets_in([(line, document)], texts)
    else:
        yield from _tickets_by_line(file, texts)


def _tickets_by_line(file: IO[bytes], texts: bool) -> Iterator[Found]:
    return _tickets_in(((number, _parsed(line, texts)) for number, line in _lines(file)), texts)


def _has_lines_of_json(text: str) -> bool:
    """Whether some line is an issue of its own, so that what looked like one document is only a broken line."""
    lines = (line.strip() for line in text.splitlines())
    return any(isinstance(_parsed(line.encode()), Ticket | dict) for line in lines if line[:1] + line[-1:] == "{}")


def _whole(file: BufferedReader) -> str | NotAnIssue:
    data = file.read(LARGEST_WHOLE + 1)
    if len(data) > LARGEST_WHOLE:
        return NotAnIssue(None, f"is over {LARGEST_WHOLE // MEGABYTE} MB; write one issue on each line")
    try:
        return decode(data)
    except NotText as error:
        return NotAnIssue(None, f"{error}; export the tickets again")


def _document(text: str) -> tuple[Line, object]:
    """A JSON document over several lines."""
    try:
        return None, json.loads(text)
    except json.JSONDecodeError as error:
        return error.lineno, NotAnIssue(None, f"is not JSON ({error.msg}); export it again")
    except (ValueError, RecursionError) as error:
        return None, NotAnIssue(None, f"is no JSON that can be read ({error}); export it again")


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number, None for one that is too long. Blank lines are passed over."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)
            yield number, None
        elif line.strip():
            yield number, line


def _parsed(line: bytes | None, texts: bool = True) -> object:
    """A line's ticket if nothing is wrong in it, else its JSON value, or why it is none."""
    if line is None:
        return NotAnIssue(None, f"is longer than {LONGEST_LINE // MEGABYTE} MB; write one issue on each line")
    if (ticket := read_issue_line(line, texts=texts)) is not None:
        return ticket
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return NotAnIssue(None, "is not UTF-8; export the tickets again, or save them in that encoding")
    except json.JSONDecodeError as error:
        return NotAnIssue(None, f"is not JSON ({error.msg}); export it again, one issue object on each line")
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, lists in lists in lists
        return NotAnIssue(None, f"is no JSON that can be read ({error}); export it again")


def _tickets_in(documents: Iterable[tuple[Line, object]], texts: bool) -> Iterator[Found]:
    """The issues of JSON values: issue objects, search responses, lists of issues; tickets are passed on."""
    stated = given = 0
    more = False
    for line, data in documents:
        if isinstance(data, Ticket | NotAnIssue):
            yield line, data
        elif isinstance(data, list):
            for number, issue in enumerate(data):
                yield from _ticket(line, issue, texts, (number,))
        elif isinstance(data, dict) and isinstance(issues := data.get("issues"), list):
            given += len(issues)
            stated = max(stated, data["total"]) if isinstance(data.get("total"), int) else stated
            more = data.get("isLast") is False or bool(data.get("nextPageToken"))
            for number, issue in enumerate(issues):
                yield from _ticket(line, issue, texts, ("issues", number), data.get("names"))
        else:
            yield from _ticket(line, data, texts)
    if more or given < stated:
        of_all = f"{given} of the {stated}" if given < stated else f"the first {given}"
        why = f"holds {of_all} issues that the search found; fetch its other pages too"
        yield None, NotAnIssue("issues", why)


def _ticket(
    line: Line, data: object, texts: bool, place: tuple[str | int, ...] = (), names: object = None
) -> Iterator[Found]:
    """An issue's ticket, before it what was wrong in it; or why it gives none."""

    def at(field: str | None) -> str | None:
        return field_path((*place, field) if field else place) or None

    try:
        ticket, left_out = read_issue(data, names, texts=texts)
    except NotAnIssue as wrong:
        yield line, NotAnIssue(at(wrong.field), str(wrong))
        return
    except RecursionError:
        yield line, NotAnIssue(at(None), "is nested too deeply to be an issue; export it again")
        return
    for value in left_out:
        yield line, NotAnIssue(at(value.field), f"{value.message}; {ticket.key} was read without it")
    yield line, ticket
