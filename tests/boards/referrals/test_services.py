"""The way of a referral: what travels on, what stays, how the outcome comes back, and that nothing drops off."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from boards import rules_referrals as rules
from boards.models import AgendaItem, Meeting
from boards.presenters.referral_words import next_step, warnings
from boards.queries.referrals import one, ways
from boards.services import calendar, referrals
from kit.verdict import Refusal
from tests.boards.referrals.conftest import CHANGED, SENT, TEXT, here, on
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory
from tests.factories.records import DecisionFactory, PackEditionFactory

pytestmark = pytest.mark.django_db


def words(referral, sana, at=SENT) -> str:
    referral.refresh_from_db()
    return next_step(one(referral, sana, at))


def test_sending_places_it_on_the_next_open_agenda(send, meetings):
    referral = send()
    stop = referral.stops.first()
    assert referral.reference == "DV 2021-22/R001"
    assert stop.item.meeting == meetings["decides"]
    assert stop.item.title == "Recommendation: Review of the strategy"
    assert TEXT in stop.item.note
    assert stop.received_at is None
    assert [act.verb for act in referral.acts.all()] == ["placed", "sent"]


def test_an_agenda_that_went_out_in_a_pack_is_not_open(send, boards, meetings):
    PackEditionFactory(meeting=meetings["decides"], circulated_at=SENT, circulated_by="Sana")
    later = MeetingFactory(board=boards["decides"], on=on(4, 5).date())
    assert send().stops.first().item.meeting == later


def test_without_a_meeting_it_waits_and_is_placed_when_one_is_planned(send, boards, sana):
    referral = send()
    assert referral.stops.first().item is None
    referrals.receive(stop=here(referral), by=sana, at=SENT)
    assert words(referral, sana) == "Waits for a place on an agenda of Management Board."
    proposal = MeetingFactory(board=boards["decides"], state="proposed", first_planned_for=None)
    calendar.accept(meetings=[proposal], by=sana, at=SENT)
    assert here(referral).item.meeting == proposal


def test_a_cancelled_meeting_hands_it_on(send, boards, meetings, sana):
    referral = send()
    later = MeetingFactory(board=boards["decides"], on=on(4, 5).date())
    calendar.cancel(meeting=meetings["decides"], reason="Snow", by=sana, at=SENT)
    assert here(referral).item.meeting == later


def test_the_agreed_text_travels_on_and_the_first_stays(send, meetings, answer):
    referral = send()
    first = answer(referral, "amended", on(2, 8), text_agreed=CHANGED, restricted="Two were against.")
    second = referral.stops.last()
    assert (first.text_received, first.text_agreed) == (TEXT, CHANGED)
    assert second.text_received == CHANGED
    assert second.item.meeting == meetings["delivers"]
    assert CHANGED in second.item.note
    assert "Two were against" not in second.item.note
    referral.refresh_from_db()
    assert (referral.text, referral.state) == (TEXT, "open")


def test_the_outcome_comes_back_by_itself_until_it_is_noted(send, boards, meetings, answer, sana):
    referral = send()
    answer(referral, "amended", on(2, 8), text_agreed=CHANGED)
    answer(referral, "noted", on(2, 22), summary="It starts in May.")
    referral.refresh_from_db()
    assert (referral.state, referral.outcome) == ("answered", "It starts in May.")
    back = referral.back_on
    assert (back.meeting, back.title) == (meetings["advises"], "Report back: Review of the strategy")
    assert "Management Board: Endorsed with changes." in back.note
    later = MeetingFactory(board=boards["advises"], on=on(4, 5).date())
    Meeting.objects.filter(pk=meetings["advises"].pk).update(state="cancelled")
    referrals.catch_up(boards=[boards["advises"]], by=sana, at=on(3, 2))
    referral.refresh_from_db()
    assert referral.back_on.meeting == later
    referrals.catch_up(boards=[boards["advises"]], by=sana, at=on(3, 2))
    assert AgendaItem.objects.filter(meeting=later).count() == 1, "once only"


def test_a_decision_that_notes_it_ends_it(send, meetings, answer, sana):
    referral = send(to_boards=[meetings["decides"].board])
    answer(referral, "rejected", on(2, 8))
    referral.refresh_from_db()
    decision = DecisionFactory(item=referral.back_on, kind="noted", text="Noted.")
    referrals.decided(decision=decision, by=sana, at=on(3, 1))
    referral.refresh_from_db()
    assert (referral.state, referral.noted_by) == ("noted", decision)


def test_a_decision_found_when_the_meeting_was_held_ends_it_too(send, meetings, answer, sana):
    referral = send(to_boards=[meetings["decides"].board])
    answer(referral, "rejected", on(2, 8))
    referral.refresh_from_db()
    DecisionFactory(item=referral.back_on, kind="noted", text="Noted.")
    referrals.catch_up(boards=[referral.from_board], by=sana, at=on(3, 1))
    referral.refresh_from_db()
    assert referral.state == "noted"


def test_noting_at_a_meeting_that_is_named(send, boards, meetings, answer, sana):
    referral = send(to_boards=[boards["decides"]])
    answer(referral, "rejected", on(2, 8))
    with pytest.raises(Refusal, match="held since the last board answered"):
        referrals.note(referral=referral, meeting=meetings["advises"], by=sana, at=on(2, 9))
    with pytest.raises(Refusal, match="Say at which meeting"):
        referrals.note(referral=referral, meeting=meetings["decides"], by=sana, at=on(3, 2))
    referrals.note(referral=referral, meeting=meetings["advises"], by=sana, at=on(3, 2))
    assert referral.acts.first().detail == "at the meeting of 1 March 2022"
    with pytest.raises(Refusal, match="has noted"):
        referrals.note(referral=referral, meeting=meetings["advises"], by=sana, at=on(3, 2))


def test_a_deferred_one_stays_and_is_placed_later(send, boards, meetings, answer, sana):
    referral = send()
    answer(referral, "deferred", on(2, 8))
    assert words(referral, sana, on(2, 9)) == "Management Board deferred it. It waits for a place on a later agenda."
    with pytest.raises(Refusal, match="later agenda first"):
        answer(referral, "endorsed", on(2, 9))
    later = MeetingFactory(board=boards["decides"], on=on(4, 5).date())
    referrals.put(stop=here(referral), meeting=later, by=sana, at=on(2, 9))
    assert words(referral, sana, on(2, 9)) == "Management Board takes it on 5 April 2022."
    answer(referral, "endorsed", on(4, 5))
    assert referral.stops.last().text_received == TEXT


@pytest.mark.parametrize("disposition", ["rejected", "referred_back"])
def test_its_way_ends_where_it_is_rejected_or_sent_back(send, meetings, answer, disposition):
    referral = send()
    answer(referral, disposition, on(2, 8))
    referral.refresh_from_db()
    assert referral.state == "answered"
    assert referral.stops.last().text_received == ""


def test_an_answer_from_an_older_page_does_not_land_at_the_next_board(send, meetings, answer, sana):
    referral = send()
    old = here(referral)
    answer(referral, "endorsed", on(2, 8))
    with pytest.raises(Refusal, match="gone on to another board"):
        referrals.answer(stop=old, disposition="rejected", summary="No.", by=sana, at=on(2, 22))


@pytest.mark.parametrize(
    ("disposition", "more", "sentence"),
    [
        ("amended", {"text_agreed": ""}, "as the board agreed it"),
        ("amended", {"text_agreed": TEXT.upper()}, "the one that was received"),
        ("endorsed", {"summary": " "}, "in short"),
    ],
)
def test_an_answer_says_what_came_of_it(send, meetings, answer, disposition, more, sentence):
    with pytest.raises(Refusal, match=sentence):
        answer(send(), disposition, on(2, 8), **more)


def test_nobody_answers_before_the_meeting(send, meetings, answer):
    with pytest.raises(Refusal, match="takes it on 8 February 2022"):
        answer(send(), "endorsed", SENT)


def test_receipt_is_confirmed_once_with_who_and_when(send, sana):
    referral = send()
    stop = referrals.receive(stop=here(referral), by=sana, at=SENT)
    assert (stop.received_at, stop.received_by) == (SENT, "Sana Secretariat")
    with pytest.raises(Refusal, match="Receipt was confirmed by Sana Secretariat on 19 January 2022"):
        referrals.receive(stop=stop, by=sana, at=SENT)


def test_an_escalation_without_receipt_is_shown_after_two_working_days(send, sana):
    referral = send(kind="escalation")
    assert warnings(one(referral, sana, on(1, 21))) == []
    late = "Not received: Management Board was to confirm receipt by 21 January 2022."
    assert warnings(one(referral, sana, on(1, 24))) == [late]
    referrals.receive(stop=here(referral), by=sana, at=on(1, 24))
    assert warnings(one(referral, sana, on(1, 25))) == []


def test_an_answer_that_was_wanted_is_overdue(send, sana):
    referral = send(wanted_by=on(2, 1).date())
    assert warnings(one(referral, sana, on(2, 1))) == []
    assert warnings(one(referral, sana, on(2, 2))) == ["Overdue: an answer was wanted by 1 February 2022."]


def test_withdrawing_takes_it_off_an_agenda_to_come(send, meetings, sana):
    referral = send()
    with pytest.raises(Refusal, match="Say why"):
        referrals.withdraw(referral=referral, because=" ", by=sana, at=SENT)
    referrals.withdraw(referral=referral, because="Sent twice.", by=sana, at=SENT)
    assert not meetings["decides"].items.exists()
    with pytest.raises(Refusal, match="withdrawn"):
        referrals.receive(stop=referral.stops.first(), by=sana, at=SENT)


def test_what_cannot_be_sent(send, boards, item, sana, actor_of, member):
    with pytest.raises(Refusal, match="at least one"):
        send(to_boards=[])
    with pytest.raises(Refusal, match="comes back there by itself"):
        send(to_boards=[boards["advises"]])
    with pytest.raises(Refusal, match="once"):
        send(to_boards=[boards["decides"], boards["decides"]])
    with pytest.raises(Refusal, match="today or later"):
        send(wanted_by=on(1, 18).date())
    with pytest.raises(Refusal, match="of another board"):
        send(item=AgendaItemFactory())
    with pytest.raises(Refusal, match="must be “Referred”"):
        send(decision=DecisionFactory(item=item))
    with pytest.raises(Refusal, match="The secretariat runs"):
        send(by=actor_of(member))
    assert not boards["advises"].referrals_sent.exists()


def test_a_decision_brings_its_item(send, item):
    referral = send(item=None, decision=DecisionFactory(item=item, kind="referred"))
    assert referral.from_item == item


def test_it_can_be_moved_to_a_later_agenda(send, boards, meetings, sana):
    referral = send()
    later = MeetingFactory(board=boards["decides"], on=on(4, 5).date())
    with pytest.raises(Refusal, match="already"):
        referrals.put(stop=here(referral), meeting=meetings["decides"], by=sana, at=SENT)
    with pytest.raises(Refusal, match="Choose a meeting of Management Board"):
        referrals.put(stop=here(referral), meeting=meetings["delivers"], by=sana, at=SENT)
    referrals.put(stop=here(referral), meeting=later, by=sana, at=SENT)
    assert here(referral).item.meeting == later
    assert not meetings["decides"].items.exists()


def test_the_boards_relationships_propose_the_way(boards):
    boards["decides"].relationships.create(to=BoardFactory(title="Authority"), kind="escalates_to")
    found = ways(boards["advises"])
    assert [str(each) for each in found["recommendation"]] == ["Management Board", "Delivery Board"]
    assert [str(each) for each in ways(boards["decides"])["escalation"]] == ["Authority"]
    assert [str(each) for each in ways(boards["decides"])["direction"]] == ["Delivery Board"]


def test_a_board_kept_elsewhere_answers_without_an_agenda(send, answer, sana):
    outside = BoardFactory(title="The authority", is_outside=True)
    referral = send(to_boards=[outside])
    assert rules.may_place(sana, referral, here(referral), SENT).sentence.startswith("The authority is kept")
    answer(referral, "endorsed", on(2, 1))
    referral.refresh_from_db()
    assert referral.state == "answered"
    assert referral.stops.get().received_by == "Sana Secretariat"


def test_a_final_answer_stays_and_is_never_without_words(send, meetings, answer):
    referral = send()
    with pytest.raises(IntegrityError, match="referral_stop_says_outcome"), transaction.atomic():
        referral.stops.update(disposition="endorsed")
    stop = answer(referral, "endorsed", on(2, 8))
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE boards_referralstop SET restricted = 'x' WHERE id = %s", [stop.pk])


def test_a_decision_on_the_item_of_a_meeting_that_was_held_counts_too(send, boards, meetings, answer, sana):
    """Recorded after the meeting was held, when the outcome stands on the next agenda already."""
    referral = send(to_boards=[boards["decides"]])
    answer(referral, "rejected", on(2, 8))
    referral.refresh_from_db()
    first = referral.back_on
    later = MeetingFactory(board=boards["advises"], on=on(4, 5).date())
    Meeting.objects.filter(pk=first.meeting_id).update(state="cancelled")
    referrals.catch_up(boards=[boards["advises"]], by=sana, at=on(3, 1))
    assert later.items.count() == 1
    decision = DecisionFactory(item=first, kind="noted", text="Noted.")
    referrals.decided(decision=decision, by=sana, at=on(3, 2))
    referral.refresh_from_db()
    assert (referral.state, referral.noted_by) == ("noted", decision)
    assert later.items.count() == 0


def test_a_decision_that_no_longer_notes_it_brings_it_back(send, boards, meetings, answer, sana):
    referral = send(to_boards=[boards["decides"]])
    answer(referral, "rejected", on(2, 8))
    referral.refresh_from_db()
    decision = DecisionFactory(item=referral.back_on, kind="noted", text="Noted.")
    referrals.decided(decision=decision, by=sana, at=on(3, 1))
    decision.withdrawn_at, decision.withdrawn_because = on(3, 2), "Recorded twice"
    decision.save()
    referrals.decided(decision=decision, by=sana, at=on(3, 2))
    referral.refresh_from_db()
    assert (referral.state, referral.noted_by) == ("answered", None)
