"""A choice nobody weighed: a metric or a solution was taken without saying over which other, and at what cost.

How a problem becomes a target and a metric is negotiated, and rarely with the consequences in view (Passi and Barocas
2019, "Problem Formulation and Fairness"); leaning too much on one metric invites gaming and short-term thinking (Thomas
and Uminsky 2022, "Reliance on metrics is a fundamental challenge for AI"). Without a record of a decision and its
consequences, those who come later can only accept it blindly or change it blindly (Nygard 2011, "Documenting
Architecture Decisions"). Off by default: few kickoff records name what was not taken.
"""

from diagnostics.findings import Status
from diagnostics.patterns._contract import Case, Cues, Pattern, Question
from diagnostics.records import Role

_METRIC = r"(?:metrics?|kpis?|accuracy|precision|recall|sensitivity|f1|(?:pr-|roc-)?auc|roc|rmse|mae|mape|log[- ]?loss|ndcg|clicks?|click[- ]through|conversion|revenue|margin|churn|error rate|score|measure)"
_NAMED = r"xgboost|lightgbm|gradient boosting|(?:boosted )?trees|random forests?|(?:logistic |linear )?regression|transformers?|bert|llms?|gpt\w*|(?:neural )?networks?|rules?|regex(?:es)?|vendor(?:'s)?|off[- ]the[- ]shelf|in-?house|on[- ]prem\w*|cloud"
_WAY = rf"(?:{_NAMED}|models?|approach|architecture|library|framework|tool|service|api)"
_OVER = r"(?:rather than|instead of|in place of|over|against|and not|but not|preferred to|ruled out|rejected|discarded|dismissed)"

METRIC_CHOICE = Question(
    id="metric-choice",
    question="Which metric was taken over which other, and why?",
    answered="The metric that was taken, one that was not, and a reason.",
    vague="“We use F1, as is standard.”",
    weight=2,
    partner=Role.DATA_SCIENTIST,
    agenda="Which other metric was close, when would the two rank our models differently, and why is this one right?",
    example="We judge by recall and not by accuracy, because leaks are one reading in a thousand.",
    cues=Cues(
        topic=(
            rf"\b{_METRIC}\b[^.]{{0,60}}\b{_OVER}\b|\b{_OVER}\b[^.]{{0,40}}\b{_METRIC}\b",
            rf"\b(?:chose|chosen|choose|picked|selected|opted for|settled on|decided (?:on|for|against)|judge(?:d)? by|optimi[sz]e (?:for|on))\b[^.]{{0,60}}\b{_METRIC}\b",
            rf"\b(?:choice of|which) (?:the )?(?:right )?metrics?\b|\b{_METRIC} (?:is|was|as) (?:the |a |our )?(?:\w+ )?(?:standard|usual|chosen|main metric|right metric)\b|\bwe (?:use|take|track|optimi[sz]e) (?:the )?{_METRIC}\b|\bmetric (?:is|will be) \w+",
        ),
        headings=(
            r"\b(?:(?:choice of|why (?:this|these)) metrics?|metric (?:choice|selection|decision)|alternative metrics?|metrics considered)\b",
        ),
        concrete=(
            (
                rf"\b{_METRIC}\b[^.]{{1,80}}\b(?:rather than|instead of|in place of|and not|but not|not by|preferred to|against)\b[^.]{{1,60}}\b\w{{3,}}|\b(?:rather than|instead of|chose\w*|picked|preferred|taken|took|decided)\b[^.]{{1,60}}\b{_METRIC}\b[^.]{{1,60}}\b{_METRIC}\b|\b{_METRIC}\b (?:was |were )?(?:ruled out|rejected|discarded|dismissed)",
                r"\b(?:because|since|as (?:it|the|a|one|most)|for (?:it|the)|so that|which (?:would|hides?|rewards?|ignores?|counts?|treats?)|would|hides?|rewards?|ignores?|counts|treats|:)\b|: ",
                r"(?:\w+\W+){8,}\w+",
            ),
        ),
        hedges=(r"\b(?:standard|usual|common|widely used|commonly used)\b",),
        never=(
            r"\baveraged over\b|\bover (?:the )?(?:\d|five|ten|all) ?(?:folds|runs|seeds|epochs)?\b|\bagainst (?:the )?(?:baseline|ground truth|labels)\b|<hypothetical>",
        ),
    ),
    cases=(
        Case("MAE was taken instead of RMSE, since two storm days a year would decide everything.", Status.ANSWERED),
        Case("| Clicks rejected: they reward loud titles | chosen: minutes read |", Status.ANSWERED),
        Case("- we optimise for margin rather than revenue, as the cheap lines sell themselves", Status.ANSWERED),
        Case("We use F1, as is standard.", Status.VAGUE),
        Case("Which metric to choose is still open.", Status.VAGUE),
        Case("We chose AUC as the metric.", Status.VAGUE),
        Case("Accuracy is averaged over five folds.", Status.MISSING),
        Case("The depot opens at seven.", Status.MISSING),
    ),
)

SOLUTION_CHOICE = Question(
    id="solution-choice",
    question="Which solutions were compared, which was taken, and what spoke against the other?",
    answered="Two ways of doing it, which of them was taken, and what spoke against the other.",
    vague="“We will use XGBoost”, “a state-of-the-art model.”",
    weight=2,
    partner=Role.ML_ENGINEER,
    agenda="What was the second best way, what is it better at, and what would have to change for us to take it?",
    example="We take boosted trees rather than a recurrent network: two points worse, but they train in an hour on one core.",
    cues=Cues(
        topic=(
            rf"\b{_WAY}\b[^.]{{0,60}}\b{_OVER}\b|\b{_OVER}\b[^.]{{0,40}}\b{_WAY}\b",
            rf"\b(?:chose|chosen|choose|picked|selected|opted for|settled on|went with|decided (?:on|for|against)|compared|evaluated)\b[^.]{{0,60}}\b{_WAY}\b|\btry (?:different|several|various) models\b|\b(?:we|will|going to|plan to) use (?:\w+ ){{0,3}}(?:{_NAMED})\b|\b{_WAY} (?:are|is|were|was|will be) (?:compared|evaluated|tried|chosen)\b",
            r"\b(?:alternatives?|options?) (?:\w+ )?(?:considered|weighed|compared|rejected|were|are)\b|\bbuild (?:or|vs\.?|versus) buy\b|\b(?:choice|selection) of (?:the )?(?:models?|approach|tools?|architecture)\b",
        ),
        headings=(
            r"\b(?:alternatives?|options(?: considered)?|decisions?|decision records?|adrs?|(?:model|tool|technology) (?:choice|selection)|build (?:or|vs\.?) buy|trade-?offs?)\b",
        ),
        concrete=(
            (
                rf"\b{_WAY}\b[^.]{{1,80}}\b(?:rather than|instead of|in place of|and not|but not|preferred to|against|over (?:an?|the|our))\b[^.]{{1,60}}\b\w{{3,}}|\b{_OVER}\b[^.]{{1,80}}\b{_WAY}\b|\b{_WAY}\b (?:was |were )?(?:ruled out|rejected|discarded|dismissed)|\b(?:dropped|discarded|dismissed) the \w+",
                r"\b(?:because|since|as (?:it|they|the)|but|too|costs?|cheaper|faster|slower|needs?|needed|los(?:t|es)|simpler|explain\w*|cannot|could not|would|worse|better|fails?|failed)\b",
                r"(?:\w+\W+){8,}\w+",
            ),
        ),
        hedges=(r"\b(?:latest|newest|most modern|best available)\b",),
        never=(
            r"\bcross-?validated over\b|\brules? (?:of|for) (?:the )?(?:parking|house|game|meeting)\b|\bmodel railway\b|<hypothetical>",
        ),
    ),
    cases=(
        Case("We chose regression over a network because the regulator wants each price explained.", Status.ANSWERED),
        Case("| Vendor API rejected: 0.4 cents a call is too dear | in-house model taken |", Status.ANSWERED),
        Case(
            "- rules instead of a classifier for invoices under 50 euros, it would need labels that nobody has",
            Status.ANSWERED,
        ),
        Case("We will use XGBoost.", Status.VAGUE),
        Case("Several models are compared and the best one is selected.", Status.VAGUE),
        Case("Choice of the model: to be decided", Status.VAGUE),
        Case("The rules for parking behind the depot have changed.", Status.MISSING),
        Case("Nadia presents on Thursday.", Status.MISSING),
    ),
)

CHOICE_COST = Question(
    id="choice-cost",
    question="What does the choice cost: what gets worse or dearer for it, and for whom?",
    answered="Something that gets worse, slower or dearer by it, with how much or for whom.",
    vague="“There are trade-offs”, “a good compromise.”",
    weight=3,  # a choice without a price was not weighed
    partner=Role.PRODUCT_MANAGER,
    agenda="What do we give up for it, who notices first, and have they said that they can live with it?",
    example="For that recall we accept one needless visit in three; the fitters drive 40 kilometres more a week.",
    cues=Cues(
        topic=(
            r"\b(?:trade-?offs?|at the (?:cost|expense|price) of|in exchange for|the price (?:of this|of (?:the|a) \w+ (?:model|threshold|metric|solution)|for (?:it|that|this))|downsides?|drawbacks?|compromises?)\b",
            r"\b(?:we (?:\w+ )?(?:accept (?:that|one|more|fewer|longer|slower|lower|higher)|give up|gave up|forgo|sacrifice)|(?:is|are) (?:given up|sacrificed)|(?:accepts?|accepted|agreed to) (?:that\b|(?:the )?(?:more|fewer|longer|slower|lower|higher|extra)))\b",
            r"\bmeans (?:more|fewer|less|longer|slower|extra)\b|\bwe lose (?:\w+ )?(?:\d|an?|one|two|three|four|five|ten|about|some)\b|\b(?:that (?:means|costs)|this (?:means|costs)|which (?:means|costs)) (?:\w+ )?(?:more|fewer|less|longer|slower|extra|an?|\d|two|three)\b",
        ),
        headings=(r"\b(?:trade-?offs?|consequences|downsides?|drawbacks?|cost of (?:the )?(?:choice|decision))\b",),
        concrete=(
            (
                r"<topic>",
                r"\b(?:more|fewer|less|longer|slower|extra|lower|higher|worse|dearer|later|needless|false|missed|no longer|cannot|points? of|seconds?|minutes|hours|days|euros|dollars)\b|\d",
                r"\b(?:accept\w*|give up|gave up|given up|lose|forgo|sacrific\w+|pay|cost|costs|price|expense|exchange|in return|downside|drawback|means|agreed to|put up with|live with)\b",
                r"(?:\w+\W+){7,}\w+",
            ),
        ),
        hedges=(
            r"\b(?:good|right|best|reasonable|sensible) (?:balance|compromise|trade-?off)\b|\bthere (?:are|is) (?:always |of course )?(?:a |some )?trade-?offs?\b",
        ),
        never=(
            r"\bgenerally accepted\b|\baccept(?:s|ed)? (?:the )?(?:papers?|cookies|invitation|terms|offers?)\b|\bacceptance criteria\b|<hypothetical>",
        ),
    ),
    cases=(
        Case("The smaller model is faster at the price of two points of recall on rare breeds.", Status.ANSWERED),
        Case("| Trade-off | nightly batch: prices are up to 20 hours old, the shops accept that |", Status.ANSWERED),
        Case("- no customer names in the features; we give up about 3 % of precision for it", Status.ANSWERED),
        Case("There are trade-offs between speed and quality.", Status.VAGUE),
        Case("The solution is a good compromise.", Status.VAGUE),
        Case("Downsides: to be discussed", Status.VAGUE),
        Case("All guests have accepted the invitation.", Status.MISSING),
        Case("Two cameras hang over the belt.", Status.MISSING),
    ),
)

PATTERN = Pattern(
    id="unweighed-choice",
    title="A choice nobody weighed",
    why="When nobody wrote down what a metric or a solution was chosen over and what it costs, the choice is reopened at each "
    "bad result. Or it is never questioned, and the price is paid by people who were not asked.",
    questions=(METRIC_CHOICE, SOLUTION_CHOICE, CHOICE_COST),
    first_steps={
        Role.DATA_SCIENTIST: "Take two models that two metrics rank differently, and show five cases where they part.",
        Role.ML_ENGINEER: "Write half a page: what was taken, what was not, why, and when you would choose again.",
        Role.PRODUCT_MANAGER: "Name one thing that gets worse by the choice, and ask those who will notice it first.",
    },
    on_by_default=False,
)
