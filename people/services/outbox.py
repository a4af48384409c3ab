"""Mail: written to the outbox with the act that caused it, sent when that is committed, tried again when it failed."""

import datetime as dt
import logging
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from kit import clock
from people.models import Message, Person

log = logging.getLogger(__name__)

LONGEST_PAUSE = dt.timedelta(hours=1)
MANY_IN_A_ROW = 5  # then it is the mail server that fails, not one address


@dataclass(frozen=True)
class Sending:
    """What one run did, as counts of mails. `waiting` are those that were left for a later run."""

    sent: int
    failed: int
    waiting: int


def queue(*, to: Person, kind: str, context: dict) -> Message:
    """Write a mail from templates/mail/<kind>-subject.txt and <kind>-text.txt; it is sent when the transaction commits.

    A person without an address gets the message in the outbox, marked as not sendable.
    """
    context = {"to": to, "service_name": settings.SERVICE_NAME, "public_url": settings.PUBLIC_URL, **context}
    message = Message.objects.create(
        to=to,
        to_name=to.name,
        to_email=to.email,
        kind=kind,
        subject=" ".join(render_to_string(f"mail/{kind}-subject.txt", context).split())[:250],
        body=render_to_string(f"mail/{kind}-text.txt", context).strip() + "\n",
        queued_at=clock.now(),
        problem="" if to.email else "No e-mail address is known.",
    )
    if to.email and not settings.DEMONSTRATION:
        transaction.on_commit(lambda: _send(message.pk), robust=True)
    return message


def send_waiting() -> Sending:
    """Send the mail that is due: never tried, because a worker was killed, or tried in vain some time ago.

    Each mail is locked while it is sent, and what another run has locked is passed over, so that runs may overlap.
    The demonstration sends none.
    """
    sent = failed = in_a_row = 0
    due = [] if settings.DEMONSTRATION else Message.objects.due(clock.now()).order_by("pk").values_list("pk", flat=True)
    for pk in list(due):
        gone = _send(pk)
        if gone is None:
            continue
        sent, failed = sent + gone, failed + (not gone)
        in_a_row = 0 if gone else in_a_row + 1
        if in_a_row == MANY_IN_A_ROW:
            break
    return Sending(sent, failed, Message.objects.waiting().count())


@transaction.atomic
def _send(pk: int) -> bool | None:
    """Whether it went; None when there was nothing to do: it has gone, is not due, or is being sent by another."""
    now = clock.now()
    message = Message.objects.due(now).select_for_update(skip_locked=True).filter(pk=pk).first()
    if message is None:
        return None
    try:
        send_mail(message.subject, message.body, None, [message.to_email])
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors; an address no mail can have is a ValueError
        log.warning("Message %s was not sent: %s", pk, error)
        message.failed_tries += 1
        message.problem = str(error)[:250] or type(error).__name__
        message.next_try_at = now + min(dt.timedelta(minutes=2 ** min(message.failed_tries, 6)), LONGEST_PAUSE)
        message.save(update_fields=["failed_tries", "problem", "next_try_at"])
        return False
    message.sent_at, message.problem, message.next_try_at = clock.now(), "", None
    message.save(update_fields=["sent_at", "problem", "next_try_at"])
    return True
