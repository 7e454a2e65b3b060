"""Real kickoff documents that no one here wrote: each gets a status for all twenty questions, quoted verbatim."""

from datetime import date
from pathlib import Path

import pytest

from diagnostics.diagnose_all import diagnose_portfolio
from diagnostics.findings import Status
from diagnostics.gather import gather
from diagnostics.patterns import all_questions
from diagnostics.portfolio import portfolio_of_files
from diagnostics.reading.quotes import LONGEST, SHORTEST, words
from diagnostics.records import text_sha256
from diagnostics.settings import Settings

AS_OF = date(2026, 11, 24)
DOCUMENTS = 34
QUOTED = (Status.ANSWERED, Status.VAGUE, Status.CONFLICTING)


@pytest.mark.parametrize("number", range(DOCUMENTS))
def test_a_real_document_is_diagnosed(shared: Path, number: int) -> None:
    paths = sorted((shared / "eval" / "kickoffs" / "docs").iterdir())
    assert len(paths) == DOCUMENTS
    portfolio = portfolio_of_files([paths[number]], [])
    document = diagnose_portfolio(portfolio, AS_OF, Settings(), is_today=True)
    (record,) = gather(portfolio.entries[0], portfolio.timezone, Settings()).kickoffs
    assert document.problems == ()
    found = [question for pattern in document.projects[0].patterns for question in pattern.questions]
    assert {question.id for question in found} == {question.id for question in all_questions()}
    for question in found:
        assert bool(question.evidence) == (question.status in QUOTED)
        for evidence in question.evidence:
            begin, end = evidence.span
            assert record.text[begin:end] == evidence.quote
            assert evidence.text_sha256 == text_sha256(record.text)
            assert SHORTEST <= words(record.text, evidence.span) <= LONGEST
            assert evidence.ref.endswith(f"#L{record.text[:begin].count(chr(10)) + 1}")
