from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ...actions import targets
from ...domain.enums import TargetKind
from ...domain.targets import HUNDRED, ZERO
from ...formats import exact
from ...labels import KIND
from ...models import Baseline, Checkpoint, Milestone, Target
from ..base.days import BOXES
from ..base.kinds import PlainAdmin, ReadOnlyAdmin, user_of
from ..base.scope import chosen_for, own

JUDGED = (
    "commitment", "code", "headline", "kind", "accumulation", "direction", "goal", "comparator", "value", "value_high",
    "tolerance", "within", "starts_on", "due_on", "trajectory",
)  # fmt: skip
JUDGED_OF_BASELINE = ("commitment", "target", "value", "comparability")


def is_settled(target: Target | None) -> bool:
    """Tell whether progress counts; the target then changes only by a revision with authority and reason."""
    return target is not None and target.pk is not None and target.is_settled


class PartInline(admin.StackedInline):  # type: ignore[type-arg]
    """Parts of a target that its judgement depends on."""

    extra = 0
    formfield_overrides = BOXES

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("target")

    def has_add_permission(self, request: HttpRequest, obj: Target | None = None) -> bool:
        return super().has_add_permission(request, obj) and not is_settled(obj)

    def has_change_permission(self, request: HttpRequest, obj: Target | None = None) -> bool:
        return super().has_change_permission(request, obj) and not is_settled(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Target | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_settled(obj)


class CheckpointInline(PartInline):
    model = Checkpoint


class MilestoneFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """The stages of a target; together they make a hundred points, else it could never be met."""

    def clean(self) -> None:
        super().clean()
        kept = [
            form.cleaned_data
            for form in self.forms
            if form.is_valid() and not form.cleaned_data.get("DELETE")
        ]
        weights = [data["weight"] for data in kept if data.get("weight") is not None]
        staged = self.instance.kind == TargetKind.STAGES
        if weights and not staged:
            raise ValidationError(
                _("Only a target of the kind “%(kind)s” has milestones.") % {"kind": KIND[TargetKind.STAGES]}
            )
        if staged and sum(weights) != HUNDRED:
            raise ValidationError(
                _("The milestone weights add up to %(total)s instead of 100.")
                % {"total": exact(sum(weights, ZERO))}
            )


class MilestoneInline(PartInline):
    model = Milestone
    formset = MilestoneFormSet


class TargetForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_comparator(self) -> str:
        """Refuse another comparator for a target with revisions, whose numbers fit the old one alone."""
        comparator: str = self.cleaned_data["comparator"]
        if "comparator" in self.changed_data and self.instance.pk and self.instance.revisions.exists():
            raise ValidationError(_("It has been revised, so its comparator can no longer change."))
        return comparator

    def _post_clean(self) -> None:
        """Refuse terms that the linked start meets already."""
        super()._post_clean()  # type: ignore[misc]
        start = Baseline.objects.filter(target=self.instance.pk).first() if self.instance.pk else None
        if start is not None and "value" in self.fields and not self.errors:
            try:
                targets.check_start(self.instance, start.value)
            except ValidationError as refusal:
                self.add_error(None, refusal)


@admin.register(Target)
class TargetAdmin(PlainAdmin):
    form = TargetForm
    list_display = ["code", "title", "title_en", "headline", "kind", "value", "unit", "due_on"]
    list_filter = ["commitment__plan", "kind", "goal", "headline"]
    search_fields = ["code", "title", "title_en", "commitment__title", "commitment__title_en"]
    autocomplete_fields = ["commitment"]
    inlines = [CheckpointInline, MilestoneInline]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **given: Any
    ) -> HttpResponse:
        """Show the form; one that is read-only in part gives the reason and the way to a revision."""
        context["settled"] = is_settled(given.get("obj"))
        return super().render_change_form(request, context, *args, **given)

    def get_readonly_fields(self, _request: HttpRequest, obj: Target | None = None) -> tuple[str, ...]:
        if is_settled(obj):
            return JUDGED
        return ("commitment",) if obj else ()

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if chosen_for(request) == "progressentry":
            found = own(found, user_of(request), commitment="commitment")
        return found, may_repeat


@admin.register(Milestone)
class MilestoneAdmin(ReadOnlyAdmin):
    """Milestones, read-only: they are edited on the page of their target."""

    list_display = ["target", "position", "title", "title_en", "due_on", "weight"]
    list_select_related = ["target"]
    search_fields = ["title", "title_en", "target__code"]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        found, may_repeat = super().get_search_results(
            request, queryset.select_related("target"), search_term
        )
        if chosen_for(request) == "progressentry":
            found = own(found, user_of(request), commitment="target__commitment")
        return found, may_repeat


class BaselineForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_target(self) -> Target | None:
        """Refuse a start value for a target with counted progress."""
        # It would silently judge again the progress that counts already.
        target: Target | None = self.cleaned_data["target"]
        if "target" in self.changed_data and is_settled(target):
            raise ValidationError(
                _("This target already has approved progress, so its start value can no longer change.")
            )
        return target

    def clean(self) -> dict[str, Any] | None:
        """Refuse a start that leaves nothing of its target to reach."""
        typed = super().clean() or self.cleaned_data
        target, value = typed.get("target"), typed.get("value")
        if target is not None and value is not None:
            targets.check_start(target, value)
        return typed


@admin.register(Baseline)
class BaselineAdmin(PlainAdmin):
    form = BaselineForm
    list_display = [
        "indicator",
        "indicator_en",
        "commitment",
        "target",
        "value",
        "unit",
        "on",
        "comparability",
    ]
    list_select_related = ["commitment", "target"]
    list_filter = ["comparability", "estimated"]
    search_fields = [
        "indicator",
        "indicator_en",
        "commitment__code",
        "commitment__title",
        "commitment__title_en",
    ]
    autocomplete_fields = ["commitment", "target", "source"]

    def get_readonly_fields(self, _request: HttpRequest, obj: Baseline | None = None) -> tuple[str, ...]:
        if obj and is_settled(obj.target):
            return JUDGED_OF_BASELINE
        return ("commitment",) if obj else ()
