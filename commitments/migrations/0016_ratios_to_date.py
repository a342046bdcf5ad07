"""A ratio may be reported by two totals to date; the last reading of a ratio's month is kept in percent."""

from django.db import migrations, models

# The counted reading that closes each month of a ratio, by itself.
CLOSING_IN_PERCENT = """
UPDATE commitments_targetmonth m SET closing = (
    SELECT round(e.value * 100.000000000000 / e.denominator, 10) FROM commitments_progressentry e
    WHERE e.target_id = m.target_id AND e.effective_on = m.last_on
      AND e.counted_from IS NOT NULL AND e.counted_until IS NULL
    ORDER BY e.id DESC LIMIT 1)
FROM commitments_target t WHERE t.id = m.target_id AND t.accumulation = 'ratio' AND m.entries > 0
"""


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0015_methods_and_ranges"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="target",
            name="target_accumulation_known",
        ),
        migrations.RemoveConstraint(
            model_name="target",
            name="target_ratio_is_not_reached",
        ),
        migrations.RemoveConstraint(
            model_name="target",
            name="target_ratio_is_in_percent",
        ),
        migrations.AlterField(
            model_name="target",
            name="accumulation",
            field=models.CharField(
                choices=[
                    ("increments", "Increments, added up"),
                    ("running_total", "Running total, to date"),
                    ("level", "Level on the day"),
                    ("stages", "Stages done, by weight"),
                    ("ratio", "Ratio of two sums, in percent"),
                    ("running_ratio", "Ratio of two totals to date, in percent"),
                ],
                max_length=14,
                verbose_name="accumulation",
            ),
        ),
        migrations.AlterField(
            model_name="targetedit",
            name="accumulation",
            field=models.CharField(
                choices=[
                    ("increments", "Increments, added up"),
                    ("running_total", "Running total, to date"),
                    ("level", "Level on the day"),
                    ("stages", "Stages done, by weight"),
                    ("ratio", "Ratio of two sums, in percent"),
                    ("running_ratio", "Ratio of two totals to date, in percent"),
                ],
                max_length=14,
                verbose_name="accumulation",
            ),
        ),
        migrations.AlterField(
            model_name="targetmonth",
            name="closing",
            field=models.DecimalField(
                decimal_places=10, max_digits=40, null=True, verbose_name="closing value"
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "accumulation__in",
                        ["increments", "running_total", "level", "stages", "ratio", "running_ratio"],
                    )
                ),
                name="target_accumulation_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accumulation__in", ["ratio", "running_ratio"]), ("goal", "reach"), _negated=True
                ),
                name="target_ratio_is_not_reached",
                violation_error_message="A ratio can be met by its first case and lost again: keep it, or let the last reading decide.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accumulation__in", ["ratio", "running_ratio"]), _negated=True),
                    models.Q(("unit__in", ["", "%"]), ("unit_en__in", ["", "%"])),
                    _connector="OR",
                ),
                name="target_ratio_is_in_percent",
                violation_error_message="A ratio is a percentage, so its unit must be “%”.",
            ),
        ),
        migrations.RunSQL(CLOSING_IN_PERCENT, migrations.RunSQL.noop),
    ]
