"""Minutes from draft to confirmed: what each door does, refuses and keeps."""

import datetime as dt

import pytest

from boards import effects
from boards.models import ItemRecord, MinutesItem, MinutesPart
from boards.queries.minutes import body_of, hash_of
from boards.services import agenda as agenda_services
from boards.services import board_actions, calendar, decisions, meetings, minutes_items
from boards.services import minutes as services
from kit.stale import Stale
from kit.verdict import Refusal
from people.models import Message
from tests.boards.minutes.conftest import NOTES, confirm, everybody_came
from tests.factories.boards import AgendaItemFactory, MeetingFactory
from tests.factories.records import MinutesFactory

pytestmark = pytest.mark.django_db


def body_item(minutes, place=0):
    return body_of(minutes)["items"][place]


def test_a_draft_begins_with_what_was_noted(draft):
    assert [each.text for each in draft.parts.order_by("item__position")] == list(NOTES)
    assert draft.acts.get().verb == "drafted"


def test_decisions_are_read_from_their_own_rows(draft, said, keeper, now):
    made = said[0].decisions.get()
    assert body_item(draft)["decisions"][0]["text"] == "The board approves the estates plan."
    decisions.correct(
        decision=made,
        kind=made.kind,
        text="The board approves half of it.",
        because="Misheard.",
        seen=decisions.token(made),
        by=keeper,
        at=now,
    )
    assert body_item(draft)["decisions"][0]["text"] == "The board approves half of it."
    action = said[0].board_actions.get()
    board_actions.close(action=action, meeting=said[0].meeting, because="Twice.", by=keeper, at=now)
    decisions.withdraw(decision=made, because="Twice.", by=keeper, at=now)
    assert body_item(draft)["decisions"] == []


def test_an_action_keeps_the_date_that_the_meeting_gave_it(draft, said, keeper, now):
    action = said[0].board_actions.get()
    token = services.stale.token(action, ["due"])
    board_actions.move(action=action, due=dt.date(2022, 5, 1), because="Ill.", seen=token, by=keeper, at=now)
    assert body_item(draft)["actions"][0]["due"] == "2022-03-01"


def test_a_note_of_an_item_without_a_part_is_still_read(here, items, keeper, now):
    minutes = services.draft(meeting=here, by=keeper, at=now)
    ItemRecord.objects.create(item=items[0], discussion="Said late.")
    assert body_item(minutes)["text"] == "Said late."
    services.write(minutes=minutes, item=items[0], text="Better.", seen=services.token("Said late."), by=keeper)
    assert body_item(minutes)["text"] == "Better."


def test_two_who_write_lose_nothing(draft, said, keeper):
    seen = services.token(NOTES[0])
    services.write(minutes=draft, item=said[0], text="Mine.", seen=seen, by=keeper)
    with pytest.raises(Stale) as stale:
        services.write(minutes=draft, item=said[0], text="Theirs.", seen=seen, by=keeper)
    assert stale.value.current.text == "Mine."
    assert draft.parts.get(item=said[0]).text == "Mine."


@pytest.mark.parametrize("when", ["twice", "before", "cancelled"])
def test_minutes_are_begun_once_and_of_a_meeting_that_began(here, draft, board, keeper, now, when):
    other = MeetingFactory(board=board, on=dt.date(2022, 4, 5), state="cancelled" if when == "cancelled" else "planned")
    with pytest.raises(Refusal, match={"twice": "already", "before": "5 April", "cancelled": "cancelled"}[when]):
        services.draft(meeting=here if when == "twice" else other, by=keeper, at=now)


def test_a_meeting_is_held_before_its_minutes_go_out(draft, keeper, now):
    with pytest.raises(Refusal, match="held"):
        services.circulate(minutes=draft, by=keeper, at=now)


def test_circulating_mails_the_members_a_link_only(circulated):
    sent = Message.objects.filter(kind="minutes_circulated")
    assert sent.count() == 3
    for each in sent:
        assert f"/meetings/{circulated.meeting.pk}/minutes/" in each.body
        assert "Otherville" not in each.body + each.subject
        assert "roof" not in each.body


def test_circulating_meets_the_service_level(draft, keeper, now, later):
    due = draft.meeting.milestones.create(product="minutes", promise="x", due_at=now, explanation="x")
    meetings.hold(meeting=draft.meeting, by=keeper, at=now)
    services.circulate(minutes=draft, by=keeper, at=now)
    due.refresh_from_db()
    assert due.met_at == now


def test_circulated_minutes_are_put_to_the_next_meeting(circulated, later):
    assert MinutesItem.objects.get().item == later.items.get(standing="minutes")


def test_an_item_is_made_where_the_agenda_lacks_one(draft, board, keeper, now):
    later = MeetingFactory(board=board, on=dt.date(2022, 3, 8))
    AgendaItemFactory(meeting=later)
    meetings.hold(meeting=draft.meeting, by=keeper, at=now)
    services.circulate(minutes=draft, by=keeper, at=now)
    made = later.items.first()
    assert made.minutes_put.minutes == draft
    assert made.title == "Minutes of the meeting of 8 February 2022"


def test_a_meeting_planned_later_gets_them_too(draft, board, keeper, now):
    meetings.hold(meeting=draft.meeting, by=keeper, at=now)
    services.circulate(minutes=draft, by=keeper, at=now)
    assert not MinutesItem.objects.exists()
    new = MeetingFactory.build(board=board, on=dt.date(2022, 3, 8))
    calendar.add(meeting=new, by=keeper, at=now, anyway=True)
    assert MinutesItem.objects.get().item.meeting == new


def test_what_was_taken_off_comes_back_with_the_standing_items(circulated, later, keeper):
    agenda_services.remove(item=later.items.get(), seen=later.agenda_version, by=keeper)
    assert not MinutesItem.objects.exists()
    later.refresh_from_db()
    agenda_services.add_standing(meeting=later, seen=later.agenda_version, by=keeper)
    assert MinutesItem.objects.get().item == later.items.get(standing="minutes")


def test_unconfirmed_minutes_go_to_the_meeting_after(circulated, later, keeper, board):
    after = MeetingFactory(board=board, on=dt.date(2022, 4, 5))
    at = later.starts_at + dt.timedelta(hours=1)
    everybody_came(later, keeper, at)
    meetings.hold(meeting=later, by=keeper, at=at)
    assert {each.item.meeting for each in circulated.put_at.all()} == {later, after}
    assert after.items.get().title == "Minutes of the meeting of 8 February 2022"
    item = circulated.put_at.get(item__meeting=later).item
    made = [effects.Asked("confirm_minutes", circulated.pk)]
    decisions.record(item=item, kind="approved", text="A true record.", effects=made, by=keeper, at=at)
    assert {each.item.meeting for each in circulated.put_at.all()} == {later}
    assert after.items.get().title == "Minutes of the last meeting"


def test_the_item_of_confirmed_minutes_takes_the_next_ones_and_their_name(circulated, later, keeper, board):
    """Also where the item still bears the name of minutes that are not put there any more."""
    after = MeetingFactory(board=board, on=dt.date(2022, 4, 5))
    at = later.starts_at + dt.timedelta(hours=1)
    confirm(circulated, later, keeper)
    old = "Minutes of the meeting of 8 February 2022"
    item = AgendaItemFactory(meeting=after, title=old, standing="minutes", purpose="decision", is_one_off=True)
    meetings.hold(meeting=later, by=keeper, at=at)
    newer = services.draft(meeting=later, by=keeper, at=at)
    newer = services.circulate(minutes=newer, by=keeper, at=at)
    put = newer.put_at.get().item
    assert (put.pk, put.title) == (item.pk, "Minutes of the meeting of 8 March 2022")
    assert after.items.filter(standing="minutes").count() == 1


def test_two_sets_of_minutes_each_have_an_item(circulated, later, board, keeper, now):
    older = MeetingFactory(board=board, on=dt.date(2022, 1, 11))
    waits = MinutesFactory(meeting=older, state="circulated", circulated_at=now)
    calendar.move(
        meeting=later,
        starts_at=later.starts_at + dt.timedelta(minutes=30),
        ends_at=later.ends_at + dt.timedelta(minutes=30),
        place="",
        reason="Later",
        by=keeper,
        at=now,
    )
    minutes_items.catch_up(boards=[board], at=now)
    assert {each.minutes for each in MinutesItem.objects.filter(item__meeting=later)} == {circulated, waits}


def test_a_correction_keeps_both_texts(circulated, said, keeper, now):
    made = services.correct(
        minutes=circulated,
        item=said[0],
        text="The roof does not leak.",
        asked_by="A. Member",
        because="It was mended.",
        seen=services.token(NOTES[0]),
        by=keeper,
        at=now,
    )
    assert (made.was, made.becomes) == (NOTES[0], "The roof does not leak.")
    assert body_item(circulated)["text"] == "The roof does not leak."
    assert body_of(circulated)["corrections"][0]["asked_by"] == "A. Member"


@pytest.mark.parametrize(("text", "asked_by", "why"), [(NOTES[0], "A", "different"), ("Other.", " ", "who asked")])
def test_a_correction_says_something_and_who_asked(circulated, said, keeper, now, text, asked_by, why):
    with pytest.raises(Refusal, match=why):
        services.correct(
            minutes=circulated,
            item=said[0],
            text=text,
            asked_by=asked_by,
            seen=services.token(NOTES[0]),
            by=keeper,
            at=now,
        )


def test_a_part_is_about_an_item_of_its_own_meeting(draft, later, keeper):
    with pytest.raises(Refusal, match="not one of this meeting"):
        services.write(minutes=draft, item=later.items.get(), text="x", seen=services.token(""), by=keeper)


def test_circulated_minutes_are_not_written_any_more(circulated, said, keeper):
    with pytest.raises(Refusal, match="correction"):
        services.write(minutes=circulated, item=said[0], text="x", seen=services.token(NOTES[0]), by=keeper)


def test_a_decision_confirms_them_with_all_they_say_and_its_hash(confirmed, later):
    assert confirmed.state == "confirmed"
    assert confirmed.confirmed_by == later.decisions.get()
    assert confirmed.sha256 == hash_of(confirmed.record)
    assert [each["text"] for each in confirmed.record["items"]] == list(NOTES)
    assert confirmed.record["seats"]
    assert later.decisions.get().effects.get().sentence == "The minutes of 8 February 2022 are confirmed."


def test_they_are_confirmed_only_where_they_are_put(circulated, later, keeper):
    item = AgendaItemFactory(meeting=later)
    with pytest.raises(Refusal):
        services.confirm(
            minutes=circulated,
            decision=decisions.Decision(item=item, meeting=later),
            by=keeper,
            at=later.starts_at,
        )
    assert effects.choices(keeper, item) == []


def test_a_draft_is_not_confirmed(draft, later, keeper):
    MinutesItem.objects.create(minutes=draft, item=later.items.get())
    with pytest.raises(Refusal, match="draft"):
        confirm(draft, later, keeper)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_action_goes_on_after_the_minutes_are_confirmed(confirmed, said, later, keeper):
    action = said[0].board_actions.get()
    token = services.stale.token(action, ["due"])
    at = later.starts_at + dt.timedelta(hours=1)
    board_actions.move(action=action, due=dt.date(2022, 5, 1), because="Ill.", seen=token, by=keeper, at=at)
    board_actions.close(action=action, meeting=later, because="Done.", by=keeper, at=at)
    confirmed.refresh_from_db()
    assert hash_of(confirmed.record) == confirmed.sha256


def test_parts_of_an_item_keep_it_on_its_agenda(draft, said, keeper):
    assert "a part of the minutes" in agenda_services.hangs_on(said[0])
    assert MinutesPart.objects.filter(item=said[0]).exists()
