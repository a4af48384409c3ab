"""A plan and its parts. A child takes its parents' parents from the parent it is given, so they always agree."""

import datetime as dt

import factory

from commitments.choices import StrategyState
from commitments.models import (
    Commitment,
    CommitmentAct,
    CommitmentMeasure,
    Dimension,
    Group,
    Measure,
    Programme,
    Strand,
    Strategy,
    StrategyAct,
    Target,
)

from .people import PostFactory


class StrategyFactory(factory.django.DjangoModelFactory):
    """In force unless told otherwise."""

    class Meta:
        model = Strategy

    slug = factory.Sequence(lambda n: f"strategy-{n}")
    title = factory.Sequence(lambda n: f"Strategy {n}")
    starts = dt.date(2021, 4, 1)
    ends = dt.date(2025, 3, 31)
    state = StrategyState.IN_FORCE
    green_means = "On course."
    amber_means = "At risk, with a plan."
    red_means = "Off course."


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    strategy = factory.SubFactory(StrategyFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.LazyAttribute(lambda programme: f"Programme {programme.number}")


class StrandFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Strand

    programme = factory.SubFactory(ProgrammeFactory)
    number = factory.Sequence(lambda n: n + 1)
    title = factory.LazyAttribute(lambda strand: f"Strand {strand.number}")


class CommitmentFactory(factory.django.DjangoModelFactory):
    """Give `programme=`; for a new programme in a known strategy give `programme__strategy=`."""

    class Meta:
        model = Commitment

    programme = factory.SubFactory(ProgrammeFactory)
    strategy = factory.SelfAttribute("programme.strategy")
    number = factory.Sequence(lambda n: n + 1)
    title = factory.LazyAttribute(lambda commitment: f"Commitment {commitment.number}")
    statement = "We will do what we said."
    lead_post = factory.SubFactory(PostFactory)
    overseer_post = factory.SubFactory(PostFactory)


class DimensionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dimension

    code = factory.Sequence(lambda n: f"dimension-{n}")
    title = factory.Sequence(lambda n: f"Dimension {n}")
    whole = "all"


class GroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Group

    dimension = factory.SubFactory(DimensionFactory)
    code = factory.Sequence(lambda n: f"group-{n}")
    title = factory.Sequence(lambda n: f"Group {n}")
    order = factory.Sequence(lambda n: n + 1)


class MeasureFactory(factory.django.DjangoModelFactory):
    """A count, collected each quarter. The database makes its first definition."""

    class Meta:
        model = Measure

    code = factory.Sequence(lambda n: f"measure-{n}")
    title = factory.Sequence(lambda n: f"Measure {n}")


class ShareFactory(MeasureFactory):
    """A percentage, with its numerator and denominator, collected each quarter."""

    unit_kind = "share"
    unit = "per cent"
    decimals = 1
    over_time = "ratio_of_sums"


class CommitmentMeasureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CommitmentMeasure

    commitment = factory.SubFactory(CommitmentFactory)
    measure = factory.SubFactory(MeasureFactory)
    order = 1


class TargetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Target

    code = factory.Sequence(lambda n: f"target-{n}")
    measure = factory.SubFactory(MeasureFactory)
    wording = "At least 90 per cent by March 2025."


class StrategyActFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StrategyAct

    strategy = factory.SubFactory(StrategyFactory)
    verb = "approved"
    from_state = "draft"
    to_state = "approved"
    at = dt.datetime(2021, 3, 1, 10, 0, tzinfo=dt.UTC)
    by_name = "A. Person"


class CommitmentActFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CommitmentAct

    commitment = factory.SubFactory(CommitmentFactory)
    verb = "completed"
    from_state = "in_progress"
    to_state = "complete"
    at = dt.datetime(2021, 9, 1, 10, 0, tzinfo=dt.UTC)
    by_name = "A. Person"
