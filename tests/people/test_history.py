"""The history of posts and people: a moved first day leaves a trace; addresses only for those who may see them."""

import datetime as dt

import pytest
from django.urls import reverse

from people.models import Person, Tenure
from tests.factories.people import DelegationFactory, PersonFactory, PostFactory, TenureFactory
from tests.monitoring.pages import Page, get

pytestmark = pytest.mark.django_db


def post_url(post) -> str:
    return reverse("people:post_history", args=[post.code])


def entry(page: Page, words: str) -> str:
    """The first entry with the words."""
    return next(each for each in page.by_class("stride-timeline__entry") if words in each)


def person_url(person: Person) -> str:
    return reverse("people:person_history", args=[person.code])


def test_a_moved_first_day_shows_on_the_post_and_the_person(lead, lead_post, client_as, team):
    tenure = lead.person.tenures.get()
    url = reverse("people:tenure_edit", args=[lead_post.code, tenure.pk])
    client = client_as("team")
    days = {"starts_day": "3", "starts_month": "5", "starts_year": "2021"}
    sent = {"person": tenure.person_id, "basis": "substantive", **days}
    response = client.post(url, {**sent, "version": get(client, url).value("version")})
    assert response.status_code == 302
    for address in (post_url(lead_post), person_url(lead.person)):
        newest = entry(get(client_as("viewer"), address), "Tenure changed")
        assert "Tess Team (Strategy team)" in newest
        assert "First day Before 1 April 2021 After 3 May 2021" in newest


def test_who_left_and_who_was_removed_stay_on_the_post(lead_post, client_as):
    TenureFactory(post=lead_post, person=PersonFactory(name="Gone Girl")).delete()
    DelegationFactory(post=lead_post, person=PersonFactory(name="Del Egate"))
    moved = TenureFactory(post=lead_post, person=PersonFactory(name="Mo Ved"))
    Tenure.objects.filter(pk=moved.pk).update(post=PostFactory(title="Elsewhere"))
    main = get(client_as("viewer"), post_url(lead_post)).main
    assert "Tenure removed: Gone Girl" in main
    assert "Delegation added: Del Egate" in main
    assert "Before Commander for Public Protection After Elsewhere" in main


def test_addresses_are_for_those_who_write_to_people(client_as, lead):
    person = lead.person
    person.email = "lena@private.example"
    person.save()
    person.name = "Lena Leader"
    person.save()
    for persona, sees in (("viewer", False), ("auditor", False), ("team", True), ("secretariat", True), ("lead", True)):
        page = get(client_as(persona), person_url(person))
        assert ("lena@private.example" in page.main) is sees, persona
        assert "Before Lena Lead After Lena Leader" in page.main
        assert "User" not in page.main
        saved = client_as(persona).get(person_url(person), {"download": "history"}).content.decode()
        assert ("lena@private.example" in saved) is sees, persona


def test_a_change_of_nothing_that_may_be_seen_is_no_entry(client_as, lead, viewer):
    person = PersonFactory(code="solo")
    before = get(client_as("viewer"), person_url(person)).by_class("stride-timeline__entry")
    Person.objects.filter(pk=person.pk).update(email="solo@private.example")
    assert get(client_as("viewer"), person_url(person)).by_class("stride-timeline__entry") == before


def test_an_administrator_without_a_person_is_not_named_by_address(client_for, client_as, django_user_model):
    lone = django_user_model.objects.create_user("lone@private.example", roles=["administrator"])
    client = client_for(lone)
    post = PostFactory(code="new-post", title="New post")
    url = reverse("people:post_edit", args=[post.code])
    sent = {"code": post.code, "title": "Newer post", "version": get(client, url).value("version")}
    assert client.post(url, sent).status_code == 302
    newest = entry(get(client_as("viewer"), post_url(post)), "Newer post")
    assert "A user of STRIDE (Administrator)" in newest
    assert "lone@private.example" in get(client_as("team"), post_url(post)).main


POST_QUERIES, PERSON_QUERIES = 14, 14


@pytest.mark.parametrize("times", [1, 30])
def test_a_fixed_number_of_queries(lead_post, client_as, times, django_assert_num_queries):
    person = PersonFactory()
    for turn in range(times):
        DelegationFactory(post=lead_post, starts=dt.date(2021, 1, 1))
        starts = dt.date(2000 + turn, 1, 1)
        TenureFactory(post=lead_post, person=person, starts=starts, ends=starts)
        Tenure.objects.filter(person=person, starts=starts).update(ends=dt.date(2000 + turn, 2, 1))
    client = client_as("viewer")
    with django_assert_num_queries(POST_QUERIES):
        client.get(post_url(lead_post))
    with django_assert_num_queries(PERSON_QUERIES):
        client.get(person_url(person))
