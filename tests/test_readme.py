"""README: what it says of the reader is what the card says."""

from pathlib import Path

from diagnostics.reading.card import cross_validated

README = Path(__file__).parent.parent / "README.md"


def test_the_figures_of_the_reading_are_the_cards() -> None:
    assert cross_validated() in " ".join(README.read_text(encoding="utf-8").split())
