"""The list of overdue reports shows each due day, and the columns behind it, at the width of a common screen."""

from datetime import date

import pytest

from commitments.rollups import refresh
from tests.browser import NEEDS_CHROMIUM, Open
from tests.factories import NOON, make_agency, make_commitment, make_target, make_user

pytestmark = [pytest.mark.django_db(transaction=True), NEEDS_CHROMIUM]
LATE = "/admin/commitments/commitmentrollup/?owed=late"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_column_of_the_overdue_reports_is_cut_off(
    live_server: object, open_as: Open, language: str
) -> None:
    agency = make_agency(
        name="区住房和城乡建设局", name_en="District Housing and Urban-Rural Development Bureau"
    )
    commitment = make_commitment(
        lead_agency=agency,
        title="新增年纳税千万元以上商务楼宇两栋并建成西部智能制造创新园",
        title_en="Bring 2 more office buildings above 10 million yuan in annual tax",
    )
    make_target(commitment, starts_on=date(2023, 7, 1))
    refresh.rebuild_plan(commitment.plan, at=NOON)
    page = open_as(make_user(language=language), LATE)
    table = page.locator(".results")
    assert page.locator(".field-report_due_on").count() == 1
    assert table.evaluate("table => table.scrollWidth - table.clientWidth") <= 0
