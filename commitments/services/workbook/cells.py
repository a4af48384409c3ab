"""One cell: from text to a value and back, and the sentence that says what is accepted."""

import datetime as dt
import json
import re
from decimal import Decimal
from typing import Any, NoReturn

from django.core.exceptions import ValidationError

from commitments.services.workbook.layout import (
    BY_NAME,
    LIST_SEPARATOR,
    SHEETS,
    Column,
    Kind,
    SheetLayout,
)
from kit.workbook_reader import clean_text

ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WHOLE_NUMBER = re.compile(r"[0-9]{1,9}")
# Spreadsheets write very small numbers with an exponent.
DECIMAL_NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,20})?([eE]-[0-9]{1,2})?")


class Refused(Exception):
    """A cell's text is not accepted. Its text says what is wrong; `accepted` of the column says the rest."""


def value_of(column: Column, text: str) -> Any:
    """The value that a cell's clean text stands for. Raises Refused."""
    if text == "":
        return _empty(column)
    if column.kind == Kind.DATE:
        return _date(text)
    if _is_number(column):
        return _number(column, text)
    if column.kind == Kind.DECIMAL:
        return _decimal(column, text)
    if column.kind == Kind.PARTICULARS:
        return _particulars(text)
    if column.kind == Kind.CHOICE:
        return _choice(column, text)
    if column.kind == Kind.CHOICES:
        return _choices(column, text)
    if len(text) > column.longest:
        raise Refused(f"The text is too long: it has {len(text):,} characters.")
    if column.kind != Kind.REFERENCE:
        _validate(column, text)
    return text


def text_of(value: Any) -> str:
    """What a cell shows for a value."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{_plain(value):f}"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
    if isinstance(value, list | tuple):
        return LIST_SEPARATOR.join(str(item) for item in value)
    return str(value)


def stored(column: Column, value: Any) -> Any:
    """A value from the database in the form that value_of gives, so that the two can be compared."""
    if column.kind == Kind.CHOICES:
        return _in_order(column, value)
    if column.kind == Kind.DECIMAL and value is not None:
        return _plain(value)
    return clean_text(value) if isinstance(value, str) else value


def accepted(column: Column) -> str:
    """What the column accepts, in a sentence."""
    return _accepted_filled(column) + _accepted_empty(column)


def guide() -> list[tuple[SheetLayout, list[tuple[str, str]]]]:
    """Every sheet with its columns and what they accept, for people who fill a workbook in."""
    return [(sheet, [(column.name, accepted(column)) for column in sheet.columns]) for sheet in SHEETS]


def _accepted_filled(column: Column) -> str:
    if column.kind == Kind.REFERENCE:
        identity = BY_NAME[column.to].identity[-1]
        own = "another strategy already in STRIDE" if column.to == "strategy" else _pointed_at(column)
        return f"The {identity} of {own}."
    if column.kind == Kind.CODE:
        return f"Letters without accents, digits, hyphens and underscores, at most {column.longest} characters."
    if column.kind == Kind.CHOICE:
        return f"One of {', '.join(column.values)}."
    if column.kind == Kind.CHOICES:
        return f"Any of {', '.join(column.values)}, separated by a semicolon and a space."
    if column.kind == Kind.NUMBER:
        return f"A whole number from {column.smallest:,} to {column.largest:,}."
    return {
        Kind.DATE: "A date as year-month-day, for example 2021-09-27, or a date cell of a spreadsheet.",
        Kind.DECIMAL: "A number, 0 or more, with at most 6 decimals, for example 0.5.",
        Kind.PARTICULARS: 'Names with values as JSON, for example {"at_least": "15"}; see the kinds of target.',
        Kind.EMAIL: "An e-mail address.",
    }.get(column.kind, f"Text of at most {column.longest:,} characters.")


def _pointed_at(column: Column) -> str:
    noun = BY_NAME[column.to].noun
    if column.to == "strands":
        return "a strand of the commitment’s programme"
    where = "of the workbook or of this strategy" if BY_NAME[column.to].within else "in the workbook or in STRIDE"
    return f"a {noun} {where}"


def _accepted_empty(column: Column) -> str:
    if column.required:
        return " It cannot be empty."
    left_out = " May be left out, or empty" if column.optional else " May be empty"
    if column.empty_keeps:
        return " May be empty: then the one in STRIDE stays."
    if default := text_of(_empty(column)):
        return f"{left_out}: then it is {default}."
    return f"{left_out}."


def _is_number(column: Column) -> bool:
    if column.kind == Kind.REFERENCE:
        to = BY_NAME[column.to]
        return to.by_name[to.identity[-1]].kind == Kind.NUMBER
    return column.kind == Kind.NUMBER


def _empty(column: Column) -> Any:
    if column.required:
        raise Refused("The cell is empty.")
    if column.kind == Kind.CHOICES:
        return []
    if column.field.has_default():
        default = column.field.get_default()
        return str(default) if isinstance(default, str) else default
    return None if column.field.null else ""


def _date(text: str) -> dt.date:
    if not ISO_DATE.fullmatch(text):
        raise Refused("This is not a date that can be read.")
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise Refused("There is no such date.") from error


def _number(column: Column, text: str) -> int:
    if column.kind == Kind.REFERENCE:
        to = BY_NAME[column.to]
        column = to.by_name[to.identity[-1]]
    if not WHOLE_NUMBER.fullmatch(text) or not column.smallest <= int(text) <= column.largest:
        positive = "positive " if column.smallest else ""
        raise Refused(f"This is not a {positive}whole number that can be kept.")
    return int(text)


def _decimal(column: Column, text: str) -> Decimal:
    if not DECIMAL_NUMBER.fullmatch(text):
        raise Refused("This is not a number that can be kept.")
    number = _plain(Decimal(text))
    _validate(column, number)
    return number


def _plain(number: Decimal) -> Decimal:
    """Without empty decimals and without an exponent, so that the same number is written in one way."""
    number = number.normalize()
    return number.quantize(Decimal(1)) if number.as_tuple().exponent > 0 else number


def _particulars(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text, parse_constant=_no_number)
        written = json.dumps(found, allow_nan=False, ensure_ascii=False)
        written.encode()
    except (ValueError, RecursionError) as error:
        raise Refused("This is not JSON that can be read.") from error
    if not isinstance(found, dict):
        raise Refused("This is JSON, but not names with values in curly brackets.")
    if "\\u0000" in written:
        raise Refused("The text has a hidden character that cannot be saved.")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _choice(column: Column, text: str) -> str:
    if text not in column.values:
        raise Refused("This is not one of the choices.")
    return text


def _choices(column: Column, text: str) -> list[str]:
    named = [part.strip() for part in text.split(LIST_SEPARATOR.strip())]
    for part in named:
        if part not in column.values:
            raise Refused(f"“{part[:30]}” is not one of the choices." if part else "The list has an empty place.")
    if len(set(named)) < len(named):
        raise Refused("The list names something twice.")
    return _in_order(column, named)


def _in_order(column: Column, named: list[str]) -> list[str]:
    """Lists have no order of their own: they are kept in the order of the choices."""
    known = [value for value in column.values if value in named]
    return known + [value for value in named if value not in column.values]


def _validate(column: Column, value: str | Decimal) -> None:
    try:
        column.field.run_validators(value)
    except ValidationError as error:
        if column.kind == Kind.EMAIL:
            raise Refused("This is not an e-mail address.") from error
        raise Refused(_sentence(error)) from error


def _sentence(error: ValidationError) -> str:
    text = " ".join(error.messages)
    return text if text.endswith(".") else f"{text}."
