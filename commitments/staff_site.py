"""The admin site: its name, and its tables in the order of the work rather than of the alphabet.

It stands outside the package `admin`, which cannot be imported before its own site exists.
"""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (
        _("Progress and reviews"),
        ("ProgressEntry", "Review", "Withdrawal", "Evidence", "DeliveryConfidence", "PeriodLock"),
    ),
    (_("Commitments and targets"), ("Commitment", "Target", "Milestone", "Baseline", "TargetRevision")),
    (_("Status"), ("CommitmentRollup", "TargetRollup")),
    (_("Plan and agencies"), ("Plan", "Priority", "Agency", "Jurisdiction", "SourceDocument")),
    (_("Rules"), ("RuleSet", "RuleSetAdoption", "NarrativeDuty")),
    (_("Weekly digest"), ("Subscription", "OutgoingMail")),
    (_("Accounts"), ("User", "LockOut")),
)
# Headings of tables that differ from the name of their rows.
NAMES = {"Review": _("Review decisions")}
BEHIND_THE_SCENES = _("System")


class StaffSite(AdminSite):
    site_header = _("Policy Commitment Tracker")
    site_title = _("Policy Commitment Tracker")
    index_title = _("Your work")
    # The tables stand on a page of their own.
    enable_nav_sidebar = False

    def __init__(self, *args: Any, **given: Any) -> None:
        """Set up the site without the action that deletes many rows at once."""
        super().__init__(*args, **given)
        # Each row is looked at before it is deleted.
        self.disable_action("delete_selected")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"has_tables": self._has_tables(request)}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Return the tables in their groups, put together once a page lists them."""
        # Django asks for them on every page: a fifth of the time, and two pages list them.
        return SimpleLazyObject(lambda: self._tables(request, app_label))

    def _has_tables(self, request: HttpRequest) -> bool:
        pages = (page for page in self._registry.values() if page.has_module_permission(request))
        return any(True in page.get_model_perms(request).values() for page in pages)

    def _tables(self, request: HttpRequest, app_label: str | None) -> list[Any]:
        apps = super().get_app_list(request, app_label)
        ours = [app for app in apps if app["app_label"] == "commitments"]
        return [*(group for app in ours for group in _groups(app)), *(app for app in apps if app not in ours)]


class StaffSiteConfig(AdminConfig):
    default_site = "commitments.staff_site.StaffSite"


def _groups(app: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the tables in their groups; a table in no group is behind the scenes."""
    left = {model["object_name"]: _named(model) for model in app["models"]}
    groups = []
    for name, members in GROUPS:
        found = [left.pop(member) for member in members if member in left]
        groups.append(app | {"name": name, "models": found})
    groups.append(app | {"name": BEHIND_THE_SCENES, "models": list(left.values())})
    return [group for group in groups if group["models"]]


def _named(model: dict[str, Any]) -> dict[str, Any]:
    return model | {"name": NAMES.get(model["object_name"], model["name"])}
