"""From logits to a reading: thresholds, which question an answer belongs to, what counts as confirmed."""

from typing import Any

import numpy as np

from diagnostics.records import Comment
from diagnostics.talk.encoder import NEVER, Judged
from diagnostics.talk.reading import ASKS, ASSUMES, DECIDES, decided, decisiveness, openness
from diagnostics.talk.thread import Thread, thread_of
from tests.tickets import ANN, BEN, said, ticket

YES, NO = 4.0, -4.0
# One weight alone: a question is open unless another person's best answer outweighs it; the encoder alone decides.
FITTED: dict[str, Any] = {
    "asks": 0.5,
    "assumes": 0.5,
    "decides": 0.5,
    "open": 0.5,
    "openness": [-1.0, *[0.0] * 8],
    "openness_bias": 0.0,
    "decisiveness": [1.0, *[0.0] * 15],
    "decisiveness_bias": 0.0,
}


def thread(*comments: Comment) -> Thread:
    return thread_of(ticket(summary="Tariffs", comments=comments), {}, {})


def judged(one: Thread, pairs: dict[tuple[str, str], float] | None = None, **heads: str) -> Judged:
    """Logits that are high where a sentence holds the word given for a head."""
    words = [sentence.words for sentence in one.said]
    found = Judged(np.full((len(words), 4), NO), np.full((len(words), len(words)), NEVER))
    for head, word in heads.items():
        column = {"asks": ASKS, "decides": DECIDES, "assumes": ASSUMES}[head]
        for number, each in enumerate(words):
            found.heads[number, column] = YES if word in each else NO
    for (first, second), logit in (pairs or {}).items():
        a, b = (next(n for n, each in enumerate(words) if word in each) for word in (first, second))
        found.pairs[a, b] = logit
    return found


def test_a_question_is_open_until_somebody_else_answers_it() -> None:
    one = thread(said(9, "Which tariffs count?"), said(8, "Prepaid and youth.", by=BEN))
    waiting = decided(one, judged(one, asks="?"), FITTED)
    answered = decided(one, judged(one, {("Which", "Prepaid"): 3.0}, asks="?"), FITTED)
    assert [asked.open_now for asked in waiting.asked] == [True]
    assert [one.said[asked.answer].words for asked in answered.asked if asked.answer] == ["Prepaid and youth."]


def test_a_decision_names_the_question_that_it_settles() -> None:
    one = thread(said(9, "Which tariffs count?"), said(8, "Prepaid it is.", by=BEN), said(7, "We ship on Monday."))
    reading = decided(one, judged(one, {("Which", "Prepaid"): 3.0}, asks="?", decides="is"), FITTED)
    (settled,) = reading.settled
    assert settled.asked is not None
    assert one.said[settled.asked].words == "Which tariffs count?"
    alone = decided(one, judged(one, asks="?", decides="Monday"), FITTED).settled[0]
    assert alone.asked is None


def test_an_assumption_is_confirmed_by_the_next_other_persons_plain_yes() -> None:
    def confirmed(*replies: Comment) -> bool:
        one = thread(said(9, "Presumably the archive is complete."), *replies)
        return decided(one, judged(one, assumes="Presumably"), FITTED).assumed[0].confirmed is not None

    assert confirmed(said(8, "Yes, since 2019.", by=BEN))
    assert not confirmed(said(8, "Yes, I hope.", by=ANN))  # the same person
    assert not confirmed(said(8, "We should ask.", by=BEN), said(7, "Yes.", by=BEN))
    assert not confirmed()


def test_what_tells_openness_and_decisions_apart_can_be_computed_anywhere() -> None:
    for one in (thread(), thread(said(9, "Which?")), thread(said(9, "a. b? c!"), said(8, "?", by=None))):
        made = judged(one, asks="?")
        for number in range(len(one.said)):
            assert len(openness(one, made, number)) == len(FITTED["openness"])
            assert len(decisiveness(one, made, number)) == len(FITTED["decisiveness"])


def test_a_ticket_without_a_word_has_nothing_to_read() -> None:
    empty = thread_of(ticket(summary="", description=None), {}, {})
    assert decided(Thread(empty.posts, (), {}), Judged(np.zeros((0, 4)), np.zeros((0, 0))), FITTED).asked == ()
