"""Triggers, added without rendering their models anew."""

from typing import Any

import pgtrigger.migrations
from django.db.migrations.state import ProjectState


class AddTrigger(pgtrigger.migrations.AddTrigger):  # type: ignore[misc]
    """A trigger in database and state; the rendered models, which no migration asks for triggers, stay."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Rendering a model and its neighbours for each of 178 triggers took more than half of a first start's migrations.
        options: dict[str, Any] = state.models[app_label, self.model_name].options
        options["triggers"] = [*options.get("triggers", []), self.trigger]
