from django.db import migrations, models


def check_anew(apps, _schema_editor):
    """What was checked is kept in another form before and after: it is checked once more, and looked at again."""
    apps.get_model("commitments", "ImportRow").objects.exclude(job__state="applied").delete()
    jobs = apps.get_model("commitments", "ImportJob").objects
    jobs.filter(state__in=["checked", "confirmed"]).update(state="received", attempts=0)


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0009_locks_hold_for_all"),
    ]

    operations = [
        migrations.AddField(
            model_name="importjob",
            name="recorded",
            field=models.CharField(
                blank=True, max_length=64, verbose_name="digest of what was recorded then"
            ),
        ),
        migrations.AddField(
            model_name="importjob",
            name="refusal_params",
            field=models.JSONField(default=dict, verbose_name="what the reason names"),
        ),
        migrations.RunPython(check_anew, check_anew, elidable=True),
    ]
