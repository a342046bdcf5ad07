"""Rules for every page: language, banner, permissions, a constant number of queries."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib import admin
from django.db import models
from django.test import Client

from commitments import models as tables
from commitments.actions import ledger, period_locks
from commitments.domain.enums import Role
from commitments.models import (
    AuditRun,
    Baseline,
    Checkpoint,
    DailyRun,
    DeliveryConfidence,
    Evidence,
    Heartbeat,
    LockOut,
    NarrativeDuty,
    OutgoingMail,
    RuleSetAdoption,
    Subscription,
    TargetRevision,
)
from commitments.rollups import refresh, snapshots
from tests.admin.conftest import SignIn
from tests.factories import (
    NOON,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_plan,
    make_source,
    make_staged_target,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model._meta.app_label == "commitments"]
WRITTEN_BY_THE_SERVICE = (
    "targetrollup", "commitmentrollup", "targetsnapshot", "commitmentsnapshot", "statuscount", "stalemark", "dailyrun",
    "heartbeat", "outgoingmail", "auditrun", "lockout",
)  # fmt: skip


def page_of(model: type[models.Model]) -> str:
    return f"/admin/commitments/{model._meta.model_name}/"


def fill(year: int) -> None:
    """Make a plan of a year with a row of each table."""
    plan, user = make_plan(year=year), make_user()
    day, at = date(year, 9, 28), NOON.replace(year=year)
    commitment = make_commitment(plan, source=make_source(), char_start=1, char_end=9)
    target = make_target(commitment)
    make_staged_target(make_commitment(plan), date(year, 6, 30))
    Checkpoint.objects.create(target=target, on=day, value=50)
    common = {"value": 58, "unit": "个", "on": day, "comparability": "same"}
    Baseline.objects.create(commitment=commitment, target=target, indicator="小区", **common)
    counted = make_counted_entry(target, 40, day, at=at)
    pending = make_entry(target, 41, day, at=at)
    ledger.withdraw(entry=pending, reason="重复", by=user, at=at)
    Evidence.objects.create(
        entry=counted, title="验收单", url="https://example.org", added_by=user, added_at=at
    )
    DeliveryConfidence.objects.create(
        commitment=commitment, holder="owner", confidence="high", stated_by=user, stated_at=at
    )
    TargetRevision.objects.create(
        target=target,
        effective_from=day,
        old_value=76,
        new_value=70,
        old_due_on=target.due_on,
        new_due_on=target.due_on,
        authority="区政府",
        reason="调整",
        revised_by=user,
        revised_at=at,
    )
    subscription = Subscription.objects.create(plan=plan, email=f"{year}@example.org")
    OutgoingMail.objects.create(
        kind="digest", key=f"{year}-W39/{subscription.pk}", subscription=subscription, plan=plan, address="a@b.cn",
        not_before=at,
    )  # fmt: skip
    Heartbeat.objects.create(name=f"beat-{year}")
    LockOut.objects.create(
        kind="address", subject=f"10.0.0.{year}", since=at, until=at + timedelta(minutes=15)
    )
    refresh.refresh_plan(plan, at=at)
    snapshots.write(plan, on=day)
    DailyRun.objects.create(plan=plan, on=day)
    AuditRun.objects.create(plan=plan, at=at, checked=1, differences=0)
    period_locks.lock(plan=plan, through=date(year, 6, 30), reason="已通报", seen=0, by=user, at=at)
    NarrativeDuty.objects.create(plan=plan, effective_from=day, set_by=user, set_at=at)
    RuleSetAdoption.objects.create(
        plan=plan,
        rule_set=plan.rule_set,
        effective_from=day,
        authority="区政府",
        adopted_by=user,
        adopted_at=at,
    )


@pytest.fixture
def root(sign_in: SignIn) -> Client:
    return sign_in(Role.ADMIN, is_superuser=True)


def queries(browser: Client, end: str, models_shown: list[type[models.Model]]) -> dict[str, int]:
    """Count the queries of each model's page."""
    # A first request does the look-ups that Django makes only once.
    counts = {}
    for model in models_shown:
        browser.get(page_of(model) + end)
        with statements() as sent:
            assert browser.get(page_of(model) + end).status_code == 200, model
        counts[str(model._meta.model_name)] = len(sent)
    return counts


def test_a_list_takes_a_dozen_queries_however_long_it_is(root: Client) -> None:
    fill(2021)
    fill(2022)
    short = queries(root, "", OURS)
    fill(2023)
    assert queries(root, "", OURS) == short
    assert max(short.values()) <= 12


def test_a_form_takes_as_many_queries_however_much_there_is_to_choose_from(root: Client) -> None:
    elsewhere = {*WRITTEN_BY_THE_SERVICE, "milestone", "targetrevision", "deliveryconfidence"}
    forms = [model for model in OURS if model._meta.model_name not in elsewhere]
    before = queries(root, "add/", forms)
    fill(2022)
    fill(2023)
    assert queries(root, "add/", forms) == before


def test_no_form_has_shortcuts_that_read_the_clock_of_the_browser(root: Client) -> None:
    fill(2023)
    rows = [model._default_manager.first() for model in OURS]
    pages = [root.get(f"{page_of(type(row))}{row.pk}/change/") for row in rows if row]
    pages += [
        root.get(f"/admin/commitments/{name}/add/") for name in ("baseline", "periodlock", "subscription")
    ]
    assert not [page.request for page in pages if "DateTimeShortcuts" in page.content.decode()]


def test_every_row_can_be_looked_at(root: Client) -> None:
    fill(2023)
    rows = [(model, model._default_manager.first()) for model in OURS]
    shown = {model: row and root.get(f"{page_of(model)}{row.pk}/change/").status_code for model, row in rows}
    assert set(shown.values()) == {200}


@pytest.mark.parametrize("name", WRITTEN_BY_THE_SERVICE)
def test_nobody_writes_what_the_service_writes(name: str, root: Client) -> None:
    fill(2023)
    row = next(model for model in OURS if model._meta.model_name == name)._default_manager.first()
    assert row is not None
    assert root.post(f"/admin/commitments/{name}/{row.pk}/change/", {}).status_code == 403
    assert root.post(f"/admin/commitments/{name}/{row.pk}/delete/", {}).status_code == 403


@pytest.mark.parametrize(("language", "title"), [("en", "Policy Commitment Tracker"), ("zh-hans", "承诺")])
def test_pages_are_in_the_accounts_language(language: str, title: str, sign_in: SignIn) -> None:
    answer = sign_in(Role.SUPERVISION, language=language).get("/admin/", headers={"Accept-Language": "fr"})
    assert answer.headers["Content-Language"] == language
    assert title in answer.content.decode()


def test_before_sign_in_the_browser_decides(client: Client) -> None:
    answer = client.get("/admin/login/", headers={"Accept-Language": "en"})
    assert answer.headers["Content-Language"] == "en"


def test_the_accounts_language_does_not_leave_the_admin_site(sign_in: SignIn) -> None:
    browser = sign_in(Role.SUPERVISION, language="en")
    browser.get("/admin/")
    assert (
        browser.get("/api/v1/", headers={"Accept-Language": "zh-CN"}).headers["Content-Language"] == "zh-hans"
    )


def test_a_demonstration_says_that_it_is_one(office: Client) -> None:
    assert "28 September 2023" in office.get("/admin/").content.decode()


def test_a_real_site_has_no_banner(office: Client, settings: LazySettings) -> None:
    settings.DEMO_CLOCK = None
    assert "Demonstration" not in office.get("/admin/").content.decode()


def test_the_front_page_leads_to_the_public_site(office: Client) -> None:
    assert '<a href="/">' in office.get("/admin/").content.decode()


def test_no_page_of_ours_has_inline_scripts_or_styles(office: Client) -> None:
    page: Any = office.get("/admin/").content.decode()
    assert "<style" not in page
    assert "<script>" not in page


def test_every_table_has_a_page() -> None:
    # Parts of other pages, or of a roll-up; edits and decisions stand on the page of what was edited.
    parts = {
        "CommitmentSupport",
        "Checkpoint",
        "TargetMonth",
        "SetupDone",
        "LifecycleDecision",
        "EDITS",
        "SignInFailure",
        "EvidenceComparison",
        "LedgerSeal",
    }
    authors = {"EntryDraft", "ColumnMapping", "StaffSession", "UnsentForm"}
    authors |= {"ImportJob", "ImportRow", "ImportAmendment"}
    assert set(tables.__all__) - {model.__name__ for model in OURS} == parts | authors


def test_a_verdict_without_a_planned_value_shows_none() -> None:
    verdicts: Any = admin.site.get_model_admin(tables.TargetRollup)
    assert verdicts.to_be(tables.TargetRollup(planned=None)) is None
