"""Sizes of a paper's pages, told only where they are not the A4 that a pack is read and printed on."""

from collections.abc import Iterator, Sequence

MM = 25.4 / 72  # a point in millimetres
KNOWN = {"A4": (210, 297), "A3": (297, 420), "A5": (148, 210), "US Letter": (216, 279), "US Legal": (216, 356)}
NEAR = 3  # millimetres
SHOWN = 6
GROUPS = 3  # of sizes that are told one by one


def notes_on_sizes(sizes: Sequence[tuple[float, float, int] | None]) -> Iterator[str]:
    """Sentences. A size is width and height in points as the page is seen, and the degrees it is turned by."""
    pages = [(number, size) for number, size in enumerate(sizes, start=1) if size]
    groups: dict[str, list[int]] = {}
    for number, (width, height, _) in pages:
        groups.setdefault(named(width, height), []).append(number)
    others = [(name, numbers) for name, numbers in groups.items() if name != "A4"]
    for name, numbers in others[:GROUPS]:
        if len(numbers) == len(sizes):
            yield f"Every page is {name}, not A4."
        else:
            yield f"{_capital(pages_named(numbers))} {'is' if len(numbers) == 1 else 'are'} {name}, not A4."
    if len(others) > GROUPS:
        rest = sorted(number for _, numbers in others[GROUPS:] for number in numbers)
        yield f"{_capital(pages_named(rest))} {'is' if len(rest) == 1 else 'are'} of yet other sizes."
    lying = [number for number, (width, height, _) in pages if width > height]
    if lying and len(lying) < len(pages):
        rest = "the other is" if len(pages) - len(lying) == 1 else "the others are"
        yield f"{_capital(pages_named(lying))} {'is' if len(lying) == 1 else 'are'} landscape, {rest} portrait."
    turned = [number for number, (_, _, degrees) in pages if degrees]
    if turned:
        were = "was" if len(turned) == 1 else "were"
        yield f"{_capital(pages_named(turned))} {were} turned after scanning or printing. Check that the top is up."


def named(width: float, height: float) -> str:
    """A4, A3 and so on, whichever way it lies, or its millimetres."""
    short, long = sorted((width * MM, height * MM))
    for name, (narrow, tall) in KNOWN.items():
        if abs(short - narrow) <= NEAR and abs(long - tall) <= NEAR:
            return name
    return f"{width * MM:.0f} × {height * MM:.0f} mm"


def pages_named(numbers: Sequence[int]) -> str:
    """For the middle of a sentence: page 3; pages 3 to 7 and 9; pages 1, 3, 5, 7, 9, 11 and 20 more."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    words = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    if len(words) > SHOWN:
        left = sum(run[-1] - run[0] + 1 for run in runs[SHOWN:])
        words = [*words[:SHOWN], f"{left:,} more"]
    together = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"{'page' if len(numbers) == 1 else 'pages'} {together}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
