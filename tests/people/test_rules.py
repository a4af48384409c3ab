"""Rules about people, asked without a database."""

import datetime as dt

import pytest

from people import rules
from people.actor import Actor
from people.models import Person, Post, Role, Tenure

DAY = dt.date(2022, 1, 19)
POST = Post(pk=1, code="post", title="Head of Estates")


def actor(*roles: str, **more) -> Actor:
    return Actor(user_id=1, on=DAY, name="Somebody", roles=frozenset(roles), **more)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.STRATEGY_TEAM, True),
        (Role.SECRETARIAT, False),
        (Role.AUDITOR, False),
        (Role.VIEWER, False),
    ],
)
def test_who_keeps_people(role, allowed):
    verdict = rules.may_keep_people(actor(role))
    assert bool(verdict) is allowed
    assert allowed or verdict.sentence == "The strategy team keeps people, posts and units."


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        (actor(Role.STRATEGY_TEAM), True),
        (actor(Role.ADMINISTRATOR), True),
        (actor(holds={1: "Head of Estates"}), True),
        (actor(holds={2: "Another"}), False),
        (actor(delegate_of={1: "Head of Estates"}), False),
        (actor(tied_to=frozenset({1})), False),
        (actor(Role.AUDITOR, holds={1: "Head of Estates"}), False),
        (actor(Role.VIEWER), False),
    ],
)
def test_who_names_delegates(who, allowed):
    """Those covered by an acting holder do not, and a delegate does not name the next."""
    assert bool(rules.may_delegate(who, POST)) is allowed


@pytest.mark.parametrize(
    ("abolished_on", "starts", "ends", "fits"),
    [
        (None, DAY, None, True),
        (DAY, DAY, DAY, True),
        (DAY, DAY, None, False),
        (DAY, DAY, DAY + dt.timedelta(1), False),
        (DAY, DAY + dt.timedelta(1), DAY + dt.timedelta(2), False),
    ],
)
def test_nobody_holds_a_post_after_its_last_day(abolished_on, starts, ends, fits):
    assert bool(rules.fits_post(Post(abolished_on=abolished_on), starts, ends)) is fits


@pytest.mark.parametrize(("ends", "allowed"), [(None, False), (DAY + dt.timedelta(1), False), (DAY, True)])
def test_a_post_ends_after_its_holders(ends, allowed):
    tenure = Tenure(person=Person(name="Lena Lead"), ends=ends)
    verdict = rules.may_abolish(DAY, [tenure])
    assert bool(verdict) is allowed
    assert allowed or "Lena Lead" in verdict.sentence
