"""Data not ready: nobody looked whether the data is there, may be used, is fit and can be labelled.

Lack of the data to train on is among the root causes that RAND (Ryseff et al. 2024, "The Root Causes of Failure for
Artificial Intelligence Projects") names; Nahar et al. 2022 ("Collaboration Challenges in Building ML-Enabled Systems")
find data one of three points at which teams fail each other, with its access and its meaning as bottlenecks; Paleyes et
al. 2022 ("Challenges in Deploying Machine Learning") list scattered sources and a shortage of labels. Off by default: kickoff records seldom
say more of data than its name.
"""

from diagnostics.findings import Status
from diagnostics.patterns._contract import Case, Cues, Pattern, Question
from diagnostics.records import Role

DATA_ACCESS = Question(
    id="data-access",
    question="Is the data there, and may the team use it: which source, opened by whom, since or until when?",
    answered="A source is named that the team can read already, or that somebody opens to it by a day.",
    vague="“We will get the data from IT”, with no word on who opens it and when.",
    weight=3,  # nothing else can begin without it
    partner=Role.DATA_ENGINEER,
    agenda="Which table or file do we read, who opens it to us, and on which day has the first of us read a row?",
    example="The claims table is in the warehouse; Tomasz Nowak grants both of us read access by 6 March.",
    cues=Cues(
        topic=(
            r"\b(?:access to|(?:data|read|api|database|warehouse|vpn) access|access (?:rights?|requests?)|credentials|(?:read|access) (?:rights?|permissions?)|permission to (?:read|use)|data[- ](?:sharing|use|processing) agreement|(?:exports?|copies|loads?|uploads?) (?:it|them) (?:in)?to|(?:dumps?|extracts?|exports?) (?:of|from) (?:the|our))\b",
            r"\b(?:get|receive|obtain|acquire|provides?|provided|hands? over|delivers?|sends? us|send us|exports?|extracts?|dumps?|loaded|copied|downloaded?|request(?:s|ed)?) (?:\w+ ){0,5}(?:data|data ?sets?|tables?|files|logs|records|recordings|images|archive|history|export|extract|dump)\b",
            r"\b(?:data|data ?sets?|tables?|logs|records|recordings|images|archive) (?:\w+ ){0,6}(?:available|delivered|provided|exported|downloaded|copied|lies?|(?:is|are|sits?|stored) (?:\w+ )?(?:in|on) (?:the|our|an?)|live in)\b|\b(?:stored|available|kept) (?:in|on) (?:the |our |an? )?(?:\w+ )?(?:warehouse|lake|bucket|data ?base|s3|bigquery|snowflake|postgres|databricks|share|archive)\b|\b(?:approves?|approved?|sign) the (?:export|extract|data)\b",
        ),
        headings=(r"\b(?:data (?:access|sources?|availability|collection)|data ?sets?|access|inputs?)\b",),
        concrete=(
            (
                r"\b(?:access|credentials|rights?|permissions?|agreement|exports?|extracts?|dumps?|delivers?|provides?|sends?|hands? over)\b",
                r"\b(?:grants?|granted|approved|signed|have|has|got|gives?|given|opens?|opened|delivers?|exports?|sends?|copies|hands? over|since|until|every|each|by)\b",
                r"<date>|<person>|\b(?:we|all of us|both of us|the (?:two )?(?:engineers|scientists|analysts)) (?:already )?(?:have|read|can)\b",
            ),
            (
                r"\b(?:warehouse|lake|bucket|data ?base|schema|share|server|historian|cluster|archive|s3|bigquery|snowflake|postgres)\b",
                r"\b(?:already|we (?:can )?(?:read|query)|have read|copied|loaded|queried|downloaded)\b",
                r"(?:\w+\W+){6,}\w+",
            ),
            (
                r"\b(?:public(?:ly)?|kaggle|open[- ]data|downloaded?|published)\b",
                r"\b(?:data ?sets?|data|corpus|archive)\b",
                r"<law>|\b(?:licen[cs]ed?|free (?:of charge|to use)|from (?:the )?\w+(?:'s)? (?:site|portal|repository)|kaggle)\b",
            ),
        ),
        never=(r"\baccess (?:roads?|points?|tokens?|logs?|control)\b|\bdata access (?:object|layer)\b|<hypothetical>",),
    ),
    cases=(
        Case("We have had read access to the orders schema since 12 January, all three of us.", Status.ANSWERED),
        Case("| Sensor archive | Ravi Menon exports it to our bucket every Monday |", Status.ANSWERED),
        Case("The call recordings are in the S3 bucket already; we read the first ten on Friday.", Status.ANSWERED),
        Case("We will get the data from IT.", Status.VAGUE),
        Case("Access to the patient records: to be clarified", Status.VAGUE),
        Case("The access road to the depot is closed in March.", Status.MISSING),
        Case("The forecast is shown on the planners' screen.", Status.MISSING),
    ),
)

DATA_QUALITY = Question(
    id="data-quality",
    question="How much data is there, how complete and how right is it, and has somebody looked?",
    answered="An amount, a period, or a share of gaps or errors, as somebody counted it in the data.",
    vague="“There is plenty of data”, “the data is of good quality”.",
    weight=2,
    partner=Role.DATA_SCIENTIST,
    agenda="What did we count in the data itself: rows, months, gaps, wrong values, and the cases that matter most?",
    example="We counted 212,000 orders from 2023 on; 4 % lack a postcode, and all of March 2024 is gone.",
    cues=Cues(
        topic=(
            r"\b(?:data quality|quality of (?:the|our) (?:data|records|images|logs)|(?:data|records|logs|images) (?:is|are) (?:\w+ )?(?:good|clean|dirty|messy|noisy|incomplete|complete|of \w+ quality))\b",
            r"\b(?:missing (?:values?|fields?|rows?|months?|entries)|incomplete|duplicates?|duplicated|nulls?|empty (?:fields?|cells?)|garbled|unreadable|wrong by|so badly|gaps? in|ha(?:s|ve) no \w+|lacks? (?:an? |the |its |any )?\w+)\b",
            r"\b\d[\d.,]*(?: ?k| million| thousand)? (?:\w+ ){0,3}(?:rows|records|samples|examples|entries|observations|images|recordings|documents|orders|transactions|measurements|claims|letters|scans|trips)\b",
            r"\b(?:plenty|enough|lots|a lot|amounts?|\d+ years|years|\d+ months|months|gigabytes|terabytes|too little|very little) of (?:\w+ ){0,3}(?:data|records|history|logs|images|orders|readings|load|sales|measurements|claims|tickets)\b",
        ),
        headings=(r"\b(?:data (?:quality|audit|exploration|profile|volume|description)|eda)\b",),
        concrete=(
            (
                r"\d[\d.,]*(?: ?k| million| thousand)? (?:\w+ ){0,3}(?:rows|records|samples|examples|entries|observations|images|recordings|documents|orders|transactions|measurements|claims|letters|scans|trips)\b",
                r"\b(?:from|since|between|covers?|spann?\w*|over|counted|contains?|holds?|there (?:are|is)|we have|per (?:day|week|month)|of which|of (?:them|these))\b",
            ),
            (
                r"<percent>|\b\d",
                r"\b(?:lacks?|missing|nulls?|empty|gaps?|duplicat\w+|wrong|incomplete|unreadable|garbled|gone|complete|usable|badly|no \w+)\b",
                # "Are missing" is what a placeholder says, too.
                r"<placeholder>|\b(?:rows|records|samples|entries|images|scans|fields?|values?|orders|readings|logs|letters|invoices|timestamps|tickets|claims|data|we (?:counted|found|checked))\b",
            ),
        ),
        hedges=(r"\bgood enough\b|\b(?:plenty|lots|a lot) of (?:\w+ )?data\b",),
        never=(r"\b(?:augmented|synthetic) (?:to|data)\b|\b(?:test|hold-?out|validation) set of\b|<hypothetical>",),
    ),
    cases=(
        Case("The log holds 3.1 million trips since May 2022, of which 180 ended without a GPS fix.", Status.ANSWERED),
        Case("| Customer master | 7 % of the birth dates are missing | 310 duplicates found |", Status.ANSWERED),
        Case("- we opened 400 scans at random, and 36 of these were unreadable", Status.ANSWERED),
        Case("There is plenty of data.", Status.VAGUE),
        Case("The data quality has to be checked at some point.", Status.VAGUE),
        Case("Data quality: tbd", Status.VAGUE),
        Case("The quality of the coffee in the canteen came up again.", Status.MISSING),
        Case("Launch is planned for the autumn sale.", Status.MISSING),
    ),
)

LABEL_SOURCE = Question(
    id="label-source",
    question="Where do the labels come from: who or what sets them, how many, and by when?",
    answered="Who or what sets the label, with how many or by when or by which rule; or why none are needed.",
    vague="“Labels will be collected.”",
    weight=2,
    partner=Role.DOMAIN_EXPERT,
    agenda="Who labels the first two hundred cases with us, by which written rule, and what if two people disagree?",
    example="Two claims handlers label 1,500 letters by 20 April; where they disagree, Petra Lindholm decides.",
    cues=Cues(
        topic=(
            r"\b(?:labels|labell?ed|labell?ing|annotat(?:e|es|ed|ing|ions?)|ground truth|gold standard|target variable)\b",
            r"\b(?:annotators?|labell?ers?|inter-?annotator|double-?labell?ed|self-supervised|unsupervised|weak supervision)\b",
            r"\b(?:label|tag|mark)s? (?:\d|one|two|three|each|every|all|the|a (?:hundred|thousand|sample))\b|\b(?:is|are|gets?|be) (?:tagged|labell?ed|annotated|marked) (?:\w+ )?(?:by|twice)\b|\bsome(?:one|body) to (?:label|annotate|tag)\b|\b(?:is|are|serves?|counts?) (?:\w+ )?(?:as )?(?:the|our) labels?\b|\b(?:the|our|each) label (?:is|comes)\b",
        ),
        headings=(r"\b(?:labels?|labell?ing|annotations?|ground truth)\b",),
        concrete=(
            (
                r"\b(?:labels?|labell?ed|labell?ing|annotat\w+|ground truth|mark(?:s|ed)?|tag(?:s|ged)?)\b",
                r"<person>|<team>|<role>|\b(?:handlers?|clerks?|doctors?|vets?|agents?|students?|moderators?|experts?|foresters?|crowd\w*|librarians|teachers?|colleagues)\b",
                r"\d|\b(?:one|two|three|four|five|ten|hundred|thousand|each|every|all|twice|by hand|guidelines?|rule|disagree\w*)\b",
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                r"\b(?:labels?|ground truth|target variable|annotations?)\b",
                r"\b(?:comes?|taken|derived|read|set|recorded|follows?) (?:\w+ )?(?:from|by|in|out of)\b|\b(?:serves?|counts?|used) as\b|\bis (?:whether|what|the (?:outcome|code|verdict))\b",
                r"(?:\w+\W+){6,}\w+",
            ),
            (
                r"\b(?:no|without) (?:labels?|annotations?|labell?ing)\b|\b(?:un|self-)supervised\b",
                r"\b(?:because|since|needed|needs|so)\b",
            ),
        ),
        hedges=(r"\blabels? (?:will|should|can|could) be (?:collected|gathered|obtained|found)\b",),
        never=(
            r"\b(?:price|shipping|address|shelf|food|warning|record|private|white|nutrition|bottle|axis) labels?\b|<hypothetical>",
        ),
    ),
    cases=(
        Case("The label is whether the parcel came back within 30 days, read from the returns table.", Status.ANSWERED),
        Case(
            "- three foresters annotate 800 aerial images, each image twice, following the guideline", Status.ANSWERED
        ),
        Case("No labels are needed, since the anomaly detector learns from normal runs alone.", Status.ANSWERED),
        Case("Labels will be collected during the project.", Status.VAGUE),
        Case("| Labelling | who and when: to be decided |", Status.VAGUE),
        Case("The shipping labels are printed in hall two.", Status.MISSING),
        Case("Everyone is invited to the retrospective.", Status.MISSING),
    ),
)

PATTERN = Pattern(
    id="data-not-ready",
    title="Data not ready",
    why="A team can plan for months around data that it may not read, that is full of gaps or that nobody has labelled. "
    "Each of these shows only when somebody opens the data, and then weeks go by while others are asked for favours.",
    questions=(DATA_ACCESS, DATA_QUALITY, LABEL_SOURCE),
    first_steps={
        Role.DATA_ENGINEER: "Sit down together, and have one of the team read ten rows of each source before you get up.",
        Role.DATA_SCIENTIST: "Take one day to count rows, months, gaps and doubles in each source, and show the counts.",
        Role.DOMAIN_EXPERT: "Label twenty cases together, aloud; write down the rule wherever you hesitated.",
    },
    on_by_default=False,
)
