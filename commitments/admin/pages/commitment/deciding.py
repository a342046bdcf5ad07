"""Pages for decisions by authority and with a reason: dropping a commitment, reinstating it, changing a target.

Each shows its effect beforehand, and leads back to the commitment.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .... import clock, explanations, permissions
from ....accounts import unsent_forms
from ....actions import commitments, targets
from ....actions.preconditions import OvertakenError
from ....domain.enums import Lifecycle, Status
from ....domain.targets import Revision
from ....formats import localised, typed
from ....models import Commitment, ProgressEntry, Target
from ....presenters.status_tags import tag
from ....rollups import preview
from ...base.kinds import user_of
from ...base.refusals import add_refusal
from ...base.seen import as_seen
from .forms import DropForm, ReinstateForm, RevisionForm
from .page import readable

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the day, authority and reason of a drop, and make it."""
    commitment = _commitment(request, pk)
    permissions.check_drop(user_of(request), commitment)
    unsent_forms.put_back(request)
    asked = {"on": clock.today(commitment.plan.time_zone), "seen": commitments.newest(commitment)}
    form = DropForm(request.POST or None, initial=asked)
    if _try_to_decide(request, form, commitments.drop, commitment=commitment):
        return _back(request, commitment, _("%(code)s has been dropped.") % {"code": commitment.code})
    pending = ProgressEntry.objects.pending().filter(commitment=commitment)
    context = {
        "title": _("Drop %(commitment)s") % {"commitment": commitment},
        "before": _stored(commitment),
        "after": tag(Status.DROPPED),
        "targets": commitment.targets.count(),
        "pending": pending.count(),
        "is_dropped": commitment.lifecycle == Lifecycle.DROPPED,
    }
    return _page(request, "drop", commitment, form, context)


@form_page
def reinstate(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the authority and reason to take a drop back, and do so."""
    commitment = _commitment(request, pk)
    permissions.check_drop(user_of(request), commitment)
    unsent_forms.put_back(request)
    form = ReinstateForm(request.POST or None, initial={"seen": commitments.newest(commitment)})
    if _try_to_decide(request, form, commitments.reinstate, commitment=commitment):
        return _back(request, commitment, _("%(code)s has been reinstated.") % {"code": commitment.code})
    context = {
        "title": _("Reinstate %(commitment)s") % {"commitment": commitment},
        "before": _stored(commitment),
        "after": tag(preview.preview_reinstatement(commitment, at=clock.now())),
        "is_dropped": commitment.lifecycle == Lifecycle.DROPPED,
    }
    return _page(request, "reinstate", commitment, form, context)


@form_page
def revise(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """Ask for the day, authority and reason of a change; make it only after its effect was shown."""
    commitment = _commitment(request, pk)
    permissions.check_revise(user_of(request), commitment)
    unsent_forms.put_back(request)
    changed = get_object_or_404(commitment.targets.select_related("commitment__plan"), pk=target)
    day = max(clock.today(commitment.plan.time_zone), changed.starts_on)
    form = RevisionForm(request.POST or None, target=changed, initial=_in_force(changed, day))
    looked = _has_looked(request, form)
    if looked and _try_to_decide(request, form, targets.revise, target=changed):
        return _back(request, commitment, _("%(code)s has been changed.") % {"code": changed.code})
    kept = targets.terms_on(changed, day)
    context = {
        "title": _("Change the target %(target)s")
        % {"target": f"{changed.code} {localised(changed.title, changed.title_en)}"},
        "value": explanations.promise(changed, kept.terms),
        "due_on": kept.due_on,
        "effect": _effect(form, changed, day),
        "looked": form.typed(),
        "unlooked": request.method == "POST" and "look" not in request.POST and not looked,
        "is_dropped": commitment.lifecycle == Lifecycle.DROPPED,
    }
    return _page(request, "revise", commitment, form, context)


def _commitment(request: HttpRequest, pk: int) -> Commitment:
    return get_object_or_404(readable(user_of(request)).select_related("plan", "rollup"), pk=pk)


def _stored(commitment: Commitment) -> Any:
    rollup = getattr(commitment, "rollup", None)
    return tag(rollup.status if rollup else "")


def _try_to_decide(request: HttpRequest, form: forms.Form, decide: Callable[..., Any], **about: Any) -> bool:
    """Make the decision and tell whether it was made; show a refusal in the form."""
    if request.method != "POST" or unsent_forms.is_shown_again(request) or not form.is_valid():
        return False
    try:
        decide(**about, **form.cleaned_data, by=user_of(request), at=clock.now())
    except OvertakenError as refusal:
        add_refusal(form, refusal)
        form.data = as_seen(request.POST, form.initial["seen"])
        return False
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return False
    return True


def _has_looked(request: HttpRequest, form: RevisionForm) -> bool:
    """Tell whether the effect of this very change was shown, and is not requested again."""
    return "look" not in request.POST and request.POST.get("looked") == form.typed()


ENDS = ("value_high", "tolerance", "within")


def _in_force(target: Target, day: date) -> dict[str, Any]:
    before = targets.terms_on(target, day)
    return {
        "effective_from": day,
        "new_value": typed(before.value),
        "new_value_high": before.value_high and typed(before.value_high),
        "new_tolerance": before.tolerance and typed(before.tolerance),
        "new_within": before.within,
        "new_due_on": before.due_on,
        "seen": targets.newest(target),
    }


def _effect(form: RevisionForm, target: Target, today: date) -> dict[str, Any] | None:
    """Return the effect of the typed change on the commitment's status; None for an invalid change."""
    if not form.is_bound or not form.is_valid():
        return None
    typed_in = form.cleaned_data
    try:
        after = targets.check_revision(
            target,
            typed_in["effective_from"],
            typed_in["new_value"],
            typed_in["new_due_on"],
            **{name: typed_in.get(f"new_{name}") for name in ENDS},
        )
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return None
    return _judge_change(target, after, today)


def _judge_change(target: Target, after: Revision, today: date) -> dict[str, Any]:
    """Judge the commitment with the change."""
    # A change that is in force later is judged by the facts known today.
    day = max(today, after.effective_from)
    then = targets.terms_on(target, day, after)
    before, judged = preview.preview_revision(target, then, at=clock.now())
    return {
        "value": explanations.promise(target, after.terms),
        "due_on": after.due_on,
        "before": tag(before),
        "after": tag(judged),
        "later": after.effective_from if after.effective_from > today else None,
    }


def _back(request: HttpRequest, commitment: Commitment, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("staff:overview", commitment.pk)


def _page(
    request: HttpRequest, name: str, commitment: Commitment, form: forms.Form, context: dict[str, Any]
) -> HttpResponse:
    known = {**admin.site.each_context(request), "commitment": commitment, "form": form}
    return render(request, f"admin/officer_page/{name}.html", known | context)
