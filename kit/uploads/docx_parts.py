"""One XML part of a DOCX, read as it streams by: what links, acts and hides in it. No tree is built."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

HEADING = re.compile(r"(?i)^heading [1-9]$")  # the name is English in every language of Word, the id is not
MANY = 20_000  # of anything that is kept: more than a word processor writes
TOKEN = 4 * 1024 * 1024  # bytes of one tag
BODY_TEXT = "9"  # the level of an outline that is none
PROGRAM = re.compile(r"(?i)^\s*\"?\s*DDE(AUTO)?\b")
FETCH = re.compile(r"(?i)^\s*\"?\s*(INCLUDEPICTURE|INCLUDETEXT|IMPORT|INCLUDE|RD|LINK)\b")
DEPTH = 500
FIELD_LENGTH = 4000
CHUNK = 64 * 1024


@dataclass(frozen=True)
class Link:
    """A relationship: the last word of its type, and where it leads."""

    kind: str
    target: str
    external: bool


@dataclass
class Part:
    """What was met in a part. `types` are content types, `links` relationships."""

    types: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    language: str = ""
    title: str = ""
    styles: set[str] = field(default_factory=set)  # that paragraphs use, by their ids
    headings: set[str] = field(default_factory=set)  # styles that are headings; "" for a paragraph that is by itself
    based_on: dict[str, str] = field(default_factory=dict)
    tracked: bool = False
    comments: bool = False
    hidden: bool = False
    undescribed: int = 0  # pictures without words for whoever does not see them
    starts_program: bool = False
    fetches: bool = False


class Damaged(Exception):
    """Not well-formed, nested beyond reason, or with a document type, the place where entities are declared."""


def read_part(file: IO[bytes], go_on: Callable[[], None]) -> Part:
    """`go_on` is called again and again, and may raise. Raises Damaged for what no word processor writes."""
    reader = _Reader()
    read = 0
    try:
        while chunk := file.read(CHUNK):
            go_on()
            reader.parser.Parse(chunk)
            read += len(chunk)
            # The parser keeps what it has not understood yet.
            if read - max(reader.parser.CurrentByteIndex, 0) > TOKEN:
                raise Damaged
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Damaged from error
    return reader.part


class _Reader:
    def __init__(self) -> None:
        self.part = Part()
        self.depth = 0
        self.fields: list[str] = []
        self.inside = ""
        self.style = ""  # the one that is being defined
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words

    def start(self, name: str, given: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise Damaged
        self.inside = name.rpartition(" ")[2]
        if self.inside in self.MET:
            self.MET[self.inside](self, {key.rpartition(" ")[2]: value for key, value in given.items()})

    def end(self, name: str) -> None:
        self.depth -= 1
        self.inside = ""

    def words(self, text: str) -> None:
        if self.inside in ("instrText", "delInstrText"):
            if not self.fields:
                self.fields.append("")
            self.fields[-1] = (self.fields[-1] + text)[:FIELD_LENGTH]
            self._field(self.fields[-1])
        elif self.inside == "title" and len(self.part.title) < 2000:
            self.part.title += text
        elif self.inside == "language" and len(self.part.language) < 100:
            self.part.language += text

    def _field(self, instruction: str) -> None:
        self.part.starts_program |= bool(PROGRAM.match(instruction))
        self.part.fetches |= bool(FETCH.match(instruction))

    def keep(self, kept: list | set | dict) -> None:
        if len(kept) >= MANY:
            raise Damaged

    def content_type(self, given: dict[str, str]) -> None:
        self.keep(self.part.types)
        self.part.types.append(given.get("ContentType", ""))

    def relationship(self, given: dict[str, str]) -> None:
        self.keep(self.part.links)
        kind = given.get("Type", "").rstrip("/").rpartition("/")[2]
        external = given.get("TargetMode", "").casefold() == "external"
        self.part.links.append(Link(kind, given.get("Target", ""), external))

    def field_mark(self, given: dict[str, str]) -> None:
        if given.get("fldCharType") == "begin":
            self.keep(self.fields)
            self.fields.append("")
        elif given.get("fldCharType") == "end" and self.fields:
            self.fields.pop()

    def simple_field(self, given: dict[str, str]) -> None:
        self._field(given.get("instr", ""))

    def tongue(self, given: dict[str, str]) -> None:
        self.part.language = self.part.language or given.get("val", "")

    def use_style(self, given: dict[str, str]) -> None:
        self.keep(self.part.styles)
        self.part.styles.add(given.get("val", ""))

    def define_style(self, given: dict[str, str]) -> None:
        self.keep(self.part.headings)
        self.style = given.get("styleId", "")

    def style_name(self, given: dict[str, str]) -> None:
        if self.style and HEADING.match(given.get("val", "")):
            self.part.headings.add(self.style)

    def style_parent(self, given: dict[str, str]) -> None:
        self.keep(self.part.based_on)
        if self.style:
            self.part.based_on[self.style] = given.get("val", "")

    def outline(self, given: dict[str, str]) -> None:
        if given.get("val") != BODY_TEXT:
            self.part.headings.add(self.style)

    def change(self, given: dict[str, str]) -> None:
        self.part.tracked |= "author" in given

    def comment(self, given: dict[str, str]) -> None:
        self.part.comments = True

    def unseen(self, given: dict[str, str]) -> None:
        self.part.hidden |= given.get("val", "true") not in {"0", "false", "off"}

    def picture(self, given: dict[str, str]) -> None:
        self.part.undescribed += "descr" not in given

    def ornament(self, given: dict[str, str]) -> None:
        self.part.undescribed -= given.get("val") in {"1", "true"}

    # Elements, by their names in the standard (ECMA-376).
    MET = {
        "Override": content_type,
        "Default": content_type,
        "Relationship": relationship,
        "fldChar": field_mark,
        "fldSimple": simple_field,
        "lang": tongue,
        "pStyle": use_style,
        "style": define_style,
        "name": style_name,
        "basedOn": style_parent,
        "outlineLvl": outline,
        **dict.fromkeys(("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"), change),
        "comment": comment,
        "vanish": unseen,
        "docPr": picture,
        "decorative": ornament,
    }


def _refuse(*args) -> None:
    raise Damaged
