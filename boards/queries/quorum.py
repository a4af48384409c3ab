"""Whether a meeting is quorate: its seats, replies, attendance and recusals, put to the rule that holds. No queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from boards import quorum
from boards.choices import RECUSED, Reply
from boards.choices import Presence as Came
from boards.models import AgendaItem, Declaration, Terms
from boards.queries.attendance import Line
from boards.quorum_of import items_of, policies_of, rule_of

NO_TERMS = "No terms of reference are in force on the day, so there is no quorum to meet."
NO_RULE = "The terms of reference set no quorum."
RATIFICATION = "Decisions taken will be subject to ratification."
REPLIED = {
    Reply.NONE: quorum.How.NOT_KNOWN,
    Reply.COMING: quorum.How.PRESENT,
    Reply.APOLOGIES: quorum.How.APOLOGIES,
    Reply.DEPUTY: quorum.How.DEPUTY,
}
CAME = {
    Came.NOT_RECORDED: quorum.How.NOT_KNOWN,
    Came.PRESENT: quorum.How.PRESENT,
    Came.DEPUTY: quorum.How.DEPUTY,
    Came.APOLOGIES: quorum.How.APOLOGIES,
    Came.ABSENT: quorum.How.ABSENT,
}


@dataclass(frozen=True)
class Answer:
    """`quorate` is None where no rule says so. The sentence is always there."""

    quorate: bool | None
    sentence: str

    @property
    def inquorate(self) -> bool:
        return self.quorate is False


def seat_of(line: Line) -> quorum.Seat:
    """A line of the attendance as the quorum knows it."""
    row = line.attendance
    return quorum.Seat(
        key=line.key,
        label=row.label,
        category=quorum.Category(row.category),
        holder=row.name or None,
        post=row.post.code if row.post else "",
        person=line.holder_key,
    )


def forecast(terms: Terms | None, lines: Iterable[Line]) -> str:
    """What the replies say beforehand, in a sentence."""
    if terms is None:
        return NO_TERMS
    if (rule := rule_of(terms)) is None:
        return NO_RULE
    replies = [
        quorum.Presence(seat_of(line), REPLIED[Reply(line.attendance.reply)], deputy_name=line.attendance.deputy_name)
        for line in lines
    ]
    return quorum.forecast(rule, policies_of(terms), replies).sentence


def answers(
    terms: Terms | None, lines: Iterable[Line], items: Iterable[AgendaItem], declarations: Iterable[Declaration]
) -> dict[int, Answer]:
    """For each item, by its key, whether it is quorate, from who is there for it and not recused."""
    lines, items, declarations = list(lines), list(items), list(declarations)
    if terms is None:
        return {item.pk: Answer(None, NO_TERMS) for item in items}
    rule, policies = rule_of(terms), policies_of(terms)
    if rule is None:
        return {item.pk: Answer(None, NO_RULE) for item in items}
    kinds = items_of(terms)
    places = {item.pk: item.position for item in items}
    found = {}
    for item in items:
        extra = quorum.parse(item.quorum) if item.quorum else None
        whole = quorum.rule_for(rule, kinds, kind=item.purpose, extra=extra)
        recused = _recused(declarations, item)
        presences = [_presence(line, item, places, line.attendance.pk in recused) for line in lines]
        finding = quorum.evaluate(whole, policies, presences)
        said = finding.sentence if finding.quorate else f"{finding.sentence} {RATIFICATION}"
        found[item.pk] = Answer(finding.quorate, said)
    return found


def _presence(line: Line, item: AgendaItem, places: dict[int, int], recused: bool) -> quorum.Presence:
    row = line.attendance
    how = CAME[Came(row.presence)]
    if how in (quorum.How.PRESENT, quorum.How.DEPUTY):
        how = _gone(row, item, places) or how
    return quorum.Presence(seat_of(line), how, deputy_name=row.deputy_name, recused=recused, presiding=row.presided)


def _gone(row, item: AgendaItem, places: dict[int, int]) -> quorum.How | None:
    """Not there before the item they arrived for, nor beyond the one they left after."""
    if row.arrived_for_id is not None and places.get(row.arrived_for_id, 0) > item.position:
        return quorum.How.NOT_YET
    if row.left_after_id is not None and item.position > places.get(row.left_after_id, item.position):
        return quorum.How.LEFT
    return None


def _recused(declarations: Iterable[Declaration], item: AgendaItem) -> Collection[int]:
    return {each.attendance_id for each in declarations if each.outcome in RECUSED and each.item_id in (None, item.pk)}
