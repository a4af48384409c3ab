"""Reads a PDF that nobody trusts, in a process of its own; started by kit.uploads.pdf as a script.

The file is the standard input, the limits are the one argument, the facts go out as JSON. Only pikepdf and the standard
library: nothing of ours is at hand here, and a fault or a flood ends this process and no other.
"""

import contextlib
import json
import re
import resource
import sys
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, PasswordError, PdfError, Stream

# Who has none of these words in an object has nothing active in it; who has may only write about it.
SUSPECT = re.compile(rb"/(?:JavaScript|JS|Launch|EF|EmbeddedFile|FileAttachment|RichMedia|Movie|Sound|Screen|3D)\b")
MEDIA = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
FILE_KEYS = {"/F", "/UF", "/DOS", "/Mac", "/Unix"}
PACKERS = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL", "/BrotliDecode"}
MB = 1024 * 1024
SMALL = 60 * 1024  # packed bytes; even the tightest packing makes no flood of them
FLOOD = 96 * MB  # of one stream that is not a picture
FLOOD_OF_ALL = 768 * MB
PIXELS = 500_000_000
DEPTH = 6


class Trap(Exception):
    """The file unpacks to far more than any paper needs."""


def main() -> None:
    limits = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"] + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (limits["memory_bytes"], limits["memory_bytes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Nothing is written, and the answer goes through a pipe.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    pikepdf.settings.set_qpdf_limits(flate_max_memory=FLOOD, run_length_max_memory=FLOOD, max_stream_filters=8)
    print(json.dumps(facts(limits)))


def facts(limits: dict) -> dict:
    try:
        # Mending a file would pass over what is lost of it. So would handing attributes down to the pages.
        pdf = pikepdf.open(
            sys.stdin.buffer, attempt_recovery=False, inherit_page_attributes=False, suppress_warnings=True
        )
    except PasswordError:
        return {"fault": "password"}
    except PdfError:
        return {"fault": "damaged"}
    if pdf.is_encrypted:
        return {"fault": "owner"}
    if len(pdf.objects) > limits["objects"]:
        return {"fault": "complex"}
    try:
        # Before anybody asks for a page: asking lends A4's American cousin to pages without a size.
        stated = dictionary(pdf.Root.get("/Pages")).get("/Count")
        shapeless = without_size(pdf)
        pages = len(pdf.pages)
        if not 0 < pages <= limits["pages"]:
            return {"fault": "pages", "pages": pages}
        if stated != pages:
            return {"fault": "damaged"}
        found = {"fault": "", "pages": pages} | of_document(pdf) | of_objects(pdf) | of_pages(pdf, shapeless)
        return found | {"faults_passed_over": len(pdf.get_warnings()) > 0}
    except Trap:
        return {"fault": "trap"}
    except (PdfError, zlib.error):
        return {"fault": "damaged"}


def without_size(pdf) -> set:
    """Which pages have none that holds, by their numbers as objects."""
    return {
        item.objgen
        for item in pdf.objects
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Page and page_size(item) is None
    }


def of_document(pdf) -> dict:
    root = pdf.Root
    marked = dictionary(root.get("/MarkInfo")).get("/Marked")
    form = dictionary(root.get("/AcroForm"))
    return {
        "tagged": bool(marked is True and isinstance(root.get("/StructTreeRoot"), Dictionary)),
        "language": text(root.get("/Lang")),
        "title": title(pdf),
        "xfa": "/XFA" in form,
        "fields": isinstance(form.get("/Fields"), Array) and len(form["/Fields"]) > 0,
    }


def title(pdf) -> str:
    said = text(dictionary(pdf.trailer.get("/Info")).get("/Title"))
    if said:
        return said
    with contextlib.suppress(Exception):  # the metadata is XML that anybody wrote, and only tells a name
        return str(pdf.open_metadata().get("dc:title") or "")[:2000]
    return ""


def of_objects(pdf) -> dict:
    """What acts, is hidden inside, or floods, wherever it is: also in what no page leads to."""
    found: set[str] = set()
    unpacked = 0
    for item in pdf.objects:
        stream = isinstance(item, Stream)
        if not stream and not isinstance(item, Dictionary | Array):
            continue
        body = item.stream_dict if stream else item
        if SUSPECT.search(body.unparse(resolved=True)):
            found |= set(active(body))
        if stream:
            unpacked += size_of(item)
            if unpacked > FLOOD_OF_ALL:
                raise Trap
    return {"active": sorted(found)}


def active(body):
    """Kinds of what acts in one object. Other objects come by themselves."""
    waiting = [body]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Array):
            waiting += [each for each in item if isinstance(each, Array | Dictionary) and not each.is_indirect]
            continue
        act, kind = item.get("/S"), item.get("/Subtype")
        if act == Name.JavaScript or ("/JS" in item and act is not None):
            yield "javascript"
        if act == Name.Launch:
            yield "launch"
        if FILE_KEYS & set(dictionary(item.get("/EF")).keys()) or item.get("/Type") == Name.EmbeddedFile:
            yield "embedded"
        if kind == Name.FileAttachment:
            yield "embedded"
        if isinstance(kind, Name) and str(kind) in MEDIA and item.get("/Type") in (None, Name.Annot):
            yield "media"
        children = (item[key] for key in item.keys())  # noqa: SIM118  it is not a dict
        waiting += [
            each
            for each in children
            if isinstance(each, Array | Dictionary) and not isinstance(each, Stream) and not each.is_indirect
        ]


def size_of(stream) -> int:
    """Unpacked bytes of a stream that is not a picture, 0 where that cannot be much. Raises Trap for a flood."""
    filters = names(stream.get("/Filter"))
    if sum(name in PACKERS for name in filters) > 1:
        raise Trap
    if stream.get("/Subtype") == Name.Image:
        width, height = stream.get("/Width"), stream.get("/Height")
        if not all(isinstance(side, int) and side > 0 for side in (width, height)) or width * height > PIXELS:
            raise Trap
        return 0
    if filters[:1] not in (["/FlateDecode"], ["/Fl"]):
        return 0
    packed = stream.read_raw_bytes()
    return 0 if len(packed) <= SMALL else inflated(packed)


def inflated(packed: bytes) -> int:
    """How many bytes come out. Raises zlib.error where it is damaged and Trap for a flood."""
    unpacker, size = zlib.decompressobj(), 0
    while packed and not unpacker.eof:
        size += len(unpacker.decompress(packed, MB))
        packed = unpacker.unconsumed_tail
        if size > FLOOD:
            raise Trap
    return size


def of_pages(pdf, shapeless: set) -> dict:
    sizes, faulty, pictures, damaged, seen = [], [], [], [], {}
    for number, page in enumerate(pdf.pages, start=1):
        size = None if page.obj.objgen in shapeless else page_size(page.obj)
        if size is None:
            faulty.append(number)
        sizes.append(size)
        if not can_be_read(page.obj):
            damaged.append(number)
        fonts, images = holds(inherited(page.obj, "/Resources"), seen, DEPTH)
        if images and not fonts:
            pictures.append(number)
    return {"sizes": sizes, "faulty": faulty, "pictures": pictures, "damaged": damaged}


def page_size(page) -> list | None:
    """Width and height in points as the page is seen, and how far it is turned; None when it has no proper size."""
    box = inherited(page, "/CropBox") or inherited(page, "/MediaBox")
    sides = list(box) if isinstance(box, Array) else []
    if len(sides) != 4 or not all(is_number(side) for side in sides):
        return None
    left, bottom, right, top = map(float, sides)
    unit = page.get("/UserUnit")
    unit = float(unit) if is_number(unit) and unit > 0 else 1.0
    width, height = abs(right - left) * unit, abs(top - bottom) * unit
    turned = inherited(page, "/Rotate")
    turned = int(turned) % 360 if is_number(turned) else 0
    if not (3 <= width <= 14_400 and 3 <= height <= 14_400) or turned % 90:
        return None
    return [height, width, turned] if turned in (90, 270) else [width, height, turned]


def can_be_read(page) -> bool:
    contents = page.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]
    for stream in streams:
        if isinstance(stream, Stream) and names(stream.get("/Filter")) in (["/FlateDecode"], ["/Fl"]):
            try:
                inflated(stream.read_raw_bytes())
            except zlib.error:
                return False
    return True


def holds(resources, seen: dict, depth: int) -> tuple[bool, bool]:
    """Whether there are typefaces, and whether there are pictures, here or in a form that is drawn here."""
    resources = dictionary(resources)
    key = resources.objgen if resources.is_indirect else None
    if key in seen:
        return seen[key]
    fonts, images = len(dictionary(resources.get("/Font")).keys()) > 0, False
    if key:
        seen[key] = (fonts, images)  # should it lead back to itself
    drawn = dictionary(resources.get("/XObject"))
    for name in list(drawn.keys()):
        item = drawn.get(name)
        kind = item.get("/Subtype") if isinstance(item, Stream) else None
        images = images or kind == Name.Image
        if kind == Name.Form and depth and not fonts:
            inner = holds(item.get("/Resources"), seen, depth - 1)
            fonts, images = fonts or inner[0], images or inner[1]
    if key:
        seen[key] = (fonts, images)
    return fonts, images


def inherited(page, key: str):
    """A page's value or that of the nodes above it. A tree deeper than 60 is nobody's paper."""
    for _ in range(60):
        if key in page:
            return page[key]
        page = page.get("/Parent")
        if not isinstance(page, Dictionary):
            return None
    return None


def dictionary(value):
    return value if isinstance(value, Dictionary) else Dictionary()


def names(value) -> list[str]:
    values = list(value) if isinstance(value, Array) else [value]
    return [str(each) for each in values if isinstance(each, Name)]


def text(value) -> str:
    return str(value)[:2000] if isinstance(value, pikepdf.String) else ""


def is_number(value) -> bool:
    return (not isinstance(value, bool) and isinstance(value, int | float)) or type(value).__name__ == "Decimal"


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        sys.exit(3)
