"""The doors of a return, walked in order and out of order."""

import datetime as dt

import pghistory
import pytest

from kit import clock
from kit.verdict import Refusal
from monitoring.models import ReturnAct
from monitoring.services import returns
from people.models import Basis, Message, Tenure
from tests.factories.monitoring import close_round, let_in_late, open_round, play, reopen
from tests.factories.people import DelegationFactory, TenureFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)


@pytest.fixture
def row(plan, lead, overseer):
    """Commitment 1 in an open round, not started; the cast's lead and overseer hold the posts."""
    return open_round(plan.strategy).returns.get(commitment=plan.first)


def save(row, by, section="progress", seen="", **answers):
    return returns.save_section(progress_return=row, section=section, answers=answers, seen=seen, by=by, at=clock.now())


def verbs(row) -> list[str]:
    return list(ReturnAct.objects.filter(progress_return=row).order_by("id").values_list("verb", flat=True))


def test_the_whole_way(row, actor_of, lead, overseer, plan):
    by = actor_of(lead)
    play(plan.first, row.round, until="changes_requested", on=TODAY)
    save(row, by, done="We did 14 things in 3 places.")
    row.refresh_from_db()
    assert row.state == "draft"
    returns.submit(progress_return=row, by=by, at=clock.now())
    returns.sign_off(progress_return=row, rating="amber", comment="Not yet.", by=actor_of(overseer), at=clock.now())
    row.refresh_from_db()
    assert row.state == "signed_off"
    assert verbs(row) == ["started", "submitted", "changes_requested", "started", "submitted", "signed_off"]
    version = row.versions.get()
    assert (version.rating, version.overseer_rating) == ("green", "amber")
    assert version.basis["commitment"]["title"] == "Keep people safe"
    assert version.basis["definitions"]["green"]


def test_names_are_those_of_the_day_also_after_the_post_changes_hands(row, plan, lead, lead_post):
    play(plan.first, row.round, on=TODAY)
    Tenure.objects.filter(post=lead_post).update(ends=TODAY)
    TenureFactory(post=lead_post, person__name="Nora New", starts=TODAY + dt.timedelta(days=1))
    lead.person.name = "Lena Renamed"
    lead.person.save()
    lead_post.title = "Commander for Something Else"
    lead_post.save()
    version = row.versions.get()
    assert version.lead_name == "Lena Lead"
    assert version.submitted_by_name == "Lena Lead"
    assert version.lead_post_title == "Commander for Public Protection"


def test_a_delegate_submits_on_behalf_of_the_post(row, delegate, actor_of, lead):
    by = actor_of(delegate)
    returns.submit(progress_return=row, by=by, at=clock.now(), nil=True)
    version = row.versions.get()
    assert version.on_behalf
    assert version.submitted_by_name == "Dele Delegate"
    assert version.lead_name == "Lena Lead"
    act = ReturnAct.objects.get(verb="submitted_nil")
    assert (act.on_behalf, act.post_title) == (True, "Commander for Public Protection")


def test_a_delegate_may_file_while_the_post_is_vacant(row, delegate, actor_of, lead_post):
    Tenure.objects.filter(post=lead_post).update(ends=TODAY - dt.timedelta(days=1))
    returns.submit(progress_return=row, by=actor_of(delegate), at=clock.now(), nil=True)
    assert row.versions.get().lead_name == ""


@pytest.mark.parametrize("tie", ["holder", "covered", "delegate", "submitter"])
def test_nobody_signs_off_their_own(row, plan, overseer, overseer_post, lead_post, actor_of, tie):
    play(plan.first, row.round, until="submitted", on=TODAY)
    person = overseer.person
    if tie == "holder":
        Tenure.objects.filter(post=lead_post).update(ends=dt.date(2022, 1, 18))
        TenureFactory(post=lead_post, person=person, starts=TODAY)
    elif tie == "covered":
        Tenure.objects.filter(post=lead_post).update(ends=dt.date(2021, 12, 31))
        TenureFactory(post=lead_post, person=person, starts=dt.date(2022, 1, 1))
        TenureFactory(post=lead_post, basis=Basis.ACTING, starts=dt.date(2022, 1, 1))
    elif tie == "delegate":
        DelegationFactory(post=lead_post, person=person)
    else:
        row.versions.update(submitted_by=overseer)
    with pytest.raises(Refusal) as refusal:
        returns.sign_off(progress_return=row, rating="green", comment="", by=actor_of(overseer), at=clock.now())
    expected = {
        "holder": "You hold both posts",
        "covered": "You hold both posts",
        "delegate": "You are a delegate",
        "submitter": "You submitted this return",
    }
    assert refusal.value.sentence.startswith(expected[tie])
    row.refresh_from_db()
    assert row.state == "submitted"


def test_a_covered_overseer_does_not_sign_while_somebody_acts(row, plan, overseer, overseer_post, actor_of):
    play(plan.first, row.round, until="submitted", on=TODAY)
    TenureFactory(post=overseer_post, basis=Basis.ACTING, starts=TODAY)
    with pytest.raises(Refusal, match="Only the AC who leads"):
        returns.sign_off(progress_return=row, rating="green", comment="", by=actor_of(overseer), at=clock.now())


def test_submit_says_what_is_missing_and_changes_nothing(row, lead, actor_of):
    by = actor_of(lead)
    save(row, by, "rating", lifecycle="in_progress", rating="red", outlook="worsening")
    row.refresh_from_db()
    with pytest.raises(returns.Incomplete) as incomplete:
        returns.submit(progress_return=row, by=by, at=clock.now())
    assert [gap.field for gap in incomplete.value.gaps] == [
        "done",
        "rating_reason",
        "path_to_green",
        "green_by",
        "help_needed",
        "next_steps",
        "expected_on",
    ]
    row.refresh_from_db()
    assert row.state == "draft"


def test_a_stale_writer_gets_a_conflict_and_neither_text_is_lost(row, lead, delegate, actor_of):
    first = save(row, actor_of(lead), done="One.")
    seen = returns.seen_token(first, "progress")
    row.refresh_from_db()
    save(row, actor_of(delegate), seen=seen, done="Two.")
    with pytest.raises(returns.Conflict) as conflict:
        save(row, actor_of(lead), seen=seen, done="Three.")
    assert conflict.value.version.done == "Two."
    assert row.versions.get().done == "Two."


def test_two_people_may_write_different_sections_at_once(row, lead, delegate, actor_of):
    version = save(row, actor_of(lead), done="One.")
    seen = {slug: returns.seen_token(version, slug) for slug in ("progress", "next")}
    row.refresh_from_db()
    save(row, actor_of(lead), "progress", seen["progress"], done="Two.")
    save(row, actor_of(delegate), "next", seen["next"], next_steps="Then.")
    version.refresh_from_db()
    assert (version.done, version.next_steps) == ("Two.", "Then.")


def test_saving_the_same_words_writes_nothing(row, lead, actor_of):
    version = save(row, actor_of(lead), done="One.")
    row.refresh_from_db()
    before = version.ledger.count()
    save(row, actor_of(lead), seen="not the token", done="One.")
    assert version.ledger.count() == before


def test_facts_are_carried_and_narrative_is_not(plan, lead, overseer, actor_of):
    q2 = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, q2, rating="amber", expected_on=dt.date(2024, 9, 30))
    close_round(q2)
    row = open_round(plan.strategy).returns.get(commitment=plan.first)
    version = returns.start(progress_return=row, by=actor_of(lead), at=clock.now())
    assert version.expected_on == version.expected_was == dt.date(2024, 9, 30)
    assert version.lifecycle == "in_progress"
    assert (version.done, version.rating) == ("", "")


def test_answers_to_an_abandoned_choice_are_not_submitted(row, plan):
    play(plan.first, row.round, until="draft", on=TODAY, rating="red")
    version = row.versions.get()
    version.rating = "green"
    version.save()
    row.refresh_from_db()
    play(plan.first, row.round, until="submitted", on=TODAY, rating="green")
    version.refresh_from_db()
    assert (version.rating_reason, version.path_to_green, version.green_by) == ("", "", None)


def test_a_moved_date_asks_why_and_stays_on_the_return(plan, lead, overseer, actor_of):
    q2 = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, q2, expected_on=dt.date(2024, 9, 30))
    close_round(q2)
    q3 = open_round(plan.strategy)
    row = play(plan.first, q3, on=TODAY, expected_on=dt.date(2025, 3, 31), date_reason="The supplier is late.")
    version = row.versions.get()
    assert (version.expected_was, version.expected_on) == (dt.date(2024, 9, 30), dt.date(2025, 3, 31))
    assert version.date_reason == "The supplier is late."


def test_signing_complete_updates_the_plan_but_an_older_round_does_not(plan, lead, overseer):
    q2 = open_round(plan.strategy, "Q2 2021-22")
    q3 = open_round(plan.strategy)
    play(plan.first, q3, on=TODAY, lifecycle="complete")
    plan.first.refresh_from_db()
    assert plan.first.lifecycle == "complete"
    play(plan.first, q2, lifecycle="paused", rating_reason="Waiting.")
    plan.first.refresh_from_db()
    assert plan.first.lifecycle == "complete"


def test_reopening_makes_a_version_with_the_reason(row, plan, team, actor_of, lead, overseer):
    play(plan.first, row.round, on=TODAY)
    row.refresh_from_db()
    with pytest.raises(Refusal, match="Say why"):
        returns.reopen(progress_return=row, reason="  ", by=actor_of(team), at=clock.now())
    returns.reopen(progress_return=row, reason="A figure was wrong.", by=actor_of(team), at=clock.now())
    old, new = row.versions.order_by("number")
    assert (old.signed_off_at is not None, new.signed_off_at, new.submitted_at) == (True, None, None)
    assert new.done == old.done
    assert new.reopened_reason == "A figure was wrong."
    assert {message.to_name for message in Message.objects.filter(kind="reopened")} == {"Lena Lead", "Omar Overseer"}


@pytest.mark.parametrize("persona", ["lead", "delegate", "overseer", "secretariat", "auditor", "viewer", "member"])
def test_only_the_strategy_team_reopens(row, plan, actor_of, request, persona):
    play(plan.first, row.round, on=TODAY)
    row.refresh_from_db()
    with pytest.raises(Refusal, match="Only the strategy team"):
        returns.reopen(progress_return=row, reason="x", by=actor_of(request.getfixturevalue(persona)), at=clock.now())


def test_missing_stays_missing_even_if_it_comes_late(row, plan, actor_of, lead, overseer):
    close_round(row.round)
    row.refresh_from_db()
    assert row.missed
    assert row.missed_by == "Commander for Public Protection: Lena Lead"
    after = row.round.closes_on + dt.timedelta(days=5)
    with clock.standing_at(after):
        with pytest.raises(Refusal, match="closed on"):
            returns.submit(progress_return=row, by=actor_of(lead), at=clock.now(), nil=True)
        let_in_late(row, until=after, on=after)
        returns.submit(progress_return=row, by=actor_of(lead), at=clock.now(), nil=True)
    row.refresh_from_db()
    assert (row.missed, row.state) == (True, "submitted")


def test_changes_asked_for_after_the_close_may_be_answered(row, plan, actor_of, lead, overseer):
    play(plan.first, row.round, until="submitted", on=TODAY)
    close_round(row.round)
    row.refresh_from_db()
    assert not row.missed
    with clock.standing_at(row.round.closes_on + dt.timedelta(days=9)):
        returns.request_changes(
            progress_return=row, reasons={"next": "Say when."}, by=actor_of(overseer), at=clock.now()
        )
        save(row, actor_of(lead), "next", next_steps="In May.")
        row.refresh_from_db()
        returns.submit(progress_return=row, by=actor_of(lead), at=clock.now())
        returns.sign_off(progress_return=row, rating="green", comment="", by=actor_of(overseer), at=clock.now())
    row.refresh_from_db()
    assert row.state == "signed_off"


def test_a_request_for_changes_names_sections_and_keeps_their_words(row, plan, actor_of, overseer):
    play(plan.first, row.round, until="submitted", on=TODAY)
    row.refresh_from_db()
    with pytest.raises(Refusal, match="Name at least one section"):
        returns.request_changes(
            progress_return=row, reasons={"progress": " ", "nonsense": "x"}, by=actor_of(overseer), at=clock.now()
        )
    act = returns.request_changes(
        progress_return=row, reasons={"progress": "How many?"}, by=actor_of(overseer), at=clock.now()
    )
    asked = act.change_requests.get()
    assert (asked.section, asked.reason) == ("progress", "How many?")
    assert asked.answers["done"] == "We did what we planned."


def test_exempt_and_back(row, team, actor_of):
    by = actor_of(team)
    returns.exempt(progress_return=row, reason="Starts in May.", by=by, at=clock.now())
    row.refresh_from_db()
    assert row.state == "exempt"
    returns.include(progress_return=row, by=by, at=clock.now())
    row.refresh_from_db()
    assert (row.state, row.exempt_reason) == ("not_started", "")


def test_an_exempt_return_is_not_missing(row, plan, team, actor_of):
    returns.exempt(progress_return=row, reason="Starts in May.", by=actor_of(team), at=clock.now())
    close_round(row.round)
    row.refresh_from_db()
    assert not row.missed


def test_mail_goes_to_whoever_has_to_act(row, plan, lead, overseer):
    Message.objects.all().delete()
    play(plan.first, row.round, until="changes_requested", on=TODAY)
    sent = set(Message.objects.values_list("kind", "to_name"))
    assert sent == {("submitted", "Omar Overseer"), ("changes_requested", "Lena Lead")}


def test_reopened_again_after_a_second_signature(row, plan, lead, overseer):
    play(plan.first, row.round, on=TODAY)
    row.refresh_from_db()
    reopen(row, on=TODAY)
    play(plan.first, row.round, on=TODAY, done="Corrected.")
    row.refresh_from_db()
    assert row.version_number == 2
    assert [version.done for version in row.versions.order_by("number")] == ["We did what we planned.", "Corrected."]


def test_the_lead_of_the_day_does_not_sign_after_moving_to_the_overseers_post(
    row, plan, delegate, lead, overseer, lead_post, overseer_post, actor_of
):
    returns.submit(progress_return=row, by=actor_of(delegate), at=clock.now(), nil=True)
    Tenure.objects.filter(post__in=[lead_post, overseer_post]).update(ends=TODAY)
    tomorrow = TODAY + dt.timedelta(days=1)
    TenureFactory(post=overseer_post, person=lead.person, starts=tomorrow)
    with clock.standing_at(tomorrow), pytest.raises(Refusal, match="nobody signs off their own"):
        returns.sign_off(progress_return=row, rating="", comment="", by=actor_of(lead), at=clock.now())


def test_words_sent_back_and_half_rewritten_are_not_last_quarters_answer(plan, lead, overseer, actor_of):
    q2 = open_round(plan.strategy, "Q2 2021-22")
    row = play(plan.first, q2, until="changes_requested", done="Sent in.")
    with clock.standing_at(q2.due_on):
        save(row, actor_of(lead), done="Half a thought.")
    q3 = open_round(plan.strategy)
    assert returns.previous_version(q3.returns.get(commitment=plan.first)) is None


def test_signing_leaves_a_closed_strategy_as_it_was(plan, lead, overseer):
    round = open_round(plan.strategy)
    play(plan.first, round, until="submitted", on=TODAY, lifecycle="complete")
    type(plan.strategy).objects.filter(pk=plan.strategy.pk).update(state="closed")
    play(plan.first, round, on=TODAY)
    plan.first.refresh_from_db()
    assert plan.first.lifecycle == "not_started"


def test_past_the_last_day_nothing_is_exempted_and_the_round_is_closed_before_letting_in(row, team, actor_of):
    with clock.standing_at(row.round.closes_on + dt.timedelta(days=1)):
        with pytest.raises(Refusal, match="not open"):
            returns.exempt(progress_return=row, reason="Forgot.", by=actor_of(team), at=clock.now())
        with pytest.raises(Refusal, match="Close it, then"):
            returns.let_in_late(
                progress_return=row, until=clock.today(), reason="Ill.", by=actor_of(team), at=clock.now()
            )


def test_the_post_is_said_of_the_return_and_of_nothing_written_after_it(row, plan, lead, overseer, actor_of):
    """Within a request, whose context is open all along."""
    play(plan.first, row.round, until="submitted")
    by = actor_of(overseer)
    with pghistory.context(url="/returns/1/"):
        returns.sign_off(progress_return=row, rating="green", comment="", by=by, at=clock.now())
        plan.programme.title = "Renamed"
        plan.programme.save()
    signed = row.ledger.order_by("pgh_id").last().pgh_context
    after = plan.programme.ledger.order_by("pgh_id").last().pgh_context
    assert (signed["url"], signed["post"]) == ("/returns/1/", "AC who leads Front Line Policing")
    assert after == {"url": "/returns/1/"}
