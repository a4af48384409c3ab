"""Objects of a PDF as text with holes for their numbers, so that they can be put into another file without parsing.

The text is what qpdf writes: an object to a line, brackets in strings escaped, streams as they stand. A hole is
seven digits wide, so that it is known beforehand where each object will begin.
"""

import ast
import io
import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name

# A string, which is left alone; a reference; the line with which an object begins.
HOLES = re.compile(rb"\((?:[^\\)]|\\.)*\)|(?<=[ \[])(\d+) 0 R\b|^(\d+) 0 obj$", re.MULTILINE | re.DOTALL)
BEGINS = re.compile(rb"^(\d+) +0 obj$", re.MULTILINE)
# The end of a name that is to be unlike all others of the pack.
UNIQUE = b"~NNNNNNN"
STRAY = re.compile(rb"/Type /(?:Pages?|Catalog)\b")


@dataclass(frozen=True)
class Text:
    """Text with holes, and the numbers that go into them, counted in the file they come from."""

    template: bytes
    numbers: list[int]

    def at(self, base: int) -> bytes:
        """The text where the objects are counted from `base`."""
        return self.template % tuple([number + base for number in self.numbers])


@dataclass
class Frozen:
    """Objects of a file: `texts` and `raws` by turns. `numbers` and `offsets` say which begins where."""

    count: int = 0
    texts: list[Text] = field(default_factory=list)
    raws: list[bytes] = field(default_factory=list)
    numbers: array = field(default_factory=lambda: array("I"))
    offsets: array = field(default_factory=lambda: array("I"))
    unused: list[int] = field(default_factory=list)


def text(said: bytes) -> Text:
    """What is said, with its holes."""
    numbers: list[int] = []

    def hole(found: re.Match[bytes]) -> bytes:
        if found[1]:
            numbers.append(int(found[1]))
            return b"%-7d 0 R"
        if found[2]:
            numbers.append(int(found[2]))
            return b"%-7d 0 obj"
        words = found[0].replace(b"%", b"%%")
        if words.endswith(UNIQUE + b")"):
            numbers.append(0)
            return words[: -len(UNIQUE)] + b"%07d)"
        return words

    return Text(HOLES.sub(hole, said), numbers)


def written(pdf: pikepdf.Pdf, kept: list) -> bytes:
    """The file with nothing in it but what can be reached from `kept`, lists of lists of objects."""
    for key in list(pdf.trailer.keys()):
        if key not in ("/Root", "/Size", "/Prev", "/ID", "/Encrypt", "/XRefStm"):
            del pdf.trailer[key]
    root = pdf.Root
    for key in list(root.keys()):
        del root[key]
    root["/Type"], root["/Kept"] = Name.Catalog, _array(pdf, kept)
    root["/Pages"] = Dictionary(Type=Name.Pages, Kids=Array(), Count=0)
    made = io.BytesIO()
    pdf.save(
        made,
        compress_streams=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        fix_metadata_version=False,
        static_id=True,
        encryption=False,
    )
    return made.getvalue()


def kept_in(data: bytes) -> list:
    """The numbers, in what was written, of the objects that were kept."""
    line = data[data.index(b"/Kept [") + 6 :].split(b" /Pages", 1)[0]
    return ast.literal_eval(re.sub(r"(\d+) 0 R", r"\1,", line.decode()).replace("]", "],"))[0]


def strays(data: bytes) -> list[int]:
    """Numbers of objects that may be pages which the paper has in no place, or lead to some."""
    if len(STRAY.findall(data)) == len((b"/Catalog", b"/Pages")):  # those that `written` makes; pages lose their type
        return []
    return [number for number, begun, _ in _objects(data) if number != 1 and STRAY.search(begun)]


def _renaming(roles: dict[str, str]) -> Callable[[bytes], bytes]:
    """Puts other names in the place of roles, in the text of an object; strings are left alone."""
    if not roles:
        return lambda begun: begun
    new = {Name(old).unparse(): Name(to).unparse() for old, to in roles.items()}
    asked = b"/S (%s)(?= )" % b"|".join(re.escape(old) for old in sorted(new))
    there, inside = re.compile(asked), re.compile(rb"\((?:[^\\)]|\\.)*\)|" + asked, re.DOTALL)

    def renamed(begun: bytes) -> bytes:
        if not there.search(begun):
            return begun
        return inside.sub(lambda found: b"/S " + new[found[1]] if found[1] else found[0], begun)

    return renamed


def freeze(
    data: bytes, apart: set[int], roles: dict[str, str] | None = None
) -> tuple[Frozen, dict[int, tuple[bytes, bytes]]]:
    """The objects of what was written, and those that are to stand apart: their text, and their stream if any.

    `roles` that are to have other names get them here.
    """
    made, asked, renamed = Frozen(), {}, _renaming(roles or {})
    pending: list[bytes] = []
    at = 0

    def flush() -> None:
        nonlocal at
        held = text(b"".join(pending))
        pending.clear()
        made.texts.append(held)
        shown = held.at(0)
        for begins in BEGINS.finditer(shown):
            made.numbers.append(int(begins[1]))
            made.offsets.append(at + begins.start())
        at += len(shown)

    for number, said, raw in _objects(data):
        begun = said if raw else renamed(said)  # a tag is no stream
        made.count = max(made.count, number)
        if number in apart:
            asked[number] = (begun.split(b"\n")[1], raw.removesuffix(b"endstream\nendobj\n"))
        elif number == 1:
            made.unused.append(number)
        else:
            pending.append(begun)
            if raw:
                flush()
                made.raws.append(raw)
                at += len(raw)
    flush()
    made.raws.append(b"")
    return made, asked


def _objects(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Number, text, and what follows "stream" to the end of the object."""
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    lines = data[start:].split(b"\n", 2)
    count = int(lines[1].split()[1])
    table = start + len(lines[0]) + len(lines[1]) + 2
    offsets = [(int(data[table + 20 * n : table + 20 * n + 10]), n) for n in range(1, count)]
    offsets.sort()
    ends = [offset for offset, _ in offsets[1:]] + [start]
    for (offset, number), end in zip(offsets, ends, strict=True):
        found = data[offset:end]
        if found.endswith(b"endstream\nendobj\n"):
            cut = found.index(b"\nstream\n") + 8
            yield number, found[:cut], found[cut:]
        else:
            yield number, found, b""


def indirect(pdf: pikepdf.Pdf, found: pikepdf.Object) -> pikepdf.Object:
    """The object by a number of its own, made now when it has none."""
    return found if found.is_indirect else pdf.make_indirect(found)


def _array(pdf: pikepdf.Pdf, found: list) -> Array:
    return Array([_array(pdf, each) if isinstance(each, list) else indirect(pdf, each) for each in found])
