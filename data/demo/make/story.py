"""A story: a project's tickets as its writer tells them, read from stories/*.yaml and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

AS_OF = date(2026, 9, 30)
TYPES = ("Epic", "Story", "Task", "Sub-task", "Bug", "Spike")
PRIORITIES = ("Highest", "High", "Medium", "Low", "Lowest")
OPEN_STATUSES = ("To Do", "In Progress", "In Review", "Blocked")


def _from_open_to(target: str) -> dict[str, str]:
    return {status: target for status in OPEN_STATUSES if status != target}


MOVES = {  # verb: from which status to which
    "start": _from_open_to("In Progress"),
    "review": _from_open_to("In Review"),
    "block": _from_open_to("Blocked"),
    "done": _from_open_to("Done"),
    "drop": _from_open_to("Done"),
    "back": {"In Review": "In Progress", "In Progress": "To Do"},
    "resume": {"Blocked": "In Progress"},
    "reopen": {"Done": "In Progress"},
}
ARGUMENTS = dict.fromkeys([*MOVES, "new", "flag", "unflag"], "") | {
    ":": ".+",  # a comment
    ">": r"\w+",
    "blocked-by": r"\d+",
    "due": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
    "summary": ".+",
    "points": r"\d+(\.5)?",
    "label": r"\S+",
}
LINE = re.compile(r"(?P<day>\d+) (?P<who>\w+)(?P<verb>:| >| [a-z-]+)(?: +(?P<argument>.+))?")


class StoryError(ValueError):
    """A story breaks the format; the message names the file, the ticket and the line."""


@dataclass(frozen=True)
class Step:
    """One line of a flow; "blocks" mirrors the "blocked-by" of another ticket."""

    day: int
    who: str
    verb: str
    argument: str
    where: str


@dataclass(frozen=True)
class Ticket:
    """One ticket as written."""

    number: int
    summary: str
    type: str
    reporter: str
    assignee: str | None
    component: str | None
    labels: list[str]
    priority: str
    description: str | None
    steps: list[Step]


@dataclass(frozen=True)
class Story:
    """A project as written, and whether its Jira is Cloud or Server."""

    key: str
    name: str
    start: date
    cloud: bool
    people: dict[str, str]
    tickets: dict[int, Ticket]


def read_story(path: Path) -> Story:
    """A story from its file; StoryError if it breaks the format."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        people, cloud = raw["people"], {"v2": False, "v3": True}[raw["shape"]]
        numbered = enumerate(raw["tickets"], raw.get("first", 1))
        tickets = {number: read_ticket(path.name, number, each, people) for number, each in numbered}
        story = Story(raw["key"], raw["name"], raw["start"], cloud, people, tickets)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        problem = f"{type(error).__name__}: {error}"
        raise StoryError(f"{path.name}: not a story as README.md has it: {problem}") from error
    check_days_and_links(story)
    return story


def read_ticket(file: str, number: int, raw: dict[str, Any], people: dict[str, str]) -> Ticket:
    """A ticket from its YAML."""
    where = f"{file}: ticket {number}"
    known = {"s", "type", "by", "to", "c", "l", "p", "d", "flow"}
    if wrong := sorted(({"s", "flow"} - set(raw)) | (set(raw) - known)):
        raise StoryError(f"{where}: missing or unknown: {', '.join(wrong)}")
    if not isinstance(raw.get("l", []), list):
        raise StoryError(f"{where}: labels are a list, such as l: [data]")
    lines = enumerate(map(str.strip, raw["flow"].splitlines()), 1)
    steps = [read_step(f"{where}: line {i} of flow: {line}", line, people) for i, line in lines if line]
    if [index for index, step in enumerate(steps) if step.verb == "new"] != [0]:
        raise StoryError(f"{where}: its first event, and no other, must be new")
    ticket = Ticket(
        number=number,
        summary=str(raw["s"]),
        type=raw.get("type", "Task"),
        reporter=raw.get("by", steps[0].who),
        assignee=raw.get("to"),
        component=raw.get("c"),
        labels=raw.get("l", []),
        priority=raw.get("p", "Medium"),
        description=raw.get("d"),
        steps=steps,
    )
    people_named = [(nick, people) for nick in (ticket.reporter, ticket.assignee or ticket.reporter)]
    for value, allowed in [(ticket.type, TYPES), (ticket.priority, PRIORITIES), *people_named]:
        if value not in allowed:
            raise StoryError(f"{where}: {value!r} is not one of {', '.join(allowed)}")
    return ticket


def read_step(where: str, line: str, people: dict[str, str]) -> Step:
    """A step from a line of a flow."""
    match = LINE.fullmatch(line)
    if not match:
        raise StoryError(f"{where}: neither DAY WHO VERB nor DAY WHO: text")
    step = Step(int(match["day"]), match["who"], match["verb"].strip(), match["argument"] or "", where)
    if step.verb not in ARGUMENTS:
        raise StoryError(f"{where}: no such verb: {step.verb}")
    if not re.fullmatch(ARGUMENTS[step.verb], step.argument):
        raise StoryError(f"{where}: {step.argument!r} cannot follow {step.verb!r}")
    named = [step.argument] if step.verb == ">" and step.argument != "nobody" else []
    for nick in [step.who, *named]:
        if nick not in people:
            raise StoryError(f"{where}: nobody is called {nick}")
    return step


def check_days_and_links(story: Story) -> None:
    """Days never go back nor pass AS_OF; a link leads to another ticket that is there by then."""
    last_day = (AS_OF - story.start).days
    for ticket in story.tickets.values():
        day = 0
        for step in ticket.steps:
            if not day <= step.day <= last_day:
                raise StoryError(f"{step.where}: the day is not within {day} to {last_day}")
            day = step.day
            if step.verb == "blocked-by":
                blocker = story.tickets.get(int(step.argument))
                if blocker is None or blocker is ticket or blocker.steps[0].day > day:
                    raise StoryError(f"{step.where}: no other ticket of that number by then")
