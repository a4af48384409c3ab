"""Tables that sort on the server, download as CSV and print: columns once, page and file from the same rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from kit.sheets import csv_response


@dataclass(frozen=True)
class Cell:
    """What one cell shows. `kind` is text, number, date, rating, state or vacant; `value` is its raw value."""

    text: str
    url: str = ""
    kind: str = "text"
    value: Any = None
    note: str = ""


@dataclass(frozen=True)
class Column:
    """`cell` draws the row; `sort` gives what it sorts by (None: the column does not sort); `plain` is for CSV.

    `file` holds the columns that stand in this one's place in the CSV, when one cell shows several facts.
    """

    key: str
    heading: str
    cell: Callable[[Any], Cell]
    sort: Callable[[Any], Any] | None = None
    numeric: bool = False
    plain: Callable[[Any], Any] | None = None
    file: Sequence["Column"] = ()

    @property
    def sortable(self) -> bool:
        return self.sort is not None

    def raw(self, row: Any) -> Any:
        """The CSV's value: a number as a number, a text with the note that stands beside it."""
        return self.plain(row) if self.plain else _plain(self.cell(row))


def _plain(cell: Cell) -> Any:
    if isinstance(cell.value, int | float):
        return cell.value
    text = cell.text
    if cell.kind == "vacant":
        text = f"{text} (Vacant)" if text else "Vacant"
    return f"{text} ({cell.note})" if cell.note else text


def counted(key: str, heading: str, count: Callable[[Any], int | None], of: Callable[[Any], int]) -> Column:
    """A column of "5 of 16", sorted by the count. The file has two numbers; rows without a count have neither."""

    def total(row: Any) -> Any:
        return "" if count(row) is None else of(row)

    def cell(row: Any) -> Cell:
        number = count(row)
        return Cell("" if number is None else f"{number} of {of(row)}", kind="number", value=number)

    file = (Column(key, heading, cell, plain=count), Column(f"{key}_of", f"{heading}: of", cell, plain=total))
    return Column(key, heading, cell, count, numeric=True, file=file)


class Table:
    """A list of rows under columns, sorted by the request's `sort` parameter.

    The rows are already what the reader may see; sorting happens on the server, over all of them.
    """

    def __init__(
        self,
        request: HttpRequest,
        *,
        caption: str,
        columns: Sequence[Column],
        rows: Iterable[Any],
        name: str,
        sort: str = "",
        empty_text: str = "Nothing to show.",
        sort_param: str = "sort",
        csv_param: str = "download",
    ) -> None:
        self.request = request
        self.caption = caption
        self.columns = list(columns)
        self.name = name
        self.empty_text = empty_text
        self.sort_param = sort_param
        self.csv_param = csv_param
        asked = request.GET.get(sort_param, sort)
        known = {column.key for column in self.columns if column.sortable}
        self.sort = asked if asked.lstrip("-") in known else sort
        self.records = self._sorted(list(rows))

    def _sorted(self, records: list[Any]) -> list[Any]:
        by_key = {column.key: column for column in self.columns}
        column = by_key.get(self.sort.lstrip("-"))
        if column is None or column.sort is None:
            return records
        # Rows without a value come last, whichever way the others run.
        valued = [(column.sort(record), record) for record in records]
        present = [pair for pair in valued if pair[0] not in (None, "")]
        absent = [record for value, record in valued if value in (None, "")]
        present.sort(key=lambda pair: pair[0], reverse=self.sort.startswith("-"))
        return [record for _, record in present] + absent

    @property
    def rows(self) -> list[list[Cell]]:
        return [[column.cell(record) for column in self.columns] for record in self.records]

    def url_for_sort(self, key: str) -> str:
        """The address that sorts by the column, or turns it round when it is sorted by already."""
        query = self.request.GET.copy()
        query[self.sort_param] = f"-{key}" if self.sort == key else key
        query.pop("page", None)
        return f"?{query.urlencode()}"

    @property
    def csv_url(self) -> str:
        query = self.request.GET.copy()
        query[self.csv_param] = self.name
        return f"?{query.urlencode()}"

    @property
    def wants_csv(self) -> bool:
        return self.request.GET.get(self.csv_param) == self.name

    def csv(self) -> HttpResponse:
        """The same rows in the same order as a CSV file."""
        columns = [part for column in self.columns for part in column.file or (column,)]
        return csv_response(
            self.name,
            [column.heading for column in columns],
            ([column.raw(record) for column in columns] for record in self.records),
        )
