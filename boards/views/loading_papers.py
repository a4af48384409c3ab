"""Loading a paper through what the actor sees. What they do not see is not found."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from boards.disclosure import seen_of
from boards.models import Meeting, Paper
from boards.presenters import meetings as present_meetings
from boards.presenters.crumbs import Crumbs, crumbs
from boards.queries import papers as queries

WITH = ("item__meeting__board", "author_post", "late_permitted_by")


def paper_for(request: HttpRequest, pk: int) -> Paper:
    """Raises Http404."""
    return get_object_or_404(Paper.objects.visible_to(request.actor).select_related(*WITH), pk=pk)


def asked_paper_for(request: HttpRequest, pk: int) -> tuple[Paper, bool]:
    """A paper whose chair may be the actor, who does not read it yet; and whether they are. Raises Http404."""
    presides = queries.asked_of_chair(request.actor).filter(pk=pk).exists()
    if not presides:
        return paper_for(request, pk), False
    return Paper.objects.select_related(*WITH).get(pk=pk), True


def done_already(request: HttpRequest, paper: Paper, verb: str) -> bool:
    """A second click: the last thing that happened to the paper is this act, by this user. One query, for a post."""
    if request.method != "POST":
        return False
    last = paper.acts.order_by("-pk").first()
    return last is not None and (last.verb, last.by_user_id) == (verb, request.actor.user_id)


def place_of(request: HttpRequest, paper: Paper) -> tuple[Meeting | None, str]:
    """The meeting if the actor sees it, and what they see of the item; empty when that is nothing. Five queries."""
    meeting = paper.item.meeting
    if not Meeting.objects.visible_to(request.actor).filter(pk=meeting.pk).exists():
        return None, ""
    return meeting, said_in(request, meeting).get(paper.item_id, "")


def said_in(request: HttpRequest, meeting: Meeting) -> dict[int, str]:
    """What the actor sees of each item of an agenda, in words, by its key. Three queries."""
    items = list(meeting.items.select_related("presenter_post").prefetch_related("audience"))
    told = Meeting.objects.prefetch_related("declarations__attendance").get(pk=meeting.pk)
    for item in items:
        item.meeting = told
    return {each.item.pk: each.said for each in seen_of(items, request.actor)}


def crumbs_of(paper: Paper, meeting: Meeting | None, *last: tuple[str, str]) -> Crumbs:
    """By the meeting for those who see it, else by the list of papers."""
    if meeting is None:
        return crumbs(("Papers", reverse("boards:papers")), *last)
    papers = reverse("boards:meeting_papers", args=[meeting.board.slug, meeting.pk])
    return [*present_meetings.crumbs_to(meeting), ("Papers", papers), *last]
