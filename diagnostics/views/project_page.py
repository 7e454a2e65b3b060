"""The project page: what is wrong with one project, how one knows, and who should talk to whom."""

from collections.abc import Sequence

import streamlit as st

from diagnostics.diagnosis import Action, Diagnosis, PatternFinding, QuestionFinding, Score, SourceRead, Verdict
from diagnostics.findings import Evidence, Presence, Status, Symptom
from diagnostics.reports.wording import actions_in_order, pieces, shown_health, verdict_text
from diagnostics.views import empty_page, frame, session, status
from diagnostics.views.board import troubles
from diagnostics.views.escape import link, plain
from diagnostics.views.session import Board
from diagnostics.views.words import (
    PRESENCES,
    STATUSES,
    Label,
    count,
    day,
    figure,
    sentence,
    standing,
    sureness,
    with_range,
)

# What is shown at once is what one can do this week; the rest is one click away.
ACTIONS_AT_ONCE = 3
AGENDA_AT_ONCE = 6
TICKETS_AT_ONCE = 5

_CLOSED = (Status.ANSWERED, Status.UNKNOWN)


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
        # The side that holds the project up comes first.
        sides = (_symptoms, _patterns) if found.verdict is Verdict.STALLED else (_patterns, _symptoms)
        for side in sides:
            side(found)
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
            st.markdown(f"#### {_badge(standing(found))} {plain(said[:1].upper() + said[1:])}")
            st.markdown("\n".join(f"- {plain(reason)}" for reason in found.why))
        with scores, st.grid(3, min_column_width=90):
            _score("Health", shown_health(found), "The lower of clarity and flow")
            _score("Clarity", found.clarity, "How much of what a kickoff has to settle is settled")
            _score("Flow", found.flow, "How well the work moves, going by the tickets")


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


def _patterns(found: Diagnosis) -> None:
    st.subheader("What the kickoff settled", anchor=False)
    worst = troubles(found)[:1]
    for pattern in found.patterns:
        with st.expander(_heading(pattern), expanded=pattern in worst):
            st.caption(plain(pattern.why))
            # What is open comes first: it is what a conversation is needed for.
            for question in sorted(pattern.questions, key=lambda question: question.status in _CLOSED):
                st.markdown(_question(question))


def _heading(pattern: PatternFinding) -> str:
    unknown = sum(question.status is Status.UNKNOWN for question in pattern.questions)
    open_ = sum(question.status not in _CLOSED for question in pattern.questions)
    says = [f"{open_} of {count(len(pattern.questions), 'question')} open"] if unknown < len(pattern.questions) else []
    if unknown:
        says.append(f"{count(unknown, 'question')} unknown")
    parts = [f"**{plain(pattern.title)}**", f"clarity {plain(with_range(pattern.clarity))}", *says]
    return " · ".join(parts)


def _question(found: QuestionFinding) -> str:
    """A question with its answer, all outside text escaped, as one piece of Markdown."""
    sure = "" if found.status is Status.UNKNOWN else f" The reading is {sureness(found.confidence)}."
    parts = [f"##### {_badge(STATUSES[found.status])} {plain(found.question)}", plain(f"{sentence(found.why)}{sure}")]
    # What a later decision took the place of carries a note, and says something else.
    further = [e for e in found.evidence[1:] if found.status is Status.ANSWERED and not e.note]
    parts += [_quote(evidence) for evidence in found.evidence if evidence not in further]
    if further:
        parts.append(f":small[Also said in {', '.join(link(evidence.ref, evidence.url) for evidence in further)}]")
    if found.correction:
        by = found.correction
        said = f"{by.by} on {day(by.date)}: {STATUSES[by.status].word.lower()}. {by.why}"
        parts.append(f"**Corrected** by {plain(said)}")
    if found.waiver:
        until = f" until {day(found.waiver.until)}" if found.waiver.until else ""
        parts.append(f"**Accepted as a gap** by {plain(f'{found.waiver.by}{until}: {found.waiver.why}')}")
    if found.status is not Status.ANSWERED:
        parts.append(f":small[**A good answer:** {plain(found.good_answer)}]")
    return "\n\n".join(parts)


def _badge(label: Label) -> str:
    return f":{label.colour}-badge[{plain(str(label))}]"


def _quote(evidence: Evidence) -> str:
    under = [f"under “{plain(evidence.heading)}”"] if evidence.heading else []
    facts = [evidence.author, day(evidence.date) if evidence.date else None, evidence.note]
    source = " · ".join([link(evidence.ref, evidence.url), *under, *(plain(fact) for fact in facts if fact)])
    return f"> {in_its_place(evidence)}\n>\n> :small[{source}]"


def in_its_place(evidence: Evidence) -> str:
    """The quote with what made it concrete or vague marked, and in grey what its paragraph says around it."""
    before, after = (f":gray[{plain(text)}]" if text.strip() else "" for text in (evidence.before, evidence.after))
    quote = "".join(_marked(piece) if marked else _spaced(piece) for piece, marked in pieces(evidence))
    return " ".join(part for part in (before, quote.strip(), after) if part)


def _marked(text: str) -> str:
    # A word joiner keeps what follows apart: "[0.8](x)" would be a link.
    return f":primary-background[{plain(text)}]\N{WORD JOINER}"


def _spaced(text: str) -> str:
    """Escaped, but with the white space at its ends, which keeps its neighbours apart."""
    if not text.strip():
        return " " if text else ""
    return f"{' ' * text[:1].isspace()}{plain(text)}{' ' * text[-1:].isspace()}"


def _symptoms(found: Diagnosis) -> None:
    st.subheader("How the work flows", anchor=False)
    for symptom in found.symptoms:
        if symptom.status is Presence.PRESENT:
            with st.container(border=True):
                _symptom(symptom)
    rest = [symptom for symptom in found.symptoms if symptom.status is not Presence.PRESENT]
    if rest:
        st.markdown("\n\n".join(_not_present(symptom) for symptom in rest))


def _symptom(symptom: Symptom) -> None:
    value = f"{symptom.value:g} {symptom.unit}, counts from {symptom.threshold:g}"
    st.markdown(f"{_badge(PRESENCES[symptom.status])} **{plain(symptom.title)}** · {plain(value)}")
    tickets = [_ticket(evidence) for evidence in symptom.evidence]
    st.markdown("\n\n".join([plain(sentence(symptom.why)), "\n".join(tickets[:TICKETS_AT_ONCE])]))
    if rest := tickets[TICKETS_AT_ONCE:]:
        with st.expander(count(len(rest), "more ticket"), type="compact"):
            st.markdown("\n".join(rest))


def _ticket(evidence: Evidence) -> str:
    note = f" :gray[· {plain(evidence.note)}]" if evidence.note else ""
    return f"- {link(evidence.ref, evidence.url)} {plain(evidence.quote)}{note}"


def _not_present(symptom: Symptom) -> str:
    return f"{_badge(PRESENCES[symptom.status])} **{plain(symptom.title)}** · {plain(symptom.why)}"


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
