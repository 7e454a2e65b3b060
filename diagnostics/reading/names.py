"""Names of people in a sentence: who is named, and who is named as doing something."""

import re
from collections.abc import Container, Iterator

_NOT_A_NAME_WORDS = """
the a an and or but for with from this that these those it its we our they their you your i he she his her who
what when where which why how if in on at by to of as is are was were be been being not no yes all any each
every some most more less both either neither than then there here also since until after before during while
because although however therefore thus hence moreover furthermore additionally finally first second third
next last one two three data model models machine learning deep neural network networks science scientist
scientists engineer engineers engineering analyst analysts analytics manager managers product project projects
program programme team teams business client clients customer customers user users company stakeholder
stakeholders sponsor owner lead leads head director officer chief board committee council department group
office union university institute school college hospital bank insurance government agency ministry labs lab
research academic academia training test validation evaluation metric metrics baseline target goal goals
objective objectives success criteria risk risks assumption assumptions scope timeline budget deadline phase
sprint week month quarter year day monday tuesday wednesday thursday friday saturday sunday january february
march april may june july august september october november december english german french spanish italian
dutch chinese japanese indian european american british african asian europe africa asia america germany
france spain italy india china japan london paris berlin uk us usa eu kaggle google microsoft amazon azure aws
gcp github gitlab jira slack confluence python spark hadoop tableau excel power bi docker kubernetes airflow
tensorflow pytorch keras xgboost sklearn random forest logistic regression linear support vector gradient
boosting decision tree bayes cross entropy mean absolute error root squared area under curve receiver
operating characteristic average precision recall accuracy natural language processing computer vision
artificial intelligence large open source api ui ux etl sql kpi crm erp pdf csv json version draft status note
notes action item items task tasks subtasks question questions answer answers problem problems solution
solutions approach background introduction overview summary conclusion references appendix table figure
chapter section document report description details requirements constraints dependencies deliverables
milestones plan plans roles role responsibilities responsibility name names date author reviewers legal
compliance privacy security ethics fairness bias gdpr hipaa we'll i'm it's let's re fwd hi hello dear thanks
thank regards please today tomorrow yesterday now later maybe perhaps should would could will can must might
build create develop deploy train collect clean review check run use using used make get set add define
describe identify implement improve reduce increase predict detect classify evaluate measure monitor compare
analyze analyse explore design deliver prepare present submit write read find ensure provide allow out off up
down over per via only just even still yet so such other another same new old current final initial main key
major primary secondary high low good bad best better early late end start begin real time online offline
north south east west upper lower central royal national international federal state city county street change
advisory steering works request approval signed agreed accepted accountable christmas easter ramadan black
"""
_NOT_A_NAME = frozenset(_NOT_A_NAME_WORDS.split())

_HONORIFIC = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Professor|Sister|Judge|Captain|Herr|Frau|Mme|Sir|"
    r"Dame)\.?\s+[^\W\d_a-z][\w'’-]+"
)
_INITIAL = re.compile(r"\b[A-Z]\. ?[^\W\d_a-z][^\W\d_]{2,}")
_TWO = re.compile(
    r"\b([^\W\d_a-z][^\W\d_A-Z][\w'’-]*)((?:\s(?:van|de|der|von|da|al|bin|el|di|du|le|la|"
    r"[A-Z]\.))*)\s([^\W\d_a-z][\w'’-]+)"
)
_ONE = re.compile(
    r"(?:^|(?<=[\s(\[|/:]))([^\W\d_a-z][^\W\d_A-Z][^\W\d_]*(?:-[^\W\d_]+)?)(?=$|[\s,;:.)\]|"
    r"/'’])"
)
_NAME_BEFORE = re.compile(
    r"(?:\b(?:by|with|from|for|says?|said|asked|is|are|and|to|ask|cc|via|of|on|but|so|=|@)|"
    r"[:=|(/,→>+&]|-|–|—|->|^)\s*(?:ok so )?$",
    re.IGNORECASE,
)
_NAME_AFTER = re.compile(
    r"^\s?(?:[(,:/]|-|–|—|=|\||'s\b|’s\b|&|\+|$|\w+(?:s|ed|es)\b|(?:and|or) [A-Z]|has\b|had\b|"
    r"will\b|as\b|does\b|\.)"
)
_HANDLE = re.compile(r"(?<![\w.])@[a-z]\w+(?!\S*\.\w)")
# What names seldom end in and words often do.
_WORD_ENDING = re.compile(
    r"(?:tion|sion|ing|ment|ity|ness|ly|ical|ives?|ous|ence|ance|ics|ful|able|ible|ology|ism|"
    r"ists?|als?|ents?|ures?|ages?|ies)$"
)
_ACRONYM_BEFORE = re.compile(r"\b[A-Z]{2,} $")  # "NHS England collects": a body, and no person
_ACTS = re.compile(
    r"^(?:\s(?:will|does|is on|has|takes|to|and)\b|\s\w{2,}[^s\W]s\b|\s?(?:[:=]|->|→)\s?\w|"
    r"\s(?:-|–|—)\s\w)"
)
_LONGEST_LOOK = 2000  # characters; who is named after that in one sentence changes nothing


def _single_names(words: str, vocabulary: Container[str]) -> Iterator[re.Match[str]]:
    """Capitalised words that may be somebody's name: no word of the language, as far as one can tell."""
    for match in _ONE.finditer(words):
        name = match.group(1)
        folded = name.casefold()
        after_acronym = _ACRONYM_BEFORE.search(words, max(0, match.start() - 12), match.start())
        if (
            not after_acronym
            and folded not in _NOT_A_NAME
            and folded not in vocabulary
            and not _WORD_ENDING.search(folded)
        ):
            yield match


def has_doer(words: str, vocabulary: Container[str] = ()) -> bool:
    """Whether somebody named in a sentence does something: "Tove cleans", "Emre: loss function"."""
    words = words[:_LONGEST_LOOK]
    if _HANDLE.search(words):
        return True
    names = _single_names(words, vocabulary)
    return any(_ACTS.match(words[match.end() : match.end() + 24]) for match in names)


def has_person(words: str, vocabulary: Container[str] = ()) -> bool:
    """Whether a sentence names a person: by a form of address, an initial, two names or a name that acts.

    A word that the document also writes in lower case (`vocabulary`) is no name.
    """
    words = words[:_LONGEST_LOOK]
    if _HONORIFIC.search(words) or _INITIAL.search(words) or _HANDLE.search(words):
        return True
    for match in _TWO.finditer(words):
        first, last = match.group(1).casefold(), match.group(3).casefold()
        if not any(name in _NOT_A_NAME or name in vocabulary or _WORD_ENDING.search(name) for name in (first, last)):
            return True
    return any(
        _NAME_BEFORE.search(words[max(0, match.start() - 24) : match.start()])
        and _NAME_AFTER.match(words[match.end() : match.end() + 24])
        for match in _single_names(words, vocabulary)
    )
