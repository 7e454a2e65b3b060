"""Missing product discussion: the model was started before anyone settled what it is for and what binds it."""

from diagnostics.findings import Status
from diagnostics.patterns._contract import Case, Cues, Pattern, Question
from diagnostics.records import Role

PROBLEM = Question(
    id="problem",
    question="What user or business problem is this for, and why does it matter?",
    answered="It says who has the problem, and what it costs them or what changes once it is solved.",
    vague="A topic or a technique with nobody who has the problem: “use deep learning to classify X”.",
    weight=3,  # everything else is judged against the problem
    partner=Role.PRODUCT_MANAGER,
    agenda="Who loses time, money or patience today, how much of it, and what will they do differently?",
    example="Night nurses retype 200 glucose readings a shift and miss about one alarm a week because of it.",
    cues=Cues(
        topic=(
            (
                r"\b(?:too late|out of stock|gut feeling|by hand|overwhelmed|frustrat\w*|give up|"
                r"turned away|elsewhere|unsold|throw away|overtime|every (?:day|week|night|"
                r"evening|morning|month|stop|time)|each (?:day|week|night|evening|morning|month|time)|"
                r"a (?:day|week|month|year|shift))\b"
            ),
            r"\bwho (?:suffers|has the problem|is affected)\b",
            (
                r"\b(?:problem|pain|pain point|challenge|issue|need|motivation)s?\b[^.]{0,40}\b(?:is|are|"
                r"that|with|of|for|:)"
            ),
            r"^(?:the )?(?:business |user |core |main )?(?:problem|pain|need|why|motivation)\b",
            (
                r"\b(?:lose|loses|losing|lost|waste[sd]?|wasting|suffer(?:s|ing)?|struggl\w+|complain\w*|"
                r"abandon\w*|overpay\w*|re-?typ\w+|write off|wrote off|missed|miss(?:es)? out|stops?|"
                r"stopped|shortages?|malnutrition|delays?|delayed|backlog|overtime|late because|gives? up|"
                r"gave up|die[sd]?|injur\w+|fall(?:s)? into)\b"
            ),
            (
                r"\b(?:cannot|can't|unable to|difficult (?:to|for)|hard to|time[- ]consuming|expensive|"
                r"costly|costs? (?:us|them|the)|lack of|inefficien\w+|burden|error-prone|tedious|"
                r"labou?r[- ]intensive|manually)\b"
            ),
            r"\b(?:wait|waits|waiting) (?:for |\w+ )?(?:\w+ )?(?:minutes|hours|days|weeks|months)\b",
            r"\b(?:spend|spends|spent)\b[^.]{0,40}\b(?:hours?|days?|minutes|time|weeks?|effort|h)\b",
            r"\b(?:would|will|could|can|to) (?:let|allow|enable|help|aid|support|free|save|spare)\b",
            (
                r"\bso that\b|\bwithout (?:an? |this|it)\b|\bonly (?:learn|notice|find out|react)\b|"
                r"\bnotice\b"
            ),
            r"\b(?:concern|matters because|important because|is important|at risk)\b",
        ),
        headings=(
            (
                r"\b(?:problem|motivation|background|business (?:need|problem|case|goal|understanding|"
                r"background|context|objective)|need|why|context|purpose|rationale|pain|introduction|"
                r"domain)\b"
            ),
        ),
        concrete=(
            (
                r"<topic>",
                (
                    r"\b(?:\w{3,}(?:ers|ists|ians|ors|ants|men|women)|people|folks|crews?|guys|kids|children|"
                    r"parents|families|shops|clinics|schools|firms|pupils|staff|desk|team|patients|clients|"
                    r"guests|tenants|agents|we|they|everyone|users|households|hospitals)\b"
                ),
                (
                    r"\b(?:too late|by then|out of stock|empty|spoil\w*|rot|rots|expire[sd]?|burns?|flood\w*|"
                    r"crash\w*|fails?|break\w*|guess\w*|gut feeling|scroll\w*|hunt\w*|re-?enter\w*|"
                    r"copy(?:ing)?|by hand|by phone|overwhelmed|frustrat\w*|confus\w*|angry|annoyed|"
                    r"turned? away|give up|gave up|drop out|quit|walk away|elsewhere|cancel\w*|penalt\w*|"
                    r"fined|refund\w*|compensation|outages?|nobody|never|no way|twice|wrong|missed|miss|lose|"
                    r"lost|loses|wait\w*|stuck|stand|idle|over-?order\w*|throw\w*|thrown|wasted?|unsold|"
                    r"behind|unanswered|unpaid|late|suffer\w*|cannot|can't|don't know|have to|queue|hours|"
                    r"overtime|tired|complain\w*)\b"
                ),
                r"(?:\w+\W+){7,}\w+",
            ),
            (
                (
                    r"\b(?:users?|customers?|clients?|patients?|farmers?|growers?|nurses?|doctors?|"
                    r"clinicians?|physicians?|radiographers?|teachers?|students?|pupils|drivers?|dispatchers?|"
                    r"operators?|analysts?|agents?|sellers?|buyers?|merchandisers?|planners?|engineers?|"
                    r"developers?|maintainers?|moderators?|visitors?|passengers?|citizens?|residents?|"
                    r"claimants?|tenants?|households?|employees?|workers?|guys|staff|managers?|banks?|"
                    r"lenders?|borrowers?|companies|company|organi[sz]ations?|institutions?|providers?|"
                    r"retailers?|shops?|stores?|teams?|team|people|researchers?|scholars?|critics|scientists?|"
                    r"editors?|investors?|hospitals?|trusts?|governments?|councils?|villages|families|readers|"
                    r"players|listeners|members|subscribers|shoppers|vets?|pilots|technicians?|"
                    r"librarians?|museum|population|public|business(?:es)?|industry|we|us|our|llc|inc)\b"
                ),
                (
                    r"\b(?:lose|loses|losing|loss|losses|lost|waste[sd]?|wasting|suffer(?:s|ing)?|struggl\w+|"
                    r"complain\w*|abandon\w*|re-?typ\w+|wr(?:ite|ote) off|missed|stops?|shortages?|"
                    r"malnutrition|delays?|delayed|backlog|overtime|late|gives? up|gave up|die[sd]?|death|"
                    r"injur\w+|arrears|sick leave|accidents?|harm|damage|errors|cannot|can't|unable|difficult|"
                    r"hard to|time[- ]consuming|expensive|costly|costs?|burden|error-prone|tedious|manually|"
                    r"leav(?:e|es|ing)|left|churn|attrition|inefficien\w+|risk)\b"
                ),
            ),
            (
                (
                    r"\b(?:users?|customers?|clients?|patients?|farmers?|growers?|nurses?|doctors?|"
                    r"clinicians?|teachers?|students?|drivers?|dispatchers?|operators?|agents?|sellers?|"
                    r"buyers?|merchandisers?|planners?|moderators?|visitors?|passengers?|citizens?|employees?|"
                    r"workers?|staff|managers?|banks?|companies|company|organi[sz]ations?|retailers?|shops?|"
                    r"teams|people|researchers?|scholars?|investors?|hospitals?)\b"
                ),
                (
                    r"\b(?:would|will|could|can|to|and|thereby|help\w*)\b[^.]{0,20}\b(?:let|allow|enable|help|"
                    r"aid|save|spare|reduce|free|avoid|prevent|improve|increase|cut|make better|retain|"
                    r"build loyalty)\b"
                ),
            ),
            (r"<money>", r"\b(?:cost\w*|lose|lost|loss|paid|pay|waste\w*|stop|case|each|every|per)\b"),
            (
                r"<duration>",
                r"\b(?:spend|spends|spent|wait|waits|waiting|takes?|lose|loses|late|re-?typ\w+)\b",
            ),
        ),
        never=(
            (
                r"\bno problem\b|\bproblem(?:s)? (?:with|on) (?:the )?(?:vpn|laptop|server)|"
                r"\boptimi[sz]ation problem\b|\bproblem set\b"
            ),
            r"\b(?:vpn|firewall|merge conflict)\b",
        ),
    ),
    cases=(
        Case("Tax clerks re-key 900 paper forms a week and refunds go out a month late.", Status.ANSWERED),
        Case("| Problem | Hotel guests wait 25 minutes at check-in and leave bad reviews |", Status.ANSWERED),
        Case(
            "the drivers can't see which bay is free, so they circle & lose half an hour every morning", Status.ANSWERED
        ),
        Case("The goal is to apply graph neural networks to the supply chain.", Status.VAGUE),
        Case("- Business need: modernise our analytics with AI", Status.VAGUE),
        Case("No problem with the licence server since the restart.", Status.MISSING),
        Case("The knapsack problem was solved with dynamic programming.", Status.MISSING),
    ),
)

PRODUCT_PARTNER = Question(
    id="product-partner",
    question="Who speaks for Product, and did they take part?",
    answered="A named person, team or organisation in that role asked for, decided, reviewed or signed off something.",
    vague="“Stakeholders” or “the business”, with no one who could be rung up.",
    weight=3,  # without a counterpart, no other question has anybody to answer it
    partner=Role.SPONSOR,
    agenda="Who speaks for the users of this, by name, and when will they next sit with the team?",
    example="Leila Haddad (head of returns) asked for this and cut the scope to shoes on 3 March.",
    cues=Cues(
        topic=(
            (
                r"\b(?:thumbs up|on board with|fine with|shook hands|went through|walked (?:us )?through|"
                r"owns the \w+ roadmap)\b"
            ),
            (
                r"\b(?:head of|director|chair(?:man|woman|ed)?|owner|manager|board|department|association|"
                r"ministry|council|committee|on the client side|customer side|commissioner)\b"
            ),
            (
                r"\b(?:product (?:manager|owner|partner|counterpart|side)|sponsor|client|customer contact|"
                r"business (?:owner|contact|partner|sponsor)|domain owner|commissioned|on behalf of|"
                r"speaks for|represent(?:s|ed|ing)|shareholders?|stakeholders?|pm|po)\b"
            ),
            (
                r"\b(?:asked (?:us|for|that)|ha(?:s|ve) asked|requested|wants? us|wanted us|"
                r"wish(?:es)? of|approved|signed|signed off|commissioned|ordered|"
                r"ha(?:s|ve) presented|reviewed|attended|gave (?:it )?back|insist(?:s|ed)|threw out|"
                r"turned down|rejected|initiated|proposed by|requested by|decided (?:that|to)|accepted|"
                r"countersigned|said yes|is happy with|initials|confirmed|agreed)\b"
            ),
            r"\bthe business\b|\bthe (?:product|clinical|business|customer|client) side\b",
            r"\bin collaboration with|\bpartner(?:ed|ing|ship) with\b|\bprepared for\b|\borganized by\b",
        ),
        headings=(
            (
                r"\b(?:sponsor|client|stakeholders?|product (?:owner|partner|manager)|business (?:owner|"
                r"contact|partner)|attendees|present|participants|personnel|customer)\b"
            ),
        ),
        concrete=(
            (
                r"<person>",
                r"\bfrom [a-z]+(?: \w+)?\b|\bowns the\b|\bdirector\b|\bthe \w+ (?:board|director|manager)\b",
                (
                    r"\b(?:thumbs up|on board with|fine with|shook hands|went through|walked (?:us )?through|"
                    r"wrote|settled|accepted|approved|agreed)\b"
                ),
            ),
            (
                r"<person>",
                (
                    r"\b(?:head of|director|chair\w*|product|owner|sponsor|client|customer|board|department|"
                    r"side|pm|po|coo|cfo|ceo|cmo|vp|manager|commissioner|principal|matron)\b"
                ),
                (
                    r"\b(?:briefed|joined|walked us|insisted|pushed|vetoed|chose|picked|dropped|cut|set|told|"
                    r"initiated|changed|green-?lit|okayed|struck|crossed|took part|sat|came|read|sent|wrote|"
                    r"signed|wants|asked|requested|decided|approved|reviewed|confirmed|represents?|speaks|"
                    r"commissioned|ordered|said|gave|accepted|agreed|blessed|proposed|demanded|ranked|removed|"
                    r"added)\b"
                ),
            ),
            (
                r"<person>",
                (
                    r"\b(?:asked|requested|wants?|wanted|wish(?:es)?|approved|signed|sign(?:s)? off|"
                    r"commissioned|ordered|reviewed|attended|threw|rejected|turned down|insist(?:s|ed)|"
                    r"decided|accepted|countersigned|said yes|happy with|initials|speaks for|presented|gave|"
                    r"confirmed|took part|joined|agreed)\b"
                ),
                r"<role>",
            ),
            (
                r"<person>",
                (
                    r"\b(?:asked (?:us|for|that)|requested|wants us|wanted us|approved|signed|commissioned|"
                    r"signed off|countersigned|accepted|said yes|threw out|rejected|insist(?:s|ed)|"
                    r"speaks for)\b"
                ),
            ),
            (
                (
                    r"\b(?:sponsor|client|product (?:owner|manager|partner|counterpart)|business (?:owner|"
                    r"contact|sponsor)|domain owner|customer contact|shareholder contacts?|pm|po)\b"
                ),
                r"<person>",
            ),
            (
                r"\b(?:client|customer|sponsor|counterpart)\b(?: for this project)?(?: is|:| \|)",
                (
                    r"\b(?:inc|llc|ltd|gmbh|plc|bank|university|hospital|institute|insurance|council|labs?|"
                    r"group|company)\b"
                ),
            ),
            (
                r"<team>",
                (
                    r"\b(?:asked (?:us|for|that)|ha(?:s|ve) asked|requested|commissioned|ordered|signed|"
                    r"approved|accepted|countersigned|gave (?:it )?back|presented (?:the|us)|ha(?:s|"
                    r"ve) presented|wish of|attended|rejected)\b"
                ),
            ),
        ),
        hedges=(r"\bthe business\b|\bstakeholders\b|\bis expected to\b|\ba representative of\b",),
        never=(r"\bpurchase order\b|\bpo-\d|\bclient library|\bclient[- ]side\b|\bhttp client\b",),
    ),
    cases=(
        Case("Requested by Leila Haddad, head of returns, who also struck out the gift cards.", Status.ANSWERED),
        Case("| Product owner | Tomasz Wilk | reviewed the draft on 3 June |", Status.ANSWERED),
        Case("- Harbour master (Ines Duarte) asked us to leave the ferries out", Status.ANSWERED),
        Case("The business has shown strong interest in the topic.", Status.VAGUE),
        Case("Stakeholders will be involved where suitable.", Status.VAGUE),
        Case("The client library was upgraded to version 4.", Status.MISSING),
        Case("who is the product owner of this thing?", Status.MISSING),
    ),
)

LEGAL_CONSTRAINTS = Question(
    id="legal-constraints",
    question="Which legal, privacy, licence, compliance or ethical limits apply?",
    answered="A specific law, policy, licence, consent or fairness limit and what follows from it, or why none applies.",
    vague="“We will comply with regulations”, “privacy matters”.",
    weight=2,  # seldom decides what is built, but stops launches late
    partner=Role.LEGAL,
    agenda="Which law, licence or consent covers this data, and what does it forbid us to store or decide?",
    example="Call recordings fall under the telecoms act, so audio is deleted after 30 days; transcripts stay.",
    cues=Cues(
        topic=(
            (
                r"\b(?:(?:telecoms?|privacy|labou?r|consumer|health|banking|insurance|data|education|"
                r"equality|copyright) act|recordings|statute|ordinance|directive|regulators?|supervisory|"
                r"authority|watchdog|minors|under (?:16|18|13)|parental|opt-?outs?|opt-?in|secrecy|"
                r"union agreement|nda|export control|trade secret|gender|ethnicity|race|redact\w*|hashed|"
                r"blur\w*|faces|data processing|cleared|retention|anonymous\w*|aggregate[ds]?|personal|"
                r"medical records|lawful\w*|illegal\w*|permission|rights|court|audit trail)\b"
            ),
            r"<law>",
            (
                r"\b(?:privacy|data[- ]protection|personal (?:data|information|records)|"
                r"personally identif\w+|pii|phi|anonymi[sz]\w+|pseudonymi[sz]\w+|de-?identif\w+|consents?|"
                r"licen[cs]es?|licen[cs]ing|copyright(?:ed)?|compliance|comply|regulat(?:ion|ions|ory|or)|"
                r"laws?|legal|legally|works council|ethic(?:s|al)|irb|dpo|dpia|terms of (?:use|service)|"
                r"confidential\w*|nda|restricted data|classified|fairness|discriminat\w+|"
                r"protected (?:attribute|group|characteristic)s?|patient data|sensitive data|"
                r"retention period|data residency|synthetic (?:demo|data)|controlled)\b"
            ),
            r"\bform \w+-\w+\b.*\btick|\bsign(?:s|ed)? (?:the |a )?(?:form|waiver|release)\b",
        ),
        headings=(
            (
                r"\b(?:legal|privacy|compliance|ethic(?:s|al)|licen[cs](?:e|ing)|data protection|"
                r"regulat\w+|gdpr|governance|consent|security)\b"
            ),
        ),
        concrete=(
            (
                (
                    r"\b(?:statute|ordinance|directive|regulators?|watchdog|minors|under (?:16|18|13)|"
                    r"parental|opt-?outs?|opt-?in|secrecy|nda|export control|gender|ethnicity|race|redact\w*|"
                    r"hashed|data processing|retention|anonymous\w*|law|permission|rights|court|illegal)\b"
                ),
                (
                    r"\b(?:must|may|cannot|can't|never|only|no|not|until|without|before|so|delete\w*|"
                    r"remove\w*|stays?|leaves?|unless|except|forbid\w*|prohibit\w*|requires?|allows?|out of|"
                    r"dropped|excluded)\b"
                ),
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                (
                    r"<law>|\b(?:telecoms?|privacy|labou?r|consumer|health|banking|insurance|data|education|"
                    r"equality|copyright) act\b"
                ),
                (
                    r"\b(?:so|hence|therefore|must|may|cannot|can't|never|only|no|not|until|without|applies|"
                    r"falls? under|require[sd]?|deleted?|remove[ds]?|stay|leaves?|permits?|allow(?:s|ed)?|"
                    r"means|lapses|blur|strip|store[ds]?|covers?|prohibit\w*|forbid\w*|under)\b|->|=>|:"
                ),
            ),
            (
                (
                    r"\b(?:privacy|personal (?:data|information|records)|personally identif\w+|pii|phi|"
                    r"anonymi[sz]\w+|pseudonymi[sz]\w+|de-?identif\w+|consents?|licen[cs]es?|copyright\w*|"
                    r"patient data|names|faces|protected|sensitive|ethics|irb|works council|"
                    r"data[- ]protection|confidential\w*|restricted|controlled|legal|identif\w+|voice|"
                    r"discriminat\w+|terms of use)\b"
                ),
                (
                    r"\b(?:must|may (?:not|only)|cannot|can't|never|removed?|removing|removal|strip(?:ped)?|"
                    r"blur(?:red)?|deleted?|before|only|no|not (?:need|required|identify|leave|allowed)|none|"
                    r"without|hash(?:ed)?|mask(?:ed)?|forbid\w*|prohibit\w*|permits?|permitted|allow(?:s|ed)?|"
                    r"approv(?:al|ed)|waived|required|stay(?:s)? (?:on|in|within)|leaves?|restricted|"
                    r"exclude[ds]?|labell?ed|signed|enables|committee)\b"
                ),
            ),
            (r"\bno (?:personal|private|sensitive|customer|identif\w+) (?:data|information|records)\b",),
            (r"\bsign(?:s|ed)? (?:the |a )?(?:consent )?(?:form|waiver)\b",),
        ),
        hedges=(
            (
                r"\b(?:of course|all applicable|will comply with|be careful|somebody should|"
                r"if that is relevant)\b|\bprivacy (?:is|matters)\b"
            ),
        ),
        never=(
            (
                r"\bdriv(?:ing|er'?s) licen[cs]e|\blicen[cs]e (?:plate|server|key|number)|"
                r"\bregulari[sz]\w+|\bcontrolled (?:trial|experiment)|"
                r"\bcontrol group\b"
            ),
        ),
    ),
    cases=(
        Case("GDPR: we keep no raw audio; transcripts are deleted after 30 days.", Status.ANSWERED),
        Case("| Licence | maps are CC BY-SA, so the derived layer must be published |", Status.ANSWERED),
        Case("ethics committee only allows images without faces, so the crowd shots are removed", Status.ANSWERED),
        Case("- No personal data is touched: the readings come from our own boilers", Status.ANSWERED),
        Case("Privacy is a topic that we take very seriously.", Status.VAGUE),
        Case("| Data protection | tbd |", Status.VAGUE),
        Case("The licence plate reader runs at gate 4.", Status.MISSING),
        Case("L2 regularisation was set to 0.01.", Status.MISSING),
    ),
)

BUSINESS_CONSTRAINTS = Question(
    id="business-constraints",
    question="Which budget, deadline, cost, staffing or policy limits apply?",
    answered="A date, amount, headcount, contract or policy that binds the project.",
    vague="“Limited time and resources”.",
    weight=2,
    partner=Role.SPONSOR,
    agenda="By which day, with how much money and how many people, and what gives if one of them slips?",
    example="Budget is 45,000 euros until 30 June, for two people; the labelling contract ends on 1 May.",
    cues=Cues(
        topic=(
            r"\b(?:lock|cut-?off|window closes|patch)\b",
            (
                r"\b(?:money|euros|tender|fiscal year|year[- ]end|quarter[- ]end|season|election|harvest|"
                r"board meeting|fixed date|latest|part[- ]time|parental leave|intern|quota|gpu hours|"
                r"ready|fte|ftes|pays?|paid|live|finished)\b"
            ),
            (
                r"\b(?:budget|deadlines?|due|funding|funded|grant|cost limit|cloud (?:spend|bill|costs?)|"
                r"spend(?:ing)?|headcount|hiring|contractors?|contract|go-?live|launch(?:es)?|code freeze|"
                r"freeze|release date|delivery date|completion date|ship by|hand-?over|start date|"
                r"end date|capped|all in|fte|full[- ]time|staffing|resources|timeline|schedule|"
                r"time commitment|capacity|procurement|licen[cs]e fee|paid (?:cloud|tools|services)|"
                r"cheap)\b"
            ),
            r"\b(?:hours?|days?) (?:per|a|each) week\b",
            (
                r"\b(?:we (?:have|are|remain)|only|just) (?:\w+ ){0,2}(?:heads|people|engineers|"
                r"developers|weeks|months|days)\b"
            ),
            (
                r"\b(?:by|before|until|no later than|must be (?:ready|done|finished|delivered) (?:by|"
                r"before)|submit(?:ted)? (?:by|on)|presented on|expected (?:by|on)|ends?|runs out)\b"
            ),
            r"\b\d+[- ]week\b|\bweek \d+",
        ),
        headings=(
            (
                r"\b(?:budget|timeline|deadlines?|schedule|milestones?|constraints?|resources|costs?|"
                r"staffing|go-?live|delivery|dates?|duration|phases?)\b"
            ),
        ),
        concrete=(
            (
                r"<date>",
                r"\b(?:lock|cut-?off|window closes|isn't|latest|or it)\b",
            ),
            (
                r"<date>",
                (
                    r"\b(?:must|needs? to|has to|have to|deadline|latest|ready|live|ship\w*|deliver\w*|"
                    r"finish\w*|expires?|ends?|runs? out|cannot move|can't move|fixed|no later|otherwise|"
                    r"after that|is over|closes)\b"
                ),
                r"(?:\w+\W+){4,}\w+",
            ),
            (
                (
                    r"\b(?:\d+|one|two|three|four|five|half an?|single) (?:\w+ )?(?:people|persons?|heads?|"
                    r"ftes?|engineers?|developers?|scientists?|analysts?|interns?|annotators?|students?)\b"
                ),
                (
                    r"\b(?:only|just|no more|at most|have|remain|until|left|available|and (?:no|not)|"
                    r"part[- ]time|stop|freeze|max\w*|limited|for the|days?|hours?|funded|budget)\b"
                ),
            ),
            (
                r"<duration>",
                r"\b(?:only|no more than|at most|just|left|have|until|sprint|gpu|budget)\b",
                (
                    r"\b(?:we (?:have|get)|left|budget|team|gpu|contract|time[- ]?box\w*|grant|labell?ing|"
                    r"annotation|project)\b"
                ),
            ),
            (
                r"<money>",
                (
                    r"\b(?:a month|per month|per year|a year|total|for everything|labell?ing|cloud|gpu|"
                    r"licen[cs]e|annotation|spend|spent|left|have|pays?|paid|costs?|price|run)\b"
                ),
                (
                    r"\b(?:max\w*|most|more|no|not|only|until|cap\w*|limit\w*|under|below|within|ceiling|have|"
                    r"left|approved|budget\w*)\b"
                ),
            ),
            (
                (
                    r"\b(?:budget|deadlines?|due|funding|grant|go-?live|launch|freeze|release|delivery|"
                    r"completion date|ship|hand-?over|contract|must be (?:ready|done|finished|delivered)|"
                    r"submit\w*|ends?|runs out|demo|report|final presentation|pilot|timeline|expected|start|"
                    r"end date|no later than|project will|complete[d]?)\b"
                ),
                r"<date>",
            ),
            (
                (
                    r"\b(?:budget|funding|grant|spend(?:ing)?|all in|exceed|cost|costs|cap|capped|ceiling|"
                    r"contract|fee|cloud|bill)\b"
                ),
                r"<money>",
            ),
            (r"\b(?:hiring (?:stop|freeze)|no (?:new hires|contractors|budget|additional))\b",),
            (
                (
                    r"\b(?:heads|headcount|fte|contractors?|people|engineers|annotators?|developers?|hours?|"
                    r"days?)\b"
                ),
                r"<number>",
                (
                    r"\b(?:capped|only|cap|limit(?:ed)?|available|remain|at most|per week|a week|commitment|"
                    r"each|no more|maximum|or more)\b"
                ),
            ),
            (
                (
                    r"\b(?:deadline|schedule|timeline|duration|budget|grant|compressed|internship|capacity|"
                    r"deliver\w*|time commitment)\b"
                ),
                r"\b\d+[- ](?:week|month|day|hour|hr|sprint)s?\b",
            ),
            (r"<money>", r"\b(?:not|no more|max(?:imum)?|at most|cap|capped|limit|all in|budget|exceed|within)\b"),
        ),
        hedges=(r"\btimeline is tight\b|\bresources are (?:limited|scarce)\b|\bcheap\b",),
        never=(
            (
                r"\bbudget (?:tracker|app|category|categories|planner)\b|\bcost-sensitive\b|"
                r"\bcost function\b|\btraining budget of epochs\b|\bcost matrix\b"
            ),
            r"\bdue to\b.*\b(?:noise|lack)\b",
        ),
    ),
    cases=(
        Case("- Budget: 45k EUR until end of June, labelling included", Status.ANSWERED),
        Case("| Deadline | 14 September | the trade fair cannot be moved |", Status.ANSWERED),
        Case("we only have the two annotators, 6 hours a week each", Status.ANSWERED),
        Case("The vendor contract ends on 31 December 2026, after which the feed is cut.", Status.ANSWERED),
        Case("The schedule is ambitious and resources are scarce.", Status.VAGUE),
        Case("Budget to be confirmed by finance.", Status.VAGUE),
        Case("The budget planner widget sorts expenses by colour.", Status.MISSING),
        Case("Cost-sensitive training weighs the rare class tenfold.", Status.MISSING),
    ),
)

PRODUCT_CONSTRAINTS = Question(
    id="product-constraints",
    question="How must, or must not, the thing behave in the product?",
    answered="A requirement on the running product with a figure or a testable must or must-not: latency, platform, "
    "languages, explainability, shortcuts that are not acceptable.",
    vague="“Fast”, “scalable”, “user friendly”.",
    weight=2,
    partner=Role.PRODUCT_MANAGER,
    agenda="Where does it run, how fast must it answer, and what may it never do in front of a user?",
    example="Answers within 200 ms on the till's own hardware, in French and Dutch, and never shows a price.",
    cues=Cues(
        topic=(
            (
                r"\bp9[59]\b|\d ?ms\b|\brequests? a second\b|\b(?:plugin|plug-in|windows|linux|"
                r"never leaves?|ever leaves?)\b"
            ),
            (
                r"\b(?:screen|button|phone|handset|tablet|kiosk|keyboard|glove[sd]?|voice|read aloud|"
                r"colou?r-?blind|dark mode|font|readable|users? (?:must|may|can|should)|in under|"
                r"no more than|never)\b"
            ),
            (
                r"\b(?:latency|real[- ]time|response time|throughput|offline|online|on[- ]device|"
                r"on the edge|without (?:any )?(?:an )?(?:network|internet|connection)|runs? on|"
                r"running on|deploy(?:ed|ment)?|hosted|mobile|browser|android|ios|app|api|dashboard|"
                r"streamlit|integrat\w+|platform|memory|ram|battery|hardware|display(?:ed)?|explainab\w+|"
                r"interpretab\w+|explain(?:s|ed)?|languages?|locales?|multilingual|accessib\w+|"
                r"screen reader|user (?:interface|experience)|ui|ux|scalab\w+|scale|fast|robust|"
                r"easy to use|user[- ]friendly|lightweight|real users)\b"
            ),
            (
                r"\b(?:the|our) (?:system|tool|app|model|product|service|tutor|assistant|bot|recommender|"
                r"ranker|solution|output|chatbot|alert|interface|feature|api|software|application|"
                r"pipeline)s? (?:must|shall|should|may|has to|needs to|will|cannot|can)\b"
            ),
            (
                r"\b(?:must|shall|may) (?:not|never|only|remain|be|run|work|answer|support|respond|fit)\b|"
                r"\bmust\b|\bnever (?:show|reveal|suggest|recommend|send|display)\w*\b"
            ),
            (
                r"\b(?:shortcut|suggested|suppressed|abstention|abstain|citations|not (?:intended|"
                r"allowed)|rejected as)\b"
            ),
        ),
        headings=(
            (
                r"\b(?:requirements?|constraints?|non-?functional|product|deployment|integration|"
                r"consum(?:ed|ption)|user experience|ux|ui|platform|performance requirements|delivery|"
                r"interface|explainability)\b"
            ),
        ),
        concrete=(
            (
                r"\b(?:must|shall|may|should|has to|have to|needs to|can)\b",
                (
                    r"\b(?:not|never|only|always|at (?:any|all) times?|without|within|before|in (?:one|"
                    r"two) (?:clicks?|taps?))\b"
                ),
                (
                    r"\b(?:user|users|screen|customer|reader|driver|nurse|doctor|patient|guest|player|"
                    r"listener|pupil|shopper|caller|operator|visitor|tenant|client|child|children|person|"
                    r"model|system|app|bot|tool|assistant|answer|text|message|price|reason|result|suggestion|"
                    r"score|name|picture|recommendation|alert|warning)s?\b"
                ),
                r"(?:\w+\W+){6,}\w+",
            ),
            (
                r"\b(?:works?|run|runs|fit|fits)\b",
                r"\b(?:has to|must|needs to|only|without|w/o)\b",
                r"\b(?:in|on|without|w/o|with)\b",
                (
                    r"\b(?:windows|linux|outlook|excel|browser|android|ios|phones?|tablets?|admin|version|"
                    r"screen|offline|network|camera|microcontroller|server|gpu|cpu)\b"
                ),
            ),
            (
                (
                    r"\b(?:never|ever|no \w+(?: \w+)?) (?:leaves?|goes|go|shown?)\b|\bbefore anything (?:goes|"
                    r"leaves)\b|\balways (?:comes?|stays?|shows?)\b"
                ),
            ),
            (
                (
                    r"\b(?:must (?:not|never)|may (?:not|never)|shall not|should never|never|may only|"
                    r"is not allowed|under no circumstances|must be able to|has to (?:work|run|fit|be|stay))\b"
                ),
                r"\b(?:the|our|it|users?|customers?|any|every|each|a)\b",
                r"(?:\w+\W+){6,}\w+",
            ),
            (
                (
                    r"\b(?:in|on) the (?:phone|handset|tablet|device|tractor|till|camera|browser|van|truck|"
                    r"car|headset|watch|kiosk|scanner|machine|field|wrist)\b"
                ),
                r"<must>|<number>",
            ),
            (
                (
                    r"\b(?:in under|within|under|below|less than|at most|no more than|"
                    r"max\.?) (?:\w+ )?\d[\d.,]* ?(?:ms|s|sec\w*|min\w*|mb|kb|gb|mw|w|clicks?|taps?|words|"
                    r"characters|lines)\b"
                ),
            ),
            (
                (
                    r"\b\d[\d.,]* ?(?:k|m)?[- ]?(?:ms|milliseconds?|s|secs?|seconds?|minutes?|kb|mb|gb|mw|"
                    r"watts?|rps|qps|fps|hz|requests?|users|calls|languages?|locales?|images|px|times)\b"
                ),
                (
                    r"\b(?:latency|respon\w+|answer\w*|under|within|below|less than|at most|must|should|shall|"
                    r"max\w*|runs?|fit|support\w*|load\w*|handle|memory|ram|needs? to|has to|minimum|up to|"
                    r"per second|than)\b"
                ),
            ),
            (
                (
                    r"\b(?:must|shall|may|should|can|will) (?:not|never|only)\b|\bmust\b|\bcannot\b|"
                    r"\bmay only\b|\bnever\b|\bhas to\b|\brequired to\b|\bneeds to (?:be|work|run)\b"
                ),
                (
                    r"\b(?:show\w*|reveal\w*|suggest\w*|recommend\w*|display\w*|run\w*|work\w*|answer\w*|"
                    r"store\w*|send\w*|support\w*|offline|internet|network|browser|device|phone|tablet|app|"
                    r"api|user|users|listener|customer|explain\w*|reason|language|screen|suppress\w*|rank\w*|"
                    r"order\w*|functional|readable|export|undo|blur|leaves?|predict\w*|future|input|output|"
                    r"hidden|visible|click\w*)\b"
                ),
            ),
            (
                (
                    r"\b(?:runs?|run|works?|deploy\w*|hosted|restricted|available) (?:\w+ ){0,2}(?:on|in|to|"
                    r"through|via|as|using|inside|without) (?:an? |the )?(?:\w+ ){0,3}(?:android|ios|browser|"
                    r"chrome|streamlit|docker|edge|raspberry|cortex\S*|phone|tablet|cpu|gpu|aws|azure|gcp|"
                    r"cloud|server|premises|rest|api|device|app store|google play|kiosk|till|camera|aid|flask|"
                    r"web(?:site| app\w*)?)\b"
                ),
            ),
            (r"\b(?:without|no) (?:any |an? )?(?:network|internet|connection|cloud|gpu|float)\b",),
            (r"\bshortcut\b", r"\b(?:not|may|rejected|unacceptable|never)\b"),
            (r"\bnot intended to\b|\babstention\b|\babstains?\b",),
            (
                r"\b(?:languages?|locales?)\b",
                r"\b(?:english|french|german|spanish|italian|dutch|polish|[a-z]{2}-[a-z]{2}|\d+)\b",
                r"<plan>|\||day one|support\w*",
            ),
        ),
        hedges=(r"\bnice to have\b|\bas far as\b",),
        never=(
            (
                r"\bif (?:it|this) were\b|\bwe must\b|\bmust (?:first|be addressed|understand)\b|"
                r"\bcannot be (?:used|compared)\b"
            ),
            r"\blatency (?:to|of) the \w+ office\b",
            r"\b(?:legal|gdpr|consent)\b.*\bonly\b",
        ),
    ),
    cases=(
        Case("Answers within 200 ms at the till, and it must work without the network.", Status.ANSWERED),
        Case("| Languages | nl-BE, fr-BE | required on day one |", Status.ANSWERED),
        Case("- the bot must never show another guest's room number", Status.ANSWERED),
        Case("Runs on the Raspberry Pi under the conveyor, 512 MB RAM.", Status.ANSWERED),
        Case("It should be scalable, intuitive and robust.", Status.VAGUE),
        Case("| User experience | as easy to use as possible |", Status.VAGUE),
        Case("latency on the video call was terrible again", Status.MISSING),
        Case("Lunch is served in the canteen from noon.", Status.MISSING),
    ),
)

ASSUMPTIONS = Question(
    id="assumptions",
    question="Which assumptions, open questions or risks are written down?",
    answered="At least one stated assumption, open question, risk or out-of-scope item that is specific to this project.",
    vague="An empty or boiler-plate heading: “there are some risks”.",
    weight=2,
    partner=Role.DOMAIN_EXPERT,
    agenda="What do we take for granted about data and users that would sink this if it were wrong?",
    example="Assumption: the sensors keep sending every 15 minutes; the old ones in the north do not.",
    cues=Cues(
        topic=(
            (
                r"\b(?:taken as given|taking it as given|we trust that|trusting that|on the understanding|"
                r"holds only if|stands or falls|blind spot|may turn out|might turn out|"
                r"nobody (?:has )?checked|not checked|unverified|untested|we leave out|leave aside|parked|"
                r"not before|next phase|second phase)\b"
            ),
            (
                r"\bunknown (?:whether|if)\b|\bdo(?:nt|n't| not) know (?:yet )?(?:if|whether|how)\b|"
                r"\bmay go\b|\bcould invalidate\b|^\|? ?r\d+ ?\|"
            ),
            r"\|.*\b(?:low|medium|high)\b ?\|",
            (
                r"\b(?:we (?:bank|count|rely|bet|build) on|hinges on|provided that|as long as|we believe|"
                r"fear|fears|afraid|no idea|unanswered|unsolved|parking lot|not this (?:year|time|release|"
                r"quarter)|won't (?:do|cover|touch|handle|support)|will not (?:cover|include|handle|touch|"
                r"support)|is not (?:part|covered|included)|ignored? for now|v2|if that (?:is wrong|"
                r"breaks|fails|changes)|could (?:sink|kill|derail)|supposed to|we suppose|presuppose\w*|"
                r"on the premise)\b"
            ),
            (
                r"\b(?:assum(?:e|es|ed|ing|ption|ptions)|presum(?:e|ably|ption)|take for granted|"
                r"taken for granted|premise|hypothesis|hypothesi[sz]e[ds]?)\b"
            ),
            (
                r"\b(?:risks?|risky|worry|worries|worried|concern(?:s|ed)?|danger|caveat|limitations?|"
                r"threat|drawbacks?|challenges?|pitfalls?|uncertain\w*|unknowns?|unclear|bias(?:ed)?|"
                r"imbalanc\w+|noisy?|overfit\w*|data (?:leakage|quality|drift|gap)|lack of|missing values|"
                r"null values|incomplete|not (?:fully )?represent\w*|underrepresented)\b"
            ),
            (
                r"\b(?:out of scope|out-of-scope|not (?:in|part of the|within) (?:the )?scope|not covered|"
                r"not included|excluded?|excluding|does not include|left (?:out|for later)|non-?goals?|"
                r"deferred|future work|post-mvp|later phase|phase (?:2|two)|be left out|"
                r"explicitly)\b"
            ),
            (
                r"\bopen (?:questions?|points?|issues?)\b|^(?:[-*|] )?open\b|\bnobody (?:could|can|"
                r"knows)\b|\bdo(?:es)?n't know\b|\bwe do not know\b|\bnot sure\b|\bremains to be seen\b|"
                r"\bthere is no hint\b|\bwhether\b"
            ),
            (
                r"\b(?:we expect|depends? on|dependency|may not|might not|could (?:fail|"
                r"break|change))\b"
            ),
        ),
        headings=(
            (
                r"\b(?:assumptions?|risks?|open (?:questions?|issues?|points?)|unknowns?|limitations?|"
                r"challenges?|out[- ]of[- ]scope|exclu\w+|non-?goals?|not in scope|caveats?|concerns?|"
                r"dependencies|hypothes[ie]s|threats|considerations)\b"
            ),
        ),
        concrete=(
            (
                (
                    r"\b(?:taken as given|taking it as given|we trust that|trusting that|on the understanding|"
                    r"holds only if|stands or falls|may turn out|might turn out|nobody (?:has )?checked|"
                    r"unverified|we leave out|leave aside)\b"
                ),
                r"(?:\w+\W+){6,}\w+",
            ),
            (
                (
                    r"\bunknown (?:whether|if)\b|\bdo(?:nt|n't| not) know (?:yet )?(?:if|whether|how)\b|"
                    r"\bnot (?:yet )?(?:clear|known) (?:if|whether|how)\b"
                ),
            ),
            (
                r"\b(?:may|might|could)\b",
                r"\|.*\b(?:low|medium|high)\b ?\|",
            ),
            (
                (
                    r"\b(?:we (?:bank|count|rely|bet|build) on|hinges on|provided that|we believe|fear|afraid|"
                    r"no idea|parking lot|not this (?:year|time|release|quarter)|won't (?:do|cover|touch|"
                    r"handle|support)|will not (?:cover|include|handle|touch|support)|is not (?:part|covered|"
                    r"included)|ignored? for now|could (?:sink|kill|derail)|we suppose|on the premise|worry|"
                    r"worries|worried)\b"
                ),
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                (
                    r"(?i)^(?:[-*|] ?)?(?:risks?|assumptions?|open(?: question| point| issue)?s?|out of scope|"
                    r"not in scope|excluded|unknown|non-goals?|limitations?|caveat)\b ?[:|\-–]"
                ),
                r"(?:\w+\W+){4,}\w+",
            ),
            (r"<heading>", r"(?:\w+\W+){3,}\w+"),
            (
                (
                    r"\b(?:assum(?:e|es|ed|ing|ption|ptions)|presum\w+|take for granted|taken for granted|"
                    r"hypothesis|hypothesi[sz]\w+|we expect|depends? on)\b"
                ),
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                (
                    r"\b(?:risks?|worry|worries|worried|danger|limitations?|drawbacks?|caveat|"
                    r"concern)\b(?:\W+\w+){0,6}?\W*(?:that|is|are|of|:|if|once|raised|to our)"
                ),
                r"(?:\w+\W+){6,}\w+",
            ),
            (
                (
                    r"\b(?:out of scope|out-of-scope|not (?:in|part of the|within) (?:the )?scope|not covered|"
                    r"does not include|left out|non-?goals?|deferred|post-mvp|explicitly excluded|"
                    r"excluded from|only, )\b"
                ),
                r"(?:\w+\W+){2,}\w+",
            ),
            (
                (
                    r"\b(?:may|might|could)\b(?: \w+){0,2} \b(?:bias|introduce|not|fail|change|break|affect|"
                    r"limit|be (?:biased|noisy|incomplete|missing|underrepresented|unavailable)|feel|skew|"
                    r"lead to|drift)\b"
                ),
            ),
            (
                r"\b(?:open|unclear|not sure|nobody (?:could|can|knows)|don't know|whether|unknown)\b",
                r"<question-mark>",
            ),
            (
                (
                    r"\b(?:open (?:question|point|issue)|nobody (?:could|can|knows)|unclear (?:whether|if|"
                    r"how)|we do not know|don't know (?:if|whether|how))\b"
                ),
            ),
            (
                (
                    r"\b(?:class imbalance|imbalanced|domain gap|not fully represent|missing values|"
                    r"selection bias|sampling bias|label noise|overfitting|data leakage)\b"
                ),
                r"(?:\w+\W+){5,}\w+",
            ),
        ),
        hedges=(
            (
                r"\b(?:with every project|some risks|a couple of assumptions|will be described|"
                r"later version|someone should write)\b"
            ),
        ),
        never=(
            (
                r"\b(?:script|function|class|method|compiler|parser|estimator|regression|anova|user|"
                r"service|process) assumes?\b|\bassum\w+ (?:control|office|the role|a role|sorted)\b|"
                r"\brisk[- ]free\b|\brisk management (?:class|course|department)\b"
            ),
            r"\bat-risk\b",
            r"\b(?:tab|column|button|field|folder) (?:in|of) the\b",
            (
                r"\bt-test assumes|\bassumes (?:equal|normal)|\bassume (?:role|arn)|assume-role|"
                r"\bassume arn|\brisk (?:score|model|class|group|factor)s?\b|\bat (?:high )?risk of\b|"
                r"\bhigh[- ]risk (?:customers|patients)"
            ),
        ),
    ),
    cases=(
        Case("We assume that the meters on the canal keep reporting twice a day.", Status.ANSWERED),
        Case("| Out of scope | night trains and freight |", Status.ANSWERED),
        Case("- Risk: the union may object to the cameras and stop the pilot", Status.ANSWERED),
        Case("Open question: do we count a returned deposit as revenue?", Status.ANSWERED),
        Case("There are some risks, as with every project.", Status.VAGUE),
        Case("Assumptions: to be written up later.", Status.VAGUE),
        Case("The test assumes normal residuals.", Status.MISSING),
        Case("Let the build role assume arn:aws:iam::1:role/ci.", Status.MISSING),
    ),
)

PATTERN = Pattern(
    id="product-discussion",
    title="Missing product discussion",
    why="When nobody from Product was in the room, the team optimises whatever the data offers. The model then solves "
    "a problem that no one has, or breaks a limit that nobody mentioned, and the work is redone or shelved at launch.",
    questions=(
        PROBLEM,
        PRODUCT_PARTNER,
        LEGAL_CONSTRAINTS,
        BUSINESS_CONSTRAINTS,
        PRODUCT_CONSTRAINTS,
        ASSUMPTIONS,
    ),
    first_steps={
        Role.PRODUCT_MANAGER: "Ask for 45 minutes and bring one screen: who has the problem, what it costs, what must never happen.",
        Role.SPONSOR: "Ask the sponsor to name one person who speaks for Product and to join the next planning meeting.",
        Role.LEGAL: "Send legal one paragraph on which data is used and for which decision, and ask what it forbids.",
        Role.DOMAIN_EXPERT: "Sit with a domain expert for half an hour and read the list of assumptions aloud.",
    },
)
