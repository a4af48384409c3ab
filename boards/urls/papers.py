"""Papers: those of a meeting, and each by its key."""

from django.urls import path

from boards.views import paper_acts, paper_files, papers

MEETING = "boards/<slug:slug>/meetings/<int:pk>/"
PAPER = "boards/papers/<int:pk>/"

urlpatterns = [
    path("boards/papers/", papers.papers, name="papers"),
    path(f"{MEETING}papers/", papers.of_meeting, name="meeting_papers"),
    path(f"{MEETING}papers/chase/", papers.chase, name="papers_chase"),
    path(f"{MEETING}items/<int:item>/papers/new/", papers.new, name="paper_new"),
    path(PAPER, papers.paper, name="paper"),
    path(f"{PAPER}front-sheet/", paper_acts.front, name="paper_front"),
    path(f"{PAPER}route/", paper_acts.route, name="paper_route"),
    path(f"{PAPER}submit/", paper_acts.submit, name="paper_submit"),
    path(f"{PAPER}send-back/", paper_acts.send_back, name="paper_send_back"),
    path(f"{PAPER}clear/", paper_acts.clear, name="paper_clear"),
    path(f"{PAPER}withdraw/", paper_acts.withdraw, name="paper_withdraw"),
    path(f"{PAPER}late/ask/", paper_acts.ask_late, name="paper_late_ask"),
    path(f"{PAPER}late/permit/", paper_acts.permit_late, name="paper_late_permit"),
    path(f"{PAPER}upload/", paper_files.upload, name="paper_upload"),
    path(f"{PAPER}versions/<int:number>/file/", paper_files.file, name="paper_file"),
]
