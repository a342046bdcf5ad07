"""Verdicts have columns since 0.2.0 that only judging fills; all commitments are judged anew."""

from django.db import migrations

JUDGE_ANEW = "INSERT INTO commitments_stalemark (commitment_id) SELECT id FROM commitments_commitment"


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0026_revisions_keep_their_ends"),
    ]

    operations = [
        migrations.RunSQL(JUDGE_ANEW, migrations.RunSQL.noop),
    ]
