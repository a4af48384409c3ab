"""The agenda items of referrals: where a board takes one, and where its outcome comes back.

What was sent from an item that others do not see whole is never put before more people than its text is meant for: the
new item is left out for all but the readers of the old one, or the members of the board that receives it.
"""

import datetime as dt
from collections.abc import Iterable

from boards.choices import MEMBERS, Outcome, Purpose, Sensitivity, Visibility
from boards.choices_records import ReferralKind
from boards.models import AgendaItem, Board, Meeting, Referral, ReferralStop
from boards.queries.seats import seats_on
from boards.services.agenda import Parts, Wanted, locked, place
from kit import clock
from people.models import Person, Post
from people.queries import holders_on

TITLE_LENGTH = AgendaItem._meta.get_field("title").max_length
MINUTES = 10
PURPOSE = {
    ReferralKind.RECOMMENDATION: Purpose.DECISION,
    ReferralKind.DIRECTION: Purpose.DISCUSSION,
    ReferralKind.REPORT_BACK: Purpose.NOTING,
    ReferralKind.ESCALATION: Purpose.DECISION,
}


def next_open(board: Board, at: dt.datetime) -> Meeting | None:
    """The board's next planned meeting whose agenda is still open: it has not begun and no pack of it went out."""
    planned = Meeting.objects.filter(board=board, state="planned", starts_at__gt=at)
    return planned.exclude(packs__circulated_at__isnull=False).order_by("starts_at").first()


def put_stop(stop: ReferralStop, meeting: Meeting) -> AgendaItem:
    """A new item for the board that received it, with the text that it received."""
    referral = stop.referral
    note = f"{referral.get_kind_display()} {referral.reference} from {referral.from_board}.\n\n{stop.text_received}"
    title = f"{referral.get_kind_display()}: {referral.title}"
    return _put(referral, meeting, title=title, note=note, purpose=PURPOSE[ReferralKind(referral.kind)])


def put_back(referral: Referral, meeting: Meeting) -> AgendaItem:
    """A new item for the first board, with what each board made of it, in short."""
    said = [f"{_named(stop.board)}: {stop.get_disposition_display()}. {stop.summary}" for stop in _answered(referral)]
    note = f"{_opening(referral)}\n\n" + "\n\n".join(said)
    return _put(referral, meeting, title=f"Report back: {referral.title}", note=note, purpose=Purpose.NOTING)


def reports_back(item: AgendaItem, referral: Referral) -> bool:
    """Whether an item brought the outcome back, also at an earlier meeting than the one where it is now."""
    return item.note.startswith(_opening(referral))


def _opening(referral: Referral) -> str:
    return f"What came of {referral.reference}."


def _put(referral: Referral, meeting: Meeting, *, title: str, note: str, purpose: str) -> AgendaItem:
    row = locked(meeting.pk)
    values = {"title": title[:TITLE_LENGTH], "note": note, "purpose": purpose, "minutes": MINUTES}
    posts, persons = (), ()
    if not _is_open(referral, row.board):
        values["visibility"] = Visibility.ABSENT
        posts, persons = _readers(referral, row)
    return place(row, [Wanted(values, Parts(posts=posts, persons=persons))])[0]


def _is_open(referral: Referral, board: Board) -> bool:
    """Whether everybody who reads about the board may read the text."""
    if referral.from_board.sensitivity != Sensitivity.OPEN and board.pk != referral.from_board_id:
        return False
    item = referral.from_item
    return item is None or (item.visibility == Visibility.VISIBLE and not _kept_from(item))


def _readers(referral: Referral, meeting: Meeting) -> tuple[list[Post], list[Person]]:
    """Who sees a restricted item: on the first board the readers of the old one, else the members of the day."""
    item = referral.from_item
    if meeting.board_id == referral.from_board_id and item and item.visibility != Visibility.VISIBLE:
        entries = list(item.audience.select_related("post", "person"))
        pairs = [(entry.post, entry.person) for entry in entries] + [(item.presenter_post, None)]
    else:
        lines = seats_on([meeting.board_id], meeting.day, *MEMBERS).get(meeting.board_id, [])
        pairs = [(line.membership.post, line.membership.person) for line in lines]
    kept = _kept_from(item) if item else set()
    held = holders_on([post.pk for post, _ in pairs if post], meeting.day)
    posts = {post.pk: post for post, _ in pairs if post and not _is_kept(("post", post.pk), held, kept)}
    persons = {person.pk: person for _, person in pairs if person and ("person", person.pk) not in kept}
    return list(posts.values()), list(persons.values())


def _kept_from(item: AgendaItem) -> set[tuple[str, int]]:
    """The posts and persons who declared an interest and were not sent the paper of the item."""
    told = item.meeting.declarations.filter(outcome=Outcome.NOT_SENT).select_related("attendance")
    seats = [each.attendance for each in told if each.item_id in (None, item.pk)]
    held = holders_on([seat.post_id for seat in seats if seat.post_id], item.meeting.day)
    found = {("post", seat.post_id) for seat in seats if seat.post_id}
    found |= {("person", seat.person_id) for seat in seats if seat.person_id}
    return found | {("person", tenure.person_id) for tenure in held.values()}


def _is_kept(key: tuple[str, int], held: dict, kept: set[tuple[str, int]]) -> bool:
    tenure = held.get(key[1])
    return key in kept or (tenure is not None and ("person", tenure.person_id) in kept)


def _answered(referral: Referral) -> Iterable[ReferralStop]:
    return referral.stops.exclude(disposition="").select_related("board")


def _named(board: Board) -> str:
    """A board that not everybody may read about is not named on another's agenda."""
    return board.title if board.sensitivity == Sensitivity.OPEN else "Another board"


def said_of(meeting: Meeting) -> str:
    """ "the agenda of 8 February 2022", for an act."""
    return f"the agenda of {clock.local_date(meeting.starts_at):%-d %B %Y}"
