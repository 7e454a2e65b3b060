"""People and their accounts: by `jira`, else by name; never twice, and only for the time that is declared."""

from datetime import date

import pytest

from diagnostics.people import Accounts, accounts_in, people_named, plain_name
from diagnostics.records import Account, Person, Role
from tests.tickets import ANN, BEN, PIA, ROBOT, handed, moved, said, ticket

DAY = date(2026, 9, 30)


def owners(account: Account, *people: Person, others: tuple[Account, ...] = (), day: date = DAY) -> list[Person]:
    return Accounts(people, (account, *others)).people(account.id, day)


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        ("Élodie Vasseur", "elodie  vasseur"),
        ("Sigrún Hauksdóttir", "SIGRUN HAUKSDOTTIR"),
        ("Søren Łukasz Groß", "Soren Lukasz Gross"),
        ("Jose\u0301 Đỗ", "José Do"),
    ],
)
def test_names_are_one_whatever_their_case_and_accents(declared: str, shown: str) -> None:
    assert plain_name(declared) == plain_name(shown)
    person = Person(name=declared)
    assert owners(Account(id="712020:1", name=shown), person) == [person]


@pytest.mark.parametrize("jira", ["712020:0a1b", "a.sample", "A.Sample"])
def test_jira_is_an_accounts_id_or_its_name(jira: str) -> None:
    person = Person(name="Quite Another", jira=jira)
    assert owners(Account(id="712020:0a1b", name="a.sample"), person) == [person]


def test_an_account_that_somebody_claims_is_not_given_to_a_namesake() -> None:
    first, second = Person(name="Ann Sample", jira="ann"), Person(name="ann sample", jira="ann2", email="ann@x.org")
    both = Account(id="ann2", name="Ann Sample")
    assert owners(ANN, first, second, others=(both,)) == [first]
    assert owners(both, first, second, others=(ANN,)) == [second]
    stranger = Person(name="Pia Sample", jira="ann")
    assert owners(ANN, stranger, Person(name="Ben Sample", email="ann@example.com")) == [stranger]


def test_a_jira_id_that_no_ticket_names_falls_back_to_the_name() -> None:
    person = Person(name="Ann Sample", jira="712020:gone")
    assert owners(ANN, person) == [person]


def test_one_person_may_be_declared_twice_for_two_times() -> None:
    before = Person(name="Ann Sample", roles=(Role.DATA_SCIENTIST,), jira="ann", until=date(2026, 6, 30))
    after = Person(name="Ann Sample", roles=(Role.PRODUCT_MANAGER,), since=date(2026, 7, 1))
    assert owners(ANN, before, after, day=date(2026, 6, 30)) == [before]
    assert owners(ANN, before, after) == [after]
    assert owners(ANN, before) == []


def test_every_place_that_names_an_account_is_seen() -> None:
    everywhere = ticket(
        assignee=ANN,
        reporter=BEN,
        creator=None,
        comments=[said(3, by=PIA)],
        changes=[moved(2, "To Do", "Done", by=ROBOT), handed(1, Account(id="x", name="X"), Account(id="y", name="Y"))],
    )
    assert {account.id for account in accounts_in([everywhere])} == {"ann", "ben", "pia", "bot", "x", "y"}
    people = Person(name="Zoe Sample"), Person(name="Pia Sample")
    found = Accounts(people, accounts_in([everywhere]))
    assert [found.knows(person) for person in people] == [False, True]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Meera decides on scope; Anneke approves each step.", ["Anneke de Wilde", "Meera Ray"]),
        ("signed off by ANNEKE  DE WILDE", ["Anneke de Wilde"]),
        ("Dr Ray and Inês' team agreed.", ["Meera Ray", "Ines Ray-Duval"]),
        ("Anneke Vries and Bob Ray decide.", []),  # somebody else's names
        ("Will the ray of light pass?", []),
        ("Will Jansen signed.", ["Will Jansen"]),
        ("Meerasol is a brand.", []),
    ],
)
def test_who_is_named_in_a_text(text: str, named: list[str]) -> None:
    people = [Person(name=name) for name in ("Anneke de Wilde", "Meera Ray", "Ines Ray-Duval", "Will Jansen")]
    assert [person.name for person in people_named(text, people)] == named


def test_a_name_that_two_people_share_names_neither() -> None:
    people = [Person(name="Ann Sample"), Person(name="Ann Other")]
    assert people_named("Ann decides.", people) == ()
