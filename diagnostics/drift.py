"""Drift: what was agreed and has changed since with nobody who agreed, or rests on what is no longer so."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from diagnostics.findings import Answer, DriftFinding, Evidence, Ledger, Status
from diagnostics.history import Work
from diagnostics.people import people_named, plain_name
from diagnostics.reading.claims import metric_places
from diagnostics.records import Person, Project, Role
from diagnostics.settled import Post, counts, posts
from diagnostics.words import joined, on_day

GREW_BY = 0.5  # the share of tickets that came since, of those that there were
FEWEST_BEFORE, FEWEST_SINCE = 20, 10  # tickets; while a backlog is still being written, nothing can be compared
RECENT = timedelta(weeks=8)
FEWEST_WITH_ANOTHER_NAME = 3  # tickets

_CHANGED = {
    "metric-named": "The metric",
    "metric-target": "The target",
    "error-rate": "The tolerated rate of mistakes",
    "decision-owner": "Who decides",
}
_WHO = {
    "metric-agreement": "Who agreed on the metric",
    "decision-owner": "Who decides",
    "product-partner": "Who speaks for Product",
    "metric-target": "Who set the target",
}
# Whoever wrote down what was agreed agreed to it; whoever wrote down who decides need not be the one.
_AUTHOR_AGREED = frozenset({"metric-agreement", "metric-target"})
_FOR_PRODUCT = frozenset({Role.PRODUCT_MANAGER, Role.SPONSOR})
_AGREED = ("metric-agreement", "metric-target")
_ABOUT_METRICS = frozenset({"metric-named", *_AGREED})


def drift(
    answers: Sequence[Answer], ledger: Ledger, work: Work, project: Project, as_of: date
) -> tuple[DriftFinding, ...]:
    """What drifted, by the settled answers: changes that nobody agreed to, then agreements that have expired.

    What the records cannot show, a quote without a date above all, is no finding.
    """
    seen = _Seen(ledger, work, project, as_of)
    found = [finding for answer in answers if (finding := _changed(answer, work))]
    for answer in answers:
        if answer.status is Status.ANSWERED and answer.id in _WHO:
            # Who decides, or speaks for Product, does so for a larger scope as well.
            looks = (_left, _grown) if answer.id in _AGREED else (_left,)
            found += [finding for look in looks if (finding := look(answer, seen))]
    renamed = _renamed(answers, seen)
    return (*found, *((renamed,) if renamed else ()))


@dataclass(frozen=True)
class _Seen:
    """What the findings are held against."""

    ledger: Ledger
    work: Work
    project: Project
    as_of: date

    def agreed_again(self, question: str, since: date) -> bool:
        """Whether a ticket settled the question after a day, however unsure that is."""
        return any(
            decision.question == question and decision.evidence.date is not None and decision.evidence.date > since
            for decision in self.ledger.decisions
        )

    @cached_property
    def created(self) -> list[date] | None:
        """When the tickets were created, research aside; None where the source does not show it for all."""
        counted = [ticket.created for ticket in self.work.tickets if not self.work.is_research(ticket)]
        dates = [created.date() for created in counted if created]
        return dates if len(dates) == len(counted) else None

    def has_left(self, person: Person) -> bool:
        """Whether somebody is declared for no day from the day of diagnosis on, under any role."""
        name = plain_name(person.name)
        ends = [other.until for other in self.project.people if plain_name(other.name) == name]
        return all(until is not None and until < self.as_of for until in ends)


def _changed(answer: Answer, work: Work) -> DriftFinding | None:
    """Two places that conflict, of which the later one was written after work began."""
    if answer.status is not Status.CONFLICTING or answer.id not in _CHANGED:
        return None
    dated = [(evidence.date, evidence) for evidence in answer.evidence if evidence.date]
    begun = _work_began(work)
    if begun is None or len(dated) != len(answer.evidence):
        return None
    (first, earlier), (last, later) = (end(dated, key=lambda pair: pair[0]) for end in (min, max))
    if last <= max(first, begun):
        return None
    who = f" ({later.author})" if later.author else ""
    return DriftFinding(
        id="changed-without-agreement",
        question=answer.id,
        title=f"{_CHANGED[answer.id]} changed after work began, and nobody is said to have agreed",
        why=f"Work began on {on_day(begun)}; {_ref(earlier)} said one thing on {on_day(first)}, and"
        f" {_ref(later)}{who} another on {on_day(last)}.",
        evidence=(earlier, later),
    )


def _work_began(work: Work) -> date | None:
    """The day of the first ticket in progress, else of the first ticket."""
    begun = [moment for ticket in work.tickets if (moment := work.begun(ticket))]
    begun = begun or [ticket.created for ticket in work.tickets if ticket.created]
    return min(begun).date() if begun else None


def _left(answer: Answer, seen: _Seen) -> DriftFinding | None:
    """Somebody whom the agreement rests on has left the project since."""
    proof = [evidence for evidence in answer.evidence if counts(evidence)]
    for evidence in proof:
        text = f"{evidence.quote}\n{evidence.author or ''}" if answer.id in _AUTHOR_AGREED else evidence.quote
        named = people_named(text, seen.project.people)
        gone = {person.name: person.until for person in named if person.until and seen.has_left(person)}
        if not gone or evidence.date is None:
            continue
        until = max(gone.values())
        renewed = seen.agreed_again(answer.id, until) or any(e.date and e.date > until for e in proof)
        here = [person for person in named if not seen.has_left(person)]
        still_product = answer.id == "product-partner" and any(_FOR_PRODUCT & set(person.roles) for person in here)
        if evidence.date > until or renewed or still_product:
            continue
        rest = sorted({person.name for person in here})
        still = f" {joined(rest)}, named there too, {'are' if len(rest) > 1 else 'is'} still on it." if rest else ""
        last_days = " and ".join(f"{name} was on the project until {on_day(day)}" for name, day in gone.items())
        return DriftFinding(
            id="expired-agreement",
            question=answer.id,
            title=f"{_WHO[answer.id]} has left the project: {joined(list(gone))}",
            why=f"{last_days}; what {_ref(evidence)} says still rests on them.{still}",
            evidence=(evidence,),
        )
    return None


def _grown(answer: Answer, seen: _Seen) -> DriftFinding | None:
    """The scope grew by half since the agreement; before there were tickets, nothing can be compared."""
    dated = [(evidence.date, evidence) for evidence in answer.evidence if counts(evidence) and evidence.date]
    if not dated or seen.created is None:
        return None
    agreed, evidence = max(dated, key=lambda pair: pair[0])
    before = sum(day <= agreed for day in seen.created)
    since = len(seen.created) - before
    if before < FEWEST_BEFORE or since < max(FEWEST_SINCE, GREW_BY * before) or seen.agreed_again(answer.id, agreed):
        return None
    return DriftFinding(
        id="expired-agreement",
        question=answer.id,
        title=f"The scope grew by {since / before:.0%} since this was agreed",
        why=f"On {on_day(agreed)} there were {before} tickets, and {since} more have come since, research aside;"
        f" {_ref(evidence)} speaks of the smaller scope.",
        evidence=(evidence,),
    )


def _renamed(answers: Sequence[Answer], seen: _Seen) -> DriftFinding | None:
    """The tickets of the last eight weeks never name the agreed metric, and several name another one."""
    settled = {answer.id: answer for answer in answers if answer.status is Status.ANSWERED}
    agreement = next((settled[id] for id in _AGREED if id in settled), None)
    if agreement is None or any(ticket.comments is None for ticket in seen.work.tickets):
        return None
    dates = [(evidence.date, evidence) for evidence in agreement.evidence if counts(evidence) and evidence.date]
    since = seen.as_of - RECENT
    if not dates or max(dates, key=lambda pair: pair[0])[0] >= since:
        return None
    about = [e for id in _ABOUT_METRICS & settled.keys() for e in settled[id].evidence if counts(e)]
    agreed = _names(" ".join(evidence.quote for evidence in about))
    known = _names("\n".join(f"{e.before}\n{e.quote}\n{e.after}" for answer in answers for e in answer.evidence))
    in_use = _names_in_use(seen.work, since)
    if not agreed or agreed & in_use.keys():
        return None
    others = {name: places for name, places in in_use.items() if name not in known}
    name = max(others, key=lambda name: len(others[name]), default=None)
    if name is None or len(others[name]) < FEWEST_WITH_ANOTHER_NAME or seen.agreed_again(agreement.id, since):
        return None
    evidence = max(dates, key=lambda pair: pair[0])[1]
    was = joined([_shown(old) for old in sorted(agreed)])
    return DriftFinding(
        id="expired-agreement",
        question=agreement.id,
        title=f"The tickets speak of {_shown(name)} now, and no longer of {was}",
        why=f"In the last eight weeks {len(others[name])} tickets name {_shown(name)}, and none names what"
        f" {_ref(evidence)} agreed on.",
        evidence=(evidence, *(place for place in [_latest(others[name])] if place)),
    )


def _names(text: str) -> set[str]:
    return {name for name, _ in metric_places(text)}


def _names_in_use(work: Work, since: date) -> Mapping[str, dict[str, tuple[Post, tuple[int, int]]]]:
    """The metrics that people named in tickets since a day: of each, one place a ticket, the last one."""
    found: dict[str, dict[str, tuple[Post, tuple[int, int]]]] = {}
    for post in posts(work):
        author, at = post.author, post.at
        if at and at.date() >= since and work.is_person(author):
            for name, span in metric_places(post.text):
                found.setdefault(name, {})[post.ticket.key] = post, span
    return found


def _latest(places: Mapping[str, tuple[Post, tuple[int, int]]]) -> Evidence | None:
    """The last place as evidence, its whole line."""
    dated = [(post.at, post, span) for post, span in places.values() if post.at and post.author]
    if not dated:
        return None
    at, post, (begin, end) = max(dated, key=lambda place: place[0])
    assert post.author is not None
    line = _LINE.search(post.text, post.text.rfind("\n", 0, begin) + 1)
    return post.evidence(line.span() if line else (begin, end), post.author, at)


_LINE = re.compile(r"\S[^\n]*")


def _ref(evidence: Evidence) -> str:
    return "the kickoff" if evidence.source == "kickoff" else evidence.ref


def _shown(metric: str) -> str:
    return metric.upper() if len(metric) <= 5 and metric not in ("recall",) else metric
