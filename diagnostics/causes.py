"""Causes: which open kickoff questions probably hold the tickets of a symptom, with what speaks for and against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from diagnostics.answers import NONE_HELD
from diagnostics.diagnosis import PatternFinding, QuestionFinding
from diagnostics.findings import (
    Cause,
    Evidence,
    Ledger,
    OpenQuestion,
    Presence,
    RoleFinding,
    Status,
    Symptom,
)
from diagnostics.history import Work
from diagnostics.people import Accounts, accounts_in
from diagnostics.records import Category, Person, Role, Ticket
from diagnostics.roles_lived import WINDOW_DAYS
from diagnostics.scoring import VALUES
from diagnostics.symptoms import MOST_TICKETS_SHOWN
from diagnostics.symptoms.product_silent import PRODUCT_ROLES, holders
from diagnostics.ticket_terms import QUESTION_TERMS, TOPIC_TERMS, Mention, TicketTerms
from diagnostics.words import days as days_text
from diagnostics.words import joined

MOST_CAUSES = 3  # a symptom
FEWEST_PLACES = 2  # sentences that share a term with the question, where nothing else joins them
WEAKEST = 0.5  # of the strongest cause of the same symptom; a weaker one is left out
SMALLEST_SHARE = 0.1  # of a symptom's tickets; what fewer speak of does not explain it, unless it was asked outright
OLD_DAYS = 21  # a ticket in progress for that long had stalled before anybody asked
MOST_KEYS = 4  # tickets named in one sentence
ASKED, PLACE, MOST_PLACES, WAITS, SILENT = 4.0, 1.0, 3, 1.0, 0.5  # what a ticket's ties weigh

_OPEN = (Status.MISSING, Status.VAGUE, Status.CONFLICTING, Status.UNANSWERED)
# Symptoms that count days or a rate: their evidence shows when something last happened, not what waits.
_OF_TIME = ("silent", "product-silent", "slowing")
_STANDING_STILL = "tickets that are begun or blocked"
_NOUNS = {"ageing-work": "ageing tickets", "blocked": "blocked tickets", "bouncing": "bouncing tickets"}
_GAPS = {
    Status.MISSING: "which the kickoff left open",
    Status.VAGUE: "which the kickoff settled only in vague words",
    Status.CONFLICTING: "on which the kickoff records disagree",
    Status.UNANSWERED: "which was asked in a ticket and never answered",
}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# First names that are words as well; a person of such a name is found by the whole name only.
_ALSO_WORDS_TEXT = """
april art august bill chance dawn dean drew faith frank grace grant guy hope joy june mark max may miles pat
rose sue will
"""
_ALSO_WORDS = frozenset(_ALSO_WORDS_TEXT.split())


def causes(
    symptoms: Sequence[Symptom],
    findings: Sequence[PatternFinding],
    ledger: Ledger,
    work: Work,
    people: Sequence[Person],
    as_of: date,
    roles: Sequence[RoleFinding] = (),
    terms: TicketTerms | None = None,
) -> tuple[Cause, ...]:
    """The open questions that probably hold each present symptom's tickets, the strongest first, symptom by symptom.

    A question is joined to tickets by a question asked in them that belongs to it, or by terms that they share with
    it, in two places at least or where the role that could answer is silent or waited for. An answered question, and
    one of which nothing is known, holds nothing. `roles` are the roles as lived; `terms` what was read already.
    """
    present = [symptom for symptom in symptoms if symptom.status is Presence.PRESENT]
    open_ = [found for finding in findings for found in finding.questions if found.status in _OPEN]
    if not present or not open_:
        return ()
    join = _Join(present, ledger, work, people, as_of, roles, terms or TicketTerms(work))
    found: list[Cause] = []
    told: dict[str, set[str]] = {}  # the tickets that a question was joined to already
    for symptom in sorted(present, key=lambda symptom: symptom.id in _OF_TIME):
        for cause in join.of(symptom, open_):
            if symptom.id in ("silent", "slowing") and told.get(cause.question, set()) >= set(cause.tickets):
                continue  # the same tickets and the same question: the symptom adds nothing
            told.setdefault(cause.question, set()).update(cause.tickets)
            found.append(cause)
    order = [symptom.id for symptom in present]
    return tuple(sorted(found, key=lambda cause: order.index(cause.symptom)))


@dataclass(frozen=True, slots=True)
class _Tie:
    """What joins one ticket to one question."""

    ticket: Ticket
    asked: tuple[OpenQuestion, ...]
    mentions: tuple[Mention, ...]
    waits_for: str | None

    @property
    def strength(self) -> float:
        """Weighs a question that was asked above shared words."""
        places = min(len(self.mentions), MOST_PLACES)
        asked = max((question.confidence for question in self.asked), default=0.0)
        return ASKED * asked + PLACE * places + WAITS * (self.waits_for is not None)

    @property
    def first_raised(self) -> datetime | None:
        """When the question first came up in the ticket by a shared term."""
        return min((mention.at for mention in self.mentions if mention.at), default=None)

    def evidence(self) -> tuple[Evidence, ...]:
        """The questions asked, in full; else the sentence that tells most: one that asks, else the latest."""
        if self.asked:
            return tuple(
                question.evidence.model_copy(update={"note": f"asked, and open for {days_text(question.age_days)}"})
                for question in self.asked
            )
        best = max(reversed(self.mentions), key=lambda mention: mention.asks)
        return (best.evidence(f"speaks of it: “{best.term}”"),)


@dataclass(frozen=True)
class _Join:
    """What is looked at to join any symptom to any question."""

    present: Sequence[Symptom]
    ledger: Ledger
    work: Work
    people: Sequence[Person]
    as_of: date
    roles: Sequence[RoleFinding]
    terms: TicketTerms

    @cached_property
    def _tickets(self) -> dict[str, Ticket]:
        return {ticket.key: ticket for ticket in self.work.tickets}

    @cached_property
    def _accounts(self) -> Accounts:
        return Accounts(self.people, accounts_in(self.work.tickets))

    @cached_property
    def _asked(self) -> dict[tuple[str, str], list[OpenQuestion]]:
        """The ledger's open questions by ticket and kickoff question."""
        found: dict[tuple[str, str], list[OpenQuestion]] = {}
        for question in self.ledger.open:
            if question.question:
                found.setdefault((question.evidence.ref, question.question), []).append(question)
        return found

    @cached_property
    def _standing_still(self) -> list[Ticket]:
        """Open tickets that are begun or blocked, those begun first first."""
        waiting = [
            ticket
            for ticket in self.work.open
            if ticket.category is Category.INDETERMINATE or self.work.blocked_because(ticket)
        ]
        return sorted(waiting, key=lambda ticket: self.work.begun(ticket) or self.work.instant)

    def tickets_of(self, symptom: Symptom) -> list[Ticket]:
        """The tickets that show a symptom; of one that counts days or a rate, all that stand still meanwhile."""
        if symptom.id in _OF_TIME:
            return self._standing_still
        keys = dict.fromkeys(evidence.ref for evidence in symptom.evidence)
        return [self._tickets[key] for key in keys if key in self._tickets]

    def of(self, symptom: Symptom, open_: Sequence[QuestionFinding]) -> list[Cause]:
        """The strongest causes of one symptom, the strongest first."""
        tickets = self.tickets_of(symptom)
        if symptom.id == "product-silent":
            open_ = [found for found in open_ if found.partner in PRODUCT_ROLES]  # no other waits for Product
        weighed = []
        for found in open_:
            ties = self._ties(found, tickets)
            if ties and (len(ties) >= SMALLEST_SHARE * len(tickets) or any(tie.asked for tie in ties)):
                strength = sum(tie.strength for tie in ties) + SILENT * (self._silence(found.partner) is not None)
                weighed.append(((1 - VALUES[found.status]) * strength, found, ties))
        weighed.sort(key=lambda one: (-one[0], -one[1].weight))
        return [
            self._cause(symptom, found, ties, tickets)
            for strength, found, ties in weighed[:MOST_CAUSES]
            if strength >= WEAKEST * weighed[0][0]
        ]

    def _ties(self, found: QuestionFinding, tickets: Sequence[Ticket]) -> list[_Tie]:
        """The tickets that are joined to a question, strongest first; none where too little joins them."""
        ties = []
        for ticket in tickets:
            if ticket.category is Category.DONE:
                continue  # it waits for nothing any more
            asked = tuple(self._asked.get((ticket.key, found.id), ()))
            mentions = self.terms.of(ticket, found.id)
            if asked or mentions:
                ties.append(_Tie(ticket, asked, mentions, self._waits_for(ticket, found.partner)))
        enough = (
            any(tie.asked or tie.waits_for for tie in ties)
            or sum(len(tie.mentions) for tie in ties) >= FEWEST_PLACES
            or (ties and self._silence(found.partner))
        )
        return sorted(ties, key=lambda tie: -tie.strength) if enough else []

    # Who could answer

    def _in_role(self, role: Role) -> list[Person]:
        return [person for person in self.people if role in person.roles and person.serves_on(self.as_of)]

    def _who_could_answer(self, role: Role) -> list[Person]:
        """Whoever holds a role; for a Product role that nobody holds, whoever speaks for Product instead."""
        return self._in_role(role) or (self._product[1] if self._product and role in self._product[0] else [])

    @cached_property
    def _product(self) -> tuple[tuple[Role, ...], list[Person]] | None:
        """Whoever speaks for Product, and for which roles: the sponsor for the product manager, not the other way."""
        held = holders(self.work)
        return held and (PRODUCT_ROLES[: PRODUCT_ROLES.index(held[0]) + 1], held[1])

    def _silence(self, role: Role) -> str | None:
        """That whoever holds a role is silent in the tickets, as a sentence; None where that does not show."""
        silent = next((symptom for symptom in self.present if symptom.id == "product-silent"), None)
        if silent and self._product and role in self._product[0]:
            named = joined([person.name for person in self._product[1]])
            held, days = self._product[0][-1], days_text(round(silent.value or 0))
            return f"{named} ({held}) could answer it, and wrote nothing in the tickets for {days}."
        names = {person.name for person in self._in_role(role)}
        for finding in self.roles:
            if finding.id == "silent-role" and names and names <= set(finding.people):
                named = joined(sorted(names))
                return f"{named} ({role}) could answer it, and did nothing in the tickets for {days_text(WINDOW_DAYS)}."
        return None

    def _waits_for(self, ticket: Ticket, role: Role) -> str | None:
        """Whom of a role the ticket waits for: named by another, and silent in it since; or its idle assignee."""
        for person in self._in_role(role):
            last = self._last_deed(ticket, person)
            if any(
                self._names(comment.text, person) and (last is None or comment.created > last)
                for comment in ticket.comments or ()
                if not (comment.author and self._is(comment.author.id, person, comment.created))
            ):
                return person.name
            if ticket.assignee and last is None and self._is(ticket.assignee.id, person, self.work.instant):
                return person.name
        return None

    def _is(self, account: str, person: Person, at: datetime) -> bool:
        return any(known.name == person.name for known in self._accounts.people(account, at.date()))

    def _last_deed(self, ticket: Ticket, person: Person) -> datetime | None:
        deeds = self.work.human_events_of(ticket)
        return max(
            (event.at for event in deeds if event.who and self._is(event.who.id, person, event.at)), default=None
        )

    def _names(self, text: str, person: Person) -> bool:
        """Whether a text names a person: by the whole name, or by a first name that nobody else here bears."""
        first = person.name.split()[0]
        shared = {other.name for other in self.people if other.name.split()[0] == first} != {person.name}
        short = shared or len(first) < 3 or first.casefold() in _ALSO_WORDS
        return _has_word(text, person.name if short else first)

    # What is said

    def _cause(self, symptom: Symptom, found: QuestionFinding, ties: list[_Tie], tickets: Sequence[Ticket]) -> Cause:
        evidence = tuple(quote for tie in ties for quote in tie.evidence())
        return Cause(
            symptom=symptom.id,
            question=found.id,
            sentence=_sentence(symptom, found, ties, len(tickets)),
            speaks_for=tuple(self._speaks_for(found, ties)),
            speaks_against=tuple(self._speaks_against(symptom, found, ties, tickets)),
            tells_apart=self._tells_apart(found, ties),
            tickets=tuple(tie.ticket.key for tie in ties),
            evidence=evidence[:MOST_TICKETS_SHOWN],
        )

    def _speaks_for(self, found: QuestionFinding, ties: list[_Tie]) -> Iterable[str]:
        if asked := [tie for tie in ties if tie.asked]:
            oldest = max(question.age_days for tie in asked for question in tie.asked)
            yield f"Asked in {_keys(asked)} and not answered; the oldest such question is {days_text(oldest)} old."
        if shared := [tie for tie in ties if tie.mentions]:
            words = {mention.term.casefold(): mention.term for tie in shared for mention in tie.mentions}
            quoted = joined([f"“{word}”" for word in list(words.values())[:3]])
            yield f"{_keys(shared)} {'speaks' if len(shared) == 1 else 'speak'} of it: {quoted}."
        if waiting := [tie for tie in ties if tie.waits_for]:
            whom = joined(list(dict.fromkeys(tie.waits_for for tie in waiting if tie.waits_for)))
            wait = "waits" if len(waiting) == 1 else "wait"
            yield f"{_keys(waiting)} {wait} for {whom}: named or assigned there, and silent there since."
        if silence := self._silence(found.partner):
            yield silence
        elif self.people and not self._who_could_answer(found.partner):
            role = "legal contact" if found.partner is Role.LEGAL else found.partner
            yield f"No {role} is named who could answer it."

    def _speaks_against(
        self, symptom: Symptom, found: QuestionFinding, ties: list[_Tie], tickets: Sequence[Ticket]
    ) -> Iterable[str]:
        named = {tie.ticket.key for tie in ties}
        if rest := [t for t in tickets if t.key not in named and not self.terms.of(t, found.id)]:
            do = "does" if len(rest) == 1 else "do"
            yield f"{_capital(_number(len(rest)))} of these tickets {do} not speak of it."
        if _more_than(symptom, len(tickets)):
            yield f"Only the {len(tickets)} tickets shown, of {symptom.value:.0f}, were looked at."
        asked = any(tie.asked or any(mention.asks for mention in tie.mentions) for tie in ties)
        if not asked and self.ledger.threads:
            yield "None of these tickets asks it outright; they share words with it."
        if late := [(days, tie) for tie in ties if (days := self._days_before(tie)) > OLD_DAYS]:
            days, tie = max(late, key=lambda pair: pair[0])
            yield f"{tie.ticket.key} had been in progress for {days} days when it first came up there."
        if spoken := self._partner_spoke(found, ties):
            yield spoken
        if topics := self._topics(ties):
            listed = joined([f"{topic} ({_keys(with_it)})" for topic, with_it in topics])
            yield f"The same tickets also speak of {listed}."
        if found.status is Status.VAGUE and found.evidence:
            yield f"The kickoff does speak of it, in vague words: “{_shortened(found.evidence[0].quote)}”"

    def _days_before(self, tie: _Tie) -> int:
        """For how many days a ticket had been in progress when the question first came up in it."""
        begun, raised = self.work.begun(tie.ticket), tie.first_raised
        asked = [self.as_of - timedelta(days=question.age_days) for question in tie.asked]
        firsts = [*asked, *([raised.date()] if raised else [])]
        return (min(firsts) - begun.date()).days if begun and firsts else 0

    def _partner_spoke(self, found: QuestionFinding, ties: list[_Tie]) -> str | None:
        """That somebody who could answer wrote after it came up; whether that was an answer, only people see."""
        for tie in (tie for tie in ties if not tie.asked):  # what was asked outright is known to be unanswered
            raised = tie.first_raised
            for comment in reversed(tie.ticket.comments or ()):
                who = comment.author
                if raised and who and comment.created > raised:
                    for person in self._in_role(found.partner):
                        if self._is(who.id, person, comment.created):
                            return (
                                f"{person.name} ({found.partner}) wrote in {tie.ticket.key} after it came up,"
                                f" on {comment.created:%Y-%m-%d}."
                            )
        return None

    def _topics(self, ties: list[_Tie]) -> list[tuple[str, list[_Tie]]]:
        spoken = [(topic, [tie for tie in ties if self.terms.of(tie.ticket, topic)]) for topic in TOPIC_TERMS]
        return sorted((pair for pair in spoken if pair[1]), key=lambda pair: -len(pair[1]))[:2]

    def _tells_apart(self, found: QuestionFinding, ties: list[_Tie]) -> str:
        key, about = ties[0].ticket.key, _about(found)
        asked = next((question.asked_to for tie in ties for question in tie.asked if question.asked_to), None)
        person = next((person.name for person in self._who_could_answer(found.partner)), None)
        whom = asked or person
        if whom:
            ask = f"Ask {whom} {about}"
        elif found.partner is Role.LEGAL:
            ask = f"Ask your legal contact {about}"
        else:
            ask = f"Find the {found.partner}, or whoever stands in, and ask {about}"
        other = self._topics(ties[:1])
        if other:
            return f"{ask}; if {key} moves within a week, it was that; if not, look at what it says of {other[0][0]}."
        return f"{ask}; if {key} moves within a week, it was that; if not, ask in {key} what it waits for."


def _sentence(symptom: Symptom, found: QuestionFinding, ties: Sequence[_Tie], of: int) -> str:
    """What a director reads; "probably" wherever shared words alone join a ticket to the question."""
    noun = _STANDING_STILL if symptom.id in _OF_TIME else _NOUNS.get(symptom.id, "tickets")
    if _more_than(symptom, of):
        noun = f"{noun} shown"
    gap = "which no kickoff settled" if NONE_HELD in found.searched else _GAPS[found.status]
    sure = "" if all(tie.asked for tie in ties) else "probably "
    wait = f"{sure}{'waits' if len(ties) == 1 else 'wait'} for an answer on"
    said = f"{_of_all(len(ties), of, noun)} {wait} {_about(found)}, {gap}."
    if symptom.id == "product-silent":
        return f"Product has been silent for {days_text(round(symptom.value or 0))}, and {_lower_first(said)}"
    return said


def _more_than(symptom: Symptom, looked_at: int) -> bool:
    """Whether a symptom has more tickets than its evidence shows."""
    return symptom.id not in _OF_TIME and (symptom.value or 0) > looked_at


def _about(found: QuestionFinding) -> str:
    """A question as part of a sentence; one of a user's own pattern in its own words."""
    known = QUESTION_TERMS.get(found.id)
    return known.about if known else f"“{found.question}”"


def _has_word(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
        if not (before.isalnum() or after.isalnum()):
            return True
        at = text.find(word, at + 1)
    return False


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _of_all(count: int, all_: int, noun: str) -> str:
    if all_ == 1:
        return f"The one {noun.replace('tickets that are', 'ticket that is').replace('tickets', 'ticket')}"
    if count == all_ == 2:
        return f"Both {noun}"
    if count == all_:
        return f"All {_number(all_)} {noun}"
    return f"{_capital(_number(count))} of the {_number(all_)} {noun}"


def _keys(ties: Sequence[_Tie]) -> str:
    keys = [tie.ticket.key for tie in ties]
    return joined([*keys[:MOST_KEYS], *([f"{len(keys) - MOST_KEYS} more"] if len(keys) > MOST_KEYS else [])])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]


def _shortened(words: str, most: int = 160) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else words[: words.rfind(" ", 0, most)] + " ..."
