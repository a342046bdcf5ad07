"""Evidence of entries: links, and files kept privately under their own digests."""

from .attaching import attach, keep, set_public
from .disk import Kept

__all__ = ["Kept", "attach", "keep", "set_public"]
