"""Trains the encoder of threads: which sentences ask, decide or take for granted, and which answers what.

    make train-threads

It starts from the reader's base model with its lower layers, and learns from data/training/threads/seen*.jsonl, also
cut off after each comment, as they stood on an earlier day. The threads in apart*.jsonl are never looked at.
"""

import argparse
import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import torch
from encoder import BASE, PIECES
from torch import nn
from transformers import AutoModel

from diagnostics.records import Account, Comment, Ticket
from diagnostics.sources.encoding import clean
from diagnostics.sources.markup import wiki_to_markdown
from diagnostics.talk.thread import Thread, thread_of
from diagnostics.talk.windows import Window, windows

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
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def ticket_of(row: dict[str, Any]) -> Ticket:
    def at(day: str) -> datetime:
        return datetime.fromisoformat(day[:10]).replace(tzinfo=UTC)

    ticket = row["ticket"]
    people = {name: Account(name, name) for name in (ticket["reporter"], *(c["by"] for c in row["comments"])) if name}
    comments = tuple(
        Comment(str(n), people[c["by"]]._replace(bot=c.get("bot", False)), at(c["date"]), clean(wiki_to_markdown(c["text"])))
        for n, c in enumerate(row["comments"])
    )
    return Ticket(
        key=ticket["key"], id=ticket["key"], project="X", summary=ticket["summary"],
        description=clean(wiki_to_markdown(ticket.get("description") or "")), status=ticket.get("status"),
        reporter=people.get(ticket["reporter"]), created=at(ticket["created"]), comments=comments,
    )  # fmt: skip


def roles_of(row: dict[str, Any]) -> dict[Account, str]:
    return {Account(name, name): roles[0] for name, roles in row.get("people", {}).items() if roles}


def words(text: str) -> list[str]:
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


class Judge(nn.Module):
    """MiniLM's lower layers, a logistic head for each thing a sentence can do, and one for pairs that answer."""

    def __init__(self, layers: int, start: Path | None = None) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(BASE)
        self.body.pooler = None
        if start:
            kept = torch.load(start, weights_only=True)
            self.body.load_state_dict({k.removeprefix("body."): v for k, v in kept.items() if k.startswith("body.")})
        self.body.encoder.layer = self.body.encoder.layer[:layers]
        width = self.body.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * width, len(HEADS))
        self.asker, self.answerer = nn.Linear(2 * width, 64), nn.Linear(2 * width, 64)
        self.pair_bias = nn.Parameter(torch.tensor(-3.0))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, -2.0)

    def pooled(self, batch: Sequence[Window]) -> list[torch.Tensor]:
        longest = max(len(window.pieces) for window in batch)
        pieces = torch.zeros(len(batch), longest, dtype=torch.long)
        mask = torch.zeros(len(batch), longest)
        for row, window in enumerate(batch):
            pieces[row, : len(window.pieces)] = torch.tensor(window.pieces)
            mask[row, : len(window.pieces)] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.body(pieces, attention_mask=mask).last_hidden_state.float()
        found = []
        for row, window in enumerate(batch):
            means = torch.stack([hidden[row, begin:end].mean(0) for begin, end in window.spans])
            marks = torch.stack([hidden[row, begin - 1] for begin, _ in window.spans])
            found.append(self.drop(torch.cat([means, marks], -1)))
        return found

    def forward(self, batch: Sequence[Window]) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """Of each window its sentences' logits, and the logits of pairs (question, answer)."""
        made = []
        for own in self.pooled(batch):
            pairs = self.asker(own) @ self.answerer(own).T / 8 + self.pair_bias
            made.append((self.head(own), pairs))
        return made


def train(judge: Judge, rows: Sequence[dict[str, Any]], *, epochs: int, rate: float, seed: int) -> None:
    torch.manual_seed(seed)
    order = random.Random(seed)
    wholes = {row["id"]: example(row) for row in rows}
    cuts: dict[tuple[str, int], Example] = {}
    steps_an_epoch = len(rows) * 2 // 8
    total = epochs * steps_an_epoch
    heads = [p for n, p in judge.named_parameters() if not n.startswith("body.")]
    optimiser = torch.optim.AdamW(
        [{"params": judge.body.parameters(), "lr": rate}, {"params": heads, "lr": 8 * rate}], weight_decay=0.01
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.1 * total + 1), max(0.0, (total - step) / (0.9 * total)))
    )
    judge.train()
    weight = torch.tensor([1.0, 1.0, 1.5, 0.7])
    for epoch in range(epochs):
        some = []
        for row in rows:
            some.append(wholes[row["id"]])
            many = len(row["comments"])
            if many > 1:
                upto = order.randrange(1, many)
                if (row["id"], upto) not in cuts:
                    cuts[row["id"], upto] = example(row, upto)
                some.append(cuts[row["id"], upto])
        pairs = [(one, window) for one in some for window in windows(one.thread, PIECES) if window.spans]
        pairs.sort(key=lambda pair: len(pair[1].pieces) + order.random() * 40)
        steps = [pairs[at : at + 8] for at in range(0, len(pairs), 8)]
        order.shuffle(steps)
        losses = []
        for step in steps:
            loss = torch.tensor(0.0)
            for (one, window), (logits, pair) in zip(step, judge([w for _, w in step]), strict=True):
                truth = torch.tensor(one.labels[window.sentences])
                each = nn.functional.binary_cross_entropy_with_logits(logits, truth.clamp(min=0), reduction="none")
                each = each * (truth >= 0) * weight
                loss = loss + each.sum() / 10
                asked = [n for n, sentence in enumerate(window.sentences) if one.labels[sentence, 0] == 1]
                if asked:
                    wanted = torch.zeros(len(asked), len(window.sentences))
                    for a, b in one.answers:
                        if a in window.sentences and b in window.sentences and window.sentences.index(a) in asked:
                            wanted[asked.index(window.sentences.index(a)), window.sentences.index(b)] = 1
                    loss = loss + nn.functional.binary_cross_entropy_with_logits(pair[asked], wanted, reduction="sum") / 10
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.append(loss.item() / len(step))
        print(f"  epoch {epoch + 1} of {epochs}: loss {np.mean(losses):.3f}", flush=True)


@torch.no_grad()
def judged(judge: Judge, thread: Thread) -> tuple[np.ndarray, np.ndarray]:
    """Logits of all sentences (the mean over the windows that hold them), and the best of each pair."""
    judge.eval()
    cut = [window for window in windows(thread, PIECES) if window.spans]
    sums, seen = np.zeros((len(thread.said), len(HEADS))), np.zeros(len(thread.said))
    pairs = np.full((len(thread.said), len(thread.said)), -20.0)
    for window, (logits, pair) in zip(cut, judge(cut) if cut else [], strict=True):
        sums[window.sentences] += logits.numpy()
        seen[window.sentences] += 1
        at = np.ix_(window.sentences, window.sentences)
        pairs[at] = np.maximum(pairs[at], pair.numpy())
    return np.where(seen[:, None] > 0, sums / np.maximum(seen, 1)[:, None], -20.0), pairs
