"""Planning a round in three pages, and moving its days."""

import datetime as dt

import pytest
from django.urls import reverse

from commitments.choices import StrategyState
from monitoring.models import ReportingRound, RoundAct
from monitoring.queries.rounds import unused_periods
from tests.factories.commitments import StrategyFactory
from tests.factories.monitoring import ReportingRoundFactory, close_round, open_round
from tests.monitoring.test_rounds_pages import READERS, text_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)
NEW = "/rounds/new/"


def days(**fields: dt.date) -> dict[str, str]:
    """Dates as the three boxes post them."""
    return {
        f"{name}_{part}": str(getattr(day, part)) for name, day in fields.items() for part in ("day", "month", "year")
    }


Q3 = {
    "label": "Q3 2021-22",
    "note": "Think of targets.",
    **days(
        period_starts=dt.date(2021, 10, 1),
        period_ends=dt.date(2021, 12, 31),
        opens_on=dt.date(2022, 1, 4),
        due_on=dt.date(2022, 1, 24),
        closes_on=dt.date(2022, 1, 31),
    ),
}


def third_page(plan, cycle="quarterly", period="2021-10-01") -> str:
    return f"{NEW}?strategy={plan.strategy.pk}&cycle={cycle}&period={period}"


@pytest.mark.parametrize("persona", READERS)
def test_others_do_not_plan(client_as, plan, persona):
    for answer in (client_as(persona).get(NEW), client_as(persona).post(third_page(plan), Q3)):
        assert answer.status_code == 403
    assert not ReportingRound.objects.exists()


def test_three_pages_to_a_planned_round(client_as, plan, team):
    client = client_as("team")
    assert "Which strategy, and how often?" in text_of(client.get(NEW))
    second = client.get(NEW, {"strategy": plan.strategy.pk, "cycle": "quarterly"})
    assert "Q3 2021-22 1 October 2021 to 31 December 2021, ended 19 days ago" in text_of(second)
    third = client.get(third_page(plan))
    assert third.context["form"].initial["label"] == "Q3 2021-22"
    assert third.context["form"].initial["due_on"] == dt.date(2022, 1, 24)
    done = client.post(third_page(plan), Q3, follow=True)
    assert "The round is planned." in text_of(done)
    round = ReportingRound.objects.get()
    assert (round.state, round.cycle, round.note) == ("planned", "quarterly", "Think of targets.")
    assert RoundAct.objects.get().verb == "planned"


def test_only_strategies_that_stand_are_offered(client_as, plan, team):
    for state in StrategyState.values:
        StrategyFactory(title=f"In state {state}", state=state)
    shown = text_of(client_as("team").get(NEW))
    assert "In state approved" in shown
    assert "In state in_force" in shown
    for state in ("draft", "closed", "superseded"):
        assert f"In state {state}" not in shown


@pytest.mark.parametrize(
    "query",
    [
        {"strategy": "x", "cycle": "quarterly"},
        {"strategy": "999999", "cycle": "quarterly"},
        {"strategy": "1", "cycle": "daily"},
        {"strategy": "\x00", "cycle": "\x00"},
        {"strategy": "9" * 100_000, "cycle": ""},
    ],
)
def test_odd_choices_go_back_to_the_first_page(client_as, plan, team, query):
    answer = client_as("team").get(NEW, query)
    assert answer.status_code == 200
    assert "Which strategy, and how often?" in text_of(answer)
    assert "There is a problem" in text_of(answer)


@pytest.mark.parametrize("period", ["2021-10-02", "1999-04-01", "x", ""])
def test_odd_periods_go_back_to_the_second_page(client_as, plan, team, period):
    answer = client_as("team").get(third_page(plan, period=period))
    assert "There is a problem" in text_of(answer)
    assert "Which period does it cover?" in text_of(answer)


def test_periods_that_have_a_round_are_not_offered(plan):
    ReportingRoundFactory(strategy=plan.strategy)
    labels = [period.label for period in unused_periods(plan.strategy, "quarterly", TODAY)]
    assert labels == ["Q1 2021-22", "Q2 2021-22", "Q4 2021-22", "Q1 2022-23", "Q2 2022-23", "Q3 2022-23"]
    assert "Q3 2021-22" not in labels
    assert unused_periods(plan.strategy, "yearly", TODAY)[0].label == "2021-22"


def test_periods_end_with_the_strategy(plan):
    labels = [period.label for period in unused_periods(plan.strategy, "quarterly", dt.date(2025, 3, 1))]
    assert labels[-1] == "Q4 2024-25"


def test_a_strategy_with_a_round_for_every_period_says_so(client_as, plan, team):
    plan.strategy.ends = dt.date(2021, 6, 30)
    plan.strategy.save()
    ReportingRoundFactory(strategy=plan.strategy, about=dt.date(2021, 4, 1))
    answer = client_as("team").get(NEW, {"strategy": plan.strategy.pk, "cycle": "quarterly"})
    assert "Every period of this strategy has a round in this cycle already." in text_of(answer)


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        (days(due_on=dt.date(2022, 1, 3)), "due_on", "Returns cannot be due before they open on 4 January 2022"),
        (days(closes_on=dt.date(2022, 1, 20)), "closes_on", "The round cannot close before returns are due"),
        (days(opens_on=dt.date(2021, 9, 30)), "opens_on", "Returns cannot open before the period starts"),
        (days(period_ends=dt.date(2021, 9, 30)), "period_ends", "The period cannot end before it starts"),
        ({"due_on_day": "31", "due_on_month": "2"}, "due_on", "The due day must be a real date"),
        ({"due_on_day": "soon"}, "due_on", "must be a real date"),
        ({"due_on_day": "", "due_on_month": "", "due_on_year": ""}, "due_on", "Enter the due day"),
        ({"closes_on_year": "22"}, "closes_on", "must have a year of 4 digits"),
        ({"opens_on_day": "1" * 100_000}, "opens_on", "must be a real date"),
        ({"period_starts_day": "\x00"}, "period_starts", "hidden character"),
        ({"label": ""}, "label", "Enter label"),
        ({"label": "x" * 100_000}, "label", "Label must be 60 characters or fewer"),
        ({"label": "a\x00b"}, "label", "hidden character"),
        ({"note": "x" * 100_000}, "note", "must be 10000 characters or fewer"),
        ({"note": "a\x00b"}, "note", "hidden character"),
    ],
)
def test_bad_input_is_an_error_beside_its_field(client_as, plan, team, changed, field, sentence):
    answer = client_as("team").post(third_page(plan), Q3 | changed)
    assert answer.status_code == 200
    assert sentence in " ".join(answer.context["form"].errors[field])
    assert not ReportingRound.objects.exists()


@pytest.mark.parametrize(
    ("there", "changed", "field", "sentence"),
    [
        ({"about": dt.date(2021, 4, 1), "label": "Q3 2021-22"}, {}, "label", "already has a round with this label"),
        (
            {"about": dt.date(2021, 7, 1)},
            days(period_starts=dt.date(2021, 9, 30)),
            "period_starts",
            "Another round of this strategy and cycle is about some of these days",
        ),
    ],
)
def test_promises_of_the_database_speak_beside_their_field(client_as, plan, team, there, changed, field, sentence):
    ReportingRoundFactory(strategy=plan.strategy, **there)
    answer = client_as("team").post(third_page(plan), Q3 | changed)
    assert sentence in " ".join(answer.context["form"].errors[field])


def test_pressing_twice_plans_once(client_as, plan, team):
    client = client_as("team")
    client.post(third_page(plan), Q3)
    again = client.post(third_page(plan), Q3)
    assert again.status_code == 200
    assert "There is a problem" in text_of(again)
    assert ReportingRound.objects.count() == 1


def test_29_february_is_a_day(client_as, plan, team):
    changed = {"label": "Q3 2023-24"} | days(
        period_starts=dt.date(2023, 10, 1),
        period_ends=dt.date(2023, 12, 31),
        opens_on=dt.date(2024, 1, 2),
        due_on=dt.date(2024, 2, 29),
        closes_on=dt.date(2024, 2, 29),
    )
    client_as("team").post(third_page(plan), Q3 | changed)
    assert ReportingRound.objects.get().due_on == dt.date(2024, 2, 29)


# Moving the days


def edit(round) -> str:
    return reverse("monitoring:round_edit", args=[round.pk])


def test_a_planned_round_can_be_changed_whole(client_as, plan, team):
    round = ReportingRoundFactory(strategy=plan.strategy)
    client = client_as("team")
    version = client.get(edit(round)).context["form"]["version"].value()
    sent = Q3 | {"label": "October to December", "cycle": "quarterly", "version": version}
    answer = client.post(edit(round), sent, follow=True)
    assert "The round was changed." in text_of(answer)
    round.refresh_from_db()
    assert (round.label, round.due_on) == ("October to December", dt.date(2022, 1, 24))
    said = RoundAct.objects.get(verb="changed").reason
    assert "Label: Q3 2021-22, now October to December." in said
    assert "Returns due by: 25 January 2022, now 24 January 2022." in said


def test_an_open_round_asks_for_its_window_only(client_as, plan, team):
    round = open_round(plan.strategy)
    client = client_as("team")
    form = client.get(edit(round)).context["form"]
    assert list(form.fields) == ["opens_on", "due_on", "closes_on", "version"]
    sent = {
        "label": "Smuggled",
        "version": form["version"].value(),
        **days(opens_on=round.opens_on, due_on=dt.date(2022, 1, 28), closes_on=dt.date(2022, 2, 4)),
    }
    client.post(edit(round), sent)
    round.refresh_from_db()
    assert (round.label, round.due_on, round.closes_on) == ("Q3 2021-22", dt.date(2022, 1, 28), dt.date(2022, 2, 4))


def test_an_open_round_cannot_end_in_the_past(client_as, plan, team):
    round = open_round(plan.strategy)
    client = client_as("team")
    sent = {
        "version": client.get(edit(round)).context["form"]["version"].value(),
        **days(opens_on=round.opens_on, due_on=dt.date(2022, 1, 10), closes_on=dt.date(2022, 1, 18)),
    }
    answer = client.post(edit(round), sent)
    assert "Close the round instead" in text_of(answer)


def test_a_closed_round_cannot_be_changed(client_as, plan, team):
    round = close_round(open_round(plan.strategy))
    answer = client_as("team").get(edit(round))
    assert answer.status_code == 403
    assert "This round is closed. Its days stay as they were." in text_of(answer)


def test_somebody_elses_edit_is_shown_and_not_lost(client_as, plan, team):
    round = open_round(plan.strategy)
    client = client_as("team")
    version = client.get(edit(round)).context["form"]["version"].value()
    ReportingRound.objects.filter(pk=round.pk).update(closes_on=dt.date(2022, 2, 11))
    sent = {
        "version": version,
        **days(opens_on=round.opens_on, due_on=dt.date(2022, 1, 28), closes_on=dt.date(2022, 2, 4)),
    }
    answer = client.post(edit(round), sent)
    shown = text_of(answer)
    assert "Somebody else changed this while you had it open." in shown
    assert "11 February 2022" in shown
    round.refresh_from_db()
    assert round.closes_on == dt.date(2022, 2, 11)
