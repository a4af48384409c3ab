"""The verbs about people ask the rule again, lock, and never lose somebody else's edit."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from kit import stale
from kit.verdict import Refusal
from people.models import Delegation, Post, Tenure, Unit
from people.services import records, tenures
from people.services.acts import stamp
from tests.factories.people import DelegationFactory, PersonFactory, PostFactory, TenureFactory

D = dt.date


def test_the_team_adds_a_post(team, actor_of):
    post = records.add(record=Post(code="chief", title="Chief"), by=actor_of(team))
    assert Post.objects.get(code="chief") == post


@pytest.mark.parametrize("persona", ["lead", "delegate", "secretariat", "auditor", "viewer", "stranger"])
def test_others_are_refused_by_the_service_itself(persona, request, actor_of):
    by = actor_of(request.getfixturevalue(persona))
    with pytest.raises(Refusal):
        records.add(record=Unit(code="unit", name="Unit"), by=by)
    tenure = TenureFactory()
    with pytest.raises(Refusal):
        tenures.add(tenure=Tenure(post=PostFactory(), person=PersonFactory(), starts=D(2021, 1, 1)), by=by)
    with pytest.raises(Refusal):
        tenures.change(tenure=tenure, values={"ends": None}, seen=stale.token(tenure, ["ends"]), by=by)


def test_an_edit_of_what_was_not_seen_is_stale(team, actor_of):
    post = PostFactory(title="Old")
    seen = stale.token(post, ["title"])
    records.change(record=post, values={"title": "Theirs"}, seen=seen, by=actor_of(team))
    with pytest.raises(stale.Stale) as caught:
        records.change(record=post, values={"title": "Mine"}, seen=seen, by=actor_of(team))
    assert caught.value.current.title == "Theirs"
    post.refresh_from_db()
    assert post.title == "Theirs"


def test_the_token_counts_only_the_fields_asked():
    post = Post(pk=1, code="a", title="A")
    before = stale.token(post, ["title"])
    post.code = "b"
    assert stale.token(post, ["title"]) == before
    post.title = "B"
    assert stale.token(post, ["title"]) != before


def test_a_post_is_not_abolished_over_its_holder(team, lead, lead_post, actor_of):
    values = {"abolished_on": D(2022, 1, 31)}
    with pytest.raises(Refusal, match="Lena Lead"):
        records.change(record=lead_post, values=values, seen=stale.token(lead_post, values), by=actor_of(team))


def test_nobody_enters_a_post_after_its_last_day(team, actor_of):
    post = PostFactory(abolished_on=D(2021, 12, 31))
    with pytest.raises(Refusal, match="31 December 2021"):
        tenures.add(tenure=Tenure(post=post, person=PersonFactory(), starts=D(2021, 1, 1)), by=actor_of(team))


def test_two_substantive_holders_are_refused_by_the_database(team, actor_of):
    held = TenureFactory()
    second = Tenure(post=held.post, person=PersonFactory(), starts=D(2022, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        tenures.add(tenure=second, by=actor_of(team))


def test_the_holder_names_and_ends_a_delegate(lead, lead_post, actor_of):
    by = actor_of(lead)
    delegation = tenures.delegate(
        delegation=Delegation(post=lead_post, person=PersonFactory(), starts=D(2022, 1, 1)), by=by
    )
    values = {"ends": D(2022, 1, 31)}
    tenures.end_delegation(delegation=delegation, values=values, seen=stale.token(delegation, values), by=by)
    delegation.refresh_from_db()
    assert delegation.ends == D(2022, 1, 31)


def test_a_delegate_names_nobody(delegate, lead_post, actor_of):
    with pytest.raises(Refusal, match="Only the holder"):
        tenures.delegate(
            delegation=Delegation(post=lead_post, person=PersonFactory(), starts=D(2022, 1, 1)), by=actor_of(delegate)
        )


def test_a_stamp_says_who_and_as_which_post(lead, delegate, lead_post, team, actor_of):
    own = stamp(actor_of(lead), post_id=lead_post.pk)
    assert (own["by_name"], own["post_title"], own["on_behalf"]) == ("Lena Lead", lead_post.title, False)
    assert stamp(actor_of(delegate), post_id=lead_post.pk)["on_behalf"] is True
    assert stamp(actor_of(team))["post_id"] is None


def test_a_delegation_may_be_ended_twice(team, actor_of):
    """To correct the day: what was seen is what counts."""
    delegation = DelegationFactory(ends=D(2022, 3, 1))
    values = {"ends": D(2022, 2, 1)}
    tenures.end_delegation(
        delegation=delegation, values=values, seen=stale.token(delegation, values), by=actor_of(team)
    )
    delegation.refresh_from_db()
    assert delegation.ends == D(2022, 2, 1)
