"""Is this file a plain XLSX that is safe to open? Asked before any spreadsheet code sees it."""

import io
import zipfile
from xml.parsers import expat

import filetype

from kit.workbook_sheets import CannotRead, Limits

SAVE_AS = "Save it again as “Excel Workbook (.xlsx)”, without a password and without macros."
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
XML_PARTS = (".xml", ".rels", ".vml")
# Below this a part may be packed as tightly as it likes.
SMALL_PART = 1024 * 1024


def check_archive(data: bytes, limits: Limits) -> None:
    """Raises CannotRead for what is not an XLSX, has a password or macros, unpacks too large, or hides entities."""
    _check_kind(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            _check_sizes(parts, limits)
            _check_content({part.filename.casefold() for part in parts}, archive)
            for part in parts:
                _check_xml(archive, part)
    except CannotRead:
        raise
    # Damaged archives make zipfile raise half a dozen kinds of error.
    except Exception as error:
        raise CannotRead("The file is damaged: it cannot be unpacked.", SAVE_AS) from error


def _check_kind(data: bytes) -> None:
    if data.startswith(OLD_OFFICE):
        if ENCRYPTED in data:
            raise CannotRead("The workbook has a password.", SAVE_AS)
        raise CannotRead("The workbook is in the old .xls format.", SAVE_AS)
    if not data.startswith(b"PK\x03\x04"):
        kind = filetype.guess(data)
        what = f": its content is {kind.mime}" if kind else ""
        raise CannotRead(f"The file is not an XLSX workbook{what}.", SAVE_AS)


def _check_sizes(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    """The sizes that the archive states are also the most that zipfile unpacks, so they can be relied on."""
    if len(parts) > limits.parts:
        raise CannotRead(f"The workbook has {len(parts):,} parts inside.", f"At most {limits.parts} are read.")
    largest = max((part.file_size for part in parts), default=0)
    if largest > limits.unpacked_bytes or sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise CannotRead(
            "The workbook unpacks to more than may be read.",
            f"At most {limits.unpacked_bytes // 1024 // 1024} MB are read once unpacked.",
        )
    for part in parts:
        if part.file_size > SMALL_PART and part.file_size > limits.ratio * max(part.compress_size, 1):
            raise CannotRead("The workbook unpacks to far more than its size: it may be a trap.", SAVE_AS)
        if part.flag_bits & 0x1:
            raise CannotRead("The workbook has a password.", SAVE_AS)
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise CannotRead("The workbook is packed in an unusual way.", SAVE_AS)


def _check_content(names: set[str], archive: zipfile.ZipFile) -> None:
    if any(name.endswith("vbaproject.bin") for name in names):
        raise CannotRead("The workbook has macros.", SAVE_AS)
    if "xl/workbook.bin" in names:
        raise CannotRead("The workbook is in the binary .xlsb format.", SAVE_AS)
    if any(name.startswith("xl/chartsheets/") for name in names):
        raise CannotRead("One of the sheets is a chart.", "Delete it: a plan workbook has only rows and columns.")
    if "mimetype" in names:
        raise CannotRead("The workbook is an OpenDocument file.", SAVE_AS)
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise CannotRead(
            "The file is a ZIP archive, not an XLSX workbook.",
            "Unpack it and give the folder of CSV files, or give one XLSX workbook.",
        )
    types = next(name for name in archive.namelist() if name.casefold() == "[content_types].xml")
    if b"macroenabled" in archive.read(types).lower():
        raise CannotRead("The workbook may run macros.", SAVE_AS)


class _Started(Exception):
    """The first element began, so that no document type can follow."""


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a document type, the place where entities are declared. Spreadsheets never have one."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = _stop
    try:
        with archive.open(part) as file:
            while chunk := file.read(64 * 1024):
                parser.Parse(chunk)
            parser.Parse(b"", True)
    except _Started:
        return
    except expat.ExpatError as error:
        # Pictures and printer settings are not XML, and no XML parser gets to read them.
        if part.filename.casefold().endswith(XML_PARTS):
            raise CannotRead("The workbook is damaged: a part is not well-formed XML.", SAVE_AS) from error


def _refuse_doctype(*args) -> None:
    raise CannotRead("The workbook declares XML entities, which spreadsheets never do: it may be a trap.", SAVE_AS)


def _stop(*args) -> None:
    raise _Started
