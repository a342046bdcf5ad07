"""Rows of sheets name their commitment, and one without a value reports in words."""

import django.db.models.deletion
from django.db import migrations, models

FILL_COMMITMENT = """
UPDATE commitments_importrow r SET commitment_id = t.commitment_id FROM commitments_target t WHERE t.id = r.target_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0031_duties_to_report"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="importrow",
            name="importrow_whole_or_faulty",
        ),
        migrations.AddField(
            model_name="importrow",
            name="commitment",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="commitments.commitment",
                verbose_name="commitment",
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="no_figure",
            field=models.CharField(
                blank=True,
                choices=[
                    ("not_published", "No figure: not published yet"),
                    ("nothing_new", "No figure: nothing new"),
                ],
                db_default="",
                default="",
                max_length=13,
                verbose_name="no figure for this period",
            ),
        ),
        migrations.RunSQL(FILL_COMMITMENT, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("faults__isnull", False),
                    models.Q(("commitment__isnull", False), ("value__isnull", True)),
                    models.Q(("commitment__isnull", False), ("target__isnull", False)),
                    _connector="OR",
                ),
                name="importrow_whole_or_faulty",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.CheckConstraint(
                condition=models.Q(("no_figure__in", ["", "not_published", "nothing_new"])),
                name="importrow_no_figure_known",
            ),
        ),
    ]
