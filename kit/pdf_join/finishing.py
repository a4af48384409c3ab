"""Bookmarks, page labels, and what the file says of itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from xml.sax.saxutils import escape

from kit.pdf_join.writing import Writer, words

Place = tuple[int, str, int]  # depth from 1, words, number of the page


@dataclass
class _Mark:
    number: int
    said: str = ""
    page: int = 0
    above: "_Mark | None" = None
    below: list["_Mark"] = field(default_factory=list)
    count: int = 0


def bookmarks(out: Writer, marks: Sequence[Place]) -> bytes:
    """The outline, for the catalogue. Each mark stands under the one before it that is less deep."""
    root = _Mark(out.new())
    path, made = [(0, root)], []
    for depth, said, page in marks:
        while path[-1][0] >= depth:
            path.pop()
        mark = _Mark(out.new(), said, page, path[-1][1])
        path[-1][1].below.append(mark)
        for _, each in path:
            each.count += 1
        path.append((depth, mark))
        made.append(mark)
    if not marks:
        out.put(root.number, b"null")
        return b""
    out.put(root.number, b"<< /Type /Outlines%s >>" % _below(root))
    for mark in made:
        beside = mark.above.below
        at = next(number for number, each in enumerate(beside) if each is mark)
        links = b" /Parent %d 0 R" % mark.above.number
        links += b" /Prev %d 0 R" % beside[at - 1].number if at else b""
        links += b" /Next %d 0 R" % beside[at + 1].number if at + 1 < len(beside) else b""
        said = words(mark.said)
        out.put(mark.number, b"<< /Title %s /Dest [%d 0 R /Fit]%s%s >>" % (said, mark.page, links, _below(mark)))
    return b" /Outlines %d 0 R /PageMode /UseOutlines" % root.number


def _below(mark: _Mark) -> bytes:
    if not mark.below:
        return b""
    return b" /First %d 0 R /Last %d 0 R /Count %d" % (mark.below[0].number, mark.below[-1].number, mark.count)


def labels(prefix: str, first: int) -> bytes:
    """The numbers that a reader program shows are those printed on the pages."""
    before = b" /P %s" % words(prefix) if prefix else b""
    return b" /PageLabels << /Nums [0 << /S /D /St %d%s >>] >>" % (first, before)


def describe(out: Writer, *, title: str, lang: str, made: datetime | None, accessible: bool) -> tuple[bytes, int]:
    """Title, language and, when every paper was tagged, the PDF/UA mark: for the catalogue, and the number of the
    file's facts. No clock is read: `made` is given."""
    info = b"/Title %s /Producer (STRIDE)" % words(title)
    dates = ""
    if made:
        stamp = made.strftime("%Y%m%d%H%M%S") + (made.strftime("%z") or "+0000")
        info += b" /CreationDate " + words(f"D:{stamp[:17]}'{stamp[17:19]}'")
        zone = stamp[14:]
        dates = f"<xmp:CreateDate>{made:%Y-%m-%dT%H:%M:%S}{zone[:3]}:{zone[3:5]}</xmp:CreateDate>"
    mark = "<pdfuaid:part>1</pdfuaid:part>" if accessible else ""
    xmp = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:language><rdf:Bag><rdf:li>{escape(lang)}</rdf:li></rdf:Bag></dc:language>"
        f"<pdf:Producer>STRIDE</pdf:Producer>{dates}{mark}"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )
    metadata = out.add(b"/Type /Metadata /Subtype /XML", xmp.encode())
    said = b" /Lang %s /ViewerPreferences << /DisplayDocTitle true >> /Metadata %d 0 R" % (words(lang), metadata)
    return said, out.add(b"<< %s >>" % info)
