"""Rules for rows that plans share: no file changes them for another plan, or turns a plan into another one."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_noop as _

from ..models import Agency, Plan, SourceDocument
from ..models.constraints import only_text
from ..rollups.read import PLACES_WITHIN
from .files.plain_plan import Fields, Key, PlanChange, State
from .files.rows import CommitmentRow, PlanFile, PlanRow
from .refusals import Refusal
from .stored_plan import StoredPlan

# The plans that use a shared row, and the advice instead of changing it for them.
SAID_BY: dict[str, tuple[Callable[[int], Q], str]] = {
    "jurisdiction": (
        lambda pk: Q(jurisdiction__in=RawSQL(PLACES_WITHIN, [pk])),  # noqa: S611 - a constant, with its value as a parameter
        _("%(others)s uses the present text; the file of %(own)s must match it."),
    ),
    "agency": (
        lambda pk: (
            Q(commitments__lead_agency=pk) | Q(commitments__support__agency=pk) | Q(subscriptions__agency=pk)
        ),
        _("%(others)s uses the present name; %(own)s must match it, or use another code."),
    ),
    "source": (
        lambda pk: Q(commitments__source=pk) | Q(commitments__baselines__source=pk),
        _("%(others)s cites the present document; %(own)s must match it, or use another key."),
    ),
    "rule_set": (
        lambda pk: Q(rule_set=pk) | Q(adoptions__rule_set=pk),
        _(
            "%(others)s is judged by the present rules; %(own)s must put its thresholds under another"
            " version."
        ),
    ),
}
Params = dict[str, object]
TURNED = _("%(live)s and %(own)s are different plans; give the new one a code of its own.")
IN_ANOTHER_CASE = _("It differs from %(others)s only in upper and lower case; choose another code.")
SAME_NAME = _("The agency %(holder)s already has this name; use its code.")
SAME_TEXT = _("The same text is already stored as %(holder)s, cited by %(others)s; use that key.")
SAME_TEXT_UNUSED = _("The same text is already stored as %(holder)s; use that key.")


def refuse_another_plan(file: PlanFile, changes: Iterable[PlanChange], before: State) -> Refusal | None:
    """Refuse a file with the code of a live plan but another place, another year or none of its commitments."""
    live = before["plan"].get((file.plan.code,))
    if live is None:
        return None
    moved = file.jurisdiction.code != live["jurisdiction"] or file.plan.year != live["year"]
    if not moved and not _replaces_all(file, live, before["commitment"]):
        return None
    of_plan = next(
        (change for change in changes if change.kind == "plan"),
        PlanChange("update", "plan", (file.plan.code,), {}),
    )
    names = {
        "live": _named(live["code"], _title(live), live["jurisdiction"], live["year"]),
        "own": _named(file.plan.code, _title(vars(file.plan)), file.jurisdiction.code, file.plan.year),
    }
    return Refusal(of_plan, TURNED, names)


def _replaces_all(file: PlanFile, live: Fields, commitments: dict[Key, Fields]) -> bool:
    """Tell whether the file replaces all commitments of the live plan."""
    # It does if no commitment stays, or if both titles of the plan change and no commitment
    # keeps a title.
    kept = [(row, commitments[(row.code,)]) for row in file.commitments if (row.code,) in commitments]
    if not commitments or not file.commitments:
        return False
    if not kept:
        return True
    return not _has_title(file.plan, live) and not any(_has_title(row, old) for row, old in kept)


def _has_title(row: PlanRow | CommitmentRow, stored: Fields) -> bool:
    """Tell whether a title of the row, in either language, is that of the stored one."""
    return any(
        title and title == stored[name] for name, title in (("title", row.title), ("title_en", row.title_en))
    )


def shared_refusals(file: PlanFile, changes: Iterable[PlanChange], before: StoredPlan) -> list[Refusal]:
    """Refuse changes to a row that another plan uses too, or alone."""
    own = _named(file.plan.code, _title(vars(file.plan)))
    return [
        Refusal(change, message, params | {"own": own})
        for change in changes
        for message, params in _conflicts(change, file, before)
    ]


def _conflicts(change: PlanChange, file: PlanFile, before: StoredPlan) -> Iterator[tuple[str, Params]]:
    if change.action == "update" and change.kind in SAID_BY:
        said_by, message = SAID_BY[change.kind]
        others = _plans(said_by(before.ids[change.kind][change.key]), without=file.plan.code)
        if others:
            yield message, {"others": others}
    if change.kind == "plan" and change.action == "create":
        others = _plans(Q(code__iexact=file.plan.code))
        if others:
            yield IN_ANOTHER_CASE, {"others": others}
    if change.kind == "agency" and change.fields.keys() & {"name", "name_en"}:
        yield from _same_name(change, file)
    if change.kind == "source" and "sha256" in change.fields:
        yield from _same_text(change, file)


def _same_name(change: PlanChange, file: PlanFile) -> Iterator[tuple[str, Params]]:
    """Refuse a name that another agency has, unless the file itself renames that agency."""
    names = {row.code: row.name or row.name_en for row in file.agencies}
    agencies = Agency.objects.filter(jurisdiction__code=file.jurisdiction.code).exclude(code__in=names)
    for holder in agencies.alias(named=only_text("name")).filter(named=names[change.key[0]]):
        yield SAME_NAME, {"holder": holder.code}


def _same_text(change: PlanChange, file: PlanFile) -> Iterator[tuple[str, Params]]:
    keys = [row.key for row in file.sources]
    holders = SourceDocument.objects.filter(sha256=change.fields["sha256"][1]).select_related("jurisdiction")
    for holder in holders.exclude(jurisdiction__code=file.jurisdiction.code, key__in=keys):
        others = _plans(Q(commitments__source=holder) | Q(commitments__baselines__source=holder))
        names: Params = {"holder": f"{holder.jurisdiction.code} {holder.key}", "others": others}
        yield SAME_TEXT if others else SAME_TEXT_UNUSED, names


def _plans(which: Q, *, without: str = "") -> str:
    """Return the names of the plans, one after the other; empty if there are none."""
    plans = Plan.objects.filter(which).exclude(code=without).order_by("code").distinct()
    return "; ".join(_named(plan.code, plan.title or plan.title_en) for plan in plans)


def _title(plan: Fields) -> str:
    return str(plan["title"] or plan["title_en"])


def _named(code: str, title: str, *more: object) -> str:
    """Return a name such as `610302-2023 “Annual plan” (610302, 2023)`."""
    return f"{code} “{title}”" + (f" ({', '.join(str(part) for part in more)})" if more else "")
