"""The service's own role may add to the ledger and end an entry's span, nothing else.

Triggers refuse the rest already; privileges refuse it even where somebody has switched the triggers off.
Databases without the role `tracker_app` are left as they are.
"""

from django.db import migrations

APPEND_ONLY = [
    "commitments_progressentry",
    "commitments_review",
    "commitments_withdrawal",
    "commitments_evidence",
    "commitments_targetrevision",
    "commitments_deliveryconfidence",
    "commitments_ruleset",
]
MUTABLE = {
    "commitments_progressentry": "counted_from, counted_until",
    "commitments_evidence": "public",
}


def for_role(statements: list[str]) -> str:
    body = " ".join(statements)
    return (
        "DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracker_app') "
        f"THEN {body} END IF; END $$"
    )


RESTRICT = for_role(
    [
        *(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM tracker_app;" for table in APPEND_ONLY),
        *(f"GRANT UPDATE ({columns}) ON {table} TO tracker_app;" for table, columns in MUTABLE.items()),
    ]
)
RELAX = for_role([f"GRANT UPDATE, DELETE ON {table} TO tracker_app;" for table in APPEND_ONLY])


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_initial")]
    operations = [migrations.RunSQL(RESTRICT, RELAX)]
