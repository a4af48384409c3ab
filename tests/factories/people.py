"""Users, persons, posts and who held them."""

import datetime as dt

import factory

from people.models import Basis, Delegation, Message, Person, Post, Tenure, Unit, UnitKind, User

PASSWORD = "correct-horse-battery"


class UserFactory(factory.django.DjangoModelFactory):
    """Signs in with PASSWORD. Give `roles=[...]` for more than posts give."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"user{n}@stride.example")
    roles = factory.LazyFunction(list)
    password = factory.django.Password(PASSWORD)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    code = factory.Sequence(lambda n: f"person-{n}")
    name = factory.Sequence(lambda n: f"Person {n}")


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"unit-{n}")
    name = factory.Sequence(lambda n: f"Unit {n}")
    kind = UnitKind.TEAM


class PostFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Post

    code = factory.Sequence(lambda n: f"post-{n}")
    title = factory.Sequence(lambda n: f"Post {n}")


class TenureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tenure

    post = factory.SubFactory(PostFactory)
    person = factory.SubFactory(PersonFactory)
    basis = Basis.SUBSTANTIVE
    starts = dt.date(2021, 4, 1)


class DelegationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Delegation

    post = factory.SubFactory(PostFactory)
    person = factory.SubFactory(PersonFactory)
    starts = dt.date(2021, 4, 1)


class MessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Message

    to = factory.SubFactory(PersonFactory)
    to_name = factory.SelfAttribute("to.name")
    to_email = "somebody@stride.example"
    subject = factory.Sequence(lambda n: f"Subject {n}")
    body = "Body"
    kind = "reminder"
    queued_at = dt.datetime(2022, 1, 4, 9, 0, tzinfo=dt.UTC)
