"""Permissions of people and visibility of rows, asked by admin and API alike.

`can_*` answers, `check_*` raises PermissionDenied with a sentence for the person. `visible` and `own`
narrow a query to the rows that a person sees or acts for. `public` narrows it to the rows for the public
page and the API: it leaves out drafts, which only their office sees.
"""

from typing import Any, TypeVar

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .domain.enums import ConfidenceHolder, Role
from .models import (
    Agency,
    AuditRun,
    Baseline,
    Checkpoint,
    Commitment,
    CommitmentRollup,
    CommitmentSnapshot,
    CommitmentSupport,
    DailyRun,
    DeliveryConfidence,
    EntryDraft,
    Evidence,
    EvidenceComparison,
    ImportAmendment,
    ImportJob,
    ImportRow,
    LedgerSeal,
    LifecycleDecision,
    Milestone,
    NarrativeDuty,
    OutgoingMail,
    PeriodLock,
    Plan,
    Priority,
    ProgressEntry,
    Review,
    RuleSetAdoption,
    SourceDocument,
    StaleMark,
    StatusCount,
    Subscription,
    Target,
    TargetMonth,
    TargetRevision,
    TargetRollup,
    TargetSnapshot,
    User,
    Withdrawal,
)

Row = TypeVar("Row", bound=Model)
WHOLE_PLAN = (Role.SUPERVISION, Role.ADMIN)
MAY_NOT_RECORD = gettext_noop(
    "You may not record progress on %(code)s: your agency neither leads nor supports it."
)

PLAN_DATA = (
    "jurisdiction", "plan", "sourcedocument", "priority", "agency", "commitment", "commitmentsupport",
    "target", "baseline", "checkpoint", "milestone",
)  # fmt: skip
LEDGER = (
    "progressentry",
    "review",
    "withdrawal",
    "evidence",
    "targetrevision",
    "deliveryconfidence",
    "periodlock",
)
RULES = ("ruleset", "rulesetadoption", "narrativeduty")
ROLLUPS = ("targetrollup", "commitmentrollup")
MAIL = ("subscription", "outgoingmail")
# The path from a row to its commitment. Tables that are missing here belong to the plan as a whole.
OF_COMMITMENT: dict[type[Model], str] = {
    Commitment: "pk",
    CommitmentSupport: "commitment",
    CommitmentRollup: "commitment",
    CommitmentSnapshot: "commitment",
    DeliveryConfidence: "commitment",
    LifecycleDecision: "commitment",
    LedgerSeal: "commitment",
    StaleMark: "commitment",
    Baseline: "commitment",
    Target: "commitment",
    Checkpoint: "target__commitment",
    Milestone: "target__commitment",
    TargetRevision: "target__commitment",
    TargetRollup: "target__commitment",
    TargetSnapshot: "target__commitment",
    TargetMonth: "target__commitment",
    EntryDraft: "commitment",
    ProgressEntry: "commitment",
    Review: "entry__commitment",
    Withdrawal: "entry__commitment",
    Evidence: "entry__commitment",
    EvidenceComparison: "evidence__entry__commitment",
}
# The path to the plan, for rows of no single commitment. Tables in neither list belong to no plan alone.
OF_PLAN: dict[type[Model], str] = {
    Plan: "pk",
    Priority: "plan",
    RuleSetAdoption: "plan",
    NarrativeDuty: "plan",
    PeriodLock: "plan",
    StatusCount: "plan",
    AuditRun: "plan",
    DailyRun: "plan",
    Subscription: "plan",
    OutgoingMail: "plan",
    ImportJob: "plan",
    ImportRow: "job__plan",
    ImportAmendment: "job__plan",
}

EVERYONE_READS = {f"commitments.view_{model}" for model in (*PLAN_DATA, *LEDGER, *ROLLUPS, *RULES)}
CLERK_WRITES = {
    f"commitments.add_{model}" for model in ("progressentry", "withdrawal", "evidence", "deliveryconfidence")
}
REVIEWER_WRITES = {f"commitments.add_{model}" for model in ("review", "withdrawal", "evidence")}
SUPERVISION_WRITES = {
    *(f"commitments.{verb}_{model}" for verb in ("add", "change") for model in PLAN_DATA),
    *(
        f"commitments.delete_{model}"
        for model in ("commitmentsupport", "baseline", "checkpoint", "milestone")
    ),
    *(f"commitments.add_{model}" for model in (*LEDGER, *RULES)),
    *(f"commitments.{verb}_subscription" for verb in ("view", "add", "change", "delete")),
    "commitments.change_evidence",
    "commitments.view_outgoingmail",
}
ADMIN_WRITES = {
    *SUPERVISION_WRITES,
    *(f"commitments.{verb}_user" for verb in ("view", "add", "change")),
    *(f"commitments.{verb}_lockout" for verb in ("view", "change")),
    "commitments.view_auditrun",
}
OF_ROLE: dict[str, set[str]] = {
    Role.CLERK: EVERYONE_READS | CLERK_WRITES,
    Role.REVIEWER: EVERYONE_READS | REVIEWER_WRITES,
    Role.SUPERVISION: EVERYONE_READS | SUPERVISION_WRITES,
    Role.LEADER: EVERYONE_READS,
    Role.ADMIN: EVERYONE_READS | ADMIN_WRITES,
}


class RoleBackend(ModelBackend):
    """Sign-in by password, with the permissions of the user's role."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or obj is not None:
            return set()
        return OF_ROLE[user_obj.role]

    def get_user(self, user_id: int) -> User | None:
        """Return the user with the agency, which the head of every staff page names."""
        found = User.objects.select_related("agency").filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None


def public(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Narrow rows to the public ones: none of a draft, no agency or source used by drafts alone."""
    if rows.model is Agency:
        return rows.exclude(_takes_part_in(drafts=True) & ~_takes_part_in(drafts=False))
    if rows.model is SourceDocument:
        return rows.filter(_is_cited())
    path = _plan_of(rows.model)
    return rows if path is None else rows.filter(**{f"{path}published_at__isnull": False})


def _plan_of(model: type[Model]) -> str | None:
    """Return the path of fields to the plan, ready for a field of it; None if rows belong to no plan alone."""
    if model in OF_COMMITMENT:
        return f"{OF_COMMITMENT[model]}__plan__".removeprefix("pk__")
    return f"{OF_PLAN[model]}__".removeprefix("pk__") if model in OF_PLAN else None


def _takes_part_in(*, drafts: bool) -> Q:
    """Hold for an agency that leads or supports something of a draft, or of a published plan."""
    found = Commitment.objects.filter(plan__published_at__isnull=drafts)
    leads, supports = (found.filter(**{path: OuterRef("pk")}) for path in ("lead_agency", "support__agency"))
    return Q(Exists(leads)) | Q(Exists(supports))


def _is_cited() -> Q:
    """Hold for a source that a published plan cites."""
    found = public(Commitment.objects.all())
    commitments, baselines = (
        found.filter(**{path: OuterRef("pk")}) for path in ("source", "baselines__source")
    )
    return Q(Exists(commitments)) | Q(Exists(baselines))


def acts_for_all(user: User) -> bool:
    return user.is_superuser or user.role in WHOLE_PLAN


def sees_all(user: User) -> bool:
    """Tell whether the user sees every published plan."""
    # A leader of the place does; a leader of an agency sees only the commitments that it leads or supports.
    return acts_for_all(user) or (user.role == Role.LEADER and user.agency_id is None)


def visible(rows: QuerySet[Row], user: User) -> QuerySet[Row]:
    """Narrow rows to those that the user sees, in one query.

    Only its office sees a draft. Rows that belong to a published plan as a whole are visible to all staff.
    """
    if acts_for_all(user):
        return rows
    if sees_all(user):
        return public(rows)
    if rows.model is Agency:
        return rows.filter(_shares_a_commitment_with(user)).distinct()
    path = OF_COMMITMENT.get(rows.model)
    return public(rows) if path is None else _of_agency(rows, user, path)


def own(rows: QuerySet[Any], user: User, *, commitment: str) -> QuerySet[Any]:
    """Narrow rows to those of commitments, at the path `commitment`, that the user acts for."""
    return rows if acts_for_all(user) else _of_agency(rows, user, commitment)


def _of_agency(rows: QuerySet[Row], user: User, path: str) -> QuerySet[Row]:
    if user.agency_id is None:
        return rows.none()
    return rows.filter(**{f"{path}__in": _commitments_of(user).values("pk")})


def _commitments_of(user: User) -> QuerySet[Commitment]:
    agency = Agency(pk=user.agency_id)  # only its number is needed, so there is no query for the rest
    return public(Commitment.objects.of_agency(agency))


def _shares_a_commitment_with(user: User) -> Q:
    """Select the user's own agency and those that share a commitment with it."""
    shared = _commitments_of(user).values("pk")
    return Q(pk=user.agency_id) | Q(led_commitments__in=shared) | Q(supported_commitments__in=shared)


def can_act_for(user: User, commitment: Commitment) -> bool:
    """Tell whether the user may act for the commitment's agencies."""
    # The supervision office acts for every agency; other users act for their own one, and not in drafts.
    if acts_for_all(user):
        return True
    if user.agency_id is None or commitment.plan.is_draft:
        return False
    return commitment.lead_agency_id == user.agency_id or (
        commitment.support.filter(agency_id=user.agency_id).exists()
    )


def can_record(user: User, commitment: Commitment) -> bool:
    return user.has_perm("commitments.add_progressentry") and can_act_for(user, commitment)


def check_record(user: User, commitment: Commitment) -> None:
    if not can_record(user, commitment):
        raise PermissionDenied(_(MAY_NOT_RECORD) % {"code": commitment.code})


def recordable(user: User, commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Narrow commitments to those on which the user may record."""
    if not user.has_perm("commitments.add_progressentry"):
        return commitments.none()
    return own(commitments, user, commitment="pk")


def can_review(user: User, entry: ProgressEntry) -> bool:
    return (
        user.has_perm("commitments.add_review")
        and user.pk != entry.recorded_by_id
        and can_act_for(user, entry.commitment)
    )


def check_review(user: User, entry: ProgressEntry) -> None:
    if user.pk == entry.recorded_by_id:
        raise PermissionDenied(_("You recorded this entry yourself; somebody else has to review it."))
    if not can_review(user, entry):
        raise PermissionDenied(_("You may not review progress on %(code)s.") % {"code": entry.code})


def can_withdraw(user: User, entry: ProgressEntry) -> bool:
    """Tell whether the user may withdraw the entry."""
    # An entry that counts needs a person with the right to have refused it. Before review, or after its return,
    # its agency may take it back.
    if entry.counted_from is not None and entry.commitment.plan.review_required:
        return can_review(user, entry)
    if not is_of_own_agency(user, entry):
        return False
    return user.has_perm("commitments.add_withdrawal") and can_act_for(user, entry.commitment)


def is_of_own_agency(user: User, entry: ProgressEntry) -> bool:
    """Tell whether the user's agency recorded the entry; the supervision office stands for every agency."""
    return acts_for_all(user) or user.agency_id == entry.recorded_by.agency_id


def check_withdraw(user: User, entry: ProgressEntry) -> None:
    if not can_withdraw(user, entry):
        said = (
            _("You may not withdraw this entry on %(code)s: only the agency that reported it may.")
            if entry.counted_from is None
            else _("You may not withdraw this entry on %(code)s: it is already approved. Ask a reviewer.")
        )
        raise PermissionDenied(said % {"code": entry.code})


def can_attach(user: User, entry: ProgressEntry) -> bool:
    return user.has_perm("commitments.add_evidence") and can_act_for(user, entry.commitment)


def check_attach(user: User, entry: ProgressEntry) -> None:
    if not can_attach(user, entry):
        raise PermissionDenied(
            _("You may not attach evidence to %(code)s: your agency neither leads nor supports it.")
            % {"code": entry.code}
        )


def check_show(user: User, evidence: Evidence) -> None:
    """Let those who act for a commitment say whether everybody sees its evidence."""
    commitment = evidence.entry.commitment
    if not (user.has_perm("commitments.change_evidence") and can_act_for(user, commitment)):
        raise PermissionDenied(
            _("You may not change who can see the evidence of %(code)s.") % {"code": commitment.code}
        )


def check_lock(user: User) -> None:
    """Refuse the user unless the supervision office's right to lock periods is theirs."""
    if not user.has_perm("commitments.add_periodlock"):
        raise PermissionDenied(_("Only the supervision office can lock and unlock periods."))


def can_drop(user: User, commitment: Commitment) -> bool:
    return user.has_perm("commitments.change_commitment") and can_act_for(user, commitment)


def check_drop(user: User, commitment: Commitment) -> None:
    if not can_drop(user, commitment):
        raise PermissionDenied(_("Only the supervision office can drop or reinstate a commitment."))


def can_revise(user: User, commitment: Commitment) -> bool:
    return user.has_perm("commitments.add_targetrevision") and can_act_for(user, commitment)


def check_revise(user: User, commitment: Commitment) -> None:
    if not can_revise(user, commitment):
        raise PermissionDenied(_("Only the supervision office can change a target."))


def can_publish(user: User) -> bool:
    return user.has_perm("commitments.change_plan")


def check_publish(user: User) -> None:
    """Refuse the user unless they may publish plans and choose the one that counts for its place."""
    if not can_publish(user):
        raise PermissionDenied(_("Only the supervision office can publish a plan."))


def can_state(user: User, commitment: Commitment, holder: ConfidenceHolder) -> bool:
    """Tell whether the user may state a judgement for the holder."""
    # The supervision office may also write down an agency's judgement, as it was told.
    if holder == ConfidenceHolder.SUPERVISION and not acts_for_all(user):
        return False
    return user.has_perm("commitments.add_deliveryconfidence") and can_act_for(user, commitment)


def check_state(user: User, commitment: Commitment, holder: ConfidenceHolder) -> None:
    if not can_state(user, commitment, holder):
        raise PermissionDenied(
            _("You may not state this confidence for %(code)s.") % {"code": commitment.code}
        )


def can_read_evidence(user: User, evidence: Evidence) -> bool:
    """Tell whether the user may read the evidence."""
    # Public evidence is for all staff, other evidence for staff that see the commitment, a draft's for its
    # office.
    commitment = evidence.entry.commitment
    if not user.has_perm("commitments.view_evidence"):
        return False
    if commitment.plan.is_draft:
        return acts_for_all(user)
    return evidence.public or sees_all(user) or can_act_for(user, commitment)
