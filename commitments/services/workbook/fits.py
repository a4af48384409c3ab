"""What the pages' rules would refuse is refused here too: for rows that are new or differ, not for what stands."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from commitments.facts import WHOLE, facts_from, problem_with
from commitments.models import Strategy
from commitments.services.workbook.cells import text_of
from commitments.services.workbook.changes import Changes
from commitments.services.workbook.current import Current
from commitments.services.workbook.parse import Plan, PlanRow
from commitments.targets import MeasureFacts
from kit.workbook_reader import Problems

HELD = ("tenures", "delegations")
FACTS = ("code", "title", "unit_kind", "unit", "decimals", "better", "over_time", "over_groups")
BAD_FOR_SHARES = {"sum", "average"}


def check_fits(plan: Plan, current: Current, problems: Problems) -> None:
    """Add what the rules of commitments, posts, measures and targets refuse."""
    _check_posts_differ(plan, current, problems)
    _check_abolished(plan, current, problems)
    _check_locked_measures(plan, current, problems)
    _check_locked_breakdowns(plan, current, problems)
    _check_shares(plan, current, problems)
    _check_readings(plan, current, problems)


def strategies_touched(changes: Changes, slug: str, current: Current) -> list[Strategy]:
    """The strategies already in STRIDE that the changes reach: the workbook's own, and others that share a measure."""
    if not changes:
        return []
    measures = {"measures": "code", "targets": "measure"}
    breakdowns = {"dimensions": "code", "groups": "dimension"}
    slugs = {slug}
    for sheet in changes.sheets:
        for change in [*sheet.added, *sheet.changed] if sheet.name in measures else []:
            slugs |= current.strategies_of(change.row.values[measures[sheet.name]])
        for change in [*sheet.added, *sheet.changed] if sheet.name in breakdowns else []:
            for (code,), record in current.records["measures"].items():
                if record.values["dimension"] == change.row.values[breakdowns[sheet.name]]:
                    slugs |= current.strategies_of(code)
    strategies = current.records["strategy"]
    return [strategies[(slug,)].row for slug in sorted(slugs) if (slug,) in strategies]


def _differing(sheet: str, plan: Plan, current: Current) -> Iterator[tuple[PlanRow, dict[str, Any]]]:
    """The rows of a sheet that are new or differ, each with the values that STRIDE has for it, if any."""
    for identity, row in plan.index(sheet).items():
        record = current.records[sheet].get(identity)
        old = record.values if record else {}
        if any(old.get(name) != value for name, value in row.values.items() if not (old and name in row.left_out)):
            yield row, old


def _standing(sheet: str, plan: Plan, current: Current) -> dict[tuple, dict[str, Any]]:
    """The values of a sheet's rows as they would be afterwards. A row of which part was refused has none."""
    found = {identity: record.values for identity, record in current.records[sheet].items()}
    for identity, row in plan.index(sheet).items():
        if len(row.values) < len(row.sheet.columns):
            found[identity] = {}
        elif old := found.get(identity):
            found[identity] = {**row.values, **{name: old[name] for name in row.left_out}}
        else:
            found[identity] = row.values
    return found


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


def _check_locked_breakdowns(plan: Plan, current: Current, problems: Problems) -> None:
    """A breakdown, with its groups, of a measure that a locked strategy has stays as that strategy had it."""
    locked: dict[str, Strategy] = {}
    for (code,), record in current.records["measures"].items():
        # That the workbook's own strategy is locked has been said.
        for slug in sorted(current.strategies_of(code) - {plan.slug}):
            strategy = current.records["strategy"][(slug,)].row
            if strategy.is_locked and record.values["dimension"] is not None:
                locked.setdefault(record.values["dimension"], strategy)
    for sheet, column in (("dimensions", "code"), ("groups", "dimension")):
        for row, old in _differing(sheet, plan, current):
            strategy = locked.get(row.values.get(column))
            for name in _differing_columns(row, old) if strategy else ():
                stands = f"As STRIDE has it: {text_of(old[name]) or 'empty'}." if old else "The groups STRIDE has."
                problems.add(
                    f"The breakdown also belongs to {strategy}, which is {strategy.get_state_display().lower()}.",
                    sheet=sheet,
                    row=row.number,
                    column=name,
                    found=text_of(row.values[name]),
                    accepted=f"{stands} Or add another breakdown, under another code.",
                )


def _differing_columns(row: PlanRow, old: dict[str, Any]) -> list[str]:
    """The columns that differ from what STRIDE has; of a new row the one that names it."""
    if not old:
        return [row.sheet.identity[-1]]
    return [name for name, value in row.values.items() if name not in row.left_out and old.get(name) != value]


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


def _check_shares(plan: Plan, current: Current, problems: Problems) -> None:
    """Percentages are never added up or averaged."""
    standing = _standing("measures", plan, current)
    for row, _ in _differing("measures", plan, current):
        values = standing[row.identity]
        for name in ("over_time", "over_groups"):
            if values.get("unit_kind") == "share" and values[name] in BAD_FOR_SHARES:
                problems.add(
                    "Percentages are never added up or averaged.",
                    sheet="measures",
                    row=row.number,
                    column=name,
                    found=values[name],
                    accepted="latest or ratio_of_sums, for a measure whose unit_kind is share.",
                )


def _check_readings(plan: Plan, current: Current, problems: Problems) -> None:
    """What the machine is to read must be readable, and fit the measure."""
    differing = list(_differing("targets", plan, current))
    standing = {name: _standing(name, plan, current) for name in ("dimensions", "groups", "measures", "targets")}
    groups: dict[str, dict[str, str]] = {}
    for (dimension, code), values in standing["groups"].items():
        groups.setdefault(dimension, {})[code] = values.get("title", "")
    for row, _ in differing:
        values = standing["targets"][row.identity]
        if not values:
            continue
        facts = _facts(standing["measures"].get((values["measure"],), {}), standing["dimensions"], groups)
        if sentence := problem_with(values["kind"], values["params"], facts):
            problems.add(
                sentence,
                sheet="targets",
                row=row.number,
                column="params" if values["kind"] else "kind",
                found=text_of(values["params"]),
                accepted="What each kind of target takes is told in docs/plan-workbook.md.",
            )


def _facts(
    values: dict[str, Any], dimensions: dict[tuple, dict[str, Any]], groups: dict[str, dict[str, str]]
) -> MeasureFacts | None:
    """A measure as it would be afterwards; None when it cannot be made out, which has been reported."""
    if not values or (values["unit_kind"] == "share" and {values["over_time"], values["over_groups"]} & BAD_FOR_SHARES):
        return None
    dimension = values["dimension"]
    whole = dimensions.get((dimension,), {}).get("whole") or WHOLE
    named = {"": whole, **groups.get(dimension, {})} if dimension is not None else {}
    return facts_from(groups=named, **{name: values[name] for name in FACTS})
