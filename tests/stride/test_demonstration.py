"""The example, loaded once by the doors that people use, shows what it promises."""

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from monitoring.models import ProgressReturn, ReportingRound, ReturnVersion
from people.models import Person, User
from stride import demonstration
from stride.context_processors import DEMO_PASSWORD, PERSONAS

pytestmark = pytest.mark.django_db


def states(label: str) -> Counter:
    return Counter(ProgressReturn.objects.filter(round__label=label).values_list("state", flat=True))


def test_other_settings_load_no_example():
    with pytest.raises(CommandError, match="demonstration"):
        call_command("load_demonstration")


def test_the_example_shows_what_it_promises(example, db, client, capsys, settings):
    """The command loaded it, once for all tests (tests/databases.py)."""
    settings.DEMONSTRATION = True
    assert demonstration.is_loaded()
    _rounds_and_states()
    _signatures()
    _doors(client)
    _once_only(capsys)


def _rounds_and_states() -> None:
    rounds = dict(ReportingRound.objects.order_by("period_starts").values_list("label", "state"))
    assert rounds == {"Q1 2021-22": "closed", "Q2 2021-22": "closed", "Q3 2021-22": "open"}
    assert states("Q1 2021-22") == {"signed_off": 15, "exempt": 1}
    missing = ProgressReturn.objects.get(round__label="Q2 2021-22", missed=True)
    assert (missing.commitment.number, missing.first_submitted_at) == (3, None)
    reopened = ReturnVersion.objects.exclude(reopened_reason="").get()
    assert reopened.progress_return.round.label == "Q2 2021-22"
    assert (reopened.number, reopened.progress_return.state) == (2, "signed_off")
    assert reopened.progress_return.versions.get(number=1).signed_off_at is not None
    assert ReturnVersion.objects.get(is_nil=True).progress_return.round.label == "Q2 2021-22"
    assert set(states("Q3 2021-22")) == {
        "not_started",
        "draft",
        "submitted",
        "changes_requested",
        "signed_off",
        "exempt",
    }


def _signatures() -> None:
    """Whoever signed held the overseer's post that day, and the name stays as text."""
    signed = ReturnVersion.objects.exclude(signed_off_at=None).select_related("overseer_person", "overseer_post")
    assert signed.count() > 30
    for version in signed:
        day = version.signed_off_at.date()
        holder = version.overseer_post.tenures.holding_on(day).get().person
        assert (version.overseer_person, version.overseer_name) == (holder, holder.name), version
        assert version.overseer_post_title == version.overseer_post.title
        assert version.lead_name
        assert version.lead_post.tenures.holding_on(version.submitted_at.date()).get().person.name == version.lead_name
        assert version.signed_off_by != version.submitted_by, version


def _doors(client) -> None:
    for name, _ in PERSONAS:
        response = client.post("/sign-in/", {"login": f"{name}@stride.example", "password": DEMO_PASSWORD})
        assert (response.status_code, response["Location"]) == (302, "/"), name
        assert client.get("/").status_code == 200, name
        client.logout()
    others = User.objects.exclude(email__in=[f"{name}@stride.example" for name, _ in PERSONAS])
    assert [user.email for user in others if user.has_usable_password()] == []


def _once_only(capsys) -> None:
    before = Counter(returns=ProgressReturn.objects.count(), people=Person.objects.count(), users=User.objects.count())
    capsys.readouterr()
    call_command("load_demonstration")
    assert "loaded already" in capsys.readouterr().out
    after = Counter(returns=ProgressReturn.objects.count(), people=Person.objects.count(), users=User.objects.count())
    assert after == before


def test_make_run_refuses_other_settings(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="its own settings only"):
        call_command("demonstration")


@pytest.mark.parametrize("persona", [name for name, _ in PERSONAS])
def test_every_persona_of_the_sign_in_page_is_a_person_of_the_example(persona):
    """Roles by the code, posts by the plan's own sheets."""
    examples = demonstration.EXAMPLES / demonstration.SLUG
    held = (examples / "tenures.csv").read_text(encoding="utf-8") + (examples / "delegations.csv").read_text(
        encoding="utf-8"
    )
    assert persona in demonstration.ROLES or f"persona-{persona}" in held


def test_the_examples_are_written_with_one_kind_of_quotes():
    examples = Path(__file__).parents[2] / "examples"
    for path in examples.glob("*/*.csv"):
        assert "'" not in path.read_text("utf-8-sig"), path


def test_an_exemption_cites_nothing_of_a_later_day():
    returns = Path(__file__).parents[2] / "examples/stride25-returns/returns.csv"
    exempt = [line for line in returns.read_text("utf-8-sig").splitlines() if ",exempt," in line]
    assert exempt
    assert not any("5 July" in line for line in exempt)
