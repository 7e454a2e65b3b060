"""The frame of every page: its name in the browser, and the parts that both pages share."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from diagnostics.diagnosis import PortfolioDiagnosis
from diagnostics.records import Problem
from diagnostics.reports import formats, render
from diagnostics.views import session
from diagnostics.views.escape import plain
from diagnostics.views.words import count

_STATIC = Path(__file__).parents[2] / "static"

MOST_PROBLEMS = 100  # more are no longer read, and slow the page down

# Streamlit writes white on primary buttons, which no accent colour bears that is legible on dark grounds too.
_DARK_PRIMARY = (
    "<style>[data-testid^='stBaseButton-primary'],[data-testid^='stBaseButton-primary'] *"
    "{color:#0F131C!important}</style>"
)

# Streamlit fades whatever is quoted; here the quote is the matter itself, and only what stands around it is grey.
_QUOTES = (
    "<style>[data-testid='stMarkdownContainer'] blockquote,[data-testid='stMarkdownContainer'] blockquote p"
    "{color:inherit!important;opacity:1!important}</style>"
)

_REPORTS = {"html": "HTML, to send or print", "md": "Markdown, for a wiki", "json": "JSON, for programs"}


def begin(title: str) -> None:
    """What comes first on a page."""
    dark = session.is_dark()
    st.set_page_config(page_title=f"{title} · Unstuck", page_icon=_STATIC / "icon.png", layout="wide")
    st.logo(_STATIC / f"unstuck-{'dark' if dark else 'light'}.svg", size="large")
    st.html(_QUOTES)
    if dark:
        st.html(_DARK_PRIMARY)


def report_menu(document: PortfolioDiagnosis, name: str) -> None:
    """The report in each format; it is written when its button is pressed."""
    stem = re.sub(r"[^\w-]+", "-", name.casefold()).strip("-") or "report"
    known = formats()
    with st.popover("Report", icon=":material/download:"):
        for format, label in _REPORTS.items():
            if format in known:
                st.download_button(
                    label,
                    data=partial(render, format, document),
                    file_name=f"unstuck-{stem}-{document.as_of}.{format}",
                    mime=known[format].media_type,
                    on_click="ignore",
                    type="tertiary",
                    key=f"report-{format}",
                )


def left_out(problems: Sequence[Problem]) -> None:
    """What could not be read, and why; nothing is shown when all was."""
    if not problems:
        return
    with st.expander(f"What was left out: {count(len(problems), 'problem')}", icon=":material/warning:"):
        st.caption("Everything else was read as usual. Each line names the place and the way out.")
        st.markdown("\n".join(f"- {_item(problem)}" for problem in problems[:MOST_PROBLEMS]))
        if len(problems) > MOST_PROBLEMS:
            st.caption(f"{len(problems) - MOST_PROBLEMS:,} more: `unstuck diagnose` lists them all.")


def _item(problem: Problem) -> str:
    place = problem.file if problem.line is None else f"{problem.file}, line {problem.line}"
    field = f" ({plain(problem.field)})" if problem.field else ""
    return f"**{plain(place)}**{field}: {plain(problem.message)}"
