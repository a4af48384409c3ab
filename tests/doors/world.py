"""One world for the whole table: the cast signed in, and a record in every state that matters.

Built by the real services, once. The test clock stands at 19 January 2022, in the window of Q3 2021-22.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from boards.models import Attendance
from commitments.choices import StrategyState
from commitments.models import Commitment, Measure, Strategy
from people.models import Post, Role, User
from tests.doors import (
    world_board_actions,
    world_boards,
    world_calendar,
    world_decisions,
    world_meetings,
    world_minutes,
    world_packs,
    world_papers,
    world_progress,
    world_referrals,
)
from tests.factories import monitoring as returns
from tests.factories.commitments import (
    CommitmentActFactory,
    CommitmentFactory,
    CommitmentMeasureFactory,
    DimensionFactory,
    GroupFactory,
    MeasureFactory,
    ProgrammeFactory,
    StrandFactory,
    StrategyActFactory,
    StrategyFactory,
    TargetFactory,
)
from tests.factories.people import (
    DelegationFactory,
    MessageFactory,
    PersonFactory,
    PostFactory,
    TenureFactory,
    UnitFactory,
    UserFactory,
)

# Roles; the lead, the overseer and the member hold a post, the delegate drafts for the lead's.
ROLES = {
    "admin": [Role.ADMINISTRATOR],
    "team": [Role.STRATEGY_TEAM],
    "lead": [],
    "delegate": [],
    "overseer": [],
    "secretariat": [Role.SECRETARIAT],
    "member": [],
    "auditor": [Role.AUDITOR],
    "viewer": [Role.VIEWER],
}
STATES = {
    "draft": StrategyState.DRAFT,
    "approved": StrategyState.APPROVED,
    "in_force": StrategyState.IN_FORCE,
    "closed": StrategyState.CLOSED,
}

Url = dict[str, object]


@dataclass
class World:
    """`places` gives the arguments of an address for each record, by its name in the table."""

    clients: dict[str, Client]
    users: dict[str, User]
    places: dict[str, Url] = field(default_factory=dict)
    rows: dict[str, object] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def build() -> World:
    """Everything, in the transaction of whoever calls."""
    users = {name: _user(name, roles) for name, roles in ROLES.items()}
    users["stranger"] = UserFactory(email="stranger@stride.example")
    clients = {name: _signed_in(user) for name, user in users.items()} | {"anonymous": Visitor()}
    world = World(clients, users)
    lead, overseer = _offices(world)
    for name, state in STATES.items():
        _strategy(world, name, state, lead, overseer)
    _succession(world)
    _owned(world)
    _returns(world, world.rows["in_force"], lead, overseer)
    MessageFactory()
    StrategyActFactory(strategy=world.rows["in_force"])
    CommitmentActFactory(commitment=world.rows["in_force"].commitments.first())
    world_calendar.add(world)
    world_meetings.add(world)
    world_papers.add(world)
    world_progress.add(world)
    world_packs.add(world)
    world_board_actions.add(world)
    world_decisions.add(world)
    world_minutes.add(world)
    world_referrals.add(world)
    _administration(world)
    world_boards.add(world)
    return world


def _user(name: str, roles: list[Role]) -> User:
    user = UserFactory(email=f"{name}@stride.example", roles=roles)
    PersonFactory(code=name, name=f"{name.title()} Person", user=user)
    return user


class Visitor(Client):
    """A client that keeps no copies of the templates and contexts that made a page; thousands of pages are asked."""

    def request(self, **request) -> HttpResponse:
        return self.handler(self._base_environ(**request))


def _signed_in(user: User) -> Client:
    visitor = Visitor()
    visitor.force_login(user)
    return visitor


def _offices(world: World) -> tuple[Post, Post]:
    unit = UnitFactory(code="estates")
    lead, overseer = PostFactory(code="lead-post", unit=unit), PostFactory(code="overseer-post", unit=unit)
    member = PostFactory(code="member-post", unit=unit)
    held = TenureFactory(post=lead, person=world.users["lead"].person)
    TenureFactory(post=overseer, person=world.users["overseer"].person)
    TenureFactory(post=member, person=world.users["member"].person)
    given = DelegationFactory(post=lead, person=world.users["delegate"].person)
    world.places |= {
        "post": {"code": lead.code},
        "other_post": {"code": member.code},
        "tenure": {"code": lead.code, "pk": held.pk},
        "delegation": {"code": lead.code, "pk": given.pk},
        "person": {"code": "lead"},
        "unit": {"code": unit.code},
    }
    return lead, overseer


def _strategy(world: World, name: str, state: StrategyState, lead: Post, overseer: Post) -> None:
    """A strategy with one of each part, and a commitment that nothing hangs on."""
    slug = name.replace("_", "-")
    strategy = StrategyFactory(slug=slug, title=f"Strategy {name}", state=state)
    programme = ProgrammeFactory(strategy=strategy, number=1)
    strand = StrandFactory(programme=programme, number=1)
    commitment = CommitmentFactory(programme=programme, strand=strand, number=1, lead_post=lead, overseer_post=overseer)
    ProgrammeFactory(strategy=strategy, number=9)
    StrandFactory(programme=programme, number=9)
    CommitmentFactory(programme=programme, number=9, lead_post=lead, overseer_post=overseer)
    measure = CommitmentMeasureFactory(commitment=commitment, measure=MeasureFactory(code=f"measure-{slug}")).measure
    target = TargetFactory(measure=measure, code=f"target-{slug}")
    one = {"slug": slug}
    world.rows[name] = strategy
    world.places |= {
        name: one,
        f"{name}_programme": one | {"number": programme.number},
        f"{name}_empty_programme": one | {"number": 9},
        f"{name}_strand": one | {"number": programme.number, "strand_number": strand.number},
        f"{name}_empty_strand": one | {"number": programme.number, "strand_number": 9},
        f"{name}_commitment": one | {"number": commitment.number},
        f"{name}_empty_commitment": one | {"number": 9},
        f"{name}_measure": one | {"number": commitment.number, "code": measure.code},
        f"{name}_figures": {"code": measure.code},
        f"{name}_target": one | {"number": commitment.number, "code": measure.code, "target": target.code},
    }


def _succession(world: World) -> None:
    """The strategy before the one in force is in force too, so that it can be superseded. A measure is shared."""
    before = StrategyFactory(slug="before", title="Strategy before")
    strategy: Strategy = world.rows["in_force"]
    strategy.predecessor = before
    strategy.save()
    world.places["before"] = {"slug": "before"}
    closed = Commitment.objects.get(strategy=world.rows["closed"], number=1)
    draft = Commitment.objects.get(strategy=world.rows["draft"], number=1)
    shared = CommitmentMeasureFactory(commitment=closed, measure=MeasureFactory(code="measure-shared")).measure
    CommitmentMeasureFactory(commitment=draft, measure=shared, order=2)
    target = TargetFactory(measure=shared, code="target-shared")
    here = {"slug": "draft", "number": 1, "code": shared.code}
    world.places |= {
        "shared_measure": here,
        "shared_target": here | {"target": target.code},
        "closed_and_draft_figures": {"code": shared.code},
    }


def _owned(world: World) -> None:
    """A measure of the lead's commitment in the strategy in force, whose owner is a post of neither side."""
    commitment = Commitment.objects.get(strategy=world.rows["in_force"], number=1)
    owned = MeasureFactory(code="measure-owned", owner_post=Post.objects.get(code="member-post"))
    CommitmentMeasureFactory(commitment=commitment, measure=owned, order=2)
    returns.ObservationFactory(measure=owned, about=dt.date(2021, 4, 1))
    returns.ExpectedFigureFactory(measure=owned)
    world.places["owned_figures"] = {"code": owned.code}


def _returns(world: World, strategy: Strategy, lead: Post, overseer: Post) -> None:
    """A round in each state. In the open one a return in each state; the closed one was missed by most."""
    make = _makers(strategy, lead, overseer, world)
    signed_before = make["reopened"]
    closed = returns.open_round(strategy, "Q2 2021-22")
    missing = Commitment.objects.get(strategy=strategy, number=1)
    returns.play(signed_before, closed)
    returns.play(make["drafted_and_missed"], closed, until="draft")
    returns.close_round(closed)
    late = closed.returns.get(commitment=make["let_in"])
    returns.let_in_late(late, dt.date(2022, 1, 31))
    world.rows["reopened"] = closed.returns.get(commitment=signed_before)
    returns.reopen(world.rows["reopened"])

    opened = returns.open_round(strategy)
    for name in ("draft", "submitted", "changes_requested", "signed_off"):
        returns.play(make[name], opened, until=name)
    returns.play(make["own"], opened, until="submitted")
    returns.play(make["another_lead_signed"], opened)
    returns.exempt(make["exempt"], opened)
    planned = returns.ReportingRoundFactory(strategy=strategy, about=dt.date(2022, 1, 1))

    found: Callable = opened.returns.get
    rows = {
        name: found(commitment=make[name])
        for name in (
            "not_started",
            "draft",
            "submitted",
            "changes_requested",
            "signed_off",
            "exempt",
            "own",
            "another_lead",
            "another_lead_signed",
        )
    }
    rows |= {
        "missing": closed.returns.get(commitment=missing),
        "drafted_and_missed": closed.returns.get(commitment=make["drafted_and_missed"]),
        "let_in": late,
        "reopened": world.rows["reopened"],
    }
    world.places |= {f"return_{name}": {"pk": row.pk} for name, row in rows.items()}
    for name in ("submitted", "changes_requested", "signed_off", "reopened"):
        sent = rows[name].acts.get(verb="submitted")
        world.places[f"submission_{name}"] = {"pk": rows[name].pk, "act_pk": sent.pk}
    world.places |= {"planned": {"pk": planned.pk}, "opened": {"pk": opened.pk}, "round_closed": {"pk": closed.pk}}


def _makers(strategy: Strategy, lead: Post, overseer: Post, world: World) -> dict[str, Commitment]:
    """A commitment for each return that the table speaks of. A figure is due for each of the lead's."""
    programme = strategy.programmes.get(number=1)
    deputy, elsewhere = PostFactory(code="deputy-post"), PostFactory(code="elsewhere-post")
    TenureFactory(post=deputy)
    DelegationFactory(post=deputy, person=world.users["overseer"].person)
    names = (
        "not_started",
        "draft",
        "submitted",
        "changes_requested",
        "signed_off",
        "exempt",
        "reopened",
        "drafted_and_missed",
        "let_in",
    )
    posts = dict.fromkeys(names, (lead, overseer)) | {
        "own": (deputy, overseer),
        "another_lead": (elsewhere, PostFactory(code="nowhere-post")),
        "another_lead_signed": (elsewhere, PostFactory(code="anywhere-post")),
    }
    make = {
        name: CommitmentFactory(programme=programme, number=20 + place, lead_post=first, overseer_post=second)
        for place, (name, (first, second)) in enumerate(posts.items())
    }
    measure = Measure.objects.get(code="measure-in-force")
    for name in names:
        CommitmentMeasureFactory(commitment=make[name], measure=measure)
    return make


def _administration(world: World) -> None:
    """The last row of each model: of a plan, one of a draft; and a few addresses that have no name."""
    GroupFactory(dimension=DimensionFactory(code="in-use"))
    DimensionFactory(code="not-in-use")
    for label in ("people", "commitments", "monitoring", "boards"):
        for model in apps.get_app_config(label).get_models():
            name = f"{label}_{model._meta.model_name}"
            if (row := model.objects.order_by("pk").last()) and not name.endswith("event"):
                world.places[f"row_{name}"] = {"object_id": row.pk}
    draft = Commitment.objects.get(strategy__slug="draft", number=9)
    for name, row in (
        ("strategy", draft.strategy),
        ("programme", draft.strategy.programmes.get(number=9)),
        ("strand", draft.programme.strands.get(number=9)),
        ("commitment", draft),
        ("measure", draft.strategy.commitments.get(number=1).measures.get(code="measure-draft")),
        ("commitmentmeasure", draft.strategy.commitments.get(number=1).commitment_measures.first()),
        ("target", draft.strategy.commitments.get(number=1).measures.get(code="measure-draft").targets.get()),
    ):
        world.places[f"row_commitments_{name}"] = {"object_id": row.pk}
    post = Post.objects.get(code="lead-post")
    # Of a meeting of which nothing was decided: the others are only read.
    seat = Attendance.objects.get(meeting__board__slug="agendas-by-hand", label="Member")
    world.places |= {
        "row_boards_attendance": {"object_id": seat.pk},
        "account": {"id": world.users["stranger"].pk},
        "short": {"path": f"{reverse('admin:people_post_changelist')}{post.pk}/"},
        "nothing": {"path": f"{reverse('admin:index')}nothing/"},
        "on_site": {
            "content_type_id": ContentType.objects.get_for_model(Post).pk,
            "object_id": post.pk,
        },
    }
