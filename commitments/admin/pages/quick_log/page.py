"""The page of the sheet, and the request that keeps and checks its drafts."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from .... import clock
from ....accounts import unsent_forms
from ....actions import period_locks
from ....models import PeriodLock, Target, User
from ....reporting.due import ReportRow
from ....reporting.periods import is_reported_for
from ....uploads import NO_ROOM
from ...base.kinds import user_of
from ...base.scope import own
from . import drafts
from .answers import answer
from .lines import QuickLogRow
from .requests import NOT_UNDERSTOOD, read_json, refused, reporter
from .rows import rows, shown
from .sheet import SHOWS, Sheet, asked_for
from .submit import RowOutcome, postponed, submit
from .typed import LONGEST_KEPT, Typed, is_posted, of_row, of_texts

UNTOUCHED, SAVED = RowOutcome(), RowOutcome(saved=True)
ROW = re.compile(r"([0-9]{1,18})-progress")


class DraftRequest(NamedTuple):
    """Rows to keep as drafts, rows only to check, the sheet's day, and the targets with a chosen file."""

    ends_on: date
    rows: dict[int, Typed]
    unchanged: dict[int, Typed]
    day: str
    files: frozenset[int]


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the sheet; record posted rows one by one, and show refused ones as they were typed."""
    user, now = reporter(request), clock.now()
    sheet = asked_for(request.GET, user, now)
    if sheet is None:
        return _answer(request, {"title": _("Quick-log")})
    found = rows(sheet, user)
    outcomes, left = _taken(request, sheet, found, now)
    if outcomes:
        found = rows(sheet, user)
    typed = {**drafts.of_period(user, sheet.period.last), **left}
    answer = _answer(request, _context(request, sheet, found, typed, outcomes))
    if not all(outcome.room for outcome in outcomes.values()):
        answer.status_code = NO_ROOM
    return answer


@require_POST
def save_drafts(request: HttpRequest) -> HttpResponse:
    """Keep the texts being typed; answer with the local time and the check of each row.

    The query string names the sheet, as on the page.
    """
    user, now = reporter(request), clock.now()
    try:
        sent = _read_drafts(request)
    except NOT_UNDERSTOOD:
        return refused(_("This is not a draft."))
    if not all(row.can_be_kept for row in sent.rows.values()):
        return refused(
            _("Too long: a draft can hold at most %(longest)d characters.") % {"longest": LONGEST_KEPT}
        )
    targets = own(Target.objects.filter(pk__in=sent.rows), user, commitment="commitment")
    plans = {target.pk: target.commitment.plan for target in targets.select_related("commitment__plan")}
    if not all(is_reported_for(plan, sent.ends_on, plan.day_at(now)) for plan in plans.values()):
        return refused(_("No reporting period ends on this date."))
    drafts.save(by=user, ends_on=sent.ends_on, rows={pk: sent.rows[pk] for pk in plans}, at=now)
    zone = next((plan.time_zone for plan in plans.values()), "UTC")
    return JsonResponse(
        {"saved": f"{now.astimezone(ZoneInfo(zone)):%H:%M}", "rows": _answers(request, sent, now)}
    )


def _answers(request: HttpRequest, sent: DraftRequest, at: datetime) -> dict[int, Mapping[str, object]]:
    """Return, by target, the check of each row of the sheet that was sent."""
    user = user_of(request)
    sheet = asked_for(request.GET, user, at)
    if sheet is None or sheet.period.last != sent.ends_on:
        return {}
    day, typed = sent.day or sheet.day.isoformat(), sent.unchanged | sent.rows
    return {
        row.target.pk: answer(row, typed[row.target.pk], day=day, at=at, has_file=row.target.pk in sent.files)
        for row in rows(sheet, user)
        if row.target.pk in typed
    }


def _read_drafts(request: HttpRequest) -> DraftRequest:
    """Read the rows sent; raise one of NOT_UNDERSTOOD if the body holds none."""
    given = read_json(request)
    kept, unchanged = (
        {int(target): of_texts(texts) for target, texts in rows.items()}
        for rows in (given["rows"], given.get("unchanged", {}))
    )
    files = frozenset(map(int, given.get("files", ())))
    return DraftRequest(
        date.fromisoformat(given["ends_on"]), kept, unchanged, str(given.get("day", "")), files
    )


def _taken(
    request: HttpRequest, sheet: Sheet, found: Sequence[ReportRow], at: datetime
) -> tuple[dict[int, RowOutcome], dict[int, Typed]]:
    """Return by target the outcome of each row that was sent, and the texts left to be submitted."""
    if unsent_forms.put_back(request):
        return {}, _come_back(request, sheet, found, at)
    return _submitted(request, sheet, found, at) if request.method == "POST" else ({}, {})


def _come_back(
    request: HttpRequest, sheet: Sheet, found: Sequence[ReportRow], at: datetime
) -> dict[int, Typed]:
    """Make drafts of the rows that are shown again, but for those with newer ones; return them."""
    user, ends_on = user_of(request), sheet.period.last
    # Drafts may tell a demonstration's time, forms never do.
    newer = drafts.newer(user, ends_on, than=clock.shown_at(unsent_forms.sent_at(request)))
    back = {
        row.target.pk: typed
        for row, typed in _posted(request, found)
        if row.accepts and row.target.pk not in newer
    }
    drafts.save(by=user, ends_on=ends_on, rows=back, at=at)
    drafted = {str(target) for target in newer | {pk for pk, typed in back.items() if typed.can_be_kept}}
    unsent_forms.let_go(request, [name for name in request.POST if name.split("-")[0] in {"day", *drafted}])
    return back


def _submitted(
    request: HttpRequest, sheet: Sheet, found: Sequence[ReportRow], at: datetime
) -> tuple[dict[int, RowOutcome], dict[int, Typed]]:
    """Record the rows that are not blank; keep the others as drafts."""
    user = user_of(request)
    posted = _posted(request, found)
    filled = [(row, typed) for row, typed in posted if not typed.is_blank]
    outcomes = _recorded(filled, day=_day(request, sheet), by=user, at=at)
    left = {
        row.target.pk: typed
        for row, typed in posted
        if row.accepts and not outcomes.get(row.target.pk, UNTOUCHED).saved
    }
    drafts.save(by=user, ends_on=sheet.period.last, rows=left, at=at)
    return outcomes, left


def _posted(request: HttpRequest, found: Sequence[ReportRow]) -> list[tuple[ReportRow, Typed]]:
    return [(row, of_row(request, row.target.pk)) for row in found if is_posted(request, row.target.pk)]


def _recorded(
    filled: Sequence[tuple[ReportRow, Typed]], *, day: str, by: User, at: datetime
) -> dict[int, RowOutcome]:
    """Submit the filled rows one by one."""
    # Once a row has waited in vain for other writers, the rest are not tried: each would wait as long.
    outcomes: dict[int, RowOutcome] = {}
    in_vain = False
    for row, typed in filled:
        outcome = postponed(typed) if in_vain else submit(row, typed, day=day, by=by, at=at)
        in_vain = outcome.postponed
        outcomes[row.target.pk] = outcome
    return outcomes


def _day(request: HttpRequest, sheet: Sheet) -> str:
    return request.POST.get("day", sheet.day.isoformat())


def _context(
    request: HttpRequest,
    sheet: Sheet,
    found: Sequence[ReportRow],
    typed: Mapping[int, Typed],
    outcomes: Mapping[int, RowOutcome],
) -> dict[str, Any]:
    refused = [target for target, outcome in outcomes.items() if not outcome.saved]
    lines = _lines(shown(found, sheet.show, refused), typed, outcomes, asked=request.GET.get("row", ""))
    return {
        "title": _("Quick-log"),
        "subtitle": sheet.month_name,
        "sheet": sheet,
        "query": urlencode({"plan": sheet.plan.code, "agency": sheet.agency.code, "period": sheet.month}),
        "day": _day(request, sheet),
        "lines": lines,
        "accepts": any(line.row.accepts for line in lines),
        "shows": [_choice(request, show, len(shown(found, show))) for show in SHOWS],
        "posted": request.method == "POST" and not unsent_forms.is_shown_again(request),
        "lock": _lock(sheet, found),
        "saved": [target for target, outcome in outcomes.items() if outcome.saved],
        "refused": refused,
        "homeless": _homeless(request, found, outcomes),
    }


def _homeless(
    request: HttpRequest, found: Sequence[ReportRow], outcomes: Mapping[int, RowOutcome]
) -> list[tuple[str, str]]:
    """Return code and texts of rows that no longer accept values, so that the user can copy them."""
    placed = {row.target.pk for row in found if row.accepts}
    placed |= {target for target, outcome in outcomes.items() if outcome.saved}
    posted = {int(row[1]) for name in request.POST if (row := ROW.fullmatch(name))}
    left = {target: of_row(request, target) for target in sorted(posted - placed)}
    codes = own(Target.objects.filter(pk__in=left), user_of(request), commitment="commitment").in_bulk()
    return [
        (str(codes.get(target, "")), typed.in_words()) for target, typed in left.items() if typed.in_words()
    ]


def _lock(sheet: Sheet, found: Sequence[ReportRow]) -> PeriodLock | None:
    """Return the lock in force if it covers days of the rows shown."""
    lock = period_locks.in_force(sheet.plan)
    first = min((row.period.first for row in found), default=sheet.period.first)
    return lock if lock and lock.through and lock.through >= first else None


def _choice(request: HttpRequest, show: str, count: int) -> dict[str, Any]:
    query = request.GET.copy()
    query["show"] = show
    return {"code": show, "label": SHOWS[show], "count": count, "address": f"?{query.urlencode()}"}


def _lines(
    found: Sequence[ReportRow], typed: Mapping[int, Typed], outcomes: Mapping[int, RowOutcome], *, asked: str
) -> list[QuickLogRow]:
    """Make the rows to show; give the focus to the first refused, the one asked for, or the first to fill."""
    # If the row asked for takes no figure, none has the focus: the next figure typed is not another target's.
    refused = next((row for row in found if not outcomes.get(row.target.pk, SAVED).saved), None)
    wanted = [row for row in found if row.target.code == asked] or found
    first = refused or next((row for row in wanted if row.accepts), None)
    return [
        QuickLogRow(
            row,
            typed.get(row.target.pk, Typed()),
            outcomes.get(row.target.pk, UNTOUCHED),
            has_focus=row is first,
        )
        for row in found
    ]


def _answer(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, "admin/quick_log.html", {**admin.site.each_context(request), **context})
