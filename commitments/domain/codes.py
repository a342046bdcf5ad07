"""The form of a plan's code, which stands unchanged in addresses and file names."""

LONGEST_PLAN_CODE = 40
PLAN_CODE = rf"[A-Za-z0-9][A-Za-z0-9-]{{0,{LONGEST_PLAN_CODE - 1}}}"
