"""Keeping strategies and what is in them. Their pages are in monitoring.urls, which reads figures and returns too."""

from django.urls import path

from commitments.views import commitments, doors, history, measures, programmes, strategies, targets, workbook

app_name = "commitments"
ONE = "strategies/<slug:slug>/"
PROGRAMME = f"{ONE}programmes/<int:number>/"
COMMITMENT = f"{ONE}commitments/<int:number>/"
MEASURE = f"{COMMITMENT}measures/<slug:code>/"

urlpatterns = [
    path("strategies/", strategies.strategies, name="strategies"),
    path("strategies/new/", strategies.new, name="strategy_new"),
    path(f"{ONE}history/", history.strategy, name="strategy_history"),
    path(f"{ONE}edit/", strategies.edit, name="strategy_edit"),
    path(f"{ONE}approve/", doors.approve, name="strategy_approve"),
    path(f"{ONE}bring-into-force/", doors.bring_into_force, name="strategy_into_force"),
    path(f"{ONE}close/", doors.close, name="strategy_close"),
    path(f"{ONE}supersede/", doors.supersede, name="strategy_supersede"),
    path(f"{ONE}workbook.xlsx", workbook.export, name="workbook_export"),
    path(f"{ONE}programmes/new/", programmes.new, name="programme_new"),
    path(f"{PROGRAMME}edit/", programmes.edit, name="programme_edit"),
    path(f"{PROGRAMME}remove/", programmes.remove, name="programme_remove"),
    path(f"{PROGRAMME}strands/new/", programmes.new_strand, name="strand_new"),
    path(f"{PROGRAMME}strands/<int:strand_number>/edit/", programmes.edit_strand, name="strand_edit"),
    path(f"{PROGRAMME}strands/<int:strand_number>/remove/", programmes.remove_strand, name="strand_remove"),
    path(f"{ONE}commitments/new/", commitments.new, name="commitment_new"),
    path(f"{COMMITMENT}history/", history.commitment, name="commitment_history"),
    path(f"{COMMITMENT}edit/", commitments.edit, name="commitment_edit"),
    path(f"{COMMITMENT}remove/", commitments.remove, name="commitment_remove"),
    path(f"{COMMITMENT}measures/new/", measures.new, name="measure_new"),
    path(f"{COMMITMENT}measures/link/", measures.link, name="measure_link"),
    path(f"{MEASURE}history/", history.measure, name="measure_history"),
    path(f"{MEASURE}edit/", measures.edit, name="measure_edit"),
    path(f"{MEASURE}remove/", measures.remove, name="measure_remove"),
    path(f"{MEASURE}targets/new/", targets.new, name="target_new"),
    path(f"{MEASURE}targets/<slug:target>/edit/", targets.edit, name="target_edit"),
    path(f"{MEASURE}targets/<slug:target>/remove/", targets.remove, name="target_remove"),
    path("plan-workbook/", workbook.upload, name="workbook_upload"),
    path("plan-workbook/empty.xlsx", workbook.empty, name="workbook_empty"),
]
