"""Wording: scores, verdicts, statuses and evidence in the words that all reports and pages share."""

from diagnostics.diagnosis import Action, Diagnosis, Lane, PortfolioDiagnosis, Score, Verdict
from diagnostics.findings import Evidence, Presence, Status, Symptom

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
