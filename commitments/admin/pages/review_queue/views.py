"""The page of the queue and the decisions made on it. All of it works as plain forms; a script adds the keys."""

import re

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from .... import clock
from ....accounts import unsent_forms
from ....domain.enums import Decision
from ....models import Commitment, ProgressEntry, User
from ....rollups.preview import preview_entries
from ...base.kinds import user_of
from ...base.scope import own
from .decisions import approve_undoubted, decide
from .rows import build_rows
from .telling import tell
from .waiting import A_PAGE, SHOWN, recorded_by, waiting_for

NUMBER = re.compile(r"[0-9]{1,18}")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the entries that wait for the signed-in reviewer, oldest first; with `?commitment=` only those of one."""
    reviewer, now = _reviewer(request), clock.now()
    commitment = _commitment(request.GET, reviewer)
    waiting = waiting_for(reviewer, commitment)
    shown: Page[ProgressEntry] = Paginator(waiting.prefetch_related("evidence"), A_PAGE).get_page(
        request.GET.get("page")
    )
    found = list(shown)
    context = {
        **admin.site.each_context(request),
        "title": _("Review"),
        "rows": build_rows(found, preview_entries(_figures(found), at=now), now, _reasons(request, found)),
        "page": shown,
        "waiting": describe_number(shown.paginator.count),
        "own": recorded_by(reviewer).count(),
        "commitment": commitment,
    }
    return render(request, "admin/review_queue/page.html", context)


@require_POST
def decide_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or return one entry, and lead to the next."""
    reviewer = _reviewer(request)
    entry = get_object_or_404(_reviewable(reviewer), pk=pk)
    decision = Decision.APPROVE if request.POST.get("decision") == Decision.APPROVE else Decision.RETURN
    reason = request.POST.get("reason", "").strip()
    shown = _commitment(QueryDict(request.POST.get("query", "")), reviewer)
    outcome = decide(entry, decision, reason=reason, by=reviewer, at=clock.now())
    if request.accepts("text/html"):
        say = messages.success if outcome.done else messages.error
        say(request, outcome.words)
        return _back(request, pk if outcome.stays else request.POST.get("then", ""))
    return JsonResponse(
        {**outcome._asdict(), "waiting": describe_number(waiting_for(reviewer, shown).count())}
    )


@require_POST
def approve_ticked(request: HttpRequest) -> HttpResponse:
    """Approve the ticked entries that raise no doubt; the others stay, each with the reason."""
    reviewer = _reviewer(request)
    ticked = [int(pk) for pk in request.POST.getlist("entry")[:A_PAGE] if NUMBER.fullmatch(pk)]
    entries = _reviewable(reviewer).filter(pk__in=ticked).order_by("recorded_at", "pk")
    if not ticked:
        messages.warning(request, _("Nothing was ticked, so nothing was approved."))
    tell(request, approve_undoubted(entries, by=reviewer, at=clock.now()))
    return _back(request, "")


def describe_number(number: int) -> str:
    words = ngettext("%(number)d entry to review", "%(number)d entries to review", number)
    return words % {"number": number}


def _reviewer(request: HttpRequest) -> User:
    user = user_of(request)
    if not user.has_perm("commitments.add_review"):
        raise PermissionDenied
    return user


def _reviewable(reviewer: User) -> QuerySet[ProgressEntry]:
    """Select the entries in the reviewer's scope, waiting or not."""
    # The second of two reviewers is told that the entry waits no longer.
    entries: QuerySet[ProgressEntry] = own(ProgressEntry.objects.all(), reviewer, commitment="commitment")
    return entries.select_related(*SHOWN)


def _figures(found: list[ProgressEntry]) -> list[ProgressEntry]:
    return [entry for entry in found if entry.value is not None]


def _commitment(query: QueryDict, reviewer: User) -> Commitment | None:
    asked = query.get("commitment", "")
    if not NUMBER.fullmatch(asked):
        return None
    commitments: QuerySet[Commitment] = own(Commitment.objects.all(), reviewer, commitment="pk")
    return get_object_or_404(commitments, pk=asked)


def _reasons(request: HttpRequest, found: list[ProgressEntry]) -> dict[int, str]:
    """Return by entry the reason that was typed when the session ended."""
    back = unsent_forms.find_form(request)
    for entry in found if back else ():
        if typed := unsent_forms.typed(request, reverse("staff:review_decide", args=[entry.pk])):
            return {entry.pk: typed.get("reason", "")}
    return {}


def _back(request: HttpRequest, entry: int | str) -> HttpResponse:
    """Redirect to the previous page, with the focus on an entry."""
    place = f"#entry-{entry}" if entry else "#queue"
    asked = request.POST.get("query", "")
    return HttpResponseRedirect(f"{reverse('staff:review_queue')}?{asked}{place}")
