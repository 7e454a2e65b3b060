"""The sample portfolio: believable, with every verdict, symptom, role finding and drift, and built from its stories."""

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from diagnostics.diagnose_all import diagnose_portfolio
from diagnostics.diagnosis import Diagnosis, Lane, PortfolioDiagnosis, Verdict
from diagnostics.findings import KindOfWork, Presence, RoleFinding, Status
from diagnostics.gather import gather
from diagnostics.portfolio import load_portfolio
from diagnostics.records import canonical_text, text_sha256
from diagnostics.settings import Settings
from diagnostics.symptoms import all_symptoms

DEMO = Path(__file__).parent.parent / "data" / "demo"

VERDICTS = {
    "CHURN": Verdict.STUCK,
    "CLAIMS": Verdict.STUCK,
    "PRICING": Verdict.STUCK,
    "GRANTS": Verdict.DRIFTING,
    "LEADS": Verdict.DRIFTING,
    "SUPPORT": Verdict.DRIFTING,
    "TRIAGE": Verdict.DRIFTING,
    "DEFECT": Verdict.STALLED,
    "DEMAND": Verdict.STALLED,
    "FRAUD": Verdict.MOVING,
    "ROUTE": Verdict.MOVING,
    "SEARCH": Verdict.MOVING,
    "ENERGY": Verdict.UNKNOWN,
}
# The project that shows a symptom best, and one that plainly does not.
SYMPTOMS = {
    "ageing-work": ("PRICING", "FRAUD"),
    "blocked": ("DEMAND", "CHURN"),
    "bouncing": ("CLAIMS", "DEFECT"),
    "product-silent": ("PRICING", "ROUTE"),
    "silent": ("CHURN", "CLAIMS"),
    "slowing": ("DEFECT", "SEARCH"),
}

# The project that shows a way in which roles as declared and work as done differ, and who or what it names.
ROLES = {
    "unowned-work": ("ROUTE", "all 3 open tickets"),
    "two-owners": ("CLAIMS", "Idris Zerouali (data analyst) carries 5, Hanneke Terpstra (data engineer) 4"),
    "silent-role": ("PRICING", "the domain expert (Grzegorz Wilk and Inês Carvalhal)"),
    "one-for-all": ("PRICING", "Ottilie Brandvold (data scientist) carries 8 of the 11 tickets"),
    "between-roles": ("CLAIMS", "the ML engineer and the data engineer (Mateus Cordeiro and Hanneke Terpstra)"),
}


@cache
def demo() -> PortfolioDiagnosis:
    portfolio = load_portfolio(DEMO)
    assert portfolio.as_of is not None  # a fixed day, so that it never ages
    return diagnose_portfolio(portfolio, portfolio.as_of, Settings())


def project(key: str) -> Diagnosis:
    return next(found for found in demo().projects if found.key == key)


@pytest.mark.parametrize(("key", "verdict"), VERDICTS.items())
def test_verdict(key: str, verdict: Verdict) -> None:
    found = project(key)
    assert found.verdict is verdict, (found.clarity, found.flow)
    assert found.lane is (Lane.UNKNOWN if verdict is Verdict.UNKNOWN else Lane.RANKED)


def test_every_verdict_has_a_case_and_every_project_is_named_here() -> None:
    assert set(VERDICTS.values()) == set(Verdict)
    assert {found.key for found in demo().projects} == {*VERDICTS, "MAINT"}


def test_a_paused_project_is_not_ranked() -> None:
    assert project("MAINT").lane is Lane.INACTIVE


@pytest.mark.parametrize(("id", "keys"), SYMPTOMS.items())
def test_symptom(id: str, keys: tuple[str, str]) -> None:
    shown, not_shown = ({s.id: s for s in project(key).symptoms}[id] for key in keys)
    assert shown.status is Presence.PRESENT
    assert shown.evidence
    assert not_shown.status is Presence.ABSENT


def test_every_symptom_has_a_case() -> None:
    assert set(SYMPTOMS) == {rule.id for rule in all_symptoms()}


@pytest.mark.parametrize(("id", "case"), ROLES.items())
def test_roles_as_lived(id: str, case: tuple[str, str]) -> None:
    key, named = case
    shown = {
        found.key: r for found in demo().projects for r in found.roles if r.id == id and r.status.value == "present"
    }
    assert list(shown) == [key]  # and nowhere else
    assert named in shown[key].title


def test_an_open_question_is_named_as_the_cause_of_a_symptom() -> None:
    cause = next(cause for cause in project("CHURN").causes if cause.question == "error-rate")
    assert cause.symptom == "ageing-work"
    assert cause.sentence == (
        "Two of the nine ageing tickets probably wait for an answer on how many mistakes of which kind are acceptable,"
        " which the kickoff left open."
    )
    assert cause.tickets == ("CHURN-41", "CHURN-59")
    assert cause.evidence[0].author == "Darya Melnychuk"
    assert "how many false ones are tolerable" in cause.evidence[0].quote


def test_causes_are_joined_to_open_questions_and_present_symptoms_only() -> None:
    joined = 0
    for found in demo().projects:
        status = {question.id: question.status for pattern in found.patterns for question in pattern.questions}
        shown = {symptom.id for symptom in found.symptoms if symptom.status is Presence.PRESENT}
        for cause in found.causes:
            assert status[cause.question] not in (Status.ANSWERED, Status.UNKNOWN)
            assert cause.symptom in shown
            joined += 1
    assert joined > 10


@pytest.mark.parametrize(("key", "topic", "tickets"), [("DEFECT", "labelling", 7), ("DEMAND", "data access", 5)])
def test_where_the_kickoff_is_clear_the_cause_lies_elsewhere(key: str, topic: str, tickets: int) -> None:
    top = project(key).elsewhere[0]
    assert (top.topic, len(top.tickets)) == (topic, tickets)
    assert f"the tickets speak of {topic} ({tickets})" in project(key).why[-1]
    assert {found.key for found in demo().projects if found.elsewhere} == {"DEFECT", "DEMAND"}


def test_every_way_in_which_roles_differ_has_a_case() -> None:
    assert set(ROLES) == set(get_args(RoleFinding.model_fields["id"].annotation))


def test_where_nobody_works_roles_cannot_be_told() -> None:
    assert {finding.status for finding in project("MAINT").roles} == {Presence.UNKNOWN}


def test_nobody_named_for_product_is_unknown_and_to_be_named() -> None:
    unnamed = {
        found.key
        for found in demo().projects
        if {s.id: s for s in found.symptoms}["product-silent"].status is Presence.UNKNOWN
    }
    assert unnamed == {"CHURN", "GRANTS", "LEADS"}
    assert unnamed == {found.key for found in demo().projects if "name-product" in {a.id for a in found.actions}}


def test_what_product_said_last_is_quoted() -> None:
    (quote,) = {s.id: s for s in project("PRICING").symptoms}["product-silent"].evidence
    assert (quote.source, quote.ref, quote.author) == ("comment", "PRICING-44", "Roland Etcharry")
    assert quote.quote == "Whatever is usual. The board meets on Friday."


def test_the_work_of_every_declared_person_is_counted() -> None:
    done = {person.name: person for person in project("FRAUD").work_by_person}
    assert all(person.declared and person.events for person in done.values())
    most = max(done["Dawit Tekle"].counts, key=lambda count: count.events)
    assert most.kind_of_work is KindOfWork.DATA


def test_two_values_in_different_places_conflict_and_drift() -> None:
    conflicting = {
        (found.key, question.id): question
        for found in demo().projects
        for pattern in found.patterns
        for question in pattern.questions
        if question.status is Status.CONFLICTING
    }
    assert set(conflicting) == {("FRAUD", "error-rate")}  # and nowhere else
    kickoff, page = conflicting["FRAUD", "error-rate"].evidence
    assert "must not fall below 35 %" in kickoff.quote
    assert page.quote == "Precision of automatic declines must not fall below 25 % in any calendar week."
    assert (page.ref, page.author, str(page.date)) == ("FRAUD-71", "João Alvarenga", "2026-09-15")


def test_what_was_asked_in_a_ticket_and_never_answered_stands_over_the_gap() -> None:
    asked = next(q for p in project("GRANTS").patterns for q in p.questions if q.status is Status.UNANSWERED)
    assert asked.evidence[0].source in ("comment", "ticket")
    assert "nobody has answered" in asked.why


def test_a_question_settled_in_a_ticket_counts_with_its_date_and_author() -> None:
    (rate,) = [q for p in project("SUPPORT").patterns for q in p.questions if q.id == "error-rate"]
    assert rate.status is Status.ANSWERED
    assert rate.why == "decided in a ticket by Delphine Aubry on 29 June 2026 (SUPPORT-24)"
    assert "at most 2 in 100 drafts" in rate.evidence[0].quote


def test_every_project_with_comments_has_a_ledger_whose_quotes_stand_in_its_tickets() -> None:
    portfolio = load_portfolio(DEMO)
    ledgers = {found.key: found.ledger for found in demo().projects}
    assert all(ledger.threads >= 40 and ledger.answered for ledger in ledgers.values())
    assert sum(len(ledger.open) for ledger in ledgers.values()) >= 50
    assert sum(len(ledger.decisions) for ledger in ledgers.values()) >= 20
    assert any(one.asked_to for one in ledgers["CHURN"].open)
    for entry in portfolio.entries:
        tickets = gather(entry, portfolio.timezone, Settings()).tickets or ()
        texts = {text_sha256(text): text for t in tickets for text in (t.text, *(c.text for c in t.comments or ()))}
        ledger = ledgers[entry.project.key]
        for one in (*ledger.open, *ledger.assumptions, *ledger.decisions):
            assert texts[one.evidence.text_sha256][slice(*one.evidence.span)] == one.evidence.quote


def test_what_changed_or_expired() -> None:
    shown = {(found.key, drift.id, drift.question) for found in demo().projects for drift in found.drift}
    assert shown == {
        ("FRAUD", "changed-without-agreement", "error-rate"),
        ("ROUTE", "expired-agreement", "decision-owner"),
    }
    (left,) = project("ROUTE").drift
    assert left.title == "Who decides has left the project: Roderick Achterberg"


def test_no_kickoff_given_is_unknown_and_none_held_is_missing_or_asked_in_vain() -> None:
    def statuses(key: str) -> set[Status]:
        return {question.status for pattern in project(key).patterns for question in pattern.questions}

    assert statuses("ENERGY") == {Status.UNKNOWN}
    assert statuses("GRANTS") == {Status.MISSING, Status.UNANSWERED}


def test_it_is_read_whole() -> None:
    assert demo().problems == ()
    assert all(source.read for found in demo().projects for source in found.sources)


def test_kickoffs_come_in_every_form_and_tickets_in_both_of_jiras_markups() -> None:
    kinds = {source.kind for found in demo().projects for source in found.sources}
    assert kinds == {"md", "txt", "docx", "html", "pdf", "tickets"}


def test_each_project_has_40_to_200_tickets_with_comments_and_histories_over_several_months() -> None:
    portfolio = load_portfolio(DEMO)
    for entry in portfolio.entries:
        tickets = gather(entry, portfolio.timezone, Settings()).tickets or ()
        assert 40 <= len(tickets) <= 200
        assert sum(len(ticket.comments or ()) for ticket in tickets) >= len(tickets)
        assert all(ticket.changes is not None and ticket.changes_complete for ticket in tickets)
        assert len({ticket.created.month for ticket in tickets}) >= 3


def test_every_quote_stands_in_its_record_at_its_span() -> None:
    portfolio = load_portfolio(DEMO)
    texts: dict[str, str] = {}
    comments: dict[str, str] = {}
    for entry in portfolio.entries:
        records = gather(entry, portfolio.timezone, Settings())
        texts |= {record.ref: record.text for record in records.kickoffs}
        texts |= {ticket.key: ticket.text for ticket in records.tickets or ()}
        comments |= {text_sha256(c.text): c.text for t in records.tickets or () for c in t.comments or ()}
    checked = 0
    for found in demo().projects:
        quotes = [e for p in found.patterns for q in p.questions for e in q.evidence]
        shown = (*found.symptoms, *found.roles, *found.causes, *found.elsewhere, *found.drift)
        quotes += [e for finding in shown for e in finding.evidence]
        for evidence in quotes:
            commented = comments.get(evidence.text_sha256) if evidence.source == "comment" else None
            text = commented or texts[evidence.ref.partition("#")[0]]
            assert text == canonical_text(text)
            assert text[slice(*evidence.span)] == evidence.quote
            checked += 1
    assert checked > 200


def test_it_is_what_its_stories_make_and_hardly_a_sentence_repeats() -> None:
    run = subprocess.run(
        [sys.executable, DEMO / "make" / "build.py", "--check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
