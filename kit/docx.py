"""A report as a Word document, from the same parts as kit.reports: for whoever must go on writing in it.

    word = document("Minutes of the Delivery Board", [heading("Decisions"), numbered([...])], at=minutes.confirmed_at)

Headings, lists, tables and the language are real ones, so that a screen reader and a PDF made of it find them.
The same words give the same bytes.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from kit.docx_styles import TEXT_WIDTH, restyle
from kit.reports import Part

DEEPEST = 6
PROPERTY = 255  # characters that a property of a document holds
# What XML cannot hold, and what turns the direction of all that follows.
UNHOLDABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP archive can name
TEMPLATES_OWN = ("customXml", "thumbnail", "extended-properties", "stylesWithEffects")


def document(
    title: str,
    parts: Iterable[Part],
    *,
    above: str = "",
    facts: Sequence[tuple[str, str]] = (),
    lang: str = "en-GB",
    at: dt.datetime | None = None,
) -> bytes:
    """The DOCX. `above` stands over the title, `facts` under it; `at` is its stated time, none when left out.

    A picture gives its finding and its alternative text. Raises KeyError for a part of an unknown kind.
    """
    made = docx.Document()
    restyle(made, _clean(title), lang)
    if above:
        made.add_paragraph(_clean(above), "Subtitle")
    made.add_paragraph(_clean(title), "Title")
    _facts(made, [{"key": key, "value": value} for key, value in facts])
    for part in parts:
        WRITERS[part["kind"]](made, part)
    _describe(made, _clean(title), lang, at)
    return _packed(made)


def _heading(made: Document, part: Part) -> None:
    made.add_heading(_clean(part["text"]), min(part["level"], DEEPEST))


def _prose(made: Document, part: Part) -> None:
    """As kit.reports: an empty line parts paragraphs, lines that begin with a bullet are a list."""
    for block in re.split(r"\n\s*\n", _clean(part["text"]).strip()):
        said, items = [], []
        for line in map(str.strip, block.split("\n")):
            if line.startswith("•"):
                items.append(line[1:].strip())
            elif items:
                items[-1] += f" {line}"
            else:
                said.append(line)
        if any(said):
            made.add_paragraph("\n".join(said))
        for item in items:
            made.add_paragraph(item, "List Bullet")


def _note(made: Document, part: Part) -> None:
    for block in filter(None, re.split(r"\n\s*\n", _clean(part["text"]).strip())):
        made.add_paragraph(block, "Note")


def _fact_rows(made: Document, part: Part) -> None:
    _facts(made, part["rows"])


def _facts(made: Document, rows: Sequence[dict[str, str]]) -> None:
    for row in rows:
        line = made.add_paragraph(style="Fact")
        line.add_run(f"{_clean(row['key'])}: ").bold = True
        line.add_run(_clean(row["value"]))


def _list(made: Document, part: Part) -> None:
    for item in part["items"]:
        made.add_paragraph(_clean(item), "List Bullet")


def _numbered(made: Document, part: Part) -> None:
    """Each list begins at 1 again."""
    if not part["items"]:
        return
    numbering = made.part.numbering_part.element
    style = made.styles["List Number"].element
    pattern = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    number = numbering.add_num(pattern)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    for item in part["items"]:
        line = made.add_paragraph(_clean(item), "List Number")
        properties = line._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number.numId


def _table(made: Document, part: Part) -> None:
    if part["caption"]:
        made.add_paragraph(_clean(part["caption"]), "Caption")
    table = made.add_table(rows=0, cols=len(part["headings"]), style="Table Grid")
    table.autofit = False
    shares = [Cm(TEXT_WIDTH * width / sum(part["widths"])) for width in part["widths"]]
    for column, width in zip(table.columns, shares, strict=True):
        column.width = width
    for place, texts in enumerate([part["headings"], *part["rows"]]):
        row = table.add_row()
        for cell, text, width in zip(row.cells, texts, shares, strict=True):
            cell.width = width
            cell.paragraphs[0].style = "Table heading" if place == 0 else "Table text"
            cell.paragraphs[0].text = _clean(text)
        _mark(row._tr.get_or_add_trPr(), "w:cantSplit", *(["w:tblHeader"] if place == 0 else []))
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    for name in look.attrib:
        look.attrib[name] = "0"
    look.set(qn("w:val"), "0020")
    look.set(qn("w:firstRow"), "1")
    made.add_paragraph(style="After table")


def _picture(made: Document, part: Part) -> None:
    made.add_paragraph(_clean(part["finding"]))
    if part["alt"] != part["finding"]:
        made.add_paragraph(_clean(part["alt"]))


WRITERS: dict[str, Callable[[Document, Part], None]] = {
    "heading": _heading,
    "prose": _prose,
    "note": _note,
    "facts": _fact_rows,
    "list": _list,
    "numbered": _numbered,
    "table": _table,
    "picture": _picture,
}


def _mark(properties, *names: str) -> None:
    for name in names:
        properties.append(OxmlElement(name))


def _clean(text: str) -> str:
    """Text with line breaks of one kind, and nothing that a document cannot hold."""
    return UNHOLDABLE.sub("", re.sub("\r\n|[\r\x0b\x0c\x85\u2028\u2029]", "\n", str(text))).replace("\t", " ")


def _describe(made: Document, title: str, lang: str, at: dt.datetime | None) -> None:
    about = made.core_properties
    about.title, about.language = title[:PROPERTY], lang
    about.author = about.comments = ""
    element = made.part.package.core_properties._element
    for name in ("dcterms:created", "dcterms:modified", "cp:revision"):
        element.remove(element.find(qn(name)))
    if at is not None:
        about.created = about.modified = at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)


def _packed(made: Document) -> bytes:
    """The archive without what the template brought along, and without the times of its packing."""
    for owner in (made.part.package, made.part):
        for key, link in list(owner.rels.items()):
            if link.reltype.rpartition("/")[2] in TEMPLATES_OWN:
                del owner.rels[key]
    loose, fixed = io.BytesIO(), io.BytesIO()
    made.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, LONG_AGO), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
