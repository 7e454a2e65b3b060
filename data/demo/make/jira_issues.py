"""Jira issues: a story's tickets as REST v2 or v3 issue objects, clock times drawn and histories replayed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta, timezone
from itertools import groupby
from random import Random
from typing import Any

from story import MOVES, PRIORITIES, TYPES, Step, Story, StoryError, Ticket

Json = dict[str, Any]
Timeline = list[tuple[datetime, Step]]

SITE = "https://jira.example.org"
SEED = 20260930
OPENS, LAST_CREATION, CLOSES = time(8, 10), time(16, 30), time(17, 50)

FLAGGED, POINTS = "customfield_10021", "customfield_10016"
CHANGELOG_NAMES = {FLAGGED: "Flagged", POINTS: "Story Points"}
BLOCKS = {"id": "10000", "name": "Blocks", "inward": "is blocked by", "outward": "blocks"}
RESOLUTIONS = {"done": {"id": "10000", "name": "Done"}, "drop": {"id": "10001", "name": "Won't Do"}}
PRIORITY_IDS = {name: str(rank) for rank, name in enumerate(PRIORITIES, 1)}
TYPE_IDS = {name: str(number) for number, name in enumerate(TYPES, 10000)}
STATUSES: dict[str, Json] = {
    name: {"id": number, "name": name, "statusCategory": {"id": category, "key": key, "name": title}}
    for name, number, category, key, title in [
        ("To Do", "10000", 2, "new", "To Do"),
        ("In Progress", "3", 4, "indeterminate", "In Progress"),
        ("In Review", "10002", 4, "indeterminate", "In Progress"),
        ("Blocked", "10003", 4, "indeterminate", "In Progress"),
        ("Done", "10001", 3, "done", "Done"),
    ]
}


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
    """A ticket as an issue object, its timeline replayed."""
    fields = first_fields(story, ticket, stamp(timeline[0][0]))
    comments: list[Json] = []
    histories: list[Json] = []
    base = issue_id(story, ticket.number) * 100
    for index, (at, step) in enumerate(timeline[1:], 1):
        fields["updated"] = created = stamp(at)
        author = person(story, step.who)
        entry = {"id": str(base + index), "author": author, "created": created}
        if step.verb == ":":
            text = body(story, step.argument)
            comments.append({**entry, "body": text, "updateAuthor": author, "updated": created})
        else:
            histories.append({**entry, "items": apply(story, ticket, fields, step)})
    fields["comment"] = {"comments": comments, **one_page(comments)}
    if story.cloud:  # Cloud lists the newest change first, Server the oldest
        histories.reverse()
    changelog = {**one_page(histories), "histories": histories}
    return {**stub(story, ticket.number), "fields": fields, "changelog": changelog}


def one_page(entries: list[Json]) -> Json:
    """The head of a list that came whole."""
    return {"startAt": 0, "maxResults": len(entries), "total": len(entries)}


def first_fields(story: Story, ticket: Ticket, created: str) -> Json:
    """The fields of an issue at its creation."""
    all_components = sorted({each.component for each in story.tickets.values() if each.component})
    components = [(name, i) for i, name in enumerate(all_components, 10100) if name == ticket.component]
    return {
        "summary": ticket.summary,
        "issuetype": {"id": TYPE_IDS[ticket.type], "name": ticket.type, "subtask": ticket.type == "Sub-task"},
        "project": {"id": str(project_id(story)), "key": story.key, "name": story.name},
        "status": STATUSES["To Do"],
        "statuscategorychangedate": created,
        "priority": {"id": PRIORITY_IDS[ticket.priority], "name": ticket.priority},
        "labels": ticket.labels,
        "components": [{"id": str(number), "name": name} for name, number in components],
        "creator": person(story, ticket.steps[0].who),
        "reporter": person(story, ticket.reporter),
        "assignee": person(story, ticket.assignee) if ticket.assignee else None,
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
            return {"assignee": None if step.argument == "nobody" else person(story, step.argument)}
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
    """The item of a history that says how a field changed."""
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
    link_id, other = f"{issue_id(story, blocked)}{blocker:03}", stub(story, number)
    if any(link["id"] == link_id for link in fields["issuelinks"]):
        raise StoryError(f"{step.where}: is linked already")
    side = "inward" if inward else "outward"
    fields["issuelinks"].append({"id": link_id, "type": BLOCKS, f"{side}Issue": other})
    words = f"This issue {BLOCKS[side]} {other['key']}"
    before = {"from": None, "fromString": None}
    return {"field": "Link", "fieldtype": "jira", **before, "to": other["key"], "toString": words}


# --- ids and people


def project_id(story: Story) -> int:
    """A project's number in its Jira."""
    return Random(f"{SEED} {story.key}").randrange(1_000, 10_000)


def issue_id(story: Story, number: int) -> int:
    """A ticket's id, which no other ticket of the portfolio has."""
    return project_id(story) * 1_000 + number


def stub(story: Story, number: int) -> Json:
    """The part of an issue that a link to it shows as well."""
    address = f"{SITE}/rest/api/{3 if story.cloud else 2}/issue/{issue_id(story, number)}"
    return {"id": str(issue_id(story, number)), "key": f"{story.key}-{number}", "self": address}


def person(story: Story, nick: str) -> Json:
    """A user as Jira shows one: by account id in Cloud, by name in Server."""
    if not story.cloud:
        return {"name": nick, "key": nick, "displayName": story.people[nick], "active": True}
    kind = "app" if nick.startswith("bot") else "atlassian"
    return {"accountId": nick, "accountType": kind, "displayName": story.people[nick], "active": True}


# --- clock times


def moment(story: Story, day: int, clock: time) -> datetime:
    """A clock time on a day of the story, in the project's fixed zone."""
    zone = timezone(timedelta(hours=2 if story.cloud else 0))
    return datetime.combine(story.start + timedelta(days=day), clock, zone)


def draw(random: Random, count: int, after: datetime, until: datetime) -> list[datetime]:
    """That many different milliseconds, in order."""
    span = (until - after) // timedelta(milliseconds=1)
    return [after + timedelta(milliseconds=tick) for tick in sorted(random.sample(range(1, span), count))]


def created_at(story: Story, ticket: Ticket) -> datetime:
    """When a ticket is created; early enough that the day's other events fit in."""
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
                mirrored = replace(step, verb="blocks", argument=str(number))
                merged[int(step.argument)].append((at, mirrored))
    return {number: sorted(timeline, key=lambda event: event[0]) for number, timeline in merged.items()}


def stamp(at: datetime) -> str:
    """A time as Jira writes it."""
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
    """Where a text addresses one of the people."""
    return re.compile(rf"(?<!\w)@({'|'.join(story.people)})\b")


def adf(story: Story, text: str) -> Json:
    """Cloud's Atlassian Document Format."""

    def inline(part: str, is_nick: bool) -> Json:
        if not is_nick:
            return {"type": "text", "text": part}
        return {"type": "mention", "attrs": {"id": part, "text": f"@{story.people[part]}", "accessLevel": ""}}

    def paragraph(words: str) -> Json:
        parts = enumerate(mention(story).split(words))
        content = [inline(part, index % 2 == 1) for index, part in parts if part]
        return {"type": "paragraph", "content": content}

    def node(block: str | list[str]) -> Json:
        if isinstance(block, str):
            return paragraph(block)
        items = [{"type": "listItem", "content": [paragraph(bullet)]} for bullet in block]
        return {"type": "bulletList", "content": items}

    return {"version": 1, "type": "doc", "content": [node(block) for block in blocks(text)]}


def wiki(story: Story, text: str) -> str:
    """Server's wiki markup."""
    lists = [[each] if isinstance(each, str) else [f"* {bullet}" for bullet in each] for each in blocks(text)]
    return mention(story).sub(r"[~\1]", "\n\n".join("\n".join(lines) for lines in lists))


def body(story: Story, text: str) -> Json | str:
    """A text as the story's Jira keeps it."""
    return adf(story, text) if story.cloud else wiki(story, text)
