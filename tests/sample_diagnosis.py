"""One hand-written portfolio for the tests of pages and reports, so that a new pattern breaks none of them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from diagnostics.diagnosis import (
    Action,
    Diagnosis,
    Lane,
    PatternFinding,
    PortfolioDiagnosis,
    QuestionFinding,
    Score,
    SourceRead,
    Verdict,
    Versions,
)
from diagnostics.findings import (
    Assumption,
    Cause,
    Correction,
    Decision,
    DriftFinding,
    Elsewhere,
    Evidence,
    KindOfWork,
    Ledger,
    OpenQuestion,
    PersonWork,
    Presence,
    RoleFinding,
    Status,
    Symptom,
    Waiver,
    WorkCount,
)
from diagnostics.flow import FlowFigures, Forecast
from diagnostics.reading.ingredients import places
from diagnostics.records import Problem, ProjectState, Role, text_sha256

AS_OF = date(2026, 9, 30)
VERSIONS = Versions(reader="sample-1", patterns="0123456789ab", thresholds="ba9876543210")

# Each would load a picture, forge a link, run a script, paint the page or draw an icon if it got through.
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "[x](http://evil.test/)",
    "![a](http://evil.test/b.png)",
    r"$\rule{9999em}{9999em}$",
    ":material/home:",
    "</blockquote><style>*{display:none}</style><script>alert(2)</script>",
    "http://evil.test/bare www.evil.test me@evil.test :red[loud] <b>bold</b>",
)

# pattern -> title, why, questions: id, question, a good answer, weight, partner, a concrete and a vague sentence
_PATTERNS: dict[str, tuple[str, str, tuple[tuple[str, str, str, int, Role, str, str], ...]]] = {
    "product-discussion": (
        "Missing product discussion",
        "The team builds what it guesses is wanted. When the product's people see it for the first time, it solves"
        " another problem than theirs, and the work starts again.",
        (
            (
                "problem",
                "What user or business problem is this for, and why does it matter?",
                "“Prepaid customers leave without a word; each costs us 41 euros to win back.”",
                3,
                Role.PRODUCT_MANAGER,
                "Retention loses 3,200 prepaid customers a month, and winning one back costs 41 euros.",
                "We want to use machine learning to get a better picture of our customers.",
            ),
            (
                "product-partner",
                "Who speaks for Product, and did they take part?",
                "“Nadia Rahmani (Product, Retention) asked for this and signed the scope on 9 February.”",
                2,
                Role.PRODUCT_MANAGER,
                "Nadia Rahmani from Product asked for the list and signed the scope on 9 February.",
                "The stakeholders were informed about the general direction of the project.",
            ),
            (
                "assumptions",
                "Which assumptions, open questions or risks are written down?",
                "“We assume that call records reach the warehouse within a day; Tomasz checks by 1 March.”",
                1,
                Role.PRODUCT_MANAGER,
                "We assume that call records reach the warehouse within one day of the call.",
                "There are of course some risks that we will look at in due course.",
            ),
        ),
    ),
    "success-metric": (
        "Unclear success metric",
        "Nobody can say whether the last experiment was an improvement, so experiments go on and no decision is made.",
        (
            (
                "metric-named",
                "Which metric are we trying to improve?",
                "“Precision among the 500 customers called each week.”",
                2,
                Role.DATA_SCIENTIST,
                "We measure precision among the 500 customers that the call centre reaches each week.",
                "The model should be accurate enough for the team to trust it.",
            ),
            (
                "metric-target",
                "What value counts as success?",
                "“At least 35 % of those called would have left; today it is 19 %.”",
                3,
                Role.PRODUCT_MANAGER,
                "Success is when at least 35 percent of those called would have left.",
                "We want the churn rate to go down noticeably after the launch.",
            ),
            (
                "metric-agreement",
                "Who agreed on the metric?",
                "“Agreed by Nadia Rahmani and Greta Lindqvist on 9 February.”",
                2,
                Role.PRODUCT_MANAGER,
                "Nadia Rahmani and Greta Lindqvist agreed on the metric in the meeting of 9 February.",
                "The metric is still to be agreed with everybody who is concerned.",
            ),
        ),
    ),
    "error-tolerance": (
        "Undefined error tolerances",
        "A model is never right every time. If no one has said which mistakes are acceptable, each one found starts"
        " the discussion again, and nobody dares to launch.",
        (
            (
                "error-costs",
                "Which mistakes hurt, whom, and which kind is worse?",
                "“A needless call costs 2 euros; a customer missed costs 41. So missing one is worse.”",
                3,
                Role.DOMAIN_EXPERT,
                "A needless call costs two euros, a customer who is missed costs us 41 euros.",
                "Errors should of course be kept to a minimum wherever that is possible.",
            ),
            (
                "remediation",
                "What happens when it is wrong?",
                "“Scores from 0.4 to 0.6 go to the retention desk for a look by a person.”",
                2,
                Role.ML_ENGINEER,
                "Scores between 0.4 and 0.6 go to the retention desk, where a person decides.",
                "We will monitor the model in production and improve it over time.",
            ),
        ),
    ),
    "roles": (
        "Fuzzy roles",
        "Work that belongs to nobody waits; work that belongs to two is done twice. Both look like slowness.",
        (
            (
                "roles-assigned",
                "Who is on it, in which role?",
                "“Oksana Hrytsenko: data scientist. Bram Teunissen: ML engineer.”",
                2,
                Role.ENGINEERING_MANAGER,
                "Oksana Hrytsenko is the data scientist and Bram Teunissen the ML engineer.",
                "The team consists of Oksana, Bram, Chidi and some others from the platform.",
            ),
            (
                "decision-owner",
                "Who decides on scope, metric and launch?",
                "“Greta Lindqvist decides on the launch, after hearing Nadia Rahmani.”",
                3,
                Role.SPONSOR,
                "Greta Lindqvist decides about the launch after she has heard Nadia Rahmani.",
                "The stakeholders will decide about the launch together when it is time.",
            ),
        ),
    ),
}

_WHY = {
    Status.ANSWERED: "Stated plainly, with a name or a figure.",
    Status.VAGUE: "Spoken about, but without a figure or a name that one could hold on to.",
    Status.CONFLICTING: "Two places disagree, and nobody agreed to the later one.",
    Status.UNANSWERED: "Asked in a ticket 34 days ago, and nobody replied.",
    Status.MISSING: "The kickoff record was read to its end, and nothing in it speaks to this.",
    Status.UNKNOWN: "No kickoff record could be read, so nobody can say.",
}
_CODES = {"A": Status.ANSWERED, "v": Status.VAGUE, "c": Status.CONFLICTING, "?": Status.UNANSWERED}
_CODES |= {"-": Status.MISSING, "u": Status.UNKNOWN}


def score(figure: int | None, low: int, high: int) -> Score:
    """A score with its range."""
    return Score(score=figure, low=low, high=high)


def kickoff_quote(quote: str, *, line: int = 12, project: str = "churn") -> Evidence:
    """A sentence of a kickoff record."""
    return Evidence(
        source="kickoff",
        ref=f"kickoffs/{project}.md#L{line}",
        quote=quote,
        span=(0, len(quote)),
        text_sha256=text_sha256(quote),
        author="Greta Lindqvist",
        date=date(2026, 2, 9),
        heading="Kickoff minutes / What we want",
        before="Greta opened with the background.",
        grounds=places(quote, {"number", "percent", "metric", "date"}),
    )


def ticket_quote(key: str, quote: str, *, note: str | None = None, url: str | None = None) -> Evidence:
    """A sentence of a ticket. Without a `url` it links to the tracker of the sample; "" gives none."""
    link = f"https://jira.example.com/browse/{key}" if url is None else url or None
    return Evidence(
        source="ticket",
        ref=key,
        url=link,
        quote=quote,
        span=(0, len(quote)),
        text_sha256=text_sha256(quote),
        author="Oksana Hrytsenko",
        date=date(2026, 8, 4),
        note=note,
    )


def comment_quote(
    key: str, quote: str, days: int, *, author: str = "Oksana Hrytsenko", note: str | None = None
) -> Evidence:
    """What somebody wrote in a ticket so many days before the sample day."""
    return Evidence(
        source="comment",
        ref=key,
        url=f"https://jira.example.com/browse/{key}?focusedCommentId={1000 + days}",
        quote=quote,
        span=(0, len(quote)),
        text_sha256=text_sha256(quote),
        author=author,
        date=AS_OF - timedelta(days=days),
        note=note,
    )


def answers(codes: str, *, project: str = "churn", quotes: Mapping[str, str] | None = None) -> list[QuestionFinding]:
    """Ten answers from ten letters: A answered, v vague, c conflicting, ? unanswered, - missing, u unknown."""
    rows = [row for _, _, rows in _PATTERNS.values() for row in rows]
    found = []
    for number, (code, (id, question, good, weight, partner, concrete, vague)) in enumerate(
        zip(codes, rows, strict=True)
    ):
        status = _CODES[code]
        said = (quotes or {}).get(id, concrete if status is Status.ANSWERED else vague)
        evidence = {
            Status.ANSWERED: (kickoff_quote(said, line=10 + 3 * number, project=project),),
            Status.VAGUE: (kickoff_quote(said, line=10 + 3 * number, project=project),),
            Status.CONFLICTING: (
                kickoff_quote(concrete, line=10 + 3 * number, project=project),
                ticket_quote(f"{project.upper()}-{40 + number}", said),
            ),
            Status.UNANSWERED: (ticket_quote(f"{project.upper()}-{40 + number}", f"Does anybody know: {question}"),),
        }
        found.append(
            QuestionFinding(
                id=id,
                status=status,
                confidence=0.0 if status is Status.UNKNOWN else 0.93 if number % 3 else 0.68,
                why=_WHY[status],
                evidence=evidence.get(status, ()),
                searched=() if status is Status.UNKNOWN else (f"kickoffs/{project}.md",),
                question=question,
                good_answer=good,
                weight=weight,
                partner=partner,
            )
        )
    return found


def patterns(found: Sequence[QuestionFinding], clarities: Sequence[Score]) -> tuple[PatternFinding, ...]:
    """The ten answers under their four patterns."""
    by_id = {answer.id: answer for answer in found}
    return tuple(
        PatternFinding(id=id, title=title, why=why, clarity=clarity, questions=tuple(by_id[row[0]] for row in rows))
        for (id, (title, why, rows)), clarity in zip(_PATTERNS.items(), clarities, strict=True)
    )


def symptom(
    id: str, title: str, value: float | None, threshold: float, unit: str, why: str, *tickets: Evidence
) -> Symptom:
    """Present when it has tickets, unknown when it has no value."""
    status = Presence.UNKNOWN if value is None else Presence.PRESENT if tickets else Presence.ABSENT
    return Symptom(
        id=id,
        title=title,
        status=status,
        value=value,
        threshold=threshold,
        unit=unit,
        why=why,
        penalty=20 if status is Presence.PRESENT else 0,
        cap=25,
        evidence=tickets,
    )


def _flowing() -> tuple[Symptom, ...]:
    return (
        symptom("ageing-work", "Ageing work", 0, 3, "tickets", "No ticket is older than the slowest seventh."),
        symptom("silent", "Silence", 1, 14, "days", "1 day since a person last did anything."),
        symptom("slowing", "Slowing down", 8, 50, "%", "8 % less is finished a week than usual."),
    )


def _clogged(project: str, summary: str = "Backfill twenty-four months of call records") -> tuple[Symptom, ...]:
    return (
        symptom(
            "ageing-work",
            "Ageing work",
            4,
            3,
            "tickets",
            "4 tickets have been in progress longer than nine in ten of the finished ones.",
            ticket_quote(f"{project}-7", summary, note="in progress for 61 days"),
            ticket_quote(f"{project}-12", "Join the tariff history to the accounts", note="in progress for 44 days"),
        ),
        symptom(
            "silent",
            "Silence",
            23,
            14,
            "days",
            "23 days since a person last did anything: Bram Teunissen commented on 2026-09-07.",
            ticket_quote(f"{project}-31", "Decide on the cut-off of the weekly list", note="the last human event"),
        ),
        symptom("slowing", "Slowing down", None, 50, "%", "Too little was ever finished to compare with."),
    )


def product_spoke(key: str, days: int, quote: str) -> Symptom:
    """When Product last spoke, and what it wrote."""
    said = comment_quote(key, quote, days, author="Nadia Rahmani", note="the last that Product wrote")
    ago = f"{days} day{'' if days == 1 else 's'} ago"
    return Symptom(
        id="product-silent",
        title="Product silent",
        status=Presence.PRESENT if days >= 30 else Presence.ABSENT,
        value=days,
        threshold=30,
        unit="days",
        why=f"Product last spoke {ago}: Nadia Rahmani commented on {AS_OF - timedelta(days=days)} ({key}).",
        penalty=15 if days >= 30 else 0,
        cap=20,
        evidence=(said,),
    )


def figures(**fields: object) -> FlowFigures:
    """Flow figures; what is not given is that of work that flows."""
    given: dict[str, object] = {
        "tickets": 84,
        "open": 12,
        "in_progress": 5,
        "research_open": 1,
        "blocked_now": 0,
        "waiting_for_finished": (),
        "finished_weekly": (2, 3, 2, 2, 1, 3, 2, 2, 4, 2, 2, 3),
        "created_weekly": (2, 2, 3, 1, 2, 2, 3, 2, 2, 3, 2, 2),
        "cycle_days": (6.4, 15.2, 21.8),
        "ages_days": (("FRAUD-80", 9.1), ("FRAUD-81", 4.0)),
        "older_than_usual": 0,
        "scope_growth": 0.06,
        "active_days": 140,
        "silent_days": 1,
        "forecast": Forecast(remaining=11, finished=28, weeks_50=5, weeks_85=6, weeks_95=7),
        "no_forecast": None,
    }
    return FlowFigures.model_validate(given | fields)


def no_figures() -> FlowFigures:
    """The flow figures of tickets that show neither status nor history."""
    unknown: dict[str, object] = dict.fromkeys(
        ("open", "in_progress", "research_open", "blocked_now", "finished_weekly", "cycle_days", "ages_days")
    )
    unknown |= dict.fromkeys(("older_than_usual", "scope_growth", "silent_days", "forecast"))
    return figures(tickets=6, no_forecast="the tickets show no status", **unknown)


def untold_roles(why: str) -> tuple[RoleFinding, ...]:
    """Role findings that one reason keeps from being told."""
    titles = {
        "unowned-work": "Whether any kind of work has no owner",
        "two-owners": "Whether any kind of work has two owners",
    }
    return tuple(
        RoleFinding.model_validate({"id": id, "title": title, "why": why, "status": "unknown"})
        for id, title in titles.items()
    )


def conversation(partner: Role, person: str | None, settles: Sequence[str], gain: int, first_step: str) -> Action:
    """A talk with one role about some questions."""
    rows = {row[0]: row[1] for _, _, rows in _PATTERNS.values() for row in rows}
    who = f"{person}, {partner}" if person else f"the {partner}"
    return Action(
        id=f"talk-to-{partner.casefold().replace(' ', '-')}",
        title=f"Talk to {who} about what counts as success",
        partner=partner,
        person=person,
        settles=tuple(settles),
        first_step=first_step,
        agenda=tuple(rows[id] for id in settles),
        gain=gain,
    )


def diagnosis(key: str, name: str, verdict: Verdict, lane: Lane, **fields: object) -> Diagnosis:
    """A diagnosis of the sample day; what is not given is that of a healthy project."""
    project = str(fields.pop("project", key.lower()))
    given: dict[str, object] = {
        "key": key,
        "name": name,
        "team": "Growth ML",
        "manager": "Greta Lindqvist",
        "state": ProjectState.ACTIVE,
        "started": date(2026, 2, 2),
        "due": date(2026, 12, 18),
        "as_of": AS_OF,
        "verdict": verdict,
        "lane": lane,
        "why": ("The kickoff settled most questions, and work is being finished at its usual rate.",),
        "sources": (
            SourceRead(ref=f"kickoffs/{project}.md", kind="md", read=True, records=1, as_of=date(2026, 2, 9)),
            SourceRead(ref=f"tickets/{project}.jsonl", kind="tickets", read=True, records=84, as_of=AS_OF),
        ),
        "clarity": score(88, 81, 92),
        "flow": score(100, 100, 100),
        "health": score(88, 81, 92),
        "patterns": patterns(
            answers("AAvAAAAAAA", project=project), [score(n, n - 6, n + 2) for n in (90, 98, 95, 97)]
        ),
        "symptoms": _flowing(),
        "actions": (),
        "problems": (),
        "versions": VERSIONS,
        "ledger": Ledger(answered=17, threads=84),
        "figures": figures(),
    }
    return Diagnosis.model_validate(given | fields)


def _spoken_of() -> Ledger:
    """Six questions that wait, the oldest first, of which one was nobody's; two assumptions; two decisions."""
    asked = (
        ("CHURN-18", "What precision do we need before the call centre may use the list?", 118, "metric-target"),
        ("CHURN-22", "Who decides whether we launch with the old tariff codes?", 96, "decision-owner"),
        ("CHURN-25", "Should business customers be in the weekly list or not?", 71, None),
        ("CHURN-7", "Does the backfill have to include the 2024 migration?", 61, None),
        ("CHURN-29", "Is a missed customer worse than a needless call?", 44, "error-costs"),
        ("CHURN-31", "Can somebody confirm the cut-off of the weekly list?", 23, "metric-target"),
    )
    return Ledger(
        open=tuple(
            OpenQuestion(
                evidence=comment_quote(key, quote, days, author="Bram Teunissen"),
                age_days=days,
                asked_to=None if days == 71 else "Nadia Rahmani",
                question=question,
                confidence=0.68 if days == 71 else 0.91,
            )
            for key, quote, days, question in asked
        ),
        assumptions=(
            Assumption(
                evidence=comment_quote("CHURN-12", "I assume that the tariff history is complete from 2023 on.", 80),
                age_days=80,
                question="assumptions",
                confidence=0.9,
            ),
            Assumption(
                evidence=comment_quote("CHURN-14", "We take it that call records arrive within a day.", 52),
                age_days=52,
                confirmed_by=comment_quote("CHURN-14", "Checked, it is 20 hours at most.", 50, author="Chidi Okafor"),
                confidence=0.85,
            ),
        ),
        decisions=(
            Decision(
                evidence=comment_quote("CHURN-27", "We go with the weekly list, Mondays at six.", 33),
                question="problem",
                asked=comment_quote("CHURN-27", "Weekly or daily?", 40, author="Bram Teunissen"),
                confidence=0.88,
            ),
            Decision(
                evidence=comment_quote("CHURN-16", "Decided: no business customers this year.", 90), confidence=0.83
            ),
        ),
        answered=31,
        threads=84,
    )


def _causes() -> tuple[Cause, ...]:
    return (
        Cause(
            symptom="ageing-work",
            question="metric-target",
            sentence="The backfill and the cut-off wait for a target that nobody has named",
            speaks_for=("Two of the four ageing tickets ask which precision is enough.",),
            speaks_against=("CHURN-12 waits for the billing team, too.",),
            tells_apart="If a target were named this week, these two could be finished without anything else",
            tickets=("CHURN-7", "CHURN-31", "CHURN-33"),
            evidence=(
                comment_quote("CHURN-7", "Cannot say how far back until we know which precision is enough.", 58),
                ticket_quote("CHURN-31", "Decide on the cut-off of the weekly list"),
            ),
        ),
        Cause(
            symptom="silent",
            question="decision-owner",
            sentence="Nobody has written for 23 days because nobody may decide about the launch",
            speaks_for=("The last comment asks who decides.", "It has had no reply."),
            tells_apart="Ask Bram Teunissen whether he waits for a decision or works on something else",
            tickets=("CHURN-22",),
            evidence=(comment_quote("CHURN-22", "Who decides whether we launch with the old codes?", 23),),
        ),
    )


def _drifted() -> tuple[DriftFinding, ...]:
    return (
        DriftFinding(
            id="changed-without-agreement",
            question="metric-target",
            title="The target fell from 35 to 25 percent, and nobody is said to have agreed",
            why="The kickoff says 35 percent; CHURN-24 says 25.",
            evidence=(
                kickoff_quote("Success is when at least 35 percent of those called would have left.", line=22),
                comment_quote("CHURN-24", "Let us say 25 percent is fine for now.", 64),
            ),
        ),
        DriftFinding(
            id="expired-agreement",
            question="metric-agreement",
            title="Who agreed to the metric has left",
            why="Nadia Rahmani speaks for Product since 1 July; the metric was agreed by somebody before her.",
            evidence=(kickoff_quote("Pieter de Wit agreed on the metric in the meeting of 9 February.", line=24),),
        ),
    )


def _roles() -> tuple[RoleFinding, ...]:
    return (
        *untold_roles("The tickets show no history, so nobody can say who moved them."),
        RoleFinding(
            id="one-for-all",
            title="One person for everything: Oksana Hrytsenko (data scientist) carries 8 of the 11 tickets",
            why="Among them are 2 of 2 in data. What one person carries alone waits whenever that person is away.",
            people=("Oksana Hrytsenko",),
            status=Presence.PRESENT,
            evidence=tuple(
                ticket_quote(f"CHURN-{number}", "Backfill the call records", note="data, carried by Oksana Hrytsenko")
                for number in (7, 12, 14, 18)
            ),
        ),
        RoleFinding(
            id="silent-role",
            title="Nothing in the tickets from the domain expert (Tadeusz Wolny) in the last 60 days",
            why="Their part may well happen elsewhere, in meetings or mail.",
            people=("Tadeusz Wolny",),
            status=Presence.PRESENT,
            searched=("84 tickets, 11 of them worked on since 2026-08-01",),
        ),
    )


def _work_done() -> tuple[PersonWork, ...]:
    def did(kind: KindOfWork | None, created: int, moves: int, comments: int | None) -> WorkCount:
        return WorkCount(kind_of_work=kind, created=created, moves=moves, comments=comments, finished=moves // 2)

    return (
        PersonWork(
            name="Oksana Hrytsenko",
            declared=True,
            roles=(Role.DATA_SCIENTIST,),
            counts=(did(KindOfWork.DATA, 1, 4, 6), did(KindOfWork.MODELLING, 0, 2, 3), did(None, 1, 0, 0)),
        ),
        PersonWork(name="Tadeusz Wolny", declared=True, roles=(Role.DOMAIN_EXPERT,), counts=()),
        PersonWork(name="Chidi Okafor", declared=False, roles=(), counts=(did(KindOfWork.SERVING, 0, 3, 1),)),
    )


def stuck() -> Diagnosis:
    """Unclear and not moving, with a correction, a waiver and three conversations to have."""
    found = answers("A-vv-?c-v-")
    found[2] = found[2].model_copy(
        update={"waiver": Waiver(by="Greta Lindqvist", why="Decided at the review.", until=AS_OF + timedelta(days=30))}
    )
    found[3] = found[3].model_copy(
        update={"correction": Correction(status=Status.VAGUE, by="Bram Teunissen", why="No cut-off.", date=AS_OF)}
    )
    return diagnosis(
        "CHURN",
        "Prepaid churn early warning",
        Verdict.STUCK,
        Lane.RANKED,
        why=(
            "Unclear success metric: 3 of 3 questions are open, 1 of them nowhere mentioned.",
            "Undefined error tolerances: 2 of 2 questions are open, 1 of them nowhere mentioned.",
            "23 days since a person last did anything: Bram Teunissen commented on 2026-09-07.",
        ),
        clarity=score(22, 14, 37),
        flow=score(41, 28, 41),
        health=score(22, 14, 37),
        patterns=patterns(found, [score(57, 44, 66), score(12, 5, 24), score(16, 8, 30), score(16, 8, 32)]),
        symptoms=(*_clogged("CHURN"), product_spoke("CHURN-9", 72, "Whatever is usual. The board meets on Friday.")),
        ledger=_spoken_of(),
        causes=_causes(),
        drift=_drifted(),
        roles=_roles(),
        work_by_person=_work_done(),
        figures=figures(
            open=14,
            in_progress=4,
            blocked_now=6,
            waiting_for_finished=("CHURN-44", "CHURN-7"),
            finished_weekly=(3, 2, 2, 1, 2, 1, 1, 0, 0, 0, 0, 0),
            ages_days=(("CHURN-7", 61.2), ("CHURN-12", 44.4), ("CHURN-33", 30.0), ("CHURN-50", 3.1)),
            older_than_usual=3,
            forecast=Forecast(remaining=14, finished=12, weeks_50=14, weeks_85=18, weeks_95=21),
        ),
        actions=(
            conversation(
                Role.PRODUCT_MANAGER,
                "Nadia Rahmani",
                ("metric-target", "product-partner", "metric-agreement"),
                31,
                "Send Nadia the three questions, and ask for half an hour this week.",
            ),
            conversation(
                Role.SPONSOR,
                None,
                ("decision-owner",),
                12,
                "Find out who the sponsor is, and name them in portfolio.toml. Then: ask who decides about the launch.",
            ),
            Action(
                id="go-through-the-work",
                title="Go through the open work with the team: ageing work and silence",
                partner=Role.ENGINEERING_MANAGER,
                person="Greta Lindqvist",
                settles=(),
                symptoms=("ageing-work", "silent"),
                first_step="Take half an hour with the team; for each ticket, agree on one next step and one name.",
                agenda=("What does each of these tickets wait for?", "Is this project still wanted?"),
                gain=0,
            ),
        ),
    )


def drifting() -> Diagnosis:
    """Finishing work towards something that was never agreed."""
    found = answers("v-vvv-v-A-", project="leads")
    return diagnosis(
        "LEADS",
        "Lead scoring for the field sales team",
        Verdict.DRIFTING,
        Lane.RANKED,
        team="Sales ML",
        manager="Mireille Koffi",
        why=(
            "Undefined error tolerances: 2 of 2 questions are open, 1 of them nowhere mentioned.",
            "Work keeps being finished, but towards something that was never agreed.",
        ),
        clarity=score(27, 18, 41),
        flow=score(100, 100, 100),
        health=score(27, 18, 41),
        patterns=patterns(found, [score(27, 20, 41), score(28, 20, 40), score(24, 12, 33), score(40, 32, 40)]),
        symptoms=(
            *_flowing(),
            symptom(
                "product-silent",
                "Product silent",
                61,
                30,
                "days",
                "Product has not written in the tickets in 61 days, since 2026-07-31: Nadia Rahmani (product manager).",
                ticket_quote("LEADS-1", "Collect last year's leads", note="the first ticket; nothing from Nadia since"),
            ),
        ),
        actions=(
            conversation(
                Role.DOMAIN_EXPERT,
                "Tadeusz Wolny",
                ("error-costs",),
                18,
                "Show Tadeusz ten wrong scores of last week, and ask which ones would have cost a customer.",
            ),
        ),
    )


def stalled() -> Diagnosis:
    """A clear kickoff, and work that does not flow."""
    return diagnosis(
        "ROUTE",
        "Delivery route planning",
        Verdict.STALLED,
        Lane.RANKED,
        team="Logistics",
        manager="Pedro Alcántara",
        why=(
            "4 tickets have been in progress longer than nine in ten of the finished ones.",
            "The kickoff settled most questions, so the cause lies elsewhere: look at what the tickets wait for.",
        ),
        flow=score(35, 35, 35),
        health=score(35, 35, 35),
        symptoms=_clogged("ROUTE", "Get the depot opening hours from the carriers"),
        elsewhere=(
            Elsewhere(
                topic="data access",
                tickets=("ROUTE-7", "ROUTE-9"),
                evidence=(comment_quote("ROUTE-7", "The carriers have not opened their feed to us yet.", 30),),
            ),
        ),
        figures=figures(
            forecast=None, no_forecast="only 3 tickets were finished in the last 12 weeks, under 10", ages_days=()
        ),
    )


def moving() -> Diagnosis:
    """Nothing to do here."""
    return diagnosis(
        "FRAUD",
        "Card fraud alerts",
        Verdict.MOVING,
        Lane.RANKED,
        team="Payments",
        symptoms=(*_flowing(), product_spoke("FRAUD-9", 1, "Ship it to a tenth of the merchants first.")),
    )


def hostile() -> Diagnosis:
    """Cannot tell, and every outside text in it attacks whoever shows it."""
    ids = [row[0] for _, _, rows in _PATTERNS.values() for row in rows]
    quotes = dict(zip(ids, HOSTILE, strict=False))
    found = answers("AAAAAAAuuu", project="evil", quotes=quotes)
    attack = ticket_quote("EVIL-1", HOSTILE[5], note=HOSTILE[1], url="javascript:alert(1)")
    said = attack.model_copy(update={"source": "comment", "ref": HOSTILE[1], "author": HOSTILE[2], "note": None})
    return diagnosis(
        "EVIL",
        " ".join(HOSTILE),
        Verdict.UNKNOWN,
        Lane.UNKNOWN,
        team=HOSTILE[0],
        manager=HOSTILE[2],
        why=("No ticket could be read, so nobody can say how the work flows.", HOSTILE[1]),
        sources=(
            SourceRead(
                ref="kickoffs/<b>evil</b>.md",
                kind="md",
                read=False,
                records=0,
                message=f"cannot be read: {HOSTILE[0]}",
            ),
        ),
        clarity=score(66, 40, 90),
        flow=score(None, 0, 100),
        health=score(66, 0, 90),
        patterns=patterns(found, [score(100, 90, 100), score(100, 88, 100), score(None, 10, 90), score(None, 0, 100)]),
        symptoms=(
            symptom("ageing-work", "Ageing work", 3, 3, "tickets", HOSTILE[3], attack),
            symptom(
                "product-silent",
                "Product silent",
                40,
                30,
                "days",
                f"Product last spoke 40 days ago: {HOSTILE[6]}",
                said,
            ),
        ),
        ledger=Ledger(
            open=(OpenQuestion(evidence=said, age_days=9, asked_to=HOSTILE[0], question=HOSTILE[1], confidence=0.5),),
            assumptions=(
                Assumption(evidence=attack, age_days=9, question=HOSTILE[2], confirmed_by=said, confidence=0.9),
            ),
            decisions=(Decision(evidence=attack, question=HOSTILE[4], asked=said, confidence=0.9),),
            threads=1,
        ),
        drift=(
            DriftFinding(
                id="changed-without-agreement",
                question=HOSTILE[0],
                title=HOSTILE[1],
                why=HOSTILE[2],
                evidence=(attack, said),
            ),
        ),
        causes=(
            Cause(
                symptom=HOSTILE[0],
                question=HOSTILE[1],
                sentence=HOSTILE[2],
                speaks_for=HOSTILE,
                speaks_against=HOSTILE,
                tells_apart=HOSTILE[3],
                tickets=("EVIL-1", HOSTILE[1], HOSTILE[6]),
                evidence=(attack, said),
            ),
        ),
        elsewhere=(Elsewhere(topic="labelling", tickets=(HOSTILE[1],), evidence=(said,)),),
        roles=(
            RoleFinding(
                id="one-for-all", title=HOSTILE[0], why=HOSTILE[1], status=Presence.PRESENT, evidence=(attack, said)
            ),
            RoleFinding(id="two-owners", title=HOSTILE[5], why=HOSTILE[6], status=Presence.UNKNOWN),
        ),
        work_by_person=(PersonWork(name=HOSTILE[0], declared=False, roles=(), counts=()),),
        figures=figures(
            waiting_for_finished=(HOSTILE[1], HOSTILE[6]),
            ages_days=((HOSTILE[2], 3.0), (HOSTILE[4], 40.0)),
            forecast=None,
            no_forecast=HOSTILE[0],
        ),
        actions=(
            Action(
                id="talk",
                title=HOSTILE[0],
                partner=HOSTILE[1],
                person=HOSTILE[2],
                settles=("problem",),
                first_step=HOSTILE[3],
                agenda=HOSTILE,
                gain=4,
            ),
        ),
        problems=(Problem(file="tickets/evil.jsonl", line=3, field=HOSTILE[4], message=f"not JSON: {HOSTILE[0]}"),),
    )


def new() -> Diagnosis:
    """Too young to be called stuck."""
    return diagnosis(
        "GRANTS",
        "Grant application triage",
        Verdict.UNKNOWN,
        Lane.NEW,
        team=None,
        manager=None,
        started=AS_OF - timedelta(days=9),
        due=None,
        why=("The project is too young for a verdict: its work has not had the time to flow or to stall.",),
        sources=(SourceRead(ref="tickets/grants.csv", kind="tickets", read=True, records=6, as_of=AS_OF),),
        clarity=score(None, 0, 100),
        flow=score(100, 60, 100),
        health=score(100, 0, 100),
        patterns=patterns(answers("uuuuuuuuuu"), [score(None, 0, 100)] * 4),
        symptoms=(
            *_flowing(),
            symptom("product-silent", "Product silent", None, 30, "days", "Nobody is named as product manager."),
        ),
        actions=(
            Action(
                id="name-product",
                title="Name who speaks for Product",
                partner=Role.ENGINEERING_MANAGER,
                person=None,
                settles=(),
                symptoms=("product-silent",),
                first_step="Agree on one person who answers for Product, and name them in portfolio.toml.",
                agenda=("Who decides what this project is for?",),
                gain=0,
            ),
        ),
        ledger=Ledger(unknown="This source shows no comments, so nobody can say what was asked in them."),
        roles=untold_roles("The tickets show no assignees, so nobody can say whose work is whose."),
        figures=no_figures(),
    )


def paused() -> Diagnosis:
    """Not worked on, and so not ranked."""
    return diagnosis(
        "CLAIMS",
        "Claims document sorting",
        Verdict.STALLED,
        Lane.INACTIVE,
        state=ProjectState.PAUSED,
        team="Insurance",
    )


def portfolio() -> PortfolioDiagnosis:
    """All seven, worst first, with one problem of the portfolio itself."""
    return PortfolioDiagnosis(
        name="Sample portfolio",
        as_of=AS_OF,
        versions=VERSIONS,
        problems=(
            Problem(
                file="portfolio.toml",
                line=14,
                field="project.3.tickets",
                message="the file tickets/search.jsonl does not exist; correct the path, or remove the line",
            ),
        ),
        projects=(stuck(), drifting(), stalled(), moving(), new(), hostile(), paused()),
    )
