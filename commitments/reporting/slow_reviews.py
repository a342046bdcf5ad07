"""The reports that have waited for over five working days, with the reviewers who let them wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ..domain.enums import Role
from ..domain.reviewing import REVIEW_DAYS, is_slow_review
from ..domain.workdays import workdays_since
from ..models import Agency, ProgressEntry, User
from ..permissions import public


@dataclass(frozen=True)
class SlowReview:
    """The reports of a lead agency that wait too long, the oldest first.

    `reviewers` are its own active ones, who are slow; without any, the supervision office has to review. `days` are
    the working days that the oldest has waited.
    """

    agency: Agency
    reviewers: Sequence[User]
    entries: Sequence[ProgressEntry]
    since: date
    days: int


def slow_reviews(at: datetime) -> list[SlowReview]:
    """Return them by lead agency, the one with the oldest report first; two queries.

    Days are working days of each plan's own calendar.
    """
    by_agency: dict[Agency, list[ProgressEntry]] = {}
    for entry in _waiting_before(at):
        if _is_slow(entry, at):
            by_agency.setdefault(entry.commitment.lead_agency, []).append(entry)
    reviewers = _reviewers_of(by_agency)
    return [_slow_review(agency, reviewers[agency.pk], entries, at) for agency, entries in by_agency.items()]


def _waiting_before(at: datetime) -> Iterable[ProgressEntry]:
    """Read the reports that may have waited too long: there are no more working days than days."""
    pending = public(ProgressEntry.objects.pending()).filter(recorded_at__lt=at - timedelta(days=REVIEW_DAYS))
    return pending.select_related(
        "commitment__plan", "commitment__lead_agency", "target", "milestone", "recorded_by"
    ).order_by("recorded_at", "pk")


def _is_slow(entry: ProgressEntry, at: datetime) -> bool:
    plan = entry.commitment.plan
    return is_slow_review(plan.day_at(entry.recorded_at), plan.day_at(at), plan.holidays)


def _reviewers_of(agencies: Iterable[Agency]) -> dict[int | None, list[User]]:
    found: dict[int | None, list[User]] = {agency.pk: [] for agency in agencies}
    active = User.objects.filter(role=Role.REVIEWER, is_active=True, is_staff=True, agency__in=found)
    for reviewer in active.order_by("username"):
        found[reviewer.agency_id].append(reviewer)
    return found


def _slow_review(
    agency: Agency, reviewers: Sequence[User], entries: Sequence[ProgressEntry], at: datetime
) -> SlowReview:
    plan = entries[0].commitment.plan
    since = plan.day_at(entries[0].recorded_at)
    return SlowReview(
        agency, reviewers, entries, since, workdays_since(since, plan.day_at(at), plan.holidays)
    )
