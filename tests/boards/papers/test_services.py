"""From commission to clearance: who, when, and what is recorded and mailed."""

import datetime as dt

import pytest

from boards.models import MeetingAct, Paper
from boards.services import agenda, papers, papers_in
from kit import clock
from kit.stale import Stale, token
from kit.verdict import Refusal
from people.models import Message
from tests.boards.papers.conftest import AFTER, DUE, NOW, ready
from tests.factories.people import PostFactory

FRONT = {"title": "The estate", "purpose": "To decide.", "recommendation": "That the board approves the plan."}


def due(meeting):
    return meeting.milestones.get(product="papers")


def submit(paper, by, at=None):
    return papers.submit(paper=ready(paper), by=by, at=at or NOW)


def test_a_commission_is_due_by_the_promise_and_tells_the_holder_without_a_word_of_the_item(overseer, paper):
    assert (paper.due_at, paper.due_why, paper.state, paper.number) == (DUE, "5 working days.", "commissioned", 1)
    mail = Message.objects.get()
    assert mail.to == overseer.person
    assert "estate" not in (mail.subject + mail.body).casefold()
    assert paper.get_absolute_url() in mail.body
    assert [(act.verb, act.by_name) for act in paper.acts.all()] == [("commissioned", "Sana Secretariat")]


def test_a_typed_day_is_due_by_its_end(item, overseer_post, keeper):
    made = papers.commission(
        item=item, title="P", author_post=overseer_post, due=dt.date(2022, 2, 4), by=keeper, at=NOW
    )
    assert clock.local_date(made.due_at) == dt.date(2022, 2, 4)
    assert made.due_why == papers.TYPED


@pytest.mark.parametrize("day", [dt.date(2022, 1, 18), dt.date(2022, 2, 9)])
def test_a_typed_day_is_ahead_and_not_after_the_meeting(item, overseer_post, keeper, day):
    with pytest.raises(Refusal, match="must not be"):
        papers.commission(item=item, title="P", author_post=overseer_post, due=day, by=keeper, at=NOW)


def test_without_a_promise_a_day_is_asked(item, overseer_post, keeper):
    due(item.meeting).delete()
    with pytest.raises(Refusal, match="promises no day"):
        papers.commission(item=item, title="P", author_post=overseer_post, by=keeper, at=NOW)


def test_a_paper_follows_the_day_of_its_meeting_unless_one_was_typed(paper, keeper):
    typed = papers.commission(
        item=paper.item, title="P", author_post=paper.author_post, due=dt.date(2022, 1, 28), by=keeper, at=NOW
    )
    milestone = due(paper.item.meeting)
    milestone.due_at, milestone.explanation = AFTER, "Later."
    milestone.save()
    papers_in.follow([milestone])
    paper.refresh_from_db()
    assert (paper.due_at, paper.due_why) == (AFTER, "Later.")
    typed.refresh_from_db()
    assert clock.local_date(typed.due_at) == dt.date(2022, 1, 28)


def test_a_vacant_post_is_asked_and_nobody_is_mailed(item, keeper):
    made = papers.commission(item=item, title="P", author_post=PostFactory(), by=keeper, at=NOW)
    assert list(Paper.objects.all()) == [made]
    assert not Message.objects.exists()


def test_only_the_secretariat_commissions(item, overseer_post, author):
    with pytest.raises(Refusal, match="secretariat"):
        papers.commission(item=item, title="P", author_post=overseer_post, by=author, at=NOW)


def test_the_first_save_begins_the_draft(paper, author):
    saved = papers.save_front(paper=paper, values=FRONT, seen=token(paper, FRONT), by=author, at=NOW)
    assert (saved.state, saved.recommendation) == ("drafting", FRONT["recommendation"])
    assert paper.acts.first().verb == "drafting"


def test_two_editors_of_a_front_sheet_see_each_other(paper, author, keeper):
    seen = token(paper, FRONT)
    papers.save_front(paper=paper, values=FRONT | {"purpose": "First"}, seen=seen, by=author, at=NOW)
    with pytest.raises(Stale) as stale:
        papers.save_front(paper=paper, values=FRONT | {"purpose": "Second"}, seen=seen, by=keeper, at=NOW)
    assert stale.value.current.purpose == "First"


def test_others_do_not_write_it(paper, actor_of, member):
    with pytest.raises(Refusal, match="post that was asked"):
        papers.save_front(paper=paper, values=FRONT, seen=token(paper, FRONT), by=actor_of(member), at=NOW)


def test_a_decision_needs_a_recommendation(paper, author):
    Paper.objects.filter(pk=ready(paper).pk).update(recommendation=" ")
    with pytest.raises(Refusal, match="Write the recommendation"):
        papers.submit(paper=paper, by=author, at=NOW)


def test_something_to_read_is_needed(paper, author):
    Paper.objects.filter(pk=ready(paper).pk).update(purpose="")
    with pytest.raises(Refusal, match="what the paper is for"):
        papers.submit(paper=paper, by=author, at=NOW)


def test_the_last_paper_meets_the_milestone_and_one_sent_back_in_time_takes_it_back(paper, author, keeper):
    meeting = paper.item.meeting
    other = papers.commission(item=paper.item, title="Other", author_post=paper.author_post, by=keeper, at=NOW)
    submit(paper, author)
    assert due(meeting).met_at is None
    submit(other, author)
    assert due(meeting).met_at == NOW
    papers.send_back(paper=other, because="Shorter.", by=keeper, at=NOW)
    assert due(meeting).met_at is None
    verbs = list(MeetingAct.objects.filter(meeting=meeting).values_list("verb", flat=True))
    assert verbs == ["product_missing_again", "product_came"]


def test_a_withdrawn_paper_is_not_waited_for(paper, author, keeper):
    other = papers.commission(item=paper.item, title="Other", author_post=paper.author_post, by=keeper, at=NOW)
    submit(paper, author)
    papers.withdraw(paper=other, because="Not needed.", by=keeper, at=AFTER)
    assert due(paper.item.meeting).met_at == NOW


def test_after_the_day_a_paper_needs_the_chair(paper, author, chair):
    with pytest.raises(Refusal, match=r"It was due by Tuesday 1 February 2022\. A late paper needs the chair’s"):
        submit(paper, author, AFTER)
    papers.ask_late(paper=paper, because="Figures came late.", by=author, at=AFTER)
    assert Message.objects.filter(kind="paper_late_asked").get().to_name == "Lena Lead"
    papers.permit_late(paper=paper, because="It cannot wait.", by=chair, at=AFTER)
    saved = submit(paper, author, AFTER)
    assert (saved.is_late, saved.late_permitted_name, saved.late_reason) == (True, "Lena Lead", "It cannot wait.")
    assert saved.acts.get(verb="late_permitted").post_title == "Chair"
    assert due(paper.item.meeting).was_late


def test_permission_in_advance_labels_nothing_late_that_comes_in_time(paper, author, chair):
    papers.ask_late(paper=paper, because="I may be ill.", by=author, at=NOW)
    papers.permit_late(paper=paper, because="Yes.", by=chair, at=NOW)
    assert submit(paper, author).is_late is False


def test_late_stays_late(paper, author, chair, keeper):
    papers.ask_late(paper=paper, because="Figures.", by=author, at=AFTER)
    papers.permit_late(paper=paper, because="Yes.", by=chair, at=AFTER)
    submit(paper, author, AFTER)
    papers.send_back(paper=paper, because="Again.", by=keeper, at=AFTER)
    assert submit(paper, author, AFTER).is_late is True


def test_one_sent_back_after_the_day_comes_again_without_permission(paper, author, keeper):
    submit(paper, author)
    papers.send_back(paper=paper, because="Again.", by=keeper, at=AFTER)
    again = submit(paper, author, AFTER)
    assert again.is_late is False
    assert due(paper.item.meeting).met_at == NOW


def test_one_sent_back_in_time_has_to_come_in_time(paper, author, keeper):
    submit(paper, author)
    papers.send_back(paper=paper, because="Again.", by=keeper, at=NOW)
    with pytest.raises(Refusal, match="A late paper"):
        submit(paper, author, AFTER)


def test_the_secretariat_records_which_chair_permitted(paper, author, keeper, lead):
    papers.ask_late(paper=paper, because="Figures.", by=author, at=AFTER)
    with pytest.raises(Refusal, match="Say which chair"):
        papers.permit_late(paper=paper, because="Yes.", by=keeper, at=AFTER)
    with pytest.raises(Refusal, match="not in the chair"):
        papers.permit_late(paper=paper, because="Yes.", chair="Mo Member", by=keeper, at=AFTER)
    row = papers.permit_late(paper=paper, because="Yes.", chair="Lena Lead", by=keeper, at=AFTER)
    assert row.late_permitted_by == lead.person
    assert row.acts.first().reason == "Lena Lead permitted it: Yes."


def test_a_member_does_not_permit(paper, author, actor_of, member):
    papers.ask_late(paper=paper, because="Figures.", by=author, at=AFTER)
    with pytest.raises(Refusal, match="chair or deputy chair"):
        papers.permit_late(paper=paper, because="Yes.", by=actor_of(member), at=AFTER)


def test_a_chair_who_does_not_see_the_item_is_neither_told_nor_answers(paper, author, chair):
    type(paper.item).objects.filter(pk=paper.item_id).update(visibility="absent")
    papers.ask_late(paper=paper, because="Figures.", by=author, at=AFTER)
    assert not Message.objects.filter(kind="paper_late_asked").exists()
    with pytest.raises(Refusal):
        papers.permit_late(paper=paper, because="Yes.", by=chair, at=AFTER)


def test_nobody_in_the_chair_permits_their_own(item, lead_post, chair, keeper):
    own = papers.commission(item=item, title="Own", author_post=lead_post, by=keeper, at=NOW)
    papers.ask_late(paper=own, because="Figures.", by=chair, at=AFTER)
    with pytest.raises(Refusal, match="You write this paper"):
        papers.permit_late(paper=own, because="Yes.", by=chair, at=AFTER)


def test_clearing_and_sending_back_are_of_the_secretariat(paper, author, keeper):
    submit(paper, author)
    with pytest.raises(Refusal):
        papers.clear(paper=paper, by=author, at=NOW)
    assert papers.clear(paper=paper, by=keeper, at=NOW).cleared_at
    back = papers.send_back(paper=paper, because="Again.", by=keeper, at=NOW)
    assert (back.state, back.cleared_at) == ("sent_back", None)
    assert back.acts.first().reason == "Again."
    with pytest.raises(Refusal):
        papers.clear(paper=paper, by=keeper, at=NOW)


def test_what_is_submitted_is_not_changed(paper, author):
    submit(paper, author)
    with pytest.raises(Refusal, match="with the secretariat"):
        papers.add_step(paper=paper, body="Audit", on=dt.date(2022, 1, 4), comment="", by=author, at=NOW)


def test_papers_of_a_held_meeting_take_no_changes(paper, author, keeper):
    type(paper.item.meeting).objects.filter(pk=paper.item.meeting_id).update(state="cancelled")
    for act in (
        lambda: submit(paper, author),
        lambda: papers.withdraw(paper=paper, because="x", by=keeper, at=NOW),
        lambda: papers.commission(item=paper.item, title="P", author_post=paper.author_post, by=keeper, at=NOW),
    ):
        with pytest.raises(Refusal, match="cancelled"):
            act()


def test_the_chase_writes_one_mail_a_person(paper, keeper, overseer):
    for title in ("Second", "Third"):
        papers.commission(item=paper.item, title=title, author_post=paper.author_post, by=keeper, at=NOW)
    vacant = PostFactory(title="Empty post")
    papers.commission(item=paper.item, title="Fourth", author_post=vacant, by=keeper, at=NOW)
    chased = papers.chase(meeting=paper.item.meeting, by=keeper, at=NOW)
    assert (chased.people, chased.vacant) == (["Omar Overseer"], ["Empty post"])
    mail = Message.objects.get(kind="papers_chased")
    assert mail.body.count("/boards/papers/") == 3
    assert "Second" not in mail.body


def test_nothing_missing_is_not_chased(paper, author, keeper):
    submit(paper, author)
    with pytest.raises(Refusal, match="No paper is missing"):
        papers.chase(meeting=paper.item.meeting, by=keeper, at=NOW)


def test_an_item_with_papers_stays_on_its_agenda(paper, keeper):
    with pytest.raises(Refusal, match="This item has a paper, which would lose its place"):
        agenda.remove(item=paper.item, seen=paper.item.meeting.agenda_version, by=keeper)


def test_numbers_within_an_item_follow_each_other(paper, keeper):
    again = papers.commission(item=paper.item, title="Next", author_post=paper.author_post, by=keeper, at=NOW)
    assert (paper.number, again.number) == (1, 2)
