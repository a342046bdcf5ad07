"""Corrections on the sheet: the old value beside, a reason, doubts and evidence; none in a locked month."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from commitments.actions import evidence, ledger, period_locks
from commitments.domain.texts import LONGEST
from commitments.models import Agency, Evidence, Plan, ProgressEntry, Target, User
from commitments.rollups import refresh
from tests.admin.pages.quick_log.conftest import RATIO
from tests.admin.pages.quick_log.lines_of import correction
from tests.admin.pages.quick_log.posting import AUGUST, JULY, by_code, look, post
from tests.factories import (
    NOON,
    make_commitment,
    make_correction,
    make_counted_entry,
    make_entry,
    make_narrative,
    make_staged_target,
    make_target,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def counted(plan: Plan, agency: Agency, clerk: User) -> ProgressEntry:
    """9 of 76, after 7 in July."""
    target = make_target(make_commitment(plan, lead_agency=agency))
    make_counted_entry(target, 7, JULY)
    entry = make_counted_entry(target, 9, date(2023, 8, 30), by=clerk, progress="九个", problems="雨季")
    refresh.drain(clock=lambda: NOON)
    return entry


def own(plan: Plan, agency: Agency, **given: Any) -> Target:
    return make_target(make_commitment(plan, lead_agency=agency), **given)


def test_it_opens_with_the_old_value_beside_and_the_old_notes(
    browser: Client, counted: ProgressEntry
) -> None:
    line = correction(look(browser), counted)
    assert (line.old, line.typed.value, line.typed.progress, line.typed.problems) == (
        "9 communities", "", "九个", "雨季"
    )  # fmt: skip
    assert line.is_folded


def test_a_new_value_takes_the_place_of_the_old_one_after_review(
    browser: Client, counted: ProgressEntry
) -> None:
    typed = {"value": "10", "reason": "missed", "progress": "补一个"}
    line = by_code(post(browser, {f"e{counted.pk}": typed}))[counted.code]
    new = ProgressEntry.objects.pending().get()
    assert (new.value, new.corrects, new.effective_on) == (Decimal(10), counted, date(2023, 8, 30))
    assert new.progress == "Correction (Missed). 补一个"
    assert [report.entry for report in line.listed] == [counted, new]


def test_untouched_it_is_not_sent(browser: Client, counted: ProgressEntry) -> None:
    line = correction(look(browser), counted)
    post(browser, {line.key: line.typed.texts()})
    assert not ProgressEntry.objects.pending().exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"value": "10"}, "Choose the reason for the correction."),
        ({"value": "10", "reason": "mood"}, "Choose the reason for the correction."),
        ({"value": "10", "reason": "other"}, "Say in the note what the reason is."),
        ({"value": "abc", "reason": "missed"}, "“abc” is not a number."),
        ({"reason": "missed", "progress": "长" * LONGEST}, "Text is limited to 5000 characters"),
    ],
)
def test_it_needs_a_reason_and_a_number(
    browser: Client, counted: ProgressEntry, typed: dict[str, str], said: str
) -> None:
    found = by_code(post(browser, {f"e{counted.pk}": typed}))
    line = correction(found, counted)
    assert said in line.errors[0]
    assert (line.is_folded, line.typed.value) == (False, typed.get("value", ""))


def test_notes_alone_can_be_corrected(browser: Client, counted: ProgressEntry) -> None:
    post(browser, {f"e{counted.pk}": {"reason": "typing", "progress": "9个，已核"}})
    new = ProgressEntry.objects.pending().get()
    assert (new.value, new.progress) == (Decimal(9), "Correction (Typing error). 9个，已核")


def test_the_reason_stands_once_in_the_note(browser: Client, plan: Plan, agency: Agency) -> None:
    """In whichever language it was written."""
    entry = make_entry(own(plan, agency), 9, AUGUST, progress="更正（漏计）。补一个")
    line = correction(look(browser), entry)
    assert line.typed.progress == "补一个"
    post(browser, {line.key: {"value": "10", "reason": "twice", "progress": "补一个"}})
    assert ProgressEntry.objects.live().get().progress == "Correction (Counted twice). 补一个"


def test_its_doubts_leave_the_old_value_aside(browser: Client, counted: ProgressEntry) -> None:
    """8 is below 9, which it takes the place of, but not below 7."""
    sent = {f"e{counted.pk}": {"value": value, "reason": "twice"} for value in ("8",)}
    body = {"ends_on": "2023-08-31", "rows": sent}
    address = "/admin/log/drafts/?period=2023-08"
    assert browser.post(address, body, content_type="application/json").json()["rows"] == {
        f"e{counted.pk}": {"understood": "", "errors": [], "doubts": [], "hints": []}
    }
    sent[f"e{counted.pk}"]["value"] = "6"
    doubts = browser.post(address, body, content_type="application/json").json()["rows"]
    assert "Lower than the previous value, 7 communities" in doubts[f"e{counted.pk}"]["doubts"][0]


def test_the_check_waits_for_the_reason(browser: Client, counted: ProgressEntry) -> None:
    body = {"ends_on": "2023-08-31", "rows": {f"e{counted.pk}": {"value": "10"}}}
    answer = browser.post("/admin/log/drafts/?period=2023-08", body, content_type="application/json")
    assert answer.json()["rows"][f"e{counted.pk}"]["errors"] == []


def test_its_draft_is_there_again(browser: Client, counted: ProgressEntry) -> None:
    body = {"ends_on": "2023-08-31", "rows": {f"e{counted.pk}": {"value": "10"}}}
    browser.post("/admin/log/drafts/?period=2023-08", body, content_type="application/json")
    line = correction(look(browser), counted)
    assert (line.typed.value, line.is_folded) == ("10", False)


def test_evidence_goes_with_the_correction(browser: Client, counted: ProgressEntry, clerk: User) -> None:
    evidence.attach(entry=counted, by=clerk, at=NOON, title="公告", url="https://www.weibin.gov.cn/1.html")
    line = correction(look(browser), counted)
    new = "https://www.weibin.gov.cn/2.html"
    post(browser, {line.key: line.typed.texts() | {"value": "10", "reason": "missed", "url": new}})
    found = Evidence.objects.filter(entry=ProgressEntry.objects.pending().get())
    assert {each.url for each in found} == {"https://www.weibin.gov.cn/1.html", new}


def test_a_ratio_a_stage_and_words_are_corrected_too(browser: Client, plan: Plan, agency: Agency) -> None:
    ratio, staged = (
        own(plan, agency, **RATIO),
        make_staged_target(make_commitment(plan, lead_agency=agency), AUGUST),
    )
    direction = make_commitment(plan, lead_agency=agency)
    entries = [
        make_entry(ratio, 190, AUGUST, denominator=Decimal(200)),
        make_entry(staged, 1, AUGUST, milestone=staged.milestones.get()),
        make_narrative(direction, AUGUST),
    ]
    typed = [{"value": "191", "denominator": "201"}, {"day": "2023-08-29"}, {"progress": "改写"}]
    places = {f"e{entry.pk}": each | {"reason": "typing"} for entry, each in zip(entries, typed, strict=True)}
    post(browser, places)
    new = {entry.code: entry for entry in ProgressEntry.objects.live()}
    assert (new[ratio.code].value, new[ratio.code].denominator) == (Decimal(191), Decimal(201))
    assert (new[staged.code].milestone, new[staged.code].effective_on) == (
        staged.milestones.get(), date(2023, 8, 29)
    )  # fmt: skip
    assert new[direction.code].progress == "Correction (Typing error). 改写"


def test_a_reason_for_having_no_figure_is_corrected_by_another(
    browser: Client, plan: Plan, agency: Agency
) -> None:
    target = own(plan, agency)
    entry = make_narrative(target.commitment, AUGUST, target=target, no_figure="not_published", progress="")
    post(browser, {f"e{entry.pk}": {"no_figure": "nothing_new", "reason": "typing"}})
    assert ProgressEntry.objects.live().get().no_figure == "nothing_new"


def test_locked_figures_are_not_offered_for_correction(browser: Client, counted: ProgressEntry) -> None:
    assert counted.target
    late = make_counted_entry(counted.target, 11, AUGUST)
    period_locks.lock(
        plan=counted.commitment.plan,
        through=date(2023, 8, 30),
        reason="已发布",
        seen=0,
        by=make_user(),
        at=NOON,
    )
    listed = look(browser)[counted.code].listed
    assert [(each.entry, each.correction is None) for each in listed] == [(counted, True), (late, False)]


def test_a_figure_that_is_being_corrected_is_not_corrected_beside(
    browser: Client, counted: ProgressEntry
) -> None:
    new = make_correction(counted, 10, AUGUST)
    listed = look(browser)[counted.code].listed
    assert [each.correction and each.correction.key for each in listed] == [None, f"e{new.pk}"]


def test_what_was_corrected_meanwhile_is_told(browser: Client, counted: ProgressEntry) -> None:
    make_correction(counted, 10, AUGUST)
    answer = post(browser, {f"e{counted.pk}": {"value": "11", "reason": "missed", "progress": "补"}})
    assert "11 · 补" in answer.content.decode()


def test_the_notes_it_opened_with_are_no_lost_text(browser: Client, counted: ProgressEntry) -> None:
    line = correction(look(browser), counted)
    ledger.withdraw(entry=counted, reason="误报", by=make_user(), at=NOON)
    assert post(browser, {line.key: line.typed.texts()}).context["homeless"] == []
