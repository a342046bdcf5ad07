"""Texts typed into the forms."""

from typing import Any

from django.test import Client

from commitments.models import ProgressEntry, Target
from tests.admin.opened import opened

Answer = Any


def entry_form(target: Target, **given: Any) -> dict[str, Any]:
    return {"target": target.pk, "effective_on": "2023-09-28", "value": "40"} | given


def add(client: Client, model: str, **form: Any) -> Answer:
    return client.post(f"/admin/commitments/{model}/add/", form)


def change(client: Client, row: Any, **typed: Any) -> Answer:
    """As a browser does: the form is opened, something is typed, the rest goes back as it came."""
    address = f"/admin/commitments/{row._meta.model_name}/{row.pk}/change/"
    return client.post(address, opened(client, address) | typed)


def errors(answer: Answer) -> dict[str, list[str]]:
    """Return the errors by field; a refused form is shown again with them."""
    assert answer.status_code == 200
    found: dict[str, list[str]] = answer.context["adminform"].form.errors
    return found


def correction_of(entry: ProgressEntry, **given: Any) -> dict[str, Any]:
    return entry_form(entry.figure.target, corrects=entry.pk, **given)
