from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0023_sheets_tell_rows_given_up"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=~Q(goal="reach")
                | Q(accumulation="level")
                | ~Q(comparator__in=["~", ".."])
                | Q(comparator="~", value__gt=F("tolerance"))
                | Q(comparator="..", value__gt=0),
                name="target_start_is_outside_its_ends",
                violation_error_message="The start value already meets the target with its tolerance or range: nothing is left to reach.",
            ),
        ),
    ]
