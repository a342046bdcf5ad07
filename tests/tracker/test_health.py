"""Each finding, well and ill, against real servers."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test import Client
from django.utils import translation

from commitments.models import AuditRun, Evidence, EvidenceComparison, Heartbeat, Plan, StaleMark
from commitments.rollups import marks
from tests import disks
from tests.factories import NOON, make_commitment, make_entry, make_plan, make_target, make_user
from tracker import health
from tracker.backup.folder import NAME

pytestmark = pytest.mark.django_db


def test_the_database_answers() -> None:
    assert health.database().ok


def test_a_database_behind_the_code_is_said_so() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'commitments'")
    assert "migrate" in health.database().words


def test_without_the_database_what_needs_it_is_not_asked() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'commitments'")
    with translation.override("en"):
        findings = {finding.part: finding for finding in health.examine(health.EVERYTHING)}
    assert len(findings) == len(health.EVERYTHING)
    asked = {part for part, finding in findings.items() if "Not checked" not in finding.words}
    assert asked == {"database", "broker", "worker", "media", "backups", "mail"}
    assert not any(finding.ok for part, finding in findings.items() if part not in asked)


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


def test_evidence_that_was_found_changed_is_a_finding() -> None:
    assert health.evidence().ok
    kept = Evidence.objects.create(
        entry=make_entry(make_target(), 40), title="验收单", file="evidence/a.pdf", sha256="0" * 64,
        added_by=make_user(), added_at=NOON,
    )  # fmt: skip
    EvidenceComparison.objects.create(evidence=kept, at=NOON, state="missing")
    assert "audit_evidence" in health.evidence().words
    EvidenceComparison.objects.update(state="intact", sha256="0" * 64)
    assert health.evidence().ok


def test_a_media_folder_that_is_still_to_be_made_is_well(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "not" / "yet"
    assert health.media().ok
    assert list(tmp_path.iterdir()) == []


def test_a_media_folder_that_takes_no_files_is_a_finding(settings: Any, tmp_path: Path) -> None:
    with disks.read_only(tmp_path) as folder:
        settings.MEDIA_ROOT = folder
        assert not health.media().ok


def test_a_disk_that_is_nearly_full_is_a_finding(settings: Any, tmp_path: Path) -> None:
    with disks.full(tmp_path):
        settings.MEDIA_ROOT = tmp_path
        least = shutil.disk_usage(tmp_path).free + 1
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(health, "LEAST_ROOM", least)
            assert "MB" in health.media().words
            assert not health.media().ok


def test_backups_are_looked_for_where_a_folder_is_named(settings: Any, tmp_path: Path) -> None:
    assert health.backups().ok
    settings.BACKUP_FOLDER = str(tmp_path)
    assert not health.backups().ok
    for hours, ok in ((37, False), (35, True)):
        (tmp_path / (datetime.now(UTC) - timedelta(hours=hours)).strftime(NAME)).mkdir()
        assert health.backups().ok is ok


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


@pytest.mark.parametrize("method", ["get", "head"])
def test_healthz_asks_no_database_even_for_who_is_signed_in(
    method: str, client: Client, django_assert_num_queries: Any
) -> None:
    client.force_login(make_user())
    with django_assert_num_queries(0):
        assert (
            getattr(client, method)("/healthz", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 200
        )


def test_readyz_says_what_is_missing(client: Client) -> None:
    answer = client.get("/readyz")
    parts = json.loads(answer.content)["parts"]
    assert answer.status_code == 503
    assert {name for name, ok in parts.items() if not ok} == {"worker", "beat", "sweeper"}


def test_every_page_has_an_icon(client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"].endswith(".svg")
