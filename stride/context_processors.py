"""What the frame of every page needs: navigation, who is signed in, the demonstration banner."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from boards.choices import Category
from boards.rules_compliance import may_read_assurance
from kit import clock
from people.models import Role

PERSONAS = (
    ("admin", "Administrator: accounts and records"),
    ("team", "Strategy team: opens rounds, chases, publishes"),
    ("lead", "Commander for Public Protection: leads commitments 1 and 4"),
    ("overseer", "AC who leads Front Line Policing: signs off"),
    ("delegate", "Drafts and submits for the Commander for Public Protection"),
    ("secretariat", "Board secretariat: runs the boards, their terms and meetings"),
    ("member", "Deputy Commissioner: sits on three boards and chairs one of them"),
    ("adviser", "External adviser: sits on the STRIDE External Advisory Board"),
    ("auditor", "Auditor: reads everything, changes nothing"),
    ("viewer", "Viewer: reads the plan and signed-off returns"),
)
DEMO_PASSWORD = "stride-demo-2021"  # noqa: S105  printed on the sign-in page of the demonstration


def chrome(request: HttpRequest) -> dict:
    """The context `chrome`; it costs no query beyond the actor's."""
    actor = getattr(request, "actor", None)
    signed_in = bool(getattr(request, "user", None) and request.user.is_authenticated)
    frame = {
        "service_name": settings.SERVICE_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "demonstration": settings.DEMONSTRATION,
        "today": clock.today(),
        "signed_in": signed_in,
        "navigation": [],
        "person_name": "",
        "posts_line": "",
    }
    if signed_in:
        frame["person_name"] = actor.name
        frame["posts_line"] = ", ".join(
            [
                *actor.holds.values(),
                *(f"for {title}" for title in actor.delegate_of.values()),
                *(f"{Category(category).label}, {board}" for category, board in actor.seats),
            ]
        ) or ", ".join(Role(role).label for role in sorted(actor.roles))
        frame["navigation"] = _navigation(request, actor)
    elif settings.DEMONSTRATION:
        frame["personas"] = [{"email": f"{name}@stride.example", "role": role} for name, role in PERSONAS]
        frame["demo_password"] = DEMO_PASSWORD
    return {"chrome": frame}


def _navigation(request: HttpRequest, actor) -> list[dict]:
    """The service navigation, with only what the actor may use."""
    entries = [
        ("Home", reverse("home"), ("/",)),
        ("Plans", reverse("commitments:strategies"), ("/strategies/", "/people/", "/plan-workbook/")),
        ("Dashboard", reverse("monitoring:dashboards"), ("/dashboard/",)),
        ("Measures", reverse("monitoring:measures"), ("/measures/",)),
        ("Returns", reverse("monitoring:returns"), ("/returns/", "/rounds/")),
        ("Boards", reverse("boards:boards"), ("/boards/",)),
    ]
    if may_read_assurance(actor):
        entries.append(("Assurance", reverse("boards:compliance_all"), ("/assurance/",)))
    if actor.has(Role.ADMINISTRATOR, Role.STRATEGY_TEAM, Role.AUDITOR):
        entries.append(("Outbox", reverse("outbox"), ("/outbox/",)))
    if actor.has(Role.ADMINISTRATOR, Role.STRATEGY_TEAM):
        entries.append(("Admin", reverse("admin:index"), ("/admin/",)))
    path = request.path
    return [
        {
            "label": label,
            "url": url,
            "current": path == url or any(path.startswith(p) for p in under if p != "/"),
        }
        for label, url, under in entries
    ]
