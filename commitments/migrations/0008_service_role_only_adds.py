"""The service's own role may add to the ledger and end an entry's span, nothing else.

Triggers refuse the rest already; privileges refuse it even where somebody has switched the triggers off.
Databases without the role `tracker_app` are left as they are.
"""

from django.db import migrations

EDITED = (
    "agency", "baseline", "checkpoint", "commitment", "commitmentsupport", "evidence", "jurisdiction", "milestone",
    "plan", "priority", "ruleset", "rulesetadoption", "sourcedocument", "subscription", "target", "targetrevision",
    "user",
)  # fmt: skip
APPEND_ONLY = [
    "progressentry",
    "review",
    "withdrawal",
    "evidence",
    "targetrevision",
    "deliveryconfidence",
    "lifecycledecision",
    "periodlock",
    "ruleset",
    "rulesetadoption",
    "setupdone",
    *(f"{name}edit" for name in EDITED),
]
MUTABLE = {"progressentry": "counted_from, counted_until", "evidence": "public"}


def for_role(statements: list[str]) -> str:
    """Return one statement that runs them where the role is there."""
    body = " ".join(statements)
    return (
        "DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracker_app') "
        f"THEN {body} END IF; END $$"
    )


RESTRICT = for_role(
    [
        *(f"REVOKE UPDATE, DELETE, TRUNCATE ON commitments_{name} FROM tracker_app;" for name in APPEND_ONLY),
        *(
            f"GRANT UPDATE ({columns}) ON commitments_{name} TO tracker_app;"
            for name, columns in MUTABLE.items()
        ),
    ]
)
RELAX = for_role([f"GRANT UPDATE, DELETE ON commitments_{name} TO tracker_app;" for name in APPEND_ONLY])


class Migration(migrations.Migration):
    dependencies = [("commitments", "0007_edit_histories")]
    operations = [migrations.RunSQL(RESTRICT, RELAX)]
