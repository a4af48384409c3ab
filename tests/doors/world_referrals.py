"""Referrals in every state, and a quarterly note. The lead's post chairs the first board, the member's the second."""

import datetime as dt
from typing import TYPE_CHECKING

from boards.models import Membership, ReferralAct
from people.models import Post
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory
from tests.factories.records import QuarterlyNoteFactory, ReferralFactory, ReferralStopFactory

if TYPE_CHECKING:
    from tests.doors.world import World

WHEN = dt.datetime(2022, 1, 11, 12, tzinfo=dt.UTC)
DAY = dt.date(2022, 1, 18)
ANSWERED = {"disposition": "endorsed", "summary": "Endorsed.", "disposed_at": WHEN, "text_agreed": "It."}


def add(world: "World") -> None:
    """Places: referral_<state>, referral_restricted, referral_from, referral_from_absent, notes_of, note_issued."""
    first, second = BoardFactory(slug="refers", title="Refers"), BoardFactory(slug="receives", title="Receives")
    for board, code in ((first, "lead-post"), (second, "member-post")):
        post = Post.objects.get(code=code)
        Membership.objects.create(board=board, post=post, category="chair", starts=dt.date(2021, 4, 1))
    sent_at = MeetingFactory(board=first, on=DAY)
    item, absent = AgendaItemFactory(meeting=sent_at), AgendaItemFactory(meeting=sent_at, visibility="absent")
    absent.audience.create(post=Post.objects.get(code="lead-post"))
    taken = AgendaItemFactory(meeting=MeetingFactory(board=second, on=DAY))
    rows = {
        "waiting": ReferralFactory(from_board=first, from_item=item),
        "taken": ReferralFactory(from_board=first, from_item=item),
        "answered": ReferralFactory(
            from_board=first, from_item=item, state="answered", answered_at=WHEN, outcome="Endorsed."
        ),
        "noted": ReferralFactory(
            from_board=first, from_item=item, state="noted", answered_at=WHEN, noted_at=WHEN, outcome="Endorsed."
        ),
        "withdrawn": ReferralFactory(from_board=first, from_item=item, state="withdrawn"),
        "restricted": ReferralFactory(from_board=first, from_item=absent),
    }
    more = {
        "taken": {"item": taken, "received_at": WHEN, "received_by": "A. Person"},
        "answered": ANSWERED,
        "noted": ANSWERED,
    }
    stops = {
        state: ReferralStopFactory(referral=row, board=second, text_received=row.text, **more.get(state, {}))
        for state, row in rows.items()
    }
    act = ReferralAct.objects.create(referral=rows["waiting"], verb="sent", at=WHEN, by_name="A. Person")
    note = QuarterlyNoteFactory(from_board=first, to_board=second)
    one = {"slug": first.slug, "pk": sent_at.pk}
    world.places |= {f"referral_{state}": {"pk": row.pk} for state, row in rows.items()}
    world.places |= {
        "referral_from": one | {"item": item.pk},
        "referral_from_absent": one | {"item": absent.pk},
        "notes_of": {"slug": first.slug},
        "note_issued": {"slug": first.slug, "pk": note.pk},
    }
    kept = {"referral": rows["noted"], "referralstop": stops["noted"], "referralact": act, "quarterlynote": note}
    world.places |= {f"row_boards_{name}": {"object_id": row.pk} for name, row in kept.items()}
