"""How our Word documents look: A4, one typeface that every machine has, the house's accent, page numbers below."""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

TYPEFACE = "Arial"
INK, QUIET, ACCENT = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x48, 0x49, 0x49), RGBColor(0x12, 0x43, 0x6D)
MARGIN, TEXT_WIDTH = 2.2, 21.0 - 2 * 2.2  # centimetres
# Name of a style, size and space before and after in points, bold, colour.
STYLES = (
    ("Normal", 11, 0, 8, False, INK),
    ("Title", 20, 0, 10, True, INK),
    ("Subtitle", 11, 0, 4, False, QUIET),
    ("Heading 1", 15, 18, 6, True, ACCENT),
    ("Heading 2", 12.5, 14, 5, True, INK),
    ("Heading 3", 11, 12, 4, True, INK),
    ("Heading 4", 11, 10, 4, True, QUIET),
    ("Heading 5", 11, 10, 4, False, QUIET),
    ("Heading 6", 11, 10, 4, False, QUIET),
    ("Caption", 11, 12, 5, True, INK),
    ("List Bullet", 11, 0, 4, False, INK),
    ("List Number", 11, 0, 4, False, INK),
    ("Footer", 9, 0, 0, False, QUIET),
    ("Note", 11, 4, 8, False, INK),
    ("Fact", 11, 0, 3, False, INK),
    ("Table heading", 10, 2, 2, True, INK),
    ("Table text", 10, 2, 2, False, INK),
    ("After table", 6, 0, 0, False, INK),
)
OUR_OWN = ("Note", "Fact", "Table heading", "Table text", "After table")


def restyle(made: Document, title: str, lang: str) -> None:
    """Make the template ours: page, styles, language and footer."""
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(2.4)
    for name in OUR_OWN:
        made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = made.styles["Normal"]
    for name, size, before, after, bold, colour in STYLES:
        _style(made.styles[name], size, before, after, bold, colour)
    _edge(made.styles["Note"].element)
    made.styles["Caption"].paragraph_format.keep_with_next = True
    _language(made, lang)
    _footer(section.footer, title)


def _style(style, size: float, before: float, after: float, bold: bool, colour: RGBColor) -> None:
    for old in style.element.findall(qn("w:rPr")):
        style.element.remove(old)
    font = style.font
    font.name, font.size, font.bold, font.italic, font.color.rgb = TYPEFACE, Pt(size), bold, False, colour
    style.element.rPr.rFonts.set(qn("w:cs"), TYPEFACE)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.15
    for border in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(border)


def _edge(style) -> None:
    """A line at the left of what must not be missed."""
    line = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="8" w:color="{ACCENT}"/></w:pBdr>'
    style.pPr.insert_element_before(parse_xml(line), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _language(made: Document, lang: str) -> None:
    defaults = made.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for script in ("w:val", "w:eastAsia"):
        defaults.find(qn("w:lang")).set(qn(script), lang)
    settings = made.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), lang)
    for name in ("w:rsids", "w:savePreviewPicture"):
        settings.remove(settings.find(qn(name)))
    # Below 15 Word opens it as a file of another age.
    settings.find(qn("w:compat")).find(qn("w:compatSetting")).set(qn("w:val"), "15")


def _footer(footer, title: str) -> None:
    line = footer.paragraphs[0]
    line.text = f"{title} · Page "
    for name, between in (("PAGE", " of "), ("NUMPAGES", "")):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        run = OxmlElement("w:r")
        run.text = "1"
        field.append(run)
        line._p.append(field)
        if between:
            line.add_run(between)
