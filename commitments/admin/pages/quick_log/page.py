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
from ....models import PeriodLock, User
from ....reporting.periods import is_reported_for
from ....uploads import NO_ROOM
from ...base.kinds import user_of
from . import drafts
from .answers import answer
from .keys import find_places, is_key
from .opening import open_sheet
from .requests import NOT_UNDERSTOOD, read_json, refused, reporter
from .rows import rows, shown
from .sheet import SHOWS, Sheet, asked_for
from .slots import Row, Slot, key_of, slots_of
from .submit import RowOutcome, postponed, submit
from .taking_back import TakenBack, can_take_back, place_of, take_back
from .typed import LONGEST_KEPT, Typed, is_posted, of_row, of_texts
from .view import View, grouped

UNTOUCHED = RowOutcome()
PLACE = re.compile(r"([ce]?[0-9]{1,18})-progress")

Places = Sequence[tuple[Slot, Typed]]


class DraftRequest(NamedTuple):
    """Places to keep as drafts, places only to check, the sheet's day, and the places with a chosen file."""

    ends_on: date
    rows: dict[str, Typed]
    unchanged: dict[str, Typed]
    day: str
    files: frozenset[str]


class Taken(NamedTuple):
    """The result of a request: outcomes, texts left to be submitted, both by place, and what was withdrawn."""

    outcomes: Mapping[str, RowOutcome]
    left: Mapping[str, Typed]
    taken_back: TakenBack | None = None


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show the sheet; record posted places one by one, and show refused ones as they were typed."""
    user, now = reporter(request), clock.now()
    sheet = asked_for(request.GET, user, now)
    if sheet is None:
        return _answer(request, {"title": _("Quick-log")})
    if request.method == "GET" and not request.GET.get("period"):
        sheet, found = open_sheet(sheet, user)
    else:
        found = rows(sheet, user)
    taken = _take(request, sheet, found, now)
    if request.method == "POST":
        found = rows(sheet, user)
    typed = {**drafts.of_period(user, sheet.period.last), **taken.left}
    answer = _answer(request, _context(request, sheet, found, typed, taken))
    if not all(outcome.room for outcome in taken.outcomes.values()):
        answer.status_code = NO_ROOM
    return answer


@require_POST
def save_drafts(request: HttpRequest) -> HttpResponse:
    """Keep the texts being typed; answer with the local time and the check of each place.

    The query string names the sheet, as on the page.
    """
    user, now = reporter(request), clock.now()
    try:
        sent = _read_drafts(request)
    except NOT_UNDERSTOOD:
        return refused(_("This is not a draft."))
    if not all(typed.can_be_kept for typed in sent.rows.values()):
        return refused(
            _("Too long: a draft can hold at most %(longest)d characters.") % {"longest": LONGEST_KEPT}
        )
    places = find_places(sent.rows, user)
    plans = {place.commitment.plan for place in places.values()}
    if not all(is_reported_for(plan, sent.ends_on, plan.day_at(now)) for plan in plans):
        return refused(_("No reporting period ends on this date."))
    kept = {key: (place.commitment, sent.rows[key]) for key, place in places.items()}
    drafts.save(by=user, ends_on=sent.ends_on, places=kept, at=now)
    zone = next((plan.time_zone for plan in plans), "UTC")
    return JsonResponse(
        {"saved": f"{now.astimezone(ZoneInfo(zone)):%H:%M}", "rows": _answers(request, sent, now)}
    )


def _answers(request: HttpRequest, sent: DraftRequest, at: datetime) -> dict[str, Mapping[str, object]]:
    """Return, by place, the check of each place of the sheet that was sent."""
    user = user_of(request)
    sheet = asked_for(request.GET, user, at)
    if sheet is None or sheet.period.last != sent.ends_on:
        return {}
    day, typed = sent.day or sheet.day.isoformat(), sent.unchanged | sent.rows
    return {
        slot.key: answer(slot, typed[slot.key], day=day, at=at, has_file=slot.key in sent.files)
        for row in rows(sheet, user)
        for slot in slots_of(row)
        if slot.key in typed
    }


def _read_drafts(request: HttpRequest) -> DraftRequest:
    """Read the places sent; raise one of NOT_UNDERSTOOD if the body holds none."""
    given = read_json(request)
    kept, unchanged = (
        {_key(place): of_texts(texts) for place, texts in rows.items()}
        for rows in (given["rows"], given.get("unchanged", {}))
    )
    files = frozenset(_key(place) for place in given.get("files", ()))
    return DraftRequest(
        date.fromisoformat(given["ends_on"]), kept, unchanged, str(given.get("day", "")), files
    )


def _key(text: object) -> str:
    if not is_key(str(text)):
        raise ValueError(f"no place: {text}")
    return str(text)


def _take(request: HttpRequest, sheet: Sheet, found: Sequence[Row], at: datetime) -> Taken:
    """Do what the request asks for: show an unsent form again, withdraw reports, or submit."""
    if unsent_forms.put_back(request):
        return Taken({}, _come_back(request, sheet, found, at))
    if request.method != "POST":
        return Taken({}, {})
    asked = request.POST.get("withdraw")
    return (
        _submit(request, sheet, found, at) if asked is None else _withdraw(request, sheet, found, at, asked)
    )


def _come_back(request: HttpRequest, sheet: Sheet, found: Sequence[Row], at: datetime) -> dict[str, Typed]:
    """Make drafts of the places that are shown again, but for those with newer ones; return them."""
    user, ends_on = user_of(request), sheet.period.last
    # Drafts may tell a demonstration's time, forms never do.
    newer = drafts.newer(user, ends_on, than=clock.shown_at(unsent_forms.sent_at(request)))
    back = [(slot, typed) for slot, typed in _posted(request, found) if slot.key not in newer]
    _keep(back, user, ends_on, at)
    drafted = newer | {slot.key for slot, typed in back if typed.can_be_kept}
    unsent_forms.let_go(request, [name for name in request.POST if name.split("-")[0] in {"day", *drafted}])
    return {slot.key: typed for slot, typed in back if not slot.is_untouched(typed)}


def _submit(request: HttpRequest, sheet: Sheet, found: Sequence[Row], at: datetime) -> Taken:
    """Record the places that were typed into; keep the others as drafts."""
    user, posted = user_of(request), _posted(request, found)
    again = request.POST.get("again")
    filled = [
        (slot, typed)
        for slot, typed in posted
        if not slot.is_untouched(typed) or (slot.key == again and not typed.is_blank)
    ]
    outcomes = _recorded(filled, day=_day(request, sheet), by=user, at=at)
    left = [(slot, typed) for slot, typed in posted if not _is_done(outcomes.get(slot.key, UNTOUCHED))]
    _keep(left, user, sheet.period.last, at)
    return Taken(
        outcomes, {slot.key: typed for slot, typed in left if slot.key in outcomes or typed.is_blank}
    )


def _withdraw(request: HttpRequest, sheet: Sheet, found: Sequence[Row], at: datetime, asked: str) -> Taken:
    """Withdraw reports, and keep all that is typed; a place that is typed in keeps its newer texts."""
    user = user_of(request)
    taken = take_back(found, asked.split(), by=user, at=at)
    # The rows that the withdrawal leaves decide where its texts belong.
    now = {key_of(row): row for row in rows(sheet, user)}
    places = [(place_of(now.get(key_of(row), row), entry), entry) for row, entry in taken.entries]
    back = [(slot, slot.filled(entry)) for slot, entry in places]
    left = [(slot, typed) for slot, typed in _posted(request, found) if not slot.is_untouched(typed)]
    _keep([*back, *left], user, sheet.period.last, at)
    return Taken({}, {slot.key: typed for slot, typed in (*back, *left)}, taken)


def _is_done(outcome: RowOutcome) -> bool:
    """Tell whether nothing is left to be typed: saved, or reported before in the very same words."""
    return outcome.saved or outcome.is_repeated


def _keep(typed: Places, user: User, ends_on: date, at: datetime) -> None:
    """Make drafts; a place without anything typed into it has none."""
    places = {
        slot.key: (slot.row.commitment, Typed() if slot.is_untouched(each) else each) for slot, each in typed
    }
    drafts.save(by=user, ends_on=ends_on, places=places, at=at)


def _posted(request: HttpRequest, found: Sequence[Row]) -> Places:
    slots = (slot for row in found for slot in slots_of(row))
    return [(slot, of_row(request, slot.key)) for slot in slots if is_posted(request, slot.key)]


def _recorded(filled: Places, *, day: str, by: User, at: datetime) -> dict[str, RowOutcome]:
    """Submit the filled places one by one."""
    # Once a row has waited in vain for other writers, the rest are not tried: each would wait as long.
    outcomes: dict[str, RowOutcome] = {}
    in_vain = False
    for slot, typed in filled:
        outcome = postponed(typed) if in_vain else submit(slot, typed, day=day, by=by, at=at)
        in_vain = outcome.postponed
        outcomes[slot.key] = outcome
    return outcomes


def _day(request: HttpRequest, sheet: Sheet) -> str:
    return request.POST.get("day", sheet.day.isoformat())


def _context(
    request: HttpRequest, sheet: Sheet, found: Sequence[Row], typed: Mapping[str, Typed], taken: Taken
) -> dict[str, Any]:
    refused = [key for key, outcome in taken.outcomes.items() if not outcome.saved]
    wanted = {*refused, *(key for key, text in taken.left.items() if not text.is_blank)}
    always = {key_of(row) for row in found if wanted & {slot.key for slot in slots_of(row)}}
    view = View(user_of(request), typed, taken.outcomes, request.GET.get("row", ""))
    listed = view.lines(shown(found, sheet.show, always))
    return {
        "title": _("Quick-log"),
        "subtitle": sheet.month_name,
        "sheet": sheet,
        "query": urlencode({"plan": sheet.plan.code, "agency": sheet.agency.code, "period": sheet.month}),
        "day": _day(request, sheet),
        "lines": listed,
        "groups": grouped(listed, sheet.today),
        "accepts": any(line.row.accepts for line in listed),
        "shows": [_choice(request, sheet, show, len(shown(found, show))) for show in SHOWS],
        "posted": _posted_keys(request),
        "lock": _lock(found),
        "saved": [key for key, outcome in taken.outcomes.items() if outcome.saved],
        "withdrawable": _withdrawable(taken.outcomes, found, user_of(request)),
        "now": clock.now(),
        "taken_back": taken.taken_back,
        "refused": refused,
        "homeless": _homeless(request, found, taken.outcomes),
    }


def _posted_keys(request: HttpRequest) -> list[str]:
    """Return the places that were sent; empty unless the page answers them."""
    if request.method != "POST" or unsent_forms.is_shown_again(request):
        return []
    return [found[1] for name in request.POST if (found := PLACE.fullmatch(name))]


def _withdrawable(outcomes: Mapping[str, RowOutcome], found: Sequence[Row], user: User) -> str:
    """Return the numbers of the entries just submitted that can be withdrawn."""
    saved = {outcome.entry.pk for outcome in outcomes.values() if outcome.entry}
    reports = (entry for row in found for entry in row.reports if entry.pk in saved)
    return " ".join(str(entry.pk) for entry in reports if can_take_back(entry, user))


def _homeless(
    request: HttpRequest, found: Sequence[Row], outcomes: Mapping[str, RowOutcome]
) -> list[tuple[str, str]]:
    """Return name and texts of places that no longer accept reports, so that the user can copy them."""
    slots = {slot.key for row in found for slot in slots_of(row)} | outcomes.keys()
    closed = {
        slot.key: slot
        for row in found
        for slot in (Slot(row), *(Slot(row, entry) for entry in row.everything))
    }
    posted = {row[1] for name in request.POST if (row := PLACE.fullmatch(name))}
    left = {
        key: typed
        for key in sorted(posted - slots)
        if (typed := of_row(request, key)).in_words()
        and typed.digest != typed.opening
        and not (key in closed and closed[key].is_untouched(typed))
    }
    places = find_places(left, user_of(request))
    return [(places[key].name if key in places else "", typed.in_words()) for key, typed in left.items()]


def _lock(found: Sequence[Row]) -> PeriodLock | None:
    """Return the lock in force if it covers days of the rows shown."""
    covering = [row for row in found if row.lock and row.lock >= row.period.first]
    return period_locks.in_force(covering[0].commitment.plan) if covering else None


def _choice(request: HttpRequest, sheet: Sheet, show: str, count: int) -> dict[str, Any]:
    query = request.GET.copy()
    query["period"], query["show"] = sheet.month, show
    return {"code": show, "label": SHOWS[show], "count": count, "address": f"?{query.urlencode()}"}


def _answer(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, "admin/quick_log.html", {**admin.site.each_context(request), **context})
