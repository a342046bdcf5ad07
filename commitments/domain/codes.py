"""The forms of plans' and places' codes, which stand unchanged in addresses and file names."""

LONGEST_PLAN_CODE = 40
PLAN_CODE = rf"[A-Za-z0-9][A-Za-z0-9-]{{0,{LONGEST_PLAN_CODE - 1}}}"
# The scheme of China's places, whose codes have a form of their own.
GB_T_2260 = "GB/T 2260"
GB_T_2260_CODE = "[1-9][0-9]{5}"
LONGEST_PLACE_CODE = 20
PLACE_CODE = rf"[A-Za-z0-9][A-Za-z0-9.-]{{0,{LONGEST_PLACE_CODE - 1}}}"
