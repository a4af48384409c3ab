"""The governance route of an item or a paper: which boards saw it, when, and what they made of it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from boards.models import AgendaItem, Referral
from boards.queries.referrals import Line, is_answered, one
from kit import clock
from kit.fields import in_words
from people.actor import Actor


@dataclass(frozen=True)
class RouteLine:
    """One board on the way. `day` is the day it was sent or answered, None while it is to come."""

    board: str
    day: dt.date | None
    said: str

    @property
    def sentence(self) -> str:
        """ "Diversity Board, 7 December 2021: Endorsed. The plan is sound."."""
        when = f", {in_words(self.day)}" if self.day else ""
        return f"{self.board}{when}: {self.said}"


def route_lines(referral: Referral, actor: Actor) -> list[RouteLine]:
    """The chain of a referral as the actor may read it: the board that sent it, then each stop. Never restricted."""
    return lines_of(one(referral, actor, clock.now()))


def lines_of(line: Line) -> list[RouteLine]:
    """The same for a loaded line."""
    referral = line.referral
    sent = f"Sent {referral.reference} as a {referral.get_kind_display().lower()}"
    if referral.kind == "escalation":
        sent = f"Sent {referral.reference} as an escalation"
    found = [RouteLine(line.board(referral.from_board), clock.local_date(referral.sent_at), sent)]
    for stop in line.stops:
        said = f"{stop.get_disposition_display()}. {stop.summary}" if stop.disposition else "No answer yet"
        day = clock.local_date(stop.disposed_at) if stop.disposed_at else None
        if is_answered(stop) or stop.disposition or stop == line.here:
            found.append(RouteLine(line.board(stop.board), day, said))
    return found


def referrals_at(item: AgendaItem, actor: Actor) -> list[Referral]:
    """The referrals that an item is about: taken there, sent from there, or reported back there."""
    about = Q(stops__item=item) | Q(from_item=item) | Q(back_on=item)
    keys = Referral.objects.filter(about).values("pk")
    return list(Referral.objects.visible_to(actor).filter(pk__in=keys).order_by("sent_at", "pk"))
