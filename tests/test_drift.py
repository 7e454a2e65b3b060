"""Drift: changes that nobody agreed to, and agreements that have expired; and what is neither."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from diagnostics.drift import drift
from diagnostics.findings import Answer, DriftFinding, Evidence, Ledger, Status
from diagnostics.records import Person, Project, Role, Ticket
from tests.test_settled import KICKOFF_DAY, METRIC, NEW_TARGET, OWNER, RECALL, TARGET, answer, decided, in_ticket
from tests.test_settled import quoted as in_kickoff
from tests.tickets import AS_OF, ago, in_progress, said, ticket, work

PIA, ROLF = "Pia Sample", "Rolf Vögel"


def person(name: str, until: date | None = None, *roles: Role) -> Person:
    return Person(name=name, roles=roles, until=until)


def found(
    *answers: Answer, tickets: Sequence[Ticket] = (), people: Sequence[Person] = (), ledger: Ledger | None = None
) -> tuple[DriftFinding, ...]:
    project = Project(key="X", name="Sample", people=tuple(people))
    return drift(answers, ledger or Ledger(), work(*tickets, people=people), project, AS_OF)


# ---------------------------------------------------------------------- changed, and nobody agreed

LATER = in_ticket(NEW_TARGET, date(2026, 8, 21), "Ben Sample", "X-7")
BEGUN = in_progress(1, begun=100)


@pytest.mark.parametrize("question", [TARGET, METRIC, OWNER, "error-rate"])
def test_a_change_after_work_began_that_nobody_agreed_to_is_a_finding_of_its_own(question: str) -> None:
    (one,) = found(answer(question, Status.CONFLICTING, in_kickoff(RECALL), LATER), tickets=[BEGUN])
    assert (one.id, one.question) == ("changed-without-agreement", question)
    assert [evidence.quote for evidence in one.evidence] == [RECALL, NEW_TARGET]
    assert "the kickoff said one thing on 2 March 2026, and X-7 (Ben Sample) another on 21 August 2026" in one.why


@pytest.mark.parametrize(
    ("answered", "tickets"),
    [
        (answer(TARGET, Status.ANSWERED, in_kickoff(RECALL), LATER), [BEGUN]),
        (answer(TARGET, Status.CONFLICTING, in_kickoff(RECALL), LATER), [in_progress(1, begun=10)]),  # began later
        (answer(TARGET, Status.CONFLICTING, in_kickoff(RECALL), LATER), []),  # no work is known
        (answer(TARGET, Status.CONFLICTING, in_kickoff(RECALL, None), LATER), [BEGUN]),
        (answer(TARGET, Status.CONFLICTING, in_kickoff(RECALL), in_kickoff(NEW_TARGET)), [BEGUN]),  # of one day
        (answer("problem", Status.CONFLICTING, in_kickoff(RECALL), LATER), [BEGUN]),
    ],
)
def test_agreed_early_or_undated_is_no_drift(answered: Answer, tickets: list[Ticket]) -> None:
    assert found(answered, tickets=tickets) == ()


def test_where_nothing_shows_what_is_in_progress_work_began_with_the_first_ticket() -> None:
    before = answer(TARGET, Status.CONFLICTING, in_kickoff(RECALL), LATER)
    assert found(before, tickets=[ticket(created=90)])
    assert not found(before, tickets=[ticket(created=20)])


# ------------------------------------------------------------------- expired: the person left the project

LEFT = date(2026, 8, 31)
DECIDES = answer(OWNER, Status.ANSWERED, in_kickoff("Scope and launch: ROLF VOGEL decides, whatever it costs."))


def test_who_decides_has_left() -> None:
    (one,) = found(DECIDES, people=[person(ROLF, LEFT), person(PIA)])
    assert (one.id, one.question, one.evidence) == ("expired-agreement", OWNER, DECIDES.evidence)
    assert one.title == "Who decides has left the project: Rolf Vögel"
    assert "Rolf Vögel was on the project until 31 August 2026" in one.why


@pytest.mark.parametrize(
    "people",
    [
        [person(ROLF)],
        [person(ROLF, AS_OF)],  # the last day has not passed
        [person(ROLF, AS_OF + timedelta(days=30))],
        [person(ROLF, LEFT), person(ROLF)],  # in another role
        [person(ROLF, date(2026, 1, 31))],  # before it was agreed
        [person("Rolf Vogelsang", LEFT), person("Olf Vogel", LEFT)],  # whole words
        [],
    ],
)
def test_who_is_still_here_or_somebody_else_has_not_left(people: list[Person]) -> None:
    assert found(DECIDES, people=people) == ()


@pytest.mark.parametrize(
    ("id", "quote", "author", "fires"),
    [
        ("metric-agreement", "Rolf and Pia signed off the recall target.", None, True),
        ("metric-agreement", "Agreed on the recall target by all.", ROLF, True),
        (TARGET, RECALL, ROLF, True),
        (OWNER, "Pia decides on scope and launch.", ROLF, False),  # who wrote it down need not be the one
        ("product-partner", "Rolf Vögel asked for the project.", None, True),
        ("product-partner", "Rolf asked for it, Pia is the product manager.", None, False),  # she still speaks for it
        ("problem", "Rolf loses an hour a day.", None, False),
        (OWNER, "Rolf Krämer decides on scope and launch.", None, False),
    ],
)
def test_what_rests_on_somebody(id: str, quote: str, author: str | None, fires: bool) -> None:
    agreed = answer(id, Status.ANSWERED, in_kickoff(quote, author=author))
    people = [person(ROLF, LEFT), person(PIA, None, Role.PRODUCT_MANAGER)]
    assert bool(found(agreed, people=people)) is fires
    assert not found(agreed.model_copy(update={"status": Status.VAGUE}), people=people)


def test_an_agreement_that_was_renewed_or_has_no_date_has_not_expired() -> None:
    people = [person(ROLF, LEFT), person(PIA)]
    anew = decided("Agreed: Pia decides on scope and launch.", OWNER, LEFT + timedelta(days=5))
    assert not found(DECIDES, people=people, ledger=Ledger(decisions=(anew,)))
    assert not found(answer(OWNER, Status.ANSWERED, in_kickoff("Rolf Vögel decides.", None)), people=people)
    superseded = DECIDES.evidence[0].model_copy(update={"note": "superseded by the decision of 4 May 2026 (X-12)"})
    assert not found(answer(OWNER, Status.ANSWERED, anew.evidence, superseded), people=people)


# --------------------------------------------------------------------- expired: the scope grew by half


def created(count: int, days: float, first: int = 1, **fields: Any) -> list[Ticket]:
    return [ticket(first + n, created=days, **fields) for n in range(count)]


AGREED = answer("metric-agreement", Status.ANSWERED, in_kickoff("All of them agreed on the recall target."))
BEFORE, SINCE = (AS_OF - KICKOFF_DAY).days + 5, 30


def test_the_scope_grew_by_half_since() -> None:
    (one,) = found(AGREED, tickets=[*created(20, BEFORE), *created(10, SINCE, 50)])
    assert (one.id, one.title) == ("expired-agreement", "The scope grew by 50% since this was agreed")
    assert "there were 20 tickets, and 10 more have come since" in one.why
    assert one.evidence == AGREED.evidence


@pytest.mark.parametrize(
    "tickets",
    [
        [*created(22, BEFORE), *created(10, SINCE, 50)],  # less than half
        [*created(10, BEFORE), *created(9, SINCE, 50)],  # fewer than ten
        created(40, SINCE),  # nothing before it that could be compared
        [*created(20, BEFORE), *created(12, SINCE, 50, type="Spike")],  # research is no scope
        [*created(20, BEFORE), *created(12, SINCE, 50), replace(ticket(90), created=None)],  # perhaps older
    ],
)
def test_a_scope_that_hardly_grew_or_cannot_be_compared(tickets: list[Ticket]) -> None:
    assert found(AGREED, tickets=tickets) == ()


def test_agreed_again_after_it_grew() -> None:
    tickets = [*created(20, BEFORE), *created(10, SINCE, 50)]
    anew = decided("Pia agreed again to the recall target.", "metric-agreement", ago(10).date())
    assert found(AGREED, tickets=tickets, ledger=Ledger(decisions=(anew,))) == ()


# ------------------------------------------------------------------------ expired: the metric was renamed

STEERS = (
    answer(METRIC, Status.ANSWERED, in_kickoff("We steer by the click-through rate of the list.")),
    answer("metric-agreement", Status.ANSWERED, in_kickoff("All agreed on the click-through rate as the yardstick.")),
)


def speaking(*texts: str, days: float = 20) -> list[Ticket]:
    return [ticket(n, created=200, comments=[said(days, text)]) for n, text in enumerate(texts, 1)]


def test_the_metric_goes_by_another_name() -> None:
    tickets = speaking("Best AUC so far.", "Plot the auc by region.", "AUROC again at 0.8.", "Deck is done.")
    (one,) = found(*STEERS, tickets=tickets)
    assert (one.id, one.question) == ("expired-agreement", "metric-agreement")
    assert one.title == "The tickets speak of AUC now, and no longer of click through rate"
    agreed, now = one.evidence
    assert agreed == STEERS[1].evidence[0]
    assert now.source == "comment"
    (comment,) = next(t for t in tickets if t.key == now.ref).comments or ()
    assert comment.text[slice(*now.span)] == now.quote


@pytest.mark.parametrize(
    "tickets",
    [
        speaking("Best AUC so far.", "Plot the auc by region.", "Nothing."),  # two tickets
        speaking("Best AUC.", "Plot the auc.", "AUC is 0.8.", "The CTR fell."),  # by its short name
        speaking("Best AUC.", "Plot the auc.", "AUC is 0.8.", days=70),  # longer than eight weeks ago
        [*speaking("Best AUC.", "Plot the auc.", "AUC is 0.8."), ticket(9, comments=None)],  # perhaps unseen
    ],
)
def test_a_metric_that_is_still_spoken_of_is_not_renamed(tickets: list[Ticket]) -> None:
    assert found(*STEERS, tickets=tickets) == ()


def test_a_metric_that_the_kickoff_names_too_is_no_new_name() -> None:
    beside = answer("metric-proxy", Status.ANSWERED, in_kickoff("AUC stands in for it between tests."))
    assert found(*STEERS, beside, tickets=speaking("Best AUC.", "Plot the auc.", "AUC is 0.8.")) == ()


def test_every_quote_can_be_looked_up() -> None:
    quotes: list[Evidence] = [e for one in found(DECIDES, people=[person(ROLF, LEFT)]) for e in one.evidence]
    assert all(e.date and e.text_sha256 and e.quote for e in quotes)
