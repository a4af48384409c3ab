"""Every rule of rounds and returns, in tables: state by persona, and days at their edges. No database."""

import datetime as dt
from dataclasses import replace

import pytest

from commitments.choices import Lifecycle, StrategyState
from commitments.models import Commitment, Strategy
from kit.verdict import Verdict
from monitoring import rules
from monitoring.choices import EDITABLE_STATES, ReturnState, RoundState
from monitoring.models import ProgressReturn, ReportingRound, ReturnVersion
from people.actor import Actor
from people.models import Post, Role

LEAD, OVERSEER, OTHER = 1, 2, 3
SUBMITTER = 90
TODAY = dt.date(2022, 1, 19)
OPENS, DUE, CLOSES = dt.date(2022, 1, 4), dt.date(2022, 1, 25), dt.date(2022, 1, 31)
MORNING = dt.datetime(2022, 1, 19, 9, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
ALL_STATES = set(ReturnState.values)


def actor(**given) -> Actor:
    return Actor(**{"user_id": 7, "on": TODAY, "name": "Somebody", "person_id": 7, **given})


def holding(*posts: int, **given) -> Actor:
    titles = {LEAD: "Commander", OVERSEER: "Assistant Commissioner", OTHER: "Head of Estates"}
    return actor(holds={post: titles[post] for post in posts}, tied_to=frozenset(posts), **given)


CAST = {
    "admin": actor(roles=frozenset({Role.ADMINISTRATOR})),
    "team": actor(roles=frozenset({Role.STRATEGY_TEAM})),
    "lead": holding(LEAD),
    "delegate": actor(delegate_of={LEAD: "Commander"}),
    "overseer": holding(OVERSEER),
    "overseers_delegate": actor(delegate_of={OVERSEER: "Assistant Commissioner"}),
    "both": holding(LEAD, OVERSEER),
    "secretariat": actor(roles=frozenset({Role.SECRETARIAT})),
    "member": holding(OTHER),
    "auditor": actor(roles=frozenset({Role.AUDITOR})),
    "auditor_who_leads": holding(LEAD, OVERSEER, roles=frozenset({Role.AUDITOR})),
    "viewer": actor(roles=frozenset({Role.VIEWER})),
    "stranger": actor(person_id=None),
}
PERSONAS = list(CAST)


def a_round(**given) -> ReportingRound:
    strategy = Strategy(title="STRIDE", state=StrategyState.IN_FORCE)
    days = {"opens_on": OPENS, "due_on": DUE, "closes_on": CLOSES}
    return ReportingRound(**{"strategy": strategy, "label": "Q3 2021-22", "state": RoundState.OPEN, **days, **given})


def a_return(state: str = ReturnState.DRAFT, round: ReportingRound | None = None, **given) -> ProgressReturn:
    commitment = Commitment(
        title="Keep people safe",
        lead_post=Post(pk=LEAD, title="Commander"),
        overseer_post=Post(pk=OVERSEER, title="Assistant Commissioner"),
    )
    came_in = state in {ReturnState.SUBMITTED, ReturnState.CHANGES_REQUESTED, ReturnState.SIGNED_OFF}
    values = {"state": state, "first_submitted_at": MORNING if came_in else None, **given}
    return ProgressReturn(round=round or a_round(), commitment=commitment, **values)


def a_version(**given) -> ReturnVersion:
    return ReturnVersion(**{"submitted_by_id": SUBMITTER, "lead_post_id": LEAD, "number": 1, **given})


def who_may(rule, *rest) -> set[str]:
    return {name for name, each in CAST.items() if rule(each, *rest)}


def states_in_which(rule, persona: str, *rest, **given) -> set[str]:
    return {state for state in ReturnState.values if rule(CAST[persona], a_return(state, **given), *rest)}


# Who, whatever the state


@pytest.mark.parametrize("state", ReturnState.values)
def test_who_writes(state):
    expected = {"lead", "delegate", "both"} if state in EDITABLE_STATES else set()
    assert who_may(rules.may_edit, a_return(state)) == expected


@pytest.mark.parametrize("state", ReturnState.values)
def test_who_submits(state):
    writable = {ReturnState.DRAFT, ReturnState.CHANGES_REQUESTED}
    assert who_may(rules.may_submit, a_return(state)) == ({"lead", "delegate", "both"} if state in writable else set())


@pytest.mark.parametrize("state", ReturnState.values)
def test_who_reviews(state):
    expected = {"overseer"} if state == ReturnState.SUBMITTED else set()
    assert who_may(rules.may_review, a_return(state), a_version()) == expected


@pytest.mark.parametrize(
    ("rule", "states"),
    [
        (rules.may_reopen, {ReturnState.SIGNED_OFF}),
        (rules.may_exempt, {ReturnState.NOT_STARTED, ReturnState.DRAFT}),
        (rules.may_include, {ReturnState.EXEMPT}),
        (rules.may_chase, ALL_STATES - {ReturnState.SIGNED_OFF, ReturnState.EXEMPT}),
    ],
)
@pytest.mark.parametrize("persona", PERSONAS)
def test_what_the_strategy_team_does(rule, states, persona):
    expected = states if persona in {"team", "admin"} else set()
    assert states_in_which(rule, persona) == expected


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("state", [ReturnState.NOT_STARTED, ReturnState.DRAFT])
def test_who_lets_in_late(persona, state):
    expected = persona in {"team", "admin"}
    assert bool(rules.may_let_in_late(CAST[persona], a_return(state, missed=True))) is expected


def test_who_reads_what_is_not_signed():
    always = {"admin", "team", "lead", "delegate", "both", "auditor", "auditor_who_leads"}
    came_in = always | {"overseer", "secretariat"}
    table = {state: who_may(rules.may_read_unsigned, a_return(state)) for state in ReturnState.values}
    assert table == {
        "not_started": always,
        "draft": always,
        "submitted": came_in,
        "changes_requested": came_in,
        "signed_off": came_in,
        "exempt": always,
    }


def test_a_reopened_return_hides_its_draft_from_the_overseer_again():
    row = a_return(ReturnState.DRAFT, first_submitted_at=MORNING, version_number=2)
    assert not rules.may_read_unsigned(CAST["overseer"], row)
    assert not rules.may_read_unsigned(CAST["viewer"], row)


# Sentences


def said(verdict: Verdict) -> str:
    assert not verdict
    assert verdict.sentence.endswith(".")
    return verdict.sentence


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (ReturnState.SIGNED_OFF, "This return is signed off. The strategy team can reopen it, with a reason."),
        (
            ReturnState.SUBMITTED,
            "This return is with the overseer. It can be changed again if they ask for changes.",
        ),
        (ReturnState.EXEMPT, "This commitment is exempt in this round, so there is nothing to file."),
    ],
)
def test_why_the_lead_cannot_write(state, sentence):
    assert said(rules.may_edit(CAST["lead"], a_return(state))) == sentence
    assert said(rules.may_submit(CAST["lead"], a_return(state))) == sentence


def test_why_others_cannot():
    row = a_return(ReturnState.SUBMITTED)
    assert said(rules.may_edit(CAST["member"], row)) == "Only the Commander, or a delegate, can write this return."
    assert said(rules.may_review(CAST["lead"], row, a_version())) == (
        "Only the Assistant Commissioner can sign off this return or ask for changes."
    )
    assert said(rules.may_reopen(CAST["overseer"], row)) == "Only the strategy team can reopen a return."
    assert said(rules.may_exempt(CAST["lead"], row)) == "The strategy team runs the reporting rounds."
    assert said(rules.may_read_unsigned(CAST["viewer"], row)) == (
        "What is being drafted can be read here once it is submitted or signed off."
    )


def test_nothing_is_submitted_before_a_word_is_written():
    sentence = said(rules.may_submit(CAST["lead"], a_return(ReturnState.NOT_STARTED)))
    assert sentence == "Nothing has been written yet."


@pytest.mark.parametrize("state", sorted(ALL_STATES - {ReturnState.SUBMITTED}))
def test_nothing_to_review(state):
    sentence = said(rules.may_review(CAST["overseer"], a_return(state), a_version()))
    assert sentence == "There is nothing to sign off: this return is not with the overseer."
    assert not rules.may_review(CAST["overseer"], a_return(ReturnState.SUBMITTED), None)


@pytest.mark.parametrize("state", [RoundState.PLANNED, RoundState.CLOSED])
def test_exempting_and_including_need_an_open_round(state):
    round = a_round(state=state)
    assert said(rules.may_exempt(CAST["team"], a_return(round=round))) == "The round is not open."
    assert said(rules.may_include(CAST["team"], a_return(ReturnState.EXEMPT, round))) == "The round is not open."


def test_what_was_submitted_once_is_not_exempted():
    row = a_return(ReturnState.DRAFT, first_submitted_at=MORNING)
    assert said(rules.may_exempt(CAST["team"], row)) == "This return was submitted once. It cannot be exempted."
    for state in (ReturnState.SUBMITTED, ReturnState.CHANGES_REQUESTED, ReturnState.SIGNED_OFF, ReturnState.EXEMPT):
        sentence = said(rules.may_exempt(CAST["team"], a_return(state)))
        assert sentence == "A return can be exempted only before it is submitted."


def test_only_what_is_missing_and_not_in_yet_is_let_in_late():
    assert said(rules.may_let_in_late(CAST["team"], a_return())) == "This return is not missing."
    came = a_return(ReturnState.SUBMITTED, missed=True)
    assert said(rules.may_let_in_late(CAST["team"], came)) == "This return has come in."


def test_why_nobody_is_chased():
    planned = a_return(round=a_round(state=RoundState.PLANNED))
    closed = a_return(round=a_round(state=RoundState.CLOSED))
    assert said(rules.may_chase(CAST["team"], a_return(ReturnState.EXEMPT))) == "This return waits for nobody."
    assert said(rules.may_chase(CAST["team"], planned)) == "The round has not opened."
    assert said(rules.may_chase(CAST["team"], closed)) == (
        "The round no longer takes this return. Let it in late first."
    )
    submitted = a_return(ReturnState.SUBMITTED, a_round(state=RoundState.CLOSED))
    assert rules.may_chase(CAST["team"], submitted), "an overseer is chased after the close as well"


# Nobody signs off their own return


@pytest.mark.parametrize(
    ("who", "version", "starts"),
    [
        (holding(OVERSEER), {"submitted_by_id": 7}, "You submitted this return"),
        (holding(LEAD, OVERSEER), {}, "You hold both posts: Commander and Assistant Commissioner."),
        (replace(holding(OVERSEER), tied_to=frozenset({LEAD, OVERSEER})), {}, "You hold both posts"),
        (replace(holding(OVERSEER), delegate_of={LEAD: "Commander"}), {}, "You are a delegate of the Commander"),
        # The commitment's lead changed since: whoever holds the post that submitted stays out.
        (replace(holding(OVERSEER), tied_to=frozenset({OTHER, OVERSEER})), {"lead_post_id": OTHER}, "You hold both"),
        (replace(holding(OVERSEER), delegate_of={OTHER: "Estates"}), {"lead_post_id": OTHER}, "You are a delegate"),
    ],
)
def test_own_return(who, version, starts):
    row = a_return(ReturnState.SUBMITTED)
    assert said(rules.may_review(who, row, a_version(**version))).startswith(starts)


def test_an_overseer_with_an_unrelated_post_signs():
    assert rules.may_review(holding(OVERSEER, OTHER), a_return(ReturnState.SUBMITTED), a_version())


# The window


WINDOWS = {
    "a quarter": (OPENS, DUE, CLOSES),
    "across the new year": (dt.date(2021, 12, 29), dt.date(2021, 12, 31), dt.date(2022, 1, 1)),
    "due on a leap day": (dt.date(2024, 2, 27), dt.date(2024, 2, 29), dt.date(2024, 3, 1)),
    "closing on a leap day": (dt.date(2024, 2, 1), dt.date(2024, 2, 28), dt.date(2024, 2, 29)),
    "the end of a February without one": (dt.date(2023, 2, 1), dt.date(2023, 2, 28), dt.date(2023, 2, 28)),
    "all on one day": (dt.date(2022, 3, 31), dt.date(2022, 3, 31), dt.date(2022, 3, 31)),
    "the clocks go forward": (dt.date(2022, 3, 26), dt.date(2022, 3, 27), dt.date(2022, 3, 28)),
    "the clocks go back": (dt.date(2022, 10, 29), dt.date(2022, 10, 30), dt.date(2022, 10, 31)),
}


@pytest.mark.parametrize("window", WINDOWS.values(), ids=list(WINDOWS))
def test_a_return_through_its_window(window):
    opens, due, closes = window
    row = a_return(round=a_round(opens_on=opens, due_on=due, closes_on=closes))

    def on(day: dt.date) -> tuple[bool, bool, bool]:
        return bool(rules.takes_returns(row, day)), rules.is_overdue(row, day), rules.is_missing(row, day)

    assert on(opens - DAY) == (False, False, False)
    assert on(opens) == (True, False, False)
    assert on(due) == (True, False, False)
    assert on(due + DAY) == ((True, True, False) if due < closes else (False, False, True))
    assert on(closes) == (True, closes > due, False)
    assert on(closes + DAY) == (False, False, True)


def test_the_window_says_why():
    before = rules.takes_returns(a_return(), OPENS - DAY)
    assert said(before) == "Returns for Q3 2021-22 open on 4 January 2022."
    planned = rules.takes_returns(a_return(round=a_round(state=RoundState.PLANNED)), TODAY)
    assert said(planned) == "Returns for Q3 2021-22 open on 4 January 2022."
    after = rules.takes_returns(a_return(), CLOSES + DAY)
    assert said(after) == (
        "Q3 2021-22 closed on 31 January 2022, so this return is missing. What was written is kept. "
        "The strategy team can let it in late."
    )


def test_closed_early_takes_nothing_more():
    assert not rules.takes_returns(a_return(round=a_round(state=RoundState.CLOSED)), TODAY)


def test_what_came_in_once_may_be_changed_after_the_close():
    row = a_return(ReturnState.CHANGES_REQUESTED, a_round(state=RoundState.CLOSED))
    assert rules.takes_returns(row, CLOSES + 90 * DAY)
    assert not rules.takes_returns(row, OPENS - DAY), "but never before the window opens"


@pytest.mark.parametrize(("day", "taken"), [(CLOSES + DAY, True), (CLOSES + 9 * DAY, True), (CLOSES + 10 * DAY, False)])
def test_let_in_late_until_its_day_and_no_longer(day, taken):
    row = a_return(round=a_round(state=RoundState.CLOSED), missed=True, late_until=CLOSES + 9 * DAY)
    assert bool(rules.takes_returns(row, day)) is taken
    assert rules.is_missing(row, day), "it stays missing in the record"
    assert not rules.is_overdue(row, day)


@pytest.mark.parametrize("state", ReturnState.values)
def test_missing_stays_missing_whatever_comes_of_it(state):
    assert rules.is_missing(a_return(state, missed=True), TODAY)


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        (a_return(ReturnState.EXEMPT), False),
        (a_return(ReturnState.SUBMITTED), False),
        (a_return(ReturnState.DRAFT, first_submitted_at=MORNING), False),
        (a_return(ReturnState.NOT_STARTED), True),
        (a_return(round=a_round(state=RoundState.PLANNED)), False),
    ],
)
def test_missing_once_the_day_has_passed(row, missing):
    assert rules.is_missing(row, CLOSES + DAY) is missing
    assert not rules.is_overdue(row, CLOSES + DAY)


def test_exempt_and_submitted_are_not_overdue():
    for state in (ReturnState.EXEMPT, ReturnState.SUBMITTED, ReturnState.SIGNED_OFF):
        assert not rules.is_overdue(a_return(state), DUE + DAY)


# Late, by the body's own days


@pytest.mark.parametrize(
    ("due", "at", "late"),
    [
        (dt.date(2022, 1, 25), "2022-01-25T00:00:00+00:00", False),
        (dt.date(2022, 1, 25), "2022-01-25T23:59:59+00:00", False),
        (dt.date(2022, 1, 25), "2022-01-26T00:00:00+00:00", True),
        # In summer London is an hour ahead: half past eleven by UTC is the next day.
        (dt.date(2022, 7, 25), "2022-07-25T22:59:59+00:00", False),
        (dt.date(2022, 7, 25), "2022-07-25T23:30:00+00:00", True),
        (dt.date(2021, 12, 31), "2021-12-31T23:59:00+00:00", False),
        (dt.date(2021, 12, 31), "2022-01-01T00:00:00+00:00", True),
        (dt.date(2024, 2, 29), "2024-02-29T23:30:00+00:00", False),
        (dt.date(2024, 2, 28), "2024-02-29T00:10:00+00:00", True),
        (dt.date(2023, 2, 28), "2023-03-01T00:00:00+00:00", True),
        # The night the clocks go forward, at one o'clock; and the night they go back.
        (dt.date(2022, 3, 26), "2022-03-26T23:30:00+00:00", False),
        (dt.date(2022, 3, 27), "2022-03-27T23:30:00+00:00", True),
        (dt.date(2022, 10, 29), "2022-10-29T23:30:00+00:00", True),
        (dt.date(2022, 10, 30), "2022-10-30T23:30:00+00:00", False),
        # Written elsewhere: the moment counts, not the clock on the wall there.
        (dt.date(2022, 1, 25), "2022-01-26T01:00:00+02:00", False),
        (dt.date(2022, 1, 25), "2022-01-25T20:00:00-05:00", True),
    ],
)
def test_late_is_by_the_day_in_london(due, at, late):
    row = a_return(ReturnState.SUBMITTED, a_round(due_on=due), first_submitted_at=dt.datetime.fromisoformat(at))
    assert rules.is_late(row) is late


def test_what_never_came_is_not_late():
    assert not rules.is_late(a_return())


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2021, 7, 5), "5 July 2021"),
        (dt.date(2024, 2, 29), "29 February 2024"),
        (dt.date(2021, 12, 31), "31 December 2021"),
    ],
)
def test_days_as_people_write_them(day, words):
    assert rules.say(day) == words


# Rounds


@pytest.mark.parametrize("persona", PERSONAS)
def test_who_runs_rounds(persona):
    runs = persona in {"team", "admin"}
    assert bool(rules.may_run_rounds(CAST[persona])) is runs
    assert bool(rules.may_open_round(CAST[persona], a_round(state=RoundState.PLANNED))) is runs
    assert bool(rules.may_close_round(CAST[persona], a_round())) is runs
    assert bool(rules.may_edit_round(CAST[persona], a_round())) is runs


@pytest.mark.parametrize("state", RoundState.values)
def test_rounds_by_state(state):
    round = a_round(state=state)
    assert bool(rules.may_edit_round(CAST["team"], round)) is (state != RoundState.CLOSED)
    assert bool(rules.may_open_round(CAST["team"], round)) is (state == RoundState.PLANNED)
    assert bool(rules.may_close_round(CAST["team"], round)) is (state == RoundState.OPEN)


@pytest.mark.parametrize("state", StrategyState.values)
def test_a_round_opens_for_a_strategy_that_stands(state):
    round = a_round(state=RoundState.PLANNED, strategy=Strategy(title="STRIDE", state=state))
    stands = state in {StrategyState.APPROVED, StrategyState.IN_FORCE}
    verdict = rules.may_open_round(CAST["team"], round)
    assert bool(verdict) is stands
    assert stands or verdict.sentence.endswith("Approve it first.")


# What a return must say


RECOVERY = ["rating_reason", "path_to_green", "green_by", "help_needed"]
AHEAD = ["next_steps", "expected_on"]


@pytest.mark.parametrize("rating", ["", "green", "amber", "red"])
@pytest.mark.parametrize("lifecycle", ["", *Lifecycle.values])
def test_gaps_of_an_empty_return(lifecycle, rating):
    expected = {
        "": ["lifecycle"],
        "not_started": AHEAD,
        "in_progress": {
            "": ["rating", "outlook", *AHEAD],
            "green": ["outlook", *AHEAD],
            "amber": ["outlook", *RECOVERY, *AHEAD],
            "red": ["outlook", *RECOVERY, *AHEAD],
        },
        "complete": [],
        "paused": ["rating_reason"],
        "stopped": ["rating_reason"],
    }[lifecycle]
    if isinstance(expected, dict):
        expected = expected[rating]
    version = a_version(lifecycle=lifecycle, rating=rating)
    assert [gap.field for gap in rules.gaps(version)] == ["done", *expected]
    assert rules.needs_rating(version) is (lifecycle == "in_progress")
    asks_why = lifecycle in {"paused", "stopped"} or (lifecycle == "in_progress" and rating in {"amber", "red"})
    assert rules.needs_recovery(version) is asks_why


@pytest.mark.parametrize("rating", ["", "green", "amber", "red"])
@pytest.mark.parametrize("lifecycle", ["", *Lifecycle.values])
def test_a_nil_return_has_no_gaps(lifecycle, rating):
    version = a_version(is_nil=True, lifecycle=lifecycle, rating=rating)
    assert rules.gaps(version) == []
    assert not rules.needs_rating(version)
    assert not rules.needs_recovery(version)


def test_blanks_are_not_an_answer():
    version = a_version(done=" \n\t ", lifecycle="complete")
    assert [gap.field for gap in rules.gaps(version)] == ["done"]


def test_the_sentences_name_the_word():
    words = {gap.field: gap.sentence for gap in rules.gaps(a_version(lifecycle="in_progress", rating="red"))}
    assert words["rating_reason"] == "Say why it is red"
    assert words["green_by"] == "Say by when it will be green"
    [paused] = rules.gaps(a_version(done="x", lifecycle="paused"))
    assert paused.sentence == "Say why it is paused"
    assert paused.section == "recovery"


@pytest.mark.parametrize(
    ("was", "now", "moved"),
    [
        (None, None, False),
        (None, dt.date(2024, 2, 29), False),
        (dt.date(2024, 2, 29), None, False),
        (dt.date(2024, 2, 29), dt.date(2024, 2, 29), False),
        (dt.date(2024, 2, 29), dt.date(2024, 3, 1), True),
        (dt.date(2022, 1, 1), dt.date(2021, 12, 31), True),
    ],
)
@pytest.mark.parametrize("lifecycle", Lifecycle.values)
def test_a_moved_date_asks_why(was, now, moved, lifecycle):
    version = a_version(lifecycle=lifecycle, expected_was=was, expected_on=now)
    assert rules.date_moved(version) is moved
    assert ("date_reason" in [gap.field for gap in rules.gaps(version)]) is moved
    version.date_reason = "The supplier is late."
    assert "date_reason" not in [gap.field for gap in rules.gaps(version)]


def test_gaps_come_in_the_order_of_the_pages():
    version = a_version(
        lifecycle="in_progress", rating="amber", expected_was=dt.date(2025, 1, 1), expected_on=dt.date(2025, 2, 1)
    )
    sections = list(dict.fromkeys(gap.section for gap in rules.gaps(version)))
    assert sections == ["progress", "rating", "recovery", "next", "dates"]
