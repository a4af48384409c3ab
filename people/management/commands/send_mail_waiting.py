"""For the scheduler, every minute: sends the mail that a killed worker or a mail server that was down left behind."""

from django.core.management.base import BaseCommand

from people.services import outbox


class Command(BaseCommand):
    help = "Send the mail in the outbox that has not gone yet. It may run twice at a time."

    def handle(self, **options) -> None:
        done = outbox.send_waiting()
        if done.sent or done.failed or done.waiting:
            self.stdout.write(f"{done.sent} sent, {done.failed} failed, {done.waiting} waiting.")
        else:
            self.stdout.write("No mail waits.")
