"""What is recorded after the minutes went out stands among their corrections, with both texts."""

import datetime as dt

import pytest
from django.urls import reverse

from boards.models import ItemRecord
from boards.queries.minutes import body_of
from boards.services import board_actions, decisions, meetings
from tests.factories.people import PostFactory

pytestmark = pytest.mark.django_db


def test_what_comes_after_the_minutes_went_out_is_a_correction(circulated, items, keeper, now):
    assert body_of(circulated)["corrections"] == []
    at = now + dt.timedelta(hours=1)
    made = decisions.record(item=items[0], kind="noted", text="The damp was noted.", by=keeper, at=at)
    fix = {"because": "It is agreed.", "seen": decisions.token(made), "by": keeper, "at": at + dt.timedelta(hours=1)}
    decisions.correct(decision=made, kind="approved", text="The damp is to go.", **fix)
    made.refresh_from_db()
    decisions.withdraw(decision=made, because="Twice.", by=keeper, at=at + dt.timedelta(hours=2))
    owner = PostFactory(title="Head of Damp")
    due, at = dt.date(2022, 3, 1), at + dt.timedelta(hours=3)
    action = board_actions.raise_action(item=items[0], text="Dry it.", owner_post=owner, due=due, by=keeper, at=at)
    ref = made.reference
    noted, agreed = f"{ref}, noted: The damp was noted.", f"{ref}, approved: The damp is to go."
    found = [(each["was"], each["becomes"]) for each in body_of(circulated)["corrections"]]
    asked = f"{action.reference}: Dry it. Head of Damp."
    assert found == [("", noted), (noted, agreed), (agreed, ""), ("", asked)]


def test_once_the_minutes_are_out_the_room_offers_their_correction_for_the_note(
    circulated, items, secretariat, client_for
):
    client = client_for(secretariat)
    where = [circulated.meeting.board.slug, circulated.meeting.pk]
    page = client.get(f"{reverse('boards:room', args=where)}?item={items[0].pk}").content.decode()
    assert reverse("boards:minutes_correct", args=[*where, items[0].pk]) in page
    assert 'name="discussion"' not in page
    sent = {"discussion": "Other words."}
    answer = client.post(reverse("boards:item_record", args=[*where, items[0].pk]), sent)
    assert answer.status_code == 422
    assert "went out" in answer.content.decode()
    assert ItemRecord.objects.get(item=items[0]).discussion == "The roof leaks.\n\nIt is to be mended."


def test_a_second_press_sends_the_minutes_out_once(draft, later, keeper, now, secretariat, client_for):
    meetings.hold(meeting=draft.meeting, by=keeper, at=now)
    where = reverse("boards:minutes_circulate", args=[draft.meeting.board.slug, draft.meeting.pk])
    client = client_for(secretariat)
    client.post(where)
    assert "The minutes went out already." in client.post(where, follow=True).content.decode()
    assert draft.acts.filter(verb="circulated").count() == 1


def test_minutes_that_went_out_are_not_called_not_begun(circulated, client_as):
    where = reverse("boards:minutes", args=[circulated.meeting.board.slug, circulated.meeting.pk])
    page = client_as("viewer").get(where).content.decode()
    assert "Not confirmed yet" in page
    assert "Not begun" not in page
