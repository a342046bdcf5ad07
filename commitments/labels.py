"""Translatable names, shapes and colours of the domain's words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .domain.enums import (
    Accumulation,
    Comparability,
    Comparator,
    Confidence,
    ConfidenceHolder,
    Decision,
    DeliveryState,
    Direction,
    DueBasis,
    DutyState,
    EntryState,
    FileState,
    Freshness,
    Goal,
    Guarded,
    Lifecycle,
    MailKind,
    NarrativeFrequency,
    NoFigure,
    Reason,
    Role,
    Scope,
    SetupStep,
    Status,
    TargetKind,
    Tier,
    TrajectoryKind,
)
from .domain.flags import Flag
from .domain.import_enums import ImportState

Label = str | Promise


class Look(NamedTuple):
    """The look of a status: a shape, and a colour on light ground (for mail) as hex."""

    shape: str
    colour: str


STATUS: Mapping[Status, Label] = {
    Status.ACHIEVED: pgettext_lazy("status", "Done"),
    Status.ACHIEVED_LATE: pgettext_lazy("status", "Done late"),
    Status.ON_TRACK: pgettext_lazy("status", "On track"),
    Status.AT_RISK: pgettext_lazy("status", "At risk"),
    Status.OFF_TRACK: pgettext_lazy("status", "Off track"),
    Status.NOT_ACHIEVED: pgettext_lazy("status", "Missed"),
    Status.NO_DATA: pgettext_lazy("status", "No report"),
    Status.NOT_STARTED: pgettext_lazy("status", "Not started"),
    Status.NOT_RATED: pgettext_lazy("status", "Not rated"),
    Status.DROPPED: pgettext_lazy("status", "Dropped"),
}

# Colours keep at least 4.5:1 against white and stay apart under red-green colour blindness.
LOOK: Mapping[Status, Look] = {
    Status.ACHIEVED: Look("✓", "#2952a3"),
    Status.ACHIEVED_LATE: Look("✓", "#2952a3"),
    Status.ON_TRACK: Look("●", "#00847e"),
    Status.AT_RISK: Look("▲", "#b45f06"),
    Status.OFF_TRACK: Look("■", "#990f26"),
    Status.NOT_ACHIEVED: Look("✕", "#990f26"),
    Status.NO_DATA: Look("?", "#505a5f"),
    Status.NOT_STARTED: Look("○", "#505a5f"),
    Status.NOT_RATED: Look("–", "#505a5f"),
    Status.DROPPED: Look("⊘", "#505a5f"),
}

REASON: Mapping[Reason, Label] = {
    Reason.DROPPED: pgettext_lazy("reason", "Dropped"),
    Reason.NOTHING_MEASURABLE: _("No measurable target"),
    Reason.REACHED_IN_TIME: _("Reached in time"),
    Reason.REACHED_LATE: _("Reached late"),
    Reason.NOTHING_PLANNED_YET: _("Nothing due yet"),
    Reason.NOTHING_PUBLISHED_YET: _("Nothing published yet"),
    Reason.NOTHING_REPORTED: _("No figure yet"),
    Reason.KEPT_THROUGHOUT: _("Kept throughout"),
    Reason.NOT_KEPT: _("Not kept throughout"),
    Reason.LAST_READING_MEETS: _("Latest figure meets the target"),
    Reason.LAST_READING_MISSES: _("Latest figure misses the target"),
    Reason.LOWERED_AGAIN: _("Reached, but lowered again"),
    Reason.NOT_REACHED: _("Not reached by the due date"),
    Reason.USED_IN_PACE: _("Used no faster than planned"),
    Reason.USED_SLIGHTLY_FAST: _("Used slightly too fast"),
    Reason.USED_SMALL_GAP: _("Used too fast by a small gap"),
    Reason.USED_TOO_FAST: _("Used too fast"),
    Reason.OVER_CEILING: _("Over the ceiling"),
    Reason.CEILING_KEPT: _("Stayed under the ceiling"),
    Reason.BREACHED_NOW: _("Not kept now"),
    Reason.BREACHED_BEFORE: _("Kept now, not always"),
    Reason.KEPT_SO_FAR: _("Kept so far"),
    Reason.ABOVE_FLOOR: _("Below the target, above the floor"),
    Reason.BELOW_FLOOR: _("Not above the floor"),
    Reason.NEAR_TARGET: _("Latest reading near the target"),
    Reason.UNITS_AWAY: _("A unit or so away from the target"),
    Reason.STAGES_IN_TIME: _("No stage overdue"),
    Reason.STAGE_OVERDUE: _("A stage is overdue"),
    Reason.STAGE_LONG_OVERDUE: _("A stage is long overdue"),
    Reason.NO_WAY_TO_GO: _("Progress cannot be computed"),
    Reason.ON_PACE: _("On pace"),
    Reason.SLIGHTLY_BEHIND: _("Slightly behind"),
    Reason.SMALL_GAP: _("Behind by a small gap"),
    Reason.FAR_BEHIND: _("Far behind"),
}

FLAG: Mapping[Flag, Label] = {
    Flag.LAST_DAY_JUMP: _("Jump on the last day"),
    Flag.EQUAL_THREE_TIMES: _("Same value three times"),
    Flag.DONE_WITHOUT_EVIDENCE: _("Done without evidence"),
    Flag.BELOW_PREVIOUS: _("A step back"),
    Flag.LEFT_AGAIN: _("Reached, then left again"),
    Flag.ABOVE_WHOLE: _("Ratio above 100%"),
}

FRESHNESS: Mapping[Freshness, Label] = {
    Freshness.CURRENT: pgettext_lazy("report", "Up to date"),
    Freshness.DUE: pgettext_lazy("report", "Due"),
    Freshness.LATE: pgettext_lazy("report", "Overdue"),
}

DUTY_STATE: Mapping[DutyState, Label] = {
    DutyState.NOT_DUE: pgettext_lazy("report", "Nothing due"),
    DutyState.REPORTED: pgettext_lazy("report", "Reported"),
    DutyState.IN_REVIEW: pgettext_lazy("report", "In review"),
    DutyState.DUE: pgettext_lazy("report", "Due"),
    DutyState.LATE: pgettext_lazy("report", "Overdue"),
}

NARRATIVE_FREQUENCY: Mapping[NarrativeFrequency, Label] = {
    NarrativeFrequency.NONE: pgettext_lazy("reports in words", "None"),
    NarrativeFrequency.MONTHLY: _("Every month"),
    NarrativeFrequency.QUARTERLY: _("Every quarter"),
}

TIER: Mapping[Tier, Label] = {
    Tier.NUMBER: _("A: a number to reach"),
    Tier.DELIVERABLE: _("B: a named deliverable"),
    Tier.DIRECTION: _("C: a general aim"),
}

LIFECYCLE: Mapping[Lifecycle, Label] = {
    Lifecycle.ACTIVE: _("Active"),
    Lifecycle.DROPPED: pgettext_lazy("lifecycle", "Dropped"),
}

KIND: Mapping[TargetKind, Label] = {
    TargetKind.COUNT: _("Count"),
    TargetKind.LEVEL: pgettext_lazy("kind", "Level"),
    TargetKind.FLOOR: _("Floor to keep"),
    TargetKind.GROWTH_RATE: _("Published growth rate"),
    TargetKind.STAGES: pgettext_lazy("kind", "Stages"),
}

ACCUMULATION: Mapping[Accumulation, Label] = {
    Accumulation.INCREMENTS: _("Increments, added up"),
    Accumulation.RUNNING_TOTAL: _("Running total, to date"),
    Accumulation.LEVEL: _("Level on the day"),
    Accumulation.STAGES: _("Stages done, by weight"),
    Accumulation.RATIO: _("Ratio of two sums, in percent"),
    Accumulation.RUNNING_RATIO: _("Ratio of two totals to date, in percent"),
}

DIRECTION: Mapping[Direction, Label] = {
    Direction.AT_LEAST: _("At least"),
    Direction.AT_MOST: _("At most"),
}

GOAL: Mapping[Goal, Label] = {
    Goal.REACH: _("Reach once, by the due date"),
    Goal.MAINTAIN: _("Keep at every reading"),
    Goal.FINAL: _("Last reading decides"),
}

TRAJECTORY: Mapping[TrajectoryKind, Label] = {
    TrajectoryKind.LINEAR: _("Straight line"),
    TrajectoryKind.HOLD: _("The target on every day"),
    TrajectoryKind.STEP: _("Steps at given dates"),
    TrajectoryKind.CHECKPOINTS: _("Approved checkpoints"),
}

# The same in every language.
SIGN: Mapping[Comparator, str] = {
    Comparator.AT_LEAST: "≥",
    Comparator.ABOVE: ">",
    Comparator.AT_MOST: "≤",
    Comparator.BELOW: "<",
    Comparator.ABOUT: "",
    Comparator.RANGE: "",
}

DUE_BASIS: Mapping[DueBasis, Label] = {
    DueBasis.EXPLICIT: _("Named in the text"),
    DueBasis.IMPLIED: _("Implied by the plan year"),
}

COMPARABILITY: Mapping[Comparability, Label] = {
    Comparability.SAME: _("Same definition"),
    Comparability.SIMILAR: _("Similar"),
    Comparability.NONE: _("Not comparable"),
}

CONFIDENCE: Mapping[Confidence, Label] = {
    Confidence.HIGH: pgettext_lazy("confidence", "High"),
    Confidence.MEDIUM: pgettext_lazy("confidence", "Medium"),
    Confidence.LOW: pgettext_lazy("confidence", "Low"),
}

CONFIDENCE_HOLDER: Mapping[ConfidenceHolder, Label] = {
    ConfidenceHolder.OWNER: _("Responsible agency"),
    ConfidenceHolder.SUPERVISION: _("Supervision office"),
}

ROLE: Mapping[Role, Label] = {
    Role.CLERK: _("Agency clerk"),
    Role.REVIEWER: _("Reviewer"),
    Role.SUPERVISION: _("Supervision office"),
    Role.LEADER: _("Leader"),
    Role.ADMIN: _("Administrator"),
}

GUARDED: Mapping[Guarded, Label] = {
    Guarded.ACCOUNT: _("Account, for browsers not known to it"),
    Guarded.ADDRESS: _("Network address, for browsers not known"),
    Guarded.BROWSER: _("One known browser of an account"),
}

SETUP_STEP: Mapping[SetupStep, Label] = {
    SetupStep.CALENDAR: _("Reporting calendar"),
    SetupStep.MAIL: _("Test email"),
}

DECISION: Mapping[Decision, Label] = {
    Decision.APPROVE: _("Approve"),
    Decision.RETURN: _("Return"),
}

NO_FIGURE: Mapping[NoFigure, Label] = {
    NoFigure.NOT_PUBLISHED: _("No figure: not published yet"),
    NoFigure.NOTHING_NEW: _("No figure: nothing new"),
}

# The same in a cell of a sheet, where a value would stand.
NO_FIGURE_CELL: Mapping[NoFigure, Label] = {
    NoFigure.NOT_PUBLISHED: pgettext_lazy("in place of a value", "Not published yet"),
    NoFigure.NOTHING_NEW: pgettext_lazy("in place of a value", "Nothing new"),
}

ENTRY_STATE: Mapping[EntryState, Label] = {
    EntryState.PENDING: _("In review"),
    EntryState.COUNTED: _("Approved"),
    EntryState.RETURNED: _("Returned"),
    EntryState.WITHDRAWN: _("Withdrawn"),
    EntryState.CORRECTED: _("Corrected"),
}

SCOPE: Mapping[Scope, Label] = {
    Scope.PLAN: _("Plan"),
    Scope.PRIORITY: _("Priority"),
    Scope.SECTION: _("Section"),
    Scope.AGENCY: pgettext_lazy("scope", "Lead agency"),
    Scope.SUPPORT: pgettext_lazy("scope", "Supporting agency"),
}

MAIL_KIND: Mapping[MailKind, Label] = {
    MailKind.DIGEST: _("Weekly digest"),
    MailKind.RETURNED: _("Returned report"),
}

DELIVERY_STATE: Mapping[DeliveryState, Label] = {
    DeliveryState.PENDING: _("Queued"),
    DeliveryState.CLAIMED: _("Being prepared"),
    DeliveryState.SENDING: _("Being sent"),
    DeliveryState.SENT: _("Sent"),
    DeliveryState.FAILED: _("Failed"),
    DeliveryState.SKIPPED: _("Skipped"),
}

IMPORT_STATE: Mapping[ImportState, Label] = {
    ImportState.RECEIVED: _("Being checked"),
    ImportState.UNMAPPED: _("Columns to be named"),
    ImportState.CHECKED: _("To be confirmed"),
    ImportState.CONFIRMED: _("Being recorded"),
    ImportState.APPLIED: _("Recorded"),
    ImportState.REFUSED: _("Cannot be used"),
    ImportState.DISCARDED: _("Discarded"),
}

FILE_STATE: Mapping[FileState, Label] = {
    FileState.INTACT: pgettext_lazy("file", "Intact"),
    FileState.CHANGED: pgettext_lazy("file", "Changed"),
    FileState.MISSING: pgettext_lazy("file", "Missing"),
    FileState.UNREADABLE: pgettext_lazy("file", "Unreadable"),
}


Word = TypeVar("Word", bound=StrEnum)


def choices(labels: Mapping[Word, Label]) -> list[tuple[str, Label]]:
    return [(word.value, label) for word, label in labels.items()]
