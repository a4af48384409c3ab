"""Tables: sorted on the server, and the file is the page."""

import csv
import io

import pytest
from django.test import RequestFactory

from kit.tables import Cell, Column, Table, counted

ROWS = [("Bo", 2), ("Ada", None), ("Cy", 10), ("Dee", 1), ("Eve", 2)]
COLUMNS = [
    Column("name", "Name", lambda row: Cell(row[0]), sort=lambda row: row[0]),
    Column("count", "Count", lambda row: Cell(str(row[1] or "None yet")), sort=lambda row: row[1], numeric=True),
    Column("note", "Note", lambda row: Cell("-"), plain=lambda row: row[1]),
]


def table(query: str = "", **more) -> Table:
    request = RequestFactory().get(f"/{query}")
    return Table(request, caption="People", columns=COLUMNS, rows=ROWS, name="people", **more)


def names(shown: Table) -> list[str]:
    return [row[0].text for row in shown.rows]


def test_without_a_sort_rows_come_as_they_were_given():
    assert names(table()) == ["Bo", "Ada", "Cy", "Dee", "Eve"]


def test_numbers_sort_as_numbers_and_missing_values_come_last_both_ways():
    assert names(table("?sort=count")) == ["Dee", "Bo", "Eve", "Cy", "Ada"]
    assert names(table("?sort=-count")) == ["Cy", "Bo", "Eve", "Dee", "Ada"]


def test_a_table_may_start_sorted():
    assert names(table(sort="-name")) == ["Eve", "Dee", "Cy", "Bo", "Ada"]
    assert names(table("?sort=name", sort="-name")) == ["Ada", "Bo", "Cy", "Dee", "Eve"]


@pytest.mark.parametrize("asked", ["", "note", "-note", "nonsense", "--", "name,count", "%00"])
def test_a_sort_that_is_not_known_is_left_aside(asked):
    shown = table(f"?sort={asked}", sort="name")
    assert (shown.sort, names(shown)) == ("name", ["Ada", "Bo", "Cy", "Dee", "Eve"])


def test_a_heading_sorts_then_turns_round_and_keeps_the_rest_of_the_address():
    shown = table("?state=draft&page=3")
    assert shown.url_for_sort("name") == "?state=draft&sort=name"
    shown = table("?sort=name&state=draft")
    assert shown.url_for_sort("name") == "?sort=-name&state=draft"
    assert shown.url_for_sort("count") == "?sort=count&state=draft"
    assert table("?sort=-name").url_for_sort("name") == "?sort=name"


@pytest.mark.parametrize("query", ["", "?sort=count", "?sort=-count"])
def test_the_file_has_the_rows_of_the_page_in_its_order_with_raw_values(query):
    shown = table(query)
    rows = list(csv.reader(io.StringIO(shown.csv().content.decode("utf-8-sig"), newline="")))
    counts = dict(ROWS)
    assert rows[0] == ["Name", "Count", "Note"]
    assert [row[0] for row in rows[1:]] == names(shown)
    assert [row[2] for row in rows[1:]] == [str(counts[name] or "") for name in names(shown)]


def file_of(shown: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(shown.csv().content.decode("utf-8-sig"), newline="")))


def test_a_count_of_a_total_is_two_numbers_in_the_file():
    request = RequestFactory().get("/?sort=-done")
    columns = [COLUMNS[0], counted("done", "Done", lambda row: row[1], lambda row: 16)]
    shown = Table(request, caption="People", columns=columns, rows=ROWS, name="people")
    assert [row[1].text for row in shown.rows] == ["10 of 16", "2 of 16", "2 of 16", "1 of 16", ""]
    assert file_of(shown)[0] == ["Name", "Done", "Done: of"]
    assert [row[1:] for row in file_of(shown)[1:]] == [["10", "16"], ["2", "16"], ["2", "16"], ["1", "16"], ["", ""]]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (Cell("+2", kind="number", value=2), "2"),
        (Cell("−2", kind="number", value=-2), "-2"),
        (Cell("Amber", kind="rating", value="amber", note="Reopened"), "Amber (Reopened)"),
        (Cell("Head", kind="vacant"), "Head (Vacant)"),
        (Cell("", kind="vacant"), "Vacant"),
        (Cell("-1+1"), "'-1+1"),
    ],
)
def test_a_cell_is_written_with_everything_that_it_shows(cell, written):
    columns = [Column("it", "It", lambda row: row)]
    shown = Table(RequestFactory().get("/"), caption="It", columns=columns, rows=[cell], name="it")
    assert file_of(shown)[1] == [written]


def test_the_file_is_asked_for_by_the_tables_own_name():
    assert table("?download=people").wants_csv
    assert not table("?download=posts").wants_csv
    assert table("?sort=name").csv_url == "?sort=name&download=people"


def test_two_tables_of_a_page_sort_apart():
    request = RequestFactory().get("/?sort=name&sort-yours=-name")
    first = Table(request, caption="All", columns=COLUMNS, rows=ROWS, name="all")
    second = Table(request, caption="Yours", columns=COLUMNS, rows=ROWS, name="yours", sort_param="sort-yours")
    assert names(first) == list(reversed(names(second)))
