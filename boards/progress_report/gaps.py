"""Where the three ratings are not one: lead and overseer, lead and measures. As the dashboard shows it to everybody."""

from monitoring.presenters.days import many
from monitoring.presenters.standings import word
from monitoring.queries.dashboard import Dashboard

Row = list[str]


def differing(board: Dashboard) -> list[Row]:
    """Commitment, lead's rating, overseer's rating (key and word each), how far apart, the overseer's comment."""
    return [
        [
            str(line.commitment),
            *_pair(line.now.kind),
            *_pair(line.now.overseer),
            _steps(line.now.gap),
            line.row.shown_versions[0].overseer_comment,
        ]
        for line in board.differing
    ]


def optimism(board: Dashboard) -> list[Row]:
    """The same of lead and measures, as the measures stood when the return was signed off; the rosiest lead first."""
    lines = [line for line in board.lines if line.optimism]
    return [
        [
            str(line.commitment),
            *_pair(line.now.kind),
            *_pair(line.measures.value),
            _steps(line.optimism),
            line.commitment.lead_post.title,
        ]
        for line in sorted(lines, key=lambda line: (-line.optimism, line.commitment.number))
    ]


def _pair(key: str) -> Row:
    return [str(key), word(key)]


def _steps(gap: int) -> str:
    return f"{many(abs(gap), 'step')} {'rosier' if gap > 0 else 'more cautious'}"
