import getpass
import io

import pytest
from django.core.management import call_command
from django.utils.translation import override

from commitments import history
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_the_history_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed at a terminal, and nothing else, is put there for it."""
    user = make_user()
    monkeypatch.setattr(getpass, "getpass", lambda **_prompt: "a-long-and-unusual-phrase")
    call_command("changepassword", user.username, stdout=io.StringIO())
    with override("en"):
        edit = history.of(user)[0]
    assert (edit.verb, edit.who) == ("Password set", "Command changepassword")
