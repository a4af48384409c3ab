"""The files of a paper: checked, kept as versions, converted where that can be done, served to those who may read."""

import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.html import escape
from docx import Document

from boards.models import Paper, PaperVersion
from boards.services import paper_files, papers
from kit import convert
from kit.verdict import Refusal
from tests.boards.papers.conftest import NOW, pdf_bytes, ready, sent, uploaded


def docx_bytes(text: str = "The estate costs money.") -> bytes:
    document, file = Document(), io.BytesIO()
    document.add_heading("The estate", 1)
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def upload_url(paper) -> str:
    return reverse("boards:paper_upload", args=[paper.pk])


def file_url(paper, number: int) -> str:
    return reverse("boards:paper_file", args=[paper.pk, number])


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_pdf_is_kept_with_what_the_check_said(client_as, paper):
    client = client_as("overseer")
    given = pdf_bytes(3)
    page = client.post(upload_url(paper), {"file": sent(given, "The estate.pdf")}, follow=True)
    version = paper.versions.get()
    assert (version.number, version.file_name, version.pages, version.is_tagged) == (1, "The estate.pdf", 3, False)
    assert version.notes
    for note in version.notes:
        assert escape(note) in page.content.decode()
    paper.refresh_from_db()
    assert paper.state == "drafting"
    assert body(client.get(file_url(paper, 1))) == given


def test_a_file_that_is_none_is_refused_beside_its_field(client_as, paper):
    Paper.objects.filter(pk=paper.pk).update(purpose="Written already.")
    client = client_as("overseer")
    page = client.post(upload_url(paper), {"file": sent(b"MZ\x90\x00 a program", "paper.pdf")})
    assert page.status_code == 422
    assert 'id="id_file_error"' in page.content.decode()
    assert not paper.versions.exists()
    assert "Written already." in client.get(paper.get_absolute_url()).content.decode()


def test_an_empty_file_is_refused(client_as, paper):
    page = client_as("overseer").post(upload_url(paper), {"file": sent(b"")})
    assert page.status_code == 422
    assert "The selected file is empty" in page.content.decode()


def test_a_second_version_says_what_changed_and_the_first_stays(client_as, paper, author):
    paper_files.upload(paper=paper, file=uploaded(pdf_bytes()), by=author, at=NOW)
    client = client_as("overseer")
    page = client.post(upload_url(paper), {"file": sent(pdf_bytes(2)), "what_changed": ""})
    assert page.status_code == 422
    assert "Say what changed since the last version" in page.content.decode()
    client.post(upload_url(paper), {"file": sent(pdf_bytes(2)), "what_changed": "Costs added."})
    assert [(each.number, each.pages) for each in paper.versions.all()] == [(2, 2), (1, 1)]
    assert "Costs added." in client.get(paper.get_absolute_url()).content.decode()


def test_the_service_too_asks_what_changed(paper, author):
    paper_files.upload(paper=paper, file=uploaded(pdf_bytes()), by=author, at=NOW)
    with pytest.raises(Refusal, match="Say what changed"):
        paper_files.upload(paper=paper, file=uploaded(pdf_bytes(2)), by=author, at=NOW)


def test_a_word_paper_takes_the_pdf_of_its_author(client_as, paper):
    files = {"file": sent(docx_bytes(), "p.docx"), "pdf": sent(pdf_bytes(2))}
    client = client_as("overseer")
    assert client.post(upload_url(paper), files).status_code == 302
    version = paper.versions.get()
    assert (version.kind, version.pdf_from, version.pages) == ("docx", "author", 2)
    assert version.pack_key.endswith(".pdf")
    assert client.get(f"{file_url(paper, 1)}?as=pdf")["Content-Type"] == "application/pdf"
    assert client.get(file_url(paper, 1))["Content-Disposition"].startswith("attachment")


def test_a_word_paper_is_converted_where_that_can_be_done(paper, author, monkeypatch):
    monkeypatch.setattr(convert, "to_pdf", lambda docx: pdf_bytes(4))
    version = paper_files.upload(paper=paper, file=uploaded(docx_bytes(), "p.docx"), by=author, at=NOW)
    assert (version.pdf_from, version.pages) == ("converted", 4)


def test_where_it_cannot_the_page_says_so_and_the_word_file_is_kept(client_as, paper, monkeypatch):
    monkeypatch.setattr(convert, "_program", lambda: None)
    client = client_as("overseer")
    assert convert.NOT_HERE in client.get(upload_url(paper)).content.decode()
    page = client.post(upload_url(paper), {"file": sent(docx_bytes(), "p.docx")}, follow=True)
    assert convert.NOT_HERE in page.content.decode()
    assert paper.versions.get().pack_key == ""
    assert client.get(f"{file_url(paper, 1)}?as=pdf").status_code == 404


def test_a_pdf_needs_no_other_pdf(client_as, paper):
    page = client_as("overseer").post(upload_url(paper), {"file": sent(pdf_bytes()), "pdf": sent(pdf_bytes(2))})
    assert page.status_code == 422
    assert "The paper is a PDF already" in page.content.decode()


def test_nothing_is_added_to_a_submitted_paper(paper, author):
    papers.submit(paper=ready(paper), by=author, at=NOW)
    paper.refresh_from_db()
    with pytest.raises(Refusal, match="with the secretariat"):
        paper_files.upload(paper=paper, file=uploaded(pdf_bytes()), by=author, at=NOW)


def test_readers_get_the_last_version_only(client_as, paper, author, keeper):
    paper_files.upload(paper=paper, file=uploaded(pdf_bytes()), by=author, at=NOW)
    paper_files.upload(paper=paper, file=uploaded(pdf_bytes(2)), what_changed="More.", by=author, at=NOW)
    papers.submit(paper=ready(paper), by=author, at=NOW)
    papers.clear(paper=paper, by=keeper, at=NOW)
    member = client_as("member")
    assert member.get(file_url(paper, 1)).status_code == 404
    assert member.get(file_url(paper, 2)).status_code == 200
    assert "Earlier versions" not in member.get(paper.get_absolute_url()).content.decode()


def test_a_file_without_a_word_on_what_it_is_for_is_not_submitted(paper, author):
    paper_files.upload(paper=paper, file=uploaded(pdf_bytes()), by=author, at=NOW)
    Paper.objects.filter(pk=paper.pk).update(recommendation="That the board approves the plan.")
    with pytest.raises(Refusal, match="Say on the front sheet what the paper is for"):
        papers.submit(paper=paper, by=author, at=NOW)


def test_a_version_cannot_be_rewritten(paper, author):
    version = paper_files.upload(paper=paper, file=uploaded(pdf_bytes()), by=author, at=NOW)
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        PaperVersion.objects.filter(pk=version.pk).update(sha256="1" * 64)
