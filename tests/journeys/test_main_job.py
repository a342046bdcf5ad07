"""Log 76, and everything says 76: the page, the API and the next digest, with a real worker, broker and SMTP server."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from bench import processes
from commitments import clock, sending
from commitments.digests import audience
from commitments.domain.enums import Role
from commitments.models import ProgressEntry, Subscription, Target
from commitments.rollups import refresh
from tests.factories import make_commitment, make_plan, make_target, make_user
from tests.mails.sink import Sink, body, serve

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = clock.today("Asia/Shanghai")


@pytest.fixture
def sink(settings: object) -> Iterator[Sink]:
    sink = Sink()
    controller = serve(sink)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port  # type: ignore[attr-defined]
    yield sink
    controller.stop()


@pytest.fixture
def target() -> Target:
    """Make a target of a plan that runs today, about half-way through."""
    # With half of the time gone, 76 of 200 is behind and shown in the digest.
    plan = make_plan(
        year=TODAY.year,
        starts_on=TODAY - timedelta(days=150),
        ends_on=TODAY + timedelta(days=30),
        title_en="The plan",
    )
    return make_target(make_commitment(plan), value=Decimal(200))


def log_in_the_admin(target: Target) -> ProgressEntry:
    clerk, reviewer = Client(), Client()
    clerk.force_login(make_user(Role.CLERK, agency=target.commitment.lead_agency))
    reviewer.force_login(make_user(Role.REVIEWER, agency=target.commitment.lead_agency))
    form = {"target": target.pk, "effective_on": date.isoformat(TODAY), "value": "76"}
    assert clerk.post(reverse("admin:commitments_progressentry_add"), form).status_code == 302
    entry = ProgressEntry.objects.get(target=target)
    review = {"entry": entry.pk, "decision": "approve", "reason": ""}
    assert reviewer.post(reverse("admin:commitments_review_add"), review).status_code == 302
    return entry


def shown_by_api(target: Target) -> list[object]:
    answer = Client().get("/api/v1/commitments/", {"plan": target.commitment.plan.code}).json()
    return [found["actual"] for commitment in answer["results"] for found in commitment["targets"]]


def test_what_is_logged_is_shown_everywhere_as_the_same_number(target: Target, sink: Sink) -> None:
    plan = target.commitment.plan
    Subscription.objects.create(plan=plan, email="leader@example.cn", language="en")
    with processes.running(*processes.WORKER):
        processes.wait_for_worker()
        log_in_the_admin(target)
        processes.wait_until_drained()
    assert shown_by_api(target) == [76]
    assert "76 communities" in Client().get(f"/en/plans/{plan.code}/").content.decode()
    sending.run(at=audience.due(plan, audience.week_of(plan, clock.now() + timedelta(days=7))))
    assert "76 of 200 communities" in body(sink.mails[0], "plain")


def test_what_is_logged_while_the_broker_is_frozen_is_kept_and_rolled_up_by_the_sweeper(
    target: Target,
) -> None:
    with processes.frozen(processes.broker_pid()):
        log_in_the_admin(target)
    with processes.running("manage.py", "sweep", "--once") as sweeper:
        sweeper.wait(timeout=processes.PATIENCE_SECONDS)
    assert shown_by_api(target) == [76]


def test_before_approval_nothing_moves(target: Target) -> None:
    client = Client()
    client.force_login(make_user(Role.CLERK, agency=target.commitment.lead_agency))
    form = {"target": target.pk, "effective_on": date.isoformat(TODAY), "value": "76"}
    client.post(reverse("admin:commitments_progressentry_add"), form)
    refresh.drain(clock=clock.now)
    assert shown_by_api(target) == [None]
