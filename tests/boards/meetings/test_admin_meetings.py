"""The admin changes a meeting only before anything rests on it: no pack went out and nothing was decided."""

import pytest
from django.urls import reverse

from kit import clock
from tests.boards.meetings.conftest import agenda, board, meeting, seats, terms  # noqa: F401  beside the world's own
from tests.factories.records import DecisionFactory, PackEditionFactory

pytestmark = pytest.mark.django_db
HAPPENED = {"pack": "A pack of this meeting went out.", "decision": "Something was decided at this meeting."}


@pytest.fixture
def rows(meeting, agenda, lead_post):  # noqa: F811
    seat = meeting.attendances.create(category="member", label="Head of Estates", post=lead_post)
    return {
        "agendaitem": agenda[0],
        "audienceentry": agenda[0].audience.create(post=lead_post),
        "attendance": seat,
        "declaration": meeting.declarations.create(attendance=seat, text="A share"),
    }


def _happens(what: str, meeting, item) -> None:  # noqa: F811
    if what == "decision":
        DecisionFactory(item=item)
    else:
        PackEditionFactory(meeting=meeting, circulated_at=clock.now(), circulated_by="Sana Secretariat")


@pytest.mark.parametrize("what", HAPPENED)
def test_from_then_on_its_rows_are_only_read(client_as, meeting, rows, what):  # noqa: F811
    client = client_as("admin")
    for name, row in rows.items():
        url = reverse(f"admin:boards_{name}_change", args=[row.pk])
        assert b'name="_save"' in client.get(url).content, name
    _happens(what, meeting, rows["agendaitem"])
    for name, row in rows.items():
        url = reverse(f"admin:boards_{name}_change", args=[row.pk])
        assert b'name="_save"' not in client.get(url).content, name
        assert client.post(url, {"title": "Other", "text": "Other"}).status_code == 403, name
        delete = reverse(f"admin:boards_{name}_delete", args=[row.pk])
        assert client.post(delete, {"post": "yes"}).status_code == 403, name


@pytest.mark.parametrize("what", HAPPENED)
def test_nothing_is_added_to_it_either(client_as, meeting, rows, member_post, what):  # noqa: F811
    _happens(what, meeting, rows["agendaitem"])
    sent = {"item": rows["agendaitem"].pk, "post": member_post.pk}
    answer = client_as("admin").post(reverse("admin:boards_audienceentry_add"), sent)
    assert HAPPENED[what] in answer.content.decode()
    answer = client_as("admin").post(reverse("admin:boards_agendaitem_add"), {"meeting": meeting.pk, "title": "More"})
    assert HAPPENED[what] in answer.content.decode()
    assert rows["agendaitem"].audience.count() == 1
