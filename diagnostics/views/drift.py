"""Agreed, and changed since: what was settled and has another value now, or no longer holds."""

import streamlit as st

from diagnostics.diagnosis import Diagnosis
from diagnostics.findings import DriftFinding
from diagnostics.views.escape import plain
from diagnostics.views.evidence import badge, quote
from diagnostics.views.words import Label, sentence

_KINDS = {
    "changed-without-agreement": Label("≠", "Changed", "orange", "another value later, and nobody agreed to it"),
    "expired-agreement": Label("!", "Expired", "orange", "what was agreed no longer holds"),
}


def draw(found: Diagnosis) -> None:
    """Draw the section; nothing where nothing has changed."""
    if not found.drift:
        return
    st.subheader("Agreed, and changed since", anchor=False)
    for finding in found.drift:
        with st.container(border=True):
            _finding(finding)


def _finding(finding: DriftFinding) -> None:
    st.markdown(f"{badge(_KINDS[finding.id])} **{plain(sentence(finding.title))}** {plain(sentence(finding.why))}")
    sides = st.columns(2, gap="medium") if len(finding.evidence) > 1 else [st.container()]
    for place, evidence in enumerate(finding.evidence):
        with sides[place % len(sides)]:
            st.markdown(quote(evidence))
