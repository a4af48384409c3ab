"""Plays the papers of the example: commissioned, written, sent back, late and cleared; then packs, built and sent."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile

from boards.models import Paper
from boards.services import packs, paper_files, papers, progress
from kit import clock, stale
from kit.uploads import UploadedPaper, check_paper
from monitoring.models import ReportingRound
from people.models import Post
from stride.demonstration_documents import as_docx, as_pdf
from stride.demonstration_kept import Kept, item_of, meeting_of, rows
from stride.demonstration_steps import Row, Step, day, holder, moment_of, secretary


def steps(kept: Kept) -> list[Step]:
    """Everything that happens to papers and packs, each with its moment."""
    sheets = (
        ("papers.csv", "commissioned_at", lambda row: _commission(row, kept)),
        ("paper_steps.csv", "at", lambda row: ACTS[row["act"]](kept.papers[row["paper"]], row)),
        ("progress.csv", "at", _report_on),
        ("packs.csv", "built_at", _build),
        ("packs.csv", "circulated_at", _circulate),
    )
    return [
        (moment_of(row[at]), lambda act=act, row=row: act(row))
        for name, at, act in sheets
        for row in rows(name)
        if row[at]
    ]


def _commission(row: Row, kept: Kept) -> None:
    kept.papers[row["paper"]] = papers.commission(
        item=item_of(row),
        title=row["title"],
        author_post=Post.objects.get(code=row["author"]),
        brief=row["brief"],
        due=day(row["due"]) if row["due"] else None,
        by=secretary(),
        at=clock.now(),
    )


def _write(paper: Paper, row: Row) -> None:
    """The front sheet and the governance route, as its author fills them in."""
    by = holder(row["by"])
    sheet = next(each for each in rows("fronts.csv") if each["paper"] == row["paper"])
    values = {name: sheet[name] for name in papers.FRONT if name != "title"} | {"title": paper.title}
    seen = stale.token(Paper.objects.get(pk=paper.pk), values)
    papers.save_front(paper=paper, values=values, seen=seen, by=by, at=clock.now())
    for step in rows("routes.csv"):
        if step["paper"] == row["paper"]:
            papers.add_step(
                paper=paper, body=step["body"], on=day(step["on"]), comment=step["comment"], by=by, at=clock.now()
            )


def _upload(paper: Paper, row: Row) -> None:
    """A Word document comes with the PDF that its author made of it."""
    name, _, suffix = row["file"].rpartition(".")
    pdf = _checked(f"{name}.pdf", as_pdf(name))
    word = _checked(row["file"], as_docx(name, clock.now())) if suffix == "docx" else None
    paper_files.upload(
        paper=Paper.objects.select_related("item__meeting").get(pk=paper.pk),
        file=word or pdf,
        pdf=pdf if word else None,
        what_changed=row["words"],
        by=holder(row["by"]),
        at=clock.now(),
    )


def _checked(name: str, made: bytes) -> UploadedPaper:
    return UploadedPaper(SimpleUploadedFile(name, made), check_paper(name, io.BytesIO(made)))


def _plainly(door) -> object:
    return lambda paper, row: door(paper=paper, by=holder(row["by"]), at=clock.now())


def _because(door) -> object:
    return lambda paper, row: door(paper=paper, because=row["words"], by=holder(row["by"]), at=clock.now())


ACTS = {
    "write": _write,
    "upload": _upload,
    "submit": _plainly(papers.submit),
    "clear": _plainly(papers.clear),
    "send_back": _because(papers.send_back),
    "ask_late": _because(papers.ask_late),
    "permit_late": _because(papers.permit_late),
    "withdraw": _because(papers.withdraw),
}


def _report_on(row: Row) -> None:
    item = item_of(row)
    progress.choose(
        item=item,
        round=ReportingRound.objects.get(label=row["round"]),
        seen=item.meeting.agenda_version,
        by=secretary(),
    )


def _build(row: Row) -> None:
    by = secretary()
    asked = packs.ask(meeting=meeting_of(row), kind=row["kind"], double_sided=False, by=by, at=clock.now())
    if packs.build(build=asked, by=by) is None:
        asked.refresh_from_db()
        raise ValueError(f"The pack of {asked.meeting} was not built: {asked.problem}")


def _circulate(row: Row) -> None:
    edition = meeting_of(row).packs.get(number=row["edition"])
    packs.circulate(edition=edition, message=row["message"], by=secretary(), at=clock.now())
