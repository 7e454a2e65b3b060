"""Ageing work: tickets in progress for longer than most of the project's finished tickets took."""

from diagnostics.flow import cycle_percentiles
from diagnostics.history import Work
from diagnostics.records import Category
from diagnostics.symptoms._contract import Measurement, Rule

SHORTEST_AGE_DAYS = 21  # under three weeks nothing is old, however fast the project usually is


def measure(work: Work) -> Measurement:
    """How many tickets are in progress for longer than 85 % of what was finished took, and for three weeks at least.

    Research tickets are left out: nobody said when they would end.
    """
    started = [t for t in work.open if t.category is Category.INDETERMINATE and not work.is_research(t)]
    begun = {ticket.key: work.begun(ticket) for ticket in started}
    if (work.tickets and not work.categorised) or (started and not any(begun.values())):
        return Measurement(None, "The tickets show no history, so nobody can say since when work is in progress.")
    usual = (cycle_percentiles(work) or (None, None, None))[1]
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
