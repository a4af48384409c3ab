"""What is printed on every page of a pack: marking above and below, footer and pack page.

One small stream a page and one font for all, drawn after the page's own content as an artifact, so that nobody
has it read aloud a thousand times. Lengths are points of an A4 page; a larger page gets larger stamps.
"""

import functools
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pikepdf
import typst
from pikepdf import Array

from kit import pdf
from kit.pdf_join import freezing, hooks
from kit.pdf_join.hooks import FONT, PLATE
from kit.pdf_join.preparing import Leaf
from kit.pdf_join.writing import Writer

A4_WIDTH = 595.276
SIDE, FOOTER, MARKING, TOP = 28.0, 21.0, 10.5, 17.0  # from the edge of the page to the line of the text
SIZE, MARKING_SIZE, BLANK_SIZE = 7.5, 8.5, 14.0
# A page may end with up to seven more or fewer q than Q, and still the stamps stand where they should.
LEVELS = 8
BEFORE = b"q " * LEVELS
AFTER = b"\n" + b"Q " * LEVELS
ELLIPSIS = "…"
BLANK = "This page is left blank"
SOURCE = b"""#set document(title: "Stamps", date: none)
#set page(width: 4000pt, height: auto)
#set text(font: "Atkinson Hyperlegible Next", kerning: false, ligatures: false)
#sys.inputs.characters
"""


@dataclass(frozen=True)
class Words:
    """What one page says. `number` stands at the right, `blank` in the middle of a page without content."""

    left: str
    number: str
    marking: str
    blank: bool = False


class Stamper:
    """The fonts of a pack's stamps, and the streams made with them. Needs to know all that will be written."""

    def __init__(self, out: Writer, texts: Iterable[str]) -> None:
        self.out = out
        characters = set().union(*texts, ELLIPSIS, BLANK, " |")
        self.fonts, glyphs = _fonts(out, "".join(sorted(characters)))
        glyphs |= dict.fromkeys(characters - glyphs.keys(), glyphs[ELLIPSIS])
        self.font_of = {char: font for char, (font, _, _) in glyphs.items()}
        self.code_of = {char: code for char, (_, code, _) in glyphs.items()}
        self.width_of = {char: width for char, (_, _, width) in glyphs.items()}
        self.centred: dict[tuple[Any, ...], list[tuple[bytes, bytes]]] = {}
        self.plate = out.add(b"<< /Type /ExtGState /ca 0.85 /CA 0.85 >>")
        self.before: dict[bytes, int] = {}

    def around(self, page: Leaf, words: Words, *, opening: bytes = b"", closing: bytes = b"") -> tuple[int, int]:
        """The streams before and after the page's own content, which draw the words. `opening` and `closing` are
        marks of its tag."""
        if opening not in self.before:
            self.before[opening] = self.out.add(b"", opening + BEFORE)
        drawn = AFTER + closing + self._artifact(words, page.box, page.turned, page.ending)
        return self.before[opening], self.out.add(b"", drawn)

    def hung(self, text: bytes, ending: str) -> bytes:
        """The text of a page or of its resources, with fonts and plate in their places."""
        fonts = b" ".join(f"{FONT}{at}{ending} {font} 0 R".encode() for at, font in enumerate(self.fonts))
        return hooks.filled(text, fonts, f"{PLATE}{ending} {self.plate} 0 R".encode())

    def _artifact(self, words: Words, seen: tuple[float, ...], angle: int, ending: str) -> bytes:
        width, height, scale, matrix = _frame(seen, angle)
        room = width / scale - 2 * SIDE
        number, long = self._fit(words.number, room, SIZE)
        left, short = self._fit(words.left, room - long - 12, SIZE)
        lines = [
            self._line(left, SIDE, FOOTER, SIZE, short, ending),
            self._line(number, SIDE + room - long, FOOTER, SIZE, long, ending),
            *self._centred(words, width / scale, height / scale, ending),
        ]
        plates = b"".join(plate for plate, _ in lines)
        drawn = b"".join(text for _, text in lines)
        return (
            b"\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC q %s cm q %s gs 1 g %sf Q 0 g BT %sET Q EMC\n"
            % (matrix, (PLATE + ending).encode(), plates, drawn)
        )

    def _centred(self, words: Words, width: float, height: float, ending: str) -> list[tuple[bytes, bytes]]:
        """The marking above and below, the same on most pages, and the words of a blank page."""
        asked = (words.marking, words.blank, width, height, ending)
        if asked not in self.centred:
            made = self.centred[asked] = []
            if words.marking:
                wide = self.width(words.marking, MARKING_SIZE)
                size = min(MARKING_SIZE, MARKING_SIZE * (width - SIDE) / max(wide, 1))
                wide = self.width(words.marking, size)
                for y in (height - TOP, MARKING):
                    made.append(self._line(words.marking, (width - wide) / 2, y, size, wide, ending))
            if words.blank:
                wide = self.width(BLANK, BLANK_SIZE)
                made.append(self._line(BLANK, (width - wide) / 2, height / 2, BLANK_SIZE, wide, ending))
        return self.centred[asked]

    def _line(self, text: str, x: float, y: float, size: float, wide: float, ending: str) -> tuple[bytes, bytes]:
        """The plate behind the text, and the text in runs of one font each."""
        if not text:
            return b"", b""
        plate = b"%.2f %.2f %.2f %.2f re " % (x - 2, y - size * 0.3, wide + 4, size * 1.25)
        fonts = list(map(self.font_of.__getitem__, text))
        drawn = [b"1 0 0 1 %.2f %.2f Tm " % (x, y)]
        start = 0
        while start < len(text):
            font, end = fonts[start], start + 1
            end = len(text) if fonts.count(font) == len(fonts) else end
            while end < len(text) and fonts[end] == font:
                end += 1
            codes = b"".join(map(self.code_of.__getitem__, text[start:end]))
            drawn.append(b"%s%d%s %.2f Tf <%s> Tj " % (FONT.encode(), font, ending.encode(), size, codes))
            start = end
        return plate, b"".join(drawn)

    def width(self, text: str, size: float) -> float:
        """How long the text is at this size."""
        return sum(map(self.width_of.__getitem__, text)) * size / 1000

    def _fit(self, text: str, room: float, size: float) -> tuple[str, float]:
        """As much of the text as there is room for, and its length."""
        wide = self.width(text, size)
        if wide <= room:
            return text, wide
        while text and self.width(text + ELLIPSIS, size) > room:
            text = text[:-1]
        text = text.rstrip() + ELLIPSIS if text else ""
        return text, self.width(text, size)


@functools.lru_cache(maxsize=256)
def _frame(seen: tuple[float, ...], angle: int) -> tuple[float, float, float, bytes]:
    """Width and height as shown, the scale of the stamps, and the matrix from the page as shown to its own units."""
    left, bottom, right, top = seen
    width, height = right - left, top - bottom
    if angle in (90, 270):
        width, height = height, width
    scale = min(max(min(width, height) / A4_WIDTH, 0.4), 6.0)
    turns = {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, right, bottom),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, left, top),
    }
    a, b, c, d, e, f = turns[angle]
    return width, height, scale, b"%.4f %.4f %.4f %.4f %.3f %.3f" % (a * scale, b * scale, c * scale, d * scale, e, f)


def _fonts(out: Writer, characters: str) -> tuple[list[int], dict[str, tuple[int, bytes, float]]]:
    """Subsets of the typeface with these characters: the fonts, and for each character font, code and width."""
    text, _ = pdf.cleaned(f"| {characters} |")
    made = typst.Compiler(SOURCE, font_paths=pdf.fonts(), sys_inputs={"characters": text}).compile(format="pdf")
    source = pikepdf.open(io.BytesIO(made))
    found = source.pages[0].Resources.Font
    fonts, glyphs = [], {}
    for name in sorted(found.keys()):
        font = source.make_indirect(found[name])
        widths = _widths(font.DescendantFonts[0])
        for code, char in re.findall(rb"^<([0-9A-F]{4})> <([0-9A-F]+)>$", font.ToUnicode.read_bytes(), re.MULTILINE):
            glyph = (len(fonts), code, widths.get(int(code, 16), 0.0))
            glyphs.setdefault(bytes.fromhex(char.decode()).decode("utf-16-be"), glyph)
        fonts.append(font)
    data = freezing.written(source, [fonts])
    numbers = freezing.kept_in(data)[0]
    base = out.thaw(freezing.freeze(data, set())[0])
    return [number + base for number in numbers], glyphs


def _widths(font: Any) -> dict[int, float]:
    """Widths in thousandths, from pairs "first [widths]" and triples "first last width"."""
    items, found, at = list(font.W), {}, 0
    while at < len(items):
        first = items[at]
        if isinstance(items[at + 1], Array):
            found |= {first + offset: float(width) for offset, width in enumerate(items[at + 1])}
            at += 2
        else:
            found |= {code: float(items[at + 2]) for code in range(first, items[at + 1] + 1)}
            at += 3
    return found
