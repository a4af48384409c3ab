"""Two at once, each on a connection of their own: one wins, the other is told, nothing is half done."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from kit import clock
from kit.verdict import Refusal
from monitoring.models import ProgressReturn, ReturnVersion
from monitoring.services import returns, rounds
from tests.factories.monitoring import open_round, play, team_actor
from tests.monitoring.pages import section_url, url

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = dt.date(2022, 1, 19)


@pytest.fixture
def row(plan, lead, overseer):
    return open_round(plan.strategy).returns.get(commitment=plan.first)


def at_once(*acts: Callable[[], object]) -> list:
    """Run the acts together, each in a thread; what each returned, or the exception it raised."""
    barrier = Barrier(len(acts), timeout=20)

    def run(act: Callable[[], object]) -> object:
        try:
            barrier.wait()
            return act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


def while_locked(row: ProgressReturn, first: Callable[[], object], second: Callable[[], object]) -> list:
    """`second` starts, and waits for the row, while `first` is done but not yet committed."""
    waiting = Barrier(2, timeout=20)

    def run_first() -> object:
        try:
            with transaction.atomic():
                ProgressReturn.objects.select_for_update().get(pk=row.pk)
                waiting.wait()
                until_blocked()
                return first()
        except Exception as error:
            return error
        finally:
            connection.close()

    def run_second() -> object:
        try:
            waiting.wait()
            return second()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(run_first), pool.submit(run_second)]
        return [future.result(timeout=60) for future in both]


def until_blocked() -> None:
    """Wait until somebody waits for what this transaction holds."""
    with connection.cursor() as cursor:
        for _ in range(2_000):
            cursor.execute(
                "SELECT EXISTS (SELECT 1 FROM pg_locks l"
                " WHERE NOT l.granted AND pg_backend_pid() = ANY(pg_blocking_pids(l.pid)))"
            )
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.005)")
    raise AssertionError("Nobody waited.")


def verbs(row) -> list[str]:
    return list(row.acts.order_by("id").values_list("verb", flat=True))


def submit(row, by):
    return returns.submit(progress_return=row, by=by, at=clock.now())


# Submitting


def test_two_submits_at_once_are_one(row, plan, lead, delegate, actor_of):
    play(plan.first, row.round, until="draft", on=TODAY)
    actors = [actor_of(lead), actor_of(delegate)]
    answers = at_once(*(lambda by=by: submit(row, by) for by in actors))
    assert sorted(type(each).__name__ for each in answers) == ["Refusal", "ReturnVersion"]
    [refusal] = [each for each in answers if isinstance(each, Refusal)]
    assert refusal.sentence == "This return is with the overseer. It can be changed again if they ask for changes."
    assert verbs(row) == ["started", "submitted"]


@pytest.mark.parametrize("name", ["return_submit", "return_nil"])
def test_a_double_click_gets_the_same_confirmation_twice(row, plan, lead, client_for, name):
    play(plan.first, row.round, until="draft", on=TODAY)
    clients = [client_for(lead), client_for(lead)]
    answers = at_once(*(lambda client=client: client.post(url(name, row)) for client in clients))
    assert [(each.status_code, each.headers.get("Location")) for each in answers] == [
        (302, url("return_submitted", row)),
        (302, url("return_submitted", row)),
    ]
    assert len(verbs(row)) == 2


def test_a_double_click_on_sign_off_signs_once(row, plan, overseer, client_for):
    play(plan.first, row.round, until="submitted", on=TODAY)
    clients = [client_for(overseer), client_for(overseer)]
    sent = {"rating": "green", "comment": "Agreed."}
    answers = at_once(*(lambda client=client: client.post(url("return_sign_off", row), sent) for client in clients))
    assert [each.headers.get("Location") for each in answers] == [url("return", row)] * 2
    assert verbs(row) == ["started", "submitted", "signed_off"]


# Reviewing


def sign_off(row, by):
    return returns.sign_off(progress_return=row, rating="green", comment="", by=by, at=clock.now())


def request_changes(row, by):
    return returns.request_changes(progress_return=row, reasons={"next": "Say when."}, by=by, at=clock.now())


def test_signing_off_and_asking_for_changes_at_once(row, plan, overseer, actor_of):
    play(plan.first, row.round, until="submitted", on=TODAY)
    by = actor_of(overseer)
    answers = at_once(lambda: sign_off(row, by), lambda: request_changes(row, by))
    [refusal] = [each for each in answers if isinstance(each, Refusal)]
    assert refusal.sentence == "There is nothing to sign off: this return is not with the overseer."
    row.refresh_from_db()
    won = "signed_off" if row.state == "signed_off" else "changes_requested"
    assert verbs(row) == ["started", "submitted", won]
    assert (row.versions.get().signed_off_at is not None) is (won == "signed_off")


@pytest.mark.parametrize(("first", "second"), [(sign_off, request_changes), (request_changes, sign_off)])
def test_whoever_has_the_lock_wins(row, plan, overseer, actor_of, first, second):
    play(plan.first, row.round, until="submitted", on=TODAY)
    by = actor_of(overseer)
    _, refused = while_locked(row, lambda: first(row, by), lambda: second(row, by))
    assert isinstance(refused, Refusal)
    assert verbs(row)[-1] == {sign_off: "signed_off", request_changes: "changes_requested"}[first]


def test_two_reopen_at_once(row, plan, team, actor_of):
    play(plan.first, row.round, on=TODAY)
    by = actor_of(team)
    act = lambda: returns.reopen(progress_return=row, reason="Wrong.", by=by, at=clock.now())  # noqa: E731
    answers = at_once(act, act)
    assert sorted(type(each).__name__ for each in answers) == ["Refusal", "ReturnVersion"]
    assert list(row.versions.order_by("number").values_list("number", flat=True)) == [1, 2]


# Writing


def save(row, by, text: str, section: str = "progress", field: str = "done", seen: str | None = None):
    token = returns.seen_token(returns.unsaved_version(row), section) if seen is None else seen
    return returns.save_section(
        progress_return=row, section=section, answers={field: text}, seen=token, by=by, at=clock.now()
    )


def test_two_first_saves_at_once_make_one_version(row, lead, delegate, actor_of):
    first, second = actor_of(lead), actor_of(delegate)
    answers = at_once(lambda: save(row, first, "Mine."), lambda: save(row, second, "Theirs."))
    assert sorted(type(each).__name__ for each in answers) == ["Conflict", "ReturnVersion"]
    [conflict] = [each for each in answers if isinstance(each, returns.Conflict)]
    assert ReturnVersion.objects.get().done == conflict.version.done, "the loser is shown what was kept"
    assert verbs(row) == ["started"]


def test_two_sections_at_once_are_both_kept(row, lead, delegate, actor_of):
    first, second = actor_of(lead), actor_of(delegate)
    answers = at_once(
        lambda: save(row, first, "Done."), lambda: save(row, second, "Next.", section="next", field="next_steps")
    )
    assert [type(each) for each in answers] == [ReturnVersion, ReturnVersion]
    version = ReturnVersion.objects.get()
    assert (version.done, version.next_steps) == ("Done.", "Next.")


def test_saving_while_a_colleague_submits_gives_the_words_back(row, plan, lead, delegate, actor_of, client_for):
    play(plan.first, row.round, until="draft", on=TODAY)
    by, client = actor_of(delegate), client_for(lead)
    typed = {"done": "One more thing.", "then": "continue"}
    _, response = while_locked(row, lambda: submit(row, by), lambda: client.post(section_url(row, "progress"), typed))
    assert response.status_code == 403
    assert b"This return is with the overseer." in response.content
    assert b"One more thing." in response.content
    assert ReturnVersion.objects.get().done != "One more thing."


# Closing


def close(round, on: dt.date):
    return rounds.close(round=round, by=team_actor(on), at=clock.now(), reason="We need the numbers today.")


def submitted_or_missing(row) -> str:
    """Where it ended, never both."""
    row.refresh_from_db()
    assert (row.first_submitted_at is not None) is (row.state == "submitted")
    assert row.missed is (row.first_submitted_at is None)
    assert ("missed" in verbs(row)) is row.missed
    return "missing" if row.missed else "submitted"


def test_submitting_while_the_round_is_closed(row, plan, lead, actor_of, team):
    play(plan.first, row.round, until="draft", on=TODAY)
    by = actor_of(lead)
    sent, closed = at_once(lambda: submit(row, by), lambda: close(row.round, TODAY))
    assert not isinstance(closed, Exception)
    assert submitted_or_missing(row) == ("missing" if isinstance(sent, Refusal) else "submitted")


def test_closed_first(row, plan, lead, actor_of, team):
    """The one who submits has asked for the row, and gets it after the close: too late, and told so."""
    play(plan.first, row.round, until="draft", on=TODAY)
    by = actor_of(lead)
    _, refused = while_locked(row, lambda: close(row.round, TODAY), lambda: submit(row, by))
    assert isinstance(refused, Refusal)
    assert "so this return is missing. What was written is kept." in refused.sentence
    assert submitted_or_missing(row) == "missing"


def test_submitted_first(row, plan, lead, actor_of, team):
    play(plan.first, row.round, until="draft", on=TODAY)
    by = actor_of(lead)
    sent, missing = while_locked(row, lambda: submit(row, by), lambda: close(row.round, TODAY))
    assert isinstance(sent, ReturnVersion)
    assert missing == row.round.returns.count() - 1
    assert submitted_or_missing(row) == "submitted"


def test_exempting_while_it_is_submitted(row, plan, lead, actor_of, team):
    play(plan.first, row.round, until="draft", on=TODAY)
    by, staff = actor_of(lead), actor_of(team)
    answers = at_once(
        lambda: submit(row, by),
        lambda: returns.exempt(progress_return=row, reason="It starts in May.", by=staff, at=clock.now()),
    )
    assert sum(isinstance(each, Refusal) for each in answers) == 1
    row.refresh_from_db()
    assert (row.state, row.first_submitted_at is None) in {("submitted", False), ("exempt", True)}
