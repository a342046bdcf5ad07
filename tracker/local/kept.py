"""Values that the first start makes up and later starts use again: passwords, secret key, demo clock."""

import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tracker.local.errors import LaunchError
from tracker.local.private_files import write_private

# The demo's story begins at this instant; from the first start on, its clock runs at normal speed.
DEMO_STARTS = "2023-09-28T09:00:00+08:00"


# The oldest version whose data the present one carries on.
CARRIED_ON_SINCE = "0.2.0"


def _password() -> str:
    return secrets.token_urlsafe(18)


def _demo_password() -> str:
    """Return a password short enough to type, without letters that look alike."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True)
class LauncherState:
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    demo_password: str = field(default_factory=_demo_password)
    postgres_password: str = field(default_factory=_password)
    owner_password: str = field(default_factory=_password)
    app_password: str = field(default_factory=_password)
    first_start: str = field(default_factory=_now)
    since: str = CARRIED_ON_SINCE

    @property
    def demo_clock(self) -> str:
        return f"{DEMO_STARTS}@{self.first_start}"


def refuse_older(path: Path) -> None:
    """Raise LaunchError for data of a version before 0.2.0, before anything in their folder is touched."""
    if path.exists() and not _said(path).get("since"):
        raise LaunchError(
            f"The data in {path.parent} are of a version before {CARRIED_ON_SINCE} and cannot be carried over. "
            "Nothing was changed. Forget them: make reset. Keep them for the version that made them: "
            "DATA_DIR=/other/folder make run"
        )


def keep_or_make(path: Path) -> LauncherState:
    if path.exists():
        return _read(path)
    kept = LauncherState()
    write_private(path, json.dumps(asdict(kept), indent=1))
    return kept


def _read(path: Path) -> LauncherState:
    try:
        return LauncherState(**_said(path))
    except TypeError:
        raise _damaged(path) from None


def _said(path: Path) -> dict[str, str]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise _damaged(path) from None
    if not isinstance(said, dict):
        raise _damaged(path)
    return said


def _damaged(path: Path) -> LaunchError:
    return LaunchError(f"{path} is damaged. Start the demo afresh: make reset")
