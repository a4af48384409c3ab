"""How a pack reads on its pages: state and next step, editions and files, who got and opened it. Asks nothing."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from boards import rules_packs as rules
from boards.choices_papers import BuildState, PackKind
from boards.models import Meeting, PackBuild, PackCopy, PackEdition, PackFile
from boards.packing.audience import Recipient
from boards.packing.pages import marked
from boards.packing.planning import EditionDraft
from boards.presenters.crumbs import Crumbs
from boards.presenters.meetings import crumbs_to
from boards.queries.packs import PackPage, Served
from kit import clock
from kit.fields import in_words
from kit.tables import Cell, Column, Table
from kit.working_days import listed, moment_in_words

NOT_SENT = "Not circulated"


@dataclass(frozen=True)
class EditionLine:
    """An edition in a list: its state is built, current or superseded."""

    edition: PackEdition
    title: str
    state: str
    state_words: str
    built: str
    sent: str
    url: str


@dataclass(frozen=True)
class FileLine:
    """A file of an edition with its addresses."""

    label: str
    marking: str
    pages: int
    size: str
    url: str
    read_url: str
    readers: str


@dataclass(frozen=True)
class CopyLine:
    """What somebody was sent: an edition to read."""

    title: str
    is_superseded: bool
    sent: str
    size: str
    pages: int
    url: str
    read_url: str


def address(name: str, meeting: Meeting, *more: object) -> str:
    """A page of the pack."""
    return reverse(f"boards:{name}", args=[meeting.board.slug, meeting.pk, *more])


def crumbs(meeting: Meeting, *last: tuple[str, str]) -> Crumbs:
    """To the page of the pack, or further."""
    return [*above(meeting), *last] if last else [*crumbs_to(meeting), ("Pack", "")]


def above(meeting: Meeting) -> Crumbs:
    """To a page that comes after the pack's."""
    return [*crumbs_to(meeting), ("Pack", address("pack", meeting))]


def title(edition: PackEdition) -> str:
    """ "Edition 2, supplement"."""
    supplement = ", supplement" if edition.kind == PackKind.SUPPLEMENT else ""
    return f"Edition {edition.number}{supplement}"


def in_groups(sha256: str) -> str:
    """A fingerprint that can be read aloud, and breaks on a narrow page."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def superseded(editions: Iterable[PackEdition]) -> set[int]:
    """The keys of those that went out before the last whole pack that did. Editions of one meeting."""
    sent = [each for each in editions if each.circulated_at]
    last = max((each.number for each in sent if each.kind == PackKind.REPLACEMENT), default=0)
    return {each.pk for each in sent if each.number < last}


def lines(meeting: Meeting, editions: Sequence[PackEdition]) -> list[EditionLine]:
    """The editions, the newest first."""
    gone = superseded(editions)
    return [_line(meeting, each, each.pk in gone) for each in editions]


def state(page: PackPage, now: dt.datetime) -> tuple[str, str]:
    """The key of the mark, and the words."""
    if _is_building(page.build, now):
        return "submitted", "Being built"
    newest = page.newest
    if newest is None:
        return "not_started", "Not built"
    if newest.circulated_at is None:
        return ("changes_requested", "Built, out of date") if page.stale else ("draft", "Built, not circulated")
    return ("changes_requested", "Circulated, out of date") if page.stale else ("signed_off", "Circulated")


def next_step(page: PackPage, now: dt.datetime) -> str:
    """What has to happen next, in a sentence."""
    newest = page.newest
    if _is_building(page.build, now):
        return "Wait until it is built"
    if newest is None:
        return "Build the pack"
    if page.stale:
        return f"Build edition {newest.number + (newest.circulated_at is not None)}: what it is made from has changed"
    if newest.circulated_at is None:
        return f"Look at edition {newest.number}, then circulate it"
    return "None. It went out, and nothing has changed since"


def failed(build: PackBuild | None, now: dt.datetime) -> str:
    """Why the last building came to nothing; empty when it did not."""
    if build is None:
        return ""
    if rules.has_died(build, now):
        return rules.DIED
    return build.problem if build.state == BuildState.FAILED else ""


def warnings(now: EditionDraft) -> list[str]:
    """What is not in the pack, or nobody will get, as things stand."""
    found = []
    if waiting := now.gathered.waiting:
        names = listed([f"“{paper.title}”" for paper in waiting[:3]])
        more = f", and {len(waiting) - 3} more" if len(waiting) > 3 else ""
        found.append(f"Not cleared, and so not in the pack: {names}{more}.")
    found += [f"{name}, is not known here by that name, and gets no copy." for name in now.audience.unknown]
    return found


def files(meeting: Meeting, edition: PackEdition, readers: dict[int, list[str]]) -> list[FileLine]:
    """The files of an edition; `readers` has the names of who gets each, by its key."""
    return [
        FileLine(
            label=each.label,
            marking=marked(each.marking),
            pages=each.pages,
            size=filesizeformat(each.size),
            url=address("pack_file", meeting, edition.number, each.pk),
            read_url=f"{address('pack_read', meeting, edition.number)}?file={each.pk}",
            readers=", ".join(readers.get(each.pk, [])),
        )
        for each in edition.files.all()
    ]


def served(found: Served) -> dict[int, list[str]]:
    """Who would get which file, by its key."""
    names: dict[int, list[str]] = {}
    for reader, file in found.copies:
        names.setdefault(file.pk, []).append(reader.person.name)
    return names


def sent(copies: Iterable[PackCopy]) -> dict[int, list[str]]:
    """Who got which file, by its key."""
    names: dict[int, list[str]] = {}
    for copy in copies:
        names.setdefault(copy.file_id, []).append(copy.name)
    return names


def own_copies(meeting: Meeting, copies: Sequence[PackCopy]) -> list[CopyLine]:
    """What a recipient reads, the newest first."""
    gone = superseded(copy.edition for copy in copies)
    return [
        CopyLine(
            title=title(copy.edition),
            is_superseded=copy.edition_id in gone,
            sent=moment_in_words(copy.sent_at),
            size=filesizeformat(copy.file.size),
            pages=copy.file.pages,
            url=address("pack_file", meeting, copy.edition.number, copy.file_id),
            read_url=address("pack_read", meeting, copy.edition.number),
        )
        for copy in copies
    ]


def copies_table(request: HttpRequest, edition: PackEdition, copies: Iterable[PackCopy]) -> Table:
    """Who was sent an edition, and who has opened it."""
    return Table(
        request,
        caption="Who it was sent to",
        name=f"pack-{edition.meeting_id}-{edition.number}-copies",
        sort="name",
        rows=copies,
        columns=[
            Column("name", "Name", lambda copy: Cell(copy.name), lambda copy: copy.name.casefold()),
            Column("seat", "As", lambda copy: Cell(copy.seat), lambda copy: copy.seat.casefold()),
            Column("file", "Copy", lambda copy: Cell(copy.file.label), lambda copy: copy.file.label),
            Column("opened", "First opened", _opened("first_opened_at"), lambda copy: copy.first_opened_at),
            Column("last", "Last opened", _opened("last_opened_at"), lambda copy: copy.last_opened_at),
        ],
        empty_text="It has not been sent to anybody yet.",
    )


def recipients_table(request: HttpRequest, found: Served) -> Table:
    """Who would get which file now."""
    rows: list[tuple[Recipient, PackFile | None]] = [*found.copies, *((each, None) for each in found.without)]
    return Table(
        request,
        caption="Who gets which copy",
        name="pack-recipients",
        rows=rows,
        columns=[
            Column("name", "Name", lambda row: Cell(row[0].person.name, note=_no_mail(row[0]))),
            Column("seat", "As", lambda row: Cell(row[0].seat)),
            Column("file", "Copy", lambda row: Cell(row[1].label if row[1] else "None")),
            Column(
                "pages",
                "Pages",
                lambda row: Cell(str(row[1].pages) if row[1] else "", kind="number", value=row[1] and row[1].pages),
                numeric=True,
            ),
        ],
    )


def _no_mail(reader: Recipient) -> str:
    return "" if reader.person.email else "No e-mail address: gets no link"


def _line(meeting: Meeting, edition: PackEdition, gone: bool) -> EditionLine:
    key, words = ("superseded", "Superseded") if gone else ("in_force", "Current")
    if edition.circulated_at is None:
        key, words = "draft", NOT_SENT
    went = f"{in_words(clock.local_date(edition.circulated_at))}, to {edition.sent}" if edition.circulated_at else ""
    return EditionLine(
        edition=edition,
        title=title(edition),
        state=key,
        state_words=words,
        built=f"{moment_in_words(edition.built_at)}, by {edition.built_by}",
        sent=f"{went}, opened by {edition.read}" if went else "",
        url=address("pack_edition", meeting, edition.number),
    )


def _is_building(build: PackBuild | None, now: dt.datetime) -> bool:
    return build is not None and build.state in rules.UNDER_WAY and not rules.has_died(build, now)


def _opened(name: str):
    def cell(copy: PackCopy) -> Cell:
        moment = getattr(copy, name)
        return Cell(moment_in_words(moment) if moment else "Not yet")

    return cell
