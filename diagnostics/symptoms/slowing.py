"""Slowing: fewer tickets finished a week than in the project's own recent past."""

from datetime import timedelta

from diagnostics.history import Work
from diagnostics.symptoms._contract import Measurement, Rule

RECENT_WEEKS, PAST_WEEKS = 4, 12
FEWEST_FINISHED = 6  # in the past window; fewer make every drop a matter of chance


def measure(work: Work) -> Measurement:
    """The drop in per cent from the twelve weeks before to the last four (0 if it did not drop)."""
    if work.tickets and not work.categorised:
        return Measurement(None, "The tickets show no status for this day, so nobody can say what was finished.")
    recent_from = work.instant - timedelta(weeks=RECENT_WEEKS)
    past_from = recent_from - timedelta(weeks=PAST_WEEKS)
    finished = sorted(
        ((when, ticket) for ticket in work.tickets if (when := work.finished(ticket))),
        key=lambda pair: pair[0],
    )
    recent = sum(when > recent_from for when, _ in finished)
    past = sum(past_from < when <= recent_from for when, _ in finished)
    if past < FEWEST_FINISHED:
        return Measurement(
            None,
            f"Only {past} tickets were finished in the {PAST_WEEKS} weeks before the last {RECENT_WEEKS}: too few.",
        )
    now, before = recent / RECENT_WEEKS, past / PAST_WEEKS
    drop = max(0.0, 100 * (1 - now / before))
    shown = [(ticket, f"finished on {when:%Y-%m-%d}, among the last") for when, ticket in finished[:-6:-1]]
    return Measurement(
        round(drop),
        f"{now:.1f} tickets finished a week in the last {RECENT_WEEKS} weeks, {before:.1f} before.",
        shown,
    )


SYMPTOM = Rule(
    id="slowing",
    title="Slowing down",
    why="A team that finishes much less than it used to has met something: a bottleneck, a question that nobody"
    " answers, or another project that takes its people.",
    unit="% fewer finished a week",
    ask="What changed when the finishing rate fell: people, data, a decision that is missing?",
    measure=measure,
)
