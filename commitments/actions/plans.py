"""Publication of plans, and the choice of the plan that counts for a place and year.

Each function is one transaction; `by` is the acting user and `at` an aware instant, and the plan's history keeps
both. Bad input raises ValidationError. An actor without the right gets PermissionDenied. Both come before
anything is written. A published plan cannot become a draft again.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from .. import permissions, wake
from ..change_log import editing
from ..domain.enums import Role, Tier
from ..models import Agency, Commitment, Plan, Target, User


class PlanContents(NamedTuple):
    """The parts of a plan that become public with it, and the gaps in them.

    `unmeasured` are commitments to a number or a deliverable that no headline target judges. `uncited` are those
    without a place in a source. `unmanned` are agencies that lead a commitment and have no clerk.
    """

    commitments: int
    targets: int
    headline: int
    readers: int
    unmeasured: Sequence[str]
    uncited: Sequence[str]
    unmanned: Sequence[Agency]


def review_contents(plan: Plan) -> PlanContents:
    """Count the parts and gaps of a plan with eight queries."""
    commitments, targets = plan.commitments.all(), Target.objects.filter(commitment__plan=plan)
    headline = targets.filter(headline=True)
    rated = commitments.exclude(tier=Tier.DIRECTION)
    clerks = User.objects.filter(role=Role.CLERK, is_active=True, agency=OuterRef("pk"))
    leading = Agency.objects.filter(led_commitments__plan=plan).distinct()
    return PlanContents(
        commitments=commitments.count(),
        targets=targets.count(),
        headline=headline.count(),
        readers=plan.subscriptions.filter(unsubscribed_at=None).count(),
        unmeasured=_codes(rated.exclude(pk__in=headline.values("commitment"))),
        uncited=_codes(commitments.filter(source=None)),
        unmanned=list(leading.exclude(Exists(clerks)).order_by("code")),
    )


def find_counting(plan: Plan) -> Plan | None:
    """Return the plan that counts for the place and year of this one; None where none does."""
    return _of_place(plan).filter(counts_for_place=True).first()


def publish(*, plan: Plan, by: User, at: datetime) -> None:
    """Show a draft to everybody; raise ValidationError if it is empty or published already."""
    permissions.check_publish(by)
    if not plan.commitments.exists():
        raise ValidationError(_("This plan has no commitments yet, so it cannot be published."))
    with editing.by(by.pk, at=at):
        if not _publish(plan.code, at, by):
            raise ValidationError(_("This plan has already been published."))
    plan.refresh_from_db()


def publish_loaded(code: str, *, at: datetime) -> None:
    """Publish a draft for a command, which has no account and has named itself in `edits`; skip a public plan."""
    _publish(code, at)


def count_for_place(*, plan: Plan, by: User, at: datetime) -> None:
    """Let a published plan count for its place and year, instead of the one that did."""
    permissions.check_publish(by)
    with editing.by(by.pk, at=at), transaction.atomic():
        found = list(_of_place(plan).select_for_update(no_key=True).order_by("pk"))
        if next(each for each in found if each.pk == plan.pk).is_draft:
            raise ValidationError(_("Publish the plan before it counts for its place."))
        _of_place(plan).filter(counts_for_place=True).exclude(pk=plan.pk).update(counts_for_place=False)
        Plan.objects.filter(pk=plan.pk).update(counts_for_place=True)
        transaction.on_commit(wake.wake, robust=True)
    plan.refresh_from_db()


def _publish(code: str, at: datetime, by: User | None = None) -> bool:
    """Publish a draft and return True; return False for a public plan."""
    with transaction.atomic():
        transaction.on_commit(wake.wake, robust=True)
        published = Plan.objects.filter(code=code, published_at=None).update(published_at=at)
        if published:
            plan = Plan.objects.get(code=code)
            if not plan.narrative_duties.exists():
                ask_for_words(plan, from_=plan.day_at(at), by=by, at=at)
        return bool(published)


def ask_for_words(plan: Plan, *, from_: date, at: datetime, by: User | None = None) -> None:
    """Let a plan ask for words every quarter from a day on, unless a choice for that day or earlier is there."""
    if not plan.narrative_duties.filter(effective_from__lte=from_).exists():
        plan.narrative_duties.create(effective_from=from_, set_by=by, set_at=at)


def _of_place(plan: Plan) -> QuerySet[Plan]:
    return Plan.objects.filter(jurisdiction=plan.jurisdiction_id, year=plan.year)


def _codes(commitments: QuerySet[Commitment]) -> list[str]:
    return list(commitments.order_by("position").values_list("code", flat=True))
