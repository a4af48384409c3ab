"""Papers' files of the example, made from plain text when it is loaded: the same bytes each time.

A text begins with `# title`; `> words` stand over it. Then `## ` and `### ` headings, `- ` and `1. ` lists, `! ` notes,
tables of lines `| … |` under `Table: caption`, and paragraphs, parted by empty lines. What follows `=== A3` goes onto
a wide sheet; `=== untagged` takes the tags away, as careless programs do.
"""

import datetime as dt
import io
import re
from dataclasses import dataclass, field

import pikepdf

from kit import docx, pdf, reports
from kit.reports import Part
from stride.demonstration_steps import EXAMPLES

TEMPLATE = "stride/pdf/example_paper.typ"
FOLDER = EXAMPLES / "stride25-records" / "papers"
TAGS = ("/StructTreeRoot", "/MarkInfo", "/Metadata", "/Lang")


@dataclass
class Text:
    """A text that was read: its title, what stands above it, its parts, and those of the wide sheet."""

    title: str = ""
    above: str = ""
    parts: list[Part] = field(default_factory=list)
    wide: list[Part] = field(default_factory=list)
    is_tagged: bool = True


def as_pdf(name: str) -> bytes:
    """The text of that name, typeset."""
    text = _read(name)
    made = pdf.render(TEMPLATE, {"above": text.above, "parts": text.parts, "wide": text.wide}, title=text.title)
    return made if text.is_tagged else _without_tags(made)


def as_docx(name: str, at: dt.datetime) -> bytes:
    """The text of that name as a Word document of that time."""
    text = _read(name)
    return docx.document(text.title, [*text.parts, *text.wide], above=text.above, at=at)


def _read(name: str) -> Text:
    found, caption = Text(), ""
    into = found.parts
    for block in re.split(r"\n\s*\n", (FOLDER / f"{name}.md").read_text(encoding="utf-8").strip()):
        match block.partition(" "):
            case "#", _, words:
                found.title = words
            case ">", _, words:
                found.above = words
            case "===", _, "A3":
                into = found.wide
            case "===", _, "untagged":
                found.is_tagged = False
            case "Table:", _, words:
                caption, _, lines = words.partition("\n")
                into.append(_table(lines, caption))
            case _:
                into.append(_part(block))
    return found


def _part(block: str) -> Part:
    mark, _, words = block.partition(" ")
    if mark in ("##", "###"):
        return reports.heading(words, len(mark) - 1)
    if mark == "!":
        return reports.note(words)
    if mark == "-":
        return reports.listing([line.removeprefix("- ") for line in block.splitlines()])
    if mark == "1.":
        return reports.numbered([line.partition(" ")[2] for line in block.splitlines()])
    return reports.prose(" ".join(block.splitlines()))


def _table(lines: str, caption: str) -> Part:
    headings, *rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines.splitlines()]
    longest = [max(len(row[at]) for row in [headings, *rows]) for at in range(len(headings))]
    return reports.table(headings, rows, caption=caption, widths=[min(max(each, 8) + 3, 40) for each in longest])


def _without_tags(made: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as opened:
        for key in TAGS:
            if key in opened.Root:
                del opened.Root[key]
        opened.save(out, deterministic_id=True)
    return out.getvalue()
