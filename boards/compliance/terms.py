"""Terms of reference: reviewed in time, and each duty that they give taken up."""

import datetime as dt
import itertools
from dataclasses import dataclass

from kit.fields import in_words
from kit.periods import add_months

from .figures import Figure, Outcome, counted, many, no_data
from .holding import in_force, rules_on
from .rows import BoardRow, DutyRow, Rows
from .years import Year


@dataclass(frozen=True)
class DutyRecord:
    """A duty in a year: at how many meetings it was taken up, and whether as often as the terms say."""

    duty: DutyRow
    meetings: int
    outcome: Outcome
    sentence: str


def review(rows: Rows, board: BoardRow, year: Year, today: dt.date) -> Figure:
    """Whether each review that was due until the year's end was made in time. A later version is a review."""
    key, label = "review", "Terms reviewed in time"
    until = min(year.ends, today)
    versions = sorted(rows.terms.get(board.key, ()), key=lambda terms: terms.looked_at)
    if year.starts > today or in_force(rows, board.key, until) is None:
        return no_data(key, label, f"No terms of reference were in force in {year.label}.")
    said, good, of = [], 0, 0
    for terms, following in itertools.zip_longest(versions, versions[1:]):
        due = add_months(terms.looked_at, terms.review_every_months)
        done = following.looked_at if following is not None and following.looked_at <= until else None
        if due > until or (done is not None and done < year.starts):
            continue
        of += 1
        name = f"Version {terms.number} was due for review by {in_words(due)}"
        if done is not None and done <= due:
            good += 1
            said.append(f"{name}, and was reviewed on {in_words(done)}.")
        elif done is not None:
            said.append(f"{name}, and was reviewed late, on {in_words(done)}.")
        else:
            said.append(f"{name}, and was not reviewed by {in_words(until)}.")
    if not of:
        terms = in_force(rows, board.key, until)
        due = add_months(terms.looked_at, terms.review_every_months)
        return no_data(key, label, f"No review was due. Version {terms.number} is to be reviewed by {in_words(due)}.")
    return counted(key, label, good, of, " ".join(said))


def duties(rows: Rows, board: BoardRow, year: Year, today: dt.date) -> list[DutyRecord]:
    """The duties of the rules that held last in the year, each with what became of it."""
    rules = rules_on(rows, board.key, min(year.ends, board.ends or year.ends, today))
    touched = {each.key: each.meetings for each in rows.touched.get((board.key, year.first), ())}
    listed = rows.duties.get(rules.key, ()) if rules else ()
    return [_duty(duty, touched.get(duty.key, 0), is_over=today > year.ends) for duty in listed]


def exercised(records: list[DutyRecord], year: Year, today: dt.date, *, was_held: bool) -> Figure:
    """How many of the duties were taken up as often as the terms say. Until the year is over, none has failed."""
    key, label = "duties", "Duties exercised"
    if not records:
        return no_data(
            key, label, "The terms in force list no duties." if was_held else f"No meetings held in {year.label}."
        )
    if not was_held:
        said = f"No meetings held in {year.label}, so none of its {many(len(records), 'duty', 'duties')} was exercised."
        return no_data(key, label, said)
    good, of = sum(each.outcome is Outcome.KEPT for each in records), len(records)
    if today <= year.ends and good < of:
        taken_up = sum(each.meetings > 0 for each in records)
        said = f"{taken_up} of {many(of, 'duty', 'duties')} taken up so far. They are judged once the year is over."
        return Figure(key, label, Outcome.COUNTED, said, taken_up, of)
    said = (
        f"{good} of {many(of, 'duty', 'duties')} exercised: on the agenda of a meeting held, as often as the terms say."
    )
    return counted(key, label, good, of, said)


def _duty(duty: DutyRow, meetings: int, *, is_over: bool) -> DutyRecord:
    asked, said = duty.times_a_year or 1, f"On the agenda of {many(meetings, 'meeting')} held"
    if meetings >= asked:
        return DutyRecord(duty, meetings, Outcome.KEPT, f"{said}.")
    if not is_over:
        so_far = f"So far {meetings} of {asked} times." if duty.times_a_year else "Not exercised so far."
        return DutyRecord(duty, meetings, Outcome.NO_DATA, so_far)
    if meetings:
        return DutyRecord(duty, meetings, Outcome.PARTLY, f"{said}, of {asked} times a year.")
    return DutyRecord(duty, 0, Outcome.NOT_KEPT, "Not exercised.")
