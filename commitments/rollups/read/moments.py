"""The moments with a readable state: now, as it is stored, and any past day, judged anew."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Expression, F, Field, Func, JSONField, Model, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from ...models import Commitment, CommitmentRollup, Plan, Target, TargetRollup
from ...models.ledger import ProgressEntryQuerySet
from ...models.lifecycle import LifecycleTerms, terms_of
from ...states import CommitmentJudgement, TargetState
from .known_then import KnownThen
from .verdicts import Verdicts, judged, of_commitment_row, of_target_row

Row = TypeVar("Row", bound=Model)
Column = F | Expression
ROLLUPS: Mapping[type[Model], type[Model]] = {Commitment: CommitmentRollup, Target: TargetRollup}


class NoSuchDayError(ValueError):
    """A day on which the plan did not exist; the text says so in the active language."""


def check_day(plan: Plan, on: date, *, today: date) -> None:
    """Raise NoSuchDayError for a day before the plan starts or after `today`, both of the plan's calendar."""
    if not plan.starts_on <= on <= today:
        raise NoSuchDayError(
            _("The day must lie between %(first)s and today, %(today)s.")
            % {"first": plan.starts_on.isoformat(), "today": today.isoformat()}
        )


class Now:
    """The stored verdicts: columns beside the rows."""

    def beside(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Return the rows with their verdicts in the same query."""
        return rows.select_related("rollup__rule_set" if rows.model is Target else "rollup")

    def standing(self, entries: ProgressEntryQuerySet) -> ProgressEntryQuerySet:
        """Return those that count."""
        return entries.counted()

    def column(self, _model: type[Model], name: str) -> Column:
        """Return a verdict's column as an expression on rows of the model."""
        return F(f"rollup__{name}")

    def verdict(self, commitment: Commitment) -> CommitmentJudgement | None:
        row = getattr(commitment, "rollup", None)
        return of_commitment_row(row, row.assessed_on, row.assessed_at) if row else None

    def lifecycle(self, commitment: Commitment) -> LifecycleTerms:
        return terms_of(commitment)

    def target(self, row: Target) -> TargetState:
        rollup = getattr(row, "rollup", None)
        verdict = of_target_row(rollup, rollup.assessed_on) if rollup else None
        return TargetState(row, getattr(row, "baseline", None), verdict)


NOW = Now()


@dataclass(frozen=True)
class AsOf:
    """The end of a day of the plan's calendar, as known now or at an instant; judged once, when first asked."""

    plan: Plan
    on: date
    known_at: datetime | None = None

    @cached_property
    def verdicts(self) -> Verdicts:
        return judged(self.plan, self.on, self.known_at)

    def beside(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        return rows

    def standing(self, entries: ProgressEntryQuerySet) -> ProgressEntryQuerySet:
        """Return those about this day or earlier ones that count, or counted then."""
        known = entries.counted_at(self.known_at) if self.known_at else entries.counted()
        return known.filter(effective_on__lte=self.on)

    def column(self, model: type[Model], name: str) -> Column:
        """Return the column as a look-up by the row's id in one JSON value."""
        verdicts = self.verdicts.targets if model is Target else self.verdicts.commitments
        values = {str(row): getattr(verdict, name) for row, verdict in verdicts.items()}
        known = {row: str(value) for row, value in values.items() if value is not None}
        field: Field[Any, Any] = ROLLUPS[model]._meta.get_field(name)  # type: ignore[assignment] # noqa: SLF001
        # The database selects and orders for any day, as it does for now.
        text = Func(
            Value(known, JSONField()),
            Cast("pk", TextField()),
            function="jsonb_extract_path_text",
            output_field=TextField(),
        )
        return Cast(text, field)

    def verdict(self, commitment: Commitment) -> CommitmentJudgement | None:
        return self.verdicts.commitments.get(commitment.pk)

    def lifecycle(self, commitment: Commitment) -> LifecycleTerms:
        return self._then.lifecycle(commitment) if self._then else terms_of(commitment)

    def target(self, row: Target) -> TargetState:
        verdict = self.verdicts.targets.get(row.pk)
        if self._then is None:
            return TargetState(row, getattr(row, "baseline", None), verdict)
        return TargetState(self._then.target(row), self._then.baseline(row), verdict)

    @cached_property
    def _then(self) -> KnownThen | None:
        return KnownThen(self.plan, self.known_at) if self.known_at else None


At = Now | AsOf
