from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Field, Max
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ...actions import period_locks
from ...actions.preconditions import OvertakenError
from ...models import PeriodLock, User
from ..base.action_forms import ActionForm
from ..base.kinds import LedgerAdmin
from ..base.seen import SeenField, as_seen


class LockForm(ActionForm):
    seen = SeenField()

    def act(self, *, by: User, at: datetime) -> PeriodLock:
        """Lock the period; after a refusal, mark the newest line as seen."""
        try:
            return period_locks.lock(**self.cleaned_data, by=by, at=at)
        except OvertakenError:
            # The refusal itself informs the user of the line made meanwhile.
            self.data = as_seen(self.request.POST, newest_of_all())
            raise


def newest_of_all() -> int:
    return PeriodLock.objects.aggregate(newest=Max("pk"))["newest"] or 0


@admin.register(PeriodLock)
class PeriodLockAdmin(LedgerAdmin):
    """Locks and openings as lines of one list; the newest of a plan is in force."""

    form = LockForm
    fields = ["plan", "through", "reason", "seen"]
    list_display = ["plan", "through", "reason", "locked_by", "locked_at"]
    list_select_related = ["plan", "locked_by"]
    list_filter = ["plan"]

    def get_fields(self, _request: HttpRequest, obj: PeriodLock | None = None) -> Any:
        return ["plan", "through", "reason", "locked_by", "locked_at"] if obj else self.fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the newest lock of all as the one seen, so that a newer one is not overruled unseen."""
        return {**super().get_changeform_initial_data(request), "seen": newest_of_all()}

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **given: Any) -> Any:
        if db_field.name == "through":
            given["help_text"] = _(
                "Data up to this date can no longer be reported, corrected or withdrawn. Leave empty to"
                " unlock everything."
            )
        return super().formfield_for_dbfield(db_field, request, **given)
