"""A pack in two editions, one sent and one built. The lead's post is in the chair, the member's post sits on the board.

One item is for the chair only, so that there is a file of everything and one for members.
"""

import datetime as dt
from typing import TYPE_CHECKING

from boards.models import Meeting, Membership
from boards.services import packs
from kit import clock, private_files, reports
from people.actor import actor_for
from people.models import Post
from tests.factories.boards import AgendaItemFactory, BoardFactory, DraftTermsFactory, MeetingFactory, approved
from tests.factories.records import ClearedPaperFactory, PaperVersionFactory

if TYPE_CHECKING:
    from tests.doors.world import World


def add(world: "World") -> None:
    """Places: pack, pack_held; pack_sent, pack_built; pack_file, pack_full, pack_built_file, pack_paper."""
    board = BoardFactory(slug="packs-of", title="Packs Of")
    terms = approved(DraftTermsFactory(board=board, quorum={"at_least": 1}))
    for code, category in (("lead-post", "chair"), ("member-post", "internal")):
        Membership.objects.create(
            board=board, post=Post.objects.get(code=code), category=category, starts=dt.date(2021, 4, 1)
        )
    meeting, held = (MeetingFactory(board=board, on=on) for on in (dt.date(2022, 2, 8), dt.date(2021, 12, 7)))
    item = AgendaItemFactory(meeting=meeting)
    secret = AgendaItemFactory(meeting=meeting, visibility="absent")
    secret.audience.create(post=Post.objects.get(code="lead-post"))
    paper = ClearedPaperFactory(item=item)
    key = private_files.store(b"%PDF-1.7 of no pages", None, ".pdf")
    PaperVersionFactory(paper=paper, key=key, sha256=key[6:70])
    Meeting.objects.filter(pk=held.pk).update(state="held", terms=terms, rules=terms)
    by = actor_for(world.users["secretariat"], clock.today())
    sent = _built(meeting, by)
    packs.circulate(edition=sent, message="", by=by, at=clock.now(), sure_of_problems=True)
    _paper_mended(paper)
    built = _built(meeting, by)
    one, file = {"slug": board.slug, "pk": meeting.pk}, sent.files.get(audience="members")
    in_sent = one | {"number": sent.number}
    world.places |= {
        "pack": one,
        "pack_held": {"slug": board.slug, "pk": held.pk},
        "pack_sent": in_sent,
        "pack_built": one | {"number": built.number},
        "pack_file": in_sent | {"file": file.pk},
        "pack_full": in_sent | {"file": sent.files.get(audience="full").pk},
        "pack_built_file": one | {"number": built.number, "file": built.files.first().pk},
        "pack_paper": in_sent | {"file": file.pk, "paper": paper.pk},
    }
    rows = {
        "packedition": built,
        "packfile": built.files.first(),
        "packcopy": sent.copies.first(),
        "packbuild": meeting.builds.first(),
    }
    world.places |= {f"row_boards_{name}": {"object_id": row.pk} for name, row in rows.items()}


def _built(meeting: Meeting, by):
    asked = packs.start(meeting=meeting, kind="replacement", double_sided=False, by=by, at=clock.now())
    return packs.build(build=asked, by=by)


def _paper_mended(paper) -> None:
    """A better version, so that nothing is missing from the next edition."""
    pdf = reports.report("Paper", [reports.prose("It is readable now.")])
    key = private_files.store(pdf, None, ".pdf")
    PaperVersionFactory(paper=paper, key=key, sha256=key[6:70], size=len(pdf))
