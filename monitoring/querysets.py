"""Reach: which rounds and returns an actor may see, and the filters that pages share."""

import datetime as dt

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from commitments.models import CommitmentMeasure
from commitments.querysets import SEE_DRAFTS
from people.actor import Actor
from people.models import Role

SEE_ALL_RETURNS = (Role.ADMINISTRATOR, Role.STRATEGY_TEAM, Role.SECRETARIAT, Role.AUDITOR)

# The acts after which somebody else has to move. An exemption taken back is none: the lead was asked at the opening.
HANDED_OVER = ("submitted", "submitted_nil", "changes_requested", "reopened", "let_in_late")


class ReportingRoundQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "ReportingRoundQuerySet":
        """Rounds of the strategies the actor sees; planned ones only for those who keep or check the plan."""
        if actor.has(*SEE_DRAFTS):
            return self
        return self.exclude(strategy__state="draft").exclude(state="planned")

    def filling_in_on(self, day: dt.date) -> "ReportingRoundQuerySet":
        """Open rounds whose window holds the day."""
        return self.filter(state="open", opens_on__lte=day, closes_on__gte=day)


class ProgressReturnQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "ProgressReturnQuerySet":
        """Everything for those who run or check the rounds; else one's own posts' returns and what is for everybody.

        For everybody is what was signed off, that a return was missed, and why one is exempt; never a draft's words.
        """
        if actor.has(*SEE_ALL_RETURNS):
            return self
        from monitoring.models import ReturnVersion

        posts = set(actor.speaks_for)
        # Not a join to the versions: that asks for DISTINCT, and takes ten times as long to plan.
        signed = ReturnVersion.objects.filter(progress_return=OuterRef("pk"), signed_off_at__isnull=False).order_by()
        return self.exclude(commitment__strategy__state="draft").filter(
            Q(commitment__lead_post__in=posts)
            | Q(commitment__overseer_post__in=posts)
            | Q(state__in=["signed_off", "exempt"])
            | Q(missed=True)
            | Exists(signed)
        )

    def current(self) -> "ProgressReturnQuerySet":
        """With the round, commitment and posts of every list, and `current_versions`: the newest one or none."""
        from monitoring.models import ReturnVersion

        return self.select_related(
            "round",
            "commitment__strategy",
            "commitment__programme",
            "commitment__lead_post",
            "commitment__overseer_post",
        ).prefetch_related(
            Prefetch(
                "versions",
                queryset=ReturnVersion.objects.filter(number=F("progress_return__version_number")),
                to_attr="current_versions",
            )
        )

    def with_waiting(self) -> "ProgressReturnQuerySet":
        """Adds handed_over_at (when it last passed between lead, overseer and team) and last_chased_at."""
        from monitoring.models import ReturnAct

        def last(*verbs: str) -> Subquery:
            acts = ReturnAct.objects.filter(progress_return=OuterRef("pk"), verb__in=verbs).order_by()
            return Subquery(acts.values("progress_return").annotate(last=Max("at")).values("last"))

        return self.annotate(handed_over_at=last(*HANDED_OVER), last_chased_at=last("chased"))


class ObservationQuerySet(models.QuerySet):
    """One figure has one row for each revision. Null groups (the whole) count as one group."""

    def visible_to(self, actor: Actor) -> "ObservationQuerySet":
        """All figures for those who keep or check the plan; else those of measures of an approved strategy."""
        if actor.has(*SEE_DRAFTS):
            return self
        return self.filter(
            Exists(
                CommitmentMeasure.objects.filter(measure=OuterRef("measure")).exclude(
                    commitment__strategy__state="draft"
                )
            )
        )

    def current(self) -> "ObservationQuerySet":
        """The newest revision of each figure."""
        return self.exclude(Exists(self._newer()))

    def as_known_on(self, moment: dt.datetime) -> "ObservationQuerySet":
        """The newest revision of each figure that had been entered by a moment."""
        known = self.filter(entered_at__lte=moment)
        return known.exclude(Exists(self._newer().filter(entered_at__lte=moment)))

    def _newer(self) -> "ObservationQuerySet":
        """Later revisions of the outer row's figure."""
        return (
            self.model.objects.annotate(of=Coalesce("group_id", 0))
            .filter(
                measure=OuterRef("measure"),
                period_starts=OuterRef("period_starts"),
                period_ends=OuterRef("period_ends"),
                of=Coalesce(OuterRef("group_id"), 0),
                revision__gt=OuterRef("revision"),
            )
            .order_by()
        )
