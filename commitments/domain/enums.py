"""The closed vocabularies of the domain; the values are stored and published and never change meaning."""

from enum import StrEnum


class Tier(StrEnum):
    """Firmness of a pledge: a number to reach, a named deliverable, a statement of direction."""

    NUMBER = "A"
    DELIVERABLE = "B"
    DIRECTION = "C"


class Lifecycle(StrEnum):
    ACTIVE = "active"
    DROPPED = "dropped"


class TargetKind(StrEnum):
    """Quantity that a target measures; `accumulation`, `goal` and `trajectory` say how it is judged."""

    COUNT = "count"
    LEVEL = "level"
    FLOOR = "floor"
    GROWTH_RATE = "growth_rate"
    STAGES = "stages"


class Accumulation(StrEnum):
    """Rule by which readings make an actual value."""

    INCREMENTS = "increments"
    RUNNING_TOTAL = "running_total"
    LEVEL = "level"
    STAGES = "stages"
    RATIO = "ratio"
    RUNNING_RATIO = "running_ratio"


class Direction(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Comparator(StrEnum):
    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    ABOUT = "~"
    RANGE = ".."


class Goal(StrEnum):
    """When a target counts as met: once by the due date, at every reading, or by the last reading."""

    REACH = "reach"
    MAINTAIN = "maintain"
    FINAL = "final"


class TrajectoryKind(StrEnum):
    LINEAR = "linear"
    HOLD = "hold"
    STEP = "step"
    CHECKPOINTS = "checkpoints"


class DueBasis(StrEnum):
    EXPLICIT = "explicit"
    IMPLIED = "implied"


class Comparability(StrEnum):
    """Likeness of last year's figure to the pledge's own definition."""

    SAME = "same"
    SIMILAR = "similar"
    NONE = "none"


class Status(StrEnum):
    """The domain's verdict, from best known to least; see `status.py` for the rules."""

    ACHIEVED = "achieved"
    ACHIEVED_LATE = "achieved_late"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    NOT_ACHIEVED = "not_achieved"
    NO_DATA = "no_data"
    NOT_STARTED = "not_started"
    NOT_RATED = "not_rated"
    DROPPED = "dropped"


class DutyState(StrEnum):
    """States of the duty to report, the API's `report_state`; from the best to the worst."""

    NOT_DUE = "not_due"
    REPORTED = "reported"
    IN_REVIEW = "in_review"
    DUE = "due"
    LATE = "late"


class NarrativeFrequency(StrEnum):
    """How often a plan asks for a report in words where no figure is owed."""

    NONE = "none"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Freshness(StrEnum):
    CURRENT = "current"
    DUE = "due"
    LATE = "late"


class Confidence(StrEnum):
    """A person's forward judgement of delivery."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ConfidenceHolder(StrEnum):
    OWNER = "owner"
    SUPERVISION = "supervision"


class Role(StrEnum):
    CLERK = "clerk"
    REVIEWER = "reviewer"
    SUPERVISION = "supervision"
    LEADER = "leader"
    ADMIN = "admin"


class Guarded(StrEnum):
    """Kinds of subjects at which failed sign-ins are counted."""

    ACCOUNT = "account"
    ADDRESS = "address"
    BROWSER = "browser"


class SetupStep(StrEnum):
    CALENDAR = "calendar"
    MAIL = "mail"


class Decision(StrEnum):
    APPROVE = "approve"
    RETURN = "return"


class NoFigure(StrEnum):
    """Reasons why a target has no figure for a period."""

    NOT_PUBLISHED = "not_published"
    NOTHING_NEW = "nothing_new"


class EntryState(StrEnum):
    """States of an entry of the ledger; only in the first two can it be corrected or withdrawn."""

    PENDING = "pending"
    COUNTED = "counted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"


class Scope(StrEnum):
    """Set of commitments that statuses are counted over.

    An agency counts as lead (`agency`) and as `support` separately.
    """

    PLAN = "plan"
    PRIORITY = "priority"
    SECTION = "section"
    AGENCY = "agency"
    SUPPORT = "support"


class MailKind(StrEnum):
    """The occasions for which the service writes a mail."""

    DIGEST = "digest"
    RETURNED = "returned"


class DeliveryState(StrEnum):
    """The life of one mail."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


class FileState(StrEnum):
    """Result of comparing a kept file with the digest stored when it was attached."""

    INTACT = "intact"
    CHANGED = "changed"
    MISSING = "missing"
    UNREADABLE = "unreadable"


class Reason(StrEnum):
    """The rule that decided a status; see `status.py`."""

    DROPPED = "dropped"
    NOTHING_MEASURABLE = "nothing_measurable"
    REACHED_IN_TIME = "reached_in_time"
    REACHED_LATE = "reached_late"
    NOTHING_PLANNED_YET = "nothing_planned_yet"
    NOTHING_PUBLISHED_YET = "nothing_published_yet"
    NOTHING_REPORTED = "nothing_reported"
    KEPT_THROUGHOUT = "kept_throughout"
    NOT_KEPT = "not_kept"
    LAST_READING_MEETS = "last_reading_meets"
    LAST_READING_MISSES = "last_reading_misses"
    NOT_REACHED = "not_reached"
    LOWERED_AGAIN = "lowered_again"
    USED_IN_PACE = "used_in_pace"
    USED_SLIGHTLY_FAST = "used_slightly_fast"
    USED_SMALL_GAP = "used_small_gap"
    USED_TOO_FAST = "used_too_fast"
    OVER_CEILING = "over_ceiling"
    CEILING_KEPT = "ceiling_kept"
    BREACHED_NOW = "breached_now"
    BREACHED_BEFORE = "breached_before"
    KEPT_SO_FAR = "kept_so_far"
    ABOVE_FLOOR = "above_floor"
    BELOW_FLOOR = "below_floor"
    NEAR_TARGET = "near_target"
    UNITS_AWAY = "units_away"
    STAGES_IN_TIME = "stages_in_time"
    STAGE_OVERDUE = "stage_overdue"
    STAGE_LONG_OVERDUE = "stage_long_overdue"
    NO_WAY_TO_GO = "no_way_to_go"
    ON_PACE = "on_pace"
    SLIGHTLY_BEHIND = "slightly_behind"
    SMALL_GAP = "small_gap"
    FAR_BEHIND = "far_behind"
