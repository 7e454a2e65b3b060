"""Ingredients of a concrete sentence, by name: numbers, dates, money, people, roles, metrics, laws, tense."""

import re
from collections.abc import Container
from functools import cache

import re2

from diagnostics.reading.names import has_doer, has_person
from diagnostics.reading.scanner import Scanner

_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|ninety|hundred|thousand|million)"
)
_UNIT = (
    r"(?:ms|milliseconds?|s|secs?|seconds?|min|mins|minutes?|h|hrs?|hours?|days?|nights?|weeks?|months?|"
    r"years?|sprints?|quarters?)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)

_SPACED = re.compile(r"\S+")
_LINKS_WORDS = "a an the of is are be to in on at and or for by with our this that it its"
_LINKS = frozenset(_LINKS_WORDS.split())
_OUTER = ".,;:!?()[]{}\"'“”‘’|*_`-–—<>"  # what is no part of a word at its ends

# Written for RE2, without regard to case. What a name means is what its pattern says.
_PATTERNS: dict[str, tuple[str, ...]] = {
    "number": (
        r"\b\d",
        r"[.]\d",
        rf"\b{_NUMBER_WORD}\b",
        r"\b(?:half|halve|halved|third|quarter|twice|double|doubled|dozens?)\b",
    ),
    "percent": (
        r"\d\s?(?:%|percent\b|per ?cent\b|pct\b|pp\b|percentage points?|points? of|\\%)",
        (
            r"\b(?:\d+|one|two|three|four|five) (?:in|out of|of|per) (?:every )?(?:a )?(?:\d+|ten|"
            r"twenty|fifty|hundred|thousand|million)"
        ),
        rf"\b(?:\d+|{_NUMBER_WORD}) \w+ (?:in|out of) (?:every )?(?:\d+|{_NUMBER_WORD})\b",
        r"\bpercent(?:age)?\b",
        r"\d+ ?(?:/|per) ?(?:10|100|1000|10k|ten thousand|thousand|million)",
    ),
    "money": (
        r"[$€£¥₹]\s?\d",
        (
            r"\d[\d.,]*\s?(?:k|m|mn|mio|bn|million|thousand)?\s?(?:€|\$|£|₹|eur\b|usd\b|gbp\b|chf\b|"
            r"kr\b|sek\b|nok\b|dkk\b|pln\b|inr\b|aud\b|cad\b|euros?\b|dollars?\b|pounds?\b|francs?\b|"
            r"crowns?\b|rupees\b|yen\b)"
        ),
        r"\b(?:eur|usd|gbp|chf|sek|nok|dkk|inr) ?\d",
    ),
    "date": (
        r"\b20\d\d-\d\d(?:-\d\d)?\b",
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b",
        rf"\b{_MONTH}\.? \d{{1,4}}\b",
        rf"\b{_MONTH},? 20\d\d\b",
        r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b",
        r"\bq[1-4]\b",
        r"\b(?:kw|week|wk|sprint) \d",
        (
            rf"\b(?:by|before|until|till|in|from|since|end of|mid|early|late|of|"
            rf"on)[- ](?:the )?(?:end of |mid-?|early |late )?(?:{_MONTH}|spring|summer|autumn|fall|"
            rf"winter|christmas|easter|ramadan|black friday)\b"
        ),
        r"\b(?:by|before|until|till|end of|in) 20\d\d\b",
        (
            r"\b(?:by|before|until|on|from) (?:next )?(?:monday|tuesday|wednesday|thursday|friday|"
            r"saturday|sunday)\b"
        ),
    ),
    "duration": (
        rf"\d[- ]?{_UNIT}\b",
        rf"\b{_NUMBER_WORD}[- ](?:\w+ )?{_UNIT}\b",
        (
            r"\b(?:a|per|each|every) (?:second|minute|hour|day|week|month|year|quarter|night|shift|"
            r"morning)\b"
        ),
        r"\b(?:daily|hourly|weekly|monthly|yearly|nightly|quarterly|annually)\b",
    ),
    "quantity": (
        (
            r"\d[\d.,]* ?(?:k|m|x)?[- ]?(?:ms|kb|mb|gb|tb|mw|rps|qps|fps|hz|khz|px|cores?|gpus?|cpus?|"
            r"requests?|users?|calls?|images?|documents?|records?|rows|languages?|locales?|clicks?|"
            r"items?|tokens?|words|characters?|countries|stores?|sites?)\b"
        ),
    ),
    "comparator": (
        (
            r"\b(?:at (?:least|most)|no (?:worse|more|less|fewer|later|higher|lower|better) than|"
            r"not (?:exceed|more|less)|(?:less|more|fewer|better|worse|higher|lower|greater|faster|"
            r"smaller|larger) than)\b"
        ),
        (
            r"\b(?:below|under|above|over|within|exceed(?:s|ing)?|up to|maximum|minimum|max|min|floor|"
            r"ceiling|cap|capped|not below|or (?:more|less|better|higher|lower|fewer)|no drop)\b"
        ),
        r"(?:≥|≤|>=|<=|=>|=<|<|>|±|~)\s?\.?\d",
        (
            r"\b(?:beats?|outperforms?|halve|halved|double|reduce|decrease|increase|cut|raise|lift|"
            r"improve|drop|bring|grow|shrink|lower)\b"
        ),
        r"\bfrom\b[^.]{1,30}\b(?:to|down to|up to)\b",
        r"->|→",
    ),
    "bound": (
        (
            r"\b(?:at (?:least|most)|no (?:worse|more|less|fewer|later|higher|lower|better) than|"
            r"(?:not|never) (?:to )?(?:exceed|drop|fall|go)|(?:less|more|fewer|higher|lower|greater|"
            r"better) than|not more than)\b"
        ),
        (
            r"\b(?:below|under|above|within|exceed(?:s|ing)?|up to|maximum|minimum|max\.?|min\.?|"
            r"floor|ceiling|cap(?:ped)?|limit(?:ed)?|threshold|or (?:more|less|better|higher|lower|"
            r"fewer)|not a single|none|tolerat\w+|acceptable|accept(?:s|ed)?|put up with|ok(?:ay)?|"
            r"fine)\b"
        ),
        r"(?:≥|≤|>=|<=|=>|=<|<|>)\s?\.?\d",
    ),
    "metric": (
        (
            r"\b(?:accuracy|precision|recall|sensitivity|specificity|f1|f-?1|f-?beta|f2|f-?score|"
            r"f-?measure|auc|auroc|auprc|roc|pr-auc|rmse|rmsle|mse|mae|mape|smape|wape|mase|r2|"
            r"r-squared|logloss|log loss|log-loss|cross[- ]entropy|brier|perplexity|bleu|"
            r"rouge(?:-\w)?|meteor|wer|cer|ndcg(?:@\w+)?|mrr|map@\w+|hit rate|dice|iou|jaccard|kappa|"
            r"mcc|matthews|silhouette|aic|bic|ctr|gini|lift@?\w*|recall@\w+|precision@\w+|"
            r"edit distance|levenshtein|coefficient|confusion matri(?:x|ces))\b"
        ),
        r"\br²|\bmean average precision\b|\bmap\b@?",
        (
            r"\b\w+(?: \w+)?[- ](?:rate|ratio|score|error|time|cost|latency|loss|yield|savings?|"
            r"uplift|share|index|deviation)\b"
        ),
        (
            r"\b(?:share|number|proportion|percentage|fraction|rate|cost|costs|ratio|amount|volume|"
            r"count|median|average|mean|percentile|time|hours|minutes|days|euros|dollars|kilograms?|"
            r"litres?|kilometres?|tonnes?) (?:of|per|from|to|between|spent|saved|until|lost)\b"
        ),
        (
            r"\b(?:revenue|profit|margin|conversions?|conversion rate|churn rate|retention rate|"
            r"turnaround|throughput|waiting time|lead time|downtime|uptime|write-offs?|nps|csat|roi|"
            r"kpi|error rate|response time)\b"
        ),
        (
            r"\bper (?:thousand|hundred|million|month|week|day|year|hour|alert|visitor|user|case|"
            r"order|ton|hectare|shift|\d+)\b"
        ),
        r"\b(?:false|true) (?:positive|negative)s?\b",
    ),
    "model-metric": (
        (
            r"\b(?:accuracy|precision|recall|sensitivity|specificity|f1|f-?score|auc|auroc|auprc|roc|"
            r"rmse|rmsle|mse|mae|mape|r2|logloss|log loss|log-loss|cross[- ]entropy|brier|perplexity|"
            r"bleu|rouge|wer|cer|ndcg|mrr|dice|iou|training loss|validation loss|rank correlation|"
            r"bias of the forecast|offline|held-out score)\b"
        ),
    ),
    "outcome-metric": (
        (
            r"\b(?:revenue|profit|margin|conversions?|sales|sign-?ups?|subscriptions?|churn|retention|"
            r"satisfaction|turnover|money|euros?|dollars?|costs?|savings?|hours saved|minutes saved|"
            r"acceptance rate|waste|scrap|complaints?|lives|business (?:kpi|metric|value|outcome|"
            r"goal)|kpi|outcome|actual goal|bookings?|hires?|litres|tonnes|returns|deliveries|"
            r"user satisfaction|engagement)\b"
        ),
    ),
    "law": (
        (
            r"\b(?:gdpr|hipaa|ccpa|coppa|ferpa|dpia|dsgvo|bdsg|lgpd|pci(?:-dss)?|sox|ai act|"
            r"data protection act|pipeda|fcra|ecoa|mifid|psd2|hitech|glba|dpa 2018|caldicott|"
            r"sarbanes)\b"
        ),
        (
            r"§ ?\d|\bart(?:icle|\.) \d|\bact (?:of )?\d{4}\b|\bregulation \(|\biso ?\d{4}|\bcc[- ]by|"
            r"\bcc0\b|\bmit licen[cs]e|\bapache[- ]2|\bgpl\b"
        ),
    ),
    "placeholder": (
        (
            r"\b(?:tbd|tbc|tba|tbh\?|todo|to-?do:|fixme|n/?a yet|xx+|not (?:yet )?(?:defined|decided|"
            r"known|determined|specified|agreed|clear)|undecided|unclear yet|pas encore)\b"
        ),
        (
            r"\b(?:to be|be|yet to be|still to be|needs? to be|has to be|have to be|must be|will be|"
            r"is being) (?:\w+ )?(?:defined|decided|determined|confirmed|discussed|agreed|worked out|"
            r"clarified|specified|announced|filled|added|written|completed|settled|chosen|named|split|"
            r"described|finali[sz]ed|established|identified|assigned|set later)\b"
        ),
        (
            r"\b(?:still|is|are|remains?) (?:open|pending|missing|tbd|undefined|to come|blank|"
            r"unassigned)\b"
        ),
        r"\b(?:details|name|names|more|figures|numbers) (?:to follow|will follow|later)\b",
        r"(?:^|[|:]) ?(?:\?+|\.\.\.|…|-+|_+|n/?a|none yet|pending)(?: ?[|]|$)",
        (
            r"\bsome(?:body|one) (?:should|needs|has|must|will)\b|\bwe (?:need|have|"
            r"should) to think\b|\blater version\b|\bat a later point\b|\bin due course\b|"
            r"\bideas welcome\b|\bcould be \w+ or \w+"
        ),
    ),
    "past-result": (
        (
            r"\b(?:obtained|achieved|reached|scored|attained|yielded|got|gave|resulted in|came out at|"
            r"won|trained and|we found|were found|was found|showed that|results? (?:show|indicate))\b"
        ),
    ),
    "plan": (
        (
            r"\b(?:will|shall|must|should|would|want|wants|aims?|goal|target|expect(?:s|ed)?|need(?:s|"
            r"ed)? to|going to|plan(?:s|ned)? to|has to|have to|hope to|seek(?:s)? to|intend(?:s)? to|"
            r"objective|success|successful|at least|at most|threshold|ac:|acceptance criteria)\b"
        ),
    ),
    "must": (
        (
            r"\b(?:must|shall|has to|have to|may not|cannot|can't|can not|mustn't|never|required?|"
            r"requires|requirement|only|not allowed|no \w+ (?:allowed|permitted)|prohibited|forbidden|"
            r"under no circumstances|do not|don't|needs? to|mandatory|may only|restricted to|without|"
            r"not intended)\b"
        ),
    ),
    "hypothetical": (
        (
            r"^(?:[-*] )?(?:suppose|imagine|what if|assuming we|say we|if (?:this|somebody|someone|"
            r"anyone|it|the \w+) (?:were|ever|had))\b"
        ),
        (
            r"\b(?:in the novel|in the book|in the film|"
            r"hypothetically)\b"
        ),
    ),
    "role": (
        r"\b(?:pm|po|mle|ds|sme|dpo|qa|cto|ceo|coo|cfo|cio|cdo|vp|svp|ciso)\b",
        (
            r"\b(?:product|project|programme|program|engineering|delivery|account|operations|plant|"
            r"depot|store|ward|claims|risk|analytics|marketing|sales|data|research|team|group|general|"
            r"line) (?:manager|owner|lead|leader|head|director|steward|officer)s?\b"
        ),
        (
            r"\b(?:data|ml|machine[- ]learning|software|backend|frontend|platform|devops|mlops|ai|"
            r"research|analytics|test|qa|cloud|nlp|lead ml) (?:engineer|scientist|analyst|architect|"
            r"developer|researcher|administrator|annotator|eng\.?)s?\b"
        ),
        (
            r"\b(?:sponsor|head of|lead|chief|chair(?:man|woman|person|ed)?|director|supervisor|"
            r"mentor|advisor|instructor|tutor|champion|owner|analysts?|engineers?|scientists?|"
            r"statistician|developer|annotators?|annotation lead|designer|architect|legal counsel|"
            r"counsel|nurse|sister|clinicians?|radiologists?|doctor|physician|actuar(?:y|ies)|"
            r"underwriters?|agronomists?|dispatcher|inspectors?|operators?|editor(?:-in-chief)?|"
            r"librarian|auditor|controller|accountant|recruiter|domain expert|"
            r"subject[- ]matter expert|principal investigator|co-?lead|coordinator|facilitator|"
            r"scrum master|data provider|domain owner|supplier|sre|site reliability|data eng\.?|"
            r"modell?ers?|subcontractor|project lead)\b"
        ),
        (
            r"\b(?:data science|modell?ing|ingestion|pipelines?|product|labell?ing|annotation|"
            r"infra\w*|backend|frontend|design|legal|ops|mlops|platform|analytics|engineering|data|"
            r"research|qa) ?(?:->|→|:|=|–|-|\|) ?@?\w"
        ),
    ),
    "team": (
        (
            r"\b(?:the )?(?:\w+ ){0,2}(?:team|squad|department|board|committee|council|union|group|"
            r"desk|office|authority|ministry|agency|division|unit|association|consortium|guild|"
            r"steering|panel|panels|works council|chapter|company|client|customer|bank|hospital|"
            r"clinic|municipality|museum|university|institute|laboratory|lab|labs|foundation|brewery|"
            r"insurer)\b"
        ),
        r"\b(?:inc|llc|ltd|gmbh|plc|corp|ag|s\.a\.|nhs|nhsx)\b",
        (
            r"\b(?:legal|finance|marketing|procurement|platform|operations|ops|compliance|infosec|"
            r"security|privacy|hr|customer service|sales|product)\b"
        ),
    ),
    "hedge": (
        (
            r"\bas (?:\w+ )?(?:\w+ )?as (?:possible|feasible)\b|\bas far as\b|\bif possible\b|"
            r"\bwhere (?:possible|suitable|needed)\b|\bnice to have\b"
        ),
        (
            r"\b(?:appropriate|suitable|adequate|reasonabl[ey]|sufficient|satisfactory|decent|somehow|"
            r"obviously|of course|as usual|hopefully|ideally|eventually|at some point|sooner or later|"
            r"in general|one day|in the future|some day)\b"
        ),
        (
            r"\b(?:thoroughly|carefully|closely|smoothly|broadly|regularly|continuously|noticeably|"
            r"seamless\w*|hand in hand|robust|scalable|user[- ]friendly|intuitive|"
            r"state[- ]of[- ]the[- ]art|best[- ]practice\w*|cutting[- ]edge|cool|exciting)\b"
        ),
        (
            r"\b(?:is|are) (?:very |really |also )?(?:important|key|crucial|essential|relevant|"
            r"limited|scarce|tight|ambitious)\b"
        ),
        (
            r"\b(?:some|certain|several|various|a couple of|a number of|a few) (?:\w+ )?(?:risks?|"
            r"assumptions?|errors?|mistakes?|rules|limits|constraints|issues|people|metrics?|kpis?)\b"
        ),
        (
            r"\bwe (?:need|should|have to|must) (?:to )?(?:think|define|decide|find|agree|clarify|"
            r"discuss|look into|consider|make sure)\b|\bwe need (?:a|some|an)\b"
        ),
        (
            r"\b(?:all|every) (?:stakeholders?|interested parties|applicable|relevant)\b|"
            r"\bstakeholders (?:will|were|are)\b|\bthe (?:whole )?team (?:will|should)\b|"
            r"\bthe business\b"
        ),
        r"\b(?:tbd|maybe|perhaps|possibly|or so|or something|and so on|etc)\b",
    ),
    "two-roles": (
        (
            r"\b(?:data eng\w*|engineers?|engineering|scientists?|science|analysts?|analytics|mle|ds|"
            r"product|pm|qa|platform|ops|backend|research|modell?ers?|annotators?|vendor|devops|"
            r"developers?|legal|designers?|owner)\b.*\b(?:data eng\w*|engineers?|engineering|"
            r"scientists?|science|analysts?|analytics|mle|ds|ml|product|pm|qa|platform|ops|backend|"
            r"research|modell?ers?|annotators?|vendor|devops|developers?|legal|designers?|owner)\b"
        ),
        (
            r"\b(?:ml|mle)\b.*\b(?:data eng\w*|engineers?|scientists?|analysts?|product|pm|qa|"
            r"platform|ops|backend|ds)\b"
        ),
    ),
    "question-mark": (r"\?(?:\s|$|[)\"'”*|])",),
}


@cache
def _scanner() -> Scanner:
    return Scanner(pattern for patterns in _PATTERNS.values() for pattern in patterns)


def ingredients(words: str, vocabulary: Container[str] = ()) -> frozenset[str]:
    """The names of the ingredients that a sentence (on one line, without markup) has.

    `vocabulary` are the words that its document writes in lower case: capitalised, they are no names.
    """
    matched = _scanner().found(words)
    found = {name for name, patterns in _PATTERNS.items() if not matched.isdisjoint(patterns)}
    if has_person(words, vocabulary):
        found.add("person")
        if has_doer(words, vocabulary):
            found.add("doer")
    return frozenset(found)


def places(words: str, names: Container[str]) -> tuple[tuple[int, int], ...]:
    """Where in some words the named ingredients stand: whole words, in their order, none overlapping.

    Words that only link others are left out, and persons: what tells a name is the words around it.
    """
    matched = _scanner().found(words)
    found: list[tuple[int, int]] = []
    for name, patterns in _PATTERNS.items():
        if name not in names or name == "two-roles":  # its patterns take in all that stands between the two
            continue
        for pattern in matched.intersection(patterns):
            found += [match.span() for match in re2.compile(pattern, _options()).finditer(words)]
    whole = [_bare(token) for token in _SPACED.finditer(words) if token.group().casefold() not in _LINKS]
    inside = [token for token in whole if any(begin < token[1] and token[0] < end for begin, end in found)]
    joined: list[tuple[int, int]] = []
    for begin, end in inside:
        if joined and not words[joined[-1][1] : begin].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return tuple(joined)


def _bare(token: re.Match[str]) -> tuple[int, int]:
    """A token without the marks around it; "≥0.8" keeps its sign."""
    word = token.group()
    begin = token.start() + len(word) - len(word.lstrip(_OUTER))
    return begin, max(begin, token.start() + len(word.rstrip(_OUTER)))


@cache
def _options() -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    return options


NAMES = frozenset({*_PATTERNS, "doer", "person"})
