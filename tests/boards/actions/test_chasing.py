"""Owners reminded by mail: whom, of what, how often."""

import datetime as dt

import pytest
from django.core.management import call_command

from boards.models import BoardAction
from boards.services import action_chasing
from boards.services import board_actions as services
from kit import clock
from kit.verdict import Refusal
from people.models import Message
from tests.factories.people import PostFactory

pytestmark = pytest.mark.django_db
SOON, LATE = dt.date(2022, 1, 26), dt.date(2022, 1, 18)


@pytest.fixture
def due(raised, keeper, owner):
    """Overdue, due in a week; later, parked, proposed, and of a vacant post."""
    late, soon = raised("Late.", due=LATE), raised("Soon.", due=SOON)
    raised("Later.", due=SOON + dt.timedelta(days=1))
    parked, proposed = raised("Parked.", due=LATE), raised("Proposed.", due=LATE)
    BoardAction.objects.filter(pk=parked.pk).update(parked_until=dt.date(2022, 3, 1))
    services.propose(action=proposed, done="Done.", by=owner, at=clock.now())
    raised("Of nobody.", due=LATE, owner_post=PostFactory(title="Empty post"))
    return late, soon


def mails() -> list[Message]:
    return list(Message.objects.filter(kind="board_actions_due"))


def test_one_mail_lists_all_that_is_overdue_or_due_within_the_week_and_no_word_of_it(due, lead, capsys):
    late, soon = due
    call_command("chase_actions")
    [mail] = mails()
    assert mail.to == lead.person
    assert mail.subject == "2 actions of yours are due or overdue"
    for action, when in ((late, "was due by 18 January 2022"), (soon, "is due by 26 January 2022")):
        assert f"{action.reference} {when}" in mail.body
        assert action.get_absolute_url() in mail.body
        assert action.acts.first().verb == "chased"
    assert mail.body.count("/boards/actions/") == 2
    assert "Late." not in mail.body
    out = capsys.readouterr().out
    assert f"Wrote to Lena Lead: {late.reference}, {soon.reference}." in out
    assert "Empty post is vacant" in out


def test_it_may_run_again_and_writes_once_a_week(due, standing_at, capsys):
    call_command("chase_actions")
    call_command("chase_actions")
    assert "reminded in the last 7 days already" in capsys.readouterr().out
    with standing_at(2022, 1, 25):
        call_command("chase_actions")
    assert len(mails()) == 1
    with standing_at(2022, 1, 26):
        call_command("chase_actions")
    assert len(mails()) == 2


def test_nothing_due_writes_nothing(raised, capsys):
    raised(due=dt.date(2022, 6, 1))
    call_command("chase_actions")
    assert mails() == []
    assert "No action is overdue" in capsys.readouterr().out


def test_by_hand_it_is_once_a_day_and_for_the_secretariat(due, keeper, owner, standing_at):
    with pytest.raises(Refusal):
        action_chasing.chase(by=owner, at=clock.now())
    assert len(action_chasing.chase(by=keeper, at=clock.now()).owners) == 1
    again = action_chasing.chase(by=keeper, at=clock.now())
    assert (again.owners, [person.name for person in again.already]) == ([], ["Lena Lead"])
    with standing_at(2022, 1, 20):
        assert len(action_chasing.chase(by=keeper, at=clock.now()).owners) == 1


def test_the_page_shows_who_would_get_what_and_sends_it(due, secretariat, client_for, django_assert_num_queries):
    client = client_for(secretariat)
    page = client.get("/boards/actions/chase/").content.decode()
    assert "1 person gets one mail." in page
    assert "DB 2021-22/A001, overdue by 1 day; DB 2021-22/A002, due in 7 days" in page
    assert "Empty post" in page
    assert not mails(), "reading sends nothing"
    sent = client.post("/boards/actions/chase/", follow=True)
    assert "Wrote to Lena Lead." in sent.content.decode()
    assert len(mails()) == 1
    again = client.get("/boards/actions/chase/").content.decode()
    assert "Nobody gets a mail" in again
    assert "reminded today already: Lena Lead" in again
