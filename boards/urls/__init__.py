"""Where the boards answer. Fixed words come before a board's short name; `boards.models.board` keeps them free."""

from . import (
    board_actions,
    boards,
    calendar,
    compliance,
    decisions,
    meetings,
    minutes,
    packs,
    papers,
    progress,
    referrals,
)

app_name = "boards"
urlpatterns = [
    *board_actions.urlpatterns,
    *minutes.urlpatterns,
    *packs.urlpatterns,
    *papers.urlpatterns,
    *progress.urlpatterns,
    *referrals.urlpatterns,
    *decisions.urlpatterns,
    *calendar.urlpatterns,
    *boards.urlpatterns,
    *meetings.urlpatterns,
    *compliance.urlpatterns,
]
