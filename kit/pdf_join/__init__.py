"""A meeting pack as one PDF: pages of our own joined with papers that others gave, tags and all.

    built = build(Pack(title=…, board=…, meeting=…, sections=[Section("Minutes", "1", Paper(path))]), to=path)

Knows nothing of boards: what may go in has been decided by whoever calls.
"""

from kit.pdf_join.build import build
from kit.pdf_join.papers import Unreadable, is_tagged
from kit.pdf_join.types import Built, Cover, Own, Pack, Paper, Placed, Section

__all__ = ["Built", "Cover", "Own", "Pack", "Paper", "Placed", "Section", "Unreadable", "build", "is_tagged"]
