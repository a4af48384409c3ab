"""The matrix: a strategy's commitments by rounds, as page and as file."""

from dataclasses import dataclass

from django.http import HttpRequest

from commitments.targets.verdicts import RANK
from kit.tables import Cell, Column, Table
from monitoring.models import ReportingRound
from monitoring.presenters.standings import notes, order, sentence, unjudged, word
from monitoring.queries.dashboard import Dashboard, Line

FITTING = 7


@dataclass(frozen=True)
class MatrixCell:
    """A commitment in a round; without a kind no return was expected."""

    kind: str
    url: str
    notes: list[str]
    is_shown: bool
    empty: str = "No return"


@dataclass(frozen=True)
class MatrixRow:
    number: int
    title: str
    url: str
    cells: list[MatrixCell]


class Matrix(Table):
    """Commitments by rounds. The page shows the first column and the rounds; the file has a column for each fact."""

    def __init__(self, request: HttpRequest, board: Dashboard, lines: list[Line]) -> None:
        self.board = board
        self.heads = [*(_round(round) for round in board.columns), _measures(board.shown)]
        super().__init__(
            request,
            caption=f"{board.strategy.commitment_label}s by round",
            columns=[*named(board), *_parties(board), *self.heads],
            rows=lines,
            name="matrix",
            sort="number",
            sort_param="matrix-sort",
            empty_text="No commitment fits these filters.",
        )

    @property
    def fits(self) -> bool:
        """Whether a wide screen shows every round, so that nothing has to scroll."""
        return len(self.heads) <= FITTING

    @property
    def first(self) -> Column:
        return self.columns[0]

    @property
    def groups(self) -> list[tuple[str, list[MatrixRow]]]:
        """The rows under their programmes while they are in the order of the plan, else in one group without a name."""
        if self.sort != "number":
            return [("", [self._row(line) for line in self.records])]
        found: dict[str, list[MatrixRow]] = {}
        for line in self.records:
            found.setdefault(str(line.commitment.programme), []).append(self._row(line))
        return list(found.items())

    def _row(self, line: Line) -> MatrixRow:
        commitment = line.commitment
        cells = [self._cell(line, round) for round in self.board.columns]
        cells.append(MatrixCell(line.measures or "", "", _rosier(line), False, unjudged(line.commitment.status_rule)))
        return MatrixRow(commitment.number, commitment.title, commitment.get_absolute_url(), cells)

    def _cell(self, line: Line, round: ReportingRound) -> MatrixCell:
        standing, row = line.standings.get(round.pk), line.rows.get(round.pk)
        url = row.get_absolute_url() if row and row.is_readable else ""
        return MatrixCell(standing.kind if standing else "", url, notes(standing), round == self.board.shown)


def _round(round: ReportingRound) -> Column:
    def standing(line: Line):
        return line.standings.get(round.pk)

    return Column(
        f"r{round.pk}", round.label, lambda line: Cell(sentence(standing(line))), lambda line: order(standing(line))
    )


def _measures(shown: ReportingRound) -> Column:
    return Column(
        "measures",
        f"Measures say, {shown.label}",
        lambda line: Cell(word(line.measures) if line.measures else unjudged(line.commitment.status_rule)),
        lambda line: RANK.get(line.measures, len(RANK)) if line.measures else None,
    )


def _rosier(line: Line) -> list[str]:
    return ["The lead is rosier"] if line.optimism > 0 else []


def named(board: Dashboard) -> list[Column]:
    """Number and title of a line's commitment."""
    return [
        Column(
            "number",
            board.strategy.commitment_label,
            lambda line: Cell(str(line.commitment.number)),
            lambda line: line.commitment.number,
        ),
        Column("title", "Title", lambda line: Cell(line.commitment.title)),
    ]


def _parties(board: Dashboard) -> list[Column]:
    return [
        Column("programme", board.strategy.programme_label, lambda line: Cell(str(line.commitment.programme))),
        Column("lead", "Lead", lambda line: Cell(line.commitment.lead_post.title)),
        Column("overseer", "Overseer", lambda line: Cell(line.commitment.overseer_post.title)),
    ]
