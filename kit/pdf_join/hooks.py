"""Hooks in a paper's pages on which the stamps of a pack are hung, and what is looked for in odd corners."""

import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from kit.pdf_join.names import NEVER, NEVER_DONE

FONT, PLATE = "/StridePack", "/StridePackPlate"
FONTS_HERE, PLATE_HERE = "/StridePackFontsHere", "/StridePackPlateHere"
LENGTH = re.compile(rb"/Length \d+ ?$")
HIDDEN = re.compile(
    rb"/(?:EF|AF|RF) ?(?:<<|\[|\d)|/JS ?[(<\d]|/PieceInfo ?[<\d]"
    rb"|/S ?/(?:JavaScript|Launch|GoToR|GoToE|SubmitForm|ImportData)\b"
)


def put(page: Any) -> str:
    """Make room for the stamps' fonts and plate on the page; the ending that makes their names free is given."""
    resources = page.get("/Resources")
    if not isinstance(resources, Dictionary):
        resources = page["/Resources"] = Dictionary()
        resources = page["/Resources"]
    fonts, states = _own(resources, "/Font"), _own(resources, "/ExtGState")
    ending = ""
    names = fonts.keys() | states.keys()
    while any(re.fullmatch(rf"{FONT}\d+{ending}|{PLATE}{ending}", name) for name in names):
        ending += "_"
    fonts[FONTS_HERE], states[PLATE_HERE] = 0, 0
    return ending


def filled(text: bytes, fonts: bytes, plate: bytes) -> bytes:
    """The text with the fonts and the plate on its hooks."""
    return text.replace(FONTS_HERE.encode() + b" 0", fonts).replace(PLATE_HERE.encode() + b" 0", plate)


def hides(data: bytes) -> bool:
    """Whether something stands there that may be a program or an attached file."""
    return HIDDEN.search(data) is not None


def scrub(pdf: pikepdf.Pdf) -> None:
    """Through every object, however it is reached."""
    for each in pdf.objects:
        stack = [(each, 0)]
        while stack:
            at, depth = stack.pop()
            if depth > 60:
                continue
            if isinstance(at, Dictionary | pikepdf.Stream):
                if str(at.get("/S", "")) in NEVER_DONE and "/K" not in at:
                    for key in list(at.keys()):
                        del at[key]
                for key in NEVER:
                    if key in at:
                        del at[key]
                inside = [at.get(key) for key in at.keys()]  # noqa: SIM118
            elif isinstance(at, Array):
                inside = list(at)
            else:
                continue
            stack += [
                (one, depth + 1)
                for one in inside
                if isinstance(one, Dictionary | Array | pikepdf.Stream) and not one.is_indirect
            ]


def _own(resources: Any, name: str) -> Any:
    """A group of the resources, in them and not shared with others."""
    found = resources.get(name)
    if not isinstance(found, Dictionary):
        resources[name] = Dictionary()
    elif found.is_indirect:
        resources[name] = Dictionary({key: found[key] for key in found.keys()})  # noqa: SIM118
    return resources[name]
