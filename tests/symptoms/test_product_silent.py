"""Product silent: who speaks for Product, what counts as speaking, and the words that are quoted."""

from datetime import timedelta

import pytest

from diagnostics.findings import Presence
from diagnostics.records import Account, Change, Person, Role, text_sha256
from diagnostics.symptoms.product_silent import SYMPTOM, product_last_spoke
from tests.tickets import ANN, AS_OF, BEN, PIA, PRODUCT, ROBOT, ago, done, handed, moved, said, ticket, work

SPONSOR = Person(name="Ben Sample", roles=(Role.SPONSOR,))


def edited(days: float, field: str) -> Change:
    return Change(at=ago(days), author=PIA, field=field, before_text="before", after_text="after")


def on(days: int) -> dict[str, object]:
    return {"since": AS_OF - timedelta(days=days)}


def test_the_quote_is_all_of_the_last_comment_with_its_place() -> None:
    comment = said(9, "  Ship to Ghent first.\nThe others wait for the figures of March.  ", by=PIA)
    spoke = product_last_spoke(work(ticket(7, comments=[said(30, by=PIA), comment, said(1)]), people=[PRODUCT]))
    assert spoke is not None
    assert (spoke.days, spoke.person, spoke.what, spoke.ticket) == (9, "Pia Sample", "commented", "X-7")
    assert spoke.evidence.quote == "Ship to Ghent first.\nThe others wait for the figures of March."
    assert comment.text[slice(*spoke.evidence.span)] == spoke.evidence.quote
    assert spoke.evidence.text_sha256 == text_sha256(comment.text)
    assert (spoke.evidence.source, spoke.evidence.author, spoke.evidence.date) == ("comment", PIA.name, spoke.on)


def test_a_long_comment_is_quoted_by_its_first_sixty_words() -> None:
    comment = said(3, " ".join(f"word{n}" for n in range(200)), by=PIA)
    spoke = product_last_spoke(work(ticket(comments=[comment]), people=[PRODUCT]))
    assert spoke is not None
    assert spoke.evidence.quote.split() == [f"word{n}" for n in range(60)]


@pytest.mark.parametrize("text", ["", " \n "])
def test_a_comment_without_words_is_shown_by_its_ticket(text: str) -> None:
    spoke = product_last_spoke(work(ticket(comments=[said(3, text, by=PIA)]), people=[PRODUCT]))
    assert spoke is not None
    assert (spoke.days, spoke.evidence.source) == (3, "ticket")


@pytest.mark.parametrize("field", ["summary", "description", "Description"])
def test_an_edit_of_a_text_is_a_word(field: str) -> None:
    spoke = product_last_spoke(work(ticket(changes=[edited(4, field)]), people=[PRODUCT]))
    assert spoke is not None
    assert (spoke.days, spoke.what) == (4, f"changed the {field.casefold()}")


def test_moving_a_ticket_or_handing_it_on_is_not() -> None:
    moves = [moved(4, "To Do", "In Progress", by=PIA), handed(3, ANN, BEN, by=PIA), edited(2, "labels")]
    found = work(ticket(status="In Progress", changes=moves), people=[PRODUCT])
    assert product_last_spoke(found) is None
    assert SYMPTOM.symptom(found).value == 100


def test_the_sponsor_speaks_only_where_there_is_no_product_manager() -> None:
    said_by_ben = ticket(comments=[said(2, by=BEN)])
    assert SYMPTOM.symptom(work(said_by_ben, people=[SPONSOR])).value == 2
    assert SYMPTOM.symptom(work(said_by_ben, people=[PRODUCT, SPONSOR])).value == 100


def test_nobody_in_the_role_on_the_day_is_unknown_and_says_what_to_do() -> None:
    former = PRODUCT.model_copy(update={"until": AS_OF - timedelta(days=1)})
    for people in ([], [Person(name="Ann Sample", roles=(Role.DATA_SCIENTIST,))], [former]):
        found = SYMPTOM.symptom(work(ticket(comments=[said(2, by=PIA)]), people=people))
        assert found.status is Presence.UNKNOWN
        assert "name who speaks for Product in portfolio.toml" in found.why


def test_a_former_product_manager_spoke_for_product_while_in_the_role() -> None:
    former = PRODUCT.model_copy(update={"until": AS_OF - timedelta(days=10)})
    now = Person(name="Ben Sample", roles=(Role.PRODUCT_MANAGER,), since=AS_OF - timedelta(days=9))
    both = [former, now]
    assert SYMPTOM.symptom(work(ticket(comments=[said(12, by=PIA)]), people=both)).value == 12
    assert SYMPTOM.symptom(work(ticket(comments=[said(12, by=PIA), said(5, by=PIA)]), people=both)).value == 12


def test_who_never_wrote_is_silent_since_the_first_ticket_or_since_the_role_began() -> None:
    tickets = [ticket(1, created=90, comments=[said(2)]), ticket(2, created=30)]
    found = SYMPTOM.symptom(work(*tickets, people=[PRODUCT]))
    assert (found.value, found.status, [e.ref for e in found.evidence]) == (90, Presence.PRESENT, ["X-1"])
    assert "`jira`" in found.why  # the way out, if they write under another name
    newcomer = PRODUCT.model_copy(update=on(5))
    assert SYMPTOM.symptom(work(*tickets, people=[newcomer])).value == 5


def test_machines_and_other_people_do_not_speak_for_product() -> None:
    other = Account(id="pia2", name="Pia Example")
    found = work(ticket(comments=[said(3, by=ROBOT), said(2, by=other), said(1, by=None)]), people=[PRODUCT])
    assert product_last_spoke(found) is None


def test_comments_that_are_not_shown_may_hide_a_word() -> None:
    hidden = ticket(2, comments=None, updated=ago(1))
    assert SYMPTOM.symptom(work(ticket(comments=[said(40, by=PIA)]), hidden, people=[PRODUCT])).value is None
    assert SYMPTOM.symptom(work(ticket(comments=[said(4, by=PIA)]), hidden, people=[PRODUCT])).value == 4
    untouched = ticket(2, comments=None, updated=ago(60))
    assert SYMPTOM.symptom(work(ticket(comments=[said(40, by=PIA)]), untouched, people=[PRODUCT])).value == 40


def test_finished_work_waits_for_nobody() -> None:
    assert SYMPTOM.symptom(work(done(1, begun=90, finished=80), people=[PRODUCT])).value == 0
