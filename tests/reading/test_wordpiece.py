"""Word pieces: the longest that are known, without regard to case and accents."""

from diagnostics.reading.wordpiece import WordPieces


def test_word_pieces_are_the_longest_known() -> None:
    pieces = WordPieces({"play": 1, "##ing": 2, "##in": 3, "é": 9, "cafe": 4, ".": 5}, unknown=0)
    assert pieces("Playing café.") == [1, 2, 4, 5]
    assert pieces("xyz " + "a" * 200) == [0, 0]
