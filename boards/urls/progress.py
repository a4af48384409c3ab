"""The progress report of an agenda item."""

from django.urls import path

from boards.views import progress

REPORT = "boards/<slug:slug>/meetings/<int:pk>/items/<int:item>/progress-report/"

urlpatterns = [
    path(REPORT, progress.preview, name="progress_preview"),
    path(f"{REPORT}edit/", progress.edit, name="item_progress"),
]
