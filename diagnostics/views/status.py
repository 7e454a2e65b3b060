"""The status line: how far the reading is, for as long as it runs."""

import streamlit as st

from diagnostics.views import session
from diagnostics.views.escape import plain
from diagnostics.views.session import Board

_EVERY = "2s"


def status_line(board: Board) -> None:
    """A quiet line while projects are read; the page is drawn anew as they are finished."""
    if board.progress.running:
        st.fragment(_line, run_every=_EVERY)(board.progress.done)


def _line(drawn: int) -> None:
    progress = session.board().progress
    if not progress.running or progress.done != drawn:
        st.rerun()
    now = f" Now: {plain(progress.current)}" if progress.current else ""
    st.progress(
        progress.done / max(progress.total, 1),
        text=f"{progress.done} of {progress.total} projects read.{now}",
    )
