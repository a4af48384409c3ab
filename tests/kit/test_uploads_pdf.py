"""The check of a PDF paper: what is good, what is told, what is refused, and what tries to break the check."""

import functools
import io
import re
import subprocess
import sys
import time
import zlib
from dataclasses import replace

import pikepdf
import pytest
from django.conf import settings
from pikepdf import Array, Dictionary, Name, String

from kit import reports
from kit.uploads import Checked, Limits, check_paper

A4, A3 = (595, 842), (842, 1191)
MB = 1024 * 1024
LIMITS = Limits()


def blank(pages: int = 1, size: tuple[float, float] = A4) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=size)
    return pdf


def saved(pdf: pikepdf.Pdf, **how) -> io.BytesIO:
    file = io.BytesIO()
    pdf.save(file, **how)
    return file


def check(given: pikepdf.Pdf | bytes | io.BytesIO, name: str = "paper.pdf", **limits) -> Checked:
    file = io.BytesIO(given) if isinstance(given, bytes) else saved(given) if isinstance(given, pikepdf.Pdf) else given
    return check_paper(name, file, limits=replace(LIMITS, **limits))


def problem(checked: Checked) -> str:
    assert not checked
    assert len(checked.problems) == 1, checked.problems
    return checked.problems[0]


def told(checked: Checked, words: str) -> bool:
    """Whether one of the notes has the words; the file is accepted."""
    assert checked, checked.problems
    return any(words in note for note in checked.notes)


def raw(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF with these objects from 1 on, 1 being the catalogue, and a true table of where they are."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size, table, size, trailer)
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


@functools.cache
def flood(size: int) -> bytes:
    """Packed bytes that unpack to so many zeros."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(MB)) for _ in range(size // MB)) + packer.flush()


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 4 0 R >>"
PACKED = b"/Filter /FlateDecode"


# Good


def test_an_accessible_paper_has_nothing_to_be_told():
    checked = check(reports.report("Knife crime", [reports.heading("One"), reports.prose("Words.")]))
    assert checked == Checked(
        name="paper.pdf",
        kind="pdf",
        size=checked.size,
        sha256=checked.sha256,
        pages=1,
        tagged=True,
        language="en-GB",
        title="Knife crime",
    )
    assert (checked.suffix, checked.content_type) == (".pdf", "application/pdf")


def test_the_file_is_given_back_at_its_start():
    file = saved(blank())
    file.seek(100)
    checked = check(file)
    assert file.tell() == 0
    assert checked.size == len(file.getvalue())
    assert re.fullmatch("[0-9a-f]{64}", checked.sha256)


def test_a_file_written_by_hand_is_read_too():
    assert check(raw(CATALOGUE, PAGES, PAGE, stream(b"0 0 m"))).pages == 1


def test_an_older_save_underneath_does_no_harm():
    """Programs that save quickly write what is new behind what was there."""
    first = raw(CATALOGUE, PAGES, PAGE, stream(b"0 0 m"))
    start, old = len(first), first.rindex(b"xref\n0 ")
    more = b"4 0 obj\n%s\nendobj\n" % stream(b"1 1 m")
    table = b"xref\n4 1\n%010d 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\n" % (start, old)
    assert check(first + more + table + b"startxref\n%d\n%%%%EOF\n" % (start + len(more)))


def test_writing_about_scripts_is_no_script():
    pdf = blank()
    pdf.docinfo["/Title"] = "On /JavaScript and /Launch"
    pdf.pages[0].Contents = pdf.make_stream(b"BT (/JS /Launch /EF) Tj ET")
    pdf.pages[0].Resources = Dictionary(Font=Dictionary(JS=Dictionary(Type=Name.Font), EF=Dictionary(Type=Name.Font)))
    checked = check(pdf)
    assert checked
    assert checked.title == "On /JavaScript and /Launch"


# Told


def test_a_paper_without_tags_is_told():
    assert told(check(blank()), "no tags")


def test_tags_need_the_tree_and_the_mark():
    pdf = blank()
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    assert check(pdf).tagged is False
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    assert check(pdf).tagged is True
    assert told(check(pdf), "what language")
    pdf.Root.Lang = String("cy")
    assert check(pdf).language == "cy"
    assert not told(check(pdf), "what language")
    pdf.Root.MarkInfo.Marked = False
    assert check(pdf).tagged is False


def test_a_title_hides_nothing_and_has_an_end():
    pdf = blank()
    pdf.docinfo["/Title"] = "\u202egnp\u2066 a\nb\x07" + "x" * 5000
    assert check(pdf).title == "gnp a b " + "x" * 292


@pytest.mark.parametrize(
    ("pages", "note"),
    [
        ([A4, A3, A4, A3], "Pages 2 and 4 are A3, not A4."),
        ([A4, A3], "Page 2 is A3, not A4."),
        ([A3, A3], "Every page is A3, not A4."),
        ([A4, (612, 792)], "Page 2 is US Letter, not A4."),
        ([A4, (283, 1984)], "Page 2 is 100 × 700 mm, not A4."),
        ([A4, (842, 595)], "Page 2 is landscape, the other is portrait."),
        ([A4, *[(200 + 20 * each, 900) for each in range(9)]], "Pages 5 to 10 are of yet other sizes."),
    ],
)
def test_sizes_that_are_not_a4_are_told(pages, note):
    pdf = pikepdf.new()
    for size in pages:
        pdf.add_blank_page(page_size=size)
    checked = check(pdf)
    assert checked
    assert note in checked.notes


@pytest.mark.parametrize("size", [A4, (842, 595), (594, 841)])
def test_a4_is_not_told(size):
    assert not told(check(blank(2, size)), "A4")


def test_turned_pages_are_told():
    pdf = blank(3)
    pdf.pages[1].Rotate = 90
    checked = check(pdf)
    assert told(checked, "Page 2 was turned")
    assert "Page 2 is landscape, the others are portrait." in checked.notes
    pdf.pages[1].Rotate = 720
    assert not told(check(pdf), "turned")


def test_boxes_may_stand_on_their_head_or_come_from_above():
    pdf = blank()
    pdf.pages[0].MediaBox = Array([595, 842, 0, 0])
    assert not told(check(pdf), "A4")
    del pdf.pages[0].obj["/MediaBox"]
    pdf.Root.Pages.MediaBox = Array([0, 0, 842, 1191])
    assert told(check(pdf), "A3")


def scanned(pages: int = 3) -> pikepdf.Pdf:
    pdf = blank(pages)
    for page in pdf.pages:
        picture = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
        page.Resources = Dictionary(XObject=Dictionary(Im0=picture))
    return pdf


def test_pictures_of_pages_are_told():
    pdf = scanned()
    assert told(check(pdf), "Pages 1 to 3 are pictures without text")
    pdf.pages[1].Resources.Font = Dictionary(F1=Dictionary(Type=Name.Font))
    assert told(check(pdf), "Pages 1 and 3 are pictures")


def test_text_inside_a_form_counts():
    pdf = scanned(1)
    inner = Dictionary(Font=Dictionary(F1=Dictionary(Type=Name.Font)))
    pdf.pages[0].Resources.XObject.Fm0 = pdf.make_stream(b"", Subtype=Name.Form, Resources=inner)
    assert not told(check(pdf), "picture")


def test_forms_that_draw_themselves_come_to_an_end():
    pdf = scanned(1)
    form = pdf.make_stream(b"", Subtype=Name.Form)
    form.Resources = pdf.make_indirect(Dictionary(XObject=Dictionary(Fm0=form)))
    pdf.pages[0].Resources.XObject.Fm0 = form
    assert told(check(pdf), "Page 1 is a picture")


def test_many_pages_are_told():
    assert told(check(blank(301)), "The file has 301 pages.")
    assert not told(check(blank(300)), "Few will read")


def test_film_and_fields_are_told():
    pdf = blank()
    pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Movie, Rect=Array([0, 0, 9, 9]))])
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("name")))]))
    assert told(check(pdf), "sound, video or 3D")
    assert told(check(pdf), "fields to fill in")


# Refused


def test_what_needs_a_password_is_refused():
    file = saved(blank(), encryption=pikepdf.Encryption(user="secret", owner="other"))
    assert problem(check(file)).startswith("The selected file is protected by a password.")


@pytest.mark.parametrize("version", [4, 6])
def test_what_is_only_protected_against_changes_is_refused_as_such(version):
    file = saved(blank(), encryption=pikepdf.Encryption(user="", owner="other", R=version))
    assert problem(check(file)).startswith("The selected file is protected against changes.")


def opening(pdf, action):
    pdf.Root.OpenAction = action


def in_names(pdf, action):
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), pdf.make_indirect(action)])))


def on_a_link(pdf, action):
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, A=action, Rect=Array([0, 0, 9, 9]))
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])


def behind_another(pdf, action):
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=String("x"), Next=Array([action]))


def in_a_field(pdf, action):
    field = Dictionary(FT=Name.Tx, T=String("x"), AA=Dictionary(K=action))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]))


def nowhere(pdf, action):
    pdf.Root.Unknown = Array([Array([Dictionary(A=pdf.make_indirect(action))])])


PLACES = (opening, in_names, on_a_link, behind_another, in_a_field, nowhere)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ({"S": Name.JavaScript, "JS": String("app.alert(1)")}, "has JavaScript in it"),
        ({"S": Name.Rendition, "JS": String("app.alert(1)")}, "has JavaScript in it"),
        ({"S": Name.Launch, "F": String("cmd.exe")}, "tries to start a program"),
    ],
)
def test_what_acts_is_refused_wherever_it_is(place, action, sentence):
    pdf = blank()
    place(pdf, Dictionary(**action))
    assert sentence in problem(check(pdf))


def test_what_acts_is_found_where_objects_are_packed_together():
    pdf = blank()
    nowhere(pdf, Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))
    file = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in file.getvalue()
    assert "has JavaScript in it" in problem(check(file))


def test_a_script_in_disguise_is_found():
    catalogue = b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /#53 /J#61vaScript /J#53 (app.alert\\(1\\)) >> >>"
    assert "JavaScript" in problem(check(raw(catalogue, PAGES, PAGE, stream(b""))))


def test_a_script_in_a_stream_of_its_own_is_found():
    pdf = blank()
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pdf.make_stream(b"app.alert(1)"))
    assert "JavaScript" in problem(check(pdf))


def test_files_inside_are_refused():
    pdf = blank()
    pdf.attachments["budget.xlsx"] = b"PK"
    assert "has other files inside" in problem(check(pdf))
    pdf = blank()
    pin = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]))
    pdf.pages[0].Annots = Array([pin])
    assert "has other files inside" in problem(check(pdf))


def test_a_form_that_only_some_programs_show_is_refused():
    pdf = blank()
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))
    assert "XFA" in problem(check(pdf))


def test_each_reason_is_said():
    pdf = blank()
    pdf.attachments["a.txt"] = b"a"
    opening(pdf, Dictionary(S=Name.JavaScript, JS=String("x")))
    pdf.pages[0].MediaBox = Array([])
    assert len(check(pdf).problems) == 3


@pytest.mark.parametrize("share", [0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97])
def test_a_file_that_was_cut_off_is_refused(share):
    data = reports.report("Long", [reports.prose("Words. " * 2000)])
    assert "damaged or incomplete" in problem(check(data[: int(len(data) * share)]))


@pytest.mark.parametrize("body", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(5000), b"%PDF-1.7\n%%EOF", b"%PDF-" * 999])
def test_a_beginning_alone_is_no_pdf(body):
    assert "damaged or incomplete" in problem(check(body))


def test_a_page_that_cannot_be_unpacked_is_refused():
    packed = bytearray(zlib.compress(b"0 0 m " * 1000))
    packed[10:20] = b"\xff" * 10
    data = raw(CATALOGUE, PAGES, PAGE, stream(bytes(packed), PACKED))
    assert problem(check(data)).startswith("Page 1 of the selected file is damaged.")


@pytest.mark.parametrize("box", [[], [0, 0, 595], [0, 0, 0, 842], ["a", 0, 5, 5], [0, 0, 1e9, 1e9], [0, 0, 1, 1]])
def test_a_page_without_a_proper_size_is_refused(box):
    pdf = blank(3)
    pdf.pages[1].MediaBox = Array([String(each) if isinstance(each, str) else each for each in box])
    assert problem(check(pdf)).startswith("Page 2 of the selected file has no proper size.")


def test_a_page_that_leans_is_refused():
    pdf = blank()
    pdf.pages[0].Rotate = 45
    assert "no proper size" in problem(check(pdf))


def test_a_page_that_is_lost_on_the_way_is_missed():
    lost = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 999999999999999999999999 842] >>"
    pages = b"<< /Type /Pages /Kids [3 0 R 5 0 R] /Count 2 >>"
    assert "damaged or incomplete" in problem(check(raw(CATALOGUE, pages, PAGE, stream(b""), lost)))


def test_faults_that_lose_no_page_are_told():
    odd = b"[" * 600 + b"]" * 600
    assert told(check(raw(CATALOGUE, PAGES, PAGE, stream(b"0 0 m"), odd)), "faults that programs pass over")
    assert not told(check(raw(CATALOGUE, PAGES, PAGE, stream(b"0 0 m"))), "faults")


def test_too_many_pages_are_refused():
    found = problem(check(blank(2000)))
    assert found == "The selected file has 2,000 pages. It must have 1,000 or fewer."
    assert check(blank(5), pages=5)
    assert not check(blank(6), pages=5)


def test_no_pages_are_refused():
    assert problem(check(pikepdf.new())).startswith("The selected file has no pages.")


def test_too_large_a_file_is_not_read_to_its_end():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, most=-1):
            Endless.given += most
            return b"%" * most

        def seek(self, *place):
            return 0

    assert problem(check_paper("a.pdf", Endless(), limits=LIMITS)) == "The selected file must be smaller than 50 MB."
    assert Endless.given <= 52 * MB


# Traps: quick, small and refused


def bomb_of_content() -> bytes:
    return raw(CATALOGUE, PAGES, PAGE, stream(flood(150 * MB), PACKED))


def bomb_of_many_streams() -> bytes:
    return raw(CATALOGUE, PAGES, PAGE, *[stream(flood(90 * MB), PACKED)] * 10)


def bomb_in_a_bomb() -> bytes:
    return raw(
        CATALOGUE, PAGES, PAGE, stream(zlib.compress(flood(150 * MB), 9), b"/Filter [/FlateDecode /FlateDecode]")
    )


def bomb_of_objects() -> bytes:
    """Objects are packed inside a stream, which must be unpacked to read the file at all."""
    head = b"%PDF-1.7\n"
    body = b"1 0 obj\n%s\nendobj\n" % stream(flood(600 * MB), b"/Type /ObjStm /N 2 /First 10 " + PACKED)
    rows = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + index.to_bytes(2, "big")
        for kind, place, index in [(0, 0, 0), (1, len(head), 0), (2, 1, 0), (2, 1, 1), (1, len(head + body), 0)]
    )
    table = stream(rows, b"/Type /XRef /Size 5 /W [1 4 2] /Root 2 0 R")
    return head + body + b"4 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, len(head + body))


def bomb_of_the_table() -> bytes:
    head = b"%PDF-1.7\n"
    table = stream(flood(600 * MB), b"/Type /XRef /Size 85000000 /W [1 4 2] /Root 2 0 R " + PACKED)
    return head + b"1 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, len(head))


def huge_picture() -> bytes:
    more = b"/Subtype /Image /Width 1000000 /Height 1000000 /BitsPerComponent 1 "
    return raw(CATALOGUE, PAGES, PAGE, stream(b"", b""), stream(b"\0", more))


def many_objects() -> bytes:
    pdf = blank()
    pdf.Root.X = Array([pdf.make_indirect(Dictionary(N=number)) for number in range(250_000)])
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate).getvalue()


def pages_in_a_ring() -> bytes:
    return raw(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>", PAGE, stream(b""))


def pages_of_pages() -> bytes:
    """Each node names the next twice: a billion pages in thirty objects."""
    nodes = [b"<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count 2 >>" % (n + 1, n + 1) for n in range(2, 32)]
    return raw(CATALOGUE, *nodes, b"<< /Type /Page /MediaBox [0 0 595 842] >>")


def deep_nest() -> bytes:
    """The catalogue cannot be without what lies in it."""
    return raw(b"<< /Type /Catalog /Pages " + b"[" * 200_000 + b"]" * 200_000 + b" >>", PAGES, PAGE, stream(b""))


def lying_count() -> bytes:
    return raw(CATALOGUE, b"<< /Type /Pages /Kids [] /Count 2000000000 >>")


TRAPS = [
    bomb_of_content,
    bomb_of_many_streams,
    bomb_in_a_bomb,
    bomb_of_objects,
    bomb_of_the_table,
    huge_picture,
    many_objects,
    pages_in_a_ring,
    pages_of_pages,
    deep_nest,
    lying_count,
]


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_refused_in_time(trap):
    data = trap()
    assert len(data) < 5 * MB
    began = time.monotonic()
    found = problem(check(data))
    assert time.monotonic() - began < 2 * LIMITS.seconds + 2
    assert found.startswith("The selected file ")


def test_a_file_that_takes_too_long_is_let_go():
    pdf = blank()
    pdf.Root.X = Array([pdf.make_indirect(Dictionary(N=number)) for number in range(150_000)])
    began = time.monotonic()
    assert "too much time or memory" in problem(check(pdf, seconds=1, objects=10**6))
    assert time.monotonic() - began < 5


def test_memory_has_an_end():
    """The same file passes where there is enough, and is let go where there is not."""
    pdf = blank()
    pdf.Root.X = Array([pdf.make_indirect(Dictionary(N=number)) for number in range(40_000)])
    file = saved(pdf)
    assert check(file)
    assert "too much time or memory" in problem(check(file, memory_bytes=40 * MB))


MEASURED = """
import re, sys
import django
django.setup()
from kit.uploads import Limits, check_paper
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        assert not check_paper("a.pdf", file, limits=Limits()), path
print(re.search("VmHWM:\\s+([0-9]+) kB", open("/proc/self/status").read())[1])
"""


def test_the_service_itself_takes_no_more_memory_for_a_trap(tmp_path):
    """In a process of its own; in KiB, at its highest."""
    paths = []
    for trap in (bomb_of_content, bomb_of_objects):
        paths.append(str(tmp_path / f"{trap.__name__}.pdf"))
        (tmp_path / f"{trap.__name__}.pdf").write_bytes(trap())
    command = [sys.executable, "-c", MEASURED, *paths]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 200 * 1024
