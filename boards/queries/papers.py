"""Papers with what a page, a pack or the minutes need beside them. Each says how many queries it costs."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from boards import rules_papers as rules
from boards.choices import Category, MeetingState
from boards.choices_papers import WITH_AUTHOR
from boards.models import (
    AgendaItem,
    Meeting,
    Membership,
    Milestone,
    Paper,
    PaperAct,
    PaperVersion,
    Referral,
    ReferralStop,
)
from boards.queries.seats import SeatLine, seats_on
from people.actor import Actor
from people.models import Person, Post, Tenure
from people.queries import holders_on

CHAIRS = (Category.CHAIR, Category.DEPUTY_CHAIR)


def papers_of(meeting: Meeting) -> dict[int, list[Paper]]:
    """The standing papers of a meeting by the key of their item, in order, each with `newest`. Two queries.

    Nothing here asks who reads: a pack does by its audience, a page by visible_to.
    """
    rows = Paper.objects.standing().filter(item__meeting=meeting).select_related("author_post", "item")
    found: dict[int, list[Paper]] = {}
    for paper in with_newest(rows.order_by("item__position", "number")):
        found.setdefault(paper.item_id, []).append(paper)
    return found


def with_newest(rows: Iterable[Paper]) -> list[Paper]:
    """The papers, each with its last version as `newest`, None before the first. One query besides theirs."""
    papers = list(rows)
    versions = PaperVersion.objects.filter(paper__in=papers).order_by("paper_id", "-number").distinct("paper_id")
    newest = {version.paper_id: version for version in versions} if papers else {}
    for paper in papers:
        paper.newest = newest.get(paper.pk)
    return papers


def given(paper: Paper) -> rules.Given:
    """What the rules have to know besides. Two queries."""
    back = PaperAct.objects.filter(paper=paper, verb="sent_back").values_list("at", flat=True).first()
    newest = paper.versions.order_by("-number").first()
    return rules.Given(newest is not None, back, fits_pack=newest is None or bool(newest.pack_key))


def missing(meeting: Meeting) -> QuerySet[Paper]:
    """The papers of a meeting that are still with their authors."""
    rows = Paper.objects.filter(item__meeting=meeting, state__in=WITH_AUTHOR).select_related("author_post", "item")
    return rows.order_by("item__position", "number")


def asked_of_chair(actor: Actor) -> QuerySet[Paper]:
    """Late papers that wait for the actor's permission as chair or deputy chair, of items that they see whole."""
    # A delegate drafts and submits for a post; this is not theirs to give.
    mine = Q(post__in=actor.holds) | Q(person=actor.person_id, person__isnull=False)
    seats = Membership.objects.lasting_on(actor.on).filter(mine, category__in=CHAIRS)
    return (
        Paper.objects.exclude(late_asked="")
        .filter(late_permitted_at__isnull=True, state__in=WITH_AUTHOR, item__meeting__state=MeetingState.PLANNED)
        .filter(Exists(seats.filter(board=OuterRef("item__meeting__board"))))
        .filter(item__in=AgendaItem.objects.whole_to(actor))
    )


def owed_by(actor: Actor) -> QuerySet[Paper]:
    """The papers that the actor's posts still have to give in for meetings to come."""
    rows = Paper.objects.filter(author_post__in=actor.speaks_for, state__in=WITH_AUTHOR)
    return rows.filter(item__meeting__state=MeetingState.PLANNED)


def chairs_of(meeting: Meeting, on: dt.date) -> list[SeatLine]:
    """Chair and deputy chairs of the meeting's board on a day, vacant seats left out. Two queries."""
    return [line for line in seats_on([meeting.board_id], on, *CHAIRS).get(meeting.board_id, []) if line.holder]


def chairs_to_tell(meeting: Meeting, item: AgendaItem, on: dt.date) -> list[Person]:
    """Those of them whose mail about the item is for them: who see it whole. A few queries for each."""
    people = []
    for line in chairs_of(meeting, on):
        person = line.membership.person or (line.tenure.person if line.tenure else None)
        posts = frozenset({line.membership.post_id} if line.membership.post_id else ())
        reader = Actor(None, on, line.holder, person.pk if person else None, holds=dict.fromkeys(posts, ""))
        if person and AgendaItem.objects.whole_to(reader).filter(pk=item.pk).exists():
            people.append(person)
    return list(dict.fromkeys(people))


def due_of(meeting: Meeting) -> Milestone | None:
    """When the papers of a meeting are due by its board's service level. One query."""
    return meeting.milestones.filter(product="papers").first()


def holder_of(post: Post, on: dt.date) -> Tenure | None:
    """Who holds the post on the day; None when it is vacant. One query."""
    return holders_on([post.pk], on).get(post.pk)


def referrals_behind(paper: Paper, actor: Actor) -> list[ReferralStop]:
    """The stops of referrals that led to the paper's item, up to it, as far as the actor sees them. One query."""
    here = ReferralStop.objects.filter(item=paper.item_id, referral__in=Referral.objects.visible_to(actor))
    rows = ReferralStop.objects.filter(referral__in=here.values("referral")).select_related(
        "board", "referral__from_board"
    )
    return list(rows.order_by("referral__sent_at", "number"))
