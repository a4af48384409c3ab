"""What is recorded after the minutes went out stands among their corrections, with both texts."""

import datetime as dt

import pytest

from boards.queries.minutes import body_of
from boards.services import board_actions, decisions
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
