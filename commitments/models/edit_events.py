"""The history of edits outside the ledger, one row for each edit, written by triggers.

A row holds all fields as they were after an insert or update, or before a delete. `pgh_context` names the
editor (`commitments.change_log.editing` puts it there). Rows are only added.
"""

from collections.abc import Sequence
from typing import Any

import pghistory
import pgtrigger
from django.db.models import Index, Model

from .accounts import User
from .commitments import Commitment, CommitmentSupport
from .digests import Subscription
from .ledger import Evidence
from .places import Agency, Jurisdiction
from .plans import Plan, Priority, RuleSet, RuleSetAdoption, SourceDocument
from .targets import Baseline, Checkpoint, Milestone, Target, TargetRevision
from .triggers import append_only

# A new password is recorded by its setter and time, never by its text.
PASSWORD = "password"  # noqa: S105


def _edits_of(
    model: type[Model], *more: pghistory.UpdateEvent, without: Sequence[str] = (), found_by: str = ""
) -> Any:
    """Build a model's history table; `found_by` names the parent row by which versions are looked up."""
    name = f"{model.__name__}Edit"
    return pghistory.create_event_model(
        model,
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        *more,
        exclude=list(without),
        model_name=name,
        abstract=False,
        obj_field=pghistory.ObjForeignKey(related_name="edits", db_index=True),
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,  # type: ignore[arg-type]
        meta={
            "triggers": append_only(),
            "default_permissions": (),
            "indexes": [Index(fields=[found_by], name=f"{name.lower()}_of_{found_by}")] if found_by else [],
        },
    )


EDITS: dict[type[Model], Any] = {
    **{
        model: _edits_of(model)
        for model in (
            Jurisdiction,
            Agency,
            Plan,
            RuleSet,
            RuleSetAdoption,
            Priority,
            Commitment,
            CommitmentSupport,
            Target,
            TargetRevision,
            Evidence,
            Subscription,
        )
    },
    Baseline: _edits_of(Baseline, found_by="commitment"),
    Checkpoint: _edits_of(Checkpoint, found_by="target"),
    Milestone: _edits_of(Milestone, found_by="target"),
    SourceDocument: _edits_of(SourceDocument, without=["text"]),
    # A sign-in is no edit, and no person may read a password.
    User: _edits_of(
        User,
        pghistory.UpdateEvent(PASSWORD, condition=pgtrigger.AnyChange("password")),
        without=["password", "last_login"],
    ),
}
