"""The size of a run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """The factor that shrinks sizes and rounds of a tiny run, which only shows that every part runs."""

    tiny: bool = False

    def size(self, whole: int) -> int:
        return min(whole, max(whole // 100, 10)) if self.tiny else whole

    def rounds(self, whole: int) -> int:
        return 1 if self.tiny else whole
