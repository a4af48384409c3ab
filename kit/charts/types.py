"""What a chart is drawn from, and what comes out: plain records, no model and no request."""

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from typing import Any

STATUSES = ("actual", "provisional", "estimated", "suppressed", "missing")


@dataclass(frozen=True)
class ChartPoint:
    """One period's value, for everybody or for one group.

    Give a period without a figure a point with no value, so that the line breaks there. A suppressed or missing point
    loses its value here, at the door: nothing that draws, describes or downloads it can give away what it never had.
    """

    period: str
    starts: dt.date
    ends: dt.date
    value: float | None
    status: str = "actual"
    group: str = ""

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"{self.status!r} is not a status of a point.")
        if self.status in ("suppressed", "missing"):
            object.__setattr__(self, "value", None)
        elif self.value is None:
            object.__setattr__(self, "status", "missing")
        else:
            object.__setattr__(self, "value", float(self.value))

    @property
    def middle(self) -> float:
        """Where the point stands in time: half way through its period, in days."""
        return (self.starts.toordinal() + self.ends.toordinal() + 1) / 2

    @property
    def settled(self) -> bool:
        return self.status == "actual"


@dataclass(frozen=True)
class TargetLine:
    """A level that was promised. `label` is the level in words ("at least 15%"); empty: from the better direction."""

    value: float
    label: str = ""
    by: dt.date | None = None
    starts: dt.date | None = None


@dataclass(frozen=True)
class Break:
    """The first day on which a figure means something else than before."""

    on: dt.date
    label: str


@dataclass(frozen=True)
class TrendData:
    """A measure over time. `better` is "up", "down" or empty; `unit_label` is "%", "points", "recruits"."""

    title: str
    unit_label: str = ""
    decimals: int = 0
    points: tuple[ChartPoint, ...] = ()
    baseline: float | None = None
    baseline_label: str = "Baseline"
    targets: tuple[TargetLine, ...] = ()
    trajectory: tuple[tuple[dt.date, float], ...] = ()
    breaks: tuple[Break, ...] = ()
    better: str = ""
    subtitle: str = ""

    @property
    def groups(self) -> list[str]:
        """In the order in which they first appear."""
        return list(dict.fromkeys(point.group for point in self.points))

    def of(self, group: str) -> list[ChartPoint]:
        """A group's points in time order."""
        return sorted((p for p in self.points if p.group == group), key=lambda point: (point.starts, point.ends))


@dataclass(frozen=True)
class GapData:
    """Two groups and how far apart they may be. The gap is the group's value minus the reference's."""

    title: str
    group: str
    reference: str
    points: tuple[ChartPoint, ...]
    unit_label: str = "%"
    decimals: int = 0
    limit: float | None = None
    by: dt.date | None = None
    breaks: tuple[Break, ...] = ()
    subtitle: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart with everything that must stand beside it, for a page or a pack."""

    kind: str
    name: str
    headline: str
    subtitle: str
    finding: str
    notes: tuple[str, ...]
    spec: dict[str, Any] = field(repr=False)
    narrow: dict[str, Any] = field(repr=False)
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    records: tuple[tuple[object, ...], ...] = field(default=(), repr=False)
    empty: bool = False
    src: str = ""
    csv_url: str = ""

    @property
    def alt(self) -> str:
        return f"{self.kind}: {self.headline}."

    def at(self, src: str, csv_url: str = "") -> "Chart":
        """The same chart, served from these addresses."""
        return dataclasses.replace(self, src=src, csv_url=csv_url)
