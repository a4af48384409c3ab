"""Boards are locked first, in the order of their keys: referrals and meetings then never wait for each other."""

import contextlib
import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.models import Meeting
from boards.services import calendar, referrals
from boards.services.meetings import hold
from kit import clock
from kit.verdict import Refusal
from tests.boards.referrals.conftest import here, on
from tests.factories.boards import MeetingFactory

pytestmark = pytest.mark.django_db

LOCKED = re.compile(r'FROM "(boards_\w+)".* FOR (?:NO KEY )?UPDATE')


def locked_by(act) -> list[str]:
    """The tables whose rows were locked, in turn, also by a verb that refuses in the end."""
    with CaptureQueriesContext(connection) as asked, contextlib.suppress(Refusal):
        act()
    return [found[1] for query in asked if (found := LOCKED.search(query["sql"]))]


def _add(boards, sana):
    starts = dt.datetime(2022, 6, 7, 9, 0, tzinfo=dt.UTC)
    row = Meeting(board=boards["decides"], starts_at=starts, ends_at=starts + dt.timedelta(hours=2))
    return calendar.add(meeting=row, by=sana, at=clock.now())


@pytest.mark.parametrize("verb", ["send", "receive", "put", "answer", "withdraw", "note", "bring_back"])
def test_every_verb_of_a_referral_locks_the_boards_first(verb, send, answer, boards, item, meetings, sana):
    sent = send() if verb != "send" else None
    later = MeetingFactory(board=boards["decides"], on=dt.date(2022, 5, 10))
    if verb in ("note", "bring_back"):
        answer(sent, "rejected", on(2, 9))
        sent.refresh_from_db()
    acts = {
        "send": send,
        "receive": lambda: referrals.receive(stop=here(sent), by=sana, at=clock.now()),
        "put": lambda: referrals.put(stop=here(sent), meeting=later, by=sana, at=clock.now()),
        "answer": lambda: answer(sent, "endorsed", on(2, 9)),
        "withdraw": lambda: referrals.withdraw(referral=sent, because="Overtaken.", by=sana, at=clock.now()),
        "note": lambda: referrals.note(referral=sent, meeting=meetings["advises"], by=sana, at=on(3, 2)),
        "bring_back": lambda: referrals.bring_back(referral=sent, by=sana, at=clock.now()),
    }
    found = locked_by(acts[verb])
    assert found[0] == "boards_board"
    assert set(found[1:]) & {"boards_meeting", "boards_referral"}


@pytest.mark.parametrize("verb", ["add", "accept", "cancel", "hold"])
def test_every_verb_that_frees_an_agenda_locks_the_board_first(verb, send, boards, meetings, sana):
    send()
    proposed = MeetingFactory(board=boards["decides"], on=dt.date(2022, 5, 10), state="proposed")
    acts = {
        "add": lambda: _add(boards, sana),
        "accept": lambda: calendar.accept(meetings=[proposed], by=sana, at=clock.now()),
        "cancel": lambda: calendar.cancel(meeting=meetings["decides"], reason="Strike.", by=sana, at=clock.now()),
        "hold": lambda: hold(meeting=meetings["decides"], by=sana, at=on(2, 9)),
    }
    assert locked_by(acts[verb])[0] == "boards_board"


def test_several_boards_are_locked_in_the_order_of_their_keys(boards, send):
    with CaptureQueriesContext(connection) as asked:
        send()
    first = next(query["sql"] for query in asked if LOCKED.search(query["sql"]))
    assert 'ORDER BY "boards_board"."id" ASC FOR NO KEY UPDATE' in first
    assert all(f"{board.pk}" in first for board in boards.values())
