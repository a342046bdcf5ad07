"""No sentence contradicts its numbers: they are read back out of it, in both languages, and compared."""

import re
from datetime import date
from decimal import Decimal

from django.utils.translation import override
from hypothesis import assume, given
from hypothesis import strategies as st

from commitments import explanations
from commitments.domain.assessment import Assessment
from commitments.domain.enums import Accumulation, Comparator, Direction, Goal, Reason, TrajectoryKind
from commitments.domain.status import Rules
from commitments.domain.targets import TargetSpec
from commitments.explanations import judgement
from commitments.explanations.facts import Facts
from commitments.formats import side
from commitments.models import RuleSet, Target
from commitments.states import TargetJudgement
from tests.domain.cases import RULES, day, ratio, spec
from tests.domain.strategies import ON, Ledger, banded_ledgers, ledgers, rules
from tests.domain.test_months import is_accepted

NUMBER = re.compile(r"−?[0-9][0-9,]*(?:\.[0-9]+)?")
FIGURE = re.compile("⟦(\\w+)=([^⟧]*)⟧")
SMALL = ("less than", "不足")
Told = dict[str, list[Decimal]]


class MarkedFacts(Facts):
    """Facts that put a mark around each figure, so that it can be found in the sentence."""

    @property
    def actual(self) -> str:
        return _marked("actual", super().actual)

    @property
    def worst(self) -> str:
        return _marked("worst", super().worst)

    @property
    def floor(self) -> str:
        return _marked("floor", super().floor)

    @property
    def planned(self) -> str:
        return _marked("planned", super().planned)

    @property
    def planned_again(self) -> str:
        return _marked("planned", super().planned_again)

    @property
    def goal(self) -> str:
        return _marked("goal", super().goal)

    @property
    def goal_again(self) -> str:
        return _marked("goal", super().goal_again)

    @property
    def distance(self) -> str:
        return _marked("distance", super().distance)


def _marked(name: str, words: str) -> str:
    return f"⟦{name}={words}⟧"


def rows(spec: TargetSpec, found: Assessment, given_rules: Rules, on: date) -> tuple[Target, TargetJudgement]:
    """Return a target and its verdict as they are stored."""
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
        latest_on=on,
        first_met_on=spec.starts_on,
        standing_since=found.standing_since,
        worst=found.worst,
        overdue_since=spec.starts_on,
    )
    return target, judged


def told(target: Target, judged: TargetJudgement) -> Told:
    """Return the numbers of each figure in the sentence of the active language."""
    facts = MarkedFacts(target, judged)
    sentence = judgement._sentence(Reason(judged.reason), facts) % facts
    bare = FIGURE.sub(lambda found: found[2], sentence)
    assert bare.casefold() == explanations.why(target, judged).casefold()
    return {
        name: [Decimal(number.replace(",", "").replace("−", "-")) for number in NUMBER.findall(words)]
        for name, words in FIGURE.findall(sentence)
        if not any(word in words for word in SMALL)
    }


def meets(spec: TargetSpec, number: Decimal, ends: list[Decimal]) -> bool:
    """Compare a number that was read with the target that was read beside it."""
    if spec.band is None:
        return spec._replace(value=ends[0]).is_met_by(number)
    low, high = (ends[0] - ends[1], ends[0] + ends[1]) if spec.comparator == "~" else ends
    return spec._replace(band=spec.band._replace(low=low, high=high)).is_met_by(number)


def check(spec: TargetSpec, exactly: dict[str, Decimal | None], numbers: Told) -> None:
    """Compare what a reader finds by the numbers told with what holds of the exact ones."""
    for name in numbers.keys() & {"actual", "worst"}:
        (shown,), value = numbers[name], exactly[name]
        assert value is not None
        if "goal" in numbers:
            assert meets(spec, shown, numbers["goal"]) == spec.is_met_by(value)
        for other in numbers.keys() & {"planned", "floor"}:
            (compared,), of = numbers[other], exactly[other]
            assert of is not None
            assert side(shown, compared) == side(value, of), (name, other)


@given(st.one_of(ledgers(), banded_ledgers()), ON, rules())
def test_a_reader_of_the_numbers_finds_what_the_sentence_says(
    ledger: Ledger, on: date, thresholds: Rules
) -> None:
    assume(is_accepted(ledger.spec))
    found, standing = ledger.assess(on, thresholds), ledger.standing(on)
    target, judged = rows(ledger.spec, found, thresholds, on)
    floor = thresholds.growth_floor if ledger.spec.rises else -thresholds.growth_floor
    exactly = {"actual": standing.actual, "worst": standing.worst, "planned": found.planned, "floor": floor}
    for language in ("zh-hans", "en"):
        with override(language):
            check(ledger.spec, exactly, told(target, judged))


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
    found = ledger.assess(day(50))
    target, judged = rows(ledger.spec, found, RULES, day(50))
    exactly = {"actual": ledger.standing(day(50)).actual, "floor": Decimal(0)}
    for language in ("zh-hans", "en"):
        with override(language):
            check(ledger.spec, exactly, told(target, judged))
