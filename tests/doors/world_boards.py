"""Boards for the table: one that all may read about, a sensitive one, a draft, approved terms, seats, a relationship.

The member's post sits on the sensitive board, and nobody else of the cast does.
"""

import datetime as dt

from boards.models import Relationship, TermsAct
from kit import clock
from people.models import Post
from tests.factories.boards import BoardFactory, DraftTermsFactory, MembershipFactory, approved
from tests.factories.people import PersonFactory

CHAIR_ALONE = {"present": {"categories": ["chair"]}}


def add(world) -> None:
    """Two boards with terms in force and a draft each, and one board that is only named."""
    member = Post.objects.get(code="member-post")
    for name, sensitivity in (("board", "open"), ("sensitive", "members")):
        board = BoardFactory(slug=name, title=f"The {name} one", sensitivity=sensitivity)
        seat = MembershipFactory(board=board, post=member, category="chair")
        held = approved(DraftTermsFactory(board=board, quorum=CHAIR_ALONE))
        draft = DraftTermsFactory(board=board, quorum=CHAIR_ALONE)
        told = {"verb": "drafted", "at": clock.now(), "by_name": "Sana", "to_state": "draft"}
        TermsAct.objects.create(terms=draft, **told)
        other = BoardFactory(slug=f"{name}-other", title=f"Beside the {name} one")
        related = Relationship.objects.create(board=board, to=other, kind="reports_to")
        one = {"slug": board.slug}
        world.places |= {
            name: one,
            f"{name}_approved": one | {"number": held.number},
            f"{name}_draft": one | {"number": draft.number},
            f"{name}_seat": one | {"pk": seat.pk},
            f"{name}_relationship": one | {"pk": related.pk},
        }
    bare = BoardFactory(slug="bare", starts=dt.date(2021, 4, 1))
    world.places["bare"] = {"slug": bare.slug}
    _administration(world)


def _administration(world) -> None:
    """A row of each kind in a draft, which can be changed and deleted, and one of what is only read."""
    board = BoardFactory(slug="by-hand", title="By hand")
    draft = DraftTermsFactory(board=board)
    rows = {
        "board": BoardFactory(slug="nothing-hangs-on-it"),
        "terms": draft,
        "termsact": TermsAct.objects.first(),
        "duty": draft.duties.create(key="watch", position=1, text="Watch."),
        "servicelevel": draft.service_levels.create(
            product="papers", quantity=5, unit="working_days", direction="before", anchor="meeting_start"
        ),
        "membership": MembershipFactory(board=board, post=None, person=PersonFactory(), category="internal"),
        "relationship": Relationship.objects.create(board=board, to=BoardFactory(), kind="advises"),
    }
    world.places |= {f"row_boards_{name}": {"object_id": row.pk} for name, row in rows.items()}
