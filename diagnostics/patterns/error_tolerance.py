"""Undefined error tolerances: nobody said which mistakes hurt, how many are fine and what catches them."""

from diagnostics.findings import Status
from diagnostics.patterns._contract import Case, Cues, Pattern, Question
from diagnostics.records import Role

ERROR_COSTS = Question(
    id="error-costs",
    question="Which mistakes hurt, whom, and is a false positive or a false negative worse?",
    answered="It says what a wrong output does to someone, or which kind of mistake is preferred.",
    vague="“Errors should be minimised.”",
    weight=3,  # decides threshold, metric and remedy
    partner=Role.DOMAIN_EXPERT,
    agenda="Tell us about the worst wrong answer you can imagine: who is hurt, and is a false alarm any better?",
    example="A missed leak floods a cellar; a false alarm costs the fitter one needless visit.",
    cues=Cues(
        topic=(
            (
                r"\b(?:better (?:to|a|one|too|be)|rather (?:a|one|too|have|be|miss|lose)|safe side|spared|"
                r"harmed?|hurts?|the other way (?:round|around)|conversely)\b"
            ),
            (
                r"\b(?:prefer precision|prefer recall|bogus|innocent|"
                r"good \w+ (?:in|out of) \w+|precision may drop|can't be (?:brought|"
                r"undone))\b"
            ),
            (
                r"\b(?:lets? (?:\w+ ){0,4}(?:through|slip)|fails? to (?:spot|catch|flag|notice)|"
                r"not (?:flagged|caught|spotted|noticed)|blam\w+|turned away|blocked|accus\w+|too (?:late|"
                r"early|soon)|confus\w+|mix(?:es|ed|ing)? up|unnecessary|for nothing|in vain|"
                r"bad (?:answer|advice|guess|forecast)|harmless|unforgivable|nuisance|false)\b"
            ),
            (
                r"\b(?:false (?:positives?|negatives?|alarms?|accusations?|rejections?|alerts?)|"
                r"wrong(?:ly)?|mistakes?|mistaken(?:ly)?|errors?|miss(?:ed|es|ing)?|overlook\w*|"
                r"mis-?(?:classif\w+|tagg\w+|label\w+|diagnos\w+|rout\w+|sort\w+|read\w*)|incorrect\w*|"
                r"underpric\w+|overpric\w+|under-?estimat\w+|over-?estimat\w+|too (?:high|low|many|few|"
                r"much)|unneeded|needless|rejected|accepted|failures?|falsely)\b"
            ),
            (
                r"\b(?:worse|costlier|more (?:harmful|expensive|costly|serious)|prioriti[sz]\w+|"
                r"matters more|prefer\w*|rather than|merely|just means|consequences?|hides?)\b"
            ),
        ),
        headings=(
            (
                r"\b(?:errors?|mistakes?|false (?:positives?|negatives?)|error costs?|cost of (?:errors?|"
                r"mistakes)|consequences|harms?|impact of|failure modes?)\b"
            ),
        ),
        concrete=(
            (
                r"\b(?:better|rather)\b",
                r"\bthan\b",
                (
                    r"\b(?:miss\w*|false|wrong\w*|alarm\w*|too (?:many|few|much|little|early|late|often)|"
                    r"once too|one too|overlook\w*|fail\w*|reject\w*|accept\w*|flag\w*)\b"
                ),
                r"(?:\w+\W+){6,}\w+",
            ),
            (
                r"\b(?:the other way (?:round|around)|conversely|whereas)\b",
                (
                    r"\b(?:costs?|harm\w*|hurts?|lose[sd]?|loss|nobody|nothing|only|merely|angry|danger\w*|"
                    r"minutes?)\b|<money>"
                ),
                r"(?:\w+\W+){8,}\w+",
            ),
            (
                r"\b(?:prefer|favou?r) (?:precision|recall|a false|false)\b",
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                r"\b(?:bogus|innocent|wrongly|falsely|false (?:bell|alarm|alert|hit)s?)\b",
                r"\b(?:triggers?|costs?|comparable|worse|angry|complain\w*|call|than|with)\b",
                r"(?:\w+\W+){6,}\w+",
            ),
            (
                r"\bput up with\b",
                r"\bbut not (?:with )?(?:a|one)\b",
            ),
            (r"\bprecision may (?:drop|be)\b|\brecall may (?:drop|be)\b",),
            (
                (
                    r"\b(?:false \w+|wrong(?:ly)?|mistakes?|mistaken\w*|miss(?:ed|es|ing)?|overlook\w*|"
                    r"mis-?\w{5,}|incorrect\w*|under-?\w{5,}ing|over-?\w{5,}ing|lets? (?:\w+ ){0,4}(?:through|"
                    r"slip)|fails? to (?:spot|catch|flag|notice)|not (?:flagged|caught|spotted|noticed)|"
                    r"blam\w+|turned away|blocked|accus\w+|too (?:late|early|soon|high|low|many|few|much)|"
                    r"confus\w+|mix(?:es|ed|ing)? up|unnecessary|needless|for nothing|bad (?:answer|advice|"
                    r"guess|forecast))\b"
                ),
                (
                    r"\b(?:angry|churn|leaves?|dies?|died|kill\w*|burn\w*|breaks?|recall(?:s|ed)?|lawsuit|"
                    r"sue[ds]?|fine[ds]?|penalt\w*|waits?|delay\w*|refunds?|apolog\w*|embarrass\w*|reputation|"
                    r"only|just|merely|minutes?|seconds|money|redo|nothing|nobody|no harm|harmless|cheap|"
                    r"expensive|unforgivable|serious|severe|annoying|nuisance|irritat\w+|worse|costs?|"
                    r"lose[sd]?|loses|lost|harm\w*|hurt\w*|hospital|court|police|press|crop|poison\w*|"
                    r"spoil\w*|waste\w*|scrap\w*|strand\w*|empty|trust|never come back|ruin\w*|whereas|"
                    r"while)\b"
                ),
                r"(?:\w+\W+){7,}\w+",
            ),
            (
                (
                    r"\b(?:false (?:positives?|negatives?|alarms?|alerts?|accusations?|rejections?)|"
                    r"wrong(?:ly)?|mistakes?|miss(?:ed|es|ing)?|overlook\w*|mis-?(?:classif\w+|tagg\w+|"
                    r"label\w+|diagnos\w+|rout\w+|sort\w+)|incorrect\w*|underpric\w+|overpric\w+|"
                    r"under-?estimat\w+|over-?estimat\w+|needless|unneeded|hides?|takes? .{1,30} for|rejected|"
                    r"accepted|falsely|identified as)\b"
                ),
                (
                    r"\b(?:kill\w*|dies?|death|costs?|sued|sues|lose|loses|lost|loss|harm\w*|hurt\w*|injur\w*|"
                    r"worse|wait\w*|re-?(?:do|print|work|peat)\w*|pays?|paid|scares?|floods?|fine[ds]?|angry|"
                    r"offend\w*|damage\w*|ends? up|just (?:means?|costs?)|merely|means|needless|annoy\w*|"
                    r"denied|refused|leaves?|trust|drives?|hospital|spoil\w*|delays?|"
                    r"recall(?:ed|s)? (?:of|from)|copy|risk\w*|undetected|untreated|only costs?|problems|"
                    r"so (?:we|it|they)|since|because)\b"
                ),
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                r"\bfalse (?:positives?|negatives?|alarms?)\b",
                (
                    r"\b(?:worse|than|prefer\w*|rather|more (?:harmful|expensive|costly|serious|important)|"
                    r"matters? more|acceptable|tolerable|prioriti\w+)\b"
                ),
            ),
            (
                r"\b(?:prioriti[sz]\w+|favou?rs?|weigh\w*|prefer\w*)\b",
                r"\b(?:recall|precision|sensitivity|specificity|false)\b",
                r"\b(?:over|than|to|because|since|so)\b",
            ),
            (r"\bworse than (?:no|none|nothing|not|a|an|the|leaving)\b",),
            (r"\bis worse\b|\bworse than\b", r"(?:\w+\W+){5,}\w+"),
            (r"\bsince\b|\bbecause\b", r"\b(?:can't|cannot) be (?:undone|restored|recovered)\b"),
        ),
        hedges=(
            (
                r"\b(?:kept to a minimum|negative impact on|which (?:mistakes|errors) matter|"
                r"what kinds of mistakes|should be (?:avoided|minimi[sz]ed)|minimi[sz]e errors)\b"
            ),
        ),
        never=(
            (
                r"\berror \d{3}\b|\bstandard errors?\b|\bmissing values?\b|\b(?:http|server|build|compile|"
                r"timeout) errors?\b|\bno worse than\b|<hypothetical>"
            ),
        ),
    ),
    cases=(
        Case("A missed leak floods a cellar; a false alarm costs the fitter one needless visit.", Status.ANSWERED),
        Case(
            "| wrong dose flagged | nurse re-checks in a minute | wrong dose passed | patient harmed |", Status.ANSWERED
        ),
        Case(
            "- false negatives are worse than false positives here, the vet looks at every alert anyway",
            Status.ANSWERED,
        ),
        Case("Errors should be avoided wherever possible.", Status.VAGUE),
        Case("We still need to think about which mistakes matter.", Status.VAGUE),
        Case("Error 404 when opening the wiki page.", Status.MISSING),
        Case("Standard errors are given in brackets.", Status.MISSING),
    ),
)

ERROR_RATE = Question(
    id="error-rate",
    question="What rate of which mistake is acceptable?",
    answered="A tolerable rate, threshold or bound for one kind of mistake; a precision or recall floor chosen for it counts.",
    vague="“Few errors.” A plain accuracy target does not tell which mistakes are left.",
    weight=2,
    partner=Role.PRODUCT_MANAGER,
    agenda="Out of a hundred cases, how many wrong ones of each kind would you still put up with?",
    example="At most 1 in 200 genuine tickets may be closed by mistake; up to 5 % of spam may slip through.",
    one_value=True,
    cues=Cues(
        topic=(
            r"\b(?:live with)\b",
            (
                r"\b(?:false (?:positives?|negatives?|alarms?|rejections?|alerts?|acceptances?)|"
                r"wrong(?:ly)?|by mistake|mistakes?|errors?|error rates?|miss(?:ed|es)?|miss rate|"
                r"let through|slip\w* through|precision|recall|sensitivity|specificity|fpr|fnr|tolera\w+|"
                r"acceptable|put up with|misclassif\w+|mis-?sort\w+|declined|rejected|threshold|"
                r"confidence score)\b"
            ),
        ),
        headings=(r"\b(?:error (?:rates?|tolerances?|budget)|tolerances?|acceptable|thresholds?|mistakes?)\b",),
        concrete=(
            (
                r"\b(?:live with|put up with|tolerate|accept|ok with|fine with)\b",
                r"\b(?:\d+|one|two|three|four|five|ten)\b",
                r"\b(?:false|wrong|bogus|missed|bad|needless)\b",
            ),
            (
                (
                    r"\b(?:false \w+|wrong(?:ly)?|mistakes?|mistaken\w*|miss(?:ed|es)?|error[s]?|mis-?\w{5,}|"
                    r"by mistake|slip\w*|overlook\w*|needless|unnecessary|failures?)\b"
                ),
                (
                    r"\b(?:at most|no more than|not more than|never more|up to|max\w*|under|below|less than|"
                    r"fewer than|is (?:fine|ok|okay|acceptable|tolerable)|are (?:fine|ok|okay|acceptable|"
                    r"tolerable)|would be (?:fine|ok|acceptable|too)|can live with|tolerat\w+|acceptable|"
                    r"allowed|limit|ceiling|bound|cap|budget)\b|<=|≤|<"
                ),
                r"\b(?:\d|one|two|three|four|five|ten|twenty|zero|none|half|a single)\b|\d",
            ),
            (
                (
                    r"\b(?:precision|recall|sensitivity|specificity|fpr|fnr|false (?:positive|negative|alarm|"
                    r"acceptance|rejection) rate)\b"
                ),
                r"<bound>",
                r"\d",
                (
                    r"\b(?:must|may|never|floor|threshold|at least|at most|no (?:less|lower|higher|more)|"
                    r"minimum|required|need\w*|tolera\w+|accept\w+|below|under|above|drop|fixed|because|"
                    r"since)\b|>=|<=|≥|≤"
                ),
            ),
            (
                (
                    r"\b(?:false (?:positives?|negatives?|alarms?|rejections?|alerts?|"
                    r"acceptances?)(?: rates?)?|wrong(?:ly)?|by mistake|mistakes?|miss(?:ed|es)?|miss rate|"
                    r"let through|slip\w* through|fpr|fnr|misclassif\w+|mis-?sort\w+|declined|false rejection|"
                    r"overlooked|needless)\b"
                ),
                r"<bound>",
                r"<percent>|\b\d|\b(?:one|two|three|five) (?:in|out of|of|per|\w+ in)\b",
            ),
            (
                r"\b(?:precision|recall|sensitivity|specificity)\b",
                r"<bound>",
                r"\d",
                (
                    r"\b(?:so that|because|since|floor|never|at least|must|may|not below|no lower|minimum|for|"
                    r"on|fixed|threshold|drop)\b|>=|≥"
                ),
            ),
            (
                r"\b(?:would |can |could )?(?:put up with|tolerat\w+|accept\w*|live with|allow\w*)\b",
                r"\b(?:one|two|three|five|ten|\d+)\b",
                r"\b(?:in|of|per|%|out of|a (?:day|week|month|shift|year))\b|%",
                r"\b(?:wrong\w*|false|mistakes?|errors?|thrown|missed|alarms?|rejected|declined)\b",
            ),
            (
                (
                    r"\b(?:acceptable|tolerable|allowed|maximum) (?:\w+ ){0,3}(?:error|miss|"
                    r"false \w+) ?(?:rate)?\b"
                ),
                r"<number>",
            ),
        ),
        never=(
            r"\bpacket error\b|\bbit error\b|\bword error rate\b|<hypothetical>",
            r"\b(?:mean (?:absolute|squared)|root mean|standard) errors?\b",
            r"\b(?:achieved|obtained|reached|had|was|were) \d",
        ),
    ),
    cases=(
        Case("At most 1 in 200 genuine tickets may be closed by mistake.", Status.ANSWERED),
        Case("| false alarms | <= 3 per shift | missed fires | none |", Status.ANSWERED),
        Case("- recall floor on cracked welds: 0.98, precision may be as low as 0.4", Status.ANSWERED),
        Case("Only few mistakes are acceptable.", Status.VAGUE),
        Case("Tolerable error rate: to be discussed with the clinic", Status.VAGUE),
        Case("Packet error rate was 2 % during the storm.", Status.MISSING),
        Case("The clock runs ten seconds late.", Status.MISSING),
    ),
)

ML_FIT = Question(
    id="ml-fit",
    question="Is machine learning the right solution, against rules or a person?",
    answered="An alternative (rules, manual work, off-the-shelf, doing nothing) is weighed, or it says why ML is needed.",
    vague="“ML will automate this.”",
    weight=2,
    partner=Role.ENGINEERING_MANAGER,
    agenda="What would three good rules, or one more person, achieve, and why is that not enough?",
    example="Twelve rules cover the big suppliers; free layouts broke every rule within a month, so we learn those.",
    cues=Cues(
        topic=(
            (
                r"\b(?:why not|do we (?:even )?need|good enough|simpler|simple|without training|"
                r"already solves?|no pattern|by eye|clerks?|trained eye|manual process|hand-?tuned|"
                r"hand-?made|if-then)\b"
            ),
            (
                r"\b(?:linear programming|lookup table|stay(?:s)? rule-based|no model needed|"
                r"solver|optimi[sz]er)\b"
            ),
            (
                r"\b(?:checklist|formula|simple (?:average|count|query|model|statistics)|thresholds?|"
                r"macro|script|dictionary|interns?|students?|temp workers|experts|saas|status quo|"
                r"overkill|without ml|no ml|first attempt|tried)\b"
            ),
            (
                r"\b(?:rules?|rule-based|heuristics?|regex(?:es)?|if/else|thresholds|hard-?coded|"
                r"hand-?written|manual(?:ly)?|by hand|humans?|off[- ]the[- ]shelf|vendor|buy|do nothing|"
                r"doing nothing|spreadsheet|lookup|keyword|traditional|conventional|simple approach|"
                r"alternative[s]?|in-person|instead of)\b"
            ),
            (
                r"\b(?:machine learning|ml|deep learning|ai|neural network|nlp|learned|computer vision|"
                r"computational methods|data science|data mining|automat\w+)\b"
            ),
        ),
        headings=(
            (
                r"\b(?:why (?:ml|machine learning|ai)|alternatives?|ml fit|options|build (?:vs|or) buy|"
                r"is ml|approach|justification|suitability|feasibility)\b"
            ),
        ),
        concrete=(
            (
                (
                    r"\b(?:simpler|simple|good enough|already solves?|by eye|clerks?|hand-?tuned|hand-?made|"
                    r"if-then|manual process)\b"
                ),
                r"\b(?:ml|machine learning|model\w*|learn\w*|network|classifier|ai)\b",
                (
                    r"\b(?:not|no|but|than|because|since|instead|enough|cannot|can't|too|only|beats?|so|"
                    r"therefore)\b"
                ),
                r"(?:\w+\W+){8,}\w+",
            ),
            (
                (
                    r"\b(?:no (?:model|ml|machine learning) (?:is )?needed|"
                    r"without (?:ml|a model)|ml (?:is )?(?:not needed|overkill)|stays? rule-based|"
                    r"gets you there)\b"
                ),
                r"(?:\w+\W+){4,}\w+",
            ),
            (
                (
                    r"\b(?:rules?|rule-based|heuristics?|regex(?:es)?|if/else|thresholds?|hard-?coded|"
                    r"hand-?written|checklist|formula|simple (?:average|count|query|statistics)|macro|script|"
                    r"dictionary|lookup|spreadsheet|excel|keyword\w*|interns?|temp workers|experts|manual\w*|"
                    r"by hand|off[- ]the[- ]shelf|vendor|commercial|saas|do(?:ing)? nothing|status quo|"
                    r"humans?|people|clerks?)\b"
                ),
                (
                    r"\b(?:fails?|failed|unnoticed|not (?:enough|scale|work|cope|able|keep|catch|see)|doesn't|"
                    r"don't|didn't|can't|cannot|broke|break\w*|outdated|gave up|too (?:many|slow|rigid|"
                    r"brittle|costly|expensive|coarse|much|few)|hence|that's why|reason|misse[sd]|differs?|"
                    r"survived|keeps? up|unable|brittle|var(?:y|ies)|ruled out|tried|only (?:catch|cover|get|"
                    r"reach|work|manage)\w*|no longer|would (?:need|take|cost|have)|explod\w+|impossible|"
                    r"reached|topped out|plateau\w*|stuck at|enough|suffices?|beats?|cheaper|overkill|"
                    r"hopeless|stopped|per (?:hour|item|page|minute|case|image))\b"
                ),
                (
                    r"\b(?:ml|machine learning|model\w*|automat\w+|nlp|ai|learn\w*|classifier|network|"
                    r"detector|predict\w*|algorithm\w*|that's why|hence|so we|therefore|instead|because|"
                    r"whereas|versus|vs|against|which is why|overkill|suffices?|ruled out|no ml|while)\b"
                ),
                r"(?:\w+\W+){8,}\w+",
            ),
            (
                (
                    r"\b(?:rules?|rule-based|heuristics?|regex(?:es)?|if/else|thresholds|hard-?coded (?:\w+)?|"
                    r"hand-?written|off[- ]the[- ]shelf|vendor|do nothing|doing nothing|spreadsheet|keyword|"
                    r"traditional|conventional|static|lookup)\b"
                ),
                (
                    r"\b(?:fails?|failed|unnoticed|not (?:enough|scale|work|cope|able|keep)|can't|cannot|"
                    r"broke|break|outdated|gave up|too (?:many|slow|rigid|brittle|costly)|hence|so (?:we|a|"
                    r"the)|because|reason|miss(?:ed|es)?|differs?|survived|keeps up|instead|unable|brittle|"
                    r"varies|change|might|ruled out|tried|limits?|grows|no longer|would need)\b"
                ),
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                (
                    r"\b(?:manual(?:ly)?(?: \w+)?|human (?:\w+)|by hand|in-person|inspectors?|annotators?|"
                    r"reviewers?|people|staff|teams)\b"
                ),
                (
                    r"\b(?:infeasible|not feasible|impossible|ruled out|too (?:slow|expensive|many|costly|"
                    r"large)|time[- ]consuming|expensive|would (?:cost|take|need)|does not scale|"
                    r"doesn't scale|cannot (?:scale|keep|review)|can't|impractical|only (?:a few|review|see)|"
                    r"few percent|backlog|cheaper|error[- ]prone|labou?r[- ]intensive|will not|at scale)\b"
                ),
                (
                    r"\b(?:ml|machine learning|model|models|automat\w+|nlp|ai|learn\w*|techniques|methods|"
                    r"data science|computer|computational|algorithms?|ruled out|deep|identif\w+|"
                    r"review|detector|therefore|hence)\b"
                ),
            ),
            (
                r"\b(?:instead of|rather than|over|versus|vs\.?|against|compared to)\b",
                (
                    r"\b(?:rules?|rule-based|manual\w*|humans?|heuristics?|by hand|traditional|"
                    r"regex\w*|off[- ]the[- ]shelf|vendor)\b"
                ),
                r"\b(?:ml|machine learning|ai|model|learn\w*|deep learning|automat\w*|nlp|neural)\b",
            ),
            (
                r"\b(?:reason|because|since|why)\b",
                r"\b(?:we use|use|using|need|needed|chose|choose|go for|opt for)\b",
                r"\b(?:deep learning|machine learning|ml\b|learned|neural|nlp|computer vision)",
                r"(?:\w+\W+){8,}\w+",
            ),
            (
                r"\b(?:do nothing|buy|vendor|own model|options?|alternatives?)\b",
                r"\b(?:->|fails?|vs|/|or)\b|->",
                r"\b(?:own model|model|build|rules?)\b",
            ),
            (
                r"\brule-based (?:system|baseline|approach)\b",
                r"(?:\w+\W+){4,}\w+",
                r"\b(?:baseline|advanced|simple|fallback|using)\b",
            ),
        ),
        never=(
            (
                r"\bfirewall rules?\b|\bassociation rules?\b|\bchain rule\b|\brule of thumb\b|"
                r"\bcurve fit\b|\bvendor invoices?\b|\b(?:competition|house) rules\b"
            ),
        ),
    ),
    cases=(
        Case(
            "Twelve regexes cover the big suppliers; free layouts broke every rule within a month, so we learn those.",
            Status.ANSWERED,
        ),
        Case(
            "| Alternatives | buy vendor tool: fails on Thai | rules: too many exceptions | -> own model |",
            Status.ANSWERED,
        ),
        Case(
            "Checking every photo by hand would take 40 people, which is ruled out; a model sees them all.",
            Status.ANSWERED,
        ),
        Case("AI will automate the process end to end.", Status.VAGUE),
        Case("- Approach: machine learning, details later", Status.VAGUE),
        Case("Firewall rules were updated on Monday.", Status.MISSING),
        Case("Dinner is at eight in the old harbour.", Status.MISSING),
    ),
)

REMEDIATION = Question(
    id="remediation",
    question="What happens when it is wrong?",
    answered="A concrete mechanism: review queue, override, appeal, fallback rule, confidence threshold to a person, rollback.",
    vague="“We will monitor and improve.”",
    weight=3,  # the cheapest way to live with a model that errs
    partner=Role.PRODUCT_MANAGER,
    agenda="When it is unsure or wrong, who sees it, what can they do, and what does the user get meanwhile?",
    example="Scores from 0.4 to 0.7 go to the night desk, which confirms or overrules within an hour.",
    cues=Cues(
        topic=(
            (
                r"\b(?:reprint\w*|resend|re-?check\w*|compensat\w+|hotline|help ?desk|service desk|"
                r"pauses?|paused|freezes?|quarantine\w*|on hold|held for|brakes?|plan b|spare|back-?up|"
                r"old (?:way|system|process|rules?)|by phone|four eyes|signs? off each|vetoes?|"
                r"discard\w*)\b"
            ),
            r"\b(?:link|contest)\b",
            (
                r"\b(?:parked|held back|second pair|supervisor|call centre|button|report (?:a |"
                r"the )?(?:mistake|error|wrong)|complain\w*|objection\w*|dispute[ds]?|revert\w*|"
                r"restore[ds]?|previous version|yesterday's|last known|safe mode|in doubt|doubtful|"
                r"borderline|grey zone|looked at by|looks at|double check|on call|pager|if (?:it|"
                r"the model) (?:is|goes|fails|breaks|cannot))\b"
            ),
            (
                r"\b(?:review(?:s|ed|er|ers)?|queue|overrid\w+|overrul\w+|overturn\w*|appeals?|"
                r"fall-?backs?|falls? back|roll-?back|rolled back|feature flag|kill switch|"
                r"switch(?:ed)? off|turn(?:ed)? off|take down|human[- ]in[- ]the[- ]loop|"
                r"escalat\w+|second (?:look|model|opinion|reader|check)|double[- ]check\w*|confirm\w*|"
                r"manual (?:check|review|mode|setting)|by hand|recount\w*|corrections?|corrected|"
                r"correct it|undo|disengage|safety net|low[- ]confidence|confidence (?:score|threshold|"
                r"level)?|not (?:certain|sure|confident)|unsure|uncertain|goes? wrong|when (?:it|"
                r"the model) (?:is wrong|fails)|model (?:is )?down|drift alarm|outage|"
                r"prompt(?:s)? the user|abstain\w*|abstention|default to|hand(?:ed)? over to|"
                r"monitor and improve|retrain\w*|mitigat\w+|error handling)\b"
            ),
            (
                r"\b(?:land|lands|sent|routed|goes?|go|forwarded|passed) (?:\w+ )?(?:to|in|"
                r"into) (?:\w+'s |the |a |an )?(?:\w+ )?(?:queue|desk|nurse|agent|expert|human|reviewer|"
                r"person|inbox|clinician|analyst|operator|supervisor|pilot|team)\b"
            ),
            r"\b(?:final editor|verifies|edits|deletes)\b",
        ),
        headings=(
            (
                r"\b(?:fall-?back|remediation|human[- ]in[- ]the[- ]loop|error handling|when (?:it|"
                r"things) (?:is|are|go(?:es)?) wrong|safety|failure|escalation|review process|"
                r"mitigations?|contingency|rollback)\b"
            ),
        ),
        concrete=(
            (
                (
                    r"\b(?:if|when|whenever|in case|should|where|in doubt|until|before|as soon as|anything|"
                    r"any|every)\b"
                ),
                (
                    r"\b(?:reprint\w*|resend|re-?check\w*|compensat\w+|hotline|help ?desk|service desk|"
                    r"pauses?|paused|freezes?|quarantine\w*|on hold|held for|brakes?|plan b|back-?up|"
                    r"the old (?:way|system|process|rules?|list|table|plan)|four eyes|discard\w*)\b"
                ),
                r"(?:\w+\W+){7,}\w+",
            ),
            (
                (
                    r"\b(?:specialist|expert|human|person|agent|operator) (?:\w+ )?(?:looks? at|"
                    r"checks?|reviews?|decides?|within)\b"
                ),
                r"\b(?:get|click|link|report|within|while|button)\b",
            ),
            (
                (
                    r"\b(?:if|when|whenever|where|should|in case|in doubt|below|under|above|anything|"
                    r"as soon as|once|until|every|each|all|after)\b"
                ),
                (
                    r"\b(?:wrong|unsure|doubt\w*|low|below|under|fails?|failed|down|drops?|crash\w*|odd|"
                    r"outliers?|disagree\w*|not sure|can't tell|cannot tell|unreadable|complain\w*|confidence|"
                    r"uncertain|score|not certain|error|mistake\w*|borderline|flagged|unknown|unavailable|"
                    r"drift\w*|exceeds?|times out|offline|suspicious|disputed)\b"
                ),
                (
                    r"\b(?:falls? back|goes? to|go to|sent to|shows? (?:the|a|no)|switch\w*|asks?|calls?|"
                    r"phone[sd]?|stops?|passe[sd]|pass (?:it|them)|forward\w*|hand(?:s|ed)? (?:it|over|them)|"
                    r"routed?|queue[ds]?|review\w*|check(?:s|ed)? (?:it|by|them|again|every)|looks? at|"
                    r"takes? over|use[sd]? the|revert\w*|roll\w* back|restore\w*|disabled?|human|person|"
                    r"manual\w*|clerk|nurse|doctor|agent|operator|supervisor|expert|second|overrid\w*|"
                    r"overrul\w*|correct\w*|undo|previous version|default|parked|held|escalat\w*|pager|"
                    r"on call)\b"
                ),
                r"(?:\w+\W+){6,}\w+",
            ),
            (
                (
                    r"\b(?:scores?|confidence|certain|sure|unsure|uncertain|confident|doubtful|between \.?\d|"
                    r"below|under|borderline|grey zone|low[- ]confidence|probab\w+)\b"
                ),
                (
                    r"\b(?:queue|review\w*|person|human|nurse|agent|expert|operator|clinician|manually|"
                    r"confirm\w*|overturn\w*|overrule\w*|prompt|ask(?:s|ed)?|opens|fall(?:s)? back|default|"
                    r"instead|desk|inbox|abstain\w*|sent|goes to|go to|routed|land)\b"
                ),
            ),
            (
                (
                    r"\b(?:feature flag|kill switch|roll-?back|rolled back|disengage|"
                    r"switch(?:ed)? (?:it )?off|turn(?:ed)? (?:it )?off)\b"
                ),
                r"(?:\w+\W+){4,}\w+",
            ),
            (
                (
                    r"\b(?:fall-?back|falls? back|model (?:is )?down|drift alarm|fails?|outage|unavailable|"
                    r"not (?:certain|sure)|is wrong|goes wrong)\b"
                ),
                (
                    r"\b(?:take[s]?|use[sd]?|using|old|previous|last (?:week|known)|rule[s]?|table|default|"
                    r"mean|average|median|manual\w*|simply|opens|shows?|returns?|baseline|keyword)\b"
                ),
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                (
                    r"\b(?:can|may|able to|could|must|will|has to|till|before) (?:always |at any (?:moment|"
                    r"time) )?(?:be )?(?:overrid\w*|overrul\w*|overturn\w*|undo|undone|appeal\w*|correct|"
                    r"corrected|edit\w*|reject|confirm\w*|reviewed|disengage|contest)\b"
                ),
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                (
                    r"\b(?:recounts?|corrections? (?:go|goes|are|is|flow)|second (?:model|reader|opinion|"
                    r"check)|double[- ]check\w*|four[- ]eyes|appeals?|escalat\w+)\b"
                ),
                r"\b(?:goes?|go|to|by|with|within|when|if|where|every|each|into)\b",
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                (
                    r"\b(?:reviewed|checked|confirmed|verified|approved|decided|signed|overruled) by (?:an? |"
                    r"the |two )?(?:\w+ ){0,2}(?:person|human|nurse|agent|expert|operator|clinician|doctor|"
                    r"analyst|clerk|inspector|supervisor|editor|radiologist|moderator|picker|officer)s?\b"
                ),
            ),
            (
                (
                    r"\b(?:user|human|editor|clinician|nurse|operator|clerk|agent)\b[^.]{0,40}\b(?:verifies|"
                    r"final editor|final say|edits|confirms|overrides|decides in the end|has the last)\b"
                ),
            ),
            (
                r"\b(?:abstention|abstains?|refuses? to answer|says? (?:it does not|don't) know)\b",
                r"\b(?:when|if|evidence|insufficient|below)\b",
            ),
        ),
        hedges=(r"\bmonitor and improve\b|\bcontinuously improv\w+",),
        never=(
            r"\bmigration \d+|\bstaging\b|\bsnapshot\b",
            (
                r"\b(?:reading list|paper|code review|literature review|"
                r"peer review|reviews? of (?:the )?literature|product reviews?|film reviews?|"
                r"customer reviews?|online reviews?|pull request)\b"
            ),
            r"\bconfidence intervals?\b|<hypothetical>",
        ),
    ),
    cases=(
        Case(
            "Scores from 0.4 to 0.7 go to the night desk, which confirms or overrules them within an hour.",
            Status.ANSWERED,
        ),
        Case("| Model down | shop falls back to last week's bestsellers |", Status.ANSWERED),
        Case("- the driver can override the route with one tap, and we log why", Status.ANSWERED),
        Case("If it fails we will monitor and improve.", Status.VAGUE),
        Case("Fallback: tbd", Status.VAGUE),
        Case("Film reviews were scraped from three sites.", Status.MISSING),
        Case("Confidence intervals are shown in grey.", Status.MISSING),
    ),
)

PATTERN = Pattern(
    id="error-tolerance",
    title="Undefined error tolerances",
    why="Every model is wrong sometimes. If nobody said which mistakes hurt and how many are fine, each error found in "
    "testing restarts the debate, and the team chases perfection instead of building the queue or fallback that would do.",
    questions=(ERROR_COSTS, ERROR_RATE, ML_FIT, REMEDIATION),
    first_steps={
        Role.DOMAIN_EXPERT: "Show ten wrong outputs of each kind and ask which of them would hurt, and whom.",
        Role.PRODUCT_MANAGER: "Draw what the user sees when the model is unsure, and agree on one bound for each mistake.",
        Role.ENGINEERING_MANAGER: "Spend two days on the simplest rules or manual process and compare before training more.",
    },
)
