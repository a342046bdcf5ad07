from django.db.models import Value
from django.db.models.functions import NullIf
from rest_framework import serializers

from .. import labels
from ..models import ProgressEntry
from .fields import ALWAYS_THERE, Label, Text, Word
from .progress import EntryFilter
from .reading import ListView


class NarrativeSerializer(serializers.ModelSerializer[ProgressEntry]):
    """An approved report in words. The author is not published."""

    plan = Text(source="commitment.plan.code")
    commitment = Text(source="commitment.code")
    target = Text(
        source="target.code",
        allow_null=True,
        help_text="The target it is about; `null` if it is about the commitment.",
    )
    no_figure = Word(
        labels.NO_FIGURE,
        source="lacks",
        allow_null=True,
        help_text="Why the target has no figure for the period.",
    )
    no_figure_label = Label(labels.NO_FIGURE, source="lacks", allow_null=True)
    counted_from = serializers.DateTimeField()
    sample = serializers.BooleanField(source="is_sample")

    class Meta:
        model = ProgressEntry
        fields = [
            "id", "plan", "commitment", "target", "effective_on", "no_figure", "no_figure_label", "progress",
            "problems", "next_steps", "counted_from", "sample",
        ]  # fmt: skip
        read_only_fields = fields
        extra_kwargs = dict.fromkeys(("progress", "problems", "next_steps"), ALWAYS_THERE)


class NarrativeList(ListView[ProgressEntry]):
    """Approved reports in words, newest first; those in review or returned are not shown."""

    queryset = (
        ProgressEntry.objects.narratives()
        .counted()
        .select_related("commitment__plan", "target")
        .annotate(lacks=NullIf("no_figure", Value("")))
    )
    serializer_class = NarrativeSerializer
    filterset_class = EntryFilter
