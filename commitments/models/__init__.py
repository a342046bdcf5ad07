from .accounts import User
from .commitments import Commitment, CommitmentSupport, DeliveryConfidence
from .digests import DigestDelivery, Subscription
from .ledger import Evidence, ProgressEntry, Review, Withdrawal
from .places import Agency, Jurisdiction
from .plans import Plan, Priority, RuleSet, SourceDocument
from .rollups import (
    CommitmentRollup,
    CommitmentSnapshot,
    DailyRun,
    Heartbeat,
    StaleMark,
    StatusCount,
    TargetRollup,
    TargetSnapshot,
)
from .targets import Baseline, Checkpoint, Milestone, Target, TargetRevision

__all__ = [
    "Agency",
    "Baseline",
    "Checkpoint",
    "Commitment",
    "CommitmentRollup",
    "CommitmentSnapshot",
    "CommitmentSupport",
    "DailyRun",
    "DeliveryConfidence",
    "DigestDelivery",
    "Evidence",
    "Heartbeat",
    "Jurisdiction",
    "Milestone",
    "Plan",
    "Priority",
    "ProgressEntry",
    "Review",
    "RuleSet",
    "SourceDocument",
    "StaleMark",
    "StatusCount",
    "Subscription",
    "Target",
    "TargetRevision",
    "TargetRollup",
    "TargetSnapshot",
    "User",
    "Withdrawal",
]
