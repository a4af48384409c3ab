"""Chasing: one mail a person, vacancies said, nobody reminded twice a day."""

import datetime as dt

import pytest
from django.urls import reverse

from kit import clock
from kit.verdict import Refusal
from monitoring.models import ProgressReturn, ReturnAct
from monitoring.services import rounds
from people.models import Message
from tests.factories.commitments import CommitmentFactory
from tests.factories.monitoring import close_round, exempt, let_in_late, open_round, play, team_actor
from tests.monitoring.test_rounds_pages import page, text_of

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)


@pytest.fixture
def round(plan, lead, overseer, team):
    return open_round(plan.strategy)


def chase(returns, on=TODAY, hour=9):
    with clock.standing_at(dt.datetime.combine(on, dt.time(hour))):
        return rounds.chase(returns=list(returns), by=team_actor(on), at=clock.now())


def mails() -> list[Message]:
    return list(Message.objects.filter(kind__startswith="chase").order_by("pk"))


# The service


def test_one_mail_for_all_that_somebody_has(round, lead):
    chased = chase(round.returns.all())
    assert chased.written == ["Lena Lead"]
    [mail] = mails()
    assert (mail.to, mail.subject) == (lead.person, "Reminder: 2 progress returns wait for you")
    assert "Keep people safe" in mail.body
    assert "To file by Tuesday 25 January 2022." in mail.body
    assert "/returns/" in mail.body
    assert ReturnAct.objects.filter(verb="chased").count() == 2


def test_lead_and_overseer_each_get_theirs(round, plan):
    play(plan.first, round, until="submitted", on=dt.date(2022, 1, 17))
    assert set(chase(round.returns.all()).written) == {"Lena Lead", "Omar Overseer"}
    to_overseer = next(mail for mail in mails() if mail.to_name == "Omar Overseer")
    assert "has waited 2 days for you to sign it off" in to_overseer.body
    assert ReturnAct.objects.filter(
        verb="chased", reason="To Omar Overseer, AC who leads Front Line Policing."
    ).exists()


def test_a_vacant_post_is_said_and_nobody_is_written_to(plan, team):
    round = open_round(plan.strategy)
    chased = chase(round.returns.all())
    assert chased.vacant == ["Commander for Public Protection"]
    assert chased.written == []
    assert not mails()
    assert not ReturnAct.objects.filter(verb="chased").exists()


def test_nobody_is_reminded_twice_on_a_day(round):
    chase(round.returns.all())
    again = chase(round.returns.all())
    assert (again.written, again.already) == ([], ["Lena Lead"])
    assert len(mails()) == 1
    assert chase(round.returns.all(), on=TODAY + dt.timedelta(days=1)).written == ["Lena Lead"]


def test_what_changed_hands_since_may_be_chased_again(round, plan):
    row = round.returns.get(commitment=plan.first)
    chase([row], hour=8)
    play(plan.first, round, until="submitted", on=TODAY)
    assert chase([row], hour=10).written == ["Omar Overseer"]


def test_nothing_waits_so_nothing_is_sent(round, plan):
    play(plan.first, round)
    exempt(plan.second, round)
    with pytest.raises(Refusal, match="none of these returns waits for anybody"):
        chase(round.returns.all())


def test_what_does_not_wait_is_left_out(round, plan):
    play(plan.first, round)
    assert chase(round.returns.all()).written == ["Lena Lead"]
    assert "Listen first" in mails()[0].body


def test_missing_returns_are_chased_once_they_are_let_in(round, plan):
    close_round(round)
    row = round.returns.get(commitment=plan.first)
    on = dt.date(2022, 2, 3)
    with pytest.raises(Refusal):
        chase([row], on=on)
    let_in_late(row, until=dt.date(2022, 2, 10))
    assert chase([row], on=on).written == ["Lena Lead"]


def test_only_the_strategy_team_chases(round, actor_of, overseer):
    with pytest.raises(Refusal, match="strategy team"):
        rounds.chase(returns=list(round.returns.all()), by=actor_of(overseer), at=clock.now())


@pytest.mark.parametrize(("days", "said"), [(0, "came to you today"), (1, "has waited 1 day for you")])
def test_a_mail_never_says_0_days_to_an_overseer(round, plan, days, said):
    play(plan.first, round, until="submitted", on=TODAY - dt.timedelta(days=days))
    chase([round.returns.get(commitment=plan.first)], hour=23)
    assert said in mails()[0].body


def test_a_mail_never_says_0_days_on_the_day_of_asking(round, plan):
    on = round.opens_on
    chase([round.returns.get(commitment=plan.first)], on=on)
    assert "It was asked for today." in mails()[0].body
    chase([round.returns.get(commitment=plan.first)], on=on + dt.timedelta(days=1))
    assert "It was asked for 1 day ago." in mails()[1].body


def test_a_mail_about_several_never_says_0_days(round, plan):
    for commitment in plan.commitments:
        play(commitment, round, until="submitted", on=TODAY)
    chase(round.returns.all(), hour=23)
    assert mails()[0].body.count("It came to you today.") == 2
    assert "0 day" not in mails()[0].body


# The pages


def address(round) -> str:
    return reverse("monitoring:round_chase", args=[round.pk])


def test_the_page_says_who_gets_a_mail_and_who_cannot(client_as, plan, round):
    extra = CommitmentFactory(programme=plan.programme, number=3, lead_post__title="Director of Nothing")
    ProgressReturn.objects.create(round=round, commitment=extra)
    shown = text_of(client_as("team").get(address(round), {"which": "all"}))
    assert "1 person gets one mail." in shown
    assert "Lena Lead Commander for Public Protection" in shown
    assert "1 and 2 15" in shown
    assert "Director of Nothing is vacant: commitment 3 has waited 15 days." in shown
    assert not mails()


def test_who_gets_a_mail_sorts_and_downloads_like_every_table(client_as, plan, round):
    play(plan.first, round, until="submitted", on=dt.date(2022, 1, 17))
    client = client_as("team")
    asked = {"which": "selected", "returns": [row.pk for row in round.returns.all()]}

    def names(**more) -> list[str]:
        return [row[0].text for row in client.get(address(round), asked | more).context["table"].rows]

    assert names() == ["Lena Lead", "Omar Overseer"]  # 15 days, 2 days
    assert names(sort="days") == ["Omar Overseer", "Lena Lead"]
    assert names(sort="-person") == ["Omar Overseer", "Lena Lead"]
    file = client.get(address(round), asked | {"download": f"reminders-{round.pk}"})
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Person,Posts,E-mail address known,Commitments,Days waiting"
    assert lines[1].startswith("Lena Lead,Commander for Public Protection,")
    assert lines[1].endswith(",2,15")
    assert len(lines) == 3


def test_chasing_the_selected(client_as, plan, round):
    client = client_as("team")
    row = round.returns.get(commitment=plan.second)
    confirm = client.get(address(round), {"which": "selected", "returns": row.pk})
    assert confirm.context["plan"].returns == [row.pk]
    done = client.post(address(round), {"returns": row.pk}, follow=True)
    assert "Wrote to Lena Lead." in text_of(done)
    assert "Listen first" in mails()[0].body
    assert "Keep people safe" not in mails()[0].body
    assert "19 Jan 2022" in text_of(client.get(page(round)))
    assert "Listen first" in text_of(client.get(reverse("outbox")))


def test_pressing_twice_sends_once(client_as, round):
    client = client_as("team")
    sent = {"returns": [row.pk for row in round.returns.all()]}
    client.post(address(round), sent)
    again = client.post(address(round), sent, follow=True)
    assert "Lena Lead had been reminded today already." in text_of(again)
    assert len(mails()) == 1
    assert "Left out, because reminded today already: Lena Lead." in text_of(client.get(address(round)))


@pytest.mark.parametrize("sent", [{}, {"returns": "x"}, {"returns": "999999"}, {"returns": "1\x00"}, {"returns": ""}])
def test_an_odd_selection_is_a_message(client_as, round, sent):
    client = client_as("team")
    for answer in (
        client.post(address(round), sent, follow=True),
        client.get(address(round), {"which": "selected"} | sent, follow=True),
    ):
        assert "Select at least one return to chase." in text_of(answer)
    assert not mails()


def test_what_came_in_meanwhile_is_a_message(client_as, plan, round):
    client = client_as("team")
    row = round.returns.get(commitment=plan.first)
    play(plan.first, round)
    answer = client.post(address(round), {"returns": row.pk}, follow=True)
    assert "none of these returns waits for anybody now" in text_of(answer)


def test_a_return_of_another_round_cannot_be_smuggled_in(client_as, plan, round):
    other = open_round(plan.strategy, "Q2 2021-22")
    answer = client_as("team").post(address(round), {"returns": other.returns.first().pk}, follow=True)
    assert "Select at least one return to chase." in text_of(answer)
    assert not mails()


def test_nobody_to_chase(client_as, plan, round):
    play(plan.first, round)
    play(plan.second, round)
    client = client_as("team")
    assert "Nobody gets a mail." in text_of(client.get(address(round)))
    assert "Chase the selected" not in text_of(client.get(page(round)))


@pytest.mark.parametrize("count", [1, 30])
def test_query_budget_of_the_confirm_page(client_as, plan, team, django_assert_num_queries, count):
    for number in range(10, 10 + count):
        CommitmentFactory(programme=plan.programme, number=number)
    round = open_round(plan.strategy)
    client = client_as("team")
    with django_assert_num_queries(11):
        client.get(address(round))
