"""The service's health: alive, ready, and each fault in plain words."""

import shutil
import smtplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from zoneinfo import available_timezones

from django.conf import settings
from django.core import mail
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.actions.evidence import comparing
from commitments.models import AuditRun, Heartbeat, Plan
from commitments.rollups import marks

from .backup import folder
from .celery import app
from .proxies import UNKNOWN_PROXY

PATIENCE = {"beat": timedelta(seconds=60), "sweeper": timedelta(seconds=30)}
OLDEST_MARK_SECONDS = 60
CLOCKS_APART = timedelta(seconds=5)
ANSWER_SECONDS = 1.0
# A night's backup may be missed once before it is reported.
OLDEST_BACKUP = timedelta(hours=36)
LEAST_ROOM = 2**30
UNKNOWN_PROXY_SHOWN = timedelta(days=1)


@dataclass(frozen=True)
class Finding:
    part: str
    ok: bool
    words: str


def well(part: str, words: str) -> Finding:
    return Finding(part, ok=True, words=words)


def ill(part: str, words: str) -> Finding:
    return Finding(part, ok=False, words=words)


def database() -> Finding:
    try:
        plan = MigrationExecutor(connection).migration_plan(_newest_migrations())
    except Error as error:
        return ill("database", _("The database does not answer: %(error)s") % {"error": _line(error)})
    if plan:
        return ill("database", _("The database is behind the code: run “manage.py migrate”."))
    return well("database", _("The database answers and is up to date."))


def broker() -> Finding:
    try:
        with app.connection_for_write() as link:
            link.ensure_connection(max_retries=0, timeout=2)
    except Exception as error:  # noqa: BLE001 - each transport raises its own kind
        return ill("broker", _("The broker does not answer: %(error)s") % {"error": _line(error)})
    return well("broker", _("The broker answers."))


def worker() -> Finding:
    try:
        answers = app.control.ping(timeout=ANSWER_SECONDS, limit=1)
    except Exception:  # noqa: BLE001 - without a broker nobody can be asked
        answers = []
    if not answers:
        return ill("worker", _("No Celery worker answers: start “celery -A tracker worker”."))
    return well("worker", _("A Celery worker answers."))


def beat() -> Finding:
    return _heartbeat(
        "beat",
        _("Celery beat ticks."),
        _("Celery beat is not ticking: check that “celery -A tracker beat” and a worker are running."),
    )


def sweeper() -> Finding:
    return _heartbeat(
        "sweeper", _("The sweeper runs."), _("The sweeper is not running: start “manage.py sweep”.")
    )


def stale_marks() -> Finding:
    try:
        age = marks.oldest_age_seconds()
    except Error as error:
        return ill("roll-ups", _line(error))
    if age > OLDEST_MARK_SECONDS:
        return ill(
            "roll-ups",
            _("Roll-ups are behind: the oldest change has waited for %(seconds)d seconds.")
            % {"seconds": age},
        )
    return well("roll-ups", _("Roll-ups keep up with the ledger."))


def audits() -> Finding:
    """Report the result of each plan's newest audit."""
    try:
        newest = list(AuditRun.objects.order_by("plan_id", "-at").distinct("plan_id").select_related("plan"))
    except Error as error:
        return ill("audit", _line(error))
    differing = [run.plan.code for run in newest if run.differences]
    if differing:
        words = _("The audit found differences: run “manage.py audit_rollups” for %(plans)s.")
        return ill("audit", words % {"plans": ", ".join(differing)})
    if not newest:
        return well("audit", _("No plan has been audited yet."))
    oldest = timezone.localtime(min(run.at for run in newest))
    return well(
        "audit", _("Every plan was verified, at %(time)s or later.") % {"time": f"{oldest:%Y-%m-%d %H:%M}"}
    )


def evidence() -> Finding:
    """Report evidence files that the newest comparison found changed or missing."""
    try:
        spoilt = comparing.spoilt().count()
    except Error as error:
        return ill("evidence", _line(error))
    if spoilt:
        words = ngettext(
            "%(count)d file of evidence is missing or changed: run “manage.py audit_evidence”.",
            "%(count)d files of evidence are missing or changed: run “manage.py audit_evidence”.",
            spoilt,
        )
        return ill("evidence", words % {"count": spoilt})
    return well("evidence", _("No file of evidence was found missing or changed."))


def media() -> Finding:
    """Report whether the media folder can be written."""
    root = Path(settings.MEDIA_ROOT)
    # The folder is made with the first file. Before that, its nearest existing parent must allow writing.
    there = next(path for path in (root, *root.parents) if path.exists())
    try:
        with TemporaryFile(dir=there):
            free = shutil.disk_usage(there).free
    except OSError as error:
        words = _("The folder of evidence files cannot be written to: %(error)s")
        return ill("media", words % {"error": _line(error)})
    if free < LEAST_ROOM:
        words = _("The disk of the evidence files is nearly full: %(free)s MB are left.")
        return ill("media", words % {"free": free // 2**20})
    return well("media", _("Evidence files can be written, and there is room for them."))


def backups() -> Finding:
    if not settings.BACKUP_FOLDER:
        return well("backups", _("No backup folder is set, so backups are not checked."))
    found = folder.backups(Path(settings.BACKUP_FOLDER))
    if not found:
        return ill("backups", _("There is no backup in %(folder)s.") % {"folder": settings.BACKUP_FOLDER})
    newest = folder.made_at(found[-1])
    words = _("The newest backup is of %(time)s.") % {"time": f"{timezone.localtime(newest):%Y-%m-%d %H:%M}"}
    if datetime.now(UTC) - newest > OLDEST_BACKUP:
        return ill("backups", words)
    return well("backups", words)


def mail_server() -> Finding:
    try:
        with mail.get_connection():
            return well("mail", _("The mail server answers."))
    except (OSError, smtplib.SMTPException) as error:
        return ill(
            "mail",
            _("The mail server %(host)s:%(port)s does not accept mail: %(error)s")
            % {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT, "error": _line(error)},
        )


def time() -> Finding:
    try:
        zones = set(Plan.objects.values_list("time_zone", flat=True))
        apart = abs(datetime.now(UTC) - _database_time())
    except Error as error:
        return ill("time", _line(error))
    unknown = sorted(zones - available_timezones())
    if unknown:
        words = _("A plan's time zone is unknown here: %(zones)s") % {"zones": ", ".join(unknown)}
        return ill("time", words)
    if apart > CLOCKS_APART:
        return ill(
            "time",
            _("This machine's clock and the database's differ by %(seconds)d seconds.")
            % {"seconds": apart.total_seconds()},
        )
    return well("time", _("Clocks agree; time zones are known."))


def proxies() -> Finding:
    """Report a proxy that the settings do not know."""
    # Behind such a proxy all clients have its address, and lock each other out.
    try:
        day_ago = _database_time() - UNKNOWN_PROXY_SHOWN
        seen = not settings.PROXIES and Heartbeat.objects.filter(name=UNKNOWN_PROXY, at__gt=day_ago).exists()
    except Error as error:
        return ill("proxies", _line(error))
    if seen:
        words = _(
            "Requests carry X-Forwarded-For, but PROXIES is 0: set PROXIES to the number of proxies in front."
        )
        return ill("proxies", words)
    return well("proxies", _("The number of proxies matches PROXIES, or none was seen."))


READY: tuple[Callable[[], Finding], ...] = (database, broker, worker, beat, sweeper, stale_marks)
EVERYTHING = (*READY, audits, evidence, media, backups, mail_server, time, proxies)
NEEDS_DATABASE = {
    beat: "beat",
    sweeper: "sweeper",
    stale_marks: "roll-ups",
    audits: "audit",
    evidence: "evidence",
    time: "time",
    proxies: "proxies",
}


def examine(checks: Sequence[Callable[[], Finding]]) -> list[Finding]:
    """Return the finding of each check, `database` first: without it, the others would each wait for it."""
    findings: list[Finding] = []
    for check in checks:
        is_ready = not any(finding.part == "database" and not finding.ok for finding in findings)
        if is_ready or check not in NEEDS_DATABASE:
            findings.append(check())
        else:
            findings.append(ill(NEEDS_DATABASE[check], _("Not checked, since the database is not ready.")))
    return findings


def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer that the process lives."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 if every part is ready, otherwise 503 with the faulty parts."""
    # The reason is for `manage.py doctor` to give, not for the public.
    findings = examine(READY)
    ready = all(finding.ok for finding in findings)
    return JsonResponse(
        {"ready": ready, "parts": {finding.part: finding.ok for finding in findings}},
        status=200 if ready else 503,
        headers={"Cache-Control": "no-store"},
    )


def _newest_migrations() -> list[tuple[str, str]]:
    newest: list[tuple[str, str]] = MigrationExecutor(connection).loader.graph.leaf_nodes()
    return newest


def _heartbeat(name: str, alive: str, dead: str) -> Finding:
    try:
        seen = Heartbeat.objects.filter(name=name, at__gt=_database_time() - PATIENCE[name]).exists()
    except Error as error:
        return ill(name, _line(error))
    return well(name, alive) if seen else ill(name, dead)


def _database_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
