"""The rounds that a progress report can be drawn from."""

from commitments.choices import StrategyState
from monitoring.models import ReportingRound
from monitoring.queries.dashboard import opened_rounds
from people.actor import Actor


def rounds_to_report(actor: Actor) -> list[ReportingRound]:
    """Opened rounds of strategies that are no drafts, by strategy, newest first. One query."""
    found = opened_rounds(actor).exclude(strategy__state=StrategyState.DRAFT)
    return list(found.order_by("strategy__title", "-period_ends", "-pk"))
