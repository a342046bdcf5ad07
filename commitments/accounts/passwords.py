"""Refusal of passwords that are guessed early: numbers, and low scores given the person's own names."""

from threading import Lock
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

# zxcvbn scores from 0 to 4; 3 stands for over a hundred million guesses.
GOOD_SCORE = 3
# zxcvbn looks at no more characters; a longer password is judged by its beginning.
LOOKED_AT = 72
NAMES = ("username", "first_name", "last_name", "email")
# The library keeps the names in a table that all threads share.
_one_at_a_time = Lock()


class HardToGuessValidator:
    """One of AUTH_PASSWORD_VALIDATORS: zxcvbn's common passwords and names, its patterns and its score."""

    def validate(self, password: str, user: Any = None) -> None:
        with _one_at_a_time:
            score = zxcvbn(password[:LOOKED_AT], user_inputs=_names(user))["score"]
        if score < GOOD_SCORE:
            raise ValidationError(
                _("This password is too easy to guess. Use several unrelated words."),
                code="password_easy_to_guess",
            )

    def get_help_text(self) -> str:
        return _(
            "Several unrelated words make a good password. Do not use names, dates, repeated characters"
            " or neighbouring keys."
        )


def _names(user: Any) -> list[str]:
    """Return all names that others may know of the person, and the parts of an e-mail address."""
    known = [str(getattr(user, name, "")) for name in NAMES] if user else []
    parts = [part for name in known for part in name.replace("@", ".").split(".")]
    return [each for each in (*known, *parts) if each]
