"""Recording decisions, putting them right and withdrawing them; what they do besides."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, InternalError, connection, transaction

from boards import effects
from boards.effects import Asked
from boards.models import Decision, DecisionAct, ForwardPlanEntry, Meeting, Terms
from boards.queries.summaries import body_of
from boards.services import attendance, decisions, meetings, summaries
from boards.services.attendance import Came
from boards.services.board_actions import move, raise_action
from commitments.models import Commitment, CommitmentAct, Strategy, StrategyAct
from commitments.services import commitments, strategies
from kit import clock, stale
from kit.stale import Stale
from kit.verdict import Refusal
from people.models import Message
from tests.boards.decisions.conftest import emptied, key
from tests.factories.boards import AgendaItemFactory, BoardFactory, DraftTermsFactory, MeetingFactory, MembershipFactory
from tests.factories.commitments import CommitmentFactory, ProgrammeFactory, StrategyFactory
from tests.factories.records import (
    BoardActionFactory,
    DecisionFactory,
    MinutesFactory,
    PaperFactory,
    ReferralFactory,
    ReferralStopFactory,
)


def record(item, by, at, kind="approved", text="The board approves the estates plan.", **more) -> Decision:
    return decisions.record(item=item, kind=kind, text=text, by=by, at=at, **more)


def refused(act) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.sentence


def test_a_decision_has_its_number_the_quorum_of_its_item_and_what_was_recommended(items, paper, keeper, now):
    first = record(items[0], keeper, now, paper=paper, text="The board approves the estates plan, without the annex.")
    second = record(items[1], keeper, now, kind="noted", text="Noted.")
    assert (first.reference, second.reference) == ("DB 2021-22/001", "DB 2021-22/002")
    assert first.seeded_from == "That the board approves the estates plan."
    assert first.quorate is True
    assert first.needs_ratification is False
    assert first.quorum_sentence.startswith("Quorate")
    act = DecisionAct.objects.get(decision=first)
    assert (act.verb, act.by_name, act.to_state) == ("recorded", "Sana Secretariat", "approved")


def test_who_left_early_is_not_counted_for_the_items_after(items, seats, keeper, now):
    """The member and the adviser leave after the first item: the chair alone is no quorum for the second."""
    came = [Came(key(seats["chair"]), "present", presided=True)]
    came += [Came(key(seats[name]), "present", left_after=items[0]) for name in ("member", "adviser")]
    attendance.record(meeting=items[0].meeting, came=came, by=keeper, at=now)
    assert record(items[0], keeper, now).needs_ratification is False
    second = record(items[1], keeper, now)
    assert second.needs_ratification is True
    assert "had left" in second.quorum_sentence


def test_a_meeting_that_is_held_weighs_its_decisions_with_who_was_there_in_the_end(items, seats, keeper, now):
    made = record(items[0], keeper, now)
    emptied(items[0].meeting, seats, keeper, now)
    meetings.hold(meeting=items[0].meeting, by=keeper, at=now)
    made.refresh_from_db()
    assert made.needs_ratification is True
    assert made.quorum_sentence.startswith("Not quorate")
    assert made.acts.filter(verb="corrected", reason__startswith="The item was not quorate.").count() == 1


def test_numbers_start_anew_each_financial_year_and_run_for_each_board(items, keeper, now, board):
    record(items[0], keeper, now)
    other = AgendaItemFactory(meeting=MeetingFactory(on=dt.date(2022, 2, 1)))
    assert record(other, keeper, now).number == 1
    next_year = AgendaItemFactory(meeting=MeetingFactory(board=board, on=dt.date(2022, 4, 5), state="planned"))
    with clock.standing_at(dt.datetime(2022, 4, 5, 12, tzinfo=dt.UTC)):
        sentence = refused(lambda: record(next_year, keeper, clock.now()))
        assert "Record who is there first" in sentence
    later = AgendaItemFactory(meeting=MeetingFactory(on=dt.date(2022, 4, 5), board=other.meeting.board))
    with clock.standing_at(dt.datetime(2022, 4, 5, 12, tzinfo=dt.UTC)):
        assert record(later, keeper, clock.now()).reference.endswith("2022-23/001")


@pytest.mark.parametrize("name", ["admin", "team", "lead", "member", "auditor", "viewer"])
def test_only_those_who_run_boards_record(name, request, items, actor_of, now):
    actor = actor_of(request.getfixturevalue(name))
    if name == "admin":
        assert record(items[0], actor, now).number == 1
    else:
        assert "The secretariat runs the boards." in refused(lambda: record(items[0], actor, now))


def test_nothing_is_decided_before_the_meeting_nor_after_the_minutes_are_confirmed(items, keeper, now, here):
    early = here.starts_at - dt.timedelta(hours=1)
    assert "once it has begun" in refused(lambda: record(items[0], keeper, early))
    for state in ("proposed", "cancelled"):
        Meeting.objects.filter(pk=here.pk).update(state=state)
        refused(lambda: record(items[0], keeper, now))
    Meeting.objects.filter(pk=here.pk).update(state="planned")
    decided = record(items[0], keeper, now)
    MinutesFactory(meeting=here, state="confirmed", confirmed_by=DecisionFactory(), confirmed_at=now, sha256="0" * 64)
    seen = decisions.token(decided)
    for act in (
        lambda: record(items[0], keeper, now),
        lambda: decisions.withdraw(decision=decided, because="Wrong item", by=keeper, at=now),
        lambda: decisions.correct(
            decision=decided, kind="noted", text="Other", because="Misheard", seen=seen, by=keeper, at=now
        ),
    ):
        assert "confirmed" in refused(act)


def test_after_the_meeting_was_held_its_quorum_is_what_was_written_then(items, keeper, now, here):
    meetings.hold(meeting=here, by=keeper, at=now)
    decided = record(items[0], keeper, now)
    assert decided.quorum_sentence == here.items.get(pk=items[0].pk).quorum_sentence


def test_without_a_quorum_it_is_subject_to_ratification_and_does_nothing(items, keeper, now, here, seats):
    strategy = _draft_strategy()
    emptied(here, seats, keeper, now)
    decided = record(items[0], keeper, now)
    assert decided.quorate is False
    assert decided.needs_ratification
    sentence = refused(lambda: record(items[0], keeper, now, effects=[Asked("approve_strategy", strategy.pk)]))
    assert "not quorate" in sentence
    assert Decision.objects.count() == 1


def test_a_paper_of_another_item_is_no_seed(items, keeper, now):
    assert "not one of this item" in refused(lambda: record(items[0], keeper, now, paper=PaperFactory()))
    assert "Enter what was decided." in refused(lambda: record(items[0], keeper, now, text=" "))


# Correcting and withdrawing


def test_a_correction_keeps_the_words_before_and_why(items, keeper, now):
    decided = record(items[0], keeper, now)
    fixed = decisions.correct(
        decision=decided,
        kind="noted",
        text="The board notes the plan.",
        because="Misheard",
        seen=decisions.token(decided),
        by=keeper,
        at=now,
    )
    assert (fixed.kind, fixed.text, fixed.number) == ("noted", "The board notes the plan.", 1)
    act = fixed.acts.first()
    assert (act.verb, act.reason, act.before) == ("corrected", "Misheard", "The board approves the estates plan.")
    assert (act.from_state, act.to_state) == ("approved", "noted")


def test_who_comes_second_is_told_and_nothing_is_written(items, keeper, now):
    decided = record(items[0], keeper, now)
    seen = decisions.token(decided)
    fix = {"decision": decided, "kind": "approved", "because": "Misheard", "seen": seen, "by": keeper, "at": now}
    decisions.correct(text="First.", **fix)
    with pytest.raises(Stale) as stale:
        decisions.correct(text="Second.", **fix)
    assert stale.value.current.text == "First."
    assert "Say why." in refused(
        lambda: decisions.correct(
            **fix | {"text": "Third.", "because": " ", "seen": decisions.token(Decision.objects.get())}
        )
    )


def test_a_correction_weighs_the_quorum_anew(items, keeper, now, here, seats):
    decided = record(items[0], keeper, now)
    emptied(here, seats, keeper, now)
    seen = decisions.token(decided)
    fixed = decisions.correct(
        decision=decided, kind="approved", text="Same.", because="Attendance", seen=seen, by=keeper, at=now
    )
    assert fixed.needs_ratification


def test_one_recorded_in_error_keeps_its_number(items, keeper, now):
    wrong = record(items[0], keeper, now)
    gone = decisions.withdraw(decision=wrong, because="It was another item.", by=keeper, at=now)
    assert gone.withdrawn_because == "It was another item."
    assert record(items[0], keeper, now).number == 2
    assert "was withdrawn" in refused(lambda: decisions.withdraw(decision=gone, because="Again", by=keeper, at=now))


@pytest.mark.parametrize("made", ["referral", "answer", "action"])
def test_one_that_something_rests_on_is_not_taken_back(items, keeper, now, member_post, made):
    decided = record(items[0], keeper, now)
    if made == "referral":
        ReferralFactory(from_board=decided.board, from_decision=decided)
    elif made == "answer":
        ReferralStopFactory(decision=decided, disposition="noted", summary="Noted.", disposed_at=now)
    else:
        BoardActionFactory(item=items[0], meeting=items[0].meeting, board=decided.board, decision=decided)
    sentence = refused(lambda: decisions.withdraw(decision=decided, because="Wrong.", by=keeper, at=now))
    assert "still stands" in sentence
    assert {"referral": "referral DB 2021-22/R001", "answer": "the answer of", "action": "/A001"}[made] in sentence
    decided.refresh_from_db()
    assert decided.withdrawn_at is None


def test_what_was_taken_back_itself_holds_no_decision(items, keeper, now):
    decided = record(items[0], keeper, now)
    ReferralFactory(from_board=decided.board, from_decision=decided, state="withdrawn")
    decisions.withdraw(decision=decided, because="Wrong.", by=keeper, at=now)


# What they do besides


def _draft_strategy(**more) -> Strategy:
    strategy = StrategyFactory(state="draft", **more)
    CommitmentFactory(programme=ProgrammeFactory(strategy=strategy))
    return strategy


def test_a_decision_approves_a_strategy_through_its_door(items, keeper, now):
    strategy = _draft_strategy(title="Estates 2030")
    decided = record(items[0], keeper, now, effects=[Asked("approve_strategy", strategy.pk)])
    assert Strategy.objects.get(pk=strategy.pk).state == "approved"
    act = StrategyAct.objects.get(strategy=strategy)
    assert act.reason == "By decision DB 2021-22/001 of Delivery board."
    assert act.by_name == "Sana Secretariat"
    assert decided.effects.get().sentence == "The strategy “Estates 2030” is approved."


def test_what_its_door_refuses_keeps_nothing_at_all(items, keeper, now):
    empty = StrategyFactory(state="draft")
    sentence = refused(lambda: record(items[0], keeper, now, effects=[Asked("approve_strategy", empty.pk)]))
    assert "It promises nothing yet" in sentence
    assert not Decision.objects.exists()
    assert not DecisionAct.objects.exists()
    good = _draft_strategy()
    both = [Asked("approve_strategy", good.pk), Asked("approve_strategy", empty.pk)]
    refused(lambda: record(items[0], keeper, now, effects=both))
    assert Strategy.objects.get(pk=good.pk).state == "draft"


def test_the_secretary_cannot_do_it_without_a_decision(keeper, now):
    assert "strategy team" in refused(lambda: strategies.approve(strategy=_draft_strategy(), by=keeper, at=now))
    promise = CommitmentFactory(programme=ProgrammeFactory(strategy=StrategyFactory(state="in_force")))
    assert "strategy team" in refused(lambda: commitments.complete(commitment=promise, by=keeper, at=now))


def test_a_board_that_advises_approves_no_strategy(items, keeper, now, board):
    board.kind = "advises"
    board.save()
    strategy = _draft_strategy()
    assert "advises" in refused(lambda: record(items[0], keeper, now, effects=[Asked("approve_strategy", strategy.pk)]))


def test_a_decision_closes_a_commitment_unless_its_strategy_is_locked(items, keeper, now, plan):
    items[0].commitments.add(plan.first)
    record(items[0], keeper, now, effects=[Asked("close_commitment", plan.first.pk)])
    assert Commitment.objects.get(pk=plan.first.pk).lifecycle == "complete"
    act = CommitmentAct.objects.get()
    assert (act.from_state, act.to_state) == ("not_started", "complete")
    items[1].commitments.add(plan.second)
    Strategy.objects.update(state="closed")
    asked = [Asked("close_commitment", plan.second.pk)]
    assert "What it promised stays as it was." in refused(lambda: record(items[1], keeper, now, effects=asked))


def test_a_decision_approves_terms_from_a_day(items, keeper, now, board):
    other = BoardFactory(title="Estates board")
    MembershipFactory(board=other, category="chair")
    draft = DraftTermsFactory(board=other)
    asked = Asked("approve_terms", draft.pk, {"day": dt.date(2022, 3, 1)})
    assert "Answer first" in refused(lambda: record(items[0], keeper, now, effects=[Asked("approve_terms", draft.pk)]))
    decided = record(items[0], keeper, now, effects=[asked])
    row = Terms.objects.get(pk=draft.pk)
    assert (row.state, row.in_force_from, row.approved_on) == ("approved", dt.date(2022, 3, 1), dt.date(2022, 2, 8))
    assert decided.reference in row.decision
    assert "in force from 1 March 2022" in decided.effects.get().sentence


def test_a_quorate_item_ratifies_what_was_taken_without_a_quorum(items, keeper, now, board):
    earlier = AgendaItemFactory(meeting=MeetingFactory(board=board, on=dt.date(2022, 1, 11)))
    weak = DecisionFactory(item=earlier, quorate=False, needs_ratification=True)
    assert weak in Decision.objects.awaiting_ratification()
    strong = record(items[0], keeper, now, effects=[Asked("ratify_decision", weak.pk)])
    assert weak not in Decision.objects.awaiting_ratification()
    assert Decision.objects.with_ratification().get(pk=weak.pk).ratified_by == strong.pk
    assert strong.effects.get().sentence == f"{weak.reference} is ratified."
    again = [Asked("ratify_decision", weak.pk)]
    assert "cannot be decided here any more" in refused(lambda: record(items[0], keeper, now, effects=again))
    assert "was ratified by" in refused(lambda: decisions.withdraw(decision=weak, because="Wrong", by=keeper, at=now))


def test_what_is_not_quorate_ratifies_nothing_and_no_board_ratifies_for_another(items, keeper, now, here, seats, board):
    other = DecisionFactory(quorate=False, needs_ratification=True)
    assert not any(each.target.key == other.pk for each in effects.choices(keeper, items[0]))
    earlier = AgendaItemFactory(meeting=MeetingFactory(board=board, on=dt.date(2022, 1, 11)))
    weak = DecisionFactory(item=earlier, quorate=False, needs_ratification=True)
    emptied(here, seats, keeper, now)
    assert not effects.may(Asked("ratify_decision", weak.pk), item=items[0], by=keeper)
    assert "not quorate" in refused(lambda: record(items[0], keeper, now, effects=[Asked("ratify_decision", weak.pk)]))


def test_only_an_approval_does_something(items, keeper, now):
    asked = [Asked("approve_strategy", _draft_strategy().pk)]
    assert "Only an approval" in refused(lambda: record(items[0], keeper, now, kind="noted", effects=asked))
    assert "Nobody knows" in refused(lambda: record(items[0], keeper, now, effects=[Asked("fly", 1)]))


def test_what_was_carried_out_stays(items, keeper, now):
    strategy = _draft_strategy(title="Estates 2030")
    decided = record(items[0], keeper, now, effects=[Asked("approve_strategy", strategy.pk)])
    why = refused(lambda: decisions.withdraw(decision=decided, because="Wrong", by=keeper, at=now))
    assert "The strategy “Estates 2030” is approved." in why
    seen = decisions.token(decided)
    fix = {"decision": decided, "because": "Misheard", "seen": seen, "by": keeper, "at": now}
    assert "stays “Approved”" in refused(lambda: decisions.correct(kind="rejected", text="No.", **fix))
    assert decisions.correct(kind="approved", text="Yes, it does.", **fix).text == "Yes, it does."


def test_another_kind_can_be_registered_once():
    with pytest.raises(ValueError, match="already"):
        effects.register(effects.Effect("approve_strategy", "", lambda *_: [], lambda *_: None, lambda *_: ""))


# Putting off


def test_what_is_deferred_goes_on_the_forward_plan_and_comes_off_with_the_decision(items, keeper, now):
    decided = record(items[0], keeper, now, kind="deferred", text="Deferred to the spring.")
    entry = ForwardPlanEntry.objects.get()
    assert (entry.title, entry.minutes) == ("Item number 1", 10)
    assert decided.effects.get().sentence == "It is on the forward plan of Delivery board."
    decisions.withdraw(decision=decided, because="Not deferred", by=keeper, at=now)
    assert ForwardPlanEntry.objects.get().dropped_because == "DB 2021-22/001 was withdrawn."


def test_the_forward_plan_says_no_more_of_a_restricted_item_than_its_agenda(items, keeper, now):
    record(items[1], keeper, now, kind="deferred", text="Deferred.")
    assert ForwardPlanEntry.objects.get().presenter_post is None
    decided = record(items[2], keeper, now, kind="deferred", text="Deferred.")
    assert ForwardPlanEntry.objects.count() == 1
    assert "not put on the forward plan" in decided.effects.get().sentence
    for kind in ("noted", "deferred"):
        decided = decisions.correct(
            decision=decided,
            kind=kind,
            text="Deferred.",
            because="Slip",
            seen=decisions.token(decided),
            by=keeper,
            at=now,
        )
    assert decided.effects.count() == 1


# The summary


def test_a_summary_is_frozen_sent_by_link_and_meets_its_deadlines(items, keeper, now, here, member):
    for product in ("summary", "actions"):
        here.milestones.create(
            product=product, promise="Goes out", due_at=now + dt.timedelta(hours=1), explanation="One hour."
        )
    decided = record(items[1], keeper, now, text="The director is paid 100.")
    sent = summaries.circulate(meeting=here, by=keeper, at=now)
    assert sent.number == 1
    line = sent.body["lines"][0]
    assert (line["item"], line["decisions"][0]["reference"]) == (items[1].pk, decided.reference)
    assert {each["name"] for each in sent.sent_to} == {"Lena Lead", "Mo Member", "Ann Adviser"}
    mails = Message.objects.filter(kind="board_summary")
    assert mails.count() == 3
    words = " ".join(mail.subject + mail.body for mail in mails)
    assert f"/meetings/{here.pk}/summary/" in words
    assert "director" not in words
    assert "100" not in words
    assert all(each.met_at == now for each in here.milestones.all())
    assert "Nothing has changed" in refused(lambda: summaries.circulate(meeting=here, by=keeper, at=now))


def test_a_correction_after_it_sends_a_new_one_that_takes_its_place(items, keeper, now, here):
    decided = record(items[0], keeper, now)
    summaries.circulate(meeting=here, by=keeper, at=now)
    decisions.correct(
        decision=decided,
        kind="approved",
        text="Other words.",
        because="Misheard",
        seen=decisions.token(decided),
        by=keeper,
        at=now,
    )
    new, old = here.summaries.all()
    assert (new.number, new.because) == (2, "DB 2021-22/001 was corrected: Misheard")
    assert new.body["lines"][0]["decisions"][0]["text"] == "Other words."
    assert old.body["lines"][0]["decisions"][0]["text"] == "The board approves the estates plan."
    decisions.withdraw(decision=decided, because="Wrong", by=keeper, at=now)
    assert here.summaries.first().body["lines"] == []


def test_an_action_raised_after_it_sends_a_new_one_and_another_date_does_not(items, keeper, now, here, member_post):
    record(items[0], keeper, now)
    raised = {"item": items[0], "owner_post": member_post, "due": dt.date(2022, 3, 1), "by": keeper, "at": now}
    raise_action(text="Before anything went out.", **raised)
    assert not here.summaries.exists()
    summaries.circulate(meeting=here, by=keeper, at=now)
    late = raise_action(text="Mend the roof.", **raised)
    new, old = here.summaries.all()
    assert (new.number, new.because) == (2, f"{late.reference} was raised.")
    assert [each["text"] for each in new.body["lines"][0]["actions"]][1:] == ["Mend the roof."]
    assert len(old.body["lines"][0]["actions"]) == 1
    seen = stale.token(late, ["due"])
    move(action=late, due=dt.date(2022, 5, 1), because="No roofer.", seen=seen, by=keeper, at=now)
    assert body_of(here) == new.body
    assert new.body["lines"][0]["actions"][1]["due"] == "2022-03-01"


def test_an_owner_who_is_no_member_gets_a_link_to_the_action_and_not_to_the_summary(items, keeper, now, here, overseer):
    post = overseer.person.tenures.get().post
    action = raise_action(
        item=items[2], text="Sign the papers.", owner_post=post, due=dt.date(2022, 3, 1), by=keeper, at=now
    )
    summaries.circulate(meeting=here, by=keeper, at=now)
    mail = Message.objects.get(kind="board_summary", to=overseer.person)
    assert action.get_absolute_url() in mail.body
    assert "/summary/" not in mail.body
    assert "Merger" not in mail.body + mail.subject
    assert "Sign" not in mail.body


def test_nothing_at_all_is_no_summary_before_the_meeting_was_held(keeper, now, here):
    assert "Nothing is decided yet" in refused(lambda: summaries.circulate(meeting=here, by=keeper, at=now))
    meetings.hold(meeting=here, by=keeper, at=now)
    assert summaries.circulate(meeting=here, by=keeper, at=now).body == {"lines": []}


# What must never break


def test_only_effects_make_a_mandate():
    """Anything else that made one would be a way round the roles."""
    makers = {
        path.relative_to(settings.BASE_DIR).parts[:2]
        for folder in ("people", "commitments", "monitoring", "boards", "stride", "kit")
        for path in (Path(settings.BASE_DIR) / folder).rglob("*.py")
        if re.search(r"\bMandate\(", path.read_text(encoding="utf-8"))
    }
    assert makers == {("boards", "effects")}


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE boards_decisioneffect SET sentence = 'Nothing.'",
        "DELETE FROM boards_decisioneffect",
        "UPDATE boards_decisionact SET before = ''",
        "UPDATE boards_summary SET body = '{}'",
        "DELETE FROM boards_summary",
        "UPDATE commitments_commitmentact SET reason = ''",
        "UPDATE boards_decision SET number = 7",
        "DELETE FROM boards_decision",
        "UPDATE boards_decision SET withdrawn_at = now(), withdrawn_because = ''",
    ],
)
def test_what_was_decided_sent_and_carried_out_stays_whoever_asks(attack, items, keeper, now, plan):
    items[0].commitments.add(plan.first)
    decided = record(items[0], keeper, now, effects=[Asked("close_commitment", plan.first.pk)])
    summaries.circulate(meeting=decided.meeting, by=keeper, at=now)
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
