"""The admin of the calendar: closures are kept there too, meetings and what belongs to them only read."""

import datetime as dt

import pytest
from django.urls import reverse

from boards import checks
from boards.models import Closure, Meeting, MeetingAct
from boards.services import milestones
from kit import clock
from tests.factories.boards import DraftTermsFactory, MeetingFactory, approved

pytestmark = pytest.mark.django_db
LISTS = ("closure", "meeting", "meetingact", "milestone")


def some(count: int) -> list[Meeting]:
    made = []
    for number in range(count):
        terms = DraftTermsFactory()
        terms.service_levels.create(product="papers", quantity=5, direction="before", anchor="meeting_start")
        meeting = MeetingFactory(board=approved(terms).board, on=dt.date(2022, 2, 1 + number))
        MeetingAct.objects.create(meeting=meeting, verb="added", at=clock.now(), by_name="Sana")
        Closure.objects.create(board=meeting.board, label="Move", starts=meeting.day, ends=meeting.day)
        made.append(meeting)
    milestones.refresh(meetings=made, at=clock.now())
    return made


@pytest.mark.parametrize("count", [1, 12])
@pytest.mark.parametrize(("name", "queries"), [("closure", 11), ("meeting", 11), ("meetingact", 11), ("milestone", 10)])
def test_lists_ask_as_much_for_many_as_for_one(client_as, name, queries, count, django_assert_num_queries):
    some(count)
    client = client_as("admin")
    with django_assert_num_queries(queries):
        assert client.get(reverse(f"admin:boards_{name}_changelist")).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_searched(client_as, name):
    [meeting] = some(1)
    url = reverse(f"admin:boards_{name}_changelist")
    assert b"1 " in client_as("admin").get(url, {"q": meeting.board.title}).content


def test_a_meeting_is_only_read(client_as):
    [meeting] = some(1)
    client = client_as("admin")
    assert client.get(reverse("admin:boards_meeting_add")).status_code == 403
    assert client.post(reverse("admin:boards_meeting_change", args=[meeting.pk]), {"place": "x"}).status_code == 403


def test_a_command_warns_a_year_before_bank_holidays_end(settings):
    assert checks.bank_holidays(None) == []
    settings.STRIDE_TODAY = dt.date(2028, 1, 1)
    [warning] = checks.bank_holidays(None)
    assert "Update STRIDE before then" in warning.msg
