"""The report in Markdown: the portfolio at a glance, then each project, worst first."""

from collections.abc import Iterator

from diagnostics.diagnosis import Diagnosis, PortfolioDiagnosis, QuestionFinding
from diagnostics.escape import plain
from diagnostics.findings import Evidence
from diagnostics.reports import Format
from diagnostics.reports.wording import (
    STATUSES,
    actions_in_order,
    score_text,
    shown_health,
    source_text,
    summary_text,
    symptom_text,
    verdict_text,
    verdict_word,
)


def render(document: PortfolioDiagnosis) -> str:
    """The whole report; every text from outside is escaped."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: PortfolioDiagnosis) -> Iterator[str]:
    yield f"# Project health: {plain(document.name)}"
    yield ""
    yield f"As of {document.as_of}. Health is the lower of clarity (what the kickoff settled) and flow (how the"
    yield "tickets move), each from 0 to 100 with its range."
    yield ""
    yield f"**{summary_text(document)}**"
    yield ""
    yield "| Project | Verdict | Health | Clarity | Flow |"
    yield "|---|---|---|---|---|"
    for project in document.projects:
        figures = " | ".join(score_text(s) for s in (shown_health(project), project.clarity, project.flow))
        yield f"| {plain(project.name)} | {verdict_word(project)} | {figures} |"
    for project in document.projects:
        yield ""
        yield from _project(project)
    if document.problems:
        yield ""
        yield "## What was left out"
        yield ""
        yield from (f"- {plain(str(problem))}" for problem in document.problems)
    made_by = document.versions
    yield ""
    yield f"Reader {made_by.reader}, patterns {made_by.patterns}, thresholds {made_by.thresholds}."


def _project(project: Diagnosis) -> Iterator[str]:
    yield f"## {plain(project.name)} ({plain(project.key)})"
    yield ""
    yield f"**{verdict_text(project)}.** Health {score_text(shown_health(project))}, clarity"
    yield f"{score_text(project.clarity)}, flow {score_text(project.flow)}."
    yield ""
    yield from (f"- {plain(reason)}" for reason in project.why)
    if project.actions:
        yield ""
        yield "### Next actions"
        for number, action in enumerate(actions_in_order(project), start=1):
            gain = f" (clarity +{action.gain})" if action.gain else ""
            yield ""
            yield f"{number}. **{plain(action.title)}**{gain}"
            yield f"   First step: {plain(action.first_step)}"
            yield from (f"   - {plain(question)}" for question in action.agenda)
    for pattern in project.patterns:
        yield ""
        yield f"### {plain(pattern.title)}: clarity {score_text(pattern.clarity)}"
        yield ""
        for question in pattern.questions:
            yield from _question(question)
    yield ""
    yield "### Symptoms in the tickets"
    yield ""
    for symptom in project.symptoms:
        yield f"- **{plain(symptom.title)}**: {plain(symptom_text(symptom))}. {plain(symptom.why)}"
        yield from (_quote(evidence) for evidence in symptom.evidence)


def _question(question: QuestionFinding) -> Iterator[str]:
    symbol, word = STATUSES[question.status]
    yield f"- {plain(symbol)} **{plain(question.question)}** {word}: {plain(question.why)}"
    yield from (_quote(evidence) for evidence in question.evidence)


def _quote(evidence: Evidence) -> str:
    return f"  > {plain(evidence.quote)}\n  > — {plain(source_text(evidence))}\n"


FORMAT = Format("md", "text/markdown", render)
