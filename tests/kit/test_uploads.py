"""The check of a paper, whatever it is: its name, its kind, the scanner, and the field of a form."""

import io
import zipfile

import pytest
from crispy_forms.utils import render_crispy_form
from django.core.files.uploadedfile import SimpleUploadedFile

from kit import crispy
from kit.docx import document
from kit.forms import StrideForm
from kit.reports import heading, report
from kit.uploads import Limits, PaperFileField, UploadedPaper, check_paper, display_name
from kit.uploads.kinds import OLE

PDF = report("A paper", [heading("One")])
DOCX = document("A paper", [heading("One")])
ONLY = "The selected file must be a PDF or DOCX."


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def workbook() -> bytes:
    import openpyxl

    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def check(name: str, data: bytes):
    return check_paper(name, io.BytesIO(data), limits=Limits())


def problem(name: str, data: bytes) -> str:
    checked = check(name, data)
    assert not checked
    assert len(checked.problems) == 1
    return checked.problems[0]


# Kinds


@pytest.mark.parametrize("name", ["a.pdf", "A.PDF", "a.b.Pdf"])
def test_a_pdf_may_be_called_one_in_any_letters(name):
    assert check(name, PDF).kind == "pdf"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", b"", "The selected file is empty."),
        ("a.pdf", b"MZ\x90\x00" + bytes(200), f"{ONLY} Its content is a program."),
        ("a.docx", b"\x7fELF" + bytes(200), f"{ONLY} Its content is a program."),
        ("a.pdf", b"#!/bin/sh\nrm -rf /", f"{ONLY} Its content is a program."),
        ("a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(200), f"{ONLY} Its content is a picture."),
        ("a.pdf", b"<html><script>alert(1)</script>", ONLY),
        ("a.pdf", b"just words", ONLY),
        ("a.pdf", b"\n\n%PDF-1.7 later", ONLY),
        ("a.docx", zipped(**{"a.txt": b"a"}), f"{ONLY} Its content is a ZIP archive."),
        ("a.docx", workbook(), f"{ONLY} Its content is an Excel workbook."),
        ("a.exe", PDF, f"{ONLY} Its name ends in .exe."),
        ("a.pdf.html", PDF, f"{ONLY} Its name ends in .html."),
        ("paper", PDF, f"{ONLY} Its name has no ending such as .pdf."),
        ("a.docm", DOCX, "The selected file may run macros. Save it as DOCX and select it again."),
        (
            "a.pdf",
            DOCX,
            "The selected file does not match its name: it ends in .pdf, but its content is not a PDF.",
        ),
        (
            "a.docx",
            PDF,
            "The selected file does not match its name: it ends in .docx, but its content is a PDF.",
        ),
        (
            "a.docx",
            OLE + bytes(5000) + "EncryptedPackage".encode("utf-16-le") + bytes(500),
            "The selected file is protected by a password. Save it without one and select it again.",
        ),
        (
            "a.doc",
            OLE + bytes(5000) + "WordDocument".encode("utf-16-le") + bytes(500),
            "The selected file is in the old Word format (.doc). Save it as DOCX or PDF and select it again.",
        ),
        ("a.docx", OLE + bytes(5000), ONLY),
    ],
)
def test_what_it_is_not_is_said_in_one_sentence(name, data, sentence):
    assert problem(name, data) == sentence


def test_a_password_is_found_wherever_the_container_says_so():
    """Also where its word lies across two pieces that are read one after the other."""
    word = "EncryptedPackage".encode("utf-16-le")
    for place in (1024 * 1024 - 16, 3 * 1024 * 1024):
        assert "password" in problem("a.docx", OLE + bytes(place - len(OLE)) + word + bytes(99))


def test_an_ending_turned_round_fools_nobody():
    assert problem("annual\u202efdp.exe", PDF).endswith("Its name ends in .exe.")


def test_limits_come_from_the_settings(settings):
    settings.PAPER_MAX_BYTES = 1024 * 1024
    large = check_paper("a.pdf", io.BytesIO(PDF + bytes(1024 * 1024)))
    assert large.problems == ("The selected file must be smaller than 1 MB.",)
    assert large.sha256 == ""
    settings.PAPER_MAX_PAGES = 0
    assert "It must have 0 or fewer." in check_paper("a.pdf", io.BytesIO(PDF)).problems[0]


# Names


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Paper 1.pdf", "Paper 1.pdf"),
        ("Déjà vu.pdf", "Déjà vu.pdf"),
        ("De\u0301ja.pdf", "Déja.pdf"),
        ("C:\\fakepath\\paper.pdf", "paper.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("a/b\\c.docx", "c.docx"),
        ("a/", "a"),
        ("annual\u202efdp.exe", "annualfdp.exe"),
        ("\u2066a\u2069\u200f\u061c.pdf", "a.pdf"),
        ("a\u200bb\ufeff.pdf", "ab.pdf"),
        ("a\x00b\nc\td.pdf", "a b c d.pdf"),
        ("a\ud800.pdf", "a .pdf".replace(" .", ".")),
        ("   spaced    out  .pdf", "spaced out.pdf"),
        (".pdf", "paper.pdf"),
        ("...pdf", "paper.pdf"),
        ("", "paper"),
        ("/", "paper"),
        (".hidden.pdf", "hidden.pdf"),
        ("عربي.pdf", "عربي.pdf"),
    ],
)
def test_names_are_shown_clean(given, shown):
    assert display_name(given) == shown


def test_a_long_name_keeps_its_ending():
    shown = display_name("x" * 300 + ".docx")
    assert len(shown) == 120
    assert shown.endswith("x….docx")
    assert len(display_name("x" * 300)) == 120
    assert len(display_name("." * 300 + "x" * 300)) == 120


def test_the_name_is_cleaned_by_the_check():
    assert check("C:\\secret\\Paper\u202e.pdf", PDF).name == "Paper.pdf"


# The scanner


def clean(file, *, name, sha256):
    assert file.tell() == 0
    assert file.read() == PDF
    assert (name, len(sha256)) == ("a.pdf", 64)
    return ""


def finds(file, *, name, sha256):
    return "EICAR"


def fails(file, *, name, sha256):
    raise ConnectionError("nobody there")


def test_a_scanner_of_the_bodys_own_is_asked(settings):
    settings.STRIDE_SCANNER = f"{__name__}.clean"
    assert check("a.pdf", PDF)


def test_what_the_scanner_finds_is_refused_and_logged(settings, caplog):
    settings.STRIDE_SCANNER = f"{__name__}.finds"
    assert problem("a.pdf", PDF) == "The selected file contains a virus."
    assert "EICAR" in caplog.text


@pytest.mark.parametrize("path", [f"{__name__}.fails", f"{__name__}.missing", "nowhere.at.all"])
def test_a_scanner_that_fails_lets_nothing_through(settings, caplog, path):
    settings.STRIDE_SCANNER = path
    assert "could not be checked for viruses" in problem("a.pdf", PDF)
    assert path in caplog.text


# The field


class PaperForm(StrideForm):
    paper = PaperFileField(label="Paper")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = crispy.helper(self, "paper")


class OnlyPdfForm(StrideForm):
    paper = PaperFileField(label="PDF of the paper", kinds=("pdf",), required=False)


def filled(form, name="a.pdf", data=PDF):
    return form({}, {"paper": SimpleUploadedFile(name, data)})


def test_the_field_gives_the_file_with_its_facts():
    form = filled(PaperForm, "Paper 1.pdf")
    assert form.is_valid()
    paper = form.cleaned_data["paper"]
    assert isinstance(paper, UploadedPaper)
    assert paper.file.read() == PDF
    assert (paper.checked.name, paper.checked.kind, paper.checked.pages) == ("Paper 1.pdf", "pdf", 1)


def test_the_field_says_what_is_wrong_without_a_full_stop():
    assert filled(PaperForm, "a.exe").errors["paper"] == [f"{ONLY} Its name ends in .exe"]
    assert filled(PaperForm, "a.pdf", b"").errors["paper"] == ["The selected file is empty"]
    assert PaperForm({}, {}).errors["paper"] == ["Select a PDF or DOCX"]


def test_the_field_may_take_only_one_kind():
    assert filled(OnlyPdfForm, "a.docx", DOCX).errors["paper"] == ["The selected file must be a PDF"]
    assert filled(OnlyPdfForm).is_valid()
    form = OnlyPdfForm({}, {})
    assert form.is_valid()
    assert form.cleaned_data["paper"] is None


def test_the_field_looks_like_the_others_and_says_what_it_takes():
    html = render_crispy_form(PaperForm())
    assert 'enctype="multipart/form-data"' in html
    assert 'class="govuk-file-upload"' in html
    assert 'accept=".pdf,.docx"' in html
    assert "A PDF or DOCX, smaller than 50 MB, without a password or macros." in html
    wrong = render_crispy_form(filled(PaperForm, "a.exe"))
    assert "govuk-file-upload--error" in wrong
    assert 'href="#id_paper"' in wrong


def test_the_limit_in_the_hint_is_the_one_that_holds(settings):
    settings.PAPER_MAX_BYTES = 5 * 1024 * 1024

    class Form(StrideForm):
        paper = PaperFileField()

    assert "smaller than 5 MB" in Form().fields["paper"].help_text
