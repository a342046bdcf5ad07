"""The front page of a user, by role."""

from datetime import datetime

from .... import permissions
from ....domain.enums import Role
from ....models import User
from .clerk import clerk_front
from .overviews import leader_front, office_front
from .parts import Front
from .reviewer import reviewer_front


def front_of(user: User, at: datetime) -> Front:
    """Return the page in a fixed number of queries; `at` is the instant that days are counted to."""
    if permissions.acts_for_all(user):
        return office_front(user, at)
    if user.role == Role.CLERK:
        return clerk_front(user, at)
    return reviewer_front(user, at) if user.role == Role.REVIEWER else leader_front(user)
