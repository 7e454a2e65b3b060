"""Fuzzy roles: people are on the project, but who does, hands over and decides what was never said."""

from diagnostics.findings import Status
from diagnostics.patterns._contract import Case, Cues, Pattern, Question
from diagnostics.records import Role

ROLES_ASSIGNED = Question(
    id="roles-assigned",
    question="Who is on it, in which role?",
    answered="People, or teams, stand against roles: product manager, ML engineer, data scientist, data engineer and so on.",
    vague="A list of names without roles, or of roles with nobody in them.",
    weight=2,
    partner=Role.ENGINEERING_MANAGER,
    agenda="Who is on this, in which role, and for how many days a week from when?",
    example="Product manager: Aino Virtanen. ML engineer: Luis Prado, from May. Data engineering: the platform team.",
    cues=Cues(
        topic=(
            r"<role>",
            (
                r"\b(?:team(?: members?)?|personnel|members?|squad|who(?:'s| is) on|people|mentors?|"
                r"prepared by|created by|authors?|cross-functional)\b"
            ),
        ),
        headings=(
            (
                r"\b(?:team|personnel|roles?|people|members|staff(?:ing)?|who|participants|attendees|"
                r"organi[sz]ation|contacts?|authors?|present)\b"
            ),
        ),
        concrete=(
            (
                r"<person>",
                r"<role>",
                r"(?:^|[\s(|,:])(?:is|as|our|the|joins|for|takes|plays|acts|from)\b|[:=|(,]| - | – ",
            ),
            (
                r"\b(?:acts?|serves?|takes the part|role of|in the role|as) (?:\w+ ){0,4}(?:as|of|the)?\b",
                r"<team>",
                (
                    r"\b(?:provider|owner|supplier|sponsor|engineer\w*|scientist\w*|analyst\w*|integrator|"
                    r"operator|lead|annotator\w*)\b"
                ),
            ),
        ),
        never=(
            (
                r"\brole-based access\b|\brole\.ya?ml\b|\biam\b|\bin the novel\b|"
                r"\brole play\b"
            ),
        ),
    ),
    cases=(
        Case("Product manager: Aino Virtanen. ML engineer: Luis Prado, from May.", Status.ANSWERED),
        Case("| Data engineer | Chandra Pillai |", Status.ANSWERED),
        Case("- Ingrid is the data scientist, Malik our annotation lead", Status.ANSWERED),
        Case("Team: Aino, Luis, Chandra and Malik", Status.VAGUE),
        Case("| ML engineer | ? | Data engineer | ? |", Status.VAGUE),
        Case("Role-based access control is switched on.", Status.MISSING),
        Case("The rollout reached nine branches.", Status.MISSING),
    ),
)

RESPONSIBILITIES = Question(
    id="responsibilities",
    question="Who does what: which work falls to whom?",
    answered="Work or deliverables are allotted to named roles or people.",
    vague="“The team will do it”, with no name or role.",
    weight=2,
    partner=Role.ENGINEERING_MANAGER,
    agenda="For each deliverable, whose name stands next to it, and who covers when they are away?",
    example="Luis writes the loader, Chandra keeps the feature table fresh, Aino collects the signed forms.",
    cues=Cues(
        topic=(
            (
                r"\b(?:looks? after|takes? on|sees? to|brings?|fetch(?:es)?|drafts?|wires?|ports?|"
                r"migrates?|measures?|presents?|schedules?|orders?|hosts?|on call|covers? for)\b"
            ),
            (
                r"\b(?:i|we) (?:\(\w+\) )?(?:take|do|write|clean|prepare|hand)\b|@\w+ (?:to|does|will|"
                r"runs|writes)\b"
            ),
            r"\b(?:fixes|supply|supplies|go(?:es)? no further|'s desk|hands? the)\b",
            (
                r"\b(?:responsib\w+|owns?|owner|in charge|takes? care|takes? over|handles?|action items?|"
                r"to-?dos?|subtasks?|tasks?|deliverables?|assigned|assignee|does|doing|rests? with|"
                r"lies? with|is with|is on|led by|leads?|works? on|splits?|allotted|duties|"
                r"the team (?:will|should)|someone needs)\b"
            ),
            (
                r"\b(?:builds?|cleans?|writes?|prepares?|preps|gets?|collects?|labels?|annotates?|trains?|"
                r"maintains?|keeps?|runs?|reviews?|chases?|contacts?|delivers?|provides?|sets? up|"
                r"deploys?|documents?|tests?|compares?|checks?|monitors?|designs?|describes?|stops? at)\b"
            ),
        ),
        headings=(
            (
                r"\b(?:responsibilit\w+|tasks?|action items?|who does what|raci|owners?|"
                r"division of (?:labou?r|work)|work ?packages?|subtasks?|to-?dos?|deliverables?)\b"
            ),
        ),
        concrete=(
            (
                r"<doer>|<person>",
                (
                    r"\b(?:looks? after|takes? on|sees? to|brings?|fetch(?:es)?|drafts?|wires?|ports?|"
                    r"migrates?|presents?|schedules?|hosts?|covers? for)\b"
                ),
                r"(?:\w+\W+){4,}\w+",
            ),
            (r"@\w+ (?:to|does|will|runs|writes|takes|cleans|checks)\b",),
            (
                r"<two-roles>",
                (
                    r"\b(?:fixes|suppl(?:y|ies)|hands?|owns|keeps?|does|delivers?|writes?|maintains?|"
                    r"begins on|ends at)\b"
                ),
                r"(?:\w+\W+){8,}\w+",
                r"<heading>|\b(?:->|fixes|suppl(?:y|ies)|hands?|owns|'s)\b",
            ),
            (
                r"\|",
                r"<person>",
                (
                    r"\b(?:dashboard|runbook|guide|report|pipeline|labell?ing|annotation|slides|schema|loader|"
                    r"evaluation|training|deployment|monitoring|api)\b"
                ),
            ),
            (
                r"\b(?:analyst|scientist|engineer|platform|product|qa|pm) ?:",
                r"\|",
            ),
            (
                r"\b(?:'s|the \w+'s) (?:queue|desk)\b",
                r"<person>|\b(?:he|she|they) ha(?:s|ve)\b",
            ),
            (
                r"<doer>",
                r"(?:\w+\W+){4,}\w+",
                (
                    r"\b(?:data|model\w*|files?|labels?|labell?ing|annotat\w*|report\w*|pipeline|features?|"
                    r"tests?|deploy\w*|dashboard|api|interface|training|evaluation|notebook|extract\w*|"
                    r"export\w*|code|docs?|documentation|contract|sensors?|images?|recordings|baseline|"
                    r"scripts?|monitoring|schema|forms?|slides|users?|client|dump|parser|loader|tables?|"
                    r"requirements|survey|interviews|queries|metrics?|prototype|review|infra\w*|server|"
                    r"cluster|migration|backlog|queue|threshold\w*|retraining|workshop|specs?|design|logs?|"
                    r"samples?|access|guideline\w*)\b"
                ),
            ),
            (
                (
                    r"\b(?:responsible for|owns|in charge of|takes care of|is on the hook for|lies with|"
                    r"rests with|falls to|is up to|does the|delivers|handles|led by|done by|maintained by|"
                    r"written by|provided by|built by|owned by|prepared by)\b"
                ),
                r"<person>|<role>|<team>",
                r"<role>|<person>|<doer>|<two-roles>",
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                r"<person>",
                (
                    r"\b(?:responsible|owns|in charge|takes care|takes over|handles|builds|cleans|writes|"
                    r"prepares|preps|gets|collects|labels|annotates|trains|maintains|keeps|runs|reviews|"
                    r"chases|contacts?|delivers|provides|sets up|deploys|documents|tests|compares|checks|"
                    r"monitors|designs|write up|will (?:build|clean|write|prepare|collect|label|train|run|"
                    r"review|deliver|set up|deploy|own|do|handle)|does|splits|leads the|rests with|confirms?|"
                    r"has till)\b"
                ),
            ),
            (
                r"<person>",
                (
                    r"\b(?:subtasks?|action items?|tasks?|to-?dos?|runbook|dashboard|schema|backfill|harness|"
                    r"rota|pipeline|deliverables?|slides|report|annotation|loader|parser|labelling|labeling|"
                    r"deployment|monitoring)\b"
                ),
                r"[|(:]| - | – |\b(?:by|with)\b",
            ),
            (
                (
                    r"\b(?:data (?:eng\w*|scien\w*|analyst\w*)|ml engineers?|mle|ds|analysts?|scientists?|"
                    r"engineers?|product|pm|qa|platform|nurse|annotators?|legal|ops|squad|modell?ers?|"
                    r"site reliability)\b"
                ),
                (
                    r"\b(?:responsible for|owns|rests with|lies with|is with|are with|is on|is left|stops at|"
                    r"in charge of|takes care of|handles|builds|cleans|writes|maintains|runs|delivers|"
                    r"describes|provides the|tests|'s job|gives|does the|has the)\b"
                ),
                r"(?:\w+\W+){5,}\w+",
            ),
            (r"\b(?:analyst|scientist|engineer|pm|product|platform|qa)\b ?:", r"(?:\w+\W+){4,}\w+"),
        ),
        never=(
            r"\bjointly responsible\b|\ball (?:of us )?(?:are )?responsible\b",
            (
                r"\bsingle responsibility\b|\bresponsible (?:ai|use)\b|"
                r"\bin the novel\b|<hypothetical>"
            ),
            r"\bjoins? as\b|\brole-based\b",
        ),
    ),
    cases=(
        Case("Luis writes the loader, Chandra keeps the feature table fresh.", Status.ANSWERED),
        Case("| labelling guide | Malik | retraining runbook | platform squad |", Status.ANSWERED),
        Case(
            "- Data engineering owns the loader and the schema; the analysts are responsible for the weekly report",
            Status.ANSWERED,
        ),
        Case("The team will collect data, train the model and write the report.", Status.VAGUE),
        Case("Responsibilities will be split at the next meeting.", Status.VAGUE),
        Case("This class breaks the single responsibility principle.", Status.MISSING),
        Case("Fog closed the runway until noon.", Status.MISSING),
    ),
)

ROLE_BOUNDARIES = Question(
    id="role-boundaries",
    question="Where does one role end and its neighbour begin?",
    answered="An explicit line, hand-over or split between two neighbouring roles.",
    vague="Roles listed side by side only, or “we work hand in hand”.",
    weight=1,  # matters once roles and tasks are filled
    partner=Role.ENGINEERING_MANAGER,
    agenda="At which file, table or interface does one role hand over to the next, and who is paged after it?",
    example="Data engineering ends at the cleaned tables; features and everything after belong to the data scientist.",
    cues=Cues(
        topic=(
            (
                r"\b(?:our (?:side|job|part) (?:is|ends|stops)|their (?:side|job|part)|from the moment|"
                r"once it is|passes? (?:it )?(?:on|to)|picks? (?:it )?up|receives?|hands? back|"
                r"throws? over|owner(?:ship)? (?:passes|changes|moves))\b"
            ),
            (
                r"\b(?:contract between|go(?:es)? no further|don't touch|leaves? the \w+ alone|begins on|"
                r"fixes)\b"
            ),
            (
                r"\b(?:until|from there|after that|takes? over|from then|beyond|not touch|rest is|"
                r"the rest|line|border|both sides|ours|theirs|owns?|responsible|job)\b"
            ),
            (
                r"\b(?:stops? at|ends? (?:at|with|where)|begins?|starts? (?:at|where|with)|hands? over|"
                r"hand-?over|hand-?off|hands? off|boundar(?:y|ies)|the line between|interfaces? between|"
                r"split between|everything (?:from|after|before|else)|and up|and below|up to|onwards?|"
                r"upstream|downstream|not (?:by )?(?:qa|product|us|them|the)|left (?:entirely )?to|"
                r"whereas|while the|in turn|hand in hand|separation|division|whether \w+ or \w+)\b"
            ),
            (
                r"\b(?:with|by) (?:ds|mle|qa|ml|product|platform|data eng\w*|the (?:data )?(?:scientist|"
                r"engineer|analyst)s?)\b"
            ),
        ),
        headings=(
            (
                r"\b(?:role boundar\w+|hand-?overs?|hand-?offs?|interfaces?|division of (?:labou?r|work)|"
                r"raci)\b"
            ),
        ),
        concrete=(
            (
                r"<two-roles>",
                (
                    r"\b(?:our (?:side|job|part)|their (?:side|job|part)|from the moment|"
                    r"passes? (?:it )?(?:on|to)|picks? (?:it )?up|hands? back|owner(?:ship)? (?:passes|"
                    r"changes|moves)|hand(?:s|ed)? (?:\w+ ){0,3}to)\b"
                ),
                r"(?:\w+\W+){8,}\w+",
            ),
            (
                (
                    r"\b(?:go(?:es)? no further|don't touch|do not touch|leaves? (?:the )?\w+ alone|"
                    r"contract between|begins on|\w+ fixes)\b"
                ),
                r"<two-roles>|<role>",
                r"(?:\w+\W+){7,}\w+",
            ),
            (
                r"<two-roles>",
                (
                    r"\b(?:stops?|ends?|until|from there|after that|takes? (?:it )?over|from then|hand(?:s|"
                    r"ed)? (?:\w+ ){0,2}over|hand-?over|hand-?off|beyond|not touch|keeps? (?:its|"
                    r"their) hands off|hands off|the rest|rest is|the line|border|both sides|up to|onwards?|"
                    r"everything|anything|but not|does not|do not|never|only|instead of|not (?:by|the)|while|"
                    r"whereas|in turn|past that|before that|downstream|upstream|split|belongs?|is with)\b"
                ),
                (
                    r"\b(?:data|model\w*|features?|tables?|pipeline|code|deploy\w*|training|retraining|"
                    r"labels?|queries|sql|dashboards?|api|container|docker\w*|notebook|metrics?|serving|"
                    r"monitoring|pager|production|schema|requirements|clauses|tests?|cluster|image|infra\w*|"
                    r"experiments?|threshold\w*|evaluation|report\w*|raw|clean\w*|backlog|interface|"
                    r"behaviou?r|stor(?:e|age)|scoring|release|schedule)\b"
                ),
                r"(?:\w+\W+){7,}\w+",
            ),
            (
                (
                    r"\b(?:stops? at|ends? (?:at|with|where)|begins? (?:at|where|with)|starts? (?:at|where|"
                    r"with)|hands? over|hand-?over|hands? off|hand-?off|everything (?:from|after|before|else)|"
                    r"and up|and below|up to|onwards?|left (?:entirely )?to|in turn|do(?:es)? not (?:touch|"
                    r"alter|change)|is with|are with|belongs? to|whereas)\b"
                ),
                (
                    r"\b(?:data (?:eng\w*|scien\w*|analyst\w*)|ml engineers?|mle|ds|analysts?|scientists?|"
                    r"engineers?|engineering|product|pm|qa|platform|ops|legal|modell?ers?|ml team|research|"
                    r"backend)\b"
                ),
                (
                    r"\b(?:data scien\w*|data scientist's|scientists?|mle|ml|engineers?|analysts?|product|pm|"
                    r"qa|platform|ops|modell?ers?|research|backend|ds|features|mart|tables|pager|model|"
                    r"annotators?)\b[^.]{0,80}\b(?:scien\w*|mle|ml|engineers?|analysts?|product|pm|qa|"
                    r"platform|ops|modell?ers?|research|backend|ds|us|them|who)\b"
                ),
            ),
            (
                # People stand for their roles: "from the registry onwards Ann owns it".
                r"<person>",
                (
                    r"\b(?:hand(?:s|ed)? (?:\w+ ){0,3}over|hand-?overs?|hand-?off|from there|takes? (?:it )?from|"
                    r"onwards|work ends|up to the|everything (?:from|after|before))\b"
                ),
                r"\b(?:data|models?|features?|tables?|code|registry|pipeline|scoring|serving|reports?|training)\b",
                r"(?:\w+\W+){9,}\w+",
            ),
            (
                r"\b(?:analyst|data engineer|engineer|scientist|product|platform|qa|ds|mle) ?:",
                r"\| ?(?:data )?(?:scientist|engineer|analyst|mle|ml|ds|product|platform|qa) ?:",
            ),
            (
                (
                    r"\bby ml, not (?:by )?qa\b|\b(?:not|rather than) (?:by )?(?:qa|product|platform|"
                    r"data eng\w*|the data (?:scientist|engineer|analyst)s?|mle|ds|analytics)\b"
                ),
                r"\b(?:tests?|tested|owns?|builds?|does|done|belongs?|behaviou?r|with)\b",
            ),
        ),
        hedges=(r"\bhand in hand\b|\bclear interfaces\b|\bblurr\w+\b",),
        never=(
            (
                r"\bdecision boundar\w+\b|\bboundary (?:box|condition)\w*\b|\bbounding box\w*|"
                r"\brole\.ya?ml\b|\bnamespace\b|<hypothetical>"
            ),
        ),
    ),
    cases=(
        Case(
            "Data engineering ends at the cleaned tables; everything after that belongs to the data scientist.",
            Status.ANSWERED,
        ),
        Case("| analyst: queries up to the monthly report | scientist: anything that is trained |", Status.ANSWERED),
        Case("- platform hands over a running cluster, the ML engineers own what is deployed on it", Status.ANSWERED),
        Case("Analysts and engineers will work hand in hand.", Status.VAGUE),
        Case("The line between the two roles is still to be defined.", Status.VAGUE),
        Case("The decision boundary is smooth.", Status.MISSING),
        Case("Bounding boxes were drawn twice.", Status.MISSING),
    ),
)

DECISION_OWNER = Question(
    id="decision-owner",
    question="Who decides: one accountable person or body for scope, metric and launch?",
    answered="A person or body is said to decide, approve or be accountable.",
    vague="“Stakeholders will decide”, “we decide together”.",
    weight=3,  # a project with an owner can settle everything else
    partner=Role.SPONSOR,
    agenda="Who alone can say yes or no to scope, metric and launch, and who when that person is away?",
    example="Launch is decided by Aino Virtanen; changes of scope go to the steering board.",
    cues=Cues(
        topic=(
            (
                r"\b(?:has to (?:agree|approve|sign)|must (?:agree|approve|sign)|needs (?:the|a) (?:yes|"
                r"ok|okay|approval|signature)|gives the (?:go|green)|releases? it|nothing (?:ships|"
                r"goes live|changes)|in charge|yes or no|rules on|settles)\b"
            ),
            (
                r"\b(?:is mine|without \w+'s (?:ok|okay|yes|nod|approval)|answers for|"
                r"picks the|pulls the plug)\b"
            ),
            (
                r"\b(?:(?:his|her|their|whose|'s) call\b|call is with|green light|blessing|permission|"
                r"say-so|okay of|ok of|signature|pull the plug|stop the project|alone|arbiter|rests with|"
                r"lies with|buck stops|up to (?:the|her|him)|may (?:stop|launch|change)|veto|escalat\w+|"
                r"overrule[sd]?|signs?)\b|'s call\b"
            ),
            (
                r"\b(?:decides?|decided by|decision(?:s)?(?: maker| owner|-maker)?|decision makers?|"
                r"accountable|accountability|approv(?:es|al|ed by|er)|final (?:say|word|decision|call)|"
                r"last word|has the say|sign(?:s|ed)? off|signs every|go ?/ ?no-?go|go-no-go|veto|"
                r"consent of|ruling|authority|authori[sz]es|mandate|steering|calls the shots|nobody else|"
                r"binding|project lead|product owner decides)\b"
            ),
        ),
        headings=(
            (
                r"\b(?:decision(?:s)?(?: owner| maker)?|accountab\w+|approvals?|governance|go ?/ ?no-?go|"
                r"raci|escalation)\b"
            ),
        ),
        concrete=(
            (
                (
                    r"\b(?:has to (?:agree|approve|sign)|must (?:agree|approve|sign)|needs (?:the|a) (?:yes|"
                    r"ok|okay|approval|signature)|gives the (?:go|green)|nothing (?:ships|goes live|changes)|"
                    r"yes or no|rules on|settles)\b"
                ),
                r"<person>|<role>|<team>",
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                r"\b(?:final call|last word|decision|call)\b",
                r"\b(?:is mine|is (?:his|hers)|i'll take)\b",
            ),
            (
                (
                    r"\bwithout \w+'s (?:ok|okay|yes|nod|approval|signature|consent)\b|"
                    r"\bpulls the plug\b"
                ),
            ),
            (
                (
                    r"\b(?:call is with|green light|blessing|say-so|pull(?:s)? the plug|"
                    r"stop(?:s)? the project|arbiter|buck stops|last say|final|the say|decides?|decision|"
                    r"accountable|launch|go-?live|rollout|scope|sign(?:s|ature)?|veto|overrule[sd]?|"
                    r"approv\w+)\b|'s call\b"
                ),
                (
                    r"\b(?:alone|only|nobody else|rests with|lies with|is with|up to|without|requires?|needs?|"
                    r"from|of|by|must|may|has|goes to|is|owner|:|\||=)\b"
                ),
                (
                    r"\b(?:chief|head of|director|board|committee|council|editor-in-chief|cto|ceo|coo|cfo|cmo|"
                    r"vp|dispatcher|sponsor|product owner|steering|commissioner|mayor|principal|dean|matron|"
                    r"captain|owner of|managing|president|partner|secretary|officer)\b"
                ),
                r"(?:\w+\W+){4,}\w+",
            ),
            (
                (
                    r"\b(?:go ?/ ?no-?go|launch|go-?live|rollout|scope|kpi|metric|target|release|budget|stop|"
                    r"veto)\b"
                ),
                (
                    r"\b(?:decides?|decision|call|say|approv\w+|accountable|sign\w*|word|okay|alone|nobody|"
                    r"veto|permission|green light)\b"
                ),
                r"<person>",
            ),
            (
                (
                    r"\b(?:decides?|decided by|decision (?:is|lies|rests|owner|maker)|accountable|approv(?:es|"
                    r"al of|al by|ed by|er)|final (?:say|word|decision|call)|last word|signs? (?:off|every)|"
                    r"go ?/ ?no-?go|veto|consent of|nobody else|authori[sz]es|owns the decision)\b"
                ),
                r"<person>",
            ),
            (
                (
                    r"\b(?:decides?|decided by|accountable|requires? the (?:consent|approval) of|approv(?:es|"
                    r"al of|al by|ed by)|final (?:say|word|decision|call)|last word|signs? (?:off|every)|veto|"
                    r"ruling|go to the|binding|authori[sz]es)\b"
                ),
                (
                    r"\b(?:chief|head of|director|board|committee|council|editor-in-chief|cto|ceo|coo|cfo|cmo|"
                    r"vp|dispatcher|manager|sponsor|product owner|steering|panel|commissioner|mayor|principal|"
                    r"dean|matron|officer|pm|po)\b"
                ),
            ),
        ),
        hedges=(r"\bstakeholders (?:will )?decide|\btogether\b|\bby consensus\b|\bdata-driven decision",),
        never=(
            r"\bjoked\b|^suppose\b",
            (
                r"\bdecision (?:tree|boundary|forest|support|rule|function|threshold|surface)s?\b|"
                r"<hypothetical>"
            ),
        ),
    ),
    cases=(
        Case("Launch is decided by Aino Virtanen and nobody else.", Status.ANSWERED),
        Case("| Accountable | head of claims, R. Osei | scope and launch |", Status.ANSWERED),
        Case("- the pricing board has the last word on any change of the target", Status.ANSWERED),
        Case("Stakeholders will decide after the pilot.", Status.VAGUE),
        Case("Decision maker: tbd", Status.VAGUE),
        Case("A decision tree of depth 3 was fitted.", Status.MISSING),
        Case("Bananas are graded at the port.", Status.MISSING),
    ),
)

PATTERN = Pattern(
    id="roles",
    title="Fuzzy roles",
    why="Data scientist, ML engineer, analyst and product manager mean different things in every company. Where nobody "
    "said who does and who decides what, work falls between two chairs or is done twice, and decisions wait for a meeting.",
    questions=(ROLES_ASSIGNED, RESPONSIBILITIES, ROLE_BOUNDARIES, DECISION_OWNER),
    first_steps={
        Role.ENGINEERING_MANAGER: "Put the deliverables on a board and ask each person to write a name under every one.",
        Role.SPONSOR: "Ask the sponsor to name one person who decides on scope, metric and launch, in writing.",
    },
)
