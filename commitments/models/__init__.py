from .accounts import User
from .commitments import Commitment, CommitmentSupport, DeliveryConfidence
from .digests import Subscription
from .edit_events import EDITS
from .entry_drafts import EntryDraft
from .file_comparisons import EvidenceComparison
from .first_steps import SetupDone
from .import_jobs import ColumnMapping, ImportAmendment, ImportJob, ImportRow
from .ledger import Evidence, ProgressEntry, Review, Withdrawal
from .lifecycle import LifecycleDecision
from .mails import OutgoingMail
from .period_locks import PeriodLock
from .places import Agency, Jurisdiction
from .plans import NarrativeDuty, Plan, Priority, RuleSet, RuleSetAdoption, SourceDocument
from .rollups import (
    AuditRun,
    CommitmentRollup,
    CommitmentSnapshot,
    DailyRun,
    Heartbeat,
    StaleMark,
    StatusCount,
    TargetMonth,
    TargetRollup,
    TargetSnapshot,
)
from .seals import LedgerSeal
from .sign_in import LockOut, SignInFailure, StaffSession, UnsentForm
from .targets import Baseline, Checkpoint, Milestone, Target, TargetRevision

__all__ = [
    "EDITS",
    "Agency",
    "AuditRun",
    "Baseline",
    "Checkpoint",
    "ColumnMapping",
    "Commitment",
    "CommitmentRollup",
    "CommitmentSnapshot",
    "CommitmentSupport",
    "DailyRun",
    "DeliveryConfidence",
    "EntryDraft",
    "Evidence",
    "EvidenceComparison",
    "Heartbeat",
    "ImportAmendment",
    "ImportJob",
    "ImportRow",
    "Jurisdiction",
    "LedgerSeal",
    "LifecycleDecision",
    "LockOut",
    "Milestone",
    "NarrativeDuty",
    "OutgoingMail",
    "PeriodLock",
    "Plan",
    "Priority",
    "ProgressEntry",
    "Review",
    "RuleSet",
    "RuleSetAdoption",
    "SetupDone",
    "SignInFailure",
    "SourceDocument",
    "StaffSession",
    "StaleMark",
    "StatusCount",
    "Subscription",
    "Target",
    "TargetMonth",
    "TargetRevision",
    "TargetRollup",
    "TargetSnapshot",
    "UnsentForm",
    "User",
    "Withdrawal",
]
