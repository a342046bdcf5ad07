"""Protection of the last administrator: the database enforces it, the form says so beforehand."""

from typing import Any

from django.db import IntegrityError, connection
from django.db.models import Q
from django.utils.translation import gettext as _

from ..domain.enums import Role
from ..models import User
from ..models.triggers import ADMINISTRATORS

ADMINISTERS = Q(is_active=True, is_staff=True) & (Q(role=Role.ADMIN) | Q(is_superuser=True))
CONSTRAINT = "user_last_administrator_stays"


def would_be_lost(user: int, *, role: Any, is_staff: Any, is_active: Any) -> bool:
    """Tell whether no administrator would be left; call it in the transaction that writes."""
    person = User.objects.filter(ADMINISTERS, pk=user).first()
    if person is None or (is_staff and is_active and (role == Role.ADMIN or person.is_superuser)):
        return False
    # The second of two demotions at once waits here until the first has ended.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADMINISTRATORS])
    return not User.objects.filter(ADMINISTERS).exclude(pk=user).exists()


def is_refusal(error: IntegrityError) -> bool:
    diagnosis = getattr(error.__cause__, "diag", None)
    return diagnosis is not None and diagnosis.constraint_name == CONSTRAINT


def refusal() -> str:
    return _("This is the last administrator. Make another account an administrator first.")
