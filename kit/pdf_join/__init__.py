"""A meeting pack as one PDF: pages of our own joined with papers that others gave, tags and all.

    built = build(Pack(title=…, board=…, meeting=…, sections=[Section("Minutes", "1", Paper(path))]), to=path)

Most of the work is on each paper alone. With `store=folder` it is kept there, and done once: `prepared(path, folder)`
does it beforehand, when a paper comes in. The folder can be emptied at any time, and holds what the papers hold.

Knows nothing of boards: what may go in has been decided by whoever calls.
"""

from kit.pdf_join.build import build
from kit.pdf_join.keeping import prepared
from kit.pdf_join.papers import Unreadable, is_tagged
from kit.pdf_join.types import Built, Cover, Own, Pack, Paper, Placed, Section

__all__ = [
    "Built",
    "Cover",
    "Own",
    "Pack",
    "Paper",
    "Placed",
    "Section",
    "Unreadable",
    "build",
    "is_tagged",
    "prepared",
]
