"""One row of the queue: a report that waits, and all facts needed to decide about it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from ....formats import localised
from ....models import ProgressEntry
from ....presenters.entries import name_narrative
from ....presenters.evidence import Proof
from ....presenters.people import person, short_moment, waited
from ....presenters.status_tags import Tag, recomputing_tag, tag
from ....reporting.doubts import describe
from ....rollups.preview import EntryPreview
from .figures import FigureChange
from .returns import describe_returns


@dataclass(frozen=True)
class StatusEffect:
    """The commitment's status without the approval and with it."""

    before: Tag
    after: Tag


@dataclass(frozen=True)
class ReviewRow:
    """A row; `then` is the row after it, None for the last of the page; `reason` was typed before.

    `commitment_title` is empty if the report's own title is the same. `recomputing` stands in place of the effect
    while the commitment is to be judged anew. A report in words has neither figures nor an effect. `returned`
    describes an earlier return of the same report.
    """

    entry: ProgressEntry
    code: str
    title: str
    commitment: int
    commitment_title: str
    who: str
    reported: str
    waited: str
    figures: FigureChange | None
    doubts: Sequence[str]
    returned: str
    evidence: Sequence[Proof]
    words: str
    effect: StatusEffect | None
    recomputing: Tag | None
    then: int | None
    reason: str


def build_rows(
    found: Sequence[ProgressEntry],
    previews: dict[int, EntryPreview],
    *,
    now: datetime,
    recomputing: Collection[int],
    reasons: dict[int, str],
) -> list[ReviewRow]:
    """Build the rows of a page; `recomputing` are commitments to be judged anew, `reasons` texts by entry."""
    following = [entry.pk for entry in found[1:]]
    returned = describe_returns(found)
    return [
        _build_row(
            entry,
            previews.get(entry.pk),
            now=now,
            returned=returned.get(entry.pk, ""),
            recomputing=recomputing_tag() if entry.commitment_id in recomputing else None,
            then=then,
            reason=reasons.get(entry.pk, ""),
        )
        for entry, then in zip_longest(found, following)
    ]


def _build_row(
    entry: ProgressEntry,
    preview: EntryPreview | None,
    *,
    now: datetime,
    returned: str,
    recomputing: Tag | None,
    then: int | None,
    reason: str,
) -> ReviewRow:
    named, commitment = entry.target or entry.commitment, entry.commitment
    title = localised(named.title, named.title_en)
    whole = localised(commitment.title, commitment.title_en)
    return ReviewRow(
        entry=entry,
        code=entry.code,
        title=title,
        commitment=commitment.pk,
        commitment_title="" if whole == title else whole,
        who=person(entry.recorded_by),
        reported=short_moment(entry.recorded_at),
        waited=waited(entry.recorded_at, now),
        figures=FigureChange(entry, preview) if preview else None,
        doubts=[describe(bound, entry.figure.target) for bound in preview.doubts] if preview else [],
        returned=returned,
        evidence=[Proof(evidence) for evidence in entry.evidence.all()],
        words="" if preview else name_narrative(entry.no_figure),
        effect=StatusEffect(tag(preview.before), tag(preview.after)) if preview else None,
        recomputing=recomputing,
        then=then,
        reason=reason,
    )
