"""A commitment at a glance, stating confidence in place, and dropping it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ... import clock, decisions, policy
from ...domain.words import Lifecycle, Status
from ...formats import localised
from ...models import Commitment, ProgressEntry, User
from ...shown.tags import tag
from ..base import user_of
from .forms import ConfidenceForm, DropForm
from .page import complete, page_of


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    commitment = get_object_or_404(complete(_readable(user_of(request))), pk=pk)
    return _show(request, commitment, _confidence_form(request, commitment))


@require_POST
def state_confidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds what is stated and shows the page again; what is wrong with it is shown beside the form."""
    user = user_of(request)
    commitment = get_object_or_404(complete(_readable(user)), pk=pk)
    form = ConfidenceForm(request.POST, user=user, commitment=commitment)
    if not form.is_valid():
        return _show(request, commitment, form)
    decisions.state_confidence(commitment=commitment, **form.stated(), by=user, at=clock.now())
    messages.success(request, _("Your confidence has been noted."))
    return redirect("staff:overview", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks when, on whose authority and why, and says beforehand what it changes."""
    user = user_of(request)
    commitment = get_object_or_404(_readable(user).select_related("plan", "rollup"), pk=pk)
    policy.check_drop(user, commitment)
    form = DropForm(request.POST or None, initial={"on": clock.today(commitment.plan.time_zone)})
    if request.method == "POST" and form.is_valid() and _dropped(request, form, commitment):
        messages.success(request, _("%(code)s has been dropped.") % {"code": commitment.code})
        return redirect("staff:overview", pk)
    return render(request, "admin/officer_page/drop.html", _drop_context(request, commitment, form))


def _dropped(request: HttpRequest, form: DropForm, commitment: Commitment) -> bool:
    try:
        decisions.drop(commitment=commitment, **form.cleaned_data, by=user_of(request), at=clock.now())
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    admin.site.get_model_admin(Commitment).log_change(request, commitment, _("Dropped."))
    return True


def _drop_context(request: HttpRequest, commitment: Commitment, form: DropForm) -> dict[str, Any]:
    pending = ProgressEntry.objects.pending().filter(target__commitment=commitment)
    rollup = getattr(commitment, "rollup", None)
    return {
        **admin.site.each_context(request),
        "title": _("Drop %(commitment)s") % {"commitment": commitment},
        "commitment": commitment,
        "form": form,
        "before": tag(rollup.status if rollup else ""),
        "after": tag(Status.DROPPED),
        "targets": commitment.targets.count(),
        "pending": pending.count(),
        "is_dropped": commitment.lifecycle == Lifecycle.DROPPED,
    }


def _show(request: HttpRequest, commitment: Commitment, form: ConfidenceForm | None) -> HttpResponse:
    user = user_of(request)
    context = {
        **admin.site.each_context(request),
        "title": f"{commitment.code} {localised(commitment.title, commitment.title_en)}",
        "page": page_of(commitment, user=user, number=request.GET.get("page"), now=clock.now()),
        "form": form,
        "may": _may(user, commitment),
    }
    return render(request, "admin/officer_page/page.html", context)


def _confidence_form(request: HttpRequest, commitment: Commitment) -> ConfidenceForm | None:
    form = ConfidenceForm(user=user_of(request), commitment=commitment)
    return form if form.fields["holder"].choices else None  # type: ignore[attr-defined]


def _may(user: User, commitment: Commitment) -> dict[str, bool]:
    """Which ways to act the page offers."""
    active = commitment.lifecycle != Lifecycle.DROPPED
    return {
        "log": active and policy.can_record(user, commitment),
        "review": user.has_perm("commitments.add_review") and policy.can_act_for(user, commitment),
        "revise": active and user.has_perm("commitments.add_targetrevision"),
        "drop": active and policy.can_drop(user, commitment),
        "edit": user.has_perm("commitments.change_commitment"),
    }


def _readable(user: User) -> QuerySet[Commitment]:
    if not user.has_perm("commitments.view_commitment"):
        raise PermissionDenied
    return policy.visible(Commitment.objects.all(), user)
