"""What a document says without saying anything: a template's instructions, questions, bare links."""

import re

import re2

# How a template tells its writer what to do. Verbs of a project's own tasks ("Define the metric") are left out.
_INSTRUCTION = re.compile(
    r"(?:please |briefly )*(?:describe|explain|insert|specify|summari[sz]e|outline|fill (?:in|out)|enter|state|list"
    r"|provide|indicate|document|detail|give|quantify|note|mention|include|add)\b (?:briefly |here )?(?:\w+ )?"
    r"(?:what|how|who|whom|why|which|where|when|whether|any|all|your|you|here|the|a|an|relevant|each|key)\b",
    re.IGNORECASE,
)
_ADDRESSES_WRITER = re.compile(
    r"\b(?:your|you|here|this section|should be|e\.g\.|for example|such as|what|how|who|why|which|the project(?:'s)?"
    r"|the success|the problem|the team|any)\b",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"(?:[^\[\]<>{}:]{0,40}: ?)?(?:\[[^\]]*\]|<[^>]*>|\{[^}]*\}|\((?:e\.g\.|describe|insert)[^)]*\))[.:]?"
)
_INTERROGATIVE = re.compile(
    r"(?:who|whom|what|how|which|where|when|why)(?:'s| is| are| was| will| do| does| did| would| can| should| has| have"
    r"| (?:\w+ ){1,3}(?:is|are|will|do|does|can|should|has|have))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
# Re2, since what stands between links may end anywhere.
_ONLY_LINKS = re2.compile(r"(?:[\s*\-+,;|>]*!?\[[^\]\n]*\]\([^)\n]*\))+[\s*\-+,;.|]*")
_REFERENCE = re.compile(
    r"\[\d{1,3}\]:? |.{0,300}(?:\bet al\b|\barxiv\b|\bdoi\b|\bisbn\b|\bpp\. ?\d|\bspringer\b"
    r"|\bproceedings of\b|\bretrieved from\b)",
    re.IGNORECASE,
)
_CONTENTS_ENTRY = re2.compile(r"[^\n]{1,200}(?:\.{4,}|(?: \.){4,}|…{2,})\s*\d{1,4}\s*")


def is_instruction(words: str) -> bool:
    """Whether a template speaks here to its writer."""
    if _BRACKETED.fullmatch(words):
        return True
    start = _INSTRUCTION.match(words)
    return start is not None and _ADDRESSES_WRITER.search(words, start.start()) is not None


def is_question(words: str, in_list: bool) -> bool:
    """Whether a sentence asks; in a list also without its question mark ("Who is the client")."""
    bare = words.rstrip(" *_\"'”’)]|")
    if bare.endswith("?"):
        return True
    if in_list and _INTERROGATIVE.match(words):
        return True
    # "What is the baseline? (e.g. 60 % of users)": a template's question with its example.
    asked = bare.find("? (")
    return asked > 0 and bare[asked + 3 : asked + 7].casefold() in ("e.g.", "for ", "such", "i.e.")


def is_only_links(written: str) -> bool:
    """Whether a sentence as written is nothing but links, or a line of a table of contents."""
    written = written.encode("utf-8", "replace").decode()
    return _ONLY_LINKS.fullmatch(written) is not None or _CONTENTS_ENTRY.fullmatch(written) is not None


def is_reference(words: str) -> bool:
    """Whether a sentence is an entry of a bibliography."""
    return _REFERENCE.match(words) is not None


def says_nothing(words: str) -> bool:
    """Whether no word is left once markup and links are gone."""
    return _WORD.search(words) is None
