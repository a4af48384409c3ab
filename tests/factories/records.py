"""Papers, packs, decisions, actions, minutes and referrals for tests."""

import datetime as dt

import factory

from boards import models
from kit.periods import financial_year
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory
from tests.factories.people import PersonFactory, PostFactory

WHEN = dt.datetime(2022, 2, 1, 9, 0, tzinfo=dt.UTC)


class PaperFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Paper

    item = factory.SubFactory(AgendaItemFactory)
    number = factory.LazyAttribute(lambda o: o.item.papers.count() + 1)
    title = factory.Sequence(lambda n: f"Paper {n}")
    author_post = factory.SubFactory(PostFactory)
    due_at = WHEN


class ClearedPaperFactory(PaperFactory):
    state = "cleared"
    submitted_at = cleared_at = WHEN
    recommendation = "That the board approves the plan."


class PaperVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PaperVersion

    paper = factory.SubFactory(PaperFactory)
    number = factory.LazyAttribute(lambda o: o.paper.versions.count() + 1)
    file_name = "paper.pdf"
    kind = "pdf"
    key = "none"
    size = 1000
    sha256 = "0" * 64
    pages = 2
    is_tagged = True
    uploaded_at = WHEN
    by_name = "Somebody"


class PackEditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PackEdition

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.LazyAttribute(lambda o: o.meeting.packs.count() + 1)
    built_at = WHEN
    built_by = "Somebody"
    manifest_sha256 = "0" * 64


class PackFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PackFile

    edition = factory.SubFactory(PackEditionFactory)
    audience = "full"
    label = "Members"
    key = "none"
    size = 1000
    sha256 = "0" * 64
    pages = 3


class PackCopyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PackCopy

    edition = factory.SelfAttribute("file.edition")
    file = factory.SubFactory(PackFileFactory)
    person = factory.SubFactory(PersonFactory)
    name = factory.SelfAttribute("person.name")
    sent_at = WHEN


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Decision

    item = factory.SubFactory(AgendaItemFactory)
    meeting = factory.SelfAttribute("item.meeting")
    board = factory.SelfAttribute("meeting.board")
    year = factory.LazyAttribute(lambda o: financial_year(o.meeting.day))
    number = factory.LazyAttribute(lambda o: o.board.decisions.filter(year=o.year).count() + 1)
    kind = "approved"
    text = "The board approves the plan."
    taken_at = WHEN
    quorate = True


class SummaryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Summary

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.LazyAttribute(lambda o: o.meeting.summaries.count() + 1)
    circulated_at = WHEN
    circulated_by = "Somebody"


class BoardActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.BoardAction

    item = factory.SubFactory(AgendaItemFactory)
    meeting = factory.SelfAttribute("item.meeting")
    board = factory.SelfAttribute("meeting.board")
    year = factory.LazyAttribute(lambda o: financial_year(o.meeting.day))
    number = factory.LazyAttribute(lambda o: o.board.board_actions.filter(year=o.year).count() + 1)
    text = "Write to the landlord."
    owner_post = factory.SubFactory(PostFactory)
    raised_at = WHEN
    original_due = due = dt.date(2022, 3, 1)


class MinutesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Minutes

    meeting = factory.SubFactory(MeetingFactory)


class ReferralFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Referral

    kind = "recommendation"
    from_board = factory.SubFactory(BoardFactory)
    year = "2021-22"
    number = factory.LazyAttribute(lambda o: o.from_board.referrals_sent.filter(year=o.year).count() + 1)
    title = factory.Sequence(lambda n: f"Referral {n}")
    text = "That the estate is reviewed."
    sent_at = WHEN
    sent_by = "Somebody"


class ReferralStopFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ReferralStop

    referral = factory.SubFactory(ReferralFactory)
    number = factory.LazyAttribute(lambda o: o.referral.stops.count() + 1)
    board = factory.SubFactory(BoardFactory)


class QuarterlyNoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.QuarterlyNote

    from_board = factory.SubFactory(BoardFactory)
    to_board = factory.SubFactory(BoardFactory)
    starts, ends = dt.date(2021, 10, 1), dt.date(2021, 12, 31)
    number = factory.LazyAttribute(lambda o: o.from_board.notes_sent.filter(to_board=o.to_board).count() + 1)
    body = factory.LazyFunction(lambda: {"label": "Q3 2021-22", "decisions": [], "sent": [], "received": []})
    issued_at = WHEN
    issued_by = "Somebody"
