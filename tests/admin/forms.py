"""What is typed into the forms."""

from typing import Any

from django.test import Client

from commitments.models import ProgressEntry, Target

Answer = Any


def entry_form(target: Target, **given: Any) -> dict[str, Any]:
    return {"target": target.pk, "effective_on": "2023-09-28", "value": "40"} | given


def add(client: Client, model: str, **form: Any) -> Answer:
    return client.post(f"/admin/commitments/{model}/add/", form)


def errors(answer: Answer) -> dict[str, list[str]]:
    """By field; what was refused is shown in the form again."""
    assert answer.status_code == 200
    found: dict[str, list[str]] = answer.context["adminform"].form.errors
    return found


def correction_of(entry: ProgressEntry, **given: Any) -> dict[str, Any]:
    return entry_form(entry.target, corrects=entry.pk, **given)
