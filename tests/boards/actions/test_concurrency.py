"""Twenty writers at once: every number is given, once."""

import datetime as dt
import time

import pytest

from boards.models import BoardAction
from boards.services import board_actions as services
from kit import clock
from people.models import Message
from tests.monitoring.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 20


def test_twenty_writers_get_twenty_numbers(item, keeper, lead, lead_post, board):
    def write(number: int):
        return lambda: services.raise_action(
            item=item,
            text=f"Do part {number}.",
            owner_post=lead_post,
            due=dt.date(2022, 3, 1),
            by=keeper,
            at=clock.now(),
        )

    began = time.monotonic()
    done = at_once(*(write(number) for number in range(WRITERS)))
    assert [each for each in done if isinstance(each, Exception)] == []
    numbers = BoardAction.objects.filter(board=board).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, WRITERS + 1))
    assert Message.objects.count() == WRITERS
    assert time.monotonic() - began < 5


def test_two_who_close_the_same_action_close_it_once(action, keeper, meeting):
    def close():
        return services.close(action=action, meeting=meeting, because="Overtaken.", by=keeper, at=clock.now())

    done = at_once(close, close)
    assert sum(isinstance(each, Exception) for each in done) == 1
    assert action.acts.filter(verb="closed").count() == 1
