"""Terms of tickets: the words by which a ticket speaks to a kickoff question, or of a cause elsewhere, and where.

Sharing a distinctive term is a hint, and no more: what is made of it says so, and quotes the sentence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

import re2

from diagnostics.findings import Evidence
from diagnostics.history import Work
from diagnostics.reading.quotes import quote_span
from diagnostics.reading.scanner import Scanner
from diagnostics.records import Account, Ticket, text_sha256
from diagnostics.talk.thread import Post, thread_of


class Terms(NamedTuple):
    """`about`: the question as part of a sentence ("wait for an answer on ..."). `terms`: an expression a line, between
    word boundaries and without regard to case; none, where no words that tickets share with it tell."""

    about: str
    terms: str


# Tuned to be rare in tickets that wait for nothing: "threshold" alone stands in half of all tickets. A question of a
# pattern that is not here is joined to tickets by the questions that they ask alone.
QUESTION_TERMS: dict[str, Terms] = {
    "problem": Terms(
        "which problem the project solves, and for whom",
        r"""
        what (?:is|are) (?:this|it|that|these|they) (?:for|good for)
        (?:which|what) problem (?:do|does|are|is|would)
        who (?:needs|wants|uses|reads|would use|will use|would read) (?:this|it|that|them)
        (?:nobody|no one|no agent) (?:uses|needs|wants|asked for|will read|reads) (?:this|it|that)
        (?:which|what|whose|no) use case""",
    ),
    "product-partner": Terms(
        "who speaks for Product",
        r"""
        (?:ask|asked|asking|from|to|until|if|with|by|for) (?-i:Product)(?:'s)?
        (?-i:Product)(?:'s)? (?:mailbox|call|decision|side|wants|says|has|team|owner|manager|would)
        (?:who else in|someone in|somebody in|anyone in) product
        product side
        what product (?:wants|needs|says)
        (?:which|what) part of the business
        (?:no|without a|do not have a|don't have a) (?:product (?:manager|owner)|PM|po)
        (?:someone|somebody|a word) from (?:sales|the business|operations|marketing)""",
    ),
    "legal-constraints": Terms(
        "which legal and privacy limits apply",
        r"""
        (?:data|privacy) (?:protection|office|officer|impact assessment)
        (?:GDPR|DPIA|HIPAA|works council|lawyers?|legal department|legal team|legally|personal data|consent forms?)
        legal (?:says|said|has|have|keeps?|must|needs?|wants?|review|basis)
        contract clause
        clear[- ]text (?:numbers?|names?|data)
        (?:ask|asked|from|with) legal
        data processing agreement""",
    ),
    "business-constraints": Terms(
        "which budget, deadline and staff it has",
        r"""
        who pays(?: for)?
        (?:in|over|no|the|out of|whose|which) budget
        cost cent(?:re|er)
        (?:what|which|no|a|hard) deadline
        head ?count
        by when (?:do|does|must|should)
        (?:who|what) (?:can|will|would) (?:pay|fund)""",
    ),
    "product-constraints": Terms(
        "how the thing must and must not behave",
        r"""
        (?:how|what) (?:fast|slow|large|long|often) (?:may|must|can|should)
        what is (?:forbidden|allowed)
        no specs?
        (?:takes|needs|want|write|writes) (?:a |the )?(?:specs?|specifications?|requirements?)
        floor or (?:a )?ceiling
        (?:need|needs|without) (?:a|the) cap
        in which languages?
        (?:the )?wording (?:is|of|draft|belongs)
        latency (?:limit|budget|requirement)
        is (?:one|a|two|ten|\d+) seconds? (?:fine|ok|okay|enough|too)""",
    ),
    "assumptions": Terms("which assumptions and risks stand", ""),
    "metric-named": Terms(
        "which metric counts",
        r"""
        which (?:number|metric|figure|kpi|measure|score) (?:do|does|should|is|are|counts|matters|to)
        success (?:metrics?|criterion|criteria|measures?)
        (?:what|which) (?:do|should|are) we (?:optimi[sz]e|optimi[sz]ing|report|reporting|steer)
        (?:AUC|AUROC|F1|recall|precision|accuracy) (?:of what|or (?:AUC|F1|recall|precision|accuracy|uplift))""",
    ),
    "metric-target": Terms(
        "what value counts as success",
        r"""
        good enough
        (?:how much|what) (?:is|would be) enough
        (?:call|calls|called|count|counts) (?:it |this |that |as )?(?:a )?(?:success|good)
        success criteri(?:on|a)
        what (?:is|would be) (?:a )?success
        (?:set|sets|no|without a|agree on a|need a) targets?
        target (?:for|value|is) (?:open|missing|blank|recall|precision|accuracy)
        (?:which|what) (?:recall|precision|accuracy|value|target) (?:is|would be|do|does|should|must)
        acceptance criteri(?:on|a)""",
    ),
    "metric-baseline": Terms(
        "what the result has to beat, and where things stand today",
        r"""
        (?:no|which|what) baseline
        better than what
        (?:compare|compared|compares?) (?:with|to|against) (?:what|which)
        (?:what|which) .{0,40}compare against
        (?:compared|against) (?:with )?(?:which|last) (?:period|year)
        something to stand next to
        how (?:good|bad|often) (?:are|is|do|does) (?:we|it|they) today""",
    ),
    "metric-proxy": Terms(
        "how the model's metric relates to what the product gains",
        r"""
        (?:as a |a )prox(?:y|ies)
        proxy (?:metrics?|measures?|labels?|for the)
        stand in for
        (?:have|has|had) anything to do with
        (?:does|do) not care about (?:the )?(?:AUC|F1|recall|precision|accuracy|loss)
        (?:instead of|rather than|compare) (?:clicks|presses|views|opens)
        clicks? (?:with|and|or|versus|vs) (?:won |closed )?(?:deals|sales|orders|bookings|revenue)
        business (?:metric|value|kpi)""",
    ),
    "metric-measurement": Terms(
        "how, on what data and when success is measured",
        r"""
        (?:no|without a|which) control group
        hold[- ]?out (?:hotels?|groups?|stores?|sets?|users?|sites?)
        (?:clean|which|no|the) (?:test|evaluation|validation) set
        (?:which|over which|what) (?:months|period|weeks|time window)
        how (?:do|does|should|will|would) (?:we|you|they|it) (?:measure|evaluate|compute) (?:it|this|that|success)
        (?:no|which|design an?) (?:uplift |controlled |a/b )?(?:experiment|a/b test)
        design of the comparison
        two (?:evaluation )?scripts
        one way to compute""",
    ),
    "metric-agreement": Terms(
        "who agrees to the metric and its target",
        r"""
        (?:agree|agreed|agrees) (?:on|to) (?:one|a|the|what|which) (?:metric|number|figure|target|goal|yardstick)
        (?:accept|accepts|accepted) (?:it|this|that) as (?:good enough|the (?:metric|target))
        (?:reopen|change|changes) the (?:goal|target|metric)
        (?:sign|signs|signed|signing) off .{0,30}(?:metric|target|number|figure)
        (?:before|nobody|who|anybody) signs (?:it|this) off""",
    ),
    "error-costs": Terms(
        "which mistakes hurt, and which kind is worse",
        r"""
        (?:needless|wrong|false|missed|bad) (?:\w+ ){1,2}costs?(?: us)?
        what (?:a|one|the) (?:needless|wrong|false|missed|bad) (?:one|call|alarm|answer|suggestion)
        costs? of (?:a |an |one )?(?:false|wrong|missed|needless|mistakes?|errors?)
        what (?:they|it|that|these|a mistake|mistakes) costs?
        (?:which|what) (?:mistakes?|errors?|kind of (?:mistakes?|errors?)) (?:is|are|hurts?|matters?|would|do|does)
        (?:mistakes?|errors?|false \w+|that) (?:is|are|would be) (?:worse|a real problem|harmless|annoying)
        (?:severity|severity class) (?:of|is|class)
        is it a problem when""",
    ),
    "error-rate": Terms(
        "how many mistakes of which kind are acceptable",
        r"""
        how many (?:wrong|false|missed|bad|mistakes|errors|misses)(?: \w+)?
        how many .{0,30}(?:are|is) (?:acceptable|tolerable|allowed|all right|fine|ok|okay|we allowed)
        (?:which|what|how much|none|some) .{0,20}(?:is|are) (?:acceptable|tolerable)
        (?:false|wrong) (?:ones?|\w+s) (?:are|is) (?:acceptable|tolerable|allowed|all right)
        as few as possible
        (?:false (?:alarm|positive|negative|reject\w*)|error|miss) (?:rate|budget)s? (?:is|are|do|may|can|must|of what)
        (?:choose|pick|set|decide|which|what|needs?) (?:the |a )?(?:score |decision )?(?:threshold|cut-?off)
        (?:score|threshold|cut-?off) from which
        tolerat(?:e|es|ed|ing|ions?)
        false alarms? .{0,20}(?:swallow|put up|live with|bear)""",
    ),
    "ml-fit": Terms(
        "whether machine learning is the right solution",
        r"""
        (?:without|instead of|need) (?:a |any )?(?:model|machine learning|ML|AI)
        (?:simple|plain|two|three|few|hand-?written|if-then) rules?
        rules? (?:before|in front of|instead of) (?:the|a) model
        rule[- ]based
        (?:look-?up table|regular expression|off[- ]the[- ]shelf)
        (?:rules|keywords?|search) (?:would|could|can|does|do) (?:do|the same|as well)""",
    ),
    "remediation": Terms(
        "what happens when the model is wrong",
        r"""
        human in the loop
        over-?rul(?:e|es|ed|ing)
        (?:may|can|must|who|to) override (?:it|the model|the score|them)
        (?:fall ?-?backs?|fall back to)
        (?:when|if) (?:it|the model|a \w+) (?:is|was|gets|goes) wrong
        review queue
        (?:without|by|to|before) a (?:person|human)
        (?:who|nobody|somebody) (?:checks|reviews|corrects|looks at) (?:it|them|the (?:answers?|cases?|output))
        (?:wrong|doubtful|unsure|disputed) cases
        (?:undo|take back|appeal|complain\w*) (?:it|a|the|about|against)""",
    ),
    "roles-assigned": Terms(
        "who is on the project in which role",
        r"""
        (?:we|I) (?:have|had|got) (?:nobody|no one)
        (?:we have no|there is no|without a|no) (?:designer|product manager|product owner|data engineer|ML engineer|PM)
        who (?:is|are) (?:on|in) (?:the|this) (?:team|project)
        no name to (?:put|ask)
        (?:do|does) not have a name
        who (?:replaces|covers|stands in)
        (?:instead|in place) of (?:him|her|them) now
        no successor""",
    ),
    "responsibilities": Terms(
        "who does which work",
        r"""
        (?:not|isn't|n't) (?:my|our|his|her|their) (?:job|part|task|work|turn)
        (?:part|all) of (?:my|our|your) job
        not (?:mine|me|ours|us)(?: either)?
        whose (?:job|task|work|turn|ticket|part)
        who (?:does|writes|builds|runs|hosts|fills|maintains|labels|owns) (?:it|this|that|them|the|those)
        who (?:picks|takes|looks after|consumes|starts) (?:it|this|that|them|the|up|over)
        who (?:gets|is) called
        (?:I|we) (?:assumed?|understood) (?:that |in \w+ that )?\w+ (?:would|will|does|writes?|moves?|goes|runs?)
        (?:is|are) for (?:whoever|whom)
        responsible (?:person|is not|for it)
        (?:a|an) PM document
        as (?:a )?(?:data scientist|data engineer|ML engineer|analyst|PM) I
        I (?:only|just|don't|do not) (?:count|load|write|run|produce|deliver|label|own|train)""",
    ),
    "role-boundaries": Terms(
        "where one role's work ends and the next one's begins",
        r"""
        hand-?over document
        (?:hand|handed|handing) (?:it )?(?:over|on|back) to
        is (?:part of the model|pipeline work|data work|product work|model work)
        (?:\w+'s|your|my|our|their) side (?:hosts?|does|runs?|owns?|loads?)
        back with (?:me|you|us)
        usually done by
        (?:model or (?:as )?business|as model or)
        (?:belongs to|is) (?:the )?(?:data engineer|data scientist|ML engineer|analyst|PM)(?:s|'s)?""",
    ),
    "decision-owner": Terms(
        "who decides",
        r"""
        who (?:decides|can decide|may decide|has the (?:last )?(?:word|say)|signs?|approves|releases|can lift)
        who (?:\w+ ){0,3}will sign
        who is the one signing
        (?:somebody|someone|anybody|whoever) (?:who )?(?:decides|has to (?:decide|say|choose|sign|own)|may|can sign)
        someone above me
        (?:needs?|waits? for|waiting for|wants|until) (?:a |the )?(?:decision|go from|go-ahead|sign-?off|approval)
        needs? (?:somebody|someone|a word from (?:somebody|someone)) (?:who|to (?:accept|choose|decide|say|sign))
        (?:can't|cannot|can not) (?:choose|decide)
        (?:isn't|not) (?:mine|ours|his|her|theirs|my|our) (?:to (?:choose|decide|say)|decision)
        (?:no one|nobody|nobody left) to (?:choose|decide|ask)
        please decide
        could we decide
        (?:the question of )?who signs""",
    ),
    "data-access": Terms(
        "where the data is and who may use it",
        r"""
        access (?:request|rights?|comes|is granted)
        (?:no|approve the|grant|granted|read) access
        (?:data owner|service account|credentials)
        (?:can't|cannot|not allowed to|never been allowed to) (?:query|see|read) (?:it|them|the)""",
    ),
    "data-quality": Terms(
        "how much data there is and how right it is",
        r"""
        (?:data quality|missing values|is empty for|are empty for|gaps in the data|duplicates? in)
        (?:too few|not enough|only \d+) (?:rows|examples|records|cases|pictures)""",
    ),
    "label-source": Terms(
        "where the labels come from",
        r"""
        (?:who|whoever|nobody|somebody) (?:labels?|annotates?)
        (?:no|without|wait(?:s|ing)? for|until) (?:the )?labels?
        label(?:l?ing)? (?:guide|guidelines|instructions)
        (?:re-?label|ground truth)""",
    ),
    "expert-time": Terms(
        "how much of the expert's time is promised",
        r"""
        (?:someone|somebody|a person) who (?:knows|prices|treats|handles|understands)
        hours? (?:a|per) week of
        (?:take|takes|took) (?:two|one|three|any) of them off""",
    ),
    "expert-tasks": Terms(
        "what the expert does for it",
        r"""
        go through (?:the |these |wrong )?(?:cases|mistakes|examples) with
        (?:asked|sent) (?:the )?(?:experts?|doctors?|nurses?|clinicians?|handlers?)""",
    ),
    "domain-definitions": Terms(
        "what the domain's words and fields mean",
        r"""
        what does .{1,40} mean
        what do you mean by
        (?:which|what) (?:\w+ )?do you mean
        (?:no|without a|the) definition of
        definition (?:of|is)""",
    ),
    "serving": Terms(
        "where the model runs and how its output gets to people",
        r"""
        where (?:does|will|should|do) (?:it|this|the model|they|the scores) (?:run|go)
        who consumes (?:it|this|them)
        (?:no|which|whose) endpoint
        write-?back""",
    ),
    "production-owner": Terms(
        "who runs it in production",
        r"""
        on[- ]call
        who (?:gets|is) called at night
        who (?:runs|hosts|operates|deploys) (?:it|this|the)
        (?:take|takes) it over""",
    ),
    "model-upkeep": Terms(
        "how anyone would notice that it gets worse",
        r"""
        who (?:watches|monitors|retrains)
        (?:retrain|retraining) (?:when|how often|every)
        (?:who|nobody|someone) .{0,20}reads (?:the )?(?:alerts?|alarms?|reports?)""",
    ),
    "who-asked": Terms(
        "who asked for it",
        r"""
        who (?:asked|wanted|ordered|requested) (?:for )?(?:this|it|that)
        (?:nobody|no one) (?:asked|has asked) for""",
    ),
    "evidence-of-need": Terms(
        "what shows that anyone has this trouble",
        r"""
        (?:interviews?|surveys?) (?:with|of|among) (?:the )?(?:users?|customers?|agents?|planners?|managers?)
        (?:does|do) (?:anybody|anyone|they) (?:really |even )?need""",
    ),
    "action-on-output": Terms(
        "what anyone does with the output",
        r"""
        what (?:do|does|would|will|should) (?:they|he|she|anyone|somebody|agents?|people) do with
        who (?:acts|does something) (?:on|with)""",
    ),
    "priority-rank": Terms(
        "what it comes before and what it waits for",
        r"""
        (?:which|what) (?:comes|goes|is) first
        (?:more|less) (?:urgent|important) than
        (?:de-?|re-?)?prioriti[sz](?:e|ed|ing|ation)""",
    ),
    "commitment": Terms(
        "for how long people and money are promised",
        r"""
        (?:until|for) how long (?:do|does|is|are|will)
        (?:taken|pulled|moved) (?:off|from|away from) (?:this|the) project""",
    ),
    "change-rule": Terms(
        "how scope and order may change",
        r"""
        (?:scope|requirements?) (?:has|have|was|were|keeps?) (?:changed|changing|grown)
        (?:another|new) change (?:request|of scope)""",
    ),
    "metric-choice": Terms(
        "which metric was taken over which other",
        r"""
        why (?:not )?(?:AUC|AUROC|F1|recall|precision|accuracy|RMSE|MAE)
        (?:AUC|F1|recall|precision|accuracy|RMSE|MAE) (?:or|versus|vs) (?:AUC|F1|recall|precision|accuracy|RMSE|MAE)""",
    ),
    "solution-choice": Terms(
        "which solution was taken over which other",
        r"""
        (?:which|what) (?:model|architecture|approach|library|solution) (?:do|should|shall) we
        why (?:not )?(?:use|take) (?:a|an|the)""",
    ),
    "choice-cost": Terms(
        "what the choice costs, and whom",
        r"""
        what (?:do|would) we (?:lose|give up)
        trade-?offs?""",
    ),
}

# Causes that no kickoff question settles. They stand in the order in which ties are told.
TOPIC_TERMS: dict[str, str] = {
    "data access": r"""
        access (?:request|rights?|comes|is granted)
        access to (?:the |a |new |their )?(?:\w+ ){0,2}(?:data|warehouse|lake|tables?|schemas?|database|extract|replica)
        (?:no|the|approve the|grant|granted|read|without) access
        (?:data owner|service accounts?|credentials|permissions? (?:to|for|on))
        (?:can't|cannot|not allowed to|never been allowed to) query
        (?:lack of|until there is|wait(?:s|ing|ed)? for(?: the)?) (?:fresh |new |real |training |raw |sales )*data
        no (?:(?:fresh |new |real |training |raw |sales )+data|data (?:yet|at all|available|for|from|since))
        (?:extract|feed|export) (?:was|is|has been) (?:switched off|dead|empty|missing|gone|stopped)""",
    "labelling": r"""
        (?:re-?|un)?label(?:l?ed|l?ing|l?ers?)
        re-?label
        labels (?:are|were|is|for|from|of)
        (?:the|no|more|new|missing|wrong|until|your|those|\w+ day|\w+ evening) labels
        label (?:guide|guidelines|set|batch|\d[\d,]*)
        the label (?:says|is|was)
        (?:hangs on|waits? for|waiting for|needs?|without) (?:the |more )?labels?
        annotat(?:e|ed|es|ing|ions?|ors?)
        ground truth
        judged (?:pictures|images|cases|examples)
        (?:needs a|no|a) verdict from""",
    "infrastructure": r"""
        (?:GPUs?|kubernetes|k8s|VPN|firewall|quota|out of memory|OOM|staging|outages?)
        (?:the |our |no |shared )cluster
        (?:disk|disks) (?:is |are )?(?:full|space|fills)
        (?:test|staging|build) (?:system|environment|server|account|bench) (?:is|was|has|runs|only)
        (?:servers?|machines?|gateways?|nodes?|runners?|pipelines?) (?:is|are|was|were) (?:down|broken|dead|missing)
        (?:access points?|hardware|electricians?|infrastructure)""",
    "dependency on others": r"""
        (?:vendor|supplier|contractor)s?(?:'s)? (?:has|have|says?|said|wants?|charges?|needs?|must|failed|promised)
        (?:wait(?:s|ing)? for|belongs to|ask(?:ed)?|from) (?:a |the |our )?(?:\w+ )?(?:vendor|supplier|contractor|lab)
        (?:platform|security|network|infrastructure|integration|(?-i:IT)|finance|another) (?:team|department|office)
        someone in (?:finance|(?-i:IT)|security|procurement|legal)
        (?:(?-i:IT)|procurement|purchasing|security) (?:wants?|asks?|says?|needs?|reads|first|second)
        (?:waits?|waiting|blocked|stuck|depends?|hangs) (?:for|by|on|behind) (?-i:[A-Z][A-Z0-9]+-\d+)
        (?:wait(?:s|ed|ing)?) (?:for|on) (?:the |a |an |their |another )?\w+ (?:team|office|department|board)
        needs (?-i:[A-Z][A-Z0-9]+-\d+)
        change request""",
    "change of priority": r"""
        (?:de-?|re-?)prioriti[sz](?:e|ed|es|ing|ation)
        (?:priority|priorities) (?:has|have|was|were|is|are|changed?|shifted)
        (?:on hold|postpon(?:e|ed|es)|put off)
        (?:parked|paused) (?:behind|until|for|as of)
        (?:moved|pushed|shifted|slipped) (?:\w+ ){0,3}to (?:next (?:quarter|year|month|sprint)|20\d\d|q[1-4])
        more (?:urgent|important) (?:things?|work|projects?)
        (?:pulled|taken|moved) (?:off|away|onto) (?:to |this |the |for )
        (?:has |have )?eaten (?:the|up|my|our)
        booked for (?:the|another)
        behind (?:two|three|the|some) (?:other|others)
        until the .{1,30} is over""",
}


def _expression(terms: str) -> str | None:
    """One expression for a block of lines: any white space between words, either kind of apostrophe."""
    lines = [line.strip() for line in terms.splitlines() if line.strip()]
    if not lines:
        return None
    return rf"\b(?:{'|'.join(lines)})\b".replace(" ", r"\s+").replace("'", "['’]")


@cache
def _expressions() -> dict[str, str]:
    """Every expression by what it speaks to: a question's id, or a topic."""
    named = {id: terms.terms for id, terms in QUESTION_TERMS.items()} | TOPIC_TERMS
    return {name: made for name, terms in named.items() if (made := _expression(terms))}


@cache
def _scanner() -> Scanner:
    return Scanner(_expressions().values())


@cache
def _compiled(name: str) -> re2._Regexp:
    options = re2.Options()
    options.case_sensitive = False
    return re2.compile(_expressions()[name], options)


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence of a ticket that holds a term: `term` as it stands there, and the quote around the sentence."""

    ticket: Ticket
    term: str
    comment: int | None
    author: Account | None
    at: datetime | None
    url: str | None
    text: str
    span: tuple[int, int]
    grounds: tuple[tuple[int, int], ...]
    asks: bool

    def evidence(self, note: str) -> Evidence:
        """The sentence as evidence, with its term as what tells."""
        begin, end = self.span
        return Evidence(
            source="ticket" if self.comment is None else "comment",
            ref=self.ticket.key,
            url=self.url,
            quote=self.text[begin:end],
            span=self.span,
            text_sha256=text_sha256(self.text),
            author=self.author.name if self.author else None,
            date=self.at.date() if self.at else None,
            note=note,
            grounds=self.grounds,
        )


class TicketTerms:
    """What the tickets of a project speak of; each is read once, and only when it is asked for."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._read: dict[str, dict[str, tuple[Mention, ...]]] = {}

    def of(self, ticket: Ticket, name: str) -> tuple[Mention, ...]:
        """The sentences that speak to a question (its id) or of a topic, in the order of the thread."""
        if ticket.key not in self._read:
            self._read[ticket.key] = self._mentions(ticket)
        return self._read[ticket.key].get(name, ())

    def _mentions(self, ticket: Ticket) -> dict[str, tuple[Mention, ...]]:
        texts = [ticket.text, *(comment.text for comment in ticket.comments or ())]
        seen = _scanner().found("\n".join(" ".join(text.split()) for text in texts))
        names = [name for name, expression in _expressions().items() if expression in seen]
        if not names:  # most tickets; to take one apart into sentences costs far more than one pass over it
            return {}
        authors = {comment.author for comment in ticket.comments or ()}
        thread = thread_of(ticket, {author: self._work.is_person(author) for author in authors}, {})
        found: dict[str, list[Mention]] = {}
        by_post: dict[int, list[tuple[int, int]]] = {}
        for said in thread.said:
            by_post.setdefault(said.post, []).append(said.span)
        number_in_post = dict.fromkeys(by_post, -1)
        for said in thread.said:
            number_in_post[said.post] += 1
            for name in names:
                if match := _compiled(name).search(said.words):
                    post = thread.posts[said.post]
                    span = quote_span(post.text, by_post[said.post], number_in_post[said.post])
                    found.setdefault(name, []).append(_mention(ticket, post, said.span, span, match.group(), name))
        return {name: tuple(mentions) for name, mentions in found.items()}


def _mention(
    ticket: Ticket, post: Post, sentence: tuple[int, int], span: tuple[int, int], term: str, name: str
) -> Mention:
    quote = post.text[slice(*span)]
    return Mention(
        ticket=ticket,
        term=term,
        comment=post.comment,
        author=post.author,
        at=post.at,
        url=post.url,
        text=post.text,
        span=span,
        grounds=tuple(_distinct(match.span() for match in _compiled(name).finditer(quote))),
        asks=post.text[slice(*sentence)].rstrip().endswith("?"),
    )


def _distinct(spans: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    return dict.fromkeys(spans)
