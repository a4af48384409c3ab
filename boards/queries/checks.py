"""What stands in the way of approving a draft: what it leaves unsaid, and what the board as it stands cannot keep."""

import datetime as dt

from boards import quorum, rules_terms
from boards.choices import Category
from boards.models import Terms
from boards.queries.adoption import followed_boards, rules_of
from boards.queries.seats import quorum_seats, seats_on
from boards.quorum_of import items_of, policies_of, rule_of


def problems(terms: Terms, day: dt.date) -> list[str]:
    """A sentence for each; empty when the draft can be approved to hold from the day. At most eight queries."""
    adopting = adoption_problem(terms, day)
    if adopting:
        return [adopting]
    rules = rules_of(terms, day)
    found = rules_terms.missing(terms)
    seats = quorum_seats(seats_on([terms.board_id], day).get(terms.board_id, []))
    if not any(seat.category == Category.CHAIR for seat in seats):
        found.append("The board has no chair. Add one to its members first.")
    if rules is None or not rules.quorum:
        return found
    return list(dict.fromkeys([*found, *of_quorum(rules, seats)]))


def in_the_way(terms: Terms, day: dt.date) -> list[str]:
    """What is wrong on the day and stays wrong with every seat that is still to come; empty when there is a way.

    The queries of `problems`, once for the day and once for each later day on which a seat begins.
    """
    found = problems(terms, day)
    if not found:
        return []
    coming = terms.board.memberships.filter(starts__gt=day).order_by("starts")
    days = coming.values_list("starts", flat=True).distinct()
    return found if all(problems(terms, later) for later in days) else []


def adoption_problem(terms: Terms, day: dt.date) -> str:
    """Why it cannot adopt what it adopts; empty when it can, or adopts nothing."""
    if not terms.adopts_id:
        return ""
    chain = followed_boards(terms, day)
    return rules_terms.may_adopt(terms.board, chain, rules_of(terms, day) is not None).sentence


def of_quorum(rules: Terms, seats: list[quorum.Seat]) -> list[str]:
    """What the board as it stands cannot keep of a quorum, for any item. No query."""
    try:
        rule, items, policies = rule_of(rules), items_of(rules), policies_of(rules)
    except ValueError as error:
        return [f"The quorum cannot be read: {error}"]
    if rule is None:
        return []
    found = quorum.problems(rule, policies, seats)
    for item in items:
        more = quorum.problems(quorum.rule_for(rule, items, kind=item.kind), policies, seats)
        found += [sentence for sentence in more if sentence not in found]
    if any(seat.category == Category.CHAIR for seat in seats):
        return found
    # Said already, in words that say what to do.
    return [sentence for sentence in found if "has no chair" not in sentence]
