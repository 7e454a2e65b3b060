"""Bouncing: tickets handed from person to person, or moved back, again and again."""

from datetime import timedelta

from diagnostics.history import Work
from diagnostics.symptoms._contract import Measurement, Rule

WINDOW_DAYS = 60
BOUNCES_A_TICKET = 2  # one hand-over or one step back is ordinary work


def measure(work: Work) -> Measurement:
    """How many tickets bounced at least twice within the last 60 days."""
    if work.tickets and all(work.history(ticket) is None for ticket in work.tickets):
        return Measurement(None, "The tickets show no history, so hand-overs and moves back cannot be seen.")
    since = work.instant - timedelta(days=WINDOW_DAYS)
    counts = [(len(work.bounces(ticket, since)), ticket) for ticket in work.tickets]
    bouncing = sorted(((n, t) for n, t in counts if n >= BOUNCES_A_TICKET), key=lambda pair: -pair[0])
    return Measurement(
        len(bouncing),
        f"{len(bouncing)} tickets were handed on or moved back at least twice in the last {WINDOW_DAYS} days.",
        [(ticket, f"handed on or moved back {n} times in {WINDOW_DAYS} days") for n, ticket in bouncing],
    )


SYMPTOM = Rule(
    id="bouncing",
    title="Bouncing tickets",
    why="A ticket that goes to and fro between people has no owner: each takes it for the other's work, or"
    " nobody has said what finished means.",
    unit="tickets",
    ask="For each bouncing ticket: whose work is it, and what must be true for it to count as done?",
    measure=measure,
)
