"""Actions: open questions become conversations to have, in order of what they would gain."""

from collections.abc import Sequence
from datetime import date

from diagnostics.diagnosis import Action, PatternFinding, Score, Verdict
from diagnostics.findings import Presence, Status, Symptom
from diagnostics.patterns import Pattern
from diagnostics.records import Project, Role
from diagnostics.scoring import Graded, clarity
from diagnostics.settings import Settings
from diagnostics.symptoms import Rule
from diagnostics.symptoms.product_silent import PRODUCT_ROLES
from diagnostics.words import joined

MOST_TOPICS = 3
_SETTLED = (Status.ANSWERED, Status.UNKNOWN)


def _whoever(role: Role) -> str:
    """A role that nobody is named for, as part of a sentence."""
    return "your legal contact" if role is Role.LEGAL else f"the {role}"


def in_words(question_id: str) -> str:
    """A question's id as words of a sentence: "error costs", "ML fit"."""
    return " ".join("ML" if word == "ml" else word for word in question_id.split("-"))


def _topics(settles: Sequence[str]) -> str:
    """What a conversation is about, short enough for a line of a table."""
    named = [in_words(id) for id in settles]
    if len(named) > MOST_TOPICS:
        named = [*named[: MOST_TOPICS - 1], f"{len(named) - MOST_TOPICS + 1} more questions"]
    return joined(named)


def _graded(findings: Sequence[PatternFinding], settled: frozenset[str]) -> list[list[Graded]]:
    return [
        [
            Graded(Status.ANSWERED if found.id in settled else found.status, found.confidence, found.weight)
            for found in pattern.questions
        ]
        for pattern in findings
    ]


def gain(findings: Sequence[PatternFinding], settles: Sequence[str], settings: Settings) -> int:
    """The rise of the clarity score (points) if all of `settles` were answered.

    A score that is not known yet counts as the low end of its range.
    """
    before = clarity(_graded(findings, frozenset()), settings)
    after = clarity(_graded(findings, frozenset(settles)), settings)
    return _known(after) - _known(before)


def _known(score: Score) -> int:
    return score.low if score.score is None else score.score


def conversations(
    project: Project,
    patterns: Sequence[Pattern],
    findings: Sequence[PatternFinding],
    as_of: date,
    settings: Settings,
) -> list[Action]:
    """One conversation for each role that can settle an open question, the greatest gain first."""
    by_role: dict[Role, list[tuple[Pattern, str, str]]] = {}
    for pattern, finding in zip(patterns, findings, strict=True):
        agenda = {question.id: question.agenda for question in pattern.questions}
        for found in finding.questions:
            if found.status not in _SETTLED:
                by_role.setdefault(found.partner, []).append((pattern, found.id, agenda[found.id]))
    gains = {role: gain(findings, [id for _, id, _ in open_], settings) for role, open_ in by_role.items()}
    actions = []
    for role, open_ in sorted(by_role.items(), key=lambda item: (-gains[item[0]], item[0])):
        settles = [id for _, id, _ in open_]
        first = max((pattern for pattern, _, _ in open_), key=lambda p: gain(findings, _of(p, open_), settings))
        person = project.person_in(role, as_of)
        step = first.first_steps[role]
        if person is None:
            step = f"Find out who {_whoever(role)} is, and name them in portfolio.toml. Then: {step}"
        actions.append(
            Action(
                id=f"talk-to-{role.casefold().replace(' ', '-')}",
                title=f"Talk to {f'{person.name} ({role})' if person else _whoever(role)} about {_topics(settles)}",
                partner=role,
                person=person.name if person else None,
                settles=tuple(settles),
                first_step=step,
                agenda=tuple(question for _, _, question in open_),
                gain=gains[role],
            )
        )
    return actions


def _of(pattern: Pattern, open_: Sequence[tuple[Pattern, str, str]]) -> list[str]:
    return [id for owner, id, _ in open_ if owner is pattern]


def hold_a_kickoff(
    project: Project, findings: Sequence[PatternFinding], as_of: date, settings: Settings
) -> list[Action]:
    """What to do when no kickoff record could be read: connect it, or hold the kickoff."""
    unknown = [found for finding in findings for found in finding.questions if found.status is Status.UNKNOWN]
    if not unknown:
        return []
    role = Role.ENGINEERING_MANAGER
    person = project.person_in(role, as_of)
    return [
        Action(
            id="connect-the-kickoff",
            title="Connect the kickoff record, or hold a kickoff",
            partner=role,
            person=person.name if person else project.manager,
            settles=tuple(found.id for found in unknown),
            first_step="Ask who was there when the project began, and for the minutes, charter or mail that came of it;"
            " name the file under `kickoff` in portfolio.toml. If there is none, write kickoff = [] and hold one.",
            agenda=tuple(found.question for found in unknown),
            gain=gain(findings, [found.id for found in unknown], settings),
        )
    ]


def name_product(project: Project, symptoms: Sequence[Symptom], as_of: date) -> list[Action]:
    """What to do when nobody is named who speaks for Product, so that its silence cannot be measured."""
    unknown = any(symptom.id == "product-silent" and symptom.status is Presence.UNKNOWN for symptom in symptoms)
    if not unknown or any(project.person_in(role, as_of) for role in PRODUCT_ROLES):
        return []
    role = Role.ENGINEERING_MANAGER
    person = project.person_in(role, as_of)
    return [
        Action(
            id="name-product",
            title="Name who speaks for Product",
            partner=role,
            person=person.name if person else project.manager,
            settles=(),
            symptoms=("product-silent",),
            first_step="Agree with whoever asked for this project on one person who answers for Product, and name them"
            " in portfolio.toml as product manager, with their account as `jira`; without one, name the sponsor.",
            agenda=(
                "Who decides what this project is for, and says when it is good enough?",
                "Who answers a product question in a ticket, within how many days, and who stands in for them?",
            ),
            gain=0,
        )
    ]


def unblock_the_work(
    project: Project, symptoms: Sequence[Symptom], rules: Sequence[Rule], verdict: Verdict, as_of: date
) -> list[Action]:
    """What to go through with the team when the flow of work shows symptoms."""
    asks = {rule.id: rule.ask for rule in rules}
    present = [symptom for symptom in symptoms if symptom.status is Presence.PRESENT]
    if not present:
        return []
    role = Role.ENGINEERING_MANAGER
    person = project.person_in(role, as_of)
    found = joined([symptom.title.casefold() for symptom in present])
    elsewhere = " The kickoff is clear, so look for the cause elsewhere." if verdict is Verdict.STALLED else ""
    return [
        Action(
            id="go-through-the-work",
            title=f"Go through the open work with the team: {found}",
            partner=role,
            person=person.name if person else project.manager,
            settles=(),
            symptoms=tuple(symptom.id for symptom in present),
            first_step="Take half an hour with the team and the tickets listed under the symptoms; for each, agree on"
            f" one next step and one name.{elsewhere}",
            agenda=tuple(asks[symptom.id] for symptom in present),
            gain=0,
        )
    ]
