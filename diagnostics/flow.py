"""Flow: exact figures of how each ticket went, and of the project's work as a whole, as of an instant."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from statistics import quantiles
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from diagnostics.findings import Finding
from diagnostics.history import Interval, StatusSpan, Work, merged
from diagnostics.records import Category, Ticket

WEEKS = 12  # of throughput that are shown, and that a forecast draws from
FEWEST_FINISHED = 10  # in these weeks; a forecast from fewer would be a guess with decimals
TRIALS = 10_000
LONGEST_WEEKS = 520  # a trial that is not done after ten years counts as ten years
SEED = 20260930  # so that the same tickets give the same forecast
UNDATED = "the tickets do not show when they were finished"
SCOPE_WEEKS = 8  # in which growth of scope is measured
FEWEST_CYCLE_TIMES = 8  # fewer give no percentile worth the name
DAY = 86_400  # seconds
_MILLISECOND = timedelta(milliseconds=1)


class IssueFlow(msgspec.Struct, frozen=True):
    """How one ticket went until the instant (design, section 6). What the source cannot show is None.

    Durations are seconds of the clock, rounded half up once from a sum in milliseconds.
    """

    key: str
    seconds_in_status: dict[str, int] | None
    reassignments: int | None
    backward_moves: int | None
    reopened: int | None
    blocked_seconds: int | None
    last_human_event: datetime | None
    working_seconds_in_status: dict[str, int] | msgspec.UnsetType | None = msgspec.UNSET


def issue_flow(work: Work, ticket: Ticket, workdays_in: ZoneInfo | None = None) -> IssueFlow:
    """The exact figures of one ticket; with the time of Mondays to Fridays in a zone, if one is given."""
    found = _issue_flow(work, ticket)
    if workdays_in is None:
        return found
    spans = work.spans(ticket)
    on_workdays = None if spans is None else working_seconds(spans, workdays_in)
    return msgspec.structs.replace(found, working_seconds_in_status=on_workdays)


def working_seconds(spans: Iterable[StatusSpan], zone: ZoneInfo) -> dict[str, int]:
    """Seconds in each status on Mondays to Fridays of a zone, every such day counted as 24 hours."""
    totals: dict[str, float] = {}
    for span in spans:
        begin, end = (moment.astimezone(zone).replace(tzinfo=None) for moment in (span.begin, span.end))
        days = float(np.busday_count(begin.date(), end.date()))
        worked = days * DAY - _gone_of_workday(begin) + _gone_of_workday(end)
        totals[span.status or ""] = totals.get(span.status or "", 0.0) + worked
    return {name: int(total + 0.5) for name, total in totals.items()}


def _gone_of_workday(moment: datetime) -> float:
    """How many seconds of a day have gone by; none of a Saturday or Sunday."""
    midnight = datetime.combine(moment.date(), time())
    return (moment - midnight).total_seconds() if moment.weekday() < 5 else 0.0


def _issue_flow(work: Work, ticket: Ticket) -> IssueFlow:
    history = work.history(ticket)
    if history is None or ticket.created is None:
        return IssueFlow(ticket.key, None, None, None, None, None, work.last_human_moment(ticket))
    reassigned = reopened = 0
    backward: int | None = 0
    for change in history:
        if change.field == "status":
            steps_back, reopens = work.move(change.before_text, change.after_text)
            backward = None if backward is None or steps_back is None else backward + steps_back
            reopened += reopens
        elif change.field == "assignee":
            before, after = change.before or change.before_text, change.after or change.after_text
            reassigned += bool(before and after) and before != after
    return IssueFlow(
        ticket.key,
        _seconds_in_status(work, ticket),
        reassigned,
        backward,
        reopened,
        _seconds(sum((end - begin for begin, end in blocked(work, ticket)), timedelta())),
        work.last_human_moment(ticket),
    )


def _seconds(total: timedelta) -> int:
    return (total // _MILLISECOND + 500) // 1000


def _seconds_in_status(work: Work, ticket: Ticket) -> dict[str, int]:
    totals: dict[str, timedelta] = {}
    for span in work.spans(ticket) or ():
        name = span.status or ""
        totals[name] = totals.get(name, timedelta()) + (span.end - span.begin)
    return {name: _seconds(total) for name, total in totals.items()}


def blocked(work: Work, ticket: Ticket) -> list[Interval]:
    """When the ticket was blocked, overlaps joined: flagged, in a status that says so, or behind an open ticket."""
    fields = {change.field for change in work.history(ticket) or ()}
    found = [(span.begin, span.end) for span in work.spans(ticket) or () if work.says_blocked(span.status)]
    if ticket.flagged or not fields.isdisjoint(("Flagged", "flagged")):
        found += _flagged(work, ticket)
    if ticket.links or not fields.isdisjoint(("Link", "link")):
        found += _behind_open_work(work, ticket)
    return merged(found) if len(found) > 1 else found


def _flagged(work: Work, ticket: Ticket) -> Iterator[Interval]:
    assert ticket.created is not None
    since = None
    flags = [change for change in work.history(ticket) or () if change.field.casefold() == "flagged"]
    if flags[0].before_text if flags else ticket.flagged:
        since = ticket.created
    for change in flags:
        if change.after_text and since is None:
            since = change.at
        elif not change.after_text and since is not None:
            yield since, change.at
            since = None
    if since is not None:
        yield since, work.instant


def _behind_open_work(work: Work, ticket: Ticket) -> Iterator[Interval]:
    """While a link "is blocked by" led to an open ticket.

    When a ticket outside of the input was open cannot be seen, unless it is open now.
    """
    assert ticket.created is not None
    since: dict[str, datetime] = {}
    linked: list[tuple[str, Interval]] = []
    for change in work.history(ticket) or ():
        if change.field.casefold() != "link":
            continue
        if change.before and "blocked by" in (change.before_text or "").casefold():
            linked.append((change.before, (since.pop(change.before, ticket.created), change.at)))
        if change.after and "blocked by" in (change.after_text or "").casefold():
            since.setdefault(change.after, change.at)
    for link in ticket.links or ():
        if "blocked by" in link.phrase.casefold():
            since.setdefault(link.key, ticket.created)
    linked += [(key, (begin, work.instant)) for key, begin in since.items()]
    for key, (begin, end) in linked:
        if key == ticket.key:
            continue
        for from_, to in work.open_times(key, ticket):
            if begin < to and from_ < end:
                yield max(begin, from_), min(end, to)


class Forecast(Finding):
    """The weeks within which the remaining work was finished in 50, 85 and 95 % of the trials."""

    remaining: int
    finished: int
    weeks_50: int
    weeks_85: int
    weeks_95: int


class FlowFigures(Finding):
    """A project's work as of a day. What the tickets cannot show is None; days are of the clock, 24 hours each.

    `finished_weekly` and `created_weekly` go from the oldest of the last `WEEKS` weeks to the latest; `cycle_days` are
    the 50th, 85th and 95th percentiles of the project's own times from begun to finished; `older_than_usual` counts
    open work in progress for longer than the 85th. `scope_growth` is the share by which the number of tickets ever
    created grew in the last eight weeks. Research tickets, whose end nobody can plan, are counted apart.
    """

    tickets: int
    open: int | None
    in_progress: int | None
    research_open: int | None
    blocked_now: int | None
    waiting_for_finished: tuple[str, ...]
    finished_weekly: tuple[int, ...] | None
    created_weekly: tuple[int, ...]
    cycle_days: tuple[float, float, float] | None
    ages_days: tuple[tuple[str, float], ...] | None
    older_than_usual: int | None
    scope_growth: float | None
    active_days: int
    silent_days: int | None
    forecast: Forecast | None
    no_forecast: str | None


def flow_json(key: str, work: Work, workdays_in: ZoneInfo | None = None) -> str:
    """The figures of a project and of each of its tickets as one JSON object (design, section 6)."""
    aggregates = project_figures(work).model_dump_json()
    shown = msgspec.json.encode([issue_flow(work, ticket, workdays_in) for ticket in work.tickets]).decode()
    return f'{{"key": {json.dumps(key)}, "issues": {shown}, {aggregates[1:]}'


def project_figures(work: Work) -> FlowFigures:
    """The figures of a project's work as of the instant."""
    known = bool(work.tickets) and all(ticket.category for ticket in work.tickets)
    planned = [ticket for ticket in work.open if not work.is_research(ticket)]
    finished = [when for ticket in work.tickets if (when := work.finished(ticket))]
    dated = all(work.finished(ticket) for ticket in work.tickets if ticket.category is Category.DONE)
    weekly = per_week(work, finished) if known and dated else None
    created = [ticket.created for ticket in work.tickets if ticket.created]
    usual = cycle_percentiles(work)
    ages = _ages(work)
    before = sum(moment <= work.instant - timedelta(weeks=SCOPE_WEEKS) for moment in created)
    last = work.last_human_event
    made, why_not = forecast(len(planned), weekly) if weekly is not None else (None, UNDATED)
    return FlowFigures(
        tickets=len(work.tickets),
        open=len(work.open) if known else None,
        in_progress=sum(t.category is Category.INDETERMINATE for t in work.open) if known else None,
        research_open=len(work.open) - len(planned) if known else None,
        blocked_now=sum(work.blocked_because(ticket) is not None for ticket in work.open) if known else None,
        waiting_for_finished=tuple(ticket.key for ticket in work.open if work.finished_blockers(ticket)),
        finished_weekly=weekly,
        created_weekly=per_week(work, created),
        cycle_days=usual,
        ages_days=ages,
        older_than_usual=None if ages is None or usual is None else sum(age > usual[1] for _, age in ages),
        scope_growth=round(len(created) / before - 1, 3) if before else None,
        active_days=work.active_days,
        silent_days=None if last is None or not work.shows_all_events else int(work.days_since(last.at)),
        forecast=made,
        no_forecast=why_not,
    )


def per_week(work: Work, moments: Sequence[datetime]) -> tuple[int, ...]:
    """How many of the moments fall into each of the last `WEEKS` weeks (seven days back from the instant each)."""
    ago = Counter(int((work.instant - moment) / timedelta(weeks=1)) for moment in moments)
    return tuple(ago[week] for week in reversed(range(WEEKS)))


def cycle_percentiles(work: Work) -> tuple[float, float, float] | None:
    """The 50th, 85th and 95th percentile of the project's own cycle times (days from begun to finished).

    Percentiles of the past as a service level for work in progress: Vacanti, Actionable Agile Metrics for
    Predictability (2015), chapter 10. Inclusive interpolation, as the finished tickets are the whole population.
    """
    took = [
        (finished - begun) / timedelta(days=1)
        for ticket in work.tickets
        if (finished := work.finished(ticket))
        and (begun := work.begun(ticket))
        and finished > begun
        and not work.is_research(ticket)
    ]
    if len(took) < FEWEST_CYCLE_TIMES:
        return None
    cuts = quantiles(took, n=100, method="inclusive")
    return round(cuts[49], 2), round(cuts[84], 2), round(cuts[94], 2)


def _ages(work: Work) -> tuple[tuple[str, float], ...] | None:
    """Each ticket in progress with the days since work on it began, oldest first."""
    if not all(ticket.category for ticket in work.tickets):
        return None
    started = [t for t in work.open if t.category is Category.INDETERMINATE and not work.is_research(t)]
    begun = [(ticket.key, moment) for ticket in started if (moment := work.begun(ticket))]
    if started and not begun:
        return None
    return tuple(sorted(((key, round(work.days_since(at), 2)) for key, at in begun), key=lambda pair: -pair[1]))


def forecast(remaining: int, finished_weekly: Sequence[int]) -> tuple[Forecast | None, str | None]:
    """A Monte Carlo forecast of the remaining work, or why there is none.

    Each trial draws whole weeks, with replacement, from the project's own last weeks until the remaining tickets are
    finished: Magennis, Forecasting and Simulating Software Development Projects (2011); Vacanti (2015), chapter 14. It
    supposes that these weeks are like those to come and that nothing is added to the work.
    """
    finished = sum(finished_weekly)
    if finished < FEWEST_FINISHED:
        weeks = len(finished_weekly)
        were = "1 ticket was" if finished == 1 else f"{finished} tickets were"
        return None, f"only {were} finished in the last {weeks} weeks, under {FEWEST_FINISHED}"
    if remaining == 0:
        return None, "no work is open"
    random = np.random.default_rng(SEED)
    needed = np.zeros(TRIALS, dtype=np.int64)
    done = np.zeros(TRIALS, dtype=np.int64)
    for _ in range(LONGEST_WEEKS):
        going_on = done < remaining
        if not going_on.any():
            break
        done += random.choice(np.array(finished_weekly), TRIALS)
        needed += going_on
    half, most, nearly_all = (int(np.percentile(needed, share, method="higher")) for share in (50, 85, 95))
    made = Forecast(remaining=remaining, finished=finished, weeks_50=half, weeks_85=most, weeks_95=nearly_all)
    return made, None
