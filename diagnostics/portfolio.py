"""Portfolio: portfolio.toml -> the projects, and where the records of each live."""

import difflib
import glob
import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date as date_
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from diagnostics.patterns import known_patterns
from diagnostics.records import Person, Problem, Project, ProjectState, Record, Role, field_path
from diagnostics.settings import Settings
from diagnostics.toml_lines import Place, toml_lines

FILE = "portfolio.toml"
EXAMPLE = """\
[portfolio]
name = "ML projects"

[[project]]
key = "CHURN"
name = "Churn early warning"
kickoff = ["kickoffs/churn.md"]
tickets = "tickets/churn.jsonl"
"""


class TicketSource(Record):
    """A file of tickets. `ref` is how findings name it: its path as seen from the portfolio's folder."""

    path: Path
    ref: str


class KickoffSource(TicketSource):
    """A kickoff document, with the date and the author that portfolio.toml states for it."""

    date: date_ | None = None
    author: str | None = None


class Entry(Record):
    """A project and its sources.

    `kickoffs` is None when nothing is known of a kickoff (no `kickoff` key, or nothing that it names could
    be found), and empty when portfolio.toml says that there was none.
    """

    project: Project
    kickoffs: tuple[KickoffSource, ...] | None = None
    tickets: tuple[TicketSource, ...] = ()
    jql: str | None = None


class Portfolio(Record):
    """What portfolio.toml says. `as_of` is a fixed day, or None for today, in `timezone`.

    `patterns` are the ids of those that it asks for beside the ones on by default.
    """

    name: str
    timezone: ZoneInfo = ZoneInfo("UTC")
    as_of: date_ | None = None
    patterns: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    folder: Path

    def settings(self, given: Settings) -> Settings:
        """Some settings with what portfolio.toml adds to them; nothing is added twice."""
        return given.model_copy(update={"patterns": tuple(sorted({*given.patterns, *self.patterns}))})


def load_portfolio(folder: Path) -> Portfolio:
    """Read the portfolio.toml of a folder. Nothing that may stand in it raises.

    A project with a wrong or missing value is left out and an unknown key is passed over; `problems` tells
    of both, with line and field, and of a file that is missing or no TOML (then there are no entries).
    Whether the files that it names can be read is left to the sources.
    """
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return _broken(
            folder,
            f"there is no such file in {folder}. Name the folder that has one (make run PORTFOLIO=DIR), "
            f"or write it, for example:\n{EXAMPLE}",
        )
    except OSError as error:
        return _broken(folder, f"{path} cannot be read ({error.strerror}); it must be a readable file.")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return _broken(folder, "is not UTF-8; save it again with the encoding UTF-8.", line)
    try:
        tables = tomllib.loads(text)
    except RecursionError:
        return _broken(folder, f"is nested too deeply. A file that works:\n{EXAMPLE}")
    except ValueError as error:  # also a number of thousands of digits
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) if at else text.rstrip().count("\n") + 1
        return _broken(folder, f"is not TOML: {error}. Mend that line. A file that works:\n{EXAMPLE}", line)
    return _Reader(folder, text).portfolio(tables)


def portfolio_of_files(kickoffs: Sequence[Path], tickets: Sequence[Path]) -> Portfolio:
    """Single files as a portfolio, each a project that is named like its file.

    Exactly one kickoff record and one file of tickets are one project.
    """
    documents = [KickoffSource(path=path, ref=path.as_posix()) for path in kickoffs]
    exports = [TicketSource(path=path, ref=path.as_posix()) for path in tickets]
    keys = Counter[str]()

    def entry(source: TicketSource, **sources: Any) -> Entry:
        name = Path(source.path.name.removesuffix(".gz")).stem
        keys[name] += 1
        key = name if keys[name] == 1 else f"{name}-{keys[name]}"
        return Entry(project=Project(key=key, name=key), **sources)

    if len(documents) == len(exports) == 1:
        entries = [entry(documents[0], kickoffs=documents, tickets=exports)]
    else:
        entries = [entry(document, kickoffs=[document]) for document in documents]
        entries += [entry(export, tickets=[export]) for export in exports]
    return Portfolio(name="Single files", entries=tuple(entries), folder=Path())


def _broken(folder: Path, why: str, line: int | None = None) -> Portfolio:
    problem = Problem(file=FILE, line=line, message=why)
    return Portfolio(name=_name_of(folder), problems=(problem,), folder=folder)


def _name_of(folder: Path) -> str:
    return folder.resolve().name or "Portfolio"


# What may stand in the file. TOML has types, so a number where a text belongs is a mistake.


def _day(value: object) -> date_:
    if isinstance(value, date_) and not isinstance(value, datetime):
        return value
    try:
        return datetime.strptime(str(value), "%Y-%m-%d").date()
    except ValueError as error:
        raise ValueError(f"{value} is no day; write one such as 2026-03-01") from error


def _zone(value: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(value))
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{value!r} is no time zone; write one such as Europe/Berlin or UTC") from error


def _role(value: object) -> Role:
    known = {role.casefold(): role for role in Role}
    if isinstance(value, str) and value.strip().casefold() in known:
        return known[value.strip().casefold()]
    raise ValueError(f"{value!r} is no role; the roles are: {', '.join(Role)}")


def _pattern(value: object) -> str:
    known = {pattern.id: pattern.on_by_default for pattern in known_patterns()}
    if isinstance(value, str) and value in known:
        return value
    near = difflib.get_close_matches(str(value), known, n=1)
    hint = f"did you mean {near[0]!r}? There" if near else "there"
    off, on = (", ".join(id for id, default in known.items() if default is on) for on in (False, True))
    raise ValueError(f"{value!r} is no pattern; {hint} are {off} (and, always on: {on})")


def _list(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _kickoff_table(value: object) -> object:
    match value:
        case str():
            return {"path": value}
        case int() if not isinstance(value, bool):
            return {"page": value}
        case dict():
            return value
    raise ValueError('must be "FILE", {path = "FILE", date = 2026-03-01}, or the number of a Confluence page')


Text = Annotated[str, Field(strict=True), StringConstraints(strip_whitespace=True, min_length=1)]
# A key goes into URLs and into the names of files.
Key = Annotated[str, Field(strict=True, max_length=80, pattern=r"^[A-Za-z0-9][A-Za-z0-9 _.-]*$")]
Day = Annotated[date_, BeforeValidator(_day)]
Zone = Annotated[ZoneInfo, BeforeValidator(_zone)]
Roles = Annotated[tuple[Annotated[Role, BeforeValidator(_role)], ...], BeforeValidator(_list)]
Patterns = Annotated[tuple[Annotated[str, BeforeValidator(_pattern)], ...], BeforeValidator(_list)]
Files = Annotated[tuple[Text, ...], BeforeValidator(_list)]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _PortfolioTable(_Table):
    name: Text | None = None
    timezone: Zone = ZoneInfo("UTC")
    as_of: Day | None = None
    patterns: Patterns = ()


class _PersonTable(_Table):
    name: Text
    roles: Roles = ()
    email: Text | None = None
    jira: Text | None = None
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = None


class _KickoffTable(_Table):
    path: Text | None = None
    page: int | None = Field(default=None, strict=True)
    date: Day | None = None
    author: Text | None = None

    @model_validator(mode="after")
    def _one_place(self) -> "_KickoffTable":
        if (self.path is None) == (self.page is None):
            raise ValueError('needs path = "FILE"')
        return self


Kickoffs = Annotated[tuple[Annotated[_KickoffTable, BeforeValidator(_kickoff_table)], ...], BeforeValidator(_list)]


class _ProjectTable(_Table):
    key: Key
    name: Text | None = None
    team: Text | None = None
    manager: Text | None = None
    state: ProjectState = ProjectState.ACTIVE
    started: Day | None = None
    due: Day | None = None
    kickoff: Kickoffs | None = None
    tickets: Files = ()
    jira: Text | None = None
    person: tuple[_PersonTable, ...] = ()
    people: dict[Text, Roles] = {}

    def project(self) -> Project:
        named = (Person(**person.model_dump()) for person in self.person)
        short = (Person(name=name, roles=roles) for name, roles in self.people.items())
        return Project(
            key=self.key,
            name=self.name or self.key,
            team=self.team,
            manager=self.manager,
            state=self.state,
            started=self.started,
            due=self.due,
            people=(*named, *short),
        )


T = TypeVar("T", bound=_Table)


class _Reader:
    """One reading of one valid TOML document: what it says, and the problems on the way."""

    def __init__(self, folder: Path, text: str) -> None:
        self.folder = folder
        self.text = text
        self.problems: list[Problem] = []

    def portfolio(self, tables: dict[str, Any]) -> Portfolio:
        for key in tables.keys() - {"portfolio", "project"}:
            self.report((key,), _unknown(key, ("portfolio", "project")))
        head = self.head(tables.get("portfolio", {}))
        entries: dict[str, Entry] = {}
        projects = tables.get("project", [])
        if not isinstance(projects, list):
            self.report(("project",), "is written [[project]], in two brackets, once for each project")
            projects = []
        elif not projects:
            self.report((), f"names no project. A file that works:\n{EXAMPLE}")
        for number, raw in enumerate(projects):
            table = self.table(_ProjectTable, raw, ("project", number), otherwise="this project is left out")
            if table is None:
                continue
            same = table.key.casefold()  # file names and URLs do not always tell case apart
            if same in entries:
                taken = entries[same].project.key
                why = f"{taken!r} is the key of an earlier project, which is kept; this one is left out"
                self.report(("project", number, "key"), f"{why}: give it a key of its own")
            else:
                entries[same] = self.entry(table, ("project", number))
        return Portfolio(
            name=head.name or _name_of(self.folder),
            timezone=head.timezone,
            as_of=head.as_of,
            patterns=head.patterns,
            entries=tuple(entries.values()),
            problems=tuple(sorted(self.problems, key=lambda problem: problem.line or 0)),
            folder=self.folder,
        )

    def head(self, raw: object) -> _PortfolioTable:
        """The `[portfolio]` table, each wrong value in it replaced by its default."""
        if not isinstance(raw, dict):
            self.report(("portfolio",), "is a table: [portfolio], and its keys below it")
            raw = {}
        right = _PortfolioTable()
        for key, value in raw.items():
            table = self.table(_PortfolioTable, {key: value}, ("portfolio",), otherwise="its default is used")
            right = right.model_copy(update=table.model_dump(exclude_unset=True) if table else {})
        return right

    def table(self, model: type[T], raw: object, place: Place, *, otherwise: str) -> T | None:
        """A validated table without the values that are wrong, or None when it cannot do without them.

        Each is reported, and so is each key that is not known. `otherwise` tells the reader of a problem what
        becomes of a table that cannot be kept.
        """
        if isinstance(raw, dict) and isinstance(raw.get("kickoff"), dict):
            raw = raw | {"kickoff": [raw["kickoff"]]}  # so that an error's place is one in `raw`
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            errors = error.errors(include_url=False)
        try:
            kept = model.model_validate(_without(raw, {_there(raw, found["loc"]) for found in errors}))
        except ValidationError:
            kept = None
        for found in errors:
            known = found["type"] != "extra_forbidden"
            outcome = ("; this value is left out" if kept else f"; {otherwise}") if known else ""
            self.report((*place, *found["loc"]), _why(found, model) + outcome)
        return kept

    def entry(self, table: _ProjectTable, place: Place) -> Entry:
        tickets = [
            TicketSource(path=path, ref=self.ref(path))
            for number, pattern in enumerate(table.tickets)
            for path in self.files(pattern, (*place, "tickets", number))
        ]
        if table.jira and not table.tickets:
            why = "no ticket file: syncing from Jira is not there yet; export tickets, and set tickets = ..."
            self.report((*place, "jira"), why)
        kickoffs = None if table.kickoff is None else self.kickoffs(table.kickoff, place)
        return Entry(project=table.project(), kickoffs=kickoffs, tickets=tuple(tickets), jql=table.jira)

    def kickoffs(self, tables: Sequence[_KickoffTable], place: Place) -> tuple[KickoffSource, ...] | None:
        found: dict[Path, KickoffSource] = {}
        for number, table in enumerate(tables):
            here = (*place, "kickoff", number)
            if table.path is None:
                why = "cannot be read yet: Confluence arrives with sync; export it to a file"
                self.report(here, f"page {table.page} {why}")
                continue
            for path in self.files(table.path, here):
                known = found.get(path)  # matched by a glob, and named again with its date
                found[path] = KickoffSource(
                    path=path,
                    ref=self.ref(path),
                    date=table.date or (known and known.date),
                    author=table.author or (known and known.author),
                )
        # Records that were named but not found are no sign that there was no kickoff.
        return None if tables and not found else tuple(found.values())

    def files(self, pattern: str, place: Place) -> list[Path]:
        """The files that a path or a glob means; those of a glob in the order of their names."""
        plain = self.folder / pattern
        if not glob.has_magic(pattern) or plain.is_file():
            return [plain]
        matched = glob.glob(os.path.join(glob.escape(str(self.folder)), pattern), recursive=True)
        files = [path for path in map(Path, sorted(matched)) if path.is_file()]
        if not files:
            self.report(place, f"{pattern!r} matches no file; mend the pattern, or name the files")
        return files

    def ref(self, path: Path) -> str:
        return Path(os.path.relpath(path, self.folder)).as_posix()

    @cached_property
    def lines(self) -> dict[Place, int]:
        return toml_lines(self.text)

    def report(self, place: Place, message: str) -> None:
        around = (place[:end] for end in range(len(place), 0, -1))
        line = next((self.lines[outer] for outer in around if outer in self.lines), None)
        self.problems.append(Problem(file=FILE, line=line, field=field_path(place) or None, message=message))


def _why(error: Any, model: type[_Table]) -> str:
    """What a validation error says, as a person would say it."""
    match error["type"]:
        case "extra_forbidden":
            inner: dict[str, type[_Table]] = {"person": _PersonTable, "kickoff": _KickoffTable}
            table = inner[error["loc"][0]] if len(error["loc"]) > 1 else model
            known = [field.alias or name for name, field in table.model_fields.items()]
            return _unknown(error["loc"][-1], known)
        case "missing":
            return "is missing"
        case "value_error":
            return str(error["ctx"]["error"])
        case "string_pattern_mismatch":
            return "starts with a letter or digit, and goes on with letters, digits, spaces, _ . and - only"
    return str(error["msg"]).replace("Input should", "must", 1)


def _unknown(key: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"known are: {', '.join(known)}"
    return f"is not known here; {hint}"


def _there(raw: Any, place: Place) -> Place:
    """As much of a place as stands in nested tables: what misses a name is wrong as a whole."""
    for end, step in enumerate(place):
        inside = dict(enumerate(raw)) if isinstance(raw, list) else raw
        if not isinstance(inside, dict) or step not in inside:
            return place[:end]
        raw = inside[step]
    return place


def _without(raw: Any, places: set[Place], here: Place = ()) -> Any:
    """A copy of nested tables without what stands at some places; a list that loses all it held goes too."""
    if isinstance(raw, list):
        kept = [(number, item) for number, item in enumerate(raw) if (*here, number) not in places]
        return [_without(item, places, (*here, number)) for number, item in kept]
    if not isinstance(raw, dict):
        return raw
    copied = {key: _without(value, places, (*here, key)) for key, value in raw.items() if (*here, key) not in places}
    return {key: value for key, value in copied.items() if value != [] or raw[key] == []}
