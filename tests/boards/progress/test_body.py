"""What a progress report says, and what becomes of it when things change."""

import json

import pytest

from boards import progress_report
from boards.models import ItemProgress
from monitoring.models import ReportingRound
from tests.factories.commitments import CommitmentFactory
from tests.factories.monitoring import exempt, play, reopen

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(told, secretariat, actor_of, now):
    return progress_report.body(told.progress, actor_of(secretariat), now)


def texts(value) -> list[str]:
    """Every text in it."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in texts(part)]


def test_it_is_plain_json(body):
    assert json.loads(json.dumps(body)) == body


def test_it_is_the_same_for_everybody_and_each_time(told, body, secretariat, admin, member, auditor, actor_of, now):
    for user in (secretariat, admin, member, auditor):
        assert progress_report.body(told.progress, actor_of(user), now) == body


def test_it_says_of_which_days_it_is_and_what_was_counted(body):
    assert body["round"]["period"] == "1 October 2021 to 31 December 2021"
    assert body["counts"]["said"] == (
        "1 of 2 commitments has a return that is signed off; 1 awaited. "
        "Only what was signed off is counted as a rating."
    )
    rows = {kind: (now, before) for kind, _, now, before, _ in body["counts"]["rows"]}
    assert rows["amber"] == ("1", "0")
    assert rows["green"] == ("0", "2")
    assert rows["missing"] == ("0", "0")


def test_the_definitions_are_those_of_the_round(told, body):
    assert dict(body["definitions"]) == {key: told.round.definitions[key] for key in ("green", "amber", "red")}


def test_an_amber_return_with_its_path_to_green(body):
    (amber,) = body["returns"]
    said = dict(amber["said"])
    assert amber["rating"] == ["amber", "Amber"]
    assert said["Ratings"] == "The lead says amber, the overseer says red and the measures say off track."
    assert said["What changed"].startswith("Amber; it was green in Q2 2021-22.")
    assert said["Why"] == "Two trainers left."
    assert said["Path to green"] == "Both posts are advertised."
    assert said["Green by"] == "30 June 2022"
    assert said["Help needed"] == "A venue in the north."
    assert said["Overseer’s comment"] == "It is worse than it looks."


def test_movement_matrix_and_gaps(told, body):
    assert [group["key"] for group in body["movement"]["groups"]] == ["worsened", "awaited"]
    assert body["matrix"]["rounds"] == ["Q2 2021-22", "Q3 2021-22"]
    cells = body["matrix"]["groups"][0][1][0]["cells"]
    assert cells == [
        ["green", "Green", ""],
        ["amber", "Amber", "Overseer: Red"],
        ["off_track", "Off track", "The lead is rosier"],
    ]
    assert body["differing"] == [
        [str(told.first), "amber", "Amber", "red", "Red", "1 step rosier", "It is worse than it looks."]
    ]
    assert body["optimism"][0][1:6] == ["amber", "Amber", "off_track", "Off track", "1 step rosier"]


def test_measures_with_verdict_and_chart(told, body):
    (row,) = body["measures"]["rows"]
    assert (row["measure"], row["latest"]) == ("Officers trained", "42.0%, Q3 2021-22")
    assert row["verdict"] == ["off_track", "Off track", ""]
    (chart,) = body["measures"]["charts"]
    assert [cells[1] for cells in chart["rows"]] == ["40.0%", "41.0%", "42.0%"]
    assert chart["alt"]
    for picture in (chart["svg"], chart["narrow"], body["counts"]["chart"]["svg"]):
        assert picture.startswith("<svg")
        assert "style" not in picture
        assert "script" not in picture


def test_a_return_that_is_only_submitted_says_nothing(told, body, secretariat, actor_of, now):
    play(told.second, told.round, until="submitted", rating="red", rating_reason="Nobody may know yet.")
    again = progress_report.body(told.progress, actor_of(secretariat), now)
    assert again == body
    assert "Nobody may know yet." not in texts(again)


def test_a_return_that_is_reopened_keeps_its_signed_version(told, body, secretariat, actor_of, now):
    reopen(told.round.returns.get(commitment=told.first), on=now.date())
    (amber,) = progress_report.body(told.progress, actor_of(secretariat), now)["returns"]
    assert dict(amber["said"])["Why"] == "Two trainers left."
    assert "It was reopened since." in dict(amber["said"])["What changed"]


def test_nil_exempt_and_missing_are_told(told, secretariat, actor_of, now):
    exempt(told.second, told.round, "It starts next year.")
    body = progress_report.body(told.progress, actor_of(secretariat), now)
    assert body["without"] == [[str(told.second), "exempt", "Exempt", "It starts next year."]]
    assert "1 exempt" in body["counts"]["said"]


def test_later_rounds_are_no_part_of_an_earlier_one(told, secretariat, actor_of, now):
    ItemProgress.objects.filter(pk=told.progress.pk).update(round=told.before)
    body = progress_report.body(ItemProgress.objects.get(), actor_of(secretariat), now)
    assert body["matrix"]["rounds"] == ["Q2 2021-22"]
    assert body["movement"] == {"since": "", "figures": [], "groups": []}
    assert body["counts"]["chart"] is None
    assert "Q3 2021-22" not in json.dumps(body["counts"]["rows"])


def test_a_round_that_the_reader_may_not_see(told, member, actor_of, now):
    type(told.strategy).objects.filter(pk=told.strategy.pk).update(state="draft")
    with pytest.raises(ReportingRound.DoesNotExist):
        progress_report.body(told.progress, actor_of(member), now)


@pytest.mark.parametrize("more", [0, 4])
def test_it_asks_as_often_for_one_commitment_as_for_many(
    told, more, secretariat, actor_of, now, django_assert_num_queries
):
    for number in range(more):
        CommitmentFactory(strategy=told.strategy, programme=told.first.programme, number=10 + number)
    actor, progress = actor_of(secretariat), ItemProgress.objects.select_related("item__meeting__board", "round").get()
    with django_assert_num_queries(8):
        progress_report.body(progress, actor, now)
