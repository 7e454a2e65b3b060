"""Elsewhere: where the kickoff is clear and work still stalls, what the tickets speak of instead."""

from collections.abc import Sequence

from diagnostics.diagnosis import Verdict
from diagnostics.findings import Elsewhere, Presence, Symptom
from diagnostics.history import Work
from diagnostics.records import Category
from diagnostics.symptoms import MOST_TICKETS_SHOWN
from diagnostics.ticket_terms import TOPIC_TERMS, Mention, TicketTerms

FEWEST_TICKETS = 2  # that speak of a topic; one is chance


def elsewhere(
    symptoms: Sequence[Symptom], work: Work, verdict: Verdict, terms: TicketTerms | None = None
) -> tuple[Elsewhere, ...]:
    """The topics of the present symptoms' tickets, those of most tickets first, each with a quote a ticket.

    Only of a stalled project: where questions are open as well, they come first (see causes). A ticket that is done
    waits for nothing any more. `terms` is what was read already.
    """
    if verdict is not Verdict.STALLED:
        return ()
    terms = terms or TicketTerms(work)
    shown = [symptom for symptom in symptoms if symptom.status is Presence.PRESENT]
    tickets = {ticket.key: ticket for ticket in work.tickets if ticket.category is not Category.DONE}
    keys = dict.fromkeys(evidence.ref for symptom in shown for evidence in symptom.evidence)
    found = []
    for topic in TOPIC_TERMS:
        spoken = {key: said for key in keys if key in tickets and (said := terms.of(tickets[key], topic))}
        if len(spoken) >= FEWEST_TICKETS:
            found.append(_found(topic, spoken))
    return tuple(sorted(found, key=lambda finding: -len(finding.tickets)))


def _found(topic: str, spoken: dict[str, tuple[Mention, ...]]) -> Elsewhere:
    quotes = [said[0].evidence(f"speaks of {topic}: “{said[0].term}”") for said in spoken.values()]
    return Elsewhere.model_validate(
        {"topic": topic, "tickets": tuple(spoken), "evidence": tuple(quotes[:MOST_TICKETS_SHOWN])}
    )
