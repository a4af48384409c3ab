"""Three questions that terms of reference leave open and a quorum cannot."""

from dataclasses import dataclass
from enum import StrEnum


class Deputies(StrEnum):
    DO_NOT_COUNT = "do_not_count"
    COUNT = "count"
    MAY_PRESIDE = "count_and_may_preside"


@dataclass(frozen=True, slots=True)
class Policies:
    """No defaults: a board has to say.

    vacancies_count: a vacant seat is part of the membership that a share is taken of. recused_counts: a member who has
    withdrawn from an item still counts for it.
    """

    vacancies_count: bool
    deputies_count: Deputies
    recused_counts: bool

    def __post_init__(self) -> None:
        # From a database it comes as plain text. Raises ValueError for one that is not known.
        object.__setattr__(self, "deputies_count", Deputies(self.deputies_count))
