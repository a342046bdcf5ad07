"""Every commitment and every month that has entries is read anew.

The service's own role only adds to adoptions of rule sets.
"""

from importlib import import_module

from django.db import migrations

MARKS = """
INSERT INTO commitments_stalemark (commitment_id, target, month)
SELECT DISTINCT t.commitment_id, t.id, date_trunc('month', e.effective_on::timestamp)::date
FROM commitments_progressentry e JOIN commitments_target t ON t.id = e.target_id
"""
# What is judged has more columns now, and there are more places to count in.
EVERYTHING = "INSERT INTO commitments_stalemark (commitment_id) SELECT id FROM commitments_commitment"
NEW_PLACES = "DELETE FROM commitments_statuscount WHERE scope IN ('section', 'support')"
for_role = import_module("commitments.migrations.0002_service_role_only_adds").for_role
TABLE = "commitments_rulesetadoption"


class Migration(migrations.Migration):
    dependencies = [("commitments", "0003_judgement")]
    operations = [
        migrations.RunSQL([MARKS, EVERYTHING], NEW_PLACES),
        migrations.RunSQL(
            for_role([f"REVOKE UPDATE, DELETE, TRUNCATE ON {TABLE} FROM tracker_app;"]),
            for_role([f"GRANT UPDATE, DELETE ON {TABLE} TO tracker_app;"]),
        ),
    ]
