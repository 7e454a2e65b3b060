"""Language: what is English is read, what is not is said to be another language."""

import pytest

from diagnostics.reading.language import unreadable

FOREIGN = {
    "german": "Wir wollen bis Ende Mai neunzig Prozent der Pakete im versprochenen Zeitfenster zustellen,"
    " und der Einkauf"
    " hat dem am dritten März zugestimmt. Fehler kosten uns Kunden, die nicht wiederkommen.",
    "hungarian": "A projekt célja, hogy a csomagok kézbesítési idejét az év végéig húsz százalékkal"
    " csökkentsük. A hibaarány"
    " legfeljebb két százalék lehet, és minden döntést az igazgató hagy jóvá.",
    "czech": "Cílem projektu je zkrátit čekací dobu pacientů o dvacet procent do konce roku. Chybovost smí"
    " být nejvýše dvě"
    " procenta a každé rozhodnutí schvaluje ředitel, protože to vyžaduje předpis.",
    "vietnamese": "Mục tiêu của dự án là giảm thời gian chờ của bệnh nhân xuống hai mươi phần trăm trước"
    " cuối năm. Tỷ lệ lỗi"
    " không quá hai phần trăm, và mọi quyết định đều do giám đốc phê duyệt.",
    "finnish": "Hankkeen tavoitteena on lyhentää potilaiden odotusaikaa kahdellakymmenellä prosentilla vuoden loppuun"
    " mennessä. Virheitä saa olla enintään kaksi prosenttia, ja päätökset tekee klinikan johtaja yksin.",
    "russian": "Цель проекта — сократить время ожидания пациентов на двадцать процентов до конца года. Доля"
    " ошибок не должна"
    " превышать двух процентов, и каждое решение утверждает директор клиники.",
}
ENGLISH = {
    "names of Dutch people": "Attendees: Jan van de Berg, Piet van der Meer, Els de Vries, Koen de Boer,"
    " Anna de Jong, Lars"
    " van den Bosch. Metric: recall. Target: 0.9. Owner: Els de Vries. Budget: 40k EUR. Review: monthly.",
    "bullets": "- recall >= 0.9\n- owner Aino\n- latency < 200 ms\n- budget 40k EUR\n- launch May\n- data"
    " 2024 returns\n"
    "- labels three inspectors\n- review monthly",
    "a foreign quotation": "The desk sends back two parcels in a hundred, and each costs us a customer."
    " Their manager told us"
    ' "das geht so nicht weiter", and asked for a list by the end of May that is right nine times in ten.',
    "too little to tell": "Ziel: Recall 0.9",
}


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_another_language_is_said_to_be_one(text: str) -> None:
    assert unreadable(text) == "the text is not in English"
    assert unreadable(f"# Kickoff\n\nThis is the company's template.\n\n{text * 4}") == "the text is not in English"


@pytest.mark.parametrize("text", ENGLISH.values(), ids=ENGLISH)
def test_english_is_read(text: str) -> None:
    assert unreadable(text) is None


def test_a_text_without_words_says_so() -> None:
    assert unreadable("... 1234 !!") == "the text holds no words"
