"""Asked, not answered: the questions that wait in tickets, and what is taken for granted or decided there."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from diagnostics.diagnosis import Diagnosis
from diagnostics.findings import Assumption, Decision, OpenQuestion
from diagnostics.reports.wording import days_text, question_text
from diagnostics.views.escape import link, plain
from diagnostics.views.evidence import badge, in_its_place, quote, who_and_when
from diagnostics.views.words import Label, count, sentence, sureness

AT_ONCE = 5
MOST_FOLDED = 50  # more are no longer read; the JSON report holds them all

_CONFIRMED = Label("✓", "Confirmed", "blue", "somebody said later that it is so")
_UNCONFIRMED = Label("?", "Nobody confirmed it", "orange", "taken for true, and built upon")

Entry = TypeVar("Entry", OpenQuestion, Assumption, Decision)


def draw(found: Diagnosis) -> None:
    """Draw the section: what is open at once, the rest of what the tickets say folded."""
    ledger = found.ledger
    st.subheader("Asked, not answered", anchor=False)
    if ledger.unknown:
        st.markdown(plain(sentence(ledger.unknown)))
    if ledger.open:
        are = "is" if len(ledger.open) == 1 else "are"
        st.caption(f"{_read(found)}, {len(ledger.open)} {are} open; the oldest first.")
        _list(ledger.open[:AT_ONCE], found, _question)
        _folded(count(len(ledger.open) - AT_ONCE, "more question"), ledger.open[AT_ONCE:], found, _question)
    elif not ledger.unknown:
        st.markdown(f"{_read(found)}, none is open." if ledger.threads else "No ticket was read for questions.")
    confirmed = sum(one.confirmed_by is not None for one in ledger.assumptions)
    granted = f"Taken for granted: {count(len(ledger.assumptions), 'thing')}, {confirmed} confirmed later"
    _folded(granted, ledger.assumptions, found, _assumption)
    decided = f"Decided in tickets: {count(len(ledger.decisions), 'decision')}, the latest first"
    _folded(decided, ledger.decisions, found, _decision)


def _read(found: Diagnosis) -> str:
    ledger = found.ledger
    answered = f"{count(ledger.answered, 'question')} in them {'was' if ledger.answered == 1 else 'were'} answered"
    return f"{count(ledger.threads, 'ticket')} read: {answered}"


def _list(entries: Sequence[Entry], found: Diagnosis, shown: Callable[[Entry, Diagnosis], str]) -> None:
    st.markdown("\n\n".join(shown(entry, found) for entry in entries))


def _folded(label: str, entries: Sequence[Entry], found: Diagnosis, shown: Callable[[Entry, Diagnosis], str]) -> None:
    """Entries in an expander; nothing where there are none."""
    if not entries:
        return
    with st.expander(label):
        _list(entries[:MOST_FOLDED], found, shown)
        if len(entries) > MOST_FOLDED:
            st.caption(f"{len(entries) - MOST_FOLDED:,} more: the JSON report holds them all.")


def _question(entry: OpenQuestion, found: Diagnosis) -> str:
    asked = entry.evidence
    who = f"**{plain(entry.asked_to)}** could answer" if entry.asked_to else "nobody is named who could answer"
    facts = " · ".join(part for part in (link(asked.ref, asked.url), who_and_when(asked), who) if part)
    first = f"**{days_text(entry.age_days)}** · “{in_its_place(asked)}”"
    return f"{first}  \n:small[{facts}{_about(entry, found)}]{_unsure(entry)}"


def _assumption(entry: Assumption, found: Diagnosis) -> str:
    by = entry.confirmed_by
    label = badge(_CONFIRMED if by else _UNCONFIRMED)
    said = f" by {who_and_when(by) or 'somebody'} in {link(by.ref, by.url)}: “{plain(by.quote)}”" if by else ""
    age = "" if by else f" for **{days_text(entry.age_days)}**"
    return "\n\n".join((f"{label}{age}{said}{_about(entry, found)}", _quoted(entry)))


def _decision(entry: Decision, found: Diagnosis) -> str:
    if asked := entry.asked:
        lead = f"{plain(asked.author or 'Somebody')} asked: “{plain(asked.quote)}”{_about(entry, found)}"
    else:
        lead = _about(entry, found).replace(" · on", "On", 1)
    return "\n\n".join(part for part in (lead, _quoted(entry)) if part)


def _about(entry: Entry, found: Diagnosis) -> str:
    """The kickoff question that it belongs to, in words."""
    return f" · on “{plain(question_text(found, entry.question))}”" if entry.question else ""


def _quoted(entry: Entry) -> str:
    return quote(entry.evidence) + _unsure(entry)


def _unsure(entry: Entry) -> str:
    """How sure the reading is, where it is not."""
    sure = sureness(entry.confidence)
    return "" if sure.startswith("sure") else f" :small[:gray[The reading is {sure}.]]"
