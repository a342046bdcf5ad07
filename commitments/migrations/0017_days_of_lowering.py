"""A roll-up keeps the day from which the lowering of a target counts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0016_ratios_to_date"),
    ]

    operations = [
        migrations.AddField(
            model_name="targetrollup",
            name="lowered_on",
            field=models.DateField(null=True, verbose_name="lowering counts since"),
        ),
        migrations.AddField(
            model_name="targetsnapshot",
            name="lowered_on",
            field=models.DateField(null=True, verbose_name="lowering counts since"),
        ),
    ]
