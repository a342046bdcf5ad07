from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...domain.enums import Lifecycle
from ...formats import localised
from ...models import Agency, Commitment
from ...presenters.status_tags import tag
from ...rollups import read
from ..base.choices import RowChoices
from ..base.kinds import PlainAdmin, user_of
from ..base.scope import chosen_for, own

LIFE = ("lifecycle", "dropped_on", "dropped_authority", "dropped_reason")
CITED = ("source", "char_start", "char_end")


class CommitmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that states the table's constraints in words."""

    supporters = forms.ModelMultipleChoiceField(
        Agency.objects.all(),
        required=False,
        label=gettext_lazy("Supporting agencies"),
        widget=RowChoices(Commitment.supporting_agencies.field, admin.site),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["supporters"] = self.instance.supporting_agencies.all()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._check_cited()
        self._check_priority()
        return cleaned

    def _check_cited(self) -> None:
        filled = [self.cleaned_data.get(field) is not None for field in CITED]
        if any(filled) and not all(filled):
            self.add_error(
                "source", _("Give both the first and the last character of the source, or neither.")
            )
            return
        if all(filled) and self.cleaned_data["char_end"] <= self.cleaned_data["char_start"]:
            self.add_error("char_end", _("The end must come after the first character."))

    def _check_priority(self) -> None:
        priority = self.cleaned_data.get("priority")
        plan = self.cleaned_data.get("plan") or (self.instance.plan if self.instance.pk else None)
        if plan and priority and priority.plan_id != plan.pk:
            self.add_error("priority", _("This priority belongs to another plan."))


@admin.register(Commitment)
class CommitmentAdmin(PlainAdmin):
    form = CommitmentForm
    list_display = ["code", "standing", "name", "priority", "lead_agency", "tier", "lifecycle"]
    list_select_related = ["priority", "lead_agency", "rollup"]
    list_filter = ["plan", "priority", "tier", "lifecycle", "lead_agency"]
    search_fields = ["code", "title", "title_en", "section", "section_en"]
    autocomplete_fields = ["plan", "priority", "lead_agency", "source"]

    class Media:
        css = {"all": ["staff/review.css"]}

    fieldsets = [
        (
            None,
            {
                "fields": [
                    "plan",
                    "code",
                    "title",
                    "title_en",
                    "priority",
                    "section",
                    "section_en",
                    "position",
                ]
            },
        ),
        (gettext_lazy("Responsibility"), {"fields": ["tier", "lead_agency", "supporters"]}),
        (gettext_lazy("Source"), {"fields": [*CITED, "note", "note_en"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Commitment]:
        """Select the commitments, each with whether it is to be judged anew."""
        found: QuerySet[Commitment] = super().get_queryset(request)
        return found.annotate(is_recomputing=read.is_recomputing())

    @admin.display(description=gettext_lazy("Status"), ordering="rollup__status")
    def standing(self, commitment: Commitment) -> str:
        """Return the status as a link to the commitment at a glance."""
        rollup = getattr(commitment, "rollup", None)
        is_recomputing: bool = commitment.is_recomputing  # type: ignore[attr-defined]
        shown = tag(rollup.status if rollup else "", is_recomputing=is_recomputing)
        address = reverse("staff:overview", args=[commitment.pk])
        title = _("%(code)s at a glance") % {"code": commitment.code}
        link = '<a class="tag status-{}" href="{}" title="{}"><span aria-hidden="true">{}</span> {}</a>'
        return format_html(link, shown.code, address, title, shown.shape, shown.word)

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def name(self, commitment: Commitment) -> str:
        """Return the title in the reader's language."""
        return localised(commitment.title, commitment.title_en)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if chosen_for(request) == "progressentry":
            found = own(found, user_of(request), commitment="pk")
        return found, may_repeat

    def get_readonly_fields(self, _request: HttpRequest, obj: Commitment | None = None) -> tuple[str, ...]:
        return ("plan", *LIFE) if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Commitment | None = None) -> Any:
        """Return the fields; a new commitment is active, so its lifecycle shows only later, read-only."""
        return [*super().get_fieldsets(request, obj), _life(obj)] if obj else super().get_fieldsets(request)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        form.instance.supporting_agencies.set(form.cleaned_data["supporters"])


def _life(commitment: Commitment) -> tuple[Any, dict[str, Any]]:
    words = _("Read-only here. Drop or reinstate the commitment on its own page, with authority and reason.")
    active = commitment.lifecycle == Lifecycle.ACTIVE
    way, name = ("staff:drop", _("Drop it")) if active else ("staff:reinstate", _("Reinstate it"))
    link = format_html('{} <a href="{}">{}</a>', words, reverse(way, args=[commitment.pk]), name)
    return _("Lifecycle"), {"fields": LIFE, "description": link}
