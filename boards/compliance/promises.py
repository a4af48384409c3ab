"""Service levels: what came in time, late, or not at all, each against what was promised for its meeting."""

from dataclasses import dataclass

from kit.working_days import listed

from .figures import Figure, counted, many, no_data
from .rows import ProductTally
from .years import Year

# Always shown, whether promised or not; the others only where terms promise them.
ALWAYS = ("papers", "actions", "minutes")
LABELS = {
    "agenda": "Agendas in time",
    "papers": "Papers in time",
    "pack": "Packs in time",
    "briefing": "Briefings in time",
    "actions": "Actions in time",
    "summary": "Summaries of decisions in time",
    "minutes": "Draft minutes in time",
}


@dataclass(frozen=True)
class ProductRecord:
    """A product in a year, with the promises that held for it."""

    product: str
    label: str
    promises: tuple[str, ...]
    in_time: int
    late: int
    missing: int
    ahead: int

    @property
    def due(self) -> int:
        """Those of which it is known: what is not due yet, and cancelled meetings, are out."""
        return self.in_time + self.late + self.missing


def products(tallies: list[ProductTally]) -> list[ProductRecord]:
    """One record a product, in the order in which they come in the life of a meeting."""
    found = []
    for product, label in LABELS.items():
        here = [tally for tally in tallies if tally.product == product]
        if here or product in ALWAYS:
            found.append(
                ProductRecord(
                    product,
                    label,
                    tuple(dict.fromkeys(tally.promise for tally in here)),
                    *(sum(getattr(tally, what) for tally in here) for what in ("in_time", "late", "missing", "ahead")),
                )
            )
    return found


def promise(record: ProductRecord, year: Year, *, was_held: bool) -> Figure:
    """How often it came in time."""
    if not record.promises:
        why = "Its terms promise none." if was_held else f"No meetings held in {year.label}."
        return no_data(record.product, record.label, why)
    if not record.due:
        why = f"Nothing was due yet; {many(record.ahead, 'deadline')} ahead."
        return no_data(record.product, record.label, why if was_held else f"No meetings held in {year.label}. {why}")
    late = f"{record.late} late, {record.missing} missing" if record.due > record.in_time else "none late or missing"
    sentence = f"In time for {record.in_time} of {many(record.due, 'meeting')}; {late}."
    sentence += f" Promised: {listed([f'“{words}”' for words in record.promises])}."
    return counted(record.product, record.label, record.in_time, record.due, sentence)
