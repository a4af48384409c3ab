"""The report for the PDF, from the same body as its page."""

from collections.abc import Mapping, Sequence
from typing import Any

from kit import reports
from kit.reports import Part

from .parts_figures import chart, measures, noted
from .parts_of_board import actions, due

Data = Mapping[str, Any]


def parts(body: Data) -> list[Part]:
    """The parts in the order of the page."""
    return [
        *_about(body),
        *_counts(body),
        *_movement(body["movement"]),
        *_matrix(body),
        *_returns(body),
        *_without(body),
        *_gaps(body),
        *measures(body["measures"]),
        *actions(body["actions"]),
        *due(body["due"]),
    ]


def _about(body: Data) -> list[Part]:
    round = body["round"]
    facts = [("Strategy", body["strategy"]["title"]), ("Round", f"{round['label']}: {round['state'].lower()}")]
    facts.append(("Covers", round["period"]))
    found = [reports.heading(body["title"]), reports.facts(facts)]
    if body["strategy"]["notice"]:
        found.append(reports.note(body["strategy"]["notice"]))
    found.append(reports.prose(f"{round['basis']} {body['counts']['said']}"))
    if body["definitions"]:
        found += [reports.heading("What the ratings mean", 2), reports.facts(_titled(body["definitions"]))]
    return found


def _titled(rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    return [(key.capitalize(), text) for key, text in rows]


def _counts(body: Data) -> list[Part]:
    counts, round = body["counts"], body["round"]
    rows = [[word, now, *([then] if counts["before"] else []), over] for _, word, now, then, over in counts["rows"]]
    headings = ["Rating", round["label"], *([counts["before"]] if counts["before"] else []), "By overseers"]
    found = [reports.heading("Ratings"), reports.table(headings, rows)]
    if counts["chart"]:
        found += chart(counts["chart"])
    return found


def _movement(movement: Data) -> list[Part]:
    if not movement["since"]:
        return [reports.heading("Movement"), reports.prose("This is the first round: nothing can be compared yet.")]
    found = [reports.heading(f"Movement since {movement['since']}")]
    found.append(reports.prose(". ".join(f"{name}: {number}" for _, name, number in movement["figures"]) + "."))
    for group in movement["groups"]:
        found.append(reports.heading(f"{group['heading']}: {len(group['lines'])}", 2))
        if group["hint"]:
            found.append(reports.prose(group["hint"]))
        found.append(reports.listing([_move(line, group["key"]) for line in group["lines"]]))
    return found


def _move(line: Data, key: str) -> str:
    before, now = line["before"][1], line["now"][1]
    said = now if key == "unchanged" else f"{before} to {now.lower()}"
    return f"{line['commitment']}: {said}{'. ' + line['notes'] if line['notes'] else ''}"


def _matrix(body: Data) -> list[Part]:
    matrix = body["matrix"]
    headings = [body["strategy"]["commitment"], *matrix["rounds"], "Measures say"]
    widths = [5, *(2 for _ in matrix["rounds"]), 2]
    found = [reports.heading(matrix["caption"])]
    for name, rows in matrix["groups"]:
        lines = [[row["commitment"], *(noted(word, beside) for _, word, beside in row["cells"])] for row in rows]
        found += [reports.heading(name, 2), reports.table(headings, lines, widths=widths)]
    return found


def _returns(body: Data) -> list[Part]:
    found = [reports.heading("Red and amber returns")]
    if not body["returns"]:
        return [*found, reports.prose(f"No return of {body['round']['label']} is amber or red.")]
    for each in body["returns"]:
        found.append(reports.heading(f"{each['rating'][1]}: {each['commitment']}", 2))
        found.append(reports.facts([(name, text) for name, text in each["said"]]))
    return found


def _without(body: Data) -> list[Part]:
    if not body["without"]:
        return []
    rows = [[commitment, word, why] for commitment, _, word, why in body["without"]]
    headings = [body["strategy"]["commitment"], "State", "Why"]
    return [reports.heading("Without a rating"), reports.table(headings, rows, widths=[4, 2, 4])]


def _gaps(body: Data) -> list[Part]:
    label = body["strategy"]["commitment"]
    found = [reports.heading("Lead and overseer differ")]
    rows = [[row[0], row[2], row[4], row[5], row[6]] for row in body["differing"]]
    headings = [label, "Lead", "Overseer", "The lead is", "Overseer’s comment"]
    found.append(
        reports.table(headings, rows, widths=[5, 2, 2, 3, 5])
        if rows
        else reports.prose("No overseer has given another rating than the lead.")
    )
    found += [reports.heading("Optimism gap"), reports.prose("Measures as they stood when the return was signed off.")]
    rows = [[row[0], row[2], row[4], row[5], row[6]] for row in body["optimism"]]
    headings = [label, "Lead says", "Measures say", "The lead is", "Lead"]
    found.append(
        reports.table(headings, rows, widths=[5, 2, 3, 3, 4])
        if rows
        else reports.prose("No lead’s rating differs from what the measures say.")
    )
    return found
