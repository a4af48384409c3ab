"""Reach of minutes: a draft for those who run and check boards, circulated ones for the board, confirmed for all."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from boards.querysets import SEE_ALL_BOARDS
from people.actor import Actor


class MinutesQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "MinutesQuerySet":
        """Minutes that they may open. What of each item they read there is boards.disclosure's answer."""
        from boards.models import Meeting, Membership

        rows = self.filter(meeting__in=Meeting.objects.visible_to(actor))
        if actor.has(*SEE_ALL_BOARDS):
            return rows
        mine = Membership.objects.of_actor(actor).filter(board=OuterRef("meeting__board"))
        return rows.filter(Q(state="confirmed") | Q(state="circulated") & Exists(mine))
