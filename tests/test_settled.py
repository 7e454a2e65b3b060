"""Settled in tickets: decisions, questions that nobody answered, and other values; above all what must not count."""

from collections.abc import Sequence
from datetime import date

import pytest

from diagnostics.findings import Answer, Decision, Evidence, Ledger, OpenQuestion, Status
from diagnostics.history import Work
from diagnostics.patterns import all_questions
from diagnostics.records import Account, Change, Person, Role, Ticket, text_sha256
from diagnostics.reports.wording import source_text
from diagnostics.settled import settle
from tests.tickets import ANN, AS_OF, BEN, PIA, PRODUCT, ROBOT, ago, said, ticket, work

QUESTIONS = all_questions()
KICKOFF_DAY = date(2026, 3, 2)
TARGET, RATE, METRIC, OWNER = "metric-target", "error-rate", "metric-named", "decision-owner"
RECALL = "Recall must be at least 0.85 on the held-out weeks."
ISSUE = "agreed with the product owner: recall at 90 % precision, at least 0.6"
PEOPLE = (PRODUCT, Person(name="Ann Sample", roles=(Role.DATA_SCIENTIST,)), Person(name="Rolf Vogel", jira="rolf"))


def quoted(text: str, day: date | None = KICKOFF_DAY, author: str | None = None, **fields: object) -> Evidence:
    given = {"source": "kickoff", "ref": "kickoffs/a.md#L3", "author": author, "date": day}
    place = {"quote": text, "span": (0, len(text)), "text_sha256": text_sha256(text)}
    return Evidence.model_validate(given | place | fields)


def in_ticket(text: str, day: date | None, author: str | None = "Pia Sample", ref: str = "X-12") -> Evidence:
    return quoted(text, day, author, source="comment", ref=ref, url=f"https://jira.example/{ref}")


def answer(id: str, status: Status, *evidence: Evidence, confidence: float = 0.7) -> Answer:
    searched = () if status is Status.UNKNOWN else ("kickoffs/a.md",)
    return Answer(
        id=id, status=status, confidence=confidence, why="as the kickoff says", evidence=evidence, searched=searched
    )


def decided(
    text: str, question: str = TARGET, day: date | None = date(2026, 5, 4), sure: float = 0.9, **fields: str | None
) -> Decision:
    return Decision(evidence=in_ticket(text, day, **fields), question=question, confidence=sure)


def asked(text: str, question: str = TARGET, days: int = 61, sure: float = 0.8, author: str = "Hamid") -> OpenQuestion:
    day = ago(days).date()
    return OpenQuestion(evidence=in_ticket(text, day, author), age_days=days, question=question, confidence=sure)


def ledger(*decisions: Decision, open: Sequence[OpenQuestion] = ()) -> Ledger:
    latest_first = sorted(decisions, key=lambda d: d.evidence.date or date.min, reverse=True)
    return Ledger(decisions=tuple(latest_first), open=tuple(open))


def settled(before: Answer, of: Ledger, *tickets: Ticket, tracker: Work | None = None) -> Answer:
    (after,) = settle([before], of, QUESTIONS, tracker or work(*tickets, people=PEOPLE), AS_OF)
    return after


GAPS = {
    Status.MISSING: answer(TARGET, Status.MISSING),
    Status.VAGUE: answer(TARGET, Status.VAGUE, quoted("Recall should be as high as possible.")),
    Status.UNKNOWN: answer(TARGET, Status.UNKNOWN, confidence=0),
}


# ---------------------------------------------------------------------- a decision in a ticket answers


@pytest.mark.parametrize("status", GAPS)
def test_a_question_may_be_settled_later_in_a_ticket_and_counts_with_date_and_author(status: Status) -> None:
    found = settled(GAPS[status], ledger(decided(ISSUE)))
    assert (found.status, found.confidence) == (Status.ANSWERED, 0.9)
    assert found.why == "decided in a ticket by Pia Sample on 4 May 2026 (X-12)"
    assert [evidence.quote for evidence in found.evidence] == [ISSUE]
    assert source_text(found.evidence[0]) == "X-12, Pia Sample, 2026-05-04"


@pytest.mark.parametrize(
    "text",
    [
        "Do we agree on a recall of at least 0.6?",
        "We have not agreed on a recall of 0.6 yet.",
        "Nobody has agreed to the 0.6 recall so far.",
        "I don't agree with a recall of 0.6.",
        "Agreed to discuss the recall of at least 0.6 in the review.",
        "We decide on the recall of at least 0.6 once the backtest is in.",
        "I would propose a recall of at least 0.6.",
        "Maybe recall of at least 0.6, agreed?! Perhaps more.",
        "Recall of at least 0.6 needs a decision by Product.",
        "A recall of at least 0.6 is to be agreed with Pia.",
        "Stakeholders will decide on the recall, at least 0.6.",
        "We still have to agree on recall, at least 0.6.",
        "Agreed with the product owner on a target for recall.",  # no value
        "Agreed with Pia on 3 May 2026, see X-14 and v2.",  # numbers, but no value
    ],
)
def test_a_mention_is_no_decision(text: str) -> None:
    assert settled(GAPS[Status.VAGUE], ledger(decided(text))) == GAPS[Status.VAGUE]


@pytest.mark.parametrize(
    "decision",
    [
        decided(ISSUE, sure=0.79),
        decided(ISSUE, author=None),
        decided(ISSUE, author="Automation for Jira"),
        decided(ISSUE, author="deploy-bot"),
        decided(ISSUE, day=None),
        decided(ISSUE, day=date(2026, 10, 1)),  # after the day of diagnosis
        decided(ISSUE, question="error-costs"),
        decided(ISSUE, day=date(2026, 2, 1)),  # what a later kickoff leaves vague was not settled before it
    ],
)
def test_what_does_not_count_hides_no_gap(decision: Decision) -> None:
    assert settled(GAPS[Status.VAGUE], ledger(decision)) == GAPS[Status.VAGUE]


def test_an_account_that_the_tracker_calls_a_machine_decides_nothing() -> None:
    tracker = work(ticket(comments=[said(3, by=Account("r", "Release Robert", bot=True))]))
    told = ledger(decided(ISSUE, author="Release Robert"))
    assert settled(GAPS[Status.MISSING], told, tracker=tracker).status is Status.MISSING


@pytest.mark.parametrize(
    ("question", "text", "author", "counts"),
    [
        (OWNER, "Decided: Rolf Vogel decides on scope and launch.", "Ann Sample", True),
        (OWNER, "Agreed, it gets decided as it comes up.", "Ann Sample", False),
        ("metric-agreement", "Agreed on the recall as our metric.", "Ann Sample", False),
        ("metric-agreement", "Agreed on the recall as our metric.", "Pia Sample", True),  # Product's own word
        ("metric-agreement", "Rolf agreed on the recall as our metric.", "Ann Sample", True),
        (METRIC, "Agreed, we go with the new one.", "Pia Sample", False),
        (METRIC, "Decided: the AUC on held-out weeks is our metric.", "Pia Sample", True),
        ("metric-measurement", "Decided: we measure on the held-out weeks of May.", "Ann Sample", True),
    ],
)
def test_a_decision_has_what_its_question_asks_for(question: str, text: str, author: str, counts: bool) -> None:
    found = settled(answer(question, Status.MISSING), ledger(decided(text, question, author=author)))
    assert found.status is (Status.ANSWERED if counts else Status.MISSING)


def test_a_decision_that_was_taken_back_hides_no_gap() -> None:
    back = decided("The recall target of 0.6 is withdrawn, agreed with Pia.", day=date(2026, 6, 1))
    assert settled(GAPS[Status.MISSING], ledger(decided(ISSUE), back)).status is Status.MISSING
    anew = decided("Agreed with Pia: recall of at least 0.7.", day=date(2026, 7, 1))
    assert settled(GAPS[Status.MISSING], ledger(decided(ISSUE), back, anew)).evidence == (anew.evidence,)


# ------------------------------------------------------------------- of two decisions the later one counts


def test_a_later_decision_supersedes_and_marks_the_old_one() -> None:
    before = answer(TARGET, Status.ANSWERED, quoted(RECALL))
    found = settled(before, ledger(decided("Agreed with Pia: recall of at least 0.7 it is.")))
    assert found.status is Status.ANSWERED
    new, old = found.evidence
    assert new.quote.startswith("Agreed with Pia")
    assert (old.quote, old.note) == (RECALL, "superseded by the decision of 4 May 2026 (X-12)")
    assert found.why.startswith("decided in a ticket by Pia Sample on 4 May 2026 (X-12), in place of what the kickoff")


def test_of_two_decisions_the_later_one_counts() -> None:
    first, then = (
        decided(ISSUE),
        decided("Agreed with Pia: recall at 90 % precision, at least 0.5", day=date(2026, 8, 3)),
    )
    found = settled(GAPS[Status.MISSING], ledger(first, then))
    assert [evidence.note for evidence in found.evidence] == [
        None,
        "superseded by the decision of 3 August 2026 (X-12)",
    ]
    assert found.evidence[0] == then.evidence


@pytest.mark.parametrize(
    "text",
    [
        "Agreed with Pia: recall of at least 85 %.",  # the same value
        "Agreed with Pia: recall of at least 0.6 for the pilot.",  # another matter
        "Agreed with Pia: precision of at least 0.6.",  # another measure
    ],
)
def test_the_same_value_or_another_matter_is_further_evidence_only(text: str) -> None:
    before = answer(TARGET, Status.ANSWERED, quoted(RECALL))
    found = settled(before, ledger(decided(text)))
    assert [evidence.quote for evidence in found.evidence] == [RECALL, text]
    assert [evidence.note for evidence in found.evidence] == [None, None]
    assert found.why == before.why


def test_a_decision_from_before_the_kickoff_is_superseded_by_it() -> None:
    before = answer(TARGET, Status.ANSWERED, quoted(RECALL))
    found = settled(before, ledger(decided("Agreed with Pia: recall of at least 0.7.", day=date(2026, 2, 1))))
    assert [evidence.note for evidence in found.evidence] == [
        None,
        "superseded by the kickoff of 2 March 2026 (kickoffs/a.md#L3)",
    ]


def test_without_the_kickoffs_date_nothing_is_superseded() -> None:
    before = answer(TARGET, Status.ANSWERED, quoted(RECALL, None))
    found = settled(before, ledger(decided("Agreed with Pia: recall of at least 0.7.")))
    assert [evidence.note for evidence in found.evidence] == [None, None]
    assert found.evidence[0].quote == RECALL


def test_a_decision_settles_a_conflict_of_the_kickoff() -> None:
    both = (quoted(RECALL), quoted("The target is a recall of 0.9 on the held-out weeks."))
    before = answer(TARGET, Status.CONFLICTING, *both)
    found = settled(before, ledger(decided("Agreed with Pia: recall of at least 0.9.")))
    assert (found.status, len(found.evidence)) == (Status.ANSWERED, 3)
    assert all((evidence.note or "").startswith("superseded by the decision") for evidence in found.evidence[1:])
    assert settled(before, ledger(decided(ISSUE, day=KICKOFF_DAY))) == before


def test_of_two_owners_the_later_decision_counts() -> None:
    before = answer(OWNER, Status.ANSWERED, quoted("Pia Sample decides on scope, metric and launch."))
    anew = decided("Decided in the steering group: Rolf Vogel decides on the launch from now on.", OWNER)
    found = settled(before, ledger(anew))
    assert found.evidence[0] == anew.evidence
    assert (found.evidence[1].note or "").startswith("superseded")
    same = decided("Agreed: Pia decides on the launch.", OWNER)
    assert settled(before, ledger(same)).evidence[0] == before.evidence[0]


def test_of_two_metrics_the_later_decision_counts_and_a_second_one_adds() -> None:
    before = answer(METRIC, Status.ANSWERED, quoted("We steer by the click-through rate of the list."))
    anew = decided("Agreed with Pia: AUC is our metric from now on.", METRIC)
    assert settled(before, ledger(anew)).evidence[0] == anew.evidence
    added = decided("Agreed with Pia: we also report AUC as a metric.", METRIC)
    assert settled(before, ledger(added)).evidence[0] == before.evidence[0]
    abbreviated = decided("Agreed with Pia: CTR is our metric.", METRIC)
    assert settled(before, ledger(abbreviated)).evidence[1].note is None


def test_where_a_question_has_many_answers_a_decision_adds_one() -> None:
    before = answer("remediation", Status.ANSWERED, quoted("Doubtful cases go to the review queue of the desk."))
    added = decided("Decided: the switch returns all stores to the old rule within a minute.", "remediation")
    found = settled(before, ledger(added))
    assert [evidence.note for evidence in found.evidence] == [None, None]
    assert found.why == before.why


# ------------------------------------------------------------------ asked in a ticket, and nobody replied


def test_a_question_that_nobody_answered_stands_over_missing() -> None:
    found = settled(GAPS[Status.MISSING], ledger(open=[asked("Which recall do we need?")]))
    assert (found.status, found.confidence) == (Status.UNANSWERED, 0.7)
    assert found.why == "Hamid asked it on 31 July 2026, and nobody has answered in 61 days"
    assert [evidence.quote for evidence in found.evidence] == ["Which recall do we need?"]
    assert found.searched == ("kickoffs/a.md",)


def test_the_oldest_first_with_the_vague_words_and_at_most_three_quotes() -> None:
    waiting = [asked(f"Which recall do we need, {days}?", days=days) for days in (10, 61, 30)]
    found = settled(GAPS[Status.VAGUE], ledger(open=waiting))
    assert found.status is Status.UNANSWERED
    assert [evidence.quote for evidence in found.evidence] == [
        "Which recall do we need, 61?",
        "Which recall do we need, 30?",
        "Recall should be as high as possible.",
    ]
    assert found.why.endswith("in 61 days; it was asked 3 times")


@pytest.mark.parametrize(
    "before",
    [
        answer(TARGET, Status.ANSWERED, quoted(RECALL)),
        answer(TARGET, Status.CONFLICTING, quoted(RECALL), quoted("The target is a recall of 0.9.")),
        GAPS[Status.UNKNOWN],
    ],
)
def test_only_over_missing_or_vague(before: Answer) -> None:
    assert settled(before, ledger(open=[asked("Which recall do we need?")])) == before


@pytest.mark.parametrize(
    "question",
    [
        asked("Which recall do we need?", sure=0.5),
        asked("Which recall do we need?", question="error-costs"),
        asked("Which recall do we need?", author="Automation for Jira"),
    ],
)
def test_a_question_of_something_else_is_passed_over(question: OpenQuestion) -> None:
    assert settled(GAPS[Status.MISSING], ledger(open=[question])) == GAPS[Status.MISSING]


def test_a_decision_answers_what_was_asked() -> None:
    found = settled(GAPS[Status.MISSING], ledger(decided(ISSUE), open=[asked("Which recall do we need?")]))
    assert found.status is Status.ANSWERED


# -------------------------------------------------------- another value later, with nobody who agreed to it

NEW_TARGET = "The target is a recall of 0.7 on the held-out weeks."
SAYS = answer(TARGET, Status.ANSWERED, quoted(RECALL))


def filed(text: str, *, created: float = 40, by: Account = BEN, **fields: object) -> Ticket:
    return ticket(7, summary="Write the evaluation page", description=text, created=created, reporter=by, **fields)


def test_a_later_different_value_that_nobody_agreed_to_conflicts() -> None:
    page = filed(NEW_TARGET)
    found = settled(SAYS, Ledger(), page)
    assert found.status is Status.CONFLICTING
    old, new = found.evidence
    assert (old.quote, old.date) == (RECALL, KICKOFF_DAY)
    assert (new.quote, new.source, new.ref) == (NEW_TARGET, "ticket", "X-7")
    assert (new.author, new.date) == ("Ben Sample", ago(40).date())
    assert page.text[slice(*new.span)] == new.quote
    assert new.text_sha256 == text_sha256(page.text)
    assert found.why == (
        f"X-7 (Ben Sample, {ago(40).day} August 2026) sets another value for recall than the kickoff of 2 March 2026,"
        " and nobody is said to have agreed to it"
    )


def test_a_comment_and_a_summary_may_set_it_too() -> None:
    commented = settled(SAYS, Ledger(), ticket(comments=[said(9, NEW_TARGET, BEN)]))
    assert (commented.status, commented.evidence[1].source) == (Status.CONFLICTING, "comment")
    assert settled(SAYS, Ledger(), ticket(summary=NEW_TARGET)).status is Status.CONFLICTING


@pytest.mark.parametrize(
    "text",
    [
        "Recall reached 0.71 on the held-out weeks.",
        "Recall is at 0.71 on the held-out weeks.",
        "We have a recall of 0.71 on the held-out weeks.",
        "Recall 0.71 on the held-out weeks.",
        "Should recall be at least 0.7 on the held-out weeks?",
        "I suggest recall must be at least 0.7 on the held-out weeks.",
        "Recall must be at least 0.7 on the held-out weeks for the pilot.",
        "Recall must be at least 0.85 on the held-out weeks.",
        "Precision must be at least 0.7 on the held-out weeks.",
        "Pia agreed that recall must be at least 0.7 on the held-out weeks.",
        "> The target is a recall of 0.7 on the held-out weeks.",
    ],
)
def test_a_result_a_question_and_another_matter_are_no_other_value(text: str) -> None:
    assert settled(SAYS, Ledger(), filed(text)) == SAYS


@pytest.mark.parametrize(
    "page",
    [
        filed(NEW_TARGET, by=ROBOT),
        filed(NEW_TARGET, comments=[said(30, "Fine by me.", PIA)]),
        filed(NEW_TARGET, comments=None),  # somebody may have agreed unseen
        filed(NEW_TARGET, comments=[said(30, RECALL, PIA)]),  # the last word is the old value
        filed(NEW_TARGET, created=300),  # before the kickoff
    ],
)
def test_agreed_taken_back_or_unseen_is_no_conflict(page: Ticket) -> None:
    assert settled(SAYS, Ledger(), page) == SAYS


@pytest.mark.parametrize("text", ["Fine, but Pia has not said so.", "Who is on call?"])
def test_who_objects_or_speaks_of_something_else_has_not_agreed(text: str) -> None:
    page = filed(NEW_TARGET, comments=[said(30, text, PIA)])
    assert settled(SAYS, Ledger(), page).status is Status.CONFLICTING


def test_an_unsure_decision_still_means_that_somebody_may_have_agreed() -> None:
    unsure = decided("Agreed with Pia: recall of at least 0.7.", day=ago(38).date(), sure=0.4)
    assert settled(SAYS, ledger(unsure), filed(NEW_TARGET)) == SAYS


def test_without_the_kickoffs_date_no_place_is_later() -> None:
    before = answer(TARGET, Status.ANSWERED, quoted(RECALL, None))
    assert settled(before, Ledger(), filed(NEW_TARGET)) == before


def test_whoever_edited_the_description_set_the_value() -> None:
    edit = Change(at=ago(5), author=ANN, field="description", before_text="Write it.", after_text=NEW_TARGET)
    found = settled(SAYS, Ledger(), filed(NEW_TARGET, created=300, changes=[edit]))
    assert (found.evidence[1].author, found.evidence[1].date) == ("Ann Sample", ago(5).date())


def test_another_value_than_a_decision_of_a_ticket_conflicts_too() -> None:
    found = settled(
        GAPS[Status.MISSING], ledger(decided(ISSUE)), filed("Target: recall at 90 % precision of at least 0.5.")
    )
    assert found.status is Status.CONFLICTING
    assert found.evidence[0].quote == ISSUE


def test_another_metric_conflicts() -> None:
    before = answer(METRIC, Status.ANSWERED, quoted("We steer by the click-through rate of the list."))
    found = settled(before, Ledger(), filed("Note that our metric is now AUC."))
    assert found.status is Status.CONFLICTING
    assert "another metric" in found.why
    for text in ("Our metric is CTR.", "Is our metric AUC?", "AUC is not our metric.", "AUC rose to 0.8."):
        assert settled(before, Ledger(), filed(text)) == before
