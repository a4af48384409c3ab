"""What must hold of any rule, whoever is there."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from boards.quorum import (
    AllOf,
    AnyOf,
    AtLeast,
    Base,
    Category,
    Deputies,
    How,
    Outlook,
    Policies,
    Presence,
    Present,
    Presides,
    Rounding,
    Seat,
    ShareOf,
    Who,
    evaluate,
    forecast,
    only_grows,
    parse,
    problems,
    quorate,
    rule_for,
)
from boards.quorum.sentences import MOVES
from tests.boards.quorum.makers import room

POSTS = ["p0", "p1", "p2"]
whos = st.builds(
    Who,
    st.lists(st.sampled_from([*Category][:4]), unique=True, max_size=2).map(tuple),
    st.lists(st.sampled_from(POSTS), unique=True, max_size=2).map(tuple),
)
named = whos.filter(bool)
shares = st.builds(
    lambda base, numerator, more, rounding, plus, among: ShareOf(
        base, numerator, numerator + more, rounding, plus, among
    ),
    *(st.sampled_from(Base), st.integers(1, 3), st.integers(0, 4), st.sampled_from(Rounding), st.integers(0, 2), whos),
)
leaves = st.one_of(
    st.builds(AtLeast, st.integers(1, 6), whos, st.none() | named),
    shares,
    st.builds(Present, named, st.booleans()),
    st.builds(Presides, named),
)
rules = st.recursive(
    leaves,
    lambda inner: st.builds(
        lambda kind, some: kind(tuple(some)), st.sampled_from([AllOf, AnyOf]), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=5,
)
policies = st.builds(Policies, st.booleans(), st.sampled_from(Deputies), st.booleans())


@st.composite
def rooms(draw, most=8):
    """Some of the seats are vacant, and some people sit in two."""
    found = []
    for place in range(draw(st.integers(1, most))):
        holder = draw(st.sampled_from([None, "Ann", "Ben", "Cat"]))
        seat = Seat(
            key=str(place),
            label=f"Seat {place}",
            category=draw(st.sampled_from(Category)),
            holder=holder,
            post=draw(st.sampled_from(["", *POSTS])),
            person=draw(st.sampled_from(["", "", "x", "y"])),
        )
        how = draw(st.sampled_from(How))
        found.append(Presence(seat, how, recused=draw(st.booleans()), presiding=draw(st.booleans())))
    return found


some = settings(max_examples=150, deadline=None)


@some
@given(rules, policies, rooms(), st.data())
def test_one_more_member_present_never_makes_a_quorate_item_inquorate(rule, policy, there, data):
    """Except under a share of those present, which says so in its sentence."""
    away = [place for place, each in enumerate(there) if each.how in (How.APOLOGIES, How.ABSENT, How.NOT_KNOWN)]
    before = evaluate(rule, policy, there)
    for place in data.draw(st.permutations(away)):
        there[place] = replace(there[place], how=How.PRESENT)
        after = evaluate(rule, policy, there)
        if before.quorate and not after.quorate:
            assert not only_grows(rule)
            assert MOVES in before.sentence
        before = after


def test_a_share_of_those_present_is_lost_when_one_more_comes():
    """So the exception is no idle one."""
    rule = parse(
        {"share_of": "present", "numerator": 1, "denominator": 2, "rounding": "up", "among": {"posts": ["post-e1"]}}
    )
    policy = Policies(True, Deputies.COUNT, True)
    before = evaluate(rule, policy, room("cie", i1="absent"))
    assert before.quorate
    assert MOVES in before.sentence
    assert not evaluate(rule, policy, room("cie")).quorate


@some
@given(rules, policies, rooms())
def test_nobody_is_never_a_quorum(rule, policy, there):
    gone = [replace(each, how=How.ABSENT) for each in there]
    assert not evaluate(rule, policy, gone).quorate


@some
@given(rules, policies, rooms())
def test_there_is_always_a_sentence(rule, policy, there):
    finding = evaluate(rule, policy, there)
    assert finding.quorate == quorate(rule, policy, there) == all(part.met for part in parts_of(rule, finding))
    assert finding.sentence.startswith("Quorate: " if finding.quorate else "Not quorate: ")
    assert finding.sentence.endswith(".")
    assert all(part.sentence.endswith(".") for part in finding.parts)
    assert not any(odd in finding.sentence for odd in ("  ", "..", "; ;", ": ;", "None"))


def parts_of(rule, finding):
    """Those that must all be met: of a choice, the one that decides."""
    if isinstance(rule, AnyOf):
        return [max(finding.parts, key=lambda part: part.met)]
    return finding.parts


@some
@given(rules, rules, policies, rooms())
def test_a_rule_for_an_item_only_adds(rule, extra, policy, there):
    item = evaluate(rule_for(rule, extra=extra), policy, there)
    assert item.quorate == (evaluate(rule, policy, there).quorate and evaluate(extra, policy, there).quorate)


@some
@given(rules, policies, rooms(most=6), st.data())
def test_a_forecast_that_is_certain_comes_true(rule, policy, replies, data):
    """Whoever of those without a reply comes; the others stay away, and whoever may preside does."""
    replies = [replace(each, presiding=True, recused=False) for each in replies]
    outlook = forecast(rule, policy, replies).outlook
    coming = {each.seat.body: data.draw(st.booleans()) for each in replies}
    there = [
        replace(each, how=How.PRESENT if coming[each.seat.body] else How.ABSENT) if each.how is How.NOT_KNOWN else each
        for each in replies
    ]
    quorate = evaluate(rule, policy, there).quorate
    if outlook is not Outlook.CANNOT_TELL:
        assert quorate == (outlook is Outlook.LIKELY)


@some
@given(rules, policies, rooms(most=6))
def test_a_rule_without_problems_can_be_met(rule, policy, there):
    seats = [each.seat for each in there]
    if only_grows(rule) and not problems(rule, policy, seats):
        everybody = [Presence(seat, How.PRESENT, presiding=True) for seat in seats]
        assert evaluate(rule, policy, everybody).quorate
