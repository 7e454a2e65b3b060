"""Documents: kickoff records in every form, and everything that can be wrong with a file."""

import io
import os
import time
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from fpdf import FPDF
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from diagnostics.records import KickoffRecord, canonical_text
from diagnostics.settings import Settings
from diagnostics.sources import Unreadable, from_pdf
from diagnostics.sources.documents import read_document
from diagnostics.sources.from_docx import LARGEST_XML, MOST_ENTRIES
from diagnostics.sources.from_pdf import MOST_PAGES

MOST = Settings().largest_document_bytes
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8cf"
    "c0f01f0005000181a4b5e7d20000000049454e44ae426082"
)

SOON = 60  # seconds: what is not linear, or waits for ever, takes longer by far


def read(path: Path, content: bytes | None = None, largest: int = MOST) -> KickoffRecord:
    if content is not None:
        path.write_bytes(content)
    return read_document(path, f"kickoffs/{path.name}", largest_bytes=largest)


def refused(path: Path, content: bytes | None = None, largest: int = MOST) -> str:
    """What is said about a file that cannot be read; it names the file."""
    with pytest.raises(Unreadable) as unreadable:
        read(path, content, largest)
    problem = unreadable.value.problem
    assert problem.file == f"kickoffs/{path.name}"
    assert str(unreadable.value) == str(problem)
    return problem.message


# Files that are what they seem.


@pytest.mark.parametrize("name", ["a.md", "a.MD", "a.markdown", "a.txt"])
def test_text_files_keep_their_own_lines(tmp_path: Path, name: str) -> None:
    content = "# Kickoff\r\n\r\n| a | b |\r\n* ![x](data:image/png;base64,AAAA) \\* cafe\u0301\r\n".encode()
    record = read(tmp_path / name, b"\xef\xbb\xbf" + content)
    assert record.text == "# Kickoff\n\n| a | b |\n* ![x](data:image/png;base64,AAAA) \\* café\n"
    assert record.kind == ("txt" if name.endswith("txt") else "md")
    assert (record.ref, record.url) == (f"kickoffs/{name}", None)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "latin-1"])
def test_texts_of_older_programs_are_read(tmp_path: Path, encoding: str) -> None:
    text = "Wir möchten die Abwanderung senken. Frau Müller verantwortet die Größe der Stichprobe.\n"
    assert read(tmp_path / "a.txt", text.encode(encoding)).text == text


def word_document(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Kickoff", 0)
    document.add_heading("Success", 1)
    document.add_paragraph("Recall of 0.8 * 100 % by snake_case [1].")
    document.add_paragraph("first", style="List Bullet")
    document.add_paragraph("second", style="List Bullet")
    document.add_picture(io.BytesIO(PIXEL))
    table = document.add_table(rows=2, cols=2)
    for place, words in zip(((0, 0), (0, 1), (1, 0), (1, 1)), ("Metric", "Goal", "Recall", "0.8"), strict=True):
        table.cell(*place).text = words
    document.save(str(path))


def test_word_documents_keep_headings_lists_and_tables_and_lose_pictures(tmp_path: Path) -> None:
    word_document(tmp_path / "a.docx")
    record = read(tmp_path / "a.docx")
    assert record.kind == "docx"
    assert record.text == (
        "# Kickoff\n\n# Success\n\nRecall of 0.8 * 100 % by snake_case [1].\n\n- first\n- second\n\n"
        "| Metric | Goal |\n| --- | --- |\n| Recall | 0.8 |"
    )


PAGE = """<?xml version="1.0"?><!DOCTYPE html><html><head><title>T</title><style>p {color: red}</style></head><body>
<nav><a href="/">Home</a></nav><h1>Kickoff</h1><script>alert("no")</script><!-- hidden -->
<p>Recall of 0.8&nbsp;&amp; more_than_that *now* <img src="data:image/png;base64,AAAA" alt="pic">
<a href="https://x.org/a">link</a> <a href="javascript:alert(1)">click</a> <a href="data:text/html,zzz">more</a></p>
<ul><li>first<ul><li>inner</li></ul></li><li>second</li></ul>
<table class="confluenceTable"><tbody><tr><td>Metric</td><td>Goal</td></tr><tr><td><p>Recall</p></td><td>0.8</td></tr></tbody></table>
<svg><text>no</text></svg></body></html>"""  # noqa: E501


@pytest.mark.parametrize("name", ["a.html", "a.HTM"])
def test_web_pages_keep_headings_lists_and_tables_and_lose_the_rest(
    tmp_path: Path, name: str, recwarn: pytest.WarningsRecorder
) -> None:
    record = read(tmp_path / name, PAGE.encode())
    assert record.kind == "html"
    assert [line.rstrip() for line in record.text.split("\n")] == [
        "# Kickoff",
        "",
        "Recall of 0.8\xa0& more_than_that *now*",
        "[link](https://x.org/a) click more",
        "",
        "- first",
        "  - inner",
        "- second",
        "",
        "| Metric | Goal |",
        "| --- | --- |",
        "| Recall | 0.8 |",
    ]
    assert not recwarn.list


@pytest.mark.parametrize(
    "head", ['<meta charset="windows-1250">', "<meta http-equiv=x content='text/html; charset=cp1250'>"]
)
def test_a_web_page_is_read_in_the_encoding_that_it_states(tmp_path: Path, head: str) -> None:
    assert read(tmp_path / "a.html", f"<head>{head}</head><p>Łódź".encode("cp1250")).text == "Łódź"


def pdf(*paragraphs: str, title: str = "Kickoff", pages: int = 1) -> FPDF:
    document = FPDF()
    for _ in range(pages):
        document.add_page()
        document.set_font("helvetica", size=18)
        document.multi_cell(0, 9, title, new_x="LMARGIN", new_y="NEXT")
        document.ln(5)
        document.set_font("helvetica", size=11)
        for paragraph in paragraphs:
            document.multi_cell(0, 5, paragraph, new_x="LMARGIN", new_y="NEXT")
            document.ln(5)
    return document


LONG = "The metric is recall at ten percent of the customers, and the target is 0.6, which Ann agreed to. " * 3


def test_pdfs_keep_words_paragraphs_and_headings(tmp_path: Path) -> None:
    record = read(tmp_path / "a.pdf", bytes(pdf(LONG, "Owner: Bob").output()))
    assert record.kind == "pdf"
    title, paragraph, owner = record.text.split("\n\n")
    assert (title, owner) == ("## Kickoff", "Owner: Bob")
    assert " ".join(paragraph.split()) == LONG.strip()
    assert paragraph.count("\n") == 2  # its own lines


def test_a_sentence_goes_on_over_a_page(tmp_path: Path) -> None:
    document = FPDF()
    document.set_font("helvetica", size=11)
    for words in ("The target was agreed to by", "Ann on Monday."):
        document.add_page()
        document.multi_cell(0, 5, words)
    assert read(tmp_path / "a.pdf", bytes(document.output())).text == "The target was agreed to by\nAnn on Monday."


def encrypted(user: str, algorithm: str = "RC4-128") -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf("Owner: Bob").output())))
    writer.encrypt(user_password=user, owner_password="owner", algorithm=algorithm)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_pdf_that_anyone_may_open_is_read(tmp_path: Path) -> None:
    assert "Owner: Bob" in read(tmp_path / "a.pdf", encrypted("")).text


# Its date and author.


@pytest.mark.parametrize(
    ("name", "text", "stated", "expected"),
    [
        ("2025-01-01.md", "---\ndate: 2026-02-02\n---\n3 March 2026", date(2026, 9, 9), date(2026, 9, 9)),
        ("2025-01-01.md", "---\ndate: 2026-02-02\n---\n3 March 2026", None, date(2026, 2, 2)),
        ("2025-01-01.md", "3 March 2026", None, date(2026, 3, 3)),
        ("2025-01-01.md", "words", None, date(2025, 1, 1)),
        ("kickoff.md", "words", None, None),
    ],
)
def test_the_date_is_what_is_stated_and_never_the_time_of_the_file(
    tmp_path: Path, name: str, text: str, stated: date | None, expected: date | None
) -> None:
    (tmp_path / name).write_text(text)
    os.utime(tmp_path / name, (0, 0))
    record = read_document(tmp_path / name, name, date=stated, author="Ann", largest_bytes=MOST)
    assert (record.date, record.author) == (expected, "Ann")


def test_the_date_of_a_converted_document_is_read_from_its_text(tmp_path: Path) -> None:
    assert read(tmp_path / "a.html", b"<h1>Kickoff</h1><p>Date: 2 Feb 2026").date == date(2026, 2, 2)


# Files that cannot be read.


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.md", b"", "is empty"),
        ("a.pdf", b"", "is empty"),
        ("a.md", b" \n\t\n", "holds no text"),
        ("a.md", b"---\n***\n", "holds no text"),
        ("a.md", "\ufeff\u200b\n".encode(), "holds no text"),
        ("a.html", b"<html><body><script>x</script></body></html>", "holds no text"),
        ("a.md", b"\x89PNG\r\n\x1a\n\0\0", "is no text in any encoding"),
        ("a.txt", b"words\0words", "is no text in any encoding"),
        ("a.html", b"<p>\x01\x02</p>", "is no text in any encoding"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "is an old Word document (.doc); save it as .docx"),
        ("a.xlsx", b"PK", "has the ending .xlsx; what can be read is .md"),
        ("README", b"words", "has the ending (none)"),
        ("a.docx", b"words", "is damaged, or no Word document"),
        ("a.docx", b"PK\x03\x04words", "is damaged, or no Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "is an old Word document (.doc)"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500),
            "is protected by a password; save a copy without one",
        ),
        ("a.pdf", b"words", "is damaged, or no PDF"),
        ("a.pdf", b"%PDF-1.4\nwords", "is damaged, or no PDF"),
        ("a.pdf", encrypted("secret"), "is protected by a password; save a copy without one"),
        ("a.pdf", bytes(pdf("", title="").output()), "has no text layer, as a scan has none"),
        ("a.pdf", bytes(pdf(pages=MOST_PAGES + 1).output()), f"has {MOST_PAGES + 1} pages"),
        ("a.html", b"<div>" * 5000 + b"words", "is nested too deeply; save it as plain text"),
    ],
)
def test_what_is_said_about_a_file_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    assert said in refused(tmp_path / name, content)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "there is no such file"),
        (lambda path: path.mkdir(), "is a folder; name the files in it"),
        (lambda path: path.symlink_to(path), "cannot be opened"),
    ],
)
def test_what_cannot_be_opened(tmp_path: Path, make: Callable[[Path], None], said: str) -> None:
    make(tmp_path / "a.md")
    assert said in refused(tmp_path / "a.md")


def test_a_path_that_no_file_can_have() -> None:
    with pytest.raises(Unreadable, match="cannot be opened"):
        read(Path("a\0.md"))


def test_the_line_of_what_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"one\ntwo\0\n")
    with pytest.raises(Unreadable) as unreadable:
        read(tmp_path / "a.md")
    assert unreadable.value.problem.line == 2


@pytest.mark.parametrize("name", ["a.md", "a.pdf", "a.docx", "a.html"])
def test_a_file_over_the_limit_is_refused_before_it_is_parsed(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(MOST + 1)
    began = time.perf_counter()
    assert "is over 20 MB" in refused(tmp_path / name)
    assert time.perf_counter() - began < SOON


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    assert read(tmp_path / "a.md", b"x" * 100, largest=100).text == "x" * 100
    assert "is over" in refused(tmp_path / "b.md", b"x" * 101, largest=100)


def packed(**parts: bytes | str) -> bytes:
    """A DOCX with a sound frame, and some of its parts replaced (`word/x.xml` is written word_x)."""
    frame: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>",
        "word/document.xml": paragraph("words"),
    }
    frame |= {name.replace("_", "/") + ".xml": part for name, part in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in frame.items():
            archive.writestr(name, part)
    return file.getvalue()


W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"


def paragraph(words: str, head: str = "") -> str:
    return f"{head}<w:document {W}><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"


def test_the_least_word_document_is_read(tmp_path: Path) -> None:
    assert read(tmp_path / "a.docx", packed()).text == "words"


ENTITIES = "<!DOCTYPE x [<!ENTITY a 'lol'>" + "".join(
    f"<!ENTITY {one} '{f'&{other};' * 10}'>" for other, one in zip("abcdefgh", "bcdefghi", strict=True)
)
NESTED = f"<w:document {W}><w:body>{'<w:sdt><w:sdtContent>' * 3000}{'</w:sdtContent></w:sdt>' * 3000}</w:body>"
NESTED += "</w:document>"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (packed(word_document=paragraph("&i;", ENTITIES + "]>")), "defines entities, which no Word document does"),
        (packed(word_styles=paragraph("&i;", ENTITIES + "]>")), "defines entities"),
        (packed(word_document=paragraph("&i;", ENTITIES + "]>").encode("utf-16")), "defines entities"),
        (packed(word_document=paragraph("x", "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>")), "defines entities"),
        (packed(word_document="<w:document"), "is damaged (word/document.xml:"),
        (packed(word_document="\0"), "is damaged (word/document.xml:"),
        (packed(word_document=paragraph(" " * (LARGEST_XML + 1))), "unpacks to over 5 MB"),
        (packed(word_document=NESTED), "is nested too deeply"),
        (packed(word_document="<x/>"), "cannot be read as docx (ValueError: Could not find the body"),
        (packed(word_document=paragraph("")), "holds no text"),
        (packed(**{f"word_{number}": "<x/>" for number in range(MOST_ENTRIES)}), "files, which no document needs"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_word_documents(tmp_path: Path, content: bytes, said: str) -> None:
    began = time.perf_counter()
    assert said in refused(tmp_path / "a.docx", content)
    assert time.perf_counter() - began < SOON


def lying(content: bytes, stated: int) -> bytes:
    """The package with the stated size of its document changed, in both places where it stands."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo("word/document.xml")
    changed = bytearray(content)
    changed[entry.header_offset + 22 : entry.header_offset + 26] = stated.to_bytes(4, "little")
    central = content.rindex(b"PK\x01\x02", 0, content.rindex(b"word/document.xml"))
    changed[central + 24 : central + 28] = stated.to_bytes(4, "little")
    return bytes(changed)


@pytest.mark.parametrize("stated", [1, 1000, 2**32 - 2])
def test_a_bomb_that_states_another_size_unpacks_no_further(tmp_path: Path, stated: int) -> None:
    bomb = lying(packed(word_document=paragraph(" " * 60_000_000)), stated)
    assert len(bomb) < 1_000_000
    began = time.perf_counter()
    message = refused(tmp_path / "a.docx", bomb)
    assert "is damaged" in message or "unpacks to over" in message
    assert time.perf_counter() - began < SOON


def test_a_word_document_whose_entries_are_encrypted(tmp_path: Path) -> None:
    content = bytearray(packed())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 4)
    assert "is protected by a password" in refused(tmp_path / "a.docx", bytes(content))


def raw_pdf(content: bytes, *, form: bytes = b"", letters: bytes = b"<20> <0020>") -> bytes:
    """A PDF of one page: its drawing instructions, a form that they can call as /F, what its codes mean."""

    def stream(inner: bytes, head: bytes = b"") -> bytes:
        packed = zlib.compress(inner)
        return b"<< %b /Length %d /Filter /FlateDecode >> stream\n%b\nendstream" % (head, len(packed), packed)

    resources = b"/Resources << /Font << /A 6 0 R >> /XObject << /F 5 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R %b >>" % resources,
        stream(content),
        stream(form, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + resources),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>",
        stream(b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar %b endbfchar" % letters),
    ]
    body, places = b"%PDF-1.5\n", []
    for number, inner in enumerate(objects, start=1):
        places.append(b"%010d 00000 n \n" % len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, inner)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(places)
    return body + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(body))


WORDS = b"BT /A 11 Tf 50 700 Td (Owner: Bob) Tj ET\n"


def test_a_pdf_made_by_hand_is_read(tmp_path: Path) -> None:
    assert read(tmp_path / "a.pdf", raw_pdf(WORDS + b"/F Do", form=WORDS)).text.count("Owner: Bob") == 2


def test_half_characters_of_a_pdf_are_left_out(tmp_path: Path) -> None:
    content = raw_pdf(b"BT /A 11 Tf 50 700 Td (ABC words) Tj ET", letters=b"<41> <D800> <42> <0000> <43> <0063>")
    record = read(tmp_path / "a.pdf", content)
    assert record.text == "c words"
    record.model_dump_json()


@pytest.mark.parametrize(
    "content",
    [
        raw_pdf(WORDS + b" " * 60_000_000),
        raw_pdf(WORDS + b"q Q " * 2_000_000),
        raw_pdf(WORDS + b"/F Do " * 100_000, form=WORDS * 1000 + b"/F Do " * 100),
        raw_pdf(WORDS + b"[" * 5000),
    ],
    ids=["a content bomb", "two million instructions", "forms in forms", "nested lists"],
)
def test_hostile_pdfs_end_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(from_pdf, "PATIENCE", 1.0)
    assert len(content) < 1_000_000
    (tmp_path / "a.pdf").write_bytes(content)
    began = time.perf_counter()
    try:
        said = read(tmp_path / "a.pdf").text
    except Unreadable as unreadable:
        said = unreadable.problem.message
    assert said
    assert time.perf_counter() - began < SOON


@pytest.mark.parametrize(
    "text", ["<!--" * 100_000, "<a " * 100_000, "<" * 300_000, "&" * 300_000, "<![CDATA[" * 50_000]
)
def test_hostile_web_pages_end_soon(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.html").write_text(f"<p>words</p>{text}")
    began = time.perf_counter()
    try:
        said = read(tmp_path / "a.html").text
    except Unreadable as unreadable:
        said = unreadable.problem.message
    assert said
    assert time.perf_counter() - began < SOON


SEEDS = {
    "docx": packed(word_document=paragraph("Owner: Bob")),
    "pdf": bytes(pdf("Owner: Bob").output()),
    "html": PAGE.encode(),
    "md": b"# Kickoff\n\nOwner: Bob\n",
}


@pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.sampled_from(sorted(SEEDS)), st.integers(0, 5000), st.binary(max_size=20), st.booleans())
def test_a_damaged_file_is_a_record_or_a_problem(
    tmp_path: Path, kind: str, place: int, damage: bytes, cut: bool
) -> None:
    seed = SEEDS[kind]
    place %= len(seed)
    content = seed[:place] + damage + (b"" if cut else seed[place + len(damage) :])
    (tmp_path / f"a.{kind}").write_bytes(content)
    try:
        said = read(tmp_path / f"a.{kind}").text
    except Unreadable as unreadable:
        said = unreadable.problem.message
    assert said


def test_whatever_a_library_raises_becomes_a_problem(tmp_path: Path) -> None:
    # A method of compression that the standard library does not know.
    content = bytearray(packed())
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        content[content.rindex(mark) + offset] = 77
    assert "cannot be read as docx (NotImplementedError" in refused(tmp_path / "a.docx", bytes(content))


def test_real_kickoff_records_are_read_as_they_are(shared: Path) -> None:
    paths = sorted((shared / "eval" / "kickoffs" / "docs").iterdir())
    assert len(paths) == 34
    for path in paths:
        assert read(path).text == canonical_text(path.read_text(encoding="utf-8"))


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    with pytest.raises(Unreadable, match="a device or a pipe"):
        read(tmp_path / "a.md")
