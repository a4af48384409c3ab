"""Boards, their members, relationships and terms of reference."""

from django.urls import path

from boards.views import boards, history, members, relationships, terms, terms_compare, terms_doors, terms_edit

ONE = "boards/<slug:slug>/"
TERMS = f"{ONE}terms/"
MEMBER = f"{ONE}members/<int:pk>/"

urlpatterns = [
    path("boards/", boards.boards, name="boards"),
    path("boards/new/", boards.new, name="board_new"),
    path(ONE, boards.board, name="board"),
    path(f"{ONE}history/", history.board, name="board_history"),
    path(f"{ONE}edit/", boards.edit, name="board_edit"),
    path(f"{ONE}members/", members.members, name="members"),
    path(f"{ONE}members/new/", members.new, name="member_new"),
    path(f"{MEMBER}edit/", members.edit, name="member_edit"),
    path(f"{MEMBER}end/", members.end, name="member_end"),
    path(f"{ONE}relationships/new/", relationships.new, name="relationship_new"),
    path(f"{ONE}relationships/<int:pk>/end/", relationships.end, name="relationship_end"),
    path(TERMS, terms.terms, name="terms"),
    path(f"{TERMS}new/", terms_doors.new, name="terms_new"),
    path(f"{TERMS}edit/", terms_edit.terms_edit, name="terms_edit"),
    path(f"{TERMS}edit/<slug:section>/", terms_edit.section, name="terms_section"),
    path(f"{TERMS}approve/", terms_doors.approve, name="terms_approve"),
    path(f"{TERMS}compare/", terms_compare.compare, name="terms_compare"),
    path(f"{TERMS}<int:number>/", terms.version, name="terms_version"),
]
