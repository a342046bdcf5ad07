"""No sentence contradicts its numbers: they are read back out of it, in both languages, and compared."""

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import get_language, override
from hypothesis import assume, given
from hypothesis import strategies as st

from commitments import explanations
from commitments.domain.assessment import Assessment
from commitments.domain.enums import (
    Accumulation,
    Comparator,
    Direction,
    Goal,
    Reason,
    TargetKind,
    TrajectoryKind,
)
from commitments.domain.readings import Reading
from commitments.domain.status import Rules
from commitments.domain.targets import TargetSpec
from commitments.domain.trajectory import paced
from commitments.explanations import judgement
from commitments.explanations.facts import Facts
from commitments.formats import side
from commitments.models import RuleSet, Target
from commitments.states import TargetJudgement
from tests.domain.cases import RULES, RULES_2, day, ratio, spec
from tests.domain.strategies import ON, Ledger, banded_ledgers, decimals, ledgers, rules
from tests.domain.test_months import is_accepted

NUMBER = re.compile(r"−?[0-9][0-9,]*(?:\.[0-9]+)?")
DATE = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}")
FIGURE = re.compile("⟦(\\w+)=([^⟧]*)⟧")
SMALL = ("less than", "不足")
# Words, and sentences that are made of other figures.
COMPOSED = ("standing", "use", "share", "furthest")
DAYS = ("met", "first_met", "due", "since", "latest")
DAY = {"zh-hans": "%Y年%m月%d日", "en": "%d %B %Y"}
HUNDRED = Decimal(100)
AHEAD, BEHIND = ("ahead", "超前"), ("behind", "滞后")
EVEN = ("just as planned", "与序时进度持平")
USES = (Reason.USED_IN_PACE, Reason.USED_SLIGHTLY_FAST, Reason.USED_SMALL_GAP, Reason.USED_TOO_FAST)
Told = dict[str, list[Decimal]]
Sentence = tuple[Told, dict[str, date], str]


class MarkedFacts(Facts):
    """Facts that put a mark around each figure and day, so that it can be found in the sentence."""

    def __getitem__(self, name: str) -> str:
        words = super().__getitem__(name)
        return words if name in COMPOSED else _marked(name.removesuffix("_again"), words)


def _marked(name: str, words: str) -> str:
    return f"⟦{name}={words}⟧"


def rows(ledger: Ledger, given_rules: Rules, on: date) -> tuple[Target, TargetJudgement]:
    """Return a target and its verdict as they are stored."""
    spec, standing, found = ledger.spec, ledger.standing(on), ledger.assess(on, given_rules)
    target = Target(
        kind=spec.kind,
        accumulation=spec.accumulation,
        direction=Direction.AT_LEAST if spec.rises else Direction.AT_MOST,
        goal=spec.goal,
        comparator=spec.comparator,
        trajectory=spec.trajectory,
        value=spec.stated,
        unit="条",
        unit_en="roads",
    )
    judged = TargetJudgement(
        status=found.status,
        reason=found.reason,
        rule_set=RuleSet(**given_rules._asdict()),
        freshness=found.freshness,
        assessed_on=on,
        start_value=spec.start_value,
        target_value=spec.stated,
        target_high=spec.high,
        within=spec.within,
        due_on=spec.due_on,
        actual=found.actual,
        planned=found.planned,
        progress=found.progress,
        gap=found.gap,
        latest_on=standing.latest_on,
        first_met_on=standing.first_met_on,
        standing_since=found.standing_since,
        worst=found.worst,
        overdue_since=standing.overdue_since,
    )
    return target, judged


def told(target: Target, judged: TargetJudgement) -> Sentence:
    """Return the numbers of each figure, and the days, in the sentence of the active language."""
    facts = MarkedFacts(target, judged)
    sentence = judgement._sentence(Reason(judged.reason), facts) % facts
    bare = FIGURE.sub(lambda found: found[2], sentence)
    assert bare.casefold() == explanations.why(target, judged).casefold()
    assert not NUMBER.search(FIGURE.sub("", sentence)), "a number that is not read back"
    figures = FIGURE.findall(sentence)
    days = {name: _day(words) for name, words in figures if name in DAYS}
    numbers = {
        name.replace("figure", "actual"): [
            Decimal(number.replace(",", "").replace("−", "-")) for number in NUMBER.findall(words)
        ]
        for name, words in figures
        if name not in DAYS and not any(word in words for word in SMALL)
    }
    return numbers, days, bare


def _day(words: str) -> date:
    return datetime.strptime(words, DAY[get_language()]).date()  # noqa: DTZ007 - a day has no zone


def meets(spec: TargetSpec, number: Decimal, ends: list[Decimal]) -> bool:
    """Compare a number that was read with the target that was read beside it."""
    if spec.band is None:
        return spec._replace(value=ends[0]).is_met_by(number)
    low, high = (ends[0] - ends[1], ends[0] + ends[1]) if spec.comparator == "~" else ends
    return spec._replace(band=spec.band._replace(low=low, high=high)).is_met_by(number)


def check(spec: TargetSpec, exactly: dict[str, Decimal | None], read: Sentence) -> None:
    """Compare what a reader finds by the numbers told with what holds of the exact ones."""
    numbers, _days, sentence = read
    for name in numbers.keys() & {"actual", "worst"}:
        (shown,), value = numbers[name], exactly[name]
        assert value is not None
        if "goal" in numbers:
            assert meets(spec, shown, numbers["goal"]) == spec.is_met_by(value)
        for other in numbers.keys() & {"planned", "floor"}:
            (compared,), of = numbers[other], exactly[other]
            assert of is not None
            is_even = shown == compared and any(words in sentence for words in EVEN)
            assert is_even or side(shown, compared) == side(value, of), (name, other)


def check_thresholds(given_rules: Rules, numbers: Told) -> None:
    """Compare each threshold that was read with that of the rules."""
    thresholds = {
        "on_track": given_rules.on_track_ratio * HUNDRED,
        "at_risk": given_rules.at_risk_ratio * HUNDRED,
        "small_gap": given_rules.small_gap_points,
        "small_share": given_rules.small_gap_points,
        "near_units": given_rules.near_units,
        "days_of_grace": given_rules.stage_grace_days,
    }
    for name in numbers.keys() & thresholds:
        assert numbers[name] == [thresholds[name]], name


def check_days(reason: Reason, numbers: Told, days: dict[str, date], on: date) -> None:
    """Count the days between those that were read."""
    if "days_late" in numbers:
        assert numbers["days_late"] == [(days["met"] - days["due"]).days]
    if "days_overdue" in numbers:
        (overdue,), (grace,) = numbers["days_overdue"], numbers["days_of_grace"]
        assert overdue == (on - days["since"]).days
        assert (overdue <= grace) == (reason == Reason.STAGE_OVERDUE)


def check_pace(spec: TargetSpec, reason: Reason, gap: Decimal, numbers: Told) -> None:
    """Compute the gap and the share of planned progress from the values that were read."""
    (distance,) = numbers["distance"]
    assert abs(abs(gap) - distance) <= (Decimal("0.05") if distance < HUNDRED else Decimal("0.5"))
    if "small_gap" in numbers:
        assert distance < numbers["small_gap"][0]
    if "planned" not in numbers or "actual" not in numbers:
        return
    (actual,), (planned,) = numbers["actual"], numbers["planned"]
    if reason == Reason.SMALL_GAP and "small_gap" not in numbers:
        assert abs(planned - actual) < 1
    check_share(spec.distance(actual), spec.distance(planned), numbers)


def check_share(part: Decimal, whole: Decimal, numbers: Told) -> None:
    """Compare a share of what was read with the thresholds beside it: at least the lower, under the upper one."""
    if "at_risk" in numbers:
        assert part * HUNDRED >= whole * numbers["at_risk"][0]
        if "on_track" in numbers:
            assert part * HUNDRED < whole * numbers["on_track"][0]
    elif "on_track" in numbers:
        assert part * HUNDRED >= whole * numbers["on_track"][0]


def check_use(reason: Reason, numbers: Told) -> None:
    """Compare the use of a ceiling with even pace, as both were read."""
    if "planned" not in numbers or "goal" not in numbers:
        return
    (used,), (allowed,), goal = numbers["actual"], numbers["planned"], numbers["goal"]
    if reason == Reason.USED_TOO_FAST:
        assert allowed * HUNDRED < used * numbers["at_risk"][0]
    elif reason == Reason.USED_SMALL_GAP:
        assert allowed < used
        share = numbers.get("small_share")
        assert (used - allowed) * HUNDRED < share[0] * max(goal) if share else used - allowed < 1
    else:
        check_share(allowed, used, numbers)


def check_nearness(spec: TargetSpec, reason: Reason, numbers: Told, sentence: str) -> None:
    """Compare the value that was read with the end that it misses."""
    (actual,), end = numbers["actual"], numbers.get("missed_end", numbers.get("goal"))
    if not end:
        return
    if reason == Reason.UNITS_AWAY:
        lowest, highest = (end[0] - end[1], end[0] + end[1]) if spec.comparator == "~" else (end[0], end[-1])
        assert min(abs(actual - lowest), abs(actual - highest)) <= numbers["near_units"][0]
        return
    is_part = "but is at least" in sentence or "已达" in sentence
    part, whole = (actual, end[0]) if is_part else (end[0], actual)
    assert abs(part) <= abs(whole)
    assert abs(part) * HUNDRED >= abs(whole) * numbers["at_risk"][0]


def check_claims(ledger: Ledger, found: Assessment, thresholds: Rules, on: date, read: Sentence) -> None:
    numbers, days, sentence = read
    check_thresholds(thresholds, numbers)
    check_days(found.reason, numbers, days, on)
    if "distance" in numbers and found.gap is not None:
        check_pace(ledger.spec, found.reason, found.gap, numbers)
        if found.gap.quantize(Decimal("0.1"), ROUND_HALF_UP):
            assert any(word in sentence for word in AHEAD if found.gap > 0) or any(
                word in sentence for word in BEHIND if found.gap < 0
            )
    if found.reason in USES:
        check_use(found.reason, numbers)
    if found.reason in (Reason.NEAR_TARGET, Reason.UNITS_AWAY):
        check_nearness(ledger.spec, found.reason, numbers, sentence)


@given(st.one_of(ledgers(), banded_ledgers()), ON, rules())
def test_a_reader_of_the_numbers_finds_what_the_sentence_says(
    ledger: Ledger, on: date, thresholds: Rules
) -> None:
    assume(is_accepted(ledger.spec))
    _check_sentences(ledger, on, thresholds)


def _check_sentences(ledger: Ledger, on: date, thresholds: Rules) -> None:
    """Read the numbers of a verdict's sentence in each language, and compare them."""
    found, standing = ledger.assess(on, thresholds), ledger.standing(on)
    target, judged = rows(ledger, thresholds, on)
    floor = thresholds.growth_floor if ledger.spec.rises else -thresholds.growth_floor
    exactly = {"actual": standing.actual, "worst": standing.worst, "planned": found.planned, "floor": floor}
    for language in ("zh-hans", "en"):
        with override(language):
            read = told(target, judged)
            check(ledger.spec, exactly, read)
            check_claims(ledger, found, thresholds, on, read)


@given(
    st.sampled_from([Accumulation.RATIO, Accumulation.RUNNING_RATIO]),
    st.sampled_from([Comparator.AT_LEAST, Comparator.AT_MOST]),
    st.integers(1, 100),
    st.integers(1, 10**9),
    st.integers(-1, 1),
)
def test_a_ratio_just_beside_its_target_is_told_to_be_beside_it(
    accumulation: Accumulation, comparator: Comparator, goal: int, denominator: int, apart: int
) -> None:
    final = spec(
        accumulation=accumulation, goal=Goal.FINAL, trajectory=TrajectoryKind.HOLD, comparator=comparator
    )
    numerator = max(0, denominator * goal // 100 + apart)
    ledger = Ledger(final._replace(value=Decimal(goal)), (ratio(40, numerator, denominator),))
    target, judged = rows(ledger, RULES, day(50))
    exactly = {"actual": ledger.standing(day(50)).actual, "floor": Decimal(0)}
    for language in ("zh-hans", "en"):
        with override(language):
            check(ledger.spec, exactly, told(target, judged))


COUNTED: dict[str, Any] = {}
RISING: dict[str, Any] = {"kind": TargetKind.LEVEL}
CEILING = RISING | {
    "comparator": Comparator.AT_MOST,
    "goal": Goal.MAINTAIN,
    "trajectory": TrajectoryKind.HOLD,
}
LAST = RISING | {"accumulation": Accumulation.LEVEL, "goal": Goal.FINAL, "trajectory": TrajectoryKind.HOLD}


@given(
    st.sampled_from(
        [
            COUNTED,
            RISING,
            CEILING,
            CEILING | {"kind": TargetKind.COUNT},
            LAST,
            LAST | {"comparator": Comparator.AT_MOST},
        ]
    ),
    st.integers(1, 50000),
    st.integers(1, 363),
    st.sampled_from(["0.95", "0.80", "1"]),
    st.sampled_from([0, 0, -5, 5]),
    st.sampled_from([0, 0, -1, 1]),
    st.integers(-2, 2),
)
def test_a_value_just_beside_a_threshold_is_told_to_be_beside_it(
    given_words: dict[str, Any], tenths: int, on: int, share: str, points: int, units: int, apart: int
) -> None:
    target = spec(**given_words, value=Decimal(tenths) / 10, due_on=day(364))
    expected = paced(target, day(on))
    near = expected / Decimal(share) if not target.rises else expected * Decimal(share)
    value = (near + target.value * points / 100 + units).quantize(Decimal("0.0001")) + Decimal(apart).scaleb(
        -4
    )
    ledger = Ledger(target, (Reading(day(on), max(value, Decimal(0)), 1),))
    _check_sentences(ledger, day(on), RULES_2)


def numbers_of(words: str) -> list[Decimal]:
    return [Decimal(number.replace(",", "").replace("−", "-")) for number in NUMBER.findall(words)]


def is_near(shown: Decimal, value: Decimal) -> bool:
    """Tell whether a number is the value, rounded to a tenth at the roughest, or to a whole one from 100 on."""
    return abs(shown - value) <= (Decimal("0.05") if abs(value) < HUNDRED else Decimal("0.5"))


@given(
    st.sampled_from([TargetKind.COUNT, TargetKind.LEVEL]),
    decimals(1, 5000, places=1),
    st.lists(decimals(-2, 2, places=2) | decimals(-500, 500), min_size=3, max_size=3),
)
def test_a_forecast_tells_the_interval_around_its_value(
    kind: TargetKind, aim: Decimal, apart: list[Decimal]
) -> None:
    low, value, high = sorted(aim + each for each in apart)
    target, judged = rows(Ledger(spec(value=aim, kind=kind)), RULES, day(50))
    judged = replace(judged, forecast=value, forecast_low=low, forecast_high=high, due_on=date(2024, 5, 1))
    for language in ("zh-hans", "en"):
        with override(language):
            words = DATE.sub("", explanations.forecast(target, judged))
        if low < aim:
            *shown, told_aim = numbers_of(words.replace("80%", ""))
            assert told_aim == aim
            assert [shown[1], shown[0], shown[2]] == sorted(shown)
            assert [side(each, aim) for each in shown] == [side(each, aim) for each in (value, low, high)]


@given(decimals(-500, 5000, places=2), decimals(-500, 5000, places=2), st.sampled_from(Accumulation))
def test_both_paces_are_told_as_they_are(
    required: Decimal, pace: Decimal, accumulation: Accumulation
) -> None:
    target, judged = rows(Ledger(spec(accumulation=accumulation)), RULES, day(50))
    judged = replace(judged, required_pace=required, pace=pace)
    for language in ("zh-hans", "en"):
        with override(language):
            words = explanations.paces(target, judged)
        if words:
            shown = numbers_of(words)
            assert [is_near(*each) for each in zip(shown, (required, pace), strict=True)] == [True, True]


@given(rules())
def test_each_threshold_is_told_as_it_is(thresholds: Rules) -> None:
    told_of = [
        thresholds.on_track_ratio * HUNDRED,
        thresholds.at_risk_ratio * HUNDRED,
        thresholds.small_gap_points,
        thresholds.stage_grace_days,
        thresholds.growth_floor,
        *([] if thresholds.near_units is None else [thresholds.near_units]),
    ]
    for language in ("zh-hans", "en"):
        with override(language):
            told = explanations.thresholds(RuleSet(**thresholds._asdict()))
        assert [numbers_of(value) for _name, value in told] == [[number] for number in told_of]
