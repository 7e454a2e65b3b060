"""No domain expert: nobody who knows the work takes part, so that the data and its labels are guessed at.

Nahar et al. 2022 ("Collaboration Challenges in Building ML-Enabled Systems") found access to domain experts a
bottleneck in understanding data and requirements; Piorkowski et al. 2021 ("How AI Developers Overcome Communication
Challenges in a Multidisciplinary Team") describe gaps of knowledge between AI developers and domain experts;
Sambasivan et al. 2021 ("Everyone wants to do the model work, not the data work") trace data cascades back to missing
expertise in the domain. Off by default: that an expert was there seldom shows in a kickoff record.
"""

from diagnostics.findings import Status
from diagnostics.patterns._contract import Case, Cues, Pattern, Question
from diagnostics.records import Role

# Whoever knows the work by doing it; the roles that build software are no experts of a domain.
_EXPERT = r"\b(?:(?:domain|subject[- ]matter|medical|clinical|field) (?:experts?|specialists?)|smes?|experts)\b"
_TRADE = r"\b(?:doctors?|physicians?|nurses?|radiologists?|vets?|agronomists?|underwriters?|actuar(?:y|ies)|foresters?|lawyers?|geologists?|chemists?|inspectors?|dispatchers?|handlers?|fitters?|teachers?|pilots?|machinists?|accountants?|librarians?|meteorologists?|pharmacists?|planners?|clerks?|technicians?|mechanics?|welders?)\b"
# Most trades that a record names are its users; an expert is one who gives time to the project.
_FOR_US = r"(?:for us|with us|joins?|joined|freed|released|available|reserved|(?:on|to|with) the (?:team|project|squad)|(?:at|to|in) our)\b"
_GOES_THROUGH = r"(?:labels?|annotates?|explains?|explained|tells? us|shows? us|walks? us|go(?:es)? through|marks?|sorts?|rates?|corrects?|reviews? (?:the|each|every|all|our|\d+|\w+ (?:wrong|worst))|checks? (?:the|each|every|all|our|\d+))\b"

EXPERT_TIME = Question(
    id="expert-time",
    question="Who on it knows the domain, and how much of their time is promised?",
    answered="A person or a trade of the domain, with the hours, days or meetings that they give.",
    vague="“We will involve experts when needed.”",
    weight=3,  # without it the other answers are guesses
    partner=Role.SPONSOR,
    agenda="Which person who does this work every day is on it, for how many hours a week, and who does theirs then?",
    example="Dr. Okafor, physician on ward 4, has two hours for us every Thursday until July.",
    cues=Cues(
        topic=(
            _EXPERT,
            rf"{_TRADE}.{{0,60}}\b{_FOR_US}|\bfrom the \w+ (?:department|desk|ward|office).{{0,40}}\b(?:supports?|helps?|joins?) us\b",
            r"\b(?:domain (?:knowledge|expertise)|business expertise|knows? the (?:domain|work|process))\b",
        ),
        headings=(r"\b(?:(?:domain )?experts?|domain (?:knowledge|expertise)|smes?)\b",),
        concrete=(
            (
                r"\b(?:hours?|days?|half[- ]days?|minutes|afternoons?|mornings?|meetings?|sessions?|stand-?ups?|weeks?|full[- ]time|half[- ]time)\b|\d ?%",
                r"\b(?:an?|per|each|every|weekly|monthly|until|from|on|once|twice|for us|with us)\b",
                r"\b(?:has|have|gives?|joins?|sits?|comes?|spends?|free(?:d)?|available|booked|reserved|released|promised|supports?|helps?|meets?|works? with|is with|is on|are on|for us|with us)\b",
                r"(?:\w+\W+){5,}\w+",
            ),
        ),
        hedges=(r"\b(?:when|if|as|where) (?:needed|necessary|required|time allows)\b|\bad hoc\b|\bon demand\b",),
        never=(r"\bexpert (?:systems?|mode|users?)\b|\bmixtures? of experts\b|<hypothetical>",),
    ),
    cases=(
        Case("Two underwriters are freed for half a day each week from March on.", Status.ANSWERED),
        Case("| Domain expert | Ulla Berg, forester | joins us on Mondays, 20 % |", Status.ANSWERED),
        Case("- a welder of the night shift sits with us for two afternoons a month", Status.ANSWERED),
        Case("Domain experts will be involved when needed.", Status.VAGUE),
        Case("| Subject matter expert | tbd |", Status.VAGUE),
        Case("We need somebody who knows the process.", Status.VAGUE),
        Case("A mixture of experts with eight heads was tried.", Status.MISSING),
        Case("Scores are written to the table at night.", Status.MISSING),
    ),
)

EXPERT_TASKS = Question(
    id="expert-tasks",
    question="What does the expert do for it: which cases, fields or mistakes do they go through?",
    answered="A task of the expert's and what it is done on: labels cases, explains fields, goes through wrong outputs.",
    vague="“Experts will give feedback.”",
    weight=2,
    partner=Role.DOMAIN_EXPERT,
    agenda="Which twenty cases do we look at together first, and which fields would you never trust?",
    example="The two nurses go through thirty false alarms with us every second Friday and say which field misled it.",
    cues=Cues(
        topic=(
            _EXPERT,
            rf"{_TRADE}.{{0,60}}\b(?:{_FOR_US}|{_GOES_THROUGH}|consulted\b|involved\b)|{_TRADE} \|",
            r"\b(?:expert|domain|specialist) (?:feedback|input|review|advice|knowledge)\b|\b(?:give|gives|get|collect) (?:us )?(?:feedback|input) (?:from|to|by|on)\b",
        ),
        headings=(r"\b(?:(?:domain )?experts?|expert (?:review|input|tasks?)|smes?)\b",),
        concrete=(
            (
                rf"\b(?:{_GOES_THROUGH}|reviews?\b|checks?\b)",
                r"\b(?:cases?|examples?|fields?|columns?|errors?|mistakes|alarms?|outputs?|predictions?|rules?|features?|images?|scans?|letters?|samples?|codes?|thresholds?|readings?|photos?|answers?|rows?|steps?)\b",
                r"(?:\w+\W+){6,}\w+",
            ),
        ),
        hedges=(
            r"\b(?:give|gives|giving|provide|provides|for) (?:us )?(?:\w+ )?(?:feedback|input|advice)\b|\b(?:be|are|is) (?:involved|consulted)\b|\b(?:when|if|as|where) (?:needed|necessary)\b",
        ),
        never=(r"\bexpert (?:systems?|mode|users?)\b|\bmixtures? of experts\b|<hypothetical>",),
    ),
    cases=(
        Case(
            "An agronomist marks the diseased leaves in the first 500 photos and tells us which look alike.",
            Status.ANSWERED,
        ),
        Case("| Claims handler | explains the 60 free-text codes | checks 50 predictions a week |", Status.ANSWERED),
        Case("- Dr. Amsel, radiologist, sorts the missed scans by what could have been seen", Status.ANSWERED),
        Case("Experts will give feedback during the project.", Status.VAGUE),
        Case("The physicians are consulted as necessary.", Status.VAGUE),
        Case("Expert input: to be defined", Status.VAGUE),
        Case("The expert mode of the editor shows all menus.", Status.MISSING),
        Case("Delivery is due on the last day of June.", Status.MISSING),
    ),
)

DOMAIN_DEFINITIONS = Question(
    id="domain-definitions",
    question="Are the domain's words and the data's fields explained by someone who uses them?",
    answered="A word, code or field with its meaning, in terms that can be looked up in the data.",
    vague="“The usual definitions apply.”",
    weight=2,
    partner=Role.DOMAIN_EXPERT,
    agenda="What exactly makes a case count, which code or field shows it, and where do people fill it in otherwise?",
    example="“Lapsed” means no payment for 60 days after the due date, says the collections desk; code 17 is a test.",
    cues=Cues(
        topic=(
            r"\b(?:(?:is|are) (?:defined (?:as|by)|called)|meant by|definitions?|we call|counts? as|stands for|glossary|data dictionary|codebook|terminology)\b",
            r"[“\"'*]\w[\w -]{1,30}[”\"'*]+ (?:means|is when|is an?)\b|\b(?:code|flag|status|field|column|value|type|class) [\w\"“'*]{1,20} (?:means|is|marks|stands|holds)\b|\bwhere \S+ (?:means|is)\b|\bmeans (?:no|an?|that (?:a|an|the|no)|more|less|at least|it was|the \w+ (?:was|is|has))\b",
        ),
        headings=(r"\b(?:definitions?|glossary|terms|terminology|data dictionary|codebook|vocabulary)\b",),
        concrete=(
            (
                r"\b(?:means|meant by|defined (?:as|by)|(?:is|are) called|counts? as|we call|stands for|marks|holds|is when|is an?|(?:code|flag|status|field|column) \S+ is)\b|=",
                r"\d|\b(?:days?|weeks?|months?|hours?|no|not|without|code|flag|field|column|status|before|after|within|when|if|unless|only|excluded)\b",
                r"(?:\w+\W+){6,}\w+",
            ),
        ),
        hedges=(
            r"\b(?:standard|usual|common|known|official) (?:\w+ )?(?:definitions?|terms|terminology)\b|\bas usual\b|\bself-explanatory\b",
        ),
        never=(
            r"\bk-means\b|\bby (?:all|no|any) means\b|\b(?:success|this|which|it) means\b|\bdefinition of done\b|\bhigh definition\b|<hypothetical>",
        ),
    ),
    cases=(
        Case("A trip counts as late when the doors open more than five minutes after the timetable.", Status.ANSWERED),
        Case("| Glossary | no-show = not checked in and not cancelled before six in the evening |", Status.ANSWERED),
        Case("- status 9 means the meter was swapped, the reading before it belongs to another house", Status.ANSWERED),
        Case("The usual business definitions apply.", Status.VAGUE),
        Case("Glossary: to be added", Status.VAGUE),
        Case("K-means with five clusters was the first attempt.", Status.MISSING),
        Case("Lunch is served on the third floor.", Status.MISSING),
    ),
)

PATTERN = Pattern(
    id="no-domain-expert",
    title="No domain expert",
    why="What a code means, which mistake matters and which rows are a test account is known to those who do the work. "
    "Without one of them the team guesses, and learns in the pilot that it modelled something else.",
    questions=(EXPERT_TIME, EXPERT_TASKS, DOMAIN_DEFINITIONS),
    first_steps={
        Role.SPONSOR: "Ask for one name from the trade and two hours a week, and settle who does their work meanwhile.",
        Role.DOMAIN_EXPERT: "Sit beside them for an hour of their work, with twenty rows of the data printed out.",
    },
    on_by_default=False,
)
