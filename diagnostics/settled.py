"""Settled in tickets: a kickoff's answers with what tickets decided, left unanswered or set otherwise since."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from diagnostics.answers import QUOTES_AN_ANSWER
from diagnostics.findings import Answer, Decision, Evidence, Ledger, OpenQuestion, Status
from diagnostics.history import Work, written
from diagnostics.patterns._contract import Question
from diagnostics.people import accounts_in, people_named
from diagnostics.reading.claims import Claim, Naming, claims, metric_names, namings, speaks_of
from diagnostics.reading.cues import rules_of
from diagnostics.reading.names import has_person
from diagnostics.reading.quotes import quote_span
from diagnostics.records import Account, Comment, Person, Role, Ticket, text_sha256
from diagnostics.words import days, on_day

# A decision that is none hides a gap, the worst error there is; a question too many only moves one.
SURE_OF_DECISION, SURE_OF_QUESTION = 0.8, 0.6

METRIC, OWNER = "metric-named", "decision-owner"
# Answered by somebody who is named; a lone "agreed" agrees with nobody.
_NEEDS_A_PARTY = frozenset({OWNER, "metric-agreement", "product-partner", "roles-assigned", "responsibilities"})
# Whose own word is a party's word.
_PARTIES = frozenset({Role.PRODUCT_MANAGER, Role.SPONSOR, Role.DOMAIN_EXPERT, Role.LEGAL})
_SPOKEN_FOR = frozenset({"metric-agreement", "product-partner"})
_PARTY = re.compile(
    r"\b(?i:product (?:owner|manager)|sponsor|client|customer|(?:steering )?(?:board|committee|group)|works council|"
    r"head of \w+|director|legal)\b|\b(?:PO|PM)\b"
)
_NEAR, _CLOSE = r"(?:[^.;!?]|\.(?=\d)){0,40}", r"(?:[^.,:;!?]|[.,](?=\d)){0,40}"  # in a sentence, and in a part of one
_SETTLE = r"(?:agree|decid|settl|sign|approv|confirm)"
_PUT_OFF = re.compile(
    rf"(?:\b(?:not|never|nobody|no one|none|neither|without)\b|n[’']t\b){_CLOSE}\b{_SETTLE}|\bdisagree|"
    rf"\b(?:agree|decid)\w*\b{_NEAR}\b(?:later|next|after|once|when|until|open|to (?:discuss|revisit|postpone|"
    r"wait|park|look into|ask|talk|think|decide|find out|come back))\b|"
    r"\b(?:propos\w+|suggest\w*|maybe|perhaps|might|could|would|(?:should|shall|can) (?:we|i)|"
    r"what if|if (?:we|you|they|nobody|somebody)|"
    r"rumou?rs?|hearsay|never saw|no agreed|undecided|no decision|open question|"
    r"to be (?:agreed|decided|confirmed|defined)"
    r")\b|"
    rf"\b(?:needs?|wants?|waits?|waiting|without)\b{_CLOSE}\bdecision\b|"
    rf"\b(?:has|have|needs?|wants?|still) to {_SETTLE}",
    re.IGNORECASE,
)
# That somebody will decide answers who decides, and nothing else.
_WILL_DECIDE = re.compile(rf"\b(?:will|must|should|shall) (?:\w+ ){{0,3}}{_SETTLE}", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"\b(?:open again|no longer (?:holds|stands|valid|applies)|withdr[ae]wn?|withdrew|revok\w+|cancel\w*|"
    r"takes? (?:it )?back|off the table|undecided again|reopen\w*)\b",
    re.IGNORECASE,
)
_FOR_NOW = re.compile(
    r"\b(?:pilot|interim|for now|temporar\w+|until|first (?:release|version|step)|trial)\b", re.IGNORECASE
)
_ADDS = re.compile(r"\b(?:also|besides|in addition|as well|too|next to|secondary|guardrail|beside)\b", re.IGNORECASE)
_AGREES = re.compile(
    r"\b(?:agree[ds]?|ok(?:ay)?|fine|yes|confirm(?:ed)?|approved?|works for (?:me|us)|sounds good|makes sense|go ahead|"
    r"signed off|good)\b|\+1|👍",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:not|no|never|nobody|disagree)\b|n[’']t\b", re.IGNORECASE)

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_NO_FIGURE = re.compile(  # numbers that name something: tickets, days, hours, versions
    rf"\b[A-Z][A-Z0-9_]*-\d+\b|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b|\b{_MONTH}\.? \d{{1,4}}\b|"
    r"\b20\d\d(?:-\d\d){0,2}\b|\b\d{1,2}:\d\d\b|\bv\d[\d.]*|\b(?:week|sprint|version|round) \d+",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d\s?(?:%|per ?cent\b|percent\b|pct\b|points?\b)|(?<![\w.])0?\.\d|\b\d+ (?:in|out of) (?:every )?(?:an? )?\w+|"
    r"(?:\b(?:at (?:least|most)|below|under|above|over|than|up to|maximum|minimum|max\.?|min\.?)|[<>≥≤]=?)"
    r"(?: of)?(?: an?)? ?[€$£]?\d",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.])\d*\.?\d+")


class Post(NamedTuple):
    """What somebody wrote in a ticket at once: a comment, or the ticket's own text (`comment` is None)."""

    ticket: Ticket
    comment: Comment | None
    text: str

    @property
    def author(self) -> Account | None:
        """Who wrote it, as far as the source shows."""
        return self.comment.author if self.comment else self.ticket.reporter or self.ticket.creator

    @property
    def at(self) -> datetime | None:
        """When it was first written."""
        return self.comment.created if self.comment else self.ticket.created

    def evidence(self, span: tuple[int, int], author: Account, at: datetime) -> Evidence:
        """A sentence of it as evidence."""
        begin, end = quote_span(self.text, [span], 0)
        return Evidence(
            source="comment" if self.comment else "ticket",
            ref=self.ticket.key,
            url=self.comment.url if self.comment else self.ticket.url,
            quote=self.text[begin:end],
            span=(begin, end),
            text_sha256=text_sha256(self.text),
            author=author.name,
            date=at.date(),
        )


def posts(work: Work) -> Iterator[Post]:
    """All that the tickets' texts and comments say."""
    for ticket in work.tickets:
        yield Post(ticket, None, ticket.text)
        for comment in ticket.comments or ():
            yield Post(ticket, comment, comment.text)


def counts(evidence: Evidence) -> bool:
    """Whether a quote still counts: nothing later took its place."""
    return not (evidence.note or "").startswith(_SUPERSEDED)


_SUPERSEDED = "superseded by "


def settle(
    answers: Sequence[Answer], ledger: Ledger, questions: Sequence[Question], work: Work, as_of: date
) -> tuple[Answer, ...]:
    """The kickoff's answers as the tickets leave them on that day.

    A decision answers what was missing, vague, conflicting or unknown, and of two that differ the later one counts. A
    question that nobody answered stands over missing and vague alone. A later text that sets another value, with nobody
    who agreed, conflicts.
    """
    said = _Said(ledger, tuple(questions), work, as_of)
    settled = [_decided(answer, said) for answer in answers]
    settled = [_unanswered(answer, said) for answer in settled]
    return tuple(_contradicted(settled, said))


@dataclass(frozen=True)
class _Said:
    """What the tickets say, and who says it."""

    ledger: Ledger
    questions: tuple[Question, ...]
    work: Work
    as_of: date

    @cached_property
    def asked(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def people(self) -> tuple[Person, ...]:
        return self.work.people

    @cached_property
    def machines(self) -> frozenset[str]:
        return frozenset(who.name for who in accounts_in(self.work.tickets) if not self.work.is_person(who))

    def by_person(self, evidence: Evidence) -> bool:
        """Whether a person, known by name, wrote it, by the day of diagnosis."""
        who, day = evidence.author, evidence.date
        known = who is not None and who not in self.machines and not self.work.settings.is_bot(who)
        return known and day is not None and day <= self.as_of

    def decisions(self, question: str) -> list[Decision]:
        """What the ledger is sure to have been settled of a question, the oldest first."""
        sure = [
            decision
            for decision in reversed(self.ledger.decisions)
            if decision.question == question
            and decision.confidence >= SURE_OF_DECISION
            and decision.evidence.source != "kickoff"
            and self.by_person(decision.evidence)
        ]
        in_order = sorted(sure, key=lambda decision: decision.evidence.date or date.min)
        taken_back = [n for n, decision in enumerate(in_order) if _TAKEN_BACK.search(decision.evidence.quote)]
        since = in_order[taken_back[-1] + 1 :] if taken_back else in_order
        return [decision for decision in since if self.settles(decision, self.asked[question])]

    def settles(self, decision: Decision, asked: Question) -> bool:
        """Whether a decision says what was decided: not that something will be, and with what the question asks for."""
        said = " ".join(decision.evidence.quote.split())
        if said.endswith("?") or _PUT_OFF.search(said) or (asked.id != OWNER and _WILL_DECIDE.search(said)):
            return False
        rules = rules_of(self.questions)
        rule = next(rule for rule in rules.rules if rule.question == asked.id)
        found = rules.found(said, frozenset())
        if (rule.never | rule.hedges | {"<placeholder>", "<hypothetical>"}) & found:
            return False
        if asked.one_value and not has_figure(said):
            return False
        if asked.id == METRIC and not metric_names(said):
            return False
        return asked.id not in _NEEDS_A_PARTY or self.names_a_party(said, decision.evidence, asked)

    def names_a_party(self, said: str, evidence: Evidence, asked: Question) -> bool:
        """Whether somebody is named in it, or speaks for a party."""
        if people_named(said, self.people) or has_person(said) or _PARTY.search(said):
            return True
        speaker = people_named(evidence.author or "", self.people)
        return asked.id in _SPOKEN_FOR and any(_PARTIES & set(person.roles) for person in speaker)


def has_figure(said: str) -> bool:
    """Whether a sentence holds a value: a share, a bound, a claim on a measure; a date or a ticket's number is none."""
    bare = _NO_FIGURE.sub(" ", said)
    return _FIGURE.search(bare) is not None or any(True for _ in claims(bare))


# ------------------------------------------------------------------------------------------------ decisions


def _decided(answer: Answer, said: _Said) -> Answer:
    """The answer with the decisions of tickets that belong to it."""
    if answer.id not in said.asked or not (decisions := said.decisions(answer.id)):
        return answer
    asked = said.asked[answer.id]
    if answer.status is Status.ANSWERED:
        return _decided_anew(answer, decisions, asked, said)
    # What the kickoff of a later day leaves vague or has twice, no earlier word in a ticket settles.
    latest = max((evidence.date for evidence in answer.evidence if evidence.date), default=date.min)
    later = [decision for decision in decisions if (decision.evidence.date or date.min) >= latest]
    if answer.status is Status.CONFLICTING:
        later = [decision for decision in later if decision.evidence.date != latest]
    if not later:
        return answer
    if not _is_single(asked):
        last = later[-1]
        proof = tuple(decision.evidence for decision in reversed(later))[:QUOTES_AN_ANSWER]
        return _answered(answer, last, _by_decision(last.evidence), proof)
    first, *others = later
    # Two places that conflict are both settled by it; vague words are no value that anything could take the place of.
    old = answer.evidence if answer.status is Status.CONFLICTING else ()
    proof = (first.evidence, *(_superseded(evidence, first.evidence) for evidence in old))
    begun = _answered(answer, first, _by_decision(first.evidence), proof)
    return _decided_anew(begun, others, asked, said) if others else begun


def _decided_anew(answer: Answer, decisions: Sequence[Decision], asked: Question, said: _Said) -> Answer:
    """An answered question with later decisions: of two that differ the later one counts, the other is marked."""
    for decision in decisions:
        new = decision.evidence
        current = [evidence for evidence in answer.evidence if counts(evidence)]
        old = [evidence for evidence in answer.evidence if not counts(evidence)]
        dates = [evidence.date for evidence in current if evidence.date]
        other = _is_single(asked) and _differs(asked, current, new, said)
        if other and len(dates) == len(current) and new.date and new.date > max(dates):
            marked = [_superseded(evidence, new) for evidence in current]
            why = f"{_by_decision(new)}, in place of what {_place(current[0])} said"
            answer = _answered(answer, decision, why, (new, *marked, *old))
        elif other and dates and new.date and new.date < min(dates):
            answer = _with_evidence(answer, (*current[:1], *old, _superseded(new, current[0]), *current[1:]))
        else:
            sure = max(answer.confidence, decision.confidence) if not other else answer.confidence
            proof = (*current[:1], *old, new, *current[1:])
            answer = _with_evidence(answer.model_copy(update={"confidence": sure}), proof)
    return answer


def _is_single(asked: Question) -> bool:
    """Whether a question has one answer, so that another one takes its place; to all others a second one adds."""
    return asked.one_value or asked.id in (METRIC, OWNER)


def _differs(asked: Question, current: Sequence[Evidence], new: Evidence, said: _Said) -> bool:
    """Whether a decision says something else than what counted until then, about the same matter."""
    was = "\n".join(evidence.quote for evidence in current)
    if asked.id == OWNER:
        return _apart(people_named(was, said.people), people_named(new.quote, said.people))
    if _FOR_NOW.search(new.quote) and not _FOR_NOW.search(was):
        return False
    if asked.id == METRIC:
        return not _ADDS.search(new.quote) and _apart(metric_names(was), metric_names(new.quote))
    pairs = [(one, other) for one in claims(was) for other in claims(new.quote) if one.measure == other.measure]
    if pairs:
        return not any(one.same_value(other) for one, other in pairs)
    same_metric = metric_names(was) & metric_names(new.quote)
    return bool(same_metric) and not _figures(new.quote) <= _figures(was)


def _apart(one: Iterable[object], other: Iterable[object]) -> bool:
    return bool(one) and bool(other) and not set(one) & set(other)


def _figures(said: str) -> set[float]:
    return {float(number) for number in _NUMBER.findall(_NO_FIGURE.sub(" ", said))}


def _answered(answer: Answer, decision: Decision, why: str, proof: Sequence[Evidence]) -> Answer:
    return _with_evidence(
        answer, proof, status=Status.ANSWERED, confidence=decision.confidence, why=f"decided in a ticket {why}"
    )


def _with_evidence(answer: Answer, proof: Sequence[Evidence], **fields: object) -> Answer:
    return Answer.model_validate(dict(answer) | fields | {"evidence": tuple(proof)[:QUOTES_AN_ANSWER]})


def _by_decision(evidence: Evidence) -> str:
    assert evidence.date is not None
    return f"by {evidence.author} on {on_day(evidence.date)} ({evidence.ref})"


def _superseded(old: Evidence, by: Evidence) -> Evidence:
    what = "kickoff" if by.source == "kickoff" else "decision"
    day = f" of {on_day(by.date)}" if by.date else ""
    return old.model_copy(update={"note": f"{_SUPERSEDED}the {what}{day} ({by.ref})"})


def _place(evidence: Evidence) -> str:
    day = f" of {on_day(evidence.date)}" if evidence.date else ""
    return f"the kickoff{day}" if evidence.source == "kickoff" else f"{evidence.ref}{day}"


# ------------------------------------------------------------------------------------------- open questions


def _unanswered(answer: Answer, said: _Said) -> Answer:
    """A gap that somebody asked about in a ticket, and nobody filled: the oldest question first."""
    if answer.status not in (Status.MISSING, Status.VAGUE):
        return answer
    waiting = sorted(
        (
            question
            for question in said.ledger.open
            if question.question == answer.id
            and question.confidence >= SURE_OF_QUESTION
            and said.by_person(question.evidence)
        ),
        key=lambda question: (-question.age_days, question.evidence.ref),
    )
    if not waiting:
        return answer
    vague = answer.evidence[:1]
    proof = [question.evidence for question in waiting[: QUOTES_AN_ANSWER - len(vague)]]
    return _with_evidence(
        answer,
        (*proof, *vague),
        status=Status.UNANSWERED,
        confidence=min(answer.confidence, waiting[0].confidence),
        why=_nobody_answered(waiting),
    )


def _nobody_answered(waiting: Sequence[OpenQuestion]) -> str:
    first, *others = waiting
    assert first.evidence.date is not None
    again = f"; it was asked {len(waiting)} times" if others else ""
    asked = f"{first.evidence.author} asked it on {on_day(first.evidence.date)}"
    return f"{asked}, and nobody has answered in {days(first.age_days)}{again}"


# ------------------------------------------------------------------------- other values that nobody agreed to


@dataclass(frozen=True, slots=True)
class _Later:
    """A sentence of a ticket that sets something which a kickoff or a decision set before."""

    earlier: Evidence
    evidence: Evidence
    at: datetime
    post: Post
    what: str  # "another value for recall"
    conflicts: bool
    agreed: Callable[[Decision], bool]


def _contradicted(answers: Sequence[Answer], said: _Said) -> Iterator[Answer]:
    """The answers; conflicting where the last word in the tickets sets another value, and nobody agreed to it."""
    later = _later_places(answers, said)
    for answer in answers:
        # The last one has the word: who restates the old value takes the other one back.
        last = max(later.get(answer.id, ()), key=lambda place: place.at, default=None)
        if last is None or not last.conflicts or _is_agreed(last, answer.id, said):
            yield answer
            continue
        where = f"{last.evidence.ref} ({last.evidence.author}, {on_day(last.at.date())})"
        why = f"{where} sets {last.what} than {_place(last.earlier)}, and nobody is said to have agreed to it"
        yield _with_evidence(answer, (last.earlier, last.evidence), status=Status.CONFLICTING, why=why)


def _later_places(answers: Sequence[Answer], said: _Said) -> dict[str, list[_Later]]:
    """The sentences of tickets that set the value, or name the metric, of an answered question: one pass over all."""
    before = _Before(answers, said)
    found: dict[str, list[_Later]] = {}
    if before.claims or before.names:
        for post in posts(said.work):
            for question, later in (*_values_in(post, before, said), *_metrics_in(post, before, said)):
                if later is not None:
                    found.setdefault(question, []).append(later)
    return found


class _Before:
    """What counts before the tickets are read: claims and the metric's names, each with the quote that holds them."""

    def __init__(self, answers: Sequence[Answer], said: _Said) -> None:
        everything = [evidence for answer in answers for evidence in answer.evidence if counts(evidence)]
        answered = [
            (answer.id, evidence)
            for answer in answers
            if answer.status is Status.ANSWERED and answer.id in said.asked
            for evidence in answer.evidence
            if counts(evidence) and evidence.date
        ]
        self.claims = [
            (id, evidence, claim)
            for id, evidence in answered
            if said.asked[id].one_value
            for claim in claims(evidence.quote)
        ]
        self.names = [evidence for id, evidence in answered if id == METRIC and metric_names(evidence.quote)]
        # A value or a metric that the kickoff has anywhere is nothing new.
        self.all_claims = [claim for evidence in everything for claim in claims(evidence.quote)]
        self.all_names = metric_names("\n".join(f"{e.before}\n{e.quote}\n{e.after}" for e in everything))
        self.may_set = speaks_of({claim.measure for _, _, claim in self.claims}) if self.claims else None


def _values_in(post: Post, before: _Before, said: _Said) -> Iterator[tuple[str, _Later | None]]:
    if before.may_set is None or not before.may_set.search(post.text):
        return
    for claim in claims(post.text):
        for question, evidence, earlier in before.claims:
            if claim.aimed and claim.same_matter(earlier):
                new = not any(claim.measure == one.measure and claim.same_value(one) for one in before.all_claims)
                conflicts = new and not claim.settled
                yield question, _later(post, claim, evidence, f"another value for {claim.measure}", said, conflicts)


def _metrics_in(post: Post, before: _Before, said: _Said) -> Iterator[tuple[str, _Later | None]]:
    if not before.names or not _MAY_NAME.search(post.text):
        return
    for naming in namings(post.text):
        conflicts = naming.metric not in before.all_names
        yield METRIC, _later(post, naming, before.names[0], "another metric", said, conflicts)


_MAY_NAME = re.compile(
    r"\b(?:metric|kpi|north star|measure of success|optimi[sz]e for|steer by|success by|judged by)\b", re.I
)


def _later(
    post: Post, says: Claim | Naming, earlier: Evidence, what: str, said: _Said, conflicts: bool
) -> _Later | None:
    """The sentence as a later place; None where who wrote it, or when, is not shown, or it only quotes somebody."""
    line = post.text.rfind("\n", 0, says.span[0] + 1) + 1
    if post.text[line:].lstrip(" \t*_").startswith(">"):
        return None
    author, at = _written(post, says.span)
    if author is None or at is None or not said.work.is_person(author):
        return None
    if earlier.date is None or not earlier.date < at.date() <= said.as_of:
        return None

    def agreed(decision: Decision) -> bool:
        if isinstance(says, Naming):
            return says.metric in metric_names(decision.evidence.quote)
        values = claims(decision.evidence.quote)
        return any(value.measure == says.measure and value.same_value(says) for value in values)

    return _Later(earlier, post.evidence(says.span, author, at), at, post, what, conflicts, agreed)


def _written(post: Post, span: tuple[int, int]) -> tuple[Account | None, datetime | None]:
    """Who wrote a sentence and when: of a ticket's text that was edited, whoever brought the sentence in."""
    if post.comment is None:
        return written(post.ticket, post.text[slice(*span)].strip())
    return post.author, post.at


def _is_agreed(later: _Later, question: str, said: _Said) -> bool:
    """Whether anybody may have agreed: a decision, however unsure, or a word under the ticket, shown or not."""
    ticket = later.post.ticket
    if ticket.comments is None or not ticket.comments_complete:
        return True
    for decision in said.ledger.decisions:
        day = decision.evidence.date
        same_ticket = decision.evidence.ref == ticket.key and day is not None and day >= later.at.date()
        if decision.question in (question, None) and (same_ticket or later.agreed(decision)):
            return True
    return any(
        comment.created >= later.at
        and comment is not later.post.comment
        and comment.author is not None
        and comment.author.name != later.evidence.author
        and said.work.is_person(comment.author)
        and _AGREES.search(comment.text) is not None
        and not _DENIES.search(comment.text)
        for comment in ticket.comments
    )
