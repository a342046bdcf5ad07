"""Answers to a block that is pasted into the sheet: the fields that it fills, and the lines that it does not."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST

from .... import clock
from ....labels import Label
from ....models import Commitment, Target, User
from ....progress_import.pasted_block import PastedBlock, read_block
from ....progress_import.pasted_lines import MOST_LINES, ShownRow, Unused
from ....reporting.due import ReportRow
from .requests import NOT_UNDERSTOOD, read_json, refused, reporter
from .rows import rows
from .sheet import asked_for
from .typed import Typed, of_texts

WORDS: Mapping[Unused, Label] = {
    Unused.CLOSED: gettext_lazy("line {lines}: already reported or locked"),
    Unused.NO_CODE: gettext_lazy("line {lines}: no such code here"),
    Unused.NO_NAME: gettext_lazy("line {lines}: no row here, or more than one, has this name"),
    Unused.NO_ROW: gettext_lazy("line {lines}: no row left"),
    Unused.NO_STAGE: gettext_lazy("line {lines}: for a stage, enter 1, 是, ✓ or “done”"),
    Unused.NO_NUMBER: gettext_lazy("line {lines}: no number"),
    Unused.NO_COLUMN: gettext_lazy(
        "line {lines}: several columns of numbers, and no heading that says which one to use"
    ),
    Unused.TOTAL: gettext_lazy("line {lines}: this is a total, but the increase is asked for"),
    Unused.PART: gettext_lazy("line {lines}: this is an increase, but the total is asked for"),
    Unused.UNIT: gettext_lazy("line {lines}: the unit cannot be converted to that of the target"),
    Unused.WORD: gettext_lazy("line {lines}: filled in, but the heading may name another unit"),
    Unused.NOTE: gettext_lazy("line {lines}: the note already entered was kept"),
}


class PasteRequest(NamedTuple):
    """The pasted text, the target of the row that it was pasted into, and the texts of all rows in order."""

    text: str
    into: int
    shown: dict[int, Typed]


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """Answer with the fields that the pasted text fills, by target, and a sentence about it; nothing is kept.

    The query string names the sheet, as on the page.
    """
    user, now = reporter(request), clock.now()
    try:
        sent = _read(request)
    except NOT_UNDERSTOOD:
        return refused(_("This is not pasted text."))
    if sent.text.count("\n") >= MOST_LINES:
        return refused(
            _("At most %(most)d lines can be pasted. Upload longer lists as a file.") % {"most": MOST_LINES}
        )
    shown = _shown_rows(request, user, now, sent)
    found = read_block(sent.text, shown, list(sent.shown).index(sent.into))
    return JsonResponse({"rows": found.filled, "said": _sentence(found)})


def _read(request: HttpRequest) -> PasteRequest:
    """Read the request; raise one of NOT_UNDERSTOOD if it holds no pasted text."""
    given = read_json(request)
    shown = {int(target): of_texts(texts) for target, texts in given["rows"]}
    if int(given["into"]) not in shown or not isinstance(given["text"], str):
        raise ValueError("no text, or no row of the page")
    return PasteRequest(given["text"], int(given["into"]), shown)


def _shown_rows(request: HttpRequest, user: User, at: datetime, sent: PasteRequest) -> list[ShownRow]:
    sheet = asked_for(request.GET, user, at)
    found = {row.target.pk: row for row in rows(sheet, user) if isinstance(row, ReportRow)} if sheet else {}
    return [_shown(found.get(target), typed) for target, typed in sent.shown.items()]


def _shown(row: ReportRow | None, typed: Typed) -> ShownRow:
    if row is None:
        # It left the sheet after the page was made, but still has its place there.
        return ShownRow(Target(commitment=Commitment()), accepts=False, stage="", notes=typed)
    stage = str(row.milestones[0].pk) if row.milestones else ""
    return ShownRow(row.target, row.takes_value, stage, typed)


def _sentence(found: PastedBlock) -> str:
    """Return how many rows were filled, and why the other lines were not."""
    parts = [_("Rows filled: {count}").format(count=len(found.filled))]
    parts += [str(WORDS[reason]).format(lines=_listed(lines)) for reason, lines in found.unused.items()]
    return pgettext("between parts of a message", "; ").join(parts)


def _listed(lines: Sequence[int]) -> str:
    return pgettext("between numbers of lines", ", ").join(map(str, lines))
