"""The boards of the example, played by the services on their days, show what their README promises."""

import datetime as dt
from collections import Counter

import pytest

from boards import held, quorum
from boards.choices import Presence
from boards.frequency import Frequency
from boards.models import (
    AgendaItem,
    Attendance,
    Board,
    Declaration,
    ForwardPlanEntry,
    Meeting,
    MeetingAct,
    Membership,
    Milestone,
    Relationship,
    Terms,
)
from boards.queries.attendance import lines_of
from boards.queries.quorum import forecast
from boards.queries.terms import holding_on
from boards.quorum_of import sentences
from boards.review import review_due
from boards.services.agenda import terms_of_the_day
from people.models import Person, Unit
from stride import demonstration_boards

TODAY = dt.date(2022, 1, 19)
DB, EAB, IDE, PB = (
    "stride-delivery-board",
    "stride-external-advisory-board",
    "ide-management-board",
    "performance-board",
)


pytestmark = pytest.mark.usefixtures("example", "db")


def meeting(board: str, *day: int) -> Meeting:
    return Meeting.objects.exclude(state="cancelled").get(board__slug=board, starts_at__date=dt.date(*day))


def rules_of(slug: str) -> Terms:
    board = Board.objects.get(slug=slug)
    return holding_on([board], TODAY)[board.pk].rules


def verdicts(of: Meeting) -> Counter:
    return Counter(of.items.values_list("quorate", flat=True))


def test_boards_are_the_units_of_the_plan():
    assert demonstration_boards.is_loaded()
    assert Counter(Board.objects.values_list("is_outside", flat=True)) == {True: 9, False: 10}
    for board in Board.objects.select_related("unit"):
        assert board.unit == Unit.objects.get(code=board.slug, kind="board")
        assert board.title == board.unit.name
    assert Board.objects.get(slug=DB).children.count() == 6


@pytest.mark.parametrize(
    ("slug", "years", "every", "unit", "deputies", "duties", "in_force"),
    [
        (IDE, 8, 6, "weeks", "none", 7, dt.date(2020, 12, 14)),
        (EAB, 8, 3, "months", "not_stated", 3, dt.date(2021, 1, 18)),
        (DB, 4, 1, "quarters", "senior", 8, dt.date(2021, 6, 1)),
        (PB, None, 1, "quarters", "consistent", 10, dt.date(2019, 4, 1)),
    ],
)
def test_terms_say_what_the_paper_says(slug, years, every, unit, deputies, duties, in_force):
    terms = rules_of(slug)
    assert (terms.horizon_years, terms.frequency_every, terms.frequency_unit) == (years, every, unit)
    assert (terms.deputies_rule, terms.deputies_count, terms.duties.count()) == (deputies, "no", duties)
    assert terms.in_force_from == in_force
    assert terms.length_minutes == 120


def test_a_quorum_is_there_where_the_paper_states_one():
    external = (2, quorum.Category.EXTERNAL_ADVISER)
    assert quorum.parse(rules_of(EAB).quorum) == quorum.chair_plus(5, external)
    assert quorum.parse(rules_of(IDE).quorum) == quorum.chair_plus(4)
    assert rules_of(DB).quorum == rules_of(PB).quorum == {}
    assert sentences(rules_of(DB)) == []


def test_business_groups_adopt_the_delivery_board():
    found = Terms.objects.filter(adopts__slug=DB).select_related("pinned", "board")
    assert found.count() == 6
    assert {terms.in_force_from for terms in found} == {dt.date(2021, 7, 1)}
    assert [terms.board.slug for terms in found if terms.pinned] == ["digital-policing-stride-board"]
    assert {rules_of(terms.board.slug) for terms in found} == {Terms.objects.get(board__slug=DB, number=1)}


def test_a_draft_waits_to_be_compared():
    draft = Terms.objects.get(state="draft")
    assert (draft.board.slug, draft.number) == (DB, 2)
    assert quorum.parse(draft.quorum) == quorum.chair_plus(8)
    assert draft.service_levels.get(product="minutes").quantity == 4
    assert rules_of(DB).service_levels.get(product="minutes").quantity == 5
    assert set(draft.duties.values_list("key")) == set(rules_of(DB).duties.values_list("key"))


def test_all_but_the_delivery_board_are_overdue_for_review():
    due = {slug: review_due(rules_of(slug)) for slug in (DB, EAB, IDE, PB)}
    assert [slug for slug, day in due.items() if day < TODAY] == [EAB, IDE, PB]


def test_seats():
    lasting = Membership.objects.lasting_on(TODAY)
    assert Counter(lasting.filter(board__slug=EAB).values_list("category", flat=True)) == {
        "chair": 1,
        "internal": 4,
        "external_adviser": 7,
        "secretariat": 1,
    }
    assert lasting.filter(board__slug=IDE, category="internal").count() == 9
    assert lasting.filter(board__slug=DB, category__in=["chair", "internal"]).count() == 32
    assert lasting.filter(board__slug=PB, category="internal").count() == 7
    assert lasting.filter(category="secretariat").values("board").distinct().count() == 10
    assert lasting.filter(board__slug=PB).exclude(deputy_post=None).count() == 4
    adviser = Person.objects.get(code="persona-adviser")
    assert adviser.memberships.get().board.slug == EAB
    assert adviser.user.has_usable_password()


def test_relationships():
    kinds = Counter(Relationship.objects.values_list("kind", flat=True))
    assert kinds == {
        "reports_to": 8,
        "depends_on": 19,
        "advises": 3,
        "meets_before": 2,
        "escalates_to": 2,
        "directs": 1,
    }
    assert set(Relationship.objects.filter(kind="meets_before").values_list("days_between", flat=True)) == {5}


def test_meetings_and_their_states():
    found = Counter(Meeting.objects.values_list("board__slug", "state"))
    assert {key: number for key, number in found.items() if key[1] != "proposed"} == {
        (EAB, "held"): 3,
        (EAB, "planned"): 1,
        (IDE, "held"): 6,
        (IDE, "cancelled"): 1,
        (IDE, "planned"): 2,
        (DB, "held"): 3,
        (DB, "planned"): 1,
        (PB, "held"): 3,
        (PB, "planned"): 1,
        ("professionalism-stride-board", "held"): 2,
        ("professionalism-stride-board", "planned"): 1,
        ("corporate-services-stride-board", "held"): 1,
    }
    late = meeting(DB, 2021, 11, 23)
    assert late.first_planned_for == dt.date(2021, 11, 16)
    assert late.acts.get(verb="moved").reason.startswith("The chair")
    assert MeetingAct.objects.get(verb="cancelled").reason
    assert not Meeting.objects.filter(state="held", starts_at__date__gte=TODAY).exists()


def test_each_meeting_held_keeps_the_terms_of_its_day():
    for each in Meeting.objects.filter(state="held").select_related("board", "terms", "rules"):
        holding = holding_on([each.board], each.day)[each.board_id]
        assert (each.terms, each.rules) == (holding.terms, holding.rules), each


def test_next_year_is_proposed_in_sequence():
    proposed = Meeting.objects.filter(state="proposed").order_by("starts_at")
    assert set(proposed.values_list("board__slug", flat=True)) == {EAB, IDE, DB}
    days = {slug: [each.day for each in proposed if each.board.slug == slug] for slug in (EAB, IDE, DB)}
    assert (len(days[EAB]), len(days[DB])) == (4, 4)
    assert len(days[IDE]) in (8, 9)
    assert all(dt.date(2022, 4, 1) <= day <= dt.date(2023, 4, 14) for each in days.values() for day in each)
    assert all(each.why for each in proposed)


@pytest.mark.parametrize(
    ("board", "day"),
    [
        (EAB, (2021, 4, 29)),
        (EAB, (2021, 7, 29)),
        (IDE, (2021, 4, 30)),
        (IDE, (2021, 6, 11)),
        (IDE, (2021, 7, 23)),
        (IDE, (2021, 10, 15)),
        (IDE, (2022, 1, 7)),
    ],
)
def test_quorate_for_every_item(board, day):
    assert set(verdicts(meeting(board, *day))) == {True}


def test_inquorate_with_one_external_adviser():
    found = meeting(EAB, 2021, 10, 28)
    assert set(verdicts(found)) == {False}
    sentence = found.items.first().quorum_sentence
    assert "only 1 of 2 external advisers needed is present" in sentence
    assert sentence.endswith("subject to ratification.")


def test_one_item_inquorate_after_two_left_and_before_another_came():
    found = meeting(IDE, 2021, 11, 26)
    assert verdicts(found)[False] == 1
    item = found.items.get(quorate=False)
    assert item.title == "Support for promotion: first year’s places"
    assert found.attendances.exclude(left_after=None).count() == 2


def test_no_quorum_where_the_terms_set_none():
    for board in (DB, PB, "professionalism-stride-board"):
        items = AgendaItem.objects.filter(meeting__board__slug=board, meeting__state="held")
        assert items
        assert {(item.quorate, item.quorum_sentence) for item in items} == {
            (None, "The terms of reference set no quorum.")
        }


@pytest.mark.parametrize(
    ("board", "day", "opening"),
    [
        (EAB, (2022, 1, 27), "Cannot tell yet"),
        (IDE, (2022, 2, 18), "Likely to be quorate"),
        (PB, (2022, 1, 28), "The terms of reference set no quorum"),
    ],
)
def test_forecasts_differ(board, day, opening):
    found = meeting(board, *day)
    assert forecast(terms_of_the_day(found), lines_of(found)).startswith(opening)


def test_recusal_with_a_register_entry():
    declaration = Declaration.objects.get(outcome="withdrew")
    assert declaration.meeting == meeting(IDE, 2021, 10, 15)
    assert declaration.interest.person.name == declaration.attendance.name
    assert declaration.item.quorate


def test_attendance_of_every_kind():
    kinds = Counter(Attendance.objects.filter(meeting__state="held").values_list("presence", flat=True))
    assert {Presence.PRESENT, Presence.DEPUTY, Presence.APOLOGIES, Presence.ABSENT} <= set(kinds)
    deputies = Attendance.objects.filter(presence="deputy", meeting__board__slug=PB)
    assert set(deputies.values_list("deputy_name", flat=True)) == {"Yasmin Thackray", "Beatrice Lomax"}
    vacant = meeting(IDE, 2022, 1, 7).attendances.get(name="")
    assert vacant.label == "Director of Strategy and Governance"
    instead = meeting(EAB, 2021, 7, 29).attendances.get(category="attendee")
    assert instead.presence == "present"


def test_restricted_items():
    found = dict(AgendaItem.objects.exclude(visibility="visible").values_list("visibility", "cover_title"))
    assert found == {"title_only": "", "cover_title": "A senior appointment"}
    for item in AgendaItem.objects.exclude(visibility="visible"):
        assert item.audience.count() >= 3


def test_deep_dives_of_the_performance_board_come_in_pairs():
    for each in Meeting.objects.filter(board__slug=PB).exclude(state="cancelled"):
        streams = each.items.exclude(stream="").values_list("stream", flat=True)
        assert sorted(streams) == ["enabling pillar", "operational pillar"], each


def test_what_was_late_and_what_never_came():
    late = [row for row in Milestone.objects.select_related("meeting__board") if row.was_late]
    assert {(row.meeting.board.code, row.meeting.day, row.product) for row in late} == {
        ("DB", dt.date(2021, 8, 24), "minutes"),
        ("EAB", dt.date(2021, 7, 29), "actions"),
        ("IDE", dt.date(2021, 10, 15), "papers"),
        ("IDE", dt.date(2021, 11, 26), "papers"),
    }
    minutes = next(row for row in late if row.product == "minutes")
    assert minutes.due_at.date() == dt.date(2021, 9, 1)  # after the bank holiday of 30 August
    never = Milestone.objects.filter(meeting__state="held", met_at=None)
    assert [(row.meeting.board.code, row.product) for row in never] == [("CORP", "minutes")]
    assert Milestone.objects.filter(meeting__state="planned", due_at__date__gt=TODAY).count() == 17


def test_meetings_held_on_frequency():
    def kept(slug: str) -> bool:
        terms = rules_of(slug)
        days = [each.day for each in Meeting.objects.filter(board__slug=slug, state="held")]
        starts = max(dt.date(2021, 4, 1), terms.in_force_from)
        frequency = Frequency(terms.frequency_every, terms.frequency_unit)
        return bool(held.held(days, frequency, starts, dt.date(2022, 3, 31), today=TODAY))

    assert {slug: kept(slug) for slug in (DB, EAB, IDE, PB)} == {DB: True, EAB: True, IDE: False, PB: True}


def test_forward_plan():
    waiting = Counter(ForwardPlanEntry.objects.filter(dropped_because="").values_list("board__slug", flat=True))
    assert waiting == {IDE: 4, PB: 4, DB: 3}
    assert ForwardPlanEntry.objects.exclude(dropped_because="").count() == 1
    for entry in ForwardPlanEntry.objects.all():
        assert rules_of(entry.board.slug).duties.filter(key=entry.duty_key).exists(), entry


def test_items_are_linked_to_the_plan():
    placed = AgendaItem.objects.filter(standing="").exclude(meeting__state="cancelled")
    own = placed.filter(referral_stops=None, report_backs=None)
    assert (own.count(), placed.count()) == (64, 70)
    assert own.filter(duty=None).count() == 0
    numbers = set(own.values_list("commitments__number", flat=True)) - {None}
    assert numbers == set(range(1, 17))


def test_every_act_was_by_the_secretariat_on_its_day():
    held_acts = MeetingAct.objects.filter(verb="held").select_related("meeting", "by_person")
    assert held_acts.count() == 18
    for act in held_acts:
        assert act.at.date() == act.meeting.day
        assert act.by_person.code == "persona-secretariat"
