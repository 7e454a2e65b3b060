"""The ledger: open questions with who could answer and how long they wait, assumptions, decisions, each quoted."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from diagnostics.findings import Ledger
from diagnostics.history import Work
from diagnostics.patterns import all_questions
from diagnostics.reading.context import Sentence
from diagnostics.records import Change, Person, Role, Ticket, text_sha256
from diagnostics.settings import Settings
from diagnostics.talk.ledger import ledger_of
from diagnostics.talk.reading import Asked, Assumed, Settled, ThreadReading
from diagnostics.talk.thread import Thread
from tests.tickets import ANN, BEN, INSTANT, ago, said, ticket

QUESTIONS = all_questions()
PIA = Person(name="Pia Product", roles=(Role.PRODUCT_MANAGER,))
BEN_DECLARED = Person(name="Ben Sample", roles=(Role.DATA_ENGINEER,))


class Knows:
    """A judge of which kickoff question a sentence speaks to, by one word."""

    questions = tuple(question.id for question in QUESTIONS)

    def __init__(self, **words: str) -> None:
        self._words = {word: id.replace("_", "-") for id, word in words.items()}

    def logits(self, sentences: Sequence[Sentence]) -> Any:
        found = np.full((len(sentences), 2, len(self.questions)), -5.0)
        for row, sentence in enumerate(sentences):
            for word, id in self._words.items():
                if word in sentence.spoken:
                    found[row, :, self.questions.index(id)] = 3.0
        return found


def reader(mark: str = "?") -> Any:
    """Reads by marks: "?" asks and is open, "!" decides what was asked last, "~" assumes."""

    def read(threads: Sequence[Thread]) -> list[ThreadReading]:
        found = []
        for thread in threads:
            words = [one.words for one in thread.said]
            asks = [n for n, each in enumerate(words) if each.endswith("?")]
            answered = {n for n in asks if any(each.startswith("Answer") for each in words[n:])}
            asked = tuple(Asked(n, 0.9, 0.8, len(words) - 1 if n in answered else None) for n in asks)
            settled = tuple(
                Settled(n, 0.9, next((q for q in reversed(asks) if q < n), None))
                for n, each in enumerate(words)
                if each.endswith("!")
            )
            assumed = tuple(Assumed(n, 0.9, None) for n, each in enumerate(words) if "presumably" in each)
            found.append(ThreadReading(asked, settled, assumed))
        return found

    return read


def ledger(*tickets: Ticket, people: Sequence[Person] = (), **words: str) -> Ledger:
    work = Work.as_of(tickets, INSTANT, Settings(), people=tuple(people))
    return ledger_of(work, people, QUESTIONS, reader(), Knows(**words))


def test_an_open_question_has_its_age_its_quote_and_its_kickoff_question() -> None:
    comment = said(61, "Which mistakes are worse for the desk?")
    found = ledger(ticket(comments=[comment]), error_costs="mistakes").open
    assert [(one.age_days, one.question, one.evidence.ref) for one in found] == [(61, "error-costs", "X-1")]
    evidence = found[0].evidence
    assert comment.text[slice(*evidence.span)] == evidence.quote == "Which mistakes are worse for the desk?"
    assert evidence.text_sha256 == text_sha256(comment.text)
    assert (evidence.source, evidence.author) == ("comment", "Ann Sample")


def test_the_oldest_question_comes_first_and_an_answered_one_is_only_counted() -> None:
    asked = ticket(1, comments=[said(5, "Which region?"), said(9, "Who signs it off?")])
    settled = ticket(2, comments=[said(8, "Which desk?"), said(7, "Answer: the second.", by=BEN)])
    found = ledger(asked, settled)
    assert [one.age_days for one in found.open] == [9, 5]
    assert (found.answered, found.threads) == (1, 2)


def test_who_could_answer_is_named_then_by_role_then_who_wrote_the_ticket() -> None:
    def asked_to(text: str, people: Sequence[Person] = (), **fields: Any) -> str | None:
        one = ticket(comments=[said(5, text)], **fields)
        return ledger(one, people=people, problem="Product", error_costs="mistakes").open[0].asked_to

    assert asked_to("@Ben which desk is it?", [PIA, BEN_DECLARED]) == "Ben Sample (data engineer)"
    assert asked_to("Does Product want the tourists?", [PIA]) == "Pia Product (product manager)"
    assert asked_to("Which desk is it?", [PIA], reporter=BEN) == "Ben Sample"
    assert asked_to("Which desk is it?", reporter=ANN) is None  # she asks herself


def test_a_decision_carries_what_it_settles_and_counts_by_it() -> None:
    one = ticket(comments=[said(9, "Which recall is enough?"), said(3, "0.6 then, says Product!", by=BEN)])
    (decision,) = ledger(one, metric_target="recall").decisions
    assert (decision.question, decision.evidence.author) == ("metric-target", "Ben Sample")
    assert decision.asked is not None
    assert (
        decision.asked.quote == "Which recall is enough?"[: len(decision.asked.quote)]
        or "recall" in decision.asked.quote
    )


def test_an_assumption_is_listed_with_its_age() -> None:
    (taken,) = ledger(ticket(description="The archive presumably goes back to 2019.", created=40)).assumptions
    assert (taken.age_days, taken.confirmed_by, taken.evidence.source) == (40, None, "ticket")


def test_a_source_without_comments_is_unknown_and_no_tickets_are_an_empty_ledger() -> None:
    assert "shows no comments" in (ledger(ticket(comments=None, changes=None)).unknown or "")
    assert ledger() == Ledger()


def test_a_sentence_that_was_edited_in_is_its_editors() -> None:
    edit = Change(at=ago(12), author=BEN, field="description", before_text="Old.", after_text="Old. Who goes live?")
    (one,) = ledger(ticket(created=90, description="Old. Who goes live?", changes=[edit])).open
    assert (one.evidence.author, one.age_days) == ("Ben Sample", 12)


def test_nobody_waits_under_a_finished_ticket_that_others_wrote_under() -> None:
    comments = [said(9, "Which region?"), said(8, "The north is in.", by=BEN)]
    assert len(ledger(ticket(comments=comments)).open) == 1
    assert ledger(ticket(status="Done", comments=comments)).open == ()
    assert len(ledger(ticket(status="Done", comments=comments[:1])).open) == 1


def test_only_what_was_said_until_the_day_counts() -> None:
    later = ticket(comments=[said(5, "Which region?"), said(-3, "Answer: the north.", by=BEN)])
    assert len(ledger(later).open) == 1
