"""A quorum asked in plain questions: what is answered is the rule, read in words first, and asked again as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards import quorum_answers as answers
from boards.models import Terms
from boards.quorum import AllOf, AnyOf, AtLeast, Category, as_data, chair_plus, describe, parse
from boards.services import terms as services
from kit import stale
from tests.factories.boards import BoardFactory, DraftTermsFactory, ExternalFactory, MembershipFactory

POLICIES = {"vacancies_count": "True", "deputies_count": "no", "recused_count": "False"}
PLUS_FIVE = {"present": "chair", "how": "number", "number": "5", "besides": "on", "externals": "2"}

leads = st.sampled_from(["", "chair", "either"])
small = st.none() | st.integers(1, 9)
shares = st.fixed_dictionaries(
    {
        "how": st.just("share"),
        "base": st.sampled_from(["membership", "appointed", "present"]),
        "numerator": st.just(1),
        "denominator": st.integers(1, 5),
        "rounding": st.sampled_from(["up", "down", "exact"]),
        "plus": st.integers(0, 2),
    }
)
numbers = st.fixed_dictionaries({"how": st.just("number"), "number": st.integers(1, 9), "besides": st.booleans()})
asked = st.builds(
    lambda *parts: {key: value for part in parts for key, value in part.items()},
    st.one_of(shares, numbers, st.just({"how": "none"})),
    st.fixed_dictionaries(
        {
            "present": leads,
            "in_person": st.booleans(),
            "presides": leads,
            "externals": small,
            "internals": small,
            "posts": st.lists(st.sampled_from(["chief", "finance"]), unique=True),
            "external_share": st.sampled_from(["", "1/2", "2/3"]),
        }
    ),
)


@given(asked)
def test_what_is_answered_is_asked_again_as_it_was(given_answers):
    rule = answers.build(given_answers)
    if rule is None:
        return
    assert parse(as_data(rule)) == rule
    again = answers.answers_of(rule)
    assert again is not None
    assert answers.build(again) == rule


def test_the_commonest_rule_is_made_of_its_answers():
    rule = answers.build({"present": "chair", "how": "number", "number": 5, "besides": True, "externals": 2})
    assert rule == chair_plus(5, (2, Category.EXTERNAL_ADVISER))
    assert describe(rule) == "The chair plus five members, including two external advisers"


@pytest.mark.parametrize(
    "rule", [AnyOf((AtLeast(2), AtLeast(3))), AllOf((AtLeast(2), AtLeast(3))), AtLeast(2, otherwise="It waits.")]
)
def test_a_rule_that_the_form_cannot_ask_has_no_answers(rule):
    assert answers.answers_of(rule) is None


@pytest.fixture
def draft(db) -> Terms:
    board = BoardFactory(slug="db")
    MembershipFactory(board=board, category="chair")
    for _ in range(5):
        MembershipFactory(board=board)
    ExternalFactory(board=board)
    return DraftTermsFactory(board=board)


@pytest.fixture
def client(secretariat, client_for):
    return client_for(secretariat)


PAGE = "/boards/db/terms/edit/quorum/"


def send(client, **answered):
    version = client.get(PAGE).context["form"]["version"].value()
    return client.post(PAGE, {"version": version, **POLICIES, **answered})


def saved(draft: Terms) -> Terms:
    return Terms.objects.get(pk=draft.pk)


def test_the_rule_is_read_in_words_before_it_is_saved(client, draft):
    response = send(client, **PLUS_FIVE)
    assert response.status_code == 200
    assert response.context["words"][0] == "The chair plus five members, including two external advisers."
    assert response.context["wrong"] == ["The rule needs 2 external advisers, but the board has only 1."]
    assert saved(draft).quorum == {}
    read = response.context["form"]["read"].value()
    assert send(client, **PLUS_FIVE, read=read, save="yes")["Location"] == "/boards/db/terms/edit/"
    assert saved(draft).quorum == as_data(chair_plus(5, (2, Category.EXTERNAL_ADVISER)))


def test_what_was_changed_after_reading_is_read_again(client, draft):
    read = send(client, **PLUS_FIVE).context["form"]["read"].value()
    response = send(client, **{**PLUS_FIVE, "number": "4"}, read=read, save="yes")
    assert response.status_code == 200
    assert "four members" in response.context["words"][0]
    assert saved(draft).quorum == {}


def test_a_share_with_rounding_and_more(client, draft):
    share = {
        "how": "share",
        "numerator": "1",
        "denominator": "3",
        "base": "membership",
        "rounding": "down",
        "plus": "1",
    }
    words = send(client, **share).context["words"]
    assert words[0] == "At least a third of the membership, rounded down, plus one."


def test_stricter_for_some_items(client, draft):
    more = {"stricter_for": ["decision"], "stricter_present": "chair", "stricter_in_person": "on"}
    response = send(client, **PLUS_FIVE, **more)
    assert response.context["words"][1] == "Items for decision also need: the chair must be present in person."
    send(client, **PLUS_FIVE, **more, read=response.context["form"]["read"].value(), save="yes")
    assert saved(draft).item_quorums == {
        "decision": {"all_of": [{"present": {"categories": ["chair"]}, "in_person": True}]}
    }
    form = client.get(PAGE).context["form"]
    assert (form["stricter_for"].value(), form["stricter_present"].value()) == (["decision"], "chair")
    assert (form["number"].value(), form["externals"].value()) == (5, 2)


def test_terms_may_set_no_quorum(client, draft):
    response = send(client, how="none")
    assert response.context["words"] == ["The terms set no quorum, so no meeting is inquorate."]
    send(client, how="none", read=response.context["form"]["read"].value(), save="yes")
    assert saved(draft).quorum == {}


@pytest.mark.parametrize(
    ("answered", "field", "sentence"),
    [
        ({}, "how", "Answer the question"),
        ({"how": "number"}, "number", "Enter how many members"),
        ({"how": "share", "denominator": "3"}, "numerator", "Enter the share"),
        ({"how": "share", "numerator": "4", "denominator": "3"}, "numerator", "cannot be more than the whole"),
        ({"how": "number", "number": "0"}, "number", "must be 1 or more"),
        ({"how": "number", "number": "3", "otherwise": "It waits."}, "external_share", "Select the share"),
        ({"how": "number", "number": "3", "stricter_for": "decision"}, "stricter_present", "Say what these items need"),
        ({"how": "number", "number": "3", "stricter_number": "4"}, "stricter_for", "Select the items"),
        ({"how": "none", "stricter_for": "decision", "stricter_number": "4"}, "how", "Say what the quorum is"),
    ],
)
def test_bad_answers_come_back_with_a_sentence(client, draft, answered, field, sentence):
    response = send(client, **answered)
    assert response.status_code == 422
    assert sentence in str(response.context["form"].errors[field])
    assert saved(draft).quorum == {}


def test_a_rule_with_parts_that_are_not_asked_is_said_to_be_replaced(client, draft):
    Terms.objects.filter(pk=draft.pk).update(quorum={"any_of": [{"at_least": 2}, {"at_least": 3}]})
    assert "has parts that these questions do not ask" in client.get(PAGE).content.decode()


def test_two_who_set_the_quorum_see_each_other(client, draft, actor_of, secretariat):
    first = send(client, **PLUS_FIVE)
    version, read = (first.context["form"][name].value() for name in ("version", "read"))
    services.change(
        terms=draft,
        values={"quorum": {"at_least": 2}},
        seen=stale.token(draft, ["quorum"]),
        by=actor_of(secretariat),
    )
    sent = {"version": version, "read": read, "save": "yes", **POLICIES, **PLUS_FIVE}
    response = client.post(PAGE, sent)
    assert response.status_code == 422
    assert "Somebody else changed the quorum" in response.content.decode()
    assert response.context["form"]["number"].value() == "5"
    again = sent | {"version": response.context["form"]["version"].value()}
    assert client.post(PAGE, again).status_code == 302
    assert saved(draft).quorum == as_data(chair_plus(5, (2, Category.EXTERNAL_ADVISER)))
