from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from commitments.digests.content import Digest, compose_digest
from commitments.domain.enums import Lifecycle, NoFigure, Scope, Status
from commitments.models import Agency, Commitment, CommitmentSupport, Plan, StatusCount
from commitments.rollups import snapshots
from tests.digests.plans import BEFORE, MONDAY, SINCE, WEEK, judge, make_subscription
from tests.factories import (
    make_agency,
    make_commitment,
    make_counted_entry,
    make_counted_narrative,
    make_entry,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)

pytestmark = pytest.mark.django_db
ON = date(2023, 9, 25)


def counted(commitment: Commitment, value: int, on: date = date(2023, 9, 20), **given: Any) -> None:
    make_counted_entry(make_target(commitment), value, on, **{"at": MONDAY} | given)


def week_of(plan: Plan, agency: Agency | None = None) -> Digest:
    with override("en"):
        return compose_digest(make_subscription(plan, agency=agency), week=WEEK, at=MONDAY)


def test_counts_are_those_of_the_stored_roll_up() -> None:
    plan = make_plan()
    for value in (10, 20, 53, 76):
        counted(make_commitment(plan), value)
    make_commitment(plan)
    judge(plan)
    shown = {Status(count.light.name): count.commitments for count in week_of(plan).counts}
    counts = StatusCount.objects.filter(plan=plan, scope=Scope.PLAN, commitments__gt=0)
    stored = {Status(count.status): count.commitments for count in counts}
    assert shown == stored
    assert week_of(make_other(plan)).total == 0


def make_other(plan: Plan) -> Plan:
    return make_plan(jurisdiction=plan.jurisdiction, year=2024)


def test_what_moved_since_the_snapshot() -> None:
    plan = make_plan()
    same, better, done = (make_commitment(plan, code=code) for code in ("A", "B", "C"))
    counted(same, 40, date(2023, 8, 31), at=BEFORE)
    target = make_target(better)
    make_counted_entry(target, 40, date(2023, 8, 31), at=BEFORE)
    make_target(done)
    snapshots.write(plan, on=SINCE)
    make_counted_entry(target, 60, date(2023, 9, 20), at=MONDAY)
    make_counted_entry(done.targets.get(), 76, date(2023, 9, 20), at=MONDAY)
    make_counted_entry(same.targets.get(), 10, date(2023, 9, 21), at=MONDAY)
    judge(plan)
    week = week_of(plan)
    assert week.since == SINCE
    assert week.compared
    (move,) = week.moves
    assert (move.line.code, move.before.name, move.line.light.name) == ("B", "off_track", "on_track")
    assert (move.better, move.worse) == (True, False)
    assert [line.code for line in week.done] == ["C"]
    assert {c.light.name: c.change for c in week.counts} == {
        "off_track": -1,
        "no_data": -1,
        "on_track": 1,
        "achieved": 1,
    }
    assert [c.difference for c in week.counts] == ["−1", "−1", "+1", "+1"]


def test_a_commitment_that_got_worse_says_so() -> None:
    plan = make_plan()
    counted(make_commitment(plan), 54, SINCE, at=BEFORE)
    snapshots.write(plan, on=SINCE)
    counted_target = plan.commitments.get().targets.get()
    make_counted_entry(counted_target, 10, ON, at=MONDAY)
    judge(plan)
    (move,) = week_of(plan).moves
    assert (move.before.name, move.line.status, move.better, move.worse) == (
        "on_track",
        Status.OFF_TRACK,
        False,
        True,
    )


def test_a_dropped_commitment_is_neither_better_nor_worse() -> None:
    plan = make_plan()
    commitment = make_commitment(plan)
    make_staged_target(commitment, date(2023, 10, 1))
    snapshots.write(plan, on=SINCE)
    Commitment.objects.update(
        lifecycle=Lifecycle.DROPPED, dropped_on=ON, dropped_authority="区政府", dropped_reason="并入他项"
    )
    judge(plan)
    week = week_of(plan)
    (move,) = week.moves
    assert (move.line.status, move.better, move.worse) == (Status.DROPPED, False, False)
    assert not week.deadlines


def test_without_a_snapshot_nothing_is_compared() -> None:
    plan = make_plan()
    counted(make_commitment(plan), 10)
    judge(plan)
    week = week_of(plan)
    assert not week.compared
    assert [count.change for count in week.counts] == [None]
    assert not week.moves


def test_what_is_behind_comes_worst_first_and_what_is_unknown_last() -> None:
    plan = make_plan()
    unknown = make_commitment(plan, code="UNKNOWN")
    make_target(unknown)
    for code, value in (("BAD", 40), ("WORST", 5), ("WORSE", 20), ("GOOD", 60)):
        counted(make_commitment(plan, code=code), value)
    judge(plan)
    week = week_of(plan)
    assert [line.code for line in week.behind] == ["WORST", "WORSE", "BAD", "UNKNOWN"]
    assert week.off_track == 3
    assert week.more == 0


def test_no_more_than_seven_are_listed() -> None:
    plan = make_plan()
    for value in range(9):
        counted(make_commitment(plan), value)
    judge(plan)
    week = week_of(plan)
    assert (len(week.worst), week.more, len(week.behind)) == (7, 2, 9)


def test_the_figures_are_those_of_the_target_that_decides() -> None:
    plan = make_plan()
    commitment = make_commitment(plan)
    far = make_target(commitment, code="FAR")
    make_counted_entry(far, 10, ON, at=MONDAY)
    make_counted_entry(make_target(commitment, code="NEAR"), 60, ON, at=MONDAY)
    make_target(commitment, code="BESIDE", headline=False)
    judge(plan)
    (line,) = week_of(plan).behind
    far.refresh_from_db()
    assert line.measure is not None
    assert (line.measure.progress, line.measure.gap) == (far.rollup.progress, far.rollup.gap)
    assert line.why.startswith("Old communities renovated: 10 of 76 communities; 55.75 expected by now")
    assert line.measure.percent == 13


def test_an_agency_sees_what_it_leads_or_supports() -> None:
    plan, agency = make_plan(), make_agency()
    led = make_commitment(plan, code="LED", lead_agency=agency)
    supported = make_commitment(plan, code="SUPPORTED")
    CommitmentSupport.objects.create(commitment=supported, agency=agency)
    others = make_commitment(plan, code="OTHER")
    for commitment in (led, supported, others):
        counted(commitment, 10)
    snapshots.write(plan, on=SINCE)
    judge(plan)
    week = week_of(plan, agency)
    assert {line.code for line in week.behind} == {"LED", "SUPPORTED"}
    assert {move.line.code for move in week.moves} == {"LED", "SUPPORTED"}
    assert (week.total, week.place, week.whole_plan) == (2, agency.name_en, False)


def test_an_agency_without_commitments_gets_an_empty_mail() -> None:
    plan = make_plan()
    counted(make_commitment(plan), 10)
    judge(plan)
    week = week_of(plan, make_agency())
    assert (week.total, week.counts, week.assessed_on, week.assessed_day, week.latest_day) == (
        0,
        [],
        None,
        "",
        "",
    )


def test_what_falls_due_within_a_fortnight() -> None:
    plan = make_plan()
    soon, done, later = (make_commitment(plan, code=code) for code in ("SOON", "DONE", "LATER"))
    stages = make_staged_target(soon, date(2023, 9, 24), ON, date(2023, 10, 9), date(2023, 10, 10))
    first = stages.milestones.get(position=2)
    make_counted_entry(stages, 1, ON, at=MONDAY, milestone=first)
    make_counted_entry(make_target(done, due_on=date(2023, 10, 1)), 76, ON, at=MONDAY)
    make_target(later, due_on=date(2023, 10, 9))
    judge(plan)
    assert [(d.code, d.on, d.stage) for d in week_of(plan).deadlines] == [
        ("LATER", date(2023, 10, 9), ""),
        ("SOON", date(2023, 10, 9), "Stage 3"),
    ]


def test_a_stage_and_its_target_on_one_day_are_one_deadline() -> None:
    plan = make_plan()
    make_staged_target(make_commitment(plan), date(2023, 10, 1), due_on=date(2023, 10, 1))
    judge(plan)
    (deadline,) = week_of(plan).deadlines
    assert deadline.on == date(2023, 10, 1)


def test_overdue_reports_are_named_with_their_due_days() -> None:
    plan, slow = make_plan(), make_agency(short_name_en="Housing")
    silent, older = (make_commitment(plan, code=code, lead_agency=slow) for code in ("A", "B"))
    make_target(silent, starts_on=date(2023, 8, 1))
    for code, month in ("B", 7), ("B2", 4):
        make_target(older, code=code, starts_on=date(2023, month, 1))
    counted(make_commitment(plan, code="C"), 60, date(2023, 9, 20))
    judge(plan)
    assert [(late.code, late.on, late.agency) for late in week_of(plan).late] == [
        ("B", date(2023, 5, 5), "Housing"),
        ("A", date(2023, 9, 5), "Housing"),
    ]


def test_a_report_in_review_is_not_overdue() -> None:
    plan = make_plan()
    make_entry(make_target(make_commitment(plan)), 40, date(2023, 8, 31))
    judge(plan)
    assert week_of(plan).late == []


def test_a_stage_is_reported_when_it_is_due() -> None:
    plan = make_plan()
    make_staged_target(make_commitment(plan), date(2023, 8, 1))
    judge(plan)
    assert [late.on for late in week_of(plan).late] == [date(2023, 8, 1)]


def test_the_rest_of_the_overdue_reports_is_counted() -> None:
    plan = make_plan()
    for _ in range(8):
        make_target(make_commitment(plan))
    judge(plan)
    week = week_of(plan)
    assert (len(week.longest_late), week.more_late) == (7, 1)


def test_the_mail_is_about_the_week_before_its_own() -> None:
    with override("en"):
        assert week_of(make_plan()).days == "18–24 Sep"


def test_sample_data_is_told_and_the_newest_figures_day() -> None:
    plan = make_plan()
    counted(make_commitment(plan), 10, date(2023, 9, 19))
    judge(plan)
    week = week_of(plan)
    assert not week.is_sample
    assert (week.assessed_on, week.latest_on) == (ON, date(2023, 9, 19))
    make_counted_entry(
        plan.commitments.get().targets.get(), 11, ON, at=MONDAY, is_sample=True, by=make_user()
    )
    judge(plan)
    plan.subscriptions.all().delete()
    assert week_of(plan).is_sample


def test_percentages_of_a_bar_stay_within_it() -> None:
    plan = make_plan()
    counted(make_commitment(plan), 76)
    judge(plan)
    (count,) = week_of(plan).counts
    assert (count.percent, count.change, count.difference) == (100, None, "")


def test_the_mail_looks_back_on_the_whole_week_before() -> None:
    plan = make_plan()
    assert week_of(plan).since == date.fromisocalendar(2023, 39, 1) - timedelta(days=8)


def test_new_figures_that_change_no_status_are_told_too() -> None:
    plan = make_plan()
    counted(make_commitment(plan, code="NEW"), 60, date(2023, 9, 20))
    make_counted_entry(
        make_target(make_commitment(plan, code="OLD")), 60, date(2023, 9, 10), at=MONDAY - timedelta(days=9)
    )
    judge(plan)
    (line,) = week_of(plan).news
    assert line.code == "NEW"
    assert line.why.startswith("60 of 76 communities")


def test_of_many_new_figures_the_mail_shows_some() -> None:
    plan = make_plan()
    for _ in range(9):
        counted(make_commitment(plan), 60, date(2023, 9, 20))
    judge(plan)
    week = week_of(plan)
    assert (len(week.news), week.more_news) == (7, 2)


def test_new_words_are_told_by_their_first_sentence() -> None:
    plan = make_plan()
    commitment = make_commitment(plan, code="NEW")
    tell(commitment, date(2023, 9, 20), progress="已完成选址。正在征地。")
    tell(make_commitment(plan, code="OLD"), date(2023, 9, 10), at=MONDAY - timedelta(days=9))
    judge(plan)
    (told,) = week_of(plan).told
    assert (told.line.code, told.day, told.first) == ("NEW", "20 September 2023", "已完成选址。")


def test_of_several_new_words_the_newest_are_told() -> None:
    plan = make_plan()
    commitment = make_commitment(plan)
    for on, progress in ((date(2023, 9, 20), "已开工。"), (date(2023, 9, 12), "已完成选址。")):
        tell(commitment, on, progress=progress)
    judge(plan)
    assert [told.first for told in week_of(plan).told] == ["已开工。"]


def test_a_bare_reason_for_no_figure_is_no_news() -> None:
    target = make_target()
    tell(target.commitment, target=target, no_figure=NoFigure.NOT_PUBLISHED, progress="")
    judge(target.commitment.plan)
    assert week_of(target.commitment.plan).told == []


def test_new_words_are_no_new_figures() -> None:
    target = make_target()
    make_counted_entry(target, 60, date(2023, 9, 10), at=MONDAY - timedelta(days=9))
    tell(target.commitment)
    judge(target.commitment.plan)
    assert week_of(target.commitment.plan).reported == []


def test_an_agencys_mail_tells_its_own_words() -> None:
    plan, agency = make_plan(), make_agency()
    tell(make_commitment(plan, code="OWN", lead_agency=agency))
    tell(make_commitment(plan))
    judge(plan)
    assert [told.line.code for told in week_of(plan, agency).told] == ["OWN"]


@pytest.mark.parametrize("is_sample", [True, False])
def test_words_of_a_sample_mark_the_mail(is_sample: bool) -> None:
    commitment = make_commitment()
    tell(commitment, is_sample=is_sample)
    judge(commitment.plan)
    assert week_of(commitment.plan).is_sample is is_sample


def test_of_many_new_words_the_mail_shows_some() -> None:
    plan = make_plan()
    for _ in range(9):
        tell(make_commitment(plan))
    judge(plan)
    week = week_of(plan)
    assert (len(week.newest_told), week.more_told) == (7, 2)


def tell(commitment: Commitment, on: date = date(2023, 9, 20), **given: Any) -> None:
    make_counted_narrative(commitment, on, **{"at": MONDAY} | given)
