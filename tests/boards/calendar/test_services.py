"""The doors of a meeting's day: who may, what it writes, what it leaves alone."""

import datetime as dt

import pytest
from django.utils import timezone

from boards.models import Closure, Meeting, MeetingAct
from boards.services import calendar, milestones, proposals
from kit import stale
from kit.verdict import Refusal
from tests.factories.boards import AgendaItemFactory, BoardFactory, DraftTermsFactory, MeetingFactory, approved
from tests.factories.records import DecisionFactory

TODAY = dt.date(2022, 1, 19)


def moment(day: dt.date, hour: int = 10, minute: int = 0) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


AT = moment(TODAY, 9)


@pytest.fixture
def board(db):
    terms = DraftTermsFactory()
    levels = (
        ("papers", 5, "working_days", "before", "meeting_start"),
        ("actions", 24, "elapsed_hours", "after", "meeting_end"),
        ("minutes", 5, "working_days", "after", "meeting_end"),
    )
    for product, quantity, unit, direction, anchor in levels:
        terms.service_levels.create(product=product, quantity=quantity, unit=unit, direction=direction, anchor=anchor)
    return approved(terms).board


@pytest.fixture
def keeper(secretariat, actor_of):
    return actor_of(secretariat)


def planned(board, keeper, day=dt.date(2022, 4, 20), **more) -> Meeting:
    starts = moment(day)
    meeting = Meeting(board=board, starts_at=starts, ends_at=starts + dt.timedelta(hours=2))
    return calendar.add(meeting=meeting, by=keeper, at=AT, **more)


def due(meeting: Meeting) -> dict[str, dt.datetime]:
    return {row.product: timezone.localtime(row.due_at) for row in meeting.milestones.all()}


def test_a_meeting_added_by_hand_has_its_deadlines_explained(board, keeper):
    meeting = planned(board, keeper)
    assert meeting.state == "planned"
    assert meeting.first_planned_for == dt.date(2022, 4, 20)
    assert due(meeting)["papers"].date() == dt.date(2022, 4, 11)  # over Easter
    assert due(meeting)["actions"] == moment(dt.date(2022, 4, 21), 12)
    papers = meeting.milestones.get(product="papers")
    assert "Good Friday and Easter Monday" in papers.explanation
    assert papers.promise == "Papers reach the secretariat 5 working days before the meeting"
    assert [act.verb for act in meeting.acts.all()] == ["added"]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (dt.date(2022, 4, 18), "Easter Monday"),
        (dt.date(2022, 4, 16), "a Saturday"),
        (dt.date(2022, 4, 20), "Office move"),
    ],
)
def test_a_day_off_has_to_be_confirmed(board, keeper, day, why):
    Closure.objects.create(label="Office move", starts=dt.date(2022, 4, 20), ends=dt.date(2022, 4, 21))
    with pytest.raises(Refusal, match=why):
        planned(board, keeper, day)
    assert planned(board, keeper, day, anyway=True).day == day


def test_a_board_meets_once_at_a_time(board, keeper):
    planned(board, keeper)
    with pytest.raises(Refusal, match="already meets then"):
        planned(board, keeper)


def test_not_before_the_board_begins(board, keeper):
    with pytest.raises(Refusal, match="begins on"):
        planned(board, keeper, dt.date(2021, 3, 30))


def test_accepting_many_plans_them_and_writes_an_act_each(board, keeper):
    rows = [MeetingFactory(board=board, state="proposed", on=dt.date(2022, month, 8)) for month in (2, 3, 6)]
    done = calendar.accept(meetings=rows, by=keeper, at=AT)
    assert {row.state for row in done} == {"planned"}
    assert [row.first_planned_for for row in done] == [row.day for row in rows]
    assert MeetingAct.objects.filter(verb="accepted").count() == 3
    assert all(set(due(row)) == {"papers", "actions", "minutes"} for row in done)


def test_a_past_proposal_cannot_be_accepted_and_takes_the_others_with_it(board, keeper):
    past = MeetingFactory(board=board, state="proposed", on=dt.date(2022, 1, 18))
    other = MeetingFactory(board=board, state="proposed", on=dt.date(2022, 3, 8))
    with pytest.raises(Refusal, match="is past"):
        calendar.accept(meetings=[other, past], by=keeper, at=AT)
    other.refresh_from_db()
    assert other.state == "proposed"


def test_a_replaced_proposal_is_not_accepted_unseen(board, keeper):
    row = MeetingFactory(board=board, state="proposed", on=dt.date(2022, 3, 8))
    Meeting.objects.filter(pk=row.pk).delete()
    row.pk = 10**9
    with pytest.raises(Refusal, match="replaced meanwhile"):
        calendar.accept(meetings=[row], by=keeper, at=AT)


def test_moving_recomputes_only_what_is_ahead_and_has_not_come(board, keeper):
    meeting = planned(board, keeper, dt.date(2022, 1, 24))  # papers were due on 17 January
    before = due(meeting)
    came = meeting.milestones.get(product="actions")
    milestones.meet(milestone=came, came_at=AT, by=keeper, at=AT)
    starts = moment(dt.date(2022, 2, 14))
    moved = calendar.move(
        meeting=meeting,
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=2),
        place="Room 1",
        reason="The chair is away.",
        by=keeper,
        at=AT,
    )
    after = due(moved)
    assert after["papers"] == before["papers"]
    assert after["actions"] == before["actions"]
    assert after["minutes"].date() == dt.date(2022, 2, 21)
    act = moved.acts.get(verb="moved")
    assert act.detail == "from 10am on Monday 24 January 2022 to 10am on Monday 14 February 2022, Room 1"
    assert act.reason == "The chair is away."
    assert moved.first_planned_for == dt.date(2022, 1, 24)


def test_two_who_move_one_meeting_see_each_other(board, keeper):
    meeting = planned(board, keeper)
    meeting.refresh_from_db()
    seen = stale.token(meeting, calendar.WATCHED)
    to = {"ends_at": moment(dt.date(2022, 5, 5), 12), "place": "", "reason": "Clash", "by": keeper, "at": AT}
    calendar.move(meeting=meeting, starts_at=moment(dt.date(2022, 5, 5)), seen=seen, **to)
    with pytest.raises(stale.Stale):
        calendar.move(meeting=meeting, starts_at=moment(dt.date(2022, 5, 5)), seen=seen, **to)


def test_not_into_the_past(board, keeper):
    meeting = planned(board, keeper)
    with pytest.raises(Refusal, match="into the past"):
        calendar.move(
            meeting=meeting,
            starts_at=moment(dt.date(2022, 1, 18)),
            ends_at=moment(dt.date(2022, 1, 18), 12),
            place="",
            reason="x",
            by=keeper,
            at=AT,
        )


def test_cancelling_asks_why_and_keeps_the_meeting(board, keeper):
    meeting = planned(board, keeper)
    with pytest.raises(Refusal, match="Say why"):
        calendar.cancel(meeting=meeting, reason=" ", by=keeper, at=AT)
    calendar.cancel(meeting=meeting, reason="Nothing to decide.", by=keeper, at=AT)
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"
    assert meeting.acts.get(verb="cancelled").reason == "Nothing to decide."
    with pytest.raises(Refusal, match="cancelled already"):
        calendar.cancel(meeting=meeting, reason="Again", by=keeper, at=AT)


def test_a_meeting_at_which_something_was_recorded_stays_on_its_day(board, keeper):
    row = planned(board, keeper)
    DecisionFactory(item=AgendaItemFactory(meeting=row))
    with pytest.raises(Refusal, match="took place on its day"):
        calendar.cancel(meeting=row, reason="No quorum.", by=keeper, at=AT)
    with pytest.raises(Refusal, match="took place on its day"):
        calendar.move(meeting=row, starts_at=row.starts_at, ends_at=row.ends_at, place="", reason="", by=keeper, at=AT)


def test_cancelling_a_proposal_drops_it(board, keeper):
    row = MeetingFactory(board=board, state="proposed")
    calendar.cancel(meeting=row, reason="", by=keeper, at=AT)
    assert not Meeting.objects.filter(pk=row.pk).exists()


def test_only_the_secretariat(board, actor_of, member):
    with pytest.raises(Refusal, match="The secretariat runs the boards"):
        planned(board, actor_of(member))


def test_proposing_again_replaces_only_what_nobody_accepted(board, keeper):
    first = proposals.propose(boards=[board], from_day=dt.date(2022, 2, 1), by=keeper, at=AT)
    assert len(first.made) == 9  # every six weeks
    assert all(row.why.startswith("Every six weeks from") for row in first.made)
    calendar.accept(meetings=first.made[:2], by=keeper, at=AT)
    again = proposals.propose(boards=[board], from_day=dt.date(2022, 2, 1), by=keeper, at=AT)
    assert again.replaced == 7
    assert Meeting.objects.filter(state="planned").count() == 2
    days = [row.day for row in Meeting.objects.order_by("starts_at")]
    assert days == [row.day for row in first.made]


def test_a_board_without_terms_is_left_out_and_said(board, keeper):
    bare = BoardFactory()
    done = proposals.propose(boards=[board, bare], from_day=dt.date(2022, 2, 1), by=keeper, at=AT)
    assert done.left_out == [bare]
    with pytest.raises(Refusal, match="None of these boards"):
        proposals.propose(boards=[bare], from_day=dt.date(2022, 2, 1), by=keeper, at=AT)


def test_advice_comes_before_the_decision(board, keeper):
    adviser = approved(DraftTermsFactory(board__kind="advises")).board
    adviser.relationships.create(to=board, kind="advises", days_between=5)
    done = proposals.propose(boards=[board, adviser], from_day=dt.date(2022, 2, 1), by=keeper, at=AT)
    first = {row.board_id: row for row in reversed(done.made)}
    assert first[adviser.pk].day < first[board.pk].day
    assert f"after {adviser.title}" in first[board.pk].why


def test_a_later_version_of_the_terms_rules_the_meetings_of_its_time(board, keeper):
    newer = DraftTermsFactory(board=board)
    newer.service_levels.create(
        product="papers", quantity=10, unit="working_days", direction="before", anchor="meeting_start"
    )
    approved(newer, dt.date(2022, 3, 1))
    early, late = planned(board, keeper, dt.date(2022, 2, 22)), planned(board, keeper, dt.date(2022, 3, 29))
    assert due(early)["papers"].date() == dt.date(2022, 2, 15)
    assert due(late) == {"papers": moment(dt.date(2022, 3, 15), 23, 59)}


def test_what_came_is_recorded_late_or_not(board, keeper):
    meeting = planned(board, keeper, dt.date(2022, 1, 24))
    papers = meeting.milestones.get(product="papers")
    with pytest.raises(Refusal, match="future"):
        milestones.meet(milestone=papers, came_at=AT + dt.timedelta(hours=1), by=keeper, at=AT)
    row = milestones.meet(milestone=papers, came_at=AT, by=keeper, at=AT, note="Two by hand")
    assert row.was_late
    assert meeting.acts.first().detail == "Papers: 9am on Wednesday 19 January 2022, late"


def test_approving_new_terms_changes_nothing_of_a_meeting_that_was_held(board, keeper):
    meeting = planned(board, keeper, dt.date(2022, 1, 24))
    terms = board.terms.get()
    Meeting.objects.filter(pk=meeting.pk).update(state="held", terms=terms, rules=terms)
    before = list(meeting.milestones.values())
    draft = DraftTermsFactory(board=board, quorum={"at_least": 9})
    draft.service_levels.create(product="pack", quantity=9, direction="before", anchor="meeting_start")
    approved(draft, dt.date(2022, 1, 20))
    milestones.refresh_ahead(boards=[board], at=AT)
    meeting.refresh_from_db()
    assert list(meeting.milestones.values()) == before
    assert (meeting.terms, meeting.rules) == (terms, terms)
    assert meeting.rules.quorum == terms.quorum


def test_approved_terms_move_what_is_ahead_of_the_board_and_of_those_that_adopt_them(board, keeper):
    follower = approved(DraftTermsFactory(adopts=board)).board
    chained = approved(DraftTermsFactory(adopts=follower)).board
    rows = [planned(each, keeper) for each in (board, follower, chained)]
    draft = DraftTermsFactory(board=board)
    draft.service_levels.create(
        product="papers", quantity=10, unit="working_days", direction="before", anchor="meeting_start"
    )
    approved(draft, dt.date(2022, 4, 1))
    milestones.follow_terms(board=board, at=AT)
    assert [due(row) for row in rows] == [{"papers": moment(dt.date(2022, 4, 4), 23, 59)}] * 3
