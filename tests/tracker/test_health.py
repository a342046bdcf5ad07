"""Each finding, well and ill, against real servers."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client

from commitments.models import AuditRun, Heartbeat, Plan, StaleMark
from commitments.rollups import marks
from tests.factories import NOON, make_commitment, make_plan
from tracker import health

pytestmark = pytest.mark.django_db


def test_the_database_answers() -> None:
    assert health.database().ok


def test_a_database_behind_the_code_is_said_so() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'commitments'")
    assert "migrate" in health.database().words


def test_the_broker_answers() -> None:
    assert health.broker().ok


def test_without_a_worker_nobody_answers() -> None:
    assert not health.worker().ok


@pytest.mark.parametrize(("check", "name"), [(health.beat, "beat"), (health.sweeper, "sweeper")])
def test_heartbeats_are_believed_while_they_are_young(check: Callable[[], health.Finding], name: str) -> None:
    assert not check().ok
    Heartbeat.beat(name)
    assert check().ok
    Heartbeat.objects.update(at=Now() - timedelta(minutes=5))
    assert not check().ok


def test_an_old_mark_is_a_finding() -> None:
    make_commitment()
    assert health.stale_marks().ok
    StaleMark.objects.update(marked_at=Now() - timedelta(minutes=5))
    assert marks.oldest_age_seconds() > 299
    assert not health.stale_marks().ok


def test_an_audit_that_found_differences_is_a_finding_until_one_finds_none() -> None:
    plan = make_plan()
    assert health.audits().ok
    for hours, differences, ok in ((2, 3, False), (1, 0, True)):
        at = NOON - timedelta(hours=hours)
        AuditRun.objects.create(plan=plan, at=at, checked=9, differences=differences)
        finding = health.audits()
        assert finding.ok is ok
        assert ("2023-09-28 11:00" if ok else plan.code) in finding.words


def test_a_mail_server_that_is_away_is_named(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "127.0.0.1:1" in health.mail_server().words


def test_clocks_and_zones_agree() -> None:
    assert health.time().ok


def test_an_unknown_time_zone_is_named() -> None:
    make_plan()
    Plan.objects.update(time_zone="Asia/Baoji")
    assert "Asia/Baoji" in health.time().words


def test_clocks_that_differ_are_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "CLOCKS_APART", timedelta(seconds=-1))
    assert not health.time().ok


def test_healthz_says_that_the_process_lives(client: Client) -> None:
    assert client.get("/healthz").content == b"ok"


def test_readyz_says_what_is_missing(client: Client) -> None:
    answer = client.get("/readyz")
    parts = json.loads(answer.content)["parts"]
    assert answer.status_code == 503
    assert {name for name, ok in parts.items() if not ok} == {"worker", "beat", "sweeper"}


def test_every_page_has_an_icon(client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"].endswith(".svg")
