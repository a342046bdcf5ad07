"""Changes of a target by authority, in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..formats import day, exact
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


def _changes(revision: TargetRevision, facts: Facts) -> Iterator[str]:
    known = {"day": day(revision.effective_from), "authority": revision.authority.rstrip(STOPS)}
    if revision.new_value != revision.old_value:
        yield _("Target changed from %(old)s to %(new)s on %(day)s (%(authority)s).") % {
            "old": facts.again(exact(revision.old_value)),
            "new": facts.again(exact(revision.new_value)),
            **known,
        }
    if revision.new_due_on != revision.old_due_on:
        yield _("Due date changed from %(old)s to %(new)s on %(day)s (%(authority)s).") % {
            "old": day(revision.old_due_on),
            "new": day(revision.new_due_on),
            **known,
        }
