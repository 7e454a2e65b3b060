"""Builds the sample portfolio: stories become Jira tickets, kickoff sources become documents; `--check` compares.

The texts are the writers'. Added here is what a machine would add: ids, clock times, histories, JSON.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import yaml
from kickoffs import GENERATED, KickoffError, write_kickoffs

MAKE = Path(__file__).resolve().parent
SITE = "https://jira.example.org"
SEED = 20260930
AS_OF = date(2026, 9, 30)
OPENS, LAST_CREATION, CLOSES = time(8, 10), time(16, 30), time(17, 50)
MAX_REPEATED = 0.05

FLAGGED, POINTS = "customfield_10021", "customfield_10016"
CHANGELOG_NAMES = {FLAGGED: "Flagged", POINTS: "Story Points"}
BLOCKS = {"id": "10000", "name": "Blocks", "inward": "is blocked by", "outward": "blocks"}
RESOLUTIONS = {"done": {"id": "10000", "name": "Done"}, "drop": {"id": "10001", "name": "Won't Do"}}
PRIORITIES = {name: str(rank) for rank, name in enumerate(("Highest", "High", "Medium", "Low", "Lowest"), 1)}
TYPES = {name: str(10000 + i) for i, name in enumerate(("Epic", "Story", "Task", "Sub-task", "Bug", "Spike"))}
STATUSES: dict[str, dict[str, Any]] = {
    name: {"id": number, "name": name, "statusCategory": {"id": category, "key": key, "name": title}}
    for name, number, category, key, title in [
        ("To Do", "10000", 2, "new", "To Do"),
        ("In Progress", "3", 4, "indeterminate", "In Progress"),
        ("In Review", "10002", 4, "indeterminate", "In Progress"),
        ("Blocked", "10003", 4, "indeterminate", "In Progress"),
        ("Done", "10001", 3, "done", "Done"),
    ]
}


def _from_open_to(target: str) -> dict[str, str]:
    return {status: target for status in STATUSES if status not in ("Done", target)}


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

Json = dict[str, Any]


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
    """A project as written, and what it is called in its Jira (Cloud, else Server)."""

    key: str
    name: str
    start: date
    cloud: bool
    people: dict[str, str]
    tickets: dict[int, Ticket]

    @property
    def project_id(self) -> int:
        return Random(f"{SEED} {self.key}").randrange(1_000, 10_000)

    def issue_id(self, number: int) -> int:
        return self.project_id * 1_000 + number

    def stub(self, number: int) -> Json:
        """The part of an issue that a link to it shows as well."""
        address = f"{SITE}/rest/api/{3 if self.cloud else 2}/issue/{self.issue_id(number)}"
        return {"id": str(self.issue_id(number)), "key": f"{self.key}-{number}", "self": address}

    def person(self, nick: str) -> Json:
        if not self.cloud:
            return {"name": nick, "key": nick, "displayName": self.people[nick], "active": True}
        kind = "app" if nick.startswith("bot") else "atlassian"
        return {"accountId": nick, "accountType": kind, "displayName": self.people[nick], "active": True}


Timeline = list[tuple[datetime, Step]]


# --- reading stories


def read_story(path: Path) -> Story:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        people, cloud = raw["people"], {"v2": False, "v3": True}[raw["shape"]]
        tickets = {
            n: read_ticket(path.name, n, each, people) for n, each in enumerate(raw["tickets"], raw.get("first", 1))
        }
        story = Story(raw["key"], raw["name"], raw["start"], cloud, people, tickets)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise StoryError(f"{path.name}: not a story as README.md has it: {type(error).__name__}: {error}") from error
    check_days_and_links(story)
    return story


def read_ticket(file: str, number: int, raw: Json, people: dict[str, str]) -> Ticket:
    where = f"{file}: ticket {number}"
    known = {"s", "type", "by", "to", "c", "l", "p", "d", "flow"}
    if wrong := sorted(({"s", "flow"} - set(raw)) | (set(raw) - known)):
        raise StoryError(f"{where}: missing or unknown: {', '.join(wrong)}")
    if not isinstance(raw.get("l", []), list):
        raise StoryError(f"{where}: labels are a list, such as l: [data]")
    lines = [(index, line.strip()) for index, line in enumerate(raw["flow"].splitlines(), 1)]
    steps = [read_step(f"{where}: line {index} of flow: {line}", line, people) for index, line in lines if line]
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
    nicks = [ticket.reporter, ticket.assignee or ticket.reporter]
    for value, allowed in [(ticket.type, TYPES), (ticket.priority, PRIORITIES), *((nick, people) for nick in nicks)]:
        if value not in allowed:
            raise StoryError(f"{where}: {value!r} is not one of {', '.join(allowed)}")
    return ticket


def read_step(where: str, line: str, people: dict[str, str]) -> Step:
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


# --- clock times


def moment(story: Story, day: int, clock: time) -> datetime:
    zone = timezone(timedelta(hours=2 if story.cloud else 0))
    return datetime.combine(story.start + timedelta(days=day), clock, zone)


def draw(random: Random, count: int, after: datetime, until: datetime) -> list[datetime]:
    """That many different milliseconds, in order."""
    span = (until - after) // timedelta(milliseconds=1)
    return [after + timedelta(milliseconds=tick) for tick in sorted(random.sample(range(1, span), count))]


def created_at(story: Story, ticket: Ticket) -> datetime:
    random, day = Random(f"{SEED} {story.key}-{ticket.number}"), ticket.steps[0].day
    return draw(random, 1, moment(story, day, OPENS), moment(story, day, LAST_CREATION))[0]


def own_timeline(story: Story, ticket: Ticket) -> Timeline:
    """A ticket's steps, strictly increasing, and after the creation of what they link to."""
    random = Random(f"{SEED} {story.key}-{ticket.number} flow")
    created = created_at(story, ticket)
    timeline = [(created, ticket.steps[0])]
    for day, group in groupby(ticket.steps[1:], key=lambda step: step.day):
        steps = list(group)
        blockers = (story.tickets[int(step.argument)] for step in steps if step.verb == "blocked-by")
        after = max(moment(story, day, OPENS), created, *(created_at(story, blocker) for blocker in blockers))
        timeline += zip(draw(random, len(steps), after, moment(story, day, CLOSES)), steps, strict=True)
    return timeline


def timelines(story: Story) -> dict[int, Timeline]:
    """Every ticket's timeline, a link being seen on the ticket at its other end too."""
    own = {number: own_timeline(story, ticket) for number, ticket in story.tickets.items()}
    merged = {number: list(timeline) for number, timeline in own.items()}
    for number, timeline in own.items():
        for at, step in timeline:
            if step.verb == "blocked-by":
                merged[int(step.argument)].append((at, Step(step.day, step.who, "blocks", str(number), step.where)))
    return {number: sorted(timeline, key=lambda event: event[0]) for number, timeline in merged.items()}


def stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}{at:%z}"


# --- bodies


def blocks(text: str) -> list[str | list[str]]:
    """Paragraphs, and lists of bullets; wrapped lines are joined."""
    found: list[str | list[str]] = []
    for piece in re.split(r"\n\s*\n|\n(?=\s*- )", text.strip()):
        words = " ".join(piece.split())
        last = found[-1] if found else None
        if not words.startswith("- "):
            found.append(words)
        elif isinstance(last, list):
            last.append(words[2:])
        else:
            found.append([words[2:]])
    return found


def mention(story: Story) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)@({'|'.join(story.people)})\b")


def adf(story: Story, text: str) -> Json:
    """Cloud's Atlassian Document Format."""

    def inline(part: str, is_nick: bool) -> Json:
        if not is_nick:
            return {"type": "text", "text": part}
        return {"type": "mention", "attrs": {"id": part, "text": f"@{story.people[part]}", "accessLevel": ""}}

    def paragraph(words: str) -> Json:
        parts = enumerate(mention(story).split(words))
        return {"type": "paragraph", "content": [inline(part, index % 2 == 1) for index, part in parts if part]}

    def node(block: str | list[str]) -> Json:
        if isinstance(block, str):
            return paragraph(block)
        items = [{"type": "listItem", "content": [paragraph(bullet)]} for bullet in block]
        return {"type": "bulletList", "content": items}

    return {"version": 1, "type": "doc", "content": [node(block) for block in blocks(text)]}


def wiki(story: Story, text: str) -> str:
    """Server's wiki markup."""
    parts = [each if isinstance(each, str) else "\n".join(f"* {bullet}" for bullet in each) for each in blocks(text)]
    return mention(story).sub(r"[~\1]", "\n\n".join(parts))


def body(story: Story, text: str) -> Json | str:
    return adf(story, text) if story.cloud else wiki(story, text)


# --- issues


def issues(story: Story) -> list[Json]:
    """A story's tickets as Jira issue objects; a link shows its other end as that is at the end."""
    lines = timelines(story)
    built = [issue(story, ticket, lines[number]) for number, ticket in story.tickets.items()]
    ends = {each["key"]: each["fields"] for each in built}
    for each in built:
        for link in each["fields"]["issuelinks"]:
            other = link.get("inwardIssue") or link["outwardIssue"]
            other["fields"] = {
                name: ends[other["key"]][name] for name in ("summary", "status", "priority", "issuetype")
            }
    return built


def issue(story: Story, ticket: Ticket, timeline: Timeline) -> Json:
    fields = first_fields(story, ticket, stamp(timeline[0][0]))
    comments: list[Json] = []
    histories: list[Json] = []
    for index, (at, step) in enumerate(timeline[1:], 1):
        fields["updated"] = created = stamp(at)
        author = story.person(step.who)
        entry = {"id": str(story.issue_id(ticket.number) * 100 + index), "author": author, "created": created}
        if step.verb == ":":
            text = body(story, step.argument)
            comments.append({**entry, "body": text, "updateAuthor": author, "updated": created})
        else:
            histories.append({**entry, "items": apply(story, ticket, fields, step)})
    fields["comment"] = {"comments": comments, "maxResults": len(comments), "total": len(comments), "startAt": 0}
    if story.cloud:  # Cloud lists the newest change first, Server the oldest
        histories.reverse()
    changelog = {"startAt": 0, "maxResults": len(histories), "total": len(histories), "histories": histories}
    return {**story.stub(ticket.number), "fields": fields, "changelog": changelog}


def first_fields(story: Story, ticket: Ticket, created: str) -> Json:
    all_components = sorted({each.component for each in story.tickets.values() if each.component})
    components = [(name, i) for i, name in enumerate(all_components, 10100) if name == ticket.component]
    return {
        "summary": ticket.summary,
        "issuetype": {"id": TYPES[ticket.type], "name": ticket.type, "subtask": ticket.type == "Sub-task"},
        "project": {"id": str(story.project_id), "key": story.key, "name": story.name},
        "status": STATUSES["To Do"],
        "statuscategorychangedate": created,
        "priority": {"id": PRIORITIES[ticket.priority], "name": ticket.priority},
        "labels": ticket.labels,
        "components": [{"id": str(number), "name": name} for name, number in components],
        "creator": story.person(ticket.steps[0].who),
        "reporter": story.person(ticket.reporter),
        "assignee": story.person(ticket.assignee) if ticket.assignee else None,
        "created": created,
        "updated": created,
        "resolution": None,
        "resolutiondate": None,
        "duedate": None,
        POINTS: None,
        FLAGGED: None,
        "description": body(story, ticket.description) if ticket.description else None,
        "issuelinks": [],
    }


def apply(story: Story, ticket: Ticket, fields: Json, step: Step) -> list[Json]:
    """Changes the fields as the step says; returns the items of its history."""
    if step.verb in ("blocked-by", "blocks"):
        return [add_link(story, ticket, fields, step)]
    after = {field: value for field, value in outcome(story, fields, step).items() if value != fields[field]}
    if not after:
        raise StoryError(f"{step.where}: changes nothing")
    items = [item(story, field, fields[field], value) for field, value in after.items()]
    if "status" in after and after["status"]["statusCategory"] != fields["status"]["statusCategory"]:
        fields["statuscategorychangedate"] = fields["updated"]
    if "resolution" in after:
        fields["resolutiondate"] = fields["updated"] if after["resolution"] else None
    fields.update(after)
    return items


def outcome(story: Story, fields: Json, step: Step) -> Json:
    """The fields that a step sets, and their values."""
    match step.verb:
        case ">":
            return {"assignee": None if step.argument == "nobody" else story.person(step.argument)}
        case "flag":
            return {FLAGGED: [{"value": "Impediment"}]}
        case "unflag":
            return {FLAGGED: None}
        case "due":
            return {"duedate": step.argument}
        case "summary":
            return {"summary": step.argument}
        case "points":
            return {POINTS: float(step.argument)}
        case "label":
            return {"labels": list(dict.fromkeys([*fields["labels"], step.argument]))}
    status = fields["status"]["name"]
    if status not in MOVES[step.verb]:
        raise StoryError(f"{step.where}: cannot {step.verb} what is {status}")
    return {"status": STATUSES[MOVES[step.verb][status]], "resolution": RESOLUTIONS.get(step.verb)}


def item(story: Story, field: str, before: Any, after: Any) -> Json:
    old, old_text = in_changelog(field, before)
    new, new_text = in_changelog(field, after)
    return {
        "field": CHANGELOG_NAMES.get(field, field),
        "fieldtype": "custom" if field in CHANGELOG_NAMES else "jira",
        **({"fieldId": field} if story.cloud else {}),
        "from": old,
        "fromString": old_text,
        "to": new,
        "toString": new_text,
    }


def in_changelog(field: str, value: Any) -> tuple[str | None, str | None]:
    """A field's value as a history shows it: an id, and what people read."""
    if value is None:
        return ("", "") if field == FLAGGED else (None, None)
    if field == FLAGGED:
        return "[10019]", value[0]["value"]
    match field:
        case "status" | "resolution":
            return value["id"], value["name"]
        case "assignee":
            return value.get("accountId") or value["name"], value["displayName"]
        case "duedate":
            return value, f"{value} 00:00:00.0"
        case "labels":
            return None, " ".join(value)
    return None, value if isinstance(value, str) else f"{value:g}"


def add_link(story: Story, ticket: Ticket, fields: Json, step: Step) -> Json:
    """Adds a link to the fields; returns the item of its history."""
    number, inward = int(step.argument), step.verb == "blocked-by"
    blocked, blocker = (ticket.number, number) if inward else (number, ticket.number)
    link_id, other = f"{story.issue_id(blocked)}{blocker:03}", story.stub(number)
    if any(link["id"] == link_id for link in fields["issuelinks"]):
        raise StoryError(f"{step.where}: is linked already")
    fields["issuelinks"].append({"id": link_id, "type": BLOCKS, "inwardIssue" if inward else "outwardIssue": other})
    words = f"This issue {BLOCKS['inward' if inward else 'outward']} {other['key']}"
    before = {"from": None, "fromString": None}
    return {"field": "Link", "fieldtype": "jira", **before, "to": other["key"], "toString": words}


# --- building and checking


def build(source: Path, target: Path) -> list[Story]:
    """Writes the tickets and the kickoff documents; returns the stories."""
    stories = [read_story(path) for path in sorted((source / "stories").glob("*.yaml"))]
    (target / "tickets").mkdir(parents=True, exist_ok=True)
    for story in stories:
        lines = [json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n" for each in issues(story)]
        (target / "tickets" / f"{story.key.lower()}.jsonl").write_bytes("".join(lines).encode())
    write_kickoffs(source / "kickoffs", target / "kickoffs")
    return stories


def check(source: Path, committed: Path) -> bool:
    """Prints what a new build changes and how often sentences repeat; says whether all is well."""
    with tempfile.TemporaryDirectory() as folder:
        stories = build(source, Path(folder))
        differing = differences(Path(folder), committed)
    print("\n".join(differing) or "the committed files are the same as a new build")
    return report_sentences(stories) <= MAX_REPEATED and not differing


def differences(built: Path, committed: Path) -> list[str]:
    new, old = generated_files(built), generated_files(committed)
    missing = [f"{name}: missing" for name in sorted(new.keys() - old.keys())]
    left_over = [f"{name}: has no source" for name in sorted(old.keys() - new.keys())]
    return (
        missing + left_over + [f"{name}: differs" for name in sorted(new.keys() & old.keys()) if new[name] != old[name]]
    )


def generated_files(root: Path) -> dict[str, bytes]:
    patterns = ["tickets/*.jsonl", *(f"kickoffs/*.{form}" for form in GENERATED)]
    return {path.relative_to(root).as_posix(): path.read_bytes() for each in patterns for path in root.glob(each)}


def report_sentences(stories: list[Story]) -> float:
    """Prints a line a project; returns the share of the comments' sentences that occur more than once in the demo."""
    comments = {
        story.key: [step.argument for ticket in story.tickets.values() for step in ticket.steps if step.verb == ":"]
        for story in stories
    }
    names = names_pattern(stories)
    sentences = {key: [each for text in texts for each in masked(text, names)] for key, texts in comments.items()}
    counts = Counter(sentence for each in sentences.values() for sentence in each)
    for story in stories:
        share = repeated_share(sentences[story.key], counts)
        tickets = len(story.tickets)
        print(f"{story.key:8}{tickets:5} tickets{len(comments[story.key]):5} comments{share:7.1%} repeated")
    total = repeated_share(list(counts.elements()), counts)
    print(f"{counts.total()} sentences, {total:.1%} repeated (at most {MAX_REPEATED:.0%})")
    for sentence, count in counts.most_common(5):
        if count > 1:
            print(f"  {count} times: {sentence}")
    return total


def names_pattern(stories: list[Story]) -> re.Pattern[str]:
    people = [person for story in stories for person in story.people.items()]
    names = sorted({name for nick, full in people for name in (nick, full.split()[0], full.split()[-1])})
    return re.compile(rf"\b({'|'.join(map(re.escape, names))})\b", re.IGNORECASE)


def masked(text: str, names: re.Pattern[str]) -> list[str]:
    """A comment's sentences of three words or more, without names, numbers and case."""
    text = re.sub(r"\d+", "0", names.sub("@", text)).casefold()
    sentences = [sentence.split() for sentence in re.split(r"[.!?]+(?:\s+|$)", text)]
    return [" ".join(words) for words in sentences if len(words) >= 3]


def repeated_share(sentences: list[str], counts: Counter[str]) -> float:
    return sum(counts[sentence] > 1 for sentence in sentences) / max(len(sentences), 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a new build would differ")
    try:
        if parser.parse_args().check:
            return 0 if check(MAKE, MAKE.parent) else 1
        build(MAKE, MAKE.parent)
    except (StoryError, KickoffError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
