"""Which agenda item circulated minutes are put to the board at."""

from boards.choices import MeetingState, StandingItem
from boards.choices_records import MinutesState
from boards.models import AgendaItem, Meeting, Minutes, MinutesItem
from kit.fields import in_words

NAMED = "Minutes of the meeting of "


def link(meeting: Meeting) -> list[Minutes]:
    """Put the waiting minutes to the board at the free minutes items of the agenda, the oldest first.

    An item that was named for other minutes is named anew. Answers the minutes for which there is no item. The meeting
    is locked. At most three queries, and two for each link.
    """
    left = waiting(meeting)
    if not left:
        return []
    free = list(
        AgendaItem.objects.filter(meeting=meeting, standing=StandingItem.MINUTES, minutes_put__isnull=True).order_by(
            "position"
        )
    )
    for minutes, item in zip(left, free, strict=False):
        MinutesItem.objects.create(item=item, minutes=minutes)
        if item.title.startswith(NAMED) and item.title != named(minutes):
            AgendaItem.objects.filter(pk=item.pk).update(title=named(minutes))
    return left[len(free) :]


def named(minutes: Minutes) -> str:
    """What an item that was made for these minutes is called. Reads their meeting."""
    return f"{NAMED}{in_words(minutes.meeting.day)}"


def waiting(meeting: Meeting) -> list[Minutes]:
    """Unconfirmed minutes of earlier meetings of the board that no meeting still to be held has on its agenda."""
    put = MinutesItem.objects.filter(item__meeting__state=MeetingState.PLANNED).values("minutes")
    rows = Minutes.objects.filter(
        state=MinutesState.CIRCULATED, meeting__board=meeting.board_id, meeting__starts_at__lt=meeting.starts_at
    )
    return list(rows.exclude(pk__in=put).select_related("meeting").order_by("meeting__starts_at"))


def unlink_ahead(minutes: Minutes, item: AgendaItem) -> None:
    """Confirmed at this item: no other meeting still to be held has them to confirm.

    An item that was made for them there is the next minutes' from now on, and does not name theirs any more.
    """
    ahead = MinutesItem.objects.filter(minutes=minutes, item__meeting__state=MeetingState.PLANNED).exclude(item=item)
    made = AgendaItem.objects.filter(pk__in=ahead.values("item"), standing=StandingItem.MINUTES, is_one_off=True)
    made.update(title=StandingItem.MINUTES.label, is_one_off=False)
    ahead.delete()
