"""Large plans, written straight into the tables, since their making is not measured."""

from datetime import date
from typing import Any

from django.db import connection

from commitments.models import Plan, User
from tests.factories import make_commitment, make_plan, make_target, make_user

COMMITMENTS = """
INSERT INTO commitments_commitment (plan_id, code, title, title_en, priority_id, section, section_en, position, tier,
    lead_agency_id, note, note_en, lifecycle, dropped_authority, dropped_reason)
SELECT plan_id, 'B-' || n, title, title_en, priority_id, section, section_en, n %% 30000, tier, lead_agency_id, note,
       note_en, lifecycle, dropped_authority, dropped_reason
FROM commitments_commitment, generate_series(1, %(targets)s - 1) AS n WHERE id = %(like)s
"""
STARTS_ON, ENDS_ON = date(2023, 1, 1), date(2023, 12, 31)
# A third each of increments, running totals and levels; about one in five has been reached.
TARGETS = """
INSERT INTO commitments_target (commitment_id, code, headline, title, title_en, kind, accumulation, direction, goal,
    comparator, value, unit, unit_en, starts_on, due_on, due_basis, trajectory)
SELECT c.id, c.code, true, t.title, t.title_en, t.kind, (ARRAY['increments', 'running_total', 'level'])[c.id %% 3 + 1],
       t.direction, t.goal, t.comparator, CASE WHEN c.id %% 5 = 0 THEN 5 ELSE 1000000 END, t.unit, t.unit_en,
       t.starts_on, t.due_on, t.due_basis, t.trajectory
FROM commitments_commitment c JOIN commitments_target t ON t.id = %(target)s
WHERE c.plan_id = %(plan)s AND c.id <> t.commitment_id
"""
ENTRIES = """
INSERT INTO commitments_progressentry (commitment_id, target_id, effective_on, value, progress, problems, next_steps,
    recorded_by_id, recorded_at, is_sample, counted_from)
SELECT c.id, t.id, d.on, 1 + n %% 5, '', '', '', %(user)s, d.on + interval '1 day', false, d.on + interval '1 day'
FROM commitments_target t JOIN commitments_commitment c ON c.id = t.commitment_id AND c.plan_id = %(plan)s,
     generate_series(%(first)s, %(last)s) AS n,
     LATERAL (SELECT date '2023-01-01' + ((n * 7 + t.id) %% 270)::int AS on) d
"""


def execute(statement: str, **given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall() if cursor.description else []


def make_large_plan(targets: int, *, year: int) -> Plan:
    """Make a plan of one target a commitment, without entries; it runs through 2023 for any `year`."""
    plan = make_plan(year=year, starts_on=STARTS_ON, ends_on=ENDS_ON, review_required=False)
    commitment = make_commitment(plan)
    target = make_target(commitment)
    execute(COMMITMENTS, targets=targets, like=commitment.pk)
    execute(TARGETS, plan=plan.pk, target=target.pk)
    return plan


def add_entries(plan: Plan, first: int, last: int, user: User | None = None) -> None:
    """Add the `first` to `last` entry of every target, over the days of nine months."""
    execute("SET session_replication_role = replica")
    execute(ENTRIES, plan=plan.pk, first=first, last=last, user=(user or make_user()).pk)
    execute("SET session_replication_role = DEFAULT")


def settle() -> None:
    """Bring the tables into the state of a service that has run for a while."""
    execute("VACUUM ANALYZE")
    execute("CHECKPOINT")
