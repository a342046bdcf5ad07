"""The sheet as a plain HTML form: what it shows, takes, refuses and asks about."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from commitments import ledger, periods
from commitments.admin.quick_log.lines import Line
from commitments.domain.words import Accumulation, Direction, Goal, Kind, Lifecycle, Role, TrajectoryKind
from commitments.models import (
    Agency,
    CommitmentSupport,
    EntryDraft,
    Evidence,
    Plan,
    ProgressEntry,
    Target,
    User,
)
from commitments.rollups import refresh
from tests.admin.conftest import SignIn
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = pytest.mark.django_db

LOG = "/admin/log/"
JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)
PNG = SimpleUploadedFile("现场照片.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 30)
INCREMENTS = {"accumulation": Accumulation.INCREMENTS, "value": Decimal(7900)}
FLOOR = {
    "kind": Kind.FLOOR,
    "accumulation": Accumulation.LEVEL,
    "goal": Goal.MAINTAIN,
    "trajectory": TrajectoryKind.HOLD,
}
RATIO = FLOOR | {"kind": Kind.LEVEL, "accumulation": Accumulation.RATIO, "value": Decimal(95), "unit": "%"}
GROWTH = FLOOR | {"kind": Kind.GROWTH_RATE, "goal": Goal.FINAL, "value": Decimal(5), "unit": "%"}


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def plan() -> Plan:
    return make_plan()


@pytest.fixture
def agency() -> Agency:
    return make_agency(code="housing")


@pytest.fixture
def clerk(agency: Agency) -> User:
    return make_user(Role.CLERK, agency=agency, language="en")


@pytest.fixture
def browser(sign_in: SignIn, clerk: User) -> Client:
    return sign_in(clerk)


@pytest.fixture
def target(plan: Plan, agency: Agency) -> Target:
    """76 communities, 33 of them by July."""
    target = make_target(make_commitment(plan, lead_agency=agency))
    make_counted_entry(target, 33, JULY)
    settle()
    return target


def settle() -> None:
    """Months are there as after a worker has been by."""
    refresh.drain(clock=lambda: NOON)


def own(plan: Plan, agency: Agency, **given: Any) -> Target:
    return make_target(make_commitment(plan, lead_agency=agency), **given)


def lines(browser: Client, **query: str) -> dict[str, Line]:
    return by_code(browser.get(LOG, query))


def by_code(answer: Any) -> dict[str, Line]:
    assert answer.status_code == 200
    translation.activate("en")  # a request leaves the language of its path behind
    return {line.code: line for line in answer.context["lines"]}


def send(browser: Client, target: Target, *, query: str = "", day: str = "2023-08-31", **typed: Any) -> Line:
    """Fills in one row and returns it as the answer shows it."""
    typed = {"progress": ""} | typed
    row = {f"{target.pk}-{name}": text for name, text in typed.items()}
    return by_code(browser.post(LOG + query, {"day": day} | row))[target.code]


def only_entry() -> ProgressEntry:
    return ProgressEntry.objects.exclude(effective_on=JULY).get()


# What it shows


def test_the_sheet_is_that_of_the_newest_month_that_is_over(browser: Client, target: Target) -> None:
    sheet = browser.get(LOG).context["sheet"]
    assert (sheet.month, sheet.day) == ("2023-08", AUGUST)


def test_a_row_says_what_was_and_what_is_expected(browser: Client, target: Target) -> None:
    line = lines(browser)[target.code]
    assert (line.previous, line.previous_on) == ("33 communities", "31 Jul")
    assert (line.expected, line.goal) == ("50.5 communities", "76 communities")
    assert (line.entered, line.unchanged) == ("Total so far", "33 communities")
