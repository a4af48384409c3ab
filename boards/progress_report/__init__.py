"""The progress report of an agenda item: what was signed off in a round, as plain data that a pack keeps.

    made = body(progress, actor, at)     # asks everything once; json.dumps and json.loads leave it as it is
    parts(made)                          # the same for the PDF; templates/boards/progress/_report.html for a page

Everybody who sees the item reads the same body: nothing is in it of items that some of them do not see.
"""

from .body import body
from .charts import undrawn
from .parts import parts

__all__ = ["body", "parts", "undrawn"]
