"""Reach: which boards, meetings and items an actor may see; and who sat where, and which terms held, on a day."""

import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q

from people.actor import Actor
from people.models import Role
from people.querysets import lasting_on

# Those who run the boards, and those who check them. The strategy team sees what it reports to.
SEE_ALL_BOARDS = (Role.ADMINISTRATOR, Role.SECRETARIAT, Role.AUDITOR)
SEE_TERMS_DRAFTS = SEE_ALL_BOARDS


def seats_of(actor: Actor) -> Q:
    """The memberships that are an actor's: as a person, or by a post they hold or are a delegate of."""
    return Q(person=actor.person_id) & Q(person__isnull=False) | Q(post__in=actor.speaks_for)


class BoardQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "BoardQuerySet":
        """All boards for those who run or check them; a sensitive one otherwise for its members of the day only."""
        if actor.has(*SEE_ALL_BOARDS):
            return self
        return self.filter(Q(sensitivity="open") | Exists(_my_seats(actor, OuterRef("pk"))))

    def existing_on(self, day: dt.date) -> "BoardQuerySet":
        """The boards of the day."""
        return self.filter(lasting_on(day))

    def inside(self) -> "BoardQuerySet":
        """Those whose meetings are run here."""
        return self.filter(is_outside=False)


class TermsQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "TermsQuerySet":
        """Terms of the boards they see; drafts only for those who run or check the boards, and for its members."""
        if actor.has(*SEE_TERMS_DRAFTS):
            return self
        mine = Exists(_my_seats(actor, OuterRef("board")))
        return self.filter(Q(board__sensitivity="open") | mine).filter(Q(state="approved") | mine)

    def in_force_on(self, day: dt.date) -> "TermsQuerySet":
        """One version for each board that has any: the approved one that came into force last."""
        begun = self.filter(state="approved", in_force_from__lte=day)
        newer = self.model.objects.filter(
            board=OuterRef("board"),
            state="approved",
            in_force_from__lte=day,
            in_force_from__gt=OuterRef("in_force_from"),
        )
        return begun.exclude(Exists(newer))


class MembershipQuerySet(models.QuerySet):
    def lasting_on(self, day: dt.date) -> "MembershipQuerySet":
        """The seats of the day."""
        return self.filter(lasting_on(day))

    def of_actor(self, actor: Actor) -> "MembershipQuerySet":
        """The actor's own seats on their day."""
        return self.lasting_on(actor.on).filter(seats_of(actor))


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "MeetingQuerySet":
        """Meetings of the boards they see; proposals only for those who run or check the boards."""
        from boards.models import Board

        rows = self.filter(board__in=Board.objects.visible_to(actor))
        return rows if actor.has(*SEE_ALL_BOARDS) else rows.exclude(state="proposed")

    def standing(self) -> "MeetingQuerySet":
        """Those that were held or will be."""
        return self.filter(state__in=["planned", "held"])


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "AgendaItemQuerySet":
        """Items of which they may see something: all but those that are left out for them.

        What is seen of an item that stays (all of it, its title, a cover title) is boards.disclosure's answer.
        """
        from boards.models import Meeting

        rows = self.filter(meeting__in=Meeting.objects.visible_to(actor))
        if actor.has(*SEE_ALL_BOARDS):
            return rows
        return rows.filter(~Q(visibility="absent") | entitled_to(actor))

    def whole_to(self, actor: Actor) -> "AgendaItemQuerySet":
        """Items that they see whole, as boards.disclosure would answer: entitled, and not kept from them."""
        rows = self.visible_to(actor)
        if actor.has(*SEE_ALL_BOARDS):
            return rows
        return rows.filter(Q(visibility="visible") | entitled_to(actor)).exclude(Exists(_withheld(actor)))

    def put_before(self, actor: Actor) -> "AgendaItemQuerySet":
        """Items whose papers they read: seen whole, at a board where they sit, or at which they are asked."""
        rows = self.whole_to(actor)
        if actor.has(*SEE_ALL_BOARDS):
            return rows
        return rows.filter(Exists(_my_seats(actor, OuterRef("meeting__board"))) | entitled_to(actor))


def entitled_to(actor: Actor) -> Q:
    """Agenda items that the actor presents, or in whose audience they are."""
    return Q(presenter_post__in=actor.speaks_for) | Exists(_in_audience(actor, OuterRef("pk")))


def _my_seats(actor: Actor, board) -> models.QuerySet:
    from boards.models import Membership

    return Membership.objects.of_actor(actor).filter(board=board)


def _in_audience(actor: Actor, item) -> models.QuerySet:
    from boards.models import AudienceEntry

    return AudienceEntry.objects.filter(seats_of(actor), item=item)


def _withheld(actor: Actor) -> models.QuerySet:
    """Declarations by which an item, or its whole meeting, is kept from the actor."""
    from boards.models import Declaration

    mine = Q(attendance__person=actor.person_id) & Q(attendance__person__isnull=False)
    mine |= Q(attendance__post__in=actor.speaks_for)
    of_item = Q(item=OuterRef("pk")) | Q(item__isnull=True, meeting=OuterRef("meeting"))
    return Declaration.objects.filter(mine, of_item, outcome="not_sent")
