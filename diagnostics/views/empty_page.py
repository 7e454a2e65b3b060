"""What is shown instead of a board: the first run, a broken portfolio.toml, a store that cannot be used."""

from pathlib import Path

import streamlit as st

from diagnostics.portfolio import EXAMPLE, FILE
from diagnostics.views import session
from diagnostics.views.escape import plain
from diagnostics.views.session import Board

_TEXT_WIDTH = 760


def draw(board: Board) -> None:
    """Name the problem, the file, and the way out."""
    with st.container(width=_TEXT_WIDTH):
        place = session.folder()
        if board.trouble is not None:
            _store(board.trouble)
        elif not place.is_dir():
            st.title("The portfolio folder is not there", anchor=False)
            st.markdown(f"There is no folder {plain(str(place))}. Start the dashboard on another one:")
            st.code("make run PORTFOLIO=DIR", language="shell")
        elif not (place / FILE).is_file():
            _first_run(place)
        else:
            _broken(board, place)
        st.button("Read again", type="primary", icon=":material/refresh:", on_click=session.read_again)


def _store(trouble: str) -> None:
    st.title("The store cannot be used", anchor=False)
    st.markdown(plain(trouble))
    st.caption("Diagnoses are kept in it, so that pages open at once. Your records were not changed.")


def _first_run(place: Path) -> None:
    st.title("Point Unstuck at your projects", anchor=False)
    st.markdown(
        f"It reads a folder that holds a file **{plain(FILE)}**, which names your projects, and the kickoff"
        f" records and tickets beside it. There is none in {plain(str(place))} yet."
    )
    st.markdown(f"1. Save this as **{plain(FILE)}** in the folder, and change it to your projects.")
    st.code(EXAMPLE, language="toml")
    st.markdown(
        "2. Put the kickoff records (Markdown, text, DOCX, HTML, PDF) and the tickets (a Jira export: JSON"
        " lines or CSV) where it says.\n3. Press the button below. Nothing leaves this machine."
    )


def _broken(board: Board, place: Path) -> None:
    st.title("No project can be read yet", anchor=False)
    st.markdown(f"This is what is wrong with {plain(str(place / FILE))}:")
    # A message may end in an example of a right file, which is shown once, below.
    said = [str(problem).replace(EXAMPLE, "").replace("A file that works:", "") for problem in board.portfolio.problems]
    st.markdown("\n".join(f"- {plain(line)}" for line in said))
    st.markdown("A file that works:")
    st.code(EXAMPLE, language="toml")
