"""A DOCX paper: is the archive safe to open, and does anything in it act, fetch or hide?"""

import os
import posixpath
import re
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from kit.uploads.checked import CONTENT_TYPES, MB, Limits, Refused
from kit.uploads.docx_parts import Part, read_part
from kit.uploads.kinds import ONLY, PASSWORD
from kit.uploads.names import clean_line

SMALL_PART = MB
END, COMMENT = 22, 65_535  # bytes that an archive ends with, and of the remark that may follow
ZIP64 = b"PK\x06\x07"  # says that the true list is larger than a paper's can be
LIST_BYTES = 2 * MB
TYPES = "[Content_Types].xml"
DAMAGED = "The selected file is damaged or incomplete. Save it again as DOCX and select it."
TRAP = "The selected file unpacks to far more than its size. Save it again as DOCX and select it."
MACROS = "The selected file has macros. Save it as a DOCX without macros and select it again."
CONTROLS = "The selected file has ActiveX controls. Take them out and select it again."
EMBEDDED = "The selected file has other files inside. Take them out, or paste them as pictures, and select it again."
OUTSIDE = "The selected file fetches {what} from another place when it is opened. {cure} and select it again."
TOO_MUCH = "The selected file takes too much time to read. Save it as PDF, or split it, and select that."
DDE = "The selected file has a field that starts another program (DDE). Take it out and select it again."
MAIN = CONTENT_TYPES["docx"] + ".main+xml"
# Last words of relationship types: what is fetched from outside, and how to end that.
FETCHED = {
    "attachedTemplate": ("its template", "Attach the Normal template"),
    "image": ("a picture", "Insert the picture itself"),
    "oleObject": ("an object", "Take it out"),
    "frame": ("a page", "Take it out"),
    "subDocument": ("a part of the text", "Put the text itself in"),
    "aFChunk": ("a part of the text", "Put the text itself in"),
}
LINKS = {"hyperlink"}
XML = (".xml", ".rels", ".vml")


def look(file: BinaryIO, limits: Limits) -> dict[str, Any]:
    """Facts, notes and problems for Checked. Raises Refused where the file is no DOCX, or a trap."""
    until = time.monotonic() + limits.seconds

    def go_on() -> None:
        if time.monotonic() > until:
            raise Refused(TOO_MUCH)

    try:
        _check_list(file)
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            items = archive.infolist()
            _check_sizes(items, limits)
            _check_names(items)
            parts = _read(archive, items, go_on)
    except Refused:
        raise
    # Damaged archives make zipfile raise half a dozen kinds of error.
    except Exception as error:
        raise Refused(DAMAGED) from error
    _check_kind(parts)
    main = _main(parts)
    core = parts.get("docprops/core.xml", Part())
    return {
        "language": clean_line(parts.get("word/styles.xml", Part()).language or main.language or core.language, 35),
        "title": clean_line(core.title),
        "problems": tuple(dict.fromkeys(_problems(parts))),
        "notes": tuple(_notes(parts, main, core)),
    }


def _check_list(file: BinaryIO) -> None:
    """The list of contents stands at the end, after its size. It is read in one go, so it may not be long."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(size - END - COMMENT, 0))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06", 0, len(tail) - END + 4)
    if place < 0 or ZIP64 in tail[:place][-20:] or struct.unpack_from("<L", tail, place + 12)[0] > LIST_BYTES:
        raise Refused(DAMAGED)


def _check_sizes(items: list[zipfile.ZipInfo], limits: Limits) -> None:
    """The sizes that the archive states are also the most that zipfile unpacks, so they can be relied on."""
    if len(items) > limits.parts or sum(item.file_size for item in items) > limits.unpacked_bytes:
        raise Refused(TRAP)
    for item in items:
        if item.file_size > SMALL_PART and item.file_size > limits.ratio * max(item.compress_size, 1):
            raise Refused(TRAP)
        if item.flag_bits & 0x1:
            raise Refused(PASSWORD)
        if item.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Refused(DAMAGED)


def _check_names(items: list[zipfile.ZipInfo]) -> None:
    """Names that lead out of a folder, or that two readers would understand in two ways."""
    names = [item.orig_filename for item in items]
    for name in names:
        if re.match(r"[/\\]|[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name) or "\\" in name or "\0" in name:
            raise Refused(f"The selected file has a part with a name that leads out of it. {DAMAGED.split('. ')[1]}")
    if len({name.casefold() for name in names}) != len(names):
        raise Refused(DAMAGED)


def _read(archive: zipfile.ZipFile, items: list[zipfile.ZipInfo], go_on: Callable[[], None]) -> dict[str, Part]:
    """Every part, by its name in small letters. All is unpacked once, so that its checksum is known to be right."""
    if TYPES.casefold() not in {item.filename.casefold() for item in items}:
        raise Refused(f"{ONLY} Its content is a ZIP archive.")
    parts = {}
    for item in items:
        name = item.filename.casefold()
        with archive.open(item) as file:
            if name.endswith(XML):
                parts[name] = read_part(file, go_on)
            else:
                parts[name] = Part()
                while file.read(MB):
                    pass
    return parts


def _check_kind(parts: dict[str, Part]) -> None:
    types = {kind.casefold() for kind in parts[TYPES.casefold()].types}
    if MAIN.casefold() in types:
        return
    if any("macroenabled" in kind for kind in types):
        raise Refused(MACROS)
    if any(".template.main" in kind for kind in types):
        raise Refused(f"{ONLY} Its content is a Word template.")
    for word, what in (("spreadsheetml", "an Excel workbook"), ("presentationml", "a PowerPoint presentation")):
        if any(word in kind for kind in types):
            raise Refused(f"{ONLY} Its content is {what}.")
    raise Refused(ONLY)


def _main(parts: dict[str, Part]) -> Part:
    """The document itself, which the archive's own relationships name. Raises Refused when it is not there."""
    for link in parts.get("_rels/.rels", Part()).links:
        if link.kind == "officeDocument" and not link.external:
            name = link.target.lstrip("/").casefold()
            if name in parts:
                return parts[name]
    raise Refused(DAMAGED)


def _problems(parts: dict[str, Part]) -> Iterator[str]:
    types = {kind.casefold() for kind in parts[TYPES.casefold()].types}
    names = [name for name in parts if not name.endswith("/")]
    if any("macroenabled" in kind or "vbaproject" in kind or "vbadata" in kind for kind in types) or any(
        posixpath.basename(name) in {"vbaproject.bin", "vbadata.xml"} for name in names
    ):
        yield MACROS
    if any("activex" in kind for kind in types) or any("/activex/" in name for name in names):
        yield CONTROLS
    behind_charts = _behind_charts(parts)
    inside = [name for name in names if "/embeddings/" in name or name.endswith((".exe", ".bin.ole"))]
    if any(name not in behind_charts for name in inside) or any("oleobject" in kind for kind in types):
        yield EMBEDDED
    for part in parts.values():
        for link in part.links:
            if link.external and link.kind not in LINKS:
                what, cure = FETCHED.get(link.kind, ("something", "Take it out"))
                yield OUTSIDE.format(what=what, cure=cure)
            elif link.kind in {"vbaProject", "wordVbaData"}:
                yield MACROS
            elif link.kind in {"oleObject", "aFChunk"}:
                yield EMBEDDED
        if part.starts_program:
            yield DDE
        if part.fetches:
            yield OUTSIDE.format(what="a picture or text", cure="Insert it itself")


def _behind_charts(parts: dict[str, Part]) -> set[str]:
    """Workbooks that Word puts behind its charts, named by a chart and by nothing else."""
    charts: set[str] = set()
    others: set[str] = set()
    for name, part in parts.items():
        folder = posixpath.dirname(posixpath.dirname(name))
        for link in part.links:
            target = posixpath.normpath(posixpath.join("/", folder, link.target)).lstrip("/").casefold()
            of_chart = link.kind == "package" and folder.endswith("/charts") and target.endswith(".xlsx")
            (charts if of_chart else others).add(target)
    return charts - others


def _notes(parts: dict[str, Part], main: Part, core: Part) -> Iterator[str]:
    texts = [part for name, part in parts.items() if name.startswith("word/")]
    if not core.title:
        yield "The file has no title among its properties."
    if not _has_headings(main, parts.get("word/styles.xml", Part())):
        yield "No paragraph has a heading style: a screen reader finds no headings in the file, nor in a PDF of it."
    if any(part.tracked for part in texts):
        yield "The file has tracked changes: readers can see what was written before. Accept or reject them first."
    if any(name.startswith("word/comments") and part.comments for name, part in parts.items()):
        yield "The file has comments, which its readers can see. Delete those that are not for them."
    if any(part.hidden for name, part in parts.items() if name != "word/styles.xml" and name.startswith("word/")):
        yield "The file has hidden text, which its readers can make visible."
    if _behind_charts(parts) & set(parts):
        yield "A chart has its workbook behind it: readers can open all of it, not only what the chart shows."
    if any(part.undescribed > 0 for part in texts):
        yield "A picture has no alternative text."


def _has_headings(main: Part, styles: Part) -> bool:
    """Whether a paragraph is one by itself, or by a style that is one or was made from one."""
    if "" in main.headings:
        return True
    for style in main.styles:
        seen: set[str] = set()
        while style and style not in seen:
            if style in styles.headings:
                return True
            seen.add(style)
            style = styles.based_on.get(style, "")
    return False
