"""Referrals and quarterly notes, for the walk through every page."""

import datetime as dt

from boards.models import AgendaItem, Membership, QuarterlyNote, Referral
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory
from tests.factories.records import QuarterlyNoteFactory, ReferralFactory, ReferralStopFactory

SLUG, OTHER = "a-referring-board", "a-receiving-board"
WHEN = dt.datetime(2022, 1, 11, 12, tzinfo=dt.UTC)
OLD = "That the estate is reviewed every year by the head of estates."
NEW = "That the estate is reviewed every two years by the head of estates."


def make() -> None:
    """An escalation that waits, one on an agenda of today, one that was answered with an amendment, and a note."""
    board, other = BoardFactory(slug=SLUG, title="A referring board"), BoardFactory(slug=OTHER, title="A receiver")
    post = Membership.objects.exclude(post=None).first().post
    for each in (board, other):
        each.memberships.create(post=post, category="chair", starts=dt.date(2021, 4, 1))
    item = AgendaItemFactory(meeting=MeetingFactory(board=board, on=dt.date(2022, 1, 18)), title="Estates")
    MeetingFactory(board=other, on=dt.date(2022, 3, 1))
    taken = AgendaItemFactory(meeting=MeetingFactory(board=other, on=dt.date(2022, 1, 18)), title="Estates, referred")
    waits = ReferralFactory(
        from_board=board, from_item=item, kind="escalation", title="Waits", wanted_by=dt.date(2022, 1, 10), sent_at=WHEN
    )
    ReferralStopFactory(referral=waits, board=other, text_received=waits.text)
    taken_there = ReferralFactory(from_board=board, from_item=item, title="Taken", restricted="Names of staff.")
    ReferralStopFactory(
        referral=taken_there, board=other, text_received=taken_there.text, item=taken, received_at=WHEN, received_by="A"
    )
    done = ReferralFactory(
        from_board=board,
        from_item=item,
        title="Answered",
        text=OLD,
        state="answered",
        answered_at=WHEN,
        outcome="Less often.",
    )
    ReferralStopFactory(
        referral=done,
        board=other,
        text_received=OLD,
        text_agreed=NEW,
        disposition="amended",
        summary="Less often.",
        restricted="Two were against.",
        disposed_at=WHEN,
    )
    line = {
        "referral": done.pk,
        "reference": done.reference,
        "title": done.title,
        "text": NEW,
        "summary": "Less often.",
    }
    line |= {
        "kind": "Recommendation",
        "sent": "2022-01-11",
        "answer": "Endorsed with changes",
        "answered": "2022-01-11",
    }
    QuarterlyNoteFactory(
        from_board=board, to_board=other, body={"label": "Q3 2021-22", "decisions": [], "sent": [line], "received": []}
    )


def one(title: str) -> int:
    return Referral.objects.get(from_board__slug=SLUG, title=title).pk


def item() -> AgendaItem:
    return AgendaItem.objects.get(meeting__board__slug=SLUG)


NOTE = [SLUG, lambda: QuarterlyNote.objects.get(from_board__slug=SLUG).pk]
REFERRALS = {
    "boards:referrals": [],
    "boards:referral": [lambda: one("Answered")],
    "boards:referral_new": [SLUG, lambda: item().meeting_id, lambda: item().pk],
    "boards:referral_receive": [lambda: one("Waits")],
    "boards:referral_place": [lambda: one("Waits")],
    "boards:referral_answer": [lambda: one("Taken")],
    "boards:referral_note": [lambda: one("Answered")],
    "boards:referral_withdraw": [lambda: one("Waits")],
    "boards:notes": [SLUG],
    "boards:note_new": [SLUG],
    "boards:note": NOTE,
}
NO_PAGE = {"boards:note_pdf"}
EMPTY_IS_AN_ANSWER = {"boards:referral_receive"}
READ_BY_ALL = {"boards:referrals": [], "boards:referral": [lambda: one("Waits")], "boards:notes": [SLUG]}
