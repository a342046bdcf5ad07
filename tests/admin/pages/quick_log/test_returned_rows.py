"""A returned row opens with all that was sent, and is sent again only by somebody who means it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from commitments.actions import evidence, ledger, period_locks
from commitments.actions.proposals import ProposedNarrative
from commitments.domain.enums import Accumulation, NoFigure
from commitments.models import Agency, EntryDraft, Evidence, Plan, ProgressEntry, Target, User
from commitments.reporting.addresses import build_entry_address
from commitments.reporting.returns import open_returns
from tests.admin.pages.quick_log.conftest import RATIO
from tests.admin.pages.quick_log.posting import AUGUST, by_code, look, post, untouched
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
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30


def send_back(entry: ProgressEntry) -> ProgressEntry:
    ledger.return_(entry=entry, reason="与台账不符", by=make_user(), at=NOON)
    return entry


def own(plan: Plan, agency: Agency, **given: Any) -> Target:
    return make_target(make_commitment(plan, lead_agency=agency), **given)


def returned(plan: Plan, agency: Agency, clerk: User) -> ProgressEntry:
    """41 with two texts, a link and a file."""
    entry = make_entry(own(plan, agency), 41, date(2023, 8, 20), by=clerk, progress="完成", problems="雨季")
    evidence.attach(entry=entry, by=clerk, at=NOON, title="公告", url="https://www.weibin.gov.cn/1.html")
    evidence.attach(entry=entry, by=clerk, at=NOON, title="现场.png", file=ContentFile(PNG, "现场.png"))
    return send_back(entry)


def test_it_opens_with_value_notes_day_evidence_and_reason(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    entry = returned(plan, agency, clerk)
    line = look(browser)[entry.code]
    assert (line.typed.value, line.typed.progress, line.typed.problems) == ("41", "完成", "雨季")
    assert (line.typed.day, line.typed.carries, line.reason) == ("2023-08-20", str(entry.pk), "与台账不符")
    assert [each.title for each in line.main.carried] == ["公告", "现场.png"]
    assert not line.main.is_touched


def test_words_about_a_whole_commitment_with_stages_are_sent_again(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    """The target has the commitment's own code; the row with the words has the focus."""
    commitment = make_commitment(plan, lead_agency=agency)
    make_staged_target(commitment, date(2023, 12, 15), code=commitment.code)
    entry = send_back(make_narrative(commitment, date(2023, 8, 20), by=clerk, progress="正在施工"))
    address = build_entry_address(entry, clerk)
    lines = {line.id: line for line in browser.get(address).context["lines"]}
    line = lines[f"c{commitment.pk}"]
    assert (line.typed.progress, line.reason, line.main.has_focus) == ("正在施工", "与台账不符", True)
    post(browser, {line.id: untouched(line) | {"progress": "已完工"}})
    again = ProgressEntry.objects.live().get()
    assert (again.target, again.progress) == (None, "已完工")
    assert not open_returns(ProgressEntry.objects.returned())


def test_a_returned_correction_of_a_stage_is_sent_again(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    target = make_staged_target(make_commitment(plan, lead_agency=agency), date(2023, 8, 15))
    done = make_counted_entry(target, 1, date(2023, 8, 20), milestone=target.milestones.get())
    entry = send_back(make_correction(done, 1, date(2023, 8, 22), by=clerk, progress="验收"))
    line = look(browser)[target.code]
    assert (line.reason, line.typed.day, line.gives_up) == ("与台账不符", "2023-08-22", str(entry.pk))
    assert not line.main.slot.takes_stage
    post(browser, {line.id: untouched(line) | {"day": "2023-08-23"}})
    again = ProgressEntry.objects.pending().get()
    assert (again.corrects, again.milestone, again.effective_on.day) == (done, done.milestone, 23)


def test_a_figure_comes_in_addition_to_returned_words(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    """A correction of words was returned while the month's figure is still due."""
    target = own(plan, agency)
    words = make_narrative(target.commitment, date(2023, 8, 20), target=target, by=clerk)
    ledger.approve(entry=words, by=make_user(), at=NOON)
    said = ProposedNarrative(
        commitment=target.commitment, target=target, effective_on=date(2023, 8, 20), progress="乙"
    )
    send_back(ledger.correct(words, said, by=clerk, at=NOON))
    line = look(browser)[target.code]
    post(browser, {line.id: untouched(line) | {"value": "5", "reason": "missed"}})
    figure = ProgressEntry.objects.figures().get()
    assert (figure.value, figure.corrects, figure.progress) == (Decimal(5), None, "乙")


def test_an_untouched_row_is_not_sent_with_the_others(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    entry, other = returned(plan, agency, clerk), own(plan, agency)
    line = look(browser)[entry.code]
    answer = post(browser, {line.id: untouched(line), other.pk: {"value": "5"}})
    assert by_code(answer)[entry.code].state == "Returned"
    assert list(ProgressEntry.objects.live()) == [ProgressEntry.objects.get(target=other)]
    assert not EntryDraft.objects.exists()


def test_a_row_that_was_emptied_is_not_sent(browser: Client, plan: Plan, agency: Agency, clerk: User) -> None:
    entry = returned(plan, agency, clerk)
    post(browser, {str(entry.target_id): {"carries": str(entry.pk)}})
    assert not ProgressEntry.objects.live().exists()


def test_a_changed_row_is_sent_with_the_evidence_it_had(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    entry = returned(plan, agency, clerk)
    line = look(browser)[entry.code]
    post(browser, {line.id: untouched(line) | {"value": "40"}})
    again = ProgressEntry.objects.live().get()
    assert (again.value, again.progress, again.effective_on) == (Decimal(40), "完成", date(2023, 8, 20))
    kept, before = (
        list(Evidence.objects.filter(entry=each).values_list("title", "url", "file", "sha256"))
        for each in (again, entry)
    )
    assert kept == before
    assert not Evidence.objects.filter(entry=again, public=True).exists()


def test_evidence_that_is_unticked_stays_behind(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    entry = returned(plan, agency, clerk)
    line = look(browser)[entry.code]
    post(browser, {line.id: untouched(line) | {"carries": ""}})
    assert not ProgressEntry.objects.live().get().evidence.exists()


def test_evidence_of_another_row_is_not_carried(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    entry, other = returned(plan, agency, clerk), own(plan, agency)
    post(browser, {other.pk: {"value": "5", "carries": str(entry.pk)}})
    assert not ProgressEntry.objects.get(target=other).evidence.exists()


def test_its_own_button_sends_it_as_it_is(browser: Client, plan: Plan, agency: Agency, clerk: User) -> None:
    entry = returned(plan, agency, clerk)
    line = look(browser)[entry.code]
    post(browser, {line.id: untouched(line)}, again=line.id)
    assert ProgressEntry.objects.live().get().value == 41


def test_a_chosen_file_is_a_change(browser: Client, plan: Plan, agency: Agency, clerk: User) -> None:
    entry = returned(plan, agency, clerk)
    line = look(browser)[entry.code]
    post(browser, {line.id: untouched(line) | {"photo": ContentFile(PNG, "照片.png")}})
    assert ProgressEntry.objects.live().get().evidence.count() == 3


def test_what_was_returned_twice_meanwhile_is_not_sent_by_accident(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    """The page holds the texts of the first return."""
    entry = returned(plan, agency, clerk)
    line = look(browser)[entry.code]
    assert entry.target
    send_back(make_entry(entry.target, 39, AUGUST, by=clerk))
    post(browser, {line.id: untouched(line)})
    assert not ProgressEntry.objects.live().exists()


def test_what_became_of_the_row_meanwhile_makes_no_change_of_it(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    """Evidence was added to the returned entry after the page was opened."""
    entry = send_back(make_entry(own(plan, agency), 41, AUGUST, by=clerk, progress="完成"))
    line = look(browser)[entry.code]
    sent = untouched(line) | {"opening": line.main.opening}
    evidence.attach(entry=entry, by=clerk, at=NOON, title="公告", url="https://www.weibin.gov.cn/1.html")
    post(browser, {line.id: sent})
    assert not ProgressEntry.objects.live().exists()
    post(browser, {line.id: sent | {"value": "40"}})
    assert ProgressEntry.objects.live().get().value == 40


def test_a_draft_takes_the_place_of_what_was_sent(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    entry = returned(plan, agency, clerk)
    sent = {"ends_on": "2023-08-31", "rows": {entry.target_id: {"value": "40"}}}
    browser.post("/admin/log/drafts/?period=2023-08", sent, content_type="application/json")
    line = look(browser)[entry.code]
    assert (line.typed.value, line.typed.progress, line.main.is_touched) == ("40", "", True)


def test_a_check_of_an_untouched_row_says_nothing(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    entry = returned(plan, agency, clerk)
    line = look(browser)[entry.code]
    sent = {"ends_on": "2023-08-31", "rows": {}, "unchanged": {line.id: untouched(line)}}
    answer = browser.post("/admin/log/drafts/?period=2023-08", sent, content_type="application/json")
    assert answer.json()["rows"][line.id]["doubts"] == []


def test_a_returned_correction_corrects_the_same_figure_again(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    """An amount would be added otherwise."""
    target = own(plan, agency, accumulation=Accumulation.INCREMENTS)
    counted = make_counted_entry(target, 9, AUGUST)
    send_back(make_correction(counted, 10, AUGUST, progress="Correction (Missed). 一条", by=clerk))
    line = look(browser)[target.code]
    assert (line.typed.value, line.typed.reason, line.typed.progress) == ("10", "missed", "一条")
    post(browser, {line.id: untouched(line) | {"value": "11"}})
    again = ProgressEntry.objects.pending().get()
    assert (again.value, again.corrects, again.progress) == (
        Decimal(11),
        counted,
        "Correction (Missed). 一条",
    )


def test_a_returned_stage_is_chosen_again(browser: Client, plan: Plan, agency: Agency) -> None:
    target = make_staged_target(make_commitment(plan, lead_agency=agency), AUGUST)
    stage = target.milestones.get()
    send_back(make_entry(target, 1, AUGUST, milestone=stage))
    assert look(browser)[target.code].typed.milestone == str(stage.pk)


def test_a_returned_ratio_and_a_returned_reason_are_there_again(
    browser: Client, plan: Plan, agency: Agency
) -> None:
    ratio, nil = own(plan, agency, **RATIO), own(plan, agency)
    send_back(make_entry(ratio, 190, AUGUST, denominator=Decimal(200)))
    send_back(make_narrative(nil.commitment, AUGUST, target=nil, no_figure=NoFigure.NOTHING_NEW, progress=""))
    found = look(browser)
    assert (found[ratio.code].typed.value, found[ratio.code].typed.denominator) == ("190", "200")
    assert found[nil.code].typed.no_figure == "nothing_new"


def test_an_amount_that_included_earlier_periods_is_ticked_again(
    browser: Client, plan: Plan, agency: Agency
) -> None:
    target = own(plan, agency, accumulation=Accumulation.INCREMENTS)
    send_back(make_entry(target, 5, AUGUST, includes_earlier=True))
    assert look(browser)[target.code].typed.includes_earlier == "1"


def test_a_prefilled_row_that_was_locked_meanwhile_is_no_lost_text(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    entry = returned(plan, agency, clerk)
    line = look(browser)[entry.code]
    period_locks.lock(plan=plan, through=AUGUST, reason="已发布", seen=0, by=make_user(), at=NOON)
    assert post(browser, {line.id: untouched(line)}).context["homeless"] == []
    assert look(browser)[entry.code].reason == "与台账不符"


def test_a_total_of_a_later_month_settles_a_return(
    browser: Client, plan: Plan, agency: Agency, clerk: User
) -> None:
    entry = returned(plan, agency, clerk)
    assert entry.target
    make_entry(entry.target, 50, date(2023, 9, 20), by=clerk)
    assert look(browser)[entry.code].state == "Nothing due"
