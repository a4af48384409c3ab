"""For the scheduler, once a day: reminds the owners of actions that are overdue or due within 7 days."""

from django.core.management.base import BaseCommand

from boards.services import action_chasing
from kit import clock
from people.actor import Actor
from people.models import Role


class Command(BaseCommand):
    help = "Remind owners by mail of their board actions that are overdue or due within 7 days; nobody twice in a week."

    def handle(self, **options) -> None:
        by = Actor(user_id=None, on=clock.today(), name="STRIDE, on schedule", roles=frozenset({Role.SECRETARIAT}))
        done = action_chasing.chase(by=by, at=clock.now(), days=action_chasing.WEEKLY)
        for owner in done.owners:
            references = ", ".join(action.reference for action in owner.actions)
            self.stdout.write(f"Wrote to {owner.person.name}: {references}.")
        for person in done.already:
            self.stdout.write(f"{person.name} was reminded in the last 7 days already.")
        for post in done.vacant:
            self.stdout.write(f"{post.title} is vacant: nobody could be reminded.")
        if not (done.owners or done.already or done.vacant):
            self.stdout.write("No action is overdue or due within 7 days.")
