"""The files of a paper: kept as they came, as versions. A Word paper gets its PDF from its author, or from here.

Keeping and converting take their time, so they come before the paper is locked (`kept`), and the row after (`add`).
"""

import datetime as dt
import io
from typing import Any

from django.db import transaction

from boards import rules_papers as rules
from boards.choices_papers import FileKind, PdfFrom
from boards.models import Paper, PaperVersion
from boards.packing.ready import make_ready
from boards.services.papers import begin, locked_paper
from kit import convert, private_files
from kit.numbers import next_number
from kit.uploads import UploadedPaper, check_paper
from kit.verdict import Refusal, require
from people.actor import Actor


def upload(
    *,
    paper: Paper,
    file: UploadedPaper,
    pdf: UploadedPaper | None = None,
    what_changed: str = "",
    by: Actor,
    at: dt.datetime,
) -> PaperVersion:
    """Keep a checked file, with the PDF of a Word paper, as the next version. Raises Refusal."""
    require(rules.may_write(by, paper, paper.item.meeting))
    return add(paper=paper, fields=kept(file, pdf), what_changed=what_changed, by=by, at=at)


@transaction.atomic
def add(*, paper: Paper, fields: dict[str, Any], what_changed: str, by: Actor, at: dt.datetime) -> PaperVersion:
    """The row of a file that is kept already. Raises Refusal."""
    row = locked_paper(paper)
    require(rules.may_write(by, row, row.item.meeting))
    number = next_number(row.versions.all())
    if number > 1 and not what_changed.strip():
        raise Refusal("Say what changed since the last version.")
    version = PaperVersion.objects.create(
        paper=row,
        number=number,
        uploaded_at=at,
        by_name=by.name,
        by_person_id=by.person_id,
        what_changed=what_changed.strip(),
        **fields,
    )
    begin(row, by, at)
    transaction.on_commit(lambda: make_ready(version.pack_key), robust=True)
    return version


def kept(file: UploadedPaper, pdf: UploadedPaper | None) -> dict[str, Any]:
    """Put the files where they are kept; what a version says of them. A conversion that fails leaves its sentence."""
    checked = file.checked
    found = {
        "file_name": checked.name,
        "kind": checked.kind,
        "size": checked.size,
        "sha256": checked.sha256,
        "key": private_files.store(file.file, checked.sha256, checked.suffix),
        "pages": checked.pages,
        "is_tagged": checked.tagged,
        "notes": list(checked.notes),
    }
    if checked.kind != FileKind.DOCX:
        return found
    if pdf:
        return found | _given(found, pdf)
    return found | _converted(found, file)


def _given(found: dict[str, Any], pdf: UploadedPaper) -> dict[str, Any]:
    notes = [f"The PDF: {note[:1].lower()}{note[1:]}" for note in pdf.checked.notes]
    return {
        "pdf_from": PdfFrom.AUTHOR,
        "pdf_key": private_files.store(pdf.file, pdf.checked.sha256, pdf.checked.suffix),
        "pdf_sha256": pdf.checked.sha256,
        "pages": pdf.checked.pages,
        "is_tagged": pdf.checked.tagged,
        "notes": [*found["notes"], *notes],
    }


def _converted(found: dict[str, Any], file: UploadedPaper) -> dict[str, Any]:
    """Made here where the machine can; the result is checked as any upload is."""
    file.file.seek(0)
    try:
        made = convert.to_pdf(file.file.read())
    except Refusal as refusal:
        return {"notes": [*found["notes"], refusal.sentence]}
    checked = check_paper("paper.pdf", io.BytesIO(made))
    if not checked:
        return {"notes": [*found["notes"], convert.FAILED]}
    return {
        "pdf_from": PdfFrom.CONVERTED,
        "pdf_key": private_files.store(made, checked.sha256, checked.suffix),
        "pdf_sha256": checked.sha256,
        "pages": checked.pages,
        "is_tagged": checked.tagged,
    }
