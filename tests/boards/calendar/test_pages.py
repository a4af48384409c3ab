"""The pages of the calendar: what they show, whom they let in, what a wrong form says."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from boards.models import Closure, Meeting
from boards.services import calendar as doors
from kit import clock
from tests.factories.boards import BoardFactory, DraftTermsFactory, MeetingFactory, MembershipFactory, approved
from tests.monitoring.test_rounds_pages import text_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)


def moment(day: dt.date, hour: int = 10) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def day(name: str, day: dt.date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


@pytest.fixture
def board():
    terms = DraftTermsFactory(board__title="Delivery Board", board__slug="delivery")
    terms.service_levels.create(
        product="papers", quantity=5, unit="working_days", direction="before", anchor="meeting_start"
    )
    return approved(terms).board


def when(on: dt.date, at: str = "10am", **more) -> dict[str, str]:
    return {**day("day", on), "at": at, "minutes": "120", "place": "", **more}


# The year


def test_the_year_shows_meetings_bank_holidays_and_closures(client_as, board):
    MeetingFactory(board=board, on=dt.date(2022, 2, 8))
    MeetingFactory(board=board, on=dt.date(2021, 10, 5), state="cancelled")
    Closure.objects.create(label="Office move", starts=dt.date(2022, 3, 29), ends=dt.date(2022, 4, 4))
    shown = text_of(client_as("viewer").get(reverse("boards:calendar")))
    assert "Calendar 2021-22" in shown
    assert "Tue 8 Delivery Board 10am" in shown
    assert "Cancelled" in shown
    assert "Mon 27 Christmas Day (substitute day)" in shown
    assert "Tue 29 to Thu 31 Office move (closed)" in shown


def test_other_years_and_nonsense(client_as, board):
    client = client_as("viewer")
    MeetingFactory(board=board, on=dt.date(2022, 6, 7))
    assert "Tue 7 Delivery Board" in text_of(client.get(reverse("boards:calendar"), {"year": "2022"}))
    for asked in ("x", "-1", "99999", "1", "²"):
        assert "Calendar 2021-22" in text_of(client.get(reverse("boards:calendar"), {"year": asked}))


def test_proposals_and_closed_boards_are_not_for_everybody(client_as, board):
    MeetingFactory(board=board, on=dt.date(2022, 2, 8), state="proposed")
    hidden = BoardFactory(title="Quiet Board", sensitivity="members")
    MeetingFactory(board=hidden, on=dt.date(2022, 2, 9))
    assert "Quiet Board" not in text_of(client_as("viewer").get(reverse("boards:calendar")))
    assert "Tue 8" not in text_of(client_as("viewer").get(reverse("boards:calendar")))
    shown = text_of(client_as("secretariat").get(reverse("boards:calendar")))
    assert "Quiet Board" in shown
    assert "Tue 8 Delivery Board 10am Proposed" in shown
    assert "1 meeting is proposed and waits for you." in shown


def test_a_clash_and_wrong_order_are_explained(client_as, board, member_post):
    other = approved(DraftTermsFactory(board__title="Advisory Board", board__kind="advises")).board
    other.relationships.create(to=board, kind="advises")
    for each in (board, other):
        MembershipFactory(board=each, post=member_post)
        MeetingFactory(board=each, on=dt.date(2022, 2, 8))
    shown = text_of(client_as("viewer").get(reverse("boards:calendar")))
    assert "2 things to check" in shown
    assert "Head of Estates sits on both" in shown
    assert "Delivery Board meets on Tuesday 8 February 2022, less than 1 working day after Advisory Board" in shown


def test_the_end_of_the_holiday_table_is_said(client_as, board, settings):
    assert "Bank holidays are known" not in text_of(client_as("secretariat").get(reverse("boards:calendar")))
    settings.STRIDE_TODAY = dt.date(2028, 2, 1)
    assert "Bank holidays are known to the end of 2028." in text_of(
        client_as("secretariat").get(reverse("boards:calendar"))
    )


@pytest.mark.parametrize("count", [1, 3, 12])
def test_query_budget_of_the_year(client_as, count, django_assert_num_queries):
    for number in range(count):
        each = approved(DraftTermsFactory()).board
        for month in range(1, 1 + count % 4):
            MeetingFactory(board=each, on=dt.date(2022, month, 8 + number))
    client = client_as("secretariat")
    with django_assert_num_queries(13):
        assert client.get(reverse("boards:calendar")).status_code == 200


def test_the_csv_has_every_meeting_of_the_year(client_as, board):
    MeetingFactory(board=board, on=dt.date(2022, 2, 8), place="Room 1")
    answer = client_as("viewer").get(reverse("boards:calendar"), {"download": "meetings-2021-22"})
    assert "Delivery Board,2022-02-08,10:00,12:00,Room 1,Planned" in answer.content.decode()


# For diaries


def events(client, **query) -> list:
    answer = client.get(reverse("boards:calendar_file"), query)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_diary_is_revised_in_place(client_as, board, secretariat, actor_of):
    keeper, at, on = actor_of(secretariat), clock.now(), dt.date(2022, 6, 7)
    row = Meeting(board=board, starts_at=moment(on), ends_at=moment(on, 12))
    doors.add(meeting=row, by=keeper, at=at)
    client = client_as("viewer")
    [first] = events(client)
    assert first.decoded("dtstart") == dt.datetime(2022, 6, 7, 9, tzinfo=dt.UTC)
    to = on + dt.timedelta(days=7)
    doors.move(meeting=row, starts_at=moment(to), ends_at=moment(to, 12), place="Room, 1", reason="x", by=keeper, at=at)
    [moved] = events(client, board="delivery")
    assert moved["uid"] == first["uid"]
    assert moved["sequence"] > first["sequence"]
    assert moved["location"] == "Room, 1"
    doors.cancel(meeting=row, reason="None", by=keeper, at=at)
    [gone] = events(client)
    assert (gone["status"], gone["sequence"]) == ("CANCELLED", moved["sequence"] + 1)


def test_a_diary_of_a_board_out_of_reach_is_not_found(client_as, board):
    BoardFactory(slug="quiet", sensitivity="members")
    assert client_as("viewer").get(reverse("boards:calendar_file"), {"board": "quiet"}).status_code == 404


# One meeting


def test_adding_a_meeting_on_a_bank_holiday_asks_to_confirm(client_as, board):
    client, url = client_as("secretariat"), reverse("boards:meeting_new", args=["delivery"])
    answer = client.post(url, when(dt.date(2022, 4, 18)))
    assert answer.status_code == 422
    assert "Monday 18 April 2022 is a day off: Easter Monday. Choose another day" in text_of(answer)
    assert client.post(url, when(dt.date(2022, 4, 18), anyway="on")).status_code == 302
    assert Meeting.objects.get().day == dt.date(2022, 4, 18)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Enter the day"),
        (when(dt.date(2022, 4, 20), at="25"), "Starts at must be a time, like 10am or 14:30"),
        (when(dt.date(2022, 4, 20), minutes="5"), "Length, minutes must be 15 or more"),
        (when(dt.date(2020, 4, 20)), "Delivery Board begins on Thursday 1 April 2021"),
        (when(dt.date(2022, 2, 8)), "This board already meets then"),
    ],
)
def test_what_a_wrong_form_says(client_as, board, sent, sentence):
    MeetingFactory(board=board, on=dt.date(2022, 2, 8))
    answer = client_as("secretariat").post(reverse("boards:meeting_new", args=["delivery"]), sent)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_moving_asks_why_and_warns_of_a_clash(client_as, board, member_post):
    other = approved(DraftTermsFactory()).board
    for each in (board, other):
        MembershipFactory(board=each, post=member_post)
    MeetingFactory(board=other, on=dt.date(2022, 2, 15))
    row = MeetingFactory(board=board, on=dt.date(2022, 2, 8))
    client, url = client_as("secretariat"), reverse("boards:meeting_move", args=["delivery", row.pk])
    sent = when(dt.date(2022, 2, 15), version=client.get(url).context["form"]["version"].initial)
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert "Say why it moves" in text_of(answer)
    assert client.post(url, {**sent, "reason": "The chair is away"}).status_code == 302
    row.refresh_from_db()
    assert row.day == dt.date(2022, 2, 15)
    assert "Head of Estates sits on both" in text_of(client.get(reverse("boards:calendar")))


def test_two_who_move_one_meeting_lose_no_word(client_as, board):
    row = MeetingFactory(board=board, on=dt.date(2022, 2, 8))
    client, url = client_as("secretariat"), reverse("boards:meeting_move", args=["delivery", row.pk])
    seen = client.get(url).context["form"]["version"].initial
    client.post(url, when(dt.date(2022, 2, 15), reason="First", version=seen))
    answer = client.post(url, when(dt.date(2022, 2, 16), reason="Second of two", version=seen))
    assert answer.status_code == 422
    shown = text_of(answer)
    assert "Saved by somebody else meanwhile" in shown
    assert "10am on Tuesday 15 February 2022, 120 minutes" in shown
    assert "Second of two" in answer.content.decode()
    again = answer.context["form"].data["version"]
    assert client.post(url, when(dt.date(2022, 2, 16), reason="Second of two", version=again)).status_code == 302


def test_recording_when_papers_came(client_as, board, secretariat, actor_of):
    row = Meeting(board=board, starts_at=moment(dt.date(2022, 1, 25)), ends_at=moment(dt.date(2022, 1, 25), 12))
    doors.add(meeting=row, by=actor_of(secretariat), at=clock.now())
    client, url = client_as("secretariat"), reverse("boards:milestone_met", args=["delivery", row.pk, "papers"])
    assert "Due Tuesday 18 January 2022." in text_of(client.get(url))
    with clock.standing_at(TODAY):
        for on, at in ((dt.date(2022, 1, 20), "8am"), (TODAY, "9:30am")):
            assert client.post(url, {**day("day", on), "at": at}).status_code == 422
        assert client.post(url, {**day("day", TODAY), "at": "8am", "note": "By hand"}).status_code == 302
    assert row.milestones.get().was_late
    assert client_as("viewer").get(url).status_code == 403


def test_dropping_and_cancelling(client_as, board):
    client = client_as("secretariat")
    proposal = MeetingFactory(board=board, state="proposed")
    answer = client.post(reverse("boards:meeting_cancel", args=["delivery", proposal.pk]), {"reason": ""})
    assert answer["Location"] == reverse("boards:calendar_proposals")
    row = MeetingFactory(board=board, on=dt.date(2022, 3, 8))
    url = reverse("boards:meeting_cancel", args=["delivery", row.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Nothing to decide"}).status_code == 302
    assert client.post(url, {"reason": "Again"}).status_code == 403


# Proposals


def test_a_year_is_proposed_looked_at_and_accepted(client_as, board):
    client = client_as("secretariat")
    form = client.get(reverse("boards:calendar_propose"))
    assert "Every six weeks" in text_of(form)
    sent = {"boards": [board.pk], **day("from_day", dt.date(2022, 2, 1))}
    assert client.post(reverse("boards:calendar_propose"), sent)["Location"] == reverse("boards:calendar_proposals")
    shown = text_of(client.get(reverse("boards:calendar_proposals")))
    assert "9 proposals" in shown
    assert "Every six weeks from Tuesday 1 February 2022." in shown
    first = Meeting.objects.order_by("starts_at").first()
    url = reverse("boards:calendar_proposals")
    assert client.post(url, {"which": "selected"}).status_code == 422
    assert client.post(url, {"which": "selected", "meetings": [first.pk]})["Location"] == url
    assert client.post(url, {"which": "all"})["Location"] == reverse("boards:calendar")
    assert Meeting.objects.filter(state="planned").count() == 9


def test_proposing_says_what_is_missing(client_as, board):
    bare = BoardFactory(title="Bare Board")
    client, url = client_as("secretariat"), reverse("boards:calendar_propose")
    assert "Select at least one board" in text_of(client.post(url, {}))
    answer = client.post(url, {"boards": [bare.pk], **day("from_day", dt.date(2022, 2, 1))})
    assert answer.status_code == 422
    assert "None of these boards has terms in force" in text_of(answer)


@pytest.mark.parametrize("count", [1, 3, 12])
def test_query_budget_of_the_proposals(client_as, board, count, django_assert_num_queries):
    for number in range(count):
        MeetingFactory(board=board, on=dt.date(2022, 2, 1 + number), state="proposed")
    client = client_as("secretariat")
    with django_assert_num_queries(12):
        client.get(reverse("boards:calendar_proposals"))


# Closures


def test_closures_move_what_is_ahead(client_as, board, secretariat, actor_of):
    on = dt.date(2022, 2, 8)
    row = Meeting(board=board, starts_at=moment(on), ends_at=moment(on, 12))
    doors.add(meeting=row, by=actor_of(secretariat), at=clock.now())
    client = client_as("secretariat")
    days = {**day("starts", dt.date(2022, 2, 2)), **day("ends", dt.date(2022, 2, 3))}
    assert client.post(reverse("boards:closure_new"), {"label": "Move", **days}).status_code == 302
    papers = row.milestones.get()
    assert timezone.localtime(papers.due_at).date() == dt.date(2022, 1, 28)
    assert "skipping Move (2 days)" in papers.explanation
    closure = Closure.objects.get()
    assert "Move" in text_of(client.get(reverse("boards:closures")))
    assert client.post(reverse("boards:closure_remove", args=[closure.pk])).status_code == 302
    papers.refresh_from_db()
    assert timezone.localtime(papers.due_at).date() == dt.date(2022, 2, 1)


def test_a_closure_does_not_end_before_it_starts(client_as):
    days = {**day("starts", dt.date(2022, 2, 3)), **day("ends", dt.date(2022, 2, 2))}
    answer = client_as("secretariat").post(reverse("boards:closure_new"), {"label": "Move", **days})
    assert answer.status_code == 422
    assert "The last day must be the same as or after the first day" in text_of(answer)
