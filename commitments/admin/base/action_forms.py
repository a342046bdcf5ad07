"""Forms whose last check is the action itself, so that its refusals are errors of the form."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ... import clock
from ...accounts import unsent_forms
from ...actions.period_locks import translate_lock_timeouts
from .kinds import user_of
from .refusals import add_refusal


class ActionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that is valid once its action is done; the row written is its instance."""

    request: HttpRequest
    # The form's own action: takes the author and the instant, and returns the row.
    act: Callable[..., models.Model]
    refusal: Exception | None = None

    def _post_clean(self) -> None:
        """Act, in place of the model's own checks."""
        # Each of those would be one more query for a rule that the action checks.
        if self.errors or unsent_forms.is_shown_again(self.request):
            return
        try:
            # The database checks references at the end of the outermost transaction. It is this one for a
            # form that adds.
            with translate_lock_timeouts(), transaction.atomic():
                self.instance = self.act(by=user_of(self.request), at=clock.now())
        except (ValidationError, PermissionDenied, IntegrityError) as refusal:
            self.refusal = refusal
            add_refusal(self, _error_of(refusal))


def _error_of(refusal: Exception) -> ValidationError:
    if isinstance(refusal, ValidationError):
        return refusal
    if isinstance(refusal, PermissionDenied):
        return ValidationError(str(refusal))
    return ValidationError(_("Someone else has just submitted the same. Reload the page and check."))
