"""Replies, attendance, quorum and holding a meeting."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from boards.models import Meeting, MeetingAct
from boards.queries.attendance import lines_of
from boards.queries.meetings import meeting_page
from boards.services import attendance as services
from boards.services import interests
from boards.services import meetings as doors
from boards.services.attendance import Answer, Came, SeatRefused
from kit.verdict import Refusal
from tests.boards.meetings.conftest import BEGUN, key
from tests.factories.boards import DraftTermsFactory, MeetingFactory, approved
from tests.factories.people import DelegationFactory, TenureFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2022, 1, 19, 9, 0, tzinfo=dt.UTC)


def came(seats, **how) -> list[Came]:
    return [Came(key(seats[name]), presence) for name, presence in how.items()]


def everybody(seats, **other) -> list[Came]:
    return came(seats, **({"chair": "present", "member": "present", "adviser": "present"} | other))


def test_the_seats_are_those_of_the_day_with_their_holders(meeting, seats):
    found = [(line.attendance.label, line.attendance.name, line.deputy) for line in lines_of(meeting)]
    assert found == [
        ("Commander for Public Protection", "Lena Lead", ""),
        ("Empty post", "", ""),
        ("Head of Estates", "Mo Member", "Dora Deputy"),
        ("Ann Adviser", "Ann Adviser", ""),
    ]


def test_who_takes_the_post_by_the_day_is_shown(meeting, seats):
    TenureFactory(post=seats["vacant"].post, person__name="Nora New", starts=dt.date(2022, 2, 1))
    assert "Nora New" in [line.attendance.name for line in lines_of(meeting)]


def test_a_seat_that_ended_before_the_day_is_gone(meeting, seats):
    seats["vacant"].ends = dt.date(2022, 1, 31)
    seats["vacant"].save()
    assert len(lines_of(meeting)) == 3


def test_a_holder_a_delegate_and_the_secretariat_reply(meeting, seats, lead, delegate, keeper, actor_of):
    for actor, reply in ((actor_of(lead), "coming"), (actor_of(delegate), "apologies"), (keeper, "coming")):
        services.reply(meeting=meeting, answers=[Answer(key(seats["chair"]), reply)], by=actor, at=NOW)
        assert meeting.attendances.get().reply == reply


@pytest.mark.parametrize("persona", ["member", "delegate", "auditor", "viewer", "team"])
def test_nobody_replies_for_another_seat(meeting, seats, request, actor_of, persona):
    with pytest.raises(Refusal, match="own seat"):
        services.reply(
            meeting=meeting,
            answers=[Answer(key(seats["adviser"]), "coming")],
            by=actor_of(request.getfixturevalue(persona)),
            at=NOW,
        )


def test_no_reply_once_it_has_begun(meeting, seats, lead, actor_of):
    with pytest.raises(Refusal, match="has begun"):
        services.reply(meeting=meeting, answers=[Answer(key(seats["chair"]), "coming")], by=actor_of(lead), at=BEGUN)


def test_named_deputies_only(meeting, seats, keeper):
    answer = lambda seat, name="": [Answer(key(seats[seat]), "deputy", name)]  # noqa: E731
    with pytest.raises(SeatRefused, match="none is named for Commander"):
        services.reply(meeting=meeting, answers=answer("chair", "Anybody"), by=keeper, at=NOW)
    with pytest.raises(SeatRefused, match="Dora Deputy is the deputy named"):
        services.reply(meeting=meeting, answers=answer("member", "Anybody"), by=keeper, at=NOW)
    services.reply(meeting=meeting, answers=answer("member"), by=keeper, at=NOW)
    assert meeting.attendances.get().deputy_name == "Dora Deputy"


@pytest.mark.parametrize(
    ("rule", "name", "sentence"),
    [
        ("none", "Anybody", "allow no deputies"),
        ("senior", " ", "Say who comes"),
        ("senior", "Anybody", ""),
        ("consistent", "Anybody", ""),
        ("not_stated", "Anybody", ""),
    ],
)
def test_the_deputies_rule_of_the_terms(board, meeting, seats, keeper, rule, name, sentence):
    approved(DraftTermsFactory(board=board, deputies_rule=rule), dt.date(2022, 2, 1))
    answers = [Answer(key(seats["member"]), "deputy", name)]
    if sentence:
        with pytest.raises(SeatRefused, match=sentence):
            services.reply(meeting=meeting, answers=answers, by=keeper, at=NOW)
    else:
        services.reply(meeting=meeting, answers=answers, by=keeper, at=NOW)
        assert meeting.attendances.get().deputy_name == name


def test_attendance_is_not_recorded_ahead(meeting, seats, keeper):
    with pytest.raises(Refusal, match="from that day on"):
        services.record(meeting=meeting, came=everybody(seats), by=keeper, at=NOW)


def test_the_forecast_follows_the_replies(meeting, seats, keeper):
    page = lambda: meeting_page(keeper, "delivery", meeting.pk)  # noqa: E731
    assert page().outlook.startswith("Cannot tell yet")
    answers = [Answer(key(seats[name]), "coming") for name in ("chair", "member")]
    services.reply(meeting=meeting, answers=answers, by=keeper, at=NOW)
    assert page().outlook.startswith("Likely to be quorate")
    services.reply(meeting=meeting, answers=[Answer(key(seats["chair"]), "apologies")], by=keeper, at=NOW)
    assert page().outlook.startswith("Unlikely")


def sentences(keeper, meeting) -> list[tuple[bool | None, str]]:
    page = meeting_page(keeper, "delivery", meeting.pk)
    return [(page.quorum[each.item.pk].quorate, page.quorum[each.item.pk].sentence) for each in page.items]


def test_quorum_is_told_for_each_item(meeting, agenda, seats, keeper):
    late = Came(key(seats["member"]), "present", arrived_for=agenda[1])
    rest = came(seats, chair="present", adviser="apologies")
    services.record(meeting=meeting, came=[late, *rest], by=keeper, at=BEGUN)
    found = sentences(keeper, meeting)
    assert [quorate for quorate, _ in found] == [False, True, True]
    assert found[0][1].endswith("Decisions taken will be subject to ratification.")
    assert "ratification" not in found[1][1]
    assert "had not yet arrived" in found[0][1]
    assert "absent" not in found[0][1]


def test_who_left_does_not_count_any_more(meeting, agenda, seats, keeper):
    gone = Came(key(seats["chair"]), "present", left_after=agenda[0])
    services.record(
        meeting=meeting, came=[gone, *came(seats, member="present", adviser="present")], by=keeper, at=BEGUN
    )
    found = sentences(keeper, meeting)
    assert [quorate for quorate, _ in found] == [True, False, False]
    assert "had left" in found[1][1]


def test_a_recused_member_does_not_count_for_the_item(meeting, agenda, seats, keeper):
    services.record(meeting=meeting, came=everybody(seats, member="apologies"), by=keeper, at=BEGUN)
    values = {"text": "Directs the supplier", "outcome": "withdrew", "item": agenda[1], "interest": None}
    interests.declare(meeting=meeting, seat=key(seats["adviser"]), values=values, by=keeper)
    assert [quorate for quorate, _ in sentences(keeper, meeting)] == [True, False, True]


def test_an_interest_that_was_only_noted_changes_nothing(meeting, agenda, seats, keeper):
    services.record(meeting=meeting, came=everybody(seats, member="apologies"), by=keeper, at=BEGUN)
    values = {"text": "Knows the supplier", "outcome": "noted", "item": None, "interest": None}
    interests.declare(meeting=meeting, seat=key(seats["adviser"]), values=values, by=keeper)
    assert [quorate for quorate, _ in sentences(keeper, meeting)] == [True, True, True]


def test_an_item_may_ask_for_more(meeting, agenda, seats, keeper):
    agenda[2].quorum = {"at_least": 1, "among": {"categories": ["external_adviser"]}}
    agenda[2].save()
    services.record(meeting=meeting, came=everybody(seats, adviser="apologies"), by=keeper, at=BEGUN)
    assert [quorate for quorate, _ in sentences(keeper, meeting)] == [True, True, False]


def test_a_purpose_may_ask_for_more(board, meeting, agenda, seats, keeper):
    stricter = {"decision": {"at_least": 3}}
    approved(DraftTermsFactory(board=board, quorum={"at_least": 2}, item_quorums=stricter), dt.date(2022, 2, 1))
    agenda[0].purpose = "decision"
    agenda[0].save()
    services.record(meeting=meeting, came=everybody(seats, adviser="apologies"), by=keeper, at=BEGUN)
    assert [quorate for quorate, _ in sentences(keeper, meeting)] == [False, True, True]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"presence": "present", "seat": "vacant"}, "is vacant"),
        ({"presence": "apologies", "seat": "chair", "presided": True}, "cannot preside"),
    ],
)
def test_attendance_that_cannot_be(meeting, seats, keeper, wrong, sentence):
    seat = wrong.pop("seat")
    with pytest.raises(SeatRefused, match=sentence):
        services.record(meeting=meeting, came=[Came(key(seats[seat]), **wrong)], by=keeper, at=BEGUN)


def test_nobody_leaves_before_they_come(meeting, agenda, seats, keeper):
    odd = Came(key(seats["chair"]), "present", arrived_for=agenda[2], left_after=agenda[0])
    with pytest.raises(SeatRefused, match="cannot leave before"):
        services.record(meeting=meeting, came=[odd], by=keeper, at=BEGUN)


# Holding


def held(meeting, seats, keeper, **other) -> Meeting:
    services.record(meeting=meeting, came=everybody(seats, **other), by=keeper, at=BEGUN)
    return doors.hold(meeting=meeting, by=keeper, at=BEGUN)


def test_a_held_meeting_keeps_terms_names_and_quorum(meeting, agenda, terms, seats, keeper, member):
    row = held(meeting, seats, keeper, adviser="apologies")
    assert (row.state, row.terms, row.rules) == ("held", terms, terms)
    member.person.name = "Renamed Later"
    member.person.save()
    seats["chair"].ends = dt.date(2022, 2, 1)
    seats["chair"].save()
    approved(DraftTermsFactory(board=meeting.board, quorum={"at_least": 9}), dt.date(2022, 2, 8))
    page = meeting_page(keeper, "delivery", meeting.pk)
    assert [line.attendance.name for line in page.lines] == ["Lena Lead", "", "Mo Member", "Ann Adviser"]
    assert page.rules == terms
    assert all(answer.quorate for answer in page.quorum.values())
    assert MeetingAct.objects.get(meeting=meeting, verb="held").detail == "2 present, 1 with apologies"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE boards_meeting SET place = 'Elsewhere' WHERE id = %s",
        "DELETE FROM boards_meeting WHERE id = %s",
        "UPDATE boards_attendance SET presence = 'absent' WHERE meeting_id = %s",
        "DELETE FROM boards_attendance WHERE meeting_id = %s",
        "UPDATE boards_agendaitem SET quorum_sentence = '' WHERE meeting_id = %s",
        "INSERT INTO boards_declaration (meeting_id, attendance_id, text, outcome) "
        "SELECT meeting_id, id, 'Later', 'noted' FROM boards_attendance WHERE meeting_id = %s",
    ],
)
def test_nothing_of_a_held_meeting_changes(meeting, agenda, seats, keeper, sql):
    held(meeting, seats, keeper)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [meeting.pk])


def test_services_refuse_what_was_held(meeting, agenda, seats, keeper):
    held(meeting, seats, keeper)
    with pytest.raises(Refusal, match="was held"):
        services.record(meeting=meeting, came=everybody(seats), by=keeper, at=BEGUN)
    with pytest.raises(Refusal, match="was held"):
        doors.hold(meeting=meeting, by=keeper, at=BEGUN)


def test_a_future_meeting_is_not_held(meeting, seats, keeper):
    with pytest.raises(Refusal, match="once it has begun"):
        doors.hold(meeting=meeting, by=keeper, at=NOW)


def test_not_held_while_it_is_unknown_who_came(meeting, seats, keeper):
    services.record(meeting=meeting, came=came(seats, chair="present"), by=keeper, at=BEGUN)
    with pytest.raises(Refusal, match="Head of Estates, Ann Adviser"):
        doors.hold(meeting=meeting, by=keeper, at=BEGUN)


def test_not_held_without_terms(keeper):
    bare = MeetingFactory(on=dt.date(2022, 2, 8))
    with pytest.raises(Refusal, match="no terms of reference in force"):
        doors.hold(meeting=bare, by=keeper, at=BEGUN)


def test_only_the_secretariat_holds(meeting, seats, keeper, lead, actor_of):
    services.record(meeting=meeting, came=everybody(seats), by=keeper, at=BEGUN)
    with pytest.raises(Refusal, match="secretariat runs"):
        doors.hold(meeting=meeting, by=actor_of(lead), at=BEGUN)


def test_a_reply_of_a_seat_that_was_given_up_goes(meeting, seats, keeper):
    services.reply(meeting=meeting, answers=[Answer(key(seats["vacant"]), "apologies")], by=keeper, at=NOW)
    seats["vacant"].ends = dt.date(2022, 1, 31)
    seats["vacant"].save()
    held(meeting, seats, keeper)
    assert meeting.attendances.count() == 3


def test_adopted_terms_are_pinned_both(board, terms, keeper):
    own = approved(DraftTermsFactory(adopts=board))
    from tests.factories.boards import MembershipFactory

    seat = MembershipFactory(board=own.board, category="chair")
    TenureFactory(post=seat.post)
    row = MeetingFactory(board=own.board, on=dt.date(2022, 2, 8))
    services.record(meeting=row, came=[Came(key(seat), "present")], by=keeper, at=BEGUN)
    row = doors.hold(meeting=row, by=keeper, at=BEGUN)
    assert (row.terms, row.rules) == (own, terms)


def test_delegates_of_a_recused_seat(meeting, seats, lead_post, member, actor_of):
    """Who drafts for a post replies for it."""
    DelegationFactory(post=lead_post, person=member.person)
    services.reply(meeting=meeting, answers=[Answer(key(seats["chair"]), "coming")], by=actor_of(member), at=NOW)
    assert meeting.attendances.get().reply == "coming"
