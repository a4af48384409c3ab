"""Referrals between boards, and the quarterly notes of one board to another."""

from django.urls import path

from boards.views import notes, referrals

ONE = "boards/referrals/<int:pk>/"
NOTES = "boards/<slug:slug>/notes/"

urlpatterns = [
    path("boards/referrals/", referrals.referrals, name="referrals"),
    path(ONE, referrals.referral, name="referral"),
    path(f"{ONE}receive/", referrals.receive, name="referral_receive"),
    path(f"{ONE}place/", referrals.place, name="referral_place"),
    path(f"{ONE}answer/", referrals.answer, name="referral_answer"),
    path(f"{ONE}note/", referrals.note, name="referral_note"),
    path(f"{ONE}withdraw/", referrals.withdraw, name="referral_withdraw"),
    path("boards/<slug:slug>/meetings/<int:pk>/items/<int:item>/referrals/new/", referrals.new, name="referral_new"),
    path(NOTES, notes.notes, name="notes"),
    path(f"{NOTES}new/", notes.new, name="note_new"),
    path(f"{NOTES}<int:pk>/", notes.note, name="note"),
    path(f"{NOTES}<int:pk>/note.pdf", notes.note_pdf, name="note_pdf"),
]
