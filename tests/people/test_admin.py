"""The admin of people: roles decide, passwords are never seen, lists cost the same however long."""

import pytest
from django.contrib import admin
from django.urls import reverse

from people.models import Message, Person, Post, Role, Tenure, User
from tests.factories.people import (
    PASSWORD,
    DelegationFactory,
    MessageFactory,
    PersonFactory,
    PostFactory,
    TenureFactory,
    UnitFactory,
    UserFactory,
)

KEPT = ["person", "post", "unit", "tenure", "delegation"]


def url(name: str, *args, app: str = "people") -> str:
    return reverse(f"admin:{app}_{name}", args=args)


def add_user(**more) -> dict:
    return {"email": "New@Stride.example", "password1": PASSWORD, "password2": PASSWORD, **more}


@pytest.mark.parametrize("persona", ["lead", "secretariat", "auditor", "viewer", "stranger"])
def test_the_admin_is_closed_to_everybody_else(persona, client_as):
    response = client_as(persona).get(url("post_changelist"))
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


@pytest.mark.parametrize("name", KEPT)
def test_the_team_keeps_people(name, team, client_for):
    client = client_for(team)
    assert client.get(url(f"{name}_changelist")).status_code == 200
    assert client.get(url(f"{name}_add")).status_code == 200


@pytest.mark.parametrize("name", ["user_changelist", "user_add"])
def test_users_are_for_administrators(name, team, admin, client_for):
    assert client_for(team).get(url(name)).status_code == 403
    assert client_for(admin).get(url(name)).status_code == 200


def test_the_team_does_not_choose_who_signs_in_as_whom(team, client_for):
    person = PersonFactory()
    user = UserFactory()
    client = client_for(team)
    client.post(url("person_change", person.pk), {"code": person.code, "name": "New name", "user": user.pk})
    person.refresh_from_db()
    assert (person.name, person.user) == ("New name", None)


def test_the_team_deletes_nothing(team, client_for):
    person = PersonFactory()
    assert client_for(team).post(url("person_delete", person.pk), {"post": "yes"}).status_code == 403
    assert Person.objects.filter(pk=person.pk).exists()


def test_an_administrator_deletes_only_what_nothing_points_at(admin, client_for):
    free, held = PostFactory(), TenureFactory().post
    client = client_for(admin)
    client.post(url("post_delete", free.pk), {"post": "yes"})
    client.post(url("post_delete", held.pk), {"post": "yes"})
    assert list(Post.objects.all()) == [held]


def test_many_are_never_deleted_at_once(admin, client_for):
    post = PostFactory()
    client_for(admin).post(url("post_changelist"), {"action": "delete_selected", "_selected_action": [post.pk]})
    assert Post.objects.filter(pk=post.pk).exists()


def test_a_new_user_gets_a_checked_password(admin, client_for):
    client = client_for(admin)
    weak = client.post(url("user_add"), add_user(password1="short", password2="short"))
    assert "too short" in weak.content.decode()
    client.post(url("user_add"), add_user(roles=["viewer"]))
    user = User.objects.get(email="new@stride.example")
    assert user.check_password(PASSWORD)
    assert user.roles == ["viewer"]


def test_the_page_of_a_user_shows_no_hash(admin, client_for):
    user = UserFactory()
    page = client_for(admin).get(url("user_change", user.pk)).content.decode()
    assert user.password not in page
    assert user.password.split("$")[-1] not in page


def test_a_password_is_set_on_its_own_page(admin, client_for):
    user, client = UserFactory(), client_for(admin)
    page = f"/admin/people/user/{user.pk}/password/"
    assert page in client.get(url("user_change", user.pk)).content.decode()
    sent = {"password1": "another-good-password", "password2": "another-good-password"}
    assert client.post(page, sent).status_code == 302
    user.refresh_from_db()
    assert user.check_password("another-good-password")


def test_an_account_is_switched_off_and_never_deleted(admin, client_for):
    user = UserFactory()
    assert client_for(admin).post(url("user_delete", user.pk), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


def test_the_team_sets_no_passwords(team, client_for):
    user = UserFactory()
    sent = {"password1": "another-good-password", "password2": "another-good-password"}
    assert client_for(team).post(f"/admin/people/user/{user.pk}/password/", sent).status_code == 403


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [(["auditor", "viewer"], "An auditor holds no other role"), (["emperor"], "is not one of the available choices")],
)
def test_roles_that_cannot_be_are_refused_beside_them(roles, sentence, admin, client_for):
    user = UserFactory()
    sent = {"email": user.email, "roles": roles, "is_active": "on"}
    response = client_for(admin).post(url("user_change", user.pk), sent)
    assert sentence in str(response.context["adminform"].form.errors["roles"])


def test_an_address_that_is_taken_is_refused_beside_it(admin, client_for):
    response = client_for(admin).post(url("user_add"), add_user(email="ADMIN@stride.example"))
    assert "Somebody already signs in" in str(response.context["adminform"].form.errors["email"])


def test_administrators_do_not_lock_themselves_out(admin, client_for):
    response = client_for(admin).post(url("user_change", admin.pk), {"email": admin.email, "roles": ["viewer"]})
    assert set(response.context["adminform"].form.errors) == {"roles", "is_active"}
    admin.refresh_from_db()
    assert admin.roles == [Role.ADMINISTRATOR]


def test_a_tenure_that_runs_backwards_is_an_error_and_no_crash(team, client_for):
    sent = {"post": PostFactory().pk, "person": PersonFactory().pk, "basis": "substantive"}
    sent |= {"starts": "2022-01-02", "ends": "2022-01-01"}
    response = client_for(team).post(url("tenure_add"), sent)
    assert "must be the same as or after the first day" in str(response.context["adminform"].form.errors["ends"])


def test_two_substantive_holders_are_an_error_and_no_crash(team, client_for):
    held = TenureFactory()
    sent = {"post": held.post_id, "person": PersonFactory().pk, "basis": "substantive", "starts": "2022-01-01"}
    response = client_for(team).post(url("tenure_add"), sent)
    assert "Somebody already holds this post" in str(response.context["adminform"].form.errors["starts"])
    assert Tenure.objects.count() == 1


def test_mail_is_only_read(admin, team, client_for):
    message = MessageFactory()
    for user in (admin, team):
        client = client_for(user)
        assert client.get(url("message_change", message.pk)).status_code == 200
        assert client.post(url("message_change", message.pk), {"subject": "Other"}).status_code == 403
        assert client.get(url("message_add")).status_code == 403
        assert client.post(url("message_delete", message.pk), {"post": "yes"}).status_code == 403
    assert Message.objects.get().subject == message.subject


def test_only_our_records_are_in_the_admin():
    apps = {model._meta.app_label for model in admin.site._registry}
    assert apps <= {"people", "commitments", "monitoring", "boards"}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "make", "queries"),
    [
        ("person", PersonFactory, 8),
        ("unit", UnitFactory, 8),
        ("post", PostFactory, 9),
        ("tenure", TenureFactory, 10),
        ("delegation", DelegationFactory, 10),
        ("message", MessageFactory, 11),
        ("user", UserFactory, 8),
    ],
)
def test_lists_cost_the_same_however_long(name, make, queries, count, admin, client_for, django_assert_num_queries):
    for _ in range(count):
        make()
    client = client_for(admin)
    with django_assert_num_queries(queries):
        client.get(url(f"{name}_changelist"))


@pytest.mark.parametrize("name", [*KEPT, "user", "message"])
def test_lists_can_be_searched(name, admin, client_for):
    assert client_for(admin).get(url(f"{name}_changelist"), {"q": "some <b>thing\x00"}).status_code in {200, 302}


def test_a_unit_is_not_part_of_what_is_part_of_it(team, client_for):
    top = UnitFactory()
    low = UnitFactory(parent=UnitFactory(parent=top))
    sent = {"code": top.code, "name": top.name, "kind": top.kind, "parent": low.pk}
    errors = client_for(team).post(url("unit_change", top.pk), sent).context["adminform"].form.errors
    assert "is part of this unit" in str(errors["parent"])
