"""What rows say of each other, and of what STRIDE has already: the workbook is looked in first, then the database."""

import datetime as dt
from typing import Any

from commitments.services.workbook.cells import accepted
from commitments.services.workbook.current import Current
from commitments.services.workbook.fits import check_fits
from commitments.services.workbook.layout import BY_NAME, SHEETS, Kind, SheetLayout
from commitments.services.workbook.parse import Plan, PlanRow, label_of
from kit.workbook_reader import Problems


def check(plan: Plan, current: Current) -> Problems:
    """The plan's own problems, and whatever its rows say that cannot be."""
    problems = Problems(list(plan.problems.shown), plan.problems.total)
    _check_strategy(plan, current, problems)
    for sheet in SHEETS:
        _check_repeated(sheet, plan, problems)
        _check_references(sheet, plan, current, problems)
        if sheet.period:
            _check_order(sheet, plan, problems)
        if sheet.one_at_a_time:
            _check_overlaps(sheet, plan, current, problems)
        if sheet.parent:
            _check_circles(sheet, plan, current, problems)
    check_fits(plan, current, problems)
    return problems


def _check_strategy(plan: Plan, current: Current, problems: Problems) -> None:
    record = current.records["strategy"].get((plan.slug,))
    if record is not None and record.row.is_locked:
        problems.add(
            f"The strategy is {record.row.get_state_display().lower()}: it can no longer be changed.",
            sheet="strategy",
            row=plan.rows["strategy"][0].number,
            column="slug",
            found=plan.slug,
            accepted="The slug of a strategy that is still open, or a new one.",
        )


def _check_repeated(sheet: SheetLayout, plan: Plan, problems: Problems) -> None:
    first: dict[tuple, int] = {}
    # More than one strategy has been reported already.
    for row in plan.rows[sheet.name] if sheet.name != "strategy" else []:
        if row.identity is None:
            continue
        if row.identity in first:
            problems.add(
                f"Rows {first[row.identity]} and {row.number} are about the same {sheet.noun}.",
                sheet=sheet.name,
                row=row.number,
                column=", ".join(sheet.identity),
                found=label_of(row.identity),
                accepted=f"Each {sheet.noun} has one row.",
            )
        first.setdefault(row.identity, row.number)


def _check_references(sheet: SheetLayout, plan: Plan, current: Current, problems: Problems) -> None:
    for column in sheet.columns:
        if column.kind != Kind.REFERENCE or column.to in plan.unsure:
            continue
        known = plan.index(column.to)
        for row in plan.rows[sheet.name]:
            key = row.key(sheet.key_columns(column))
            if key is None or key[-1] is None or key in known or current.has(column.to, key):
                continue
            problems.add(
                f"There is no such {BY_NAME[column.to].noun}.",
                sheet=sheet.name,
                row=row.number,
                column=column.name,
                found=label_of(key),
                accepted=accepted(column),
            )


def _check_order(sheet: SheetLayout, plan: Plan, problems: Problems) -> None:
    first_name, last_name = sheet.period
    for row in plan.rows[sheet.name]:
        first, last = row.values.get(first_name), row.values.get(last_name)
        if first and last and last < first:
            problems.add(
                f"The date is before {first_name}, which is {first}.",
                sheet=sheet.name,
                row=row.number,
                column=last_name,
                found=last,
                accepted=f"The same day as {first_name}, or a later one.",
            )


def _check_overlaps(sheet: SheetLayout, plan: Plan, current: Current, problems: Problems) -> None:
    """Of those who hold the same thing, each must end before the next starts."""
    mentioned = plan.index(sheet.name)
    spans: dict[tuple, list[tuple[dt.date, dt.date, PlanRow | None]]] = {}
    for row in mentioned.values():
        if "ends" in row.values:
            _add_span(spans, sheet, row.values, row)
    for identity, record in current.records[sheet.name].items():
        if identity not in mentioned:
            _add_span(spans, sheet, record.values, None)
    for together in spans.values():
        together.sort(key=lambda span: span[:2])
        latest = together[0]
        for span in together[1:]:
            if span[0] <= latest[1]:
                _report_overlap(sheet, problems, latest, span)
            latest = max(latest, span, key=lambda held: held[1])


def _add_span(spans: dict, sheet: SheetLayout, values: dict[str, Any], row: PlanRow | None) -> None:
    ends = values["ends"] or dt.date.max
    if ends >= values["starts"]:
        key = tuple(values[name] for name in sheet.one_at_a_time)
        spans.setdefault(key, []).append((values["starts"], ends, row))


def _report_overlap(sheet: SheetLayout, problems: Problems, one: tuple, other: tuple) -> None:
    here, there = (other, one) if other[2] is not None else (one, other)
    against = f"row {there[2].number}" if there[2] is not None else f"the one in STRIDE from {there[0]}"
    lasts = "with no end" if here[1] == dt.date.max else f"to {here[1]}"
    problems.add(
        f"The days overlap with {against}.",
        sheet=sheet.name,
        row=here[2].number,
        column="starts, ends",
        found=f"{here[0]} {lasts}",
        accepted=f"One {sheet.noun} at a time for each {' and '.join(sheet.one_at_a_time)}.",
    )


def _check_circles(sheet: SheetLayout, plan: Plan, current: Current, problems: Problems) -> None:
    """Following the parents from a row must come to an end."""
    rows = plan.index(sheet.name)
    parents = {identity[0]: record.values[sheet.parent] for identity, record in current.records[sheet.name].items()}
    parents |= {identity[0]: row.values.get(sheet.parent) for identity, row in rows.items()}
    endless = _in_circles(parents)
    for (code,), row in rows.items():
        if code in endless:
            problems.add(
                f"Following {sheet.parent} from here comes back to here.",
                sheet=sheet.name,
                row=row.number,
                column=sheet.parent,
                found=parents[code],
                accepted=accepted(sheet.by_name[sheet.parent]),
            )


def _in_circles(parents: dict[str, str | None]) -> set[str]:
    """The codes that stand in a circle. Each code is walked once, so that long chains stay cheap."""
    done: set[str] = set()
    circles: set[str] = set()
    for start in parents:
        path: dict[str, int] = {}
        code: str | None = start
        while code in parents and code not in done and code not in path:
            path[code] = len(path)
            code = parents[code]
        if code in path:
            circles.update(list(path)[path[code] :])
        done.update(path)
    return circles
