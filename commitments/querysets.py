"""Reach: which strategies and commitments an actor may see."""

from django.db import models
from django.db.models import Count, Q

from people.actor import Actor
from people.models import Role

# Those who keep the plan, and those who check it, also see what is not approved yet.
SEE_DRAFTS = (Role.ADMINISTRATOR, Role.STRATEGY_TEAM, Role.AUDITOR)


class StrategyQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "StrategyQuerySet":
        """All strategies for those who keep or check the plan; everybody else sees the approved ones."""
        return self if actor.has(*SEE_DRAFTS) else self.exclude(state="draft")

    def in_force(self) -> "StrategyQuerySet":
        return self.filter(state="in_force")

    def with_counts(self) -> "StrategyQuerySet":
        """Adds programme_count and commitment_count."""
        return self.annotate(
            programme_count=Count("programmes", distinct=True),
            commitment_count=Count("commitments", distinct=True),
        )


class CommitmentQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> "CommitmentQuerySet":
        """The commitments of the strategies that the actor sees."""
        return self if actor.has(*SEE_DRAFTS) else self.exclude(strategy__state="draft")

    def of_posts(self, post_ids) -> "CommitmentQuerySet":
        """Those led or overseen by one of the posts."""
        return self.filter(Q(lead_post__in=post_ids) | Q(overseer_post__in=post_ids))
