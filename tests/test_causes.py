"""Causes: open questions joined to the tickets of a symptom, for and against; and what stalls a clear project."""

from collections.abc import Sequence
from typing import Any, get_args

import pytest

from diagnostics.causes import MOST_CAUSES, causes
from diagnostics.diagnosis import PatternFinding, QuestionFinding, Score, Verdict
from diagnostics.elsewhere import elsewhere
from diagnostics.findings import (
    Cause,
    Elsewhere,
    Evidence,
    Ledger,
    OpenQuestion,
    Presence,
    RoleFinding,
    Status,
)
from diagnostics.patterns import known_patterns, questions_of
from diagnostics.records import Account, Person, Role, Ticket, text_sha256
from diagnostics.symptoms import all_symptoms
from diagnostics.ticket_terms import QUESTION_TERMS, TOPIC_TERMS, TicketTerms
from tests.tickets import AS_OF, PIA, PRODUCT, ago, done, in_progress, moved, said, ticket, work

EXPERT = Person(name="Ingrid Sample", roles=(Role.DOMAIN_EXPERT,), jira="ingrid")
HOW_MANY = "How many false alarms are acceptable to the desk?"
DRIFTED = "The nightly job writes its output twice."
PARTNERS = {question.id: question.partner for question in questions_of(known_patterns())}


def quote(text: str, ref: str, source: str = "kickoff") -> Evidence:
    return Evidence.model_validate(
        {"source": source, "ref": ref, "quote": text, "span": (0, len(text)), "text_sha256": text_sha256(text)}
    )


def question(id: str, status: Status = Status.MISSING) -> QuestionFinding:
    shown = {Status.MISSING: 0, Status.UNKNOWN: 0, Status.CONFLICTING: 2}.get(status, 1)
    return QuestionFinding(
        id=id,
        status=status,
        confidence=0.9,
        why="as the test says",
        evidence=(quote("Errors should be kept as few as possible.", "k.md#L1"),) * shown,
        searched=("k.md",),
        question="What rate of which mistake is acceptable?",
        good_answer="At most one in ten.",
        weight=2,
        partner=PARTNERS.get(id, Role.PRODUCT_MANAGER),
    )


def findings(*questions: QuestionFinding) -> tuple[PatternFinding, ...]:
    clarity = Score(score=0, low=0, high=100)
    return (PatternFinding(id="p", title="A pattern", why="as the test says", clarity=clarity, questions=questions),)


def asked(key: str, id: str | None = "error-rate", *, days: int = 30, to: str | None = None) -> OpenQuestion:
    return OpenQuestion(
        evidence=quote("Which of these is it then?", key, "comment"),
        age_days=days,
        asked_to=to,
        question=id,
        confidence=0.9,
    )


def old(number: int, *texts: str, begun: float = 60, **fields: Any) -> Ticket:
    """A ticket in progress for long, with comments: the first twenty days after it was begun, the next later."""
    comments = [said(begun - 10 - n, text) for n, text in enumerate(texts)]
    return in_progress(number, begun=begun, comments=comments, summary=DRIFTED, **fields)


def found(
    tickets: Sequence[Ticket],
    *questions: QuestionFinding,
    ledger: Ledger | None = None,
    people: Sequence[Person] = (),
    roles: Sequence[RoleFinding] = (),
) -> tuple[Cause, ...]:
    at = work(*tickets, people=people)
    symptoms = tuple(rule.symptom(at) for rule in all_symptoms())
    return causes(symptoms, findings(*questions), ledger or Ledger(), at, people, AS_OF, roles)


def of_ageing(*args: Any, **given: Any) -> Cause:
    (cause,) = [cause for cause in found(*args, **given) if cause.symptom == "ageing-work"]
    return cause


SILENT = [old(n) for n in (1, 2, 3)]  # three ageing tickets that speak of no question
ERROR_RATE = question("error-rate")


def test_nothing_is_joined_where_nothing_is_shared() -> None:
    assert found(SILENT, ERROR_RATE) == ()


def test_shared_terms_in_two_tickets_join() -> None:
    cause = of_ageing([old(1, HOW_MANY), old(2, HOW_MANY), old(3)], ERROR_RATE)
    assert cause.question == "error-rate"
    assert cause.tickets == ("X-1", "X-2")
    assert cause.sentence == (
        "Two of the three ageing tickets probably wait for an answer on how many mistakes of which kind are"
        " acceptable, which the kickoff left open."
    )
    assert cause.speaks_for[0] == "X-1 and X-2 speak of it: “How many false alarms”."
    assert "One of these tickets does not speak of it." in cause.speaks_against
    assert {evidence.ref for evidence in cause.evidence} == {"X-1", "X-2"}


def test_a_term_that_stands_in_one_place_only_is_chance() -> None:
    assert found([old(1, HOW_MANY), old(2), old(3)], ERROR_RATE) == ()
    assert of_ageing([old(1, HOW_MANY, "Nobody says how many false ones."), old(2), old(3)], ERROR_RATE)


def test_words_that_are_common_in_tickets_join_nothing() -> None:
    common = "The threshold of the alarm is in the config, and the job fails with an error."
    assert found([old(1, common), old(2, common), old(3, common)], ERROR_RATE, question("error-costs")) == ()


def test_a_question_that_was_asked_joins_alone_and_is_quoted() -> None:
    cause = of_ageing(SILENT, ERROR_RATE, ledger=Ledger(open=(asked("X-2", days=41),), threads=3))
    assert cause.tickets == ("X-2",)
    assert cause.sentence.startswith("One of the three ageing tickets waits for an answer on")  # and not "probably"
    assert cause.speaks_for == ("Asked in X-2 and not answered; the oldest such question is 41 days old.",)
    assert cause.evidence[0].quote == "Which of these is it then?"


@pytest.mark.parametrize("question_id", [None, "metric-target"])
def test_a_question_asked_that_belongs_to_no_open_question_joins_nothing(question_id: str | None) -> None:
    assert found(SILENT, ERROR_RATE, ledger=Ledger(open=(asked("X-2", question_id),))) == ()


def test_one_term_is_enough_where_product_is_silent() -> None:
    tickets = [old(1, HOW_MANY), old(2), old(3), done(9, begun=99, finished=95, creator=PIA)]
    shown = found(tickets, ERROR_RATE, people=[PRODUCT])
    by_symptom = {cause.symptom: cause for cause in shown}
    fact = "Pia Sample (product manager) could answer it, and wrote nothing in the tickets for 100 days."
    assert fact in by_symptom["ageing-work"].speaks_for
    assert by_symptom["product-silent"].sentence.startswith("Product has been silent for 100 days, and one of the")
    assert by_symptom["product-silent"].tickets == ("X-1",)


def test_only_questions_for_product_hang_on_its_silence() -> None:
    costs = "Nobody told us what they cost."
    tickets = [old(1, costs), old(2, costs), old(3)]
    shown = found(tickets, question("error-costs"), people=[PRODUCT, EXPERT])
    assert {cause.symptom for cause in shown} == {"ageing-work"}


def test_one_term_is_enough_where_the_role_does_nothing_in_the_tickets() -> None:
    silent = RoleFinding(
        id="silent-role",
        title="Nothing in the tickets from the domain expert",
        why="as the test says",
        people=("Ingrid Sample",),
        status=Presence.PRESENT,
        searched=("3 tickets",),
    )
    tickets = [old(1, "Nobody told us what they cost."), old(2), old(3)]
    assert found(tickets, question("error-costs"), people=[EXPERT]) == ()
    cause = of_ageing(tickets, question("error-costs"), people=[EXPERT], roles=[silent])
    assert any(fact.startswith("Ingrid Sample (domain expert) could answer it") for fact in cause.speaks_for)
    assert cause.tells_apart.startswith("Ask Ingrid Sample which mistakes hurt")


def test_one_term_is_enough_in_a_ticket_that_waits_for_the_person() -> None:
    tickets = [old(1, "Ingrid, tell us what they cost please."), old(2), old(3)]
    cause = of_ageing(tickets, question("error-costs"), people=[EXPERT])
    assert "X-1 waits for Ingrid Sample: named or assigned there, and silent there since." in cause.speaks_for


def test_a_person_who_answered_in_the_ticket_is_not_waited_for() -> None:
    answer = said(5, "I will look at it.", by=Account(id="ingrid", name="Ingrid Sample"))
    named = said(40, "Ingrid, tell us what they cost please.")
    answered = in_progress(1, begun=60, summary=DRIFTED, comments=[named, answer])
    assert found([answered, old(2), old(3)], question("error-costs"), people=[EXPERT]) == ()


def test_a_ticket_that_is_done_waits_for_nothing() -> None:
    back = [moved(9, "In Progress", "To Do"), moved(8, "To Do", "In Progress"), moved(7, "In Progress", "To Do")]
    bounced = [
        ticket(n, status=status, changes=[*back, moved(6, "To Do", status)], comments=[said(1, HOW_MANY)])
        for n, status in enumerate(["Done", "In Progress", "In Progress"])
    ]
    (cause,) = found(bounced, ERROR_RATE)
    assert (cause.symptom, cause.tickets) == ("bouncing", ("X-1", "X-2"))
    assert not any("not speak of it" in fact for fact in cause.speaks_against)  # the third does, and is done


def test_a_name_that_is_also_a_word_is_matched_whole() -> None:
    will = Person(name="Will Sample", roles=(Role.DOMAIN_EXPERT,))
    tickets = [old(1, "Will somebody tell us what they cost?"), old(2), old(3)]
    assert found(tickets, question("error-costs"), people=[will]) == ()


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.UNKNOWN])
def test_what_is_answered_or_unknown_holds_nothing(status: Status) -> None:
    tickets = [old(n, HOW_MANY) for n in (1, 2, 3)]
    assert found(tickets, question("error-rate", status), ledger=Ledger(open=(asked("X-1"),))) == ()


def test_absent_symptoms_have_no_cause() -> None:
    lately = in_progress(2, begun=60, summary=DRIFTED, comments=[said(1, HOW_MANY)])
    assert found([old(1, HOW_MANY), lately], ERROR_RATE) == ()  # two ageing tickets are too few


@pytest.mark.parametrize(
    ("status", "gap"),
    [
        (Status.VAGUE, "which the kickoff settled only in vague words."),
        (Status.CONFLICTING, "on which the kickoff records disagree."),
        (Status.UNANSWERED, "which was asked in a ticket and never answered."),
    ],
)
def test_the_sentence_says_how_the_kickoff_left_it(status: Status, gap: str) -> None:
    cause = of_ageing([old(n, HOW_MANY) for n in (1, 2, 3)], question("error-rate", status))
    assert cause.sentence.startswith("All three ageing tickets")
    assert cause.sentence.endswith(gap)
    vague = [fact for fact in cause.speaks_against if "in vague words: “Errors should be kept" in fact]
    assert len(vague) == (status is Status.VAGUE)


def test_what_speaks_against_it_is_told() -> None:
    late = in_progress(1, begun=80, summary=DRIFTED, comments=[said(20, HOW_MANY), said(5, "I will see.", by=PIA)])
    access = old(2, HOW_MANY, "Still waiting for data, the access request is with the data owner.")
    cause = of_ageing(
        [late, access, old(3)], ERROR_RATE, people=[PRODUCT], ledger=Ledger(open=(asked("X-9"),), threads=3)
    )
    against = cause.speaks_against
    assert not any("asks it outright" in sentence for sentence in against)  # the quote beside it does
    assert "X-1 had been in progress for 60 days when it first came up there." in against
    assert "Pia Sample (product manager) wrote in X-1 after it came up, on 2026-09-25." in against
    assert "The same tickets also speak of data access (X-2)." in against


def test_what_tells_it_apart_names_whom_to_ask_and_what_to_watch() -> None:
    tickets = [old(1, HOW_MANY), old(2, HOW_MANY), old(3)]
    about = "how many mistakes of which kind are acceptable; if X-1 moves within a week, it was that"
    unnamed = of_ageing(tickets, ERROR_RATE)
    assert unnamed.tells_apart.startswith(f"Find the product manager, or whoever stands in, and ask {about}")
    assert of_ageing(tickets, ERROR_RATE, people=[PRODUCT]).tells_apart.startswith(f"Ask Pia Sample {about}")
    in_the_ticket = Ledger(open=(asked("X-1", to="Ben Sample"),))
    assert of_ageing(tickets, ERROR_RATE, people=[PRODUCT], ledger=in_the_ticket).tells_apart.startswith(
        f"Ask Ben Sample {about}"
    )


def test_tickets_stand_strongest_first() -> None:
    tickets = [old(1, HOW_MANY), old(2, HOW_MANY, "So how many false ones?"), old(3)]
    ledger = Ledger(open=(asked("X-3"),))
    assert of_ageing(tickets, ERROR_RATE, ledger=ledger).tickets == ("X-3", "X-2", "X-1")


def test_causes_stand_strongest_first_and_are_few() -> None:
    texts = (HOW_MANY, "Who decides that?", "What would be enough?", "Who pays for it?")
    ids = ("error-rate", "decision-owner", "metric-target", "business-constraints")
    tickets = [old(n, *texts) for n in (1, 2)] + [old(3, "Who decides that?")]
    shown = [c.question for c in found(tickets, *map(question, ids)) if c.symptom == "ageing-work"]
    assert shown[0] == "decision-owner"
    assert len(shown) == MOST_CAUSES == len(set(shown))


def test_a_weaker_gap_weighs_less() -> None:
    tickets = [old(n, HOW_MANY, "Who decides that?") for n in (1, 2, 3)]
    shown = found(tickets, question("decision-owner", Status.VAGUE), ERROR_RATE)
    assert [cause.question for cause in shown] == ["error-rate", "decision-owner"]


def test_what_hardly_any_of_the_tickets_speak_of_does_not_explain_them() -> None:
    many = [old(1, HOW_MANY, "Nobody says how many false ones."), *(old(n) for n in range(2, 15))]
    assert found(many, ERROR_RATE) == ()
    assert of_ageing(many, ERROR_RATE, ledger=Ledger(open=(asked("X-1"),))).tickets == ("X-1",)


def test_only_the_tickets_that_are_shown_are_counted() -> None:
    cause = of_ageing([old(n, HOW_MANY) for n in range(1, 26)], ERROR_RATE)
    assert cause.sentence.startswith("All 20 ageing tickets shown probably wait")
    assert "Only the 20 tickets shown, of 25, were looked at." in cause.speaks_against


def test_silence_is_joined_to_what_stands_still_once() -> None:
    two = [old(1, HOW_MANY), old(2, HOW_MANY)]  # silent, and too few to count as ageing
    (cause,) = found(two, ERROR_RATE)
    assert cause.symptom == "silent"
    assert cause.sentence.startswith("Both tickets that are begun or blocked probably wait")
    three = found([*two, old(3)], ERROR_RATE)
    assert [cause.symptom for cause in three] == ["ageing-work"]  # the same tickets are not told twice


def test_a_pattern_of_ones_own_is_joined_by_what_is_asked() -> None:
    own = question("glossary-kept")
    cause = of_ageing(SILENT, own, ledger=Ledger(open=(asked("X-1", "glossary-kept"),)))
    assert "“What rate of which mistake is acceptable?”" in cause.sentence


def test_what_machines_and_quoted_code_say_is_not_counted() -> None:
    code = f"```\n{HOW_MANY}\n```"
    assert found([old(1, code), old(2, code), old(3, code)], ERROR_RATE) == ()


def test_quotes_stand_in_their_texts() -> None:
    long = "One thing is the format.\n\n" + "Word after word. " * 80 + HOW_MANY + " Ça dépend, disent-ils."
    tickets = [old(1, long), old(2, HOW_MANY), in_progress(3, begun=60, summary=f"Desk: {HOW_MANY}", description=long)]
    texts = {text_sha256(t.text): t.text for t in tickets}
    texts |= {text_sha256(c.text): c.text for t in tickets for c in t.comments or ()}
    evidence = of_ageing(tickets, ERROR_RATE).evidence
    assert {e.source for e in evidence} == {"ticket", "comment"}
    for e in evidence:
        assert texts[e.text_sha256][slice(*e.span)] == e.quote
        assert e.grounds
        assert all("how many false" in e.quote[slice(*ground)].casefold() for ground in e.grounds)


# Elsewhere


def topics(*tickets: Ticket, verdict: Verdict = Verdict.STALLED) -> list[Elsewhere]:
    at = work(*tickets)
    return list(elsewhere([rule.symptom(at) for rule in all_symptoms()], at, verdict))


ACCESS = "The access request lies with the data owner."
LABELS = "Two of five are annotated, the labels are not in."


def test_topics_are_counted_over_the_symptoms_tickets_most_first() -> None:
    shown = topics(old(1, LABELS, ACCESS), old(2, LABELS), old(3, ACCESS), old(4, LABELS))
    assert [(topic.topic, topic.tickets) for topic in shown] == [
        ("labelling", ("X-1", "X-2", "X-4")),
        ("data access", ("X-1", "X-3")),
    ]
    assert [e.ref for e in shown[0].evidence] == ["X-1", "X-2", "X-4"]
    assert shown[0].evidence[0].quote == LABELS


def test_a_topic_needs_two_tickets() -> None:
    assert topics(old(1, LABELS, LABELS), old(2), old(3)) == []


@pytest.mark.parametrize("verdict", [one for one in Verdict if one is not Verdict.STALLED])
def test_a_cause_lies_elsewhere_only_where_the_kickoff_is_clear_and_work_stalls(verdict: Verdict) -> None:
    assert topics(old(1, LABELS), old(2, LABELS), old(3), verdict=verdict) == []


def test_finished_tickets_wait_for_nothing() -> None:
    finished = [done(n, begun=50, finished=40 + n / 10, comments=[said(45, LABELS)]) for n in range(8)]
    assert topics(*finished, old(20), old(21), old(22)) == []


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("data access", "We still have no access to the claims warehouse."),
        ("labelling", "Nobody has annotated the second batch."),
        ("infrastructure", "The GPU quota is used up until Monday."),
        ("dependency on others", "This waits for OPS-12 now."),
        ("change of priority", "Parked until the audit, it was deprioritised."),
    ],
)
def test_each_topic_has_its_terms(topic: str, text: str) -> None:
    shown = topics(old(1, text), old(2, text), old(3))
    assert [one.topic for one in shown] == [topic]


def test_it_has_nothing_of_the_kind() -> None:
    text = "It has no data leak, the label of the button is fine and the supplier table is loaded."
    assert topics(old(1, text), old(2, text), old(3, text)) == []


# Terms


def test_no_term_stands_in_plain_words_about_work() -> None:
    text = "It is done, who knows; the team has to run the job again and we are fine with that, what a day."
    ticket = in_progress(1, begun=9, description=text)
    assert not any(TicketTerms(work(ticket)).of(ticket, name) for name in (*QUESTION_TERMS, *TOPIC_TERMS))


def test_every_question_of_the_patterns_can_be_told_in_a_sentence() -> None:
    assert set(QUESTION_TERMS) == {question.id for question in questions_of(known_patterns())}
    assert set(TOPIC_TERMS) == set(get_args(Elsewhere.model_fields["topic"].annotation))


def test_a_long_text_is_read_and_quoted_in_short() -> None:
    ticket = in_progress(1, begun=9, description="who decides how many false " * 20_000)
    (mention,) = TicketTerms(work(ticket)).of(ticket, "decision-owner")
    assert mention.at == ago(10)
    assert len(mention.evidence("long").quote.split()) <= 60
