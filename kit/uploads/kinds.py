"""Which kind of file is it, by its content? The name must say the same."""

from typing import BinaryIO

import filetype

from kit.uploads.checked import Refused
from kit.uploads.names import extension

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of the parts in the directory of an OLE container, as it writes them.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OLD_WORD = "WordDocument".encode("utf-16-le")
ONLY = "The selected file must be a PDF or DOCX."
PASSWORD = "The selected file is protected by a password. Save it without one and select it again."  # noqa: S105
FRIENDLY = {
    "exe": "a program",
    "elf": "a program",
    "xls": "an Excel workbook",
    "xlsx": "an Excel workbook",
    "pptx": "a PowerPoint presentation",
    "ppt": "a PowerPoint presentation",
    "odt": "an OpenDocument text",
    "ods": "an OpenDocument spreadsheet",
    "odp": "an OpenDocument presentation",
    "rtf": "a rich text document",
    "zip": "a ZIP archive",
    "epub": "an e-book",
}


def kind_of(name: str, file: BinaryIO) -> str:
    """pdf or docx. Raises Refused when the content is neither, or not what the name says."""
    file.seek(0)
    head = file.read(8192)
    kind = "pdf" if head.startswith(b"%PDF-") else "docx" if head.startswith(b"PK\x03\x04") else ""
    if not kind:
        raise Refused(_neither(head, file))
    said = extension(name).casefold()
    guessed = filetype.guess(head)
    if kind == "docx" and guessed is not None and guessed.extension in FRIENDLY and guessed.extension != "zip":
        raise Refused(f"{ONLY} Its content is {FRIENDLY[guessed.extension]}.")
    if said in (".docm", ".dotm"):
        raise Refused("The selected file may run macros. Save it as DOCX and select it again.")
    if said not in (".pdf", ".docx"):
        raise Refused(f"{ONLY} Its name {f'ends in {said}' if said else 'has no ending such as .pdf'}.")
    if said != f".{kind}":
        inside = "a PDF" if kind == "pdf" else "not a PDF"
        raise Refused(f"The selected file does not match its name: it ends in {said}, but its content is {inside}.")
    return kind


def _neither(head: bytes, file: BinaryIO) -> str:
    if head.startswith(OLE):
        return _old_office(file)
    if head.startswith((b"MZ", b"\x7fELF", b"#!")):
        return f"{ONLY} Its content is a program."
    guessed = filetype.guess(head)
    if guessed is None:
        return ONLY
    what = FRIENDLY.get(guessed.extension) or ("a picture" if guessed.mime.startswith("image/") else "")
    return f"{ONLY} Its content is {what}." if what else ONLY


def _old_office(file: BinaryIO) -> str:
    """Programs put a DOCX with a password, and all that was written before 2007, into the same container."""
    file.seek(0)
    tail = b""
    old_word = False
    while chunk := file.read(1024 * 1024):
        text = tail + chunk
        if ENCRYPTED in text:
            return PASSWORD
        old_word = old_word or OLD_WORD in text
        tail = chunk[-64:]
    if old_word:
        return "The selected file is in the old Word format (.doc). Save it as DOCX or PDF and select it again."
    return ONLY
