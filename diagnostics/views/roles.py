"""Roles declared, roles lived: where the two differ, with the tickets that show it, and who did what."""

import pandas as pd
import streamlit as st

from diagnostics.diagnosis import Diagnosis
from diagnostics.findings import KindOfWork, PersonWork, Presence, RoleFinding
from diagnostics.reports.wording import roles_that_show, roles_untold
from diagnostics.views.escape import plain
from diagnostics.views.evidence import badge, tickets
from diagnostics.views.words import PRESENCES, count, sentence

TICKETS_AT_ONCE = 3


def draw(found: Diagnosis) -> None:
    """Draw the section."""
    st.subheader("Roles declared, roles lived", anchor=False)
    for role in roles_that_show(found.roles):
        with st.container(border=True):
            _role(role)
    if not found.roles:
        st.markdown("The tickets show no work that contradicts the declared roles.")
    for why, untold in roles_untold(found.roles).items():
        titles = "; ".join(title[:1].lower() + title[1:] for title in untold)
        st.markdown(f"{badge(PRESENCES[Presence.UNKNOWN])} {plain(why)} :small[:gray[{plain(sentence(titles))}]]")
    if found.work_by_person:
        _table(found.work_by_person)


def _role(role: RoleFinding) -> None:
    st.markdown(f"{badge(PRESENCES[Presence.PRESENT])} **{plain(sentence(role.title))}**\n\n{plain(role.why)}")
    tickets(role.evidence, TICKETS_AT_ONCE)
    if role.searched:
        st.caption(f"Searched: {plain('; '.join(role.searched))}")


def _table(people: tuple[PersonWork, ...]) -> None:
    counts = [one for person in people for one in person.counts]
    hidden = [
        what
        for what, figures in (("status moves", [c.moves for c in counts]), ("comments", [c.comments for c in counts]))
        if None in figures
    ]
    with st.expander(f"Who did what in the last 60 days: {count(len(people), 'person', 'people')}"):
        st.caption(
            "Tickets created, status moves and comments, by the kind of work that the ticket is about."
            + (f" The tickets show no {' and no '.join(hidden)}." if hidden else "")
        )
        st.dataframe(
            pd.DataFrame([_row(person) for person in people]),
            hide_index=True,
            height="content" if len(people) <= 15 else "auto",
            alt="People by kinds of work: how many tickets each created, moved or commented on, beside the roles that"
            " are declared for them",
            key="who-did-what",
        )


def _row(person: PersonWork) -> dict[str, str | int]:
    by_kind = {one.kind_of_work: one.events for one in person.counts}
    declared = ", ".join(person.roles) or "none" if person.declared else "not declared"
    events = {kind.capitalize(): by_kind.get(kind, 0) for kind in KindOfWork}
    return {
        "Person": person.name,
        "Declared role": declared,
        **events,
        "Other": by_kind.get(None, 0),
        "All": person.events,
    }
