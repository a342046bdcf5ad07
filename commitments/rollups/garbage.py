"""Garbage collection in processes that roll up."""

import gc

# New objects, and rounds, before the younger and the older generations are collected.
RARELY = (100_000, 50, 100)


def relax() -> None:
    """Freeze the objects that exist, and let Python collect garbage rarely."""
    # A batch makes a hundred thousand objects with few reference cycles. Looking through them again and again
    # takes a fifth of a large plan's roll-up.
    gc.freeze()
    gc.set_threshold(*RARELY)
