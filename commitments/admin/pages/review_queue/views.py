"""The page of the queue and the decisions made on it. All of it works as plain forms; a script adds keys and delay."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .... import clock
from ....accounts import unsent_forms
from ....domain.enums import Decision
from ....models import ProgressEntry, User
from ....rollups import read
from ....rollups.preview import preview_entries
from ...base.kinds import user_of
from ...base.scope import own
from .decisions import ReviewOutcome, approve_undoubted, decide
from .headline import describe_queue
from .parts import QueuePart, list_agencies, read_number, read_part, waiting_in
from .reasons import READY, read_reason
from .rows import ReviewRow, build_rows
from .telling import tell
from .waiting import A_PAGE, SHOWN, recorded_by


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the entries that wait for the signed-in reviewer, oldest first.

    With `?commitment=` or `?agency=` these are only those of one commitment or responsible agency.
    """
    reviewer = _reviewer(request)
    with read.one_moment():
        context = _describe_page(request, reviewer, clock.now())
        return render(request, "admin/review_queue/page.html", admin.site.each_context(request) | context)


@require_POST
def decide_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or return one entry, and lead to the next."""
    reviewer = _reviewer(request)
    part = _part(request, reviewer)
    entry = get_object_or_404(_reviewable(reviewer), pk=pk)
    decision = Decision.APPROVE if request.POST.get("decision") == Decision.APPROVE else Decision.RETURN
    outcome = decide(entry, decision, reason=read_reason(request.POST), by=reviewer, at=clock.now())
    if request.accepts("text/html"):
        say = messages.success if outcome.done else messages.error
        say(request, outcome.words)
        return _back(request, pk if outcome.stays else request.POST.get("then", ""))
    return _answer([outcome], part, reviewer)


@require_POST
def approve_ticked(request: HttpRequest) -> HttpResponse:
    """Approve the ticked entries that raise no doubt; the others stay, each with the reason."""
    reviewer = _reviewer(request)
    part = _part(request, reviewer)
    ticked = [pk for text in request.POST.getlist("entry")[:A_PAGE] if (pk := read_number(text)) is not None]
    entries = _reviewable(reviewer).filter(pk__in=ticked).order_by("recorded_at", "pk")
    outcomes = approve_undoubted(entries, by=reviewer, at=clock.now())
    if not request.accepts("text/html"):
        return _answer(outcomes, part, reviewer)
    if not ticked:
        messages.warning(request, _("Nothing was ticked, so nothing was approved."))
    tell(request, outcomes)
    return _back(request, "")


def _describe_page(request: HttpRequest, reviewer: User, now: datetime) -> dict[str, Any]:
    part = read_part(request.GET, reviewer)
    waiting, agencies = waiting_in(part, reviewer), list_agencies(reviewer)
    shown: Page[ProgressEntry] = Paginator(waiting.prefetch_related("evidence"), A_PAGE).get_page(
        request.GET.get("page")
    )
    return {
        "title": _("Review"),
        "headline": describe_queue(waiting, reviewer, now),
        "rows": _rows(request, list(shown), now),
        "page": shown,
        "own": recorded_by(reviewer).count(),
        "part": part,
        "agencies": agencies,
        "all": sum(choice.waiting for choice in agencies),
        "ready": list(enumerate(READY, start=1)),
    }


def _rows(request: HttpRequest, found: Sequence[ProgressEntry], now: datetime) -> list[ReviewRow]:
    return build_rows(
        found,
        preview_entries([entry for entry in found if entry.value is not None], at=now),
        now=now,
        recomputing=read.recomputing(entry.commitment_id for entry in found),
        reasons=_reasons(request, found),
    )


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


def _part(request: HttpRequest, reviewer: User) -> QueuePart:
    """Read the part of the queue that the sender's page shows."""
    return read_part(QueryDict(request.POST.get("query", "")), reviewer)


def _answer(outcomes: Sequence[ReviewOutcome], part: QueuePart, reviewer: User) -> HttpResponse:
    """Tell a script what became of the decisions, and how many entries are left."""
    left = describe_queue(waiting_in(part, reviewer), reviewer, clock.now())
    return JsonResponse({"outcomes": [outcome._asdict() for outcome in outcomes], "waiting": left})


def _reasons(request: HttpRequest, found: Sequence[ProgressEntry]) -> dict[int, str]:
    """Return by entry the reason that was typed when the session ended."""
    back = unsent_forms.find_form(request)
    for entry in found if back else ():
        if typed := unsent_forms.typed(request, reverse("staff:review_decide", args=[entry.pk])):
            return {entry.pk: read_reason(typed)}
    return {}


def _back(request: HttpRequest, entry: int | str) -> HttpResponse:
    """Redirect to the previous page, with the focus on an entry."""
    place = f"#entry-{entry}" if entry else "#queue"
    asked = request.POST.get("query", "")
    return HttpResponseRedirect(f"{reverse('staff:review_queue')}?{asked}{place}")
