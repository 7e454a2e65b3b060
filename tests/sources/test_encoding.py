"""Encoding: texts of any program are read with their right letters, and what is no text is refused."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.sources.encoding import NotText, decode

GERMAN = "Wir möchten die Abwanderung um 12 % senken. Frau Müller ist für die Größe der Stichprobe verantwortlich.\n"
FRENCH = "Le modèle doit réduire les résiliations d'ici à décembre ; Céline décidera, après l'été, du déploiement.\n"
CZECH = "Příliš mnoho zákazníků odchází. Cílem je snížit odliv do června, zodpovídá ředitel Jiří Novák.\n"
RUSSIAN = "Мы хотим снизить отток клиентов на 12 % до июня. Ответственный: Иванов.\n"
CHINESE = "我们需要在六月之前将流失率降低百分之十二。负责人是王伟。\n" * 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (GERMAN, "utf-32"),
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        (FRENCH, "latin-1"),
        ("café", "cp1252"),
        ("plain words here. " * 300 + "“quoted” – and Zoë’s", "cp1252"),
        (CZECH, "cp1250"),
        (RUSSIAN, "cp1251"),
        (CHINESE, "gb18030"),
        (CHINESE, "utf-8"),
    ],
)
def test_a_text_is_read_whatever_wrote_it(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_what_is_declared_goes_before_a_guess_but_not_before_utf_8() -> None:
    assert decode("Łukasz".encode("iso8859_2"), "iso8859_2") == "Łukasz"
    assert decode("Łukasz".encode(), "iso8859_2") == "Łukasz"
    assert decode("café".encode("cp1252"), "no-such-encoding") == "café"


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\0\0\0", b"MZ\x90\0\3", b"\0" * 50, b"a" * 100 + b"\0", bytes(range(128, 256)) * 5, b"a\x01b"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        decode(data)


def test_the_line_of_the_first_control_character_is_told() -> None:
    with pytest.raises(NotText) as refused:
        decode(b"one\ntwo\nthree\0")
    assert refused.value.line == 3


def test_random_bytes_are_refused() -> None:
    with pytest.raises(NotText):
        decode(random.Random(5).randbytes(5000))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_always_read_as_it_is(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_are_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except NotText:
        text = ""
    assert "\0" not in text
