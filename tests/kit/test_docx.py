"""Reports as Word documents: what a screen reader and Word find in them, and nothing that nobody wrote."""

import datetime as dt
import io
import time
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from kit import reports
from kit.docx import document
from kit.uploads import check_paper

AT = dt.datetime(2022, 1, 19, 10, 30, tzinfo=dt.UTC)
PARTS = [
    reports.heading("Decisions"),
    reports.prose("First paragraph,\nsecond line.\n\nSecond paragraph.\n• one\n• two\n  goes on"),
    reports.note("Late paper."),
    reports.facts([("Chair", "Ms A")]),
    reports.numbered(["approve", "note"]),
    reports.heading("Actions", 2),
    reports.numbered(["again"]),
    reports.listing(["a point"]),
    reports.table(["Ref", "Owner"], [["1", "Lead"], ["2", None]], caption="Open actions", widths=[1, 3]),
    reports.picture(b"<svg/>", "A line that rises.", "More than last year."),
]


def opened(parts=PARTS, title="Minutes of the Delivery Board", **given):
    return docx.Document(io.BytesIO(document(title, parts, **given)))


def lines(made) -> list[tuple[str, str]]:
    return [(line.style.name, line.text) for line in made.paragraphs]


def files(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_part_has_its_own_style():
    assert lines(opened(above="Delivery Board", facts=[("Held on", "19 January 2022")])) == [
        ("Subtitle", "Delivery Board"),
        ("Title", "Minutes of the Delivery Board"),
        ("Fact", "Held on: 19 January 2022"),
        ("Heading 1", "Decisions"),
        ("Normal", "First paragraph,\nsecond line."),
        ("Normal", "Second paragraph."),
        ("List Bullet", "one"),
        ("List Bullet", "two goes on"),
        ("Note", "Late paper."),
        ("Fact", "Chair: Ms A"),
        ("List Number", "approve"),
        ("List Number", "note"),
        ("Heading 2", "Actions"),
        ("List Number", "again"),
        ("List Bullet", "a point"),
        ("Caption", "Open actions"),
        ("After table", ""),
        ("Normal", "More than last year."),
        ("Normal", "A line that rises."),
    ]


def test_a_table_has_a_heading_row_that_comes_again_on_each_page():
    table = opened().tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Ref", "Owner"], ["1", "Lead"], ["2", ""]]
    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False]
    assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
    narrow, wide = (column.width for column in table.columns)
    assert wide == pytest.approx(3 * narrow, rel=0.01)


def test_each_numbered_list_begins_at_one():
    made = opened()
    numbers = [line._p.pPr.numPr.numId.val for line in made.paragraphs if line.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]
    numbering = made.part.numbering_part.element
    for number in {numbers[0], numbers[2]}:
        override = numbering.num_having_numId(number).find(qn("w:lvlOverride"))
        assert override.find(qn("w:startOverride")).get(qn("w:val")) == "1"


def test_the_language_is_stated_wherever_a_reader_looks():
    for lang, given in (("en-GB", {}), ("cy-GB", {"lang": "cy-GB"})):
        made = opened(**given)
        stated = made.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
        assert stated.get(qn("w:val")) == lang
        assert made.core_properties.language == lang
        assert check_paper("a.docx", io.BytesIO(document("A", PARTS, **given))).language == lang


def test_our_own_check_has_nothing_to_tell_about_it():
    checked = check_paper("a.docx", io.BytesIO(document("Minutes", PARTS)))
    assert checked
    assert checked.notes == ()
    assert checked.title == "Minutes"


def test_the_same_words_are_the_same_bytes():
    first = document("Minutes", PARTS, at=AT)
    time.sleep(2.1)  # an archive counts in steps of two seconds
    assert document("Minutes", PARTS, at=AT) == first
    assert document("Minutes", PARTS, at=AT.astimezone(dt.timezone(dt.timedelta(hours=5)))) == first
    assert document("Minutes", PARTS, at=AT + dt.timedelta(days=1)) != first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_its_time_is_the_one_that_was_given_or_none():
    about = opened(at=AT).core_properties
    assert about.created == about.modified == AT
    core = files(document("Minutes", PARTS))["docProps/core.xml"]
    assert b"created" not in core
    assert b"modified" not in core


def test_nothing_of_the_template_is_left():
    made = files(document("Minutes", PARTS, at=AT))
    everything = b" ".join(made.values())
    for left in (b"python-docx", b"Normal.dotm", b"2013-12", b"en-US", b"Macintosh"):
        assert left not in everything
    assert not any(name.startswith("customXml") or "thumbnail" in name or "app.xml" in name for name in made)
    about = opened(at=AT).core_properties
    assert (about.author, about.last_modified_by, about.comments, about.keywords) == ("", "", "", "")


def test_every_link_inside_leads_to_a_part():
    made = files(document("Minutes", PARTS))
    for name, data in made.items():
        if name.endswith(".rels"):
            folder = name.partition("_rels/")[0]
            targets = [link.get("Target") for link in etree.fromstring(data)]
            assert targets
            assert [target for target in targets if f"{folder}{target.lstrip('/')}" not in made] == []


def test_the_page_is_a4_and_says_its_number():
    section = opened().sections[0]
    assert (section.page_width.cm, section.page_height.cm) == (
        pytest.approx(21, abs=0.01),
        pytest.approx(29.7, abs=0.01),
    )
    footer = section.footer.paragraphs[0]._p
    assert [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert "".join(node.text for node in footer.iter(qn("w:t"))) == "Minutes of the Delivery Board · Page 1 of 1"


@pytest.mark.parametrize("text", ["a\x00b\x07", "\ud800ab", "\u202eab\u2066", "ab\ufffe\uffff", "a\x1bb"])
def test_what_a_document_cannot_hold_is_left_out(text):
    parts = [reports.heading(text), reports.numbered([text]), reports.table([text], [[text]], caption=text)]
    made = opened(parts, title=text, above=text, facts=[(text, text)])
    assert made.core_properties.title == "ab"
    assert [text for _, text in lines(made)] == ["ab", "ab", "ab: ab", "ab", "ab", "ab", ""]


@pytest.mark.parametrize("text", ["<w:p/>", "&amp; </w:t>", "{{ x }}", "\"'", "]]>"])
def test_words_are_never_markup(text):
    assert lines(opened([reports.prose(text)], title=text)) == [("Title", text), ("Normal", text)]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\u2028", "\x85"])
def test_lines_end_one_way(end):
    assert lines(opened([reports.prose(f"a{end}b{end}{end}c")]))[1:] == [("Normal", "a\nb"), ("Normal", "c")]


def test_nothing_gives_nothing():
    empty = [reports.prose("  \n "), reports.note(""), reports.listing([]), reports.numbered([]), reports.facts([])]
    assert lines(opened(empty)) == [("Title", "Minutes of the Delivery Board")]


def test_a_long_title_is_cut_only_among_the_properties():
    made = opened([], title="x" * 400)
    assert len(made.core_properties.title) == 255
    assert lines(made) == [("Title", "x" * 400)]


def test_deep_headings_stay_headings():
    assert lines(opened([reports.heading("a", 9)]))[1] == ("Heading 6", "a")


def test_an_unknown_part_is_an_error():
    with pytest.raises(KeyError):
        document("A", [{"kind": "film"}])


def test_a_table_of_many_rows_is_written_in_time():
    began = time.monotonic()
    made = opened([reports.table(["a", "b", "c", "d"], [[row, row, row, row] for row in range(600)])])
    assert len(made.tables[0].rows) == 601
    assert time.monotonic() - began < 15
