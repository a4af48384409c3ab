"""The history of a board: which rows of the ledger belong to it, removed ones too."""

from dataclasses import replace

from boards.models import Board, Membership, Relationship, Terms, TermsAct
from kit.history import Reader, Source, Texts, Wanted, ever, ledger_of, texts_of
from people import queries_history
from people.actor import Actor

NOT_SEEN = "A board that you cannot see"


def reader_for(actor: Actor) -> Reader:
    """What the actor may be told: a board out of their reach is not named."""

    def names(wanted: Wanted) -> Texts:
        texts = texts_of(wanted, within={Board: Board.objects.visible_to(actor)})
        unseen = dict.fromkeys(wanted.get(Board, ()), NOT_SEEN)
        return {**texts, Board: unseen | texts.get(Board, {})}

    return replace(queries_history.reader_for(actor), names=names)


def of_board(actor: Actor, board: Board) -> list[Source]:
    """The board, its seats and relationships, and the steps of its terms. Four queries."""
    given = frozenset({"board"})
    seen = Terms.objects.visible_to(actor).filter(board=board).order_by().values("pk")
    return [
        Source(TermsAct, "Terms of reference", ledger_of(TermsAct).filter(terms__in=seen), lambda of: "", act=True),
        Source(Board, "Board", ledger_of(Board).filter(pgh_obj_id=board.pk), lambda of: of("title")),
        Source(
            Membership,
            "Seat",
            ever(Membership, board=board.pk),
            lambda of: of("post") or of("person"),
            given=given,
        ),
        Source(
            Relationship,
            "Relationship",
            ever(Relationship, board=board.pk),
            lambda of: f"{of('kind').lower()} {of('to')}",
            given=given,
        ),
    ]
