"""Who held what, when. Every page and rule asks here, so that all agree."""

import datetime as dt

from django.db import models
from django.db.models import Case, IntegerField, OuterRef, Prefetch, Q, Subquery, Value, When

# Acting cover overlaps a substantive tenure and takes precedence (DESIGN, section 4).
PRECEDENCE = Case(
    When(basis="acting", then=Value(0)),
    When(basis="temporary", then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def lasting_on(day: dt.date) -> Q:
    """The rows whose days, first and last included, hold the day."""
    return Q(starts__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))


class TenureQuerySet(models.QuerySet):
    def lasting_on(self, day: dt.date) -> "TenureQuerySet":
        """All tenures of the day, covered substantive ones included, the one that counts first for each post."""
        return self.filter(lasting_on(day)).order_by("post_id", PRECEDENCE, "-starts", "-id")

    def holding_on(self, day: dt.date) -> "TenureQuerySet":
        """One tenure for each post that has a holder on the day: acting, else temporary, else substantive."""
        first = (
            self.model.objects.filter(lasting_on(day), post=OuterRef("post"))
            .order_by(PRECEDENCE, "-starts", "-id")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(first))


class DelegationQuerySet(models.QuerySet):
    def lasting_on(self, day: dt.date) -> "DelegationQuerySet":
        """The delegations of the day."""
        return self.filter(lasting_on(day))


class PostQuerySet(models.QuerySet):
    def existing_on(self, day: dt.date) -> "PostQuerySet":
        """The posts that were not abolished before the day."""
        return self.filter(Q(abolished_on__isnull=True) | Q(abolished_on__gte=day))

    def with_holder_on(self, day: dt.date) -> "PostQuerySet":
        """Each post with `holding`: a list of the one tenure that counts on the day, or none when it is vacant."""
        from people.models import Tenure

        return self.prefetch_related(
            Prefetch(
                "tenures",
                queryset=Tenure.objects.holding_on(day).select_related("person"),
                to_attr="holding",
            )
        )


class MessageQuerySet(models.QuerySet):
    def waiting(self) -> "MessageQuerySet":
        """Mail that can be sent and has not gone."""
        return self.filter(sent_at__isnull=True).exclude(to_email="")

    def due(self, now: dt.datetime) -> "MessageQuerySet":
        """Waiting mail whose next try is not later than now."""
        return self.waiting().filter(Q(next_try_at__isnull=True) | Q(next_try_at__lte=now))
