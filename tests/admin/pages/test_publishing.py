"""Publishing a plan, and letting it count for its place, each on a page that shows its effect beforehand."""

import pytest
from django.test import Client

from commitments.actions import plans
from commitments.domain.enums import Role
from commitments.models import Plan
from commitments.rollups import refresh
from tests.admin.conftest import SignIn
from tests.factories import NOON, make_commitment, make_plan, make_target, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Plan:
    plan = make_plan(published_at=None, code="610399-2023")
    make_target(make_commitment(plan, code="LIV-SVC-01"))
    return plan


def page(browser: Client, plan: Plan, name: str = "publish") -> str:
    return browser.get(f"/admin/plan/{plan.pk}/{name}/").content.decode()


def test_the_page_says_what_becomes_public_and_what_is_missing(office: Client, draft: Plan) -> None:
    make_commitment(draft, code="LIV-SVC-02")
    said = page(office, draft)
    assert "<strong>2</strong> commitments become public" in said
    assert "<strong>1</strong> target with them" in said
    assert "1 commitment has a number or a deliverable but no headline target" in said
    assert "LIV-SVC-02" in said
    assert "This cannot be undone" in said


def test_looking_publishes_nothing(office: Client, draft: Plan) -> None:
    page(office, draft)
    draft.refresh_from_db()
    assert draft.is_draft


def test_the_button_publishes(office: Client, draft: Plan) -> None:
    said = office.post(f"/admin/plan/{draft.pk}/publish/", follow=True).content.decode()
    assert "2023 work plan is now public." in said
    assert Client().get(f"/api/v1/plans/{draft.code}/").json()["published_at"].startswith("2023-09-28")


def test_a_second_press_is_told_so(office: Client, draft: Plan) -> None:
    plans.publish(plan=draft, by=make_user(), at=NOON)
    said = office.post(f"/admin/plan/{draft.pk}/publish/").content.decode()
    assert "This plan has already been published." in said
    assert "Public since 28 September 2023. This cannot be undone." in said


def test_a_plan_without_commitments_cannot_be_published(office: Client) -> None:
    plan = make_plan(published_at=None)
    assert "It has no commitments yet." in page(office, plan)
    assert "cannot be published" in office.post(f"/admin/plan/{plan.pk}/publish/").content.decode()


def test_a_form_without_its_token_publishes_nothing(draft: Plan) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_user())
    assert browser.post(f"/admin/plan/{draft.pk}/publish/").status_code == 403
    assert Plan.objects.get().is_draft


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.LEADER])
def test_nobody_else_learns_whether_there_is_such_a_plan(role: Role, sign_in: SignIn, draft: Plan) -> None:
    browser = sign_in(role)
    for name in ("publish", "count"):
        assert browser.get(f"/admin/plan/{draft.pk}/{name}/").status_code == 403
        assert browser.post(f"/admin/plan/{draft.pk + 1}/{name}/").status_code == 403


def test_the_form_of_a_draft_leads_to_publishing_it(office: Client, draft: Plan) -> None:
    change = f"/admin/commitments/plan/{draft.pk}/change/"
    assert f"/admin/plan/{draft.pk}/publish/" in office.get(change).content.decode()
    plans.publish(plan=draft, by=make_user(), at=NOON)
    said = office.get(change).content.decode()
    assert f"/admin/plan/{draft.pk}/publish/" not in said
    assert f"/plans/{draft.code}/" in said


def test_a_published_plan_takes_over_counting_for_its_place(office: Client) -> None:
    first, second = make_plan(title_en="First plan"), make_plan(code="610399-2023", title_en="Second plan")
    assert "First plan no longer counts for the place." in page(office, second, "count")
    said = office.post(f"/admin/plan/{second.pk}/count/", follow=True).content.decode()
    assert "Second plan now counts for its place." in said
    first.refresh_from_db()
    assert not first.counts_for_place


def test_a_draft_is_refused_to_count_for_its_place(office: Client, draft: Plan) -> None:
    assert "Publish the plan before it counts" in page(office, draft, "count")
    assert (
        "Publish the plan before it counts" in office.post(f"/admin/plan/{draft.pk}/count/").content.decode()
    )


def test_a_pledge_of_a_draft_offers_no_reporting_and_no_public_page(office: Client, draft: Plan) -> None:
    said = office.get(f"/admin/commitment/{draft.commitments.get().pk}/").content.decode()
    assert "The plan is a draft" in said
    assert "Report progress" not in said
    assert f"/plans/{draft.code}/" not in said


def test_nothing_of_a_draft_is_owed_behind_or_to_be_logged(office: Client, draft: Plan) -> None:
    refresh.rebuild_plan(draft, at=NOON)
    said = office.get("/admin/").content.decode()
    assert "LIV-SVC-01" not in said
    assert draft.code not in office.get("/admin/log/").content.decode()


def test_the_list_of_plans_says_which_are_drafts(office: Client, draft: Plan) -> None:
    make_plan(title_en="Open plan")
    said = office.get("/admin/commitments/plan/").content.decode()
    assert '<td class="field-published">Draft</td>' in said
    assert '<td class="field-published">1 January 2023</td>' in said


def test_the_first_steps_lead_to_publishing(office: Client, draft: Plan) -> None:
    assert f'href="/admin/plan/{draft.pk}/publish/"' in office.get("/admin/").content.decode()


def test_rows_of_other_tables_are_nothing_to_filter_by(sign_in: SignIn, draft: Plan) -> None:
    """They would tell which agency leads a commitment that the person does not see."""
    leader = sign_in(Role.LEADER)
    commitment = draft.commitments.get()
    asked = f"/admin/commitments/agency/?led_commitments={commitment.pk}"
    assert leader.get(asked).status_code == 400
