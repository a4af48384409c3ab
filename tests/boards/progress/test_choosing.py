"""Choosing the round of a progress report, and looking at what it would say."""

import datetime as dt

import pytest
from django.urls import reverse

from boards.models import ItemProgress, Meeting
from boards.services import progress as services
from kit.stale import Stale
from kit.verdict import Refusal
from tests.factories.boards import AgendaItemFactory, DraftTermsFactory, approved
from tests.factories.commitments import CommitmentFactory, StrategyFactory
from tests.factories.monitoring import ReportingRoundFactory

pytestmark = pytest.mark.django_db
LATER = dt.date(2022, 10, 1)


def url(name: str, item) -> str:
    return reverse(f"boards:{name}", args=[item.meeting.board.slug, item.meeting_id, item.pk])


@pytest.fixture
def bare(told):
    """An item that reports nothing yet."""
    return AgendaItemFactory(meeting=told.meeting, title="Progress again")


def version(item) -> int:
    return Meeting.objects.get(pk=item.meeting_id).agenda_version


def test_a_round_is_chosen_and_the_agenda_goes_up(told, bare, secretariat, client_for):
    seen = version(bare)
    answer = client_for(secretariat).post(url("item_progress", bare), {"round": told.round.pk, "version": seen})
    assert answer.status_code == 302
    assert answer["Location"] == url("progress_preview", bare)
    assert bare.__class__.objects.get(pk=bare.pk).progress.round == told.round
    assert version(bare) == seen + 1


def test_another_round_or_none(told, secretariat, client_for):
    client = client_for(secretariat)
    client.post(url("item_progress", told.item), {"round": told.before.pk, "version": version(told.item)})
    assert ItemProgress.objects.get().round == told.before
    client.post(url("item_progress", told.item), {"round": "none", "version": version(told.item)})
    assert not ItemProgress.objects.exists()


@pytest.mark.parametrize(("sent", "error"), [({}, "Select a round"), ({"round": "9"}, "Select a round from the list")])
def test_without_a_round_it_asks_again(told, bare, secretariat, client_for, sent, error):
    answer = client_for(secretariat).post(url("item_progress", bare), sent | {"version": version(bare)})
    assert answer.status_code == 422
    assert answer.content.decode().count(error) == 2


def test_where_somebody_was_quicker_the_choice_stays(told, bare, secretariat, client_for):
    sent = {"round": told.before.pk, "version": version(bare) - 1}
    answer = client_for(secretariat).post(url("item_progress", bare), sent)
    assert answer.status_code == 422
    assert "Somebody else changed this agenda" in answer.content.decode()
    assert f'value="{told.before.pk}"' in answer.content.decode()
    assert " checked" in answer.content.decode()


def test_drafts_and_planned_rounds_are_not_offered(told, bare, admin, client_for):
    draft = ReportingRoundFactory(strategy=StrategyFactory(state="draft"), state="open")
    planned = ReportingRoundFactory(
        strategy=told.strategy, label="Later", about=told.round.period_ends.replace(year=2022)
    )
    page = client_for(admin).get(url("item_progress", bare)).content.decode()
    assert f'value="{told.round.pk}"' in page
    assert f'value="{draft.pk}"' not in page
    assert f'value="{planned.pk}"' not in page


@pytest.mark.parametrize("kind", ["planned", "draft"])
def test_nor_taken(told, bare, admin, actor_of, kind):
    if kind == "planned":
        round = ReportingRoundFactory(
            strategy=told.strategy, label="Later", about=told.round.period_ends.replace(year=2022)
        )
    else:
        round = ReportingRoundFactory(strategy=StrategyFactory(state="draft"), state="open")
    with pytest.raises(Refusal):
        services.choose(item=bare, round=round, seen=version(bare), by=actor_of(admin))


def test_the_services_refuse_what_is_stale_and_who_may_not(told, bare, secretariat, member, actor_of):
    with pytest.raises(Stale):
        services.choose(item=bare, round=told.round, seen=version(bare) + 1, by=actor_of(secretariat))
    with pytest.raises(Refusal):
        services.choose(item=bare, round=told.round, seen=version(bare), by=actor_of(member))
    with pytest.raises(Refusal):
        services.leave(item=told.item, seen=version(bare), by=actor_of(member))


def test_it_stays_once_the_meeting_was_held(told, secretariat, actor_of):
    terms = approved(DraftTermsFactory(board=told.board, quorum={"at_least": 1}))
    Meeting.objects.filter(pk=told.meeting.pk).update(state="held", terms=terms, rules=terms)
    with pytest.raises(Refusal, match="was held"):
        services.leave(item=told.item, seen=version(told.item), by=actor_of(secretariat))


def test_it_is_shown_to_whom_the_item_is_put_before(told, member, viewer, secretariat, auditor, client_for):
    where = url("progress_preview", told.item)
    for user in (member, secretariat, auditor):
        assert "Both posts are advertised." in client_for(user).get(where).content.decode()
    assert client_for(viewer).get(where).status_code == 404
    type(told.item).objects.filter(pk=told.item.pk).update(visibility="absent")
    assert client_for(member).get(where).status_code == 404


def test_an_item_without_one_has_no_page(bare, secretariat, client_for):
    assert client_for(secretariat).get(url("progress_preview", bare)).status_code == 404


@pytest.mark.parametrize("more", [0, 4])
def test_the_page_asks_as_often_for_many_as_for_one(told, more, secretariat, client_for, django_assert_num_queries):
    for number in range(more):
        CommitmentFactory(strategy=told.strategy, programme=told.first.programme, number=10 + number)
    client, where = client_for(secretariat), url("progress_preview", told.item)
    client.get(where)
    with django_assert_num_queries(15):
        client.get(where)
