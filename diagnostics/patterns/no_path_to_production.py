"""No path to production: it was never said where the model runs, who runs it, and who notices when it fails.

The model is a small part of a system that has to be built around it (Sculley et al. 2015, "Hidden Technical Debt in
Machine Learning Systems"); integrating, monitoring and updating are where deployments get stuck (Paleyes et al. 2022,
"Challenges in Deploying Machine Learning"); RAND (Ryseff et al. 2024) names missing infrastructure to deploy a finished
model among its root causes of failure, and Nahar et al. 2022 ("Collaboration Challenges in Building ML-Enabled Systems") find
integration one of three points at which teams fail each other. Off by default: kickoff records are mostly written
before anyone thinks of it.
"""

from diagnostics.findings import Status
from diagnostics.patterns._contract import Case, Cues, Pattern, Question
from diagnostics.records import Role

SERVING = Question(
    id="serving",
    question="Where will the model run, and how does its output reach those who use it?",
    answered="The system or screen that takes the output, and how it gets there: nightly batch, API, on the device.",
    vague="“The model will be deployed”, “integrated into the existing landscape”.",
    weight=3,  # decides what may be built at all
    partner=Role.ML_ENGINEER,
    agenda="Which system calls the model or reads its scores, when, and could it read a made-up score next week?",
    example="A batch job writes the scores into the CRM every night; the call list reads them at seven.",
    cues=Cues(
        topic=(
            r"\b(?:deploy(?:s|ed|ing|ment)?|predictions? (?:service|api)|from our (?:service|model|endpoint)|(?:in|into|to) production|productioni[sz]\w*|goes live|go-live|operationali[sz]\w*|integrat(?:e|es|ed|ion)|model serving|inference)\b",
            r"\b(?:batch(?: jobs?)?|nightly|cron|endpoint|rest api|api|micro-?service|docker|kubernetes|on[- ]device|edge (?:box|device|server)|plug-?in|web service)\b",
            r"\b(?:scores?|predictions?|forecasts?|suggestions?|alerts?|outputs?|results?|model|classifier) (?:\w+ ){0,3}(?:is|are|gets?|be )?(?:written|pushed|sent|shown|loaded|lands?|appears?|arrives?|runs?|hosted|served|called|installed)\b",
        ),
        headings=(
            r"\b(?:deployment|(?:model )?serving|productioni[sz]ation|path to production|go-live|model consumption)\b",
        ),
        concrete=(
            (
                r"\b(?:nightly|hourly|daily|weekly|every (?:night|hour|morning|day|week|minute|\w+ (?:minutes|hours))|batch|cron|api|endpoint|micro-?service|docker|kubernetes|edge|on[- ]device|plug-?in|web service|our service|each (?:night|morning|hour|day)|stream\w*|in real time|runs? on|installed on|inside|lambda|sagemaker)\b",
                r"\b(?:crm|erp|app|shop|web ?site|dashboard|queue|data ?base|table|warehouse|screen|inbox|portal|terminal|scheduler|tills?|gateway|phones?|tablets?|cameras?|plc|scada|sap|salesforce|backend|box|system|cluster|service desk|e-?mail)\b",
                r"\b(?:writ\w+|push\w*|sen[dt]s?|show\w*|reads?|calls?|called|requests?|loaded|runs?|serve[sd]?|hosted|deployed|lands?|arriv\w+|appears?|returns?|feeds?|installed|loads?|picks? up)\b",
                r"(?:\w+\W+){6,}\w+",
            ),
        ),
        hedges=(r"\b(?:existing|current) (?:it[- ])?landscape\b|\bsomewhere\b|\blater on\b",),
        never=(
            r"\b(?:staff|troops|police|volunteers|crews?) (?:\w+ )?deployed\b|\bsocial integration\b|<hypothetical>",
        ),
    ),
    cases=(
        Case(
            "The shop's backend calls our REST endpoint for each basket and shows the three suggestions.",
            Status.ANSWERED,
        ),
        Case("| Serving | runs on the edge box at the press, alarm appears on the SCADA screen |", Status.ANSWERED),
        Case("- forecasts land in the ordering table of the ERP by a cron job, every morning at five", Status.ANSWERED),
        Case("The model will be deployed once it is good enough.", Status.VAGUE),
        Case("It gets integrated into the existing IT landscape.", Status.VAGUE),
        Case("Deployment: tbd with the platform people", Status.VAGUE),
        Case("Additional staff were deployed at the gates during the holidays.", Status.MISSING),
        Case("Accuracy is compared on last winter's readings.", Status.MISSING),
    ),
)

PRODUCTION_OWNER = Question(
    id="production-owner",
    question="Who puts it into production, and who runs it afterwards?",
    answered="A team or person who deploys it or keeps it running, and is called when it fails.",
    vague="“Engineering will take over after the pilot.”",
    weight=3,
    partner=Role.ENGINEERING_MANAGER,
    agenda="In whose backlog is the deployment, who is called when it fails at night, and do they know of it?",
    example="The platform team deploys it in sprint 14; Ilse Brandt's squad is on call for it from then on.",
    cues=Cues(
        topic=(
            r"\b(?:deploys|deployed by|deploy and (?:run|operate|maintain)|team (?:will )?(?:deploys?|operates?|runs? (?:it|the))|(?:ops|operations?) (?:is|will be|are) (?:handled|done|run)|deployment (?:is|lies|by|owner)|operates (?:it|the)|operated by|on[- ]call|pager|runbooks?|takes? (?:it )?over (?:after|once|from|in|the (?:model|service|operation))|owns? (?:the )?(?:service|model|endpoint|operation) (?:\w+ ){0,3}(?:production|live)|(?:run|runs|maintains?|supports?) (?:it|the (?:model|service|endpoint|pipeline)))\b",
            r"\b(?:in production|into production|after (?:the )?(?:launch|go-?live|pilot|hand-?over)|once (?:it is |it's )?live|incidents?|service level|sla|outages?)\b",
            r"\b(?:hand(?:s|ed)? (?:it |the model )?over to|hand-?over to|will be (?:operated|maintained|supported|run))\b",
        ),
        headings=(
            r"\b(?:operations?|maintenance|hand-?over|run phase|on[- ]call|after (?:the )?(?:launch|go-live))\b",
        ),
        concrete=(
            (
                r"\b(?:deploys?|deployed by|operates?|operated|carr(?:y|ies)|runs|run by|on[- ]call|pager|maintains?|maintained|supports?|supported|takes? (?:it )?over|hand(?:s|ed)?[- ](?:it |the model )?over|hand-?over|owns?|looks? after|answers?|responsible for)\b",
                r"<person>|<team>|\b(?:sre|mlops|devops|data|ml|machine[- ]learning) (?:team|squad|engineers?)\b",
                r"\b(?:production|live|service|after|once|from then|at night|incidents?|on[- ]call|pager|model|sla|sprint|release|endpoint|runbook|fails?|outages?|operates?|operation|hours)\b",
                r"(?:\w+\W+){6,}\w+",
            ),
        ),
        hedges=(
            r"\b(?:someone|somebody|whoever|the team) (?:will|should|can)\b|\b(?:handled|done|decided|settled) later\b",
        ),
        never=(
            r"\bdeployed by (?:an? )?(?:rest )?api\b|\b(?:predictive|vehicle|machine|aircraft|road) maintenance\b|\bproduction (?:line|hall|plant|manager)\b|\bincident (?:reports?|data|tickets?) (?:are|is|were)\b|<hypothetical>",
        ),
    ),
    cases=(
        Case(
            "Once it is live, the search squad is on call for the endpoint, with our runbook in their wiki.",
            Status.ANSWERED,
        ),
        Case("| Operation | handed over to the MLOps team on 1 June | incidents: their pager |", Status.ANSWERED),
        Case("- Goran Petrov maintains the service after the launch, Lea covers for him at night", Status.ANSWERED),
        Case("Somebody from engineering will take over after the pilot.", Status.VAGUE),
        Case("On-call: still open", Status.VAGUE),
        Case("It will be maintained in production.", Status.VAGUE),
        Case("Predictive maintenance of pumps is the topic of the workshop.", Status.MISSING),
        Case("Labels come from the returns desk.", Status.MISSING),
    ),
)

MODEL_UPKEEP = Question(
    id="model-upkeep",
    question="How would anyone notice that it got worse, and what happens then?",
    answered="A figure that is watched, with its rhythm or bound, and what follows: retraining, rolling back, switching off.",
    vague="“We will monitor the model and retrain it regularly.”",
    weight=2,
    partner=Role.ML_ENGINEER,
    agenda="Which figure falls first when the world changes, who sees it how often, and what do they do then?",
    example="Recall on an audited sample is checked every month; below 0.7 the model is retrained on the last 90 days.",
    cues=Cues(
        topic=(
            r"\b(?:monitor(?:s|ed|ing)?|drift(?:s|ed|ing)?|degrad(?:e|es|ed|ation)|gets? worse|got worse|stale model|model decay)\b",
            r"\b(?:re-?train(?:s|ed|ing)?|re-?fit(?:ted)?|re-?calibrat\w+|fresh (?:data|labels)|roll(?:s|ed)? back|canary|shadow mode)\b",
            r"\b(?:if|when|whenever) (?:the |weekly |daily |monthly )?(?:\w+ ){0,2}(?:mape|mae|rmse|auc|recall|precision|accuracy|error|share|rate) (?:\w+ )?(?:exceeds|falls|drops|rises|goes)\b",
            r"\b(?:checked|audited|watched|tracked|measured|compared) (?:\w+ )?(?:every|each|daily|weekly|monthly|nightly|quarterly|hourly|once a)\b",
        ),
        headings=(r"\b(?:monitoring|maintenance|drift|retraining|upkeep)\b",),
        concrete=(
            (
                r"\b(?:monitor\w*|drift\w*|re-?train\w*|re-?fit\w*|re-?calibrat\w+|checked|audited|watched|tracked|measured|compared)\b",
                r"\b(?:every|each|daily|weekly|monthly|nightly|quarterly|hourly|once a|on the (?:first|last))\b|\d",
                r"\b(?:below|under|above|over|drops?|falls?|exceeds?|more than|less than|worse than|differs?|if|when|whenever|as soon as)\b",
                r"\b(?:re-?train\w*|re-?fit\w*|re-?calibrat\w+|alert\w*|alarms?|pages?|paged|mails?|roll(?:s|ed)? back|switch\w*|stop\w*|paused?|replac\w+|looks? (?:at|into)|review\w*|ticket)\b",
            ),
            (
                r"\b(?:if|when|whenever|once|as soon as)\b",
                r"\b(?:rises?|falls?|drops?|goes (?:over|under|below|above)|exceeds?|drifts?|is (?:over|under|below|above))\b",
                r"\d|\b(?:half|twice|a (?:tenth|fifth|quarter|third))\b",
                r"\b(?:re-?train\w*|re-?fit\w*|roll(?:s|ed)? back|switch(?:es|ed)? (?:it )?(?:off|to|back)|alert)\b",
            ),
        ),
        hedges=(r"\bmonitor and (?:improve|re-?train)\b|\bas needed\b|\bfrom time to time\b",),
        never=(
            r"\b(?:second|big|curved|baby|heart|blood pressure) monitors?\b|\bre-?train (?:the )?(?:staff|drivers|agents|employees)\b|\bsnow ?drift|<hypothetical>",
        ),
    ),
    cases=(
        Case(
            "If the share of rejected suggestions rises over 20 % in a week, an alert goes out and we roll back.",
            Status.ANSWERED,
        ),
        Case("| Drift | input means compared daily | more than 3 sigma: ticket to the ML squad |", Status.ANSWERED),
        Case("- refitted every quarter, and at once when MAPE is above 15 % two weeks in a row", Status.ANSWERED),
        Case("We will monitor the model and retrain it regularly.", Status.VAGUE),
        Case("Monitoring: details to follow", Status.VAGUE),
        Case("Each desk gets a second monitor next week.", Status.MISSING),
        Case("The contract with the carrier ends in May.", Status.MISSING),
    ),
)

PATTERN = Pattern(
    id="no-path-to-production",
    title="No path to production",
    why="A model that nobody's system calls changes nothing, and most of the work lies around it: feeding it, running it, "
    "watching it. Where that is left for later, a finished model waits for a team that never planned for it.",
    questions=(SERVING, PRODUCTION_OWNER, MODEL_UPKEEP),
    first_steps={
        Role.ML_ENGINEER: "Send one made-up prediction the whole way to the user's screen, before the model exists.",
        Role.ENGINEERING_MANAGER: "Ask the team that would run it what they need to say yes, and put that on the board.",
    },
    on_by_default=False,
)
