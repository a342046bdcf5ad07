"""Every edit of what is not a ledger, as a row of its own: written by triggers, whoever edits and by whatever way.

A row holds all fields as they were after an insert or update, or before a delete; `pgh_context` says who it was
(`commitments.change_log.editing` puts it there). Rows are only added.
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

# A new password: who set it and when, never what it is.
PASSWORD = "password"  # noqa: S105


def _edits_of(
    model: type[Model], *more: pghistory.UpdateEvent, without: Sequence[str] = (), found_by: str = ""
) -> Any:
    """`found_by` is the row that all versions of its parts are looked up by."""
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
    # A signing in is no edit, and a password is nobody's to read.
    User: _edits_of(
        User,
        pghistory.UpdateEvent(PASSWORD, condition=pgtrigger.AnyChange("password")),
        without=["password", "last_login"],
    ),
}
