from django.urls import path

from monitoring.views import (
    chasing,
    commitments,
    dashboards,
    filing,
    lists,
    planning,
    returns,
    reviewing,
    rounds,
    steering,
)

app_name = "monitoring"
urlpatterns = [
    path("dashboard/", dashboards.dashboards, name="dashboards"),
    path("dashboard/<slug:slug>/", dashboards.dashboard, name="dashboard"),
    path("strategies/<slug:slug>/commitments/<int:number>/", commitments.commitment, name="commitment"),
    path("rounds/", rounds.index, name="rounds"),
    path("rounds/new/", planning.new, name="round_new"),
    path("rounds/<int:pk>/", rounds.detail, name="round"),
    path("rounds/<int:pk>/edit/", planning.edit, name="round_edit"),
    path("rounds/<int:pk>/open/", rounds.open_round, name="round_open"),
    path("rounds/<int:pk>/close/", rounds.close, name="round_close"),
    path("rounds/<int:pk>/chase/", chasing.chase, name="round_chase"),
    path("returns/", lists.returns, name="returns"),
    path("returns/<int:pk>/", returns.detail, name="return"),
    path("returns/<int:pk>/versions/<int:number>/", returns.version, name="return_version"),
    path("returns/<int:pk>/submissions/<int:act_pk>/", returns.submission, name="return_submission"),
    path("returns/<int:pk>/section/<slug:slug>/", filing.section, name="return_section"),
    path("returns/<int:pk>/section/<slug:slug>/autosave/", filing.autosave, name="return_autosave"),
    path("returns/<int:pk>/submit/", filing.submit, name="return_submit"),
    path("returns/<int:pk>/submitted/", filing.submitted, name="return_submitted"),
    path("returns/<int:pk>/nil/", filing.nil, name="return_nil"),
    path("returns/<int:pk>/review/", reviewing.review, name="return_review"),
    path("returns/<int:pk>/sign-off/", reviewing.sign_off, name="return_sign_off"),
    path("returns/<int:pk>/request-changes/", reviewing.request_changes, name="return_request_changes"),
    path("returns/<int:pk>/reopen/", steering.reopen, name="return_reopen"),
    path("returns/<int:pk>/exempt/", steering.exempt, name="return_exempt"),
    path("returns/<int:pk>/include/", steering.include, name="return_include"),
    path("returns/<int:pk>/let-in-late/", steering.let_in_late, name="return_let_in_late"),
]
