"""Loads the example: the plan by its workbook; returns and boards by the same doors that people use, on their days.

Nothing here writes a state by hand: what the example shows is what the rules allowed.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from itertools import groupby

import pghistory
from django.db import transaction

from commitments.models import Measure, Strategy
from commitments.services import strategies
from commitments.services.workbook import import_workbook, load_plan, report_lines
from kit import clock
from kit.periods import Period
from monitoring.choices import SECTIONS
from monitoring.forms.returns import SECTION_FORMS
from monitoring.models import ProgressReturn, ReportingRound
from monitoring.rules_observations import Figure
from monitoring.services import observations, returns, rounds
from people.actor import Actor, actor_for
from people.models import Person, Role, User
from stride import demonstration_boards, demonstration_records
from stride.context_processors import DEMO_PASSWORD, PERSONAS
from stride.demonstration_steps import EXAMPLES, SLUG, Step, moment, play, rows
from stride.demonstration_steps import at as _at
from stride.demonstration_steps import day as _day
from stride.demonstration_steps import person as _person

ROLES = {
    "admin": Role.ADMINISTRATOR,
    "team": Role.STRATEGY_TEAM,
    "secretariat": Role.SECRETARIAT,
    "auditor": Role.AUDITOR,
    "viewer": Role.VIEWER,
    "member": Role.VIEWER,
    "adviser": Role.VIEWER,
}
TOO_OLD = "The example was loaded by an older version, without papers, packs and minutes. “make clean” removes it."
DRAFTED, APPROVED, IN_FORCE = dt.date(2021, 3, 1), dt.date(2021, 3, 25), dt.date(2021, 4, 1)


def is_loaded() -> bool:
    """Whether all of the example is there."""
    return _has_returns() and demonstration_boards.is_loaded() and demonstration_records.is_loaded()


def is_too_old() -> bool:
    """Whether boards were loaded before the example had records.

    Their meetings were held, and what is held takes no papers and no packs any more.
    """
    return demonstration_boards.is_loaded() and not demonstration_records.is_loaded()


@transaction.atomic
def load() -> None:
    """Load what is missing of the example, or nothing. Raises ValueError with the importer's report, and Refusal.

    Nothing can be added to one that `is_too_old`.
    """
    if is_too_old():
        raise ValueError(TOO_OLD)
    with pghistory.context(name="example", url="load_demonstration"):
        if _has_returns():  # loaded before the example had boards
            with moment(DRAFTED):
                _people()
            play([*demonstration_boards.steps(), *demonstration_records.steps()])
        else:
            strategy = load_plan_only()
            play([*_steps(strategy), *demonstration_boards.steps(), *demonstration_records.steps()])


def load_plan_only() -> Strategy:
    """The plan in force and everybody who signs in; no returns, no boards. Raises as `load` does."""
    with moment(DRAFTED):
        report = import_workbook(source=load_plan(EXAMPLES / SLUG), by=None)
        if not report.applied:
            raise ValueError("\n".join(report_lines(report)))
        _people()
    strategy = Strategy.objects.get(slug=SLUG)
    _bring_into_force(strategy)
    return strategy


def _has_returns() -> bool:
    return ReportingRound.objects.filter(strategy__slug=SLUG).exists()


def _people() -> None:
    """Everybody in the example can hold a post or a seat; only the personas have a password."""
    demonstration_boards.add_people()
    there = set(User.objects.values_list("email", flat=True))
    for name in [name for name, _ in PERSONAS if f"{name}@stride.example" not in there]:
        user = User.objects.create_user(
            f"{name}@stride.example", DEMO_PASSWORD, roles=[ROLES[name]] if name in ROLES else []
        )
        Person.objects.update_or_create(
            code=f"persona-{name}", defaults={"user": user}, create_defaults={"user": user, "name": name.title()}
        )
    for person in Person.objects.filter(user__isnull=True).exclude(email=""):
        person.user = User.objects.create_user(person.email)
        person.save()


def _bring_into_force(strategy: Strategy) -> None:
    for day, door, reason in (
        (APPROVED, strategies.approve, "Approved by the Management Board: Inclusion, Diversity and Engagement."),
        (IN_FORCE, strategies.bring_into_force, "Shadow returns begin before the launch in September 2021."),
    ):
        with moment(day):
            door(strategy=strategy, by=_team(day), at=clock.now(), reason=reason)
        strategy.refresh_from_db()


def _rows(name: str) -> list[dict[str, str]]:
    return rows(f"{SLUG}-returns", name)


def _steps(strategy: Strategy) -> list[Step]:
    """Everything that happens, each with its moment."""
    steps: list[Step] = []
    for row in _rows("rounds.csv"):
        steps += _round_steps(strategy, row)
    for row in _rows("returns.csv"):
        steps += _return_steps(strategy, row)
    return steps + _figure_steps()


def _figure_steps() -> list[Step]:
    """What somebody recorded on a day, as one step: half an hour before returns are written."""
    rows = sorted(_rows("observations.csv"), key=lambda row: (row["entered_on"], row["by"]))
    return [
        (_at(_day(on), 9) + dt.timedelta(minutes=30), lambda on=on, by=by, rows=list(each): _record(rows, by, _day(on)))
        for (on, by), each in groupby(rows, key=lambda row: (row["entered_on"], row["by"]))
    ]


def _record(rows: list[dict[str, str]], by: str, on: dt.date) -> None:
    codes = {row["measure"] for row in rows}
    measures = {each.code: each for each in Measure.objects.filter(code__in=codes).select_related("dimension")}
    groups = {
        (code, group.code): group
        for code, measure in measures.items()
        if measure.dimension_id
        for group in measure.dimension.groups.all()
    }
    figures = [
        Figure(
            measure=measures[row["measure"]],
            period=Period(_day(row["period_starts"]), _day(row["period_ends"]), ""),
            group=groups[row["measure"], row["group"]] if row["group"] else None,
            value=_number(row["value"]),
            numerator=_number(row["numerator"]),
            denominator=_number(row["denominator"]),
            status=row["status"],
            reason=row["reason"],
        )
        for row in rows
    ]
    observations.record_many(figures=figures, by=_person(by, on), at=clock.now())


def _round_steps(strategy: Strategy, row: dict[str, str]) -> list[Step]:
    opens = _day(row["opens_on"])

    def plan() -> None:
        days = {name: _day(row[name]) for name in ("period_starts", "period_ends", "opens_on", "due_on", "closes_on")}
        planned = ReportingRound(strategy=strategy, cycle=row["cycle"], label=row["label"], note=row["note"], **days)
        rounds.plan(round=planned, by=_team(opens), at=clock.now())

    def open_() -> None:
        rounds.open_round(round=_round(strategy, row["label"]), by=_team(opens), at=clock.now())

    steps = [(_at(opens, 8), plan), (_at(opens, 9), open_)]
    if row["closed_on"]:
        closes = _day(row["closed_on"])

        def close() -> None:
            rounds.close(
                round=_round(strategy, row["label"]), by=_team(closes), at=clock.now(), reason="All leads were chased."
            )

        steps.append((_at(closes, 18), close))
    return steps


def _return_steps(strategy: Strategy, row: dict[str, str]) -> list[Step]:
    """What happened to one version of one return, from first words to signature."""
    find = lambda: ProgressReturn.objects.get(  # noqa: E731
        round__strategy=strategy, round__label=row["round"], commitment__number=row["commitment"]
    )
    ends_as = row["ends_as"]
    opened = next(_day(each["opens_on"]) for each in _rows("rounds.csv") if each["label"] == row["round"])
    steps: list[Step] = []
    if ends_as == "exempt":
        act = lambda: returns.exempt(  # noqa: E731
            progress_return=find(), reason=row["exempt_reason"], by=_team(opened), at=clock.now()
        )
        return [(_at(opened, 10), act)]
    if row["reopened_on"]:
        day = _day(row["reopened_on"])
        reopen = lambda: returns.reopen(  # noqa: E731
            progress_return=find(), reason=row["reopened_reason"], by=_team(day), at=clock.now()
        )
        steps.append((_at(day, 11), reopen))
    if ends_as in {"not_started", "missing"} and not row["done"]:
        return steps
    submitted = _day(row["submitted_on"]) if row["submitted_on"] else None
    nil = ends_as.startswith("nil")
    written_on = submitted or opened + dt.timedelta(days=6)
    writer = row["submitted_by"]
    if not nil:
        steps.append((_at(written_on, 10), lambda: _write(find(), row, _author(find(), writer, written_on))))
    if submitted:
        steps.append((_at(submitted, 11), lambda: _submit(find(), writer, submitted, nil=nil)))
    if row["change_on"]:
        steps += _change_steps(find, row, _day(row["change_on"]))
    if row["signed_off_on"]:
        signed = _day(row["signed_off_on"])
        sign = lambda: returns.sign_off(  # noqa: E731
            progress_return=find(),
            rating=row["overseer_rating"],
            comment=row["overseer_comment"],
            by=_person(row["signed_off_by"], signed),
            at=clock.now(),
        )
        steps.append((_at(signed, 15), sign))
    return steps


def _change_steps(find: Callable[[], ProgressReturn], row: dict[str, str], day: dt.date) -> list[Step]:
    """The overseer asks for changes; where it was signed off later, the lead answered the next day."""
    sections = [slug.strip() for slug in row["change_sections"].split(";") if slug.strip()]

    def ask() -> None:
        progress_return = find()
        overseer = progress_return.commitment.overseer_post
        holder = overseer.tenures.holding_on(day).get().person
        returns.request_changes(
            progress_return=progress_return,
            reasons=dict.fromkeys(sections, row["change_reason"]),
            by=actor_for(holder.user, day),
            at=clock.now(),
        )

    steps: list[Step] = [(_at(day, 14), ask)]
    if row["ends_as"] == "signed_off":
        answered = day + dt.timedelta(days=1)

        def answer() -> None:
            _write(
                find(), {**row, "risks": row["risks"] or "None new."}, _author(find(), row["submitted_by"], answered)
            )
            _submit(find(), row["submitted_by"], answered)

        steps.append((_at(answered, 10), answer))
    return steps


def _write(progress_return: ProgressReturn, row: dict[str, str], by: Actor) -> None:
    """Fill the sections in as their forms would read them."""
    for section in SECTIONS:
        form = SECTION_FORMS[section.slug]
        answers = {
            name: form.base_fields[name].clean(_day(row[name]) if name in {"green_by", "expected_on"} else row[name])
            for name in section.fields
            if row[name]
        }
        if not answers:
            continue
        returns.save_section(
            progress_return=progress_return, section=section.slug, answers=answers, seen="", by=by, at=clock.now()
        )
        returns.mark_section(progress_return=progress_return, section=section.slug, done=True, by=by, at=clock.now())


def _submit(progress_return: ProgressReturn, writer: str, day: dt.date, *, nil: bool = False) -> None:
    returns.submit(progress_return=progress_return, by=_author(progress_return, writer, day), at=clock.now(), nil=nil)


def _author(progress_return: ProgressReturn, code: str, day: dt.date) -> Actor:
    """Whom the example names, else the holder of the lead's post on the day."""
    if code:
        return _person(code, day)
    return actor_for(progress_return.commitment.lead_post.tenures.holding_on(day).get().person.user, day)


def _team(day: dt.date) -> Actor:
    return _person("persona-team", day)


def _round(strategy: Strategy, label: str) -> ReportingRound:
    return ReportingRound.objects.get(strategy=strategy, label=label)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
