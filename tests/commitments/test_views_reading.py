"""Reading strategies and programmes: who sees what, and at what cost."""

import pytest
from django.urls import reverse

from commitments.choices import StrategyState
from tests.factories.commitments import (
    CommitmentFactory,
    ProgrammeFactory,
    StrandFactory,
    StrategyActFactory,
    StrategyFactory,
)

EVERYBODY = [
    "admin",
    "team",
    "lead",
    "overseer",
    "delegate",
    "secretariat",
    "member",
    "auditor",
    "viewer",
    "stranger",
]


@pytest.mark.parametrize("persona", EVERYBODY)
def test_everybody_reads_a_strategy_in_force(persona, plan, client_as):
    response = client_as(persona).get(plan.strategy.get_absolute_url())
    assert response.status_code == 200
    assert b"Keep people safe" in response.content
    assert b"Commander for Public Protection" in response.content


@pytest.mark.parametrize(
    ("persona", "status"), [("team", 200), ("admin", 200), ("auditor", 200), ("lead", 404), ("viewer", 404)]
)
@pytest.mark.parametrize("name", ["strategy", "programme"])
def test_a_draft_is_found_only_by_those_who_keep_or_check_it(persona, status, name, plan, client_as):
    plan.strategy.state = StrategyState.DRAFT
    plan.strategy.save()
    args = ["stride"] if name == "strategy" else ["stride", 1]
    assert client_as(persona).get(reverse(f"monitoring:{name}", args=args)).status_code == status


def test_a_vacant_post_says_so(plan, viewer, client_for):
    assert b"Vacant" in client_for(viewer).get(plan.strategy.get_absolute_url()).content


def test_the_holder_is_named(plan, lead, overseer, viewer, client_for):
    page = client_for(viewer).get(plan.strategy.get_absolute_url()).content.decode()
    assert "Lena Lead" in page
    assert "Vacant" not in page


def test_a_strategy_speaks_its_own_words(plan, team, client_for):
    plan.strategy.programme_label = "Theme"
    plan.strategy.save()
    page = client_for(team).get(plan.strategy.get_absolute_url()).content.decode()
    assert "Theme 1" in page
    assert "Add a theme" in page


@pytest.mark.parametrize("persona", ["lead", "viewer", "auditor"])
def test_readers_get_no_links_to_forms(persona, plan, client_as):
    page = client_as(persona).get(plan.strategy.get_absolute_url()).content.decode()
    assert "/edit/" not in page
    assert "/new/" not in page


def test_an_unknown_strategy_is_not_found(team, client_for):
    assert client_for(team).get("/strategies/nowhere/").status_code == 404
    assert client_for(team).get("/strategies/nowhere/programmes/1/").status_code == 404


def test_the_history_tells_who_and_why(plan, viewer, client_for):
    StrategyActFactory(strategy=plan.strategy, by_name="Tess Team", reason="Agreed <b>on</b> the day.")
    page = client_for(viewer).get(plan.strategy.get_absolute_url()).content.decode()
    assert "Tess Team" in page
    assert "Agreed &lt;b&gt;on&lt;/b&gt; the day." in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_strategies_costs_the_same_however_long(count, team, client_for, django_assert_num_queries):
    for _ in range(count):
        StrategyFactory()
    client = client_for(team)
    with django_assert_num_queries(7):
        client.get("/strategies/")


@pytest.mark.parametrize("count", [1, 3])
def test_a_strategy_costs_the_same_however_long(count, team, client_for, django_assert_num_queries):
    strategy = StrategyFactory()
    for _ in range(count):
        programme = ProgrammeFactory(strategy=strategy)
        CommitmentFactory(programme=programme, strand=StrandFactory(programme=programme))
        StrategyActFactory(strategy=strategy)
    client = client_for(team)
    with django_assert_num_queries(13):
        client.get(strategy.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_a_programme_costs_the_same_however_long(count, team, client_for, django_assert_num_queries):
    programme = ProgrammeFactory()
    for _ in range(count):
        CommitmentFactory(programme=programme, strand=StrandFactory(programme=programme))
    client = client_for(team)
    with django_assert_num_queries(10):
        client.get(programme.get_absolute_url())


def test_the_list_sorts_on_the_server(viewer, client_for):
    StrategyFactory(title="Alpha", slug="alpha")
    StrategyFactory(title="Beta", slug="beta")
    client = client_for(viewer)
    up = client.get("/strategies/?sort=title").content.decode()
    down = client.get("/strategies/?sort=-title").content.decode()
    assert up.index("Alpha") < up.index("Beta")
    assert down.index("Beta") < down.index("Alpha")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/strategies/", "strategies"),
        ("/strategies/stride/", "commitments"),
        ("/strategies/stride/programmes/1/", "programme-1"),
    ],
)
def test_lists_download_as_csv(path, name, plan, viewer, client_for):
    response = client_for(viewer).get(f"{path}?download={name}")
    assert response["Content-Type"].startswith("text/csv")
    assert len(response.content.decode().strip().splitlines()) >= 2


def test_a_csv_names_the_holder_or_the_vacancy(plan, lead, viewer, client_for):
    text = client_for(viewer).get("/strategies/stride/?download=commitments").content.decode()
    assert "Commander for Public Protection (Lena Lead)" in text
    assert "AC who leads Front Line Policing (Vacant)" in text


def test_only_get_reads(plan, team, client_for):
    assert client_for(team).post("/strategies/").status_code == 405
    assert client_for(team).post("/strategies/stride/").status_code == 405


def test_commitments_sort_within_their_programmes_and_the_file_has_all(plan, viewer, client_for):
    second = ProgrammeFactory(strategy=plan.strategy, number=2)
    for number in (3, 4):
        CommitmentFactory(programme=second, number=number)
    client = client_for(viewer)

    def numbers(sort: str) -> list[int]:
        page = client.get("/strategies/stride/", {"sort": sort})
        part = page.context["page"].parts[1]
        return [line.commitment.number for group in part.groups for line in group.lines]

    assert numbers("number") == [3, 4]
    assert numbers("-number") == [4, 3]
    assert numbers("nonsense") == [3, 4]
    page = client.get("/strategies/stride/", {"sort": "-number"}).content.decode()
    assert page.count('aria-sort="descending"') == 2
    file = client.get("/strategies/stride/", {"sort": "-number", "download": "commitments"}).content.decode("utf-8-sig")
    assert [line[0] for line in file.splitlines()[1:]] == ["4", "3", "2", "1"]
