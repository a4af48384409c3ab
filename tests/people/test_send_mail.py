"""`send_mail_waiting`: what stayed in the outbox is sent once, what fails is tried again later, runs may overlap."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from smtplib import SMTPServerDisconnected
from threading import Event

import pytest
from django.core.management import call_command
from django.db import connection

from kit import clock
from people.models import Message
from people.services import outbox
from tests.factories.people import MessageFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2022, 1, 19, 9, 0, tzinfo=dt.UTC)


def run(minutes: int = 0) -> str:
    said = StringIO()
    with clock.standing_at(NOW + dt.timedelta(minutes=minutes)):
        call_command("send_mail_waiting", stdout=said)
    return said.getvalue().strip()


@pytest.fixture
def broken(monkeypatch):
    """broken(error, to=None): sending fails from now on, for all or for one address; broken(None) mends it."""
    send = outbox.send_mail

    def break_(error, to=None):
        def fails(subject, body, sender, addresses):
            if error is not None and to in (None, addresses[0]):
                raise error
            return send(subject, body, sender, addresses)

        monkeypatch.setattr(outbox, "send_mail", fails)

    return break_


def test_what_a_killed_worker_left_is_sent_once(mailoutbox):
    message = MessageFactory(to_email="pat@stride.example")
    assert run() == "1 sent, 0 failed, 0 waiting."
    assert run(60) == "No mail waits."
    assert [mail.to for mail in mailoutbox] == [["pat@stride.example"]]
    message.refresh_from_db()
    assert clock.local_date(message.sent_at) == NOW.date()
    assert (message.failed_tries, message.problem) == (0, "")


def test_what_has_gone_and_what_cannot_go_is_left_alone(mailoutbox):
    MessageFactory(sent_at=dt.datetime(2022, 1, 4, 9, 1, tzinfo=dt.UTC))
    MessageFactory(to_email="", problem="No e-mail address is known.")
    assert run() == "No mail waits."
    assert not mailoutbox


def test_a_failure_is_counted_says_why_and_is_tried_later(mailoutbox, broken):
    message = MessageFactory()
    broken(ConnectionRefusedError("Connection refused"))
    assert run() == "0 sent, 1 failed, 1 waiting."
    assert run(1) == "0 sent, 0 failed, 1 waiting."  # not due yet
    assert run(2) == "0 sent, 1 failed, 1 waiting."
    assert run(5) == "0 sent, 0 failed, 1 waiting."
    message.refresh_from_db()
    assert (message.failed_tries, message.problem, message.sent_at) == (2, "Connection refused", None)
    broken(None)
    assert run(6) == "1 sent, 0 failed, 0 waiting."
    message.refresh_from_db()
    assert (message.failed_tries, message.problem, message.next_try_at) == (2, "", None)
    assert len(mailoutbox) == 1


def test_the_pause_grows_to_an_hour(broken):
    message = MessageFactory(failed_tries=40)
    broken(OSError("down"))
    run()
    message.refresh_from_db()
    assert clock.local_date(message.next_try_at) == NOW.date()
    assert run(59) == "0 sent, 0 failed, 1 waiting."
    assert run(60) == "0 sent, 1 failed, 1 waiting."


@pytest.mark.parametrize("error", [SMTPServerDisconnected("bye"), ValueError("odd address"), UnicodeError("é")])
def test_one_bad_address_does_not_hold_up_the_others(mailoutbox, broken, error):
    MessageFactory(to_email="bad@stride.example")
    MessageFactory(to_email="good@stride.example")
    broken(error, to="bad@stride.example")
    assert run() == "1 sent, 1 failed, 1 waiting."
    assert [mail.to for mail in mailoutbox] == [["good@stride.example"]]


def test_a_server_that_is_down_is_not_asked_for_every_mail(broken):
    MessageFactory.create_batch(7)
    broken(TimeoutError("timed out"))
    assert run() == "0 sent, 5 failed, 7 waiting."
    assert run(1) == "0 sent, 2 failed, 7 waiting."


def test_the_demonstration_sends_none(mailoutbox, settings):
    settings.DEMONSTRATION = True
    MessageFactory()
    assert run() == "0 sent, 0 failed, 1 waiting."
    assert not mailoutbox


def test_a_mail_goes_with_the_act_that_caused_it(mailoutbox, broken, django_capture_on_commit_callbacks):
    person = PersonFactory(email="pat@stride.example")
    context = {"pairs": []}
    with django_capture_on_commit_callbacks(execute=True):
        outbox.queue(to=person, kind="chase_several", context=context)
    assert len(mailoutbox) == 1
    broken(OSError("Connection refused"))
    with django_capture_on_commit_callbacks(execute=True):
        outbox.queue(to=person, kind="chase_several", context=context)
    failed = Message.objects.get(sent_at__isnull=True)
    assert (failed.problem, failed.failed_tries) == ("Connection refused", 1)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_each_mail_once(monkeypatch):
    """The second run starts while the first is still talking to the mail server about the first mail."""
    slow, quick = MessageFactory(to_email="slow@stride.example"), MessageFactory(to_email="quick@stride.example")
    talking, go_on, sent = Event(), Event(), []

    def send(subject, body, sender, addresses):
        sent.append(addresses[0])
        if addresses == [slow.to_email]:
            talking.set()
            assert go_on.wait(20)

    monkeypatch.setattr(outbox, "send_mail", send)

    def first() -> outbox.Sending:
        try:
            return outbox.send_waiting()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(first)
        assert talking.wait(20)
        second = outbox.send_waiting()
        go_on.set()
        finished = running.result(timeout=20)
    assert (second.sent, second.failed) == (1, 0)
    assert (finished.sent, finished.failed, finished.waiting) == (1, 0, 0)
    assert sent == [slow.to_email, quick.to_email]
    assert not Message.objects.waiting().exists()
