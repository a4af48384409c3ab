"""Raising, moving, parking, reassigning, proposing, keeping open and closing, by their doors."""

import datetime as dt
import re

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, InternalError

from boards.models import BoardAction
from boards.services import board_actions as services
from kit import clock, stale
from kit.verdict import Refusal
from people.actor import actor_for
from people.models import Message
from tests.boards.actions.conftest import DUE
from tests.factories.boards import AgendaItemFactory, MeetingFactory
from tests.factories.people import PostFactory
from tests.factories.records import DecisionFactory, MinutesFactory

pytestmark = pytest.mark.django_db


def test_an_action_is_raised_with_the_next_number_and_the_names_of_the_day(raised, lead_post, member_post):
    first = raised(contributors=[member_post, lead_post])
    second = raised("Ask for a survey.")
    assert [first.reference, second.reference] == ["DB 2021-22/A001", "DB 2021-22/A002"]
    assert (first.owner_name, first.due, first.original_due) == ("Lena Lead", DUE, DUE)
    assert list(first.contributors.all()) == [member_post], "the owner does not contribute besides"
    act = first.acts.get()
    assert (act.verb, act.by_name, act.to_state) == ("raised", "Sana Secretariat", "open")


def test_its_owner_gets_a_mail_with_a_link_and_no_word_of_it(action, lead):
    message = Message.objects.get(kind="board_action_raised")
    assert message.to == lead.person
    assert "DB 2021-22/A001" in message.subject
    assert action.get_absolute_url() in message.body
    assert "landlord" not in message.body + message.subject
    assert "estate" not in message.body + message.subject


def test_a_vacant_owner_has_no_name_and_gets_no_mail(raised):
    assert raised(owner_post=PostFactory()).owner_name == ""
    assert not Message.objects.exists()


def test_numbers_start_again_with_the_year_and_the_board(raised, board):
    raised()
    later = AgendaItemFactory(meeting=MeetingFactory(board=board, on=dt.date(2021, 3, 1)))
    other = AgendaItemFactory(meeting=MeetingFactory(on=dt.date(2022, 1, 12)))
    assert raised(item=later).reference == "DB 2020-21/A001"
    assert raised(item=other).number == 1


def test_an_action_is_raised_from_the_day_of_the_meeting_until_its_minutes_are_confirmed(raised, coming, meeting, item):
    with pytest.raises(Refusal, match="on 8 February 2022"):
        raised(item=AgendaItemFactory(meeting=coming))
    confirm(meeting, item)
    with pytest.raises(Refusal, match="minutes of this meeting are confirmed"):
        raised()


def test_the_database_refuses_an_action_of_confirmed_minutes_too(action, meeting, item):
    confirm(meeting, item)
    copied = {f.attname: getattr(action, f.attname) for f in BoardAction._meta.concrete_fields if f.attname != "id"}
    with pytest.raises((InternalError, IntegrityError), match="confirmed"), transaction.atomic():
        BoardAction.objects.create(**copied | {"number": 2})


def test_an_action_belongs_to_the_meeting_of_its_item(action):
    elsewhere = AgendaItemFactory(meeting=MeetingFactory())
    with pytest.raises(IntegrityError, match="belongs to the meeting"), transaction.atomic(), connection.cursor() as db:
        db.execute("UPDATE boards_boardaction SET item_id = %s WHERE id = %s", [elsewhere.pk, action.pk])


def test_it_is_not_due_before_its_meeting_nor_of_another_meetings_decision(raised):
    with pytest.raises(Refusal, match="cannot be due before"):
        raised(due=dt.date(2022, 1, 10))
    with pytest.raises(Refusal, match="another meeting"):
        raised(decision=DecisionFactory())


@pytest.mark.parametrize("persona", ["lead", "member", "team", "auditor", "viewer"])
def test_only_the_secretariat_raises(raised, persona, request, actor_of):
    with pytest.raises(Refusal):
        raised(by=actor_of(request.getfixturevalue(persona)))


def test_owner_delegate_contributor_and_secretariat_say_how_it_stands(
    raised, member, member_post, delegate, lead, secretariat, overseer, actor_of
):
    action = raised(contributors=[member_post])
    for user in (lead, delegate, member, secretariat):
        services.update(action=action, words="Begun.", by=actor_of(user), at=clock.now())
    by_lead, by_delegate, by_member = action.acts.filter(verb="updated").order_by("id")[:3]
    assert by_lead.post_title == "Commander for Public Protection"
    assert not by_lead.on_behalf
    assert by_delegate.on_behalf
    assert by_member.post == member_post
    with pytest.raises(Refusal, match="say how an action stands"):
        services.update(action=action, words="Begun.", by=actor_of(overseer), at=clock.now())


def test_a_date_moves_with_a_reason_and_the_first_one_stays(action, keeper):
    move(action, keeper, dt.date(2022, 3, 1))
    move(action, keeper, dt.date(2022, 4, 1))
    action.refresh_from_db()
    assert (action.original_due, action.due) == (DUE, dt.date(2022, 4, 1))
    act = action.acts.first()
    assert (act.reason, act.detail) == ("Late.", "Due by 1 March 2022, now by 1 April 2022")
    with pytest.raises(Refusal, match="already"):
        move(action, keeper, dt.date(2022, 4, 1))
    with pytest.raises(Refusal, match="cannot be due before"):
        move(action, keeper, dt.date(2022, 1, 1))


def test_two_who_move_it_at_once_see_each_other(action, keeper):
    seen = stale.token(action, ["due"])
    move(action, keeper, dt.date(2022, 3, 1))
    with pytest.raises(stale.Stale):
        services.move(action=action, due=dt.date(2022, 4, 1), because="L", seen=seen, by=keeper, at=clock.now())


def test_the_owner_does_not_move_park_or_reassign(action, owner, lead_post):
    more = {"because": "L", "by": owner, "at": clock.now()}
    with pytest.raises(Refusal, match="secretariat does this"):
        services.move(action=action, due=dt.date(2022, 3, 1), seen=stale.token(action, ["due"]), **more)
    with pytest.raises(Refusal, match="secretariat does this"):
        services.park(action=action, until=dt.date(2022, 3, 1), seen=stale.token(action, ["parked_until"]), **more)
    with pytest.raises(Refusal, match="secretariat does this"):
        services.assign(
            action=action,
            owner_post=lead_post,
            contributors=[],
            seen=stale.token(action, ["owner_post"]),
            **more,
        )


def test_it_is_parked_until_a_day_to_come_and_taken_up_again(action, keeper):
    with pytest.raises(Refusal, match="still to come"):
        park(action, keeper, clock.today())
    with pytest.raises(Refusal, match="not parked"):
        park(action, keeper, None)
    park(action, keeper, dt.date(2022, 5, 1))
    park(action, keeper, None)
    assert [act.verb for act in action.acts.all()] == ["taken_up", "parked", "raised"]


def test_a_new_owner_gets_a_mail_and_their_name_is_kept(action, keeper, member, member_post):
    services.assign(
        action=action,
        owner_post=member_post,
        contributors=[],
        because="Estates does this.",
        seen=stale.token(action, ["owner_post"]),
        by=keeper,
        at=clock.now(),
    )
    action.refresh_from_db()
    assert (action.owner_post, action.owner_name) == (member_post, "Mo Member")
    assert Message.objects.filter(to=member.person, kind="board_action_raised").count() == 1
    with pytest.raises(Refusal, match="Nothing has changed"):
        services.assign(
            action=action,
            owner_post=member_post,
            contributors=[],
            because="Again",
            seen=stale.token(action, ["owner_post"]),
            by=keeper,
            at=clock.now(),
        )


def test_the_owner_proposes_and_the_board_closes(action, owner, keeper, coming, standing_at):
    services.propose(action=action, done="The landlord has answered.", by=owner, at=clock.now())
    with pytest.raises(Refusal, match="proposed already"):
        services.propose(action=action, done="Again.", by=owner, at=clock.now())
    with pytest.raises(Refusal, match="secretariat records"):
        services.close(action=action, meeting=coming, by=owner, at=clock.now())
    with pytest.raises(Refusal, match="on 8 February 2022"):
        services.close(action=action, meeting=coming, by=keeper, at=clock.now())
    with standing_at(2022, 2, 9):
        closed = services.close(action=action, meeting=coming, by=keeper, at=clock.now())
    assert (closed.state, closed.closed_on, closed.closed_at_meeting) == ("closed", coming.day, coming)
    with pytest.raises(Refusal, match="stays as it was"):
        services.update(action=closed, words="More.", by=keeper, at=clock.now())


def test_what_nobody_proposed_is_closed_with_a_reason_only(action, keeper, meeting):
    with pytest.raises(Refusal, match="Say why"):
        services.close(action=action, meeting=meeting, by=keeper, at=clock.now())
    assert services.close(action=action, meeting=meeting, because="Overtaken.", by=keeper, at=clock.now()).closed_on


def test_the_board_keeps_one_open_with_a_reason_and_its_owner_is_told(action, owner, keeper, meeting, lead):
    with pytest.raises(Refusal, match="Nobody has proposed"):
        services.keep_open(action=action, meeting=meeting, because="No.", by=keeper, at=clock.now())
    services.propose(action=action, done="Done.", by=owner, at=meeting.starts_at)
    kept = services.keep_open(action=action, meeting=meeting, because="No answer yet.", by=keeper, at=clock.now())
    assert kept.state == "open"
    message = Message.objects.get(kind="board_action_kept_open")
    assert message.to == lead.person
    assert "No answer yet" not in message.body


def test_it_is_closed_by_its_own_board_not_before_it_was_raised(action, keeper, board):
    for other in (MeetingFactory(on=dt.date(2022, 1, 12)), MeetingFactory(board=board, on=dt.date(2021, 12, 1))):
        with pytest.raises(Refusal):
            services.close(action=action, meeting=other, because="Done.", by=keeper, at=clock.now())


def test_it_is_not_closed_at_a_meeting_before_its_closure_was_proposed(action, owner, keeper, meeting):
    services.propose(action=action, done="Done.", by=owner, at=clock.now())
    for door in (services.close, services.keep_open):
        with pytest.raises(Refusal, match="proposed on 19 January 2022"):
            door(action=action, meeting=meeting, because="Done.", by=keeper, at=clock.now())


def test_several_are_closed_together_or_none(raised, owner, keeper, meeting):
    one, two, three = raised("One."), raised("Two."), raised("Three.")
    for action in (one, two):
        services.propose(action=action, done="Done.", by=owner, at=meeting.starts_at)
    with pytest.raises(Refusal, match=re.escape(three.reference)):
        services.close_several(actions=[one, two, three], meeting=meeting, by=keeper, at=clock.now())
    assert BoardAction.objects.filter(state="closed").count() == 0
    services.close_several(actions=[two, one], meeting=meeting, by=keeper, at=clock.now())
    assert BoardAction.objects.filter(state="closed").count() == 2


def test_who_helped_with_a_closed_action_stays(raised, keeper, meeting, member_post):
    action = raised(contributors=[member_post])
    services.close(action=action, meeting=meeting, because="Overtaken.", by=keeper, at=clock.now())
    for sql in (
        "DELETE FROM boards_actioncontributor WHERE action_id = %s",
        "INSERT INTO boards_actioncontributor (action_id, post_id) SELECT %s, id FROM people_post LIMIT 1",
    ):
        with pytest.raises((InternalError, IntegrityError), match="board closed"), transaction.atomic():
            connection.cursor().execute(sql, [action.pk])


def test_a_lead_who_left_the_post_does_not_propose(action, lead):
    lead.person.tenures.update(ends=dt.date(2022, 1, 1))
    with pytest.raises(Refusal, match="Its owner proposes"):
        services.propose(action=action, done="Done.", by=actor_for(lead, clock.today()), at=clock.now())


def move(action, by, due):
    action.refresh_from_db()
    services.move(action=action, due=due, because="Late.", seen=stale.token(action, ["due"]), by=by, at=clock.now())


def park(action, by, until):
    action.refresh_from_db()
    services.park(
        action=action, until=until, because="Wait.", seen=stale.token(action, ["parked_until"]), by=by, at=clock.now()
    )


def confirm(meeting, item):
    decision = DecisionFactory(item=item)
    MinutesFactory(meeting=meeting, state="confirmed", confirmed_by=decision, confirmed_at=clock.now(), sha256="a" * 64)
