"""The project page: what is wrong with one project, how one knows, and who should talk to whom."""

from collections.abc import Sequence

import streamlit as st

from diagnostics.diagnosis import Action, Diagnosis, Score, SourceRead, Verdict
from diagnostics.reports.wording import actions_in_order, product_line, reasons, shown_health, verdict_text
from diagnostics.views import asked, causes, drift, empty_page, flow, frame, kickoff, roles, session, status
from diagnostics.views.escape import link, plain
from diagnostics.views.evidence import badge, who_and_when
from diagnostics.views.session import Board
from diagnostics.views.words import PRESENCES, count, day, figure, sentence, standing

# What is shown at once is what one can do this week; the rest is one click away.
ACTIONS_AT_ONCE = 3
AGENDA_AT_ONCE = 6


def draw(portfolio: st.Page) -> None:
    """Draw the page; `portfolio` is the way back."""
    key = session.project_asked_for()
    board = session.board()
    found = board.project(key) if key is not None else None
    frame.begin(found.name if found else "Project")
    st.page_link(portfolio, label="All projects", icon=":material/arrow_back:")
    if board.trouble is not None or not board.portfolio.entries:
        empty_page.draw(board)
    elif found is None:
        _not_found(key, board)
    else:
        status.status_line(board)
        _head(found, board)
        _what_to_do(found)
        for section in (causes, asked, drift):
            section.draw(found)
        # The side that holds the project up comes first.
        stalled = found.verdict is Verdict.STALLED
        for section in (flow, roles, kickoff) if stalled else (kickoff, roles, flow):
            section.draw(found)
        _sources(found)
        frame.left_out(found.problems)


def _not_found(key: str | None, board: Board) -> None:
    declared = {entry.project.key: entry.project.name for entry in board.portfolio.entries}
    if key in declared:
        st.title(plain(declared[key]), anchor=False)
        st.markdown("This project has not been read yet. The page fills by itself.")
        status.status_line(board)
        return
    st.title("No such project", anchor=False)
    if key:
        st.markdown(f"The portfolio has no project with the key **{plain(key)}**. Its keys are:")
    else:
        st.markdown("The address names no project: add ?project=KEY, with one of these keys:")
    st.markdown("\n".join(f"- **{plain(known)}**: {plain(name)}" for known, name in declared.items()))


def _head(found: Diagnosis, board: Board) -> None:
    alone = {"projects": (found,), "problems": found.problems}
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        with st.container(gap=None, width="stretch"):
            st.title(plain(found.name), anchor=False)
            st.caption(plain(" · ".join(_facts(found))))
        frame.report_menu(board.document.model_copy(update=alone), found.key)
    with st.container(border=True):
        verdict, scores = st.columns([3, 2], gap="medium", vertical_alignment="center")
        with verdict:
            # The badge says the verdict's word, so the sentence begins after it.
            said = verdict_text(found).partition(": ")[2] or verdict_text(found)
            st.markdown(f"#### {badge(standing(found))} {plain(said[:1].upper() + said[1:])}")
            _reasons(found)
        with scores, st.grid(3, min_column_width=90):
            _score("Health", shown_health(found), "The lower of clarity and flow")
            _score("Clarity", found.clarity, "How much of what a kickoff has to settle is settled")
            _score("Flow", found.flow, "How well the work moves, going by the tickets")


def _reasons(found: Diagnosis) -> None:
    """Why it stands where it stands, and when Product last spoke, which is not said twice."""
    st.markdown("\n".join(f"- {plain(reason)}" for reason in reasons(found)))
    product = product_line(found)
    if product is None:
        return
    parts = [badge(PRESENCES[product.status]._replace(word=product.headline))]
    if product.rest:
        parts.append(plain(sentence(product.rest)))
    if said := product.said:
        parts.append(f"{link(said.ref, said.url)} “{plain(said.quote)}”")
        parts += [f":gray[· {who}]" for who in (who_and_when(said),) if who]
    st.markdown(" ".join(parts))


def _facts(found: Diagnosis) -> list[str]:
    facts = [found.key]
    if found.team:
        facts.append(found.team)
    if found.manager:
        facts.append(f"led by {found.manager}")
    if found.started:
        facts.append(f"since {day(found.started)}")
    if found.due:
        facts.append(f"due {day(found.due)}")
    return [*facts, f"as of {day(found.as_of)}"]


def _score(name: str, score: Score, means: str) -> None:
    with st.container(gap=None):
        st.metric(name, figure(score), help=means)
        st.caption("no spread" if score.low == score.high else f"{score.low} to {score.high}")


def _what_to_do(found: Diagnosis) -> None:
    st.subheader("What to do next", anchor=False)
    if not found.actions:
        st.markdown("Nothing is open: every question is settled, and the work flows.")
    ordered = actions_in_order(found)
    for action in ordered[:ACTIONS_AT_ONCE]:
        with st.container(border=True):
            _action(action)
    if rest := ordered[ACTIONS_AT_ONCE:]:
        with st.expander(f"{count(len(rest), 'more conversation')}, which would gain less"):
            for action in rest:
                with st.container(border=True):
                    _action(action)


def _action(action: Action) -> None:
    step, agenda = st.columns([1, 1], gap="medium")
    with step:
        st.markdown(f"**{plain(action.title)}**")
        if facts := _facts_of(action):
            st.caption(plain(" · ".join(facts)))
        st.markdown(f"**First step:** {plain(action.first_step)}")
    with agenda:
        st.markdown("**Agenda**\n\n" + _numbered(action.agenda[:AGENDA_AT_ONCE], 1))
        if rest := action.agenda[AGENDA_AT_ONCE:]:
            with st.expander(f"{count(len(rest), 'more question')}", type="compact"):
                st.markdown(_numbered(rest, AGENDA_AT_ONCE + 1))


def _facts_of(action: Action) -> list[str]:
    facts = []
    if action.person is None:
        facts.append(f"Nobody is named yet as {action.partner}")
    elif action.person not in action.title:
        facts.append(f"With {action.person}, {action.partner}")
    if action.settles:
        facts.append(f"Settles {count(len(action.settles), 'question')}")
    if action.gain > 0:
        facts.append(f"clarity would rise by {action.gain}")
    return facts


def _numbered(points: Sequence[str], first: int) -> str:
    return "\n".join(f"{number}. {plain(point)}" for number, point in enumerate(points, first))


def _sources(found: Diagnosis) -> None:
    with st.expander(f"What was read: {count(len(found.sources), 'source')}"):
        lines = [_source(source) for source in found.sources]
        st.markdown("\n".join(lines) or f"{plain('portfolio.toml')} names no source for this project.")
        made_by = found.versions
        st.caption(
            f"Reader {plain(made_by.reader)}, patterns {plain(made_by.patterns)},"
            f" thresholds {plain(made_by.thresholds)}"
        )


def _source(source: SourceRead) -> str:
    said = [count(source.records, "record") if source.read else "could not be read"]
    if source.as_of:
        said.append(f"newest of {day(source.as_of)}")
    if source.message:
        said.append(source.message)
    return f"- **{plain(source.ref)}**: {plain(', '.join(said))}"
