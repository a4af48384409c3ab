"""From sheets of text to rows of values, each cell checked by itself. What rows say of each other is checked later."""

import difflib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from commitments.services.workbook.cells import Refused, accepted, value_of
from commitments.services.workbook.layout import BY_NAME, SHEETS, Column, SheetLayout
from kit.workbook_reader import Problems, Sheet, SheetRow, Workbook

Identity = tuple[Any, ...]


def label_of(identity: Identity) -> str:
    """What tells a row apart, for people to read."""
    return ", ".join(str(part) for part in identity)


@dataclass(frozen=True)
class PlanRow:
    """A row of the workbook. A value that was refused, and reported, is missing from `values`.

    A column that its sheet leaves out (`left_out`) has the value of a new row; a row that is in STRIDE keeps its own.
    """

    sheet: SheetLayout
    number: int
    values: dict[str, Any]
    left_out: frozenset[str] = frozenset()

    @property
    def identity(self) -> Identity | None:
        """What tells the row apart, or None when part of it was refused."""
        if any(name not in self.values for name in self.sheet.identity):
            return None
        return tuple(self.values[name] for name in self.sheet.identity)

    def key(self, names: tuple[str, ...]) -> Identity | None:
        """The values of some columns, or None when one was refused."""
        return tuple(self.values[name] for name in names) if all(name in self.values for name in names) else None


@dataclass
class Plan:
    """The workbook's rows by sheet. Of sheets in `unsure` not every row is known: no pointing there is called wrong."""

    name: str
    rows: dict[str, list[PlanRow]]
    problems: Problems
    unsure: set[str] = field(default_factory=set)

    def index(self, sheet: str) -> dict[Identity, PlanRow]:
        """The rows of a sheet by what tells them apart; of two that are the same, the first."""
        found: dict[Identity, PlanRow] = {}
        for row in self.rows[sheet]:
            if row.identity is not None:
                found.setdefault(row.identity, row)
        return found

    @property
    def slug(self) -> str:
        """The slug of the strategy, or an empty text when the workbook does not give one."""
        return next((row.values["slug"] for row in self.rows["strategy"] if "slug" in row.values), "")


def parse(workbook: Workbook) -> Plan:
    """Check and convert every cell. Problems are added to those of reading."""
    plan = Plan(workbook.name, {sheet.name: [] for sheet in SHEETS}, workbook.problems, set(workbook.unreadable))
    if workbook.problems and not workbook.sheets:
        return plan
    if not any(sheet.rows for sheet in workbook.sheets.values()) and not workbook.problems:
        plan.problems.add(
            "The workbook is empty.",
            accepted=f"It must have the sheets {', '.join(sheet.name for sheet in SHEETS if sheet.needed)}.",
        )
        return plan
    for layout in SHEETS:
        if layout.name in workbook.sheets:
            _parse_sheet(layout, workbook.sheets[layout.name], plan)
        elif layout.needed and layout.name not in workbook.unreadable:
            plan.unsure.add(layout.name)
            plan.problems.add(
                f"The sheet {layout.name} is missing.",
                sheet=layout.name,
                accepted=f"It must have the columns {', '.join(layout.headings)}.",
            )
    return plan


def _parse_sheet(layout: SheetLayout, sheet: Sheet, plan: Plan) -> None:
    """A wrong heading or cell makes only itself unknown: everything else is checked, so that one report says it all."""
    headings = [heading.casefold() for heading in sheet.headings]
    _check_headings(layout, headings, sheet.rows, plan.problems)
    known = [column for column in layout.columns if _is_known(column, headings.count(column.name))]
    for row in sheet.rows:
        plan.rows[layout.name].append(_parse_row(layout, known, headings, row, plan))
    if not set(layout.identity) <= {column.name for column in known}:
        plan.unsure.add(layout.name)
    if layout.name == "strategy" and len(sheet.rows) != 1:
        plan.problems.add(
            f"The sheet has {len(sheet.rows)} rows under its headings.",
            sheet="strategy",
            row=sheet.rows[1].number if sheet.rows else 2,
            accepted="It must have exactly one: the strategy of the workbook.",
        )


def _is_known(column: Column, times: int) -> bool:
    """There once, or left out where that is allowed."""
    return times == 1 or (column.optional and times == 0)


def _check_headings(layout: SheetLayout, headings: list[str], rows: tuple[SheetRow, ...], problems: Problems) -> None:
    for heading, times in Counter(headings).items():
        if heading and heading not in layout.by_name:
            near = difflib.get_close_matches(heading, layout.headings, n=1)
            problems.add(
                "There is no such column in this sheet." + (f" Did you mean {near[0]}?" if near else ""),
                sheet=layout.name,
                row=1,
                column=heading[:60],
                found=heading,
                accepted=f"The columns are {', '.join(layout.headings)}.",
            )
        elif heading and times > 1:
            problems.add(
                f"The column is there {times} times.",
                sheet=layout.name,
                row=1,
                column=heading,
                accepted="Each column comes once.",
            )
    for missing in (name for name in layout.needed_headings if name not in headings):
        problems.add(
            "The column is missing.",
            sheet=layout.name,
            row=1,
            column=missing,
            accepted=f"The columns are {', '.join(layout.headings)}. Those without a value stay empty.",
        )
    named = {index for index, heading in enumerate(headings) if heading}
    for row in rows:
        stray = [text for index, text in enumerate(row.cells) if text and index not in named]
        if stray:
            problems.add(
                "The row has a value under no heading.",
                sheet=layout.name,
                row=row.number,
                found=stray[0],
                accepted="Each value stands under the heading of a column.",
            )


def _parse_row(layout: SheetLayout, known: list[Column], headings: list[str], row: SheetRow, plan: Plan) -> PlanRow:
    texts = dict(zip(headings, [*row.cells, *[""] * (len(headings) - len(row.cells))], strict=False))
    values = {}
    for column in known:
        text = texts.get(column.name, "")
        if text is None:
            # A formula, for example: the row may be any that others point to.
            if column.name in layout.identity:
                plan.unsure.add(layout.name)
            continue
        try:
            values[column.name] = value_of(column, text)
        except Refused as refusal:
            plan.problems.add(
                str(refusal),
                sheet=layout.name,
                row=row.number,
                column=column.name,
                found=text,
                accepted=accepted(column),
            )
    return PlanRow(BY_NAME[layout.name], row.number, values, frozenset(layout.headings) - frozenset(headings))
