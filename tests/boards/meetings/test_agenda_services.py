"""The agenda's verbs: where things go, and that nobody writes over another editor."""

import datetime as dt

import pytest

from boards.models import AgendaItem, Meeting
from boards.services import agenda as services
from boards.services.agenda import Parts, Wanted
from kit.stale import Stale
from kit.verdict import Refusal
from tests.factories.boards import AgendaItemFactory, MeetingFactory
from tests.factories.people import PersonFactory, PostFactory

pytestmark = pytest.mark.django_db


def titles(meeting) -> list[str]:
    return list(meeting.items.order_by("position").values_list("title", flat=True))


def fresh(meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def wanted(title: str, **values) -> Wanted:
    return Wanted({"title": title, "purpose": "decision", "minutes": 10, **values})


def test_standing_items_come_in_their_order_around_what_is_there(meeting, agenda, keeper):
    services.add_standing(meeting=meeting, seen=1, by=keeper)
    assert titles(meeting) == [
        "Apologies and quoracy",
        "Declarations of interest",
        "Minutes of the last meeting",
        "Item number 1",
        "Item number 2",
        "Item number 3",
        "Any other business",
    ]
    assert fresh(meeting).agenda_version == 2
    with pytest.raises(Refusal, match="already"):
        services.add_standing(meeting=meeting, seen=2, by=keeper)


def test_a_new_item_stands_before_what_closes_the_agenda(meeting, keeper):
    services.add_standing(meeting=meeting, seen=1, by=keeper)
    services.add(meeting=meeting, wanted=wanted("The estate"), seen=2, by=keeper)
    assert titles(meeting)[-2:] == ["The estate", "Any other business"]


def test_an_item_keeps_its_links_and_its_audience(meeting, plan, keeper):
    post, person = PostFactory(), PersonFactory()
    parts = Parts([plan.strategy], [plan.first], [post], [person])
    item = services.add(meeting=meeting, wanted=Wanted(wanted("A").values, parts), seen=1, by=keeper)
    assert [item.strategies.get(), item.commitments.get()] == [plan.strategy, plan.first]
    assert {(each.post, each.person) for each in item.audience.all()} == {(post, None), (None, person)}
    services.change(item=item, wanted=Wanted({"title": "B"}, Parts(posts=[post])), seen=2, by=keeper)
    item.refresh_from_db()
    assert item.title == "B"
    assert item.audience.get().post == post
    assert not item.strategies.exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda m, item, by: services.add(meeting=m, wanted=wanted("Mine"), seen=1, by=by),
        lambda m, item, by: services.change(item=item, wanted=wanted("Mine"), seen=1, by=by),
        lambda m, item, by: services.remove(item=item, seen=1, by=by),
        lambda m, item, by: services.reorder(meeting=m, order=[], seen=1, by=by),
        lambda m, item, by: services.move(item=item, by_places=1, seen=1, by=by),
        lambda m, item, by: services.add_standing(meeting=m, seen=1, by=by),
        lambda m, item, by: services.copy_last(meeting=m, seen=1, by=by),
    ],
)
def test_nobody_writes_over_another_editor(meeting, agenda, keeper, act):
    services.change(item=agenda[0], wanted=wanted("Theirs"), seen=1, by=keeper)
    before = titles(meeting)
    with pytest.raises(Stale):
        act(meeting, agenda[0], keeper)
    assert titles(meeting) == before
    assert fresh(meeting).agenda_version == 2


def test_items_move_and_the_ends_stay(meeting, agenda, keeper):
    services.move(item=agenda[0], by_places=1, seen=1, by=keeper)
    assert titles(meeting) == ["Item number 2", "Item number 1", "Item number 3"]
    services.move(item=agenda[2], by_places=1, seen=2, by=keeper)
    assert titles(meeting) == ["Item number 2", "Item number 1", "Item number 3"]


def test_an_order_holds_every_item_once(meeting, agenda, keeper):
    keys = [item.pk for item in agenda]
    other = AgendaItemFactory(meeting=MeetingFactory(on=dt.date(2022, 3, 1)))
    for order in (keys[:2], [*keys, keys[0]], [*keys[:2], other.pk], []):
        with pytest.raises(Refusal, match="not the items"):
            services.reorder(meeting=meeting, order=order, seen=1, by=keeper)
    services.reorder(meeting=meeting, order=keys[::-1], seen=1, by=keeper)
    assert titles(meeting) == ["Item number 3", "Item number 2", "Item number 1"]


def test_the_last_agenda_is_copied_without_one_offs_and_nothing_twice(board, meeting, terms, keeper):
    last = MeetingFactory(board=board, on=dt.date(2022, 1, 4))
    services.add_standing(meeting=last, seen=1, by=keeper)
    post = PostFactory()
    report = AgendaItemFactory(
        meeting=last,
        position=10,
        title="Finance report",
        is_one_off=False,
        visibility="absent",
        duty=terms.duties.first(),
    )
    report.audience.create(post=post)
    AgendaItemFactory(meeting=last, position=11, title="Once only")
    services.add_standing(meeting=meeting, seen=1, by=keeper)
    services.copy_last(meeting=meeting, seen=2, by=keeper)
    assert titles(meeting)[-2:] == ["Finance report", "Any other business"]
    copy = AgendaItem.objects.get(meeting=meeting, title="Finance report")
    assert copy.visibility == "absent"
    assert copy.audience.get().post == post
    assert copy.duty.key == "watch"
    with pytest.raises(Refusal, match="already"):
        services.copy_last(meeting=meeting, seen=3, by=keeper)


def test_a_cancelled_meeting_is_not_copied(board, meeting, keeper):
    AgendaItemFactory(meeting=MeetingFactory(board=board, on=dt.date(2022, 1, 4), state="cancelled"), is_one_off=False)
    with pytest.raises(Refusal, match="No earlier meeting"):
        services.copy_last(meeting=meeting, seen=1, by=keeper)


def test_what_others_see_makes_no_hole_when_taken_off(meeting, agenda, keeper):
    services.remove(item=agenda[1], seen=1, by=keeper)
    assert list(meeting.items.values_list("position", flat=True)) == [1, 2]


def test_an_item_with_a_declaration_stays(meeting, agenda, seats, keeper):
    seat = meeting.attendances.create(membership=seats["chair"], category="chair", label="Chair")
    meeting.declarations.create(attendance=seat, item=agenda[0], text="A share")
    with pytest.raises(Refusal, match="declaration first"):
        services.remove(item=agenda[0], seen=1, by=keeper)


@pytest.mark.parametrize("persona", ["lead", "member", "auditor", "viewer", "team"])
def test_only_the_secretariat_makes_agendas(meeting, request, actor_of, persona):
    actor = actor_of(request.getfixturevalue(persona))
    with pytest.raises(Refusal, match="secretariat runs"):
        services.add(meeting=meeting, wanted=wanted("A"), seen=1, by=actor)


def test_a_cancelled_meeting_has_no_new_items(board, seats, keeper):
    gone = MeetingFactory(board=board, on=dt.date(2022, 3, 1), state="cancelled")
    with pytest.raises(Refusal, match="cancelled"):
        services.add(meeting=gone, wanted=wanted("A"), seen=1, by=keeper)
