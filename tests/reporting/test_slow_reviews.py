"""Reports that wait for over five working days, by lead agency, with its reviewers."""

from datetime import date, timedelta

import pytest

from commitments.domain.enums import Role
from commitments.models import Target
from commitments.reporting.slow_reviews import slow_reviews
from tests.factories import NOON, make_commitment, make_counted_entry, make_entry, make_target, make_user
from tests.sql import statements

pytestmark = pytest.mark.django_db
# The holiday from 29 September to 6 October stops the count.
FIFTH, SIXTH = NOON.replace(month=10, day=11), NOON.replace(month=10, day=12)


@pytest.fixture
def target() -> Target:
    return make_target()


def test_nobody_is_slow_on_the_fifth_working_day(target: Target) -> None:
    make_entry(target, 5)
    assert slow_reviews(FIFTH) == []


def test_its_agencys_reviewers_are_slow_on_the_sixth(target: Target) -> None:
    agency = target.commitment.lead_agency
    reviewers = [make_user(Role.REVIEWER, agency=agency, username=name) for name in ("a", "b")]
    make_user(Role.REVIEWER, agency=agency, is_active=False)
    make_user(Role.REVIEWER)
    entry = make_entry(target, 5)
    [found] = slow_reviews(SIXTH)
    assert (found.agency, found.reviewers, found.entries) == (agency, reviewers, [entry])
    assert (found.since, found.days) == (date(2023, 9, 28), 6)


def test_without_a_reviewer_none_is_named(target: Target) -> None:
    make_entry(target, 5)
    assert slow_reviews(SIXTH)[0].reviewers == []


def test_what_is_decided_waits_no_more(target: Target) -> None:
    make_counted_entry(target, 5)
    assert slow_reviews(SIXTH) == []


def test_the_oldest_comes_first_in_two_queries(target: Target) -> None:
    plan = target.commitment.plan
    other = make_target(make_commitment(plan))
    older = [
        make_entry(other, 1, day, at=NOON - timedelta(days=2))
        for day in (date(2023, 7, 31), date(2023, 8, 31))
    ]
    make_entry(target, 5)
    with statements() as sent:
        found = slow_reviews(SIXTH)
    assert [each.agency for each in found] == [other.commitment.lead_agency, target.commitment.lead_agency]
    assert found[0].entries == older
    assert len(sent) == 2
