"""Reach of papers, packs, decisions, actions and referrals: who sees an agenda item sees what hangs on it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from boards.querysets import SEE_ALL_BOARDS
from people.actor import Actor


class PaperQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "PaperQuerySet":
        """Cleared papers of the items that are put before them, and whatever they write themselves."""
        if actor.has(*SEE_ALL_BOARDS):
            return self
        read = Q(item__in=_items().put_before(actor), state="cleared")
        return self.filter(read | Q(author_post__in=actor.speaks_for))

    def standing(self) -> "PaperQuerySet":
        """Those that were not withdrawn."""
        return self.exclude(state="withdrawn")


class PackEditionQuerySet(models.QuerySet):
    def circulated(self) -> "PackEditionQuerySet":
        """Those that went out."""
        return self.filter(circulated_at__isnull=False)


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "DecisionQuerySet":
        """Decisions on items that they see whole; before the summary went out only for those who were in the room."""
        if actor.has(*SEE_ALL_BOARDS):
            return self
        return self.filter(Q(item__in=_items().put_before(actor)) | Q(item__in=_items().whole_to(actor)) & _summed_up())

    def standing(self) -> "DecisionQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def with_ratification(self) -> "DecisionQuerySet":
        """Adds `ratified_by`: the key of the decision by which a quorate board made it its own."""
        from boards.models import DecisionEffect

        made = DecisionEffect.objects.filter(kind="ratify_decision", target=OuterRef("pk")).order_by("pk")
        return self.annotate(ratified_by=Subquery(made.values("decision")[:1]))

    def awaiting_ratification(self) -> "DecisionQuerySet":
        """Those taken without a quorum that no quorate meeting has ratified."""
        return self.standing().with_ratification().filter(needs_ratification=True, ratified_by__isnull=True)


class BoardActionQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "BoardActionQuerySet":
        """Actions on items that they see whole, once the summary went out, and those of their own posts."""
        if actor.has(*SEE_ALL_BOARDS):
            return self
        mine = Q(owner_post__in=actor.speaks_for) | Q(contributor_links__post__in=actor.speaks_for)
        seen = Q(item__in=_items().put_before(actor)) | Q(item__in=_items().whole_to(actor)) & _summed_up()
        return self.filter(pk__in=self.model.objects.filter(mine | seen).values("pk"))

    def not_closed(self) -> "BoardActionQuerySet":
        """Those that the board has not closed."""
        return self.exclude(state="closed")


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "ReferralQuerySet":
        """Those of boards that they see, unless they were sent from an item that is not theirs and no stop of it is."""
        from boards.models import Board, ReferralStop

        if actor.has(*SEE_ALL_BOARDS):
            return self
        boards, items = Board.objects.visible_to(actor), _items().whole_to(actor)
        sent = Q(from_board__in=boards) & (Q(from_item__isnull=True) | Q(from_item__in=items))
        stops = ReferralStop.objects.filter(referral=OuterRef("pk"), board__in=boards, item__in=items)
        return self.filter(sent | Exists(stops))


class QuarterlyNoteQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "QuarterlyNoteQuerySet":
        """Notes from or to the boards where they sit. What of a note they may read is asked line by line."""
        if actor.has(*SEE_ALL_BOARDS):
            return self
        from boards.models import Membership

        mine = Membership.objects.of_actor(actor).values("board")
        return self.filter(Q(from_board__in=mine) | Q(to_board__in=mine))


def _items():
    from boards.models import AgendaItem

    return AgendaItem.objects.all()


def _summed_up() -> Exists:
    from boards.models import Summary

    return Exists(Summary.objects.filter(meeting=OuterRef("meeting")))
