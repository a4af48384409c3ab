"""A strategy with two rounds, a measure whose groups are small, and a board that is told of the second round."""

import datetime as dt
from dataclasses import dataclass

import pytest

from boards.models import AgendaItem, Board, ItemProgress, Meeting
from commitments.models import Commitment, Measure, Strategy
from kit import clock
from monitoring.models import ReportingRound
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory, MembershipFactory
from tests.factories.commitments import CommitmentMeasureFactory, ShareFactory, TargetFactory
from tests.factories.monitoring import ObservationFactory, close_round, open_round, play

TODAY = dt.date(2022, 1, 19)
Q1, Q2, Q3 = dt.date(2021, 4, 1), dt.date(2021, 7, 1), dt.date(2021, 10, 1)


@dataclass
class Told:
    """What a progress report is made from."""

    strategy: Strategy
    first: Commitment
    second: Commitment
    before: ReportingRound
    round: ReportingRound
    measure: Measure
    board: Board
    meeting: Meeting
    item: AgendaItem
    progress: ItemProgress


@pytest.fixture
def told(plan, lead, overseer, member, member_post) -> Told:
    """In Q3 the first commitment is amber with an overseer who says red, and off track; the second has no return."""
    measure = ShareFactory(code="trained", title="Officers trained")
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    TargetFactory(measure=measure, wording="At least 80%.", kind="reach_level", params={"at_least": "80"})
    for about, value in ((Q1, 40), (Q2, 41), (Q3, 42)):
        ObservationFactory(measure=measure, about=about, value=value)
    before = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, before, rating="green")
    play(plan.second, before, rating="green")
    close_round(before)
    round = open_round(plan.strategy, "Q3 2021-22")
    play(
        plan.first,
        round,
        on=TODAY,
        rating="amber",
        overseer_rating="red",
        comment="It is worse than it looks.",
        rating_reason="Two trainers left.",
        path_to_green="Both posts are advertised.",
        help_needed="A venue in the north.",
    )
    board = BoardFactory(slug="delivery", code="DB", title="Delivery Board")
    MembershipFactory(board=board, post=member_post)
    meeting = MeetingFactory(board=board)
    item = AgendaItemFactory(meeting=meeting, title="Progress")
    progress = ItemProgress.objects.create(item=item, round=round)
    return Told(plan.strategy, plan.first, plan.second, before, round, measure, board, meeting, item, progress)


@pytest.fixture
def now() -> dt.datetime:
    """The moment at which packs are built here."""
    return clock.now()
