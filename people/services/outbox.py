"""Mail: written to the outbox with the act that caused it, sent once that act is committed."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from kit import clock
from people.models import Message, Person

log = logging.getLogger(__name__)


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


def _send(pk: int) -> None:
    message = Message.objects.get(pk=pk)
    try:
        send_mail(message.subject, message.body, None, [message.to_email])
    except OSError as error:  # smtplib's errors are OSErrors; the mail stays in the outbox with what went wrong
        log.warning("Message %s was not sent: %s", pk, error)
        Message.objects.filter(pk=pk).update(problem=str(error)[:250] or type(error).__name__)
        return
    Message.objects.filter(pk=pk).update(sent_at=clock.now())
