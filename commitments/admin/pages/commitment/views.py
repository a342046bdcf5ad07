"""Views of a commitment at a glance, and of stating confidence in place."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .... import clock, permissions
from ....accounts import unsent_forms
from ....actions import commitments
from ....domain.enums import Lifecycle
from ....formats import localised
from ....models import Commitment, User
from ....rollups import read
from ....states import CommitmentState
from ...base.kinds import user_of
from .forms import ConfidenceForm
from .page import page_of, state_of


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    with read.one_moment():
        state = state_of(pk, user_of(request))
        return _show(request, state, _confidence_form(request, state.commitment))


@require_POST
def state_confidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the stated confidence and show the page again; errors are shown beside the form."""
    user = user_of(request)
    state = state_of(pk, user)
    form = ConfidenceForm(request.POST, user=user, commitment=state.commitment)
    if not form.is_valid():
        with read.one_moment():
            return _show(request, state_of(pk, user), form)
    commitments.state_confidence(commitment=state.commitment, **form.stated(), by=user, at=clock.now())
    messages.success(request, _("Your assessment has been saved."))
    return redirect("staff:overview", pk)


def _show(request: HttpRequest, state: CommitmentState, form: ConfidenceForm | None) -> HttpResponse:
    user, commitment = user_of(request), state.commitment
    context = {
        **admin.site.each_context(request),
        "title": f"{commitment.code} {localised(commitment.title, commitment.title_en)}",
        "page": page_of(state, user=user, number=request.GET.get("page"), now=clock.now()),
        "form": form,
        "may": _may(user, commitment),
    }
    return render(request, "admin/officer_page/page.html", context)


def _confidence_form(request: HttpRequest, commitment: Commitment) -> ConfidenceForm | None:
    typed = unsent_forms.typed(request, reverse("staff:state_confidence", args=[commitment.pk]))
    form = ConfidenceForm(typed, user=user_of(request), commitment=commitment)
    return form if form.fields["holder"].choices else None  # type: ignore[attr-defined]


def _may(user: User, commitment: Commitment) -> dict[str, bool]:
    """Return the actions that the page offers."""
    active, public = commitment.lifecycle != Lifecycle.DROPPED, not commitment.plan.is_draft
    return {
        "log": active and public and permissions.can_record(user, commitment),
        "review": user.has_perm("commitments.add_review") and permissions.can_act_for(user, commitment),
        "revise": active and permissions.can_revise(user, commitment),
        "drop": active and permissions.can_drop(user, commitment),
        "reinstate": not active and permissions.can_drop(user, commitment),
        "edit": user.has_perm("commitments.change_commitment"),
    }
