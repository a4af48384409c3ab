"""The one place that asks what day it is."""

import datetime as dt

import pytest
from django.utils import timezone

from kit import clock

SUMMER_NIGHT = dt.datetime(2021, 6, 30, 23, 30, tzinfo=dt.UTC)  # half past midnight in London


def test_the_clock_stands_on_the_day_of_the_settings(settings):
    settings.STRIDE_TODAY = dt.date(2022, 1, 19)
    assert clock.today() == dt.date(2022, 1, 19)
    assert clock.now().date() == dt.date(2022, 1, 19)


def test_without_one_it_runs(settings):
    settings.STRIDE_TODAY = None
    before = timezone.now()
    assert before <= clock.now() <= timezone.now()


def test_the_day_is_that_of_london(settings, monkeypatch):
    settings.STRIDE_TODAY = None
    monkeypatch.setattr(timezone, "now", lambda: SUMMER_NIGHT)
    assert clock.today() == dt.date(2021, 7, 1)
    assert clock.now().utcoffset() == dt.timedelta(hours=1)


def test_a_moment_falls_on_the_day_of_london():
    assert clock.local_date(SUMMER_NIGHT) == dt.date(2021, 7, 1)
    assert clock.local_date(dt.datetime(2021, 12, 31, 23, 59, tzinfo=dt.UTC)) == dt.date(2021, 12, 31)


def test_a_moment_is_always_aware():
    assert timezone.is_aware(clock.now())
    with clock.standing_at(dt.datetime(2021, 7, 1, 12, 0)):  # noqa: DTZ001  naive on purpose
        assert clock.now().utcoffset() == dt.timedelta(hours=1)


def test_a_day_is_stood_at_from_nine_in_the_morning():
    with clock.standing_at(dt.date(2021, 7, 1)):
        assert (clock.now().hour, clock.now().minute) == (9, 0)


def test_standing_still_ends_with_its_block_even_after_an_error():
    def fail() -> None:
        with clock.standing_at(dt.date(2019, 1, 1)):
            raise ValueError(clock.today())

    before = clock.today()
    with clock.standing_at(dt.date(2020, 1, 1)):
        with pytest.raises(ValueError, match="2019-01-01"):
            fail()
        assert clock.today() == dt.date(2020, 1, 1)
    assert clock.today() == before
