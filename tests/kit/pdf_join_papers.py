"""Papers to join, made by hand: tidy ones, odd ones and hostile ones."""

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name

from kit import reports
from kit.pdf_join import Built, Pack, Paper, Section, build

A4 = (0, 0, 595.276, 841.89)


def tagged(title: str, *, pages: int = 1, rows: int = 2) -> bytes:
    """A paper with headings, a table and tags."""
    parts = []
    for number in range(pages):
        parts.append(reports.heading(f"{title}, part {number + 1}"))
        parts.append(reports.table(["Post", "Came"], [(f"{title} post {row}", "Yes") for row in range(rows)]))
        parts.append(reports.prose("Words that fill a page. " * 130 if pages > 1 else "A few words."))
    return reports.report(title, parts)


def untagged(
    *texts: str,
    media: Sequence[float] = A4,
    crop: Sequence[float] | None = None,
    rotate: int = 0,
    before: bytes = b"",
    after: bytes = b"",
) -> bytes:
    """A page for each text, in Helvetica, in the middle of what is seen."""
    made = pikepdf.new()
    font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    seen = crop or media
    middle = ((seen[0] + seen[2]) / 2, (seen[1] + seen[3]) / 2)
    for text in texts:
        page = Dictionary(Type=Name.Page, MediaBox=Array(list(media)), Rotate=rotate)
        if crop:
            page.CropBox = Array(list(crop))
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        words = b"BT /F1 12 Tf %d %d Td (%s) Tj ET" % (*middle, text.encode())
        page.Contents = made.make_stream(before + words + after)
        made.pages.append(pikepdf.Page(page))
    return saved(made)


def saved(made: pikepdf.Pdf) -> bytes:
    held = io.BytesIO()
    made.save(held, deterministic_id=True)
    return held.getvalue()


def changed(paper: bytes) -> pikepdf.Pdf:
    """The paper, to be made worse."""
    return pikepdf.open(io.BytesIO(paper))


def pack_of(*papers: bytes, **more) -> Pack:
    """One item with these papers under it."""
    found = [Section(f"Paper {n}", f"3.{n}", Paper(paper)) for n, paper in enumerate(papers, 1)]
    given = {"title": "Pack", "board": "Delivery Board", "meeting": "8 February 2022"} | more
    return Pack(sections=[Section("Item", "3", children=found)], **given)


def joined(tmp_path: Path, *papers: bytes, **more) -> tuple[Built, pikepdf.Pdf]:
    """Only the papers, without cover and contents, unless they are asked for."""
    given = {"cover": None, "contents": False} | more
    built = build(pack_of(*papers, **given), to=tmp_path / "pack.pdf")
    return built, pikepdf.open(built.path)


def texts(path: Path) -> list[str]:
    """The words of each page, as a reader program finds them."""
    document = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_range() for page in document]


def everything(path: Path) -> bytes:
    """All that is in the file, streams unpacked, names and strings as they stand and as text."""
    with pikepdf.open(path) as made:
        held = [path.read_bytes()]
        for each in made.objects:
            held.append(each.unparse(resolved=True))
            if isinstance(each, pikepdf.Stream):
                try:
                    held.append(each.read_bytes())
                except pikepdf.PdfError:
                    held.append(each.read_raw_bytes())
            held += _strings(each, 0)
    return b"\n".join(held)


def _strings(at: object, depth: int) -> list[bytes]:
    if isinstance(at, pikepdf.String):
        return [bytes(at), str(at).encode()]
    if depth > 20 or not isinstance(at, Dictionary | Array | pikepdf.Stream):
        return []
    inside = list(at) if isinstance(at, Array) else [at.get(key) for key in at.keys()]  # noqa: SIM118
    found = []
    for each in inside:
        if not getattr(each, "is_indirect", False):
            if isinstance(each, str):
                found.append(each.encode())
            else:
                found += _strings(each, depth + 1)
    return found
