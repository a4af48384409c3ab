"""From rows in the database to figures, each with its sentence and its denominator."""

import datetime as dt

import pytest

from boards.compliance import Outcome, Year
from boards.models import Board
from boards.queries import compliance as queries
from kit import clock
from tests.factories.boards import BoardFactory, DraftTermsFactory, MeetingFactory, approved

THIS = Year(2021)


@pytest.fixture
def record(story):
    return queries.records([story.board], [THIS], clock.now())[story.board.pk, 2021]


@pytest.mark.parametrize(
    ("key", "good", "of", "outcome"),
    [
        ("frequency", None, None, Outcome.NOT_KEPT),
        ("meetings", 5, 7, Outcome.COUNTED),
        ("quorate_meetings", 4, 5, Outcome.PARTLY),
        ("quorate_items", 9, 10, Outcome.PARTLY),
        ("attendance", 4, 6, Outcome.COUNTED),
        ("papers", 4, 5, Outcome.PARTLY),
        ("actions", 5, 5, Outcome.KEPT),
        ("minutes", 4, 5, Outcome.PARTLY),
        ("review", None, None, Outcome.NO_DATA),
        ("duties", 1, 2, Outcome.COUNTED),
    ],
)
def test_each_figure_has_its_denominator(record, key, good, of, outcome):
    figure = record.figures[key]
    assert (figure.good, figure.of, figure.outcome) == (good, of, outcome)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (
            "frequency",
            "Met 5 times; its terms ask for a meeting every six weeks. Without a meeting: 91 days",
        ),
        ("meetings", "7 meetings planned: 5 held, 1 cancelled and 1 still to come. 1 moved to another day."),
        ("quorate_meetings", "Quorate for every item at 4 of 5 meetings held."),
        ("quorate_items", "9 of 10 items quorate. What was decided at the other 1 is subject to ratification."),
        (
            "attendance",
            "Members came themselves 4 of 6 times (67%); deputies came once more."
            " Left out: 1 for vacant posts, 1 cancelled meeting.",
        ),
        (
            "papers",
            "In time for 4 of 5 meetings; 1 late, 0 missing. Promised: “Papers 5 working days before”.",
        ),
        ("minutes", "In time for 4 of 5 meetings; 0 late, 1 missing. Promised: “Minutes in 5 days”."),
        ("review", "No review was due. Version 1 is to be reviewed by 1 April 2022."),
        ("duties", "1 of 2 duties taken up so far. They are judged once the year is over."),
    ],
)
def test_each_figure_says_it_in_a_sentence(record, key, said):
    assert record.figures[key].sentence.startswith(said)


def test_attendance_by_post_leaves_out_what_does_not_count(record, story):
    """The cancelled meeting, the days before a membership, the vacant post; the deputy is apart."""
    seats = {seat.tally.label: seat for seat in record.seats}
    chair, adviser = seats["Head of Estates"], seats[story.adviser.label]
    assert (chair.tally.came, chair.tally.deputy, chair.due) == (4, 1, 5)
    assert chair.sentence == "Came to 4 of 5 meetings (80%); a deputy came to 1."
    assert (adviser.tally.came, adviser.tally.apologies, adviser.tally.vacant, adviser.due) == (0, 1, 1, 1)
    assert not seats["Note taker"].tally.is_member


def test_a_duty_taken_up_less_often_than_asked_says_so(record):
    assert [each.sentence for each in record.duties] == [
        "So far 2 of 4 times.",
        "Not exercised so far.",
    ]


def test_all_of_it_in_a_sentence(record):
    assert record.outcome is Outcome.PARTLY
    assert record.sentence == "1 of 6 promises kept in 2021-22."


def test_a_board_that_never_met_is_never_perfect(db):
    board = BoardFactory()
    approved(DraftTermsFactory(board=board))
    record = queries.records([board], [THIS], clock.now())[board.pk, 2021]
    assert {figure.share for figure in record.figures.values()} == {None}
    assert record.figures["meetings"].sentence == "No meetings held in 2021-22, and none planned."
    assert record.figures["frequency"].sentence.startswith("No meetings held; its terms ask")
    assert record.figures["frequency"].outcome is Outcome.NOT_KEPT
    assert all("No meetings held" in record.figures[key].sentence for key in ("attendance", "papers", "quorate_items"))


def test_a_board_without_terms_promised_nothing(db):
    board = BoardFactory()
    MeetingFactory(board=board)
    record = queries.records([board], [THIS], clock.now())[board.pk, 2021]
    assert record.figures["frequency"].sentence == "No terms of reference were in force in 2021-22."
    assert record.outcome is Outcome.NO_DATA
    assert record.sentence == "No meetings held."


def test_years_before_and_after_a_board_are_not_judged(story):
    Board.objects.filter(pk=story.board.pk).update(ends=dt.date(2021, 12, 31))
    board = Board.objects.get(pk=story.board.pk)
    found = queries.records([board], [Year(2020), THIS, Year(2022)], clock.now())
    assert set(found) == {(board.pk, 2021)}
    assert queries.years_with(board, dt.date(2026, 1, 1)) == [THIS]


def test_a_review_made_late_and_one_not_made(story):
    board = story.board
    later = dt.datetime(2024, 5, 1, 9, 0, tzinfo=dt.UTC)
    approved(DraftTermsFactory(board=board), dt.date(2022, 6, 1))
    found = queries.records([board], [Year(2022), Year(2023)], later)
    assert found[board.pk, 2022].figures["review"].sentence == (
        "Version 1 was due for review by 1 April 2022, and was reviewed late, on 1 June 2022."
    )
    assert found[board.pk, 2023].figures["review"].sentence == (
        "Version 2 was due for review by 1 June 2023, and was not reviewed by 31 March 2024."
    )


def test_adopted_terms_are_judged_by_the_rules_they_follow(story):
    follower = BoardFactory()
    approved(DraftTermsFactory(board=follower, adopts=story.board, frequency_every=None, frequency_unit=""))
    record = queries.records([follower], [THIS], clock.now())[follower.pk, 2021]
    assert "every six weeks" in record.figures["frequency"].sentence
    assert [each.duty.key for each in record.duties] == ["watch", "learn"]


def test_what_was_late_keeps_its_reason(story):
    late = queries.late_in(story.board, THIS, clock.now())
    assert [(each.product, each.day, bool(each.met_at), each.note) for each in late] == [
        ("Papers", dt.date(2021, 4, 20), True, "The author was ill."),
        ("Draft minutes", dt.date(2021, 11, 23), False, ""),
    ]
    changed = queries.changed_in(story.board, THIS)
    assert [(each.verb, each.reason) for each in changed] == [
        ("cancelled", "It had to be cancelled."),
        ("moved", "It had to be moved."),
    ]


def test_once_the_year_is_over_a_duty_taken_up_too_seldom_was_not_kept(story):
    later = dt.datetime(2022, 4, 1, 9, 0, tzinfo=dt.UTC)
    record = queries.records([story.board], [THIS], later)[story.board.pk, 2021]
    assert [each.sentence for each in record.duties] == [
        "On the agenda of 2 meetings held, of 4 times a year.",
        "Not exercised.",
    ]
    assert record.figures["duties"].outcome is Outcome.NOT_KEPT
    assert record.figures["duties"].sentence.startswith("0 of 2 duties exercised: ")
