"""Typeset documents: text stays text, and what PDF/UA-1 asks for is in the file."""

import io
import time

import pikepdf
import pytest
from django.test import RequestFactory

from kit import pdf, reports
from tests.pdf_text import text_of

HOSTILE = '#sys.inputs $x^2$ *bold* _it_ ] [ } { `raw` <label> @ref // no /* yes */ = = #import "x" \\ -- ~'
HEBREW, ARABIC = "שלום", "سلام"


def opened(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made))


def rows(count: int) -> list[tuple[str, str]]:
    return [(f"Post {number}", "Came to each of the meetings, or sent a deputy") for number in range(count)]


def test_what_people_wrote_stays_text():
    made = reports.report(HOSTILE, [reports.heading(HOSTILE), reports.prose(HOSTILE), reports.listing([HOSTILE])])
    assert (
        text_of(made).count("#sys.inputs $x^2$ *bold* _it_ ] [ } { `raw` <label> @ref // no /* yes */ = =") == 5
    )  # and as title and in the footer


def test_other_scripts_are_drawn():
    made = reports.report("Scripts", [reports.prose(f"{HEBREW} {ARABIC} Ærø Łódź Ж α")])
    said = text_of(made)
    assert all(letter in said for letter in "ÆŁЖα" + HEBREW)
    assert "\N{REPLACEMENT CHARACTER}" not in said


def test_what_no_typeface_has_leaves_a_mark_that_is_explained():
    said = text_of(reports.report("Scripts", [reports.prose("Before 中 after")]))
    assert "Before � after" in said
    assert "stands for a character that this document’s typeface does not have" in said


def test_controls_and_marks_that_turn_text_round_are_left_out():
    clean, replaced = pdf.cleaned({"a": ["one\x00\x01\u202e\u2066 two\nthree"], "b": 3, "c": None})
    assert clean == {"a": ["one two\nthree"], "b": 3, "c": None}
    assert not replaced
    assert pdf.cleaned("\ud800") == ("\N{REPLACEMENT CHARACTER}", True)


def test_ten_thousand_characters_run_over_pages():
    made = reports.report("Long", [reports.prose("word " * 2000), reports.prose("x" * 10_000)])
    assert len(opened(made).pages) > 1
    assert text_of(made).count("word") == 2000


def test_it_is_tagged_titled_and_bookmarked():
    made = opened(
        reports.report(
            "Terms of reference",
            [reports.heading("Purpose"), reports.table(["A", "B"], rows(3)), reports.heading("End")],
        )
    )
    root = made.Root
    assert str(root.Lang) == "en-GB"
    assert root.MarkInfo.Marked
    assert root.StructTreeRoot.K
    assert root.ViewerPreferences.DisplayDocTitle
    with made.open_metadata() as metadata:
        assert metadata["dc:title"] == "Terms of reference"
        assert metadata["pdfuaid:part"] == "1"
    with made.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Purpose", "End"]


def test_each_page_says_what_it_is_of_and_its_number():
    made = reports.report("Compliance", [reports.table(["Post", "Attendance"], rows(60))])
    pages = len(opened(made).pages)
    assert pages == 2
    said = text_of(made)
    assert "Page 1 of 2" in said
    assert "Page 2 of 2" in said


def test_the_same_data_gives_the_same_bytes_soon():
    parts = [reports.heading("One"), reports.prose("Words. " * 300), reports.table(["Post", "Attendance"], rows(70))]
    first = reports.report("Report", parts)
    began = time.perf_counter()
    second = reports.report("Report", parts)
    took = time.perf_counter() - began
    assert first == second
    assert len(opened(first).pages) == 3
    print(f"A document of 3 pages in {took * 1000:.0f} ms")
    assert took < 1


@pytest.mark.parametrize("name", ["kit/pdf/nothing.typ", "base.html", "../README.md"])
def test_only_templates_are_typeset(name):
    with pytest.raises(ValueError, match="no template"):
        pdf.render(name, {}, title="Nothing")


def test_a_reader_who_has_it_is_not_sent_it_again():
    asked = RequestFactory().get("/")
    made = reports.report("Report", [reports.prose("Words.")])
    answer = pdf.response(asked, made, "report")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="report.pdf"'
    again = RequestFactory().get("/", headers={"if-none-match": answer["ETag"]})
    assert pdf.response(again, made, "report").status_code == 304
