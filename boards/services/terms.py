"""Terms of reference: draft > approved. A draft is changed in sections; approved ones stay as they are."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from boards import rules_terms
from boards.choices import TermsState
from boards.models import Board, Duty, Meeting, ServiceLevel, Terms, TermsAct
from boards.queries import checks
from boards.services import milestones
from boards.services.parts import parts_token
from kit import clock, stale
from kit.stale import Stale
from kit.verdict import Refusal, require
from people.actor import Actor
from people.services.acts import stamp

COPIED = [
    "adopts", "pinned", "purpose", "authority", "horizon_years", "frequency_every", "frequency_unit", "length_minutes",
    "quorum", "item_quorums", "vacancies_count", "deputies_count", "recused_count", "deputies_rule", "attendance_note",
    "relationships_note", "products", "support", "standing_items", "streams", "review_every_months",
]  # fmt: skip


@transaction.atomic
def draft(*, board: Board, by: Actor, at: dt.datetime) -> Terms:
    """A new version, with everything that the last approved one says. Raises Refusal."""
    Board.objects.select_for_update(of=("self",)).get(pk=board.pk)
    versions = list(board.terms.order_by("number"))
    require(rules_terms.may_draft(by, board, any(each.state == TermsState.DRAFT for each in versions)))
    last = max((each for each in versions if each.in_force_from), key=lambda each: each.in_force_from, default=None)
    row = Terms(board=board, number=versions[-1].number + 1 if versions else 1)
    if last:
        for name in COPIED:
            setattr(row, name, getattr(last, name))
    row.save(force_insert=True)
    if last:
        _copy(last.duties.all(), row)
        _copy(last.service_levels.all(), row)
    _act(row, "drafted", "", by, at, f"From version {last.number}." if last else "")
    return row


@transaction.atomic
def change(*, terms: Terms, values: dict[str, Any], seen: str, by: Actor) -> Terms:
    """Keep what one section says, unless somebody else changed it since it was `seen`. Raises Refusal and Stale."""
    row = stale.current(terms, values, seen)
    require(rules_terms.may_edit(by, row))
    for name, value in values.items():
        setattr(row, name, value)
    if "adopts" in values:
        require(rules_terms.fits_pin(row.adopts, row.pinned))
        if problem := checks.adoption_problem(row, clock.today()):
            raise Refusal(problem)
    row.save(update_fields=list(values))
    return row


@transaction.atomic
def change_duties(*, terms: Terms, duties: Sequence[Duty], seen: str, by: Actor) -> Terms:
    """Put these duties, in this order, in place of those that were `seen`. Raises Refusal and Stale."""
    row = _open(terms, by)
    current = list(row.duties.all())
    if parts_token(current) != seen:
        raise Stale(row)
    _replace(row, current, list(duties), "key")
    return row


@transaction.atomic
def change_levels(*, terms: Terms, levels: Sequence[ServiceLevel], seen: str, by: Actor) -> Terms:
    """Put these service levels in place of those that were `seen`. Raises Refusal and Stale."""
    row = _open(terms, by)
    current = list(row.service_levels.all())
    if parts_token(current) != seen:
        raise Stale(row)
    _replace(row, current, list(levels), "product")
    return row


@transaction.atomic
def approve(
    *, terms: Terms, decision: str, decided_on: dt.date, in_force_from: dt.date, by: Actor, at: dt.datetime
) -> Terms:
    """The draft holds from a day, by a decision, and moves the deadlines ahead. Raises Refusal with what is wrong."""
    # All boards: two that adopt each other at the same moment would make a circle.
    list(Board.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    row = Terms.objects.select_for_update(of=("self",)).select_related("board", "adopts").get(pk=terms.pk)
    today = clock.local_date(at)
    require(rules_terms.may_approve(by, row, checks.problems(row, max(in_force_from, today))))
    require(rules_terms.names_decision(decision))
    require(rules_terms.fits_decision_day(decided_on, today))
    approved = Terms.objects.filter(board=row.board_id, state=TermsState.APPROVED)
    held = Meeting.objects.filter(board=row.board_id, state="held")
    require(rules_terms.fits_in_force(in_force_from, row.board, approved, held))
    row.decision, row.approved_on, row.in_force_from = decision, decided_on, in_force_from
    row.state = TermsState.APPROVED
    row.save(update_fields=["decision", "approved_on", "in_force_from", "state"])
    _act(row, "approved", TermsState.DRAFT, by, at, decision)
    milestones.follow_terms(board=row.board, at=at)
    return row


def _open(terms: Terms, by: Actor) -> Terms:
    row = Terms.objects.select_for_update(of=("self",)).get(pk=terms.pk)
    require(rules_terms.may_edit(by, row))
    return row


def _copy(parts, to: Terms) -> None:
    for part in parts:
        part.pk, part._state.adding, part.terms = None, True, to
        part.save(force_insert=True)


def _replace(terms: Terms, current: list, wanted: list, name: str) -> None:
    """Delete, change and add, so that the ledger says of each part what became of it."""
    there = {getattr(part, name): part for part in current}
    kept = {getattr(part, name) for part in wanted}
    for key in there.keys() - kept:
        there[key].delete()
    for part in wanted:
        part.terms = terms
        if old := there.get(getattr(part, name)):
            part.pk, part._state.adding = old.pk, False
            if parts_token([old]) != parts_token([part]):
                part.save(force_update=True)
        else:
            part.save(force_insert=True)


def _act(row: Terms, verb: str, came_from: str, by: Actor, at: dt.datetime, reason: str) -> None:
    TermsAct.objects.create(
        terms=row, verb=verb, from_state=came_from, to_state=row.state, at=at, reason=reason, **stamp(by)
    )
