"""Labelled threads: data/training/threads/*.jsonl as the product's own tickets and threads, with their labels."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from diagnostics.gather import gather
from diagnostics.portfolio import load_portfolio
from diagnostics.records import Account, Comment, Ticket
from diagnostics.settings import Settings
from diagnostics.sources.encoding import clean
from diagnostics.sources.markup import wiki_to_markdown
from diagnostics.talk.thread import Thread, thread_of

THREADS = Path(__file__).parent.parent / "threads"
HEADS = ("asks", "open", "decides", "assumes")


@dataclass(frozen=True, slots=True)
class Example:
    """A thread with what holds of each of its sentences, and which sentences answer which question."""

    id: str
    thread: Thread
    labels: np.ndarray  # sentences x heads; -1 where it does not apply
    answers: tuple[tuple[int, int], ...]


def load(files: Sequence[Path]) -> list[dict[str, Any]]:
    """The rows of some files, as data/training/threads/README.md describes them."""
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def ticket_of(row: dict[str, Any]) -> Ticket:
    """A row's ticket as the source would have read it."""

    def at(day: str) -> datetime:
        return datetime.fromisoformat(day[:10]).replace(tzinfo=UTC)

    def markdown(text: str) -> str:
        return clean(wiki_to_markdown(text))

    ticket = row["ticket"]
    people = {name: Account(name, name) for name in (ticket["reporter"], *(c["by"] for c in row["comments"])) if name}
    comments = tuple(
        Comment(
            str(n), people[c["by"]]._replace(bot=c.get("bot", False)), at(c["date"]), clean(wiki_to_markdown(c["text"]))
        )
        for n, c in enumerate(row["comments"])
    )
    return Ticket(
        key=ticket["key"], id=ticket["key"], project="X", summary=ticket["summary"],
        description=markdown(ticket.get("description") or ""), status=ticket.get("status"),
        reporter=people.get(ticket["reporter"]), created=at(ticket["created"]), comments=comments,
    )  # fmt: skip


def roles_of(row: dict[str, Any]) -> dict[Account, str]:
    """What a row's people are declared to be."""
    return {Account(name, name): roles[0] for name, roles in row.get("people", {}).items() if roles}


def words(text: str) -> list[str]:
    """A text's words, by which a label's quote is found in it whatever the markup."""
    return re.findall(r"\w+", text.casefold())


def places(thread: Thread, quote: str, where: object) -> list[int]:
    """The sentences of a post that the quote stands in."""
    wanted = words(quote)
    joined = f" {' '.join(wanted)} "
    found = []
    for number, said in enumerate(thread.said):
        post = thread.posts[said.post]
        inside = post.comment == where if isinstance(where, int) else post.comment is None
        own = words(said.words)
        if not inside or not own:
            continue
        spoken = f" {' '.join(own)} "
        if spoken in joined or joined in spoken:
            found.append(number)
    return found


def example(row: dict[str, Any], upto: int | None = None) -> Example:
    """The thread as it stood after so many comments, with its labels as of then."""
    cut = row if upto is None else {**row, "comments": row["comments"][:upto]}
    last = len(cut["comments"])
    ticket = ticket_of(cut)
    bots = {c.author: False for c in ticket.comments or () if c.author and c.author.bot}
    thread = thread_of(ticket, bots, roles_of(row))
    labels = np.zeros((len(thread.said), len(HEADS)), dtype="f4")
    labels[:, 1] = -1
    answers: list[tuple[int, int]] = []

    def there(item: dict[str, Any]) -> bool:
        return not isinstance(item["in"], int) or item["in"] < last

    for item in [*row["open"], *row["answered"]]:
        if not there(item):
            continue
        asked = places(thread, item["quote"], item["in"])
        settled = "answer" in item and (not isinstance(item["answer_in"], int) or item["answer_in"] < last)
        for number in asked:
            labels[number, 0], labels[number, 1] = 1, float(not settled)
            if settled:
                answers += [(number, other) for other in places(thread, item["answer"], item["answer_in"])]
    for head, name in ((2, "decisions"), (3, "assumptions")):
        for item in filter(there, row[name]):
            for number in places(thread, item["quote"], item["in"]):
                labels[number, head] = 1
    return Example(row["id"], thread, labels, tuple(answers))


def sample_threads() -> list[Thread]:
    """The threads of the sample portfolio's tickets; they carry no labels."""
    portfolio, settings = load_portfolio(THREADS.parents[1] / "demo"), Settings()
    tickets = [t for entry in portfolio.entries for t in gather(entry, portfolio.timezone, settings).tickets or ()]
    return [
        thread_of(t, {c.author: not settings.is_bot(c.author.name) for c in t.comments or () if c.author}, {})
        for t in tickets
    ]
