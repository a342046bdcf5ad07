from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0025_recorded_rows_end_as_recorded"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="targetrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("new_value_high__isnull", True), ("new_tolerance__isnull", True), _connector="OR"
                ),
                name="targetrevision_ends_of_one_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("new_value_high__isnull", True), ("old_value_high__isnull", True)),
                    models.Q(("new_value_high__isnull", False), ("old_value_high__isnull", False)),
                    _connector="OR",
                ),
                name="targetrevision_range_stays_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("new_tolerance__isnull", True), ("old_tolerance__isnull", True)),
                    models.Q(("new_tolerance__isnull", False), ("old_tolerance__isnull", False)),
                    _connector="OR",
                ),
                name="targetrevision_about_stays_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="targetrevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("new_within", False), ("old_within", False)),
                    ("new_value_high__isnull", False),
                    ("new_tolerance__isnull", False),
                    _connector="OR",
                ),
                name="targetrevision_within_has_ends",
            ),
        ),
    ]
