"""Blocked: open tickets that are flagged, in a blocked or waiting status, or linked behind open work."""

from diagnostics.history import Work
from diagnostics.symptoms._contract import Measurement, Rule


def measure(work: Work) -> Measurement:
    """How many open tickets are blocked at the instant."""
    if work.tickets and not work.categorised:
        return Measurement(None, "The tickets show no status for this day, so nobody can say what is blocked.")
    stuck = [(ticket, reason) for ticket in work.open if (reason := work.blocked_because(ticket))]
    shown = any(ticket.flagged is not None or ticket.links is not None for ticket in work.open)
    if work.open and not shown and len(stuck) < work.settings.blocked.threshold:
        return Measurement(None, "This source shows neither flags nor links, so blocked work may be hidden.")
    return Measurement(
        len(stuck),
        f"{len(stuck)} of {len(work.open)} open tickets are blocked or wait for another one.",
        stuck,
    )


SYMPTOM = Rule(
    id="blocked",
    title="Blocked work",
    why="Tickets that wait for something outside the team do not move by working harder; someone has to be asked,"
    " and often nobody has been.",
    unit="tickets",
    ask="For each blocked ticket: who can remove the block, have they been asked, and by when will they?",
    measure=measure,
)
