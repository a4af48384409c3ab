"""The pack of a meeting: where it stands, its editions, and who has read them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards import rules_packs as rules
from boards.models import Meeting, PackCopy, PackEdition
from boards.packing import stale
from boards.packing.planning import Wanted, draft
from boards.presenters import packs as present
from boards.presenters.deadlines import due_words
from boards.presenters.meetings import title as meeting_title
from boards.presenters.meetings import when
from boards.queries.packs import editions_of, pack_page
from boards.views.loading_packs import edition_for, pack_meeting_for
from kit import clock


@require_safe
def pack(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """For the secretariat where the pack stands; for others what they were sent of it."""
    meeting, copies = pack_meeting_for(request, slug, pk)
    page = {
        "meeting": meeting,
        "board": meeting.board,
        "title": "Pack",
        "when": when(meeting),
        "copies": present.own_copies(meeting, copies),
        "crumbs": present.crumbs(meeting),
    }
    if not rules.runs_or_checks(request.actor):
        return render(request, "boards/packs/reader.html", page)
    if meeting.state != "planned":
        page |= {"lines": present.lines(meeting, editions_of(meeting))}
        return render(request, "boards/packs/past.html", page)
    return render(request, "boards/packs/pack.html", page | _standing(request, meeting))


@require_safe
def edition(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """One edition: its files, what changed, what is wrong with it, who got it."""
    found = edition_for(request, slug, pk, number)
    meeting = found.meeting
    copies = _copies(found)
    table = present.copies_table(request, found, copies)
    if table.wants_csv:
        return table.csv()
    line = next(each for each in present.lines(meeting, editions_of(meeting)) if each.edition.pk == found.pk)
    may_circulate = rules.may_circulate(request.actor, meeting, found)
    page = {
        "meeting": meeting,
        "edition": found,
        "line": line,
        "files": present.files(meeting, found, present.sent(copies)),
        "left_out": [each for each in found.problems if each["left_out"]],
        "remarks": [each for each in found.problems if not each["left_out"]],
        "stale": _stale(request, found, meeting) if found.circulated_at is None and may_circulate else [],
        "may_circulate": may_circulate,
        "may_build": rules.may_build(request.actor, meeting),
        "table": table,
        "since": found.manifest["since"],
        "crumbs": present.crumbs(meeting, (present.title(found), "")),
        "fingerprint": present.in_groups(found.manifest_sha256),
    }
    return render(request, "boards/packs/edition.html", page)


@require_safe
def copies(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Who was sent an edition, as what, and when they first and last opened it."""
    found = edition_for(request, slug, pk, number)
    table = present.copies_table(request, found, _copies(found))
    if table.wants_csv:
        return table.csv()
    here = present.address("pack_edition", found.meeting, number)
    page = {
        "meeting": found.meeting,
        "edition": found,
        "table": table,
        "crumbs": present.crumbs(found.meeting, (present.title(found), here), ("Copies", "")),
    }
    return render(request, "boards/packs/copies.html", page)


def _standing(request: HttpRequest, meeting: Meeting) -> dict:
    now = clock.now()
    found = pack_page(meeting, request.actor, now)
    due = meeting.milestones.filter(product="pack").first()
    key, words = present.state(found, now)
    return {
        "page": found,
        "caption": meeting_title(meeting),
        "state": key,
        "state_words": words,
        "next_step": present.next_step(found, now),
        "due": due,
        "due_words": due_words(due.due_at) if due else "",
        "failed": present.failed(found.build, now),
        "is_building": words == "Being built",
        "warnings": present.warnings(found.now),
        "lines": present.lines(meeting, found.editions),
        "files": found.now.files,
        "may_build": rules.may_build(request.actor, meeting),
    }


def _copies(edition: PackEdition) -> list[PackCopy]:
    return list(edition.copies.select_related("file").defer("file__manifest", "file__body"))


def _stale(request: HttpRequest, edition: PackEdition, meeting: Meeting) -> list[str]:
    wanted = Wanted(edition.kind, edition.double_sided, clock.now())
    return stale.reasons(edition, draft(meeting, wanted, request.actor))
