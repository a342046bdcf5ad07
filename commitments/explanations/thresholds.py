"""The thresholds of a rule set, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..formats import exact, percent, points
from ..models import RuleSet


def thresholds(rule_set: RuleSet) -> list[tuple[str, str]]:
    """Return the name and value of each threshold."""
    days = rule_set.stage_grace_days
    share = _("%(share)s of planned progress")
    told = [
        (_("On track from"), share % {"share": percent(rule_set.on_track_ratio)}),
        (_("At risk from"), share % {"share": percent(rule_set.at_risk_ratio)}),
        (_("A small gap is less than"), points(exact(rule_set.small_gap_points))),
        (
            _("A stage is at risk while overdue by up to"),
            ngettext("%(days)s day", "%(days)s days", days) % {"days": days},
        ),
        (_("Floor of what is decided by its last reading"), exact(rule_set.growth_floor)),
    ]
    if rule_set.near_units is None:
        return told
    units = exact(rule_set.near_units)
    return [*told, (_("A count or rank that is decided at the end is at risk within so many units"), units)]
