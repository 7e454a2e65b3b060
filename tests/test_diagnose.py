"""The pipeline: records in, a diagnosis as of a day out, the same every time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from diagnostics.diagnose import ProjectRecords, diagnose
from diagnostics.diagnosis import Diagnosis, Lane, Verdict
from diagnostics.findings import Status
from diagnostics.records import Account, Comment, KickoffRecord, Person, Project, ProjectState, Role, Ticket
from diagnostics.settings import Settings
from tests.tickets import AS_OF, ago, done, in_progress, said, ticket

UTC_ZONE = ZoneInfo("UTC")
SETTINGS = Settings()
KICKOFF = KickoffRecord(
    ref="kickoffs/leaks.md",
    kind="md",
    date=date(2026, 3, 2),
    text="""# Leak alerts

The goal is a recall of at least 0.8 at a precision of 0.5, agreed with Ines Sample (product manager) on 2 March.
A missed leak floods a cellar; a false alarm costs the fitter one needless visit.
""",
)
STEADY = tuple(done(n, begun=7 * n + 5, finished=7 * n + 3, comments=[said(7 * n + 4)]) for n in range(18))
STUCK_WORK = (
    *(done(n, begun=7 * n + 5, finished=7 * n + 3) for n in range(6, 24)),
    *(in_progress(100 + n, begun=70) for n in range(6)),
)


def project(**fields: object) -> Project:
    return Project.model_validate({"key": "LEAKS", "name": "Leak alerts"} | fields)


def diagnosed(
    *kickoffs: KickoffRecord,
    tickets: tuple[Ticket, ...] | None = STEADY,
    as_of: date = AS_OF,
    held_none: bool = False,
    **fields: object,
) -> Diagnosis:
    records = ProjectRecords(project(**fields), kickoffs, held_none, tickets)
    return diagnose(records, as_of, UTC_ZONE, SETTINGS)


def statuses(diagnosis: Diagnosis) -> dict[str, Status]:
    return {q.id: q.status for pattern in diagnosis.patterns for q in pattern.questions}


def test_the_same_records_give_the_same_diagnosis() -> None:
    assert diagnosed(KICKOFF) == diagnosed(KICKOFF)


def test_a_diagnosis_survives_being_written_and_read_again() -> None:
    kept = diagnosed(KICKOFF, tickets=STUCK_WORK)
    assert Diagnosis.model_validate_json(kept.model_dump_json()) == kept


def test_every_quote_stands_in_its_text_at_its_span() -> None:
    found = [e for pattern in diagnosed(KICKOFF).patterns for q in pattern.questions for e in q.evidence]
    assert found
    assert all(KICKOFF.text[slice(*evidence.span)] == evidence.quote for evidence in found)


def test_no_kickoff_given_is_unknown_and_none_held_is_missing() -> None:
    assert set(statuses(diagnosed()).values()) == {Status.UNKNOWN}
    assert set(statuses(diagnosed(held_none=True)).values()) == {Status.MISSING}


def test_a_kickoff_of_later_is_not_seen_and_one_without_a_date_always_counts() -> None:
    earlier = KICKOFF.date - timedelta(days=1) if KICKOFF.date else AS_OF
    assert set(statuses(diagnosed(KICKOFF, as_of=earlier)).values()) == {Status.UNKNOWN}
    undated = KICKOFF.model_copy(update={"date": None})
    assert statuses(diagnosed(undated, as_of=earlier)) == statuses(diagnosed(KICKOFF))


def test_tickets_of_later_are_not_seen() -> None:
    later = ticket(900, created=-5, flagged=True)
    assert diagnosed(KICKOFF, tickets=(*STEADY, later)) == diagnosed(KICKOFF)
    assert diagnosed(KICKOFF, as_of=ago(5000).date()).flow.score is None


def test_an_earlier_day_is_what_it_would_have_been_on_that_day() -> None:
    known_then = tuple(t for t in STEADY if t.updated and t.updated < ago(60))
    day = ago(60).date()
    assert diagnosed(KICKOFF, tickets=known_then, as_of=day).flow == diagnosed(KICKOFF, as_of=day).flow


@pytest.mark.parametrize(
    ("kickoffs", "held_none", "tickets", "verdict"),
    [
        ((), True, STUCK_WORK, Verdict.STUCK),
        ((), True, STEADY, Verdict.DRIFTING),
        ((), False, STEADY, Verdict.UNKNOWN),
        ((), True, None, Verdict.UNKNOWN),
    ],
)
def test_verdicts_without_a_kickoff(
    kickoffs: tuple[KickoffRecord, ...], held_none: bool, tickets: tuple[Ticket, ...] | None, verdict: Verdict
) -> None:
    assert diagnosed(*kickoffs, held_none=held_none, tickets=tickets).verdict is verdict


@pytest.mark.parametrize(("days", "lane"), [(20, Lane.NEW), (21, Lane.RANKED)])
def test_a_project_under_21_days_is_new_and_never_stuck_or_stalled(days: int, lane: Lane) -> None:
    young = diagnosed(held_none=True, tickets=STUCK_WORK, started=AS_OF - timedelta(days=days))
    assert young.lane is lane
    assert (young.verdict is Verdict.STUCK) == (lane is Lane.RANKED)


def test_without_a_start_the_earliest_record_tells_the_age() -> None:
    young = tuple(in_progress(n, begun=12) for n in range(9))
    assert diagnosed(held_none=True, tickets=young).lane is Lane.NEW
    assert diagnosed(KICKOFF, tickets=young).lane is not Lane.NEW


@pytest.mark.parametrize("state", [ProjectState.PAUSED, ProjectState.DONE])
def test_only_active_projects_are_ranked(state: ProjectState) -> None:
    assert diagnosed(held_none=True, state=state).lane is Lane.INACTIVE


def test_every_verdict_says_why() -> None:
    for tickets in (STEADY, STUCK_WORK, None):
        for held_none in (True, False):
            assert all(len(reason) > 20 for reason in diagnosed(held_none=held_none, tickets=tickets).why)


def test_a_day_is_the_portfolios_own_up_to_its_last_evening() -> None:
    day = date(2026, 6, 30)
    evening = datetime(2026, 7, 1, 3, tzinfo=UTC)  # 20:00 on 30 June in Los Angeles
    pia = Person(name="Pia Product", roles=(Role.PRODUCT_MANAGER,), until=day)
    word = Comment("1", Account("pia", "Pia Product"), evening, "The desk takes the list on Mondays.")
    begun = ticket(1, status="In Progress", comments=[word], created=200, updated=evening)
    records = ProjectRecords(project=project(people=(pia,)), tickets=(begun,))
    found = diagnose(records, day, ZoneInfo("America/Los_Angeles"), Settings(fewest_active_days=0))
    silent = next(symptom for symptom in found.symptoms if symptom.id == "product-silent")
    assert (silent.value, silent.evidence[0].date) == (0, day)
