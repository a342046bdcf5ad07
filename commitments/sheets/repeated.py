"""Rows whose value the ledger has got since they were checked: by the same sheet, a colleague, the quick log."""

import json

from django.db import connection
from django.utils.translation import gettext as _

from ..models import ImportJob, Plan

PLANS = 0x49_4D_50_4C
REPEATED = """
SELECT EXISTS (
    SELECT FROM commitments_importrow r JOIN commitments_progressentry e
      ON e.target_id = r.target_id AND e.effective_on = r.effective_on AND e.value = r.value
     AND e.denominator IS NOT DISTINCT FROM r.denominator AND e.counted_until IS NULL
    WHERE r.job_id = %(job)s AND r.milestone_id IS NULL AND e.milestone_id IS NULL
      AND NOT coalesce(r.doubts, '[]') @> %(remark)s::jsonb)
"""


def wait_for_sheets_of(plan: Plan) -> None:
    """The sheets of a plan are recorded one after the other; holds until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [PLANS, plan.pk])


def is_repeated(job: ImportJob) -> bool:
    """Whether a row's value is in the ledger without the doubt that says so; milestones are refused a second time."""
    remark = [["value", _("The same value has been recorded for this day already.")]]
    with connection.cursor() as cursor:
        cursor.execute(REPEATED, {"job": job.pk, "remark": json.dumps(remark)})
        found: tuple[bool] = cursor.fetchone()
    return found[0]
