"""Terms of reference: drafted from what holds, changed by one at a time, adopted without circles, approved once."""

import datetime as dt

import pytest
from django.db import DatabaseError

from boards.models import Duty, ServiceLevel, Terms
from boards.queries.checks import problems
from boards.queries.versions import state_of
from boards.quorum import Category, as_data, chair_plus
from boards.review import review_due
from boards.services import milestones
from boards.services import terms as services
from boards.services.parts import parts_token
from kit import clock, stale
from kit.clock import local_date
from kit.stale import Stale
from kit.verdict import Refusal
from tests.factories.boards import (
    BoardFactory,
    DraftTermsFactory,
    ExternalFactory,
    MeetingFactory,
    MembershipFactory,
    approved,
)
from tests.factories.people import TenureFactory

TODAY = dt.date(2022, 1, 19)
PLUS_ONE = as_data(chair_plus(1))


@pytest.fixture
def by(secretariat, actor_of):
    return actor_of(secretariat)


@pytest.fixture
def board(db):
    """With a chair and two members, each in a post that somebody holds."""
    board = BoardFactory(title="Delivery Board")
    for category in ("chair", "internal", "internal"):
        TenureFactory(post=MembershipFactory(board=board, category=category).post)
    return board


@pytest.fixture
def draft(board) -> Terms:
    draft = DraftTermsFactory(board=board, quorum=PLUS_ONE)
    draft.duties.create(key="watch", position=1, text="Watch progress.")
    draft.duties.create(key="report", position=2, text="Report.", times_a_year=4)
    draft.service_levels.create(
        product="papers", quantity=5, unit="working_days", direction="before", anchor="meeting_start"
    )
    return draft


def approve(draft: Terms, by, **more) -> Terms:
    asked = {"decision": "Decision 4", "decided_on": TODAY, "in_force_from": TODAY} | more
    return services.approve(terms=draft, by=by, at=clock.now(), **asked)


def change(draft: Terms, by, **values) -> Terms:
    seen = stale.token(Terms.objects.get(pk=draft.pk), values)
    return services.change(terms=draft, values=values, seen=seen, by=by)


# Drafting


def test_a_new_version_says_what_the_last_one_said(draft, by):
    approve(draft, by)
    newer = services.draft(board=draft.board, by=by, at=clock.now())
    assert (newer.number, newer.state, newer.purpose, newer.quorum) == (2, "draft", draft.purpose, PLUS_ONE)
    assert [(duty.key, duty.times_a_year) for duty in newer.duties.all()] == [("watch", None), ("report", 4)]
    assert [str(level) for level in newer.service_levels.all()] == [str(each) for each in draft.service_levels.all()]
    act = newer.acts.get()
    assert (act.verb, act.to_state, act.reason, act.by_name) == ("drafted", "draft", "From version 1.", by.name)
    assert draft.duties.count() == 2


def test_there_is_one_draft_at_a_time(draft, by):
    with pytest.raises(Refusal, match="already has a draft"):
        services.draft(board=draft.board, by=by, at=clock.now())


def test_only_those_who_run_boards_draft_and_change(draft, team, actor_of):
    other = actor_of(team)
    for act in (
        lambda: services.draft(board=BoardFactory(), by=other, at=clock.now()),
        lambda: change(draft, other, purpose="Other"),
        lambda: services.change_duties(terms=draft, duties=[], seen=parts_token(draft.duties.all()), by=other),
        lambda: approve(draft, other),
    ):
        with pytest.raises(Refusal, match="The secretariat runs the boards"):
            act()


def test_terms_of_others_boards_are_not_kept_here(by):
    with pytest.raises(Refusal, match="kept by another body"):
        services.draft(board=BoardFactory(is_outside=True), by=by, at=clock.now())


# Changing


def test_two_who_change_a_section_see_each_other(draft, by):
    seen = stale.token(draft, ["purpose"])
    change(draft, by, purpose="First")
    with pytest.raises(Stale):
        services.change(terms=draft, values={"purpose": "Second"}, seen=seen, by=by)
    assert Terms.objects.get(pk=draft.pk).purpose == "First"


def test_duties_keep_their_keys_and_what_is_left_out_goes(draft, by):
    seen = parts_token(draft.duties.all())
    wanted = [
        Duty(key="watch", position=1, text="Watch all progress."),
        Duty(key="hear", position=2, text="Hear from staff."),
    ]
    before = draft.duties.get(key="watch").pk
    services.change_duties(terms=draft, duties=wanted, seen=seen, by=by)
    assert [(duty.key, duty.text) for duty in draft.duties.all()] == [
        ("watch", "Watch all progress."),
        ("hear", "Hear from staff."),
    ]
    assert draft.duties.get(key="watch").pk == before
    with pytest.raises(Stale):
        services.change_duties(terms=draft, duties=[], seen=seen, by=by)


def test_service_levels_are_put_in_place_of_those_that_were_there(draft, by):
    level = ServiceLevel(product="minutes", quantity=5, unit="working_days", direction="after", anchor="meeting_end")
    services.change_levels(terms=draft, levels=[level], seen=parts_token(draft.service_levels.all()), by=by)
    assert [each.product for each in draft.service_levels.all()] == ["minutes"]


def test_approved_terms_are_not_changed(draft, by):
    approve(draft, by)
    with pytest.raises(Refusal, match="Draft a new version"):
        change(draft, by, purpose="Other")
    with pytest.raises(Refusal, match="Draft a new version"):
        services.change_duties(terms=draft, duties=[], seen=parts_token(draft.duties.all()), by=by)


# Adopting


def test_a_circle_of_adoptions_is_refused(board, by):
    approved(DraftTermsFactory(board=board, quorum=PLUS_ONE))
    middle, last = BoardFactory(title="Middle"), BoardFactory(title="Last")
    approved(DraftTermsFactory(board=middle, adopts=board))
    approved(DraftTermsFactory(board=last, adopts=middle))
    draft = DraftTermsFactory(board=board)
    with pytest.raises(Refusal, match="Last adopts the terms of Delivery Board, directly or through others"):
        change(draft, by, adopts=last, pinned=None)
    with pytest.raises(Refusal, match="cannot adopt its own"):
        change(draft, by, adopts=board, pinned=None)


def test_two_drafts_that_adopt_each_other_are_not_both_approved(by):
    """Neither adoption is in force when the other is drafted; the second to be approved is refused."""
    boards = [BoardFactory(title=title) for title in ("One", "Two")]
    for board in boards:
        for category in ("chair", "internal"):
            TenureFactory(post=MembershipFactory(board=board, category=category).post)
        approved(DraftTermsFactory(board=board, quorum=PLUS_ONE))
    drafts = [services.draft(board=board, by=by, at=clock.now()) for board in boards]
    change(drafts[0], by, adopts=boards[1], pinned=None)
    change(drafts[1], by, adopts=boards[0], pinned=None)
    approve(drafts[0], by)
    with pytest.raises(Refusal, match="That would be a circle"):
        approve(drafts[1], by)


def test_a_board_without_terms_in_force_is_not_adopted(board, by):
    empty = BoardFactory(title="Empty Board")
    DraftTermsFactory(board=empty)
    draft = DraftTermsFactory(board=board)
    with pytest.raises(Refusal, match="Empty Board has no terms of reference in force"):
        change(draft, by, adopts=empty, pinned=None)


def test_a_pin_is_an_approved_version_of_what_is_adopted(board, by):
    other = approved(DraftTermsFactory(quorum=PLUS_ONE))
    draft = DraftTermsFactory(board=board)
    with pytest.raises(Refusal, match="not one of"):
        change(draft, by, adopts=approved(DraftTermsFactory()).board, pinned=other)
    with pytest.raises(Refusal, match="Only adopted terms"):
        change(draft, by, adopts=None, pinned=other)
    change(draft, by, adopts=other.board, pinned=other)
    assert Terms.objects.get(pk=draft.pk).pinned == other


# Approving


def test_approving_locks_and_records(draft, by):
    approve(draft, by, in_force_from=dt.date(2022, 2, 1))
    row = Terms.objects.get(pk=draft.pk)
    assert (row.state, row.in_force_from, row.decision) == ("approved", dt.date(2022, 2, 1), "Decision 4")
    assert state_of(row, [row], TODAY) == "approved"
    assert state_of(row, [row], dt.date(2022, 2, 1)) == "in_force"
    act = row.acts.get()
    assert (act.verb, act.from_state, act.to_state, act.reason) == ("approved", "draft", "approved", "Decision 4")
    row.purpose = "Other"
    with pytest.raises(DatabaseError, match="cannot be changed or deleted"):
        row.save()


def test_it_is_approved_once(draft, by):
    approve(draft, by)
    with pytest.raises(Refusal, match="approved already"):
        approve(draft, by)


def test_terms_without_a_chair_are_refused(draft, by):
    draft.board.memberships.filter(category="chair").update(ends=dt.date(2021, 12, 31))
    with pytest.raises(Refusal, match=r"The board has no chair\. Add one to its members first\."):
        approve(draft, by)


def test_a_quorum_larger_than_the_membership_is_refused(draft, by):
    change(draft, by, quorum=as_data(chair_plus(5)), item_quorums={})
    with pytest.raises(Refusal, match="needs 5 members besides the chair, but the board has only 2"):
        approve(draft, by)


def test_a_minimum_of_a_category_that_is_not_there_is_refused(draft, by):
    change(draft, by, quorum=as_data(chair_plus(2, (1, Category.EXTERNAL_ADVISER))), item_quorums={})
    assert any("external adviser" in sentence for sentence in problems(Terms.objects.get(pk=draft.pk), TODAY))
    ExternalFactory(board=draft.board)
    approve(draft, by)


def test_a_stricter_rule_for_some_items_is_checked_too(draft, by):
    change(draft, by, quorum=PLUS_ONE, item_quorums={"decision": {"at_least": 9}})
    with pytest.raises(Refusal, match="needs 9 members"):
        approve(draft, by)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"purpose": " "}, "Say what the board is for."),
        ({"frequency_every": None}, "Say how often the board meets."),
        ({"length_minutes": None}, "Say how long a meeting lasts."),
        ({"deputies_count": "yes", "deputies_rule": "none"}, "no deputies are allowed"),
        ({"deputies_count": "yes", "deputies_rule": "not_stated"}, "do not say who may send one"),
    ],
)
def test_what_is_left_unsaid_is_refused(draft, by, values, sentence):
    change(draft, by, **values)
    with pytest.raises(Refusal, match=sentence.replace(".", r"\.")):
        approve(draft, by)


def test_terms_may_leave_the_quorum_out(draft, by):
    change(draft, by, quorum={})
    assert approve(draft, by).state == "approved"


def test_a_decision_is_not_of_tomorrow(draft, by):
    with pytest.raises(Refusal, match="cannot be later than today, 19 January 2022"):
        approve(draft, by, decided_on=TODAY + dt.timedelta(days=1))


def test_a_version_holds_after_the_one_before(draft, by):
    approve(draft, by)
    newer = services.draft(board=draft.board, by=by, at=clock.now())
    for day in (TODAY, TODAY - dt.timedelta(days=1)):
        with pytest.raises(Refusal, match="Version 1 is in force from 19 January 2022"):
            approve(newer, by, in_force_from=day)
    approve(newer, by, in_force_from=TODAY + dt.timedelta(days=1))


def test_terms_do_not_hold_before_the_board_began(draft, by):
    with pytest.raises(Refusal, match="The board began on 1 April 2021"):
        approve(draft, by, in_force_from=dt.date(2021, 3, 31))


def test_a_meeting_that_was_held_keeps_the_terms_of_its_day(draft, by):
    older = approve(draft, by, in_force_from=dt.date(2021, 4, 1))
    meeting = MeetingFactory(board=draft.board, on=dt.date(2022, 1, 10), state="held", terms=older, rules=older)
    newer = services.draft(board=draft.board, by=by, at=clock.now())
    with pytest.raises(Refusal, match="The board met on 10 January 2022"):
        approve(newer, by, in_force_from=dt.date(2022, 1, 10))
    approve(newer, by, in_force_from=dt.date(2022, 1, 11))
    meeting.refresh_from_db()
    assert (meeting.terms, meeting.rules) == (older, older)


def test_approving_moves_the_deadlines_ahead_and_nothing_of_a_held_meeting(draft, by):
    older = approve(draft, by, in_force_from=dt.date(2021, 4, 1))
    held = MeetingFactory(board=draft.board, on=dt.date(2022, 1, 10), state="held", terms=older, rules=older)
    coming = MeetingFactory(board=draft.board, on=dt.date(2022, 4, 20))
    late = dt.datetime(2022, 1, 31, 17, tzinfo=dt.UTC)
    held.milestones.create(product="minutes", promise="5 working days after", due_at=late, explanation="So.")
    milestones.refresh_ahead(boards=[draft.board], at=clock.now())
    assert local_date(coming.milestones.get().due_at) == dt.date(2022, 4, 11)  # five working days, over Easter
    kept = list(held.milestones.values())
    newer = services.draft(board=draft.board, by=by, at=clock.now())
    level = ServiceLevel(product="papers", quantity=2, unit="working_days", direction="before", anchor="meeting_start")
    services.change_levels(terms=newer, levels=[level], seen=parts_token(newer.service_levels.all()), by=by)
    approve(newer, by, in_force_from=dt.date(2022, 2, 1))
    assert local_date(coming.milestones.get().due_at) == dt.date(2022, 4, 14)
    held.refresh_from_db()
    assert (held.terms, held.rules, list(held.milestones.values())) == (older, older, kept)


def test_approving_moves_the_deadlines_of_those_who_follow_and_not_of_those_who_stay(draft, by):
    older = approve(draft, by, in_force_from=dt.date(2021, 4, 1))
    follower, through, pinned = (BoardFactory() for _ in range(3))
    approved(DraftTermsFactory(board=follower, adopts=draft.board))
    approved(DraftTermsFactory(board=through, adopts=follower))
    approved(DraftTermsFactory(board=pinned, adopts=draft.board, pinned=older))
    boards = [follower, through, pinned]
    meetings = [MeetingFactory(board=board, on=dt.date(2022, 4, 20)) for board in boards]
    milestones.refresh_ahead(boards=boards, at=clock.now())
    newer = services.draft(board=draft.board, by=by, at=clock.now())
    level = ServiceLevel(product="papers", quantity=2, unit="working_days", direction="before", anchor="meeting_start")
    services.change_levels(terms=newer, levels=[level], seen=parts_token(newer.service_levels.all()), by=by)
    approve(newer, by, in_force_from=dt.date(2022, 2, 1))
    due = [local_date(meeting.milestones.get().due_at).day for meeting in meetings]
    assert due == [14, 14, 11]


def test_a_decision_is_named_in_a_few_words(draft, by):
    with pytest.raises(Refusal, match="Say in a few words which decision"):
        approve(draft, by, decision="x")


def test_review_is_due_after_the_months_since_review_or_approval(draft, by):
    assert review_due(draft) is None
    row = approve(draft, by)
    assert review_due(row) == dt.date(2023, 1, 19)
    row.reviewed_on, row.review_every_months = dt.date(2022, 3, 1), 6
    assert review_due(row) == dt.date(2022, 9, 1)
