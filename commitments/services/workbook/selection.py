"""Which rows an exported workbook holds: those of the strategy, and those that no strategy uses yet.

Units, posts, people, measures and their breakdowns are shared by all strategies. Leaving out only what others alone use
keeps the workbook to the point, and loses nothing that a workbook of this strategy brought in.
"""

from collections.abc import Iterable
from typing import Any

from commitments.models import Commitment, CommitmentMeasure, Strategy
from commitments.services.workbook.current import Current

Identities = dict[str, set[tuple]]


def belongs(strategy: Strategy, current: Current) -> Identities:
    """What tells the chosen rows apart, by sheet. Costs two queries."""
    values = {name: {key: record.values for key, record in rows.items()} for name, rows in current.records.items()}
    chosen: Identities = {name: set(rows) for name, rows in values.items()}
    chosen["strategy"] = {(strategy.slug,)}
    chosen["measures"] = _measures(strategy, values)
    chosen["dimensions"] = _dimensions(values, chosen["measures"])
    chosen["groups"] = _pointing("dimension", values["groups"], chosen["dimensions"])
    chosen["posts"] = _posts(strategy, values, chosen["measures"])
    chosen["units"] = _units(values, chosen["posts"])
    chosen["targets"] = _pointing("measure", values["targets"], chosen["measures"])
    chosen["tenures"] = _pointing("post", values["tenures"], chosen["posts"])
    chosen["delegations"] = _pointing("post", values["delegations"], chosen["posts"])
    chosen["people"] = _people(values, chosen)
    return chosen


def _posts(strategy: Strategy, values: dict[str, Any], measures: set[tuple]) -> set[tuple]:
    used = {(row[role],) for row in values["commitments"].values() for role in ("lead_post", "overseer_post")}
    used |= {(values["measures"][code]["owner_post"],) for code in measures}
    others = Commitment.objects.exclude(strategy=strategy).order_by()
    elsewhere = list(others.values_list("lead_post__code", "overseer_post__code").distinct())
    elsewhere += [(row["owner_post"],) for code, row in values["measures"].items() if code not in measures]
    return _not_only(elsewhere, set(values["posts"]), used)


def _dimensions(values: dict[str, Any], measures: set[tuple]) -> set[tuple]:
    """Those of the chosen measures, and those that no measure has."""
    used = {(values["measures"][code]["dimension"],) for code in measures}
    elsewhere = [(row["dimension"],) for code, row in values["measures"].items() if code not in measures]
    return _not_only(elsewhere, set(values["dimensions"]), used)


def _measures(strategy: Strategy, values: dict[str, Any]) -> set[tuple]:
    used = {(row["measure"],) for row in values["commitment_measures"].values()}
    others = CommitmentMeasure.objects.exclude(commitment__strategy=strategy).order_by()
    return _not_only(others.values_list("measure__code").distinct(), set(values["measures"]), used)


def _not_only(elsewhere: Iterable[tuple], every: set[tuple], used: set[tuple]) -> set[tuple]:
    return every - ({(code,) for codes in elsewhere for code in codes} - used)


def _units(values: dict[str, Any], posts: set[tuple]) -> set[tuple]:
    """The units of the chosen posts and those without posts of others, with the units that they are part of."""
    units = values["units"]
    ours = _with_parents(units, {(row["unit"],) for code, row in values["posts"].items() if code in posts})
    others = _with_parents(units, {(row["unit"],) for code, row in values["posts"].items() if code not in posts})
    return _with_parents(units, ours | (set(units) - others))


def _with_parents(units: dict[tuple, Any], codes: set[tuple]) -> set[tuple]:
    found: set[tuple] = set()
    for code in codes:
        while code in units and code not in found:
            found.add(code)
            code = (units[code]["parent"],)
    return found


def _pointing(column: str, rows: dict[tuple, Any], chosen: set[tuple]) -> set[tuple]:
    return {identity for identity, row in rows.items() if (row[column],) in chosen}


def _people(values: dict[str, Any], chosen: Identities) -> set[tuple]:
    """Those with a tenure or delegation of a chosen post, and those with none at all."""
    here, anywhere = set(), set()
    for sheet in ("tenures", "delegations"):
        for identity, row in values[sheet].items():
            anywhere.add((row["person"],))
            if identity in chosen[sheet]:
                here.add((row["person"],))
    return here | (set(values["people"]) - anywhere)
