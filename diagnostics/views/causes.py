"""What probably holds the work: each cause with what speaks for and against it, and the tickets that join the two."""

from collections.abc import Sequence

import streamlit as st

from diagnostics.diagnosis import Diagnosis
from diagnostics.findings import Cause, Elsewhere, Evidence, Presence
from diagnostics.reports.tickets import Addresses
from diagnostics.reports.wording import question_text, symptom_title
from diagnostics.views.escape import link, plain
from diagnostics.views.evidence import tickets
from diagnostics.views.words import count, sentence

CAUSES_AT_ONCE = 3
QUOTES_AT_ONCE = 3


def draw(found: Diagnosis) -> None:
    """Draw the section; nothing where no symptom shows, as then nothing is held."""
    if not any(symptom.status is Presence.PRESENT for symptom in found.symptoms):
        return
    st.subheader("What probably holds it", anchor=False)
    if not found.causes and not found.elsewhere:
        st.markdown(
            "Nothing in the tickets joins a symptom to an open question, so what holds them is not written down:"
            " ask the people who work on them."
        )
    addresses = Addresses(found)
    for cause in found.causes[:CAUSES_AT_ONCE]:
        _cause(found, cause, addresses)
    if rest := found.causes[CAUSES_AT_ONCE:]:
        with st.expander(f"{count(len(rest), 'more cause')} that the tickets speak for"):
            for cause in rest:
                _cause(found, cause, addresses)
    if found.elsewhere:
        _elsewhere(found.elsewhere, addresses)


def _cause(found: Diagnosis, cause: Cause, addresses: Addresses) -> None:
    with st.container(border=True):
        reasons, shown = st.columns([1, 1], gap="medium")
        with reasons:
            st.markdown(f"**{plain(sentence(cause.sentence))}**")
            parts = (symptom_title(found, cause.symptom), question_text(found, cause.question))
            st.caption(" · ".join(plain(part) for part in parts))
            st.markdown(
                "\n\n".join(
                    (
                        _said("Speaks for it", cause.speaks_for),
                        _said("Speaks against it", cause.speaks_against or ("nothing that was read",)),
                        _said("How to tell", (cause.tells_apart,)),
                    )
                )
            )
        with shown:
            st.markdown(f"**{count(len(cause.tickets), 'ticket')}**")
            _shown(cause.tickets, cause.evidence, addresses)


def _said(what: str, sentences: Sequence[str]) -> str:
    return f"**{what}:** {' '.join(plain(sentence(said)) for said in sentences)}"


def _shown(keys: Sequence[str], evidence: Sequence[Evidence], addresses: Addresses) -> None:
    """The tickets with their quotes, then those that are not quoted."""
    tickets(evidence, QUOTES_AT_ONCE)
    quoted = {one.ref for one in evidence}
    if others := [link(key, addresses.of(key)) for key in keys if key not in quoted]:
        st.markdown(f"Also {', '.join(others)}")


def _elsewhere(found: Sequence[Elsewhere], addresses: Addresses) -> None:
    with st.container(border=True):
        topics = ", ".join(one.topic for one in found)
        st.markdown(f"**The kickoff is clear; the tickets speak of: {plain(topics)}.**")
        for one in found:
            with st.container(gap=None):
                st.caption(f"{plain(one.topic.capitalize())} · {count(len(one.tickets), 'ticket')}")
                _shown(one.tickets, one.evidence, addresses)
