"""Who sees what of an agenda: nobody finds a restricted word anywhere, and the entitled always find theirs."""

import itertools
from types import SimpleNamespace

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from boards.choices import Visibility
from boards.disclosure import Sight, numbered, seen
from boards.models import AgendaItem, ForwardPlanEntry
from boards.services import attendance, interests, meetings
from boards.services.attendance import Came
from tests.boards.meetings.conftest import BEGUN, key
from tests.factories.boards import AgendaItemFactory
from tests.factories.people import PersonFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db
PERSONAS = ("admin", "team", "lead", "delegate", "overseer", "secretariat", "member", "auditor", "viewer", "stranger")
ALWAYS = {"admin", "secretariat", "auditor"}
# Each way of restricting, with words that stand nowhere else: title, note, declaration, the text of its duty.
SECRET = {
    "title_only": ("Titleonly", "Notethree"),
    "cover_title": ("Coveredword", "Notefour"),
    "absent": ("Absentword", "Notefive"),
}
HIDDEN = {
    "title_only": ["Notethree", "Declaredtitle_only", "Presentertitle_only"],
    "cover_title": ["Coveredword", "Notefour", "Declaredcover_title", "Presentercover_title"],
    "absent": ["Absentword", "Notefive", "Declaredabsent", "Presenterabsent"],
}


@pytest.fixture
def restricted(board, meeting, agenda, seats, keeper, lead, overseer_post, overseer, request):
    """One item of each kind between open ones. The overseer's post is in every audience, the chair presents none."""
    for name in PERSONAS:
        request.getfixturevalue(name)
    found = {}
    for at, (visibility, (title, note)) in enumerate(SECRET.items(), start=4):
        item = AgendaItemFactory(
            meeting=meeting,
            position=at,
            title=title,
            note=note,
            visibility=visibility,
            cover_title="A cover" if visibility == "cover_title" else "",
            minutes=20,
            presenter_post=PostFactory(title=f"Presenter{visibility}"),
        )
        item.audience.create(post=overseer_post)
        ForwardPlanEntry.objects.create(board=board, title=title, item=item)
        values = {"text": f"Declared{visibility}", "outcome": "withdrew", "item": item, "interest": None}
        interests.declare(meeting=meeting, seat=key(seats["adviser"]), values=values, by=keeper)
        found[visibility] = item
    AgendaItemFactory(meeting=meeting, position=9, title="The last one")
    return found


def pages(meeting) -> list[str]:
    slug = meeting.board.slug
    plan = reverse("boards:forward_plan", args=[slug])
    return [
        meeting.get_absolute_url(),
        plan,
        f"{plan}?download=forward-plan-{slug}",
        *(
            reverse(f"boards:{name}", args=[slug, meeting.pk])
            for name in ("agenda", "item_new", "replies", "attendance", "declaration_new", "meeting_hold")
        ),
        *(
            reverse("boards:item_edit", args=[slug, meeting.pk, pk])
            for pk in meeting.items.values_list("pk", flat=True)
        ),
        reverse("boards:interests", args=[slug]),
        reverse("boards:board", args=[slug]),
    ]


def read(client, meeting) -> str:
    found = [client.get(url) for url in pages(meeting)]
    return "".join(each.content.decode() for each in found if each.status_code in (200, 403, 404))


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("when", ["planned", "held"])
def test_no_page_tells_what_is_restricted_and_the_entitled_find_it(
    restricted, meeting, agenda, seats, keeper, client_as, persona, when
):
    if when == "held":
        late = [Came(key(seats["chair"]), "present", arrived_for=restricted["absent"])]
        rest = [Came(key(seats[name]), "present", left_after=restricted["absent"]) for name in ("member", "adviser")]
        attendance.record(meeting=meeting, came=[*late, *rest], by=keeper, at=BEGUN)
        meetings.hold(meeting=meeting, by=keeper, at=BEGUN)
    said = read(client_as(persona), meeting)
    entitled = persona in ALWAYS | {"overseer"}
    for visibility, (title, note) in SECRET.items():
        if entitled:
            assert title in said, visibility
            assert note in said, visibility
            assert f"Declared{visibility}" in said
        else:
            assert [word for word in HIDDEN[visibility] if word in said] == []
    if not entitled:
        assert "Titleonly" in said
        assert "A cover" in said


@pytest.mark.parametrize("persona", ["member", "overseer"])
def test_numbers_are_the_same_for_everybody_and_show_no_gap(restricted, meeting, client_as, persona):
    said = client_as(persona).get(meeting.get_absolute_url()).context["agenda"].lines
    numbers = [line.seen.number for line in said]
    assert numbers == ["1", "2", "3", "4", "5", *(["5A"] if persona == "overseer" else []), "6"]


def test_the_clock_shows_no_gap_either(restricted, meeting, client_as):
    lines = client_as("member").get(meeting.get_absolute_url()).context["agenda"].lines
    assert all(one.ends == next_one.begins for one, next_one in itertools.pairwise(lines))


def test_a_person_in_the_audience_sees_it(restricted, meeting, viewer, client_for):
    restricted["absent"].audience.create(person=viewer.person)
    said = read(client_for(viewer), meeting)
    assert "Absentword" in said
    assert "Coveredword" not in said


def test_whoever_presents_it_sees_it(restricted, meeting, member_post, client_as):
    restricted["cover_title"].presenter_post = member_post
    restricted["cover_title"].save()
    assert "Coveredword" in read(client_as("member"), meeting)


def test_whoever_is_not_sent_the_paper_sees_the_title_only(meeting, agenda, seats, keeper, client_as):
    agenda[0].note = "What the board is asked"
    agenda[0].save()
    values = {"text": "A share", "outcome": "not_sent", "item": agenda[0], "interest": None}
    interests.declare(meeting=meeting, seat=key(seats["member"]), values=values, by=keeper)
    url = meeting.get_absolute_url()
    assert "What the board is asked" not in client_as("member").get(url).content.decode()
    assert "Item number 1" in client_as("member").get(url).content.decode()
    assert "What the board is asked" in client_as("lead").get(url).content.decode()
    assert "What the board is asked" in client_as("secretariat").get(url).content.decode()


def test_a_restricted_item_is_withheld_from_its_audience_when_recused(
    restricted, meeting, seats, keeper, member_post, client_as
):
    item = restricted["cover_title"]
    item.audience.create(post=member_post)
    values = {"text": "A share", "outcome": "not_sent", "item": item, "interest": None}
    interests.declare(meeting=meeting, seat=key(seats["member"]), values=values, by=keeper)
    said = client_as("member").get(meeting.get_absolute_url()).content.decode()
    assert "Coveredword" in said
    assert "Notefour" not in said


def test_an_item_left_out_is_not_found(restricted, meeting, client_as):
    args = ["delivery", meeting.pk, restricted["absent"].pk]
    assert client_as("member").get(reverse("boards:item_edit", args=args)).status_code == 404
    args[-1] = restricted["title_only"].pk
    assert client_as("member").get(reverse("boards:item_edit", args=args)).status_code == 403


def test_reach_and_disclosure_agree(restricted, meeting, request, actor_of):
    """Who is told nothing of an item does not load it either."""
    for persona in PERSONAS:
        actor = actor_of(request.getfixturevalue(persona))
        reached = set(AgendaItem.objects.visible_to(actor).filter(meeting=meeting))
        told = {item for item in meeting.items.all() if seen(item, actor) is not Sight.NOTHING}
        assert reached == told, persona


def test_a_sensitive_board_is_not_found(board, meeting, agenda, client_as):
    board.sensitivity = "members"
    board.save()
    for persona, status in (("viewer", 404), ("overseer", 404), ("team", 404), ("member", 200), ("auditor", 200)):
        for url in (meeting.get_absolute_url(), reverse("boards:forward_plan", args=["delivery"])):
            assert client_as(persona).get(url).status_code == status, (persona, url)


@given(st.lists(st.sampled_from(list(Visibility)), max_size=20))
def test_numbers_are_stable_whoever_reads(kinds):
    """Leaving out what is absent leaves 1, 2, 3 and so on; all numbers differ."""
    items = [SimpleNamespace(pk=at, visibility=kind) for at, kind in enumerate(kinds)]
    found = numbered(items)
    open_ones = [found[item.pk] for item in items if item.visibility != "absent"]
    assert open_ones == [str(number) for number in range(1, len(open_ones) + 1)]
    assert len(set(found.values())) == len(items)
    assert numbered([item for item in items if item.visibility != "absent"]) == {
        item.pk: found[item.pk] for item in items if item.visibility != "absent"
    }


def test_an_adviser_without_a_post_replies(board, meeting, seats, client_for):
    user = UserFactory(email="ann@stride.example")
    seats["adviser"].person.user = user
    seats["adviser"].person.save()
    url = reverse("boards:reply", args=["delivery", meeting.pk, seats["adviser"].pk])
    client = client_for(user)
    assert client.get(url).status_code == 200
    assert client.post(url, {"reply": "coming"}).status_code == 302
    assert meeting.attendances.get().reply == "coming"
    other = client_for(UserFactory(email="other@stride.example"))
    PersonFactory(user=other.get("/").wsgi_request.user)
    assert other.post(url, {"reply": "apologies"}).status_code == 403
    assert meeting.attendances.get().reply == "coming"
