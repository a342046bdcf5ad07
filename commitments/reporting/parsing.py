"""The reading of typed values: one meaning on pages, in spreadsheets and in forms."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..domain import units
from ..domain.enums import NoFigure
from ..domain.numbers import is_marked, parse_number
from ..domain.targets import RATIOS
from ..models import Target
from ..spreadsheets.reader.figures import no_number

# Ways to write that a stage is done.
DONE_WORDS = (
    "1", "是", "✓", "√", "✔", "完成", "已完成", "已完工", "已办结", "100%", "yes", "done", "true",
)  # fmt: skip
# Ways to write that something is not so.
NO_WORDS = ("0", "否", "×", "no", "false")
# Ways to write in place of a value that there is none for the period, and why.
NO_FIGURE_WORDS: Mapping[NoFigure, Sequence[str]] = {
    NoFigure.NOT_PUBLISHED: (
        "未发布", "尚未发布", "暂未发布", "未公布", "尚未公布", "暂未公布", "数据未发布", "数据尚未发布",
        "notpublished", "notyetpublished", "notpublishedyet",
    ),
    NoFigure.NOTHING_NEW: (
        "无进展", "暂无进展", "无新进展", "暂无新进展", "本期无进展", "本期无新进展", "nothingnew", "noprogress",
    ),
}  # fmt: skip


def is_done(text: str) -> bool:
    """Tell whether the text says that a stage is done, in any case and width."""
    return not is_marked(text) and _plain(text) in DONE_WORDS


def is_no(text: str) -> bool:
    """Tell whether the text says no, in any case and width."""
    return _plain(text) in NO_WORDS


def read_no_figure(text: str) -> NoFigure | None:
    """Return why there is no figure, if the text says so in place of one."""
    plain = _plain(text).rstrip("。.")
    return next((reason for reason, words in NO_FIGURE_WORDS.items() if plain in words), None)


def _plain(text: str) -> str:
    return "".join(normalize("NFKC", text).split()).casefold()


def units_of(target: Target) -> Sequence[str]:
    """Return the units that may follow a number of the target, in both languages."""
    # The parts of a ratio are counts; its unit belongs to the share.
    return () if target.accumulation in RATIOS else (target.unit, target.unit_en)


def parse_value(text: str, target: Target | None = None) -> Decimal:
    """Return the typed number; the target's unit may follow it in either language, or one that converts exactly.

    Raise ValidationError with advice on how to write it; message and params stay apart.
    """
    try:
        return parse_number(text, *units_of(target) if target else ())
    except ValueError:
        value = _converted(text, target)
        if value is not None:
            return value
        refused = no_number(text.strip())
        raise ValidationError(_(refused.message), code="invalid", params=refused.params) from None


def _converted(text: str, target: Target | None) -> Decimal | None:
    """Return a number in another unit as one in the target's: 3.5亿元 is 35,000 万元."""
    if target is None or is_marked(text) or not units_of(target):
        return None
    found = units.converted(text, target.unit)
    return units.converted(text, target.unit_en) if found is None and target.unit_en else found
