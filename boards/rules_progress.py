"""Which rounds can be reported on to a board."""

from commitments.choices import StrategyState
from kit.verdict import ALLOWED, Verdict, refused
from monitoring.choices import RoundState
from monitoring.models import ReportingRound


def may_report_on(round: ReportingRound) -> Verdict:
    """A round that was opened, of a strategy that is not a draft: its readers may see both."""
    if round.state == RoundState.PLANNED:
        return refused(f"{round} is not open yet, so that there is nothing to report.")
    if round.strategy.state == StrategyState.DRAFT:
        return refused(f"{round.strategy} is a draft, which not everybody may read.")
    return ALLOWED
