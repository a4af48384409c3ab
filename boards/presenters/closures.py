"""How closure days read."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse

from boards.models import Closure
from kit.fields import in_words
from kit.tables import Cell, Column, Table


def closures_table(request: HttpRequest, rows: Iterable[Closure], may_run: bool) -> Table:
    """The list. Rows come with their board."""

    def label(row: Closure) -> Cell:
        return Cell(row.label, url=reverse("boards:closure_edit", args=[row.pk]) if may_run else "")

    def removing(row: Closure) -> Cell:
        return Cell("Remove", url=reverse("boards:closure_remove", args=[row.pk]), note="")

    columns = [
        Column("label", "Why", label, lambda row: row.label.casefold()),
        _day("starts", "First day"),
        _day("ends", "Last day"),
        Column(
            "board",
            "For",
            lambda row: Cell(str(row.board or "All boards")),
            lambda row: str(row.board or ""),
        ),
    ]
    if may_run and request.GET.get("download") is None:
        columns.append(Column("remove", "Change", removing))
    return Table(
        request,
        caption="Closure days",
        columns=columns,
        rows=rows,
        name="closure-days",
        sort="-starts",
        empty_text="No closure days yet. Add the days on which the body is closed although they are no bank holidays.",
    )


def _day(key: str, heading: str) -> Column:
    return Column(
        key,
        heading,
        lambda row: Cell(in_words(getattr(row, key)), kind="date"),
        lambda row: getattr(row, key),
        plain=lambda row: getattr(row, key).isoformat(),
    )
