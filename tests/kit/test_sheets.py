"""CSV files that open safely in a spreadsheet."""

import csv
import datetime as dt
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.sheets import FORMULA_STARTS, csv_response, safe_cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+44 20",
        "-2+3",
        "-",
        "+1\n",
        "-٢",
        "@SUM(A1)",
        "\tx",
        "\rx",
        '=HYPERLINK("http://x","y")',
        "=cmd|' /C calc'!A0",
    ],
)
def test_a_text_that_would_run_as_a_formula_gets_an_apostrophe(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("", ""),
        ("plain", "plain"),
        (-2, "-2"),
        (-2.5, "-2.5"),
        ("+2", "+2"),
        ("-2.5", "-2.5"),
        (0, "0"),
        (dt.date(2022, 1, 19), "2022-01-19"),
        ("a=b", "a=b"),
    ],
)
def test_other_values_stay_as_they_are(value, cell):
    assert safe_cell(value) == cell


@given(st.text())
def test_no_text_ever_starts_a_formula(text):
    cell = safe_cell(text)
    assert not cell.startswith(FORMULA_STARTS) or re.fullmatch("[+-][0-9]+([.][0-9]+)?", cell)


def test_the_file_has_a_name_and_a_mark_for_spreadsheets():
    response = csv_response("returns", ["Näme", "=x"], [["O’Brien, Ada", None], ['two\nlines "quoted"', -3]])
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="returns.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert rows == [["Näme", "'=x"], ["O’Brien, Ada", ""], ['two\nlines "quoted"', "-3"]]
