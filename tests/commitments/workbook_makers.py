"""A small plan as sheets of rows, written as a folder or an XLSX, and a count of everything the database holds."""

import csv
from pathlib import Path

import openpyxl
import pghistory.models
from django.apps import apps

from commitments.services.workbook.layout import BY_NAME, SHEETS

Sheets = dict[str, list[dict[str, str]]]

STRATEGY = {
    "slug": "plan",
    "title": "The plan",
    "starts": "2021-04-01",
    "ends": "2025-03-31",
    "green_means": "On course.",
    "amber_means": "At risk.",
    "red_means": "Off course.",
}


def small_plan() -> Sheets:
    """Something in every sheet; all of it right."""
    return {
        "strategy": [dict(STRATEGY)],
        "units": [
            {"code": "body", "name": "The body", "kind": "organisation"},
            {"code": "north", "name": "North", "kind": "team", "parent": "body"},
        ],
        "posts": [
            {"code": "head", "title": "Head of North", "unit": "north"},
            {"code": "chief", "title": "Chief", "unit": "body"},
        ],
        "people": [
            {"code": "ann", "name": "Ann Able", "email": "ann@stride.example"},
            {"code": "bob", "name": "Bob Best"},
        ],
        "tenures": [
            {"post": "head", "person": "ann", "basis": "substantive", "starts": "2021-04-01"},
            {"post": "chief", "person": "bob", "basis": "substantive", "starts": "2021-04-01", "ends": "2022-03-31"},
        ],
        "delegations": [{"post": "head", "person": "bob", "starts": "2021-04-01", "ends": "2021-12-31"}],
        "programmes": [{"number": "1", "title": "Protection"}, {"number": "2", "title": "Trust"}],
        "strands": [{"programme": "1", "number": "1", "title": "People"}],
        "commitments": [
            {
                "number": "1",
                "title": "Keep people safe",
                "statement": "We will keep people safe.",
                "programme": "1",
                "strand": "1",
                "lead_post": "head",
                "overseer_post": "chief",
                "due_on": "2023-03-31",
                "characteristics": "race; sex",
                "duty_aims": "foster",
            },
            {
                "number": "2",
                "title": "Listen",
                "statement": "We will listen.",
                "programme": "2",
                "lead_post": "head",
                "overseer_post": "chief",
            },
        ],
        "dimensions": [{"code": "ethnicity", "title": "Ethnicity", "kind": "group", "whole": "all"}],
        "groups": [{"dimension": "ethnicity", "code": "black", "title": "Black respondents", "order": "1"}],
        "measures": [
            {
                "code": "trust",
                "title": "Trust",
                "unit": "per cent",
                "unit_kind": "share",
                "dimension": "ethnicity",
                "owner_post": "chief",
            }
        ],
        "targets": [
            {
                "code": "trust-90",
                "measure": "trust",
                "wording": "90 per cent.",
                "due_on": "2025-03-31",
                "kind": "reach_level",
                "params": '{"at_least": "90"}',
                "tolerance": "0.5",
            }
        ],
        "commitment_measures": [{"commitment": "1", "measure": "trust"}],
    }


def as_rows(name: str, rows: list[dict[str, str]]) -> list[list[str]]:
    """Headings and rows as lists. Columns that the format does not know come last, as they are."""
    known = BY_NAME[name].headings if name in BY_NAME else []
    extra = [column for column in (rows[0] if rows else {}) if column not in known]
    headings = [*known, *extra]
    return [headings, *([row.get(column, "") for column in headings] for row in rows)]


def write_folder(folder: Path, sheets: Sheets) -> Path:
    """One CSV file a sheet, and no other."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.csv"):
        old.unlink()
    for name, rows in sheets.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(as_rows(name, rows))
    return folder


def book_of(sheets: Sheets) -> openpyxl.Workbook:
    """The sheets as a spreadsheet, to be changed before it is saved."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        worksheet = book.create_sheet(name)
        for row in as_rows(name, rows):
            worksheet.append([value or None for value in row])
    return book


def write_xlsx(path: Path, sheets: Sheets) -> Path:
    """The sheets as an XLSX file."""
    book_of(sheets).save(path)
    return path


def held() -> dict[str, int]:
    """How many rows every table of the plan, and the whole ledger, holds."""
    counts = {sheet.name: sheet.model.objects.count() for sheet in SHEETS}
    events = [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]
    return counts | {"ledger": sum(model.objects.count() for model in events)}
