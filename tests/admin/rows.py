"""A plan of two agencies with a row of everything for each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import admin
from django.core.files.base import ContentFile
from django.db.models import Model

from commitments.actions import evidence, ledger
from commitments.domain.enums import Role
from commitments.models import (
    Agency,
    Baseline,
    Checkpoint,
    Commitment,
    DeliveryConfidence,
    Plan,
    Subscription,
    Target,
    TargetRevision,
)
from commitments.permissions import OF_COMMITMENT
from commitments.rollups import refresh, snapshots
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_counted_narrative,
    make_entry,
    make_staged_target,
    make_target,
    make_user,
)

ADMINS = {
    model: page for model, page in admin.site._registry.items() if model._meta.app_label == "commitments"
}


@dataclass(frozen=True)
class Side:
    """An agency, its one commitment, and a mark that every text of theirs carries."""

    mark: str
    agency: Agency
    commitment: Commitment

    def rows(self, model: type[Model]) -> list[Model]:
        """Return this side's rows of a table."""
        if model is Agency:
            return [self.agency]
        path = OF_COMMITMENT.get(model)
        return list(model._default_manager.filter(**{path: self.commitment.pk})) if path else []


def make_side(plan: Plan, mark: str) -> Side:
    agency = make_agency(name=f"{mark}局", name_en=f"{mark} bureau", code=mark.lower())
    words: dict[str, Any] = {"title": f"{mark}事项", "title_en": f"{mark} pledge"}
    commitment = make_commitment(plan, code=f"{mark}-01", lead_agency=agency, note=mark, **words)
    target = make_target(commitment, unit=mark, unit_en=mark, **words)
    make_staged_target(commitment, date(2023, 6, 30), code=f"{mark}-02", **words)
    _fill(target, mark)
    refresh.refresh_plan(plan, at=NOON)
    snapshots.write(plan, on=TODAY)
    return Side(mark, agency, commitment)


def _fill(target: Target, mark: str) -> None:
    clerk = make_user(Role.CLERK, agency=target.commitment.lead_agency, username=f"{mark}-clerk")
    office = make_user()
    said: dict[str, Any] = {"progress": mark, "problems": mark, "next_steps": mark}
    Checkpoint.objects.create(target=target, on=TODAY, value=50)
    Baseline.objects.create(
        commitment=target.commitment, target=target, indicator=mark, value=58, unit="个", on=TODAY, comparability="same"
    )  # fmt: skip
    counted = make_counted_entry(target, 40, by=clerk, **said)
    make_entry(target, 41, by=clerk, **said)
    make_counted_narrative(target.commitment, by=clerk, **said)
    ledger.withdraw(entry=make_entry(target, 42, by=clerk, **said), reason=mark, by=clerk, at=NOON)
    ledger.return_(entry=make_entry(target, 43, by=clerk, **said), reason=mark, by=office, at=NOON)
    evidence.attach(
        entry=counted, by=clerk, at=NOON, title=mark, file=ContentFile(b"%PDF-" + mark.encode(), "a.pdf")
    )
    DeliveryConfidence.objects.create(
        commitment=target.commitment, holder="owner", confidence="high", note=mark, stated_by=clerk, stated_at=NOON
    )  # fmt: skip
    TargetRevision.objects.create(
        target=target, effective_from=TODAY, old_value=76, new_value=70, old_due_on=target.due_on,
        new_due_on=target.due_on, authority=mark, reason=mark, revised_by=office, revised_at=NOON,
    )  # fmt: skip
    Subscription.objects.create(
        plan=target.commitment.plan, agency=target.commitment.lead_agency, email=f"{mark}@example.org"
    )
