"""A paper, opened with care: what must not travel is taken off its pages, and what was wrong is said."""

import functools
import hashlib
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from kit.pdf_join import links
from kit.pdf_join.names import DRAWN, LINK, NEVER_IN_DRAWINGS, PAGE_KEYS, WEB

A4 = (0, 0, 595.276, 841.89)
DEEPEST = 12
DAMAGED = "It was damaged and has been mended as far as possible. Check its pages."

Object = Any  # what pikepdf gives is a dictionary, an array, a name or a plain value


class Unreadable(Exception):
    """The paper cannot be read; the sentence says why."""


@dataclass
class Opened:
    """A paper in memory. `annotations` holds, a page each, the links that stay; `gone` what was taken off."""

    pdf: pikepdf.Pdf
    pages: list[Object]
    tagged: bool
    problems: list[str] = field(default_factory=list)
    annotations: list[list[Object]] = field(default_factory=list)
    gone: list[Object] = field(default_factory=list)
    drawings: list[Object] = field(default_factory=list)
    digest: bytes = b""

    @property
    def lang(self) -> str:
        """The language the paper says it is in, or nothing."""
        return str(self.pdf.Root.get("/Lang", ""))


def read(source: Path | bytes) -> bytes:
    """The paper's bytes. Raises Unreadable with a sentence."""
    try:
        return source if isinstance(source, bytes) else source.read_bytes()
    except FileNotFoundError:
        raise Unreadable("Its file is missing.") from None
    except OSError:
        raise Unreadable("It is not a PDF that can be read.") from None


def opened(data: bytes) -> Opened:
    """The paper with its pages. Raises Unreadable with a sentence."""
    try:
        pdf = pikepdf.open(io.BytesIO(data))
        pages = [page.obj for page in pdf.pages]
    except pikepdf.PasswordError:
        raise Unreadable("It is locked with a password.") from None
    except Exception:  # whatever a hostile file makes the parser do
        raise Unreadable("It is not a PDF that can be read.") from None
    if not pages:
        raise Unreadable("It has no pages.")
    found = Opened(pdf, pages, is_tagged(pdf), digest=hashlib.sha256(data).digest())
    if pdf.get_warnings():
        found.problems.append(DAMAGED)
    return found


def is_tagged(pdf: pikepdf.Pdf) -> bool:
    """Whether it says that it is tagged, and has a tree of tags."""
    mark, root = pdf.Root.get("/MarkInfo"), pdf.Root.get("/StructTreeRoot")
    marked = isinstance(mark, Dictionary) and mark.get("/Marked") is True
    return marked and isinstance(root, Dictionary) and _has_kids(root) and "/ParentTree" in root


def clean(paper: Opened, *, own: bool = False) -> None:
    """Take off what must not travel: scripts, forms, comments, attached files, and metadata of people.

    `own` pages keep the links by key that the contents are made of.
    """
    _flatten(paper)
    links.keep_links(paper, (LINK, *WEB) if own else WEB)
    seen: set[tuple[int, int]] = set()
    for page in paper.pages:
        for key in page.keys() - PAGE_KEYS:
            del page[key]
        _clean_drawings(paper, page.get("/Resources"), seen, 0)
    if "/AcroForm" in paper.pdf.Root or "/Names" in paper.pdf.Root:
        _say_what_is_left(paper)


def box(page: Object) -> tuple[float, float, float, float]:
    """What is seen of the page: left, bottom, right, top in its own units. A4 when it does not say."""
    media = _rectangle(page.get("/MediaBox")) or A4
    crop = _rectangle(page.get("/CropBox")) or media
    seen = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return seen if seen[2] > seen[0] and seen[3] > seen[1] else media


def turned(page: Object) -> int:
    """By how many degrees it is shown turned, clockwise: 0, 90, 180 or 270."""
    angle = page.get("/Rotate", 0)
    return int(angle) % 360 if isinstance(angle, int) and angle % 90 == 0 else 0


def _rectangle(found: Object) -> tuple[float, float, float, float] | None:
    return _measured(found.unparse(resolved=True)) if isinstance(found, Array) and len(found) == 4 else None


@functools.lru_cache(maxsize=1024)
def _measured(written: bytes) -> tuple[float, float, float, float] | None:
    """Left, bottom, right, top from "[ 0 0 595 842 ]", whichever corners it names."""
    try:
        a, b, c, d = map(float, written.strip(b"[ ]").split())
    except ValueError:
        return None
    made = (min(a, c), min(b, d), max(a, c), max(b, d))
    return made if made[2] - made[0] > 1 and made[3] - made[1] > 1 else None


def _has_kids(root: Object) -> bool:
    kids = root.get("/K")
    return isinstance(kids, Dictionary) or (isinstance(kids, Array) and len(kids) > 0)


def _flatten(paper: Opened) -> None:
    """Fields and marks become part of the page as they look in print; comments and attachments go."""
    kinds: dict[str, int] = {}
    for page in paper.pages:
        found = page.get("/Annots")
        if not isinstance(found, Array):
            continue
        stay = []
        for each in found:
            kind = str(each.get("/Subtype", "")) if isinstance(each, Dictionary) else ""
            if kind != "/Link":
                kinds[kind] = kinds.get(kind, 0) + 1
                if isinstance(each, Dictionary):
                    paper.gone.append(each)
            if kind == "/Link" or kind in DRAWN:
                stay.append(each)
        if len(stay) != len(found):
            page["/Annots"] = Array(stay)
    if not kinds:
        return
    if kinds.keys() & DRAWN:
        if paper.pdf.Root.get("/AcroForm") is not None:
            paper.pdf.generate_appearance_streams()
        paper.pdf.flatten_annotations("print")
    paper.problems += _said(kinds)


def _said(kinds: dict[str, int]) -> list[str]:
    comments = kinds.get("/Text", 0)
    files = sum(kinds.get(kind, 0) for kind in ("/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D"))
    said = []
    if "/Widget" in kinds:
        said.append("Its form fields are now plain text and pictures, as they were filled in.")
    if kinds.keys() & (DRAWN - {"/Widget"}):
        said.append("Marks made on its pages are now part of the page.")
    if comments:
        said.append(f"{comments} comment{'s' * (comments != 1)} on its pages left out.")
    if files:
        said.append(f"{files} attached file{'s' * (files != 1)}, sound or film on its pages left out.")
    if "/Redact" in kinds:
        said.append("Words are marked to be blacked out, but are still there. Ask for a finished copy.")
    return said


def _clean_drawings(paper: Opened, resources: Object, seen: set[tuple[int, int]], depth: int) -> None:
    found = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if not isinstance(found, Dictionary) or depth > DEEPEST:
        return
    for name in found.keys():  # noqa: SIM118  a dictionary of a PDF goes round by its keys only this way
        drawing = found[name]
        if not isinstance(drawing, pikepdf.Stream) or drawing.objgen in seen:
            continue
        seen.add(drawing.objgen)
        for key in NEVER_IN_DRAWINGS:
            if key in drawing:
                del drawing[key]
        if "/StructParents" in drawing or "/StructParent" in drawing:
            paper.drawings.append(drawing)
        _clean_drawings(paper, drawing.get("/Resources"), seen, depth + 1)


def _say_what_is_left(paper: Opened) -> None:
    names = paper.pdf.Root.get("/Names")
    if isinstance(names, Dictionary) and "/EmbeddedFiles" in names:
        paper.problems.append("Files attached to it were left out.")
    if isinstance(names, Dictionary) and "/JavaScript" in names:
        paper.problems.append("Scripts in it were left out.")
    form = paper.pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form:
        paper.problems.append("It is a dynamic form, of which only the printed look could be kept.")


def layers(paper: Opened) -> tuple[list[Object], list[Object]]:
    """Its layers, and those of them that are hidden: what an author hid must not show in the pack."""
    found = paper.pdf.Root.get("/OCProperties")
    if not isinstance(found, Dictionary):
        return [], []
    groups = [each for each in found.get("/OCGs", Array()) if isinstance(each, Dictionary)]
    shown = found.get("/D", Dictionary())
    on, off = ({each.objgen for each in shown.get(key, Array())} for key in ("/ON", "/OFF"))
    if shown.get("/BaseState") == Name.OFF:
        return groups, [each for each in groups if each.objgen not in on]
    return groups, [each for each in groups if each.objgen in off]
