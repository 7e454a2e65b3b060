"""What the kickoff settled: each pattern's questions with their answers, what is open first."""

import streamlit as st

from diagnostics.diagnosis import Diagnosis, PatternFinding, QuestionFinding
from diagnostics.findings import Status
from diagnostics.views.board import troubles
from diagnostics.views.escape import link, plain
from diagnostics.views.evidence import badge, quote
from diagnostics.views.words import STATUSES, count, day, sentence, sureness, with_range

_CLOSED = (Status.ANSWERED, Status.UNKNOWN)


def draw(found: Diagnosis) -> None:
    """Draw the section."""
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
    parts = [f"##### {badge(STATUSES[found.status])} {plain(found.question)}", plain(f"{sentence(found.why)}{sure}")]
    # What a later decision took the place of carries a note, and says something else.
    further = [e for e in found.evidence[1:] if found.status is Status.ANSWERED and not e.note]
    parts += [quote(evidence) for evidence in found.evidence if evidence not in further]
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
