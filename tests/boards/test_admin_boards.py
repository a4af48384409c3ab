"""The admin of boards: searched and counted in few queries; approved terms and their parts are only read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boards.models import Relationship, Terms
from tests.factories.boards import BoardFactory, DraftTermsFactory, ExternalFactory, MembershipFactory, approved

NAMES = ["board", "membership", "relationship", "terms", "duty", "servicelevel", "termsact"]


def url(name: str, *args) -> str:
    return reverse(f"admin:boards_{name}", args=args)


def _world() -> Terms:
    board = BoardFactory(parent=BoardFactory())
    MembershipFactory(board=board)
    ExternalFactory(board=board)
    Relationship.objects.create(board=board, to=board.parent, kind="reports_to")
    draft = DraftTermsFactory(board=board)
    draft.duties.create(key="watch", position=1, text="Watch.")
    draft.service_levels.create(
        product="papers", quantity=5, unit="working_days", direction="before", anchor="meeting_start"
    )
    return draft


@pytest.mark.parametrize("name", NAMES)
def test_lists_cost_the_same_for_all(name, admin, client_for):
    client, costs = client_for(admin), []
    _world()
    client.get(url(f"{name}_changelist"))
    for more in (0, 3):
        for _ in range(more):
            _world()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(f"{name}_changelist"), {"q": "board"}).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 11


def test_approved_terms_and_their_parts_are_only_read(admin, client_for):
    terms = approved(_world())
    client = client_for(admin)
    for name, row in (("terms", terms), ("duty", terms.duties.get()), ("servicelevel", terms.service_levels.get())):
        place = url(f"{name}_change", row.pk)
        assert client.get(place).context["has_change_permission"] is False
        assert client.post(place, {"text": "Other"}).status_code == 403
        assert client.post(url(f"{name}_delete", row.pk), {"post": "yes"}).status_code == 403


def test_a_part_is_added_to_a_draft_only(admin, client_for):
    terms = approved(_world())
    sent = {"terms": terms.pk, "key": "more", "position": 2, "text": "More."}
    response = client_for(admin).post(url("duty_add"), sent)
    assert "terms" in response.context["adminform"].form.errors


@pytest.mark.parametrize("persona", ["team", "secretariat", "auditor", "viewer"])
@pytest.mark.parametrize("name", NAMES)
def test_it_is_for_administrators(name, persona, client_as):
    assert client_as(persona).get(url(f"{name}_changelist"), follow=True).status_code == 403


def test_circles_are_refused_with_a_sentence(admin, client_for):
    draft = _world()
    client = client_for(admin)
    sent = {"board": draft.board.parent_id, "to": draft.board_id, "kind": "reports_to"}
    errors = client.post(url("relationship_add"), sent).context["adminform"].form.errors
    assert "That would be a circle" in str(errors["to"])


@pytest.mark.parametrize("data", ['{"nonsense": 1}', "[]", '"text"', '{"at_least": "many"}'])
def test_a_quorum_that_is_no_rule_is_an_error_and_no_crash(admin, client_for, data):
    draft = _world()
    client = client_for(admin)
    form = client.get(url("terms_change", draft.pk)).context["adminform"].form
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, "")}
    response = client.post(url("terms_change", draft.pk), sent | {"quorum": data})
    if data != "[]":
        assert "quorum" in response.context["adminform"].form.errors
