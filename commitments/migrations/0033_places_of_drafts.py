"""A draft names its place on the sheet, which may be a commitment without targets or a correction."""

import django.db.models.deletion
from django.db import migrations, models

NAME_PLACES = """
UPDATE commitments_entrydraft d SET place = d.target_id::text, commitment_id = t.commitment_id
FROM commitments_target t WHERE t.id = d.target_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
# Drafts of other places are given up: an earlier version has none.
NAME_TARGETS = """
DELETE FROM commitments_entrydraft WHERE place !~ '^[0-9]+$';
UPDATE commitments_entrydraft SET target_id = place::bigint;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
TARGET = {"on_delete": django.db.models.deletion.CASCADE, "related_name": "+", "to": "commitments.target"}
COMMITMENT = TARGET | {"to": "commitments.commitment"}


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0032_sheets_report_in_words"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="entrydraft", name="entrydraft_once_a_period"),
        migrations.AddField(
            model_name="entrydraft", name="commitment", field=models.ForeignKey(null=True, **COMMITMENT)
        ),
        migrations.AddField(
            model_name="entrydraft", name="place", field=models.CharField(default="", max_length=20)
        ),
        migrations.AlterField(
            model_name="entrydraft", name="target", field=models.ForeignKey(null=True, **TARGET)
        ),
        migrations.RunSQL(NAME_PLACES, NAME_TARGETS),
        migrations.AlterField(
            model_name="entrydraft", name="commitment", field=models.ForeignKey(**COMMITMENT)
        ),
        migrations.AlterField(model_name="entrydraft", name="place", field=models.CharField(max_length=20)),
        migrations.RemoveField(model_name="entrydraft", name="target"),
        migrations.AddConstraint(
            model_name="entrydraft",
            constraint=models.UniqueConstraint(
                fields=("user", "place", "ends_on"), name="entrydraft_once_a_period"
            ),
        ),
    ]
