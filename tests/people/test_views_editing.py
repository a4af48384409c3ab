"""Forms about people: works, refused, wrong, stale, odd."""

import datetime as dt

import pytest
from django.urls import reverse

from people.models import Basis, Delegation, Person, Post, Tenure, Unit
from tests.factories.people import DelegationFactory, PersonFactory, PostFactory, TenureFactory, UnitFactory

D = dt.date


def day(name: str, value: dt.date | None) -> dict[str, str]:
    """A date as the form sends it."""
    parts = (value.day, value.month, value.year) if value else ("", "", "")
    return {f"{name}_{part}": str(text) for part, text in zip(("day", "month", "year"), parts, strict=True)}


def version(client, url: str) -> str:
    """The hidden version of an edit form as it is opened now."""
    return client.get(url).context["form"]["version"].value()


@pytest.fixture
def doors(lead_post) -> dict[str, str]:
    """Every form of this app, by name."""
    tenure, delegation = TenureFactory(post=lead_post), DelegationFactory(post=lead_post)
    return {
        "post_new": reverse("people:post_new"),
        "post_edit": reverse("people:post_edit", args=[lead_post.code]),
        "tenure_new": reverse("people:tenure_new", args=[lead_post.code]),
        "tenure_edit": reverse("people:tenure_edit", args=[lead_post.code, tenure.pk]),
        "tenure_end": reverse("people:tenure_end", args=[lead_post.code, tenure.pk]),
        "delegation_new": reverse("people:delegation_new", args=[lead_post.code]),
        "delegation_end": reverse("people:delegation_end", args=[lead_post.code, delegation.pk]),
        "person_new": reverse("people:person_new"),
        "person_edit": reverse("people:person_edit", args=[tenure.person.code]),
        "unit_new": reverse("people:unit_new"),
        "unit_edit": reverse("people:unit_edit", args=[UnitFactory().code]),
    }


@pytest.mark.parametrize("persona", ["team", "admin"])
def test_those_who_keep_people_open_every_form(persona, doors, client_as):
    client = client_as(persona)
    assert {name: client.get(url).status_code for name, url in doors.items()} == dict.fromkeys(doors, 200)


@pytest.mark.parametrize("persona", ["member", "overseer", "delegate", "secretariat", "auditor", "viewer", "stranger"])
def test_everybody_else_is_refused_with_a_sentence(persona, doors, client_as):
    client = client_as(persona)
    for url in doors.values():
        got, sent = client.get(url), client.post(url, {})
        assert (got.status_code, sent.status_code) == (403, 403), url
    assert "strategy team" in client.get(doors["post_new"]).content.decode()


def test_a_tenure_is_reached_only_through_its_own_post(doors, team, member_post, client_for):
    tenure = Tenure.objects.get()
    client = client_for(team)
    for name in ("tenure_edit", "tenure_end"):
        assert client.get(reverse(f"people:{name}", args=[member_post.code, tenure.pk])).status_code == 404
    assert (
        client.get(reverse("people:delegation_end", args=[member_post.code, Delegation.objects.get().pk])).status_code
        == 404
    )


def test_adding_a_post_makes_its_address_from_the_title(team, client_for):
    response = client_for(team).post(
        "/people/posts/new/", {"title": "Head of Trust", "unit": "", "code": ""}, follow=True
    )
    assert response.redirect_chain[-1][0] == "/people/posts/head-of-trust/"
    assert "The post was added" in response.content.decode()


def test_a_second_click_adds_nothing(team, client_for):
    client = client_for(team)
    for _ in range(2):
        response = client.post("/people/posts/new/", {"title": "Head of Trust"})
    assert response.status_code == 422
    assert "Head of Trust already has the short name" in response.content.decode()
    assert Post.objects.filter(title="Head of Trust").count() == 1


@pytest.mark.parametrize("code", ["new", "NEW!", "with space"])
def test_an_address_that_cannot_be_is_an_error_beside_it(code, team, client_for):
    response = client_for(team).post("/people/posts/new/", {"title": "Head", "code": code})
    assert response.status_code == 422
    assert "code" in response.context["form"].errors
    assert not Post.objects.exists()


ODD = ["a\x00b", "\ud800", "x" * 100_000, "<script>alert(1)</script>"]


@pytest.mark.parametrize("text", ODD, ids=["nul", "surrogate", "long", "html"])
@pytest.mark.parametrize(("url", "field"), [("/people/posts/new/", "title"), ("/people/persons/new/", "name")])
def test_odd_text_is_an_error_or_is_kept_as_text(url, field, text, team, client_for):
    from urllib.parse import quote_plus

    body = f"{field}={quote_plus(text, errors='surrogatepass')}&code=odd"
    response = client_for(team).post(url, body, content_type="application/x-www-form-urlencoded", follow=True)
    assert response.status_code in (200, 422)
    page = response.content.decode()
    assert "<script>alert" not in page
    if "form" in response.context and response.context["form"].errors:
        assert field in response.context["form"].errors
        assert response.context["form"][field].value() == response.context["form"].data[field]


def test_what_somebody_else_saved_meanwhile_is_shown_and_nothing_typed_is_lost(team, client_for):
    person = PersonFactory(code="ana", name="Ana")
    client, url = client_for(team), "/people/persons/ana/edit/"
    seen = version(client, url)
    Person.objects.filter(pk=person.pk).update(name="Anna Theirs")
    response = client.post(url, {"name": "Ana Mine", "email": "", "version": seen})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Anna Theirs" in page
    assert "Ana Mine" in page
    assert "Somebody else changed this" in page
    person.refresh_from_db()
    assert person.name == "Anna Theirs"
    again = response.context["form"]["version"].value()
    assert client.post(url, {"name": "Ana Mine", "email": "", "version": again}).status_code == 302
    person.refresh_from_db()
    assert person.name == "Ana Mine"


@pytest.mark.parametrize("seen", ["", "nonsense"])
def test_an_edit_without_its_version_is_not_saved(seen, team, client_for):
    person = PersonFactory(code="ana", name="Ana")
    client_for(team).post("/people/persons/ana/edit/", {"name": "Mine", "version": seen})
    person.refresh_from_db()
    assert person.name == "Ana"


def test_saying_who_holds_a_post(team, lead_post, client_for):
    person = PersonFactory(name="Nia New")
    url = reverse("people:tenure_new", args=[lead_post.code])
    sent = {"person": person.pk, "basis": "substantive", **day("starts", D(2022, 1, 1)), **day("ends", None)}
    response = client_for(team).post(url, sent, follow=True)
    assert "Nia New" in response.content.decode()
    assert Tenure.objects.get().post == lead_post


@pytest.mark.parametrize(
    ("starts", "ends", "field", "sentence"),
    [
        (D(2022, 1, 1), None, "starts", "Somebody already holds this post on this basis"),
        (D(2022, 1, 2), D(2022, 1, 1), "ends", "must be the same as or after the first day"),
    ],
)
def test_constraints_speak_beside_their_fields(starts, ends, field, sentence, team, lead, lead_post, client_for):
    url = reverse("people:tenure_new", args=[lead_post.code])
    sent = {"person": PersonFactory().pk, "basis": "substantive", **day("starts", starts), **day("ends", ends)}
    form = client_for(team).post(url, sent).context["form"]
    assert sentence in str(form.errors[field])
    assert Tenure.objects.count() == 1


def test_a_clash_that_only_the_database_sees_is_a_form_error(team, lead, lead_post, client_for, monkeypatch):
    """As when two people save at the same moment: both forms were right when they were checked."""
    from people.forms import TenureForm

    monkeypatch.setattr(TenureForm, "validate_constraints", lambda form: None)
    url = reverse("people:tenure_new", args=[lead_post.code])
    sent = {"person": PersonFactory().pk, "basis": "substantive", **day("starts", D(2022, 1, 1)), **day("ends", None)}
    response = client_for(team).post(url, sent)
    assert response.status_code == 422
    assert "Somebody already holds this post on this basis" in str(response.context["form"].errors["starts"])


def test_acting_cover_over_a_substantive_holder_is_fine(team, lead, lead_post, client_for):
    url = reverse("people:tenure_new", args=[lead_post.code])
    sent = {"person": PersonFactory().pk, "basis": "acting", **day("starts", D(2022, 1, 1)), **day("ends", None)}
    assert client_for(team).post(url, sent).status_code == 302


def test_ending_a_tenure_keeps_the_last_day(team, lead, lead_post, client_for):
    tenure = lead.person.tenures.get()
    client, url = client_for(team), reverse("people:tenure_end", args=[lead_post.code, tenure.pk])
    sent = {**day("ends", D(2022, 1, 31)), "version": version(client, url)}
    assert client.post(url, sent).status_code == 302
    tenure.refresh_from_db()
    assert tenure.ends == D(2022, 1, 31)


@pytest.mark.parametrize("ends", [None, D(2021, 3, 31)])
def test_a_tenure_ends_on_a_day_and_not_before_it_started(ends, team, lead, lead_post, client_for):
    tenure = lead.person.tenures.get()
    client, url = client_for(team), reverse("people:tenure_end", args=[lead_post.code, tenure.pk])
    response = client.post(url, {**day("ends", ends), "version": version(client, url)})
    assert "ends" in response.context["form"].errors


def test_a_post_is_not_ended_over_its_holder(team, lead, lead_post, client_for):
    client, url = client_for(team), reverse("people:post_edit", args=[lead_post.code])
    sent = {
        "title": lead_post.title,
        "unit": "",
        **day("abolished_on", D(2022, 1, 31)),
        "version": version(client, url),
    }
    assert "Lena Lead" in str(client.post(url, sent).context["form"].errors["abolished_on"])


def test_the_holder_adds_and_ends_a_delegate(lead, lead_post, client_for):
    client, person = client_for(lead), PersonFactory(name="Del Egate")
    url = reverse("people:delegation_new", args=[lead_post.code])
    assert (
        client.post(url, {"person": person.pk, **day("starts", D(2022, 1, 1)), **day("ends", None)}).status_code == 302
    )
    delegation = Delegation.objects.get()
    end = reverse("people:delegation_end", args=[lead_post.code, delegation.pk])
    client.post(end, {**day("ends", D(2022, 1, 31)), "version": version(client, end)})
    delegation.refresh_from_db()
    assert (delegation.post, delegation.person, delegation.ends) == (lead_post, person, D(2022, 1, 31))


def test_nobody_is_their_own_delegate(lead, lead_post, client_for):
    url = reverse("people:delegation_new", args=[lead_post.code])
    sent = {"person": lead.person.pk, **day("starts", D(2022, 1, 1)), **day("ends", None)}
    assert "person" in client_for(lead).post(url, sent).context["form"].errors


def test_the_holder_of_another_post_names_no_delegate_here(member, lead_post, client_for):
    assert client_for(member).get(reverse("people:delegation_new", args=[lead_post.code])).status_code == 403


def test_a_unit_is_not_part_of_its_own_part(team, client_for):
    top = UnitFactory(code="top", name="Top")
    below = UnitFactory(code="below", name="Below", parent=top)
    client, url = client_for(team), "/people/units/top/edit/"
    sent = {"name": "Top", "kind": "team", "parent": below.pk, "version": version(client, url)}
    assert "Below is part of this unit" in str(client.post(url, sent).context["form"].errors["parent"])
    sent["parent"] = top.pk
    assert "parent" in client.post(url, sent).context["form"].errors


def test_adding_and_changing_a_unit(team, client_for):
    client = client_for(team)
    client.post("/people/units/new/", {"name": "Estates", "kind": "team", "parent": ""})
    unit = Unit.objects.get(code="estates")
    url = "/people/units/estates/edit/"
    client.post(url, {"name": "Estate", "kind": "directorate", "parent": "", "version": version(client, url)})
    unit.refresh_from_db()
    assert (unit.name, unit.kind) == ("Estate", "directorate")


def test_a_page_never_shows_as_saved_what_was_only_typed(team, client_for):
    PostFactory(code="chief", title="Chief")
    client, url = client_for(team), "/people/posts/chief/edit/"
    page = client.post(url, {"title": "", "version": version(client, url)}).content.decode()
    assert '<span class="govuk-caption-l">Chief</span>' in page


@pytest.mark.parametrize("basis", Basis.values)
def test_each_basis_can_be_chosen(basis, team, lead_post, client_for):
    url = reverse("people:tenure_new", args=[lead_post.code])
    sent = {"person": PersonFactory().pk, "basis": basis, **day("starts", D(2022, 1, 1)), **day("ends", None)}
    client_for(team).post(url, sent)
    assert Tenure.objects.get().basis == basis
