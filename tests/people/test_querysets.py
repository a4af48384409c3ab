"""Who held a post on a day: one answer, asked everywhere."""

import datetime as dt

import pytest

from people.models import Basis, Post, Tenure
from people.queries import holders_on, post_page, posts_on
from tests.factories.people import PersonFactory, PostFactory, TenureFactory

SUBSTANTIVE, ACTING, TEMPORARY = Basis.SUBSTANTIVE, Basis.ACTING, Basis.TEMPORARY
D = dt.date


@pytest.fixture
def post(db) -> Post:
    return PostFactory()


def hold(post: Post, name: str, basis: str, starts: dt.date, ends: dt.date | None = None) -> None:
    TenureFactory(post=post, person=PersonFactory(name=name), basis=basis, starts=starts, ends=ends)


def holder(post: Post, day: dt.date) -> str | None:
    tenure = holders_on([post.pk], day).get(post.pk)
    return tenure.person.name if tenure else None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (D(2020, 2, 28), None),
        (D(2020, 2, 29), "Leap"),
        (D(2021, 3, 31), "Leap"),
        (D(2021, 4, 1), None),
    ],
)
def test_first_and_last_day_count(day, expected, post):
    hold(post, "Leap", SUBSTANTIVE, D(2020, 2, 29), D(2021, 3, 31))
    assert holder(post, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"), [(D(2020, 2, 29), "One day"), (D(2020, 2, 28), None), (D(2020, 3, 1), None)]
)
def test_a_tenure_of_one_day(day, expected, post):
    hold(post, "One day", SUBSTANTIVE, D(2020, 2, 29), D(2020, 2, 29))
    assert holder(post, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (D(2021, 6, 30), "Sub"),
        (D(2021, 7, 1), "Temp"),
        (D(2021, 8, 1), "Act"),
        (D(2021, 8, 31), "Act"),
        (D(2021, 9, 1), "Temp"),
        (D(2021, 10, 1), "Sub"),
        (D(2030, 1, 1), "Sub"),
    ],
)
def test_acting_comes_before_temporary_before_substantive(day, expected, post):
    hold(post, "Sub", SUBSTANTIVE, D(2020, 1, 1))
    hold(post, "Temp", TEMPORARY, D(2021, 7, 1), D(2021, 9, 30))
    hold(post, "Act", ACTING, D(2021, 8, 1), D(2021, 8, 31))
    assert holder(post, day) == expected


def test_cover_of_a_vacant_post(post):
    hold(post, "Act", ACTING, D(2021, 1, 1))
    page = post_page(post.code, D(2021, 6, 1))
    assert page.line.holding.person.name == "Act"
    assert page.line.covered == ()


def test_the_covered_holder_is_known(post):
    hold(post, "Sub", SUBSTANTIVE, D(2020, 1, 1))
    hold(post, "Act", ACTING, D(2021, 1, 1))
    line = posts_on(D(2021, 6, 1))[0]
    assert line.holding.person.name == "Act"
    assert [tenure.person.name for tenure in line.covered] == ["Sub"]


def test_every_way_of_asking_agrees(post):
    hold(post, "Sub", SUBSTANTIVE, D(2020, 1, 1))
    hold(post, "Act", ACTING, D(2021, 1, 1), D(2021, 1, 31))
    for day in (D(2019, 12, 31), D(2020, 6, 1), D(2021, 1, 31), D(2021, 2, 1)):
        from_prefetch = Post.objects.with_holder_on(day).get(pk=post.pk).holding
        by_queryset = list(Tenure.objects.holding_on(day).filter(post=post))
        from_list = [line.holding for line in posts_on(day) if line.holding]
        assert from_prefetch == by_queryset == from_list
        assert holder(post, day) == (by_queryset[0].person.name if by_queryset else None)


@pytest.mark.parametrize(("day", "count"), [(D(2022, 1, 18), 1), (D(2022, 1, 19), 0)])
def test_a_post_exists_until_its_last_day(day, count, db):
    PostFactory(abolished_on=D(2022, 1, 18))
    assert Post.objects.existing_on(day).count() == count
