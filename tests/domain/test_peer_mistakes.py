"""Mistakes of comparable systems, each as a behaviour of ours; a comment names the system."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.domain.aggregate import TargetVerdict, commitment_verdict
from commitments.domain.assessment import Assessment
from commitments.domain.confidence import disagreement
from commitments.domain.enums import Accumulation, Comparator, Confidence, Freshness, Goal, Reason, Status
from commitments.domain.readings import Reading, standing
from commitments.domain.targets import Revision, Stage, in_force
from commitments.domain.trajectory import planned

from .cases import (
    CALENDAR,
    DUE,
    RULES,
    START,
    STATISTICS,
    assessed,
    day,
    floor,
    growth,
    level,
    ratio,
    reading,
    spec,
    staged,
    total_freshness,
)

CLOSED = 130
INCREMENTS, RATIO = Accumulation.INCREMENTS, Accumulation.RATIO


def headline(target: int, found: Assessment) -> TargetVerdict:
    return TargetVerdict(
        target=target,
        headline=True,
        status=found.status,
        reason=found.reason,
        duty=found.duty,
        gap=found.gap,
    )


# akvo-rsr#5211, #5212, #5194, #5239
def test_totals_to_date_are_not_added_up() -> None:
    assert assessed(spec(), reading(10, 30), reading(20, 40)).actual == 40


# akvo-rsr#5241: a late edit to an earlier period overwrote later ones
def test_a_reading_entered_late_for_an_earlier_day_does_not_replace_a_newer_one() -> None:
    assert assessed(spec(), reading(40, 90, entry=1), reading(20, 30, entry=2)).actual == 90


# akvo-rsr#2181, akvo-product-design#187
def test_percentages_are_not_averaged() -> None:
    both = assessed(floor(accumulation=RATIO, goal=Goal.FINAL), ratio(10, 1, 2), ratio(40, 98, 98))
    assert both.actual == 99


# akvo-rsr, IndicatorPeriodData: `str(value) if value else ''`
def test_a_real_zero_is_data() -> None:
    found = assessed(spec(), reading(10, 0))
    assert (found.actual, found.status) == (Decimal(0), Status.OFF_TRACK)


# ow2/riscoss-platform#2: no data = 0
def test_no_data_is_not_a_zero() -> None:
    found = assessed(spec())
    assert (found.actual, found.progress, found.status) == (None, None, Status.NO_DATA)


# akvo-rsr, `percent_accomplishment_100`: max(x, 100)
def test_nobody_is_lifted_to_a_hundred_percent() -> None:
    assert assessed(spec(), reading(50, 80)).progress == Decimal("0.4")


# akvo-rsr, `percent_accomplishment`: actual / target
def test_progress_is_measured_from_the_baseline() -> None:
    assert assessed(level(baseline=Decimal(180)), reading(50, 190)).progress == Decimal("0.5")


# akvo-rsr, `percent_accomplishment`, and operately#593, steedos/okr-management-app#17, hikaya-io/activity#397
def test_lower_is_better_where_the_target_says_so() -> None:
    fewer = level(comparator=Comparator.AT_MOST, baseline=Decimal(400))
    better, worse = assessed(fewer, reading(50, 290)), assessed(fewer, reading(50, 390))
    assert (better.gap, worse.gap) == (Decimal("5.00"), Decimal("-45.00"))
    assert (better.status, worse.status) == (Status.ON_TRACK, Status.OFF_TRACK)


# akvo-rsr, `grade`: no clock, so what is on pace is "low" until mid-year
def test_a_quarter_done_after_a_quarter_of_the_time_is_on_track() -> None:
    assert assessed(spec(), reading(25, 50), on=25).status == Status.ON_TRACK


# akvo-rsr: values carried into periods that have not begun
def test_readings_of_later_days_wait_for_them() -> None:
    assert assessed(spec(), reading(10, 20), reading(60, 200), on=50).actual == 20


# open-sdg, ProgressMeasure: base 0 coerced to 0.001, so 1.3 % delivered was "substantial"
def test_a_hundred_of_7900_jobs_at_half_time_is_not_substantial() -> None:
    jobs = spec(accumulation=INCREMENTS, value=Decimal(7900), baseline=Decimal(0))
    found = assessed(jobs, reading(50, 100))
    assert (found.status, found.progress) == (Status.OFF_TRACK, Decimal("0.0127"))


# National statistics: growth is on a comparable basis, so amounts do not give it
def test_a_published_rate_is_taken_as_it_was_published() -> None:
    found = assessed(growth(baseline=Decimal(8)), reading(31, "3.2"), reading(50, "-0.5"))
    assert (found.actual, found.planned) == (Decimal("-0.5"), Decimal(5))


# A share of a yearly growth target, by the days gone, means nothing
def test_a_rate_is_not_pro_rated() -> None:
    assert assessed(growth(), reading(5, "0.2"), on=5).status == Status.AT_RISK


# National statistics: January and February are one release
def test_no_january_report_is_expected_alone() -> None:
    in_february = total_freshness(STATISTICS, START, None, date(2023, 2, 20))
    assert (in_february, assessed(growth(), on=50, calendar=STATISTICS).reason) == (
        Freshness.CURRENT,
        Reason.NOTHING_PUBLISHED_YET,
    )


# Tianjin 2022: negative growth is red
def test_a_falling_rate_is_off_track_however_small_the_fall() -> None:
    assert assessed(growth(), reading(40, "-0.1")).status == Status.OFF_TRACK


# Cascade: a roll-up averages (90 + 99 + 100 + 68) / 4; kausal-watch: an unclamped mean; decidim: AVG(children)
def test_what_is_far_ahead_does_not_hide_a_laggard() -> None:
    ahead, behind = assessed(spec(), reading(50, 199)), assessed(spec(), reading(50, 60))
    found = commitment_verdict(map(headline, (1, 2, 3, 4), (ahead, ahead, ahead, behind)), dropped=False)
    assert (found.status, found.decided_by) == (Status.OFF_TRACK, 4)


# decidim-barcelona#193, gobierto#4362: empty and cancelled children were counted
def test_what_is_only_shown_does_not_count() -> None:
    silent = headline(2, assessed(spec()))._replace(headline=False)
    on_track = headline(1, assessed(spec(), reading(50, 100)))
    assert commitment_verdict([silent, on_track], dropped=False).status == Status.ON_TRACK


# decidim: Σ progress × weight not brought to a whole: 3 × 50 % × 2 = 300 %
def test_stages_done_make_a_hundred_percent_and_no_more() -> None:
    thirds = staged(
        stages=tuple(Stage(day(on), weight) for on, weight in ((20, Decimal(40)), (60, Decimal(60))))
    )
    assert assessed(thirds, reading(20, 40), reading(60, 60, entry=61), on=70).progress == 1


# ddah-promises: buckets 0, 1–99 and 100 lose 0.5 % and 99.5 %
@pytest.mark.parametrize(("value", "expected"), [(1, Status.OFF_TRACK), (199, Status.ON_TRACK)])
def test_hardly_anything_is_not_nothing_and_nearly_all_is_not_all(value: int, expected: Status) -> None:
    assert assessed(spec(), reading(50, value), on=99).status == expected


# Yinchuan 2025: 0 to 10 points below plan is left undefined
def test_every_gap_has_a_status() -> None:
    found = [assessed(level(), reading(50, 100 - points)).status for points in range(0, 100, 2)]
    assert found == [*[Status.ON_TRACK] * 3, *[Status.AT_RISK] * 8, *[Status.OFF_TRACK] * 39]


# Wenzhou Ouhai 2020: made up for, the month that was missed stays yellow
def test_catching_up_late_stays_late() -> None:
    assert assessed(spec(), reading(100, 190), reading(110, 200), on=120).status == Status.ACHIEVED_LATE


# The same of a floor
def test_a_breach_made_good_stays_on_record() -> None:
    assert assessed(floor(), reading(20, 150), reading(40, 250)).status == Status.AT_RISK


# kausal-watch: completion ≤ 0 returns before lateness is used
@pytest.mark.parametrize("comparator", [Comparator.AT_LEAST, Comparator.AT_MOST])
def test_going_the_wrong_way_is_late_too(comparator: Comparator) -> None:
    start, wrong = (100, 90) if comparator == Comparator.AT_LEAST else (300, 310)
    target = level(comparator=comparator, baseline=Decimal(start))
    found = assessed(target, reading(50, wrong))
    assert (found.status, found.progress) == (Status.OFF_TRACK, Decimal("-0.1"))


# kausal-watch: lateness looks only at goals before the latest value, so silence is never late
def test_a_reading_once_on_track_does_not_stay_so_in_silence() -> None:
    found = [assessed(spec(), reading(20, 40), on=on) for on in (20, 25, 80)]
    assert [each.status for each in found] == [Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK]
    assert found[-1].freshness == Freshness.LATE


# kausal-watch: the nightly job resets the staleness clock
def test_the_next_month_does_not_make_a_missing_report_punctual_again() -> None:
    found = {total_freshness(CALENDAR, START, day(10), date(2023, month, 1)) for month in range(4, 13)}
    assert found == {Freshness.LATE}


# kausal-watch calls it "not started" at 90 % where no task is done
def test_what_is_reported_has_started() -> None:
    assert assessed(spec(), reading(5, 180), on=5).status == Status.ON_TRACK


# kausal-watch: floats
def test_a_tenth_three_times_is_three_tenths() -> None:
    exact = spec(accumulation=INCREMENTS, value=Decimal("0.3"))
    assert assessed(exact, *(reading(on, "0.1") for on in (10, 20, 30))).status == Status.ACHIEVED


# Politifact 2009: silence had been reported as inaction; Operately: silence outranks a stale green
def test_silence_is_neither_green_nor_failure() -> None:
    assert {assessed(spec(), on=on).status for on in (50, CLOSED)} == {Status.NO_DATA}


# DHIS2 tells late from locked
def test_a_late_report_changes_no_status() -> None:
    late, punctual = (assessed(floor(), reading(on, 200), on=99) for on in (20, 88))
    assert (late.freshness, punctual.freshness) == (Freshness.LATE, Freshness.CURRENT)
    assert late.status == punctual.status


# NAO on delivery confidence: a person's forward judgement is apart from progress
def test_confidence_stands_beside_the_status() -> None:
    behind = assessed(spec(), reading(50, 10)).status
    assert (behind, disagreement(Confidence.HIGH, None, behind)) == (Status.OFF_TRACK, 2)


# Full Fact: 12 of the first 43 pledges had nothing to measure
def test_nothing_measurable_is_not_rated() -> None:
    assert commitment_verdict([], dropped=False).status == Status.NOT_RATED


# citipax: each verdict is stamped with its rubric's version
def test_an_old_rule_set_still_gives_the_old_answer() -> None:
    old, new = RULES, RULES._replace(version="2", at_risk_ratio=Decimal("0.9"))
    answers = [assessed(spec(), reading(50, 85), rules=rules).status for rules in (old, new, old)]
    assert answers == [Status.AT_RISK, Status.OFF_TRACK, Status.AT_RISK]


# akvo-rsr#2830, open-sdg#175: a target of 0
def test_a_target_of_zero_can_be_approached_and_met() -> None:
    none_left = level(comparator=Comparator.AT_MOST, baseline=Decimal(12), value=Decimal(0))
    assert assessed(none_left, reading(50, 6)).progress == Decimal("0.5")
    assert assessed(none_left, reading(50, 0)).status == Status.ACHIEVED


# operately#3061: from = to is 100 %; akvo-rsr#2830: baseline = target
def test_a_target_equal_to_its_baseline_has_no_progress() -> None:
    found = assessed(level(baseline=Decimal(200)), reading(50, 190))
    assert (found.progress, found.gap, found.status) == (None, None, Status.AT_RISK)


# hikaya#645: the year's target was the sum of the periods reported so far
def test_what_is_planned_does_not_depend_on_what_is_reported() -> None:
    assert {assessed(spec(), *readings).planned for readings in ((), (reading(10, 5),))} == {100}


# akvo-rsr#5169, #5172, akvo-product-design#246
def test_a_changed_target_changes_no_earlier_day() -> None:
    original, revised = Revision(START, Decimal(200), DUE), Revision(day(50), Decimal(100), DUE)
    values = [in_force(original, (revised,), day(on)).value for on in (49, 50)]
    assert [planned(spec(value=value), day(49)) for value in values] == [98, 49]


# Riyadh_Municipality_PPlus#90
def test_a_hundred_percent_is_achieved_not_on_track() -> None:
    assert assessed(spec(), reading(50, 200)).status == Status.ACHIEVED


# Riyadh_Municipality_PPlus#20
def test_what_has_not_begun_is_not_on_track() -> None:
    assert assessed(spec(starts_on=day(60)), on=50).status == Status.NOT_STARTED


# TrumpTracker#142
def test_a_passed_deadline_is_noticed() -> None:
    assert assessed(spec(), reading(100, 199), on=CLOSED).status == Status.NOT_ACHIEVED


# pathment#670: submitted on time, yet overdue; decidim#16143: a cut-off wrong by a day
def test_what_is_done_on_the_due_day_is_done_in_time() -> None:
    assert assessed(spec(), reading(100, 200), on=CLOSED).status == Status.ACHIEVED
    assert standing(staged(), [reading(20, 40)], day(20)).overdue_since is None


# indianelectionmeter#66: percentages of works are guesses, stages are not
def test_a_stage_is_done_or_not() -> None:
    stages = (Stage(day(20), Decimal(40)), Stage(DUE, Decimal(60)))
    half_done = assessed(staged(stages=stages), reading(20, 40), on=60)
    assert (half_done.actual, half_done.reason) == (Decimal(40), Reason.STAGES_IN_TIME)


# akvo-rsr: a percentage whose period has no denominator
def test_a_ratio_of_nothing_is_no_error() -> None:
    nothing = Reading(day(40), Decimal(0), 1, None)
    assert assessed(floor(accumulation=RATIO), nothing).actual == 0
