"""Revisions of targets by authority: a new value or due date from a day on. The first promise stays on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import explanations, permissions, wake
from ..domain.enums import Accumulation, Comparator, Goal, Lifecycle, TargetKind
from ..domain.targets import BANDED, HUNDRED, ZERO, Revision, Terms, band_of, in_force
from ..formats import Day
from ..models import Baseline, Target, TargetRevision, User
from .preconditions import check_newest, check_texts

# The columns of a revision, each with an old and a new value.
CHANGED = ("value", "value_high", "tolerance", "within", "due_on")
NOTHING_LEFT = gettext_lazy(
    "The start value already meets the target with its tolerance or range: nothing is left to reach."
)


def revise(
    *,
    target: Target,
    effective_from: date,
    new_value: Decimal | None,
    new_due_on: date | None,
    authority: str,
    reason: str,
    seen: int,
    by: User,
    at: datetime,
    new_value_high: Decimal | None = None,
    new_tolerance: Decimal | None = None,
    new_within: bool | None = None,
) -> TargetRevision:
    """Add a revision, in force from a day of the plan's calendar on; a None keeps what is in force that day.

    `seen` is the number of the target's newest revision when the change was prepared, 0 for none. `at` is an
    aware instant. Raise ValidationError that names the field, or PermissionDenied where `by` may not.
    """
    permissions.check_revise(by, target.commitment)
    check_texts(authority=authority, reason=reason)
    with _locked(target):
        check_newest(target.revisions.all(), seen=seen, describe=_describe)
        before = terms_on(target, effective_from)
        after = check_revision(
            target,
            effective_from,
            new_value,
            new_due_on,
            value_high=new_value_high,
            tolerance=new_tolerance,
            within=new_within,
        )
        transaction.on_commit(wake.wake, robust=True)
        why = {"authority": authority.strip(), "reason": reason.strip()}
        return _add(target, before, after, **why, revised_by=by, revised_at=at)


def _add(target: Target, before: Revision, after: Revision, **given: Any) -> TargetRevision:
    old = {f"old_{name}": getattr(before, name) for name in CHANGED}
    new = {f"new_{name}": getattr(after, name) for name in CHANGED}
    facts = {"target": target, "effective_from": after.effective_from, **given}
    return TargetRevision.objects.create(**old, **new, **facts)


@contextmanager
def _locked(target: Target) -> Iterator[None]:
    """Lock the target against other revisions and its commitment against a drop; refuse a dropped one."""
    try:
        with transaction.atomic():
            locked = Target.objects.select_related("commitment").select_for_update(no_key=True)
            if locked.get(pk=target.pk).commitment.lifecycle == Lifecycle.DROPPED:
                raise ValidationError(_("Its commitment has been dropped. Reinstate it first."))
            yield
    except IntegrityError as error:
        # A revision was written past the lock.
        raise ValidationError(
            _("Someone else has just submitted the same. Reload the page and check.")
        ) from error


def newest(target: Target) -> int:
    """Return the number of the target's newest revision, 0 for none."""
    return target.revisions.order_by("-pk").values_list("pk", flat=True).first() or 0


def _describe(revision: TargetRevision) -> str:
    said = _(
        "Meanwhile %(who)s changed it: %(value)s by %(day)s, from %(start)s on."
        " Authority: %(authority)s. Reason: %(reason)s."
    )
    return said % {
        "who": revision.revised_by.name,
        "value": explanations.promise(revision.target, revision.new_terms),
        "day": Day(revision.new_due_on),
        "start": Day(revision.effective_from),
        "authority": revision.authority,
        "reason": revision.reason,
    }


def terms_on(target: Target, on: date, *more: Revision) -> Revision:
    """Return the terms in force on the day; `more` are revisions that are only considered."""
    kept = target.revisions.values_list(
        "effective_from", "new_value", "new_due_on", "new_value_high", "new_tolerance", "new_within"
    )
    first = Revision(
        target.starts_on, target.value, target.due_on, target.value_high, target.tolerance, target.within
    )
    return in_force(first, (*(Revision(*each) for each in kept), *more), on)


def check_revision(
    target: Target,
    effective_from: date,
    value: Decimal | None,
    due_on: date | None,
    *,
    value_high: Decimal | None = None,
    tolerance: Decimal | None = None,
    within: bool | None = None,
) -> Revision:
    """Return the revision as it would be in force. Raise ValidationError that names the field."""
    before = terms_on(target, effective_from)
    after = Revision(
        effective_from,
        before.value if value is None else value,
        due_on or before.due_on,
        before.value_high if value_high is None else value_high,
        before.tolerance if tolerance is None else tolerance,
        before.within if within is None else within,
    )
    wrong = _find_errors(target, before, after)
    if wrong:
        raise ValidationError(wrong)
    return after


def _find_errors(target: Target, before: Revision, after: Revision) -> dict[str, str]:
    """Return the errors by the names of the fields."""
    found = {}
    if after.effective_from < target.starts_on:
        found["effective_from"] = _("This date is before the start of the target.")
    if target.revisions.filter(effective_from=after.effective_from).exists():
        found["effective_from"] = _("A change from this day on is already recorded.")
    if after[1:] == before[1:]:
        found["new_value"] = _("Neither the value nor the due date is changed.")
    elif after.due_on < target.starts_on:
        found["new_due_on"] = _("The due date is before the start of the target.")
    if target.kind == TargetKind.STAGES and after.value != HUNDRED:
        found["new_value"] = _(
            "A target of the kind “Stages” has the value 100: the weights of all its stages."
        )
    return found | _errors_of_ends(target, after)


def _errors_of_ends(target: Target, after: Revision) -> dict[str, str]:
    found = {}
    if after.value_high is not None and after.value_high <= after.value:
        found["new_value_high"] = _("The high end of a range lies above its low end.")
    if after.value_high is not None and target.comparator != Comparator.RANGE:
        found["new_value_high"] = _("Only a range has a high end.")
    if after.tolerance is not None and after.tolerance <= 0:
        found["new_tolerance"] = _("A tolerance is above 0.")
    if after.tolerance is not None and target.comparator != Comparator.ABOUT:
        found["new_tolerance"] = _("Only an “about” has a tolerance.")
    if after.within and (target.comparator not in BANDED or target.goal != Goal.FINAL):
        found["new_within"] = _(
            "Only an “about” or a range that its last reading decides can be missed beyond it."
        )
    if _leaves_nothing(target, after.terms, _start_of(target)):
        found["new_value"] = str(NOTHING_LEFT)
    return found


def check_start(target: Target, start: Decimal) -> None:
    """Refuse a level's start that meets an “about” or a range to reach, as promised or as revised."""
    promised = [target.terms, *(revision.new_terms for revision in target.revisions.all())]
    if target.accumulation == Accumulation.LEVEL and any(
        _leaves_nothing(target, terms, start) for terms in promised
    ):
        raise ValidationError({"value": str(NOTHING_LEFT)})


def _leaves_nothing(target: Target, terms: Terms, start: Decimal) -> bool:
    """Tell whether the start meets the near end of an “about” or a range to reach already."""
    band = band_of(Comparator(target.comparator), target.direction, terms)
    return target.goal == Goal.REACH and band is not None and band.holds(start)


def _start_of(target: Target) -> Decimal:
    """Return a level's baseline, otherwise zero."""
    if target.accumulation != Accumulation.LEVEL:
        return ZERO
    return Baseline.objects.filter(target=target).values_list("value", flat=True).first() or ZERO
