"""Rounds and returns. Factories make rows as they are told; `open_round`, `play` and `close_round` use the services.

    q2 = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, q2, rating="amber")                       # signed off by the overseer, who agrees
    play(plan.second, q2, until="submitted")
    close_round(q2)

Posts that nobody holds get a holder who can sign in; a test that needs the cast's own asks for `lead` and `overseer`
before it plays.
"""

import datetime as dt
from typing import Any

import factory

from commitments.models import Commitment, Strategy
from kit import clock
from kit.periods import period_holding
from monitoring.choices import SECTIONS, Cycle
from monitoring.models import ExpectedFigure, Observation, ProgressReturn, ReportingRound, ReturnVersion
from monitoring.services import returns, rounds
from people.actor import Actor, actor_for
from people.models import Post, Role, Tenure, User

from .commitments import CommitmentFactory, MeasureFactory, StrategyFactory
from .people import TenureFactory, UserFactory

LONG_AGO = dt.date(2010, 4, 1)
GREEN = {
    "done": "We did what we planned.",
    "difference": "People tell us that it helps.",
    "lifecycle": "in_progress",
    "rating": "green",
    "outlook": "same",
    "next_steps": "The next part starts.",
    "expected_on": dt.date(2025, 3, 31),
    "risks": "None that is new.",
}
# What amber and red, paused and stopped, and a moved date ask for.
FOLLOW_UPS = {
    "rating_reason": "Two posts are empty.",
    "path_to_green": "Both are advertised.",
    "green_by": dt.date(2022, 6, 30),
    "help_needed": "None.",
    "date_reason": "The supplier is late.",
}


class ReportingRoundFactory(factory.django.DjangoModelFactory):
    """Planned, about Q3 2021-22, filled in during January 2022 (the test clock stands at the 19th)."""

    class Meta:
        model = ReportingRound

    class Params:
        about = dt.date(2021, 10, 1)

    strategy = factory.SubFactory(StrategyFactory)
    cycle = Cycle.QUARTERLY
    label = factory.LazyAttribute(lambda row: period_holding(row.about, row.cycle).label)
    period_starts = factory.LazyAttribute(lambda row: period_holding(row.about, row.cycle).starts)
    period_ends = factory.LazyAttribute(lambda row: period_holding(row.about, row.cycle).ends)
    opens_on = factory.LazyAttribute(lambda row: row.period_ends + dt.timedelta(days=4))
    due_on = factory.LazyAttribute(lambda row: row.opens_on + dt.timedelta(days=21))
    closes_on = factory.LazyAttribute(lambda row: row.due_on + dt.timedelta(days=6))


class ProgressReturnFactory(factory.django.DjangoModelFactory):
    """Not started. A commitment given without a round brings its strategy along."""

    class Meta:
        model = ProgressReturn

    commitment = factory.SubFactory(CommitmentFactory)
    round = factory.SubFactory(ReportingRoundFactory, strategy=factory.SelfAttribute("..commitment.strategy"))


class ReturnVersionFactory(factory.django.DjangoModelFactory):
    """A draft's first version. Set the return's state and version_number to match."""

    class Meta:
        model = ReturnVersion

    progress_return = factory.SubFactory(ProgressReturnFactory)
    number = 1


class ObservationFactory(factory.django.DjangoModelFactory):
    """An actual count for Q2 2021-22, entered in October. Give `about=` for another quarter, `measure=` for its kind.

    Goes round the service: a revision needs `revision=` and `reason=`.
    """

    class Meta:
        model = Observation

    class Params:
        about = dt.date(2021, 7, 1)

    measure = factory.SubFactory(MeasureFactory)
    unit_kind = factory.SelfAttribute("measure.unit_kind")
    period_starts = factory.LazyAttribute(lambda row: period_holding(row.about, row.measure.cadence).starts)
    period_ends = factory.LazyAttribute(lambda row: period_holding(row.about, row.measure.cadence).ends)
    version = factory.LazyAttribute(lambda row: row.measure.version_on(row.period_ends))
    value = 10
    entered_at = dt.datetime(2021, 10, 5, 9, 0, tzinfo=dt.UTC)
    by_name = "A. Person"


class ExpectedFigureFactory(factory.django.DjangoModelFactory):
    """Q2 2021-22 of the whole, expected in March 2022."""

    class Meta:
        model = ExpectedFigure

    measure = factory.SubFactory(MeasureFactory)
    period_starts = dt.date(2021, 7, 1)
    period_ends = dt.date(2021, 9, 30)
    expected_on = dt.date(2022, 3, 1)
    at = dt.datetime(2021, 10, 5, 9, 0, tzinfo=dt.UTC)
    by_name = "A. Person"


def open_round(strategy: Strategy, label: str = "Q3 2021-22", **days: Any) -> ReportingRound:
    """A quarterly round of the strategy, opened by the service on the day it opens. Label as "Q1 2021-22"."""
    quarter, year = int(label[1]), int(label[3:7])
    month = 3 * quarter + 1
    about = dt.date(year, month, 1) if month <= 12 else dt.date(year + 1, 1, 1)
    round = ReportingRoundFactory(strategy=strategy, about=about, **days)
    with clock.standing_at(round.opens_on):
        rounds.open_round(round=round, by=team_actor(round.opens_on), at=clock.now())
    round.refresh_from_db()
    return round


def close_round(round: ReportingRound) -> ReportingRound:
    """Closed by the service the day after its last."""
    on = round.closes_on + dt.timedelta(days=1)
    with clock.standing_at(on):
        rounds.close(round=round, by=team_actor(on), at=clock.now())
    round.refresh_from_db()
    return round


def play(
    commitment: Commitment,
    round: ReportingRound,
    *,
    until: str = "signed_off",
    on: dt.date | None = None,
    nil: bool = False,
    overseer_rating: str | None = None,
    comment: str = "",
    **answers: Any,
) -> ProgressReturn:
    """File a return through the real services, up to a state: draft, submitted, changes_requested or signed_off.

    It starts where the return is, so a draft can be played on, and a reopened one signed again. `answers` replace
    those of a green return; what amber, red or a moved date ask for is filled in. The overseer agrees unless told.
    """
    row = round.returns.get(commitment=commitment)
    on = on or round.opens_on + dt.timedelta(days=7)
    with clock.standing_at(on):
        at = clock.now()
        lead = actor_of_post(commitment.lead_post, on)
        if row.state != "submitted":
            if not nil:
                _write(row, {**GREEN, **answers}, lead, at)
            if until != "draft":
                returns.submit(progress_return=row, by=lead, at=at, nil=nil)
        overseer = actor_of_post(commitment.overseer_post, on)
        if until == "signed_off":
            version = row.versions.order_by("-number").first()
            rating = version.rating if overseer_rating is None else overseer_rating
            returns.sign_off(progress_return=row, rating=rating, comment=comment, by=overseer, at=at)
        elif until == "changes_requested":
            reasons = {"progress": comment or "Say how many."}
            returns.request_changes(progress_return=row, reasons=reasons, by=overseer, at=at)
    row.refresh_from_db()
    return row


def sign_off_rows(round: ReportingRound, *, leaving: int = 0, rating: str = "amber") -> None:
    """Rows of signed-off returns for the whole round but the last few, without the services: for tests of size."""
    user = User.objects.order_by("pk").first()
    rows = list(round.returns.select_related("commitment__lead_post", "commitment__overseer_post"))
    rows = rows[: len(rows) - leaving]
    at = clock.now()
    ReturnVersion.objects.bulk_create(
        ReturnVersion(
            progress_return=row,
            number=1,
            lifecycle="in_progress",
            rating=rating,
            rating_reason="Two posts are empty.",
            lead_post=row.commitment.lead_post,
            lead_post_title=row.commitment.lead_post.title,
            submitted_by=user,
            submitted_by_name="Lena Lead",
            submitted_at=at,
            overseer_post=row.commitment.overseer_post,
            overseer_post_title=row.commitment.overseer_post.title,
            overseer_name="Omar Overseer",
            overseer_rating="red",
            signed_off_by=UserFactory(),
            signed_off_at=at,
        )
        for row in rows
    )
    round.returns.filter(pk__in=[row.pk for row in rows]).update(
        version_number=1, state="signed_off", first_submitted_at=at
    )


def exempt(commitment: Commitment, round: ReportingRound, reason: str = "It starts next year.") -> ProgressReturn:
    """Exempted by the strategy team while the round is open."""
    row = round.returns.get(commitment=commitment)
    with clock.standing_at(round.opens_on):
        returns.exempt(progress_return=row, reason=reason, by=team_actor(round.opens_on), at=clock.now())
    row.refresh_from_db()
    return row


def reopen(row: ProgressReturn, reason: str = "A figure was wrong.", on: dt.date | None = None) -> ProgressReturn:
    """Reopened by the strategy team, a day after the round closes unless told."""
    on = on or row.round.closes_on + dt.timedelta(days=1)
    with clock.standing_at(on):
        returns.reopen(progress_return=row, reason=reason, by=team_actor(on), at=clock.now())
    row.refresh_from_db()
    return row


def let_in_late(row: ProgressReturn, until: dt.date, on: dt.date | None = None) -> ProgressReturn:
    """Let in by the strategy team, a day after the round closes unless told."""
    on = on or row.round.closes_on + dt.timedelta(days=1)
    with clock.standing_at(on):
        returns.let_in_late(
            progress_return=row, until=until, reason="The lead was ill.", by=team_actor(on), at=clock.now()
        )
    row.refresh_from_db()
    return row


def team_actor(on: dt.date) -> Actor:
    """Somebody of the strategy team: the one who is there, else a new one."""
    user = User.objects.filter(roles__contains=[Role.STRATEGY_TEAM]).order_by("pk").first()
    return actor_for(user or UserFactory(roles=[Role.STRATEGY_TEAM]), on)


def actor_of_post(post: Post, on: dt.date) -> Actor:
    """Whoever holds the post on the day. A post that nobody ever held gets a holder, else it gets one for the day."""
    tenure = Tenure.objects.holding_on(on).filter(post=post).select_related("person").first()
    if tenure is None:
        days = {"starts": on, "ends": on} if post.tenures.exists() else {"starts": LONG_AGO}
        tenure = TenureFactory(post=post, **days)
    person = tenure.person
    if person.user is None:
        person.user = UserFactory()
        person.save()
    return actor_for(person.user, on)


def _write(row: ProgressReturn, answers: dict[str, Any], lead: Actor, at: dt.datetime) -> None:
    version = returns.start(progress_return=row, by=lead, at=at)
    if answers["lifecycle"] != "in_progress":
        answers |= {"rating": "", "outlook": ""}
    answers = {**FOLLOW_UPS, **answers}
    if version.expected_was in (None, answers["expected_on"]):
        answers["date_reason"] = ""
    for section in SECTIONS:
        given = {name: answers[name] for name in section.fields if name in answers}
        returns.save_section(progress_return=row, section=section.slug, answers=given, seen="", by=lead, at=at)
