from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ... import clock, labels
from ...actions import ledger
from ...actions.proposals import Proposed, ProposedEntry, ProposedNarrative
from ...domain.enums import EntryState, NoFigure
from ...models import Commitment, Milestone, ProgressEntry, Target, User
from ...presenters.entries import format_entry
from ...progress_import.ledger_export import ledger_columns
from ...spreadsheets.export_columns import Column
from ..base.action_forms import ActionForm
from ..base.entry_states import StateFilter, with_all
from ..base.kinds import LedgerAdmin, user_of
from ..base.number_fields import FigureField
from ..base.scope import chosen_for, own
from ..pages.own_reports import ReporterFilter
from ..pages.review_queue.decisions import approve_undoubted
from ..pages.review_queue.telling import tell
from .corrections import correction_context, correction_of, find_corrected, links

RECORDED = (
    "commitment", "target", "milestone", "effective_on", "said", "includes_earlier", "progress", "problems",
    "next_steps",
    "corrects", "state", "why",
    "recorded_by", "recorded_at",
)  # fmt: skip

# One of these says something where no figure is; the others belong to a figure.
WORDS = ("no_figure", "progress", "problems", "next_steps")
OF_FIGURE = ("milestone", "denominator", "includes_earlier")


class ProgressForm(ActionForm):
    def clean_target(self) -> Target | None:
        """Tell the fields after it whose unit may stand behind a number."""
        target: Target | None = self.cleaned_data["target"]
        for field in self.fields.values():
            if target and isinstance(field, FigureField):
                field.target = target
        return target

    def clean_value(self) -> Decimal | None:
        value: Decimal | None = self.cleaned_data["value"]
        if value is not None and "target" not in self.errors and not self.cleaned_data["target"]:
            raise ValidationError(_("Choose the target of this figure."))
        return value

    def clean(self) -> dict[str, Any]:
        """Take the commitment of the target, where only the target was chosen."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for check in (self._check_subject, self._check_said):
            if not self.errors:
                check(given)
        return given

    def _check_subject(self, given: dict[str, Any]) -> None:
        target, commitment = given["target"], given["commitment"]
        if target is None and commitment is None:
            self.add_error("target", _("Choose a target, or a commitment to report on in words."))
        elif target is not None and commitment is None:
            given["commitment"] = target.commitment
        elif target is not None and target.commitment_id != commitment.pk:
            self.add_error("target", _("Choose a target of %(code)s.") % {"code": commitment.code})

    def _check_said(self, given: dict[str, Any]) -> None:
        """Refuse what would be left out of a figure or of words without being told."""
        if given["value"] is not None:
            if given["no_figure"]:
                self.add_error("no_figure", _("Enter a figure, or say why there is none; not both."))
        elif any(given[name] for name in OF_FIGURE):
            self.add_error("value", _("Please enter a figure."))
        elif not any(given[name] for name in WORDS):
            self.add_error("value", _("Please enter a figure, or say in words what was done."))

    def act(self, *, by: User, at: datetime) -> ProgressEntry:
        given = dict(self.cleaned_data)
        earlier, entry = given.pop("corrects"), _propose(given)
        if earlier:
            return ledger.correct(earlier, entry, by=by, at=at)
        return ledger.record(entry, by=by, at=at)


def _propose(given: dict[str, Any]) -> Proposed:
    """Build a figure, or a narrative where no number was typed."""
    figure = {name: given.pop(name) for name in ("value", *OF_FIGURE)}
    commitment, no_figure = given.pop("commitment"), given.pop("no_figure")
    if figure["value"] is None:
        return ProposedNarrative(
            commitment=commitment, no_figure=NoFigure(no_figure) if no_figure else None, **given
        )
    return ProposedEntry(**given, **figure)


def _choosable(entries: Any, asking: str) -> Any:
    """Narrow entries to those that the form of the model `asking` takes."""
    if asking == "review":
        return entries.pending()
    return entries.live() | entries.returned() if asking == "withdrawal" else entries.live()


def fields_of(entry: ProgressEntry) -> list[str]:
    """Return the fields with content in a recorded entry."""
    told = {
        "target": entry.target_id,
        "milestone": entry.milestone_id,
        "includes_earlier": entry.includes_earlier,
        "corrects": entry.corrects_id,
        "why": entry.state in (EntryState.RETURNED, EntryState.WITHDRAWN),
    }
    return [name for name in RECORDED if told.get(name, True)]


@admin.register(ProgressEntry)
class ProgressEntryAdmin(LedgerAdmin):
    form = ProgressForm
    fields = [
        "commitment",
        "target",
        "milestone",
        "effective_on",
        "value",
        "denominator",
        "includes_earlier",
        "no_figure",
        "progress",
        "problems",
        "next_steps",
        "corrects",
    ]
    list_display = [
        "subject",
        "effective_on",
        "reported",
        "state",
        "sample",
        "recorded_by",
        "recorded_at",
    ]
    list_select_related = ["commitment", "target", "milestone", "recorded_by", "review", "withdrawal"]
    list_filter = [
        StateFilter,
        ReporterFilter,
        "commitment__plan",
        "commitment__lead_agency",
        "is_sample",
    ]
    search_fields = ["commitment__code", "target__code", "target__title", "target__title_en", "progress"]
    autocomplete_fields = ["commitment", "target", "milestone", "corrects"]
    actions = ["approve"]
    change_list_template = "admin/ledger_list.html"

    def get_export_columns(self, _request: HttpRequest) -> list[Column]:
        return ledger_columns(self.state)

    def get_fields(self, _request: HttpRequest, obj: ProgressEntry | None = None) -> Any:
        return fields_of(obj) if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: ProgressEntry | None = None) -> Any:
        return self.get_fields(request, obj) if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return today's date by the site's clock: the browser's “Today” does not know a demo's."""
        given: dict[str, Any] = super().get_changeform_initial_data(request)
        today = clock.today(timezone.get_default_timezone_name())
        entry = find_corrected(given.get("corrects", ""), user_of(request))
        return {"effective_on": today} | correction_of(entry) | given

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **given: Any
    ) -> HttpResponse:
        """Show the form with links to correct or withdraw the entry; a correction shows its original."""
        context.update(links(given.get("obj"), user_of(request)))
        asked = request.POST.get("corrects") or request.GET.get("corrects", "")
        if given["add"] and (entry := find_corrected(asked, user_of(request))):
            context.update(correction_context(entry))
        return super().render_change_form(request, context, *args, **given)

    @admin.display(description=gettext_lazy("target"), ordering="target")
    def subject(self, entry: ProgressEntry) -> str:
        return str(entry.target or entry.commitment)

    @admin.display(description=gettext_lazy("value"), ordering="value")
    def reported(self, entry: ProgressEntry) -> str:
        return format_entry(entry)

    @admin.display(description=gettext_lazy("value"))
    def said(self, entry: ProgressEntry) -> str:
        """Return the figure; for a stage only “done”, since the stage stands beside it."""
        return _("Done") if entry.milestone else format_entry(entry)

    @admin.display(description=gettext_lazy("state"))
    def state(self, entry: ProgressEntry) -> str:
        return str(labels.ENTRY_STATE[entry.state])

    @admin.display(description=gettext_lazy("reason"))
    def why(self, entry: ProgressEntry) -> str:
        """Return the reason given to the author of a returned or withdrawn entry."""
        decisions = (getattr(entry, name, None) for name in ("review", "withdrawal"))
        return "\n".join(decision.reason for decision in decisions if decision)

    @admin.display(description=gettext_lazy("sample data"), ordering="is_sample")
    def sample(self, entry: ProgressEntry) -> str:
        return _("SAMPLE") if entry.is_sample else ""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        user = user_of(request)
        kwargs["queryset"] = {
            "commitment": lambda: own(Commitment.objects.all(), user, commitment="pk"),
            "target": lambda: own(
                Target.objects.select_related("commitment__plan"), user, commitment="commitment"
            ),
            "milestone": lambda: own(Milestone.objects.all(), user, commitment="target__commitment"),
            "corrects": lambda: own(with_all(ProgressEntry.objects.all()), user, commitment="commitment"),
        }[db_field.name]()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        asking = chosen_for(request)
        if asking:
            own_ones: Any = own(found, user_of(request), commitment="commitment")
            found = _choosable(own_ones, asking)
        return found, may_repeat

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in ("value", "denominator"):
            kwargs["form_class"] = FigureField
        if db_field.name == "value":
            kwargs["help_text"] = _(
                "Enter the amount the target asks for: the increase, the total to date or the latest"
                " level. For a completed milestone, enter 1."
            )
        if db_field.name == "denominator":
            kwargs["help_text"] = _(
                "For ratios only: if 190 of 200 are done, enter 190 here and 200 as the denominator."
            )
        if db_field.name == "commitment":
            kwargs["help_text"] = _("Only for a report in words; a figure needs its target.")
            kwargs["required"] = False
        if db_field.name == "no_figure":
            kwargs["help_text"] = _("For a target without a figure for the period: why there is none.")
        if db_field.name in ("progress", "problems", "next_steps"):
            kwargs["help_text"] = _("Public once approved.")
        if db_field.name == "includes_earlier":
            kwargs["help_text"] = _(
                "For increases and ratios only: also covers the earlier periods without a report."
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("commitments.add_review")

    @admin.action(permissions=["review"], description=gettext_lazy("Approve selected entries"))
    def approve(self, request: HttpRequest, entries: QuerySet[ProgressEntry]) -> None:
        """Approve the entries without doubts, each on its own, so that one refusal does not hold up others."""
        tell(request, approve_undoubted(with_all(entries), by=user_of(request), at=clock.now()))
