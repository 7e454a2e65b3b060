"""Priorities that keep changing: nobody said what this comes before, for how long, and how that may change.

RAND (Ryseff et al. 2024, "The Root Causes of Failure for Artificial Intelligence Projects") advises leaders to choose
enduring problems and to be ready to commit a team to each for at least a year, or not to begin; work on models loops
back from any stage to an earlier one (Amershi et al. 2019, "Software Engineering for Machine Learning"), so that it is
seldom done when the wind turns. Off by default: kickoff records give a deadline, and seldom what else the same people
are wanted for.
"""

from diagnostics.findings import Status
from diagnostics.patterns._contract import Case, Cues, Pattern, Question
from diagnostics.records import Role

PRIORITY_RANK = Question(
    id="priority-rank",
    question="What does this come before, and what does it wait for?",
    answered="Its place in an order of work, or the other work that gives way to it or that it gives way to.",
    vague="“High priority”, “of strategic importance.”",
    weight=2,
    partner=Role.SPONSOR,
    agenda="When the same people are wanted for this and for the next best thing, which of the two waits?",
    example="It is second on the roadmap, after the billing migration; the chatbot waits until it is done.",
    cues=Cues(
        topic=(
            r"\b(?:(?:high|higher|highest|top|low|lower|first|second|third|our|main|its|the|strategic) priority|priorities|prioriti[sz]ed (?:over|above|before|by the)|roadmap|okrs?|takes? precedence|strategic (?:importance|relevance)|(?:comes|ranks) (?:before|after|first|second|third|fourth))\b",
            r"\b(?:waits (?:until|for)|postponed|(?:put|is|are) (?:on hold|aside)|paused|parked|gives? way|stops? work on|displaces?|in favou?r of|ahead of)\b",
        ),
        headings=(r"\b(?:priorit(?:y|ies)|roadmap|portfolio|okrs?)\b",),
        concrete=(
            (
                r"\b(?:priorit\w+|roadmap|okrs?|precedence|comes|rank(?:s|ed))\b",
                r"\b(?:second|third|fourth|number (?:one|two|three|\d)|before|after|ahead of|over|above|behind|below|precedence)\b|\b(?:p|#)[0-3]\b",
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                r"\b(?:waits|postponed|on hold|aside|paused|parked|gives? way|stops? work on|displaces?)\b",
                r"\b(?:for (?:this|it)|until|because of|so that|in (?:its )?favou?r|while|to make room|to free|to it)\b",
                r"(?:\w+\W+){5,}\w+",
            ),
        ),
        hedges=(r"\bstrategic (?:importance|relevance)\b|\beverything (?:is|has)\b",),
        never=(
            r"\bpriority (?:queues?|mail|seats?|lanes?|support|field|score|class)\b|\b(?:set|predict|assign)\w* (?:\w+ )?priorit|\bticket(?:s'|'s|s)? priorit|<hypothetical>",
        ),
    ),
    cases=(
        Case("The tariff engine is parked until October to make room for this.", Status.ANSWERED),
        Case("| Roadmap Q3 | 1 checkout | 2 fraud model: comes before the loyalty app |", Status.ANSWERED),
        Case(
            "- audit findings take precedence over it, nothing else does, Henrike told all three squads",
            Status.ANSWERED,
        ),
        Case("This has high priority and is of strategic importance.", Status.VAGUE),
        Case("It is on the roadmap.", Status.VAGUE),
        Case("Priority against the other projects: tbd", Status.VAGUE),
        Case("The priority queue of the scheduler holds 40 jobs.", Status.MISSING),
        Case("Photos are taken from both sides of the belt.", Status.MISSING),
    ),
)

COMMITMENT = Question(
    id="commitment",
    question="For how long are the people and the money promised?",
    answered="People or money with the time for which they stay, or the day on which that is looked at again.",
    vague="“As long as it takes”, “resources will be made available.”",
    weight=3,
    partner=Role.SPONSOR,
    agenda="Until which day does nobody take people off this, and what would have to be seen by then to go on?",
    example="Two engineers are reserved for it until the end of September; the board looks at it again on 1 July.",
    cues=Cues(
        topic=(
            r"\b(?:commit(?:s|ted|ment)? (?:to|for|of|until)|are committed|promised|reserved|earmarked|ring-?fenced|dedicated to|allocated|funded|funding|secured|guaranteed|budget (?:\w+ ){0,3}(?:is|was) (?:approved|granted)|will be assigned)\b",
            r"\b(?:stays? (?:on|together)|more capacity|(?:not|nobody) (?:is |be |gets )?(?:pulled|moved|taken|reassigned)|(?:is|are) on (?:it|this) (?:until|for|full)|full[- ]time|part[- ]time|ftes?|person[- ](?:days|months)|(?:resources|capacity|people) (?:will|is|are|joins?))\b",
            r"\b(?:looks? at it again|checkpoints?|stop or go|go or stop|review date|continuation)\b",
        ),
        headings=(r"\b(?:commitment|staffing|funding|checkpoints?|time and people)\b",),
        concrete=(
            (
                r"\b(?:engineers?|scientists?|analysts?|developers?|people|team|squad|staff|ftes?|person[- ](?:days|months)|budget|money|funding|funded|full[- ]time|half[- ]time|capacity|\w+ and \w+)\b|<money>",
                r"\b(?:commit\w*|promised|reserved|earmarked|ring-?fenced|dedicated|allocated|approved|granted|funded|secured|guaranteed|stays?|(?:is|are) on (?:it|this)|pulled|moved|taken|reassigned|full[- ]time|half[- ]time)\b",
                r"\b(?:until|till|through|before|for (?:the )?(?:next |whole |full |at least |all of )?(?:\d+|one|two|three|four|five|six|nine|twelve|eighteen|a|the|this|q[1-4]|20\d\d|year|quarter)|(?:two|three|four|six|\d+) (?:months|quarters|sprints|years))\b",
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                r"\b(?:looks? at it again|checkpoints?|stop or go|go or stop|review date|continuation|goes on only if)\b",
                r"\b(?:on|in|by|after|until|every) (?:the )?(?:\d|first|second|third|last|end|january|february|march|april|may|june|july|august|september|october|november|december|two|three|four|six)",
            ),
        ),
        hedges=(
            r"\bas long as\b|\bbest effort\b|\b(?:if|as|when) (?:capacity|time|budget|resources) (?:allows?|permits?|available)\b",
        ),
        never=(
            r"\bperformance commitment\b|\b(?:error|latency|compute|memory|token) budget\b|\bmemory (?:is )?allocated\b|\bcommit(?:ted|s)? (?:to )?(?:git|the repo\w*|main|master|the code)\b|\bdata (?:is|are) reserved\b|<hypothetical>",
        ),
    ),
    cases=(
        Case(
            "Both analysts stay on this for two quarters, and nobody pulls them off before Christmas.", Status.ANSWERED
        ),
        Case("| Funding | 180,000 euros, secured until March 2027 | stop or go on 15 September |", Status.ANSWERED),
        Case("- squad of four dedicated to it through Q3, head of logistics has signed that", Status.ANSWERED),
        Case("The necessary resources will be made available.", Status.VAGUE),
        Case("Capacity: people join as time allows.", Status.VAGUE),
        Case("Funding after the pilot: not yet decided", Status.VAGUE),
        Case("The latency budget of the page is 200 ms.", Status.MISSING),
        Case("Birds were counted at six ponds.", Status.MISSING),
    ),
)

CHANGE_RULE = Question(
    id="change-rule",
    question="How may scope or order change, and what becomes of the work in hand?",
    answered="Where a change goes, when it is looked at or by whom, or what has to leave for it.",
    vague="“We stay flexible”, “we work agile.”",
    weight=2,
    partner=Role.PRODUCT_MANAGER,
    agenda="When somebody wants something new next month, where does that go, who weighs it, and what leaves in return?",
    example="New wishes go to the backlog and are looked at on the first Monday of the month; no running sprint changes.",
    cues=Cues(
        topic=(
            r"\b(?:change requests?|change control|scope (?:changes?|creep|freeze|is (?:fixed|frozen))|changes? (?:of|to|in) (?:the )?(?:scope|priorit\w+|goals?|plan|requirements|order)|re-?prioriti[sz]\w*|new (?:wishes|wish|requests?|requirements?|ideas?|features? requests?)|(?:anything|everything|whatever is) new|(?:ideas|wishes|requests|changes) (?:are|is) (?:collected|gathered|weighed|prioriti[sz]ed))\b",
            r"\b(?:(?:stay|remain|be) flexible|flexibly|agile|pivot|(?:scope|plan|goals?|requirements?|priorities) (?:may|can|will|might) (?:still )?change|freez(?:e|es) (?:the )?(?:scope|plan|goal))\b",
        ),
        headings=(
            r"\b(?:change (?:requests?|control|management|process)|scope (?:changes?|management)|prioriti[sz]ation|ways? of working)\b",
        ),
        concrete=(
            (
                r"\b(?:changes?|wishes|wish|requests?|requirements?|ideas?|scope|new|re-?prioriti[sz]\w*)\b",
                r"\b(?:go(?:es)? (?:to|through|into|via)|(?:is|are) (?:looked at|collected|weighed|decided|discussed)|only (?:at|in|on|if|when|after|with|by)|not before|wait(?:s)? (?:until|for)|needs? (?:an?|the)|has to|have to|must|displaces?|in exchange|in return|replaces?|swap\w*|fixed until|frozen until)\b",
                r"\b(?:backlog|board|steering|sprint|month\w*|quarter\w*|weeks?|monday|tuesday|wednesday|thursday|friday|sponsor|owner|estimate|another|something (?:else|of)|until|planning|leaves?|out)\b|<role>",
                r"(?:\w+\W+){6,}\w+",
            ),
        ),
        hedges=(r"\b(?:stay|remain|be) flexible\b|\bflexibly\b|\bas they come\b|\bagile\b",),
        never=(
            r"\b(?:customer|climate|name|address|price) changes?\b|\bchange (?:point|detection)|\brequests? per\b|\bpull requests?\b|<hypothetical>",
        ),
    ),
    cases=(
        Case("Whoever brings a new requirement has to name another of the same size that leaves.", Status.ANSWERED),
        Case(
            "| Change requests | go to Marta (product owner) | weighed in the planning, every second week |",
            Status.ANSWERED,
        ),
        Case("- scope is frozen until the pilot ends, wishes are collected on the board till then", Status.ANSWERED),
        Case("We stay flexible and take new ideas as they come.", Status.VAGUE),
        Case("Changes of scope: process to be agreed", Status.VAGUE),
        Case("Scope creep is a danger.", Status.VAGUE),
        Case("Address changes are frequent in student towns.", Status.MISSING),
        Case("The encoder was pretrained on news.", Status.MISSING),
    ),
)

PATTERN = Pattern(
    id="shifting-priorities",
    title="Priorities that keep changing",
    why="A model needs months of steady work before it shows anything. Where nobody promised that time, each new wish takes "
    "people away, and the project is neither stopped nor finished.",
    questions=(PRIORITY_RANK, COMMITMENT, CHANGE_RULE),
    first_steps={
        Role.SPONSOR: "Put the five projects that want the same people on a table, and ask for them in one order.",
        Role.PRODUCT_MANAGER: "List what was asked for since the start, and mark what entered without anything leaving.",
    },
    on_by_default=False,
)
