"""The way to a page about boards."""

from django.urls import reverse

from boards.models import Board

Crumbs = list[tuple[str, str]]


def crumbs(*last: tuple[str, str]) -> Crumbs:
    """From the list of boards."""
    return [("Boards", reverse("boards:boards")), *last]


def board_crumbs(board: Board, *last: tuple[str, str]) -> Crumbs:
    """From the page of a board."""
    return crumbs((board.title, board.get_absolute_url()), *last)


def terms_crumbs(board: Board, *last: tuple[str, str]) -> Crumbs:
    """From a board's terms of reference."""
    return board_crumbs(board, ("Terms of reference", reverse("boards:terms", args=[board.slug])), *last)
