"""Changes of a target by authority, in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..domain.targets import Terms
from ..formats import amount, day, either, stated
from ..models import Target, TargetRevision
from ..states import TargetJudgement
from .facts import Facts
from .judgement import STOPS


def revisions(target: Target, verdict: TargetJudgement) -> list[str]:
    """Return one sentence for each change in force on the day judged; prefetch `targets__revisions`."""
    facts = Facts(target, verdict)
    return [
        sentence
        for revision in target.revisions.all()
        if revision.effective_from <= facts.on
        for sentence in _changes(revision, facts)
    ]


def promise(target: Target, terms: Terms) -> str:
    """Return the numbers of a promise with their unit: `5%`, `1.8±0.05 times`, `within 5.5–6%`."""
    return _sided(amount(stated(terms), either(target.unit, target.unit_en)), terms)


def _sided(figures: str, terms: Terms) -> str:
    return _("within %(value)s") % {"value": figures} if terms.within else figures


def _changes(revision: TargetRevision, facts: Facts) -> Iterator[str]:
    known = {"day": day(revision.effective_from), "authority": revision.authority.rstrip(STOPS)}
    if revision.new_terms != revision.old_terms:
        yield _("Target changed from %(old)s to %(new)s on %(day)s (%(authority)s).") % {
            "old": _sided(facts.again(stated(revision.old_terms)), revision.old_terms),
            "new": _sided(facts.again(stated(revision.new_terms)), revision.new_terms),
            **known,
        }
    if revision.new_due_on != revision.old_due_on:
        yield _("Due date changed from %(old)s to %(new)s on %(day)s (%(authority)s).") % {
            "old": day(revision.old_due_on),
            "new": day(revision.new_due_on),
            **known,
        }
