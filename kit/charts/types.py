"""What a chart is drawn from, and what comes out: plain records, no model and no request."""

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable
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
    def place(self) -> float:
        """Where the point stands in time: on its period's last day, where targets and the expected path meet it."""
        return self.ends.toordinal()

    @property
    def settled(self) -> bool:
        return self.status == "actual"


@dataclass(frozen=True)
class TargetLine:
    """A level that was promised. `label` is the level in words ("at least 15%"); empty: from the better direction.

    Strict: the level itself is not enough. `better` is the side asked for, where it is not the measure's.
    """

    value: float
    label: str = ""
    by: dt.date | None = None
    starts: dt.date | None = None
    strict: bool = False
    better: str = ""


@dataclass(frozen=True)
class Break:
    """The first day on which a figure means something else than before."""

    on: dt.date
    label: str


@dataclass(frozen=True)
class OfGroup:
    """What is one group's own: what was promised of it, and what its figures count if not what the others do."""

    group: str
    targets: tuple[TargetLine, ...] = ()
    baseline: float | None = None
    trajectory: tuple[tuple[dt.date, float], ...] = ()
    unit_label: str | None = None


@dataclass(frozen=True)
class TrendData:
    """A measure over time. `better` is "up", "down" or empty; `unit_label` is "%", "points", "recruits".

    `span` is said before a period whose figure covers more than it: "the 12 months to ". At `restarts` the counting,
    and so the line, begins again. `alike`: the groups' figures are of one kind and compare. `rounded`: the picture is
    drawn from the figures as they are written, so that no point can be measured for more. `remarks` join the notes.
    """

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
    own: tuple[OfGroup, ...] = ()
    alike: bool = True
    span: str = ""
    restarts: tuple[dt.date, ...] = ()
    rounded: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def cuts(self) -> tuple[dt.date, ...]:
        """The days over which no line is drawn."""
        return (*(cut.on for cut in self.breaks), *self.restarts)

    def only(self, group: str) -> "TrendData":
        """One group's figures, with what was promised of all and of it."""
        mine = next((each for each in self.own if each.group == group), OfGroup(group))
        return dataclasses.replace(
            self,
            points=tuple(self.of(group)),
            targets=(*self.targets, *mine.targets),
            baseline=self.baseline if mine.baseline is None else mine.baseline,
            trajectory=mine.trajectory or self.trajectory,
            unit_label=self.unit_label if mine.unit_label is None else mine.unit_label,
            own=(),
        )

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
    rounded: bool = False

    @property
    def cuts(self) -> tuple[dt.date, ...]:
        """The days over which no line is drawn."""
        return tuple(cut.on for cut in self.breaks)


@dataclass(frozen=True)
class Chart:
    """A chart with everything that must stand beside it, for a page or a pack.

    `draw` makes the specs of its pictures, which takes longer than all the rest: only when they are asked for.
    """

    kind: str
    name: str
    headline: str
    subtitle: str
    finding: str
    notes: tuple[str, ...]
    draw: Callable[..., dict[str, Any]] = field(repr=False, compare=False)
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    records: tuple[tuple[object, ...], ...] = field(default=(), repr=False)
    empty: bool = False
    src: str = ""
    csv_url: str = ""

    @functools.cached_property
    def spec(self) -> dict[str, Any]:
        """The picture for a wide place."""
        return self.draw()

    @functools.cached_property
    def narrow(self) -> dict[str, Any]:
        """The picture for a narrow place."""
        return self.draw(narrow=True)

    @property
    def alt(self) -> str:
        return f"{self.kind}: {self.headline}."

    def at(self, src: str, csv_url: str = "") -> "Chart":
        """The same chart, served from these addresses."""
        return dataclasses.replace(self, src=src, csv_url=csv_url)
