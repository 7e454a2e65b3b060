"""The session: all that pages keep, cache or read from outside. No other view touches state, URL, cache or clock."""

import os
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

from diagnostics.diagnose_all import join_diagnoses
from diagnostics.diagnosis import Diagnosis, PortfolioDiagnosis
from diagnostics.portfolio import FILE, Portfolio, load_portfolio
from diagnostics.refresh import Progress, Refresh
from diagnostics.settings import Settings
from diagnostics.store import Store, StoreError, default_url
from diagnostics.views import charts
from diagnostics.views.charts import Cell

SETTINGS = Settings()

_FILTERS = ("q", "team", "verdict", "pattern", "view")
_KEPT = "kept filters"
_SHOWN = "project shown last"
_BACK = "came back"
_STARTED = "refresh started"
_ANEW = "read all again"


@dataclass(frozen=True, slots=True)
class Board:
    """What the pages show: the portfolio, its finished diagnoses, and how far the reading is.

    `trouble` says why the store cannot be used, if it cannot.
    """

    portfolio: Portfolio
    document: PortfolioDiagnosis
    progress: Progress = field(default_factory=Progress)
    trouble: str | None = None

    def project(self, key: str) -> Diagnosis | None:
        """The diagnosis of one project, if it is finished."""
        return next((found for found in self.document.projects if found.key.casefold() == key.casefold()), None)


def folder() -> Path:
    """The portfolio folder, as `unstuck serve` names it."""
    return Path(os.environ.get("UNSTUCK_PORTFOLIO") or ".").resolve()


def board() -> Board:
    """The board as it is now. A visitor's first call starts reading what is stale."""
    portfolio = _portfolio(folder(), _stamp(folder()))
    day = portfolio.as_of or datetime.now(portfolio.timezone).date()
    nothing = join_diagnoses(portfolio, day, (), SETTINGS)
    if not portfolio.entries:
        return Board(portfolio, nothing)
    url = os.environ.get("UNSTUCK_STORE") or default_url(portfolio.folder)
    try:
        refresh = _refresh(url)
        if _STARTED not in st.session_state:
            st.session_state[_STARTED] = True
            refresh.start(portfolio, day, anew=st.session_state.pop(_ANEW, False))
        # The progress first: a diagnosis that is finished in between is shown, and counted a moment later.
        progress = refresh.progress
        document = _document(url, _store(url).revision(portfolio.name), _stamp(folder()), day.isoformat(), portfolio)
    except StoreError as error:
        return Board(portfolio, nothing, trouble=str(error))
    return Board(portfolio, document, progress)


def read_again() -> None:
    """Read portfolio.toml and all files again, changed or not: what failed may work by now."""
    _portfolio.clear()
    st.session_state[_ANEW] = True
    st.session_state.pop(_STARTED, None)


@st.cache_resource(max_entries=4, show_spinner=False)
def _store(url: str) -> Store:
    return Store(url)


@st.cache_resource(max_entries=4, show_spinner=False)
def _refresh(url: str) -> Refresh:
    """One for all visitors: it goes on when the page that started it is closed."""
    return Refresh(_store(url), SETTINGS)


def _stamp(of: Path) -> tuple[int, int]:
    """Changes when portfolio.toml is written."""
    try:
        found = (of / FILE).stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


@st.cache_resource(max_entries=4, show_spinner=False)
def _portfolio(of: Path, stamp: tuple[int, int]) -> Portfolio:
    return load_portfolio(of)


# Frozen, and shared by all visitors: a copy for each (cache_data) would cost more than drawing the page.
@st.cache_resource(max_entries=4, show_spinner=False)
def _document(url: str, revision: int, stamp: tuple[int, int], as_of: str, _of: Portfolio) -> PortfolioDiagnosis:
    keys = {entry.project.key for entry in _of.entries}
    finished = [found for found in _store(url).latest(_of.name) if found.key in keys]
    return join_diagnoses(_of, datetime.fromisoformat(as_of).date(), finished, SETTINGS)


def project_asked_for() -> str | None:
    """The project that the project page's URL names. It is remembered as the one shown last."""
    key = st.query_params.get("project")
    st.session_state[_SHOWN] = key
    return key


def project_to_open() -> str | None:
    """The project that the portfolio's own URL asks for: `/?project=KEY`.

    The browser's Back leaves the key of the project just seen in the URL, and the filters out of it. Then
    no project is to be opened, and the filters are put back.
    """
    key = st.query_params.get("project")
    if key is not None and key == st.session_state.get(_SHOWN):
        del st.query_params["project"]
        st.session_state[_BACK] = True
        # For the length of the run that answers Back, Streamlit lets no value win against the URL.
        st.rerun()
    if st.session_state.pop(_BACK, False):
        for name, value in st.session_state.get(_KEPT, {}).items():
            st.session_state[name] = value
    return key


def keep_filters() -> None:
    """Remember the filters, for when the browser's Back forgets them."""
    st.session_state[_KEPT] = {name: st.session_state[name] for name in _FILTERS if name in st.session_state}


def clear_filters() -> None:
    """Show all projects."""
    st.session_state["q"] = ""
    for name in ("team", "verdict", "pattern"):
        st.session_state[name] = None


def clicked_row(key: str) -> int | None:
    """The row of a table whose button was clicked, in a button column of this key."""
    click = st.session_state.get(key)
    return None if click is None else int(click["row"])


def is_dark() -> bool:
    """Whether the visitor's theme is dark."""
    return st.context.theme.type == "dark"


@st.cache_resource(max_entries=32, show_spinner=False)
def heat_map(
    names: tuple[str, ...], titles: tuple[str, ...], cells: tuple[tuple[Cell | None, ...], ...], dark: bool
) -> go.Figure:
    """The heat map, built once for all visitors who see the same."""
    return charts.heat_map(names, titles, cells, dark=dark)


@st.cache_resource(max_entries=64, show_spinner=False)
def weekly_bars(ends: tuple[date, ...], counts: tuple[int, ...], dark: bool) -> go.Figure:
    """The bars of a project's weeks, built once for all visitors who see the same."""
    return charts.weekly_bars(ends, counts, dark=dark)
