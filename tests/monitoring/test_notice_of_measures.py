"""The strategy's notice, that its figures are illustrative, stands wherever its measures do."""

import pytest

from tests.factories.commitments import (
    CommitmentFactory,
    CommitmentMeasureFactory,
    MeasureFactory,
    ProgrammeFactory,
    StrategyFactory,
)
from tests.factories.monitoring import ObservationFactory
from tests.monitoring.pages import Page

pytestmark = pytest.mark.django_db
NOTICE = "The figures are illustrative."
HEAD = "measure,period_starts,period_ends,value,status\n"
PAGES = [
    "/measures/",
    "/measures/due/",
    "/measures/sheet/",
    "/measures/panels/",
    "/measures/panels/?on=2021-12-01",
    "/measures/panels/record/",
    "/measures/panels/withdraw/",
    "/measures/panels/not-available/",
    "/strategies/stride/commitments/1/measures/panels/history/",
    "/strategies/stride/commitments/1/measures/panels/targets/new/",
]


@pytest.fixture
def panels(plan):
    plan.strategy.notice = NOTICE
    plan.strategy.save()
    measure = MeasureFactory(code="panels")
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    ObservationFactory(measure=measure)
    return measure


def said(page: Page) -> str:
    return page.words("//div[@aria-label='Notice']")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_a_measure_says_it(client_as, panels, address):
    page = Page(client_as("team").get(address))
    assert (page.status, said(page)) == (200, NOTICE)


def test_so_does_what_a_sheet_would_change_and_a_page_that_is_refused(client_as, panels):
    client = client_as("team")
    sheet = f"{HEAD}panels,2021-10-01,2021-12-31,7,actual"
    assert said(Page(client.post("/measures/sheet/", {"figures": sheet}))) == NOTICE
    for address in ("sheet", "panels/record", "panels/withdraw", "panels/not-available"):
        page = Page(client.post(f"/measures/{address}/", {"sent": "yes"}))
        assert (page.status, said(page)) == (422, NOTICE)


def test_of_another_strategy_it_is_not_said(client_as, plan, panels):
    other = StrategyFactory(state="in_force", title="Another plan")
    commitment = CommitmentFactory(programme=ProgrammeFactory(strategy=other))
    CommitmentMeasureFactory(commitment=commitment, measure=MeasureFactory(code="others"))
    client = client_as("viewer")
    assert said(Page(client.get("/measures/others/"))) == ""
    assert said(Page(client.get("/measures/"))) == f"{plan.strategy.title}: {NOTICE}"
