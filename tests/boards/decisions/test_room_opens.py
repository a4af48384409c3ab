"""Which item the room opens by itself."""

import datetime as dt
from types import SimpleNamespace

import pytest

from boards.models import ItemRecord
from boards.presenters.room import first_to_take
from boards.queries.room import Room

LINES = [SimpleNamespace(seen=SimpleNamespace(item=SimpleNamespace(pk=key))) for key in (11, 12, 13)]
NOTED = {11: ItemRecord(item_id=11)}
RUNNING = {11: ItemRecord(item_id=11), 13: ItemRecord(item_id=13, started_at=dt.datetime(2022, 1, 19, tzinfo=dt.UTC))}


@pytest.mark.parametrize(
    ("records", "confirmed", "opens"),
    [(NOTED, False, 12), (NOTED, True, 11), (RUNNING, False, 13), (RUNNING, True, 11), ({}, True, 11)],
)
def test_it_opens_the_item_to_take_and_the_first_when_nothing_can_be_written(records, confirmed, opens):
    room = Room(records=records, decisions={}, actions={}, papers={}, confirmed=confirmed)
    assert first_to_take(LINES, room) == opens


def test_an_empty_agenda_opens_nothing():
    room = Room(records={}, decisions={}, actions={}, papers={}, confirmed=True)
    assert first_to_take([], room) is None
