"""A version of terms of reference as a document. Given loaded objects, asks nothing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from boards.models import Board
from boards.presenters import terms as present
from boards.queries.seats import SeatLine
from boards.queries.versions import TermsPage
from kit import reports
from kit.fields import in_words


def document(
    board: Board,
    page: TermsPage,
    state: str,
    *,
    review: str,
    seats: Sequence[SeatLine],
    relationships: Sequence[dict[str, Any]],
    on: dt.date,
) -> bytes:
    """The PDF: what holds, who sits on the board on the day, what it is to other boards, which decision approved it."""
    return reports.report(
        title_of(board, page),
        _parts(page, seats, relationships, on),
        above=f"{board.title} ({board.code})",
        facts=_facts(board, page, state, review),
    )


def title_of(board: Board, page: TermsPage) -> str:
    """What the document is called, on its first page and in the file."""
    return f"Terms of reference of {board.title}, version {page.terms.number}"


def _facts(board: Board, page: TermsPage, state: str, review: str) -> list[tuple[str, str]]:
    terms = page.terms
    found = [("State", present.state_word(state)), ("What it does", board.get_kind_display())]
    if terms.in_force_from:
        found.append(("In force from", in_words(terms.in_force_from)))
    if terms.approved_on:
        found.append(("Approved on", in_words(terms.approved_on)))
    if review:
        found.append(("Review", review.removeprefix("Review ")))
    return found


def _parts(page: TermsPage, seats, relationships, on: dt.date) -> list[reports.Part]:
    found = []
    if adoption := present.adoption_sentence(page):
        found.append(reports.note(adoption))
    for part in present.parts(page.said):
        found += _part(part)
    found.append(reports.heading(f"Members on {in_words(on)}"))
    found += _members(seats)
    if relationships:
        found.append(reports.heading("Other boards"))
        found.append(reports.facts([(row["says"], _others(row["boards"])) for row in relationships]))
    if page.terms.decision:
        found.append(reports.heading("Approval"))
        found.append(reports.prose(page.terms.decision))
    return found


def _part(part: dict[str, Any]) -> list[reports.Part]:
    """Headings as on the page; what is a list there is one here."""
    found = [reports.heading(part["title"])]
    texts = [each.text for each in part["fields"]]
    if part["numbered"]:
        return [*found, reports.numbered(texts)]
    if part["bulleted"]:
        return [*found, reports.listing(texts)]
    for each in part["fields"]:
        # What has the name of its heading needs no name of its own.
        named = each.label != part["title"]
        found.append(reports.facts([(each.label, each.text)]) if named else reports.prose(each.text))
    return found


def _members(seats: Sequence[SeatLine]) -> list[reports.Part]:
    if not seats:
        return [reports.prose("Nobody sits on this board.")]
    rows = [(line.membership.label, line.membership.get_category_display(), _holder(line)) for line in seats]
    if not any(line.deputy for line in seats):
        return [reports.table(("Seat", "As", "Held by"), rows, widths=(6, 3, 4))]
    rows = [(*row, line.deputy) for row, line in zip(rows, seats, strict=True)]
    return [reports.table(("Seat", "As", "Held by", "Named deputy"), rows, widths=(5, 3, 4, 4))]


def _holder(line: SeatLine) -> str:
    return "In person" if line.membership.person else line.holder or "Vacant"


def _others(boards: Sequence[dict[str, Any]]) -> str:
    return "\n".join(f"{each['other']}: {each['note']}" if each["note"] else str(each["other"]) for each in boards)
