"""Minutes as documents, PDF and Word, of the same parts. Given what the reader sees, asks nothing."""

import datetime as dt

from boards.models import Minutes
from boards.presenters.minutes import NOT_READ, NOT_WRITTEN, ItemPart, Paragraph, View
from kit import docx, reports


def pdf(minutes: Minutes, shown: View) -> bytes:
    """The tagged PDF."""
    return reports.report(_title(shown), _parts(minutes, shown), above=_above(shown), facts=_facts(shown))


def word(minutes: Minutes, shown: View, at: dt.datetime | None) -> bytes:
    """The Word document; `at` is its stated time."""
    return docx.document(_title(shown), _parts(minutes, shown), above=_above(shown), facts=_facts(shown), at=at)


def _title(shown: View) -> str:
    return f"{shown.mark}: {shown.title}" if shown.mark else shown.title


def _above(shown: View) -> str:
    return f"{shown.mark}. {shown.board}" if shown.mark else shown.board


def _facts(shown: View) -> list[tuple[str, str]]:
    return [("Meeting", shown.when), ("State", shown.state.word), *shown.facts]


def _parts(minutes: Minutes, shown: View) -> list[reports.Part]:
    parts = [reports.note(f"{shown.mark}. {shown.standing}" if shown.mark else shown.standing)]
    parts.append(reports.heading("Who was there"))
    people = [("In the chair", shown.presided)] if shown.presided else []
    people += [(group.title, "\n".join(group.people)) for group in shown.groups]
    parts.append(reports.facts(people) if people else reports.prose("It is not recorded yet who was there."))
    if shown.quorum:
        parts += [reports.heading("Quorum"), reports.prose(shown.quorum)]
    parts.append(reports.heading("Interests declared"))
    parts.append(reports.listing(shown.declarations) if shown.declarations else reports.prose("None."))
    for item in shown.items:
        parts += _item(item)
    if shown.closed:
        parts += [reports.heading("Actions closed at this meeting"), reports.listing(shown.closed)]
    parts += [reports.heading("Next meeting"), reports.prose(shown.next or "Not planned yet.")]
    if shown.corrections:
        parts.append(reports.heading("Corrections since the minutes went out"))
        parts.append(
            reports.table(
                ["Item", "It said", "It says now", "Who asked, and why"],
                [[each.about, each.was, each.becomes, f"{each.who}. {each.because}"] for each in shown.corrections],
                widths=[1, 3, 3, 3],
            )
        )
    if minutes.sha256:
        parts += [reports.heading("Hash of the confirmed record"), reports.prose(f"SHA-256 {minutes.sha256}")]
    return parts


def _item(item: ItemPart) -> list[reports.Part]:
    parts = [reports.heading(item.said)]
    if not item.whole:
        return [*parts, reports.prose(NOT_READ)]
    if item.quorum:
        parts.append(reports.note(f"Quorum. {item.quorum}"))
    if not item.paragraphs:
        parts.append(reports.prose(NOT_WRITTEN))
    return [*parts, *(reports.prose(_paragraph(each)) for each in item.paragraphs)]


def _paragraph(each: Paragraph) -> str:
    """ "4.2 Decision DB 2021-22/014 (approved): The board approves the plan."."""
    if each.kind == "said":
        return f"{each.number} {each.text}"
    outcome = f" ({each.tag.word.lower()})" if each.tag else ""
    after = " ".join([*each.notes, f"{each.said}." if each.said else ""]).strip()
    return f"{each.number} {each.label}{outcome}: {each.text} {after}".strip()
