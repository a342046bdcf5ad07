"""The places of plans, with their counts of commitments by status in the state of a moment."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, Manager, Max, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from ...domain.enums import Scope, Status
from ...models import Commitment, CommitmentRollup, StatusCount, TargetRollup
from ...models.constraints import only_text
from .counts import Counts, place_in, status_counts
from .moments import NOW, AsOf, At
from .states import EVERY, of_plan, state

PlaceSummary = dict[str, Any]


def places() -> QuerySet[Any, Any]:
    """Select one row per plan, priority, section, and lead or supporting agency that has commitments."""
    of_section = (
        Commitment.objects.alias(named=only_text("section"))
        .filter(plan=OuterRef("plan"), priority=OuterRef("priority"), named=OuterRef("section"))
        .order_by("position")
    )
    judged = CommitmentRollup.objects.filter(commitment__plan=OuterRef("plan"))
    return (
        # Counts may remain after a plan's last commitment is gone; they are not shown.
        StatusCount.objects.filter(Exists(judged), commitments__gt=0)
        .values(
            "scope",
            "priority_id",
            "section",
            "agency_id",
            of_plan=F("plan__code"),
            of_priority=F("priority__code"),
            code=Case(When(section__isnull=True, then=Coalesce("priority__code", "agency__code"))),
            title=Coalesce(
                Subquery(of_section.values("section")[:1]), "priority__title", "agency__name", "plan__title"
            ),
            title_en=Coalesce(
                Subquery(of_section.values("section_en")[:1]),
                "priority__title_en",
                "agency__name_en",
                "plan__title_en",
            ),
        )
        .annotate(
            total=Sum("commitments"),
            **{status.value: Sum("commitments", filter=Q(status=status), default=0) for status in Status},
        )
        .order_by(
            "of_plan",
            F("priority__position").asc(nulls_first=True),
            Subquery(of_section.values("position")[:1]).asc(nulls_first=True),
            F("agency__code").asc(nulls_first=True),
            "scope",
        )
    )


def summaries(rows: QuerySet[Any, Any], at: At = NOW, page: slice = EVERY) -> list[PlaceSummary]:
    """Return the selected places, or a page of them, with their counts and newest days in the state of a moment.

    The places of a past day are those of now, with the counts of that day; they are 0 for a place without
    commitments then.
    """
    found: list[PlaceSummary] = list(rows[page])
    return _counted(found, at) if isinstance(at, AsOf) else _dated(found)


def _dated(found: Sequence[PlaceSummary]) -> list[PlaceSummary]:
    """Return them with the newest days of each place's plan."""
    data_as_of = _newest(TargetRollup.objects, "target__commitment__plan__code", "latest_on", found)
    assessed_on = _newest(CommitmentRollup.objects, "commitment__plan__code", "assessed_on", found)
    return [
        place | {"data_as_of": data_as_of.get(place["of_plan"]), "assessed_on": assessed_on[place["of_plan"]]}
        for place in found
        if place["of_plan"] in assessed_on
    ]


def _newest(rollups: Manager[Any], plan: str, day: str, found: Sequence[PlaceSummary]) -> dict[str, date]:
    of_page = rollups.filter(**{f"{plan}__in": {place["of_plan"] for place in found}}).order_by()
    return dict(of_page.values_list(plan).annotate(Max(day)))


def _counted(found: Sequence[PlaceSummary], at: AsOf) -> list[PlaceSummary]:
    states = state(of_plan(at.plan).prefetch_related("support"), at)
    days = (verdict.latest_on for verdict in at.verdicts.targets.values() if verdict.latest_on)
    that_day = {"data_as_of": max(days, default=None), "assessed_on": at.on}
    counts = {scope: status_counts(states, scope) for scope in {Scope(place["scope"]) for place in found}}
    return [place | _totals(counts[Scope(place["scope"])].get(_key(place), {})) | that_day for place in found]


def _totals(counts: Counts) -> PlaceSummary:
    return {"total": sum(counts.values()), **{status.value: counts.get(status, 0) for status in Status}}


def _key(place: PlaceSummary) -> Any:
    return place_in(Scope(place["scope"]), place["priority_id"], place["section"], place["agency_id"])
