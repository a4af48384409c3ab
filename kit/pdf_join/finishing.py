"""Bookmarks, page labels, links of the contents, and what the file says of itself."""

import mmap
import os
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from kit.pdf_join.names import LINK, NEVER, NEVER_DONE

Mark = tuple[int, str, Any]  # depth from 1, words, page
HIDDEN = re.compile(
    rb"/(?:EF|AF|RF) ?(?:<<|\[|\d)|/JS ?[(<\d]|/PieceInfo ?[<\d]"
    rb"|/S ?/(?:JavaScript|Launch|GoToR|GoToE|SubmitForm|ImportData)\b"
)


def bookmarks(out: pikepdf.Pdf, marks: Sequence[Mark]) -> None:
    """The outline. Each mark stands under the one before it that is less deep."""
    root = out.make_indirect(Dictionary(Type=Name.Outlines))
    path: list[tuple[int, Any]] = [(0, root)]
    for depth, words, page in marks:
        item = out.make_indirect(Dictionary(Title=words, Dest=Array([page, Name.Fit])))
        while path[-1][0] >= depth:
            path.pop()
        above = path[-1][1]
        item["/Parent"] = above
        if "/Last" in above:
            item["/Prev"], above["/Last"]["/Next"] = above["/Last"], item
        else:
            above["/First"] = item
        above["/Last"] = item
        for _, each in path:
            each["/Count"] = each.get("/Count", 0) + 1
        path.append((depth, item))
    if marks:
        out.Root["/Outlines"] = root
        out.Root["/PageMode"] = Name.UseOutlines


def labels(out: pikepdf.Pdf, prefix: str, first: int) -> None:
    """The numbers that a reader program shows are those printed on the pages."""
    label = Dictionary(S=Name.D, St=first)
    if prefix:
        label["/P"] = prefix
    out.Root["/PageLabels"] = Dictionary(Nums=Array([0, label]))


def contents_links(pages: Sequence[Any], targets: Mapping[str, Any]) -> None:
    """Links that the contents made by key become jumps to the joined pages."""
    for page in pages:
        for link in page.get("/Annots", Array()):
            address = str(link.A.get("/URI", "")) if "/A" in link else ""
            if address.startswith(LINK):
                del link["/A"]
                link["/Dest"] = Array([targets[address.removeprefix(LINK)], Name.Fit])


def describe(out: pikepdf.Pdf, *, title: str, lang: str, made: datetime | None, accessible: bool) -> None:
    """Title, language and, when every paper was tagged, the PDF/UA mark. No clock is read: `made` is given."""
    out.Root["/Lang"] = String(lang)
    out.Root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
    info = Dictionary(Title=title, Producer="STRIDE")
    dates = ""
    if made:
        stamp = made.strftime("%Y%m%d%H%M%S") + (made.strftime("%z") or "+0000")
        info["/CreationDate"] = String(f"D:{stamp[:17]}'{stamp[17:19]}'")
        zone = stamp[14:]
        dates = f"<xmp:CreateDate>{made:%Y-%m-%dT%H:%M:%S}{zone[:3]}:{zone[3:5]}</xmp:CreateDate>"
    out.trailer["/Info"] = out.make_indirect(info)
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
    metadata = out.make_stream(xmp.encode())
    metadata["/Type"], metadata["/Subtype"] = Name.Metadata, Name.XML
    out.Root["/Metadata"] = metadata


def save(out: pikepdf.Pdf, to: Path) -> None:
    """The file, whole or not at all. What a paper hid in an odd corner is looked for in what was written."""
    half = to.with_name(to.name + ".half")
    try:
        _write(out, half)
        if _hides(half):
            _scrub(out)
            _write(out, half)
        os.replace(half, to)
    finally:
        half.unlink(missing_ok=True)


def _write(out: pikepdf.Pdf, path: Path) -> None:
    """Streams stay as they are and objects are not packed: that is a third of the time, for a somewhat larger file."""
    out.save(
        path,
        min_version="1.7",
        compress_streams=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        deterministic_id=True,
    )


def _hides(path: Path) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as there:
        return HIDDEN.search(there) is not None


def _scrub(out: pikepdf.Pdf) -> None:
    """Through every object, however it is reached."""
    for each in out.objects:
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
