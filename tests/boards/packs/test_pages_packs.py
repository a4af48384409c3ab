"""The pages of a pack: what they say, what they cost, and that a form loses nothing."""

import time

import pytest
from django.urls import reverse

from boards.models import PackBuild, PackEdition, Paper
from boards.queries.packs import editions_of, served_by
from kit import clock
from tests.factories.boards import AgendaItemFactory
from tests.factories.records import ClearedPaperFactory, PackEditionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_pdfs")]


def address(world, name="pack", *more) -> str:
    return reverse(f"boards:{name}", args=[world.board.slug, world.meeting.pk, *more])


def test_the_page_says_where_the_pack_stands(world, client_for, secretariat):
    client = client_for(secretariat)
    assert "Not built" in client.get(address(world)).content.decode()
    edition = world.build()
    assert "Built, not circulated" in client.get(address(world)).content.decode()
    AgendaItemFactory(meeting=world.meeting, title="The fleet")
    said = client.get(address(world)).content.decode()
    assert "Item 5, The fleet, was added." in said
    assert client.get(address(world, "pack_edition", edition.number)).status_code == 200


def test_what_is_missing_from_it_is_said(world, client_for, secretariat):
    ClearedPaperFactory(item=world.items["estates"], title="Slow paper", state="drafting")
    assert "“Slow paper”" in client_for(secretariat).get(address(world)).content.decode()


def test_a_form_that_is_refused_keeps_the_message(world, client_for, secretariat):
    edition = world.build()
    client = client_for(secretariat)
    sent = client.post(address(world, "pack_circulate", edition.number), {"message": "Mind Xdiscipline, please"})
    assert sent.status_code == 422
    assert "Mind Xdiscipline, please" in sent.content.decode()
    client.post(address(world, "pack_circulate", edition.number), {"message": "Welcome"})
    edition.refresh_from_db()
    assert edition.message == "Welcome"


def test_a_member_finds_no_word_of_what_is_not_theirs(world, client_for, member):
    world.circulate(world.build())
    client = client_for(member)
    for url in (address(world), address(world, "pack_read", 1)):
        said = client.get(url).content.decode()
        assert not any(word in said for word in ("Xdiscipline", "Xcase", "Xnote", "Xmoney", "2A"))
    assert "Ybid" in said
    paper = address(
        world, "pack_paper", 1, world.meeting.packs.get().files.get(audience="members").pk, world.papers["case"].pk
    )
    assert client.get(paper).status_code == 404


def test_a_paper_to_follow_is_named_to_those_who_see_its_item(world, client_for, member):
    keys = [world.papers[name].pk for name in ("costs", "case")]
    Paper.objects.filter(pk__in=keys).update(state="submitted", purpose="Half a thought")
    edition = world.circulate(world.build())
    said = client_for(member).get(address(world, "pack_read", 1)).content.decode()
    assert said.count("Paper to follow") == 1
    assert "2.2 What it costs" in said
    assert "Half a thought" not in said
    assert "Xcase" not in said
    served = served_by(edition, world.meeting, world.keeper, clock.now())
    assert served.kept_back("With the xcase to come.") == "Xcase"
    assert served.kept_back("What it costs will come.") == ""


def test_progress_is_told_and_a_dead_building_is_not_waited_for(world, client_for, secretariat):
    told = {"state": "building", "step": 30, "steps": 100, "words": "Reading 2.1", "asked_by": "Sana"}
    row = PackBuild.objects.create(meeting=world.meeting, asked_at=clock.now(), alive_at=clock.now(), **told)
    client = client_for(secretariat)
    said = client.get(address(world, "pack_building"), headers={"HX-Request": "true"}).content.decode()
    assert "Reading 2.1" in said
    assert 'value="30"' in said
    PackBuild.objects.filter(pk=row.pk).update(alive_at="2022-01-01T00:00Z")
    assert "stopped without a word" in client.get(address(world, "pack_building")).content.decode()


@pytest.mark.parametrize("items", [0, 36])
def test_an_agenda_of_forty_items_costs_no_more_queries(
    world, client_for, secretariat, django_assert_max_num_queries, items
):
    for number in range(items):
        item = AgendaItemFactory(meeting=world.meeting, title=f"More {number}")
        ClearedPaperFactory(item=item)
    world.build()
    client = client_for(secretariat)
    client.get(address(world))
    with django_assert_max_num_queries(45):
        began = time.perf_counter()
        assert client.get(address(world)).status_code == 200
    taken = time.perf_counter() - began
    print(f"The page of a pack of {items + 5} items: {1000 * taken:.0f} ms")
    assert taken < 3


def test_the_newest_edition_is_the_one_that_counts(world, client_for, secretariat):
    first = PackEditionFactory(meeting=world.meeting, circulated_at=clock.now(), circulated_by="Somebody")
    second = PackEditionFactory(meeting=world.meeting)
    assert [each.pk for each in editions_of(world.meeting)] == [second.pk, first.pk]
    PackEdition.objects.filter(pk=second.pk).update(circulated_at=clock.now(), circulated_by="Somebody")
    assert [each.number for each in editions_of(world.meeting)] == [2, 1]
