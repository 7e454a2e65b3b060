"""Ageing work: tickets in progress for longer than most of the project's finished tickets took."""

from datetime import timedelta
from statistics import quantiles

from diagnostics.history import Work
from diagnostics.records import Category
from diagnostics.symptoms._contract import Measurement, Rule

SHORTEST_AGE_DAYS = 21  # under three weeks nothing is old, however fast the project usually is
FEWEST_FINISHED = 8  # fewer cycle times give no percentile worth the name


def usual_days(work: Work) -> float | None:
    """The 85th percentile of the project's own cycle times (days from begun to finished).

    The percentile as a service level for work in progress: Vacanti, Actionable Agile Metrics (2015).
    """
    took = [
        (finished - begun) / timedelta(days=1)
        for ticket in work.tickets
        if (begun := work.begun(ticket)) and (finished := work.finished(ticket)) and finished > begun
    ]
    return quantiles(took, n=20, method="inclusive")[16] if len(took) >= FEWEST_FINISHED else None


def measure(work: Work) -> Measurement:
    """How many tickets have been in progress for longer than that, and for three weeks at least."""
    started = [ticket for ticket in work.open if ticket.category is Category.INDETERMINATE]
    begun = {ticket.key: work.begun(ticket) for ticket in started}
    if (work.tickets and not work.categorised) or (started and not any(begun.values())):
        return Measurement(None, "The tickets show no history, so nobody can say since when work is in progress.")
    usual = usual_days(work)
    limit = max(SHORTEST_AGE_DAYS, usual or 0)
    ages = [(work.days_since(moment), ticket) for ticket in started if (moment := begun[ticket.key])]
    old = sorted(((age, t) for age, t in ages if age > limit), key=lambda pair: -pair[0])
    finished = "" if usual is None else f"; 85 % of what was finished took {usual:.0f} days or less"
    return Measurement(
        len(old),
        f"{len(old)} of {len(started)} tickets in progress have been so for more than {limit:.0f} days{finished}.",
        [(ticket, f"in progress for {age:.0f} days") for age, ticket in old],
    )


SYMPTOM = Rule(
    id="ageing-work",
    title="Ageing work",
    why="Work that stays in progress far longer than usual is mostly waiting: for a decision, for data, or for"
    " somebody who believes that it is someone else's turn.",
    unit="tickets",
    ask="For each old ticket: what is it waiting for, and who could settle that this week? Else put it back.",
    measure=measure,
)
