"""Boards for tests: terms in force with a simple quorum, seats, meetings."""

import datetime as dt

import factory
from django.utils import timezone

from boards import models
from tests.factories.people import PersonFactory, PostFactory

FIRST_DAY = dt.date(2021, 4, 1)


class BoardFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Board

    slug = factory.Sequence(lambda n: f"board-{n}")
    code = factory.Sequence(lambda n: f"B{n}")
    title = factory.Sequence(lambda n: f"Board {n}")
    kind = "decides"
    starts = FIRST_DAY


class DraftTermsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Terms

    board = factory.SubFactory(BoardFactory)
    number = factory.LazyAttribute(lambda o: o.board.terms.count() + 1)
    purpose = "To keep the promises."
    frequency_every = 6
    frequency_unit = "weeks"
    deputies_rule = "none"
    length_minutes = 120
    standing_items = ("apologies", "declarations", "minutes", "any_other")


def approved(terms: models.Terms, from_day: dt.date = FIRST_DAY) -> models.Terms:
    """The draft, approved as the service would: parts have to be there before."""
    terms.state = "approved"
    terms.in_force_from = terms.approved_on = from_day
    terms.decision = "Decision 1 of the board"
    terms.save()
    return terms


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Membership

    board = factory.SubFactory(BoardFactory)
    post = factory.SubFactory(PostFactory)
    category = "internal"
    starts = FIRST_DAY


class ExternalFactory(MembershipFactory):
    post = None
    person = factory.SubFactory(PersonFactory)
    category = "external_adviser"


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Meeting

    class Params:
        on = dt.date(2022, 2, 8)

    board = factory.SubFactory(BoardFactory)
    state = "planned"
    starts_at = factory.LazyAttribute(lambda o: timezone.make_aware(dt.datetime.combine(o.on, dt.time(10, 0))))
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + dt.timedelta(hours=2))
    first_planned_for = factory.SelfAttribute("on")


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.LazyAttribute(lambda o: o.meeting.items.count() + 1)
    title = factory.Sequence(lambda n: f"Item {n}")
