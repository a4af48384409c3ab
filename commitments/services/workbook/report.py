"""A report as plain lines, for a terminal."""

from commitments.services.workbook.changes import SheetChanges
from commitments.services.workbook.importing import Report

LISTED = 20  # rows of a kind in one sheet; the rest is counted


def report_lines(report: Report) -> list[str]:
    """The problems, or what was or would be changed."""
    if report.changes is None:
        return _problem_lines(report)
    if not report.changes:
        return [f"{report.name}: STRIDE has all of it already. Nothing changes."]
    heading = "Imported:" if report.applied else "This would change:"
    lines = [f"{report.name}: {heading}"]
    for sheet in report.changes.sheets:
        lines.extend(_sheet_lines(sheet))
    return lines


def counted(number: int, noun: str) -> str:
    """1 problem, 2 problems."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _problem_lines(report: Report) -> list[str]:
    lines = [f"{report.name}:", *(f"  {problem}" for problem in report.problems.shown)]
    more = report.problems.total - len(report.problems.shown)
    return [*lines, f"  ... and {more:,} more"] if more else lines


def _sheet_lines(sheet: SheetChanges) -> list[str]:
    lines = [
        f"  {sheet.name}: {len(sheet.added)} added, {len(sheet.changed)} changed, {sheet.unchanged} unchanged, "
        f"{sheet.not_mentioned} not mentioned"
    ]
    for change in sheet.changed[:LISTED]:
        lines.append(f"    {change.label}")
        lines.extend(f"      {field.column}: {field.old!r} -> {field.new!r}" for field in change.fields)
    if len(sheet.changed) > LISTED:
        lines.append(f"    ... and {len(sheet.changed) - LISTED:,} more")
    return lines
