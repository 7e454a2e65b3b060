"""Wording: scores, verdicts, statuses and evidence in the words that all reports and pages share."""

from collections.abc import Sequence
from typing import NamedTuple

from diagnostics.actions import in_words
from diagnostics.diagnosis import Action, Diagnosis, Lane, PortfolioDiagnosis, Score, Verdict
from diagnostics.findings import Evidence, Ledger, OpenQuestion, Presence, RoleFinding, Status, Symptom
from diagnostics.flow import WEEKS, FlowFigures
from diagnostics.symptoms.product_silent import LAST_SPOKE

OLDEST_ASKED = 3  # of the questions that wait, as many as a director reads

VERDICTS: dict[Verdict, str] = {
    Verdict.STUCK: "Stuck: the goals are unclear and the work has slowed down",
    Verdict.DRIFTING: "Drifting: work goes on, but towards goals that nobody has settled",
    Verdict.STALLED: "Stalled: the goals are clear, but the work does not flow",
    Verdict.MOVING: "Moving: the goals are clear and the work flows",
    Verdict.UNKNOWN: "Cannot tell: too little could be read",
}
LANES: dict[Lane, str] = {
    Lane.RANKED: "Ranked, worst first",
    Lane.NEW: "New: younger than three weeks",
    Lane.UNKNOWN: "Cannot tell: connect the tickets or hold a kickoff",
    Lane.INACTIVE: "Paused or done: not ranked",
}
# A symbol goes with each word, so that nothing is said by colour alone.
STATUSES: dict[Status, tuple[str, str]] = {
    Status.ANSWERED: ("✓", "answered"),
    Status.VAGUE: ("~", "vague"),
    Status.CONFLICTING: ("≠", "conflicting"),
    Status.UNANSWERED: ("…", "asked, not answered"),
    Status.MISSING: ("✗", "missing"),
    Status.UNKNOWN: ("?", "unknown"),
}


def score_text(score: Score) -> str:
    """A score with its range: "41 (30 to 62)"; "unknown (0 to 100)" without a figure."""
    figure = "unknown" if score.score is None else str(score.score)
    return figure if score.low == score.high == score.score else f"{figure} ({score.low} to {score.high})"


def verdict_word(diagnosis: Diagnosis) -> str:
    """The verdict in a word; where the project is not ranked, what it is instead."""
    if diagnosis.lane is Lane.INACTIVE:
        return diagnosis.state.capitalize()
    if diagnosis.lane is Lane.NEW:
        return "New"
    return VERDICTS[diagnosis.verdict].partition(":")[0]


def shown_health(diagnosis: Diagnosis) -> Score:
    """Health without its figure where a side is unknown: that of the other side alone would look like a good one."""
    known = None not in (diagnosis.clarity.score, diagnosis.flow.score)
    return diagnosis.health if known else diagnosis.health.model_copy(update={"score": None})


def verdict_text(diagnosis: Diagnosis) -> str:
    """The verdict as one sentence, with the lane where the project is not ranked."""
    if diagnosis.lane is Lane.NEW and diagnosis.verdict is Verdict.UNKNOWN:
        return "New: too young for a verdict"
    said = VERDICTS[diagnosis.verdict]
    return f"{said} ({diagnosis.state})" if diagnosis.lane is Lane.INACTIVE else said


def summary_text(document: PortfolioDiagnosis) -> str:
    """The portfolio in one sentence: how many ranked projects are stuck, drifting, stalled and moving."""
    ranked = [project.verdict for project in document.projects if project.lane is Lane.RANKED]
    counts = [f"{ranked.count(verdict)} {verdict}" for verdict in Verdict if verdict in ranked]
    aside = len(document.projects) - len(ranked)
    others = f" {aside} more cannot be compared: new, too little known, or not active." if aside else ""
    if not ranked:
        return f"No project can be ranked yet.{others}"
    noun = "project" if len(ranked) == 1 else "projects"
    return f"Of {len(ranked)} ranked {noun}, {', '.join(counts)}.{others}"


def actions_in_order(diagnosis: Diagnosis) -> list[Action]:
    """What to do first comes first: where the kickoff is clear, that is to go through the work."""
    stalled = diagnosis.verdict is Verdict.STALLED
    return sorted(diagnosis.actions, key=lambda action: stalled and not action.symptoms)


def source_text(evidence: Evidence) -> str:
    """Where a quote stands, under which titles, who wrote it, and when."""
    under = f"under “{evidence.heading}”" if evidence.heading else None
    facts = (evidence.ref, under, evidence.author, evidence.date, evidence.note)
    return ", ".join(str(fact) for fact in facts if fact is not None)


def pieces(evidence: Evidence) -> list[tuple[str, bool]]:
    """The quote in pieces, and of each whether it is what made the quote concrete or vague."""
    found: list[tuple[str, bool]] = []
    at = 0
    for begin, end in evidence.grounds:
        found += [(evidence.quote[at:begin], False), (evidence.quote[begin:end], True)]
        at = end
    return [(piece, marked) for piece, marked in (*found, (evidence.quote[at:], False)) if piece]


def symptom_text(symptom: Symptom) -> str:
    """A symptom's measurement against its threshold."""
    if symptom.status is Presence.UNKNOWN:
        return "unknown"
    value = f"{symptom.value:g}"
    return f"{symptom.status}: {value} {symptom.unit} (from {symptom.threshold:g})"


class ProductLine(NamedTuple):
    """When Product last spoke: in a few words, and what else there is to say; `said` is what it wrote last, if it did.

    `why` is the sentence that it stands for, so that nobody says both.
    """

    status: Presence
    headline: str
    rest: str
    said: Evidence | None
    why: str


def product_line(diagnosis: Diagnosis) -> ProductLine | None:
    """When Product last spoke; that nobody is named who could; or why it cannot be told."""
    symptom = next((symptom for symptom in diagnosis.symptoms if symptom.id == "product-silent"), None)
    if symptom is None:
        return None
    headline, rest, said = "Product", symptom.why, None
    if any(action.id == "name-product" for action in diagnosis.actions):
        headline = "Nobody is named who speaks for Product"
        rest = "Agree on one person, and name them in portfolio.toml."
    elif symptom.value is not None and symptom.evidence and symptom.why.startswith(LAST_SPOKE):
        headline = f"{LAST_SPOKE} {'today' if symptom.value == 0 else f'{days_text(symptom.value)} ago'}"
        rest, said = "", symptom.evidence[0]
    elif symptom.evidence:  # the first ticket, since which it could have written
        headline = "Product has not spoken yet"
    return ProductLine(symptom.status, headline, rest, said, symptom.why)


def reasons(diagnosis: Diagnosis) -> list[str]:
    """The reasons for the verdict, without the one that the product line says beside them."""
    product = product_line(diagnosis)
    return [reason for reason in diagnosis.why if product is None or reason != product.why]


def cited(evidence: Evidence) -> str:
    """A quote within a sentence, with where it stands, who wrote it and when."""
    facts = (evidence.ref, evidence.author, evidence.date)
    return f"“{evidence.quote}” ({', '.join(str(fact) for fact in facts if fact is not None)})"


def asked_text(ledger: Ledger) -> str:
    """How many questions wait, of how much that was read."""
    if ledger.unknown:
        return ledger.unknown
    if not ledger.threads:
        return "No ticket was read for questions."
    read = f"{count(ledger.threads, 'ticket')} read: {count(ledger.answered, 'question')} answered"
    shown = f", of which the {OLDEST_ASKED} oldest:" if len(ledger.open) > OLDEST_ASKED else "."
    return f"{read}, {len(ledger.open) or 'none'} open{shown}"


def who_could_answer(question: OpenQuestion) -> str:
    """Whom to ask, as the end of a sentence."""
    return f"{question.asked_to} could answer" if question.asked_to else "nobody is named who could answer"


def question_text(diagnosis: Diagnosis, id: str) -> str:
    """A kickoff question in its own words; from its id where this diagnosis did not ask it."""
    asked = (question for pattern in diagnosis.patterns for question in pattern.questions)
    return next((question.question for question in asked if question.id == id), _capital(in_words(id)))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def symptom_title(diagnosis: Diagnosis, id: str) -> str:
    """A symptom's title."""
    return next((symptom.title for symptom in diagnosis.symptoms if symptom.id == id), _capital(in_words(id)))


def roles_that_show(roles: Sequence[RoleFinding]) -> list[RoleFinding]:
    """The role findings that tickets show."""
    return [role for role in roles if role.status is Presence.PRESENT]


def roles_untold(roles: Sequence[RoleFinding]) -> dict[str, list[str]]:
    """What cannot be told of roles, by why it cannot."""
    by_why: dict[str, list[str]] = {}
    for role in roles:
        if role.status is Presence.UNKNOWN:
            by_why.setdefault(role.why, []).append(role.title)
    return by_why


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: "1 ticket", "3 tickets"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def days_text(days: float) -> str:
    """A span of days: "1 day", "12 days"."""
    return f"{days:.0f} day" if round(days) == 1 else f"{days:,.0f} days"


def weeks_text(fewest: int, most: int) -> str:
    """A span of weeks: "1 week", "9 to 12 weeks"."""
    if fewest == most:
        return f"{most} week{'' if most == 1 else 's'}"
    return f"{fewest} to {most} weeks"


def forecast_text(figures: FlowFigures) -> str:
    """When the open work is likely to be finished, and what that supposes; or why nobody can say."""
    made = figures.forecast
    if made is None:
        return f"No forecast: {figures.no_forecast}."
    tickets = "The open ticket takes" if made.remaining == 1 else f"The {made.remaining} open tickets take"
    return (
        f"{tickets} {weeks_text(made.weeks_50, made.weeks_85)} more: in half of the trials {made.weeks_50}, in 85 %"
        f" {made.weeks_85}, in 95 % {made.weeks_95}, if weeks go on like the last {WEEKS} and nothing is added."
    )
