"""The history of a post and of a person, and who may be told what in any history."""

from kit.history import Ids, Reader, Source, ever, ledger_of, texts_of
from people import rules
from people.actor import Actor
from people.models import Delegation, Person, Post, Tenure


def reader_for(actor: Actor) -> Reader:
    """What the actor may be told in a history."""
    return Reader(names=texts_of, persons=names_of_users, sees_addresses=rules.may_see_addresses(actor))


def names_of_users(ids: Ids) -> dict[int, str]:
    """Names of people by the user they sign in as. One query, none for nobody."""
    if not ids:
        return {}
    return dict(Person.objects.filter(user_id__in=ids).values_list("user_id", "name"))


def of_post(post: Post) -> list[Source]:
    """The post, everybody who was in it, and everybody who drafted for it. Three queries."""
    given = frozenset({"post"})
    return [
        Source(Post, "Post", ledger_of(Post).filter(pgh_obj_id=post.pk), lambda of: of("title")),
        Source(Tenure, "Tenure", ever(Tenure, post=post.pk), lambda of: of("person"), given=given),
        Source(Delegation, "Delegation", ever(Delegation, post=post.pk), lambda of: of("person"), given=given),
    ]


def of_person(actor: Actor, person: Person) -> list[Source]:
    """The person, the posts they were in and drafted for. Their address only for who may see it. Three queries."""
    secret = {"user"} if rules.may_see_address(actor, person) else {"user", "email"}
    given = frozenset({"person"})
    rows = ledger_of(Person).filter(pgh_obj_id=person.pk)
    return [
        Source(Person, "Person", rows, lambda of: of("name"), secret=frozenset(secret)),
        Source(Tenure, "Tenure", ever(Tenure, person=person.pk), lambda of: of("post"), given=given),
        Source(Delegation, "Delegation", ever(Delegation, person=person.pk), lambda of: of("post"), given=given),
    ]
