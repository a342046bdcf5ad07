"""What a reviewer may want to ask about a value, in a few words each."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from ...domain.plausibility import Bound, Doubt
from ...labels import Label
from ...models import Target
from ...shown.entries import with_unit

WORDS: Mapping[Doubt, Label] = {
    Doubt.BELOW_PREVIOUS: _("A step back from %(value)s"),
    Doubt.BIG_JUMP: _("Over a quarter of the target at once"),
    Doubt.UNUSUAL_STEP: _("Over three times the usual step"),
    Doubt.ABOVE_TARGET: _("Beyond the target"),
    Doubt.EQUAL_THREE_TIMES: _("The same value for the third time"),
    Doubt.DONE_WITHOUT_EVIDENCE: _("Done, but no evidence"),
}


def words(bound: Bound, target: Target) -> str:
    return str(WORDS[bound.doubt]) % {"value": with_unit(target, bound.value)}
