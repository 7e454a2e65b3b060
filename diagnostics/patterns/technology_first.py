"""Technology looking for a problem: a technique was chosen first, and nobody asked who would use what it gives.

Caring more for the latest technology than for a problem that its users have is among the root causes of failure that
RAND (Ryseff et al. 2024, "The Root Causes of Failure for Artificial Intelligence Projects") heard of in interviews;
"don't be afraid to launch a product without machine learning" is the first of Zinkevich's "Rules of Machine Learning".
Off by default: the question of the problem itself is asked by the missing product discussion.
"""

from diagnostics.findings import Status
from diagnostics.patterns._contract import Case, Cues, Pattern, Question
from diagnostics.records import Role

WHO_ASKED = Question(
    id="who-asked",
    question="Who asked for this: a person, a team or a customer?",
    answered="A person, a team, a customer or a group of users that came with the trouble or the wish.",
    vague="“It is part of our AI strategy”, “the business wants AI.”",
    weight=2,
    partner=Role.SPONSOR,
    agenda="Who came to us with this, in which words, and would they miss it if we stopped today?",
    example="The night dispatchers asked for it in January, after forty vans had left half empty in one week.",
    cues=Cues(
        topic=(
            r"\b(?:asked (?:us|for (?:it|this|an?|the|help))|(?:was|were|been) requested|requested (?:by|this|it)|(?:the )?requests? (?:came|comes|is|was) (?:\w+ )?(?:from|of|by)|at the request of|came to us|raised by|(?:was|were) raised|commissioned (?:the|this|it)|wants? us to|approached us)\b",
            r"\b(?:idea|proposal|initiative|wish|impulse) (?:\w+ )?(?:came|comes|stems|is|was|of|from|by)\b|\b(?:proposed|suggested|initiated|commissioned) by\b",
            r"\b(?:(?:ai|ml|data|llm|genai|innovation|digital) (?:strategy|agenda|hype|vision|roadmap|lighthouse|showcase)|we need (?:ai|ml|llms?|genai)|wants? (?:to (?:do|use|try) (?:something with )?)?(?:ai|ml|llms?|genai|machine learning|deep learning)|competitors? (?:\w+ )?(?:use|have|do)|use[- ]cases? for (?:ai|ml|llms?|genai|machine learning))\b",
        ),
        headings=(r"\b(?:origin|request(?:ed by|er|or)|who asked|trigger|initiators?)\b",),
        concrete=(
            (
                r"\b(?:asked|requested|requests?|came|comes|raised|wants? us|approached|idea|proposal|wish|proposed|suggested|initiated|commissioned)\b",
                r"<person>|<team>|\b(?:head of|heads of|director|dispatchers?|drivers?|nurses?|doctors?|clerks?|planners?|buyers?|agents?|teachers?|fitters?|editors?|librarians?|farmers?|tenants?|patients|handlers?|shift leads?|inspectors?|accountants?)\b",
                r"(?:\w+\W+){4,}\w+",
            ),
            (
                r"\b(?:asked (?:us )?for (?:it|this|an?|the)|requested by|requests? (?:was|were|came|comes) (?:\w+ )?(?:by|from)|came to us|approached us|commissioned by)\b",
                r"<person>|<team>|<role>",
            ),
            (
                r"\b(?:asked|requested|requests?|came to us|approached us|raised|commissioned)\b",
                r"\b(?:in|on|since|last|after|at) (?:the )?(?:\d|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter|annual|\w+ (?:review|round|audit))|<role>",
                r"<person>|<team>",
            ),
        ),
        hedges=(
            r"\b(?:ai|ml|data|llm|genai|innovation|digital) (?:strategy|agenda|hype|vision|lighthouse|showcase)\b|\bcompetitors?\b|\beveryone\b",
        ),
        never=(
            r"\basked (?:the|a) (?:model|network|chatbot)\b|\bpull requests?\b|\brequests (?:per|a) second\b|<hypothetical>",
        ),
    ),
    cases=(
        Case(
            "The idea came from the ward nurses, who lose the first hour of each shift to the bed list.",
            Status.ANSWERED,
        ),
        Case("| Requested by | Carla Duarte, returns desk |", Status.ANSWERED),
        Case("- Halvorsen Shipping approached us in May: their planners guess the arrival times", Status.ANSWERED),
        Case("The project is part of our AI strategy.", Status.VAGUE),
        Case("Our competitors use GenAI, so the request is to find a use case for LLMs.", Status.VAGUE),
        Case("The request came from the business.", Status.VAGUE),
        Case("The endpoint has to serve 40 requests per second.", Status.MISSING),
        Case("Labels are checked by two students.", Status.MISSING),
    ),
)

EVIDENCE_OF_NEED = Question(
    id="evidence-of-need",
    question="What shows that they have this trouble: who was asked or watched, what was counted?",
    answered="Some of them were asked or watched, or the trouble was counted: how many, how often.",
    vague="“Users need this”, “there is a huge demand.”",
    weight=2,
    partner=Role.PRODUCT_MANAGER,
    agenda="Whom did we ask or watch, what do they do today instead, and how often does the trouble come up?",
    example="We sat with eight dispatchers for two shifts; they plan anew by hand eleven times a night.",
    cues=Cues(
        topic=(
            r"\b(?:interview(?:s|ed)|user (?:research|survey|study|studies)|survey (?:of|among)|surveyed|shadowed|sat with|sat beside|watched|observed (?:the|how|\d|two|three|four|five)|focus groups?|we asked|talked (?:to|with)|spoke (?:to|with))\b",
            r"\b(?:complaints|complained|support tickets|calls to the (?:desk|hotline|help ?desk)|(?:calls|tickets|mails) an? (?:day|week|month|year) (?:about|because))\b",
            r"\b(?:users?|customers?|agents?|clerks?|drivers?|nurses?|planners?|editors?|everyone|they) (?:\w+ )?(?:need|needs|want|wants|struggle|struggles|would love|are waiting for)\b|\b(?:demand|market|interest) (?:for|in) (?:this|it|such)\b|\b(?:great|big|huge) (?:need|demand) for\b|\bpain points?\b",
        ),
        headings=(r"\b(?:user research|evidence|needs?|interviews?|survey|pain points?|discovery)\b",),
        concrete=(
            (
                r"\b(?:interview(?:s|ed)|survey(?:ed)?|stud(?:y|ies)|shadowed|sat (?:with|beside)|watched|observed|focus groups?|asked|talked|spoke)\b",
                r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|a dozen) (?:\w+ ){0,3}\w+s\b",
            ),
            (
                r"\b(?:complaints|complained|tickets|calls|mails)\b",
                r"\d|\b(?:one|two|three|four|five|half|every (?:second|third))\b",
                r"\b(?:an?|per|each|every|last|in|of|since|between) (?:\w+ )?(?:day|week|month|year|shift|night|quarter|20\d\d|january|february|march|april|may|june|july|august|september|october|november|december|all|calls|them|\d+)\b",
            ),
        ),
        hedges=(
            r"\b(?:big|huge|great|large|obvious|clear|enormous) (?:demand|need|potential|interest|market)\b|\beveryone\b",
        ),
        never=(
            r"\b(?:job|exit) interviews?\b|\binterview(?:s|ed)? (?:the )?candidates\b|\bwatched (?:the )?(?:video|demo|loss)\b|<hypothetical>",
        ),
    ),
    cases=(
        Case(
            "Interviews with 14 shop managers: eleven reorder twice a week because the first order is a guess.",
            Status.ANSWERED,
        ),
        Case("| Complaints about late refunds | 230 a month, of 1,900 |", Status.ANSWERED),
        Case(
            "- sat beside three claims clerks on Tuesday, each opened the same form four times a case", Status.ANSWERED
        ),
        Case("Users need this urgently, there is a huge demand.", Status.VAGUE),
        Case("We talked to users and they liked the idea.", Status.VAGUE),
        Case("Interviews: to be done", Status.VAGUE),
        Case("We interviewed candidates for the analyst post.", Status.MISSING),
        Case("The batch job starts at four in the morning.", Status.MISSING),
    ),
)

ACTION_ON_OUTPUT = Question(
    id="action-on-output",
    question="What does whom do differently once the output is there?",
    answered="Somebody who gets the output, and what they then do that they do not do today.",
    vague="“Insights”, “better decisions”, “support for the business.”",
    weight=3,  # an output that changes no step of anyone's work is worth nothing, however right
    partner=Role.PRODUCT_MANAGER,
    agenda="Take one output that is right: who sees it, what do they do next, and what would they have done without?",
    example="For each order flagged before noon the dispatcher phones the customer and moves it to the next tour.",
    cues=Cues(
        topic=(
            r"\b(?:for|on|with|given|when|from|after|in|gets|get|has|uses?) (?:each|every|an?|the|any) (?:\w+ )?(?:flag(?:ged)?|scored?|alert(?:ed)?|alarm|prediction|forecast|recommendation|suggestion|ranking|list|warning|suspicious|(?:high|low)[- ](?:risk )?(?:score|risk))\b|\b(?:if|when) (?:the|a) (?:forecast|score|prediction|risk) (?:is|gets|exceeds)\b|\b\w+ flagged\b|\b(?:at the )?top (?:ten |\d+ )?of the (?:list|ranking)\b",
            r"\b(?:so that (?:the |our )?\w+ (?:\w+ )?can|(?:allow|enable|let)s? (?:the |our )?(?:\w+ )?(?:users?|managers?|team|staff|planners?|buyers?|agents?|doctors?|nurses?|dispatchers?|clerks?)|act(?:s|ed)? (?:up)?on (?:it|the)|use(?:s|d)? (?:it|the (?:scores?|list|forecast|predictions?|output|ranking)) to)\b",
            r"\b(?:insights?|decision[- ]support|(?:better|faster|informed|data-driven) decisions|actionable|support(?:s|ing)? the business)\b",
        ),
        headings=(
            r"\b(?:use of (?:the )?(?:output|results?|model)|workflow|user (?:story|stories|journey)|how it (?:is|will be) used|action)\b",
        ),
        concrete=(
            (
                r"<person>|\b(?:dispatchers?|drivers?|agents?|nurses?|doctors?|clerks?|planners?|buyers?|fitters?|handlers?|editors?|teachers?|inspectors?|librarians?|guards?|accountants?|recruiters?|pickers?|operators?|technicians?|analysts?|managers?|marketing|sales|customer service|(?:the|our) \w+ (?:desk|team|squad|crew))\b",
                r"\b(?:calls?|phones?|visits?|orders?|plac(?:e|es) |moves?|stops?|sends?|checks?|inspects?|reschedules?|offers?|blocks?|holds?|cancels?|approves?|rejects?|opens?|skips?|replaces?|books?|postpones?|refuses?|asks?|reads? (?:it|them|first)|begins? with|starts? with|looks? at)\b",
                r"\b(?:flag(?:s|ged)?|score[sd]?|alerts?|alarm|predict\w+|forecast|recommend\w*|suggest\w*|list|ranking|warning|top|first)\b",
                r"(?:\w+\W+){7,}\w+",
            ),
        ),
        hedges=(r"\b(?:insights?|(?:better|informed|data-driven) decisions|actionable)\b",),
        never=(
            r"\bflagged (?:by the linter|as spam by our mail)|\bfeature flags?\b|\bred flags? (?:in|for) the project\b|<hypothetical>",
        ),
    ),
    cases=(
        Case(
            "Fitters start with the ten valves at the top of the list and skip those that scored under 0.1.",
            Status.ANSWERED,
        ),
        Case("| For every flagged invoice | the clerk phones the supplier and holds the payment |", Status.ANSWERED),
        Case(
            "With the forecast of Thursday the buyer orders for the weekend, instead of repeating last week's order.",
            Status.ANSWERED,
        ),
        Case("The dashboard provides actionable insights.", Status.VAGUE),
        Case("It enables managers to make better decisions.", Status.VAGUE),
        Case("How anybody acts on it has yet to be worked out.", Status.VAGUE),
        Case("The feature flag is set in the config.", Status.MISSING),
        Case("Rows without a timestamp are dropped.", Status.MISSING),
    ),
)

PATTERN = Pattern(
    id="technology-first",
    title="Technology looking for a problem",
    why="When the technique comes first, the team looks for somebody who might want what it gives, and shows demo after "
    "demo. Nobody refuses and nobody uses it, since no one's work changes with its output.",
    questions=(WHO_ASKED, EVIDENCE_OF_NEED, ACTION_ON_OUTPUT),
    first_steps={
        Role.SPONSOR: "Ask for the name of one person who would be worse off if the project ended today, and visit them.",
        Role.PRODUCT_MANAGER: "Write ten outputs by hand, give them to two future users for a day, and see what they do.",
    },
    on_by_default=False,
)
