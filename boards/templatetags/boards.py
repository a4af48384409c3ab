"""The pages of one meeting, as a row of links above each of them."""

from django import template
from django.urls import reverse

from boards.queries.meeting_ways import ways_of

register = template.Library()


@register.inclusion_tag("boards/meetings/_ways.html", takes_context=True)
def meeting_ways(context, meeting, current):
    """`current` is the name of the page: meeting, papers, pack, room, summary or minutes."""
    ways = ways_of(meeting, context["request"].actor)
    pages = (
        ("meeting", "Meeting", "boards:meeting", True),
        ("papers", "Papers", "boards:meeting_papers", ways.papers),
        ("pack", "Pack", "boards:pack", ways.pack),
        ("room", "In the room", "boards:room", ways.room),
        ("summary", "Decisions and actions", "boards:summary", ways.summary),
        ("minutes", "Minutes", "boards:minutes", ways.minutes),
    )
    where = [meeting.board.slug, meeting.pk]
    links = [
        {"text": text, "url": reverse(name, args=where), "current": key == current}
        for key, text, name, there in pages
        if there
    ]
    return {"links": links if len(links) > 1 else []}
