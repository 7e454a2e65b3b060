"""Ledger: what the tickets' words leave open, take for granted and settle, with whom and for how long."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from diagnostics.findings import Assumption, Decision, Evidence, Ledger, OpenQuestion
from diagnostics.history import Work, written
from diagnostics.patterns._contract import Question
from diagnostics.people import Accounts, accounts_in, plain_name
from diagnostics.reading.blocks import Block
from diagnostics.reading.context import Sentence
from diagnostics.reading.encoder import Judge, encoder
from diagnostics.reading.quotes import quote_span
from diagnostics.records import Account, Category, Person, Ticket, text_sha256
from diagnostics.talk.reading import ThreadReading, read_threads
from diagnostics.talk.thread import Thread, thread_of

ThreadReader = Callable[[Sequence[Thread]], Sequence[ThreadReading]]

BELONGS_LOGIT = 0.0  # a sentence is counted under a kickoff question when that is more likely than not
ANSWERS, SPEAKS = 0, 1  # what the judge tells of a sentence; a decision has to answer its question


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence of a thread that goes into the ledger, and the words by which its kickoff question is found."""

    ticket: Ticket
    thread: Thread
    sentence: int
    words: str


def ledger_of(
    work: Work,
    people: Sequence[Person],
    questions: Sequence[Question],
    read: ThreadReader = read_threads,
    judge: Judge | None = None,
) -> Ledger:
    """The ledger of a project's tickets as of the work's instant.

    `read` reads threads, or knows what it read before; `judge` tells which kickoff question a sentence speaks to.
    """
    tickets = [ticket for ticket in work.tickets if ticket.comments is not None]
    if work.tickets and not tickets:
        return Ledger(unknown="This source shows no comments, so nobody can say what was asked or decided in them.")
    accounts = Accounts(people, accounts_in(tickets))
    day = work.instant.date()
    persons: dict[Account | None, bool] = {account: work.is_person(account) for account in accounts_in(tickets)}
    roles = {
        account: str(person.roles[0])
        for account in persons
        for person in accounts.people(account and account.id, day)
        if account and person.roles
    }
    threads = [thread_of(ticket, persons, roles) for ticket in tickets]
    readings = list(zip(tickets, threads, read(threads), strict=True))

    opened = [
        (_found(ticket, thread, one.sentence), one.sure * one.open)
        for ticket, thread, reading in readings
        for one in reading.asked
        if one.open_now and not _closed_over(ticket, thread, one.sentence)
    ]
    assumed = [
        (_found(ticket, thread, one.sentence), one.sure, one.confirmed)
        for ticket, thread, reading in readings
        for one in reading.assumed
    ]
    settled = [
        (_found(ticket, thread, one.sentence, one.asked), one.sure, one.asked)
        for ticket, thread, reading in readings
        for one in reading.settled
    ]
    judge = judge or encoder()
    asking = [*(one for one, _ in opened), *(one for one, *_ in assumed)]
    belongs = iter(
        (
            *_kickoff_questions(asking, questions, judge, SPEAKS),
            *_kickoff_questions([one for one, *_ in settled], questions, judge, ANSWERS),
        )
    )

    def age(one: _Found) -> int:
        _, at = _written(one)
        return max(0, int(work.days_since(at))) if at else 0

    def quoted(one: _Found, sentence: int | None) -> Evidence | None:
        return None if sentence is None else _evidence(replace(one, sentence=sentence))

    open_ = [
        OpenQuestion(
            evidence=_evidence(one),
            age_days=age(one),
            question=(question := next(belongs)),
            asked_to=_asked_to(one, people, _partner(question, questions), day),
            confidence=round(sure, 3),
        )
        for one, sure in opened
    ]
    assumptions = [
        Assumption(
            evidence=_evidence(one),
            age_days=age(one),
            question=next(belongs),
            confirmed_by=quoted(one, yes),
            confidence=round(sure, 3),
        )
        for one, sure, yes in assumed
    ]
    decisions = [
        Decision(evidence=_evidence(one), question=next(belongs), asked=quoted(one, asked), confidence=round(sure, 3))
        for one, sure, asked in settled
    ]
    return Ledger(
        open=tuple(sorted(open_, key=lambda one: (-one.age_days, one.evidence.ref, one.evidence.span))),
        assumptions=tuple(sorted(assumptions, key=lambda one: (-one.age_days, one.evidence.ref, one.evidence.span))),
        decisions=tuple(sorted(decisions, key=lambda one: _latest_first(one.evidence))),
        answered=sum(not one.open_now for _, _, reading in readings for one in reading.asked),
        threads=len(threads),
    )


def _latest_first(evidence: Evidence) -> tuple[int, str, tuple[int, int]]:
    return -(evidence.date or date.min).toordinal(), evidence.ref, evidence.span


def _closed_over(ticket: Ticket, thread: Thread, sentence: int) -> bool:
    """Whether others wrote after a question and the ticket is done: nobody waits for an answer any more."""
    post = thread.said[sentence].post
    others = any(later.author != thread.posts[post].author for later in thread.posts[post + 1 :])
    return ticket.category is Category.DONE and others


def _found(ticket: Ticket, thread: Thread, sentence: int, asked: int | None = None) -> _Found:
    """A sentence, with the question that it settles among the words that tell what it is about."""
    about = [thread.said[number].words for number in (asked, sentence) if number is not None]
    return _Found(ticket, thread, sentence, " ".join(about))


def _kickoff_questions(
    found: Sequence[_Found], questions: Sequence[Question], judge: Judge, side: int
) -> Iterable[str | None]:
    """Of each sentence the kickoff question that it speaks to, or answers, if there is one."""
    if not found:
        return []
    titled = [
        Sentence((0, len(one.words)), one.words, Block("paragraph", (0, len(one.words)), (one.ticket.summary or "",)))
        for one in found
    ]
    enabled = {question.id for question in questions}
    columns = [number for number, id in enumerate(judge.questions) if id in enabled]
    sure = judge.logits(titled)[:, side, columns]
    best = sure.argmax(1)
    return [
        judge.questions[columns[column]] if sure[row, column] > BELONGS_LOGIT else None
        for row, column in enumerate(best)
    ]


def _partner(question: str | None, questions: Sequence[Question]) -> str | None:
    return next((str(one.partner) for one in questions if one.id == question), None)


def _asked_to(one: _Found, people: Sequence[Person], partner: str | None, day: date) -> str | None:
    """Who could answer: whoever the question names; else who holds the role that can; else whose ticket it is."""
    said = one.thread.said[one.sentence]
    asker = one.thread.posts[said.post].author
    writers = {post.author.name for post in one.thread.posts if post.author}
    declared = {person.name: person for person in people if person.serves_on(day)}
    asker_name = plain_name(asker.name) if asker else ""
    for name in (*declared, *sorted(writers)):
        if plain_name(name) != asker_name and _named(name, said.words):
            person = declared.get(name)
            return f"{name} ({person.roles[0]})" if person and person.roles else name
    for person in declared.values():
        if partner in [str(role) for role in person.roles] and plain_name(person.name) != asker_name:
            return f"{person.name} ({partner})"
    others = (one.ticket.reporter, one.ticket.assignee)
    return next((account.name for account in others if account and account != asker), None)


def _named(name: str, words: str) -> bool:
    """Whether somebody is addressed in a sentence: by the whole name, or by the first name as a word of its own."""
    spoken = plain_name(words)
    whole = plain_name(name)
    first = whole.split(" ")[0]
    return re.search(rf"\b{re.escape(whole)}\b", spoken) is not None or (
        len(first) > 2 and re.search(rf"(?:^|[@\s(]){re.escape(first)}\b", spoken) is not None
    )


def _evidence(one: _Found) -> Evidence:
    said = one.thread.said[one.sentence]
    post = one.thread.posts[said.post]
    spans = [other.span for other in one.thread.said if other.post == said.post]
    begin, end = quote_span(post.text, spans, spans.index(said.span))
    author, at = _written(one)
    return Evidence(
        source="ticket" if post.comment is None else "comment",
        ref=one.ticket.key,
        url=post.url or one.ticket.url,
        quote=post.text[begin:end],
        span=(begin, end),
        text_sha256=text_sha256(post.text),
        author=author.name if author else None,
        date=at.date() if at else None,
    )


def _written(one: _Found) -> tuple[Account | None, datetime | None]:
    said = one.thread.said[one.sentence]
    post = one.thread.posts[said.post]
    return written(one.ticket, post.text[slice(*said.span)]) if post.comment is None else (post.author, post.at)
