"""The first steps of a new installation; each is ticked from the data, or when a person has done it."""

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import ordinal
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ... import clock, labels, permissions
from ...domain.enums import Role, SetupStep
from ...formats import in_english
from ...models import Agency, Commitment, Jurisdiction, Plan, SetupDone, User
from ..base.kinds import user_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FirstStep:
    """One step: `address` leads to its page, `button` does it here."""

    title: str
    hint: str
    done: bool
    address: str = ""
    button: str = ""


def pending_steps(user: User) -> list[FirstStep]:
    """Return the steps for the supervision office and administrators; empty once all are done."""
    if not permissions.acts_for_all(user):
        return []
    done = set(SetupDone.objects.values_list("step", flat=True))
    found = [_jurisdiction(), _plan(), _people(user), _calendar(done), _mail(done), _publication()]
    return [] if all(step.done for step in found) else found


def _jurisdiction() -> FirstStep:
    hint = _("The place that owns the plan, with its code (GB/T 2260 or another scheme).")
    return FirstStep(_("Jurisdiction"), hint, Jurisdiction.objects.exists(), _list("jurisdiction"))


def _plan() -> FirstStep:
    hint = _(
        "The year's plan with its commitments: loaded from tables (manage.py seed_plan) or entered here."
    )
    return FirstStep(_("Plan"), hint, Commitment.objects.exists(), _list("plan"))


def _people(user: User) -> FirstStep:
    active = User.objects.filter(is_active=True, is_staff=True)
    roles = set(active.filter(role__in=[Role.CLERK, Role.REVIEWER]).values_list("role", flat=True).distinct())
    hint = _(
        "The agencies, and an account for at least one clerk and one reviewer; administrators add accounts."
    )
    may = user.has_perm("commitments.add_user")
    done = Agency.objects.exists() and roles == {Role.CLERK, Role.REVIEWER}
    return FirstStep(_("Agencies and accounts"), hint, done, _list("user" if may else "agency"))


def _calendar(done: set[str]) -> FirstStep:
    plan = Plan.objects.first()
    label = str(labels.SETUP_STEP[SetupStep.CALENDAR])
    if plan is None:
        return FirstStep(label, _("Confirm the monthly due dates once the plan is entered."), done=False)
    hint = _(
        "Reports are due by the %(day)s of each month, statistics by the %(statistics)s; days of grace: %(grace)s."
    )
    said = hint % {
        "day": _nth(plan.reporting_due_day),
        "statistics": _nth(plan.statistics_due_day),
        "grace": plan.reporting_grace_days,
    }
    address = reverse("admin:commitments_plan_change", args=[plan.pk])
    confirm = reverse("staff:confirm_calendar")
    return FirstStep(label, said, SetupStep.CALENDAR in done, address, confirm)


def _nth(day: int) -> str:
    """Return a day of a month: `5th`, in Chinese `5`."""
    return str(ordinal(day) if in_english() else day)


def _mail(done: set[str]) -> FirstStep:
    hint = _("Sends you a test message with the current mail settings and shows the server’s reply.")
    send = reverse("staff:send_test_mail")
    return FirstStep(str(labels.SETUP_STEP[SetupStep.MAIL]), hint, SetupStep.MAIL in done, button=send)


def _publication() -> FirstStep:
    hint = _("Until then the plan is a draft that only the supervision office can see.")
    draft = Plan.objects.filter(published_at=None).first()
    address = reverse("staff:publish", args=[draft.pk]) if draft else ""
    return FirstStep(_("Publish the plan"), hint, Plan.objects.published().exists(), address)


def _list(model: str) -> str:
    return reverse(f"admin:commitments_{model}_changelist")


def _for_all(view: Callable[[HttpRequest], None]) -> Callable[[HttpRequest], HttpResponse]:
    """Allow a view only to the supervision office and administrators; it then leads to the front page."""

    def step(request: HttpRequest) -> HttpResponse:
        if not permissions.acts_for_all(user_of(request)):
            raise PermissionDenied
        view(request)
        return redirect("admin:index")

    return require_POST(step)


@_for_all
def confirm_calendar(request: HttpRequest) -> None:
    _tick(SetupStep.CALENDAR, user_of(request))


@_for_all
def send_test_mail(request: HttpRequest) -> None:
    user = user_of(request)
    if not user.email:
        messages.error(request, _("Your account has no email address. Ask an administrator to add one."))
        return
    subject, text = (
        _("Test email of the Policy Commitment Tracker"),
        _("Email is working."),
    )
    try:
        send_mail(subject, text, None, [user.email])
    except (smtplib.SMTPException, OSError) as error:
        log.exception("the test mail could not be sent")
        messages.error(
            request, _("The email could not be sent. The mail server replied: %(error)s") % {"error": error}
        )
        return
    _tick(SetupStep.MAIL, user)
    messages.success(request, _("Sent to %(address)s. Check your inbox.") % {"address": user.email})


def _tick(step: SetupStep, user: User) -> None:
    """Record the step as done; a repetition keeps the first author."""
    SetupDone.objects.get_or_create(step=step, defaults={"done_by": user, "done_at": clock.now()})
