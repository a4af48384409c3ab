"""What the database keeps of papers, packs and records, attacked with raw SQL."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from boards.disclosure import Sight, seen_of
from boards.models import AgendaItem, Decision
from people.actor import Actor
from tests.factories import records as make
from tests.factories.boards import AgendaItemFactory, ExternalFactory, MeetingFactory
from tests.factories.people import PostFactory

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, InternalError)


def attack(sql: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def numbered():
    return [
        ("boards_paper", make.PaperFactory),
        ("boards_paperversion", make.PaperVersionFactory),
        ("boards_decision", make.DecisionFactory),
        ("boards_boardaction", make.BoardActionFactory),
        ("boards_summary", make.SummaryFactory),
        ("boards_referral", make.ReferralFactory),
    ]


@pytest.mark.parametrize(("table", "factory"), numbered(), ids=[table for table, _ in numbered()])
def test_a_number_is_given_once(table, factory):
    row = factory()
    with pytest.raises(REFUSED):
        attack(f"UPDATE {table} SET number = 7 WHERE id = %s", row.pk)
    with pytest.raises(REFUSED):
        attack(f"DELETE FROM {table} WHERE id = %s", row.pk)


@pytest.mark.parametrize(("table", "factory"), numbered(), ids=[table for table, _ in numbered()])
def test_a_number_leaves_no_gap(table, factory):
    with pytest.raises(IntegrityError, match="not the next one"), transaction.atomic():
        factory(number=2)


def test_editions_leave_no_gap_and_circulated_ones_stay():
    edition = make.PackEditionFactory()
    file = make.PackFileFactory(edition=edition)
    with pytest.raises(IntegrityError, match="not the next one"), transaction.atomic():
        make.PackEditionFactory(meeting=edition.meeting, number=3)
    with pytest.raises(REFUSED, match="file of a pack"):
        attack("UPDATE boards_packfile SET label = 'x' WHERE id = %s", file.pk)
    attack("UPDATE boards_packedition SET circulated_at = now(), circulated_by = 'A' WHERE id = %s", edition.pk)
    for sql in (
        "UPDATE boards_packedition SET message = 'x' WHERE id = %s",
        "DELETE FROM boards_packedition WHERE id = %s",
        "DELETE FROM boards_packfile WHERE edition_id = %s",
        "UPDATE boards_packfile SET label = 'x' WHERE edition_id = %s",
    ):
        with pytest.raises(REFUSED, match="circulated"):
            attack(sql, edition.pk)
    with pytest.raises(REFUSED, match="circulated"), transaction.atomic():
        make.PackFileFactory(edition=edition, audience="members")


def test_what_was_sent_to_whom_stays():
    copy = make.PackCopyFactory()
    attack("UPDATE boards_packcopy SET first_opened_at = now() WHERE id = %s", copy.pk)
    for sql in ("UPDATE boards_packcopy SET name = 'x' WHERE id = %s", "DELETE FROM boards_packcopy WHERE id = %s"):
        with pytest.raises(REFUSED, match="sent to whom"):
            attack(sql, copy.pk)


def test_a_decision_is_of_the_meeting_of_its_item():
    decision, other = make.DecisionFactory(), AgendaItemFactory()
    with pytest.raises(IntegrityError, match="of its agenda item"):
        attack("UPDATE boards_decision SET item_id = %s WHERE id = %s", other.pk, decision.pk)
    with pytest.raises(IntegrityError, match="of its agenda item"), transaction.atomic():
        make.DecisionFactory(item=decision.item, meeting=other.meeting, board=decision.board)


def test_an_edition_that_was_not_circulated_can_make_way():
    edition = make.PackEditionFactory()
    make.PackFileFactory(edition=edition)
    edition.delete()
    assert make.PackEditionFactory(meeting=edition.meeting, number=1).pk


def confirmed():
    decision = make.DecisionFactory()
    minutes = make.MinutesFactory(meeting=decision.meeting)
    minutes.parts.create(item=decision.item, text="It was discussed.")
    later = make.DecisionFactory(item=AgendaItemFactory(meeting=MeetingFactory(board=decision.board, on=LATER)))
    minutes.state, minutes.confirmed_by, minutes.sha256 = "confirmed", later, "a" * 64
    minutes.confirmed_at = make.WHEN
    minutes.save()
    return decision, minutes


LATER = make.WHEN.date().replace(month=3)


def test_confirmed_minutes_and_what_they_were_made_from_stay():
    decision, minutes = confirmed()
    for sql in (
        "UPDATE boards_minutes SET record = '{}' WHERE id = %s",
        "DELETE FROM boards_minutes WHERE id = %s",
        "UPDATE boards_minutespart SET text = 'x' WHERE minutes_id = %s",
        "DELETE FROM boards_minutespart WHERE minutes_id = %s",
    ):
        with pytest.raises(REFUSED, match="onfirmed"):
            attack(sql, minutes.pk)
    with pytest.raises(REFUSED, match="confirmed"):
        attack("UPDATE boards_decision SET text = 'x' WHERE id = %s", decision.pk)
    with pytest.raises(REFUSED, match="confirmed"), transaction.atomic():
        make.DecisionFactory(item=decision.item)


def test_minutes_are_confirmed_by_a_decision_only():
    minutes = make.MinutesFactory()
    with pytest.raises(IntegrityError, match="minutes_confirmed_by_decision"):
        attack("UPDATE boards_minutes SET state = 'confirmed' WHERE id = %s", minutes.pk)


def test_the_first_date_of_an_action_stays_and_closed_ones_too():
    action = make.BoardActionFactory()
    with pytest.raises(REFUSED, match="first date"):
        attack("UPDATE boards_boardaction SET original_due = '2022-04-01' WHERE id = %s", action.pk)
    attack("UPDATE boards_boardaction SET due = '2022-04-01' WHERE id = %s", action.pk)
    with pytest.raises(IntegrityError, match="closed_action_says_where"):
        attack("UPDATE boards_boardaction SET state = 'closed' WHERE id = %s", action.pk)
    attack(
        "UPDATE boards_boardaction SET state = 'closed', closed_on = '2022-03-01', closed_at_meeting_id = meeting_id "
        "WHERE id = %s",
        action.pk,
    )
    with pytest.raises(REFUSED, match="board closed"):
        attack("UPDATE boards_boardaction SET state = 'open' WHERE id = %s", action.pk)


def test_what_was_referred_and_what_came_of_it_stays():
    stop = make.ReferralStopFactory(
        disposition="endorsed", summary="Endorsed.", disposed_at=make.WHEN, text_agreed="That the estate is reviewed."
    )
    with pytest.raises(REFUSED, match="stays as agreed"):
        attack("UPDATE boards_referral SET text = 'x' WHERE id = %s", stop.referral_id)
    with pytest.raises(REFUSED, match="made of a referral"):
        attack("UPDATE boards_referralstop SET summary = 'x' WHERE id = %s", stop.pk)


def test_a_late_paper_needs_permission():
    with pytest.raises(IntegrityError, match="late_paper_permitted"):
        make.PaperFactory(is_late=True)


def test_whole_to_answers_as_disclosure_does():
    """The same items are whole in SQL and in Python, for those entitled, those who are not, and those who declared."""
    meeting = MeetingFactory()
    post = PostFactory()
    seat = ExternalFactory(board=meeting.board)
    items = [
        AgendaItemFactory(meeting=meeting, visibility=visibility, cover_title="Other", presenter_post=presenter)
        for visibility in ("visible", "title_only", "cover_title", "absent")
        for presenter in (None, post)
    ]
    items[2].audience.create(person=seat.person)
    attendance = meeting.attendances.create(category="external_adviser", person=seat.person, label="x")
    meeting.declarations.create(attendance=attendance, item=items[0], text="x", outcome="not_sent")
    for actor in (
        Actor(user_id=None, on=LATER, name="Adviser", person_id=seat.person_id),
        Actor(user_id=None, on=LATER, name="Presenter", person_id=None, holds={post.pk: "x"}),
        Actor(user_id=None, on=LATER, name="Nobody"),
        Actor(user_id=None, on=LATER, name="Secretary", roles=frozenset({"secretariat"})),
    ):
        loaded = AgendaItem.objects.filter(meeting=meeting).select_related("meeting").prefetch_related("audience")
        whole = {each.item.pk for each in seen_of(loaded, actor) if each.sight is Sight.WHOLE}
        assert set(AgendaItem.objects.whole_to(actor).values_list("pk", flat=True)) == whole


def test_decisions_are_read_by_all_once_summed_up():
    decision = make.DecisionFactory()
    viewer = Actor(user_id=None, on=LATER, name="Viewer")
    assert not Decision.objects.visible_to(viewer).exists()
    make.SummaryFactory(meeting=decision.meeting)
    assert Decision.objects.visible_to(viewer).get() == decision
