"""Every page of the service, looked at with the example's own data: as it opens, and after sending an empty form.

A page that is added to the URLs and not to this table fails the last test.
"""

import datetime as dt
from collections.abc import Iterator
from functools import partial

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver, reverse

from boards.models import Closure, Meeting, Membership, Relationship
from commitments.models import Strategy
from kit import clock
from monitoring.models import ProgressReturn, ReportingRound, ReturnAct
from people.models import Delegation, Tenure
from tests import databases
from tests.factories.boards import BoardFactory
from tests.factories.commitments import (
    CommitmentFactory,
    MeasureFactory,
    ProgrammeFactory,
    StrandFactory,
    StrategyFactory,
    TargetFactory,
)
from tests.factories.monitoring import ReportingRoundFactory
from tests.journeys import (
    pages_board_actions,
    pages_decisions,
    pages_meetings,
    pages_minutes,
    pages_packs,
    pages_papers,
    pages_progress,
    pages_referrals,
)
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

# Answered by something other than a page, or only by a post from a page that is in the table.
NO_PAGE = {
    "boards:calendar_file",
    *pages_decisions.NO_PAGE,
    *pages_referrals.NO_PAGE,
    *pages_meetings.ONLY_POSTED,
    *pages_minutes.NO_PAGE,
    *pages_packs.NO_PAGE,
    *pages_papers.NO_PAGE,
    "boards:compliance_chart",
    "boards:compliance_pdf",
    "boards:terms_pdf",
    "health_live",
    "health_ready",
    "commitments:workbook_export",
    "commitments:workbook_empty",
    "monitoring:measure_chart",
    "monitoring:return_autosave",
    "monitoring:return_sign_off",
    "account_reset_password_from_key",  # its links are made by mail; tests/stride walks them
    "account_set_password",
    "account_reauthenticate",
}


def in_q3(number: int) -> int:
    return ProgressReturn.objects.get(round__label="Q3 2021-22", commitment__number=number).pk


def in_q2(number: int) -> int:
    return ProgressReturn.objects.get(round__label="Q2 2021-22", commitment__number=number).pk


def submission_in_q2(number: int) -> int:
    return ReturnAct.objects.filter(progress_return=in_q2(number), verb="submitted").first().pk


def round_pk(label: str) -> int:
    return ReportingRound.objects.get(label=label).pk


PLAN = ["stride25"]
DRAFT = ["a-draft"]
TEAM = {
    "commitments:strategies": [],
    "commitments:strategy_new": [],
    "monitoring:strategy": PLAN,
    "commitments:strategy_history": PLAN,
    "commitments:strategy_edit": PLAN,
    "commitments:strategy_approve": DRAFT,
    "commitments:strategy_into_force": ["an-approved"],
    "commitments:strategy_close": PLAN,
    "commitments:strategy_supersede": ["a-predecessor"],
    "commitments:programme_new": PLAN,
    "monitoring:programme": [*PLAN, 1],
    "commitments:programme_edit": [*PLAN, 1],
    "commitments:programme_remove": [*DRAFT, 2],
    "commitments:strand_new": [*PLAN, 1],
    "commitments:strand_edit": [*PLAN, 1, 1],
    "commitments:strand_remove": [*DRAFT, 1, 1],
    "commitments:commitment_new": PLAN,
    "commitments:commitment_history": [*PLAN, 12],
    "commitments:commitment_edit": [*PLAN, 12],
    "commitments:commitment_remove": [*DRAFT, 1],
    "commitments:measure_new": [*PLAN, 9],
    "commitments:measure_link": [*PLAN, 9],
    "commitments:measure_history": [*PLAN, 1, "hate-crime-detections"],
    "commitments:measure_edit": [*PLAN, 1, "hate-crime-detections"],
    "commitments:measure_remove": [*DRAFT, 1, "a-measure"],
    "commitments:target_new": [*PLAN, 1, "hate-crime-detections"],
    "commitments:target_edit": [*PLAN, 1, "hate-crime-detections", "hate-crime-detections-1"],
    "commitments:target_remove": [*DRAFT, 1, "a-measure", "a-target"],
    "commitments:workbook_upload": [],
    "people:posts": [],
    "people:post_new": [],
    "people:post": ["commander-public-protection"],
    "people:post_history": ["commander-public-protection"],
    "people:post_edit": ["commander-public-protection"],
    "people:tenure_new": ["commander-public-protection"],
    "people:tenure_edit": ["commander-public-protection", lambda: tenure().pk],
    "people:tenure_end": ["commander-public-protection", lambda: tenure().pk],
    "people:delegation_new": ["commander-public-protection"],
    "people:delegation_end": ["commander-public-protection", lambda: delegation().pk],
    "people:persons": [],
    "people:person_new": [],
    "people:person": ["persona-lead"],
    "people:person_history": ["persona-lead"],
    "people:person_edit": ["persona-lead"],
    "people:units": [],
    "people:unit_new": [],
    "people:unit_edit": [lambda: tenure().post.unit.code],
}
RUNNING = {
    "home": [],
    "outbox": [],
    "accessibility": [],
    "cookies": [],
    "account_change_password": [],
    "account_logout": [],
    "monitoring:dashboards": [],
    "monitoring:dashboard": PLAN,
    "monitoring:commitment": [*PLAN, 12],
    "monitoring:measures": [],
    "monitoring:measures_due": [],
    "monitoring:measures_sheet": [],
    "monitoring:measure": ["hate-crime-detections"],
    "monitoring:measure_record": ["hate-crime-detections"],
    "monitoring:measure_withdraw": ["hate-crime-detections"],
    "monitoring:measure_expected": ["hate-crime-detections"],
    "monitoring:rounds": [],
    "monitoring:round_new": [],
    "monitoring:round": [partial(round_pk, "Q3 2021-22")],
    "monitoring:round_edit": [partial(round_pk, "Q3 2021-22")],
    "monitoring:round_open": [partial(round_pk, "Q4 2021-22")],
    "monitoring:round_close": [partial(round_pk, "Q3 2021-22")],
    "monitoring:round_chase": [partial(round_pk, "Q3 2021-22")],
    "monitoring:returns": [],
    "monitoring:return": [partial(in_q2, 2)],
    "monitoring:return_version": [partial(in_q2, 2), 1],
    "monitoring:return_submission": [partial(in_q2, 2), partial(submission_in_q2, 2)],
    "monitoring:return_reopen": [partial(in_q2, 2)],
    "monitoring:return_exempt": [partial(in_q3, 4)],
    "monitoring:return_include": [partial(in_q3, 16)],
    "monitoring:return_let_in_late": [partial(in_q2, 3)],
}
LEAD = {
    "monitoring:return": [partial(in_q3, 1)],
    "monitoring:return_section": [partial(in_q3, 1), "risks"],
    "monitoring:return_measures": [partial(in_q3, 1)],
    "monitoring:return_submit": [partial(in_q3, 1)],
    "monitoring:return_nil": [partial(in_q3, 4)],
    "monitoring:return_submitted": [partial(in_q2, 4)],
}
OVERSEER = {
    "monitoring:return": [partial(in_q3, 5)],
    "monitoring:return_review": [partial(in_q3, 5)],
    "monitoring:return_request_changes": [partial(in_q3, 5)],
}
COMPLIANCE = {
    "boards:compliance": ["stride-delivery-board"],
    "boards:compliance_all": [],
}
BOARD = ["stride-delivery-board"]
BOARDS = {
    "boards:boards": [],
    "boards:board_new": [],
    "boards:board": BOARD,
    "boards:board_history": BOARD,
    "boards:board_edit": BOARD,
    "boards:members": BOARD,
    "boards:member_new": BOARD,
    "boards:member_edit": [*BOARD, lambda: seat().pk],
    "boards:member_end": [*BOARD, lambda: seat().pk],
    "boards:relationship_new": BOARD,
    "boards:relationship_end": [*BOARD, lambda: relationship().pk],
    "boards:terms": BOARD,
    "boards:terms_new": ["a-new-board"],
    "boards:terms_version": [*BOARD, 1],
    "boards:terms_compare": BOARD,
    "boards:terms_edit": BOARD,
    "boards:terms_section": [*BOARD, "quorum"],
    "boards:terms_approve": BOARD,
}
SECTIONS = (
    "adoption",
    "purpose",
    "responsibilities",
    "meetings",
    "deputies",
    "service-levels",
    "support",
    "agenda",
    "review",
)
CALENDAR = {
    "boards:calendar": [],
    "boards:map": [],
    "boards:calendar_propose": [],
    "boards:calendar_proposals": [],
    "boards:closures": [],
    "boards:closure_new": [],
    "boards:closure_edit": [lambda: closure().pk],
    "boards:closure_remove": [lambda: closure().pk],
    "boards:meeting_new": ["stride-delivery-board"],
    "boards:meeting_accept": [lambda: meeting("proposed").board.slug, lambda: meeting("proposed").pk],
    "boards:meeting_move": [lambda: meeting("planned").board.slug, lambda: meeting("planned").pk],
    "boards:meeting_cancel": [lambda: meeting("planned").board.slug, lambda: meeting("planned").pk],
    "boards:milestone_met": [
        lambda: meeting("planned").board.slug,
        lambda: meeting("planned").pk,
        lambda: meeting("planned").milestones.first().product,
    ],
}
NOBODY = {
    "account_login": [],
    "account_inactive": [],
    "account_reset_password": [],
    "account_reset_password_done": [],
    "account_reset_password_from_key_done": [],
}
# Forms that may be sent empty: they change nothing, or ask nothing that must be answered.
SENT_EMPTY_IS_FINE = {
    *pages_meetings.EMPTY_IS_AN_ANSWER,
    *pages_minutes.EMPTY_IS_AN_ANSWER,
    *pages_packs.EMPTY_IS_AN_ANSWER,
    *pages_papers.EMPTY_IS_AN_ANSWER,
    *pages_board_actions.EMPTY_IS_AN_ANSWER,
    *pages_decisions.EMPTY_IS_AN_ANSWER,
    *pages_referrals.EMPTY_IS_AN_ANSWER,
    "commitments:programme_remove",
    "commitments:strand_remove",
    "commitments:commitment_remove",
    "commitments:measure_remove",
    "commitments:target_remove",
    "monitoring:round_chase",
    "monitoring:round_open",
    "monitoring:return_include",
    "monitoring:return_nil",
    "boards:terms_new",
    "boards:calendar_proposals",
    "boards:closure_remove",
    "boards:meeting_accept",
    "account_logout",
}


def tenure() -> Tenure:
    return Tenure.objects.get(post__code="commander-public-protection", ends__isnull=True)


def delegation() -> Delegation:
    return Delegation.objects.filter(post__code="commander-public-protection").first()


def seat() -> Membership:
    return Membership.objects.filter(board__slug=BOARD[0], ends__isnull=True).first()


def relationship() -> Relationship:
    return Relationship.objects.filter(board__slug=BOARD[0]).first()


def closure() -> Closure:
    return Closure.objects.get_or_create(label="Moving", starts=dt.date(2022, 3, 1), ends=dt.date(2022, 3, 2))[0]


def meeting(state: str) -> Meeting:
    """The first to come of those that have something due, in a state."""
    return Meeting.objects.filter(state=state, starts_at__date__gte=dt.date(2022, 1, 20)).order_by("starts_at").first()


@pytest.fixture
def example(transactional_db) -> Iterator[None]:
    """The demonstration's data, and strategies in the states that it does not show."""
    with databases.example():
        _more()
        yield


def _more() -> None:
    draft = StrategyFactory(slug="a-draft", title="A draft", state="draft")
    programme = ProgrammeFactory(strategy=draft, number=1)
    ProgrammeFactory(strategy=draft, number=2, title="Empty")
    StrandFactory(programme=programme, number=1)
    commitment = CommitmentFactory(programme=programme, number=1)
    measure = MeasureFactory(code="a-measure")
    measure.commitment_measures.create(commitment=commitment)
    TargetFactory(measure=measure, code="a-target")
    StrategyFactory(slug="an-approved", title="An approved one", state="approved")
    old = StrategyFactory(slug="a-predecessor", title="An old one", state="in_force")
    StrategyFactory(slug="a-successor", title="A new one", state="in_force", predecessor=old)
    ReportingRoundFactory(strategy=Strategy.objects.get(slug="stride25"), about=dt.date(2022, 1, 1))


def visit(window: Walker, pages: dict[str, list], *, send: bool, axe: bool = True) -> None:
    """Open and look at each page; with `send`, also send its form with nothing in it and look at what comes back."""
    for name, arguments in pages.items():
        path = reverse(name, args=[each() if callable(each) else each for each in arguments])
        window.go(path)
        assert window.path.split("#")[0] == path, f"{name} went to {window.path}"
        window.look(axe=axe)
        form = window.page.locator("main form[method=post]")
        if send and form.count() and name not in SENT_EMPTY_IS_FINE:
            window.page.evaluate(
                "document.querySelectorAll('main form[method=post] :is(input, textarea, select):not([type=hidden])')"
                ".forEach(each => { each.checked = false;"
                " if (!['checkbox', 'radio'].includes(each.type)) each.value = '' })"
            )
            form.last.locator("button[type=submit]").first.click()
            window.page.wait_for_load_state()
            assert window.page.locator(".govuk-error-summary").count(), f"{name} sent empty gave no error"
            window.look()


def test_the_plan_and_its_people(walker, example):
    visit(walker("team"), TEAM, send=True)


def test_rounds_returns_and_dashboards(walker, example):
    with clock.standing_at(settings.STRIDE_TODAY):
        visit(walker("team"), RUNNING, send=True)
        visit(walker("lead"), LEAD, send=False)
        visit(walker("overseer"), OVERSEER, send=True)
        visit(walker(), NOBODY, send=False)


def test_boards_their_members_terms_and_calendar(walker, example):
    with clock.standing_at(settings.STRIDE_TODAY):
        BoardFactory(slug="a-new-board", title="A new board")
        window = walker("secretariat")
        visit(window, BOARDS, send=True)
        for section in SECTIONS:
            visit(window, {"boards:terms_section": [*BOARD, section]}, send=False)
        open_to_all = ("boards", "board", "board_history", "members", "terms", "terms_version", "terms_compare")
        pages = {f"boards:{name}": BOARDS[f"boards:{name}"] for name in open_to_all}
        visit(walker("viewer"), pages, send=False, axe=False)
        visit(walker("secretariat"), CALENDAR, send=True)
        visit(walker("auditor"), COMPLIANCE, send=False)


def test_meetings_agendas_and_interests(walker, example):
    with clock.standing_at(settings.STRIDE_TODAY):
        pages_meetings.make()
        visit(walker("secretariat"), pages_meetings.MEETINGS, send=True)
        visit(walker("lead"), pages_meetings.REPLY, send=False)
        open_to_all = {f"boards:{name}" for name in pages_meetings.READ_BY_ALL}
        visit(
            walker("viewer"),
            {name: arguments for name, arguments in pages_meetings.MEETINGS.items() if name in open_to_all},
            send=False,
            axe=False,
        )


def test_board_actions(walker, example):
    with clock.standing_at(settings.STRIDE_TODAY):
        pages_board_actions.make()
        visit(walker("secretariat"), pages_board_actions.ACTIONS, send=True)
        visit(walker("lead"), pages_board_actions.OWNERS, send=True)


def test_papers(walker, example):
    with clock.standing_at(settings.STRIDE_TODAY):
        pages_papers.make()
        visit(walker("secretariat"), pages_papers.PAPERS, send=True)
        visit(walker("lead"), pages_papers.OF_AUTHORS, send=False)


def test_progress_reports(walker, example):
    with clock.standing_at(settings.STRIDE_TODAY):
        pages_progress.make()
        visit(walker("secretariat"), pages_progress.PROGRESS, send=True)
        visit(walker("overseer"), pages_progress.OF_READERS, send=False, axe=False)


def test_packs(walker, example):
    with clock.standing_at(settings.STRIDE_TODAY):
        pages_packs.make()
        visit(walker("secretariat"), pages_packs.PACKS, send=True)
        visit(walker("lead"), pages_packs.OF_READERS, send=False)


def test_the_room_decisions_and_their_summary(walker, example):
    with clock.standing_at(settings.STRIDE_TODAY):
        pages_decisions.make()
        visit(walker("secretariat"), pages_decisions.DECISIONS, send=True)
        visit(walker("viewer"), pages_decisions.READ_BY_ALL, send=False, axe=False)


def test_minutes(walker, example):
    with clock.standing_at(settings.STRIDE_TODAY):
        pages_minutes.make()
        visit(walker("secretariat"), pages_minutes.MINUTES, send=True)
        visit(walker("viewer"), pages_minutes.READ_BY_ALL, send=False, axe=False)


def test_referrals_and_quarterly_notes(walker, example):
    with clock.standing_at(settings.STRIDE_TODAY):
        pages_referrals.make()
        visit(walker("secretariat"), pages_referrals.REFERRALS, send=True)
        visit(walker("viewer"), pages_referrals.READ_BY_ALL, send=False, axe=False)


def test_readers_see_the_same_pages_without_controls(walker, example):
    pages = {
        name: arguments
        for name, arguments in {**TEAM, **RUNNING}.items()
        if name.split(":")[-1]
        in {
            "home",
            "strategies",
            "strategy",
            "programme",
            "posts",
            "post",
            "persons",
            "person",
            "units",
            "dashboards",
            "dashboard",
            "commitment",
            "measures",
            "measures_due",
            "measure",
            "rounds",
            "round",
            "returns",
            "return",
            "return_version",
        }
    }
    visit(walker("auditor"), pages, send=False)
    visit(walker("viewer"), pages, send=False, axe=False)


def test_no_page_is_left_out():
    named = set()

    def walk(patterns, prefix=""):
        for each in patterns:
            if isinstance(each, URLPattern):
                if each.name:
                    named.add(prefix + each.name)
            elif each.app_name != "admin":
                walk(each.url_patterns, f"{each.namespace}:" if each.namespace else prefix)

    walk(get_resolver().url_patterns)
    meetings = (pages_meetings.MEETINGS, pages_meetings.REPLY)
    room = (pages_board_actions.ACTIONS, pages_decisions.DECISIONS, pages_referrals.REFERRALS)
    tables = (
        TEAM,
        RUNNING,
        LEAD,
        OVERSEER,
        BOARDS,
        CALENDAR,
        COMPLIANCE,
        *meetings,
        *room,
        pages_minutes.MINUTES,
        pages_packs.PACKS,
        pages_papers.PAPERS,
        pages_progress.PROGRESS,
        NOBODY,
    )
    assert named == NO_PAGE.union(*tables)
