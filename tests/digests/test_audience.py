from datetime import UTC, date, datetime, timedelta

import pytest

from commitments.digests import audience
from commitments.domain.enums import DeliveryState
from commitments.models import OutgoingMail, Plan
from tests.digests.plans import MONDAY, WEEK, make_subscription
from tests.factories import make_plan

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def rows() -> list[tuple[str, str]]:
    return [(mail.address, audience.week_of_mail(mail)) for mail in OutgoingMail.objects.order_by("pk")]


def test_nothing_is_due_before_half_past_eight_on_monday() -> None:
    plan = make_plan()
    make_subscription(plan)
    assert audience.open_week(plan, MONDAY - SECOND) == 0
    assert audience.open_week(plan, MONDAY) == 1
    assert rows() == [("reader@weibin.example", WEEK)]


def test_opening_a_week_again_adds_nobody_twice() -> None:
    plan = make_plan()
    make_subscription(plan)
    audience.open_week(plan, MONDAY)
    assert audience.open_week(plan, MONDAY + timedelta(days=6)) == 0
    assert len(rows()) == 1


def test_who_subscribes_during_the_week_gets_the_weeks_mail() -> None:
    plan = make_plan()
    audience.open_week(plan, MONDAY)
    make_subscription(plan)
    assert audience.open_week(plan, MONDAY + timedelta(days=2)) == 1


def test_a_new_week_opens_anew() -> None:
    plan = make_plan()
    make_subscription(plan)
    audience.open_week(plan, datetime(2023, 9, 18, 0, 30, tzinfo=UTC))
    audience.open_week(plan, MONDAY)
    assert [week for _, week in rows()] == ["2023-W38", "2023-W39"]


def test_after_an_outage_only_the_current_week_is_made_up_for() -> None:
    plan = make_plan()
    make_subscription(plan)
    audience.open_week(plan, datetime(2023, 9, 4, 0, 30, tzinfo=UTC))
    audience.open_week(plan, MONDAY + timedelta(days=3))
    assert [week for _, week in rows()] == ["2023-W36", "2023-W39"]


def test_only_active_subscriptions_of_this_plan() -> None:
    plan, other = make_plan(), make_plan(year=2024)
    make_subscription(plan, "left@weibin.example", unsubscribed_at=MONDAY)
    make_subscription(other, "other@weibin.example")
    assert audience.open_week(plan, MONDAY) == 0


def test_one_address_alone() -> None:
    plan = make_plan()
    make_subscription(plan, "a@weibin.example")
    make_subscription(plan, "b@weibin.example")
    audience.open_week(plan, MONDAY, only="b@weibin.example")
    assert rows() == [("b@weibin.example", WEEK)]


@pytest.mark.parametrize(
    ("zone", "instant"),
    [
        ("Asia/Shanghai", datetime(2023, 9, 25, 0, 30, tzinfo=UTC)),
        # Summer time had begun the day before.
        ("Pacific/Auckland", datetime(2023, 9, 24, 19, 30, tzinfo=UTC)),
        ("America/New_York", datetime(2023, 9, 25, 12, 30, tzinfo=UTC)),
    ],
)
def test_the_week_begins_in_the_plans_own_time_zone(zone: str, instant: datetime) -> None:
    plan = make_plan(time_zone=zone)
    make_subscription(plan)
    assert audience.open_week(plan, instant - SECOND) == 0
    assert audience.open_week(plan, instant) == 1
    assert rows() == [("reader@weibin.example", WEEK)]


@pytest.mark.parametrize(
    ("week", "day"),
    [
        ("2023-W39", date(2023, 9, 25)),
        # National Day: Monday to Friday are free, the Saturday is worked.
        ("2023-W40", date(2023, 10, 7)),
        # May Day falls on Monday and is followed by two free days.
        ("2023-W18", date(2023, 5, 4)),
        # No calendar is published for that year.
        ("2050-W40", date(2050, 10, 3)),
        ("2020-W53", date(2020, 12, 28)),
    ],
)
def test_a_holiday_moves_the_mail_to_the_next_working_day(week: str, day: date) -> None:
    due = audience.due(Plan(time_zone="Asia/Shanghai", holidays="CN"), week)
    assert (due.date(), due.hour, due.minute) == (day, 8, 30)


@pytest.mark.parametrize(("holidays", "day"), [("", date(2023, 10, 2)), ("GB-ENG", date(2023, 10, 2))])
def test_a_plan_elsewhere_keeps_no_chinese_holiday(holidays: str, day: date) -> None:
    due = audience.due(Plan(time_zone="Europe/London", holidays=holidays), "2023-W40")
    assert due.date() == day


@pytest.mark.parametrize(
    ("week", "runs"),
    [
        ("2022-W51", False),
        # The plan starts on the Sunday of this week.
        ("2022-W52", True),
        ("2023-W39", True),
        # December's reports are due by 10 January; the verdicts after that are told, and no more.
        ("2024-W03", True),
        ("2024-W04", False),
    ],
)
def test_a_plan_has_digests_until_its_last_reports_are_in(week: str, runs: bool) -> None:
    assert audience.runs_in(make_plan(), week) is runs


def test_a_plan_that_is_over_opens_no_week() -> None:
    plan = make_plan()
    make_subscription(plan)
    assert audience.open_week(plan, datetime(2026, 9, 22, 4, tzinfo=UTC)) == 0


def test_a_mail_of_a_past_week_that_was_never_written_is_given_up() -> None:
    plan = make_plan()
    for address in ("unwritten@weibin.example", "written@weibin.example"):
        make_subscription(plan, address)
    audience.open_rows(plan, "2023-W38", MONDAY)
    OutgoingMail.objects.filter(subscription__email="written@weibin.example").update(html="<p>")
    audience.open_week(plan, MONDAY)
    audience.end_past_weeks(plan, MONDAY)
    mails = OutgoingMail.objects.order_by("key")
    assert [(audience.week_of_mail(mail), mail.state) for mail in mails] == [
        ("2023-W38", DeliveryState.FAILED),
        ("2023-W38", DeliveryState.PENDING),
        ("2023-W39", DeliveryState.PENDING),
        ("2023-W39", DeliveryState.PENDING),
    ]
