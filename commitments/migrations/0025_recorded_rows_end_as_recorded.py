from django.db import migrations, models

# Two actions at once could discard a sheet just when some of its rows were recorded.
END_AS_RECORDED = """
UPDATE commitments_importjob
SET state = 'applied', refusal = '', refusal_params = '{}', faulty = 0, doubtful = 0,
    rows = (SELECT sum((run ->> 1)::int - (run ->> 0)::int + 1) FROM jsonb_array_elements(recorded_rows) run),
    confirmed_at = coalesce(confirmed_at, uploaded_at), applied_at = coalesce(confirmed_at, uploaded_at)
WHERE state IN ('refused', 'discarded') AND recorded_rows <> '[]'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0024_a_start_is_outside_the_ends"),
    ]

    operations = [
        migrations.RunSQL(END_AS_RECORDED, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="importjob",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recorded_rows", []),
                    models.Q(("state__in", ["refused", "discarded"]), _negated=True),
                    _connector="OR",
                ),
                name="importjob_ends_with_its_recorded_rows",
            ),
        ),
    ]
