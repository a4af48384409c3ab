"""Who a return waits with and for how long; whose sign-off would be their own, and who could act."""

import datetime as dt

import pytest

from monitoring.models import ProgressReturn
from monitoring.queries import conflicts, waiting
from people.models import Basis, Tenure
from tests.factories.commitments import CommitmentFactory
from tests.factories.monitoring import close_round, exempt, let_in_late, open_round, play, reopen
from tests.factories.people import DelegationFactory, TenureFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)


@pytest.fixture
def round(plan, lead, overseer):
    return open_round(plan.strategy)


def wait_of(round, commitment, on=TODAY):
    pairs = waiting.of_returns(round.returns.filter(commitment=commitment), on)
    return pairs[0][1] if pairs else None


def test_with_the_lead_since_the_round_opened(round, plan):
    wait = wait_of(round, plan.first)
    assert (wait.person.name, wait.as_overseer, wait.since, wait.days) == (
        "Lena Lead",
        False,
        dt.date(2022, 1, 4),
        15,
    )


def test_saving_a_draft_does_not_start_the_days_again(round, plan):
    play(plan.first, round, until="draft", on=dt.date(2022, 1, 18))
    assert wait_of(round, plan.first).days == 15


def test_with_the_overseer_since_it_was_submitted(round, plan):
    play(plan.first, round, until="submitted", on=dt.date(2022, 1, 17))
    wait = wait_of(round, plan.first)
    assert (wait.person.name, wait.as_overseer, wait.days) == ("Omar Overseer", True, 2)


def test_back_with_the_lead_since_changes_were_asked_for(round, plan):
    play(plan.first, round, until="changes_requested", on=dt.date(2022, 1, 14))
    wait = wait_of(round, plan.first)
    assert (wait.person.name, wait.days) == ("Lena Lead", 5)


def test_with_nobody_once_it_is_signed_off_or_exempt(round, plan):
    play(plan.first, round)
    exempt(plan.second, round)
    assert wait_of(round, plan.first) is None
    assert wait_of(round, plan.second) is None


def test_with_nobody_once_it_is_missing_and_with_the_lead_when_let_in(round, plan):
    close_round(round)
    row = round.returns.get(commitment=plan.first)
    assert wait_of(round, plan.first, dt.date(2022, 2, 3)) is None
    let_in_late(row, until=dt.date(2022, 2, 10))
    assert wait_of(round, plan.first, dt.date(2022, 2, 3)).days == 2
    assert wait_of(round, plan.first, dt.date(2022, 2, 11)) is None


def test_past_its_last_day_nothing_waits_even_before_somebody_closes(round, plan):
    assert wait_of(round, plan.first, dt.date(2022, 1, 31)) is not None
    assert wait_of(round, plan.first, dt.date(2022, 2, 1)) is None


def test_a_submitted_return_still_waits_after_the_close(round, plan):
    play(plan.first, round, until="submitted")
    close_round(round)
    assert wait_of(round, plan.first, dt.date(2022, 2, 3)).as_overseer


def test_reopened_is_with_the_lead_since_then(round, plan):
    reopen(play(plan.first, round))
    wait = wait_of(round, plan.first, dt.date(2022, 2, 3))
    assert (wait.as_overseer, wait.days) == (False, 2)


def test_a_vacant_post_is_shown_as_such(plan):
    round = open_round(plan.strategy)
    wait = wait_of(round, plan.first)
    assert (wait.post, wait.person, wait.days) == (plan.first.lead_post, None, 15)


def test_acting_cover_takes_precedence(round, plan, lead_post):
    TenureFactory(post=lead_post, person__name="Ann Acting", basis=Basis.ACTING, starts=TODAY)
    assert wait_of(round, plan.first).person.name == "Ann Acting"
    assert wait_of(round, plan.first, TODAY - dt.timedelta(days=1)).person.name == "Lena Lead"


def test_the_holder_of_the_day_not_of_the_opening(round, plan, lead, lead_post):
    Tenure.objects.filter(post=lead_post).update(ends=dt.date(2022, 1, 10))
    TenureFactory(post=lead_post, person__name="Nora New", starts=dt.date(2022, 1, 11))
    assert wait_of(round, plan.first).person.name == "Nora New"


# Conflicts


def conflict_of(round, commitment, on=TODAY):
    rows = list(ProgressReturn.objects.filter(round=round).current())
    found = conflicts.of_returns(rows, waiting.holders_for(rows, on), on)
    return found.get(round.returns.get(commitment=commitment).pk)


def test_two_people_are_no_conflict(round, plan):
    assert conflict_of(round, plan.first) is None


def test_holding_both(plan, lead, overseer_post):
    TenureFactory(post=overseer_post, person=lead.person)
    conflict = conflict_of(open_round(plan.strategy), plan.first)
    assert (conflict.tie, conflict.person) == ("holds", lead.person)


def test_a_covered_lead_is_still_a_lead(round, plan, lead_post, overseer):
    Tenure.objects.filter(post=lead_post).update(basis=Basis.TEMPORARY)
    TenureFactory(post=lead_post, person=overseer.person)
    assert conflict_of(round, plan.first).tie == "covered"


def test_a_delegate_who_oversees(round, plan, lead_post, overseer):
    DelegationFactory(post=lead_post, person=overseer.person)
    assert conflict_of(round, plan.first).tie == "delegate"


def test_who_submitted_and_now_oversees(round, plan, lead, overseer_post):
    play(plan.first, round, until="submitted")
    Tenure.objects.filter(post__in=[overseer_post, plan.first.lead_post]).update(ends=dt.date(2022, 1, 18))
    TenureFactory(post=overseer_post, person=lead.person, starts=TODAY)
    assert conflict_of(round, plan.first).tie == "submitted"
    assert conflict_of(round, plan.second) is None


def test_a_signed_off_return_has_none(round, plan, lead_post, overseer):
    play(plan.first, round)
    DelegationFactory(post=lead_post, person=overseer.person)
    assert conflict_of(round, plan.first) is None


def test_who_could_act_is_free_of_the_lead(plan, lead, lead_post, overseer_post):
    TenureFactory(post=overseer_post, person=lead.person)
    names = ["Free Overseer", "Tied Delegate", "Covered Holder"]
    for number, name in enumerate(names, start=3):
        extra = CommitmentFactory(programme=plan.programme, number=number, overseer_post__title=f"Post of {name}")
        person = TenureFactory(post=extra.overseer_post, person__name=name).person
        if name.startswith("Tied"):
            DelegationFactory(post=lead_post, person=person)
        elif name.startswith("Covered"):
            TenureFactory(post=lead_post, person=person, basis=Basis.TEMPORARY, starts=TODAY, ends=TODAY)
    elsewhere = CommitmentFactory()
    TenureFactory(post=elsewhere.overseer_post, person__name="Of Another Strategy")
    round = open_round(plan.strategy)
    rows = list(round.returns.filter(commitment=plan.first).current())
    [candidates] = conflicts.who_could_act(rows, TODAY).values()
    assert [tenure.person.name for tenure in candidates] == ["Free Overseer"]


def test_an_abolished_post_lends_nobody(plan, lead, overseer_post):
    TenureFactory(post=overseer_post, person=lead.person)
    extra = CommitmentFactory(programme=plan.programme, number=3, overseer_post__abolished_on=dt.date(2021, 12, 31))
    TenureFactory(post=extra.overseer_post)
    assert conflict_of(open_round(plan.strategy), plan.first).candidates == ()
