from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import clock, formats, permissions
from ...formats import Day
from ...models import NarrativeDuty, Plan, Priority, RuleSet, RuleSetAdoption, SourceDocument
from ..base.kinds import AddOnlyAdmin, PlainAdmin, user_of

# These have pages of their own.
PUBLISHED = ("published_at", "counts_for_place")


@admin.register(Plan)
class PlanAdmin(PlainAdmin):
    list_display = [
        "code",
        "title",
        "title_en",
        "year",
        "published",
        "counts_for_place",
        "rule_set",
        "review_required",
    ]
    list_select_related = ["rule_set"]
    search_fields = ["code", "title", "title_en"]
    autocomplete_fields = ["jurisdiction", "rule_set"]

    def get_readonly_fields(self, _request: HttpRequest, obj: Plan | None = None) -> tuple[str, ...]:
        """Return the fields that cannot be edited after the plan exists."""
        # Other rules are adopted from a day on and earlier days keep theirs; the time zone must keep days
        # in place.
        return ("rule_set", "time_zone", *PUBLISHED) if obj else ()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **given: Any
    ) -> HttpResponse:
        """Show the form with the link to publish a draft, and the plan's choices about words."""
        context["may_publish"] = permissions.can_publish(user_of(request))
        if not given["add"]:
            chosen = NarrativeDuty.objects.filter(plan=context["original"]).select_related("set_by")
            context["words_chosen"] = chosen.order_by("-effective_from")
            context["may_choose_words"] = request.user.has_perm("commitments.add_narrativeduty")
        return super().render_change_form(request, context, *args, **given)

    @admin.display(description=gettext_lazy("published"), ordering="published_at")
    def published(self, plan: Plan) -> str:
        """Return the day of publication, in the time zone of the pages."""
        return formats.day(timezone.localtime(plan.published_at)) if plan.published_at else _("Draft")


class DatedChoiceForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean(self) -> dict[str, Any]:
        """Refuse a day before today or outside the plan: earlier verdicts stay as they were judged."""
        plan, day = self.cleaned_data.get("plan"), self.cleaned_data.get("effective_from")
        if plan and day:
            first = max(plan.starts_on, clock.today(plan.time_zone))
            if not first <= day <= plan.ends_on:
                words = _("The day must lie between %(first)s and %(last)s.")
                self.add_error(
                    "effective_from",
                    words % {"first": Day(first), "last": Day(plan.ends_on)},
                )
        return self.cleaned_data


@admin.register(RuleSetAdoption)
class RuleSetAdoptionAdmin(AddOnlyAdmin):
    form = DatedChoiceForm
    fields = ["plan", "rule_set", "effective_from", "authority"]
    list_display = ["plan", "rule_set", "effective_from", "authority", "adopted_by", "adopted_at"]
    list_select_related = ["plan", "rule_set", "adopted_by"]
    autocomplete_fields = ["plan", "rule_set"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        today = clock.today(timezone.get_default_timezone_name())
        return {"effective_from": today} | super().get_changeform_initial_data(request)

    def save_model(self, request: HttpRequest, obj: RuleSetAdoption, form: Any, change: bool) -> None:  # noqa: FBT001
        obj.adopted_by, obj.adopted_at = user_of(request), clock.now()
        super().save_model(request, obj, form, change)


@admin.register(NarrativeDuty)
class NarrativeDutyAdmin(AddOnlyAdmin):
    form = DatedChoiceForm
    fields = ["plan", "frequency", "effective_from"]
    list_display = ["plan", "frequency", "effective_from", "set_by", "set_at"]
    list_select_related = ["plan", "set_by"]
    autocomplete_fields = ["plan"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        today = clock.today(timezone.get_default_timezone_name())
        return {"effective_from": today} | super().get_changeform_initial_data(request)

    def save_model(self, request: HttpRequest, obj: NarrativeDuty, form: Any, change: bool) -> None:  # noqa: FBT001
        obj.set_by, obj.set_at = user_of(request), clock.now()
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, _request: HttpRequest, obj: NarrativeDuty) -> HttpResponseRedirect:
        """Go to the plan, whose page lists its choices."""
        return redirect("admin:commitments_plan_change", obj.plan_id)


@admin.register(Priority)
class PriorityAdmin(PlainAdmin):
    list_display = ["code", "title", "title_en", "plan", "position"]
    list_select_related = ["plan"]
    list_filter = ["plan"]
    search_fields = ["code", "title", "title_en"]
    autocomplete_fields = ["plan"]


@admin.register(SourceDocument)
class SourceDocumentAdmin(PlainAdmin):
    list_display = ["key", "title", "publisher", "published_on", "characters"]
    search_fields = ["key", "title", "publisher", "sha256"]
    # The field holds the whole text of a plan.
    formfield_overrides = {**PlainAdmin.formfield_overrides, models.TextField: {}}
    autocomplete_fields = ["jurisdiction"]


@admin.register(RuleSet)
class RuleSetAdmin(AddOnlyAdmin):
    """Rule sets; a version never changes, a new judgement is a new version."""

    list_display = ["version", "on_track_ratio", "at_risk_ratio", "small_gap_points", "stage_grace_days"]
    search_fields = ["version"]
