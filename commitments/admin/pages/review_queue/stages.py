"""The stages of a target beside an entry that reports one of them as done."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from ....formats import localised, short_day
from ....models import ProgressEntry
from ....rollups.preview import ReportedStage


class StageLine(NamedTuple):
    """A stage; `kind` is `done`, `reported` by the entry, or `open`, and `note` says since or until when."""

    kind: str
    shape: str
    title: str
    note: str


def stage_lines(stages: Sequence[ReportedStage], entry: ProgressEntry) -> list[StageLine]:
    return [_line(stage, entry) for stage in stages]


def _line(stage: ReportedStage, entry: ProgressEntry) -> StageLine:
    title = localised(stage.milestone.title, stage.milestone.title_en)
    if stage.milestone.pk == entry.milestone_id:
        note = _("reported done on %(day)s") % {"day": short_day(entry.effective_on)}
        return StageLine("reported", "◌", title, note)
    if stage.done_on:
        return StageLine("done", "✓", title, short_day(stage.done_on))
    return StageLine("open", "", title, _("due %(day)s") % {"day": short_day(stage.milestone.due_on)})
