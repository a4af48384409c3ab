"""Small numbers, attacked: with every output in hand, and every door tried, the hidden number cannot be found.

Two attacks. One does the sums that a patient reader would do. The other needs no idea how a number could get out: two
worlds differ in the hidden numbers alone, and nothing that anybody is answered tells them apart.
"""

import csv
import datetime as dt
import io
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection, transaction
from django.urls import reverse

from monitoring.models import ProgressReturn
from tests.factories.commitments import (
    CommitmentMeasureFactory,
    DimensionFactory,
    GroupFactory,
    MeasureFactory,
    ShareFactory,
    TargetFactory,
)
from tests.factories.monitoring import ObservationFactory, open_round, play

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)
Q1, Q2, Q3 = dt.date(2021, 4, 1), dt.date(2021, 7, 1), dt.date(2021, 10, 1)
DAYS = ("", "2021-10-31", "2021-11-30")
PERSONAS = ("viewer", "auditor", "lead", "team")
# Promoted and all officers, by group. What is shown (white, and the wholes below) is the same in both worlds.
ONE_WORLD = {"asian": (40, 400), "black": (1, 27), "white": (300, 3000), "black revised": (9, 35)}
OTHER_WORLD = {"asian": (39, 398), "black": (2, 29), "white": (300, 3000), "black revised": (10, 37)}
WHOLE, WHOLE_REVISED = (341, 3427), (349, 3435)
HEAD = "measure,period_starts,period_ends,group,value,numerator,denominator,status,reason\n"


def world(plan, numbers) -> None:
    """A percentage with its whole recorded, a count whose whole is worked out, targets of several kinds, a return."""
    groups = DimensionFactory(code="ethnicity", title="Ethnicity", whole="all officers")
    share = ShareFactory(code="promoted", title="Share promoted", dimension=groups, small_number_threshold=5)
    count = MeasureFactory(
        code="promotions",
        title="Officers promoted",
        unit="officers",
        dimension=groups,
        over_time="sum",
        over_groups="sum",
        small_number_threshold=5,
    )
    asked = [
        (share, "gap_at_most", {"points": "2", "groups": "every"}),
        (share, "reach_level", {"at_least": "12", "groups": "every"}),
        (count, "reach_level", {"at_least": "1000"}),
    ]
    for number, (measure, kind, params) in enumerate(asked):
        words = {"code": f"asked-{number}", "wording": f"Asked {number}"}
        TargetFactory(measure=measure, kind=kind, params=params, trajectory="none", **words)
    for order, measure in enumerate((share, count)):
        CommitmentMeasureFactory(commitment=plan.first, measure=measure, order=order)
    for order, code in enumerate(("asian", "black", "white")):
        group = GroupFactory(dimension=groups, code=code, title=code.title(), order=order)
        for about in (Q1, Q2, Q3):
            recorded(share, about, numbers[code], group=group)
            if about != Q3:
                ObservationFactory(measure=count, about=about, group=group, value=numbers[code][0])
    for about in (Q1, Q2, Q3):
        recorded(share, about, WHOLE)
    again = {"revision": 2, "reason": "Late forms.", "entered_at": dt.datetime(2021, 11, 15, tzinfo=dt.UTC)}
    recorded(share, Q1, numbers["black revised"], group=groups.groups.get(code="black"), **again)
    recorded(share, Q1, WHOLE_REVISED, **again)
    gone = {"value": None, "revision": 2, "reason": "Wrong.", "entered_at": again["entered_at"]}
    ObservationFactory(measure=count, about=Q1, group=groups.groups.get(code="black"), **gone)
    round = open_round(plan.strategy)
    play(plan.first, round, on=TODAY, rating="green")


def recorded(measure, about, of, **more) -> None:
    numerator, denominator = of
    value = (Decimal(100) * numerator / denominator).quantize(Decimal("0.000001"))
    ObservationFactory(measure=measure, about=about, value=value, numerator=numerator, denominator=denominator, **more)


# The attack by sums


def test_the_sums_that_can_be_done_do_not_give_it(client_as, plan, lead, overseer, team):
    world(plan, ONE_WORLD)
    client = client_as("viewer")
    known, sums = {}, []
    for day in DAYS:
        asked = {"on": day} if day else {}
        for part in ("Numerator", "Denominator"):
            facts = figures(client, "promoted", part, asked)
            known |= facts
            for period in {cell[1] for cell in facts}:
                cells = [cell for cell in facts if cell[1] == period]
                whole = [cell for cell in cells if cell[2] == ""]
                sums.append((whole, [cell for cell in cells if cell[2] != ""]))
        facts = figures(client, "promotions", "Value", asked)
        known |= facts
        for period, total in wholes(client, "promotions", asked).items():
            cell = ("Whole", period, "", day)
            known[cell] = total
            sums.append(([cell], [each for each in facts if each[1] == period]))
    secrets = {cell for cell in known if cell[2] == "black" and cell[3] == "1" and known[cell] is None}
    assert len(secrets) == 8  # two numbers of three quarters of the share, one of two of the count
    assert not secrets & solved(known, sums).keys()
    # The attack works: with one number more the hidden one falls out.
    more = known | {("Numerator", "Q2 2021-22", "asian", "1"): Fraction(40)}
    assert solved(more, sums)["Numerator", "Q2 2021-22", "black", "1"] == 1


def figures(client, code: str, part: str, asked: dict) -> dict[tuple, Fraction | None]:
    """From the file of a measure, by part, period, group and revision; None of what hides."""
    told = rows(client, code, {**asked, "download": f"figures-{code}"})
    return {
        (part, row["Period"], row["Group code"], row["Revision"]): number(row[part], row["Status"] == "Hidden")
        for row in told
    }


def wholes(client, code: str, asked: dict) -> dict[str, Fraction | None]:
    """From the file beside the chart, by period."""
    told = rows(client, code, {**asked, "download": "trend"})
    return {row["Period"]: number(row["Value"], False) for row in told}


def rows(client, code: str, asked: dict) -> list[dict]:
    response = client.get(f"/measures/{code}/", asked)
    if not response["Content-Type"].startswith("text/csv"):
        return []
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def number(text: str, hides: bool) -> Fraction | None:
    return None if hides or not re.fullmatch(r"[\d.]+", text) else Fraction(text)


def solved(known: dict, sums: list) -> dict:
    """Every unknown that the sums determine, by elimination."""
    lines = []
    for whole, parts in sums:
        if not whole or not parts:
            continue
        left, right = {}, Fraction(0)
        for cells, sign in ((parts, 1), (whole, -1)):
            for cell in cells:
                if known[cell] is None:
                    left[cell] = left.get(cell, Fraction(0)) + sign
                else:
                    right -= sign * known[cell]
        lines.append((left, right))
    done = []
    while lines:
        left, right = lines.pop()
        if not left:
            continue
        pivot, by = next(iter(left.items()))
        line = {cell: each / by for cell, each in left.items()}, right / by
        lines = [without(each, pivot, line) for each in lines]
        done = [(at, without(each, pivot, line)) for at, each in done] + [(pivot, line)]
    return {pivot: right for pivot, (left, right) in done if len(left) == 1}


def without(line, pivot, by):
    left, right = line
    times = left.get(pivot, Fraction(0))
    cells = {cell: left.get(cell, Fraction(0)) - times * by[0].get(cell, Fraction(0)) for cell in {*left, *by[0]}}
    return {cell: each for cell, each in cells.items() if each}, right - times * by[1]


# The attack by two worlds


def test_two_worlds_that_differ_in_hidden_numbers_read_the_same(client_as, plan, lead, overseer, team, auditor, viewer):
    clients = {persona: client_as(persona) for persona in PERSONAS}
    counters = sequences()
    heard = []
    for numbers in (ONE_WORLD, OTHER_WORLD):
        rewind(counters)
        with transaction.atomic():
            world(plan, numbers)
            heard.append({persona: everything(clients[persona], persona) for persona in PERSONAS})
            transaction.set_rollback(True)
    for persona in PERSONAS:
        one, other = (each[persona] for each in heard)
        assert one.keys() == other.keys()
        assert len(one) > 20
        for asked in one:
            assert one[asked] == other[asked], f"{asked} tells {persona} which world it is"


def test_what_is_shown_tells_worlds_apart(client_as, plan, lead, overseer, team, viewer):
    """The attack above works: it sees a number that is shown."""
    client, counters = client_as("viewer"), sequences()
    heard = []
    for white in ((300, 3000), (301, 3000)):
        rewind(counters)
        with transaction.atomic():
            world(plan, {**ONE_WORLD, "white": white})
            heard.append(everything(client, "auditor"))
            transaction.set_rollback(True)
    assert sum(heard[0][asked] != heard[1][asked] for asked in heard[0]) > 2


def everything(client, persona: str) -> dict[str, str]:
    """What a persona is answered, by what was asked: pages, pictures, files, forms, and guesses.

    Pictures and days gone by are the same for everybody, and slow: one persona looks at them for all.
    """
    row = ProgressReturn.objects.get(round__label="Q3 2021-22", commitment__number=1)
    said = {address: answer(client.get(address)) for address in addresses(row, deep=persona == "viewer")}
    if persona != "lead":
        return said
    for name, data in guesses().items():
        said[f"guess {name}"] = answer(client.post("/measures/sheet/", {"figures": data}))
    for group, typed in {"black": (1, 27), "asian": (40, 400)}.items():
        told = {"period": Q2.isoformat(), "group": group, "numerator": typed[0], "denominator": typed[1]}
        for reason in ("", "To see whether it is new."):
            sent = told | {"status": "actual", "reason": reason, "seen": f"{Q2}.{group}.1"}
            sure = {"sure": f"{Q2}.{group}..{typed[0]}.{typed[1]}"}
            for name, more in {"asked": {}, "sure": sure, "unseen": {"seen": ""}}.items():
                with transaction.atomic():
                    answered = client.post("/measures/promoted/record/", sent | more, follow=True)
                    said[f"record {group} {reason} {name}"] = answer(answered)
                    transaction.set_rollback(True)
    return said


def guesses() -> dict[str, str]:
    """Sheets that guess the numbers of the one world, with and without a reason; the right one, and a neighbour."""
    found = {}
    for reason in ("", "To see whether it is new."):
        for numerator in (1, 2):
            row = f"promoted,2021-07-01,2021-09-30,black,,{numerator},27,,{reason}\n"
            found[f"black {numerator} {reason}"] = HEAD + row
        found[f"asian {reason}"] = HEAD + f"promoted,2021-07-01,2021-09-30,asian,,40,400,,{reason}\n"
        found[f"count {reason}"] = HEAD + f"promotions,2021-07-01,2021-09-30,black,1,,,,{reason}\n"
        found[f"impossible {reason}"] = HEAD + f"promoted,2021-07-01,2021-09-30,black,3.7,2,27,,{reason}\n"
    return found


def addresses(row, *, deep: bool) -> list[str]:
    """Where the measures are met; with `deep`, every file, picture and day gone by as well."""
    plan, found = row.commitment.strategy.slug, []
    for code in ("promoted", "promotions"):
        page = f"/measures/{code}/"
        found += [page, f"{page}record/?period={Q2}&group=black", f"{page}record/?period={Q1}&group=asian"]
        found += [f"{page}withdraw/?period={Q2}&group=black", f"{page}not-available/"]
        found += [reverse("commitments:measure_history", args=[plan, 1, code])]
        for day in DAYS if deep else ():
            on = f"&on={day}" if day else ""
            files = (f"figures-{code}", f"revisions-{code}", "trend", "groups", "gap")
            found += [f"{page}?{on}", *(f"{page}?download={name}{on}" for name in files)]
            found += [f"{page}chart/{kind}.svg?{on}" for kind in ("trend", "groups", "gap", "sparkline")]
    returns = ("return", "return_measures", "return_review", "return_submitted")
    found += [reverse(f"monitoring:{name}", args=[row.pk]) for name in returns]
    found += [reverse("monitoring:return_version", args=[row.pk, 1])]
    found += [
        reverse("monitoring:return_submission", args=[row.pk, act.pk]) for act in row.acts.filter(verb="submitted")
    ]
    found += ["/", "/measures/", "/measures/due/", "/measures/sheet/?due", "/returns/", f"/dashboard/{plan}/"]
    found += [row.commitment.get_absolute_url(), row.commitment.strategy.get_absolute_url()]
    found += [reverse("commitments:workbook_export", args=[plan])]
    found += [reverse("commitments:commitment_history", args=[plan, 1])]
    if deep:
        found += ["/measures/?download=measures", "/measures/?verdict=off_track", "/measures/due/?download=figures-due"]
        names = ("matrix", "optimism-gap", "optimism-by-lead", "optimism-by-programme")
        found += [f"/dashboard/{plan}/?download={name}" for name in names]
        found += [reverse("commitments:strategy_history", args=[plan])]
    return found


def answer(response) -> str:
    """What came back, without what is new each time."""
    body = response.content.decode("utf-8", "replace") if not response.streaming else ""
    body = re.sub(r'csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|"X-CSRFToken": "\w+"', "", body)
    body = re.sub(r"\b\d\d:\d\d(:\d\d)?(\.\d+)?\b", "", body)
    return f"{response.status_code} {response.get('ETag', '')} {response.get('Location', '')}\n{body}"


def sequences() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname || '.' || sequencename, coalesce(last_value, 0) FROM pg_sequences")
        return dict(cursor.fetchall())


def rewind(counters: dict[str, int]) -> None:
    """The same keys in each world."""
    with connection.cursor() as cursor:
        for name, last in counters.items():
            cursor.execute("SELECT setval(%s, %s, %s)", [name, max(last, 1), last > 0])
