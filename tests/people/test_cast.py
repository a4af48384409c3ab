"""The cast stands where the other tests think it does."""

import pytest
from django.db import connection

from people.models import Person


def test_the_lead_holds_the_lead_post(lead, lead_post, actor_of):
    assert actor_of(lead).holds == {lead_post.pk: "Commander for Public Protection"}


def test_the_delegate_speaks_for_the_lead_post_and_holds_none(delegate, lead_post, actor_of):
    actor = actor_of(delegate)
    assert actor.holds == {}
    assert actor.speaks_for == {lead_post.pk}


@pytest.mark.parametrize("persona", ["auditor", "viewer", "stranger"])
def test_readers_only_read(persona, request, actor_of):
    assert actor_of(request.getfixturevalue(persona)).reads_only


def test_the_plan_belongs_together(plan, lead_post):
    assert plan.first.strategy == plan.programme.strategy == plan.strategy
    assert plan.first.strand.programme == plan.programme
    assert plan.second.lead_post == lead_post


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_a_test_with_real_transactions_leaves_an_empty_database_with_its_triggers(time, lead):
    """Twice, so that the second one proves that the first one was cleaned up."""
    assert Person.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        assert cursor.fetchone() == ("origin",)
