"""Rules out of JSON and back; what is malformed, oversized or hostile is refused with its place."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards.quorum import (
    AllOf,
    AnyOf,
    AtLeast,
    Base,
    Category,
    Deputies,
    ItemRule,
    Policies,
    Present,
    Presides,
    Rounding,
    ShareOf,
    Who,
    as_data,
    chair_plus,
    items_as_data,
    parse,
    parse_items,
    parse_policies,
    policies_as_data,
)
from boards.quorum.data import DEEPEST, MOST_RULES
from tests.boards.quorum.makers import ADVISORY, REAL

POLICIES = {"vacancies_count": True, "deputies_count": "count", "recused_counts": False}
CHAIR = {"categories": ["chair"]}
SHARE = {"share_of": "membership", "numerator": 1, "denominator": 2, "rounding": "up"}


def nested(depth: int) -> dict:
    rule = {"at_least": 1}
    for _ in range(depth):
        rule = {"any_of": [rule]}
    return rule


# There and back

codes = st.text("abcdefgh-0123456789", min_size=1, max_size=12)
whos = st.builds(
    Who,
    st.lists(st.sampled_from([*Category][:4]), unique=True, max_size=4).map(tuple),
    st.lists(codes, unique=True, max_size=4).map(tuple),
)
named = whos.filter(bool)
words = st.just("") | st.text("abc ’", min_size=1, max_size=20).filter(str.strip)
leaf_rules = st.one_of(
    st.builds(AtLeast, st.integers(1, 500), whos, st.none() | named, words),
    st.builds(
        lambda base, one, two, rounding, plus, among, text: ShareOf(
            base, min(one, two), max(one, two), rounding, plus, among, text
        ),
        *(st.sampled_from(Base), st.integers(1, 100), st.integers(1, 100), st.sampled_from(Rounding)),
        *(st.integers(0, 500), whos, words),
    ),
    st.builds(Present, named, st.booleans(), words),
    st.builds(Presides, named, words),
)
rules = st.recursive(
    leaf_rules,
    lambda inner: st.builds(
        lambda kind, some: kind(tuple(some)), st.sampled_from([AllOf, AnyOf]), st.lists(inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
).filter(lambda rule: json.dumps(as_data(rule)).count('_of": [') <= DEEPEST)


@settings(deadline=None)
@given(rules)
def test_a_rule_comes_back_the_same_through_json(rule):
    assert parse(json.loads(json.dumps(as_data(rule)))) == rule


@given(st.builds(Policies, st.booleans(), st.sampled_from(Deputies), st.booleans()))
def test_policies_come_back_the_same(policies):
    assert parse_policies(json.loads(json.dumps(policies_as_data(policies)))) == policies


def test_rules_for_items_come_back_the_same():
    kept = (ItemRule("appointment", Present(Who((Category.CHAIR,)), in_person=True)), ItemRule("budget", ADVISORY))
    assert parse_items(json.loads(json.dumps(items_as_data(kept)))) == kept


def test_the_commonest_rule_has_a_short_way():
    assert chair_plus(5, (2, Category.EXTERNAL_ADVISER)) == ADVISORY


# Refused

REFUSED = [
    (None, "The rule is missing. It must be an object"),
    ("chair", "The rule is “chair”. It must be an object"),
    ([], "The rule is a list. It must be an object"),
    ({}, "The rule must have exactly one of all_of, any_of"),
    ({"at_least": 1, "present": CHAIR}, "The rule must have exactly one of"),
    ({"at_least": 1, "amongst": CHAIR}, "“amongst” is not known here. It takes at_least, among, besides, otherwise."),
    ({"all_of": []}, "all_of is a list. It must be a list of one rule or more."),
    ({"all_of": {"at_least": 1}}, "all_of is an object"),
    (
        {"all_of": [{"at_least": 1}, {"at_least": 0}]},
        "all_of[1].at_least is 0. It must be a whole number from 1 to 500.",
    ),
    ({"any_of": [{"all_of": [7]}]}, "any_of[0].all_of[0] is 7. It must be an object"),
    ({"at_least": True}, "at_least is true. It must be a whole number"),
    ({"at_least": 2.0}, "at_least is 2.0. It must be a whole number"),
    ({"at_least": float("nan")}, "at_least is nan."),
    ({"at_least": "5"}, "at_least is “5”."),
    ({"at_least": 501}, "at_least is 501."),
    ({"at_least": 10**5000}, "at_least is a very large number."),
    ({"at_least": 1, "among": {}}, "among is empty. It must name a category or a post."),
    ({"at_least": 1, "among": []}, "among is a list. It must be an object."),
    ({"at_least": 1, "besides": {"categories": ["boss"]}}, "besides.categories[0] is “boss”. It must be one of chair,"),
    ({"present": {"categories": ["attendee"]}}, "present.categories[0] is “attendee”, who does not count"),
    ({"present": {"categories": "chair"}}, "present.categories is “chair”. It must be a list of at most 4."),
    ({"present": {"categories": ["chair", "chair"]}}, "present names one twice."),
    ({"present": {"posts": ["x"] * 51}}, "present.posts is a list. It must be a list of at most 50."),
    ({"present": {"posts": ["x" * 61]}}, "It must be printable text of 1 to 60 characters."),
    ({"present": {"posts": [" "]}}, "present.posts[0] is “ ”."),
    ({"present": {"posts": ["a\u0000b"]}}, "present.posts[0] is “a�b”."),
    ({"present": {"posts": ["\ud800"]}}, "present.posts[0] is “�”."),
    ({"present": {"posts": [["x"]]}}, "present.posts[0] is a list."),
    ({"present": CHAIR, "in_person": 1}, "in_person is 1. It must be true or false."),
    ({"presides": CHAIR, "otherwise": "x" * 201}, "It must be printable text of 1 to 200 characters."),
    (SHARE | {"share_of": "members"}, "share_of is “members”. It must be one of membership, appointed, present."),
    (SHARE | {"numerator": 3}, "numerator is 3. It must not be above the denominator, 2."),
    (SHARE | {"denominator": 0}, "denominator is 0."),
    (SHARE | {"plus": -1}, "plus is -1. It must be a whole number from 0 to 500."),
    (
        {"share_of": "present", "numerator": 1, "denominator": 2},
        "rounding is missing. It must be one of up, down, exact.",
    ),
    (nested(DEEPEST + 1), "is too deep. A rule may be nested 5 times."),
    (nested(200_000), "is too deep."),
    ({"all_of": [{"at_least": 1}] * MOST_RULES}, "all_of[39] is one too many. A rule may have 40 parts."),
]


@pytest.mark.parametrize(("data", "sentence"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_wrong_is_said_with_its_place(data, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        parse(data)


def test_the_deepest_and_the_longest_rule_are_read():
    assert as_data(parse(nested(DEEPEST))) == nested(DEEPEST)
    assert len(parse({"all_of": [{"at_least": 1}] * (MOST_RULES - 1)}).rules) == MOST_RULES - 1


def test_a_rule_in_itself_is_refused():
    rule = {"all_of": []}
    rule["all_of"].append(rule)
    with pytest.raises(ValueError, match="is too deep"):
        parse(rule)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "The data is missing. It must be an object."),
        ({}, "vacancies_count is missing. All of vacancies_count, deputies_count, recused_counts must be given."),
        (POLICIES | {"vacancies_count": None}, "vacancies_count is missing. It must be true or false."),
        (POLICIES | {"deputies_count": True}, "deputies_count is true. It must be one of do_not_count, count,"),
        (POLICIES | {"quorum": 4}, "“quorum” is not known here."),
    ],
)
def test_policies_are_all_given(data, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        parse_policies(data)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "must be a list of at most 20"),
        ([{"kind": "x"}], "[0] must be an object with kind and rule"),
        ([{"kind": "", "rule": {"at_least": 1}}], "[0].kind must be printable text"),
        ([{"kind": "x", "rule": {"at_least": 0}}], "[0].rule: at_least is 0."),
        ([{"kind": "x", "rule": {"at_least": 1}}] * 21, "must be a list of at most 20"),
    ],
)
def test_rules_for_items_are_checked(data, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        parse_items(data)


# Hostile

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
WORDS = """
    all_of any_of at_least share_of present presides among besides categories posts numerator denominator rounding
    plus otherwise in_person kind rule chair up vacancies_count deputies_count recused_counts
"""
names = st.sampled_from(WORDS.split())
anything = st.recursive(
    scalars | names,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names | st.text(max_size=3), inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(anything)
def test_nothing_but_a_value_error_comes_of_any_json(data):
    for reader, writer in ((parse, as_data), (parse_policies, policies_as_data), (parse_items, items_as_data)):
        refuses_or_reads(reader, writer, data)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(REAL)), st.data())
def test_nothing_but_a_value_error_comes_of_a_real_rule_with_one_thing_changed(name, data):
    """Nearer to a rule than anything made up."""
    rule = as_data(REAL[name])
    place = rule
    while True:
        keys = list(range(len(place))) if isinstance(place, list) else sorted(place)
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], list | dict) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(anything)
    refuses_or_reads(parse, as_data, rule)


def refuses_or_reads(reader, writer, data):
    """Any other exception fails the test."""
    try:
        found = reader(data)
    except ValueError:
        return
    assert reader(writer(found)) == found
