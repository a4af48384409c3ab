"""What is wrong with a workbook: each problem with its place, so that it can be found and put right."""

from dataclasses import dataclass, field

SHOWN = 200  # more than anybody reads; the total is always counted
FOUND_LENGTH = 60


@dataclass(frozen=True)
class Problem:
    """`row` is the number that a spreadsheet shows: the headings are row 1."""

    message: str
    accepted: str = ""
    found: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""

    @property
    def place(self) -> str:
        """For example "posts, row 3, column title"; the whole workbook when it has no closer place."""
        parts = [self.sheet or "the workbook"]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        found = f" Found: {self.found}" if self.found else ""
        accepted = f" {self.accepted}" if self.accepted else ""
        return f"{self.place}: {self.message}{found}{accepted}"


@dataclass
class Problems:
    """A list that keeps the first ones and counts all."""

    shown: list[Problem] = field(default_factory=list)
    total: int = 0

    def add(self, message: str, *, found: object = "", **place) -> None:
        """Count a problem, and keep it when there is still room. `place` is sheet, row, column and accepted."""
        self.total += 1
        if len(self.shown) < SHOWN:
            self.shown.append(Problem(message, found=shortened(found), **place))

    def __bool__(self) -> bool:
        return self.total > 0


def shortened(value: object) -> str:
    """The value on one line, at most 60 characters, with what cannot be printed shown as its code."""
    text = " ".join(str(value)[: FOUND_LENGTH * 2].split())
    text = "".join(mark if mark.isprintable() else f"<U+{ord(mark):04X}>" for mark in text)
    return text if len(text) <= FOUND_LENGTH else text[: FOUND_LENGTH - 1] + "…"
