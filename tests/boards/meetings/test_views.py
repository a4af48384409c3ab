"""The pages about meetings: what they show, that nothing typed is lost, how often they ask the database."""

import datetime as dt

import pytest
from django.urls import reverse

from boards.models import AgendaItem, AudienceEntry, Declaration, ForwardPlanEntry, Interest, Meeting
from tests.boards.meetings.conftest import AHEAD, key
from tests.factories.boards import AgendaItemFactory, MeetingFactory
from tests.factories.people import PostFactory

pytestmark = pytest.mark.django_db


def url(name: str, meeting, *more) -> str:
    return reverse(f"boards:{name}", args=[meeting.board.slug, meeting.pk, *more])


def item_form(meeting, **changes) -> dict:
    return {
        "title": "The estate",
        "purpose": "decision",
        "minutes": "20",
        "note": "Agree the plan.",
        "visibility": "visible",
        "version": str(Meeting.objects.get(pk=meeting.pk).agenda_version),
    } | changes


# The page


def test_the_meeting_page_says_what_matters(meeting, agenda, seats, client_as):
    response = client_as("viewer").get(meeting.get_absolute_url())
    text = response.content.decode()
    for said in (
        "Tuesday 8 February 2022, 10am to midday",
        "Lena Lead",
        "To be held under version 1",
        "Cannot tell yet",
        "30 of 120 minutes are allotted.",
        "3 without a reply, 1 vacant.",
        "10:20am",
    ):
        assert said in text, said
    assert "Change the agenda" not in text


def test_an_agenda_that_is_too_long_warns(meeting, agenda, client_as):
    agenda[0].minutes = 120
    agenda[0].save()
    text = client_as("viewer").get(meeting.get_absolute_url()).content.decode()
    assert "The agenda takes 140 minutes, 20 more than the meeting’s 120." in text


@pytest.mark.parametrize("count", [1, 30])
def test_the_meeting_page_asks_as_often_for_one_item_as_for_thirty(
    meeting, seats, client_as, django_assert_num_queries, plan, lead_post, count
):
    for position in range(1, count + 1):
        item = AgendaItemFactory(meeting=meeting, position=position, presenter_post=lead_post)
        item.commitments.add(plan.first)
        item.strategies.add(plan.strategy)
        item.audience.create(post=PostFactory())
    client = client_as("viewer")
    client.get(meeting.get_absolute_url())
    with django_assert_num_queries(MEETING_QUERIES):
        client.get(meeting.get_absolute_url())


MEETING_QUERIES = 24


@pytest.mark.parametrize("count", [1, 3])
def test_the_forward_plan_asks_as_often_for_one_entry_as_for_three(
    board, meeting, agenda, terms, client_as, django_assert_num_queries, count
):
    for number in range(count):
        other = MeetingFactory(board=board, on=dt.date(2022, 3, 1 + number))
        item = AgendaItemFactory(meeting=other)
        ForwardPlanEntry.objects.create(board=board, title="Placed", item=item, presenter_post=PostFactory())
        ForwardPlanEntry.objects.create(board=board, title="Waits", presenter_post=PostFactory())
    client = client_as("viewer")
    with django_assert_num_queries(PLAN_QUERIES):
        client.get(reverse("boards:forward_plan", args=["delivery"]))


PLAN_QUERIES = 19


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_asks_as_often_for_one_interest_as_for_three(
    board, seats, client_as, django_assert_num_queries, count
):
    for number in range(count):
        person = seats["adviser"].person
        Interest.objects.create(person=person, text=f"Interest {number}", starts=AHEAD.replace(year=2021))
    client = client_as("viewer")
    with django_assert_num_queries(REGISTER_QUERIES):
        client.get(reverse("boards:interests", args=["delivery"]))


REGISTER_QUERIES = 13


# Editing the agenda


def test_an_item_is_added_and_changed(meeting, seats, client_as):
    client = client_as("secretariat")
    assert client.post(url("item_new", meeting), item_form(meeting)).status_code == 302
    item = AgendaItem.objects.get(title="The estate")
    assert client.post(url("item_edit", meeting, item.pk), item_form(meeting, title="Estates")).status_code == 302
    assert AgendaItem.objects.get().title == "Estates"


def test_a_restricted_item_keeps_its_audience(meeting, seats, member_post, client_as):
    other = PostFactory()
    sent = item_form(meeting, visibility="absent", posts=[member_post.pk], other_post=other.pk)
    client_as("secretariat").post(url("item_new", meeting), sent)
    assert set(AudienceEntry.objects.values_list("post", flat=True)) == {member_post.pk, other.pk}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Enter a title"),
        ({"minutes": "-1"}, "minutes"),
        ({"minutes": "many"}, "whole number"),
        ({"visibility": "cover_title"}, "Give the title that others see"),
        ({"quorum_category": "external_adviser"}, "Enter how many of these"),
        ({"quorum_members": "0"}, "1 or more"),
    ],
)
def test_a_refused_item_loses_nothing(meeting, seats, client_as, changes, said):
    response = client_as("secretariat").post(url("item_new", meeting), item_form(meeting, **changes))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "Agree the plan." in response.content.decode()
    assert not AgendaItem.objects.exists()


def test_the_items_own_quorum_is_asked_in_plain_questions(meeting, seats, client_as):
    sent = item_form(meeting, quorum_chair="on", quorum_members="3")
    client = client_as("secretariat")
    client.post(url("item_new", meeting), sent)
    item = AgendaItem.objects.get()
    assert item.quorum == {"all_of": [{"present": {"categories": ["chair"]}}, {"at_least": 3}]}
    form = client.get(url("item_edit", meeting, item.pk)).context["form"]
    assert (form.initial["quorum_chair"], form.initial["quorum_members"]) == (True, 3)


def test_a_quorum_of_another_shape_stays(meeting, agenda, seats, client_as):
    rule = {"share_of": "membership", "numerator": 1, "denominator": 2, "rounding": "up"}
    agenda[0].quorum = rule
    agenda[0].save()
    client = client_as("secretariat")
    assert "stays as it is" in client.get(url("item_edit", meeting, agenda[0].pk)).content.decode()
    client.post(url("item_edit", meeting, agenda[0].pk), item_form(meeting))
    agenda[0].refresh_from_db()
    assert (agenda[0].title, agenda[0].quorum) == ("The estate", rule)


def test_two_editors_of_one_item_both_keep_their_words(meeting, agenda, seats, client_as):
    client, page = client_as("secretariat"), url("item_edit", meeting, agenda[0].pk)
    mine = item_form(meeting, title="Mine", note="My words.")
    client.post(page, item_form(meeting, title="Theirs"))
    conflict = client.post(page, mine)
    assert conflict.status_code == 422
    text = conflict.content.decode()
    assert "Somebody else changed this agenda" in text
    assert "Theirs" in text
    assert "My words." in text
    assert AgendaItem.objects.get(pk=agenda[0].pk).title == "Theirs"
    again = mine | {"version": conflict.context["form"]["version"].value()}
    assert client.post(page, again).status_code == 302
    assert AgendaItem.objects.get(pk=agenda[0].pk).title == "Mine"


def test_a_new_item_meets_what_was_added_meanwhile(meeting, seats, client_as):
    client = client_as("secretariat")
    mine = item_form(meeting)
    client.post(url("item_new", meeting), item_form(meeting, title="Theirs"))
    conflict = client.post(url("item_new", meeting), mine)
    assert conflict.status_code == 422
    assert "1. Theirs" in conflict.content.decode()
    again = mine | {"version": conflict.context["form"]["version"].value()}
    assert client.post(url("item_new", meeting), again).status_code == 302
    assert AgendaItem.objects.count() == 2


def test_two_orders_are_both_shown_and_mine_can_be_kept(meeting, agenda, seats, client_as):
    client, page = client_as("secretariat"), url("agenda_order", meeting)
    keys = [item.pk for item in agenda]
    client.post(page, {"version": "1", "order": keys[::-1]})
    mine = [keys[1], keys[0], keys[2]]
    conflict = client.post(page, {"version": "1", "order": mine})
    assert conflict.status_code == 409
    assert [item.pk for item in conflict.context["mine"]] == mine
    assert [item.pk for _, item in conflict.context["rows"]] == keys[::-1]
    assert client.post(page, {"version": "2", "order": mine}).status_code == 302
    assert list(meeting.items.values_list("pk", flat=True)) == mine


def test_up_and_down(meeting, agenda, seats, client_as):
    client, page = client_as("secretariat"), url("agenda_order", meeting)
    assert client.post(page, {"version": "1", "move": f"{agenda[2].pk}:up"}).status_code == 302
    assert list(meeting.items.values_list("title", flat=True)) == ["Item number 1", "Item number 3", "Item number 2"]


@pytest.mark.parametrize("move", ["x:up", "1:sideways", ":", "99999999:up", "١:up"])
def test_a_move_that_cannot_be_is_refused(meeting, agenda, seats, client_as, move):
    response = client_as("secretariat").post(url("agenda_order", meeting), {"version": "1", "move": move})
    assert response.status_code == 422


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "²"])
def test_a_version_that_cannot_be_is_a_conflict(meeting, agenda, seats, client_as, version):
    sent = {"version": version, "order": [item.pk for item in agenda]}
    assert client_as("secretariat").post(url("agenda_order", meeting), sent).status_code == 409


def test_taking_off_asks_again_when_the_agenda_changed(meeting, agenda, seats, client_as):
    client, page = client_as("secretariat"), url("item_remove", meeting, agenda[0].pk)
    client.post(url("agenda_standing", meeting), {"version": "1"})
    conflict = client.post(page, {"version": "1"})
    assert conflict.status_code == 422
    assert "Apologies and quoracy" in conflict.content.decode()
    assert client.post(page, {"version": conflict.context["form"]["version"].value()}).status_code == 302
    assert not AgendaItem.objects.filter(pk=agenda[0].pk).exists()


# Replies, attendance, holding


def seat(line, **values) -> dict:
    return {f"{key(line)}-{name}": value for name, value in values.items()}


def test_the_secretariat_records_all_replies_at_once(meeting, seats, client_as):
    sent = (
        seat(seats["chair"], reply="coming")
        | seat(seats["member"], reply="deputy")
        | seat(seats["adviser"], reply="none")
    )
    assert client_as("secretariat").post(url("replies", meeting), sent).status_code == 302
    found = dict(meeting.attendances.values_list("label", "reply"))
    assert found["Head of Estates"] == "deputy"
    assert meeting.attendances.get(label="Head of Estates").deputy_name == "Dora Deputy"


def test_a_refused_deputy_is_said_beside_the_seat(meeting, seats, client_as):
    sent = seat(seats["member"], reply="deputy", deputy="Nobody Named") | seat(seats["chair"], reply="coming")
    response = client_as("secretariat").post(url("replies", meeting), sent)
    text = response.content.decode()
    assert response.status_code == 422
    assert "Dora Deputy is the deputy named for Head of Estates" in text
    assert "Nobody Named" in text
    assert f'href="#id_{key(seats["member"])}-deputy"' in text
    assert not meeting.attendances.exists()


def test_a_member_replies_for_their_own_seat(meeting, seats, client_as):
    client = client_as("member")
    assert "Reply as Head of Estates" in client.get(meeting.get_absolute_url()).content.decode()
    page = url("reply", meeting, seats["member"].pk)
    assert client.post(page, {"reply": "apologies"}).status_code == 302
    assert "Change the reply as Head of Estates" in client.get(meeting.get_absolute_url()).content.decode()
    assert client.post(url("reply", meeting, seats["chair"].pk), {"reply": "coming"}).status_code == 403
    refused = client.post(page, {"reply": "deputy", "deputy": "Another Person"})
    assert refused.status_code == 422
    assert "Another Person" in refused.content.decode()


def test_what_all_items_share_of_the_quorum_is_said_once(meeting, agenda, seats, client_as, at_the_meeting):
    """And with the item only where it differs."""
    client = client_as("secretariat")
    sent = (
        seat(seats["chair"], presence="present", presided="on")
        | seat(seats["member"], presence="present")
        | seat(seats["adviser"], presence="apologies")
    )
    client.post(url("attendance", meeting), sent)
    page = client.get(meeting.get_absolute_url())
    lines = page.context["agenda"].lines
    assert len({line.quorum for line in lines if line.quorum}) == 1
    assert page.content.decode().count(lines[0].quorum) == 1
    meeting.attendances.filter(membership=seats["adviser"]).update(presence="present", arrived_for=agenda[-1])
    page = client.get(meeting.get_absolute_url())
    lines = page.context["agenda"].lines
    assert [line.stands_out for line in lines] == [False] * (len(lines) - 1) + [True]
    assert page.content.decode().count(lines[-1].quorum) == 1
    assert page.content.decode().count(lines[0].quorum) == 1


def test_attendance_to_held(meeting, agenda, seats, client_as, at_the_meeting):
    client = client_as("secretariat")
    assert client.get(url("meeting_hold", meeting)).status_code == 403
    sent = (
        seat(seats["chair"], presence="present", presided="on")
        | seat(seats["member"], presence="present", arrived_for=agenda[1].pk)
        | seat(seats["adviser"], presence="apologies")
    )
    assert client.post(url("attendance", meeting), sent).status_code == 302
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Item 1 was not quorate. Decisions taken there will be subject to ratification." in page
    assert "from item 2" in page
    assert "in the chair" in page
    assert client.post(url("meeting_hold", meeting)).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "held"
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Held under version 1" in page
    assert "Change the agenda" not in page
    assert client.post(url("attendance", meeting), sent).status_code == 403


def test_attendance_that_cannot_be_loses_nothing(meeting, agenda, seats, client_as, at_the_meeting):
    sent = seat(seats["chair"], presence="present", arrived_for=agenda[2].pk, left_after=agenda[0].pk)
    response = client_as("secretariat").post(url("attendance", meeting), sent)
    assert response.status_code == 422
    assert "cannot leave before the item they came for" in response.content.decode()
    sent = seat(seats["chair"], presence="apologies", presided="on")
    response = client_as("secretariat").post(url("attendance", meeting), sent)
    assert "cannot preside without being there" in response.content.decode()


# Interests


def test_a_declaration_is_recorded_and_taken_out(meeting, agenda, seats, client_as):
    client = client_as("secretariat")
    sent = {"seat": key(seats["adviser"]), "text": "A share", "item": agenda[0].pk, "outcome": "withdrew"}
    assert client.post(url("declaration_new", meeting), sent).status_code == 302
    told = Declaration.objects.get()
    assert (told.item, told.attendance.name) == (agenda[0], "Ann Adviser")
    assert "A share" in client.get(meeting.get_absolute_url()).content.decode()
    assert client.post(url("declaration_remove", meeting, told.pk)).status_code == 302
    assert not Declaration.objects.exists()


def test_a_declaration_uses_ones_own_entry_of_the_register(meeting, agenda, seats, lead, client_as):
    entry = Interest.objects.create(person=lead.person, text="A contract", starts=dt.date(2021, 4, 1))
    sent = {"seat": key(seats["adviser"]), "text": "A share", "interest": entry.pk, "outcome": "noted"}
    response = client_as("secretariat").post(url("declaration_new", meeting), sent)
    assert response.status_code == 422
    assert "This entry is Lena Lead’s" in response.content.decode()


def test_people_keep_their_own_register(seats, member, client_as):
    client = client_as("member")
    new = reverse("boards:interest_new", args=["member"])
    day = {"starts_day": "1", "starts_month": "4", "starts_year": "2021"}
    assert client.post(new, {"text": "A share"} | day).status_code == 302
    entry = Interest.objects.get()
    edit = reverse("boards:interest_edit", args=["member", entry.pk])
    token = client.get(edit).context["form"]["version"].value()
    ends = {"ends_day": "1", "ends_month": "3", "ends_year": "2021"}
    backwards = client.post(edit, {"text": "A share", "version": token} | day | ends)
    assert backwards.status_code == 422
    assert client_as("lead").get(new).status_code == 403
    assert client_as("viewer").get(reverse("boards:interests_of", args=["member"])).status_code == 200
    assert client_as("viewer").get(reverse("boards:interests_of", args=["dora"])).status_code == 404


# Forward plan


def test_the_plan_fills_the_coming_agenda(board, meeting, seats, client_as):
    for title, stream in (("Stop and search", "operational"), ("Estates", "enabling"), ("Fleet", "enabling")):
        ForwardPlanEntry.objects.create(board=board, title=title, stream=stream)
    client, page = client_as("secretariat"), reverse("boards:forward_plan_fill", args=["delivery"])
    preview = client.get(page)
    text = preview.content.decode()
    assert "Each meeting takes one deep dive of “operational”" in text
    assert "Every coming meeting already has a deep dive of “enabling”." in text
    assert client.post(page, {"seen": preview.context["token"]}).status_code == 302
    assert sorted(meeting.items.values_list("title", flat=True)) == ["Estates", "Stop and search", "Watch progress."]
    assert meeting.items.get(title="Watch progress.").duty.key == "watch"
    again = client.post(page, {"seen": preview.context["token"]})
    assert again.status_code == 422
    assert meeting.items.count() == 3


def test_what_changed_since_the_preview_is_shown_again(board, meeting, seats, client_as):
    ForwardPlanEntry.objects.create(board=board, title="Estates", stream="enabling")
    client, page = client_as("secretariat"), reverse("boards:forward_plan_fill", args=["delivery"])
    token = client.get(page).context["token"]
    ForwardPlanEntry.objects.create(board=board, title="Stop and search", stream="operational")
    response = client.post(page, {"seen": token})
    assert response.status_code == 422
    assert "Stop and search" in response.content.decode()
    assert not meeting.items.exists()


def test_duties_nobody_touched_are_listed(board, meeting, terms, seats, client_as):
    page = reverse("boards:forward_plan", args=["delivery"])
    assert [row["text"] for row in client_as("viewer").get(page).context["untouched"]] == [
        "Watch progress.",
        "Review the risks.",
    ]
    AgendaItemFactory(meeting=meeting, duty=terms.duties.get(key="watch"))
    assert [row["text"] for row in client_as("viewer").get(page).context["untouched"]] == ["Review the risks."]


def test_an_entry_is_dropped_with_its_reason(board, seats, client_as):
    entry = ForwardPlanEntry.objects.create(board=board, title="Fleet")
    page = reverse("boards:forward_plan_drop", args=["delivery", entry.pk])
    client = client_as("secretariat")
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "x" * 251}).status_code == 422
    assert client.post(page, {"reason": "The fleet was sold."}).status_code == 302
    text = client.get(reverse("boards:forward_plan", args=["delivery"])).content.decode()
    assert "The fleet was sold." in text
    assert client.post(page, {"reason": "Again"}).status_code == 403


def test_what_is_taken_off_waits_again(board, meeting, agenda, seats, client_as):
    entry = ForwardPlanEntry.objects.create(board=board, title="Estates", item=agenda[0])
    client_as("secretariat").post(url("item_remove", meeting, agenda[0].pk), {"version": "1"})
    entry.refresh_from_db()
    assert entry.item is None
