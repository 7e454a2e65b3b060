"""How the work flows: the figures, the symptoms with their tickets, and when the open work may be done."""

from datetime import timedelta

import streamlit as st

from diagnostics.diagnosis import Diagnosis
from diagnostics.findings import Presence, Symptom
from diagnostics.flow import SCOPE_WEEKS, WEEKS, FlowFigures
from diagnostics.reports.tickets import Addresses
from diagnostics.reports.wording import days_text
from diagnostics.views import session
from diagnostics.views.escape import link, plain
from diagnostics.views.evidence import badge, tickets
from diagnostics.views.words import PRESENCES, count, day, sentence

_NOT_SHOWN = "the tickets do not show it"


def draw(found: Diagnosis) -> None:
    """Draw the section."""
    st.subheader("How the work flows", anchor=False)
    addresses = Addresses(found)
    if found.figures:
        _figures(found, found.figures)
        _waiting_for_finished(found.figures, addresses)
    for symptom in found.symptoms:
        if symptom.status is Presence.PRESENT:
            with st.container(border=True):
                _symptom(symptom)
    rest = [symptom for symptom in found.symptoms if symptom.status is not Presence.PRESENT]
    if rest:
        st.markdown("\n\n".join(_not_present(symptom) for symptom in rest))
    if found.figures:
        _ages(found.figures, addresses)


def _symptom(symptom: Symptom) -> None:
    value = f"{symptom.value:g} {symptom.unit}, counts from {symptom.threshold:g}"
    st.markdown(
        f"{badge(PRESENCES[symptom.status])} **{plain(symptom.title)}** · {plain(value)}"
        f"\n\n{plain(sentence(symptom.why))}"
    )
    tickets(symptom.evidence)


def _not_present(symptom: Symptom) -> str:
    return f"{badge(PRESENCES[symptom.status])} **{plain(symptom.title)}** · {plain(symptom.why)}"


def _waiting_for_finished(figures: FlowFigures, addresses: Addresses) -> None:
    """What could go on at once: nobody has noticed yet that it may."""
    if keys := figures.waiting_for_finished:
        wait = "waits" if len(keys) == 1 else "wait"
        linked = ", ".join(link(key, addresses.of(key)) for key in keys)
        st.markdown(f"**{count(len(keys), 'ticket')} {wait} for something that is already finished:** {linked}")


def _figures(found: Diagnosis, figures: FlowFigures) -> None:
    if figures.finished_weekly is None:
        st.markdown(
            f"{badge(PRESENCES[Presence.UNKNOWN])} The tickets show no status, so nothing in them can be counted."
        )
        return
    with st.container(border=True):
        chart, tiles = st.columns([2, 3], gap="medium")
        with chart:
            _finished(found, figures.finished_weekly)
        with tiles, st.grid(3, min_column_width=130):
            for name, value, means in _tiles(figures):
                with st.container(gap=None):
                    st.metric(name, value)
                    st.caption(plain(means))


def _finished(found: Diagnosis, weekly: tuple[int, ...]) -> None:
    st.markdown(f"**Finished per week**, {WEEKS} weeks to {day(found.as_of)}")
    ends = tuple(found.as_of - timedelta(weeks=ago) for ago in reversed(range(len(weekly))))
    st.plotly_chart(
        session.weekly_bars(ends, weekly, session.is_dark()),
        config={"displayModeBar": False, "staticPlot": True},
        alt=f"Tickets finished per week, the oldest week first: {', '.join(map(str, weekly))}",
        key="finished-weekly",
    )


def _tiles(figures: FlowFigures) -> list[tuple[str, str, str]]:
    """Name, figure and meaning of each tile; "?" where the tickets do not show it."""
    return [
        ("Open tickets", _or_unknown(figures.open), _open(figures)),
        ("Blocked now", _or_unknown(figures.blocked_now), _of_open(figures)),
        _older(figures),
        _usual(figures),
        _scope(figures),
        _forecast(figures),
    ]


def _or_unknown(figure: int | None) -> str:
    return "?" if figure is None else f"{figure:,}"


def _open(figures: FlowFigures) -> str:
    if figures.open is None:
        return _NOT_SHOWN
    research = f", {figures.research_open} research" if figures.research_open else ""
    return f"{_or_unknown(figures.in_progress)} in progress{research}"


def _of_open(figures: FlowFigures) -> str:
    return _NOT_SHOWN if figures.blocked_now is None else f"of {_or_unknown(figures.open)} open"


def _older(figures: FlowFigures) -> tuple[str, str, str]:
    name = "Older than usual"
    if figures.older_than_usual is None or figures.ages_days is None or figures.cycle_days is None:
        return name, "?", "too few finished tickets to compare with" if figures.cycle_days is None else _NOT_SHOWN
    means = f"in progress for over {days_text(figures.cycle_days[1])}; 85 % of the finished took less"
    return name, f"{figures.older_than_usual} of {len(figures.ages_days)}", means


def _usual(figures: FlowFigures) -> tuple[str, str, str]:
    name = "Usual cycle time"
    if figures.cycle_days is None:
        return name, "?", "too few finished tickets show it"
    half, most, nearly_all = figures.cycle_days
    return name, days_text(half), f"half of the tickets; 85 % within {most:.0f}, 95 % within {days_text(nearly_all)}"


def _scope(figures: FlowFigures) -> tuple[str, str, str]:
    name = "Scope growth"
    if figures.scope_growth is None:
        return name, "?", f"no ticket is older than {SCOPE_WEEKS} weeks"
    return name, f"{100 * figures.scope_growth:+.0f} %", f"tickets, in the last {SCOPE_WEEKS} weeks"


def _forecast(figures: FlowFigures) -> tuple[str, str, str]:
    name = "Forecast"
    made = figures.forecast
    if made is None:
        return name, "none", figures.no_forecast or _NOT_SHOWN
    return (
        f"{name}, in weeks",
        str(made.weeks_50) if made.weeks_50 == made.weeks_85 else f"{made.weeks_50}–{made.weeks_85}",
        f"for {count(made.remaining, 'ticket')} at this pace; 50 % and 85 % likely",
    )


def _ages(figures: FlowFigures, addresses: Addresses) -> None:
    """Each ticket in progress with its age, a link each, those beyond the usual marked."""
    if not figures.ages_days:
        return
    usual = figures.cycle_days[1] if figures.cycle_days else None
    with st.expander(f"Ages of the work in progress: {count(len(figures.ages_days), 'ticket')}"):
        if usual is not None:
            st.caption(f"85 % of the finished tickets took at most {days_text(usual)}.")
        lines = []
        for key, age in figures.ages_days:
            beyond = " · :orange[! longer than usual]" if usual is not None and age > usual else ""
            lines.append(f"- {link(key, addresses.of(key))} {days_text(age)}{beyond}")
        st.markdown("\n".join(lines))
