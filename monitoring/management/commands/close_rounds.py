"""For the scheduler, once a day: closes the open rounds whose last day has passed."""

from django.core.management.base import BaseCommand

from kit import clock
from kit.verdict import Refusal
from monitoring.choices import RoundState
from monitoring.models import ReportingRound
from monitoring.presenters.days import many
from monitoring.services import rounds
from people.actor import Actor
from people.models import Role


class Command(BaseCommand):
    help = "Close the open rounds whose last day has passed; what was not submitted is recorded as missing."

    def handle(self, **options) -> None:
        on = clock.today()
        by = Actor(user_id=None, on=on, name="STRIDE, on schedule", roles=frozenset({Role.STRATEGY_TEAM}))
        due = ReportingRound.objects.filter(state=RoundState.OPEN, closes_on__lt=on).select_related("strategy")
        closed = 0
        for round in due.order_by("closes_on", "pk"):
            try:
                missing = rounds.close(round=round, by=by, at=clock.now())
            except Refusal as refusal:  # somebody closed it a moment ago
                self.stdout.write(f"{round}: {refusal.sentence}")
                continue
            closed += 1
            self.stdout.write(f"{round}: closed, {many(missing, 'return')} missing.")
        if not closed:
            self.stdout.write("No round to close.")
