"""Rules about plans, asked without a database: every state by every persona."""

import datetime as dt

import pytest

from commitments import rules
from commitments.choices import StrategyState
from commitments.models import Commitment, Strand, Strategy
from people.actor import Actor
from people.models import Role

DAY = dt.date(2022, 1, 19)
STATES = list(StrategyState)


def actor(*roles: str, **more) -> Actor:
    return Actor(user_id=1, on=DAY, name="Somebody", roles=frozenset(roles), **more)


def strategy(state: str) -> Strategy:
    return Strategy(title="STRIDE", state=state, starts=DAY, ends=DAY)


KEEPERS = [actor(Role.STRATEGY_TEAM), actor(Role.ADMINISTRATOR)]
OTHERS = [
    actor(),
    actor(Role.SECRETARIAT),
    actor(Role.AUDITOR),
    actor(Role.VIEWER),
    actor(holds={1: "Lead"}),
    actor(delegate_of={1: "Lead"}),
]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", OTHERS, ids=["nobody", "secretariat", "auditor", "viewer", "lead", "delegate"])
def test_others_change_nothing_in_any_state(who, state):
    plan = strategy(state)
    successor = strategy(StrategyState.IN_FORCE)
    verdicts = [
        rules.may_keep_plans(who),
        rules.may_edit(who, plan),
        rules.may_remove(who, plan),
        rules.may_edit_measure(who, [plan]),
        rules.may_approve(who, plan, 1),
        rules.may_bring_into_force(who, plan),
        rules.may_close(who, plan),
        rules.may_supersede(who, plan, [successor]),
    ]
    assert [bool(verdict) for verdict in verdicts] == [False] * len(verdicts)
    assert {verdict.sentence for verdict in verdicts} == {"The strategy team keeps the plan."}


EDIT = {"draft": True, "approved": True, "in_force": True, "closed": False, "superseded": False}
ONLY = {state: dict.fromkeys(STATES, False) | {state: True} for state in STATES}


@pytest.mark.parametrize("who", KEEPERS, ids=["team", "administrator"])
@pytest.mark.parametrize("state", STATES)
def test_what_keepers_may_do_follows_the_state(state, who):
    plan = strategy(state)
    assert bool(rules.may_edit(who, plan)) is EDIT[state]
    assert bool(rules.may_edit_measure(who, [plan])) is EDIT[state]
    assert bool(rules.may_remove(who, plan)) is ONLY["draft"][state]
    assert bool(rules.may_approve(who, plan, 1)) is ONLY["draft"][state]
    assert bool(rules.may_bring_into_force(who, plan)) is ONLY["approved"][state]
    assert bool(rules.may_close(who, plan)) is ONLY["in_force"][state]
    assert bool(rules.may_supersede(who, plan, [strategy("in_force")])) is ONLY["in_force"][state]


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        (rules.may_edit(KEEPERS[0], strategy("closed")), "STRIDE is closed. What it promised stays as it was."),
        (rules.may_edit(KEEPERS[0], strategy("superseded")), "STRIDE is superseded. What it promised stays as it was."),
        (
            rules.may_remove(KEEPERS[0], strategy("in_force")),
            "STRIDE is in force. Only parts of a draft can be removed.",
        ),
        (
            rules.may_approve(KEEPERS[0], strategy("draft"), 0),
            "It promises nothing yet. Add at least one commitment before it is approved.",
        ),
        (rules.may_close(KEEPERS[0], strategy("draft")), "STRIDE is a draft. Only a strategy in force can be closed."),
        (
            rules.may_supersede(KEEPERS[0], strategy("in_force"), [strategy("approved")]),
            "No strategy in force names STRIDE as the one it follows.",
        ),
        (
            rules.may_edit_measure(KEEPERS[0], [strategy("draft"), strategy("closed")]),
            "This measure also belongs to STRIDE, which is closed. Add a new measure instead.",
        ),
    ],
)
def test_refusals_say_why(verdict, sentence):
    assert not verdict
    assert verdict.sentence == sentence


@pytest.mark.parametrize(("state", "asks"), [("draft", False), ("approved", True), ("in_force", True)])
def test_a_reason_is_asked_for_what_was_approved(state, asks):
    plan = strategy(state)
    assert rules.asks_reason(plan) is asks
    assert bool(rules.gives_reason(plan, "  ")) is not asks
    assert rules.gives_reason(plan, "Agreed.")


def test_nobody_oversees_what_they_lead():
    assert not rules.different_posts(Commitment(lead_post_id=1, overseer_post_id=1))
    assert rules.different_posts(Commitment(lead_post_id=1, overseer_post_id=2))


@pytest.mark.parametrize(
    ("strand", "fits"), [(None, True), (Strand(programme_id=1), True), (Strand(title="Other", programme_id=2), False)]
)
def test_a_strand_belongs_to_its_programme(strand, fits):
    assert bool(rules.fits_programme(strand, 1)) is fits
