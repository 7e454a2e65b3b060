"""The report in Markdown: the portfolio at a glance, then each project, worst first."""

from collections.abc import Iterator

from diagnostics.diagnosis import Diagnosis, PortfolioDiagnosis, QuestionFinding
from diagnostics.escape import plain
from diagnostics.findings import Evidence, Ledger, OpenQuestion
from diagnostics.reports import Format
from diagnostics.reports.wording import (
    OLDEST_ASKED,
    STATUSES,
    actions_in_order,
    asked_text,
    cited,
    days_text,
    forecast_text,
    product_line,
    reasons,
    roles_that_show,
    roles_untold,
    score_text,
    shown_health,
    source_text,
    summary_text,
    symptom_text,
    verdict_text,
    verdict_word,
    who_could_answer,
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
    yield from (f"- {plain(reason)}" for reason in reasons(project))
    if product := product_line(project):
        said = cited(product.said) if product.said else product.rest
        yield f"- {plain(f'{product.headline}: {said}')}"
    if project.actions:
        yield ""
        yield "### Next actions"
        for number, action in enumerate(actions_in_order(project), start=1):
            gain = f" (clarity +{action.gain})" if action.gain else ""
            yield ""
            yield f"{number}. **{plain(action.title)}**{gain}"
            yield f"   First step: {plain(action.first_step)}"
            yield from (f"   - {plain(question)}" for question in action.agenda)
    yield from _causes(project)
    yield from _asked(project.ledger)
    yield from _drift(project)
    yield from _roles(project)
    for pattern in project.patterns:
        yield ""
        yield f"### {plain(pattern.title)}: clarity {score_text(pattern.clarity)}"
        yield ""
        for question in pattern.questions:
            yield from _question(question)
    yield ""
    yield "### Symptoms in the tickets"
    yield ""
    if project.figures:
        yield plain(forecast_text(project.figures))
        yield ""
    for symptom in project.symptoms:
        yield f"- **{plain(symptom.title)}**: {plain(symptom_text(symptom))}. {plain(symptom.why)}"
        yield from (_quote(evidence) for evidence in symptom.evidence)


def _causes(project: Diagnosis) -> Iterator[str]:
    if project.causes or project.elsewhere:
        yield ""
        yield "### What probably holds it"
        yield ""
    for cause in project.causes:
        yield f"- **{plain(cause.sentence)}** ({plain(', '.join(cause.tickets))})"
        yield f"  - Speaks for it: {plain(' '.join(cause.speaks_for))}"
        if cause.speaks_against:
            yield f"  - Speaks against it: {plain(' '.join(cause.speaks_against))}"
        yield f"  - How to tell: {plain(cause.tells_apart)}"
    for other in project.elsewhere:
        yield f"- The kickoff is clear; the tickets speak of {other.topic}: {plain(', '.join(other.tickets))}"


def _asked(ledger: Ledger) -> Iterator[str]:
    yield ""
    yield "### Asked, not answered"
    yield ""
    yield plain(asked_text(ledger))
    if ledger.open:
        yield ""
    yield from (f"- {_waits(question)}" for question in ledger.open[:OLDEST_ASKED])


def _waits(question: OpenQuestion) -> str:
    return plain(f"{days_text(question.age_days)}: {cited(question.evidence)}; {who_could_answer(question)}")


def _drift(project: Diagnosis) -> Iterator[str]:
    if project.drift:
        yield ""
        yield "### Agreed, and changed since"
        yield ""
    for finding in project.drift:
        yield f"- **{plain(finding.title)}**: {plain(finding.why)}"
        yield from (_quote(evidence) for evidence in finding.evidence)


def _roles(project: Diagnosis) -> Iterator[str]:
    if project.roles:
        yield ""
        yield "### Roles declared, roles lived"
        yield ""
    for role in roles_that_show(project.roles):
        yield f"- **{plain(role.title)}**: {plain(role.why)}"
    yield from (f"- Cannot be told: {plain(why)}" for why in roles_untold(project.roles))


def _question(question: QuestionFinding) -> Iterator[str]:
    symbol, word = STATUSES[question.status]
    yield f"- {plain(symbol)} **{plain(question.question)}** {word}: {plain(question.why)}"
    yield from (_quote(evidence) for evidence in question.evidence)


def _quote(evidence: Evidence) -> str:
    return f"  > {plain(evidence.quote)}\n  > — {plain(source_text(evidence))}\n"


FORMAT = Format("md", "text/markdown", render)
