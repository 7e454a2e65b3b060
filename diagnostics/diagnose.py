"""The pipeline in one function: a project's records go in, its diagnosis as of one day comes out."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from functools import cache
from zoneinfo import ZoneInfo

from diagnostics.actions import conversations, hold_a_kickoff, in_words, name_product, unblock_the_work
from diagnostics.answers import answer_questions
from diagnostics.causes import causes
from diagnostics.diagnosis import (
    Diagnosis,
    Lane,
    PatternFinding,
    QuestionFinding,
    Score,
    SourceRead,
    Verdict,
    Versions,
)
from diagnostics.drift import drift
from diagnostics.elsewhere import elsewhere
from diagnostics.findings import Answer, Elsewhere, Presence, Status, Symptom
from diagnostics.flow import project_figures
from diagnostics.history import Work, end_of_day, in_local_time
from diagnostics.patterns import Pattern, Question, enabled_patterns, questions_of
from diagnostics.reading import READER_VERSION, Reading, read
from diagnostics.records import KickoffRecord, Problem, Project, ProjectState, Ticket
from diagnostics.roles_lived import roles_as_lived, work_by_person
from diagnostics.scoring import Graded, clarity, flow, health, pattern_clarity, verdict
from diagnostics.settings import Settings
from diagnostics.settled import settle
from diagnostics.symptoms import all_symptoms
from diagnostics.talk.ledger import ThreadReader, ledger_of
from diagnostics.talk.reading import TALK_VERSION, read_threads
from diagnostics.ticket_terms import QUESTION_TERMS, TOPIC_TERMS, TicketTerms
from diagnostics.words import joined

# (canonical text, questions) -> what was read
Reader = Callable[[str, tuple[Question, ...]], Reading]

OLD = 10_000  # days; the age of a project that nothing dates


@dataclass(frozen=True, slots=True)
class ProjectRecords:
    """All that the sources gave of one project.

    `no_kickoff_held`: portfolio.toml says that there was none, so that every gap is certain.
    `tickets` is None when no ticket could be read.
    """

    project: Project
    kickoffs: tuple[KickoffRecord, ...] = ()
    no_kickoff_held: bool = False
    tickets: tuple[Ticket, ...] | None = None
    sources: tuple[SourceRead, ...] = ()
    problems: tuple[Problem, ...] = ()


@cache
def versions(settings: Settings) -> Versions:
    """What makes a diagnosis: the reader, the content of the enabled patterns, symptoms and terms, the settings."""
    content = hashlib.sha256(repr(enabled_patterns(settings.patterns)).encode())
    for rule in all_symptoms():
        content.update(f"{rule.id}{rule.title}{rule.why}{rule.unit}{rule.ask}".encode())
    content.update(repr((QUESTION_TERMS, TOPIC_TERMS)).encode())
    reader = f"{READER_VERSION}+{TALK_VERSION}"
    return Versions(reader=reader, patterns=content.hexdigest()[:12], thresholds=settings.version)


def diagnose(
    records: ProjectRecords,
    as_of: date,
    zone: ZoneInfo,
    settings: Settings,
    reader: Reader = read,
    thread_reader: ThreadReader = read_threads,
) -> Diagnosis:
    """Diagnose one project as of the end of a day in the portfolio's zone.

    Only records, comments and changes up to then are seen; a kickoff record without a date always counts.
    `reader` reads a kickoff record and `thread_reader` the tickets' threads, or they know what they read before.
    """
    project, patterns = records.project, enabled_patterns(settings.patterns)
    questions = questions_of(patterns)
    kickoffs = [record for record in records.kickoffs if record.date is None or record.date <= as_of]
    readings = [(record, reader(record.text, questions)) for record in kickoffs]
    answers = answer_questions(readings, questions, no_kickoff_held=records.no_kickoff_held)

    instant = end_of_day(as_of, zone).astimezone(zone)
    instant = instant.astimezone(timezone(instant.utcoffset() or timedelta()))
    tickets = in_local_time(records.tickets or (), instant)
    work = Work.as_of(tickets, instant, settings, people=project.people)
    ledger = ledger_of(work, project.people, questions, thread_reader)
    answers = settle(answers, ledger, questions, work, as_of)
    by_id = {answer.id: answer for answer in answers}
    findings = tuple(_pattern_finding(pattern, by_id, settings) for pattern in patterns)
    symptoms = tuple(rule.symptom(work) for rule in all_symptoms())

    of_clarity = clarity([_graded(finding.questions) for finding in findings], settings)
    of_flow = flow(symptoms, tickets_read=bool(work.tickets))
    new = _age_days(project, work, kickoffs, as_of) < settings.new_project_days
    judged = verdict(of_clarity, of_flow, settings)
    if new and judged in (Verdict.STUCK, Verdict.STALLED):
        judged = Verdict.UNKNOWN  # too young for its flow to say anything
    roles = roles_as_lived(work, project.people, as_of)
    terms = TicketTerms(work)
    look_elsewhere = elsewhere(symptoms, work, judged, terms)
    actions = [
        *hold_a_kickoff(project, findings, as_of, settings),
        *conversations(project, patterns, findings, as_of, settings),
        *name_product(project, symptoms, as_of),
        *unblock_the_work(project, symptoms, all_symptoms(), judged, as_of),
    ]
    return Diagnosis(
        key=project.key,
        name=project.name,
        team=project.team,
        manager=project.manager,
        state=project.state,
        started=project.started,
        due=project.due,
        as_of=as_of,
        verdict=judged,
        lane=_lane(project, judged, new=new),
        why=_why(judged, of_clarity, of_flow, findings, symptoms, look_elsewhere, new=new),
        sources=records.sources,
        clarity=of_clarity,
        flow=of_flow,
        health=health(of_clarity, of_flow),
        patterns=findings,
        symptoms=symptoms,
        actions=tuple(sorted(actions, key=lambda action: -action.gain)),
        problems=(*records.problems, *_not_counted(records.kickoffs, readings, as_of)),
        versions=versions(settings),
        roles=roles,
        work_by_person=work_by_person(work, project.people, as_of),
        ledger=ledger,
        causes=causes(symptoms, findings, ledger, work, project.people, as_of, roles, terms),
        elsewhere=look_elsewhere,
        drift=drift(answers, ledger, work, project, as_of),
        figures=project_figures(work) if work.tickets else None,
    )


def _not_counted(
    kickoffs: Sequence[KickoffRecord], readings: Sequence[tuple[KickoffRecord, Reading]], as_of: date
) -> list[Problem]:
    """Kickoff records that say nothing to the diagnosis, although they could be opened."""
    later = [
        Problem(
            file=record.ref,
            field="date",
            message=f"is dated {record.date}, after {as_of}, and does not count yet; if the date was taken from the"
            " wrong place, state it in portfolio.toml: {path = ..., date = ...}",
        )
        for record in kickoffs
        if record.date is not None and record.date > as_of
    ]
    return later + [
        Problem(file=record.ref, message=f"could be opened, but not judged: {reading.unreadable}")
        for record, reading in readings
        if reading.unreadable is not None
    ]


def _graded(answers: Sequence[QuestionFinding]) -> list[Graded]:
    return [Graded(answer.status, answer.confidence, answer.weight) for answer in answers]


def _pattern_finding(pattern: Pattern, answers: dict[str, Answer], settings: Settings) -> PatternFinding:
    questions = tuple(
        QuestionFinding(
            **dict(answers[question.id]),
            question=question.question,
            good_answer=question.example,
            weight=question.weight,
            partner=question.partner,
        )
        for question in pattern.questions
    )
    score = pattern_clarity(_graded(questions), settings)
    return PatternFinding(id=pattern.id, title=pattern.title, why=pattern.why, clarity=score, questions=questions)


def _age_days(project: Project, work: Work, kickoffs: Sequence[KickoffRecord], as_of: date) -> int:
    """Days since the project began: as declared, else its earliest record; without any, it counts as old."""
    dates = [project.started] if project.started else []
    if not dates:
        dates = [ticket.created.date() for ticket in work.tickets if ticket.created]
        dates += [record.date for record in kickoffs if record.date]
    return (as_of - min(dates)).days if dates else OLD


def _lane(project: Project, judged: Verdict, *, new: bool) -> Lane:
    if project.state is not ProjectState.ACTIVE:
        return Lane.INACTIVE
    if new:
        return Lane.NEW
    return Lane.UNKNOWN if judged is Verdict.UNKNOWN else Lane.RANKED


def _why(
    judged: Verdict,
    of_clarity: Score,
    of_flow: Score,
    findings: Sequence[PatternFinding],
    symptoms: Sequence[Symptom],
    look_elsewhere: Sequence[Elsewhere],
    *,
    new: bool,
) -> tuple[str, ...]:
    """The two or three reasons for a verdict, the weightiest first, each a sentence."""
    if new and judged is Verdict.UNKNOWN:
        return ("The project is too young for a verdict: its work has not had the time to flow or to stall.",)
    reasons = []
    if judged is Verdict.UNKNOWN:
        if of_clarity.score is None:
            reasons.append("No kickoff record could be read, so most questions are unknown.")
        if of_flow.score is None:
            reasons.append("No ticket could be read, so nobody can say how the work flows.")
        return tuple(reasons) or (
            "What could be read is too thin for a verdict: clarity may lie between "
            f"{of_clarity.low} and {of_clarity.high}, flow between {of_flow.low} and {of_flow.high}.",
        )
    gaps = sorted(
        findings,
        key=lambda finding: finding.clarity.low if finding.clarity.score is None else finding.clarity.score,
    )
    if judged in (Verdict.STUCK, Verdict.DRIFTING):
        reasons += [_gap(finding) for finding in gaps[:2]]
    if judged in (Verdict.STUCK, Verdict.STALLED):
        present = [symptom for symptom in symptoms if symptom.status is Presence.PRESENT]
        reasons += [symptom.why for symptom in sorted(present, key=lambda s: -s.penalty)[:2]]
    if judged is Verdict.STALLED:
        spoken = joined([f"{found.topic} ({len(found.tickets)})" for found in look_elsewhere[:2]])
        look = f"the tickets speak of {spoken}" if spoken else "look at what the tickets wait for"
        reasons.append(f"The kickoff settled most questions, so the cause lies elsewhere: {look}.")
    if judged is Verdict.DRIFTING:
        reasons.append("Work keeps being finished, but towards something that was never agreed.")
    if judged is Verdict.MOVING:
        weak = [finding for finding in gaps if (finding.clarity.score or 0) < 60]
        settled = "The kickoff settled most questions" + (", but not all that matter" if weak else "")
        shown = [symptom for symptom in symptoms if symptom.status is Presence.PRESENT]
        usual = any(s.id == "slowing" and s.status is Presence.ABSENT for s in symptoms) and not shown
        reasons.append(f"{settled}, and work is being finished at its usual rate." if usual else f"{settled}.")
        reasons += [_gap(finding) for finding in weak[:1]] + [symptom.why for symptom in shown[:1]]
    return tuple(reasons)


def _gap(finding: PatternFinding) -> str:
    """A pattern with its open questions by name: "Fuzzy roles: nothing on decision owner; vague on ..."."""
    named: dict[Status, list[str]] = {}
    for found in finding.questions:
        named.setdefault(found.status, []).append(in_words(found.id))
    nothing = [*named.get(Status.MISSING, ()), *named.get(Status.UNANSWERED, ())]
    parts = [
        f"{words} {joined(ids)}"
        for words, ids in (
            ("nothing on", nothing),
            ("two versions of", named.get(Status.CONFLICTING)),
            ("only vague words on", named.get(Status.VAGUE)),
        )
        if ids
    ]
    return f"{finding.title}: {'; '.join(parts) or 'every question is answered'}."
