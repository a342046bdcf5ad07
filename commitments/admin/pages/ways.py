"""The head of every staff page: the ways to the work of a role, and the person."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from ... import labels, permissions
from ...domain.enums import Role
from ...models import User
from . import owed


class Way(NamedTuple):
    """One word of the navigation; `is_here` marks the page that is open."""

    address: str
    words: str
    is_here: bool


def ways_of(user: User, here: str) -> list[Way]:
    """Return three to six ways by the user's rights; `here` is the path of the open page."""
    found = [(reverse("admin:index"), _("Your work"))]
    if user.has_perm("commitments.add_progressentry"):
        found += [(reverse("staff:quick_log"), _("Quick-log")), (reverse("staff:imports"), _("Spreadsheets"))]
    if user.has_perm("commitments.add_review"):
        found.append((reverse("staff:review_queue"), _("Review")))
    found.append((reverse("admin:commitments_commitmentrollup_changelist"), _("Commitments")))
    if permissions.acts_for_all(user):
        found.append((reverse("admin:commitments_plan_changelist"), _("Plans")))
    if user.role == Role.LEADER:
        found.append((owed.address(), _("Overdue reports")))
    return [Way(address, words, address == here) for address, words in found]


def describe_person(user: User) -> str:
    """Return the user's agency, if any, and role: `Housing Bureau · Agency clerk`."""
    role = str(labels.ROLE[Role(user.role)])
    return f"{user.agency.short_name} · {role}" if user.agency else role
