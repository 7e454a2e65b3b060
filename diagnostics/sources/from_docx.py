"""DOCX -> Markdown, by way of HTML. A file made to exhaust the machine is refused before it is parsed."""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import mammoth
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from diagnostics.sources import Refused
from diagnostics.sources.from_html import html_to_markdown

MOST_ENTRIES = 2_000  # files in the package; a long report with pictures has some hundred
LARGEST_XML = 5 * 1024 * 1024  # bytes of all its XML, unpacked; a report of 150 pages has less

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"


def docx_to_markdown(data: bytes) -> str:
    """The words of a Word document with its headings, lists and tables, without its pictures.

    Raises:
        Refused: it is protected, damaged, no DOCX, or too large once it is unpacked.
        RecursionError: its elements are nested hundreds deep.
    """
    if data.startswith(_OLE):
        # A protected document is a database of this kind, with an entry of this name.
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused("is protected by a password; save a copy without one")
        raise Refused("is an old Word document (.doc); save it as .docx")
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = _xml_parts(package)
    except (BadZipFile, EOFError, zlib.error) as error:
        raise Refused("is damaged, or no Word document; open it in Word and save it as .docx") from error
    page = mammoth.convert_to_html(
        _packed(parts),
        style_map=_STYLES,
        include_embedded_style_map=False,
        convert_image=mammoth.images.img_element(lambda image: {}),
    )
    return html_to_markdown(page.value)


def _xml_parts(package: ZipFile) -> dict[str, bytes]:
    """The XML of a package, unpacked no further than it may go, whatever sizes the package states."""
    entries = package.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Refused(f"holds {len(entries)} files, which no document needs; save it again in Word")
    parts: dict[str, bytes] = {}
    room = LARGEST_XML
    for entry in entries:
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        if entry.flag_bits & 1:
            raise Refused("is protected by a password; save a copy without one")
        with package.open(entry) as file:
            part = file.read(room + 1)
        room -= len(part)
        if room < 0:
            limit = LARGEST_XML // 1024**2
            raise Refused(f"unpacks to over {limit} MB of text and markup; save the part that matters")
        try:
            fromstring(part, forbid_dtd=True)
        except DefusedXmlException as error:
            raise Refused("defines entities, which no Word document does; save it again in Word") from error
        except ParseError as error:
            raise Refused(f"is damaged ({entry.filename}: {error}); open it in Word and save it") from error
        parts[entry.filename] = part
    return parts


def _packed(parts: dict[str, bytes]) -> BytesIO:
    """A package of what was checked and nothing else, to be read a second time."""
    file = BytesIO()
    with ZipFile(file, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    file.seek(0)
    return file
