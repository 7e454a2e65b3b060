"""Unclear success metric: nobody can say when the project is done, or whether it got better."""

from diagnostics.findings import Status
from diagnostics.patterns._contract import Case, Cues, Pattern, Question
from diagnostics.records import Role

METRIC_NAMED = Question(
    id="metric-named",
    question="Which metric are we trying to improve or optimise?",
    answered="A metric that can be computed is named as the measure of success, of the model or of the business.",
    vague="“Accuracy” or “performance” in the sense of “good”; “improve engagement”.",
    weight=3,  # no target, baseline or measurement exists without it
    partner=Role.PRODUCT_MANAGER,
    agenda="If this works, which one number moves, and who already looks at it today?",
    example="The one number we steer by is the share of parcels delivered in the promised two hours.",
    cues=Cues(
        topic=(
            (
                r"\b(?:as the (?:goal|metric|kpi|number|measure|yardstick)|settled on|"
                r"shook hands|stands? in for|proxy)\b"
            ),
            (
                r"\b(?:we (?:measure|track|count|look at|report|steer by|are judged)|number (?:we|that|"
                r"to)|figure (?:we|that)|what (?:counts|matters|we want)|thing that (?:counts|matters)|"
                r"steer by|to be judged)\b"
            ),
            r"<metric>",
            (
                r"\b(?:metrics?|kpis?|north star|yardstick|success (?:is|means|criteri\w+|measure)|"
                r"measure of success|optimi[sz]e (?:for )?|objective function|what counts|judged (?:on|"
                r"by)|performance)\b"
            ),
            r"\b(?:has to|must) (?:come down|fall|rise|go (?:up|down))\b|\bbring(?:ing)? down\b",
        ),
        headings=(
            (
                r"\b(?:metrics?|kpis?|success (?:criteria|measures?|metrics?)|evaluation|north star|"
                r"how (?:will|do) we measure|objectives?|goals?|measur\w+|acceptance criteria|targets?)\b"
            ),
        ),
        concrete=(
            (
                (
                    r"\b(?:wer|cer|auc|auroc|f1|rmse|mae|mape|ndcg\S*|bleu|dice|iou|brier|map@\w+|recall@\w+|"
                    r"ctr|mean absolute error|word error rate|log loss|r²)\b"
                ),
                (
                    r"\b(?:judge|judged|beyond|win|primary|stands? in|dashboard|nightly|proxy|"
                    r"against|photos|goal|metric|target|optimi\w+|tune|each|score[sd]?|gives|offline|"
                    r"pushes?|measured?)\b"
                ),
            ),
            (
                (
                    r"\b(?:as the (?:goal|metric|kpi|number|measure|yardstick)|"
                    r"being the figure)\b"
                ),
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                (
                    r"\b(?:settled on|agreed on|shook hands on|judge (?:it|us|this) by|"
                    r"the actual goal|wants)\b"
                ),
                r"<number>|<metric>",
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                r"<percent>",
                r"\b(?:from|to|halve|reach|at least|wants?|want|goal|target|resolved|approved)\b",
                r"\b(?:to|->|resolved|in|reach|at least|>=|per|approved|by)\b",
            ),
            (
                (
                    r"(?i)^(?:[-*|] ?)?(?:\w+ )?(?:kpi|kpis|north star|metric|success metric|main metric|"
                    r"primary metric|yardstick|success measure|measure of success)\b ?(?:is\b|=|:|\||-|–|for)"
                ),
                r"(?:\w+\W+){4,}\w+",
            ),
            (
                r"<metric>",
                (
                    r"\b(?:metric|kpi|kpis|north star|yardstick|measure of success|success (?:is|means|"
                    r"criteri\w+|metric)|we (?:measure|track|steer by|optimi[sz]e|are judged)|judged (?:on|"
                    r"by)|optimi[sz]e|minimi[sz]e|maximi[sz]e|target|number (?:we|that|to)|figure (?:we|"
                    r"that))\b"
                ),
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                (
                    r"\b(?:minutes|hours|days|euros?|dollars?|kilos?|kilograms?|litres?|tonnes?|tons?|percent|"
                    r"share|number|pounds|cases|calls|tickets|visits|kwh|kilometres|km) (?:\w+ ){0,3}(?:per|"
                    r"of|a|each|until|between|from|lost|saved|spent)\b"
                ),
                (
                    r"\b(?:has to|must|should|want|goal|target|aim|down|up|fall|rise|shrink|metric|kpi|"
                    r"measure|judge[ds]?|optimi\w+|improve|yardstick|counts|lower|raise|reduce|cut|number we|"
                    r"figure)\b"
                ),
            ),
            (
                (
                    r"\b(?:metrics?|kpis?|north star|yardstick|success|judged|measured? (?:by|in|as|with|"
                    r"using)|optimi[sz]\w+|scor(?:e|ed|ing)|evaluat\w+|objective|goal|target|aim|"
                    r"minimi[sz]\w+|maximi[sz]\w+|reduce|increase|improve|beat\w*|halve|bring(?:ing)? down|"
                    r"has to (?:fall|come down)|below|above|at least|compare[ds]?|exceed|should|accept\w*|"
                    r"countersign\w*|looks? at|from|counts?|want|care about|rubric|threshold|no worse|"
                    r"as the)\b"
                ),
                (
                    r"\b(?:precision|recall|sensitivity|specificity|f1|f-?1|f2|f-?score|f-?measure|auc|auroc|"
                    r"auprc|roc|pr-auc|rmse|rmsle|mse|mae|mape|smape|wape|r2|logloss|log loss|log-loss|"
                    r"cross[- ]entropy|brier|perplexity|bleu|rouge|wer|cer|ndcg\S*|mrr|map@\w+|hit rate|dice|"
                    r"iou|jaccard|kappa|mcc|silhouette|aic|bic|ctr|recall@\w+|edit distance|levenshtein|"
                    r"mean average precision|mean (?:absolute|squared)|confusion matri(?:x|ces)|"
                    r"character error rate|word error rate|error rate|r²)\b|\br²"
                ),
            ),
            (
                (
                    r"\b(?:metrics?|kpis?|north star|yardstick|success|judged|measured? (?:by|in|as|with|"
                    r"using)|optimi[sz]\w+|objective is|goal is|target|aim|minimi[sz]\w+|maximi[sz]\w+|reduce|"
                    r"increase|halve|bring(?:ing)? down|has to (?:fall|come down)|figure that|looks? at|"
                    r"at least|under|below|above|agreed|no (?:more|less|worse) than|from .{1,20} to|"
                    r"signed off|want|should|care about|actual goal)\b"
                ),
                (
                    r"\b(?:share|number|proportion|percentage|fraction|rate|cost|costs|ratio|amount|volume|"
                    r"count|median|average|mean|percentile|time|hours|minutes|days|euros?|dollars?|kilograms?|"
                    r"litres?|tonnes?|conversions?|kilometres?) (?:of|per|from|to|between|spent|saved|until|"
                    r"lost|in)\b|\b\w+[- ](?:rate|ratio|cost|latency|yield|savings?|uplift|share)\b|"
                    r"\bper (?:thousand|hundred|million|month|week|day|hour|alert|visitor|user|order|hectare|"
                    r"shift|ten)\b"
                ),
            ),
            (
                r"\baccuracy\b",
                (
                    r"\b(?:metric|measured?|evaluat\w+|target|goal|success|categorical|balanced|top-\d|"
                    r"at least|above|higher than|beat|threshold|rate|check the|compare\w*|score)\b|\d ?%"
                ),
            ),
            (
                r"<heading>",
                (
                    r"\b(?:precision|recall|sensitivity|specificity|f1\S*|f-score|auc\S*|roc\S*|rmse|rmsle|"
                    r"mse|mae|mape|r2|logloss|bleu|rouge|wer|cer|ndcg\S*|mrr|dice|iou|kappa|aic|ctr|accuracy|"
                    r"error rate|conversion rate|acceptance rate|churn rate|confusion matri\w+|"
                    r"edit distance)\b"
                ),
            ),
            (
                r"\b(?:loss|score|metric)\b",
                (
                    r"\b(?:mean column-?wise|is calculated|calculated as|computed as|defined as|we (?:use|"
                    r"will use|chose)|is used as|used as)\b"
                ),
                r"<metric>",
            ),
        ),
        hedges=(r"\bappropriate (?:evaluation )?metrics?\b|\bhighly accurate\b",),
        never=(
            r"\bprometheus\b|\bscrape\b|\bmetrics endpoint\b|\bmetric system\b",
            r"<hypothetical>",
        ),
    ),
    cases=(
        Case("KPI: share of tram stops announced on time.", Status.ANSWERED),
        Case("| Metric | macro F1 over the 14 defect classes |", Status.ANSWERED),
        Case("- we optimise for the median time to first reply, nothing else", Status.ANSWERED),
        Case("The model should be highly accurate and reliable.", Status.VAGUE),
        Case("KPI: to be defined with controlling", Status.VAGUE),
        Case("The metrics endpoint needs a new scrape config.", Status.MISSING),
        Case("The lathe holds a tolerance of two microns.", Status.MISSING),
    ),
)

METRIC_TARGET = Question(
    id="metric-target",
    question="What value counts as success?",
    answered="A number with the metric it belongs to, or an explicit comparison, set as a goal.",
    vague="“High”, “better”, “as good as possible”. A result already achieved is no target.",
    weight=3,  # without it no one can stop
    partner=Role.PRODUCT_MANAGER,
    agenda="From which value on would you launch, and under which value would you stop the project?",
    example="At least 92 % of invoices posted untouched by the end of the pilot; 78 % are today.",
    one_value=True,
    cues=Cues(
        topic=(
            r"\b(?:beyond|a win|wants)\b|\+ ?\d",
            (
                r"\b(?:need(?:s)? to (?:be|reach|get|fall|drop)|or (?:better|more|less|higher|lower|"
                r"fewer)|no (?:later|slower|higher|lower)|minimum|floor|down to|up to|goal is|done when|"
                r"ship if|launch if|successful if|bar is|hurdle)\b"
            ),
            (
                r"\b(?:target|goal|aim|success|successful|criteri\w+|threshold|at least|at most|"
                r"no (?:worse|less|more) than|should (?:be|reach|exceed|decrease|increase|drop|go)|"
                r"must (?:be|reach|exceed|drop|go|rise|come)|want|beat|beats|outperform|exceed|below|"
                r"under|above|reduce|increase|decrease|improve(?:ment)?|halve|double|cut|raise|from|"
                r"to reach|achieve|hope to|satisfactory|acceptable|ac:)\b"
            ),
            r"(?:>=|<=|≥|≤|>|<) ?\.?\d",
            (
                r"\b(?:high(?:er|est)?|low(?:er)?|better|best|good|accurate|strong|reliable|noticeabl\w+|"
                r"significant\w*|as (?:high|low|good) as possible|state of the art)\b"
            ),
        ),
        headings=(
            (
                r"\b(?:targets?|success (?:criteria|metrics?|measures?)|goals?|acceptance criteria|kpis?|"
                r"objectives?|metrics?|definition of done|quantify)\b"
            ),
        ),
        concrete=(
            (
                r"\b(?:wants?|we want|push|beyond|win|target|goal|aim)\b",
                r"<percent>|\b0?\.\d+",
                r"\b(?:wants?|beyond|win|target|goal|at present|instead|today|resolved|from|to)\b|\+ ?\d",
            ),
            (
                (
                    r"\b(?:target|goal|aim|success|successful|done when|ship if|launch if|bar is|hurdle|must|"
                    r"should|want|need(?:s)? to|has to|have to|acceptance|minimum|objective)\b"
                ),
                (
                    r"\b(?:at least|at most|no (?:worse|less|more|fewer|lower|higher|slower) than|below|under|"
                    r"above|over|or (?:better|more|less|higher|lower|fewer)|to|by|reach|exceed|beat\w*|within|"
                    r"down|up|fewer|less|more|than)\b|>=|<=|≥|≤|<|>"
                ),
                (
                    r"<percent>|\b\d+(?:[.,]\d+)? (?:points?|minutes?|min|hours?|h|days?|euros?|seconds?|s|mm|"
                    r"cm|km|kg|litres?|cases|calls|out of)\b|\b0?\.\d+|[€$£]"
                ),
                r"<metric>|<percent>|<duration>|<money>",
            ),
            (
                r"<metric>",
                r"<number>",
                (
                    r"\b(?:target|goal|aim|success|successful|criteri\w+|at least|at most|no (?:worse|less|"
                    r"more|fewer|lower|higher) than|should|must|want|beat|beats|outperform\w*|exceed\w*|reach|"
                    r"below|under|above|reduce|decrease|increase|improve|halve|double|cut|raise|bring|lower|"
                    r"minimum|higher than|greater than|less than|more than|ac:|acceptance|is needed|to reach|"
                    r"get to|achieve)\b|>=|<=|≥|≤|=>"
                ),
            ),
            (
                r"<percent>",
                (
                    r"\b(?:reduce|reduction|decrease|increase|improve|cut|raise|lower|lift|drop|halve|uplift|"
                    r"detect)\b"
                ),
                r"\b(?:by|at least|increase in|reduction in|of|than|>=|to)\b|>=|≥|<metric>",
            ),
            (
                (
                    r"\b(?:halve|double|cut .{1,30} by|bring .{1,40} (?:down )?to|get .{1,30} (?:down|"
                    r"up)? ?(?:to|under|below|above))\b"
                ),
                r"<number>",
            ),
            (r"\bfrom [^|]{0,12}\d[^|]{0,20} to\b[^|]{0,12}\d",),
            (r"\d[^|.]{0,6}(?:->|→) ?[^|]{0,6}\d",),
            (
                r"\b(?:beats?|outperforms?|better than|improv\w+ (?:on|over|upon))\b",
                r"\b(?:baseline|current|rules?|popularity|present|existing|seasonal|human|logistic|by)\b",
                r"<number>",
            ),
            (r"\b(?:aim|target|goal)\b ?(?:=|:|is|\|)", r"<number>"),
            (r"<heading>", r"<metric>", r"<percent>"),
            (r"\b(?:score|result)\b", r"\b(?:will be used as|as) the threshold\b", r"<number>"),
            (r"\bfor every \d+\b", r"\bat least \d+\b"),
            (
                r"\baverage\b[^.]{0,40}\bunder\b|\bunder (?:\w+ ){1,2}(?:minutes|seconds|hours|days)\b",
                r"\b(?:want|aim|target|goal|success)\b",
            ),
        ),
        never=(
            r"<hypothetical>",
            r"\b(?:obtained|achieved|won|scored|attained|yielded|reached)\b[^.]{0,60}\d",
            (
                r"\b(?:test|training|validation) (?:set|data|split)\b[^.]{0,20}\d+ ?%|"
                r"\b\d+ ?% (?:of the data )?(?:for|as) (?:training|testing|validation)"
            ),
            (
                r"\b(?:leaderboard|winning team|target (?:distribution|"
                r"variable|column|class|label|feature|encoding)s?)\b"
            ),
        ),
    ),
    cases=(
        Case("Target: at least 92 % of invoices posted without a human touch.", Status.ANSWERED),
        Case("| recall on cracked tiles | >= 0.97 | by the end of the pilot |", Status.ANSWERED),
        Case("- cut the no-show rate from 14 % to 9 %", Status.ANSWERED),
        Case("Accuracy should be as high as possible.", Status.VAGUE),
        Case("Targets will be set after the first sprint.", Status.VAGUE),
        Case("Last year's winners achieved 0.88 F1 on that data set.", Status.MISSING),
        Case("Suppose we had 99 % accuracy, would anyone notice?", Status.MISSING),
    ),
)

METRIC_BASELINE = Question(
    id="metric-baseline",
    question="Where do we stand today?",
    answered="The value today, or the named present system or simple model, that the result is compared with.",
    vague="“Currently manual”, with no value and nothing to compare with.",
    weight=2,
    partner=Role.DATA_ANALYST,
    agenda="What is the number today, measured on which weeks, and who can measure it for us?",
    example="The keyword rules we run today catch 61 of 100 spam listings (March sample, counted by hand).",
    cues=Cues(
        topic=(
            r"^(?:[-*|] ?)?before ?[:|]|\bin prod(?:uction)?\b|\bat present\b",
            (
                r"\b(?:at the moment|nowadays|these days|this year|right now|the old|incumbent|previous|"
                r"until now|to date|on average|in the last|last (?:spring|summer|autumn|season|week))\b"
            ),
            (
                r"\b(?:baselines?|benchmarks?|as-is|as is|status quo|reference (?:point|model|to compare)|"
                r"compare(?:d)? (?:with|to|against)|comparison)\b"
            ),
            (
                r"\b(?:today|currently|current|at present|presently|now|existing|so far|last (?:year|"
                r"quarter|month|winter)|in 20\d\d|we run now|already|legacy|present)\b"
            ),
            r"\bfrom [^|]{0,12}\d[^|]{0,20} to\b|\d ?(?:->|→) ?\d",
            (
                r"\b(?:naive|seasonal naive|logistic regression|popularity|majority class|random guess\w*|"
                r"rule-based|keyword filter|state[- ]of[- ]the[- ]art|previous work|human[- ]level|"
                r"leaderboard|winning solution)\b"
            ),
            r"\bbeats? (?:the )?\w+",
        ),
        headings=(
            (
                r"\b(?:baselines?|benchmarks?|current (?:state|situation|value|process|performance)|as-is|"
                r"status quo|today|where we (?:are|stand))\b"
            ),
        ),
        concrete=(
            (
                r"\b(?:in prod(?:uction)?|before ?:|v\d)\b|^(?:[-*|] ?)?before ?[:|]",
                r"<number>",
                r"<metric>|<percent>|\bmap\b",
            ),
            (
                r"\b(?:at present|today|currently|now) (?:it is|it's|they|only|we)\b",
                r"<number>",
            ),
            (
                (
                    r"\b(?:at the moment|nowadays|these days|right now|today|currently|current|at present|"
                    r"until now|so far|last (?:year|quarter|month|spring|summer|autumn|winter|season|week)|"
                    r"this year|in 20\d\d|status quo|as-is|on average|existing|the old|we now|now)\b"
                ),
                r"<percent>|<duration>|<money>|<metric>",
                r"<number>",
                r"(?:\w+\W+){5,}\w+",
            ),
            (
                (
                    r"\b(?:compare[ds]?|measured against|benchmark\w*|baseline|reference|yardstick|opponent|"
                    r"beat|against)\b"
                ),
                (
                    r"\b(?:the (?:old|current|present|existing|incumbent|human|manual|simple|previous)|naive|"
                    r"rules?|last year|persistence|majority|average|mean|median|logistic|linear|excel|"
                    r"spreadsheet|heuristic|experts?|staff|what we (?:have|run|do)|today's)\b"
                ),
                r"(?:\w+\W+){4,}\w+",
            ),
            (
                r"\b(?:baselines?|benchmarks?|base model)\b",
                (
                    r"\b(?:naive|logistic|linear|regression|random|rules?|rule-based|majority|popularity|"
                    r"xgboost|forest|tree|bayes|svm|cnn|network|fasttext|tf-?idf|human|mean|average|median|"
                    r"moving average|arima|model (?:is|will|of|using|based)|template\w*|knn|subset|"
                    r"leaderboard|previous|heuristic|template)\b"
                ),
            ),
            (r"\b(?:baselines?|benchmarks?|as-is)\b", r"<number>"),
            (
                r"\b(?:compare[ds]?|comparison|reference|against)\b",
                (
                    r"\b(?:naive|same weekday|last year|present|current|existing|rules?|manual|curated|"
                    r"logistic|popularity|human|by the|previous|heuristic|simpler|expert)\b"
                ),
                r"(?:\w+\W+){4,}\w+",
            ),
            (
                (
                    r"\b(?:today|currently|current|at present|presently|now|so far|last (?:year|quarter|"
                    r"month)|audit|already|legacy|existing|as of)\b"
                ),
                r"<number>",
                (
                    r"\b(?:per|out of|of|%|miss\w*|rate|takes?|hours?|minutes|days|weeks|auc|through|catch\w*|"
                    r"wait\w*|average|lets?|cost\w*|accuracy|error|score)\b|%|€|\$"
                ),
            ),
            (
                r"\b(?:miss|misses|missed|catch|catches|lets?|overlook\w*)\b",
                r"\b(?:\d+|one) (?:in|out of|of) (?:every )?(?:\d+|ten|twenty|hundred)\b",
            ),
            (r"\bfrom [^|]{0,12}\d[^|]{0,20} to\b[^|]{0,12}\d",),
            (r"\d[^|.]{0,6}(?:->|→) ?[^|]{0,6}\d",),
            (
                r"\b(?:beats?|outperforms?|better than)\b",
                r"\b(?:popularity|rules?|naive|current|existing|present|human|logistic|heuristic|keyword)\b",
            ),
            (
                (
                    r"\b(?:best results?|top score|state[- ]of[- ]the[- ]art|winning|leaderboard|"
                    r"previous work)\b"
                ),
                r"\b(?:0?\.\d+|\d+(?:\.\d+)? ?%)",
            ),
            (
                (
                    r"\b(?:as (?:a |the |our )?(?:benchmark|baseline)|(?:benchmark|baseline) model (?:is|"
                    r"will be|would be))\b"
                ),
            ),
            (
                r"<heading>",
                (
                    r"\b(?:naive|logistic|linear|random|rules?|majority|xgboost|forest|tree|bayes|svm|cnn|"
                    r"network|human|average|score|accuracy|auc|rmse|model)\b"
                ),
                r"(?:\w+\W+){4,}\w+",
            ),
        ),
        never=(
            (
                r"\bbaseline (?:image|version|build|branch|config\w*|scan|template|kit|visit|"
                r"survey form)\b|\bbaseline (?:shift|correction)\b|\bcss\b"
            ),
            r"\bbaseline (?:wander|drift|shift|grid|of the (?:wall|text|trace))\b",
            r"\bbaseline meeting\b|\broom \w+\b|<hypothetical>",
            r"\+?infinity\b",
        ),
    ),
    cases=(
        Case("Today the keyword rules catch 61 out of 100 fake listings.", Status.ANSWERED),
        Case("| Baseline | same hour last week, MAPE 18 % |", Status.ANSWERED),
        Case("- benchmark: logistic regression on the five vital signs", Status.ANSWERED),
        Case("At the moment everything is done by hand.", Status.VAGUE),
        Case("Baseline: to be measured in the first month.", Status.VAGUE),
        Case("The baseline of the wall is cracked near the door.", Status.MISSING),
        Case("What is our current error, does anyone know?", Status.MISSING),
    ),
)

METRIC_PROXY = Question(
    id="metric-proxy",
    question="Is the metric optimised directly or through a proxy, and how does it relate to the product's?",
    answered="It says how the offline or model metric stands for the outcome that matters, or why it can be used directly.",
    vague="A model metric and a business metric side by side, with no link between them.",
    weight=2,
    partner=Role.DATA_SCIENTIST,
    agenda="When the offline score rises, what makes us believe that the product's number rises as well?",
    example="Recall at 10 is our proxy for bookings: in the last two tests each point of recall brought 0.3 % more of them.",
    cues=Cues(
        topic=(
            (
                r"\b(?:nearest thing|closest thing|as close as we (?:get|come)|surrogate|"
                r"we take \w+ (?:as|for)|(?:falls|drops|rises|goes (?:up|down)) when|moves with|"
                r"in step with|goes with|went with|the thing itself|no detour|same thing)\b|"
                r"\bmeans (?:fewer|more|less)\b"
            ),
            r"\b(?:stands in for|was worth)\b",
            (
                r"\b(?:tells us (?:little|nothing|something)|says (?:little|nothing|something) about|"
                r"predicts|tracks|mirrors?|in line with|tied to|substitute|instead of measuring|"
                r"cannot (?:be )?measured?|can't (?:be )?measured?|only known|takes months|converted into|"
                r"is worth|amounts? to|equals|each (?:point|percent)|every (?:point|percent|extra)|"
                r"in turn|what counts|in the end|ultimately|not an end in itself|means to an end)\b"
            ),
            (
                r"\b(?:prox(?:y|ies)|stand-?in|stands? (?:in )?for|surrogate|correlat\w+|goes along|"
                r"went along|goes hand in hand|translat\w+ (?:\w+ ){0,4}into|move[sd]? together|"
                r"indicator of|approximat\w+|reflects?|as a guide|offline|online|directly optimi[sz]\w+|"
                r"optimi[sz]\w+ directly|optimi[sz]e the|what (?:we|actually|really) (?:care|matters?|"
                r"pays)|pays the bills|business value|business (?:kpi|metric|outcome)|"
                r"actual goal|serves? as|equivalent to|link(?:s|ed)? (?:to|between))\b"
            ),
            r"<model-metric>",
        ),
        headings=(r"\b(?:proxy|proxies|offline (?:and|vs)|link (?:to|between)|metric rationale|relation)\b",),
        concrete=(
            (
                (
                    r"\b(?:nearest thing|closest thing|as close as we (?:get|come)|surrogate|(?:falls|drops|"
                    r"rises|goes (?:up|down)) when|moves? with|in step with|goes with|went with|"
                    r"the thing itself|no detour|means (?:fewer|more|less))\b"
                ),
                r"<metric>|<outcome-metric>|<model-metric>",
                r"(?:\w+\W+){7,}\w+",
            ),
            (
                r"\b(?:stands? in for|was worth|is worth|correlation)\b",
                r"(?:\w+\W+){6,}\w+",
                r"\b(?:because|so|about|less|more|late|true|on|for)\b",
            ),
            (
                r"<model-metric>",
                (
                    r"\b(?:tells us|says (?:little|nothing|something)|tracks|mirrors?|in line with|tied to|"
                    r"substitute|instead of|cannot (?:be )?measure\w*|can't (?:be )?measure\w*|is worth|"
                    r"amounts? to|each (?:point|percent)|every (?:point|percent|extra)|ultimately|"
                    r"means to an end|stands for|goes with|proxy|because|since|correlat\w+|poor|good|rather|"
                    r"what (?:we|counts|matters)|therefore)\b"
                ),
                (
                    r"\b(?:customers?|users?|patients?|readers|clinic|shop|store|depot|minutes|hours|money|"
                    r"euros?|dollars?|sales|cost\w*|complaints?|lives|accept\w*|adopt\w*|visits?|calls?|"
                    r"business|real|product|goal|outcome|kpi|revenue|churn|waste\w*|saved|returns?|tickets|"
                    r"growers|farmers|drivers|people)\b"
                ),
                r"(?:\w+\W+){8,}\w+",
            ),
            (
                (
                    r"\b(?:cannot (?:be )?measure\w*|can't (?:be )?measure\w*|only known|"
                    r"takes (?:\w+ )?months|known only)\b"
                ),
                r"\b(?:so|instead|therefore|hence|until then|meanwhile|we use|stand-?in|proxy)\b",
            ),
            (
                r"\b(?:no proxy|not a proxy|not through a proxy|directly|itself)\b",
                r"\b(?:optimi[sz]\w+|minimi[sz]\w+|maximi[sz]\w+|train\w*|measure\w*|loss|target)\b",
                r"\b(?:since|because|as|so|which|that|:|need\w*|is the)\b",
                r"(?:\w+\W+){7,}\w+",
            ),
            (
                r"<model-metric>",
                r"<outcome-metric>",
                (
                    r"\b(?:correlat\w+|translat\w+|stands? (?:in )?for|proxy|surrogate|goes? along|went along|"
                    r"because|since|therefore|hence|as the outcome|what we care|move together|leads? to|"
                    r"each (?:extra )?(?:point|percent)|brings?|corresponds?|so that|equivalent|though|"
                    r"actual goal|as a guide|only (?:as|what))\b"
                ),
            ),
            (
                r"\b(?:prox(?:y|ies)|stand-?in|surrogate)\b",
                r"\b(?:for|of|because|since|needed|not|instead|correlat\w+|stands?|translat\w+)\b",
                r"(?:\w+\W+){6,}\w+",
            ),
            (
                r"\b(?:train on|trained on|optimi[sz]e|loss|perplexity|offline|clicks?|rank correlation)\b",
                (
                    r"\b(?:what (?:we|actually|really|pays)|actual goal|pays the bills|is only|as the outcome|"
                    r"the real|poor indicator|what matters|we care about)\b"
                ),
            ),
            (
                (
                    r"\b(?:translates?|went along|goes along|correlates?|corresponds?|moves? together|"
                    r"converts?)\b"
                ),
                r"\b(?:into|with|to|together)\b",
                r"<outcome-metric>",
            ),
            (
                r"\b(?:directly|very (?:loss|thing)|may as well optimi[sz]e|no proxy|one to one)\b",
                r"\b(?:metric|minimi[sz]\w+|optimi[sz]\w+|loss|bias|measure\w*)\b",
                r"<outcome-metric>",
            ),
            (
                (
                    r"\b(?:the reason for (?:this|choosing)|chosen because|we chose|because (?:it|"
                    r"this metric))\b"
                ),
                r"<model-metric>",
                r"\b(?:users?|customers?|patients?|business|practice|product|cost|real|matters)\b",
            ),
        ),
        hedges=(r"\b(?:somehow|should reflect)\b",),
        never=(
            (
                r"\bproxy (?:statement|vote|voting|war|timeout|url|config\w*|auth\w*|host|port|class|"
                r"object|pattern|certificate)\b|\bbehind (?:a|the) proxy\b|\b(?:rotating|sidecar|envoy|"
                r"api|caching) prox(?:y|ies)\b|\bby proxy\b"
            ),
            (
                r"\b(?:corporate|reverse|http|https|web|nginx|squid) proxy\b|\bproxy (?:server|blocks|"
                r"settings)\b|\badam\b|\blearning rate\b"
            ),
        ),
    ),
    cases=(
        Case(
            "Recall@10 is our proxy for bookings: in two past tests each point brought 0.3 % more of them.",
            Status.ANSWERED,
        ),
        Case("| offline: MAE | stands for food waste, because each portion too many is thrown away |", Status.ANSWERED),
        Case("We can optimise euros of waste directly, no proxy is needed: the till reports it.", Status.ANSWERED),
        Case("Offline we report AUC, online we report sales.", Status.VAGUE),
        Case("Proxy metric: tbd", Status.VAGUE),
        Case("The web proxy refuses large uploads.", Status.MISSING),
        Case("Weights were optimised with SGD and momentum.", Status.MISSING),
    ),
)

METRIC_MEASUREMENT = Question(
    id="metric-measurement",
    question="How, on what data and when will it be measured?",
    answered="The evaluation set, split, experiment, time window or monitoring that produces the number.",
    vague="“We will evaluate the model.”",
    weight=2,
    partner=Role.DATA_SCIENTIST,
    agenda="Which data stays untouched until the end, and on which day do we read the number from it?",
    example="The last eight weeks of 2025 are held out for every shop and scored once, in the first week of March.",
    cues=Cues(
        topic=(
            r"\b(?:test group|control|photos|significan\w+|straight off|golden)\b",
            (
                r"\b(?:sample[ds]?|random(?:ly)?|panel|counted|weighed|timed|logged|audit(?:ed|s)?|"
                r"side by side|blind(?:ed)?|double-?blind|re-?labelled|spot checks?|reserved?|set aside|"
                r"kept aside|kept back|untouched|live|parallel run|in parallel|stopwatch|questionnaire|"
                r"every (?:friday|monday|week|month|quarter|morning|night))\b"
            ),
            (
                r"\b(?:test(?:ing)? (?:set|data|sets|split|images|scans|subset|on)|hold[- ]?out|"
                r"held[- ]?out|validation (?:set|data|split|period)|verification period|"
                r"cross[- ]?validat\w*|k-?fold|\d+-fold|train(?:ing)?[-/ ](?:and[- ])?(?:test|validation)|"
                r"a/b|ab test|split|shadow mode|experiment|control group|monitor(?:ing|ed)?|dashboard|"
                r"evaluat\w+|measur(?:e|ed|ing)|golden|backtest\w*|walk-?forward|out[- ]of[- ](?:time|"
                r"sample)|user study|survey|pilot|unseen|submit\w*|submission|we count|scor(?:e|es|ed)|"
                r"compare[ds]?|before and|ground truth|confusion matrix)\b"
            ),
        ),
        headings=(
            (
                r"\b(?:evaluation|measur\w+|validation|testing|test plan|experiment\w*|monitoring|"
                r"how will we measure|metrics)\b"
            ),
        ),
        concrete=(
            (r"\b(?:test group|vs control|significant at)\b",),
            (
                r"<number>",
                r"\b(?:photos|images|scans|utterances|clips|questions|calls)\b",
                r"\b(?:same|on the|golden|against|nightly|score[sd]?)\b",
            ),
            (
                (
                    r"\b(?:sample[ds]?|random(?:ly)?|panel|counted|weighed|timed|audit(?:ed|s)?|side by side|"
                    r"blind(?:ed)?|spot checks?|reserved?|set aside|kept aside|kept back|untouched|"
                    r"parallel run|in parallel|stopwatch|questionnaire|measured?|compared?|scored?|evaluated?|"
                    r"tested|checked|split|control|pilot|test set|hold\w*)\b"
                ),
                r"<number>",
                r"\b(?:on|over|between|before|after|for|during|from|against|of|by|each|every|with|in|per)\b",
                (
                    r"\b(?:weeks?|months?|days?|years?|quarters?|nights?|shifts?|seasons?|images?|scans?|"
                    r"calls?|letters?|cases|records|orders|patients|users|customers|sessions|clips|documents|"
                    r"invoices|samples?|tickets|sites?|stores?|shops?|depots?|regions?|clinics?|hospitals?|"
                    r"plots|fields|wells|utterances|sentences|photos|files|rows|%|\d+ ?%)\b"
                ),
                r"(?:\w+\W+){6,}\w+",
            ),
            (
                (
                    r"\b(?:hold[- ]?out|held[- ]?out|test(?:ing)? (?:set|data|split|subset)|validation (?:set|"
                    r"data|split)|verification period|golden)\b"
                ),
                (
                    r"<number>|\b(?:untouched|never|not used|unseen|last|from|clinics?|sites?|years?|weeks?|"
                    r"months?|split|between|double-read|personas|images|submitted|submit\w*|available|"
                    r"provided)\b"
                ),
            ),
            (
                (
                    r"\b(?:cross[- ]?validat\w*|k-?fold|\d+-fold|walk-?forward|backtest\w*|leave-one-\w+|"
                    r"stratified|out[- ]of[- ]time|train[-/ ]test split|train_test_split)\b"
                ),
            ),
            (r"\b(?:a/b|ab test|control group|shadow mode|randomi[sz]ed|split test)\b", r"(?:\w+\W+){3,}\w+"),
            (r"\b(?:split|divide[ds]?|dividing|partition\w*)\b", r"\b(?:train\w*|test\w*|validation|valuation)\b"),
            (r"\b\d+ ?[%/] ?(?:and |for |/|-|:)?\s?\d* ?%?[^.]{0,30}\b(?:train\w*|test\w*|validation)\b",),
            (
                (
                    r"\b(?:nightly|weekly|daily|monthly|each (?:month|week|day|monday|morning)|every (?:month|"
                    r"week|day|night|morning)|on the first of)\b"
                ),
                (
                    r"\b(?:scor\w+|measur\w+|compare\w*|count\w*|dashboard|monitor\w*|report\w*|sample\w*|"
                    r"evaluat\w+)\b"
                ),
            ),
            (
                r"\b(?:measur\w+|evaluat\w+|compare\w*|count|counted|scored?|verification|read off|pilot)\b",
                r"<date>|<duration>",
                r"\b(?:on|over|between|before|after|for|during|from|against|of)\b",
                r"(?:\w+\W+){6,}\w+",
            ),
            (r"\b(?:before and (?:\w+ ){0,3}after|weeks? before|days? before)\b",),
            (
                (
                    r"\b(?:measured|evaluated|scored|tested|validated|labels?) (?:on|using|with|from|against|"
                    r"by)\b"
                ),
                (
                    r"\b(?:set|sets|images|scans|records|customers|weeks|months|sample|kaggle|dataset|"
                    r"historical|unseen|truth|questions|patients|users|leaderboard)\b"
                ),
                r"(?:\w+\W+){6,}\w+",
            ),
            (r"\bcome[s]? straight off|\bstraight (?:off|from) the\b",),
        ),
        never=(
            r"\bwould be good\b|\bsome kind of\b",
            (
                r"\b(?:unit|integration|regression|smoke|load) tests?\b|"
                r"\bphd position\b|<hypothetical>"
            ),
            r"\bsplit (?:the )?(?:file|role|bill|pdf)\b",
        ),
    ),
    cases=(
        Case("The last six weeks of 2025 are held out for every depot and scored once.", Status.ANSWERED),
        Case("| A/B test | 10 % of sessions for 14 days, control keeps the old order |", Status.ANSWERED),
        Case("- 5-fold cross-validation, grouped by patient", Status.ANSWERED),
        Case("The model will be evaluated carefully.", Status.VAGUE),
        Case("Evaluation plan: tbd", Status.VAGUE),
        Case("Unit tests run on every push.", Status.MISSING),
        Case("The jury will evaluate the applicants in May.", Status.MISSING),
    ),
)

METRIC_AGREEMENT = Question(
    id="metric-agreement",
    question="Who agreed on the metric and on its target?",
    answered="Named people or parties agreed to, approved or signed off the metric or the success criteria.",
    vague="“To be agreed”, or “agreed” by no one in particular.",
    weight=2,
    partner=Role.SPONSOR,
    agenda="Will you put your name under this metric and this value, so that we stop arguing at launch?",
    example="Agnes Moreau (service) and the finance team accepted cost per solved ticket as the yardstick on 4 May.",
    cues=Cues(
        topic=(
            r"\b(?:shook hands|thumbs up|on board)\b",
            (
                r"\b(?:gave (?:his|her|their|its) (?:ok|okay|blessing|consent|nod|signature)|nod from|"
                r"blessing of|put (?:his|her|their) name|undersigned|committed to|unanimous\w*|voted|vote|"
                r"shook hands|fine with|on board with|concur\w*|acknowledged|adopted)\b"
            ),
            (
                r"\b(?:agree[ds]?|agreed (?:on|upon|with|by)|agreement on|sign(?:s|ed)?[- ]?off|signed|"
                r"countersigned|approved|approval|accepted|said yes|consensus|consented|endorsed|"
                r"confirmed|happy with|initials|okayed|ok'd|blessed|ratified|settled on|buy-in|"
                r"suggested in)\b"
            ),
        ),
        headings=(r"\b(?:sign-?off|agreement|approvals?|kpi sign-?off|accepted by)\b",),
        concrete=(
            (
                (
                    r"\b(?:agree[ds]?|sign(?:s|ed)?[- ]?off|signed|countersigned|approved|accepted|said yes|"
                    r"endorsed|confirmed|okayed|blessing|nod|voted|adopted|fine with|on board with|happy with|"
                    r"shook hands|settled on|thumbs up|ratified|committed to)\b"
                ),
                r"<person>|<team>|<role>",
                (
                    r"\b(?:as the (?:goal|metric|kpi|target|number|measure|bar)|metric|kpi|"
                    r"goal|yardstick)\b|<metric>"
                ),
            ),
            (
                (
                    r"\b(?:agree[ds]?|sign(?:s|ed)?[- ]?off|signed|countersigned|approved|approval|accepted|"
                    r"said yes|endorsed|confirmed|happy with|initials|okayed|ratified|settled on|consented|"
                    r"blessing|nod|unanimous\w*|voted|adopted|fine with|on board with|committed to|"
                    r"undersigned|acknowledged)\b"
                ),
                r"<person>|<team>|<role>",
                (
                    r"<metric>|<percent>|\b(?:metrics?|kpis?|criteri\w+|targets?|yardstick|success|judge[ds]?|"
                    r"measure[ds]?|threshold|definition|goal|bar|hurdle|acceptance)\b"
                ),
            ),
            (
                (
                    r"\b(?:agree[ds]?|sign(?:s|ed)?[- ]?off|signed|countersigned|approved|accepted|said yes|"
                    r"endorsed|confirmed|okayed|blessing|nod|voted|adopted|fine with)\b"
                ),
                r"<person>",
                r"<metric>",
            ),
            (
                (
                    r"\b(?:agree[ds]?|sign(?:s|ed)?[- ]?off|signed|countersigned|approved|accepted|said yes|"
                    r"endorsed|confirmed|okayed|blessing|nod|voted|adopted|fine with)\b"
                ),
                r"<team>",
                r"<metric>",
            ),
            (
                (
                    r"\b(?:agree[ds]?|sign(?:s|ed)?[- ]?off|signed|countersigned|approved|accepted|said yes|"
                    r"endorsed|confirmed|okayed|blessing|nod|voted|adopted|fine with)\b"
                ),
                r"<role>",
                r"<metric>",
            ),
            (
                (
                    r"\b(?:agree[ds]?|sign(?:s|ed)?[- ]?off|signed|countersigned|approved|approval|accepted|"
                    r"said yes|endorsed|confirmed|happy with|initials|okayed|ratified|settled on|consented)\b"
                ),
                r"<person>",
                (
                    r"\b(?:metrics?|kpis?|criteri\w+|targets?|yardstick|success|measure|judged|sensitivity|"
                    r"specificity|precision|recall|f1|auc|rmse|mae|error|rate|cost|costs|share|per|minutes|"
                    r"hours|euros|percent|%|threshold|definition|number|figure|accuracy|score|write-offs|"
                    r"avoided|goal)\b"
                ),
            ),
            (
                (
                    r"\b(?:agree[ds]?|sign(?:s|ed)?[- ]?off|signed|countersigned|approved|accepted|said yes|"
                    r"endorsed|confirmed|happy with|initials|okayed|ratified|consented)\b"
                ),
                r"<team>",
                (
                    r"\b(?:metrics?|kpis?|criteri\w+|targets?|yardstick|success|judged|sensitivity|"
                    r"specificity|precision|recall|f1|auc|rmse|mae|error rate|cost per|share of|minutes|hours|"
                    r"threshold|to be judged|accuracy)\b"
                ),
            ),
        ),
        never=(
            (
                r"\binter-?(?:annotator|rater)\b|\bannotators? agree|\bkrippendorff|\bcohen'?s kappa|"
                r"\bstand-?up\b|\bagreed to move\b|\blunch\b"
            ),
        ),
    ),
    cases=(
        Case("Agnes Moreau and Felix Braun agreed to cost per solved ticket as the yardstick.", Status.ANSWERED),
        Case("| Target 92 % | approved by Finance and by O. Lindgren on 4 May |", Status.ANSWERED),
        Case("- success criteria signed off by the works council and the depot manager", Status.ANSWERED),
        Case("The KPI has been agreed.", Status.VAGUE),
        Case("Sign-off of the metric: pending", Status.VAGUE),
        Case("Annotators agreed with a kappa of 0.7.", Status.MISSING),
        Case("Piotr agreed to move the retro to Tuesday.", Status.MISSING),
    ),
)

PATTERN = Pattern(
    id="success-metric",
    title="Unclear success metric",
    why="Without one agreed number and its target, every result can be called a success or a failure, so the team keeps "
    "tuning and the decision to launch never comes. A model metric that nobody tied to the product's makes it worse.",
    questions=(
        METRIC_NAMED,
        METRIC_TARGET,
        METRIC_BASELINE,
        METRIC_PROXY,
        METRIC_MEASUREMENT,
        METRIC_AGREEMENT,
    ),
    first_steps={
        Role.PRODUCT_MANAGER: "Bring three mock results (poor, fair, great) and ask at which of them they would launch.",
        Role.DATA_ANALYST: "Ask the analyst to measure today's number on four past weeks before anything is trained.",
        Role.DATA_SCIENTIST: "Write the evaluation on half a page, with data, split and date, and walk through it together.",
        Role.SPONSOR: "Send the metric and its target in two lines and ask for a yes or a change by Friday.",
    },
)
