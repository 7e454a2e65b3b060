"""Evidence on pages: quotes in their place, and tickets that lead to the tracker in one click."""

from collections.abc import Sequence

import streamlit as st

from diagnostics.findings import Evidence
from diagnostics.reports.wording import pieces
from diagnostics.views.escape import link, plain
from diagnostics.views.words import Label, count, day

TICKETS_AT_ONCE = 5


def badge(label: Label) -> str:
    """A word with its symbol on its colour."""
    return f":{label.colour}-badge[{plain(str(label))}]"


def quote(evidence: Evidence) -> str:
    """A quote with its source under it, as a quotation in Markdown."""
    under = [f"under “{plain(evidence.heading)}”"] if evidence.heading else []
    facts = [evidence.author, day(evidence.date) if evidence.date else None, evidence.note]
    source = " · ".join([link(evidence.ref, evidence.url), *under, *(plain(fact) for fact in facts if fact)])
    return f"> {in_its_place(evidence)}\n>\n> :small[{source}]"


def in_its_place(evidence: Evidence) -> str:
    """The quote with what made it concrete or vague marked, and in grey what its paragraph says around it."""
    before, after = (f":gray[{plain(text)}]" if text.strip() else "" for text in (evidence.before, evidence.after))
    said = "".join(_marked(piece) if marked else _spaced(piece) for piece, marked in pieces(evidence))
    return " ".join(part for part in (before, said.strip(), after) if part)


def _marked(text: str) -> str:
    # A word joiner keeps what follows apart: "[0.8](x)" would be a link.
    return f":primary-background[{plain(text)}]\N{WORD JOINER}"


def _spaced(text: str) -> str:
    """Escaped, but with the white space at its ends, which keeps its neighbours apart."""
    if not text.strip():
        return " " if text else ""
    return f"{' ' * text[:1].isspace()}{plain(text)}{' ' * text[-1:].isspace()}"


def tickets(evidence: Sequence[Evidence], at_once: int = TICKETS_AT_ONCE) -> None:
    """Tickets as a list, each a link with its quote; the first few at once, the others folded."""
    if evidence:
        st.markdown("\n".join(_ticket(one) for one in evidence[:at_once]))
    if rest := evidence[at_once:]:
        with st.expander(count(len(rest), "more ticket"), type="compact"):
            st.markdown("\n".join(_ticket(one) for one in rest))


def _ticket(evidence: Evidence) -> str:
    said = plain(evidence.quote)
    grey = plain(evidence.note) if evidence.note else ""
    if evidence.source == "comment":  # a ticket's own words speak for the ticket; a comment is somebody's
        said = f"“{said}”"
        grey = grey or who_and_when(evidence)
    return f"- {link(evidence.ref, evidence.url)} {said}" + (f" :gray[· {grey}]" if grey else "")


def who_and_when(evidence: Evidence) -> str:
    """Who wrote a quote and when, escaped."""
    facts = (evidence.author, day(evidence.date) if evidence.date else None)
    return ", ".join(plain(fact) for fact in facts if fact)
