"""What the pages' rules would refuse is refused here too: for rows that are new or differ, not for what stands."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from commitments.models import Strategy
from commitments.services.workbook.changes import Changes
from commitments.services.workbook.current import Current
from commitments.services.workbook.parse import Plan, PlanRow
from kit.workbook_reader import Problems

HELD = ("tenures", "delegations")


def check_fits(plan: Plan, current: Current, problems: Problems) -> None:
    """Add what the rules of commitments, posts and measures refuse."""
    _check_posts_differ(plan, current, problems)
    _check_abolished(plan, current, problems)
    _check_locked_measures(plan, current, problems)


def strategies_touched(changes: Changes, slug: str, current: Current) -> list[Strategy]:
    """The strategies already in STRIDE that the changes reach: the workbook's own, and others that share a measure."""
    if not changes:
        return []
    measures = {"measures": "code", "targets": "measure"}
    slugs = {slug}
    for sheet in changes.sheets:
        for change in [*sheet.added, *sheet.changed] if sheet.name in measures else []:
            slugs |= current.strategies_of(change.row.values[measures[sheet.name]])
    strategies = current.records["strategy"]
    return [strategies[(slug,)].row for slug in sorted(slugs) if (slug,) in strategies]


def _differing(sheet: str, plan: Plan, current: Current) -> Iterator[tuple[PlanRow, dict[str, Any]]]:
    """The rows of a sheet that are new or differ, each with the values that STRIDE has for it, if any."""
    for identity, row in plan.index(sheet).items():
        record = current.records[sheet].get(identity)
        old = record.values if record else {}
        if any(old.get(name) != value for name, value in row.values.items()):
            yield row, old


def _check_posts_differ(plan: Plan, current: Current, problems: Problems) -> None:
    for row, _ in _differing("commitments", plan, current):
        lead = row.values.get("lead_post")
        if lead and lead == row.values.get("overseer_post"):
            problems.add(
                "The lead and the overseer must be different posts.",
                sheet="commitments",
                row=row.number,
                column="overseer_post",
                found=lead,
                accepted="The code of another post than lead_post.",
            )


def _check_abolished(plan: Plan, current: Current, problems: Problems) -> None:
    """Nobody holds a post, or drafts for it, after it was abolished."""
    last_days = {key[0]: record.values["abolished_on"] for key, record in current.records["posts"].items()}
    last_days |= {key[0]: row.values.get("abolished_on") for key, row in plan.index("posts").items()}
    for sheet in HELD:
        for row, _ in _differing(sheet, plan, current):
            last = last_days.get(row.values.get("post"))
            if last and "ends" in row.values and _goes_past(row.values["ends"], last):
                problems.add(
                    f"The post was abolished on {last}.",
                    sheet=sheet,
                    row=row.number,
                    column="ends",
                    found=row.values["ends"] or "no end",
                    accepted=f"A date no later than {last}.",
                )
    standing = _ends_in_stride(plan, current)
    for row, _ in _differing("posts", plan, current):
        last = row.values.get("abolished_on")
        if last and any(_goes_past(ends, last) for ends in standing.get(row.values.get("code"), [])):
            problems.add(
                "Somebody in STRIDE would still hold this post, or draft for it, afterwards.",
                sheet="posts",
                row=row.number,
                column="abolished_on",
                found=last,
                accepted="Give their tenures and delegations a last day no later than that.",
            )


def _goes_past(ends: date | None, last: date) -> bool:
    return ends is None or ends > last


def _ends_in_stride(plan: Plan, current: Current) -> dict[str, list[date | None]]:
    """By post, the last days of those who hold it or draft for it, and whom the workbook does not mention."""
    ends: dict[str, list[date | None]] = {}
    for sheet in HELD:
        mentioned = plan.index(sheet)
        for identity, record in current.records[sheet].items():
            if identity not in mentioned:
                ends.setdefault(record.values["post"], []).append(record.values["ends"])
    return ends


def _check_locked_measures(plan: Plan, current: Current, problems: Problems) -> None:
    """A measure, with its targets, that also supports a locked strategy stays as that strategy had it."""
    for sheet, column in (("measures", "code"), ("targets", "measure")):
        for row, old in _differing(sheet, plan, current):
            for measure in {row.values.get(column), old.get(column)} - {None}:
                # That the workbook's own strategy is locked has been said.
                for slug in sorted(current.strategies_of(measure) - {plan.slug}):
                    _refuse_locked(current.records["strategy"][(slug,)].row, row, column, measure, problems)


def _refuse_locked(strategy: Strategy, row: PlanRow, column: str, measure: str, problems: Problems) -> None:
    if strategy.is_locked:
        problems.add(
            f"The measure also belongs to {strategy}, which is {strategy.get_state_display().lower()}.",
            sheet=row.sheet.name,
            row=row.number,
            column=column,
            found=measure,
            accepted="Add a new measure, under another code, instead of changing this one.",
        )
