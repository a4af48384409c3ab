"""The minutes of a meeting."""

from django.urls import path

from boards.views import minutes

HERE = "boards/<slug:slug>/meetings/<int:pk>/minutes/"

urlpatterns = [
    path(HERE, minutes.minutes, name="minutes"),
    path(f"{HERE}draft/", minutes.draft, name="minutes_draft"),
    path(f"{HERE}items/<int:item>/", minutes.part, name="minutes_part"),
    path(f"{HERE}items/<int:item>/correct/", minutes.correct, name="minutes_correct"),
    path(f"{HERE}circulate/", minutes.circulate, name="minutes_circulate"),
    path(f"{HERE}minutes.pdf", minutes.pdf, name="minutes_pdf"),
    path(f"{HERE}minutes.docx", minutes.docx, name="minutes_docx"),
]
