"""Reading people, posts and units: open to everybody who signs in, and cheap."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from people.models import Basis
from tests.factories.people import DelegationFactory, PersonFactory, PostFactory, TenureFactory, UnitFactory

EVERYBODY = ["admin", "team", "lead", "overseer", "delegate", "secretariat", "member", "auditor", "viewer", "stranger"]


@pytest.mark.parametrize("persona", EVERYBODY)
@pytest.mark.parametrize(
    "path",
    ["/people/", "/people/posts/commander-public-protection/", "/people/persons/", "/people/units/"],
)
def test_everybody_reads(path, persona, lead_post, client_as):
    assert client_as(persona).get(path).status_code == 200


def test_nobody_reads_without_signing_in(client, lead_post):
    assert client.get("/people/").status_code == 302


def test_the_list_names_the_holder_or_the_vacancy(lead, overseer_post, viewer, client_for):
    page = client_for(viewer).get("/people/").content.decode()
    assert "Lena Lead" in page
    assert "Vacant" in page
    assert "1 of those listed is vacant" in page


def test_acting_cover_is_shown_with_whom_it_covers(lead, lead_post, viewer, client_for):
    TenureFactory(
        post=lead_post, person=PersonFactory(name="Ana Acting"), basis=Basis.ACTING, starts=dt.date(2022, 1, 1)
    )
    for path in ("/people/", lead_post.get_absolute_url()):
        page = client_for(viewer).get(path).content.decode()
        assert "Ana Acting" in page
        assert "Acting, covers Lena Lead" in page


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("q=COMMANDER", "Commander for", "Head of Estates"),
        ("q=lena", "Commander for", "Head of Estates"),
        ("show=vacant", "Head of Estates", "Commander for"),
        ("show=held", "Commander for", "Head of Estates"),
        ("unit=protection", "Commander for", "Head of Estates"),
        ("unit=top", "Commander for", "Head of Estates"),
    ],
)
def test_filters(query, shown, hidden, lead, lead_post, member_post, viewer, client_for):
    top = UnitFactory(code="top")
    lead_post.unit = UnitFactory(code="protection", parent=top)
    lead_post.save()
    page = client_for(viewer).get(f"/people/?{query}").content.decode()
    table = page.split("<tbody", 1)[1]
    assert shown in table
    assert hidden not in table


@pytest.mark.parametrize("query", ["unit=nowhere", "show=%00", "q=%00%ED%A0%80", "sort=nonsense", f"q={'x' * 5000}"])
def test_odd_filters_are_no_crash(query, lead_post, viewer, client_for):
    assert client_for(viewer).get(f"/people/?{query}").status_code == 200


def test_what_was_searched_is_escaped(viewer, client_for):
    assert b"<script>alert" not in client_for(viewer).get("/people/persons/?q=<script>alert(1)</script>").content


def test_a_post_that_was_abolished_is_not_listed_but_has_its_page(viewer, client_for):
    post = PostFactory(title="Keeper of Horses", abolished_on=dt.date(2022, 1, 18))
    client = client_for(viewer)
    assert b"Keeper of Horses" not in client.get("/people/").content
    assert b"18 January 2022" in client.get(post.get_absolute_url()).content


@pytest.mark.parametrize(
    ("persona", "sees"), [("team", True), ("secretariat", True), ("lead", True), ("member", False), ("viewer", False)]
)
def test_addresses_are_for_those_who_write_to_people(persona, sees, lead, client_as):
    lead.person.email = "lena@stride.example"
    lead.person.save()
    page = client_as(persona).get(lead.person.get_absolute_url()).content
    assert (b"lena@stride.example" in page) is sees


@pytest.mark.parametrize("name", ["post", "person"])
def test_what_does_not_exist_is_not_found(name, viewer, client_for):
    assert client_for(viewer).get(reverse(f"people:{name}", args=["nobody"])).status_code == 404


@pytest.mark.parametrize("persona", ["lead", "viewer", "secretariat"])
def test_readers_get_no_links_to_forms(persona, lead, lead_post, client_as):
    for path in ("/people/", "/people/persons/", "/people/units/", lead.person.get_absolute_url()):
        page = client_as(persona).get(path).content.decode()
        assert "/new/" not in page
        assert "/edit/" not in page


def test_the_holder_may_name_delegates_and_sees_the_link(lead, lead_post, client_for):
    page = client_for(lead).get(lead_post.get_absolute_url()).content.decode()
    assert reverse("people:delegation_new", args=[lead_post.code]) in page
    assert reverse("people:tenure_new", args=[lead_post.code]) not in page


def _crowd(count: int) -> None:
    for number in range(count):
        unit = UnitFactory()
        post = PostFactory(unit=unit, title=f"Post of {number}")
        TenureFactory(post=post)
        DelegationFactory(post=post)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/people/", 9), ("/people/persons/", 8), ("/people/units/", 8)])
def test_lists_cost_the_same_however_long(path, queries, count, team, client_for, django_assert_num_queries):
    _crowd(count)
    client = client_for(team)
    with django_assert_num_queries(queries):
        client.get(path)


@pytest.mark.parametrize("count", [1, 3])
def test_a_post_costs_the_same_however_many_held_it(count, team, lead_post, client_for, django_assert_num_queries):
    for year in range(count):
        TenureFactory(post=lead_post, starts=dt.date(2010 + year, 1, 1), ends=dt.date(2010 + year, 12, 31))
        DelegationFactory(post=lead_post)
    client = client_for(team)
    with django_assert_num_queries(10):
        client.get(lead_post.get_absolute_url())


@pytest.mark.parametrize("name", ["posts", "people", "units"])
def test_lists_download_as_csv(name, lead, lead_post, viewer, client_for):
    UnitFactory()
    path = {"posts": "/people/", "people": "/people/persons/", "units": "/people/units/"}[name]
    response = client_for(viewer).get(f"{path}?download={name}")
    assert response["Content-Type"].startswith("text/csv")
    assert response["Content-Disposition"] == f'attachment; filename="{name}.csv"'


def test_a_name_that_looks_like_a_formula_is_harmless_in_the_csv(viewer, client_for):
    PersonFactory(name="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in client_for(viewer).get("/people/persons/?download=people").content.decode()


def saved(response) -> list[list[str]]:
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def test_the_holders_and_delegates_of_a_post_sort_and_download(lead, lead_post, viewer, client_for):
    TenureFactory(
        post=lead_post,
        person=PersonFactory(name="Ana Acting"),
        basis=Basis.ACTING,
        starts=dt.date(2022, 1, 1),
        ends=dt.date(2022, 2, 1),
    )
    for name in ("Bea Both", "Cy Clerk"):
        DelegationFactory(post=lead_post, person=PersonFactory(name=name), starts=dt.date(2021, 5, 1))
    client, path = client_for(viewer), lead_post.get_absolute_url()
    page = client.get(path, {"holders-sort": "-person", "delegates-sort": "-person"}).content.decode()
    assert page.index("Lena Lead</a></th>") < page.index("Ana Acting</a></th>")
    assert page.index("Cy Clerk</a></th>") < page.index("Bea Both</a></th>")
    assert page.count('aria-sort="descending"') == 2
    file = saved(client.get(path, {"holders-sort": "person", "download": f"holders-{lead_post.code}"}))
    assert file[0] == ["Person", "Basis", "First day", "Last day"]
    assert file[1] == ["Ana Acting", "Acting", "2022-01-01", "2022-02-01"]
    assert file[2][0] == "Lena Lead"
    file = saved(client.get(path, {"download": f"delegates-{lead_post.code}"}))
    assert [row[:2] for row in file[1:]] == [["Cy Clerk", "2021-05-01"], ["Bea Both", "2021-05-01"]]


def test_the_posts_of_a_person_sort_and_download(lead, viewer, client_for):
    TenureFactory(post=PostFactory(title="A first post"), person=lead.person, starts=dt.date(2019, 1, 1))
    client, path = client_for(viewer), lead.person.get_absolute_url()
    page = client.get(path).content.decode()
    assert page.index("Commander for Public Protection</a>") < page.index("A first post</a>")
    page = client.get(path, {"sort": "post"}).content.decode()
    assert page.index("A first post</a>") < page.index("Commander for Public Protection</a>")
    file = saved(client.get(path, {"sort": "post", "download": f"posts-{lead.person.code}"}))
    assert file[0] == ["Post", "Unit", "Basis", "First day", "Last day"]
    assert [row[0] for row in file[1:]] == ["A first post", "Commander for Public Protection"]
