"""Each symptom: present, absent and unknown, at its threshold and on either side of it."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from diagnostics.findings import Presence
from diagnostics.history import Work
from diagnostics.records import Category, Ticket
from diagnostics.settings import Limit, Settings
from diagnostics.symptoms import Measurement, Rule, SymptomError, all_symptoms
from tests.tickets import (
    ANN,
    BEN,
    PIA,
    PRODUCT,
    ROBOT,
    ago,
    blocked_by,
    done,
    handed,
    in_progress,
    moved,
    said,
    ticket,
    work,
)

RULES = {rule.id: rule for rule in all_symptoms()}
PRESENT, ABSENT, UNKNOWN = Presence.PRESENT, Presence.ABSENT, Presence.UNKNOWN

QUICK = [done(100 + n, begun=60 + n, finished=55 + n) for n in range(10)]  # five days each
OLD = [in_progress(n, begun=40 + n) for n in range(3)]
BOUNCED = [ticket(n, status="In Progress", changes=[handed(9, ANN, BEN), handed(8, BEN, ANN)]) for n in range(3)]
STEADY = [done(n, begun=7 * n + 5, finished=7 * n + 3) for n in range(16)]  # one a week for sixteen weeks
EXPORTED = [ticket(n, status="In Progress", changes=None, comments=None, updated=ago(1)) for n in range(3)]

CASES: list[tuple[str, list[Ticket], Presence, float | None]] = [
    ("ageing-work", [*QUICK, *OLD], PRESENT, 3),
    ("ageing-work", [*QUICK, *OLD[:2]], ABSENT, 2),
    ("ageing-work", [*QUICK, *(in_progress(n, begun=20) for n in range(9))], ABSENT, 0),
    (
        "ageing-work",
        [done(100 + n, begun=160, finished=60) for n in range(10)] + OLD,
        ABSENT,
        0,
    ),  # slow by habit
    ("ageing-work", EXPORTED, UNKNOWN, None),
    ("ageing-work", [replace(t, category_since=ago(50)) for t in EXPORTED], PRESENT, 3),
    ("ageing-work", [replace(t, category=None) for t in EXPORTED], UNKNOWN, None),
    ("blocked", [ticket(n, flagged=True) for n in range(3)], PRESENT, 3),
    ("blocked", [ticket(1, flagged=True), ticket(2, links=(blocked_by("Y-1"),)), ticket(3)], ABSENT, 2),
    ("blocked", [done(n, begun=9, finished=2, flagged=True) for n in range(5)], ABSENT, 0),
    ("blocked", [ticket(n, flagged=None, links=None) for n in range(5)], UNKNOWN, None),
    ("bouncing", BOUNCED, PRESENT, 3),
    ("bouncing", BOUNCED[:2], ABSENT, 2),
    (
        "bouncing",
        [ticket(n, changes=[handed(90, ANN, BEN), handed(80, BEN, ANN)]) for n in range(5)],
        ABSENT,
        0,
    ),
    (
        "bouncing",
        [ticket(n, changes=[moved(9, "Done", "To Do")]) for n in range(5)],
        ABSENT,
        0,
    ),  # once is ordinary
    ("bouncing", EXPORTED, UNKNOWN, None),
    ("bouncing", [replace(t, changes_complete=False) for t in BOUNCED], UNKNOWN, None),
    ("product-silent", [ticket(comments=[said(21, by=PIA), said(2)])], PRESENT, 21),
    ("product-silent", [ticket(comments=[said(20, by=PIA)])], ABSENT, 20),
    ("product-silent", [ticket(comments=[said(2)]), ticket(2, created=50)], PRESENT, 100),  # it never wrote
    ("product-silent", [ticket(), ticket(2, created=9, creator=PIA)], ABSENT, 9),
    ("product-silent", [ticket(changes=[moved(5, "To Do", "Done", by=PIA)], status="Done")], ABSENT, 0),  # none open
    ("product-silent", EXPORTED, UNKNOWN, None),
    ("product-silent", [], UNKNOWN, None),
    ("silent", [ticket(comments=[said(14)])], PRESENT, 14),
    ("silent", [ticket(comments=[said(13)])], ABSENT, 13),
    ("silent", [ticket(comments=[said(20), said(1, by=ROBOT)])], PRESENT, 20),
    ("silent", [done(1, begun=90, finished=80)], ABSENT, 0),  # nothing is open
    ("silent", [], UNKNOWN, None),
    ("silent", [ticket(changes=None, comments=[said(30)], updated=ago(2))], UNKNOWN, None),
    ("silent", [ticket(changes=None, comments=[said(30)], updated=ago(25))], PRESENT, 25),
    ("silent", [ticket(changes=None, comments=[said(3)], updated=ago(2))], ABSENT, 2),
    ("silent", [ticket(creator=ROBOT, reporter=ROBOT)], UNKNOWN, None),
    ("slowing", [t for t in STEADY if t.resolved and t.resolved < ago(28)], PRESENT, 100),
    ("slowing", STEADY, ABSENT, 0),
    ("slowing", STEADY[:8], UNKNOWN, None),
    ("slowing", [*STEADY[4:], STEADY[0], STEADY[1]], PRESENT, 50),
    ("slowing", [replace(t, category=None) for t in EXPORTED], UNKNOWN, None),
]


@pytest.mark.parametrize(("id", "tickets", "status", "value"), CASES)
def test_symptom(id: str, tickets: list[Ticket], status: Presence, value: float | None) -> None:
    found = RULES[id].symptom(work(*tickets, people=[PRODUCT]))
    assert (found.status, found.value) == (status, value)
    assert (found.penalty > 0) == (status is PRESENT)
    for evidence in found.evidence:
        quoted = next(t for t in tickets if t.key == evidence.ref)
        texts = [c.text for c in quoted.comments or ()] if evidence.source == "comment" else [quoted.text]
        assert evidence.quote in [text[slice(*evidence.span)] for text in texts]


def test_every_symptom_has_a_case_of_each_outcome() -> None:
    shown = {(id, status) for id, _, status, _ in CASES}
    assert shown == {(id, status) for id in RULES for status in Presence}


def test_thresholds_come_from_the_settings() -> None:
    strict = Settings(silent=Limit(threshold=2, cap=10), fewest_active_days=0)
    found = RULES["silent"].symptom(work(ticket(comments=[said(3)]), settings=strict))
    assert (found.status, found.threshold, found.cap, found.penalty) == (PRESENT, 2, 10, 7.5)


@pytest.mark.parametrize("id", RULES)
def test_nothing_is_present_before_the_first_ticket(id: str) -> None:
    long_ago = Work.as_of([*QUICK, *OLD, *BOUNCED], ago(5000), Settings(), people=(PRODUCT,))
    assert RULES[id].symptom(long_ago).status is not PRESENT


@pytest.mark.parametrize("id", RULES)
def test_only_what_happened_until_the_day_counts(id: str) -> None:
    tickets = [*QUICK, *OLD, *BOUNCED, *STEADY]
    later = [replace(t, comments=(*(t.comments or ()), said(-3)), updated=ago(-3)) for t in tickets]
    new = ticket(999, created=-1, status="Blocked", category=Category.INDETERMINATE, flagged=True)
    then, today = (RULES[id].symptom(work(*known, people=[PRODUCT])) for known in (tickets, [*later, new]))
    assert (then.status, then.value) == (today.status, today.value)


def test_a_symptom_that_explains_nothing_cannot_be_built() -> None:
    with pytest.raises(SymptomError, match="why is too short"):
        Rule(
            id="x",
            title="A title",
            why="short",
            unit="days",
            ask="Ask them all.",
            measure=lambda _: Measurement(0, ""),
        )


def test_a_symptom_without_a_limit_in_the_settings_says_so() -> None:
    rule = Rule("odd-one", "Odd one", "w" * 60, "days", "a" * 20, lambda _: Measurement(0, "nothing at all"))
    with pytest.raises(SymptomError, match=r"settings\.py has no Limit"):
        rule.symptom(work())


def test_ages_are_listed_worst_first() -> None:
    notes = [evidence.note for evidence in RULES["ageing-work"].symptom(work(*QUICK, *OLD)).evidence]
    assert notes == [f"in progress for {days} days" for days in (42, 41, 40)]
    assert timedelta(days=42) == ago(0) - ago(42)


def test_a_ticket_without_any_text_is_quoted_by_its_key() -> None:
    bare = [ticket(n, flagged=True, summary=None) for n in range(3)]
    found = RULES["blocked"].symptom(work(*bare))
    assert found.status is PRESENT
    assert [evidence.quote for evidence in found.evidence] == ["X-0", "X-1", "X-2"]


def test_silence_that_may_be_an_old_export_says_so() -> None:
    ended, went_on = ticket(comments=[said(30)]), ticket(comments=[said(30), said(2, by=ROBOT)])
    assert "export them again" in RULES["silent"].symptom(work(ended)).why
    assert "export" not in RULES["silent"].symptom(work(went_on)).why


@pytest.mark.parametrize(("days", "status"), [(4, UNKNOWN), (5, PRESENT)])
def test_nothing_fires_on_fewer_than_five_active_days(days: int, status: Presence) -> None:
    flagged = [ticket(n, created=9, flagged=True) for n in range(3)]
    talked = ticket(9, created=9, comments=[said(n) for n in range(days - 1)])  # the day of creation is one
    found = RULES["blocked"].symptom(work(*flagged, talked, settings=Settings()))
    assert found.status is status
    assert ("under 5 nothing is told" in found.why) == (status is UNKNOWN)
