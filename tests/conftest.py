"""The cast: one signed-in user per persona, a plan they all know, and a database that survives emptying.

The test clock stands at 19 January 2022 (settings.test); all tenures below began on 1 April 2021.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import Client, TransactionTestCase

from commitments.models import Commitment, Programme, Strand, Strategy
from kit import clock
from people.actor import Actor, actor_for
from people.models import Post, Role, User
from tests import databases
from tests.factories.commitments import CommitmentFactory, ProgrammeFactory, StrandFactory, StrategyFactory
from tests.factories.people import DelegationFactory, PersonFactory, PostFactory, TenureFactory, UserFactory


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_test_environment, django_db_blocker, django_db_modify_db_settings_parallel_suffix
) -> None:
    """Each test process copies a schema that was built once."""
    with django_db_blocker.unblock():
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = databases.schema()


@pytest.fixture(scope="session", autouse=True)
def _emptied_past_the_triggers() -> Iterator[None]:
    """Tests with real transactions are cleaned up by TRUNCATE, which our triggers refuse to everybody, and is slow."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: databases.empty())
        yield


@pytest.fixture(scope="module")
def example(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The demonstration’s data, in a database of its own; for tests of a module that commit nothing."""
    with django_db_blocker.unblock(), databases.example():
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes comes first, so that two processes end together; one loads the example, the other does not."""
    walks = [item for item in items if item.nodeid.startswith("tests/journeys/test_every_page.py")]
    doors = {name: [item for item in items if _group(item) == name] for name in ("doors-1", "doors-2")}
    first = [*walks[:1], *doors["doors-1"], *walks[1:], *doors["doors-2"]]
    early = set(first)
    items[:] = [*first, *(item for item in items if item not in early)]


def _group(item: pytest.Item) -> str:
    mark = item.get_closest_marker("xdist_group")
    return mark.args[0] if mark else ""


# Who they are


def _user(name: str, full_name: str, *roles: Role) -> User:
    user = UserFactory(email=f"{name}@stride.example", roles=list(roles))
    PersonFactory(code=name, name=full_name, user=user)
    return user


@pytest.fixture
def lead_post(db) -> Post:
    return PostFactory(code="commander-public-protection", title="Commander for Public Protection")


@pytest.fixture
def overseer_post(db) -> Post:
    return PostFactory(code="ac-front-line-policing", title="AC who leads Front Line Policing")


@pytest.fixture
def member_post(db) -> Post:
    """A post that leads and oversees nothing."""
    return PostFactory(code="head-of-estates", title="Head of Estates")


@pytest.fixture
def admin(db) -> User:
    return _user("admin", "Ada Admin", Role.ADMINISTRATOR)


@pytest.fixture
def team(db) -> User:
    return _user("team", "Tess Team", Role.STRATEGY_TEAM)


@pytest.fixture
def lead(lead_post) -> User:
    """Holds the lead post."""
    user = _user("lead", "Lena Lead")
    TenureFactory(post=lead_post, person=user.person)
    return user


@pytest.fixture
def overseer(overseer_post) -> User:
    """Holds the overseer post."""
    user = _user("overseer", "Omar Overseer")
    TenureFactory(post=overseer_post, person=user.person)
    return user


@pytest.fixture
def delegate(lead_post) -> User:
    """A delegate of the lead post; holds none."""
    user = _user("delegate", "Dele Delegate")
    DelegationFactory(post=lead_post, person=user.person)
    return user


@pytest.fixture
def secretariat(db) -> User:
    return _user("secretariat", "Sana Secretariat", Role.SECRETARIAT)


@pytest.fixture
def member(member_post) -> User:
    """Holds a post that has nothing to do with the plan."""
    user = _user("member", "Mo Member")
    TenureFactory(post=member_post, person=user.person)
    return user


@pytest.fixture
def auditor(db) -> User:
    return _user("auditor", "Aude Auditor", Role.AUDITOR)


@pytest.fixture
def viewer(db) -> User:
    return _user("viewer", "Vic Viewer", Role.VIEWER)


@pytest.fixture
def stranger(db) -> User:
    """Can sign in, and that is all: no role, no person, no post."""
    return UserFactory(email="stranger@stride.example")


@pytest.fixture
def actor_of() -> Callable[[User], Actor]:
    """actor_of(user): who they are today."""
    return lambda user: actor_for(user, clock.today())


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    """client_for(user): a test client signed in as the user, asking for pages as a browser does."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def client_as(request, client_for) -> Callable[[str], Client]:
    """client_as("lead"): the same, by the persona's name, for parametrised tests."""
    return lambda persona: client_for(request.getfixturevalue(persona))


# The plan


@dataclass(frozen=True)
class Plan:
    strategy: Strategy
    programme: Programme
    strand: Strand
    commitments: tuple[Commitment, ...]

    @property
    def first(self) -> Commitment:
        return self.commitments[0]

    @property
    def second(self) -> Commitment:
        return self.commitments[1]


@pytest.fixture
def plan(lead_post, overseer_post) -> Plan:
    """A strategy in force: one programme, one strand, two commitments led and overseen by the cast's posts.

    The first commitment is in the strand, the second stands in the programme alone.
    """
    strategy = StrategyFactory(slug="stride", title="STRIDE 2021 to 2025")
    programme = ProgrammeFactory(strategy=strategy, number=1, title="Protection")
    strand = StrandFactory(programme=programme, number=1, title="Trust")
    posts = {"lead_post": lead_post, "overseer_post": overseer_post}
    first = CommitmentFactory(programme=programme, strand=strand, number=1, title="Keep people safe", **posts)
    second = CommitmentFactory(programme=programme, number=2, title="Listen first", **posts)
    return Plan(strategy=strategy, programme=programme, strand=strand, commitments=(first, second))
