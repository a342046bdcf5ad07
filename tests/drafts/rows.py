"""A draft with a row of everything, every text of which carries a mark, beside a published plan of the same agency."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model

from commitments.digests import unsubscribe
from commitments.models import (
    Agency,
    Commitment,
    CommitmentSupport,
    LifecycleDecision,
    Milestone,
    NarrativeDuty,
    OutgoingMail,
    PeriodLock,
    Plan,
    Priority,
    ProgressEntry,
    RuleSetAdoption,
    SourceDocument,
    Subscription,
    Target,
)
from commitments.permissions import OF_COMMITMENT, OF_PLAN
from tests.admin.rows import Side, make_side
from tests.factories import NOON, TODAY, make_plan, make_rule_set, make_source, make_user

MARK = "SECRET"
# Finds the mark, and is not the mark where an answer repeats what was asked.
PART = "ECRE"
# Comes before the published plan in every list.
CODE, NO_CODE = "610301-2023", "610300-2023"
AS_DRAFT = """
SET LOCAL session_replication_role = replica;
UPDATE commitments_plan SET published_at = NULL, counts_for_place = false WHERE id = %s;
SET LOCAL session_replication_role = DEFAULT
"""


@dataclass(frozen=True)
class Draft:
    """A draft with one of each row; `agency` also leads a commitment of a published plan.

    The other agency supports the draft's commitment and no other one.
    """

    plan: Plan
    agency: Agency
    commitment: Commitment

    def rows(self, model: type[Model]) -> list[Model]:
        """Return the rows of a table that exist for the draft alone."""
        if model is SourceDocument:
            return [row for row in [self.commitment.source] if row]
        if model is Agency:
            return list(Agency.objects.filter(support__commitment=self.commitment))
        if model in OF_COMMITMENT:
            return list(model._default_manager.filter(**{OF_COMMITMENT[model]: self.commitment.pk}))
        if model in OF_PLAN:
            return list(model._default_manager.filter(**{OF_PLAN[model]: self.plan.pk}))
        return []

    def values(self) -> dict[str, list[Any]]:
        """Return the values for each name in a route that lead to something in the draft."""
        token = unsubscribe.token(Subscription.objects.filter(plan=self.plan)[0])
        targets = [target.pk for target in self.commitment.targets.all()]
        entries = ProgressEntry.objects.filter(commitment=self.commitment).values_list("pk", flat=True)
        numbers = sorted({self.plan.pk, self.commitment.pk, *targets, *entries})
        return {
            "pk": numbers,
            "target": targets,
            "object_id": [self.commitment.pk],
            "id": [self.commitment.pk],
            "code": [CODE, self.commitment.code, self.plan.jurisdiction.code],
            "plan": [CODE],
            "year": [self.plan.year],
            "token": [token],
            "uidb64": ["MQ"],
            "kind": ["csv", "xlsx"],
            "name": ["not-found"],
            "content_type_id": [ContentType.objects.get_for_model(Commitment).pk],
        }


def make_draft() -> Draft:
    """Make a draft with entries."""
    # Rows are made while the plan is public, and then it is put back: there is no other way to such a
    # draft.
    ours = make_side(make_plan(), "OPEN").agency
    plan = make_plan(code=CODE, title=f"{MARK}计划", title_en=f"{MARK} plan")
    side = make_side(plan, MARK)
    _mark(side)
    # Codes may be asked for, and come back in a refusal.
    Commitment.objects.filter(pk=side.commitment.pk).update(code="X-00", lead_agency=ours, source=_source())
    for number, target in enumerate(Target.objects.filter(commitment=side.commitment), 1):
        Target.objects.filter(pk=target.pk).update(code=f"X-{number:02d}")
    CommitmentSupport.objects.create(commitment=side.commitment, agency=side.agency)
    with connection.cursor() as cursor:
        cursor.execute(AS_DRAFT, [plan.pk])
    return Draft(Plan.objects.get(pk=plan.pk), ours, Commitment.objects.get(pk=side.commitment.pk))


def _source() -> SourceDocument:
    return make_source(title=MARK, publisher=MARK, text=MARK)


def _mark(side: Side) -> None:
    plan, office = side.commitment.plan, make_user()
    Commitment.objects.filter(pk=side.commitment.pk).update(
        section=MARK, section_en=MARK, char_start=1, char_end=2, source=_source()
    )
    Priority.objects.filter(plan=plan).update(title=MARK, title_en=MARK)
    Milestone.objects.filter(target__commitment=side.commitment).update(title=MARK, title_en=MARK)
    RuleSetAdoption.objects.create(
        plan=plan, rule_set=make_rule_set(version="2.0"), effective_from=TODAY, authority=MARK, adopted_by=office,
        adopted_at=NOON,
    )  # fmt: skip
    NarrativeDuty.objects.create(plan=plan, effective_from=TODAY, set_by=office, set_at=NOON)
    PeriodLock.objects.create(
        plan=plan, through=plan.starts_on, reason=MARK, locked_by=office, locked_at=NOON
    )
    LifecycleDecision.objects.create(
        commitment=side.commitment, lifecycle="active", on=TODAY, authority=MARK, reason=MARK, decided_at=NOON
    )
    OutgoingMail.objects.create(
        kind="digest", key="2023-W39", subscription=plan.subscriptions.all()[0], plan=plan, address="a@b.cn",
        not_before=NOON, subject=MARK, text=MARK,
    )  # fmt: skip
