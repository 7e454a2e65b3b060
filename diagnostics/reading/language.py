"""Whether a text can be read at all: it has words, and they are English."""

import re

_ENGLISH_WORDS = """
the of and to is are for with that we will by from be this it our or not which have has at can their they was
were should must who what how if
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
# Function words of other languages that are no English words.
_OTHER_WORDS = """
der das und ist nicht mit für von den dem ein eine zu auf wird werden sich auch bei oder als sind wir le les
des et est une du dans que qui avec sur pour pas sont nous aux cette el los las y una por para se del il che
di della sono gli è um uma não em os na ao het een van voor niet zijn wordt och att det som för är på av og
ikke til af med ja ei że się nie jest oraz dla ve bir bu için ile
"""
_OTHER = frozenset(_OTHER_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 20  # words; fewer cannot tell a language
_SAMPLE = 20_000  # characters


def unreadable(plain: str) -> str | None:
    """Why the (masked) text cannot be judged, or None."""
    words = [word.casefold() for word in _WORD.findall(plain[:_SAMPLE])]
    if not words:
        return "the text holds no words"
    if len(words) < _ENOUGH:
        return None
    foreign_script = sum(not ("a" <= word[0] <= "z") for word in words if not "\u00c0" <= word[0] <= "\u024f")
    if foreign_script > len(words) / 2:
        return "the text is not in English"
    english = sum(word in _ENGLISH for word in words) / len(words)
    other = sum(word in _OTHER for word in words) / len(words)
    if other > 0.08 and other > 1.5 * english:
        return "the text is not in English"
    if english < 0.01 and len(words) >= 5 * _ENOUGH and other > english:
        return "the text is not in English"
    return None
