"""Where words go in a picture: how wide they are, where they break, and how labels keep out of each other's way."""

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .types import ChartPoint

Place = tuple[float, float]
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]+")
TWO_PARTS = re.compile(r"^(.+?) (\d{4}(?:-\d{2})?)$")
MONTH = re.compile(
    r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)\b"
)


@dataclass(frozen=True)
class Tick:
    """A period's label under the axis: its own part, and the year where a new one starts."""

    x: float
    lines: tuple[str, str]


def clean(text: str) -> str:
    """One line without control characters, which XML cannot hold."""
    return CONTROLS.sub(" ", str(text)).strip()


def width(text: str, size: float) -> float:
    """About how wide the text is in our typeface; errs on the wide side."""
    return size * sum(_em(character) for character in text)


def _em(character: str) -> float:
    if character in "iljtfrI.,:;'|!()[] -":
        return 0.31
    if character in "mwMW%@—":
        return 0.86
    if character.isdigit() or character.isupper():
        return 0.63
    return 0.55


def wrap(text: str, size: float, room: float, lines: int = 3) -> list[str]:
    """The text in lines that fit the room. What is left over after the last line ends in an ellipsis."""
    out: list[str] = []
    if "\n" in text:
        out = [line for part in text.split("\n") for line in wrap(part, size, room, lines)]
        return out[:lines]
    for word in clean(text).split():
        if out and width(f"{out[-1]} {word}", size) <= room:
            out[-1] += f" {word}"
        else:
            out.append(word)
    if len(out) > lines:
        out = [*out[: lines - 1], f"{out[lines - 1]}…"]
    return [_fitted(line, size, room) for line in out] or [""]


def _fitted(line: str, size: float, room: float) -> str:
    if width(line, size) <= room:
        return line
    while line and width(f"{line}…", size) > room:
        line = line[:-1]
    return f"{line.rstrip('…')}…"


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Centres as near as may be to where they are wanted, without overlap and between low and high."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed = list(wanted)
    edge = low
    for index in order:
        placed[index] = max(placed[index], edge + heights[index] / 2)
        edge = placed[index] + heights[index] / 2
    edge = high
    for index in reversed(order):
        placed[index] = min(placed[index], edge - heights[index] / 2)
        edge = placed[index] - heights[index] / 2
    return placed


def clearest(places: Sequence[Place], half: Place, taken: Sequence[Place]) -> Place:
    """The place whose box (of this half width and half height) keeps farthest from everything that is taken.

    Of places that are equally clear the first wins, so give them in the order in which you like them.
    """
    return max(places, key=lambda place: min(6.0, _room(place, half, taken)))


def is_clear(place: Place, half: Place, taken: Sequence[Place]) -> bool:
    """Nothing that is taken touches the box."""
    return _room(place, half, taken) >= 2


def _room(place: Place, half: Place, taken: Sequence[Place]) -> float:
    away = (math.hypot(max(0.0, abs(x - place[0]) - half[0]), max(0.0, abs(y - place[1]) - half[1])) for x, y in taken)
    return min(away, default=math.inf)


def along(path: Sequence[Place], every: float = 6) -> list[Place]:
    """Points on a line of straight pieces, close enough together to keep words off it."""
    out = list(path[:1])
    for (x1, y1), (x2, y2) in itertools.pairwise(path):
        count = max(1, math.ceil(math.hypot(x2 - x1, y2 - y1) / every))
        out += [(x1 + (x2 - x1) * n / count, y1 + (y2 - y1) * n / count) for n in range(1, count + 1)]
    return out


def short(period: str) -> str:
    """A period's label with its months cut to three letters."""
    return MONTH.sub(r"\1", clean(period)).replace(" to ", "–")


def ticks(points: Sequence[ChartPoint], pixel, size: float) -> list[Tick]:
    """As many period labels as fit, the last always among them. `pixel` turns a day into a place on the axis."""
    periods = list({point.period: point for point in sorted(points, key=lambda p: p.place)}.values())
    if not periods:
        return []
    parts = [parts_of(point.period) for point in periods]
    places = [pixel(point.place) for point in periods]
    widths = [width(part, size) + size * 0.7 for part, _ in parts]
    step = _step(places, widths, quarterly=all(part.startswith("Q") for part, _ in parts))
    shown = [index for index in range(len(periods)) if (len(periods) - 1 - index) % step == 0]
    years = _years(shown, parts, places, size)
    return [Tick(periods[i].place, (parts[i][0], parts[i][1] if i in years else "")) for i in shown]


def parts_of(period: str) -> tuple[str, str]:
    """A period's own part and its year: "Q3", "2021-22"."""
    found = TWO_PARTS.match(short(period))
    return (found[1], found[2]) if found else (short(period), "")


def _step(places: Sequence[float], widths: Sequence[float], quarterly: bool) -> int:
    for step in (1, 2, 4, 8, 12, 20) if quarterly else (1, 2, 3, 6, 12, 24, 36):
        chosen = range(len(places) - 1, -1, -step)
        if all(
            places[right] - places[left] >= (widths[left] + widths[right]) / 2
            for right, left in zip(chosen, list(chosen)[1:], strict=False)
        ):
            return step
    return max(1, len(places))


def _years(shown: Sequence[int], parts: Sequence[tuple[str, str]], places: Sequence[float], size: float) -> set[int]:
    """The shown labels that carry their year: the first of each, unless it would touch the next one's."""
    first = [i for n, i in enumerate(shown) if n == 0 or parts[i][1] != parts[shown[n - 1]][1]]
    room = width("2020-21", size) + size * 0.5
    return {
        index for n, index in enumerate(first) if n + 1 == len(first) or places[first[n + 1]] - places[index] >= room
    }
