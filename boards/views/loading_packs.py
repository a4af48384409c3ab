"""Loading packs through what the actor may have: whoever runs or checks boards all of them, others what was sent."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from boards import rules_packs as rules
from boards.models import Meeting, PackCopy, PackEdition, PackFile
from boards.queries.packs import as_on_the_day, copies_of, sights_now
from boards.views.loading_meetings import meeting_for
from kit.edit_pages import insist
from people.actor import Actor


@dataclass(frozen=True)
class Opened:
    """A file that may be opened, and the reader's own copy of its edition if they have one."""

    meeting: Meeting
    edition: PackEdition
    file: PackFile
    copy: PackCopy | None


def pack_meeting_for(request: HttpRequest, slug: str, pk: int) -> tuple[Meeting, list[PackCopy]]:
    """The meeting, and what the reader was sent of it. Raises Http404 for who runs no boards and was sent nothing."""
    meeting = get_object_or_404(Meeting.objects.select_related("board"), board__slug=slug, pk=pk)
    actor = request.actor
    if not _is_visible(meeting, actor) and not _is_visible(meeting, as_on_the_day(actor, meeting)):
        raise Http404
    copies = copies_of(actor.person_id, meeting)
    if not copies and not rules.runs_or_checks(actor):
        raise Http404
    return meeting, copies


def _is_visible(meeting: Meeting, actor: Actor) -> bool:
    return Meeting.objects.visible_to(actor).filter(pk=meeting.pk).exists()


def edition_for(request: HttpRequest, slug: str, pk: int, number: int) -> PackEdition:
    """For those who run or check boards. Raises Http404."""
    if not rules.runs_or_checks(request.actor):
        raise Http404
    meeting = meeting_for(request, slug, pk)
    edition = get_object_or_404(meeting.packs, number=number)
    edition.meeting = meeting
    return edition


def file_for(request: HttpRequest, slug: str, pk: int, number: int, key: int | None) -> Opened:
    """A file to be opened; without a key the reader's own, or the full one. Raises Http404 and PermissionDenied."""
    meeting, copies = pack_meeting_for(request, slug, pk)
    edition = get_object_or_404(meeting.packs, number=number)
    copy = next((each for each in copies if each.edition_id == edition.pk), None)
    if copy is None and not rules.runs_or_checks(request.actor):
        raise Http404
    if key is None:
        key = copy.file_id if copy else edition.files.get(audience="full").pk
    file = get_object_or_404(edition.files, pk=key)
    insist(
        rules.may_open(
            request.actor,
            is_recipient=copy is not None,
            now={} if rules.runs_or_checks(request.actor) else sights_now(file, meeting, request.actor),
            inside={int(item): sight for item, sight in file.sights.items()},
        )
    )
    return Opened(meeting, edition, file, copy)
