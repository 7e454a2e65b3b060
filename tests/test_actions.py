"""Actions: whom to talk to, about what, in order of what it would gain."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from diagnostics.actions import conversations, gain, hold_a_kickoff, name_product, unblock_the_work
from diagnostics.diagnosis import PatternFinding, QuestionFinding, Score, Verdict
from diagnostics.findings import Evidence, Presence, Status, Symptom
from diagnostics.patterns import all_patterns
from diagnostics.records import Person, Project, Role
from diagnostics.scoring import Graded, clarity
from diagnostics.settings import Settings
from diagnostics.symptoms import all_symptoms

AS_OF = date(2026, 9, 30)
SETTINGS = Settings()
PATTERNS = all_patterns()
IDS = [question.id for pattern in PATTERNS for question in pattern.questions]
PM = Person(name="Ines Sample", roles=(Role.PRODUCT_MANAGER,))
FORMER = Person(name="Otto Sample", roles=(Role.PRODUCT_MANAGER,), until=date(2026, 9, 1))
EVIDENCE = Evidence(source="kickoff", ref="k.md#L1", quote="a few words stand here", span=(0, 22), text_sha256="0" * 64)


def findings(statuses: dict[str, Status]) -> list[PatternFinding]:
    """The real patterns' findings; a question that is not named is answered."""

    def found(question_id: str) -> dict[str, object]:
        status = statuses.get(question_id, Status.ANSWERED)
        quotes = {Status.ANSWERED: 1, Status.VAGUE: 1, Status.UNANSWERED: 1, Status.CONFLICTING: 2}.get(status, 0)
        return {"status": status, "evidence": (EVIDENCE,) * quotes}

    return [
        PatternFinding(
            id=pattern.id,
            title=pattern.title,
            why=pattern.why,
            clarity=Score(score=None, low=0, high=100),
            questions=tuple(
                QuestionFinding(
                    id=q.id,
                    confidence=1,
                    why="for the sake of a test",
                    searched=("k.md",),
                    question=q.question,
                    good_answer=q.example,
                    weight=q.weight,
                    partner=q.partner,
                    **found(q.id),  # type: ignore[arg-type]
                )
                for q in pattern.questions
            ),
        )
        for pattern in PATTERNS
    ]


def project(*people: Person) -> Project:
    return Project(key="X", name="Sample", people=people)


some_statuses = st.dictionaries(st.sampled_from(IDS), st.sampled_from(list(Status)))


@given(some_statuses)
def test_each_open_question_is_settled_by_exactly_one_conversation_and_the_greatest_gain_is_first(
    statuses: dict[str, Status],
) -> None:
    found = findings(statuses)
    actions = conversations(project(PM), PATTERNS, found, AS_OF, SETTINGS)
    settled = [id for action in actions for id in action.settles]
    open_ = [id for id in IDS if statuses.get(id, Status.ANSWERED) not in (Status.ANSWERED, Status.UNKNOWN)]
    assert sorted(settled) == sorted(open_)
    gains = [gain(found, action.settles, SETTINGS) for action in actions]
    assert gains == sorted(gains, reverse=True)
    assert all(len(action.agenda) == len(action.settles) for action in actions)


@given(some_statuses, st.sets(st.sampled_from(IDS)))
def test_gain_is_the_rise_of_clarity_if_all_that_is_settled_were_answered(
    statuses: dict[str, Status], settles: set[str]
) -> None:
    def clarity_of(chosen: set[str]) -> int:
        graded = [
            [
                Graded(Status.ANSWERED if q.id in chosen else statuses.get(q.id, Status.ANSWERED), 1, q.weight)
                for q in pattern.questions
            ]
            for pattern in PATTERNS
        ]
        score = clarity(graded, SETTINGS)
        return score.low if score.score is None else score.score

    assert gain(findings(statuses), sorted(settles), SETTINGS) == clarity_of(settles) - clarity_of(set())


def test_the_person_is_whoever_holds_the_role_on_the_day() -> None:
    found = findings({"metric-target": Status.MISSING, "error-costs": Status.VAGUE})
    partner = next(q.partner for pattern in PATTERNS for q in pattern.questions if q.id == "metric-target")
    former = FORMER.model_copy(update={"roles": (partner,)})
    present = PM.model_copy(update={"roles": (partner,)})
    talk = next(
        a for a in conversations(project(former, present), PATTERNS, found, AS_OF, SETTINGS) if a.partner == partner
    )
    assert talk.person == "Ines Sample"
    assert "Ines Sample" in talk.title


def test_a_role_that_nobody_holds_is_to_be_filled_first() -> None:
    actions = conversations(project(), PATTERNS, findings({"metric-target": Status.MISSING}), AS_OF, SETTINGS)
    assert [action.person for action in actions] == [None]
    assert actions[0].first_step.startswith(f"Find out who the {actions[0].partner} is")


def test_a_clear_kickoff_needs_no_conversation() -> None:
    assert conversations(project(PM), PATTERNS, findings({}), AS_OF, SETTINGS) == []
    assert hold_a_kickoff(project(PM), findings({}), AS_OF, SETTINGS) == []


def test_without_a_readable_kickoff_the_action_is_to_connect_or_hold_one() -> None:
    unknown = findings(dict.fromkeys(IDS, Status.UNKNOWN))
    (action,) = hold_a_kickoff(project(), unknown, AS_OF, SETTINGS)
    assert set(action.settles) == set(IDS)
    assert action.gain == 100
    assert conversations(project(), PATTERNS, unknown, AS_OF, SETTINGS) == []


def test_present_symptoms_are_gone_through_with_the_team() -> None:
    present = Symptom(
        id="silent",
        title="Silence",
        status=Presence.PRESENT,
        value=20,
        threshold=14,
        unit="days",
        why="20 days of silence",
        penalty=5,
        cap=10,
        evidence=(EVIDENCE,),
    )
    absent = present.model_copy(update={"status": Presence.ABSENT, "penalty": 0, "evidence": ()})
    (action,) = unblock_the_work(project(), [present], all_symptoms(), Verdict.STALLED, AS_OF)
    assert action.symptoms == ("silent",)
    assert "elsewhere" in action.first_step
    assert unblock_the_work(project(), [absent], all_symptoms(), Verdict.STALLED, AS_OF) == []


def test_where_nobody_speaks_for_product_somebody_is_to_be_named() -> None:
    unknown = Symptom(
        id="product-silent",
        title="Product silent",
        status=Presence.UNKNOWN,
        value=None,
        threshold=21,
        unit="days",
        why="nobody is named",
        penalty=0,
        cap=15,
    )
    manager = Person(name="Emil Sample", roles=(Role.ENGINEERING_MANAGER,))
    (action,) = name_product(project(manager, FORMER), [unknown], AS_OF)
    assert (action.title, action.person) == ("Name who speaks for Product", "Emil Sample")
    assert action.partner == Role.ENGINEERING_MANAGER
    sponsor = Person(name="Sol Sample", roles=(Role.SPONSOR,))
    assert name_product(project(PM), [unknown], AS_OF) == []  # unknown for another reason
    assert name_product(project(sponsor), [unknown], AS_OF) == []
    assert name_product(project(), [], AS_OF) == []
