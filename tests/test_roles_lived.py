"""Roles as lived: each finding present, absent and unknown, and only facts that the tickets show."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import pairwise

import pytest
from pydantic import ValidationError

from diagnostics.findings import Evidence, KindOfWork, PersonWork, Presence, RoleFinding
from diagnostics.records import Account, Person, Role, Ticket
from diagnostics.roles_lived import roles_as_lived, work_by_person
from tests.tickets import ANN, AS_OF, BEN, PIA, PRODUCT, ROBOT, ago, handed, moved, said, ticket, work

SCIENTIST = Person(name="Ann Sample", roles=(Role.DATA_SCIENTIST,), jira="ann")
ENGINEER = Person(name="Ben Sample", roles=(Role.DATA_ENGINEER,), jira="ben")
TEAM = (SCIENTIST, ENGINEER)
PRESENT, UNKNOWN = Presence.PRESENT, Presence.UNKNOWN
IDS = ("unowned-work", "two-owners", "silent-role", "one-for-all", "between-roles")


def found(tickets: Sequence[Ticket], people: Sequence[Person] = TEAM) -> dict[str, RoleFinding]:
    return {finding.id: finding for finding in roles_as_lived(work(*tickets, people=people), people, AS_OF)}


def status(id: str, tickets: Sequence[Ticket], people: Sequence[Person] = TEAM) -> Presence:
    finding = found(tickets, people).get(id)
    return finding.status if finding else Presence.ABSENT


def held(
    number: int, by: Account | None, kind: str | None = "data", *, days: float = 0, to: Account | None = None
) -> Ticket:
    """A ticket of a kind that somebody began some days ago, one for each ticket; it may be another's to hold."""
    at = days or 5 + number
    components = (kind,) if kind else ()
    return ticket(
        number,
        status="In Progress",
        changes=[moved(at, "To Do", "In Progress", by=by or ANN)],
        assignee=to or by,
        components=components,
        summary=f"Look into number {number}",
    )


def passed(number: int, *hands: Account, kind: str = "data") -> Ticket:
    """A ticket that goes from hand to hand."""
    changes = [handed(20 - n, before, after) for n, (before, after) in enumerate(pairwise(hands))]
    return ticket(number, status="In Progress", changes=changes, assignee=hands[-1], components=(kind,))


BUSY = [held(90 + n, (ANN, BEN)[n % 2], None, days=10 + n) for n in range(6)]  # six days of work of no plain kind
UNOWNED = [held(n, None) for n in range(3)]
SHARED = [passed(n, ANN, BEN) for n in range(2)]
TWO_OWNERS = [*SHARED, *(held(10 + n, ANN) for n in range(3)), *(held(20 + n, BEN) for n in range(3))]
ALONE = [held(n, ANN, kind) for n, kind in enumerate(("data", "model", "eval", "eval", "serving"))]
BOUNCED = [passed(n, ANN, BEN, ANN) for n in range(3)]
BEN_ALONE = [held(n, BEN, days=8 + n) for n in range(6)]
NO_HISTORY = [
    ticket(n, status="In Progress", assignee=(ANN, BEN)[n % 2], changes=None, comments=[said(4 + n)]) for n in range(8)
]

CASES: list[tuple[str, list[Ticket], Sequence[Person], Presence]] = [
    ("unowned-work", [*BUSY, *UNOWNED], TEAM, PRESENT),
    ("unowned-work", [*BUSY, *UNOWNED], (), PRESENT),  # who is declared does not matter
    ("unowned-work", [*BUSY, *UNOWNED[:2]], TEAM, Presence.ABSENT),
    ("unowned-work", [*BUSY, *UNOWNED, *(held(10 + n, ANN) for n in range(3))], TEAM, Presence.ABSENT),  # half
    ("unowned-work", [*BUSY, *(ticket(n, components=("data",)) for n in range(9))], TEAM, Presence.ABSENT),  # a backlog
    (
        "unowned-work",
        [*BUSY, *(ticket(n, components=("data",), comments=[said(3)]) for n in range(3))],
        TEAM,
        PRESENT,
    ),
    (
        "unowned-work",
        [*BUSY, *(ticket(n, created=13, components=("data",), comments=[said(3)]) for n in range(3))],
        TEAM,
        Presence.ABSENT,  # too new to have an owner
    ),
    ("unowned-work", [held(n, None) for n in range(9)], TEAM, UNKNOWN),  # nobody is shown as assigned to anything
    ("two-owners", TWO_OWNERS, TEAM, PRESENT),
    ("two-owners", [*TWO_OWNERS[:1], *TWO_OWNERS[2:]], TEAM, Presence.ABSENT),  # one ticket that both held is chance
    ("two-owners", [*TWO_OWNERS, *(held(30 + n, ANN) for n in range(9))], TEAM, Presence.ABSENT),  # mostly Ann's
    (
        "two-owners",
        TWO_OWNERS,
        (SCIENTIST, ENGINEER.model_copy(update={"roles": (Role.DATA_SCIENTIST,)})),
        Presence.ABSENT,  # two in one role share its work
    ),
    ("two-owners", TWO_OWNERS, (), UNKNOWN),
    ("two-owners", NO_HISTORY, TEAM, UNKNOWN),
    ("silent-role", BEN_ALONE, (ENGINEER, PRODUCT), PRESENT),
    ("silent-role", [*BEN_ALONE, ticket(50, comments=[said(59, by=PIA)])], (ENGINEER, PRODUCT), Presence.ABSENT),
    ("silent-role", [*BEN_ALONE, ticket(50, comments=[said(61, by=PIA)])], (ENGINEER, PRODUCT), PRESENT),
    (
        "silent-role",
        BEN_ALONE,
        (ENGINEER, PRODUCT.model_copy(update={"since": AS_OF - timedelta(days=30)})),
        Presence.ABSENT,  # not long in the role
    ),
    (
        "silent-role",
        BEN_ALONE,
        (ENGINEER, PRODUCT.model_copy(update={"until": AS_OF - timedelta(days=1)})),
        Presence.ABSENT,  # no longer on the project
    ),
    (
        "silent-role",
        BEN_ALONE,
        (ENGINEER, PRODUCT.model_copy(update={"roles": (Role.SPONSOR, Role.LEGAL, Role.ENGINEERING_MANAGER)})),
        Presence.ABSENT,  # their work is not in the tickets
    ),
    (
        "silent-role",
        BEN_ALONE,
        (ENGINEER, Person(name="Zoe Sample", roles=(Role.DATA_ENGINEER,))),
        Presence.ABSENT,  # somebody else in that role is active
    ),
    ("silent-role", BEN_ALONE, (PRODUCT,), UNKNOWN),  # no account of anybody declared is known
    ("silent-role", [*BEN_ALONE, ticket(50, comments=None, updated=ago(3))], (ENGINEER, PRODUCT), UNKNOWN),
    ("silent-role", [*BEN_ALONE, ticket(50, changes_complete=False, updated=ago(3))], (ENGINEER, PRODUCT), UNKNOWN),
    ("silent-role", [*BEN_ALONE, ticket(50, changes=None, updated=ago(70))], (ENGINEER, PRODUCT), PRESENT),
    ("one-for-all", ALONE, TEAM, PRESENT),
    ("one-for-all", ALONE, (), PRESENT),
    ("one-for-all", [*ALONE, *(held(10 + n, BEN) for n in range(3))], TEAM, Presence.ABSENT),  # 5 of 8
    ("one-for-all", [held(n, ANN, ("data", "model")[n % 2]) for n in range(8)], TEAM, Presence.ABSENT),  # two kinds
    ("one-for-all", [held(n, ANN, None) for n in range(8)], TEAM, Presence.ABSENT),  # no plain kind
    (
        "one-for-all",
        [held(n, BEN, kind, to=ANN) for n, kind in enumerate(("data", "model", "eval", "eval", "serving"))],
        TEAM,
        Presence.ABSENT,  # assigned to Ann by default, and moved by Ben
    ),
    ("one-for-all", [held(n, None) for n in range(9)], TEAM, UNKNOWN),
    ("one-for-all", NO_HISTORY, TEAM, UNKNOWN),
    ("between-roles", [*BUSY, *BOUNCED], TEAM, PRESENT),
    ("between-roles", [*BUSY, *BOUNCED[:2]], TEAM, Presence.ABSENT),
    ("between-roles", [*BUSY, *(passed(n, ANN, BEN) for n in range(5))], TEAM, Presence.ABSENT),  # never back
    ("between-roles", [*BUSY, *(passed(n, ANN, PIA, ANN) for n in range(5))], TEAM, Presence.ABSENT),  # undeclared
    ("between-roles", [*BUSY, *BOUNCED], (), UNKNOWN),
    ("between-roles", NO_HISTORY, TEAM, UNKNOWN),
]


@pytest.mark.parametrize(("id", "tickets", "people", "expected"), CASES)
def test_finding(id: str, tickets: list[Ticket], people: Sequence[Person], expected: Presence) -> None:
    assert status(id, tickets, people) is expected
    for finding in found(tickets, people).values():
        for evidence in finding.evidence:
            quoted = next(t for t in tickets if t.key == evidence.ref).text
            assert quoted[slice(*evidence.span)] == evidence.quote


def test_every_finding_has_a_case_of_each_outcome() -> None:
    assert {(id, outcome) for id, *_, outcome in CASES} == {(id, outcome) for id in IDS for outcome in Presence}


@pytest.mark.parametrize(
    "tickets",
    [
        [],
        [held(n, ANN, days=5 + n) for n in range(4)],  # four tickets
        [held(n, ANN, days=5 + n % 4) for n in range(9)],  # four days
        [held(n, ANN, days=70 + n) for n in range(9)],  # before the window
        [held(n, ROBOT, days=5 + n) for n in range(9)],  # machines
    ],
)
def test_too_little_to_say_is_unknown_and_never_a_finding(tickets: list[Ticket]) -> None:
    assert {id: finding.status for id, finding in found(tickets).items()} == dict.fromkeys(IDS, UNKNOWN)
    assert all("too little to say" in finding.why for finding in found(tickets).values())


def test_titles_name_people_roles_and_counts() -> None:
    titles = {
        "unowned-work": found([*BUSY, *UNOWNED])["unowned-work"],
        "two-owners": found(TWO_OWNERS)["two-owners"],
        "silent-role": found(BEN_ALONE, (ENGINEER, PRODUCT))["silent-role"],
        "one-for-all": found(ALONE)["one-for-all"],
        "between-roles": found([*BUSY, *BOUNCED])["between-roles"],
    }
    assert {id: finding.title for id, finding in titles.items()} == {
        "unowned-work": "Data work without an owner: all 3 open tickets that people deal with are assigned to nobody",
        "two-owners": "Data work with two owners: of 8 tickets Ann Sample (data scientist) carries 3, Ben Sample (data"
        " engineer) 3",
        "silent-role": "Nothing in the tickets from the product manager (Pia Sample) in the last 60 days",
        "one-for-all": "One person for everything: Ann Sample (data scientist) carries all 5 tickets on which"
        " their assignee did anything in the last 60 days",
        "between-roles": "3 tickets went to and fro between the data engineer and the data scientist (Ann Sample and"
        " Ben Sample)",
    }
    assert titles["unowned-work"].kind_of_work is titles["between-roles"].kind_of_work is KindOfWork.DATA
    assert titles["between-roles"].people == ("Ann Sample", "Ben Sample")
    assert titles["silent-role"].searched[0].startswith("6 tickets, 6 of them worked on since 2026-08-01")


def test_who_is_declared_for_unowned_work_is_named() -> None:
    assert "Declared for such work: Ben Sample (data engineer)." in found([*BUSY, *UNOWNED])["unowned-work"].why
    alone = found([*BUSY, *UNOWNED], (SCIENTIST,))["unowned-work"]
    assert "nobody; it is usually the work of a data engineer or data analyst" in alone.why


def test_a_person_whose_account_is_not_found_may_have_another_name() -> None:
    unseen = Person(name="Zoe Sample", roles=(Role.DESIGNER, Role.PRODUCT_MANAGER))
    finding = found(BEN_ALONE, (ENGINEER, unseen))["silent-role"]
    assert "from the product manager and designer (Zoe Sample)" in finding.title
    assert "give its id as `jira`" in finding.why
    reporter = [*BEN_ALONE, ticket(50, reporter=PIA, creator=ANN)]  # seen, but did nothing
    assert "jira" not in found(reporter, (ENGINEER, PRODUCT))["silent-role"].why


def test_only_what_happened_until_the_day_counts() -> None:
    later = [*TWO_OWNERS, held(99, ANN, days=-3)]
    assert found(later)["two-owners"] == found(TWO_OWNERS)["two-owners"]


EVIDENCE = Evidence(source="ticket", ref="X-1", quote="Rebuild", span=(0, 7), text_sha256="0" * 64)


def finding_of(**fields: object) -> RoleFinding:
    given = {"id": "two-owners", "title": "Two people share it", "why": "Both held it.", "status": "present"}
    return RoleFinding.model_validate(given | fields)


@pytest.mark.parametrize(
    "build",
    [
        lambda: finding_of(),
        lambda: finding_of(status="absent", evidence=(EVIDENCE,)),
        lambda: finding_of(status="unknown", evidence=(EVIDENCE,)),
        lambda: finding_of(id="silent-role"),
        lambda: finding_of(id="silent-role", evidence=(EVIDENCE,), searched=("40 tickets",)),
        lambda: finding_of(id="lazy-person", evidence=(EVIDENCE,)),
    ],
)
def test_a_finding_that_cannot_be_looked_up_cannot_be_built(build: Callable[[], RoleFinding]) -> None:
    with pytest.raises(ValidationError):
        build()


def test_a_finding_with_its_tickets_can_be_built() -> None:
    assert finding_of(evidence=(EVIDENCE,)).status is PRESENT
    assert finding_of(id="silent-role", searched=("40 tickets",)).evidence == ()
    assert finding_of(status="unknown").status is UNKNOWN


def counts(person: PersonWork) -> dict[KindOfWork | None, tuple[int, int | None, int | None, int | None]]:
    return {c.kind_of_work: (c.created, c.moves, c.comments, c.finished) for c in person.counts}


def lived(*tickets: Ticket, people: Sequence[Person] = TEAM) -> tuple[PersonWork, ...]:
    return work_by_person(work(*tickets, people=people), people, AS_OF)


def test_work_is_counted_by_person_and_kind() -> None:
    one = ticket(
        1,
        created=50,
        components=("data",),
        status="Done",
        assignee=BEN,
        changes=[moved(40, "To Do", "In Progress", by=BEN), moved(30, "In Progress", "Done", by=ANN)],
        comments=[said(35, by=BEN), said(70, by=BEN), said(3, by=ROBOT), said(2, by=PIA)],
    )
    other = ticket(2, created=90, components=("eval",), comments=[said(20, by=ANN)], summary="Look")
    ann, ben, pia = lived(one, other, ticket(3, created=80, comments=[said(9, by=BEN)], summary="Minutes"))
    assert (ann.name, ann.declared, ann.roles) == ("Ann Sample", True, (Role.DATA_SCIENTIST,))
    assert counts(ann) == {KindOfWork.DATA: (1, 1, 0, 0), KindOfWork.EVALUATION: (0, 0, 1, 0)}
    assert counts(ben) == {KindOfWork.DATA: (0, 1, 1, 1), None: (0, 0, 1, 0)}
    assert (pia.name, pia.declared, pia.roles, pia.events) == ("Pia Sample", False, (), 1)
    assert ann.events == 3


def test_who_is_declared_stands_in_the_table_even_without_any_work() -> None:
    left = Person(name="Zoe Sample", roles=(Role.LEGAL,), until=AS_OF - timedelta(days=61))
    assert [(row.name, row.counts) for row in lived(people=[PRODUCT, left])] == [("Pia Sample", ())]


def test_what_is_not_shown_is_not_counted_as_none() -> None:
    ann, _ = lived(ticket(1, created=9, changes=None, comments=None, category=None, components=("data",)))
    assert counts(ann) == {KindOfWork.DATA: (1, None, None, None)}


def test_work_after_somebody_left_is_not_counted_as_theirs() -> None:
    left = ENGINEER.model_copy(update={"until": AS_OF - timedelta(days=10)})
    rows = lived(ticket(1, comments=[said(20, by=BEN), said(5, by=BEN)]), people=[left])
    assert [(row.name, row.declared, row.events) for row in rows] == [
        ("Ben Sample", True, 1),
        ("Ben Sample", False, 1),
    ]
