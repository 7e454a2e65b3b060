"""The portfolio page: which projects need attention, worst first."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from diagnostics.diagnosis import Diagnosis, Lane
from diagnostics.reports.wording import summary_text
from diagnostics.views import board as rows
from diagnostics.views import empty_page, frame, session, status
from diagnostics.views.board import Filters
from diagnostics.views.escape import cell, plain
from diagnostics.views.session import Board
from diagnostics.views.words import DRIFTING, MOVING, STALLED, STANDINGS, STUCK, count, day, standing

MOST_HEAT_ROWS = 60  # a figure with more is neither drawn nor read in a moment
TABLE, HEAT_MAP = "Table", "Heat map"

# Above four lines' height (56 px) Streamlit wraps text, so that a reason is read whole.
_ROW_HEIGHT = 57
_LANES = {
    Lane.NEW: ("New", "Younger than three weeks, so their work has had no time to flow or to stall."),
    Lane.UNKNOWN: ("Cannot tell", "Too little could be read: connect the tickets, or hold a kickoff."),
    Lane.INACTIVE: ("Not active", "Paused or done, and so not ranked."),
}


def draw(project: st.Page) -> None:
    """Draw the page; `project` is where a project opens."""
    frame.begin("Portfolio")
    if (key := session.project_to_open()) is not None:
        st.switch_page(project, query_params={"project": key})
    board = session.board()
    if board.trouble is not None or not board.portfolio.entries:
        empty_page.draw(board)
        return
    opened = _head(board)
    status.status_line(board)
    if board.document.projects:
        _figures(board.document.projects)
        _choose_and_show(board.document.projects, project)
    elif not board.progress.running:
        st.info("No project has been diagnosed yet. Press “Read again”.")
    frame.left_out((*board.document.problems, *board.progress.failed))
    # Last, when all filters are drawn: those that are not lose their place in the URL.
    if opened is not None:
        st.switch_page(project, query_params={"project": opened})


def _head(board: Board) -> str | None:
    """The heading and its tools; gives the key of a project that is to be opened."""
    said, tools = st.columns([4, 3], vertical_alignment="center")
    with said, st.container(gap=None):
        st.title(plain(board.document.name), anchor=False)
        some = bool(board.document.projects)
        st.markdown(plain(summary_text(board.document)) if some else "The first reading is under way.")
        problems = len(board.document.problems) + len(board.progress.failed)
        noted = f" · {count(problems, 'problem')}: see “What was left out” below" if problems else ""
        st.caption(f"As of {day(board.document.as_of)}{noted}")
    with tools, st.container(horizontal=True, horizontal_alignment="right"):
        opened = _open_by_name(board.document.projects)
        st.button(
            "Read again",
            icon=":material/refresh:",
            on_click=session.read_again,
            disabled=board.progress.running,
            help="Reads all files again, changed or not",
        )
        if some:
            frame.report_menu(board.document, board.document.name)
    return opened


def _figures(projects: Sequence[Diagnosis]) -> None:
    standings = [standing(project) for project in projects]
    with st.grid(4, min_column_width=150):
        for label in (STUCK, DRIFTING, STALLED, MOVING):
            with st.container(border=True, gap=None):
                st.metric(f":{label.colour}[{label.symbol}] {label.word}", standings.count(label))
                st.caption(label.means)


def _choose_and_show(projects: Sequence[Diagnosis], project: st.Page) -> None:
    filters, view = _toolbar(projects)
    chosen = [found for found in projects if filters.keeps(found)]
    if not chosen:
        st.info("No project fits these filters.")
        st.button("Clear filters", on_click=session.clear_filters)
    elif view == HEAT_MAP:
        _heat_map(chosen, project)
    else:
        _tables(chosen, project)
    if len(chosen) < len(projects):
        st.caption(f"{len(chosen)} of {count(len(projects), 'project')} shown.")


def _toolbar(projects: Sequence[Diagnosis]) -> tuple[Filters, str]:
    teams, titles = rows.teams(projects), rows.pattern_titles(projects)
    words = [label.word for label in STANDINGS if any(standing(found) == label for found in projects)]
    with st.grid(5, min_column_width=150, vertical_alignment="center"):
        search = st.text_input(
            "Search",
            type="search",
            placeholder="Search",
            key="q",
            bind="query-params",
            label_visibility="collapsed",
        )
        verdict = _filter("Verdict", "All verdicts", words, "verdict")
        team = _filter("Team", "All teams", teams, "team")
        pattern = _filter("Pattern", "All patterns", titles, "pattern")
        view = st.segmented_control(
            "View",
            [TABLE, HEAT_MAP],
            default=TABLE,
            required=True,
            key="view",
            bind="query-params",
            label_visibility="collapsed",
        )
    session.keep_filters()
    return Filters(search or "", team, verdict, pattern), view or TABLE


def _filter(label: str, everything: str, options: list[str], key: str) -> str | None:
    return st.selectbox(
        label,
        options,
        index=None,
        placeholder=everything,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )


def _tables(chosen: Sequence[Diagnosis], project: st.Page) -> None:
    _table(rows.in_lane(chosen, Lane.RANKED), "Ranked projects, worst first", Lane.RANKED, project)
    for lane, (title, means) in _LANES.items():
        if found := rows.in_lane(chosen, lane):
            with st.container(gap=None):
                st.subheader(title, anchor=False)
                st.caption(means)
            _table(found, f"{title}: projects that are not ranked", lane, project)


def _table(projects: Sequence[Diagnosis], alt: str, lane: Lane, project: st.Page) -> None:
    if not projects:
        return
    shown = [rows.row(found) for found in projects]
    column = st.column_config
    st.dataframe(
        pd.DataFrame(
            {
                "project": [cell(row.name) for row in shown],
                "verdict": [str(row.standing) for row in shown],
                "health": [row.health for row in shown],
                "clarity": [row.clarity for row in shown],
                "flow": [row.flow for row in shown],
                "reason": [row.reason for row in shown],
                "action": [row.action for row in shown],
                "team": [row.team for row in shown],
            }
        ),
        column_config={
            "project": column.ButtonColumn(
                "Project", type="tertiary", alignment="left", pinned=True, key=f"open-{lane}", width=250
            ),
            "verdict": column.TextColumn("Verdict", width=110),
            "health": column.TextColumn("Health", width=92, help="The lower of clarity and flow, with its range"),
            "clarity": column.TextColumn("Clarity", width=92, help="How much of the kickoff's questions is settled"),
            "flow": column.TextColumn("Flow", width=92, help="How well the tickets move"),
            "reason": column.TextColumn("Why", width=290),
            "action": column.TextColumn("Next action", width=260),
            "team": column.TextColumn("Team", width=110),
        },
        hide_index=True,
        row_height=_ROW_HEIGHT,
        height="content" if len(shown) <= 25 else 25 * _ROW_HEIGHT,
        alt=alt,
        key=f"table-{lane}",
    )
    if (number := session.clicked_row(f"open-{lane}")) is not None:
        st.switch_page(project, query_params={"project": shown[number].key})


def _heat_map(chosen: Sequence[Diagnosis], project: st.Page) -> None:
    shown = chosen[:MOST_HEAT_ROWS]
    titles = tuple(rows.pattern_titles(shown))
    names = tuple(f"{standing(found).symbol} {found.name}" for found in shown)
    event = st.plotly_chart(
        session.heat_map(names, titles, rows.heat(shown, titles), session.is_dark()),
        on_select="rerun",
        selection_mode="points",
        key="heat",
        config={"displayModeBar": False},
        alt="Heat map: the clarity of each project in each pattern; the table shows the same projects",
    )
    st.caption("The clarity of each pattern, 0 to 100; ? where too little is known. Click a cell to open its project.")
    if len(chosen) > len(shown):
        st.caption(f"The first {len(shown)} of {len(chosen):,} projects; filter to see others.")
    points = event["selection"]["points"]
    if points:
        st.switch_page(project, query_params={"project": shown[int(points[0]["y"])].key})


def _open_by_name(projects: Sequence[Diagnosis]) -> str | None:
    """The way to a project for those who use the keyboard: tables and charts can only be clicked."""
    names = {found.key: f"{found.name} ({found.key})" for found in projects}
    return st.selectbox(
        "Open project",
        list(names),
        index=None,
        format_func=lambda key: names.get(key, key),
        placeholder="Open project …",
        key="open",
        label_visibility="collapsed",
    )
