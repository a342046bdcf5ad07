"""The names of totals in a sheet: rows that sum up others and are no agency's progress."""

from unicodedata import normalize

TOTALS = ("合计", "总计", "小计", "共计", "total", "subtotal", "sub-total")
# A total if it stands alone: a title may end with it.
ALONE = ("累计",)
LONGEST = 20


def is_total(name: str) -> bool:
    """Tell whether the name is that of a total, without a group before it."""
    return _plain(name) in (*TOTALS, *ALONE, *(f"本页{word}" for word in TOTALS))


def is_total_of_group(name: str) -> bool:
    """Tell whether the name ends as that of a total: 民生类小计, Roads subtotal."""
    return _plain(name).endswith(TOTALS)


def _plain(name: str) -> str:
    """Return the name without blanks, width, case and the colon behind it; empty if it is too long for a total."""
    plain = "".join(normalize("NFKC", name).split()).removesuffix(":").casefold()
    return plain if len(plain) <= LONGEST else ""
