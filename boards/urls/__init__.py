"""Where the boards answer. Fixed words come before a board's short name; `boards.models.board` keeps them free."""

from . import board_actions, boards, calendar, compliance, decisions, meetings, packs, papers, referrals

app_name = "boards"
urlpatterns = [
    *board_actions.urlpatterns,
    *packs.urlpatterns,
    *papers.urlpatterns,
    *referrals.urlpatterns,
    *decisions.urlpatterns,
    *calendar.urlpatterns,
    *boards.urlpatterns,
    *meetings.urlpatterns,
    *compliance.urlpatterns,
]
