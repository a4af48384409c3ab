"""What the measure pages read: measures in reach with their figures, whom they belong to, and what is due of them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, QuerySet

from commitments.models import Commitment, Group, Measure
from commitments.querysets import SEE_DRAFTS
from commitments.targets import Verdict
from kit.periods import Period
from monitoring.models import ExpectedFigure
from monitoring.queries.books import LEAN, WITH_RECORD, OpenBook, book_of, with_record
from monitoring.queries.measures import Judged, status_of
from monitoring.rules_observations import periods_due
from monitoring.services.observations import STANDING, groups_asked
from people.actor import Actor
from people.models import Post, Tenure
from people.queries import holders_on


@dataclass(frozen=True)
class Line:
    """A measure in reach. `measure` has the commitments that the actor sees, `book` its figures."""

    measure: Measure
    book: OpenBook
    holders: dict[int, Tenure]
    on: dt.date

    @property
    def commitments(self) -> list[Commitment]:
        return list(self.measure.commitments.all())

    @property
    def posts(self) -> list[Post]:
        """The posts that give its figures: its owner, else the leads of its commitments."""
        if self.measure.owner_post_id is not None:
            return [self.measure.owner_post]
        leads = {each.lead_post_id: each.lead_post for each in self.commitments if each.strategy.state in STANDING}
        return sorted(leads.values(), key=lambda post: post.title)

    @cached_property
    def judged(self) -> list[Judged]:
        return self.book.judged(self.on)

    @property
    def verdict(self) -> Verdict | None:
        """The worst of its targets; none where no machine reads any."""
        return status_of(self.judged).verdict

    @cached_property
    def due(self) -> list[tuple[Period, Group | None]]:
        """Figures that should be there by the day and are not, oldest first. As services.observations.due_from."""
        starts = [each.strategy.starts for each in self.commitments if each.strategy.state in STANDING]
        if not starts:
            return []
        there = {(row.period_starts, row.group_id) for row in self.book.observations if not row.withdrawn}
        return [
            (period, group)
            for period in periods_due(self.measure.cadence, min(starts), self.on)
            for group in groups_asked(self.book.measure)
            if (period.starts, group.pk if group else None) not in there
        ]

    def expected(self, period: Period, group: Group | None) -> ExpectedFigure | None:
        """What was said of a figure that is not available yet; none when nothing was."""
        return self.book.expected.get((period.starts, period.ends, group.pk if group else None))


@dataclass(frozen=True)
class Due:
    """One figure that is due, and one of the posts that it is due from."""

    line: Line
    period: Period
    group: Group | None
    post: Post

    @property
    def holder(self) -> Tenure | None:
        return self.line.holders.get(self.post.pk)

    @property
    def expected(self) -> ExpectedFigure | None:
        """When it is expected, where somebody said so."""
        return self.line.expected(self.period, self.group)

    @property
    def since(self) -> dt.date:
        """The first day on which it could have been recorded."""
        return self.period.ends + dt.timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.line.on - self.since).days


def reachable(actor: Actor) -> QuerySet[Measure]:
    """Measures of the commitments the actor sees; those of none for the ones who keep or check the plan."""
    if actor.has(*SEE_DRAFTS):
        return Measure.objects.all()
    return Measure.objects.filter(commitments__in=Commitment.objects.visible_to(actor)).distinct()


def lines(actor: Actor, on: dt.date) -> list[Line]:
    """Every measure in reach. Three queries."""
    return _lines(with_record(_with_commitments(reachable(actor), actor), fields=LEAN).order_by("title"), on)


def line_of(actor: Actor, code: str, on: dt.date) -> Line | None:
    """One measure with the whole record of its figures; none when it is out of reach. Three queries."""
    found = _lines(with_record(_with_commitments(reachable(actor), actor), fields=WITH_RECORD).filter(code=code), on)
    return found[0] if found else None


def of_commitment(commitment: Commitment, on: dt.date) -> list[Line]:
    """The measures of a commitment, in their order, with all commitments they support. Three queries."""
    commitments = Commitment.objects.select_related("strategy", "programme", "lead_post").order_by("number")
    measures = Measure.objects.filter(commitment_measures__commitment=commitment).order_by(
        "commitment_measures__order", "commitment_measures__pk"
    )
    measures = measures.select_related("owner_post").prefetch_related(Prefetch("commitments", commitments))
    return _lines(with_record(measures), on)


def due(lines_: Iterable[Line]) -> list[Due]:
    """What is due from whom, the longest first. No query."""
    found = [Due(line, period, group, post) for line in lines_ for period, group in line.due for post in line.posts]
    return sorted(found, key=lambda each: (each.period.ends, each.line.measure.title, each.post.title))


def _with_commitments(measures: QuerySet[Measure], actor: Actor) -> QuerySet[Measure]:
    commitments = (
        Commitment.objects.visible_to(actor)
        .select_related("strategy", "programme", "lead_post", "overseer_post")
        .order_by("strategy", "number")
    )
    return measures.select_related("owner_post", "dimension").prefetch_related(Prefetch("commitments", commitments))


def _lines(measures: QuerySet[Measure], on: dt.date) -> list[Line]:
    found = list(measures)
    posts = {each.owner_post_id for each in found if each.owner_post_id}
    posts |= {commitment.lead_post_id for each in found for commitment in each.commitments.all()}
    holders = holders_on(posts, on) if posts else {}
    return [Line(measure, book_of(measure), holders, on) for measure in found]
