"""How measures read: tables, figures, targets, revisions. What hides says the same everywhere (queries.disclosure)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from django.urls import reverse

from commitments.facts import nearness_of, reading_of
from commitments.models import Group, Measure
from commitments.queries import MeasureDetail
from commitments.suppression import WHOLE
from commitments.targets import Verdict, wording
from commitments.targets.verdicts import RANK
from kit.clock import local_date
from kit.fields import in_words
from kit.periods import Period, period_holding
from kit.tables import Cell, Column, Table
from monitoring.models import Observation
from monitoring.presenters import measure_charts, measure_promises
from monitoring.presenters.days import listed, many
from monitoring.presenters.standings import word
from monitoring.queries.books import OpenBook
from monitoring.queries.disclosure import group_of
from monitoring.queries.measure_pages import Due, Line
from monitoring.queries.measures import Judged, status_of
from monitoring.rules_observations import plain
from people.models import Post, Tenure

NOT_READ = "No machine reads this target yet, so it has no verdict."
VACANT = "Vacant"
HIDDEN = "Hidden"


# The list


def measures_table(request: HttpRequest, lines: Sequence[Line]) -> Table:
    columns = [
        Column("measure", "Measure", _measure, lambda line: line.measure.title.casefold()),
        Column("commitments", "Commitments", lambda line: Cell(numbers(line)), lambda line: _first_number(line)),
        Column("posts", "Figures from", _posts, lambda line: _post_titles(line), plain=_posts_plain),
        Column(
            "latest",
            "Latest figure",
            lambda line: latest_cell(line.book, line.on),
            lambda line: _latest_period(line),
            plain=lambda line: latest_plain(line.book, line.on),
        ),
        Column("trend", "Trend", lambda line: spark_cell(line.book, line.on), plain=lambda line: _spark_plain(line)),
        Column("verdict", "Targets", _verdict, lambda line: _verdict_order(line.verdict), plain=_verdict_plain),
        Column("due", "Due", _due_count, lambda line: len(line.due), True, plain=lambda line: len(line.due)),
    ]
    return Table(
        request,
        caption="Measures",
        columns=columns,
        rows=lines,
        name="measures",
        sort="measure",
        empty_text="No measure fits these filters.",
    )


def numbers(line: Line) -> str:
    return ", ".join(str(commitment.number) for commitment in line.commitments) or "None"


def latest(book: OpenBook, on: dt.date) -> tuple[str, str]:
    """The newest figure of the whole in words, and when and what kind it is."""
    data = [point for point in measure_charts.whole_points(book, on) if point.status != "missing"]
    if not data:
        some = any(row.value is not None and row.period_ends <= on for row in book.observations)
        return ("By group only" if some else "No data yet"), ""
    point = data[-1]
    status = "" if point.status in ("actual", "suppressed") else f", {point.status}"
    if point.value is None:
        return book.disclosure.text, point.period
    exact = next(
        (row.value for row in book.observations if row.group_id is None and row.period_ends == point.ends), None
    )
    value = exact if exact is not None else book.series.over(WHOLE, point.starts, point.ends).value
    return wording.figure(book.facts, value), f"{point.period}{status}"


def latest_cell(book: OpenBook, on: dt.date) -> Cell:
    text, note = latest(book, on)
    return Cell(text, note=note)


def latest_plain(book: OpenBook, on: dt.date) -> str:
    return ", ".join(filter(None, latest(book, on)))


def spark_cell(book: OpenBook, on: dt.date) -> Cell:
    """A line the size of a word; nothing where two figures are not there to be joined."""
    chart = measure_charts.spark(book, on)
    if len(measure_charts.known_points(book, on)) < 2:
        return Cell("")
    return Cell("", kind="sparkline", value=measure_charts.at(chart, book, "sparkline"))


def _spark_plain(line: Line) -> str:
    return measure_charts.spark(line.book, line.on).headline


def _measure(line: Line) -> Cell:
    return Cell(line.measure.title, url=url_of(line.measure))


def url_of(measure: Measure) -> str:
    return reverse("monitoring:measure", args=[measure.code])


def list_url() -> str:
    """Where all measures are."""
    return reverse("monitoring:measures")


def _first_number(line: Line) -> int | None:
    return line.commitments[0].number if line.commitments else None


def _post_titles(line: Line) -> str:
    return listed([post.title for post in line.posts])


def _posts(line: Line) -> Cell:
    if not line.posts:
        return Cell("Nobody")
    if len(line.posts) > 1:
        return Cell(_post_titles(line))
    return post_cell(line.posts[0], line.holders.get(line.posts[0].pk))


def post_cell(post: Post, holder: Tenure | None) -> Cell:
    """A post and who holds it today; a vacant one says so."""
    if holder is None:
        return Cell(post.title, kind="vacant")
    return Cell(post.title, url=post.get_absolute_url(), note=holder.person.name)


def _posts_plain(line: Line) -> str:
    return "; ".join(
        f"{post.title} ({holder.person.name if (holder := line.holders.get(post.pk)) else VACANT})"
        for post in line.posts
    )


def _verdict(line: Line) -> Cell:
    if line.verdict is None:
        return Cell("Not judged", note="No target" if not line.judged else "No machine reads its targets")
    return Cell(word(line.verdict), kind="rating", value=line.verdict.value, note=worst_said(line.judged))


def _verdict_plain(line: Line) -> str:
    cell = _verdict(line)
    return f"{cell.text} ({cell.note})" if cell.note else cell.text


def worst_said(judged: Sequence[Judged]) -> str:
    """How many of several targets have the worst verdict: "2 of 3 targets"."""
    verdicts = [each.verdict for each in judged if each.verdict is not None]
    if len(judged) < 2 or not verdicts:
        return ""
    due = [verdict for verdict in verdicts if verdict is not Verdict.NOT_DUE] or verdicts
    worst = min(due, key=lambda verdict: RANK.get(verdict, 9))
    return f"{verdicts.count(worst)} of {len(judged)} targets"


def _verdict_order(verdict: Verdict | None) -> int | None:
    if verdict is None:
        return None
    return RANK.get(verdict, len(RANK))


def _due_count(line: Line) -> Cell:
    count = len(line.due)
    return Cell(str(count) if count else "", kind="number", value=count)


def _latest_period(line: Line) -> dt.date | None:
    ends = [row.period_ends for row in line.book.observations if row.value is not None]
    return max(ends, default=None)


# In the plan of a commitment


def tell(parts: Iterable[MeasureDetail], books: Iterable[OpenBook], on: dt.date) -> None:
    """Gives each measure of a commitment, and each of its targets, as `said` what the figures say of it."""
    by_pk = {book.measure.pk: book for book in books}
    for part in parts:
        book = by_pk[part.measure.pk]
        judged = book.judged(on)
        outcomes = {each.target.pk: each for each in judged}
        text, when = latest(book, on)
        verdict = status_of(judged).verdict
        part.measure.said = {
            "url": url_of(part.measure),
            "verdict": verdict.value if verdict else "",
            "latest": ", ".join(filter(None, [text, when])),
            "spark": spark_cell(book, on).value,
        }
        for target in part.targets:
            each = outcomes.get(target.pk)
            if each is not None and each.outcome is not None:
                target.said = {"verdict": each.verdict.value, "sentence": each.outcome.sentence}


# What the list can be narrowed to


def choices(lines: Iterable[Line]) -> dict[str, list[tuple[str, str]]]:
    programmes, posts, verdicts = {}, {}, {}
    for line in lines:
        for commitment in line.commitments:
            programmes[str(commitment.programme_id)] = str(commitment.programme)
        posts |= {post.code: post.title for post in line.posts}
        verdicts[_verdict_key(line)] = _verdict_order(line.verdict)
    ordered = sorted(verdicts, key=lambda key: (verdicts[key] is None, verdicts[key]))
    return {
        "programme": sorted(programmes.items(), key=lambda pair: pair[1]),
        "post": sorted(posts.items(), key=lambda pair: pair[1]),
        "verdict": [(key, word(key) if key != "none" else "Not judged") for key in ordered],
        "due": [("yes", "Figures are due"), ("no", "Nothing is due")],
    }


def narrowed(lines: Iterable[Line], asked: dict[str, str]) -> list[Line]:
    return [line for line in lines if all(_fits(line, name, value) for name, value in asked.items())]


def _fits(line: Line, name: str, value: str) -> bool:
    if name == "programme":
        return value in {str(commitment.programme_id) for commitment in line.commitments}
    if name == "post":
        return value in {post.code for post in line.posts}
    if name == "verdict":
        return value == _verdict_key(line)
    return (value == "yes") == bool(line.due)


def _verdict_key(line: Line) -> str:
    return line.verdict.value if line.verdict else "none"


# What is due from whom


def due_table(request: HttpRequest, rows: Sequence[Due]) -> Table:
    columns = [
        Column("measure", "Measure", lambda due: _measure(due.line), lambda due: due.line.measure.title.casefold()),
        Column("period", "Period", lambda due: Cell(due.period.label), lambda due: due.period.ends),
        Column("group", "Group", lambda due: Cell(group_name(due.line.book, due.group))),
        Column(
            "post",
            "Due from",
            lambda due: post_cell(due.post, due.holder),
            lambda due: due.post.title,
            plain=lambda due: due.post.title,
        ),
        Column(
            "since",
            "Since",
            lambda due: Cell(in_words(due.since), kind="date"),
            lambda due: due.since,
            plain=lambda due: due.since.isoformat(),
        ),
        Column("days", "Days", lambda due: Cell(str(due.days), kind="number"), lambda due: due.days, True),
        Column(
            "expected",
            "Expected",
            _expected,
            lambda due: due.expected.expected_on if due.expected else None,
            plain=lambda due: due.expected.expected_on.isoformat() if due.expected else "",
        ),
    ]
    return Table(
        request,
        caption="Figures that are due",
        columns=columns,
        rows=rows,
        name="figures-due",
        sort="-days",
        empty_text="Nothing is due. Every period that is over has its figures.",
    )


def _expected(due: Due) -> Cell:
    """When it is expected, and why not before; a day that has passed says so."""
    said = due.expected
    if said is None:
        return Cell("Nothing said")
    passed = "This day has passed." if said.expected_on < due.line.on else ""
    return Cell(in_words(said.expected_on), kind="date", note=" ".join(filter(None, [passed, said.note])))


def due_file(request: HttpRequest, rows: Sequence[Due]) -> Table:
    """The same with a column for each fact."""
    table = due_table(request, rows)
    holder = Column("holder", "Holder today", lambda due: Cell(due.holder.person.name if due.holder else VACANT))
    code = Column("code", "Code", lambda due: Cell(due.line.measure.code))
    group = Column("group_code", "Group code", lambda due: Cell(due.group.code if due.group else ""))
    why = Column("why", "Why not yet", lambda due: Cell(due.expected.note if due.expected else ""))
    columns = [code, *table.columns[:3], group, table.columns[3], holder, *table.columns[4:], why]
    return Table(request, caption=table.caption, columns=columns, rows=rows, name=table.name, sort="-days")


def group_name(book: OpenBook, group: Group | None) -> str:
    """A group's name; the whole has its own word."""
    if group is not None:
        return group.title
    return wording.capital(wording.name(book.facts, WHOLE)) if book.measure.dimension_id else "The whole"


def notice(lines: Iterable[Line]) -> str:
    """What the strategies of these measures say on every page; of which one, where they do not say the same."""
    strategies = {each.strategy_id: each.strategy for line in lines for each in line.commitments}
    if len({each.notice for each in strategies.values()}) < 2:
        return next((each.notice for each in strategies.values()), "")
    return " ".join(f"{each.title}: {each.notice}" for each in strategies.values() if each.notice)


# One measure


@dataclass(frozen=True)
class TargetView:
    """A target as its page tells it: the words as published, the machine's reading, the verdict with its sentence.

    near: what parts slipping from off track.
    """

    wording: str
    facts: str
    reading: str
    near: str
    problem: str
    verdict: str
    sentence: str


def targets(book: OpenBook, judged: Iterable[Judged]) -> list[TargetView]:
    return [_target(each) for each in judged]


def _target(each: Judged) -> TargetView:
    target = each.target
    facts = [f"Baseline as published: {target.baseline}." if target.baseline else ""]
    facts.append(f"Applies from {in_words(target.starts)}." if target.starts else "")
    facts.append(f"By {in_words(target.due_on)}." if target.due_on else "")
    return TargetView(
        wording=target.wording,
        facts=" ".join(filter(None, facts)),
        reading=reading_of(target),
        near=nearness_of(target),
        problem=each.problem or ("" if target.kind else NOT_READ),
        verdict=each.verdict.value if each.verdict else "",
        sentence=each.outcome.sentence if each.outcome else "",
    )


def next_step(line: Line) -> str:
    """What has to be given, and by whom."""
    if not line.due:
        return "None. Every period that is over has its figures."
    periods = list(dict.fromkeys(period.label for period, _ in line.due))
    what = periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"
    who = [f"{post.title}{'' if line.holders.get(post.pk) else ', which is vacant'}" for post in line.posts]
    return f"{many(len(line.due), 'figure')} to be given for {what} by {listed(who)}."


def expected(line: Line) -> list[str]:
    """What is due and was said to come later: “Q3 2021-22, Black: expected on 3 February 2022. Late survey.”"""
    found = []
    for period, group in line.due:
        if said := line.expected(period, group):
            name = f", {group_name(line.book, group)}" if line.book.measure.dimension_id else ""
            note = f" {said.note.rstrip('.')}." if said.note else ""
            passed = " This day has passed." if said.expected_on < line.on else ""
            found.append(f"{period.label}{name}: expected on {in_words(said.expected_on)}.{passed}{note}")
    return found


@dataclass(frozen=True)
class Row:
    """A period in the table of figures, with its figures by group."""

    period: Period
    cells: dict[str, Observation]


def figures_table(request: HttpRequest, line: Line, book: OpenBook) -> Table:
    """Periods down, the newest first; the whole and the groups across."""
    codes = _codes(book)
    rows: dict[dt.date, Row] = {}
    for observation in book.observations:
        if observation.withdrawn:
            continue
        period = period_holding(observation.period_starts, book.measure.cadence)
        rows.setdefault(period.starts, Row(period, {})).cells[group_of(observation)] = observation
    columns = [
        Column("period", "Period", lambda row: Cell(row.period.label), lambda row: row.period.starts),
        *(_group_column(book, code) for code in codes),
    ]
    return Table(
        request,
        caption=f"Figures{f', {book.measure.unit}' if book.measure.unit else ''}",
        columns=columns,
        rows=rows.values(),
        name=f"figures-{book.measure.code}",
        sort="-period",
        empty_text="No data yet. Figures show here once they have been recorded.",
    )


def _codes(book: OpenBook) -> list[str]:
    """The whole first, where it has figures of its own or can be worked out, then the groups."""
    groups = [code for code in book.facts.groups if code]
    whole = any(row.group_id is None for row in book.observations) or book.measure.over_groups != "latest"
    return [WHOLE, *groups] if whole or not groups else groups


def _group_column(book: OpenBook, code: str) -> Column:
    name = wording.capital(wording.name(book.facts, code)) if book.measure.dimension_id else "Figure"
    return Column(f"g-{code}", name, lambda row: figure_cell(book, row, code), numeric=True)


def figure_cell(book: OpenBook, row: Row, code: str) -> Cell:
    observation = row.cells.get(code)
    if observation is None:
        return _worked_out(book, row, code)
    if book.disclosure.hides(observation):
        return Cell(HIDDEN, kind="number")
    if observation.value is None:
        return Cell("None of none", kind="number")
    marks = [] if observation.status == "actual" else [observation.get_status_display().lower()]
    marks += ["revised"] if observation.revision > 1 else []
    return Cell(number(book, observation), kind="number", note=", ".join(marks))


def _worked_out(book: OpenBook, row: Row, code: str) -> Cell:
    """The whole where it follows from the groups."""
    point = book.series.over(WHOLE, row.period.starts, row.period.ends) if code == WHOLE and row.cells else None
    if point is None or point.ends != row.period.ends:
        return Cell("", kind="number")
    if book.disclosure.hides_whole(row.period.starts, row.period.ends):
        return Cell(HIDDEN, kind="number")
    return Cell(wording.number(point.value, book.measure.decimals), kind="number", note="from the groups")


def number(book: OpenBook, observation: Observation) -> str:
    """A figure without its unit, which the table's caption says."""
    if book.measure.unit_kind == "yes_no":
        return "Yes" if observation.value else "No"
    return wording.number(observation.value, book.measure.decimals)


def figures_file(request: HttpRequest, book: OpenBook) -> Table:
    """One figure a row, as it may be shown."""

    def hidden(row: Observation) -> bool:
        return book.disclosure.hides(row)

    def shown(name: str):
        return lambda row: Cell("" if hidden(row) or getattr(row, name) is None else plain(getattr(row, name)))

    columns = [
        Column("period", "Period", lambda row: Cell(period_holding(row.period_starts, book.measure.cadence).label)),
        Column("starts", "Starts", lambda row: Cell(row.period_starts.isoformat()), lambda row: row.period_starts),
        Column("ends", "Ends", lambda row: Cell(row.period_ends.isoformat())),
        Column("group", "Group", lambda row: Cell(group_name(book, row.group))),
        Column("code", "Group code", lambda row: Cell(group_of(row))),
        Column("value", "Value", lambda row: Cell(book.disclosure.text) if hidden(row) else shown("value")(row)),
        Column("numerator", "Numerator", shown("numerator")),
        Column("denominator", "Denominator", shown("denominator")),
        Column("status", "Status", lambda row: Cell("Hidden" if hidden(row) else row.get_status_display())),
        Column("revision", "Revision", lambda row: Cell(str(row.revision))),
        Column("definition", "Definition", lambda row: Cell(str(definition_of(book, row)))),
        Column("source", "Where it comes from", lambda row: Cell("" if hidden(row) else row.source_note)),
    ]
    rows = [row for row in book.observations if not row.withdrawn]
    return Table(
        request, caption="Figures", columns=columns, rows=rows, name=f"figures-{book.measure.code}", sort="starts"
    )


def value_words(book: OpenBook, value: Decimal | None) -> str:
    """A value with its unit."""
    return "None of none" if value is None else wording.figure(book.facts, value)


def shown_before(book: OpenBook, row: Observation) -> str:
    """What is recorded now, in words, as it may be shown."""
    if book.disclosure.hides(row):
        return book.disclosure.text
    if row.withdrawn:
        return "Withdrawn"
    status = "" if row.status == "actual" else f", {row.status}"
    return f"{value_words(book, row.value)}{status}"


def definition_of(book: OpenBook, row: Observation) -> int:
    return next((each.number for each in book.measure.versions.all() if each.pk == row.version_id), 1)


# Revisions


@dataclass(frozen=True)
class Revision:
    """A figure that took the place of another."""

    row: Observation
    before: Observation


def revisions(book: OpenBook, known: dt.date) -> list[Revision]:
    """Newest first."""
    by_cell = {(row.period_starts, row.period_ends, row.group_id, row.revision): row for row in book.history}
    found = []
    for row in book.history:
        if row.revision > 1 and local_date(row.entered_at) <= known:
            before = by_cell[row.period_starts, row.period_ends, row.group_id, row.revision - 1]
            found.append(Revision(row, before))
    return sorted(found, key=lambda each: (each.row.entered_at, each.row.pk), reverse=True)


def revisions_table(request: HttpRequest, book: OpenBook, rows: Sequence[Revision]) -> Table:
    """Who changed what, when and why. Where either figure hides, so do both, and the reason, which may name them."""

    def hides(each: Revision) -> bool:
        return book.disclosure.hides(each.row) or book.disclosure.hides(each.before)

    def value(each: Revision, row: Observation) -> Cell:
        if hides(each):
            return Cell(HIDDEN, kind="number")
        if row.value is None:
            return Cell("Withdrawn" if row.withdrawn else "None of none", kind="number")
        return Cell(number(book, row), kind="number", note="" if row.status == "actual" else row.status)

    columns = [
        Column(
            "period",
            "Period",
            lambda each: Cell(period_holding(each.row.period_starts, book.measure.cadence).label),
            lambda each: each.row.period_starts,
        ),
        Column("group", "Group", lambda each: Cell(group_name(book, each.row.group))),
        Column("was", "Was", lambda each: value(each, each.before), numeric=True),
        Column("now", "Became", lambda each: value(each, each.row), numeric=True),
        Column(
            "why", "Why", lambda each: Cell("Not shown: it may name the figure" if hides(each) else each.row.reason)
        ),
        Column("who", "Who", lambda each: Cell(each.row.by_name, note=each.row.post_title)),
        Column(
            "when",
            "When",
            lambda each: Cell(in_words(local_date(each.row.entered_at)), kind="date"),
            lambda each: each.row.entered_at,
            plain=lambda each: each.row.entered_at.isoformat(),
        ),
    ]
    return Table(
        request,
        caption="Revisions",
        columns=columns,
        rows=rows,
        name=f"revisions-{book.measure.code}",
        sort_param="revisions-sort",
        empty_text="No figure has been revised.",
    )


def versions(measure: Measure) -> list[dict]:
    """The definitions, newest first, each with the days on which it applies."""
    found = sorted(measure.versions.all(), key=lambda version: -version.number)
    out, until = [], None
    for version in found:
        since = f"From {in_words(version.applies_from)}" if version.applies_from else "From the start"
        days = f"{since} to {in_words(until)}" if until else since
        out.append({"version": version, "days": days})
        until = version.applies_from - dt.timedelta(days=1) if version.applies_from else None
    return out


def _better(book: OpenBook) -> str:
    """Which way is better, and the groups for which it is the other way."""
    said = [book.measure.get_better_display()]
    ways = measure_promises.ways(book)
    for way in dict.fromkeys(ways.values()):
        names = [wording.name(book.facts, code) for code, other in ways.items() if other is way]
        said.append(f"{way.value} for {wording.listed(names)}")
    return ", but ".join(said)


def facts(line: Line) -> list[dict]:
    """What a reader has to know of the measure, for a summary list."""
    measure = line.book.measure
    rows = [
        ("Unit", measure.unit or measure.get_unit_kind_display()),
        ("Better is", _better(line.book)),
        ("Collected", measure.get_cadence_display()),
        ("Source", ", ".join(filter(None, [measure.source, measure.get_source_kind_display().lower()]))),
        ("Over time", measure.get_over_time_display()),
    ]
    if measure.dimension_id:
        groups = ", ".join(group.title for group in measure.dimension.groups.all())
        rows.append(("Broken down by", f"{measure.dimension.title}: {groups}" if groups else measure.dimension.title))
        rows.append(("Over groups", measure.get_over_groups_display()))
    if measure.small_number_threshold:
        rows.append(("Small numbers", f"Fewer than {measure.small_number_threshold} people are not shown."))
    if measure.quality_note:
        rows.append(("About the data", measure.quality_note))
    return [{"key": key, "value": value} for key, value in rows]
