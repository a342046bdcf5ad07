"""Counts of commitments by status: in the plan, by priority and section, and by agency, as lead and as support."""

from collections.abc import Sequence

from ..domain.enums import Scope, Status
from .sql.run import send

# Every status of every scope gets a row, so that a count that falls to zero is stored as 0.
REFRESH = f"""
WITH verdict AS (
    SELECT c.id, c.plan_id, c.priority_id, coalesce(nullif(c.section, ''), c.section_en) AS section,
           c.lead_agency_id, r.status
    FROM commitments_commitment c JOIN commitments_commitmentrollup r ON r.commitment_id = c.id
    WHERE c.plan_id = ANY(%(plans)s)
), tally AS (
    SELECT plan_id,
           CASE WHEN grouping(section) = 0 THEN '{Scope.SECTION}'
                WHEN grouping(priority_id) = 0 THEN '{Scope.PRIORITY}'
                WHEN grouping(lead_agency_id) = 0 THEN '{Scope.AGENCY}' ELSE '{Scope.PLAN}' END AS scope,
           priority_id, section, lead_agency_id AS agency_id, status, count(*) AS commitments
    FROM verdict
    GROUP BY GROUPING SETS ((plan_id, status), (plan_id, priority_id, status), (plan_id, priority_id, section, status),
                            (plan_id, lead_agency_id, status))
    UNION ALL
    SELECT v.plan_id, '{Scope.SUPPORT}', NULL, NULL, s.agency_id, v.status, count(*)
    FROM verdict v JOIN commitments_commitmentsupport s ON s.commitment_id = v.id
    GROUP BY v.plan_id, s.agency_id, v.status
), place AS (
    SELECT plan_id, scope, priority_id, section, agency_id FROM tally
    UNION
    SELECT plan_id, scope, priority_id, section, agency_id FROM commitments_statuscount WHERE plan_id = ANY(%(plans)s)
)
INSERT INTO commitments_statuscount AS old (plan_id, scope, priority_id, section, agency_id, status, commitments)
SELECT p.plan_id, p.scope, p.priority_id, p.section, p.agency_id, s.status, coalesce(t.commitments, 0)
FROM place p CROSS JOIN unnest(%(statuses)s::text[]) AS s (status)
LEFT JOIN tally t ON (t.plan_id, t.scope, t.status) = (p.plan_id, p.scope, s.status)
                 AND t.priority_id IS NOT DISTINCT FROM p.priority_id
                 AND t.section IS NOT DISTINCT FROM p.section
                 AND t.agency_id IS NOT DISTINCT FROM p.agency_id
ON CONFLICT (plan_id, scope, priority_id, section, agency_id, status)
DO UPDATE SET commitments = excluded.commitments WHERE old.commitments <> excluded.commitments
"""


def refresh(plans: Sequence[int]) -> None:
    """Recount the plans' stored verdicts. The caller holds the plans' locks."""
    send(REFRESH, {"plans": list(plans), "statuses": [status.value for status in Status]}, prepare=True)
