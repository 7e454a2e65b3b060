"""Tickets' addresses: where each ticket that a diagnosis names can be opened, quoted in it or not."""

from collections.abc import Iterator
from urllib.parse import quote

from diagnostics.diagnosis import Diagnosis
from diagnostics.findings import Evidence


class Addresses:
    """The web address of a ticket by its key.

    Some findings name tickets by their keys alone. Where the tracker shows every quoted ticket at the same place
    (Jira: SITE/browse/KEY), the others are there too; where it does not, or at several places, they get no address.
    """

    def __init__(self, found: Diagnosis) -> None:
        quoted = [(evidence.ref, evidence.url) for evidence in _quoted(found) if evidence.url]
        self._known = {key: _page(url) for key, url in quoted}
        ends = {url: f"/browse/{quote(key, safe='')}" for key, url in self._known.items()}
        self._sites = {url.removesuffix(end) for url, end in ends.items() if url.endswith(end)}

    def of(self, key: str) -> str | None:
        """The address, if it is known."""
        if key in self._known or len(self._sites) != 1:
            return self._known.get(key)
        return f"{next(iter(self._sites))}/browse/{quote(key, safe='')}"


def _page(url: str) -> str:
    """The ticket's own page, without the place of a comment in it."""
    return url.partition("?focusedCommentId=")[0]


def _quoted(found: Diagnosis) -> Iterator[Evidence]:
    """All that is quoted from tickets."""
    questions = (question.evidence for pattern in found.patterns for question in pattern.questions)
    yield from (one for evidence in questions for one in evidence if one.source != "kickoff")
    for symptom in found.symptoms:
        yield from symptom.evidence
    for role in found.roles:
        yield from role.evidence
    for cause in found.causes:
        yield from cause.evidence
    for other in found.elsewhere:
        yield from other.evidence
    ledger = found.ledger
    yield from (question.evidence for question in ledger.open)
    yield from (assumption.evidence for assumption in ledger.assumptions)
    yield from (decision.evidence for decision in ledger.decisions)
