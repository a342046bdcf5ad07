"""Entries of the ledger in words and figures."""

from decimal import Decimal

from django.utils.translation import gettext as _

from .. import labels
from ..domain.enums import Accumulation, NoFigure
from ..domain.readings import share
from ..domain.targets import HUNDRED
from ..formats import amount, beside, either, exact, localised, parts
from ..models import ProgressEntry, Target


def format_entry(entry: ProgressEntry) -> str:
    """Format an entry: its value, the name of the stage that is done, or that it is in words."""
    if entry.value is None:
        return name_narrative(entry.no_figure)
    target, value, denominator, milestone = entry.figure
    if milestone:
        return localised(milestone.title, milestone.title_en)
    return format_value(target, value, denominator)


def name_narrative(no_figure: str) -> str:
    """Name an entry without a figure: the reason why there is none, or that it is in words."""
    return str(labels.NO_FIGURE[NoFigure(no_figure)] if no_figure else _("In words"))


def format_value(target: Target, value: Decimal, denominator: Decimal | None = None) -> str:
    """Format a value: `38条`, an increase `+38条`, a ratio `190 / 200 (95%)`."""
    if denominator is not None:
        return format_bare(value, denominator)
    shown = format_with_unit(target, value)
    return f"+{shown}" if target.accumulation == Accumulation.INCREMENTS and value >= 0 else shown


def format_increase(value: Decimal) -> str:
    """Format an increase without the unit: `+38`, `−2`."""
    return f"+{exact(value)}" if value >= 0 else exact(value)


def format_bare(value: Decimal, denominator: Decimal | None = None) -> str:
    """Format a value without the unit: `38`, `190 / 200 (95%)`."""
    if denominator is None:
        return exact(value)
    return f"{parts(value, denominator)} ({exact(beside(share(value, denominator), HUNDRED))}%)"


def format_with_unit(target: Target, value: Decimal) -> str:
    """Format a value with its unit: `38条`."""
    return amount(exact(value), either(target.unit, target.unit_en))
